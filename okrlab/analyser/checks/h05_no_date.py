"""H05 no-date: it isn't said by when.

Without a date a key result is never late. Often the date stands in the heading of the cycle; then
nothing is missing, but say so when a line leaves its set.

Fires on: “NPS from 32 to 45” (error; only a note when the end of the cycle is known).
Doesn't fire on: “NPS from 32 to 45 by 30 September”.
"""

from __future__ import annotations

from okrlab.analyser.analysis import Finding
from okrlab.analyser.checks._statement import Statement, finding


def check(s: Statement) -> Finding | None:
    """Look at one statement."""
    if not s.is_result or s.parts.deadline is not None:
        return None
    if s.cycle_end is not None:
        day = f"{s.cycle_end.day} {s.cycle_end:%B %Y}"
        return finding(
            __name__,
            "info",
            f"By when? Without a date of its own it is due when the cycle ends, on {day}.",
            rewrite=s.dated(f" by {day}"),
        )
    return finding(__name__, "error", "By when?", rewrite=s.dated(" by …"))
