"""Mastery: what a learner's latest answers say about a concept or a lesson.

The rule: the mean mark over the latest 20 graded first tries is at least 80 %, and no key
misconception came up twice among them.

Why 20, and why a minimum: a few answers say little. Somebody who guesses with a chance of 50 %
gets 16 or more of 20 right in 0.6 % of all cases, while somebody who knows 85 % does in 83 %
(binomial distribution). With 10 of 12 it would be 1.9 % and 74 %. A lesson therefore needs 20
answers. A concept has fewer items, so 8 answers must do: there the guesser passes in 3.5 % of all
cases (7 or more of 8) and the other in 66 %, which is why a concept's state may still change back.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from okrlab.assessment.attempt import Attempt
from okrlab.assessment.results import percent
from okrlab.content import Lesson

POOL = 20
"""So many of the latest answers are looked at."""

BAR = 0.8
"""The mean mark to reach."""

MIN_CONCEPT = 8
"""Fewer answers than this don't show that a concept is mastered."""

MIN_LESSON = 20
"""Fewer answers than this don't show that a lesson is mastered."""

TWICE = 2
"""A key misconception may come up less often than this."""

State = Literal["not_started", "learning", "mastered"]


@dataclass(frozen=True)
class Mastery:
    """How far somebody is with a concept or a lesson.

    Attributes:
        state: whether it is mastered.
        answers: answers that were looked at, at most `POOL`.
        needed: the least number of answers that can show mastery.
        share: their mean mark, None without answers.
        repeated: key misconceptions that came up twice or more, with how often.
        missing: what is missing for mastery, as sentences; empty when mastered.
    """

    state: State
    answers: int
    needed: int
    share: float | None
    repeated: Mapping[str, int]
    missing: tuple[str, ...]


@dataclass(frozen=True)
class Alive:
    """A misconception that came up in the latest answers.

    Attributes:
        misconception: its id.
        times: how many of the latest answers revealed it.
        last: when it last came up.
    """

    misconception: str
    times: int
    last: datetime


def concept_mastery(
    attempts: Iterable[Attempt],
    concept: str,
    key_misconceptions: Collection[str] = (),
    titles: Mapping[str, str] | None = None,
) -> Mastery:
    """How far the learner is with one concept.

    Args:
        attempts: all attempts of one learner, in any order.
        concept: id of the concept.
        key_misconceptions: of the lesson that introduces the concept.
        titles: how to call the misconceptions in `Mastery.missing`, by id.
    """
    return _mastery(attempts, {concept}, key_misconceptions, MIN_CONCEPT, titles or {})


def lesson_mastery(
    attempts: Iterable[Attempt],
    lesson: Lesson,
    concepts: Collection[str],
    titles: Mapping[str, str] | None = None,
) -> Mastery:
    """How far the learner is with one lesson.

    Args:
        attempts: all attempts of one learner, in any order.
        lesson: the lesson, for its key misconceptions.
        concepts: ids of the concepts that the lesson introduces.
        titles: how to call the misconceptions in `Mastery.missing`, by id.
    """
    return _mastery(attempts, concepts, lesson.key_misconceptions, MIN_LESSON, titles or {})


def misconceptions_alive(attempts: Iterable[Attempt]) -> list[Alive]:
    """Misconceptions in the latest answers to each concept, the most frequent first.

    One is no longer alive when later answers have pushed it out of its concept's latest 20.
    """
    answers = list(attempts)
    concepts = {a.concept for a in answers}
    latest = [a for c in concepts for a in latest_answers(answers, {c})]
    times: Counter[str] = Counter()
    last: dict[str, datetime] = {}
    for attempt in latest:
        for name in set(attempt.misconceptions):
            times[name] += 1
            last[name] = max(attempt.at, last.get(name, attempt.at))
    alive = [Alive(name, times[name], last[name]) for name in times]
    return sorted(alive, key=lambda a: (-a.times, -a.last.timestamp(), a.misconception))


def latest_answers(attempts: Iterable[Attempt], concepts: Collection[str]) -> list[Attempt]:
    """The latest 20 graded first tries at these concepts, oldest first."""
    counted = [a for a in attempts if a.graded and a.try_number == 1 and a.concept in concepts]
    return sorted(counted, key=lambda a: (a.at, a.id))[-POOL:]


def _mastery(
    attempts: Iterable[Attempt],
    concepts: Collection[str],
    key: Collection[str],
    needed: int,
    titles: Mapping[str, str],
) -> Mastery:
    pool = latest_answers(attempts, concepts)
    if not pool:
        missing = (f"Nothing answered yet; {needed} answers are needed.",)
        return Mastery("not_started", 0, needed, None, {}, missing)
    share = sum(a.mark for a in pool) / len(pool)
    counts = Counter(name for a in pool for name in set(a.misconceptions) & set(key))
    repeated = {name: n for name, n in sorted(counts.items()) if n >= TWICE}
    lacking = _missing(pool, share, repeated, needed, titles)
    state: State = "learning" if lacking else "mastered"
    return Mastery(state, len(pool), needed, share, repeated, lacking)


def _missing(
    pool: Sequence[Attempt],
    share: float,
    repeated: Mapping[str, int],
    needed: int,
    titles: Mapping[str, str],
) -> tuple[str, ...]:
    lacking = []
    if len(pool) < needed:
        more = needed - len(pool)
        lacking.append(f"{more} more {'answer is' if more == 1 else 'answers are'} needed.")
    if share < BAR - 1e-9:  # sixteen marks of 1 in 20 are 80 %, whatever floats make of it
        lacking.append(
            f"Your latest {len(pool)} {'answer' if len(pool) == 1 else 'answers'} earned "
            f"{percent(share)} on average; {BAR:.0%} is the mark to reach."
        )
    for name, times in repeated.items():
        title = titles.get(name, name).rstrip(".")
        how_often = "twice" if times == 2 else f"{times} times"
        lacking.append(
            f"The idea “{title}” came up {how_often} in them; it should come up once at most."
        )
    return tuple(lacking)
