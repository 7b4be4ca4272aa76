"""Numbers in a statement: digits and words, with scale, currency, percent and unit.

Numbers that measure nothing (version numbers, ordinals, percentiles, years, names of standards) are
told apart here, so that nothing further on takes "ISO 27001" for a target.
"""

from __future__ import annotations

from dataclasses import dataclass

from okrlab.analyser._tokens import CODE, DATE, NUMBER, WORD, Token

_ONES = {
    "zero": 0, "nil": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6,
    "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13,
    "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18,
    "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60,
    "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_SCALES = {
    "hundred": 1e2, "thousand": 1e3, "million": 1e6, "millions": 1e6, "billion": 1e9,
    "dozen": 12.0, "k": 1e3, "m": 1e6, "mn": 1e6, "mio": 1e6, "mm": 1e6, "bn": 1e9, "b": 1e9,
    "lakh": 1e5, "crore": 1e7, "tsd": 1e3,
}  # fmt: skip
_FRACTIONS = {
    "half": 0.5, "halves": 0.5, "third": 1 / 3, "thirds": 1 / 3, "quarter": 0.25, "quarters": 0.25,
    "fifth": 0.2, "fifths": 0.2, "tenth": 0.1, "tenths": 0.1,
}  # fmt: skip
_SIGNS = {"½": 0.5, "⅓": 1 / 3, "¼": 0.25, "¾": 0.75, "⅔": 2 / 3}
CURRENCIES = {
    "$": "$", "€": "€", "£": "£", "₹": "₹", "¥": "¥", "usd": "$", "eur": "€", "gbp": "£",
    "chf": "CHF", "inr": "₹", "sek": "kr", "nok": "kr", "dkk": "kr", "kr": "kr", "us$": "$",
    "euro": "€", "euros": "€", "dollars": "$", "dollar": "$", "pounds": "£", "francs": "CHF",
    "aud": "A$", "cad": "C$", "pln": "zł", "jpy": "¥", "zar": "R", "brl": "R$", "aed": "AED",
}  # fmt: skip
PERCENT = {"%", "percent", "pct", "per-cent"}
POINTS = {"pp", "pps", "ppt", "ppts", "p.p"}
TIME_UNITS = {
    "ms", "millisecond", "milliseconds", "s", "sec", "secs", "second", "seconds", "min", "mins",
    "minute", "minutes", "h", "hr", "hrs", "hour", "hours", "day", "days", "week", "weeks",
    "month", "months", "year", "years", "yrs", "fortnight", "fortnights",
}  # fmt: skip

# A number after one of these is a name or an address, not an amount.
_NAMING = {
    "version", "v", "release", "phase", "tier", "level", "grade", "section", "chapter", "article",
    "annex", "clause", "act", "iso", "iec", "nist", "soc", "pci", "gdpr", "windows", "office",
    "type", "part", "room", "building", "line", "gate", "stage", "sdg", "goal", "kr", "okr",
    "o", "objective", "step", "wave", "sprint", "cohort", "key-stage", "terminal", "ward",
    "class", "form", "scope", "series", "model", "web", "industry", "covid", "horizon", "agenda",
    "strategy", "vision", "category", "priority", "p", "sev", "severity", "site", "unit", "plant",
}  # fmt: skip

COUNTED, PERCENTAGE, PCT_POINTS, MONEY, MULTIPLE, DURATION = (
    "count", "percent", "points", "money", "multiple", "duration",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount in the text.

    Attributes:
        start: index of its first character, currency sign included.
        end: index after its last, unit sign included.
        value: as a number; percent stay percent (8 % is 8.0).
        kind: count, percent, points, money, multiple (2 for “double”, “2x”) or duration.
        unit: sign or word of the unit, "" when none stands there.
        first: index of its first token.
        last: index of its last token.
        attributive: whether it only describes ("30-day retention"), so that it is no amount.
    """

    start: int
    end: int
    value: float
    kind: str
    unit: str
    first: int
    last: int
    attributive: bool = False


def parse_digits(text: str, *, percent: bool = False) -> float:
    """The value of digits with whatever separators: 1,000 and 1.000 and 1 000 are a thousand.

    A single comma or dot before exactly three digits groups thousands, unless the number starts
    with 0 or is a percentage (12.125 %).
    """
    text = text.replace("’", "'")
    for space in ("\u00a0", "\u202f", "\u2009", " ", "'"):
        text = text.replace(space, "")
    commas, dots = text.count(","), text.count(".")
    if commas and dots:
        decimal = "," if text.rfind(",") > text.rfind(".") else "."
        text = text.replace("," if decimal == "." else ".", "").replace(decimal, ".")
    elif commas + dots == 1:
        mark = "," if commas else "."
        head, tail = text.split(mark)
        grouped = len(tail) == 3 and 1 <= len(head) <= 3 and head != "0" and not percent
        text = head + tail if grouped else f"{head}.{tail}"
    else:
        text = text.replace(",", "").replace(".", "")
    return float(text)


def quantities(toks: list[Token]) -> list[Quantity]:
    """Every amount among the tokens, in order."""
    found: list[Quantity] = []
    i = 0
    while i < len(toks):
        quantity = _at(toks, i)
        if quantity is None:
            i += 1
        else:
            found.append(quantity)
            i = quantity.last + 1
    return found


def _at(toks: list[Token], i: int) -> Quantity | None:
    tok = toks[i]
    if tok.kind == NUMBER:
        if _names_something(toks, i):
            return None
        percent = _next_low(toks, i) in PERCENT
        value = _SIGNS.get(tok.text)
        return _with_unit(
            toks, i, i, parse_digits(tok.text, percent=percent) if value is None else value
        )
    if tok.kind == CODE:
        return _multiple_code(toks, i)
    if tok.kind == WORD:
        return _words(toks, i)
    return None


def _next_low(toks: list[Token], i: int) -> str:
    return toks[i + 1].low if i + 1 < len(toks) else ""


def _names_something(toks: list[Token], i: int) -> bool:
    """Whether this number is a year, a version, a list mark, the 27001 of ISO 27001."""
    tok = toks[i]
    before = toks[i - 1].low if i else ""
    after = _next_low(toks, i)
    if before.rstrip(".:") in _NAMING and after not in PERCENT:
        return True
    if i == 0 and after in (".", ")", ":") and len(tok.text) <= 2:
        return True  # "1. Reduce …"
    if before == "-" and i >= 2 and toks[i - 1].start == toks[i - 2].end == tok.start - 1:
        return toks[i - 2].kind == WORD  # "COVID-19"
    if len(tok.text) == 4 and tok.text[:2] in ("19", "20") and tok.text.isdigit():
        # A year, unless a currency sign or a unit makes it an amount.
        if before in CURRENCIES or after in PERCENT or after in CURRENCIES or after in _SCALES:
            return False
        if before in ("to", "→", "from") and after not in ("", ".", ",", ")", "by"):
            return False
        return before in _YEAR_BEFORE or after in ("", ".", ",", ")", "-", ":", "and") or i == 0
    return False


_YEAR_BEFORE = {
    "in", "by", "since", "until", "end", "of", "for", "during", "fy", "year", "before", "vs",
    "against", "from", "q", "/", "january", "february", "march", "april", "may", "june", "july",
    "august", "september", "october", "november", "december", "jan", "feb", "mar", "apr", "jun",
    "jul", "aug", "sep", "sept", "oct", "nov", "dec", ",", "spring", "summer", "autumn", "winter",
    "through", "late", "early", "mid", "and", "(", "to", "-",
}  # fmt: skip


def _multiple_code(toks: list[Token], i: int) -> Quantity | None:
    """The codes that are amounts after all: x2, and K5 never."""
    low = toks[i].low
    if low[0] == "x" and low[1:].isdigit():
        return Quantity(toks[i].start, toks[i].end, float(low[1:]), MULTIPLE, "×", i, i)
    for currency in ("us", "a", "c"):  # "US$ 5" is split by the tokenizer; "EUR5" is one code
        if low == currency:
            return None
    head = low.rstrip("0123456789.kmbn")
    digits = low[len(head) :]
    if head in CURRENCIES and digits and digits[0].isdigit():
        scale = 1.0
        for suffix in ("bn", "k", "m", "b"):
            if digits.endswith(suffix):
                scale, digits = _SCALES[suffix], digits[: -len(suffix)]
                break
        unit = CURRENCIES[head]
        value = parse_digits(digits) * scale
        return Quantity(toks[i].start, toks[i].end, value, MONEY, unit, i, i)
    return None


def _words(toks: list[Token], i: int) -> Quantity | None:
    low = toks[i].low
    if low in ("double", "doubling", "doubled", "twice", "twofold", "two-fold"):
        return Quantity(toks[i].start, toks[i].end, 2.0, MULTIPLE, "×", i, i)
    if low in ("triple", "tripling", "tripled", "treble", "trebling", "threefold", "three-fold"):
        return Quantity(toks[i].start, toks[i].end, 3.0, MULTIPLE, "×", i, i)
    if low in ("quadruple", "quadrupling", "quadrupled", "fourfold", "four-fold"):
        return Quantity(toks[i].start, toks[i].end, 4.0, MULTIPLE, "×", i, i)
    if low in ("halve", "halving", "halved"):
        return Quantity(toks[i].start, toks[i].end, 0.5, MULTIPLE, "×", i, i)
    fraction = _fraction(toks, i)
    if fraction:
        return fraction
    parts = low.split("-")
    if all(p in _ONES for p in parts) and len(parts) <= 2:
        value = float(sum(_ONES[p] for p in parts))
        if low == "one" and not _counts_one(toks, i):
            return None
        return _with_unit(toks, i, i, value)
    if low in ("dozen", "hundred", "thousand", "million") and i and toks[i - 1].low in ("a", "per"):
        return _with_unit(toks, i - 1, i, _SCALES[low]) if toks[i - 1].low == "a" else None
    return None


def _counts_one(toks: list[Token], i: int) -> bool:
    """Whether "one" counts, as in "to one day", and not in "number one"."""
    return _next_low(toks, i) in TIME_UNITS | PERCENT | set(_SCALES) or (
        i > 0 and toks[i - 1].low in ("to", "than", "→", "least", "most")
    )


def _fraction(toks: list[Token], i: int) -> Quantity | None:
    """A fraction: "a third", "two thirds", "by half"; never a quarter of a year."""
    low = toks[i].low
    count, at = 1.0, i
    if low in ("a", "one", "two", "three", "four") and i + 1 < len(toks):
        count, at = (1.0 if low == "a" else float(_ONES[low])), i + 1
    word = toks[at].low
    if word not in _FRACTIONS:
        return None
    after = _next_low(toks, at)
    before = toks[i - 1].low if i else ""
    if word.startswith("quarter"):
        if not (after == "of" and at > i) or before in ("within", "in", "per", "this"):
            return None
        if at + 2 < len(toks) and toks[at + 2].low in ("20", "fy", "the") and count == 1:
            return None
    if word in ("third", "fifth", "tenth", "thirds") and at == i:
        return None  # an ordinal
    if word == "half" and at == i and before not in ("by", "to", "in", "at", "than", "least"):
        return None
    return Quantity(
        toks[i].start, toks[at].end, count * _FRACTIONS[word] * 100, PERCENTAGE, "", i, at
    )


def _with_unit(toks: list[Token], first: int, last: int, value: float) -> Quantity:
    """Take in the currency before, and the scale, percent sign, currency or time unit after."""
    kind, unit = COUNTED, ""
    if first and toks[first - 1].low in CURRENCIES:
        kind, unit = MONEY, CURRENCIES[toks[first - 1].low]
        first -= 1
        if first and toks[first - 1].low in ("us", "a", "c") and toks[first].low == "$":
            first -= 1
    scale_at = last + 1
    if scale_at < len(toks) and toks[scale_at].low in _SCALES:
        scale, glued = toks[scale_at].low, toks[scale_at].start == toks[last].end
        # "5 m" may be metres and "3 b" an answer: short scales must touch the number or be in
        # money's company; capital M and K may stand apart.
        if len(scale) > 2 or glued or kind == MONEY or toks[scale_at].text in ("M", "K", "bn"):
            value *= _SCALES[scale]
            last = scale_at
            after = _next_low(toks, last)
            if after in ("thousand", "million", "billion"):  # "five hundred thousand"
                value *= _SCALES[after]
                last += 1
    after = _next_low(toks, last)
    if after in ("x", "×") and toks[last + 1].start == toks[last].end:
        return Quantity(
            toks[first].start, toks[last + 1].end, value, MULTIPLE, "×", first, last + 1
        )
    if after == "times":
        return Quantity(
            toks[first].start, toks[last + 1].end, value, MULTIPLE, "×", first, last + 1
        )
    if after in PERCENT or (after == "per" and _low(toks, last + 2) == "cent"):
        last += 2 if after == "per" else 1
        kind, unit = PERCENTAGE, "%"
        if _low(toks, last + 1) in ("points", "point"):
            kind, unit, last = PCT_POINTS, "pp", last + 1
    elif after in POINTS or after in ("percentage-point", "percentage-points"):
        kind, unit, last = PCT_POINTS, "pp", last + 1
    elif after == "percentage" and _low(toks, last + 2) in ("points", "point"):
        kind, unit, last = PCT_POINTS, "pp", last + 2
    elif kind == COUNTED and after in CURRENCIES and not _starts_amount(toks, last + 1):
        kind, unit, last = MONEY, CURRENCIES[after], last + 1
    elif kind == COUNTED and after in TIME_UNITS:
        kind, unit, last = DURATION, after, last + 1
    return Quantity(
        toks[first].start,
        toks[last].end,
        value,
        kind,
        unit,
        first,
        last,
        attributive=_describes(toks, last),
    )


def _low(toks: list[Token], i: int) -> str:
    return toks[i].low if i < len(toks) else ""


def _starts_amount(toks: list[Token], i: int) -> bool:
    """Whether the currency at `i` belongs to the number after it ("from 5 $ 10")."""
    return i + 1 < len(toks) and toks[i + 1].kind == NUMBER and toks[i].low in ("$", "€", "£")


def _describes(toks: list[Token], last: int) -> bool:
    """Whether it describes, as in "30-day retention": number, hyphen and noun without spaces."""
    return (
        last + 2 < len(toks)
        and toks[last + 1].low == "-"
        and toks[last + 1].start == toks[last].end
        and toks[last + 2].kind == WORD
        and toks[last + 2].start == toks[last + 1].end
    )


def is_date_like(tok: Token) -> bool:
    """Whether the token is a whole date."""
    return tok.kind == DATE
