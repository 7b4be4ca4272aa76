"""H13 percent-ambiguity: percent of a percentage, or percentage points?

“Conversion +4 %” may mean from 4 to 8 % (points) or from 4 to 4.16 % (relative). Say from where to
where and nobody has to ask.

Fires on: “Increase conversion rate by 4 %”.
Doesn't fire on: “Conversion from 4 to 8 %”, “Revenue up 20 %”, “margin up by 3 percentage points”.
"""

from __future__ import annotations

from okrlab.analyser.analysis import Finding
from okrlab.analyser.checks._statement import Statement, finding

_SHARES = frozenset(
    "rate ratio share percentage proportion margin conversion churn retention occupancy yield "
    "utilization utilisation uptime availability attendance turnover accuracy coverage adoption "
    "completion satisfaction penetration prevalence absenteeism attrition participation efficiency "
    "oee otif ctr activation".split()
)


def check(s: Statement) -> Finding | None:
    """Look at one statement."""
    p = s.parts
    if p.change is None or p.change.how != "percent" or p.measure is None:
        return None
    if p.baseline is not None and p.target is not None:
        return None
    if not _SHARES & set(p.measure.text.lower().replace("-", " ").split()):
        return None
    return finding(
        __name__,
        "warning",
        f"Is “{p.change.text}” meant in percentage points, or relative to today's value?",
        p.change.span,
        s.replaced(p.change, f"{p.change.text} (from … % to … %)"),
    )
