"""H06 activity-verb: the line says what people will do, not what will be different.

One can analyse, support, help and attend all quarter and have done everything, while nothing has
changed. (Google's playbook warns of verbs such as consult, help, analyse, participate.)

Fires on: “Analyse churn”, “Support the sales team”.
Doesn't fire on: “Churn from 3.1 to 1.9 % per month”.
"""

from __future__ import annotations

from okrlab.analyser._lexicon import ACTIVITY, DELIVER, KEEP, REACH
from okrlab.analyser.analysis import Finding, Span
from okrlab.analyser.checks._statement import Statement, finding

_ALWAYS = ACTIVITY - DELIVER - REACH - KEEP


def check(s: Statement) -> Finding | None:
    """Look at one statement."""
    if s.forbids:
        return None  # a rule to keep: H02 and H09 ask about it
    base = s.reading.head_base
    if s.kind != "task" and not (base in _ALWAYS and s.kind == "milestone_kr"):
        return None
    span = None
    if s.reading.head >= 0:
        tok = s.reading.toks[s.reading.head]
        span = Span(tok.start, tok.end)
    return finding(
        __name__,
        "warning",
        "What will be different when this has been done, and for whom?",
        span,
    )
