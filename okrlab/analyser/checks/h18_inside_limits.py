"""H18 inside-limits: the measure reaches this target now and then all by itself.

The natural process limits of past values (mean ± 2.66 × the mean moving range, Wheeler's XmR chart)
say how far the measure swings when nothing special happens. A target inside them may be hit by
routine variation, and missed the month after.

Fires on: a target of 30 when past values give limits of 11.6 to 32.4.
Doesn't fire on: a target of 35 with the same past.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from okrlab.analyser.analysis import Finding
from okrlab.analyser.checks._statement import Statement, finding

FEWEST = 6
"""With fewer values, limits say too little."""


def check(s: Statement) -> Finding | None:
    """Look at one statement."""
    target, history = s.parts.target, s.history
    if s.kind != "metric_kr" or target is None or history is None or len(history) < FEWEST:
        return None
    if not isinstance(target.value, float):
        return None
    lower, upper = natural_limits(history)
    if not lower <= target.value <= upper:
        return None
    return finding(
        __name__,
        "warning",
        f"Past values swing between {lower:.3g} and {upper:.3g} with nothing special happening. "
        f"Is {target.text} then a change, or a good month?",
        target.span,
    )


def natural_limits(values: Sequence[float]) -> tuple[float, float]:
    """Lower and upper natural process limit: mean ∓ 2.66 × mean moving range."""
    mean = sum(values) / len(values)
    spread = sum(abs(b - a) for a, b in pairwise(values)) / (len(values) - 1)
    return mean - 2.66 * spread, mean + 2.66 * spread
