"""Experiments: how a team finds out what raises conversion, and how chance misleads it.

Visitors decide by chance, each for themselves (Bernoulli trials), from the `random.Random` that the
caller passes. The occasion is a podcast's example of moving a shop's cart button; ideas, lifts and
chances are ours.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Literal

from okrlab.model._numbers import number, whole

ASSUMPTIONS: tuple[str, ...] = (
    "This is a toy that shows a mechanism, not evidence that such ideas work.",
    "An idea works or it does not. Chance decides once, and nobody is told.",
    "Half of a week's visitors see the page as it was, half see the idea. Each of them decides "
    "by chance.",
    "An idea is kept when the range of the difference, at 95 %, lies above zero.",
    "Kept ideas add up. None of them wears off.",
)

MOST_VISITORS = 1_000_000
"""In each half of an experiment."""


@dataclass(frozen=True)
class Idea:
    """Something to try, such as moving the button of the shopping cart.

    Attributes:
        name: what is tried.
        lift: what it adds to the conversion if it works, -1 to 1; 0.005 is half a point.
        chance: that it works, 0 to 1.

    Raises:
        ModelError: lift or chance lie outside their range.
    """

    name: str
    lift: float
    chance: float

    def __post_init__(self) -> None:
        number("the lift of an idea", self.lift, least=-1, most=1)
        number("the chance of an idea", self.chance, least=0, most=1)


@dataclass(frozen=True)
class Trial:
    """One experiment: half of the visitors saw the page as it was, half saw the idea.

    Attributes:
        idea: what was tried.
        works: whether it works, which nobody can see in life.
        visitors: in each half.
        leads_without: from the half that saw the page as it was.
        leads_with: from the half that saw the idea.
        difference: in conversion, with less without.
        low: lower end of the range of the difference, at 95 %.
        high: upper end of it.
    """

    idea: Idea
    works: bool
    visitors: int
    leads_without: int
    leads_with: int
    difference: float
    low: float
    high: float

    @property
    def kept(self) -> bool:
        """Whether the idea is kept: the range of the difference lies above zero."""
        return self.low > 0

    @property
    def mistake(self) -> Literal["kept in vain", "thrown away"] | None:
        """What chance did to the decision, if anything.

        An idea that works but harms is rightly thrown away, so it counts as no mistake.
        """
        helps = self.works and self.idea.lift > 0
        if self.kept == helps:
            return None
        return "kept in vain" if self.kept else "thrown away"

    @property
    def in_words(self) -> str:
        """The trial as a sentence, in percentage points."""
        seen = (
            f"{self.idea.name}: {100 * self.difference:+.2f} points "
            f"(between {100 * self.low:+.2f} and {100 * self.high:+.2f})"
        )
        return f"{seen}. Kept." if self.kept else f"{seen}. Not kept: this may be chance."


def experiment(rng: Random, idea: Idea, conversion: float, visitors: int = 2_500) -> Trial:
    """Try an idea on some visitors and leave others with the page as it was.

    Args:
        rng: where chance comes from; seed it to get the same again.
        idea: what is tried.
        conversion: without the idea, 0 to 1.
        visitors: in each half, 1 to a million.

    Raises:
        ModelError: an argument lies outside its range.
    """
    base = number("the conversion", conversion, least=0, most=1)
    whole("the visitors in each half", visitors, least=1, most=MOST_VISITORS)
    works = rng.random() < idea.chance
    lifted = _lifted(base, idea) if works else base
    without, with_idea = _count(rng, base, visitors), _count(rng, lifted, visitors)
    p, q = without / visitors, with_idea / visitors
    margin = 1.96 * math.sqrt((p * (1 - p) + q * (1 - q)) / visitors)
    return Trial(idea, works, visitors, without, with_idea, q - p, q - p - margin, q - p + margin)


def _lifted(base: float, idea: Idea) -> float:
    return min(1.0, max(0.0, base + idea.lift))


def _count(rng: Random, share: float, visitors: int) -> int:
    return sum(rng.random() < share for _ in range(visitors))


@dataclass(frozen=True)
class Programme:
    """Experiments one after the other, one a week.

    Attributes:
        start: the conversion before the first one, 0 to 1.
        first_week: the week of the first one.
        trials: in their order.
    """

    start: float
    first_week: int
    trials: tuple[Trial, ...]

    def __call__(self, week: int) -> float:
        """The conversion in this week, 0 to 1: with every idea kept in the weeks before it."""
        level = self.start
        for trial in self.trials[: max(0, week - self.first_week)]:
            if trial.kept and trial.works:
                level = _lifted(level, trial.idea)
        return level


def programme(
    rng: Random,
    ideas: Sequence[Idea],
    *,
    start: float = 0.04,
    visitors: int = 2_500,
    first_week: int = 1,
) -> Programme:
    """Try one idea a week; what is kept is the page from the next week on.

    The result is a conversion by week, so `okrlab.simulation.funnel.run` can show what comes of it.

    Args:
        rng: where chance comes from; seed it to get the same again.
        ideas: in the order in which they are tried.
        start: the conversion before the first one, 0 to 1.
        visitors: in each half of an experiment, 1 to a million.
        first_week: the week of the first one.

    Raises:
        ModelError: an argument lies outside its range.
    """
    result = Programme(number("the conversion", start, least=0, most=1), first_week, ())
    for week, idea in enumerate(ideas, first_week):
        trial = experiment(rng, idea, result(week), visitors)
        result = Programme(result.start, first_week, (*result.trials, trial))
    return result


IDEAS: tuple[Idea, ...] = (
    Idea("A cart button at the top", 0.012, 0.4),
    Idea("A shorter form", 0.015, 0.5),
    Idea("Prices on the first page", 0.010, 0.4),
    Idea("A video of the product", 0.008, 0.2),
    Idea("Words from customers", 0.012, 0.4),
    Idea("A chat window", 0.010, 0.3),
    Idea("Faster loading", 0.015, 0.6),
    Idea("A free trial", 0.020, 0.5),
)
"""Eight weeks of ideas; lifts and chances are invented."""
