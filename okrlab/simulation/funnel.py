"""How a change in conversion travels to revenue: what leads, what lags, and by how long.

    L(t) = v·c(t)                       leads in week t
    O(t) = share·L(t - delay)           sales opportunities
    R(t) = win rate·deal·O(t - delay)   revenue, in dollars

Leads lag behind conversion and lead revenue: leading and lagging are relations. Weeks are counted
from 1; the quarter before has weeks up to 0. The figures (4 to 8 %) follow an example in a podcast;
the delays and rates are ours.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from okrlab.errors import ModelError
from okrlab.model._numbers import number, whole

ASSUMPTIONS: tuple[str, ...] = (
    "This is a toy that shows a mechanism, not evidence about your market.",
    "The same number of people visits every week.",
    "Better conversion brings leads that are as good as before.",
    "Every opportunity and every deal takes the same time, to the week.",
    "There is no season, no chance and nobody to run out of: only the conversion changes.",
)

WEEKS_IN_QUARTER = 13

MOST = 1_000_000_000.0

Conversion = Callable[[int], float]
"""The share of visitors who become leads, 0 to 1, by week."""

Measure = Literal["conversion", "leads", "opportunities", "revenue"]
MEASURES: tuple[Measure, ...] = ("conversion", "leads", "opportunities", "revenue")
"""In the order in which a change reaches them."""


@dataclass(frozen=True)
class Funnel:
    """From visitor to revenue.

    Attributes:
        visitors: v, per week, at least 0.
        share: of the leads that become opportunities, 0 to 1.
        weeks_to_opportunity: how long that takes, 0 to 520 weeks.
        win_rate: share of the opportunities that are won, 0 to 1.
        deal: revenue from one that is won, in dollars, at least 0.
        weeks_to_deal: how long an opportunity takes, 0 to 520 weeks.

    Raises:
        ModelError: one of them lies outside its range.
    """

    visitors: float = 5_000
    share: float = 0.2
    weeks_to_opportunity: int = 2
    win_rate: float = 0.25
    deal: float = 10_000
    weeks_to_deal: int = 6

    def __post_init__(self) -> None:
        number("the visitors", self.visitors, least=0, most=MOST)
        number("the share of leads", self.share, least=0, most=1)
        number("the win rate", self.win_rate, least=0, most=1)
        number("the size of a deal", self.deal, least=0, most=MOST)
        whole("the weeks to an opportunity", self.weeks_to_opportunity, least=0, most=520)
        whole("the weeks to a deal", self.weeks_to_deal, least=0, most=520)


@dataclass(frozen=True)
class Ramp:
    """A conversion that rises or falls in a straight line, level before and after.

    Attributes:
        start: up to and including `first_week`, 0 to 1.
        end: from `last_week` on, 0 to 1.
        first_week: the last week at the old level.
        last_week: the first week at the new level; later than `first_week`.

    Raises:
        ModelError: a level is no share, or the line ends before it starts.
    """

    start: float = 0.04
    end: float = 0.08
    first_week: int = 3
    last_week: int = 10

    def __post_init__(self) -> None:
        number("the conversion at the start", self.start, least=0, most=1)
        number("the conversion at the end", self.end, least=0, most=1)
        if self.last_week <= self.first_week:
            raise ModelError(
                f"The conversion changes from week {self.first_week} to week {self.last_week}, "
                "which leaves no week for the change. Let it end later."
            )

    def __call__(self, week: int) -> float:
        """The conversion in this week, 0 to 1."""
        gone = (week - self.first_week) / (self.last_week - self.first_week)
        return self.start + (self.end - self.start) * min(1.0, max(0.0, gone))


@dataclass(frozen=True)
class Week:
    """What one week shows.

    Attributes:
        week: its number.
        conversion: the share of visitors who become leads, 0 to 1.
        leads: per week.
        opportunities: per week.
        revenue: in dollars per week.
    """

    week: int
    conversion: float
    leads: float
    opportunities: float
    revenue: float


def run(funnel: Funnel, conversion: Conversion, weeks: Iterable[int]) -> tuple[Week, ...]:
    """What each of the weeks shows.

    Args:
        funnel: the rates and delays.
        conversion: by week, 0 to 1; also asked for weeks before the first, because of the delays.
        weeks: the numbers of the weeks.

    Raises:
        ModelError: the conversion of a week is no share.
    """

    def leads(week: int) -> float:
        share = number(f"the conversion of week {week}", conversion(week), least=0, most=1)
        return funnel.visitors * share

    def opportunities(week: int) -> float:
        return funnel.share * leads(week - funnel.weeks_to_opportunity)

    def revenue(week: int) -> float:
        return funnel.win_rate * funnel.deal * opportunities(week - funnel.weeks_to_deal)

    return tuple(Week(t, conversion(t), leads(t), opportunities(t), revenue(t)) for t in weeks)


def quarter(index: int) -> range:
    """The weeks of a quarter; the first has weeks 1 to 13, and quarter 0 is the one before."""
    return range(WEEKS_IN_QUARTER * (index - 1) + 1, WEEKS_IN_QUARTER * index + 1)


@dataclass(frozen=True)
class Comparison:
    """A quarter with the change, and the same quarter without.

    Attributes:
        index: the quarter's number.
        leads: in the quarter, with the change.
        leads_before: without it.
        revenue: in dollars, with the change.
        revenue_before: without it.
    """

    index: int
    leads: float
    leads_before: float
    revenue: float
    revenue_before: float

    @property
    def revenue_growth(self) -> float | None:
        """By which share the change raises revenue; None when there is none without it."""
        return self.revenue / self.revenue_before - 1 if self.revenue_before else None


def compare(funnel: Funnel, conversion: Conversion, before: float, index: int) -> Comparison:
    """A quarter with a changing conversion against one at a steady conversion.

    Args:
        funnel: the rates and delays.
        conversion: by week, 0 to 1.
        before: the steady conversion to compare with, 0 to 1.
        index: which quarter, from 1.

    Raises:
        ModelError: a conversion is no share.
    """
    after = run(funnel, conversion, quarter(index))
    steady = run(funnel, lambda _: before, quarter(index))
    return Comparison(
        index,
        leads=math.fsum(w.leads for w in after),
        leads_before=math.fsum(w.leads for w in steady),
        revenue=math.fsum(w.revenue for w in after),
        revenue_before=math.fsum(w.revenue for w in steady),
    )


@dataclass(frozen=True)
class Movement:
    """When a change reaches a measure.

    Attributes:
        measure: which one.
        starts: the first week in which it differs from the week before; None when it never does.
        settles: the first week in which it has its last value for good; None when it never moves.
    """

    measure: Measure
    starts: int | None
    settles: int | None


def movements(weeks: Sequence[Week]) -> tuple[Movement, ...]:
    """What moves when, in the order of the funnel.

    Args:
        weeks: in order, from before the change until after it.
    """
    return tuple(_movement(measure, weeks) for measure in MEASURES)


def _movement(measure: Measure, weeks: Sequence[Week]) -> Movement:
    values = [float(getattr(week, measure)) for week in weeks]
    moved = [
        week.week
        for week, value, last in zip(weeks[1:], values[1:], values, strict=False)
        if not math.isclose(value, last, rel_tol=1e-12)
    ]
    return Movement(measure, moved[0] if moved else None, moved[-1] if moved else None)
