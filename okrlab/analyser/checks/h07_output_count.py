"""H07 output-count: the number counts the writer's own work.

Ten integrations that nobody switches on are ten outputs and no outcome. The number makes the line
look like a result; the question is who behaves differently afterwards.

Fires on: “Ship 10 integrations”, “Publish 12 articles”.
Doesn't fire on: “Customers who use at least one integration from 7 to 25 %”, “Sign 20 customers”.
"""

from __future__ import annotations

from okrlab.analyser._lexicon import ACTIVITY, DELIVER, REACH
from okrlab.analyser.analysis import Finding, Span
from okrlab.analyser.checks._statement import Statement, finding

# Getting people to do something of their own accord is an outcome, even when it is counted.
_THEIRS = REACH - {"deliver", "produce", "train", "complete", "certify", "gather", "collect",
                   "add"}  # fmt: skip
_OURS = (DELIVER | ACTIVITY) - _THEIRS
_WORK = {"workshops", "workshop", "articles", "posts", "features", "integrations", "meetings",
         "interviews", "calls", "emails", "trainings", "sessions", "reports", "campaigns", "tests",
         "events", "visits", "audits", "newsletters", "webinars", "releases", "courses",
         "experiments", "videos", "episodes", "brochures", "dashboards", "pages"}  # fmt: skip


def check(s: Statement) -> Finding | None:
    """Look at one statement."""
    p = s.parts
    count = p.target or p.change
    if count is None or count.unit or s.kind not in ("metric_kr", "milestone_kr", "task"):
        return None
    if isinstance(count.value, float) and count.value < 2:
        return None
    things = p.measure.text.lower().split() if p.measure else []
    base = s.reading.head_base
    work = bool(_WORK & set(things))
    counts_work = (base in _OURS and p.baseline is None) or (work and base in ("", "increase"))
    if not counts_work:
        return None
    start, end = count.span.start, count.span.end
    if p.measure is not None:
        start, end = min(start, p.measure.span.start), max(end, p.measure.span.end)
    return finding(
        __name__,
        "warning",
        "Who will use them, and what will they do differently?",
        Span(start, end),
    )
