"""The parts of a statement: measure, baseline, target, change, threshold and so on.

Parts are found twice: first by the words alone, since the kind is decided from them; then, when the
kind is known, once more with what it says: a KPI's numbers are no targets, and a number to hold is
a threshold.
"""

from __future__ import annotations

from okrlab.analyser._deadlines import BARE, DUE, LOOSE, PAST, When
from okrlab.analyser._lexicon import DOWN, DOWN_NOUNS, UP, UP_NOUNS, verb
from okrlab.analyser._measure import measure_span
from okrlab.analyser._quantities import (
    COUNTED,
    CURRENCIES,
    DURATION,
    MULTIPLE,
    PCT_POINTS,
    PERCENT,
    PERCENTAGE,
    POINTS,
    Quantity,
)
from okrlab.analyser._reading import Reading
from okrlab.analyser._slots import BETWEEN, START_WEIGHT, Slots, slots_of
from okrlab.analyser._tokens import CODE, NUMBER, WORD
from okrlab.analyser.analysis import Kind, Part, Parts, Span


def parts_of(reading: Reading, kind: Kind | None = None) -> Parts:
    """Find the parts of a statement; with its kind, what that kind can have of them."""
    slots = slots_of(reading)
    chosen = _chosen(reading, slots, kind)
    text = reading.text
    deadline = None if kind == "kpi" else _deadline(reading, chosen, kind)
    method = _method(reading)
    return Parts(
        measure=_measure(reading, chosen, deadline, method),
        baseline=_amount(text, chosen.baseline),
        target=_amount(text, chosen.target, chosen.target_how),
        change=_change(text, chosen.change),
        unit=_unit(reading, chosen),
        direction=_direction(reading, chosen),
        deadline=None
        if deadline is None
        else _part(text, deadline.start, deadline.end, deadline.value),
        threshold=_amount(text, chosen.limit, chosen.comparator),
        method=None
        if method is None
        else _part(text, reading.toks[method[0]].start, reading.toks[method[1]].end),
        owner=_owner(reading),
    )


def settled(reading: Reading, parts: Parts, kind: Kind) -> Parts:
    """The parts again, now that the kind is known."""
    if not (reading.quantities or reading.blanks or reading.stretches or parts.deadline):
        return parts
    return parts_of(reading, kind)


def _part(text: str, start: int, end: int, value: float | str | None = None) -> Part:
    return Part(Span(start, end), text[start:end], value)


def _amount(text: str, q: Quantity | None, how: str = "") -> Part | None:
    if q is None:
        return None
    value = None if q.value != q.value else q.value  # a blank to be filled
    return Part(Span(q.start, q.end), text[q.start : q.end], value, q.unit, how, q.high)


def _change(text: str, q: Quantity | None) -> Part | None:
    if q is None:
        return None
    how = {MULTIPLE: "factor", PERCENTAGE: "percent", PCT_POINTS: "points"}.get(q.kind, "absolute")
    return Part(Span(q.start, q.end), text[q.start : q.end], q.value, q.unit, how)


# -- what a kind can have --------------------------------------------------------------------------


def _chosen(r: Reading, found: Slots, kind: Kind | None) -> Slots:
    """The amounts that count, as baseline, target, change and limit."""
    if kind not in (None, "metric_kr", "health_metric"):
        if found.moves and not found.loose_pair:
            return _only(found, "baseline", "target", "change")
        if kind == "kpi":
            return Slots()
        if found.target is not None and _said_of_a_measure(r, found.target):
            return _only(found, "target")
        return Slots(change=found.change)
    if kind == "health_metric":
        return _held(r, found)
    chosen = _only(found, "baseline", "target", "change")
    if found.moves:
        chosen.limit, chosen.comparator = found.limit, found.comparator
        return chosen
    best, how = found.best(_bonus if kind == "metric_kr" else None)
    if chosen.target is None and best is not None and _enough(found):
        if kind is None and how:
            chosen.limit, chosen.comparator = best, how
        elif kind is not None or found.change is None:
            chosen.target, chosen.target_how = best, how
    if chosen.baseline is None and chosen.target is not None:
        chosen.baseline = _compared(r, found, chosen.target)
    if kind == "metric_kr" and chosen.baseline is None and chosen.target is not None:
        chosen.baseline = _bracketed(r, found, chosen.target)
    return chosen


def _said_of_a_measure(r: Reading, q: Quantity) -> bool:
    """Whether a target is one although the statement as a whole doesn't look like a metric's."""
    measured = q.kind != COUNTED or bool(q.unit)
    return measured or any(verb(t.low) in UP | DOWN for t in r.toks[: q.first] if t.kind == WORD)


def _only(found: Slots, *names: str) -> Slots:
    kept = Slots(**{name: getattr(found, name) for name in names})
    if kept.target is not None:
        kept.target_how = found.target_how
    return kept


def _enough(found: Slots) -> bool:
    """Whether the likeliest candidate may be the target: beside a change it takes more."""
    plain = [weight for weight, _, how in found.candidates if not how]
    return found.change is None or (found.best()[1] == "" and max(plain, default=0.0) > 2.7)


def _held(r: Reading, found: Slots) -> Slots:
    """A health metric's level: what is compared with, or the only number there is."""
    if found.moves and found.baseline is not None and found.target is not None:
        a, b = found.baseline, found.target
        if not found.loose_pair:
            return _only(found, "baseline", "target", "change")
        low, high = sorted((a.value, b.value))
        both = Quantity(a.start, b.end, low, b.kind, b.unit, a.first, b.last, high=high)
        return Slots(limit=both, comparator=BETWEEN)
    best, how = found.best()
    if best is None:
        best, how = found.target or found.baseline, found.target_how
    if best is None and r.stretches:
        best, how = r.stretches[0], "≤"
    best = best or _clock(r)
    if best is None:
        best = found.change if found.change is not None and found.change.kind != MULTIPLE else None
    return Slots(limit=best, comparator=how)


def _clock(r: Reading) -> Quantity | None:
    """The 3 pm of "ready by 3 pm"."""
    for i, tok in enumerate(r.toks):
        if r.low(i - 1) not in ("by", "before", "until", "at", "till"):
            continue
        last = i + 1 if tok.kind == NUMBER and r.low(i + 1) in ("am", "pm", "o'clock") else i
        if last > i or (tok.kind == CODE and ":" in tok.low):
            hours = tok.low.partition(":")
            value = float(hours[0]) + float(hours[2] or 0) / 60 if hours[0].isdecimal() else 0.0
            value += 12.0 if r.low(last) == "pm" and value < 12 else 0.0
            return Quantity(tok.start, r.toks[last].end, value, DURATION, "clock", i, last)
    return None


def _bonus(weight: float, q: Quantity) -> float:
    """A count that stands first is what a metric is about: "4,500 households … within 500 m"."""
    return weight + 1 if weight == START_WEIGHT and q.kind == COUNTED and not q.unit else weight


def _bracketed(r: Reading, found: Slots, target: Quantity) -> Quantity | None:
    """The 70 % of "to 82 % (opening measurement 70 %)"."""
    for _, q, how in found.candidates:
        alike = q.kind == target.kind and q is not target and not how
        if alike and any(r.low(k) == "(" for k in range(max(target.last, q.first - 5), q.first)):
            return q
    return None


def _compared(r: Reading, found: Slots, target: Quantity) -> Quantity | None:
    """The 54 % of "54 % vs 62 % target"."""
    for _, q, _ in found.candidates:
        if q.first < target.first and r.low(q.last + 1) in ("vs", "versus", "against"):
            return q
    return None


# -- the other parts -------------------------------------------------------------------------------


def _deadline(r: Reading, slots: Slots, kind: Kind | None) -> When | None:
    due = [w for w in r.whens if w.strength == DUE and not _of_baseline(r, w, slots)]
    if kind == "health_metric":
        # "until Q3", "in May": a level that is to be kept has no date by which it is reached.
        return None
    if due:
        return due[-1]
    for strength in (LOOSE, BARE):
        open_to = [w for w in r.whens if w.strength == strength and not _of_baseline(r, w, slots)]
        if open_to:
            return open_to[-1]
    if slots.baseline is not None and slots.target is not None:  # "2025: 14, 2027: 40"
        return next((w for w in r.whens if w.last == slots.target.first - 2), None)
    return None


def _of_baseline(r: Reading, w: When, slots: Slots) -> bool:
    """Whether a date tells when the baseline was measured: "61 % (2023)", "17 in 2023"."""
    b = slots.baseline
    if b is None or w.strength in (DUE, PAST):
        return False
    if w.last < b.first <= w.last + 4:
        return any(r.low(k) in ("was", "were", "stood") for k in range(w.last + 1, b.first))
    between = slots.target is not None and b.last < slots.target.first < w.first
    return 0 < w.first - b.last <= 3 and not between


def _measure(
    r: Reading, slots: Slots, deadline: When | None, method: tuple[int, int] | None
) -> Part | None:
    found = measure_span(r, slots, deadline, method)
    if found is None:
        return None
    return _part(r.text, r.toks[found[0]].start, r.toks[found[1]].end)


def _unit(r: Reading, slots: Slots) -> Part | None:
    """Sign or words of the unit; “per day” where there is none."""
    for q in (slots.target, slots.limit, slots.change, slots.baseline):
        if q is None or q.kind == MULTIPLE:
            continue
        at = q.last + 1
        per = r.low(at) in ("per", "/", "a") and at + 1 < len(r.toks)
        if q.unit:
            where = _unit_span(r, q)
            if where is not None:
                return _part(r.text, *where, q.unit)
        elif per and r.toks[at + 1].kind == WORD:
            return _part(r.text, r.toks[at].start, r.toks[at + 1].end)
    return None


def _unit_span(r: Reading, q: Quantity) -> tuple[int, int] | None:
    """Where the unit of an amount stands: "days" behind it, "%" at its end, "€" on either side."""
    behind = [t for t in r.toks[q.first : q.last + 1] if t.start >= q.end]
    if behind:
        return behind[0].start, behind[-1].end
    inside = r.toks[q.first : q.last + 1]
    signs = [t for t in inside if t.low in PERCENT | POINTS | CURRENCIES.keys() | {"p", "¢"}]
    if signs:
        return signs[-1].start, signs[-1].end
    words = [t for t in inside if t.low in ("per", "cent", "percentage", "points", "point")]
    return (words[0].start, words[-1].end) if words else None


def _direction(r: Reading, slots: Slots) -> Part | None:
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
    if a is not None and b is not None and (a.value < b.value or a.value > b.value):
        return _part(r.text, b.start, b.end, "up" if b.value > a.value else "down")
    return None


def _method(r: Reading) -> tuple[int, int] | None:
    """How it is to be done, "by launching …", "through …": first and last token."""
    dated = {i for w in r.whens for i in range(w.first, w.last + 1)}
    for i, tok in enumerate(r.toks):
        if tok.kind != WORD:
            continue
        after = r.low(i + 1)
        gerund = after.endswith("ing") and len(after) > 4 and after not in _NO_GERUNDS
        if (
            (tok.low == "by" and gerund)
            or (
                i
                and (tok.low in ("via", "using", "leveraging") or (tok.low == "through" and i > 2))
                and i + 1 < len(r.toks)
                and r.toks[i + 1].kind == WORD
                and after not in ("the", "q1", "q2", "q3", "q4")
            )
        ) and i not in dated:
            return i, _phrase_end(r, i + 1)
    return None


_NO_GERUNDS = {"spring", "morning", "evening", "beginning", "closing", "planting", "opening"}


def _phrase_end(r: Reading, i: int) -> int:
    """The last token of the phrase that starts at `i`: up to a comma, an amount or a date."""
    stops = {w.first for w in r.whens} | {q.first for q in r.quantities}
    last = i
    while last + 1 < len(r.toks):
        nxt = last + 1
        if nxt in stops or r.low(nxt) in (",", ";", ".", "(", ")", "to", "from", "so", "→", "we"):
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
