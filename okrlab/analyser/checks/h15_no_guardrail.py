"""H15 no-guardrail: a measure that is easily pushed at the cost of something else.

Speed, cost and volume can all be had by letting something suffer. Name what must not suffer, and
watch it beside the key result.

Fires on: “Average handling time from 8 to 6 minutes”.
Doesn't fire on: “Average handling time from 8 to 6 minutes, with first-call resolution above 70 %”.
"""

from __future__ import annotations

from okrlab.analyser.analysis import Finding
from okrlab.analyser.checks._statement import Statement, finding

_SUFFERS: dict[str, tuple[str, ...]] = {
    "quality, or people who have to come back": (
        "time", "handling", "aht", "duration", "speed", "turnaround", "cycle", "wait", "waiting",
        "throughput", "velocity", "backlog", "length", "stay",
    ),
    "quality, or the people who do the work": ("cost", "costs", "spend", "overtime", "headcount"),
    "the quality of what is counted": (
        "leads", "tickets", "calls", "signups", "sign-ups", "downloads", "visits", "clicks",
        "applications", "volume", "output", "units", "sales",
    ),
}  # fmt: skip
_GUARDED = frozenset("without while keeping maintaining guardrail with at".split())


def check(s: Statement) -> Finding | None:
    """Look at one statement."""
    p = s.parts
    if s.kind != "metric_kr" or p.measure is None:
        return None
    end = max((q.end for q in s.reading.quantities), default=0)
    if p.threshold is not None or any(t.low in _GUARDED for t in s.reading.toks if t.start >= end):
        return None
    words = set(p.measure.text.lower().replace("-", " ").split())
    for what, measures in _SUFFERS.items():
        if words & set(measures):
            return finding(
                __name__,
                "info",
                f"What could suffer when this is pushed? Perhaps {what}: who watches that?",
                p.measure.span,
            )
    return None
