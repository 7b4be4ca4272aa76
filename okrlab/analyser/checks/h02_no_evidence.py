"""H02 no-evidence: no measure and nothing that a stranger could check.

“Better”, “more”, “improved” are in the eye of whoever looks. A key result can be told on the day
by somebody who wasn't there: by a measure, or by evidence that a thing is done.

Fires on: “Better user experience by 30 June”, “Don't sleep at the wheel”.
Doesn't fire on: “Task success from 60 to 80 %”, “Hire a VP of Sales for Europe”, and not on an
objective without a date: an objective needs no number.
"""

from __future__ import annotations

from okrlab.analyser._lexicon import DOWN, MEASURE_NOUNS, UP, VAGUE, verb
from okrlab.analyser._tokens import WORD
from okrlab.analyser.analysis import Finding, Span
from okrlab.analyser.checks._statement import Statement, finding

_BETTER = (VAGUE - {"more", "less", "various", "several", "some", "many"}) | {
    "happy", "happier", "nicer", "smoother", "higher", "greater", "stronger", "improve", "enhance",
    "optimise", "optimize",
}  # fmt: skip


def check(s: Statement) -> Finding | None:
    """Look at one statement."""
    if s.reading.quantities or s.reading.blanks or s.kind == "kpi":
        return None
    if s.forbids or s.kind == "health_metric":
        return finding(
            __name__,
            "error",
            "How would a stranger see whether this held? What is measured, and what is its limit?",
        )
    span = _better(s)
    dated = s.parts.deadline is not None
    if s.kind == "metric_kr" or (s.kind in ("objective", "milestone_kr") and dated and span):
        return finding(
            __name__,
            "error",
            "How would a stranger see on that day that it is so? Which measure would show it?"
            if dated
            else "How would a stranger see that it is so? Which measure would show it?",
            span,
        )
    return None


def _better(s: Statement) -> Span | None:
    """The word that asks for “better” where a thing to be done or a measure should stand."""
    for tok in s.reading.toks[:8]:
        base = verb(tok.low) if tok.kind == WORD and tok.low not in MEASURE_NOUNS else None
        if tok.low in _BETTER or (base in UP | DOWN and tok.low.endswith("ed")):
            return Span(tok.start, tok.end)
    return None
