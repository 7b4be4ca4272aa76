"""H25 no-owner: who updates the number, from where, and who else is needed?

A key result without somebody who looks after it is looked at twice: when it is set and when it is
graded.

Fires on: “NPS from 32 to 45 by 30 September”.
Doesn't fire on: “NPS from 32 to 45 by 30 September (owner: Mia, source: survey tool)”.
"""

from __future__ import annotations

from okrlab.analyser.analysis import Finding
from okrlab.analyser.checks._statement import Statement, finding

_SOURCES = ("source", "owner", "owned", "crm", "responsible", "dri", "erp", "accountable")


def check(s: Statement) -> Finding | None:
    """Look at one statement."""
    if not s.is_result or s.parts.owner is not None or s.span_of(*_SOURCES) is not None:
        return None
    return finding(
        __name__,
        "info",
        "Who updates it, from which source, and whom does it depend on?",
        rewrite=s.extended(" (owner: …, source: …)"),
    )
