"""H22 not-sufficient: if all of these are met, is the objective reached?

Nobody but the writers can answer this, so it is a question, asked of every set that has an
objective and at least one key result. Where all key results look at one stage only (all leads, say,
for a full pipeline), it says so.

Fires on: “A full pipeline” with leads only.
Doesn't fire on: a set without an objective (H01 asks for that first).
"""

from __future__ import annotations

from okrlab.analyser.analysis import Finding
from okrlab.analyser.checks._set import StatementSet, measure_words
from okrlab.analyser.checks._statement import finding


def check_set(s: StatementSet) -> list[Finding]:
    """Look at a whole set."""
    if not s.objective.strip() or not s.results:
        return []
    measures = [words for a in s.results if (words := measure_words(a))]
    shared = frozenset.intersection(*measures) if len(measures) >= 2 else frozenset()
    advice = (
        f"Suppose all of these are met: is “{s.objective.strip()}” then true? If you hesitate, the "
        "missing line is in the reason why."
    )
    if shared:
        advice += f" All of them look at {', '.join(sorted(shared)[:3])}."
    return [finding(__name__, "info", advice)]
