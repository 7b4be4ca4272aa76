"""What marking gives, and its form as plain data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

OK, NOT_ANSWERED, FAILED, TIMEOUT, FLAGGED = "ok", "not answered", "failed", "timeout", "flagged"
STATUSES = (OK, NOT_ANSWERED, FAILED, TIMEOUT, FLAGGED)
"""From the best to the worst; a submission has the worst of its exercises."""


@dataclass(frozen=True)
class Part:
    """One part of an answer that is not right.

    Attributes:
        name: what was asked.
        given: what was answered.
        expected: what would have been right.
        why: what settles it, and why the answer tempts.
    """

    name: str
    given: str
    expected: str
    why: str


@dataclass(frozen=True)
class ExerciseMark:
    """The mark of one exercise.

    Attributes:
        exercise: its number.
        title: its title.
        points: what was earned.
        max_points: what full marks are worth.
        status: one of `STATUSES`.
        words: what was said of the answer, and what went wrong.
        parts: what was not right.
        misconceptions: ids revealed.
        source: where the answer came from: "notebook", "form", "progress" or "".
        seconds: time that its cells took; None when no code was run.
    """

    exercise: str
    title: str
    points: float
    max_points: int
    status: str
    words: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    misconceptions: tuple[str, ...] = ()
    source: str = ""
    seconds: float | None = None


@dataclass(frozen=True)
class Marked:
    """The marks of one submission.

    Attributes:
        learner: whose it is.
        assignment: what was handed in; empty when that could not be told.
        file: where it lay, relative to the folder of submissions.
        status: the worst of its exercises, or of the file as a whole.
        words: what is to be said of the submission as a whole.
        exercises: a mark for each exercise.
        max_points: of the whole assignment.
        handed_in: when, as nbgrader's timestamp says; empty when unknown.
        seconds: time that marking took.
    """

    learner: str
    assignment: str
    file: str
    status: str
    words: tuple[str, ...] = ()
    exercises: tuple[ExerciseMark, ...] = ()
    max_points: int = 0
    handed_in: str = ""
    seconds: float = 0.0

    @property
    def points(self) -> float:
        """What was earned."""
        return round(sum(mark.points for mark in self.exercises), 1)


def worst(statuses: Iterable[str]) -> str:
    """The status of a whole: "not answered" only when nothing was answered."""
    found = set(statuses)
    if not found or found == {NOT_ANSWERED}:
        return NOT_ANSWERED
    return max(found - {NOT_ANSWERED}, key=STATUSES.index)


def plain(marked: Marked) -> dict[str, Any]:
    """As plain JSON data."""
    return {**asdict(marked), "points": marked.points}


def from_plain(data: Mapping[str, Any]) -> Marked:
    """What `plain` gave.

    Raises:
        KeyError: a part is missing.
        TypeError: a part is of another kind.
    """
    fields = {name: value for name, value in data.items() if name != "points"}
    fields["exercises"] = tuple(_mark(mark) for mark in fields["exercises"])
    fields["words"] = tuple(fields["words"])
    return Marked(**fields)


def _mark(data: Mapping[str, Any]) -> ExerciseMark:
    parts = tuple(Part(**part) for part in data["parts"])
    lists = {name: tuple(data[name]) for name in ("words", "misconceptions")}
    return ExerciseMark(**{**data, **lists, "parts": parts})


def misconceptions(marked: Iterable[Marked]) -> list[tuple[str, int]]:
    """How many learners showed each misconception, the most frequent first."""
    by_learner = {
        (m.learner, name) for m in marked for e in m.exercises for name in e.misconceptions
    }
    counts = Counter(name for _, name in by_learner)
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
