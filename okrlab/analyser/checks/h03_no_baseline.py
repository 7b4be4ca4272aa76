"""H03 no-baseline: the target is there, but not where the measure stands now.

Without the starting point nobody can tell how far the way is, and attainment cannot be computed:
it is the share of the way from baseline to target. If nobody knows where the measure stands,
finding out is the first key result (a baseline key result).

Fires on: “NPS to 45 by 30 September”.
Doesn't fire on: “NPS from 32 to 45 by 30 September”.
"""

from __future__ import annotations

from okrlab.analyser.analysis import Finding
from okrlab.analyser.checks._statement import Statement, finding


def check(s: Statement) -> Finding | None:
    """Look at one statement."""
    p = s.parts
    if not s.moves or p.baseline is not None or p.target is None:
        return None
    if p.change is not None and p.change.how == "factor":
        return None
    counted = p.measure is not None and p.target.span.end <= p.measure.span.start and not p.unit
    if counted:  # "sign 20 customers" starts from none
        return None
    return finding(
        __name__,
        "warning",
        f"Where does {_named(s)} stand now? If nobody knows yet, could finding out be the first "
        "key result?",
        p.target.span,
        s.replaced(p.target, f"{p.target.text} (today …)"),
    )


def _named(s: Statement) -> str:
    """The measure in the writer's words, or “it” where the words are too many for a question."""
    measure = s.parts.measure
    return measure.text if measure is not None and len(measure.text) <= 60 else "it"
