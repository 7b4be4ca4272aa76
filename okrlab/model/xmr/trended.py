"""Limits around a line, for a process that is meant to move or drifts steadily."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from okrlab.errors import ModelError
from okrlab.model.xmr.limits import (
    Lines,
    ProcessLimits,
    Spread,
    baseline_bounds,
    refuse_overflow,
    spread_of,
)
from okrlab.model.xmr.numbers import as_floats, mean

if TYPE_CHECKING:
    from okrlab.model.xmr.numbers import Floats, Values

LineBy = Literal["halves", "least_squares"]


@dataclass(frozen=True, kw_only=True)
class TrendedLimits(ProcessLimits):
    """Limits that rise or fall with a line.

    Attributes:
        intercept: the centre at the first point of the series (position 0).
        slope: how much the centre changes from one point to the next.
    """

    intercept: float
    slope: float

    def lines(self, count: int) -> Lines:
        """Centre, lower and upper limit for this many points from the first of the series on.

        Points after the baseline continue the line.
        """
        import numpy as np

        centre = self.intercept + self.slope * np.arange(count, dtype=np.float64)
        return Lines(centre, centre - self.half_width, centre + self.half_width)


def trended_limits(
    values: Values,
    *,
    baseline: int | slice | None = None,
    spread: Spread = "mean",
    screen: bool = False,
    line: LineBy = "halves",
) -> TrendedLimits:
    """Natural process limits around a straight line.

    The half width is 2.66 mean (or 3.145 median) moving ranges of the values as they are, as in
    flat limits. A trend makes each moving range a little larger, so the limits are a little wide.

    Args:
        values: one number per point, in order of time; None or NaN is a gap.
        baseline: where the line and the limits come from, as in `xmr_limits`.
        spread: "mean" or "median", as in `xmr_limits`.
        screen: leave moving ranges above the upper range limit out, as in `xmr_limits`.
        line: "halves" runs through the average of the first and of the second half of the baseline
            (Wheeler's way, on paper too; with an odd number of points the middle one belongs to
            neither), "least_squares" is the regression line.

    Raises:
        ModelError: a half without a value, an unknown kind of line, or what `xmr_limits` refuses.

    >>> round(trended_limits([10, 12, 11, 15, 16, 18]).slope, 2)
    1.78
    """
    import numpy as np

    if line not in ("halves", "least_squares"):
        raise ModelError(f"The line is “halves” or “least_squares”, not “{str(line)[:40]}”.")
    numbers = as_floats(values)
    start, stop = baseline_bounds(baseline, len(numbers))
    part = numbers[start:stop]
    with np.errstate(over="ignore", invalid="ignore"):
        common = spread_of(part, start, spread, screen)
        at = np.flatnonzero(~np.isnan(part)).astype(np.float64)
        known = part[~np.isnan(part)]
        if line == "halves":
            slope, middle, height = _halves(at, known, (len(part) - 1) / 2)
        else:
            slope, middle, height = _least_squares(at, known)
        limits = TrendedLimits(
            slope=slope, intercept=height - slope * (middle + start), **vars(common)
        )
    refuse_overflow(limits.slope, limits.intercept, limits.half_width, limits.upper_range)
    return limits


def _halves(at: Floats, known: Floats, middle: float) -> tuple[float, float, float]:
    """Slope, and a point of the line, through the averages of both halves."""
    early, late = at < middle, at > middle
    if not (early.any() and late.any()):
        raise ModelError(
            "One half of the baseline has no value, so no line leads from half to half. Fill the "
            "gaps, or choose another baseline."
        )
    left, low = mean(at[early]), mean(known[early])
    right, high = mean(at[late]), mean(known[late])
    return (high - low) / (right - left), left, low


def _least_squares(at: Floats, known: Floats) -> tuple[float, float, float]:
    """Slope, and a point of the line, with the least squared distances."""
    middle, height = mean(at), mean(known)
    aside = at - middle
    return float((aside * (known - height)).sum() / (aside * aside).sum()), middle, height
