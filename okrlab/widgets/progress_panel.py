"""The ProgressPanel: lessons and concepts mastered, and what was gained, as a picture."""

from __future__ import annotations

from typing import Any

from okrlab.assessment.gain import Gain
from okrlab.assessment.journal import Journal
from okrlab.assessment.mastery import BAR, Mastery
from okrlab.assessment.progress import (
    STATES,
    LessonProgress,
    Progress,
    count,
    lesson_words,
    progress,
    state_of,
)
from okrlab.assessment.results import calibration_words
from okrlab.content import Library
from okrlab.widgets._quiz_end import misconception_view
from okrlab.widgets.base import LessonWidget, Message, css, esm


class ProgressPanel(LessonWidget):
    """How far the learner is with the course.

    Args:
        journal: the learner's record.
        library: lessons, concepts and misconceptions.
    """

    _esm = esm("progress_panel")
    _css = css("progress_panel")

    def __init__(self, journal: Journal, library: Library) -> None:
        super().__init__(journal)
        self.store: Journal = journal
        self.library = library
        self.refresh()

    def on_refresh(self, message: Message) -> None:
        """Read the record again; heard only when the learner asked for it."""
        if message.get("unasked") is True:
            return  # the view is built anew after every message
        self.say(f"Up to date. {_headline(self._progress())}.")

    def build_view(self) -> dict[str, Any]:
        """Everything that the browser may know now."""
        now = self._progress()
        concepts = [c for entry in now.lessons for c in entry.concepts]
        return {
            "label": "Your progress",
            "started": now.started,
            "headline": _headline(now),
            "facts": [
                count(now.answers, "graded answer"),
                f"{sum(c.mastery.state == 'mastered' for c in concepts)} of "
                f"{count(len(concepts), 'concept')} mastered",
            ],
            "bar": BAR,
            "next": now.next_step,
            "lessons": [_lesson(entry) for entry in now.lessons],
            "alive": [
                misconception_view(a.misconception, a.times, self.library) for a in now.alive
            ],
            "gain": _gain(now.gain),
            "gain_words": list(now.gain_words),
            "pretest": calibration_words(now.pretest),
            "since": calibration_words(now.since),
        }

    def summary(self) -> str:
        """The same as plain text."""
        return self._progress().words()

    def _progress(self) -> Progress:
        return progress(self.store.attempts(), self.library)


def _headline(now: Progress) -> str:
    return f"{now.mastered} of {count(len(now.with_mastery), 'lesson')} mastered"


def _gain(gain: Gain | None) -> dict[str, Any] | None:
    """What the picture of the gain shows."""
    if gain is None:
        return None
    return {
        "pairs": gain.pairs,
        "before": gain.before,
        "after": gain.after,
        "difference": gain.difference,
        "low": gain.low,
        "high": gain.high,
    }


def _lesson(entry: LessonProgress) -> dict[str, Any]:
    return {
        "number": entry.lesson.number,
        "title": entry.lesson.title,
        "state": state_of(entry),
        "words": lesson_words(entry),
        "mastery": _mastery(entry.mastery),
        "concepts": [
            {"id": c.concept.id, "title": c.concept.title, **(_mastery(c.mastery) or {})}
            for c in entry.concepts
        ],
    }


def _mastery(mastery: Mastery | None) -> dict[str, Any] | None:
    if mastery is None:
        return None
    return {
        "state": mastery.state,
        "words": STATES[mastery.state],
        "share": mastery.share,
        "answers": mastery.answers,
        "needed": mastery.needed,
        "missing": list(mastery.missing),
    }
