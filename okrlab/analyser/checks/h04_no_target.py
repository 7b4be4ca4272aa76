"""H04 no-target: something is to rise or fall, but it isn't said how far.

“Raise NPS” is met by one point. Without an end point nobody can plan for it, and nobody can tell
when it is enough.

Fires on: “Raise NPS”, “NPS from X to Y”.
Doesn't fire on: “NPS from 32 to 45”, “Halve the backlog”.
"""

from __future__ import annotations

from okrlab.analyser._lexicon import DOWN, MEASURE_NOUNS, UP
from okrlab.analyser.analysis import Finding
from okrlab.analyser.checks._statement import Statement, finding

_OPEN = {"xx", "xxx", "tbd", "tba", "tbc", "yy", "nn"}


def check(s: Statement) -> Finding | None:
    """Look at one statement."""
    p = s.parts
    if s.kind in ("kpi", "milestone_kr", "task"):
        return None
    left_open = s.span_of(*_OPEN)
    if left_open is not None or _from_x_to_y(s):
        return finding(
            __name__, "error", "The number is still open. How far should it go?", left_open
        )
    if p.target or p.change or p.threshold:
        return None
    names_measure = p.measure is not None and any(
        w in MEASURE_NOUNS for w in p.measure.text.lower().split()
    )
    moving = s.reading.head_base in UP | DOWN and names_measure
    if p.baseline is not None and s.kind == "metric_kr":
        moving = True
    if not moving or p.measure is None or p.direction is None:
        return None
    return finding(
        __name__,
        "error",
        f"How far should {p.measure.text} go, and from where?",
        p.direction.span,
        s.replaced(p.measure, f"{p.measure.text} from … to …") if p.baseline is None else None,
    )


def _from_x_to_y(s: Statement) -> bool:
    words = [t.low for t in s.reading.toks]
    return any(words[i : i + 4] == ["from", "x", "to", "y"] for i in range(max(0, len(words) - 3)))
