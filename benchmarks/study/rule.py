"""What the mastery rule does: exactly for right-or-wrong marks, and by simulation on real items."""

from __future__ import annotations

from dataclasses import dataclass
from math import comb
from random import Random

from learners import START, Kind, Learner

from okrlab.assessment.attempt import Attempt
from okrlab.assessment.mastery import concept_mastery, lesson_mastery
from okrlab.content import Lesson, Library

MOST = 60
"""So many answers a learner gives at most to get a lesson mastered."""

FIRST = 20
"""A lesson needs so many."""

STEADY = {
    "guesser, 50 %": Kind(0.0, chance=0.5),
    "knows 85 %": Kind(0.0, chance=0.85),
    "knows 95 %, one idea wrong": Kind(0.0, chance=0.95, stubborn=True),
    "quick expert, 97 %": Kind(0.0, chance=0.97),
}
"""Learners who do not change while they are looked at."""


def exact(answers: int, chance: float) -> float:
    """How likely the rule calls somebody mastered after so many answers that are right or wrong.

    Args:
        answers: from `okrlab.assessment.mastery.MIN_CONCEPT` to `POOL`.
        chance: the chance of a right answer.
    """
    return sum(
        comb(answers, right) * chance**right * (1 - chance) ** (answers - right)
        for right in range(answers + 1)
        if concept_mastery([_plain(n, n < right) for n in range(answers)], "x").state == "mastered"
    )


def _plain(number: int, right: bool) -> Attempt:
    return Attempt(
        id=f"{number:032x}", learner="x", activity="quiz/x", sitting="x", item="x", item_version=1,
        concept="x", response={}, mark=float(right), misconceptions=(), graded=True, try_number=1,
        confidence=None, seconds=None, at=START,
    )  # fmt: skip


@dataclass(frozen=True)
class Looked:
    """What the rule said about one learner in one lesson.

    Attributes:
        at_twenty: mastered at the twentieth answer.
        without: the same, had the rule no clause on misconceptions.
        ever: mastered at any of the answers from the twentieth to the sixtieth.
        first: at which answer it was first mastered, None for never.
    """

    at_twenty: bool
    without: bool
    ever: bool
    first: int | None


def look(kind: Kind, lesson: Lesson, library: Library, seed: str) -> Looked:
    """One learner answers items of a lesson's concepts, drawn at random, and is looked at."""
    concepts = [c.id for c in library.concepts.values() if c.lesson == lesson.number]
    pool = [i for c in concepts for i in library.bank(c) if not i.held_out]
    rng = Random(seed)
    learner = Learner(kind, library, rng, rng)
    learner.held = {rng.choice(sorted(lesson.key_misconceptions))} if kind.stubborn else set()
    dealt = [item for _ in range(MOST) for item in rng.sample(pool, len(pool))][:MOST]
    for item in dealt:
        learner.answer(item, "quiz/x", "x", 0)
    made = learner.attempts
    lenient = lesson.model_copy(update={"key_misconceptions": ()})
    first = next(
        (n for n in range(FIRST, MOST + 1) if _done(made[max(0, n - FIRST) : n], lesson, concepts)),
        None,
    )
    return Looked(
        at_twenty=first == FIRST,
        without=_done(made[:FIRST], lenient, concepts),
        ever=first is not None,
        first=first,
    )


def _done(attempts: list[Attempt], lesson: Lesson, concepts: list[str]) -> bool:
    return lesson_mastery(attempts, lesson, concepts).state == "mastered"
