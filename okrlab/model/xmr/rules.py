"""Signals: what in a series is more than routine variation, by Wheeler's or by the NHS's rules."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from okrlab.errors import ModelError
from okrlab.model.xmr.limits import ProcessLimits
from okrlab.model.xmr.numbers import as_floats, moving_ranges, signs, slack

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from okrlab.model.xmr.numbers import Floats, Values

    Flags = NDArray[np.bool_]
    Positions = NDArray[np.intp]

Rules = Literal["wheeler", "nhs"]
Rule = Literal["outside", "range", "run", "near_limit", "trend", "outer_third"]
Side = Literal["above", "below", "rising", "falling"]

NAMES: dict[Rule, str] = {
    "outside": "Outside the limits",
    "range": "A step beyond the range limit",
    "run": "A long run on one side",
    "near_limit": "Three of four near one limit",
    "trend": "A trend",
    "outer_third": "Two of three in the outer third",
}

WHEELER_RUN, NHS_RUN = 8, 7


@dataclass(frozen=True, slots=True)
class Signal:
    """More than routine variation: something has changed, and looking for the cause is worth it.

    Attributes:
        rule: which rule it breaks.
        indices: positions of the points that break it, from 0; for "range" the point after the
            step.
        side: "above" or "below" the centre; "rising" or "falling" for a trend; a step beyond the
            range limit is always "above".
        seen_at: position of the point at which the signal could first be seen, such as the eighth
            of a run.
    """

    rule: Rule
    indices: tuple[int, ...]
    side: Side
    seen_at: int

    @property
    def name(self) -> str:
        """The rule's name."""
        return NAMES[self.rule]

    @property
    def in_words(self) -> str:
        """The signal as a sentence. Points are counted from 1."""
        points = _points(self.indices)
        limit = "upper" if self.side == "above" else "lower"
        if self.rule == "outside":
            return f"{points} lies {self.side} the {limit} natural process limit."
        if self.rule == "range":
            after = self.indices[0] + 1
            return f"The step from point {after - 1} to point {after} exceeds the range limit."
        if self.rule == "run":
            return f"{points} all lie {self.side} the centre line, {len(self.indices)} in a row."
        if self.rule == "trend":
            verb = "rise" if self.side == "rising" else "fall"
            return f"{points} {verb} each time, {len(self.indices)} in a row."
        if self.rule == "near_limit":
            place, share = f"nearer to the {limit} limit than to the centre", "3 of 4"
        else:
            place, share = f"in the outer third near the {limit} limit", "2 of 3"
        return f"{points} lie {place}: at least {share} in a row."


def _points(indices: tuple[int, ...]) -> str:
    """Such as "Point 3", "Points 3 to 9", "Points 3, 4 and 6", or "12 of the points 3 to 40"."""
    numbers = [i + 1 for i in indices]
    first, last = numbers[0], numbers[-1]
    if len(numbers) == 1:
        return f"Point {first}"
    if last - first + 1 == len(numbers) > 2:
        return f"Points {first} to {last}"
    if len(numbers) > 8:
        return f"{len(numbers)} of the points {first} to {last}"
    return f"Points {', '.join(map(str, numbers[:-1]))} and {last}"


def signals(values: Values, limits: ProcessLimits, *, rules: Rules = "wheeler") -> list[Signal]:
    """What in these values is a signal, given these limits. Limits are never computed here.

    "wheeler", on both charts:

    - outside: a value beyond a natural process limit. Equal to the limit is inside.
    - range: a moving range beyond the upper range limit.
    - run: 8 or more values in a row on the same side of the centre.
    - near_limit: 3 of 4 values in a row beyond the midpoint between the centre and the same limit;
      the fourth may lie anywhere. Its `indices` are the points beyond the midpoint.

    "nhs", on the chart of values only:

    - outside: as above.
    - run: 7 or more in a row on the same side.
    - trend: 7 or more points in a row, each above (or each below) the one before.
    - outer_third: 2 of 3 values in a row, all three on the same side of the centre, beyond two
      thirds of the way to the limit, but inside it (beyond it they are outside).

    Ties: a value equal to the centre ends a run, two equal values in a row end a trend. A gap ends
    runs, trends and windows of three or four. A run, a trend, and windows that overlap on the same
    side are one signal each.

    Against limits without spread (a constant baseline) every change is a signal.

    Args:
        values: one number per point; the same series that the limits come from, perhaps longer.
        limits: from `xmr_limits` or `trended_limits`. Centre and limits of trended ones are those
            at each point.
        rules: "wheeler" or "nhs".

    Returns:
        Rule by rule, in order of time within each rule.

    Raises:
        ModelError: values that are no series of finite numbers, or unknown rules.

    >>> from okrlab.model.xmr import xmr_limits
    >>> weeks = [24, 19, 25, 21, 24, 20, 38]
    >>> [s.in_words for s in signals(weeks, xmr_limits(weeks, baseline=6))]  # doctest: +ELLIPSIS
    ['Point 7 lies above the upper natural process limit.', 'The step from point 6 to point 7 ...']
    """
    import numpy as np

    if rules not in ("wheeler", "nhs"):
        raise ModelError(f"Rules are “wheeler” or “nhs”, not “{str(rules)[:40]}”.")
    numbers = as_floats(values)
    with np.errstate(over="ignore", invalid="ignore"):
        return list(_signals(numbers, limits, rules))


def _signals(numbers: Floats, limits: ProcessLimits, rules: Rules) -> Iterator[Signal]:
    import numpy as np

    lines = limits.lines(len(numbers))
    allowed = slack(numbers, lines.lower, lines.upper)
    aside = numbers - lines.centre
    side = signs(aside, allowed)
    beyond = _beyond(aside, limits.half_width, allowed)
    yield from (
        Signal("outside", (i,), "above" if beyond[i] > 0 else "below", i)
        for i in beyond.nonzero()[0].tolist()
    )
    if rules == "wheeler":
        yield from _steps(numbers, limits)
        yield from _runs(side, WHEELER_RUN)
        near = _beyond(aside, limits.half_width / 2, allowed)
        known = ~np.isnan(aside)
        yield from _windows("near_limit", near > 0, near < 0, (known, known), (3, 4))
        return
    yield from _runs(side, NHS_RUN)
    yield from _trends(numbers, NHS_RUN)
    outer = _beyond(aside, limits.half_width * 2 / 3, allowed)
    outer[beyond != 0] = 0
    yield from _windows("outer_third", outer > 0, outer < 0, (side > 0, side < 0), (2, 3))


def _beyond(aside: Floats, distance: float, allowed: Floats) -> NDArray[np.int8]:
    """1 where a value lies farther above the centre than this, -1 where farther below, else 0."""
    import numpy as np

    above = (aside > distance + allowed).astype(np.int8)
    above -= aside < -distance - allowed
    return above


def _steps(numbers: Floats, limits: ProcessLimits) -> Iterator[Signal]:
    """Moving ranges beyond their limit."""
    wide = moving_ranges(numbers) > limits.upper_range + slack(numbers, limits.upper_range)
    return (Signal("range", (i,), "above", i) for i in wide.nonzero()[0].tolist())


def _runs(side: NDArray[np.int8], fewest: int) -> Iterator[Signal]:
    """Runs of at least so many points on one side."""
    for start, stop in _stretches(side, fewest):
        yield Signal(
            "run",
            tuple(range(start, stop)),
            "above" if side[start] > 0 else "below",
            start + fewest - 1,
        )


def _trends(numbers: Floats, fewest: int) -> Iterator[Signal]:
    """At least so many points in a row that all rise or all fall; equal neighbours end it."""
    steps = signs(numbers[1:] - numbers[:-1], slack(numbers[1:], numbers[:-1]))
    for start, stop in _stretches(steps, fewest - 1):
        yield Signal(
            "trend",
            tuple(range(start, stop + 1)),
            "rising" if steps[start] > 0 else "falling",
            start + fewest - 1,
        )


def _stretches(signs_: NDArray[np.int8], fewest: int) -> Iterator[tuple[int, int]]:
    """Start and stop of each longest stretch of one sign, zero left out, that is long enough."""
    import numpy as np

    edges = np.flatnonzero(signs_[1:] != signs_[:-1]) + 1
    starts = np.concatenate(([0], edges)) if len(signs_) else edges
    stops = np.append(edges, len(signs_))
    if not len(signs_):
        return
    long = (stops - starts >= fewest) & (signs_[starts] != 0)
    yield from zip(starts[long].tolist(), stops[long].tolist(), strict=True)


def _windows(
    rule: Rule, above: Flags, below: Flags, counts: tuple[Flags, Flags], of: tuple[int, int]
) -> Iterator[Signal]:
    """Points of which at least so many of so many in a row are marked on the same side.

    All points of a window must count (be known, or lie on that side). Windows that overlap are one
    signal.
    """
    import numpy as np

    need, size = of
    sides: tuple[tuple[Flags, Flags, Side], ...] = (
        (above, counts[0], "above"),
        (below, counts[1], "below"),
    )
    found = []
    for marked, counted, side in sides:
        hit = np.flatnonzero(
            (_moving_sum(marked, size) >= need) & (_moving_sum(counted, size) == size)
        )
        if not len(hit):
            continue
        new = np.flatnonzero(np.diff(hit) >= size) + 1
        first, last = hit[np.append(0, new)], hit[np.append(new - 1, len(hit) - 1)] + size
        where = np.flatnonzero(marked)
        left, right = np.searchsorted(where, first), np.searchsorted(where, last)
        for i, j, start in zip(left.tolist(), right.tolist(), first.tolist(), strict=True):
            found.append(Signal(rule, tuple(where[i:j].tolist()), side, start + size - 1))
    yield from sorted(found, key=lambda s: s.indices)


def _moving_sum(flags: Flags, size: int) -> NDArray[np.int8]:
    """How many are set in the window that starts at each position."""
    import numpy as np

    if len(flags) < size:
        return np.zeros(0, dtype=np.int8)
    width = len(flags) - size + 1
    total = np.zeros(width, dtype=np.int8)
    for offset in range(size):
        total += flags[offset : offset + width]
    return total
