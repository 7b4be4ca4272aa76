"""H10 compound: two results in one line.

When one half is met and the other isn't, nobody can say how far the line got. Make two of it.

Fires on: “Raise NPS and cut churn”, “Revenue to 5M and margin to 20 %”.
Doesn't fire on: “Health and safety incidents from 9 to 4”.
"""

from __future__ import annotations

from bisect import bisect_right

from okrlab.analyser._lexicon import DELIVER, DOWN, KEEP, MEASURE_NOUNS, UP, verb
from okrlab.analyser.analysis import Finding, Span
from okrlab.analyser.checks._statement import Statement, finding

_JOINTS = {"and", "&", "+", "plus", "while", "as-well-as"}


def check(s: Statement) -> Finding | None:
    """Look at one statement."""
    if s.kind == "kpi":
        return None
    r = s.reading
    for i, tok in enumerate(r.toks):
        if tok.low not in _JOINTS or not 0 < i < len(r.toks) - 1:
            continue
        if _second_result(s, i):
            return finding(
                __name__,
                "warning",
                "Are these two results? If one is met and the other isn't, how far did it get?",
                Span(tok.start, r.toks[-1].end),
                _split(s, i),
            )
    return None


def _second_result(s: Statement, i: int) -> bool:
    """Whether a result of its own begins after the joint at `i`."""
    r = s.reading
    base = verb(r.low(i + 1))
    if base in KEEP or r.low(i + 1) in ("keeping", "maintaining", "holding", "without"):
        return False  # "… while keeping errors below 1 %": a guardrail
    if r.head >= 0 and base in UP | DOWN | DELIVER and r.low(i + 1) not in MEASURE_NOUNS:
        return r.head_base in UP | DOWN | DELIVER
    amounts = r.quantities
    following = bisect_right(amounts, i, key=lambda q: q.first)
    if 0 < following < len(amounts) and amounts[0].last < i:
        words = [t.low for t in r.toks[i + 1 : min(amounts[following].first, i + 12)]]
        return any(w in MEASURE_NOUNS for w in words)
    if r.head_base in UP | DOWN and r.low(i + 1) in MEASURE_NOUNS:
        return r.low(i - 1) in MEASURE_NOUNS or r.low(i - 1).removesuffix("s") in MEASURE_NOUNS
    return False


def _split(s: Statement, i: int) -> str | None:
    """Both halves as lines of their own, with the verb and the date that they share."""
    r = s.reading
    first = s.text[: r.toks[i].start].strip().rstrip(",")
    second = s.text[r.toks[i].end :].strip()
    if not first or not second:
        return None
    if verb(r.low(i + 1)) is None and r.head >= 0:
        second = f"{r.toks[r.head].text} {second}"
    date = s.parts.deadline
    if date is not None and date.span.start > r.toks[i].end:
        first = f"{first} {date.text}"
    elif date is not None and date.span.start > 0:
        second = f"{second.rstrip('.')} {date.text}"
    return f"{first}\n{second[0].upper()}{second[1:]}"
