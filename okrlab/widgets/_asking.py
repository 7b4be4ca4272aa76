"""Asking questions one at a time: what the Quiz and Study share."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Any, get_args
from uuid import uuid4

from okrlab.assessment.attempt import Confidence
from okrlab.assessment.journal import Journal
from okrlab.assessment.marking import mark
from okrlab.assessment.sitting import Question, Sitting, resume, start
from okrlab.content import ItemBase, Library
from okrlab.errors import AnswerError, UnknownNameError
from okrlab.widgets._quiz_question import (
    outcome_view,
    question_view,
    read_entry,
    to_response,
    verdict,
)
from okrlab.widgets.base import LessonWidget, Message, choice_in, seconds_in, text_in

UNSURE = "Say how sure you are first: sure, think so or guess."


class Asking(LessonWidget):
    """Asks the questions of a sitting, marks them, keeps answers and what is unfinished.

    A subclass deals (`begin`), builds its first and last page, and says what the questions are for.

    Args:
        name: of the quiz that its sittings belong to.
        activity: under which attempts and the unfinished sitting are stored.
        graded: whether the answers count for mastery.
        journal: keeps attempts and the unfinished sitting.
        library: where the items are.
        rng: deals and shuffles.
    """

    explains = True
    """Whether each answer is explained at once; if not, confidence must be said."""

    hints = True
    """Whether hints may be opened."""

    def __init__(
        self,
        name: str,
        activity: str,
        graded: bool,
        journal: Journal,
        library: Library,
        rng: Random,
    ) -> None:
        super().__init__(journal)
        self.store: Journal = journal
        self.sitting_name, self.activity, self.graded = name, activity, graded
        self.library, self.rng = library, rng
        self.problem: str | None = None
        draft = journal.draft(activity)
        self.sitting, self.skipped = resume(draft, name, self._find, journal.now())

    # -- messages --------------------------------------------------------------------------------

    def on_enter(self, message: Message) -> None:
        """Keep what has been entered so far."""
        sitting = self._asked(message)
        if sitting:
            item = self._item(sitting.current)
            entry = read_entry(item, sitting.current, message.get("entry"))
            self._keep(sitting.enter(entry, self.store.now(), seconds_in(message) or 0.0))

    def on_hint(self, message: Message) -> None:
        """Open the hint, where hints are given."""
        sitting = self._asked(message)
        if sitting and self.hints:
            self._keep(sitting.open_hint(self.store.now(), seconds_in(message) or 0.0))
            self.say(f"Hint: {self._item(sitting.current).hint}")

    def on_confidence(self, message: Message) -> None:
        """Note how sure the learner is."""
        sitting = self._asked(message)
        if sitting:
            stated: Any = choice_in(message, "value", get_args(Confidence))
            self._keep(sitting.feel(stated, self.store.now(), seconds_in(message) or 0.0))

    def on_check(self, message: Message) -> None:
        """Mark the answer; where nothing is explained keep it and go on."""
        sitting = self._asked(message)
        if sitting is None:
            return
        item, now = self._item(sitting.current), self.store.now()
        try:
            entry = read_entry(item, sitting.current, message.get("entry"))
            sitting = sitting.enter(entry, now, seconds_in(message) or 0.0)
            response = to_response(item, sitting.current, entry)
            if not self.explains and sitting.current.confidence is None:
                raise AnswerError(UNSURE)
            answered, outcome = sitting.answer(item, response, now)
        except AnswerError as error:
            self._keep(sitting)
            self.problem = str(error)
            self.say(self.problem)
            return
        self._record(answered)
        if self.explains:
            self._keep(answered)
            self.say(f"{verdict(item, outcome)}. The reason follows.")
        else:
            self._keep(answered.advance(now))
            self._say_where()

    def on_next(self, message: Message) -> None:
        """Go on after the feedback."""
        sitting = self._current(message)
        if sitting and sitting.current.answered:
            self._keep(sitting.advance(self.store.now()))
            self._say_where()

    # -- for subclasses --------------------------------------------------------------------------

    def begin(self, names: Sequence[str]) -> None:
        """Start a sitting of these items, in this order."""
        concept_of = self.library.concept_of
        dealt = [(self.library.item(name), concept_of[name]) for name in names]
        self.skipped = 0
        now = self.store.now()
        self._keep(start(self.sitting_name, dealt, self.rng, id_=uuid4().hex, now=now))
        self._say_where()

    def asked_view(self, sitting: Sitting) -> dict[str, Any]:
        """The current question, and its outcome once it is answered."""
        question = sitting.current
        item = self._item(question)
        return {
            "stage": "told" if question.answered else "asked",
            "key": _key(sitting),
            "number": sitting.position + 1,
            "of": len(sitting.questions),
            "question": question_view(item, question),
            "outcome": self._outcome(item, question),
        }

    def skipped_words(self) -> str | None:
        """What was left out when an unfinished sitting was found again."""
        if not self.skipped:
            return None
        count = "1 question was" if self.skipped == 1 else f"{self.skipped} questions were"
        return (
            f"{count} left out, because the course has changed since you began. "
            "Your answers are kept."
        )

    # -- state -----------------------------------------------------------------------------------

    def _outcome(self, item: ItemBase, question: Question) -> dict[str, Any] | None:
        if not question.answered or not self.explains:
            return None
        return outcome_view(item, question, mark(item, question.response or {}), self.library)

    def _say_where(self) -> None:
        sitting = self.sitting
        if sitting is None or sitting.finished:
            self.say("That was the last question. The result follows.")
        else:
            self.say(f"Question {sitting.position + 1} of {len(sitting.questions)}.")

    def _keep(self, sitting: Sitting) -> None:
        self.sitting, self.problem = sitting, None
        self.store.save_draft(self.activity, sitting.to_draft())

    def _record(self, sitting: Sitting) -> None:
        tries = sum(
            a.sitting == sitting.id and a.item == sitting.current.item
            for a in self.store.attempts()
        )
        self.store.record(
            [
                sitting.attempt(
                    self.store.learner,
                    self.activity,
                    self.graded,
                    uuid4().hex,
                    try_number=tries + 1,
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
