"""H04 no-target: something is to rise or fall, but it isn't said how far.

“Raise NPS” is met by one point. Without an end point nobody can plan for it, and nobody can tell
when it is enough.

Fires on: “Raise NPS”, “NPS from X to Y”, “Cut churn to xx %”.
Doesn't fire on: “NPS from 32 to 45”, “Halve the backlog”.
"""

from __future__ import annotations

from okrlab.analyser._lexicon import DOWN, MEASURE_NOUNS, UP
from okrlab.analyser.analysis import Finding, Span
from okrlab.analyser.checks._statement import Statement, finding


def check(s: Statement) -> Finding | None:
    """Look at one statement."""
    p = s.parts
    if s.kind in ("kpi", "milestone_kr", "task"):
        return None
    if s.reading.blanks:
        blank = s.reading.blanks[-1]
        return finding(
            __name__,
            "error",
            "The number is still open: how far should it go?",
            Span(blank.start, blank.end),
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
