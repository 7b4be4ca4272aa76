"""What a case of the lifecycle is made of: its months, and measures and milestones with figures."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date
from typing import Literal

from okrlab.model.indicator import Band
from okrlab.model.lifecycle import Kind, State


@dataclass(frozen=True)
class Subject:
    """A measure with its figures, or a milestone.

    Attributes:
        name: what it is.
        kind: a measure, or a milestone.
        values: one per month from `first` on; NaN is a gap. Empty for a milestone.
        first: the month of the first value.
        better: the direction in which the measure is better.
        critical: whether it comes before everything else when it is in alert.
        starts: candidate or health; None when it only comes when a milestone is finished.
        band: the range in which it must stay, if it starts as health.
        owner: who looks after it, if it starts as health.
        done_from: for a milestone, the month from which on it really is done.
        not_yet: what is to be said before that month.
    """

    name: str
    kind: Kind = Kind.MEASURE
    values: tuple[float, ...] = ()
    first: int = 1
    better: Literal["up", "down"] | None = None
    critical: bool = False
    starts: State | None = State.CANDIDATE
    band: Band | None = None
    owner: str = ""
    done_from: int = 1
    not_yet: str = ""


@dataclass(frozen=True)
class Case:
    """The months of a case.

    Attributes:
        start: the first day of month 1.
        history: so many months lie before the first stop.
        stops: the months at which one looks and decides, rising.
        subjects: measures and milestones.
        before: whether a decision rests on the months before, not on the one that is running;
            limits and alerts always see the running one.
    """

    start: date
    history: int
    stops: tuple[int, ...]
    subjects: tuple[Subject, ...]
    before: bool = False

    def end_of(self, month: int) -> date:
        """The last day of a month."""
        count = self.start.month - 1 + month - 1
        year, number = self.start.year + count // 12, count % 12 + 1
        return date(year, number, calendar.monthrange(year, number)[1])

    def month_of(self, day: date) -> int:
        """The month in which a day lies, 1 for the first."""
        return 12 * (day.year - self.start.year) + day.month - self.start.month + 1
