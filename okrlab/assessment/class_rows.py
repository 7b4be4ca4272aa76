"""The rows of a class report: each learner with where they stand, each concept with its cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from okrlab.assessment.attempt import Attempt
from okrlab.assessment.mastery import MIN_CONCEPT, State, concept_mastery
from okrlab.assessment.progress import STATES, lesson_progress, state_of
from okrlab.content import Library

AWAY = timedelta(days=14)
"""Who was not seen for longer is said to be away."""


@dataclass(frozen=True)
class Cell:
    """A learner and a concept.

    Attributes:
        share: mean mark of the latest graded answers, None without any.
        answers: how many these are.
        mastered: whether the concept is mastered.
    """

    share: float | None
    answers: int
    mastered: bool

    @property
    def few(self) -> bool:
        """Whether the answers are too few to show mastery."""
        return self.answers < MIN_CONCEPT


@dataclass(frozen=True)
class Where:
    """Where a learner is.

    Attributes:
        name: as shown; a pseudonym unless names were asked for.
        answers: first tries, those of the pretest included.
        first: first seen; None when nothing was answered.
        last: last seen.
        away: whether that is more than two weeks ago.
        lessons: the state of each lesson of the report: "not_started", "learning", "mastered" or
            "taken" (the pretest).
        at: where the learner stands, in words.
        gain: right in the pretest and in the final test, of so many pairs; None without both.
    """

    name: str
    answers: int
    first: datetime | None
    last: datetime | None
    away: bool
    lessons: tuple[str, ...]
    at: str
    gain: tuple[int, int, int] | None


@dataclass(frozen=True)
class ConceptRow:
    """A concept in the class.

    Attributes:
        concept: its id.
        title: its title.
        lesson: the number of the lesson that introduces it.
        cells: one for each learner.
        share: mean of the learners' shares, None when nobody has answered.
        learners: who have answered.
        mastered: who have mastered it.
    """

    concept: str
    title: str
    lesson: int
    cells: tuple[Cell, ...]
    share: float | None
    learners: int
    mastered: int


def where(
    own: Sequence[Attempt],
    name: str,
    library: Library,
    now: datetime,
    gain: tuple[int, int, int] | None,
) -> Where:
    """Where a learner is.

    Args:
        own: all attempts of the learner.
        name: as it is shown.
        library: lessons and quizzes.
        now: the time.
        gain: right in the pretest and in the final test, of so many pairs.
    """
    first = first_seen(own)
    last = max((a.at for a in own), default=None)
    states = tuple(state_of(lesson_progress(e, own, library)) for e in library.lessons)
    return Where(
        name=name,
        answers=sum(a.try_number == 1 for a in own),
        first=first,
        last=last,
        away=last is not None and now - last > AWAY,
        lessons=states,
        at=_at(own, library, states),
        gain=gain,
    )


def _at(own: Sequence[Attempt], library: Library, states: Sequence[str]) -> str:
    """Where a learner stands: the lesson of the latest answer, or a test."""
    if not own:
        return "Nothing answered yet"
    if any(a.activity.startswith("final/") for a in own):
        return "Final test taken"
    course = [a for a in own if not a.activity.startswith("pretest/")]
    if not course:
        return "Pretest only"
    latest = library.concepts.get(max(course, key=lambda a: (a.at, a.id)).concept)
    for lesson, state in zip(library.lessons, states, strict=True):
        if latest is not None and lesson.number == latest.lesson:
            return f"Lesson {lesson.number}, {state_words(state).lower()}"
    return f"Lesson {latest.lesson}" if latest else "In the course"


def concept_rows(rows: Sequence[Sequence[Attempt]], library: Library) -> list[ConceptRow]:
    """Each concept with a cell for each learner, in the order of the course."""
    key = {entry.number: entry.key_misconceptions for entry in library.lessons}
    found = []
    for concept in library.concepts.values():
        states = [concept_mastery(own, concept.id, key.get(concept.lesson, ())) for own in rows]
        cells = tuple(Cell(m.share, m.answers, m.state == "mastered") for m in states)
        shares = [c.share for c in cells if c.share is not None]
        found.append(
            ConceptRow(
                concept.id,
                concept.title,
                concept.lesson,
                cells,
                sum(shares) / len(shares) if shares else None,
                len(shares),
                sum(c.mastered for c in cells),
            )
        )
    return found


def first_seen(own: Sequence[Attempt]) -> datetime | None:
    """When the first answer was given; None without any."""
    return min((a.at for a in own), default=None)


def state_words(state: State | str) -> str:
    """The state of a lesson in words."""
    return "Pretest taken" if state == "taken" else STATES.get(state, state)
