"""The Quiz: one question at a time, marked and explained, and found again tomorrow."""

from __future__ import annotations

from random import Random
from typing import Any

from okrlab import content
from okrlab.assessment.deal import activity, deal
from okrlab.assessment.journal import Journal
from okrlab.assessment.results import tally
from okrlab.assessment.sitting import Sitting
from okrlab.content import Library
from okrlab.widgets._asking import Asking
from okrlab.widgets._quiz_end import end_view, pretest_view
from okrlab.widgets.base import Message, css, esm


class Quiz(Asking):
    """A quiz of the course.

    Args:
        quiz: which items it deals, and how.
        journal: keeps attempts and the unfinished sitting.
        library: where the items are.
        rng: deals and shuffles.
    """

    _esm = esm("quiz", "asking")
    _css = css("quiz", "asking")

    def __init__(
        self, quiz: content.Quiz, journal: Journal, library: Library, *, rng: Random
    ) -> None:
        self.quiz = quiz
        self.pretest, self.final = quiz.kind == "pretest", quiz.kind == "final"
        self.explains, self.hints = not self.pretest, quiz.kind == "practice"
        graded = quiz.graded and not self.pretest
        super().__init__(quiz.id, activity(quiz), graded, journal, library, rng)
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

    # -- view ------------------------------------------------------------------------------------

    def build_view(self) -> dict[str, Any]:
        """Everything that the browser may know now."""
        view: dict[str, Any] = {
            "label": self._name(),
            "title": self.quiz.title,
            "pretest": self.pretest,
            "final": self.final,
            "problem": self.problem,
            "skipped": self.skipped_words(),
        }
        sitting = self.sitting
        if sitting is None:
            return view | {"stage": "start", "intro": self.quiz.intro, "of": self.quiz.length}
        if sitting.finished:
            return view | {"stage": "end", "end": self._end(sitting)}
        return view | self.asked_view(sitting)

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

    def _end(self, sitting: Sitting) -> dict[str, Any]:
        if self.pretest:
            return pretest_view(sitting, self.library)
        return end_view(self.quiz, sitting, self.store.attempts(), self.library)

    # -- state -----------------------------------------------------------------------------------

    def _deal(self) -> None:
        names = deal(self.quiz, self.library, self.store.attempts(), self.rng)
        if not names:
            self.problem = "This quiz has no questions yet. Go on with the lesson."
            return
        self.begin(names)
