"""H24 vanity: a number that can go up while nothing gets better.

Page views, followers and downloads are easily bought. Ask how a cynic would reach the target, and
pick the measure that would not be fooled.

Fires on: “Page views from 10K to 50K”, “5,000 followers”.
Doesn't fire on: “Activated users from 300 to 900”.
"""

from __future__ import annotations

from okrlab.analyser.analysis import Finding
from okrlab.analyser.checks._statement import Statement, finding

_VANITY = frozenset(
    "views pageviews page-views impressions followers likes downloads hits visits visitors traffic "
    "clicks registrations subscribers reach mentions opens headcount lines attendees awareness "
    "shares newsletter".split()
)
_REAL = frozenset("active activated paying repeat returning qualified retained converted".split())


def check(s: Statement) -> Finding | None:
    """Look at one statement."""
    if s.kind != "metric_kr" or s.parts.measure is None:
        return None
    words = set(s.parts.measure.text.lower().split())
    if not words & _VANITY or words & _REAL or words & {"rate", "cost", "conversion", "share"}:
        return None
    return finding(
        __name__,
        "info",
        "How could a cynic reach this number without anybody being better off? Is there a measure "
        "that would not be fooled?",
        s.parts.measure.span,
    )
