"""H12 direction-conflict: the verb says one thing, the numbers another.

Usually the two numbers were swapped, or the verb was copied from another line.

Fires on: “Reduce cost per lead from 95 to 100”, “Double sales from 5 to 9”.
Doesn't fire on: “Reduce cost per lead from 100 to 95”, “Improve page load from 4 s to 2 s”.
"""

from __future__ import annotations

from okrlab.analyser._lexicon import DOWN, DOWN_NOUNS, UP_NOUNS, verb
from okrlab.analyser.analysis import Finding, Span
from okrlab.analyser.checks._statement import Statement, finding

_RISES = {"increase", "grow", "raise", "boost", "lift", "rise", "climb", "multiply", "expand"}
"""Verbs that mean a larger number. “Improve” and “strengthen” go with falling measures too."""

_FALLS = DOWN - {"bring", "limit", "contain", "slow", "minimize", "clear", "eliminate"}


def check(s: Statement) -> Finding | None:  # noqa: PLR0911
    """Look at one statement."""
    p = s.parts
    if p.baseline is None or p.target is None:
        return None
    start, end = p.baseline.value, p.target.value
    if not isinstance(start, float) or not isinstance(end, float):
        return None
    if p.change is not None and p.change.how == "factor" and isinstance(p.change.value, float):
        promised = start * p.change.value
        if start and abs(end - promised) > 0.02 * abs(promised):
            return finding(
                __name__,
                "error",
                f"“{p.change.text}” from {p.baseline.text} would be {_shown(promised)}, "
                f"not {p.target.text}. Which of the two do you mean?",
                Span(p.baseline.span.start, p.target.span.end)
                if p.baseline.span.start < p.target.span.end
                else p.target.span,
            )
        return None
    word = _word(s)
    if word is None or start == end:
        return None
    token, up = word
    if (end > start) == up:
        return None
    swapped = _swapped(s)
    return finding(
        __name__,
        "error",
        f"“{token}” and the numbers {p.baseline.text} to {p.target.text} point in different "
        "directions. Which is meant?",
        p.target.span,
        swapped,
    )


def _word(s: Statement) -> tuple[str, bool] | None:
    """The word that gives the direction, and whether it is up."""
    r = s.reading
    base = r.head_base
    if base in _RISES:
        return r.toks[r.head].text, True
    if base in _FALLS:
        return r.toks[r.head].text, False
    if base:
        return None
    for tok in r.toks[:8]:
        if tok.low in UP_NOUNS - {"improvement"} or (
            tok.low.endswith("ing") and verb(tok.low) in _RISES
        ):
            return tok.text, True
        if tok.low in DOWN_NOUNS or (tok.low.endswith("ing") and verb(tok.low) in _FALLS):
            return tok.text, False
    return None


def _swapped(s: Statement) -> str | None:
    """The statement with baseline and target exchanged."""
    a, b = s.parts.baseline, s.parts.target
    if a is None or b is None or a.span.end > b.span.start:
        return None
    text = s.text
    return (
        text[: a.span.start] + b.text + text[a.span.end : b.span.start] + a.text
        + text[b.span.end :]
    )  # fmt: skip


def _shown(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 10_000 else f"{value:g}"
