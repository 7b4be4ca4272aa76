"""H16 pay-linked: somebody's pay depends on it.

Money picks the priority, and it makes targets modest: whoever is paid by attainment will not
promise much. Ben Lamorte's rule keeps OKRs out of the calculation of pay.

Fires on: any statement said to be tied to pay, and “… (bonus at 100 %)”.
Doesn't fire on: “Bonus rules explained to all staff by May”, a statement about pay, not paid by.
"""

from __future__ import annotations

from okrlab.analyser.analysis import Finding, Span
from okrlab.analyser.checks._statement import Statement, finding

_PAY = {"bonus", "bonuses", "commission", "incentive", "payout", "variable-pay"}
_LINKS = {"at", "if", "when", "tied", "linked", "paid", "pays", "depends", ":", "of", "for", "=",
          "relevant", "eligible"}  # fmt: skip


def check(s: Statement) -> Finding | None:
    """Look at one statement."""
    advice = (
        "Would people set the same target if no pay depended on it? Expect cautious targets: can "
        "the pay be taken off the key result?"
    )
    if s.pay_linked:
        return finding(__name__, "warning", advice)
    if s.pay_linked is False:
        return None
    toks = s.reading.toks
    for i, tok in enumerate(toks):
        linked = s.reading.low(i + 1) in _LINKS or s.reading.low(i - 1) in ("(", "for", "on", "my")
        if tok.low in _PAY and i > 1 and linked:
            return finding(__name__, "warning", advice, Span(tok.start, tok.end))
    return None
