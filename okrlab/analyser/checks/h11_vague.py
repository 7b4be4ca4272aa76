"""H11 vague: a word that everybody understands differently.

“Significantly” is five percent to one and half to another. Put the number that you have in mind.

Fires on: “Significantly reduce waiting times”.
Doesn't fire on: “Reduce waiting times by 20 %”, “Become a better bank for small
firms”.
"""

from __future__ import annotations

from okrlab.analyser.analysis import Finding, Span
from okrlab.analyser.checks._statement import Statement, finding

_DEGREE = frozenset(
    "significantly substantially considerably noticeably markedly dramatically greatly".split()
)
_VAGUE = _DEGREE | frozenset(
    "strongly optimal optimize optimise robust appropriate adequate sufficient reasonable "
    "significant substantial considerable noticeable various several many soon regularly timely "
    "asap user-friendly intuitive seamless seamlessly world-class state-of-the-art best-in-class "
    "high-quality good better great".split()
)


def check(s: Statement) -> Finding | None:
    """Look at one statement."""
    if s.kind == "kpi":
        return None
    # An objective may say “better”; how much better it need not say, but then it says nothing.
    vague = _DEGREE if s.kind == "objective" else _VAGUE
    for i, tok in enumerate(s.reading.toks):
        if tok.low not in vague:
            continue
        if tok.low in ("better", "good", "great") and s.reading.low(i - 1) in ("or", "rated", "as"):
            continue
        advice = f"What do you mean by “{tok.text}”? Which number do you have in mind?"
        return finding(__name__, "warning", advice, Span(tok.start, tok.end))
    return None
