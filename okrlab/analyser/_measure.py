"""The noun phrase that is measured: "cost per lead", "share of users who come back"."""

from __future__ import annotations

from okrlab.analyser._deadlines import When
from okrlab.analyser._lexicon import (
    CHANGE,
    DELIVER,
    DOWN,
    DOWN_NOUNS,
    KEEP,
    MEASURE_NOUNS,
    REACH,
    UP,
    UP_NOUNS,
    verb,
)
from okrlab.analyser._quantities import CURRENCIES, MULTIPLE, Quantity
from okrlab.analyser._reading import Reading
from okrlab.analyser._slots import FEWER, MORE, Slots
from okrlab.analyser._tokens import CODE, MARK, NUMBER, WORD

LONGEST = 14
"""More tokens are no name of a measure."""

_LEADING = {
    "the", "our", "a", "an", "their", "that", "all", "in", "of", "more", "fewer", "new", "up",
    "down", "out", "overall", "or", "+", "less", "at", "least", "most", "to", "additional", "no",
    "than", "some", "about", "around", "we", "have", "has", "will", "is", "are", "-", "*", '"', "“",
    "only", "first", "see", "every", "not", "over", "under", "nearly", "almost", "let", "never",
    "don't", "ensure",
}  # fmt: skip
_BREAKS = {":", "=", "→", "≥", "≤", "<", ">", "(", ",", ";", ".", "+", "|", "?", "!", "…", ")", "]"}
_STOP_WORDS = {
    "from", "to", "by", "at", "within", "under", "below", "above", "over", "until", "before",
    "with", "through", "via", "using", "in", "is", "are", "for", "so", "while", "without", "on",
    "between", "than", "stays", "remains", "stay", "remain", "reaches", "reach", "across", "be",
    "exceeds", "exceed", "hits", "drops", "falls", "rises", "must", "should", "will", "has", "have",
    "who", "that", "which", "and", "or", "not", "no", "as", "up", "down", "per", "after", "during",
    "climbs", "grows", "goes", "comes", "was", "were", "shall", "never", "today", "currently",
    "now", "becomes", "inside", "went", "rose", "fell", "grew", "vs", "versus", "may", "can",
    "cannot",
    "doesn't", "don't",
}  # fmt: skip
_LINKS = {"per", "and", "or", "for", "on", "with", "in", "after", "without", "who", "that", "of"}
_TRAILING = {"of", "the", "a", "an", "per", "in", "and", "for", "-", "on", "our", "with", "&"}


def measure_span(
    r: Reading, slots: Slots, deadline: When | None, method: tuple[int, int] | None
) -> tuple[int, int] | None:
    """First and last token of the measure, or None.

    Args:
        r: the statement.
        slots: the amounts that were chosen.
        deadline: its date, if any.
        method: first and last token of "by launching …", if any.
    """
    taken = _taken(r, slots, deadline, method)
    start = _start(r, slots, taken, method)
    n = len(r.toks)
    while start < n and start not in taken and r.low(start) in _LEADING:
        start += 1
    end = start
    while end < n and end - start <= LONGEST and not _ends(r, start, end, taken):
        end += 1
    while end > start and r.low(end - 1) in _TRAILING:
        end -= 1
    if end - start > LONGEST or not any(t.kind in (WORD, CODE) for t in r.toks[start:end]):
        return None
    return start, end - 1


def _taken(
    r: Reading, slots: Slots, deadline: When | None, method: tuple[int, int] | None
) -> set[int]:
    taken: set[int] = set()
    for q in (slots.baseline, slots.target, slots.change, slots.limit):
        if q is not None:
            taken.update(range(q.first, q.last + 1))
    if deadline is not None:
        taken.update(range(deadline.first, deadline.last + 1))
    if method is not None:
        taken.update(range(method[0], method[1] + 1))
    for w in r.whens:
        if w.first == 0:
            taken.update(range(w.last + 1))
            after = w.last + 1
            if r.low(after) == "(":  # "By the end of the phase (2026-2029), the share of …"
                close = next((k for k in range(after, len(r.toks)) if r.low(k) == ")"), after)
                taken.update(range(after, close + 1))
    return taken


def _start(r: Reading, slots: Slots, taken: set[int], method: tuple[int, int] | None) -> int:
    """Where the measure may begin."""
    start = r.head + 1 if r.head >= 0 else 0
    if r.head < 0 and r.low(0) in ("guardrail", "health") and r.low(1) in (":", "metric"):
        start = 2 if r.low(1) == ":" else 3
    while start in taken or (start and r.low(start) in (",", "we", ":")):
        start += 1
    if method is not None and method[0] == 0 and verb(r.low(start)):
        start += 1  # "By pairing newcomers with a buddy we bring …"
    opening = r.low(start)
    if r.head < 0 and opening in UP_NOUNS | DOWN_NOUNS and r.low(start + 1) in ("of", "in"):
        return start + 2
    if r.head < 0 and opening in ("increased", "reduced", "improved", "decreased", "higher"):
        return start + 1
    a, b = slots.baseline, slots.target
    if slots.moves and a is not None and b is not None:
        first = min(a.first, b.first)
        opens = all(r.low(k) in _LEADING | {"from", "go", "move"} for k in range(start, first))
        return max(a.last, b.last) + 1 if opens else start
    amount = slots.change or slots.target or slots.limit
    if amount is None:
        return start
    after = amount.last + 1
    if amount is slots.change:
        described = r.low(after) in UP_NOUNS | DOWN_NOUNS | FEWER | MORE
        if described and amount.first >= start:
            return after + 1 + (r.low(after + 1) in ("in", "of"))
        return _past_change(amount, start)
    if _opens(r, amount, start):
        while r.low(after) in ("or", "more", "fewer", "less", "of", "the", "our", "+"):
            after += 1
        return after
    return start


def _past_change(amount: Quantity, start: int) -> int:
    """Such as "Double the number of …", "20 % fewer complaints"."""
    if amount.first <= start and amount.kind == MULTIPLE:
        return amount.last + 1
    return start


def _opens(r: Reading, amount: Quantity, start: int) -> bool:
    """Whether a counted amount stands first: "sign 20 customers", "at least 60 % of households"."""
    between = range(start, amount.first)
    small = _LEADING | {"≥", "≤", "<", ">", "maximum", "minimum", "max", "min", "."}
    return all(r.low(k) in small for k in between)


def _ends(r: Reading, start: int, end: int, taken: set[int]) -> bool:
    """Whether the phrase that began at `start` ends before token `end`."""
    tok = r.toks[end]
    if end in taken or (tok.kind == NUMBER and end > start):
        return True
    if tok.low in _BREAKS or (tok.low in CURRENCIES and tok.kind == MARK):
        return True
    if end > start and tok.kind == WORD and tok.low not in MEASURE_NOUNS and (
        tok.low.endswith("ed") or tok.low in ("brought", "held", "kept", "cut")
    ):  # fmt: skip
        base = verb(tok.low)
        return base is not None and base in UP | DOWN | CHANGE | KEEP
    if tok.low == "-" and (end == start or tok.start > r.toks[end - 1].end):
        return True
    if end == start or tok.kind != WORD:
        return False
    return tok.low in _STOP_WORDS and not _joins(r, end, taken)


def _joins(r: Reading, i: int, taken: set[int]) -> bool:
    """Whether a preposition inside a noun phrase belongs to it: "cost per lead", "time to hire"."""
    low, after = r.low(i), r.low(i + 1)
    if i + 1 >= len(r.toks) or i + 1 in taken:
        return False
    following = r.toks[i + 1]
    if low in ("and", "or"):
        base = verb(after)
        acts = base is not None and base in UP | DOWN | CHANGE | DELIVER | REACH
        return following.kind in (WORD, CODE) and not (acts and after not in MEASURE_NOUNS)
    if low == "under":
        return after in ("management", "contract", "warranty", "age", "construction")
    if low in _LINKS:
        return following.kind in (WORD, CODE) and after not in ("the", "our", "a")
    if low == "to":
        return r.low(i - 1) in ("time", "days", "order", "lead", "door", "path", "visit", "quote",
                                "trial", "cost", "cash", "click", "offer")  # fmt: skip
    return False
