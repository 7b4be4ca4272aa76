"""H08 milestone: done or not done; say how one sees it, and what it should move later.

A milestone is a fair key result when a stranger could see that it is done, and when it is meant to
move a measure afterwards. If nobody can name that measure, it may be a task.

Fires on: “Launch the app”, “Hire a VP of Sales for Europe” (a note, never an error).
Doesn't fire on: “App live in Germany by May, to cut cost per lead”.
"""

from __future__ import annotations

from okrlab.analyser.analysis import Finding
from okrlab.analyser.checks._statement import Statement, finding


def check(s: Statement) -> Finding | None:
    """Look at one statement."""
    if s.kind != "milestone_kr" or _has_purpose(s):
        return None
    return finding(
        __name__,
        "info",
        "What is the evidence that it is done, and which measure should it move later?",
        rewrite=s.extended(" (done when …; meant to move …)"),
    )


def _has_purpose(s: Statement) -> bool:
    toks = s.reading.toks
    for i, tok in enumerate(toks):
        if i < 2:
            continue
        if tok.low == "so" and s.reading.low(i + 1) in ("that", "we", "customers", "fewer", "more"):
            return True
        if tok.low == "to" and toks[i - 1].low in (",", "order", "-", "("):
            return True
    return False
