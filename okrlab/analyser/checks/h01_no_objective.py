"""H01 no-objective: a key result stands alone, without the objective that it should prove.

A key result answers how we will know that we got closer to a specific objective. Without one it is
a target among others, and nobody can say whether it is the right one.

Fires on: “NPS from 32 to 45 by 30 September” when no objective is given with it.
Doesn't fire on: the same line with the objective “Guests come back”.
"""

from __future__ import annotations

from okrlab.analyser.analysis import Finding
from okrlab.analyser.checks._statement import Statement, finding


def check(s: Statement) -> Finding | None:
    """Look at one statement."""
    if not s.is_result or s.objective:
        return None
    return finding(__name__, "error", "Which objective would this prove?")
