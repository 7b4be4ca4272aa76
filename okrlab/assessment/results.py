"""What a sitting, or any set of answers, says: by concept, by misconception, about confidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from okrlab.assessment.attempt import Confidence


class Answered(Protocol):
    """What an attempt and an answered question have in common."""

    @property
    def concept(self) -> str:
        """The concept asked about."""

    @property
    def mark(self) -> float | None:
        """What the answer earned."""

    @property
    def misconceptions(self) -> tuple[str, ...]:
        """What it revealed."""

    @property
    def confidence(self) -> Confidence | None:
        """How sure the learner was."""


@dataclass(frozen=True)
class Tally:
    """Answers of one kind: how many, how many fully right, and their mean mark."""

    answers: int
    right: int
    share: float


def tally(answers: Iterable[Answered]) -> Tally:
    """Count answers."""
    marks = [a.mark for a in answers if a.mark is not None]
    share = sum(marks) / len(marks) if marks else 0.0
    return Tally(len(marks), sum(m >= 1 for m in marks), share)


def by_concept(answers: Sequence[Answered]) -> dict[str, Tally]:
    """A tally for each concept, in the order in which the concepts came up."""
    concepts = dict.fromkeys(a.concept for a in answers)
    return {c: tally(a for a in answers if a.concept == c) for c in concepts}


def by_misconception(answers: Iterable[Answered]) -> list[tuple[str, int]]:
    """How many answers revealed each misconception, the most frequent first."""
    counts = Counter(name for a in answers for name in set(a.misconceptions))
    return sorted(counts.items(), key=lambda entry: (-entry[1], entry[0]))


def calibration(answers: Iterable[Answered]) -> dict[Confidence, Tally]:
    """A tally for each confidence that was stated."""
    answers = list(answers)
    levels: tuple[Confidence, ...] = ("sure", "think", "guess")
    stated = {level: [a for a in answers if a.confidence == level] for level in levels}
    return {level: tally(group) for level, group in stated.items() if group}


def calibration_words(stated: Mapping[Confidence, Tally]) -> str | None:
    """One plain sentence about confidence; None when none was stated."""
    if "sure" in stated:
        return f"You were sure {_times(stated['sure'])}."
    if "think" in stated:
        return f"You were never quite sure. You thought so {_times(stated['think'])}."
    if "guess" in stated:
        return f"You guessed {_times(stated['guess'])}."
    return None


def percent(share: float) -> str:
    """A share in whole percent, rounded down, so that a bar that was missed is never shown."""
    return f"{int(share * 100 + 1e-9)}%"


def _count(times: int) -> str:
    return {1: "once", 2: "twice"}.get(times, f"{times} times")


def _times(stated: Tally) -> str:
    """Such as "5 times and right 4 of them"."""
    if stated.answers == 1:
        return "once, and you were right" if stated.right else "once, and that was not right"
    times = _count(stated.answers)
    if stated.right == stated.answers:
        return f"{times}, and right each time"
    if not stated.right:
        return f"{times}, and never right"
    return f"{times}, and right {_count(stated.right)}"
