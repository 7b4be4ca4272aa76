"""H09 maintain: a level to keep is a health metric, not a key result.

A key result asks for a change. What should stay as it is belongs on the dashboard, with a band, so
that somebody looks when it leaves its range.

Fires on: “Keep uptime at 99.9 %”, “Maintain NPS above 50”, “Don't sleep at the wheel”.
Doesn't fire on: “Uptime from 99.5 to 99.9 % by the end of Q3”.
"""

from __future__ import annotations

from okrlab.analyser._lexicon import KEEP, REACH
from okrlab.analyser.analysis import Finding, Span
from okrlab.analyser.checks._statement import Statement, finding


def check(s: Statement) -> Finding | None:
    """Look at one statement."""
    base = s.reading.head_base
    # “Hold 12 workshops” holds them as one holds a meeting: a count comes right after.
    convenes = base == "hold" and s.parts.target is not None and not s.parts.target.unit
    keeps = base in KEEP - REACH and not convenes and s.kind in ("metric_kr", "milestone_kr")
    if s.kind != "health_metric" and not keeps and not s.forbids:
        return None
    if s.parts.baseline is not None and s.parts.target is not None:
        return None
    span = s.parts.threshold.span if s.parts.threshold else None
    if base in KEEP - REACH:
        tok = s.reading.toks[s.reading.head]
        span = Span(tok.start, tok.end)
    return finding(
        __name__,
        "warning",
        "Should this change, or only stay as it is? If it should stay, which range is right for it "
        "as a health metric? If it should change, from where to where?",
        span,
    )
