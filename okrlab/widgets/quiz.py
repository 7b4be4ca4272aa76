"""The Quiz: one question at a time, marked and explained, and found again tomorrow."""

from __future__ import annotations

from random import Random
from typing import Any, get_args
from uuid import uuid4

from okrlab import content
from okrlab.assessment.attempt import Confidence
from okrlab.assessment.deal import activity, deal
from okrlab.assessment.journal import Journal
from okrlab.assessment.marking import mark
from okrlab.assessment.results import tally
from okrlab.assessment.sitting import Question, Sitting, resume, start
from okrlab.content import ItemBase, Library
from okrlab.errors import AnswerError, UnknownNameError
from okrlab.widgets._quiz_end import end_view, pretest_view
from okrlab.widgets._quiz_question import (
    outcome_view,
    question_view,
    read_entry,
    to_response,
    verdict,
)
from okrlab.widgets.base import LessonWidget, Message, choice_in, css, esm, seconds_in, text_in

UNSURE = "Say how sure you are first: sure, think so or guess."


class Quiz(LessonWidget):
    """A quiz of the course.

    Args:
        quiz: which items it deals, and how.
        journal: keeps attempts and the unfinished sitting.
        library: where the items are.
        rng: deals and shuffles.
    """

    _esm = esm("quiz")
    _css = css("quiz")

    def __init__(
        self, quiz: content.Quiz, journal: Journal, library: Library, *, rng: Random
    ) -> None:
        super().__init__(journal)
        self.store: Journal = journal
        self.quiz, self.library, self.rng = quiz, library, rng
        self.activity = activity(quiz)
        self.pretest, self.final = quiz.kind == "pretest", quiz.kind == "final"
        self.problem: str | None = None
        draft = journal.draft(self.activity)
        self.sitting, self.skipped = resume(draft, quiz.id, self._find, journal.now())
        self.refresh()

    # -- messages --------------------------------------------------------------------------------

    def on_start(self, _message: Message) -> None:
        """Deal, and ask the first question."""
        if self.sitting is not None:
            return
        self._deal()

    def on_again(self, _message: Message) -> None:
        """Deal anew after the end: parallel items of what was missed. A test is sat once."""
        if self.sitting is not None and self.sitting.finished and self.quiz.kind == "practice":
            self._deal()

    def on_enter(self, message: Message) -> None:
        """Keep what has been entered so far."""
        sitting = self._asked(message)
        if sitting:
            item = self._item(sitting.current)
            entry = read_entry(item, sitting.current, message.get("entry"))
            self._keep(sitting.enter(entry, self.store.now(), seconds_in(message) or 0.0))

    def on_hint(self, message: Message) -> None:
        """Open the hint; a test has none."""
        sitting = self._asked(message)
        if sitting and self.quiz.kind == "practice":
            self._keep(sitting.open_hint(self.store.now(), seconds_in(message) or 0.0))
            self.say(f"Hint: {self._item(sitting.current).hint}")

    def on_confidence(self, message: Message) -> None:
        """Note how sure the learner is."""
        sitting = self._asked(message)
        if sitting:
            stated: Any = choice_in(message, "value", get_args(Confidence))
            self._keep(sitting.feel(stated, self.store.now(), seconds_in(message) or 0.0))

    def on_check(self, message: Message) -> None:
        """Mark the answer; in a pretest keep it and go on."""
        sitting = self._asked(message)
        if sitting is None:
            return
        item, now = self._item(sitting.current), self.store.now()
        try:
            entry = read_entry(item, sitting.current, message.get("entry"))
            sitting = sitting.enter(entry, now, seconds_in(message) or 0.0)
            response = to_response(item, sitting.current, entry)
            if self.pretest and sitting.current.confidence is None:
                raise AnswerError(UNSURE)
            answered, outcome = sitting.answer(item, response, now)
        except AnswerError as error:
            self._keep(sitting)
            self.problem = str(error)
            self.say(self.problem)
            return
        self._record(answered)
        if self.pretest:
            self._keep(answered.advance(now))
            self._say_where()
        else:
            self._keep(answered)
            self.say(f"{verdict(item, outcome)}. The reason follows.")

    def on_next(self, message: Message) -> None:
        """Go on after the feedback."""
        sitting = self._current(message)
        if sitting and sitting.current.answered:
            self._keep(sitting.advance(self.store.now()))
            self._say_where()

    # -- view ------------------------------------------------------------------------------------

    def build_view(self) -> dict[str, Any]:
        """Everything that the browser may know now."""
        view: dict[str, Any] = {
            "label": self._name(),
            "title": self.quiz.title,
            "pretest": self.pretest,
            "final": self.final,
            "problem": self.problem,
            "skipped": self._skipped_words(),
        }
        sitting = self.sitting
        if sitting is None:
            return view | {"stage": "start", "intro": self.quiz.intro, "of": self.quiz.length}
        if sitting.finished:
            return view | {"stage": "end", "end": self._end(sitting)}
        question = sitting.current
        item = self._item(question)
        return view | {
            "stage": "told" if question.answered else "asked",
            "key": _key(sitting),
            "number": sitting.position + 1,
            "of": len(sitting.questions),
            "question": question_view(item, question),
            "outcome": self._outcome(item, question),
        }

    def summary(self) -> str:
        """Where the learner is, in one line."""
        name = self._name()
        sitting = self.sitting
        if sitting is None:
            return f"{name}. {self.quiz.length} questions, not started."
        if not sitting.finished:
            return f"{name}. Question {sitting.position + 1} of {len(sitting.questions)}."
        whole = tally(sitting.answered)
        if self.pretest:
            return f"{name}. Finished, {whole.answers} questions answered."
        return f"{name}. Finished, {whole.right} of {whole.answers} right."

    def _name(self) -> str:
        kind = "Pretest" if self.pretest else "Final test" if self.final else "Quiz"
        title = self.quiz.title
        return title if title.startswith(kind) else f"{kind}: {title}"

    def _outcome(self, item: ItemBase, question: Question) -> dict[str, Any] | None:
        if not question.answered or self.pretest:
            return None
        return outcome_view(item, question, mark(item, question.response or {}), self.library)

    def _end(self, sitting: Sitting) -> dict[str, Any]:
        if self.pretest:
            return pretest_view(sitting, self.library)
        return end_view(self.quiz, sitting, self.store.attempts(), self.library)

    def _skipped_words(self) -> str | None:
        if not self.skipped:
            return None
        count = "1 question was" if self.skipped == 1 else f"{self.skipped} questions were"
        return (
            f"{count} left out, because the course has changed since you began. "
            "Your answers are kept."
        )

    def _say_where(self) -> None:
        sitting = self.sitting
        if sitting is None or sitting.finished:
            self.say("That was the last question. The result follows.")
        else:
            self.say(f"Question {sitting.position + 1} of {len(sitting.questions)}.")

    # -- state -----------------------------------------------------------------------------------

    def _deal(self) -> None:
        names = deal(self.quiz, self.library, self.store.attempts(), self.rng)
        if not names:
            self.problem = "This quiz has no questions yet. Go on with the lesson."
            return
        concept_of = self.library.concept_of
        dealt = [(self.library.item(name), concept_of[name]) for name in names]
        now = self.store.now()
        self.skipped = 0
        self._keep(start(self.quiz.id, dealt, self.rng, id_=uuid4().hex, now=now))
        self._say_where()

    def _keep(self, sitting: Sitting) -> None:
        self.sitting, self.problem = sitting, None
        self.store.save_draft(self.activity, sitting.to_draft())

    def _record(self, sitting: Sitting) -> None:
        tries = sum(
            a.sitting == sitting.id and a.item == sitting.current.item
            for a in self.store.attempts()
        )
        graded = self.quiz.graded and not self.pretest
        self.store.record(
            [
                sitting.attempt(
                    self.store.learner, self.activity, graded, uuid4().hex, try_number=tries + 1
                )
            ]
        )

    def _current(self, message: Message) -> Sitting | None:
        """The sitting, when the message is about its current question; a late one is dropped."""
        sitting = self.sitting
        key = text_in(message, "key", limit=64)
        if sitting is None or sitting.finished or key != _key(sitting):
            return None
        return sitting

    def _asked(self, message: Message) -> Sitting | None:
        """As `_current`, when the question is still open."""
        sitting = self._current(message)
        return None if sitting is None or sitting.current.answered else sitting

    def _item(self, question: Question) -> ItemBase:
        return self.library.item(question.item)

    def _find(self, name: str) -> ItemBase | None:
        try:
            return self.library.item(name)
        except UnknownNameError:
            return None


def _key(sitting: Sitting) -> str:
    """Names the current question for the browser; says nothing about the item."""
    return f"{sitting.id[:8]}-{sitting.position}"
