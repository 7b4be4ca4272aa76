"""When something is due: Q3, H1, by end of June, 30/09/2026, within six weeks, this quarter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from okrlab.analyser._quantities import _ONES
from okrlab.analyser._tokens import CODE, DATE, NUMBER, WORD, Token

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("january", "jan"), ("february", "feb"), ("march", "mar"), ("april", "apr"),
            ("may",), ("june", "jun"), ("july", "jul"), ("august", "aug"),
            ("september", "sep", "sept"), ("october", "oct"), ("november", "nov"),
            ("december", "dec"),
        ),
        start=1,
    )
    for name in names
}  # fmt: skip
_PERIODS = {
    "day", "week", "month", "quarter", "year", "half", "half-year", "trimester", "term", "semester",
    "season", "cycle", "period", "fiscal", "financial", "calendar", "school", "academic", "sprint",
    "fy", "summer", "winter", "spring", "autumn", "fall", "decade", "century",
}  # fmt: skip
_FEASTS = {"christmas", "easter", "year-end", "eoy", "eoq", "eom", "ramadan", "diwali", "midyear",
           "mid-year", "thanksgiving", "midsummer", "yearend", "summer", "autumn", "spring",
           "winter"}  # fmt: skip
_DUE = {"by", "until", "till", "before", "within", "through", "due"}
"""These before a date make it a deadline."""
_LOOSE = {"in", "on", "during", "for", "this", "next", "over", "at", "the", "(", ",", ":"}
_SPAN_UNITS = {"day": "D", "week": "W", "month": "M", "quarter": "Q", "year": "Y", "fortnight": "F",
               "hour": "H", "sprint": "S"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class When:
    """A date or period in the text.

    Attributes:
        start: index of its first character (a leading “by” included).
        end: index after its last.
        first: index of its first token.
        last: index of its last token.
        value: normalised: "2026-09-30", "2026-09", "Q3 2026", "H1", "2026", "within 6 W",
            "this quarter", "end of June".
        due: whether a word such as “by” makes it a deadline.
    """

    start: int
    end: int
    first: int
    last: int
    value: str
    due: bool


def whens(toks: list[Token]) -> list[When]:
    """Every date or period in the text that could be a deadline, in order."""
    found: list[When] = []
    i = 0
    while i < len(toks):
        hit = _at(toks, i)
        if hit is None:
            i += 1
            continue
        last, value, due_inside = hit
        first, due = _lead(toks, i)
        if found and first <= found[-1].last:
            first = i
        found.append(When(toks[first].start, toks[last].end, first, last, value, due or due_inside))
        i = last + 1
    return found


def _lead(toks: list[Token], i: int) -> tuple[int, bool]:
    """Take in the words before a date that belong to it."""
    first = i
    due = False
    while first and i - first < 5:
        low = toks[first - 1].low
        if low in _DUE:
            return first - 1, True
        if low == "than" and first >= 3 and toks[first - 2].low in ("later", "earlier"):
            return max(0, first - 3), True
        if low in ("end", "of", "the", "beginning", "start", "middle", "mid", "late", "early",
                   "close", "our", "-"):  # fmt: skip
            first -= 1
            due = due or low == "end"
            continue
        break
    # "the end of" without "by" still means that date; bare "the" or "of" doesn't belong to it.
    while first < i and toks[first].low in ("of", "the", "our", "-"):
        first += 1
    return first, due


def _low(toks: list[Token], i: int) -> str:
    return toks[i].low if 0 <= i < len(toks) else ""


def _at(toks: list[Token], i: int) -> tuple[int, str, bool] | None:
    """(last token, normalised value, whether the words themselves make it due)."""
    tok = toks[i]
    if tok.kind == DATE:
        return i, _iso(tok.text), False
    if tok.kind == CODE:
        return _code(toks, i)
    if tok.kind == NUMBER:
        return _number(toks, i)
    if tok.kind == WORD:
        return _word(toks, i)
    return None


def _iso(text: str) -> str:
    if text[4:5] == "-":
        return text
    day, month, year = (int(p) for p in text.replace(".", "/").split("/"))
    year += 2000 if year < 100 else 0
    if month > 12:  # written the American way
        day, month = month, day
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return text


def _year(toks: list[Token], i: int) -> str | None:
    """A year at token `i`: 2026, '26, FY26."""
    tok = toks[i] if i < len(toks) else None
    if tok is None:
        return None
    if tok.kind == NUMBER and len(tok.text) == 4 and tok.text[:2] in ("19", "20"):
        return tok.text
    if tok.kind == CODE and tok.low.startswith("fy"):
        return tok.text.upper()
    if tok.low == "fy" and i + 1 < len(toks) and toks[i + 1].kind == NUMBER:
        return None
    return None


def _code(toks: list[Token], i: int) -> tuple[int, str, bool] | None:
    low = toks[i].low
    if low[0] in "qhtw" and low[1:].isdigit() and 0 < int(low[1:]) <= (53 if low[0] == "w" else 4):
        if low[0] in "tw" and _low(toks, i - 1) not in _DUE | {"in", "of", "end"}:
            return None
        last, value = i, low.upper()
        after = i + 1
        if _low(toks, after) in ("/", "-", ",", "of", "'"):
            after += 1
        year = _year(toks, after)
        if year is None and _low(toks, after) == "fy":
            year = None
        if year:
            last, value = after, f"{value} {year}"
        return last, value, False
    if low.startswith("fy") and low[2:].isdigit():
        return i, low.upper(), False
    if low.startswith("mid-") and low[4:].isdigit():
        return i, low[4:], False
    if low[:-2].isdigit() and low[-2:] in ("st", "nd", "rd", "th"):
        after = i + 1 + (_low(toks, i + 1) == "of")
        month = MONTHS.get(_low(toks, after))
        if month:
            year = _year(toks, after + 1)
            return after + bool(year), _day(int(low[:-2]), month, year), False
    return None


def _day(day: int, month: int, year: str | None) -> str:
    if year and year.isdigit():
        try:
            return date(int(year), month, day).isoformat()
        except ValueError:
            return f"{year}-{month:02d}"
    return f"--{month:02d}-{day:02d}"


def _number(toks: list[Token], i: int) -> tuple[int, str, bool] | None:
    text = toks[i].text
    month = MONTHS.get(_low(toks, i + 1).rstrip("."))
    if month and text.isdigit() and 1 <= int(text) <= 31 and toks[i + 1].low != "may-be":
        after = i + 2
        if _low(toks, after) in (".", ","):
            after += 1
        year = _year(toks, after)
        return (after if year else i + 1), _day(int(text), month, year), False
    before = _low(toks, i - 1)
    if _year(toks, i) and text.isdigit() and 1990 <= int(text) <= 2100:
        if before in _DUE | {"in", "during", "of", "end", "year", "fy", "mid", "late", "early"}:
            last, value = i, text
            # 2026/27
            if _low(toks, i + 1) in ("/", "-") and i + 2 < len(toks):
                tail = toks[i + 2]
                if tail.kind == NUMBER and len(tail.text) == 2:
                    last, value = i + 2, f"{text}/{tail.text}"
            return last, value, False
        return None
    return _stretch(toks, i, text if text.isdigit() else None)


def _stretch(toks: list[Token], i: int, count: str | None) -> tuple[int, str, bool] | None:
    """A stretch of time: "within six weeks", "in the next 90 days", "over 12 months"."""
    unit = _low(toks, i + 1).rstrip("s")
    if count is None or unit not in _SPAN_UNITS or unit == "hour":
        return None
    lead = [_low(toks, i - k) for k in (1, 2, 3)]
    if "next" in lead[:2] or "coming" in lead[:2] or "following" in lead[:2]:
        return i + 1, f"within {count} {_SPAN_UNITS[unit]}", True
    # "within 5 days" of an order is a service standard, unless the sentence ends there or the
    # stretch is long; "within six weeks" is a deadline.
    if lead[0] in ("within", "inside") or (lead[0] in ("the", "first") and "within" in lead):
        ends = i + 2 >= len(toks) or _low(toks, i + 2) in (".", ",", ";", ")", "!")
        if unit in ("week", "month", "quarter", "year", "sprint") and (ends or i < 4):
            return i + 1, f"within {count} {_SPAN_UNITS[unit]}", True
        if unit == "day" and int(count) >= 20 and ends:
            return i + 1, f"within {count} D", True
    return None


def _word(toks: list[Token], i: int) -> tuple[int, str, bool] | None:
    low = toks[i].low
    before = _low(toks, i - 1)
    if low in MONTHS:
        return _month(toks, i)
    if low in _FEASTS:
        if before in _DUE | {"end", "this", "next", "in", "at"} or low in (
            "eoy",
            "eoq",
            "year-end",
        ):
            if low in ("summer", "autumn", "spring", "winter") and before not in _DUE | {
                "end", "this", "next",
            }:  # fmt: skip
                return None
            last = i + 1 if _year(toks, i + 1) else i
            return last, low, before in _DUE
        return None
    if low in ("this", "next", "current", "coming") and _low(toks, i + 1) in _PERIODS:
        if before in ("per", "in") and low == "current":
            return None
        last = i + 1
        while _low(toks, last + 1) in ("year", "quarter", "half", "term") and last < i + 3:
            last += 1
        return last, f"{low} {' '.join(t.low for t in toks[i + 1 : last + 1])}", False
    if low == "end" and _low(toks, i + 1) in ("of", "-"):
        return _end_of(toks, i)
    if low in ("year", "quarter", "month", "financial", "fiscal", "half") and (
        _low(toks, i + 1) == "end"
        or (low in ("financial", "fiscal") and "end" in _low(toks, i + 2))
    ):
        last = i + 1 if _low(toks, i + 1) == "end" else i + 2
        return last, "end of " + low, before in _DUE
    if low in _ONES:
        return _stretch(toks, i, str(_ONES[low]))
    return None


def _end_of(toks: list[Token], i: int) -> tuple[int, str, bool] | None:
    at = i + 2
    while _low(toks, at) in ("the", "this", "next", "our", "your", "of"):
        at += 1
    low = _low(toks, at)
    if low not in _PERIODS:
        return None  # months, quarters and years are found by themselves, with "end of" as lead
    last = at
    while _low(toks, last + 1) in ("year", "quarter", "half", "term", "cycle") and last < at + 2:
        last += 1
    year = _year(toks, last + 1)
    last += bool(year)
    words = " ".join(t.low for t in toks[i + 2 : last + 1] if t.low not in ("the", "of", "our"))
    return last, f"end of {words}", True


def _month(toks: list[Token], i: int) -> tuple[int, str, bool] | None:
    low, before = toks[i].low, _low(toks, i - 1)
    month = MONTHS[low]
    verbal = low in ("may", "march", "mar") and toks[i].text[0].islower()
    if verbal and before not in _DUE | {"in", "of", "end", "mid", "late", "early"}:
        return None
    if low in ("may", "march") and i == 0:
        return None
    after = i + 1
    if after < len(toks) and toks[after].kind in (NUMBER, CODE):
        text = toks[after].low.rstrip("stndrh")
        year = _year(toks, after)
        if year:
            return after, f"{year}-{month:02d}", False
        if text.isdigit() and 1 <= int(text) <= 31 and len(text) <= 2:
            comma = _low(toks, after + 1) == ","
            year = _year(toks, after + 1 + comma)
            return after + (1 + comma if year else 0), _day(int(text), month, year), False
    return i, f"--{month:02d}", False
