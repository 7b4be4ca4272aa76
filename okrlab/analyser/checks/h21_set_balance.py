"""H21 set-balance: too few or too many key results, all of one sort, or the same measure twice.

Two to five key results show progress together. If all are launches, nothing shows whether the
launches did any good; if all look at one measure, nothing shows what it cost.

Fires on: nine launches; three lines that all move revenue.
Doesn't fire on: revenue, recurring revenue share and one launch.
"""

from __future__ import annotations

from okrlab.analyser.analysis import Analysis, Finding
from okrlab.analyser.checks._set import StatementSet, measure_words
from okrlab.analyser.checks._statement import finding

FEWEST, MOST = 2, 5


def check_set(s: StatementSet) -> list[Finding]:
    """Look at a whole set."""
    found = []
    count = len(s.results)
    if count < FEWEST:
        found.append(
            finding(
                __name__,
                "warning",
                f"{count or 'No'} key result{'' if count == 1 else 's'} so far. Two to five show "
                "progress together, so what else would show it?",
            )
        )
    elif count > MOST:
        found.append(
            finding(
                __name__,
                "warning",
                f"{count} key results are many. Which two to five say most?",
            )
        )
    milestones = len(s.of_kind("milestone_kr"))
    if count >= FEWEST and milestones == count:
        found.append(
            finding(
                __name__,
                "warning",
                "All of these are done or not done. Which measure will show that it was worth it?",
            )
        )
    twins = _twins(s.results)
    if twins:
        found.append(
            finding(
                __name__,
                "warning",
                f"“{twins[0].text.strip()}” and “{twins[1].text.strip()}” look at the same "
                "measure. Is one of them enough?",
            )
        )
    if count >= FEWEST and milestones < count and not s.of_kind("health_metric"):
        found.append(
            finding(
                __name__,
                "info",
                "Nothing here says what must not get worse meanwhile. What would a cynic sacrifice "
                "to reach these numbers, and should it stand here as a health metric?",
            )
        )
    return found


def _twins(results: list[Analysis]) -> tuple[Analysis, Analysis] | None:
    """Two key results of the same measure, or the same words twice."""
    for i, a in enumerate(results):
        for b in results[i + 1 :]:
            if " ".join(a.text.lower().split()) == " ".join(b.text.lower().split()):
                return a, b
            one, two = measure_words(a), measure_words(b)
            metric = a.kind == b.kind == "metric_kr"
            if metric and one and two and one == two:
                return a, b
    return None
