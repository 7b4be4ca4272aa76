"""H17 ambition-unlabelled: is it promised, or hoped for?

The same 0.7 is a miss for a promise and fine for a moonshot. Say which it is when you set it, not
when it is graded.

Fires on: “NPS from 32 to 60 by December”.
Doesn't fire on: “Moonshot: NPS from 32 to 60 by December”, or when the ambition was given.
"""

from __future__ import annotations

from okrlab.analyser._tokens import tokens
from okrlab.analyser.analysis import Finding
from okrlab.analyser.checks._statement import Statement, finding

_LABELS = ("committed", "commit", "commitment", "stretch", "moonshot", "aspirational", "roofshot")


def check(s: Statement) -> Finding | None:
    """Look at one statement."""
    if s.kind != "metric_kr" or s.ambition or _labelled(s):
        return None
    return finding(
        __name__,
        "info",
        "Is this a promise (committed), a stretch or a moonshot? It decides what 0.7 will mean.",
    )


def _labelled(s: Statement) -> bool:
    """Whether the statement says it; the label in front of it isn't among its words."""
    return any(tok.low in _LABELS for tok in tokens(s.text))
