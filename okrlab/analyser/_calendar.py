"""What a calendar has: days, months, quarters, years, seasons, feasts, and "this quarter"."""

from __future__ import annotations

from datetime import date

from okrlab.analyser._numerals import ONES
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
PERIODS = {
    "day", "week", "month", "quarter", "year", "half", "half-year", "trimester", "term", "semester",
    "season", "cycle", "period", "fiscal", "financial", "calendar", "school", "academic", "sprint",
    "fy", "summer", "winter", "spring", "autumn", "fall", "decade", "century", "phase", "project",
    "grant", "programme", "program", "pilot", "trial", "campaign", "yr", "qtr", "holidays", "break",
}  # fmt: skip
_NAMED = {
    "christmas", "xmas", "easter", "ramadan", "diwali", "thanksgiving", "midsummer", "eid",
    "hanukkah", "pentecost", "halloween", "advent", "carnival", "lent", "new-year", "black-friday",
    "eoy", "eoq", "eom", "eow", "eod", "cob", "year-end", "yearend", "quarter-end", "month-end",
    "mid-year", "midyear", "mid-term", "half-term", "tbd", "tba", "tbc", "tomorrow", "tonight",
    "noon", "midnight", "endline", "midline", "go-live", "mid-summer", "mid-winter",
}  # fmt: skip
_SURE = {"eoy", "eoq", "eom", "year-end", "yearend", "mid-year", "midyear"}
"""Of these the ones that are dates without a word that leads to them."""
SEASONS = {"summer", "winter", "spring", "autumn", "fall"}
_WEEKDAYS = {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}
EDGES = {"end", "start", "close", "beginning", "middle", "mid", "early", "late", "first", "second",
         "third", "fourth", "latter", "last", "half", "begin"}  # fmt: skip
SPAN_UNITS = {"day": "D", "week": "W", "month": "M", "quarter": "Q", "year": "Y", "fortnight": "F",
              "hour": "H", "minute": "MIN", "sprint": "S", "season": "SEASON", "term": "TERM",
              "cycle": "CYCLE", "yr": "Y"}  # fmt: skip
_YEAR_LEADS = {"by", "in", "until", "untill", "till", "before", "during", "for", "from",
               "through", "to",
               "on", "than", "since", "vs", "versus", "against", "after", "of", "within",
               "throughout", "over", "at"}  # fmt: skip

Hit = tuple[int, str]
"""Last token and normalised value."""


def calendar(toks: list[Token], i: int, lead: str, edged: bool) -> Hit | None:
    """A date or period that starts at token `i`.

    Args:
        toks: all tokens.
        i: where it should start.
        lead: the word before it, such as "by"; "" when there is none.
        edged: whether "end of", "early" or the like stands before it.
    """
    if i >= len(toks):
        return None
    tok = toks[i]
    led = bool(lead) or edged
    if tok.kind == DATE:
        return i, iso(tok.text)
    if tok.kind == CODE:
        return _code(toks, i, led)
    if tok.kind == NUMBER:
        return _number(toks, i, lead, edged)
    if tok.kind == WORD:
        return _word(toks, i, lead, edged)
    if tok.low == "'" and led and i + 1 < len(toks) and len(toks[i + 1].text) == 2:
        return (i + 1, "20" + toks[i + 1].text) if toks[i + 1].kind == NUMBER else None
    return None


def _low(toks: list[Token], i: int) -> str:
    return toks[i].low if 0 <= i < len(toks) else ""


def iso(text: str) -> str:
    """A date as 2026-09-30, whichever way it was written; day before month where both fit."""
    if text[4:5] in ("-", "/"):
        year, month, day = (int(p) for p in text.replace("/", "-").split("-"))
    else:
        numbers = [int(p) for p in text.replace(".", "/").split("/") if p]
        if len(numbers) == 2:
            return f"--{numbers[1]:02d}-{numbers[0]:02d}"
        day, month, year = numbers
        year += 2000 if year < 100 else 0
        if month > 12:  # written the American way
            day, month = month, day
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return text


def _year(toks: list[Token], i: int) -> tuple[int, str] | None:
    """A year at token `i`: 2026, 2026/27, '26, FY26, FY 26, FY26/27."""
    if i >= len(toks):
        return None
    tok = toks[i]
    if tok.kind == NUMBER and _is_year(tok.text):
        return _season_year(toks, i, tok.text)
    if tok.kind == CODE and tok.low[:2] == "fy" and tok.low[2:].isdecimal():
        return _season_year(toks, i, tok.text.upper())
    if tok.low == "fy" and i + 1 < len(toks) and toks[i + 1].kind == NUMBER:
        number = toks[i + 1].text
        if number.isdecimal() and len(number) in (2, 4):
            return _season_year(toks, i + 1, f"FY{number}")
    if tok.low in ("'", "’") and i + 1 < len(toks) and toks[i + 1].kind == NUMBER:
        return (i + 1, "20" + toks[i + 1].text) if len(toks[i + 1].text) == 2 else None
    return None


def _is_year(text: str) -> bool:
    return len(text) == 4 and text.isdecimal() and 1950 <= int(text) <= 2100


def _season_year(toks: list[Token], i: int, value: str) -> tuple[int, str]:
    """Take in the second half of 2026/27."""
    if _low(toks, i + 1) in ("/", "-") and i + 2 < len(toks):
        tail = toks[i + 2]
        if (
            tail.kind == NUMBER
            and len(tail.text) in (2, 4)
            and tail.text.isdecimal()
            and tail.start == toks[i + 1].end
        ):
            return i + 2, f"{value}/{tail.text}"
    return i, value


def _followed(toks: list[Token], last: int, value: str) -> Hit:
    """With the year after it: "Q3 2026", "Q3/26", "H2 FY27", "(Q4) of 2027"."""
    at = last + 1
    if _low(toks, at) in ("/", "-", ",", "of", "in"):
        at += 1
    year = _year(toks, at)
    if year:
        return year[0], f"{value} {year[1]}"
    if at == last + 2 and _low(toks, last + 1) == "/" and at < len(toks):
        short = toks[at]
        if short.kind == NUMBER and len(short.text) == 2 and short.start == toks[at - 1].end:
            return at, f"{value} 20{short.text}"
    return last, value


def _code(toks: list[Token], i: int, led: bool) -> Hit | None:
    low = toks[i].low
    head, rest = low[0], low[1:]
    if head in "qh" and rest[:1] in "1234" and (rest[1:] == "" or rest[1:3] == "fy"):
        return _followed(toks, i, low.upper())
    if (low[-1] in "qh" and len(low) == 2) or (low[1:2] in ("q", "h") and low[2:].isdecimal()):
        value = f"{low[1].upper()}{low[0]}"
        return _followed(toks, i, f"{value} 20{low[2:]}" if len(low) == 4 else value)
    if head in "tw" and rest.isdecimal() and led and 0 < int(rest) <= (53 if head == "w" else 4):
        return _followed(toks, i, low.upper())
    if low[:2] == "fy" and low[2:].isdecimal():
        return _season_year(toks, i, low.upper())
    if "-" in low and low[:-5] in ("mid", "end", "early", "late") and _is_year(low[-4:]):
        return i, f"end of {low[-4:]}" if low[0] == "e" and low[1] == "n" else low[-4:]
    if low[:2] == "cw" and low[2:].isdecimal():
        return i, f"W{low[2:]}"
    if low[:-2].isdecimal() and low[-2:] in ("st", "nd", "rd", "th"):
        after = i + 1 + (_low(toks, i + 1) == "of")
        month = MONTHS.get(_low(toks, after))
        if month and int(low[:-2]) <= 31:
            year = _year(toks, after + 1 + (_low(toks, after + 1) == ","))
            day = _day(int(low[:-2]), month, year[1] if year else None)
            return (year[0] if year else after), day
        if led and _low(toks, i + 1) in ("quarter", "week", "month", "half"):
            return _followed(toks, i + 1, f"{low} {_low(toks, i + 1)}")
    return None


def _day(day: int, month: int, year: str | None) -> str:
    if year and year.isdecimal():
        try:
            return date(int(year), month, day).isoformat()
        except ValueError:
            return f"{year}-{month:02d}"
    return f"--{month:02d}-{day:02d}"


def _number(toks: list[Token], i: int, lead: str, edged: bool) -> Hit | None:
    text = toks[i].text
    if text.isdecimal() and len(text) <= 2 and 1 <= int(text) <= 31:
        at = i + 1 + (_low(toks, i + 1) in (".", "of"))
        month = MONTHS.get(_low(toks, at))
        if month and not (_low(toks, at) in ("may", "mar", "march") and toks[at].text.islower()
                          and not lead):  # fmt: skip
            after = at + 1
            if _low(toks, after) in (".", ","):
                after += 1
            year = _year(toks, after)
            return (year[0] if year else at), _day(int(text), month, year[1] if year else None)
        if lead and _low(toks, i + 1) == "/" and _low(toks, i + 3) in ("season", "year", "term"):
            return i + 3, f"{text}/{_low(toks, i + 2)} {_low(toks, i + 3)}"
        slash = _slash_day(toks, i, lead)
        if slash:
            return slash
    if not _is_year(text):
        return None
    before = _low(toks, i - 1)
    ends = _low(toks, i + 1) in ("", ".", ",", ")", ";", ":", "|")
    if lead in _YEAR_LEADS or edged or (before in ("(", ",", "-", "|") and ends):
        if lead == "to" and not ends:
            return None
        return _season_year(toks, i, text)
    if _low(toks, i + 1) == "/" and _season_year(toks, i, text)[0] > i:
        return _season_year(toks, i, text)
    return None


def _slash_day(toks: list[Token], i: int, lead: str) -> Hit | None:
    """12/15 and 30/09 after “by”, or at the end after a dash."""
    if _low(toks, i + 1) != "/" or i + 2 >= len(toks) or toks[i + 2].kind != NUMBER:
        return None
    second = toks[i + 2].text
    closing = _low(toks, i - 1) == "-" and i + 3 >= len(toks)
    if not (lead or closing) or not second.isdecimal() or len(second) > 2:
        return None
    a, b = int(toks[i].text), int(second)
    day, month = (b, a) if b > 12 else (a, b)
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return i + 2, f"--{month:02d}-{day:02d}"


def _word(toks: list[Token], i: int, lead: str, edged: bool) -> Hit | None:
    low = toks[i].low
    if low in MONTHS:
        return _month(toks, i, lead, edged)
    if low.startswith("mid-") and low[4:] in MONTHS:
        return i, f"--{MONTHS[low[4:]]:02d}"
    if low in _NAMED or low.removesuffix("'s") in _NAMED:
        return _followed(toks, i, low) if lead or edged or low in _SURE else None
    if low in SEASONS:
        last, value = i, low
        if _low(toks, i + 1) in ("term", "semester", "season", "holidays", "half-term"):
            last, value = i + 1, f"{low} {_low(toks, i + 1)}"
        last, value = _followed(toks, last, value)
        return (last, value) if lead or edged or last > i else None
    if low in _WEEKDAYS:
        return _weekday(toks, i) if lead else None
    if low in ("this", "next", "current", "coming", "following"):
        return _relative(toks, i, lead)
    if low in {"ws", "ss"}:  # German terms: WS 27/28
        return _term(toks, i)
    if low in ("year", "quarter", "month", "week", "fy", "yr", "cw", "kw", "wk", "q", "half",
               "financial",
               "fiscal", "tax", "school", "project", "day", "h", "new", "calendar", "plant",
               "academic", "st", "mother's", "father's", "new-year's"):  # fmt: skip
        return _numbered(toks, i, lead, edged)
    return None


def _weekday(toks: list[Token], i: int) -> Hit | None:
    """A weekday, unless it comes again and again: "on Friday afternoons"."""
    after = _low(toks, i + 1)
    if after in ("mornings", "afternoons", "evenings", "nights") or _low(toks, i - 1) in (
        "a",
        "every",
    ):
        return None
    if after == "of" and _low(toks, i + 2) in ("the", "each", "every"):
        return None
    if after in ("wk", "week", "cw", "kw") and i + 2 < len(toks) and toks[i + 2].kind == NUMBER:
        return i + 2, f"{toks[i].low} week {toks[i + 2].text}"
    return i, toks[i].low


def _term(toks: list[Token], i: int) -> Hit | None:
    if i + 1 < len(toks) and toks[i + 1].kind == NUMBER and toks[i + 1].text.isdecimal():
        last, value = _season_year(toks, i + 1, toks[i + 1].text)
        return last, f"{toks[i].text} {value}"
    return None


def _relative(toks: list[Token], i: int, lead: str) -> Hit | None:
    """Such as "this quarter", "in the coming cycle", "next school year"."""
    low = toks[i].low
    if low == "current" and lead == "per":
        return None
    last = i
    for k in range(i + 1, min(i + 4, len(toks))):
        if toks[k].low in PERIODS or toks[k].low in MONTHS or toks[k].low in _WEEKDAYS:
            last = k
        elif toks[k].low not in ("business", "full", "marketing", "growing", "tax", "budget"):
            break
    if last == i:
        return None
    return last, " ".join(t.low for t in toks[i : last + 1])


def _numbered(toks: list[Token], i: int, lead: str, edged: bool) -> Hit | None:
    """Such as "week 40", "project month 24", "year 2", "year end", "Mother's Day"."""
    low, after = toks[i].low, _low(toks, i + 1)
    if low in ("project", "financial", "fiscal", "tax", "school", "calendar", "plant", "academic"):
        if after not in ("month", "year", "quarter", "week", "yr"):
            return None
        inner = _numbered(toks, i + 1, lead, edged)
        return inner or ((i + 1, f"{low} {after}") if edged else None)
    if low in ("mother's", "father's", "new-year's", "st", "new"):
        return _named_day(toks, i, lead)
    if low in ("fy", "q", "h"):
        year = _year(toks, i) if low == "fy" else None
        return year if year and (lead or edged) else None
    if after in ("end", "close") and low in ("year", "quarter", "month", "week", "yr"):
        return i + 1, f"end of {low}"
    if after == "-" and _low(toks, i + 2) == "end":
        return i + 2, f"end of {low}"
    if lead not in ("by", "in", "until", "till", "before", "of", "from", "at", "than", "") and (
        not edged
    ):
        return None
    if (
        i + 1 < len(toks)
        and toks[i + 1].kind == NUMBER
        and (lead or edged or low in ("cw", "kw", "wk"))
    ):
        number = toks[i + 1].text
        if number.isdecimal() and len(number) <= 3 and int(number) <= 120:
            return i + 1, f"{low} {number}"
    if (lead or edged) and after in ONES and low in ("year", "month", "week", "quarter"):
        return i + 1, f"{low} {ONES[after]}"
    return None


def _named_day(toks: list[Token], i: int, lead: str) -> Hit | None:
    """Such as "Mother's Day", "St Andrew's Day", "New Year's Eve"."""
    if not lead:
        return None
    for k in range(i + 1, min(i + 4, len(toks))):
        if toks[k].low in ("day", "eve"):
            return k, " ".join(t.low for t in toks[i : k + 1])
    if toks[i].low == "new" and _low(toks, i + 1) == "year":
        return i + 1, "new year"
    return None


def _month(toks: list[Token], i: int, lead: str, edged: bool) -> Hit | None:
    low, month = toks[i].low, MONTHS[toks[i].low]
    verbal = low in ("may", "march", "mar") and (toks[i].text[0].islower() or i == 0)
    if verbal and not (lead or edged):
        return None
    after = i + 1 + (_low(toks, i + 1) == "." and len(low) <= 4)
    if after < len(toks) and toks[after].kind in (NUMBER, CODE):
        year = _year(toks, after)
        if year:
            return year[0], f"{year[1]}-{month:02d}"
        text = toks[after].low
        text = text[:-2] if text[-2:] in ("st", "nd", "rd", "th") else text
        if text.isdecimal() and len(text) <= 2 and 1 <= int(text) <= 31 and _free(toks, after):
            comma = _low(toks, after + 1) == ","
            year = _year(toks, after + 1 + comma)
            return (year[0] if year else after), _day(int(text), month, year[1] if year else None)
    short = _year(toks, i + 1)
    if short:
        return short[0], f"{short[1]}-{month:02d}"
    return i, f"--{month:02d}"


def _free(toks: list[Token], i: int) -> bool:
    """Whether a number after a month is a day, not an amount: "in May 20 %" has an amount."""
    after = _low(toks, i + 1)
    return after not in ("%", "percent", "k", "m", "€", "$", "£", "per", "days", "hours", "x")
