"""H14 unit: a number without “of what” or “per what”.

“Leads from 22 to 35” is something else per day than per month.

Fires on: “Leads from 22 to 35”, “Complaints below 5”.
Doesn't fire on: “Leads from 22 to 35 per day”, “NPS from 32 to 45”, “Sign 20 customers”.
"""

from __future__ import annotations

from okrlab.analyser.analysis import Finding
from okrlab.analyser.checks._statement import Statement, finding

# Measured per stretch of time, so that the number alone says nothing.
_FLOWS = frozenset(
    "leads visits visitors downloads signups sign-ups orders sales calls tickets complaints "
    "incidents accidents defects errors applications enquiries inquiries transactions bookings "
    "deliveries shipments referrals sessions views clicks hires births cases donations falls "
    "outages returns demos reservations requests registrations arrivals units".split()
)
_RATES = frozenset("rate cost costs cycle speed throughput velocity frequency".split())
_PER = frozenset(
    "per a each every daily weekly monthly quarterly yearly annual annually hourly /".split()
)


def check(s: Statement) -> Finding | None:
    """Look at one statement."""
    p = s.parts
    amount = p.target or p.threshold
    if amount is None or amount.unit or p.measure is None or s.kind == "kpi":
        return None
    words = p.measure.text.lower().replace("-", " ").split()
    if not words or any(t.low in _PER and t.low != "a" for t in s.reading.toks):
        return None
    flow = words[-1] in _FLOWS or words[0] in _FLOWS
    moving = p.baseline is not None or p.threshold is not None
    if not (flow and moving) and words[-1] not in _RATES:
        return None
    return finding(
        __name__,
        "warning",
        f"{amount.text} per what: a day, a week, a month, an order? And of what exactly?",
        amount.span,
        s.replaced(amount, f"{amount.text} per …"),
    )
