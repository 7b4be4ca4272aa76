"""Which amount of a statement is what: baseline, target, change, or a limit.

Every amount is judged by the words around it. What they say outright (from, to, by, today) decides;
amounts of which nothing is said are candidates, and the likeliest is taken when no other is there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import pairwise

from okrlab.analyser._deadlines import PAST
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
    COUNTED,
    DURATION,
    MONEY,
    MULTIPLE,
    PCT_POINTS,
    PERCENTAGE,
    Quantity,
    scale_of,
)
from okrlab.analyser._reading import Reading
from okrlab.analyser._tokens import MARK, NUMBER, WORD

START_WEIGHT = 2.6
"""Of an amount that stands first or right after the verb."""

AT_LEAST, AT_MOST, OVER, UNDER, BETWEEN = "≥", "≤", ">", "<", "between"

_TO = {"to", "→", "into", "becomes", "become"}
_FILLERS = {"some", "about", "around", "approximately", "approx", "roughly", "nearly", "almost",
            "~",
            "≈", "circa", "ca", "only", "well", "even", "just", "an", "a", "average", "*", '"',
            "“", "'"}  # fmt: skip
_TODAY = {"today", "now", "currently", "current", "baseline", "presently", "previously", "moment",
          "status", "originally", "actual", "today's", "far", "present", "previous", "had",
          "started", "was", "were", "nowadays"}  # fmt: skip
_TODAY_AFTER = {
    "mo",
    "moment",
    "today",
    "now",
    "currently",
    "previously",
    "baseline",
    "presently",
    "originally",
}
_VERSUS = {"vs", "versus", "against"}
MORE = {"more", "additional", "extra", "new", "higher", "faster", "further"}
FEWER = {"fewer", "less", "lower", "shorter", "cheaper", "slower"}
_REACHING = {"=", "@", "target", "goal", "reach", "hit", "achieve", "reaches", "hits", "targeting",
             "reaching", "attain", "exceed", "surpass", "average", "averages", "pass"}  # fmt: skip
_MAKES = {"make", "makes", "making", "made", "be", "takes"}
_COUNTABLE_BEFORE = {"in", "on", "for", "with", "across", "among", "of", "after", "through", "into",
                     "within", "using", "during", "over", "from"}  # fmt: skip
_DEFINITE = {"the", "our", "all", "these", "those", "its", "their", "every", "each", "both", "your"}


@dataclass
class Slots:
    """Quantities by the place they take.

    Attributes:
        baseline: where the measure stands.
        target: where it should go, said outright.
        change: by how much it should move.
        limit: the likeliest level that is compared with.
        comparator: how it is compared: "≥", "≤", ">", "<", "between" or "".
        moves: whether baseline and target stand as “from … to …”.
        loose_pair: whether that pair could as well be a range.
        candidates: amounts of which little is said, with how likely each is, and its comparison.
        strong: whether one of them stands where the main amount stands.
        target_how: how the target is compared, as in "to under 5".
    """

    baseline: Quantity | None = None
    target: Quantity | None = None
    target_how: str = ""
    change: Quantity | None = None
    limit: Quantity | None = None
    comparator: str = ""
    moves: bool = False
    loose_pair: bool = False
    strong: bool = False
    candidates: list[tuple[float, Quantity, str]] = field(default_factory=list)

    def add(self, weight: float, quantity: Quantity, how: str = "") -> None:
        """Take an amount for a candidate."""
        self.candidates.append((weight, quantity, how))
        self.strong = self.strong or weight >= START_WEIGHT

    def best(
        self, adjust: Callable[[float, Quantity], float] | None = None
    ) -> tuple[Quantity | None, str]:
        """The likeliest candidate and how it is compared; the first of equals."""
        if not self.candidates:
            return None, ""
        weigh = adjust or (lambda weight, _: weight)
        _, quantity, how = max(self.candidates, key=lambda c: (weigh(c[0], c[1]), -c[1].first))
        return quantity, how


def slots_of(r: Reading) -> Slots:
    """Find the place of every amount."""
    slots = Slots()
    amounts = _amounts(r)
    pair = _pair(r, amounts)
    if pair is not None:
        a, b, slots.loose_pair = pair
        slots.moves = True
        slots.target_how = comparator(r, b)
        slots.baseline, slots.target = _alike(r, a, b)
    start = _start(r)
    for q in amounts:
        if pair is None or q not in pair[:2]:
            _place(r, q, slots, start)
    if slots.target is None and slots.baseline is None:
        _then_and_now(r, slots)
    return slots


def _amounts(r: Reading) -> list[Quantity]:
    """The amounts that can be a level or a change: no denominators, nothing of a definition."""
    amounts = [q for q in r.quantities if not _is_denominator(r, q)]
    if r.blanks:
        amounts = sorted([*amounts, *r.blanks], key=lambda q: q.first)
    for i, tok in enumerate(r.toks):
        # "Decided in 90 days: 61 %": what stands before the colon names the measure.
        if tok.low == ":" and amounts and amounts[-1].first > i > amounts[0].last:
            labels = _TODAY | {"target", "goal", "aim"}
            told = any(r.low(q.first - 1) in labels for q in amounts if q.first < i)
            dated = any(w.last == i - 1 for w in r.whens)
            new_sentence = any(r.low(k) == "." for k in range(amounts[0].last, i))
            if told or dated or new_sentence or r.low(i - 1) in labels:
                return amounts
            return [q for q in amounts if q.first > i]
    return amounts


def _start(r: Reading) -> int:
    """Index of the first token after a date or clause that leads in: "By 2026, …"."""
    start = 0
    if r.whens and r.whens[0].first == 0:
        start = r.whens[0].last + 1
        while r.low(start) in (",", ":", "-"):
            start += 1
    return start


# -- from … to … -----------------------------------------------------------------------------------


def _pair(r: Reading, found: list[Quantity]) -> tuple[Quantity, Quantity, bool] | None:
    """From and to: "from 4 to 8 %", "4→8", "to 45 from 32"; and whether it may be a range."""
    for a, b in pairwise(found):
        if MULTIPLE in (a.kind, b.kind) or b.first - a.last > 14:
            continue
        gap = [r.low(i) for i in range(a.last + 1, b.first)]
        before, second = r.low(a.first - 1), r.low(a.first - 2)
        led = before == "from" or (before in _FILLERS and second == "from")
        if any(w in _TO for w in gap) and _is_movement(r, a, gap, before):
            loose = not led and "→" not in gap and "becomes" not in gap
            return a, b, loose and r.head_base not in UP | DOWN | CHANGE
        if led and "until" in gap:
            return a, b, False
        if "from" in gap[-2:] and (before in _TO or before in ("reach", "up", "down", "for")):
            return b, a, False
        if gap in ([">"], [">", ">"]) and not (a.attributive or before in ("≥", ">")):
            return a, b, False
        if gap == ["-"] and (led or _spaced_fall(r, a, b)) and a.kind != DURATION:
            return a, b, False
    return None


def _alike(r: Reading, a: Quantity, b: Quantity) -> tuple[Quantity, Quantity]:
    """Both in the same unit: "from 4 to 8 %", "from 5 to 10M", "from $42K to 60K"."""
    if a.kind == COUNTED and not a.unit and b.kind != COUNTED:
        a = replace(a, kind=b.kind, unit=b.unit)
    elif b.kind == COUNTED and not b.unit and a.kind not in (COUNTED, MULTIPLE):
        b = replace(b, kind=a.kind, unit=a.unit)
    scale = scale_of(r.toks, b)
    if scale > 1 and scale_of(r.toks, a) == 1 and 0 < a.value < 1000:
        a = replace(a, value=a.value * scale)
    return a, b


def _spaced_fall(r: Reading, a: Quantity, b: Quantity) -> bool:
    """Such as "4,500 – 3,800 €": no range falls."""
    return b.value < a.value and a.high is None and _head_moves(r)


def _is_movement(r: Reading, a: Quantity, gap: list[str], before: str) -> bool:
    if "from" in gap:
        return False
    if before == "by" or (before in ("to", "→") and "→" not in gap):
        return False
    near = (before, r.low(a.first - 2), r.low(a.first - 3))
    if "→" in gap or "from" in near or "becomes" in gap or "become" in gap:
        return True
    at = max(i for i, w in enumerate(gap) if w in _TO)
    tail = gap[at + 1 :]
    compares = {"at", "least", "most", "over", "under", "below", "above", "≥", "≤", "<", ">", "a",
                "an", "less", "more", "fewer", "than", "around", "about", "~", "no", "min", "max",
                ".", "only", "nearly", "well"}  # fmt: skip
    if not all(w in compares for w in tail) or any(w in (",", ";") for w in gap[:at]):
        return False
    if before in ("of", "for", "aged") or (a.signed and before in ("by",)):
        return False
    if r.head >= 0 and a.first == r.head + 1 and r.head_base in DELIVER - UP - DOWN:
        return False  # "ship 3 to 5 features" is a range
    return _head_moves(r) or r.head < 0


def _head_moves(r: Reading) -> bool:
    return r.head_base in UP | DOWN | CHANGE | REACH


# -- each amount by the words around it ------------------------------------------------------------


def _back(r: Reading, q: Quantity) -> int:
    """Index of the last word before an amount that is more than “about” or “some”."""
    i = q.first - 1
    for _ in range(3):
        if r.low(i) not in _FILLERS:
            break
        i -= 1
    return i


def _place(r: Reading, q: Quantity, slots: Slots, start: int) -> None:
    at = _back(r, q)
    before, second = r.low(at), r.low(at - 1)
    after = r.low(q.last + 1)
    if q.kind == MULTIPLE:
        slots.change = slots.change or q
        return
    how = comparator(r, q)
    if _names_target(r, q, before, second):
        slots.target, slots.target_how = slots.target or q, slots.target_how or how
        return
    if before == "by" and q.kind == DURATION and not _head_moves(r):
        return
    if _is_change(r, q, at, after):
        if slots.change is None and (not slots.moves or before == "by" or q.signed):
            slots.change = q
        return
    if _says_today(r, q, at):
        if slots.baseline is None:
            slots.baseline = q
        elif r.low(_back(r, slots.baseline)) == "from" and not slots.moves and before != "from":
            # "from 7 in 10 donors (5.5 in 10 today)"
            slots.add(START_WEIGHT, slots.baseline)
            slots.baseline = q
        return
    if slots.moves and not (how and _guards(r, q, slots)):
        return
    if how:
        _limit(r, q, slots, how, at, start)
        return
    if before in _TO or (before == "on" and r.head_base in UP | DOWN and second in ("down", "up")):
        slots.target = slots.target or q
        return
    slots.add(_weight(r, q, at, start), q)


def _is_denominator(r: Reading, q: Quantity) -> bool:
    """The 1,000 of "per 1,000 orders", the 15 of "aged 15", "× 100", "older than 30 days"."""
    at = _back(r, q)
    before, second = r.low(at), r.low(at - 1)
    if before in ("per", "×", "÷", "*", "each") or (
        before == "/" and r.low(q.first - 2) not in "%)"
    ):
        slashed = before == "/" and q.first >= 2 and r.toks[q.first - 2].kind == NUMBER
        return not slashed
    if before in ("aged", "age", "older") or (before == "of" and second == "age"):
        return True
    return before == "than" and second in ("older", "younger") and q.kind == DURATION and (
        r.low(at - 2) not in ("no", "not", "never", "gets", "get", "is", "be")
    )  # fmt: skip


def _guards(r: Reading, q: Quantity, slots: Slots) -> bool:
    """Whether a limit beside a movement says what must not suffer: "with errors below 1 %"."""
    after = max(slots.baseline.last, slots.target.last) if slots.baseline and slots.target else 0
    words = ("with", "while", "without", "keeping", "maintaining", "whilst", "holding")
    return any(r.low(k) in words for k in range(max(after, q.first - 8), q.first))


def _names_target(r: Reading, q: Quantity, before: str, second: str) -> bool:
    if r.low(q.last + 1) in ("target", "goal", "targeted"):
        return True
    if before in ("up", "then") and (before == "then" or second in _MAKES):
        return second not in _GREATER | _LESS  # "make up a quarter", "now 25 min, then 12"
    named = before in ("target", "goal", "aim", "objective")
    return named or (before in (":", "=", "of", "is") and second in ("target", "goal", "aim"))


def _says_today(r: Reading, q: Quantity, at: int) -> bool:
    """Whether the words around say that the measure stands there now, or stood there before."""
    before, second = r.low(at), r.low(at - 1)
    if before == "from":
        return not (r.head_base in REACH and q.kind == COUNTED and _noun_after(r, q)) or second in (
            "up", "down", "coming", ",", "(", "starting",
        )  # fmt: skip
    if (before == "year" and second == "last") or before in ("start", "starting"):
        return True
    if before in _VERSUS | {
        "baseline",
        "currently",
        "today",
        "previously",
        "was",
        "were",
        "actual",
    }:
        return True
    if before == "now":
        return True
    if before == "of" and second == "instead":
        return True
    if before in ("with", "to") and second == "compared":
        return True
    if before == "than" and second in ("rather", "instead"):
        return True
    if before == "not" and _today_follows(r, q):
        return True
    if before in ("at", "is") and second in ("we're", "are", "is", "currently", "stands", "stood",
                                             "now", "today", "it's", "already",
                                             "value"):  # fmt: skip
        # "we're at 43" says where it stands, "uptime is at 99 %" what it should be.
        return second in ("we're", "are", "currently", "now", "today", "stood", "already", "value")
    if before in (":", "=", "at", "is", "of", "about", "not", "earned", "value") or (
        r.toks[at].kind == WORD if at >= 0 else False
    ):
        for k in range(at, max(at - 5, -1), -1):
            low = r.low(k)
            if low in (",", ";", ")", "→") or (low in _TO and low != "to"):
                break
            if low in _TODAY and low not in ("was", "were", "had") and k < at + 1:
                if low == "now" and k < at - 1 and r.low(k + 1) != ":":
                    break
                return True
            if low in ("was", "were", "had") and before != "to" and at - k <= 1:
                return True
            if low in ("(", ".", "-") and k < at:
                break
            if low in ("to", "target", "goal", "by"):
                break
    if before == ":" and _past_year(r, at - 1):
        return True
    return _today_follows(r, q)


def _noun_after(r: Reading, q: Quantity) -> bool:
    nxt = q.last + 1
    return nxt < len(r.toks) and r.toks[nxt].kind == WORD and r.low(nxt) not in ("to", "by", "in")


def _past_year(r: Reading, i: int) -> bool:
    """Such as "(2024: 2.9bn)", "Q2: 22 %"; but of "2025: 14, 2027: 40" only the first."""
    here = r.when_ending.get(i)
    return here is not None and here.strength == PAST and here.value == r.first_label


def _today_follows(r: Reading, q: Quantity) -> bool:
    """Such as "70 % today", "15 working days now", "two so far", "9.6 % last year"."""
    for k in range(q.last + 1, min(q.last + 6, len(r.toks))):
        low = r.low(k)
        if low in _TODAY_AFTER:
            return low != "now" or r.low(k + 1) in ("", ",", ")", ".", ";", "-", "→", "(")
        if low == "so" and r.low(k + 1) == "far":
            return True
        bracketed = r.low(q.first - 1) == "("
        if low == "last" and (
            bracketed or r.low(k + 1) in ("year", "quarter", "month", "week", "season")
        ):
            return bracketed or r.low(k - 1) not in (
                "on",
                "than",
                "vs",
                "versus",
                "to",
                "over",
                "the",
            )
        if low == "before" and r.low(k + 1) in ("the", "we") and "started" in (
            r.low(k + 2), r.low(k + 3)
        ):  # fmt: skip
            return True
        if low in (",", ";", ".", "(", ")", ":", "→", "to", "by", "and", "from", "vs") or (
            r.toks[k].kind == NUMBER or (r.toks[k].kind == MARK and low == "-")
        ):
            return False
    return False


# -- comparisons -----------------------------------------------------------------------------------

_LESS = {"less", "fewer", "lower", "shorter", "faster", "smaller", "below", "cheaper", "earlier"}
_GREATER = {"more", "greater", "higher", "better", "longer", "later", "over", "older", "above",
            "larger", "worse", "colder", "further", "bigger"}  # fmt: skip
_NOT = {"no", "not", "never", "nor", "don't", "isn't", "without", "cannot", "can't", "nobody",
        "none",
        "neither"}  # fmt: skip


def comparator(r: Reading, q: Quantity) -> str:
    """The comparison that the words around an amount make, "" for none."""
    if q.high is not None:
        return BETWEEN
    at = _back(r, q)
    before, second, third = r.low(at), r.low(at - 1), r.low(at - 2)
    if before in (AT_LEAST, AT_MOST, OVER, UNDER):
        return before
    if before == "=" and second in (OVER, UNDER):
        return AT_LEAST if second == OVER else AT_MOST
    if before == "." and second in ("max", "min"):
        return AT_MOST if second == "max" else AT_LEAST
    if before == "least" and second in ("at", "the"):
        return AT_LEAST
    if before == "most" and second in ("at", "the"):
        return AT_MOST
    if before in ("max", "maximum"):
        return AT_MOST
    if before in ("min", "minimum") or (before == "of" and second == "minimum"):
        return AT_LEAST
    if before == "of" and second in ("maximum", "limit", "ceiling"):
        return AT_MOST
    if before in ("than", "then"):  # "more then 30" is a common slip
        negated = third in _NOT or r.low(at - 3) in _NOT or (_negated(r, at) and third != "or")
        if second in _GREATER:
            return AT_MOST if negated else OVER
        if second in _LESS:
            return AT_LEAST if negated else UNDER
    negated = second in _NOT or third in _NOT
    if before in ("under", "below", "beneath"):
        if second in ("or", "at") and r.low(at - 1) == "or":
            return AT_MOST  # "at or below 4.5 %"
        return AT_LEAST if negated or _negated(r, at) else UNDER
    if before in ("above", "over", "exceeding", "exceed", "exceeds", "beyond"):
        if second == "or":
            return AT_LEAST
        return AT_MOST if negated or _negated(r, at) else OVER
    if before in ("within", "inside") or (before == "to" and second == "up"):
        return AT_MOST
    return _comparator_after(r, q)


def _negated(r: Reading, at: int) -> bool:
    """Whether a “not”, “never” or “no” stands before, in the same clause."""
    for k in range(at - 1, max(at - 12, -1), -1):
        if r.low(k) in _NOT:
            return True
        if r.low(k) in (",", ";", ":", "(", "→"):
            return False
    return False


def _comparator_after(r: Reading, q: Quantity) -> str:
    """Such as "or more", "30 days at the latest", "28 pupils at most", "120 minutes max"."""
    if r.low(q.last + 1) == "+" and r.toks[q.last + 1].start == r.toks[q.last].end:
        return AT_LEAST
    for k in range(q.last + 1, min(q.last + 7, len(r.toks))):
        low, after = r.low(k), r.low(k + 1)
        if low in ("or", "and") and after in _GREATER - {"over"} | {"over", "up", "upwards"}:
            return AT_LEAST
        if low == "or" and after in _LESS | {"under"}:
            return AT_MOST
        if low == "at":
            final = r.low(k + 2) if after == "the" else after
            if final in ("most", "latest", "maximum"):
                return AT_MOST
            if final in ("least", "minimum"):
                return AT_LEAST
            return ""
        if low in ("max", "maximum", "tops"):
            return AT_MOST
        if low in ("min", "minimum") and k == q.last + 1:
            return AT_LEAST
        if (low == "not" and after in _GREATER) or (low == "no" and after in _GREATER):
            return AT_MOST
        if low in ("no", "not") and after in _LESS:
            return AT_LEAST
        if low in (";", ".", "(", ")", ":", "→", "to", "by", "from") or r.toks[k].kind == NUMBER:
            return ""
    return ""


def _limit(r: Reading, q: Quantity, slots: Slots, how: str, at: int, start: int) -> None:
    """An amount that something is compared with."""
    if slots.moves:
        if slots.limit is None:
            slots.limit, slots.comparator = q, how
        return
    before = r.low(at)
    if _asks_to_move(r, at):
        passing = before == "within" and r.quantities[-1].first > q.first
        if slots.change is None and slots.target is None and not slots.strong and not passing:
            slots.target, slots.target_how = q, how
        return
    strong = 3.0
    if before in ("above", "over", "to", "with") and not _negated(r, at) and how in (OVER, AT_MOST):
        strong = 1.0  # "every deal over 10k": says which ones, not how much
    if q.first <= start + 4:
        strong += 0.5
    slots.add(strong, q, how)
    if slots.limit is None:
        slots.limit, slots.comparator = q, how


def _asks_to_move(r: Reading, at: int) -> bool:
    """Whether a comparison is a level to get to ("cut to under 5") rather than one to hold."""
    near = {r.low(at - k) for k in range(4)}
    head = r.head_base
    if "to" in near and r.low(at) != "within" and not (r.low(at) == "to" and r.low(at - 1) == "up"):
        return head not in KEEP - REACH or head in UP | DOWN
    if head in (UP | DOWN | CHANGE | REACH | DELIVER | ASPIRE) - (KEEP - REACH):
        return True
    return head == "" and bool(near & {"reach", "reaches", "achieve", "hit", "reached"})


# -- changes ---------------------------------------------------------------------------------------


def _is_change(r: Reading, q: Quantity, at: int, after: str) -> bool:
    before, second = r.low(at), r.low(at - 1)
    nouns = UP_NOUNS | DOWN_NOUNS
    compared = comparator(r, q)
    if compared:
        # "by at least 25 %" is a change; "differ by no more than 2 points" a limit.
        near = {r.low(at - k) for k in range(4)}
        moved = r.head_base in UP | DOWN or 0 <= r.change_noun < q.first
        return "by" in near and moved
    if before == "by":
        return True
    if before in ("another", "additional", "extra"):
        return True
    if q.signed and q.high is None:
        return before not in _TO | {"from", "≥", "at", "±", "within"} and q.value != 0 and (
            r.text[q.start] != "±"
        )  # fmt: skip
    if before in ("plus", "minus"):
        return True
    if before == "+" and at and r.toks[at - 1].kind != NUMBER:
        return True
    if before == "-" and second in (":", "", "("):
        return q.kind == PCT_POINTS
    if q.kind == PCT_POINTS:
        return before not in _TO | {"at", "of", "within"}
    if after in nouns or (r.low(q.last + 2) in nouns and after not in (",", ".", "(")):
        return True
    if after in FEWER | {"more", "additional", "extra", "higher", "faster", "off"}:
        return True
    noun = after not in ("or", "no", "not", "and", "to", ",") and after
    if noun and r.low(q.last + 2) in ("more", "fewer") and r.low(q.last + 3) != "than":
        return True
    if before == "of" and any(r.low(at - k) in nouns for k in range(1, 7)):
        return q.kind != PERCENTAGE or second in nouns
    if before in ("up", "down"):
        return True
    if before == "in" and r.low(q.first) == "half":
        return True
    if before in ("with", "for") and q.kind == PERCENTAGE and q.last + 2 >= len(r.toks):
        return r.head_base in UP | DOWN  # "decrease cost with 15 %", as learners of English write
    if (
        q.kind == PERCENTAGE
        and r.low(0) in nouns
        and before not in _TO
        and r.low(1) in ("of", "in")
    ):
        return q.last + 1 >= len(r.toks) or q.first > 2
    at_verb = q.first == r.head + 1
    return at_verb and q.kind == PERCENTAGE and r.head_base in UP | DOWN


# -- amounts of which nothing is said --------------------------------------------------------------


def _weight(r: Reading, q: Quantity, at: int, start: int) -> float:
    """How likely it is that this is what the statement is about."""
    before = r.low(at)
    weight = 1.0
    if q.first <= start + 1 or (r.head >= 0 and q.first <= r.head + 2):
        weight = 3.4 if q.kind == PERCENTAGE or q.value == 0 else START_WEIGHT
    elif before in _REACHING or verb(before) in REACH | {"exceed", "average", "be"}:
        weight = 2.8
    elif before in (":", "=", "-", "|", "at", "is", "are"):
        weight = 2.5
    elif before in ("every",) or (before == "in" and q.kind == DURATION):
        weight = 2.0
    elif before in _COUNTABLE_BEFORE and before != "of":
        weight = 0.6
    elif before in _DEFINITE:
        weight = 0.3
    elif q.kind in (PERCENTAGE, MONEY):
        weight = 1.6
    elif before == "of":
        weight = 1.2
    if before in _DEFINITE and q.kind == COUNTED and r.low(q.first - 1) != "first":
        weight = min(weight, 0.5)
    if r.low(at) == "first" and r.low(at - 1) in ("the", "our", ""):
        weight = max(weight, 1.2)
    return weight


def _then_and_now(r: Reading, slots: Slots) -> None:
    """Two values of two years: "3.2 in 2024, 7.5 by 2030", "eleven last year, four this year"."""
    dated = [(_year_of(r, q), q) for _, q, _ in slots.candidates]
    known = sorted(((y, q.first, q) for y, q in dated if y), key=lambda d: d[:2])
    if len(known) >= 2 and known[0][0] < known[-1][0]:
        slots.baseline, slots.target = known[0][2], known[-1][2]
        return
    years = [w for w in r.whens if w.value[:4].isdecimal()]
    if len(known) == 1 and len(slots.candidates) > 1 and years:
        latest = max(int(w.value[:4]) for w in years)
        if known[0][0] < latest:
            slots.baseline = known[0][2]
            slots.candidates = [c for c in slots.candidates if c[1] is not slots.baseline]


def _year_of(r: Reading, q: Quantity) -> int:
    """The year that stands right after an amount, "in 2024" or "(2024)"; 0 for none."""
    label = r.when_ending.get(q.first - 2)
    if label is not None and r.low(q.first - 1) == ":" and len(label.value) == 4:
        return int(label.value) if label.value.isdecimal() else 0
    for first in range(q.last + 1, q.last + 4):
        w = r.when_starting.get(first)
        if w is not None and len(w.value) == 4 and w.value.isdecimal():
            gap = [r.low(k) for k in range(q.last + 1, w.first)]
            if all(g in ("(", ",") or r.toks[q.last + 1].kind == WORD for g in gap):
                return int(w.value)
    return 0
