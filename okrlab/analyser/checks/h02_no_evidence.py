"""H02 no-evidence: no measure and nothing that a stranger could check.

“Better”, “more”, “improved” are in the eye of whoever looks. A key result can be told on the day
by somebody who wasn't there: by a measure, or by evidence that a thing is done.

Fires on: “Better user experience by 30 June”, “Never fall asleep at the wheel” as a rule to keep.
Doesn't fire on: “Task success from 60 to 80 %”, “Hire a VP of Sales for Europe”.
"""

from __future__ import annotations

from okrlab.analyser._lexicon import VAGUE
from okrlab.analyser.analysis import Finding
from okrlab.analyser.checks._statement import Statement, finding


def check(s: Statement) -> Finding | None:
    """Look at one statement."""
    if s.reading.quantities or s.kind in ("kpi", "milestone_kr"):
        return None
    if s.kind == "objective":
        # An objective needs no number; only one that is filed as a key result is asked for it.
        span = s.span_of(*VAGUE)
        dated = s.parts.deadline is not None
        if not dated or span is None:
            return None
        return finding(
            __name__, "error", "How would a stranger see on that day that it is so?", span
        )
    if s.kind == "health_metric":
        return finding(
            __name__,
            "error",
            "How would a stranger see whether this held? Name what is measured and its limit.",
        )
    if s.kind == "metric_kr":
        return finding(__name__, "error", "How would a stranger verify it? Name the measure.")
    return None
