"""Numbers in a statement: digits and words, with scale, currency, percent and unit.

Numbers that measure nothing (version numbers, ordinals, percentiles, years, clock times, names of
standards) are told apart here, so that nothing further on takes "ISO 27001" for a target.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from okrlab.analyser._lexicon import MEASURE_NOUNS
from okrlab.analyser._numerals import FRACTIONS, ONES, SCALES, parse_digits, word_number
from okrlab.analyser._tokens import CODE, DATE, MARK, NUMBER, WORD, Token, glued

CURRENCIES = {
    "$": "$", "€": "€", "£": "£", "₹": "₹", "¥": "¥", "usd": "$", "eur": "€", "gbp": "£",
    "chf": "CHF", "inr": "₹", "rs": "₹", "sek": "kr", "nok": "kr", "dkk": "kr", "kr": "kr",
    "euro": "€", "euros": "€", "dollars": "$", "dollar": "$", "pounds": "£", "francs": "CHF",
    "aud": "A$", "cad": "C$", "pln": "zł", "zł": "zł", "jpy": "¥", "zar": "R", "brl": "R$",
    "aed": "AED", "czk": "Kč", "huf": "Ft", "sgd": "S$", "kes": "KSh", "rupees": "₹",
}  # fmt: skip
_PREFIXES = {"us", "a", "c", "r", "s", "nz", "hk", "au", "ca"}
"""What may stand before a dollar sign: US$, A$."""
PERCENT = {"%", "‰", "percent", "pct", "per-cent", "procent", "prozent"}
POINTS = {"pp", "pps", "ppt", "ppts", "p.p", "percentage-point", "percentage-points"}
BASIS_POINTS = {"bp", "bps"}
TIME_UNITS = {
    "ms", "millisecond", "milliseconds", "s", "sec", "secs", "second", "seconds", "min", "mins",
    "minute", "minutes", "h", "hr", "hrs", "hour", "hours", "day", "days", "week", "weeks",
    "month", "months", "quarters", "year", "years", "yrs", "yr", "fortnight", "fortnights", "d",
}  # fmt: skip
_TIME_BEFORE = {"working", "business", "calendar", "school", "trading", "full"}
"""Between a number and its days or hours."""
PHYSICAL = {
    "g", "kg", "mg", "t", "km", "m", "cm", "mm", "l", "ml", "hz", "khz", "mhz", "ghz", "kwh", "mwh",
    "gwh", "kw", "mw", "gw", "gb", "mb", "tb", "bar", "db", "ha", "fte", "ftes", "°", "litres",
    "litre", "liters", "tonnes", "tons", "metres", "meters", "kilometres", "points", "stars",
    "pence", "cents",
}  # fmt: skip

# A number after one of these is a name or an address, not an amount.
_NAMING = {
    "version", "v", "phase", "tier", "level", "grade", "section", "chapter", "article", "art",
    "annex", "appendix", "clause", "act", "iso", "iec", "nist", "soc", "pci", "gdpr", "windows",
    "office", "type", "part", "room", "building", "line", "gate", "stage", "sdg", "goal",
    "okr", "kpi", "objective", "step", "wave", "sprint", "cohort", "key-stage", "terminal", "ward",
    "class", "form", "scope", "series", "model", "web", "industry", "covid", "horizon", "agenda",
    "category", "priority", "sev", "severity", "site", "unit", "plant", "no", "nr", "number", "top",
    "hall", "theatre", "cell", "slide", "slides", "page", "pages", "rev", "finding", "cw", "kw",
    "outcome", "output", "indicator", "deliverable", "vision", "item", "items", "table", "figure",
    "studio", "bay", "dock", "platform", "pier", "zone", "region", "area", "week", "month", "year",
    "years", "lesson", "module", "generation", "gen", "code", "paragraph", "rule",
    "directive", "lot", "batch", "sheet", "force", "under", "over", "aged", "age", "ages",
}  # fmt: skip
_SOFT_NAMING = {"under", "over", "aged", "age", "ages", "number", "no", "level", "area", "unit",
                "week", "month", "year", "years", "platform", "line", "class", "form"}  # fmt: skip
"""Of these the ones after which an amount may stand too."""

COUNTED, PERCENTAGE, PCT_POINTS, MONEY, MULTIPLE, DURATION = (
    "count", "percent", "points", "money", "multiple", "duration",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount in the text.

    Attributes:
        start: index of its first character, sign and currency included.
        end: index after its last, scale, percent sign and currency included, unit words not.
        value: as a number; percent stay percent (8 % is 8.0). Of a range, the lower end.
        kind: count, percent, points, money, multiple (2 for “double”, “2x”) or duration.
        unit: sign or word of the unit, "" when none stands there.
        first: index of its first token.
        last: index of its last token, a unit word included.
        attributive: whether it only describes ("30-day retention"), so that it is no amount.
        high: upper end of a range, None when it is no range.
        signed: whether a plus or minus sign belongs to it.
    """

    start: int
    end: int
    value: float
    kind: str
    unit: str
    first: int
    last: int
    attributive: bool = False
    high: float | None = None
    signed: bool = False


def quantities(toks: list[Token]) -> list[Quantity]:
    """Every amount among the tokens, in order."""
    found: list[Quantity] = []
    i = 0
    while i < len(toks):
        quantity = _at(toks, i)
        if quantity is None:
            i += 1
            continue
        quantity = _share(toks, quantity) or _range(toks, quantity) or quantity
        found.append(quantity)
        i = quantity.last + 1
    return found


def _low(toks: list[Token], i: int) -> str:
    return toks[i].low if 0 <= i < len(toks) else ""


def _at(toks: list[Token], i: int) -> Quantity | None:
    tok = toks[i]
    if tok.kind == NUMBER:
        if _names_something(toks, i):
            return None
        percent = _low(toks, i + 1) in PERCENT
        last, value = i, parse_digits(tok.text, percent=percent)
        if _low(toks, i + 1) in ("½", "¼", "¾", "⅓", "⅔"):
            last, value = i + 1, value + parse_digits(toks[i + 1].text)
        return _with_unit(toks, i, last, value)
    if tok.kind == CODE:
        return _code(toks, i)
    if tok.kind == WORD:
        return _words(toks, i)
    return None


# -- numbers that are none -------------------------------------------------------------------------


def _names_something(toks: list[Token], i: int) -> bool:
    """Whether this number is a year, a version, a clock time, a list mark, the 27001 of ISO."""
    tok, before, after = toks[i], _low(toks, i - 1), _low(toks, i + 1)
    measured = after in PERCENT or after in CURRENCIES or (
        after in SCALES and glued(tok, toks[i + 1])
    )  # fmt: skip
    if after in ("am", "pm", "a.m", "p.m", "o'clock", "uhr"):
        return True
    if after in ("a", "p") and _low(toks, i + 2) == "." and _low(toks, i + 3) == "m":
        return True
    if _is_naming(toks, i, before) and not measured:
        return True
    if i == 0 and after in (".", ")", ":") and len(tok.text) <= 2:
        return True  # "1. Reduce …"
    if before == "-" and i >= 2 and glued(toks[i - 1], tok) and glued(toks[i - 2], toks[i - 1]):
        return toks[i - 2].kind == WORD  # "COVID-19"
    if after == "(" and i + 2 < len(toks) and glued(tok, toks[i + 1]):
        return len(toks[i + 2].text) == 1  # "401(k)"
    return not measured and _is_year(toks, i) and _stands_as_year(toks, i, before, after)


def _is_naming(toks: list[Token], i: int, before: str) -> bool:
    word = before.rstrip(".")
    if before == "." and i >= 2 and glued(toks[i - 2], toks[i - 1]):
        word = toks[i - 2].low  # "no. 50", "Art. 28"
        if word not in ("no", "nr", "art", "sec", "vol", "ch", "p", "pp", "rev", "max", "min"):
            return False
        return word not in ("max", "min")
    if word in _SOFT_NAMING:
        # "under 5", "level 3": a name only where nothing is compared or measured.
        if word in ("aged", "age", "ages"):
            return True
        if word in ("under", "over"):
            return False
        unit = _low(toks, i + 1)
        if word in ("no", "number"):
            return unit not in TIME_UNITS and _low(toks, i - 2) not in ("the", "")
        if _low(toks, i - 2) in ("this", "last", "next", "per", "a", "each", "every", "/"):
            return False
        return unit not in TIME_UNITS and unit not in ("to", "→")
    if i == 1 and word in ("plant", "form", "table"):
        return False  # "Plant 2,500 trees"
    if word in _NAMING or word.removesuffix("s") in _NAMING - _SOFT_NAMING:
        return True
    digits = toks[i].text
    acronym = toks[i - 1].text.isupper() and word not in MEASURE_NOUNS and digits.isdecimal()
    if i and acronym and len(digits) >= 4 and not _is_year(toks, i):
        return True  # "IATF 16949"
    return bool(i) and "." in digits and (
        word == "release" or _low(toks, i + 1) in ("upgrade", "release", "migration", "rollout")
    )  # fmt: skip


def _is_year(toks: list[Token], i: int) -> bool:
    text = toks[i].text
    return len(text) == 4 and text[:2] in ("19", "20") and text.isdigit()


_YEAR_BEFORE = {
    "in", "by", "since", "until", "end", "of", "for", "during", "fy", "year", "before", "vs",
    "against", "q", "/", "january", "february", "march", "april", "may", "june", "july",
    "august", "september", "october", "november", "december", "jan", "feb", "mar", "apr", "jun",
    "jul", "aug", "sep", "sept", "oct", "nov", "dec", ",", "spring", "summer", "autumn", "winter",
    "through", "late", "early", "mid", "and", "(", "-", "the", "our", "than", "goal", "at",
    "versus", "season", "school", "budget", "annual", "|", "till", "untill",
}  # fmt: skip


def _stands_as_year(toks: list[Token], i: int, before: str, after: str) -> bool:
    """Whether four digits such as 2026 are a year here, not an amount."""
    if before in CURRENCIES:
        return False
    ends = after in ("", ".", ",", ")", "-", ":", ";", "|", "/", "and", "!", "?")
    if before in ("to", "→", "from", "reach", "hit"):
        # "from 2024 to 2026" are years; "from 1990 to 2050 users" are not.
        other = i + 2 if _low(toks, i + 1) in ("to", "→") else i - 2
        pair = 0 <= other < len(toks) and toks[other].kind == NUMBER and _is_year(toks, other)
        compared = before == "to" and _low(toks, i - 2) in ("comparison", "compared", "relative")
        return (pair or compared) and ends
    return before in _YEAR_BEFORE or ends or i == 0


# -- other forms of numbers ------------------------------------------------------------------------

_CLOCK_BEFORE = {"at", "by", "before", "after", "until", "till", "from", "to", "between", "and",
                 "since", "-", "than"}  # fmt: skip


def _code(toks: list[Token], i: int) -> Quantity | None:
    """The codes that are amounts after all: x2, EUR5k, 18:1; and K5 never."""
    tok = toks[i]
    low = tok.low
    if ":" in low:
        return _colon(toks, i)
    if low[0] == "x" and low[1:].isdecimal():
        return Quantity(tok.start, tok.end, float(low[1:]), MULTIPLE, "×", i, i)
    head = low.rstrip("0123456789.kmbn")
    digits = low[len(head) :]
    if head not in CURRENCIES or not digits or not digits[0].isdecimal():
        return None
    scale = next((s for s in ("bn", "k", "m", "b") if digits.endswith(s)), "")
    digits = digits.removesuffix(scale).strip(".kmbn")
    if not digits or digits.count(".") > 1:
        return None
    value = parse_digits(digits) * SCALES.get(scale, 1.0)
    found = _with_unit(toks, i, i, value)
    return replace(found, kind=MONEY, unit=CURRENCIES[head])


def _colon(toks: list[Token], i: int) -> Quantity | None:
    """A ratio (18:1) or a stretch of time (6:30 minutes); a clock time is no amount."""
    tok = toks[i]
    left, _, right = tok.low.partition(":")
    a, b = int(left), int(right)
    if "1" in (left, right) and a and b:
        return Quantity(tok.start, tok.end, a / b, COUNTED, ":", i, i)
    if _low(toks, i + 1) in TIME_UNITS:
        return Quantity(tok.start, tok.end, a + b / 60, DURATION, _low(toks, i + 1), i, i + 1)
    if len(right) != 2 or (_low(toks, i - 1) in _CLOCK_BEFORE and a <= 24 and b < 60):
        return None
    if a <= 24 and b < 60 and _low(toks, i - 1) not in (":", "→", "=", "reach", "under", "below"):
        return None
    return Quantity(tok.start, tok.end, a + b / 60, COUNTED, ":", i, i)


_MULTIPLES = {
    name: value
    for value, names in (
        (2.0, "double doubles doubling doubled twofold two-fold"),
        (
            3.0,
            "triple triples tripling tripled treble trebles trebling trebled threefold three-fold",
        ),
        (4.0, "quadruple quadruples quadrupling quadrupled fourfold four-fold"),
        (5.0, "fivefold five-fold quintuple"),
        (10.0, "tenfold ten-fold"),
        (0.5, "halve halves halving halved"),
    )
    for name in names.split()
}


def _words(toks: list[Token], i: int) -> Quantity | None:
    low, before = toks[i].low, _low(toks, i - 1)
    here = toks[i]
    if low in _MULTIPLES:
        if before in ("a", "the", "any", "each") and not low.endswith("fold"):
            return None  # "the double check", "a double room"
        return Quantity(here.start, here.end, _MULTIPLES[low], MULTIPLE, "×", i, i)
    if low in ("twice", "thrice"):
        times = 2.0 if low == "twice" else 3.0
        often = _low(toks, i + 1) in ("a", "per", "each", "every", "daily", "weekly", "monthly")
        kind = COUNTED if often else MULTIPLE
        return Quantity(here.start, here.end, times, kind, "" if often else "×", i, i)
    fraction = _fraction(toks, i)
    if fraction:
        return fraction
    if low in ("none", "nil") and before == ":" and _low(toks, i + 1) in ("", ".", ",", ")"):
        return Quantity(here.start, here.end, 0.0, COUNTED, "", i, i)
    if low == "a":
        return _with_a(toks, i)
    found = word_number(toks, i)
    if found is None:
        return None
    value, last = found
    if value == 1 and last == i and not _counts_one(toks, i):
        return None
    if before in _NAMING - _SOFT_NAMING and before not in ("top", "items", "item", "no"):
        return None
    return _with_unit(toks, i, last, value)


def _with_a(toks: list[Token], i: int) -> Quantity | None:
    """“A hundred”, “a dozen”; “under a second”, “older than a quarter”."""
    after = _low(toks, i + 1)
    if after in ("hundred", "thousand", "million", "billion", "dozen"):
        return _with_unit(toks, i, i + 1, SCALES[after])
    compared = _low(toks, i - 1) in ("than", "under", "below", "over")
    if compared and (after in TIME_UNITS or after == "quarter") and len(after) > 2:
        end = toks[i + 1].end
        return Quantity(toks[i].start, end, 1.0, DURATION, after, i, i + 1)
    return None


def _counts_one(toks: list[Token], i: int) -> bool:
    """Whether "one" counts, as in "to one day", and not in "number one" or "one of us"."""
    after, after2 = _low(toks, i + 1), _low(toks, i + 2)
    if after in TIME_UNITS or after in PERCENT or after in SCALES or after in _TIME_BEFORE:
        return True
    if after in ("in", "out") and (_is_number(toks, i + 2) or after2 == "of"):
        return True
    return _low(toks, i - 1) in ("to", "than", "→", "least", "most", "below", "under", ":", "was")


def _is_number(toks: list[Token], i: int) -> bool:
    return i < len(toks) and (toks[i].kind == NUMBER or toks[i].low in ONES)


_AFTER_A_SHARE = frozenset(
    "of more fewer less lower higher smaller larger shorter longer faster slower cheaper better "
    "by in within until till and to from or at as on over under than this next per before after "
    "while without compared each every not still are is were was have has had do does did can "
    "will would now today since during for with the".split()
)


def _counts(toks: list[Token], i: int) -> bool:
    """Whether what stands here is the thing that an ordinal before it counts."""
    return i < len(toks) and toks[i].kind == WORD and toks[i].low not in _AFTER_A_SHARE


def _fraction(toks: list[Token], i: int) -> Quantity | None:
    """A fraction: "a third", "two thirds", "by half"; never a quarter of a year."""
    low = toks[i].low
    count, at = 1.0, i
    if low in ("a", "one", "two", "three", "four") and i + 1 < len(toks):
        count, at = (1.0 if low == "a" else float(ONES[low])), i + 1
    word = toks[at].low
    if word not in FRACTIONS:
        return None
    after, before = _low(toks, at + 1), _low(toks, i - 1)
    if word in ("third", "fifth", "tenth") and _counts(toks, at + 1):
        return None  # an ordinal: "a third lesson"
    if word.startswith("quarter"):
        moved = before in ("by", "to", "from", "→", "least", "most", "about")
        if at == i or before in ("within", "in", "per", "this") or not (after == "of" or moved):
            return None
        if after == "of" and {_low(toks, at + 2), _low(toks, at + 3)} & {"20", "fy", "year"}:
            return None
    if at == i:
        if word != "half":
            return None  # an ordinal
        scale = _low(toks, at + 2)
        if after == "a" and scale in ("million", "billion", "thousand", "dozen"):
            return _with_unit(toks, i, at + 2, 0.5 * SCALES[scale])
        if after == "of" and before in ("", ","):
            return Quantity(toks[i].start, toks[i].end, 50.0, PERCENTAGE, "", i, i)
        if before not in ("by", "to", "in", "at", "than", "least", "from", "→", "over",
                          "under", "below", "was"):  # fmt: skip
            return None
        if (before == "in" and after in ("year", "term")) or (
            after == "of" and before in ("in", "at")
        ):
            return None
    value = round(count * FRACTIONS[word] * 100, 10)
    return Quantity(toks[i].start, toks[at].end, value, PERCENTAGE, "", i, at)


# -- what belongs to a number ----------------------------------------------------------------------


def _with_unit(toks: list[Token], first: int, last: int, value: float) -> Quantity:
    """Take in sign and currency before, and scale, percent sign, currency or unit after."""
    kind, unit = COUNTED, ""
    if first and toks[first - 1].low in CURRENCIES and _before_number(toks, first):
        kind, unit = MONEY, CURRENCIES[toks[first - 1].low]
        first -= 1
        if first and toks[first].low == "$" and toks[first - 1].low in _PREFIXES:
            first -= 1 if glued(toks[first - 1], toks[first]) else 0
        if first and toks[first].low == "." and toks[first - 1].low == "rs":
            first -= 1
    value, last = _scaled(toks, last, value, kind)
    start, signed, value = _sign(toks, first, value)
    if signed:
        first -= 1
    end, after = last, _low(toks, last + 1)
    if after == "times" and _low(toks, last + 2) in ("out", "in"):  # "nine times out of ten"
        return Quantity(start, toks[last].end, value, COUNTED, "", first, last + 1)
    if (after in ("x", "×") and glued(toks[last], toks[last + 1])) or after == "times":
        return Quantity(start, toks[last + 1].end, value, MULTIPLE, "×", first, last + 1)
    if after in ("-fold", "fold"):
        return Quantity(start, toks[last + 1].end, value, MULTIPLE, "×", first, last + 1)
    if after in PERCENT or (after == "per" and _low(toks, last + 2) == "cent"):
        end = last = last + (2 if after == "per" else 1)
        kind, unit = PERCENTAGE, "‰" if after == "‰" else "%"
        following = _low(toks, last + 1)
        if following in ("points", "point") or following in ("-points", "-point"):
            kind, unit, end, last = PCT_POINTS, "pp", last + 1, last + 1
        elif following == "-" and _low(toks, last + 2) in ("points", "point"):
            kind, unit, end, last = PCT_POINTS, "pp", last + 2, last + 2
    elif after in POINTS:
        kind, unit, end, last = PCT_POINTS, "pp", last + 1, last + 1
    elif after == "percentage" and _low(toks, last + 2) in ("points", "point"):
        kind, unit, end, last = PCT_POINTS, "pp", last + 2, last + 2
    elif after in BASIS_POINTS or (after == "basis" and _low(toks, last + 2) == "points"):
        last += 2 if after == "basis" else 1
        kind, unit = PCT_POINTS, "bp"
    elif kind == COUNTED and after in CURRENCIES and not _starts_amount(toks, last + 1):
        kind, unit, end, last = MONEY, CURRENCIES[after], last + 1, last + 1
    elif kind == COUNTED and after in ("p", "¢", "c") and glued(toks[last], toks[last + 1]):
        kind, unit, end, last = MONEY, after, last + 1, last + 1
    elif kind == COUNTED and after in TIME_UNITS and not _is_clock_word(toks, last + 1):
        kind, unit, last = DURATION, after, last + 1
    elif kind == COUNTED and after in _TIME_BEFORE and _low(toks, last + 2) in TIME_UNITS:
        kind, unit, last = DURATION, f"{after} {_low(toks, last + 2)}", last + 2
    elif after in PHYSICAL:
        unit, last = unit or toks[last + 1].text, last + 1
        if after == "°" and _low(toks, last + 1) in ("c", "f", "k"):
            unit, last = "°" + toks[last + 1].text, last + 1
    return Quantity(
        start, toks[end].end, value, kind, unit, first, last,
        attributive=_describes(toks, end), signed=signed,
    )  # fmt: skip


def _before_number(toks: list[Token], first: int) -> bool:
    """Whether the currency before `first` belongs to it, not to the number before ("5 € 10 %")."""
    if toks[first - 1].kind == WORD:
        return len(toks[first - 1].low) <= 3  # "CHF 100", not "dollars 100"
    if first >= 2 and toks[first - 2].kind == NUMBER:
        return glued(toks[first - 1], toks[first]) and not glued(toks[first - 2], toks[first - 1])
    return True


def _scaled(toks: list[Token], last: int, value: float, kind: str) -> tuple[float, int]:
    """Take in K, M, bn, thousand, million and their like.

    "5 m" may be metres and "3 b" an answer: short scales must touch the number or be in money's
    company; capital M and K may stand apart.
    """
    for _ in range(2):  # "five hundred thousand"
        if last + 1 >= len(toks) or toks[last + 1].low not in SCALES:
            break
        scale = toks[last + 1]
        touches, long = glued(toks[last], scale), len(scale.low) > 2
        if not (touches or long or kind == MONEY or scale.text in ("M", "K", "bn", "mn", "Mn")):
            following = toks[last + 2] if last + 2 < len(toks) else None
            alone = following is None or following.kind == MARK
            if not (alone and scale.low in ("k", "tsd")):
                break
        if scale.low == "mm" and kind != MONEY:
            break  # millimetres
        if scale.low == "cr" and kind != MONEY:
            break
        value *= SCALES[scale.low]
        last += 1
        short = scale.low in ("mio", "mrd", "tsd", "mn") and _low(toks, last + 1) == "."
        if short and _low(toks, last + 2) in CURRENCIES:
            last += 1  # "4 Mio. €"
        if scale.low not in ("hundred", "dozen"):
            break
    return value, last


def _sign(toks: list[Token], first: int, value: float) -> tuple[int, bool, float]:
    """Where the amount starts when a sign that touches it belongs to it."""
    start = toks[first].start
    if not first or toks[first - 1].low not in ("+", "-", "±"):
        return start, False, value
    sign = toks[first - 1]
    if sign.low == "±" and not (first >= 2 and toks[first - 2].kind == NUMBER):
        return sign.start, True, value
    if not glued(sign, toks[first]):
        return start, False, value
    if first >= 2 and (glued(toks[first - 2], sign) and toks[first - 2].low not in ("(", "→", ":")):
        return start, False, value
    return sign.start, True, -value if sign.low == "-" else value


def _is_clock_word(toks: list[Token], i: int) -> bool:
    """Whether the short time unit at `i` is rather another word ("5 s" but "5 d" of "5 D")."""
    tok = toks[i]
    return tok.low in ("s", "d") and (tok.text.isupper() or _low(toks, i + 1) == ".")


def _starts_amount(toks: list[Token], i: int) -> bool:
    """Whether the currency at `i` belongs to the number after it ("from 5 $ 10")."""
    return (
        i + 1 < len(toks)
        and toks[i + 1].kind == NUMBER
        and toks[i].kind == MARK
        and glued(toks[i], toks[i + 1])
    )


def _describes(toks: list[Token], last: int) -> bool:
    """Whether it describes, as in "30-day retention" or "40-strong team"."""
    return (
        last + 2 < len(toks)
        and toks[last + 1].low == "-"
        and glued(toks[last], toks[last + 1])
        and (
            (toks[last + 2].kind == WORD and glued(toks[last + 1], toks[last + 2]))
            or toks[last + 2].low in ("to", "and", "or")  # "14- to 29-year-olds"
        )
    )


# -- two numbers that make one amount --------------------------------------------------------------


def _share(toks: list[Token], a: Quantity) -> Quantity | None:
    """Such as "13 of 14", "one in five", "two out of three": a share, in percent."""
    if a.kind != COUNTED or a.unit or a.value <= 0:
        return None
    at = a.last + 1
    joint = _low(toks, at)
    if joint == "out" and _low(toks, at + 1) == "of":
        at += 1
    elif joint not in ("in", "of"):
        return None
    b = _at(toks, at + 1) if at + 1 < len(toks) else None
    if b is None or b.first != at + 1 or b.kind != COUNTED or b.unit or b.value < max(a.value, 2):
        return _share_of_days(a, b, joint)
    return Quantity(
        a.start, b.end, round(a.value / b.value * 100, 10), PERCENTAGE, "%", a.first, b.last
    )


def _share_of_days(a: Quantity, b: Quantity | None, joint: str) -> Quantity | None:
    """Such as "19 of 20 days" is a share too; "5 in 20 days" is not."""
    if b is None or joint == "in" or b.kind != DURATION or b.value < max(a.value, 2):
        return None
    value = round(a.value / b.value * 100, 10)
    return Quantity(a.start, b.end, value, PERCENTAGE, "%", a.first, b.last)


_RANGE_WORDS = {"corridor", "band", "range"}


def _range(toks: list[Token], a: Quantity) -> Quantity | None:
    """Such as "2–4 °C", "between 5 and 9", "in the 3 to 4 % corridor": a range as one amount."""
    if a.kind == MULTIPLE or a.attributive:
        return None
    at = a.last + 1
    joint, before = _low(toks, at), _low(toks, a.first - 1)
    if at + 1 >= len(toks):
        return None
    between = before == "between" or (before in ("somewhere", "of") and joint == "and")
    if joint == "-":
        tight = glued(toks[at - 1], toks[at]) and glued(toks[at], toks[at + 1])
        if not tight:
            return None
    elif not (joint == "and" and between) and joint != "to":
        return None
    at += 1
    if toks[at].low in CURRENCIES and at + 1 < len(toks) and toks[at].kind == MARK:
        at += 1
    b = _at(toks, at)
    if b is None or b.kind == MULTIPLE or b.attributive:
        return None
    if joint == "to" and not _range_noun(toks, a, b):
        return None
    if before == "from" and _low(toks, b.last + 1) not in ("to", "→"):
        return None  # "from 4-8 %" goes from 4 to 8; "from 2-2.5 % to 3 %" starts at a range
    if joint == "-" and b.value <= a.value and not b.high:
        return None
    low = a.value
    scale = scale_of(toks, b)
    if scale > 1 == scale_of(toks, a) and low * scale <= b.value:
        low *= scale
    return replace(
        b, start=a.start, first=a.first, value=low, high=b.value, unit=b.unit or a.unit,
        kind=b.kind if b.unit else a.kind,
    )  # fmt: skip


def _range_noun(toks: list[Token], a: Quantity, b: Quantity) -> bool:
    """Whether a word such as “corridor” beside "3 to 4 %" says that it is a range."""
    around = {_low(toks, k) for k in (b.last + 1, b.last + 2, *range(a.first - 4, a.first))}
    return bool(_RANGE_WORDS & around) and _low(toks, a.first - 1) != "from"


def scale_of(toks: list[Token], q: Quantity) -> float:
    """What K, M or “million” makes of the bare number; 1 when nothing of the kind stands there."""
    scale = 1.0
    for tok in toks[q.first : q.last + 1]:
        if tok.kind == WORD and tok.low in SCALES and tok.low not in ("hundred", "dozen"):
            scale *= SCALES[tok.low]
    return scale


def is_date_like(tok: Token) -> bool:
    """Whether the token is a whole date."""
    return tok.kind == DATE
