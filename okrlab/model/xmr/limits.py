"""Natural process limits: centre ± a multiple of the average moving range."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from okrlab.errors import ModelError
from okrlab.model.xmr.numbers import as_floats, mean, moving_ranges, slack

if TYPE_CHECKING:
    from okrlab.model.xmr.numbers import Floats, Values

Spread = Literal["mean", "median"]
Standing = Literal["too_few", "trial", "locked"]

WIDTH = {"mean": 2.66, "median": 3.145}
"""Half the distance between the limits, in mean or median moving ranges."""

RANGE_WIDTH = {"mean": 3.268, "median": 3.865}
"""The upper range limit, in mean or median moving ranges."""

FEWEST = 6
"""With fewer points, limits are hardly more than a guess."""

ENOUGH = 12
"""From here on limits are kept until there is a reason to compute them anew."""


class Lines(NamedTuple):
    """The three lines of a chart, one number per point each. Read-only."""

    centre: Floats
    lower: Floats
    upper: Floats


@dataclass(frozen=True, kw_only=True)
class ProcessLimits:
    """What flat and trended limits have in common.

    Attributes:
        average_range: the mean or the median moving range, as `spread` says.
        half_width: how far each natural process limit lies from the centre.
        upper_range: the upper limit of a moving range.
        spread: "mean" or "median".
        points: how many values the limits come from; gaps don't count.
        ranges: how many moving ranges they come from.
        start: position of the first point of the baseline.
        stop: position after its last point.
        screened: positions of points whose moving range was left out as an outlier.
    """

    average_range: float
    half_width: float
    upper_range: float
    spread: Spread
    points: int
    ranges: int
    start: int
    stop: int
    screened: tuple[int, ...] = ()

    @property
    def standing(self) -> Standing:
        """The word "too_few" below 6 points, "trial" from 6 to 11, "locked" from 12 on."""
        if self.points < FEWEST:
            return "too_few"
        return "trial" if self.points < ENOUGH else "locked"

    @property
    def locked(self) -> bool:
        """Whether enough points back the limits to keep them."""
        return self.standing == "locked"

    def lines(self, count: int) -> Lines:
        """Centre, lower and upper limit for this many points from the first of the series on."""
        raise NotImplementedError


@dataclass(frozen=True, kw_only=True)
class XmrLimits(ProcessLimits):
    """Limits of a process that stays where it is.

    Attributes:
        centre: the mean of the baseline.
    """

    centre: float

    @property
    def lower(self) -> float:
        """Lower natural process limit. It may lie below 0 even if no value can."""
        return self.centre - self.half_width

    @property
    def upper(self) -> float:
        """Upper natural process limit."""
        return self.centre + self.half_width

    def lines(self, count: int) -> Lines:
        """Centre, lower and upper limit for this many points."""
        import numpy as np

        return Lines(*(np.broadcast_to(n, count) for n in (self.centre, self.lower, self.upper)))


def xmr_limits(
    values: Values,
    *,
    baseline: int | slice | None = None,
    spread: Spread = "mean",
    screen: bool = False,
) -> XmrLimits:
    """Natural process limits of a series.

    The centre is always the mean. Limits come from whatever points exist: two suffice to compute
    them, and `standing` says what they are worth.

    When all values of the baseline are equal, there is no spread: both limits coincide with the
    centre, and every change is a signal. `cautions` says so too.

    Args:
        values: one number per point, in order of time; None or NaN is a gap.
        baseline: where limits come from: the first so many points (gaps included), or a slice
            without a step; all points when left out.
        spread: "mean" (2.66 and 3.268 moving ranges), or "median" (3.145 and 3.865), which a few
            large jumps don't inflate.
        screen: leave moving ranges above the upper range limit out and compute the spread once
            more, as the NHS does, so that one wild point doesn't hide the next. The point itself
            still counts in the centre.

    Raises:
        ModelError: no two neighbouring values in the baseline (so also: one point, none, only
            gaps), a baseline beyond the values, or values that are no series of finite numbers.

    >>> limits = xmr_limits([24, 19, 25, 21, 24, 20])
    >>> round(limits.centre, 2), round(limits.lower, 2), round(limits.upper, 2)
    (22.17, 10.46, 33.87)
    """
    import numpy as np

    numbers = as_floats(values)
    start, stop = baseline_bounds(baseline, len(numbers))
    part = numbers[start:stop]
    with np.errstate(over="ignore", invalid="ignore"):
        common = spread_of(part, start, spread, screen)
        centre = mean(part[~np.isnan(part)])
    limits = XmrLimits(centre=centre, **vars(common))
    refuse_overflow(limits.lower, limits.upper, limits.upper_range)
    return limits


def baseline_bounds(baseline: int | slice | None, count: int) -> tuple[int, int]:
    """First position and the one after the last of the points that limits come from.

    Raises:
        ModelError: a baseline that is no number of points or range of points within the values.
    """
    if baseline is None:
        return 0, count
    if isinstance(baseline, slice):
        start, stop, step = baseline.indices(count)
        if step != 1:
            raise ModelError("Limits need neighbouring points. Give the baseline without a step.")
        return start, max(start, stop)
    if isinstance(baseline, bool) or baseline < 1:
        raise ModelError(
            f"A baseline of {baseline} points is none. Say how many of the first points the limits "
            "come from, such as 12."
        )
    if baseline > count:
        raise ModelError(
            f"Limits are to come from the first {baseline} points, and there are only {count}. "
            "Wait for more, or choose a shorter baseline."
        )
    return 0, int(baseline)


def spread_of(part: Floats, start: int, spread: Spread, screen: bool) -> ProcessLimits:
    """What limits have in common, from the moving ranges of a baseline.

    Raises:
        ModelError: no moving range at all, or an unknown kind of spread.
    """
    import numpy as np

    if spread not in WIDTH:
        raise ModelError(f"Spread is “mean” or “median”, not “{str(spread)[:40]}”.")
    average = np.mean if spread == "mean" else np.median
    ranges = moving_ranges(part)
    kept = ~np.isnan(ranges)
    if not kept.any():
        raise ModelError(
            "Limits need two values that follow one another, and this baseline has none: with one "
            "point, or a gap beside every point, nothing shows how much the values move. Collect "
            "more points, or choose another baseline."
        )
    screened: tuple[int, ...] = ()
    typical = float(average(ranges[kept]))
    if screen:
        limit = RANGE_WIDTH[spread] * typical
        wild = kept & (ranges - limit > slack(ranges, limit))
        screened = tuple((np.flatnonzero(wild) + start).tolist())
        kept &= ~wild
        typical = float(average(ranges[kept]))
    return ProcessLimits(
        average_range=typical,
        half_width=WIDTH[spread] * typical,
        upper_range=RANGE_WIDTH[spread] * typical,
        spread=spread,
        points=int(len(part) - np.isnan(part).sum()),
        ranges=int(kept.sum()),
        start=start,
        stop=start + len(part),
        screened=screened,
    )


def refuse_overflow(*numbers: float) -> None:
    """Refuse limits that are too large for a floating-point number.

    Raises:
        ModelError: one of them is not finite.
    """
    if not all(math.isfinite(n) for n in numbers):
        raise ModelError(
            "These values are too large to compute limits from them. Count in a larger unit, such "
            "as millions."
        )
