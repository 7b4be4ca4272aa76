"""H23 method-in-result: the way is written into the result.

“… by launching the app” ties the team to one idea. If another way gets there, so much the better;
keep the result and put the method into the plan.

Fires on: “NPS from 32 to 45 by launching the app”.
Doesn't fire on: “NPS from 32 to 45 by 30 September”.
"""

from __future__ import annotations

from okrlab.analyser.analysis import Finding
from okrlab.analyser.checks._statement import Statement, finding


def check(s: Statement) -> Finding | None:
    """Look at one statement."""
    method = s.parts.method
    if method is None or s.kind not in ("metric_kr", "objective", "health_metric"):
        return None
    return finding(
        __name__,
        "info",
        "Would it still count if it were reached another way? If so, could the method go into the "
        "plan?",
        method.span,
        s.replaced(method, "").rstrip(" ,") or None,
    )
