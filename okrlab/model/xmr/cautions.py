"""What speaks against reading too much out of limits: few points, a season, a trend, no spread."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from okrlab.errors import ModelError
from okrlab.model.xmr.limits import ENOUGH, FEWEST, ProcessLimits, XmrLimits
from okrlab.model.xmr.numbers import as_floats, slack

if TYPE_CHECKING:
    from okrlab.model.xmr.numbers import Floats, Values

Kind = Literal["too_few", "trial", "no_spread", "gaps", "trend", "season"]

CYCLES = (4, 7, 12)
"""Quarters of a year, days of a week, months of a year."""

FEWEST_FOR_TREND = 8
FEWEST_PAIRS = 7
ALIKE = 0.5
SURE = 2.5
"""A correlation is worth a hint from ALIKE on, and so many standard errors (1/√pairs) from 0."""
STEEP = 3.0
"""A slope is worth a hint when so many standard errors from 0."""


@dataclass(frozen=True, slots=True)
class Caution:
    """A reason to be careful with limits, and what to do about it.

    Attributes:
        kind: "too_few" (below 6 points), "trial" (6 to 11), "no_spread", "gaps", "trend", "season".
        in_words: the caution as one or two sentences. Trend and season are worded as hints, for
            chance alone produces them now and then.
    """

    kind: Kind
    in_words: str


def cautions(
    values: Values, limits: ProcessLimits, *, cycles: Sequence[int] = CYCLES
) -> list[Caution]:
    """What speaks against relying on these limits.

    Few points, missing spread, gaps and a trend are looked for in the baseline that the limits come
    from; a season in the whole series, because a baseline is often shorter than two years.

    A trend is hinted at when the slope of the regression line lies 3 standard errors from 0, from 8
    points on, and only for flat limits. A season of length L is hinted at when values, after the
    straight line through them is taken off, resemble those L points before (correlation 0.5 or
    more, and 2.5/√pairs), more than those L-1 and L+1 points before; for that two cycles and 7
    pairs must be there. A cycle that is a multiple of one already hinted at is left out.

    Args:
        values: the same series that the limits come from, perhaps longer.
        limits: from `xmr_limits` or `trended_limits`.
        cycles: lengths of seasons to look for, in points, each 2 or more.

    Raises:
        ModelError: values that are no series of finite numbers, or a cycle shorter than 2 points.
    """
    if any(c < 2 for c in cycles):
        raise ModelError("A season is 2 points long or more, such as 12 months or 7 days.")
    import numpy as np

    numbers = as_floats(values)
    with np.errstate(over="ignore", invalid="ignore"):
        return [
            *_about_points(limits),
            *_about_trend(numbers, limits),
            *_about_season(numbers, cycles),
        ]


def _about_points(limits: ProcessLimits) -> Iterator[Caution]:
    n, missing = limits.points, limits.stop - limits.start - limits.points
    if n < FEWEST:
        yield Caution(
            "too_few",
            f"Limits from {n} points are hardly more than a guess. Wait for {FEWEST} before you "
            "read signals out of them.",
        )
    elif n < ENOUGH:
        yield Caution(
            "trial",
            f"These are trial limits, from {n} points. Compute them once more at {ENOUGH} points, "
            "then keep them.",
        )
    if limits.half_width <= slack(limits.lines(1).centre)[0]:
        yield Caution(
            "no_spread",
            "The values don't vary, so both limits coincide with the centre and every change is a "
            "signal. Is the measure rounded too coarsely to show its variation?",
        )
    if missing > 0:
        yield Caution(
            "gaps",
            f"{missing} of {n + missing} values are missing. Steps into and out of a gap are not "
            "counted, and a gap ends every run.",
        )


def _about_trend(numbers: Floats, limits: ProcessLimits) -> Iterator[Caution]:
    import numpy as np

    part = numbers[limits.start : limits.stop]
    at = np.flatnonzero(~np.isnan(part)).astype(np.float64)
    if len(at) < FEWEST_FOR_TREND or not isinstance(limits, XmrLimits):
        return
    r = _correlation(at, part[~np.isnan(part)])
    # r·√((n-2)/(1-r²)) ≥ STEEP, without dividing by 0 when all points lie on the line
    if r * r * (len(at) - 2) >= STEEP**2 * (1 - r * r):
        yield Caution(
            "trend",
            f"The points that the limits come from seem to {'rise' if r > 0 else 'fall'}. Flat "
            "limits describe no such process. Look at trended limits, or at a baseline before or "
            "after the change.",
        )


def _about_season(numbers: Floats, cycles: Sequence[int]) -> Iterator[Caution]:
    import numpy as np

    known = ~np.isnan(numbers)
    if known.sum() < 2:
        return
    at = np.arange(len(numbers), dtype=np.float64)
    x, y = at[known] - at[known].mean(), numbers[known] - numbers[known].mean()
    level = numbers - (x * y).sum() / (x * x).sum() * at
    hinted: list[int] = []
    for cycle in sorted(set(cycles)):
        pairs = len(numbers) - cycle
        if pairs < max(cycle, FEWEST_PAIRS) or any(cycle % h == 0 for h in hinted):
            continue
        r = _echo(level, cycle)
        beside = max(_echo(level, cycle - 1), _echo(level, cycle + 1))
        if r >= max(ALIKE, SURE / math.sqrt(pairs)) and r > beside:
            hinted.append(cycle)
            yield Caution(
                "season",
                f"A hint, no proof: values resemble those {cycle} points before (correlation "
                f"{r:.2f}). If there is a season of {cycle} points, compare with the same point of "
                "the cycle before, or chart the differences.",
            )


def _echo(level: Floats, lag: int) -> float:
    """Correlation of the values with those so many points before; pairs with a gap left out."""
    import numpy as np

    earlier, later = level[:-lag], level[lag:]
    both = ~(np.isnan(earlier) | np.isnan(later))
    return _correlation(earlier[both], later[both])


def _correlation(a: Floats, b: Floats) -> float:
    """Pearson's correlation; 0 when one of the two doesn't vary."""
    import numpy as np

    if len(a) < 3:
        return 0.0
    nothing = max(slack(a).max(), slack(b).max())
    a, b = a - a.mean(), b - b.mean()
    a_size, b_size = np.abs(a).max(), np.abs(b).max()
    if min(a_size, b_size) <= nothing:
        return 0.0
    a, b = a / a_size, b / b_size  # else squares of very large or small numbers leave the range
    return float((a * b).sum() / math.sqrt((a * a).sum() * (b * b).sum()))
