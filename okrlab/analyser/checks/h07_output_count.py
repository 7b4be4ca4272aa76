"""H07 output-count: the number counts the writer's own work.

Ten integrations that nobody switches on are ten outputs and no outcome. The number makes the line
look like a result; the question is who behaves differently afterwards.

Fires on: “Ship 10 integrations”, “Publish 12 articles”, “12 workshops held”.
Doesn't fire on: “Customers who use at least one integration from 7 to 25 %”, “Sign 20 customers”.
"""

from __future__ import annotations

from okrlab.analyser._lexicon import ACTIVITY, DELIVER, REACH
from okrlab.analyser._quantities import COUNTED
from okrlab.analyser._tokens import WORD
from okrlab.analyser.analysis import Finding, Span
from okrlab.analyser.checks._statement import Statement, finding

# Getting people to do something of their own accord is an outcome, even when it is counted.
_THEIRS = (REACH | {"sign", "hire", "recruit"}) - {
    "deliver", "produce", "train", "complete", "certify", "gather", "collect", "add",
}  # fmt: skip
_OURS = (DELIVER | ACTIVITY) - _THEIRS
_WORK = frozenset(
    "workshop article post blog feature integration meeting interview call email training session "
    "report campaign test event visit audit newsletter webinar release course experiment video "
    "episode brochure dashboard page podcast survey".split()
)


def check(s: Statement) -> Finding | None:
    """Look at one statement."""
    p, r = s.parts, s.reading
    if s.kind not in ("metric_kr", "milestone_kr", "task") or p.baseline is not None:
        return None
    count = next((q for q in r.quantities if q.kind == COUNTED and not q.unit), None)
    if count is None or count.value < 2 or count.high is not None:
        return None
    things = [t.low for t in r.toks[count.last + 1 : count.last + 5] if t.kind == WORD]
    if not things:
        return None
    work = bool(_WORK & {w.removesuffix("s") for w in things})
    ours = r.head_base in _OURS and count.first <= r.head + 3
    opens = r.head < 0 and count.first <= 1
    pushed = r.head_base in ("increase", "grow", "raise")
    if not (ours or (work and (opens or pushed))):
        return None
    end = next((t.end for t in r.toks[count.last + 1 :] if t.kind == WORD), count.end)
    if p.measure is not None and p.measure.span.start > count.start:
        end = p.measure.span.end
    return finding(
        __name__,
        "warning",
        "Who will use them, and what will they do differently?",
        Span(count.start, end),
    )
