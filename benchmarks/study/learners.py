"""Made-up learners: what they know, what they forget, and how they answer real items.

The memory is deliberately not that of FSRS, or the scheduler would be tested against itself. Each
concept has a half-life: after so many days the chance of knowing it is one half. A lesson teaches a
concept with the half-life of its learner. An answer changes it:

- known: the half-life grows by 1 + 8 (1 - R), where R was the chance of knowing; by 3.5 at most.
  What was still fresh gains nothing: that is the spacing effect, and it is an assumption.
- not known: the feedback teaches it again, with six tenths of the half-life, and not less than
  the lesson's.

`spacing=False` takes that assumption away: each answer that was known lengthens the half-life by
35 %, however little time has passed.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random

from okrlab.assessment.attempt import Attempt, Confidence
from okrlab.assessment.demo_answers import wrong_answer
from okrlab.assessment.marking import mark
from okrlab.content import ItemBase, Library

START = datetime(2027, 1, 4, 12, tzinfo=UTC)
"""Noon of the first day, a Monday."""

SLIP = 0.03
"""How often somebody who knows is wrong all the same."""

LUCK = 0.35
"""How often somebody who does not know is right."""

SHOWS = 0.7
"""How often a misconception that is held decides an item that offers it."""

GROWTH, MOST_GROWTH, ALWAYS = 8.0, 3.5, 1.35
LOSS = 0.6


@dataclass(frozen=True)
class Kind:
    """A kind of learner.

    Attributes:
        half_life: days after which half of what a lesson taught is forgotten.
        repairs: how likely one explanation ends the misconception that is held.
        stubborn: whether there is one.
        chance: always right with this chance, knowing nothing; None for those who learn.
    """

    half_life: float
    repairs: float = 0.0
    stubborn: bool = False
    chance: float | None = None


KINDS = {
    "guesser": Kind(0.0, chance=0.5),
    "forgetful": Kind(5.0),
    "stubborn": Kind(15.0, repairs=0.1, stubborn=True),
    "expert": Kind(100.0),
}
"""With 15 days, nine in ten things are left after 2.3 days, which is what FSRS expects of somebody
who answered right at first. The forgetful have a third of that, the experts nearly seven times."""


@dataclass
class Trace:
    """How well one concept is kept."""

    half_life: float
    since: float
    first: float

    def known(self, day: float) -> float:
        """The chance of knowing it on a day."""
        return 2 ** (-(day - self.since) / self.half_life)

    def practise(self, day: float, knew: bool, spacing: bool) -> None:
        """What an answer with its explanation does."""
        if knew:
            spaced = min(MOST_GROWTH, 1 + GROWTH * (1 - self.known(day)))
            self.half_life *= spaced if spacing else ALWAYS
        else:
            self.half_life = max(self.first, LOSS * self.half_life)
        self.since = day


@dataclass
class Learner:
    """One learner, who answers and remembers.

    Args:
        kind: what sort of learner.
        library: the course.
        traits: decides which misconception is held and how hard each concept is.
        rng: decides everything else.
        spacing: whether the memory has a spacing effect.
    """

    kind: Kind
    library: Library
    traits: Random
    rng: Random
    spacing: bool = True
    attempts: list[Attempt] = field(default_factory=list)
    traces: dict[str, Trace] = field(default_factory=dict)
    held: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.hardness = {c: self.traits.uniform(0.6, 1.6) for c in self.library.concepts}
        keys = sorted({m for lesson in self.library.lessons for m in lesson.key_misconceptions})
        if self.kind.stubborn:
            self.held = {self.traits.choice(keys)}

    def learn(self, concept: str, day: float) -> None:
        """A lesson teaches a concept."""
        if self.kind.chance is None and concept not in self.traces:
            first = self.kind.half_life / self.hardness[concept]
            self.traces[concept] = Trace(first, day, first)

    def known(self, concept: str, day: float) -> float:
        """The true chance of knowing a concept."""
        trace = self.traces.get(concept)
        return trace.known(day) if trace else 0.0

    def answer(self, item: ItemBase, activity: str, sitting: str, day: float) -> Attempt:
        """Answer an item, which is marked by the real rules, and learn from the explanation."""
        concept = self.library.concept_of[item.id]
        misled = bool(self.held & offered(item)) and self.rng.random() < SHOWS
        knew = self.rng.random() < self.known(concept, day)
        right = not misled and self.rng.random() < self._chance(knew)
        earned, revealed = (1.0, ()) if right else judged(item, self._wrong(item, misled))
        number = len(self.attempts)
        made = Attempt(
            id=f"{number:032x}", learner="made-up", activity=activity, sitting=sitting,
            item=item.id, item_version=item.version, concept=concept, response={}, mark=earned,
            misconceptions=revealed, graded=True, try_number=1,
            confidence=self._confidence(knew, misled), seconds=None,
            at=START + timedelta(days=int(day), seconds=number % 10_000),
        )  # fmt: skip
        self.attempts.append(made)
        if misled and self.rng.random() < self.kind.repairs:
            self.held.clear()
        if trace := self.traces.get(concept):
            trace.practise(day, knew, self.spacing)
        return made

    def _chance(self, knew: bool) -> float:
        if self.kind.chance is not None:
            return self.kind.chance
        return 1 - SLIP if knew else LUCK

    def _wrong(self, item: ItemBase, misled: bool) -> str:
        return json.dumps(wrong_answer(item, self.held if misled else (), self.rng))

    def _confidence(self, knew: bool, misled: bool) -> Confidence:
        if misled:
            return "sure"
        likely: Confidence = "sure" if knew else "guess"
        return likely if self.rng.random() < 0.6 else "think"


OUTCOMES: dict[tuple[str, str], tuple[float, tuple[str, ...]]] = {}


def judged(item: ItemBase, response: str) -> tuple[float, tuple[str, ...]]:
    """What the real marking makes of a response: the mark, and the misconceptions revealed."""
    key = (item.id, response)
    if key not in OUTCOMES:
        outcome = mark(item, json.loads(response))
        OUTCOMES[key] = (outcome.mark, tuple(outcome.misconceptions))
    return OUTCOMES[key]


OFFERED: dict[str, frozenset[str]] = {}


def offered(item: ItemBase) -> frozenset[str]:
    """The misconceptions that an item has wrong answers for."""
    if item.id not in OFFERED:
        OFFERED[item.id] = frozenset(re.findall(r"\bM\d\d\b", item.model_dump_json()))
    return OFFERED[item.id]
