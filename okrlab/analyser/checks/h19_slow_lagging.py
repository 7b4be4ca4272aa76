"""H19 slow-lagging: can this measure move within the cycle at all?

Revenue of a quarter is mostly decided before it starts. Pair such a measure with one that moves
sooner and leads to it.

Fires on: “Revenue from 5M to 10M by the end of Q3”.
Doesn't fire on: “Conversion from 4 to 8 % by the end of Q3”.
"""

from __future__ import annotations

from okrlab.analyser.analysis import Finding
from okrlab.analyser.checks._statement import Statement, finding

_SLOW = frozenset(
    "revenue profit ebitda turnover margin valuation earnings income arr gdp mortality poverty "
    "literacy reputation brand emissions ltv unemployment inflation".split()
)


def check(s: Statement) -> Finding | None:
    """Look at one statement."""
    if s.kind != "metric_kr" or s.parts.measure is None:
        return None
    words = s.parts.measure.text.lower().replace("-", " ").split()
    if not _SLOW & set(words) or "staff" in words or "employee" in words[:1]:
        return None
    return finding(
        __name__,
        "info",
        "Can this still move within the cycle? Which measure would move first, so that the two can "
        "stand side by side?",
        s.parts.measure.span,
    )
