"""The parts of a statement: measure, baseline, target, change, threshold and so on."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from okrlab.analyser._deadlines import When
from okrlab.analyser._lexicon import (
    ASPIRE,
    CHANGE,
    DELIVER,
    DOWN,
    DOWN_NOUNS,
    KEEP,
    REACH,
    UP,
    UP_NOUNS,
    verb,
)
from okrlab.analyser._quantities import (
    CURRENCIES,
    DURATION,
    MONEY,
    MULTIPLE,
    PCT_POINTS,
    PERCENTAGE,
    Quantity,
)
from okrlab.analyser._reading import Reading
from okrlab.analyser._tokens import CODE, NUMBER, WORD
from okrlab.analyser.analysis import Part, Parts, Span

_BASELINE_BEFORE = {
    "from", "today", "currently", "current", "now", "baseline", "was", "were", "vs", "versus",
    "against", "than", "previously", "originally", "starting", "start", "presently", "at",
    "last", "compared", "status", "is",
}  # fmt: skip
_TODAY = {"today", "now", "currently", "current", "baseline", "presently", "previously", "was",
          "were", "status", "originally", "start", "starting", "from"}  # fmt: skip
_TO = {"to", "→", "into"}
_MORE = {"more", "additional", "extra", "new", "higher", "faster", "further"}
_FEWER = {"fewer", "less", "lower", "shorter", "cheaper", "slower"}
_AT_LEAST, _AT_MOST, _OVER, _UNDER = "≥", "≤", ">", "<"
_STOP_WORDS = {
    "from", "to", "by", "at", "within", "under", "below", "above", "over", "until", "before",
    "with", "through", "via", "using", "in", "is", "are", "for", "so", "while", "without", "on",
    "between", "than", "stays", "remains", "stay", "remain", "reaches", "reach", "across", "be",
    "exceeds", "exceed", "hits", "drops", "falls", "rises", "must", "should", "will", "has", "have",
    "who", "that", "which", "and", "or", "not", "no", "as", "up", "down", "per", "after", "during",
}  # fmt: skip


@dataclass
class _Slots:
    """Quantities by the place they take."""

    baseline: Quantity | None = None
    target: Quantity | None = None
    change: Quantity | None = None
    threshold: Quantity | None = None
    comparator: str = ""
    counted: Quantity | None = None


def parts_of(reading: Reading) -> Parts:
    """Find the parts of a statement."""
    slots = _slots(reading)
    text = reading.text
    deadline = _deadline(reading, slots)
    measure = _measure(reading, slots, deadline)
    return Parts(
        measure=measure,
        baseline=_amount(text, slots.baseline),
        target=_amount(text, slots.target, slots.comparator if slots.threshold is None else ""),
        change=_change(text, slots.change),
        unit=_unit(reading, slots),
        direction=_direction(reading, slots),
        deadline=None
        if deadline is None
        else _part(text, deadline.start, deadline.end, deadline.value),
        threshold=_amount(text, slots.threshold, slots.comparator),
        method=_method(reading),
        owner=_owner(reading),
    )


def _part(text: str, start: int, end: int, value: float | str | None = None) -> Part:
    return Part(Span(start, end), text[start:end], value)


def _amount(text: str, q: Quantity | None, how: str = "") -> Part | None:
    if q is None:
        return None
    return Part(Span(q.start, q.end), text[q.start : q.end], q.value, q.unit, how)


def _change(text: str, q: Quantity | None) -> Part | None:
    if q is None:
        return None
    how = {MULTIPLE: "factor", PERCENTAGE: "percent", PCT_POINTS: "points"}.get(q.kind, "absolute")
    return Part(Span(q.start, q.end), text[q.start : q.end], q.value, q.unit, how)


# -- which amount is what --------------------------------------------------------------------------


def _slots(r: Reading) -> _Slots:
    slots = _Slots()
    rest = list(r.quantities)
    pair = _pair(r, rest)
    if pair:
        slots.baseline, slots.target = pair
        rest = [q for q in rest if q not in pair]
    for q in rest:
        _place(r, q, slots)
    if slots.target is None and slots.threshold is None and slots.counted is not None:
        slots.target = slots.counted
    return slots


def _pair(r: Reading, found: list[Quantity]) -> tuple[Quantity, Quantity] | None:
    """From-to: "from 4 to 8 %", "4→8", "to 45 from 32", "NPS 32 to 45"."""
    for a, b in pairwise(found):
        if MULTIPLE in (a.kind, b.kind) or b.first - a.last > 12:
            continue
        gap = [r.low(i) for i in range(a.last + 1, b.first)]
        before = r.low(a.first - 1)
        if any(w in _TO for w in gap) and _is_movement(r, a, gap, before):
            return a, b
        if "from" in gap[-2:] and (before in _TO or before in ("reach", "up", "down")):
            return b, a
        if gap == ["-"] and (before == "from" or _head_moves(r)) and a.kind != DURATION:
            return (a, b) if before == "from" else None
    return None


def _is_movement(r: Reading, a: Quantity, gap: list[str], before: str) -> bool:
    if "from" in gap:
        return False
    if before == "by" or (before in ("to", "→") and "→" not in gap):
        return False
    if "→" in gap or before == "from" or "from" in (r.low(a.first - 2), r.low(a.first - 3)):
        return True
    at = max(i for i, w in enumerate(gap) if w in _TO)
    if at != len(gap) - 1 and gap[at + 1 :] not in (["at", "least"], ["over"], ["under"], ["below"],
                                                    ["above"], ["≥"], ["≤"], ["<"], [">"], ["a"],
                                                    ["an"], ["less", "than"], ["more", "than"],
                                                    ["around"], ["about"], ["~"]):  # fmt: skip
        return False
    if r.head >= 0 and a.first == r.head + 1 and r.head_base in DELIVER - UP - DOWN:
        return False  # "ship 3 to 5 features" is a range
    return _head_moves(r) or a.first > 0


def _head_moves(r: Reading) -> bool:
    return r.head_base in UP | DOWN | CHANGE | REACH


def _place(r: Reading, q: Quantity, slots: _Slots) -> None:
    """Give one amount its slot, by the words around it."""
    before, second, third = (r.low(q.first - k) for k in (1, 2, 3))
    after, after2 = r.low(q.last + 1), r.low(q.last + 2)
    comparator = _comparator(r, q)
    if q.kind == MULTIPLE:
        if slots.change is None and before not in ("to", "of") and not _per(after, q):
            slots.change = q
        return
    if _says_today(before, second, third, after, after2):
        if slots.baseline is None:
            slots.baseline = q
        return
    if comparator:
        if slots.threshold is None and slots.target is None:
            if _asks_to_move(r, q, before, second):
                slots.target, slots.comparator = q, comparator
            else:
                slots.threshold, slots.comparator = q, comparator
        return
    if _is_change(r, q, before, second, after):
        if slots.change is None:
            slots.change = q
        return
    if before in _TO or _reaching(before, second):
        if slots.target is None:
            slots.target = q
        return
    if slots.counted is None and _is_counted(r, q, before):
        slots.counted = q


def _per(after: str, q: Quantity) -> bool:
    return q.unit == "×" and after in ("per", "a", "daily", "weekly")


def _says_today(before: str, second: str, third: str, after: str, after2: str) -> bool:
    if before in ("from", "baseline", "currently", "today", "now", "was", "previously", "vs"):
        return True
    if before in (":", "=", "at", "is", "of", "~", "about", "were") and (
        second in _TODAY or third in _TODAY
    ):
        return second != "from" and third != "from"
    if after in ("today", "now", "currently", "previously", "baseline"):
        return True
    if before == "than" and second in ("rather",):
        return True
    return after == "last" and after2 in ("year", "quarter", "month", "week")


def _comparator(r: Reading, q: Quantity) -> str:
    """The comparison that the words around an amount make, "" for none."""
    before, second, third = (r.low(q.first - k) for k in (1, 2, 3))
    after, after2 = r.low(q.last + 1), r.low(q.last + 2)
    if before in (_AT_LEAST, _AT_MOST, _OVER, _UNDER):
        return before
    if before == "=" and second in (_OVER, _UNDER):
        return _AT_LEAST if second == _OVER else _AT_MOST
    if before == "least" and second == "at":
        return _AT_LEAST
    if before in ("most", "max", "maximum"):
        return _AT_MOST
    if before in ("min", "minimum") or (before == "of" and second == "minimum"):
        return _AT_LEAST
    if before == "of" and second in ("maximum", "limit", "ceiling"):
        return _AT_MOST
    if before == "than":
        not_before = third in ("no", "not", "never")
        if second in ("more", "greater", "higher", "better", "longer", "later", "over"):
            return _AT_MOST if not_before else _OVER
        if second in ("less", "fewer", "lower", "shorter", "faster", "smaller"):
            return _AT_LEAST if not_before else _UNDER
    if before in ("under", "below", "beneath"):
        return _UNDER
    if before in ("above", "over", "exceeding", "exceed", "exceeds", "beyond"):
        return _OVER if third not in ("not", "never") and second not in ("not", "never") else "≤"
    if before in ("within", "inside") or (before == "to" and second == "up"):
        return _AT_MOST
    if after == "or" and after2 in ("more", "higher", "better", "above", "over", "greater"):
        return _AT_LEAST
    if after == "or" and after2 in ("less", "fewer", "lower", "below", "under", "faster"):
        return _AT_MOST
    if after == "+" and r.toks[q.last + 1].start == r.toks[q.last].end:
        return _AT_LEAST
    if after in ("max", "maximum"):
        return _AT_MOST
    if after in ("min", "minimum"):
        return _AT_LEAST
    if before in ("between",):
        return "≥"
    return ""


def _asks_to_move(r: Reading, q: Quantity, before: str, second: str) -> bool:
    """Whether a comparison is a level to get to ("cut to under 5") rather than one to hold."""
    near = {r.low(q.first - k) for k in range(1, 5)}
    head = r.head_base
    if "to" in near and before != "within" and not (before == "to" and second == "up"):
        return head not in KEEP - REACH or head in UP | DOWN
    return head in (UP | DOWN | CHANGE | REACH | DELIVER | ASPIRE) - (KEEP - REACH) or (
        head == "" and near & {"reach", "reaches", "achieve", "hit", "exceeds", "reached"} != set()
    )


def _is_change(r: Reading, q: Quantity, before: str, second: str, after: str) -> bool:
    if before == "by" or (before in ("another", "additional") and second != "with"):
        return True
    if before in ("+", "-") and q.first >= 1 and r.toks[q.first - 1].end == r.toks[q.first].start:
        return second not in ("to",) and r.toks[max(0, q.first - 2)].kind != NUMBER
    if q.kind == PCT_POINTS:
        return before not in _TO
    if after in UP_NOUNS | DOWN_NOUNS or r.low(q.last + 2) in UP_NOUNS | DOWN_NOUNS:
        return True
    if after in _FEWER | {"more", "additional", "extra", "higher", "faster"}:
        return True
    if before == "of" and second in UP_NOUNS | DOWN_NOUNS:
        return True
    if before in ("up", "down") or (before == "about" and second == "by"):
        return True
    return q.kind == PERCENTAGE and q.first == r.head + 1 and r.head_base in UP | DOWN


def _reaching(before: str, second: str) -> bool:
    if before in ("=", ":", "@", "target", "goal", "reach", "hit", "achieve", "reaches", "hits",
                  "at", "of", "reaching", "is", "are", "average", "averages"):  # fmt: skip
        return True
    return verb(before) in REACH | {"exceed", "average", "be"} or second in ("target", "goal")


def _is_counted(r: Reading, q: Quantity, before: str) -> bool:
    """An amount of things: "sign 20 customers", "20 customers signed"."""
    if q.kind in (DURATION,) and r.head_base not in REACH | UP | DOWN:
        return False
    return r.head >= 0 or q.first <= 1 or q.kind in (PERCENTAGE, MONEY) or before != "per"


# -- the other parts -------------------------------------------------------------------------------


def _deadline(r: Reading, slots: _Slots) -> When | None:
    due = [w for w in r.whens if w.due]
    if due:
        return due[-1]
    target = slots.target or slots.threshold or slots.change
    later = [w for w in r.whens if target is None or w.start >= target.start]
    candidates = later or r.whens
    return candidates[-1] if candidates else None


def _measure(r: Reading, slots: _Slots, deadline: When | None) -> Part | None:
    """The noun phrase that is measured."""
    taken = {
        i
        for q in (slots.baseline, slots.target, slots.change, slots.threshold)
        if q is not None
        for i in range(q.first, q.last + 1)
    }
    if deadline is not None:
        taken |= set(range(deadline.first, deadline.last + 1))
    counted = slots.target if slots.target is slots.counted else None
    start = r.head + 1 if r.head >= 0 else 0
    if counted is not None and counted.kind == "count":
        start = counted.last + 1
    elif (
        slots.change is not None
        and slots.change.first >= start
        and r.low(slots.change.last + 1) in UP_NOUNS | DOWN_NOUNS | _FEWER | _MORE
    ):
        start = slots.change.last + 2
        if r.low(start) in ("in", "of"):
            start += 1
    while start < len(r.toks) and (
        r.low(start) in ("the", "our", "a", "an", "their", "that", "all", "in", "of", "more",
                         "fewer", "new", "up", "down", "out", "overall", "average-", "or", "+",
                         "less", "at", "least", "to", "least", "additional")
        and start not in taken
    ):  # fmt: skip
        start += 1
    end = start
    while end < len(r.toks):
        tok = r.toks[end]
        if end in taken or (tok.kind == NUMBER and end not in taken and end > start):
            break
        if tok.low in (":", "=", "→", "≥", "≤", "<", ">", "(", ",", ";", ".", "+", "|", "?", "!"):
            break
        if tok.low in CURRENCIES and tok.kind != WORD:
            break
        if tok.low == "-" and (tok.start > r.toks[end - 1].end if end else True):
            break
        if tok.low in _STOP_WORDS and end > start and not _joins(r, end):
            break
        if end > start and tok.kind == WORD and tok.low in ("today", "currently", "now"):
            break
        end += 1
    while end > start and r.low(end - 1) in (
        "of",
        "the",
        "a",
        "an",
        "per",
        "in",
        "and",
        "for",
        "-",
    ):
        end -= 1
    words = [t for t in r.toks[start:end] if t.kind in (WORD, CODE)]
    if not words or end - start > 14:
        return None
    return _part(r.text, r.toks[start].start, r.toks[end - 1].end)


def _joins(r: Reading, i: int) -> bool:
    """Whether a preposition inside a noun phrase belongs to it: "cost per lead", "time to hire"."""
    low, after = r.low(i), r.low(i + 1)
    if low in ("per", "and", "or", "for", "on", "with", "in", "after", "without", "who", "that"):
        following = r.toks[i + 1] if i + 1 < len(r.toks) else None
        return following is not None and following.kind in (WORD, CODE) and after not in (
            "the", "our", "a", "q1", "q2", "q3", "q4", "h1", "h2",
        )  # fmt: skip
    if low == "to":
        return r.low(i - 1) in ("time", "days", "order", "lead", "door", "path", "visit", "quote",
                                "trial", "cost", "cash")  # fmt: skip
    if low in ("at", "within", "over"):
        return False
    return False


def _unit(r: Reading, slots: _Slots) -> Part | None:
    """Sign or words of the unit, "per day" included."""
    for q in (slots.target, slots.threshold, slots.change, slots.baseline):
        if q is None:
            continue
        at = q.last + 1
        if r.low(at) in ("per", "/") and at + 1 < len(r.toks):
            return _part(r.text, r.toks[at].start, r.toks[at + 1].end, q.unit or None)
        if q.unit:
            start = r.text.rfind(r.toks[q.last].text, q.start, q.end)
            if q.kind == MONEY and r.toks[q.last].kind == NUMBER:
                return _part(r.text, q.start, r.toks[q.last].start, q.unit)
            return _part(r.text, max(start, q.start), q.end, q.unit)
    return None


def _direction(r: Reading, slots: _Slots) -> Part | None:
    """Up or down, by the verb, by a noun such as “reduction”, or by the numbers."""
    for i, tok in enumerate(r.toks[:24]):
        if tok.kind != WORD:
            continue
        low = tok.low
        base = verb(low) if i == r.head or low.endswith(("ing", "ed", "s")) else None
        if low in UP_NOUNS or (base in UP and base not in DOWN):
            return _part(r.text, tok.start, tok.end, "up")
        if low in DOWN_NOUNS or (base in DOWN and base != "bring"):
            return _part(r.text, tok.start, tok.end, "down")
    if slots.change is not None and slots.change.kind == MULTIPLE:
        q = slots.change
        return _part(r.text, q.start, q.end, "down" if q.value < 1 else "up")
    a, b = slots.baseline, slots.target
    if a is not None and b is not None and a.value != b.value and a.unit in (b.unit, ""):
        return _part(r.text, b.start, b.end, "up" if b.value > a.value else "down")
    return None


def _method(r: Reading) -> Part | None:
    """How it is to be done: "by launching …", "through …", "using …"."""
    for i, tok in enumerate(r.toks):
        if i == 0 or tok.kind != WORD:
            continue
        after = r.low(i + 1)
        gerund = after.endswith("ing") and len(after) > 4 and after not in ("spring", "morning")
        if (tok.low == "by" and gerund) or tok.low in ("via", "using", "leveraging") or (
            tok.low == "through" and i + 1 < len(r.toks) and r.toks[i + 1].kind == WORD
            and i > 2
        ):  # fmt: skip
            return _part(r.text, tok.start, r.toks[_phrase_end(r, i + 1)].end)
    return None


def _phrase_end(r: Reading, i: int) -> int:
    """The last token of the phrase that starts at `i`: up to a comma, an amount or a date."""
    stops = {w.first for w in r.whens} | {q.first for q in r.quantities}
    last = i
    while last + 1 < len(r.toks):
        nxt = last + 1
        if nxt in stops or r.low(nxt) in (",", ";", ".", "(", ")", "to", "from", "so", "→"):
            break
        last = nxt
    return min(last, len(r.toks) - 1)


def _owner(r: Reading) -> Part | None:
    """Who it belongs to: "(owner: Mia)", "owned by Sales", "@mia"."""
    for i, tok in enumerate(r.toks):
        if (
            tok.low in ("owner", "responsible", "lead", "dri", "accountable")
            and r.low(i + 1) == ":"
        ):
            last = min(i + 3, len(r.toks) - 1)
            if last >= i + 2:
                if not r.toks[last].text[:1].isupper():
                    last = i + 2
                return _part(r.text, r.toks[i + 2].start, r.toks[last].end)
        if tok.low in ("owned", "led") and r.low(i + 1) == "by" and i + 2 < len(r.toks):
            return _part(r.text, r.toks[i + 2].start, r.toks[i + 2].end)
    return None
