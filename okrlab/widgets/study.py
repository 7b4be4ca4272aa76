"""Study: today's reviews, one fresh question for each concept that is due."""

from __future__ import annotations

from datetime import tzinfo
from random import Random
from typing import Any

from okrlab.assessment.journal import Journal
from okrlab.assessment.results import by_misconception, calibration, calibration_words, tally
from okrlab.assessment.review import (
    ACTIVITY,
    JOINS,
    Memory,
    Schedule,
    day_words,
    due_words,
    schedule,
)
from okrlab.assessment.sitting import Question, Sitting
from okrlab.assessment.study import (
    MOST,
    SIZES,
    daily_size,
    deal_reviews,
    keep_daily_size,
    left_today,
    minutes,
    next_batch,
)
from okrlab.content import Library
from okrlab.widgets._asking import Asking
from okrlab.widgets._quiz_end import concept_title, lesson_name, mark_word, misconception_view
from okrlab.widgets.base import Message, css, esm, number_in

NAME = "review"
"""The name of the quiz that review sittings belong to."""

SOON = 5
"""So many coming days are told."""


class Study(Asking):
    """The learner's reviews: what is due, the questions, when each concept comes again.

    Args:
        journal: keeps attempts, the unfinished sitting and the daily size.
        library: concepts and items.
        rng: deals and shuffles.
        zone: where the learner's days begin and end. Default: this computer's time zone.
    """

    _esm = esm("study", "asking")
    _css = css("study", "asking")

    def __init__(
        self, journal: Journal, library: Library, *, rng: Random, zone: tzinfo | None = None
    ) -> None:
        super().__init__(NAME, ACTIVITY, True, journal, library, rng)
        self.zone = zone
        if self.sitting is not None and self.sitting.finished:
            self.sitting = None  # its end was seen; what counts now is what is due next
        self.refresh()

    # -- messages --------------------------------------------------------------------------------

    def on_start(self, _message: Message) -> None:
        """Ask what is due, up to the daily size."""
        if self.sitting is not None and not self.sitting.finished:
            return
        now = self._schedule()
        batch = now.due[: next_batch(now, daily_size(self.store))]
        if batch:
            self.begin(deal_reviews(batch, self.library, self.store.attempts(), self.rng))

    def on_size(self, message: Message) -> None:
        """Set how many reviews a day there are at most."""
        size = round(number_in(message, "value", low=1, high=MOST))
        keep_daily_size(self.store, size)
        self.say(f"At most {_reviews(size)} a day.")

    def on_back(self, _message: Message) -> None:
        """From the last page to the first one."""
        if self.sitting is not None and self.sitting.finished:
            self.sitting = None
            self.say(due_words(self._schedule()))

    def on_refresh(self, _message: Message) -> None:
        """Read the record again: lessons may have been worked on meanwhile."""

    # -- view ------------------------------------------------------------------------------------

    def build_view(self) -> dict[str, Any]:
        """Everything that the browser may know now."""
        view: dict[str, Any] = {
            "label": "Study: your reviews",
            "title": "Your reviews",
            "pretest": False,
            "final": False,
            "problem": self.problem,
            "skipped": self.skipped_words(),
        }
        sitting = self.sitting
        if sitting is not None and not sitting.finished:
            return view | self.asked_view(sitting)
        now = self._schedule()
        if sitting is None:
            return view | {"stage": "start", "start": self._start(now)}
        return view | {"stage": "end", "end": self._end(sitting, now)}

    def summary(self) -> str:
        """What is due, in one line."""
        sitting = self.sitting
        if sitting is not None and not sitting.finished:
            where = f"Question {sitting.position + 1} of {len(sitting.questions)}"
            return f"Your reviews. {where}."
        return f"Your reviews. {due_words(self._schedule())}"

    def _schedule(self) -> Schedule:
        now = self.store.now().astimezone(self.zone)
        return schedule(self.store.attempts(), self.library, now)

    def _start(self, now: Schedule) -> dict[str, Any]:
        size = daily_size(self.store)
        return {
            **self._waiting(now, size),
            "due": [self._due(memory, now) for memory in now.due],
            "coming": self._coming(now),
            "known": len(now.memories),
            "size": size,
            "sizes": sorted({*SIZES, size}),
        }

    def _waiting(self, now: Schedule, size: int) -> dict[str, Any]:
        """What there is to do now, and what the button that does it says."""
        batch = now.due[: next_batch(now, size)]
        view: dict[str, Any] = {
            "headline": due_words(now),
            "text": None,
            "batch": len(batch),
            "minutes": minutes((m.concept for m in batch), self.library),
            "more": bool(batch) and not left_today(now, size),
        }
        later = len(now.due) - len(batch)
        if not now.memories:
            view["text"] = JOINS
        elif view["more"]:
            done = _reviews(len(now.done_today))
            view["headline"] = "Enough for today."
            view["text"] = (
                f"You did {done} today; your daily size is {size}. "
                f"{_more(len(now.due))} would be due; they keep until tomorrow."
            )
        elif later:
            view["text"] = (
                f"Your daily size takes {len(batch)} of them today, first what you are most "
                f"likely to have forgotten. The other {later} can wait."
            )
        return view

    def _due(self, memory: Memory, now: Schedule) -> dict[str, Any]:
        ago = (now.today - memory.last).days
        return {
            "title": concept_title(memory.concept, self.library),
            "lesson": lesson_name(self.library.concepts[memory.concept].lesson, self.library),
            "last": "yesterday" if ago == 1 else "today" if ago == 0 else f"{ago} days ago",
        }

    def _coming(self, now: Schedule) -> list[dict[str, Any]]:
        return [
            {
                "day": _capital(day_words(day, now.today)),
                "titles": [concept_title(name, self.library) for name in names],
            }
            for day, names in now.coming()[:SOON]
        ]

    def _end(self, sitting: Sitting, now: Schedule) -> dict[str, Any]:
        answers = sitting.answered
        whole = tally(answers)
        return {
            "headline": f"{whole.right} of {whole.answers} right",
            "marks": [mark_word(q) for q in answers],
            "concepts": [self._again(q, now) for q in answers],
            "misconceptions": [
                misconception_view(name, times, self.library)
                for name, times in by_misconception(answers)
            ],
            "calibration": calibration_words(calibration(answers)),
            "next": self._next_words(now),
        }

    def _again(self, question: Question, now: Schedule) -> dict[str, Any]:
        memory = now.memories.get(question.concept)
        day = max(memory.due, now.today) if memory else None
        return {
            "title": concept_title(question.concept, self.library),
            "mark": mark_word(question),
            "again": None if day is None else day_words(day, now.today),
            "days": None if day is None else (day - now.today).days,
        }

    def _next_words(self, now: Schedule) -> str:
        size = daily_size(self.store)
        if now.due and left_today(now, size):
            return f"{_more(len(now.due))} can be reviewed today."
        if now.due:
            return (
                f"That was your size for today. {_more(len(now.due))} would be due; they keep "
                "until tomorrow."
            )
        return due_words(now)


def _reviews(number: int) -> str:
    return f"{number} review{'' if number == 1 else 's'}"


def _more(number: int) -> str:
    return f"{number} more concept{'' if number == 1 else 's'}"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
