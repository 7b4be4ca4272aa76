"""H20 individual: a line for one person.

OKRs are about what a team changes together. One person's quota is a matter between that person and
their manager, and a KPI.

Fires on: “Ana closes 20 deals”, “I will read 12 books”, “My sales: 300K”.
Doesn't fire on: “Customers close their account in under 2 minutes”, “Hire Ana's successor by May”.
"""

from __future__ import annotations

from okrlab.analyser._lexicon import verb
from okrlab.analyser._tokens import WORD
from okrlab.analyser.analysis import Finding, Span
from okrlab.analyser.checks._statement import Statement, finding

_ME = {"i", "my", "me", "myself", "i'll"}
_NAMES = frozenset(
    "ana anna maria mia john jane peter paul tom ben lisa sarah julia david michael thomas laura "
    "james robert mary emma sophie jan lars ahmed fatima mohammed ali wei yuki priya raj carlos "
    "juan luis pedro marta elena olga ivan kofi amina chen li kim mark lucas lea noah felix nina "
    "sven erik ingrid hans marie pierre claire luca giulia marco sofia alex sam chris kate amy bob "
    "alice george helen daniel simon rachel".split()
)


def check(s: Statement) -> Finding | None:
    """Look at one statement."""
    toks = s.reading.toks
    if not toks or toks[0].kind != WORD:
        return None
    first = toks[0]
    named = (
        first.low in _NAMES
        and first.text[:1].isupper()
        and len(toks) > 1
        and (verb(s.reading.low(1)) is not None or s.reading.low(1) in ("will", "to", "has", ":"))
    )
    mine = next((t for t in toks[:4] if t.low in _ME), None)
    if not named and mine is None:
        return None
    at = mine or first
    return finding(
        __name__,
        "warning",
        "What does the team change together? Need one person's share of it be a key result?",
        Span(at.start, at.end),
    )
