"""When something is due: Q3, H1, by end of June, 30/09/2026, within six weeks, before the launch.

A date or period is read forward from the word that leads to it ("by", "in", "before the end of")
or, without such a word, from its own first word. Besides what a calendar has, an event can be a
date: "before the audit", "by the time the school year starts".
"""

from __future__ import annotations

from dataclasses import dataclass

from okrlab.analyser._calendar import EDGES, MONTHS, PERIODS, SEASONS, SPAN_UNITS, calendar
from okrlab.analyser._numerals import ONES
from okrlab.analyser._tokens import CODE, DATE, MARK, NUMBER, WORD, Token

DUE, LOOSE, BARE, PAST = 3, 2, 1, 0
"""How much a date looks like a deadline: after "by", after "in" or "on", by itself, not at all."""


@dataclass(frozen=True, slots=True)
class When:
    """A date or period in the text.

    Attributes:
        start: index of its first character (a leading “by” included).
        end: index after its last.
        first: index of its first token.
        last: index of its last token.
        value: normalised: "2026-09-30", "2026-09", "Q3 2026", "H1", "2026", "within 6 W",
            "this quarter", "end of June"; of an event, its words.
        strength: `DUE`, `LOOSE`, `BARE` or `PAST`.
        stretch: whether it is a stretch of time ("within six weeks").
    """

    start: int
    end: int
    first: int
    last: int
    value: str
    strength: int
    stretch: bool = False

    @property
    def due(self) -> bool:
        """Whether a word such as “by” makes it a deadline."""
        return self.strength == DUE


_LEADS: dict[tuple[str, ...], int] = {
    ("on", "or", "before"): DUE, ("by", "or", "before"): DUE, ("with",): PAST,
    ("b4",): DUE,
    ("by",): DUE, ("until",): DUE, ("untill",): DUE, ("till",): DUE, ("til",): DUE,
    ("before",): DUE, ("no", "later", "than"): DUE, ("not", "later", "than"): DUE,
    ("at", "the", "latest", "by"): DUE, ("latest", "by"): DUE, ("by", "latest"): DUE,
    ("prior", "to"): DUE, ("ahead", "of"): DUE, ("in", "time", "for"): DUE, ("up", "to"): DUE,
    ("due", "by"): DUE, ("due", "on"): DUE, ("due", "in"): DUE, ("due",): DUE,
    ("effective",): LOOSE, ("as", "of"): LOOSE, ("as", "from"): LOOSE, ("in",): LOOSE,
    ("on",): LOOSE, ("from",): LOOSE, ("for",): LOOSE, ("at",): LOOSE, ("during",): LOOSE,
    ("over",): LOOSE, ("within",): DUE, ("inside",): LOOSE, ("throughout",): LOOSE,
    ("through",): LOOSE, ("starting",): LOOSE,
    ("since",): PAST, ("after",): PAST, ("vs",): PAST, ("versus",): PAST, ("than",): PAST,
    ("against",): PAST, ("every",): PAST, ("each",): PAST, ("per",): PAST, ("last",): PAST,
    ("compared", "to"): PAST, ("compared", "with"): PAST, ("previous",): PAST,
}  # fmt: skip
_FIRST_WORDS = {words[0] for words in _LEADS}
_ARTICLES = {"the", "our", "your", "their", "a", "its"}
_BREAKS = {",", ";", ".", "(", ")", ":", "→", "!", "?", "[", "]", "|", "/", "=", '"', "“", "”"}
_CLAUSE_ENDS = {"so", "to", "from", "while", "with", "without", "and", "or", "but", "via", "by",
                "at",
                "than", "for", "as", "because", "before", "until", "till", "after", "during",
                "since", "once", "when", "using", "through", "under", "over",
                "below", "above", "reach", "is", "are"}  # fmt: skip
_EVENTS = {
    "end", "start", "close", "beginning", "launch", "release", "audit", "deadline", "conference",
    "season", "holiday", "holidays", "harvest", "planting", "kick-off", "kickoff", "go-live",
    "opening", "election",
    "elections", "meeting", "term", "frost", "snow", "semester", "inspection", "anniversary",
    "jubilee", "day", "morning", "noon", "midnight", "endline", "midline", "mid-term",
    "midterm", "half-term", "summit", "fair", "renewal", "review", "demo", "ipo", "closing", "agm",
    "offsite", "peak", "rains", "monsoon", "winter", "summer", "spring", "autumn", "payday",
    "session", "recess", "appeal", "gala", "festival", "eve", "year-end", "quarter-end",
    "month-end", "halfway", "sprint", "retreat", "break", "ramp-up", "freeze", "cut-off", "cutoff",
    "show", "expo", "exams", "graduation", "handover", "milestone",
}  # fmt: skip
"""Nouns that make "by …" a date. After “before” and “until” anything can be an event."""
_BEFORE_WHAT = {"day", "days", "night", "week", "weeks", "month", "months", "hours", "hour",
                "minutes", "morning", "evening", "year", "years", "h", "min", "shortly", "just",
                "long", "well", "than", "as", "ever", "never"}  # fmt: skip


def whens(toks: list[Token]) -> list[When]:
    """Every date or period in the text that could be a deadline, in order."""
    found: list[When] = []
    i = 0
    while i < len(toks):
        hit = _led(toks, i) if toks[i].low in _FIRST_WORDS else None
        hit = hit or _bare(toks, i)
        if hit is None:
            i += 1
            continue
        found.append(hit)
        i = hit.last + 1
    return found


def _low(toks: list[Token], i: int) -> str:
    return toks[i].low if 0 <= i < len(toks) else ""


def _when(
    toks: list[Token], first: int, last: int, value: str, strength: int, stretch: bool = False
) -> When:
    # "30 Sept. at the latest": the dot of an abbreviation, not of a sentence.
    short = ("sept", "sep", "oct", "nov", "dec", "jan", "feb", "aug")
    if toks[last].low in short and _low(toks, last + 1) == "." and last + 2 < len(toks):
        last += 1
    return When(toks[first].start, toks[last].end, first, last, value, strength, stretch)


def _led(toks: list[Token], i: int) -> When | None:
    """A date after a word that leads to it."""
    words, strength = _lead(toks, i)
    if not words:
        return None
    at = i + len(words)
    if at >= len(toks):
        return None
    stretch = _stretch(toks, at, words[-1])
    if stretch is not None:
        last, value, due = stretch
        return _when(toks, i, last, value, DUE if due else LOOSE, stretch=True)
    hit = _phrase(toks, at, words[-1])
    if hit is not None:
        last, value = hit
        longer = _with_noun(toks, at, last)
        if longer > last and strength != DUE:
            # "from the summer appeal", "for the May starters": the date only describes; but
            # "with the October audit", "in the spring session" are events.
            event = words[0] == "during" or (
                words[0] not in ("from", "for") and toks[longer].low in _EVENTS | PERIODS
            )
            strength = LOOSE if event else PAST
        return _when(toks, i, longer if strength != PAST else last, value, strength)
    if words == ("at",):
        return _gathering(toks, i)
    if strength == DUE and words[-1] != "in":
        until = _event(toks, i, at, words)
        if until is not None:
            value = " ".join(t.low for t in toks[at : until + 1])
            return _when(toks, i, until, value, DUE)
    return None


def _gathering(toks: list[Token], i: int) -> When | None:
    """Such as "at the AGM", "at the March governors' meeting"."""
    if _low(toks, i + 1) not in ("the", "our"):
        return None
    for last in range(i + 2, min(i + 7, len(toks))):
        if toks[last].low in ("agm", "meeting", "conference", "fair", "summit", "gala", "expo"):
            return _when(toks, i, last, " ".join(t.low for t in toks[i + 2 : last + 1]), LOOSE)
        if toks[last].kind != WORD and toks[last].low != "'":
            return None
    return None


def _lead(toks: list[Token], i: int) -> tuple[tuple[str, ...], int]:
    for length in (4, 3, 2, 1):
        words = tuple(t.low for t in toks[i : i + length])
        if len(words) == length and words in _LEADS:
            return words, _LEADS[words]
    return (), PAST


def _bare(toks: list[Token], i: int) -> When | None:
    """A date that stands by itself: "Q3 FY26", ", 15 March", "this quarter", "end of Q4"."""
    tok, before = toks[i], _low(toks, i - 1)
    if tok.kind == WORD and tok.low in _NOT_BARE:
        return None
    if tok.kind in (NUMBER, DATE, CODE, WORD) or tok.low == "'":
        hit = _phrase(toks, i, "")
        if hit is None:
            return None
        last, value = hit
        if before in ("of", "the", "our") and tok.low not in EDGES:
            return _when(toks, i, last, value, PAST)
        return _when(toks, i, last, value, PAST if _starts_label(toks, i, last) else BARE)
    return None


_NOT_BARE = {
    "may",
    "march",
    "mar",
    "sat",
    "sun",
    "second",
    "day",
    "week",
    "year",
    "season",
    "today",
}


def _starts_label(toks: list[Token], i: int, last: int) -> bool:
    """Whether the date only labels a value: "(2024: 2.9bn)", "Q2: 22 %"."""
    after = _low(toks, last + 1)
    number = last + 2 < len(toks) and (toks[last + 2].kind == NUMBER or toks[last + 2].low in "$€£")
    return after == ":" and i > 0 and number


def _phrase(toks: list[Token], at: int, lead: str) -> tuple[int, str] | None:
    """A date with what stands around it: "the end of Q3 FY26", "early May".

    Gives the last token and the normalised value.
    """
    edge, i = "", at
    for _ in range(8):
        low = _low(toks, i)
        if low in _ARTICLES and lead and not (low == "a" and lead == "for"):
            i += 1
        elif low in EDGES and (low not in ("second", "first", "third", "last") or lead):
            if low == "last" and _low(toks, i + 1) not in ("week", "day", "month", "quarter"):
                return None
            edge = low if low in ("end", "start", "close", "beginning", "mid", "early", "late",
                                  "middle") else edge or low  # fmt: skip
            i += 1
        elif (
            (low in ("of", "in", "on") and edge and i > at)
            or (
                low in ("week", "day", "half", "quarter", "third", "month", "business", "play")
                and (
                    edge in ("second", "first", "third", "last", "latter", "fourth", "close", "end")
                    and _low(toks, i + 1) in ("of", "on", "in")
                )
            )
            or (low == "-" and edge in ("mid", "early", "late", "end"))
        ):
            i += 1
        else:
            break
    prefix = "end of " if edge in ("end", "close") else "start of " if edge in (
        "start", "beginning") else ""  # fmt: skip
    hit = calendar(toks, i, lead, bool(edge))
    if hit is not None:
        last, value = hit
        return last, prefix + value
    if (
        edge in ("first", "second", "last")
        and _low(toks, i) in PERIODS - {"day", "project"}
        and lead
    ):
        return None if _low(toks, i + 1) == "of" else (i, f"{edge} {_low(toks, i)}")
    if edge in ("end", "start", "close", "beginning", "middle", "mid", "half"):
        return _period(toks, i, prefix or edge + " of ")
    if lead in ("in", "during", "over", "within", "throughout", "for") and _low(toks, i - 1) in (
        "the", "our"
    ):  # fmt: skip
        return _long_period(toks, i)
    return _great_day(toks, i) if lead in ("on", "by", "before", "until") else None


_LONG = {"year", "period", "season", "term", "semester", "cycle", "phase", "quarter"}


def _long_period(toks: list[Token], i: int) -> tuple[int, str] | None:
    """Such as "over the programme period", "in the anniversary year"."""
    for last in range(i, min(i + 3, len(toks))):
        if toks[last].kind != WORD or toks[last].low in _CLAUSE_ENDS | {"of"}:
            return None
        if toks[last].low in _LONG:
            if _low(toks, last + 1) == "of" or toks[i].low in ("same", "last", "previous", "past"):
                return None
            return last, " ".join(t.low for t in toks[i : last + 1])
    return None


def _great_day(toks: list[Token], i: int) -> tuple[int, str] | None:
    """Such as "on International Museum Day"."""
    for last in range(i, min(i + 4, len(toks))):
        if toks[last].kind != WORD or not toks[last].text[:1].isupper():
            return None
        if toks[last].low in ("day", "week", "eve") and last > i:
            return last, " ".join(t.low for t in toks[i : last + 1])
    return None


def _period(toks: list[Token], i: int, prefix: str) -> tuple[int, str] | None:
    """Such as "the end of" … "the grant", "inception phase", "the plant year", "the season"."""
    if i and _low(toks, i - 1) not in ("of", "the", "our", "this", "next", "-", "its", "their"):
        return None
    for last in range(i, min(i + 4, len(toks))):
        low = toks[last].low
        if toks[last].kind != WORD or low in _CLAUSE_ENDS:
            return None
        if low in PERIODS or low in _EVENTS:
            while last + 1 < len(toks) and last < i + 3 and _low(toks, last + 1) in PERIODS:
                last += 1  # noqa: PLW2901
            return last, prefix + " ".join(t.low for t in toks[i : last + 1])
    return None


def _with_noun(toks: list[Token], at: int, last: int) -> int:
    """Take in the noun that a date describes: "before the August shutdown", "the 2027 season"."""
    after = _low(toks, last + 1)
    season = toks[last].low in SEASONS
    if after and (season or toks[last].low in MONTHS) and after in PERIODS | _EVENTS:
        return last + 1
    if season and _low(toks, at - 1) in ("before", "until", "till") and toks[last + 1 :] and (
        toks[last + 1].kind == WORD and _plain_noun(after)
    ):  # fmt: skip
        return last + 1
    if _low(toks, at) != "the" or toks[last].kind == DATE or _low(toks, at + 1) in EDGES:
        return last
    for nxt in range(last + 1, min(last + 4, len(toks))):
        if toks[nxt].kind != WORD or not _plain_noun(toks[nxt].low):
            return nxt - 1
    return min(last + 3, len(toks) - 1)


def _plain_noun(low: str) -> bool:
    return low not in _CLAUSE_ENDS and low not in _VERBISH and not low.endswith("ly")


_VERBISH = {"in", "on", "of", "all", "every", "each", "the", "our", "no", "at", "least", "has",
            "have", "will", "must", "should", "per", "reach", "increase", "reduce", "after",
            "before",
            "when", "who", "that", "which", "it", "they", "if", "up", "down", "only", "not",
            "more", "less", "between", "across", "within"}  # fmt: skip


def _stretch(toks: list[Token], at: int, lead: str) -> tuple[int, str, bool] | None:
    """A stretch of time: "within six weeks", "in the next 90 days", "over two years".

    Gives the last token, the value, and whether it is surely a deadline.
    """
    if lead not in ("within", "in", "over", "inside", "during", "for", "by"):
        return None
    i, ahead = at, False
    while _low(toks, i) in ("the", "next", "coming", "following", "first", "our", "these") and (
        i < at + 3
    ):
        ahead = ahead or _low(toks, i) in ("next", "coming", "following")
        i += 1
    count = _count(toks, i)
    unit_at = i + 1
    if count is None:
        return None
    while _low(toks, unit_at) in ("calendar", "working", "full", "business"):
        unit_at += 1
    unit = _low(toks, unit_at).removesuffix("s")
    if unit not in SPAN_UNITS:
        return None
    after = _low(toks, unit_at + 1)
    ends = after in ("", ".", ",", ";", ")", "!", "(", "-") or after in ("to", "we", "by")
    value = f"within {count} {SPAN_UNITS[unit]}"
    if ahead:
        return unit_at, value, True
    if lead in ("for", "by", "inside") or unit in ("hour", "minute"):
        return None
    # "within 5 days" of an order is a service standard; "within six weeks" is a deadline.
    if unit == "day" and count < 20:
        return None
    if lead == "over":
        return (unit_at, value, True) if ends and unit != "day" else None
    if after in ("of", "after", "from", "on", "for", "per", "before") and unit != "season":
        return None
    if ends or (at < 4 and lead == "within"):
        return unit_at, value, True
    return None


def _count(toks: list[Token], i: int) -> int | None:
    if i >= len(toks):
        return None
    tok = toks[i]
    if tok.kind == NUMBER and tok.text.isdecimal() and len(tok.text) <= 4:
        return int(tok.text)
    if tok.low == "a" and _low(toks, i + 1) in ("year", "month", "quarter", "week"):
        return 1
    return ONES.get(tok.low)


def _event(toks: list[Token], i: int, at: int, words: tuple[str, ...]) -> int | None:
    """The last token of an event that serves as a date, from the token after “by” or “before”."""
    if words[-1] in ("due", "within") or words == ("up", "to") or toks[at].kind not in (WORD, CODE):
        return None
    if _low(toks, at) in ONES or _low(toks, at) in ("schedule", "plan", "time", "budget", "target"):
        return None
    counted = i and (toks[i - 1].kind == NUMBER or _low(toks, i - 1) in _BEFORE_WHAT | ONES.keys())
    if counted and words[-1] != "by":
        return None
    if words[0] == "by" and _low(toks, at) in (
        "hand",
        "far",
        "ourselves",
        "itself",
        "mail",
        "email",
    ):
        return None
    last = _clause_end(toks, at)
    if last is None:
        return None
    names = {t.low for t in toks[at : last + 1]}
    if words[-1] == "by":
        by_time = _low(toks, at) == "the" and _low(toks, at + 1) == "time"
        if not by_time and not (_EVENTS & names and _low(toks, at) not in ("means", "a", "each")):
            return None
        if not by_time and _low(toks, at).endswith("ing") and _low(toks, at) not in _EVENTS:
            return None  # "by opening a shop"
        if (
            not by_time
            and toks[last].low not in _EVENTS | {"time", "day", "season"}
            and not _of_event(toks, at, last)
        ):
            return None
    elif names <= _ARTICLES or _low(toks, at) in ("it", "they", "now", "that", "this", "we", "and"):
        return None
    return last


def _of_event(toks: list[Token], at: int, last: int) -> bool:
    """Such as "the end of the grant", "the close of our books": the event stands before an “of”."""
    for k in range(at, last):
        if toks[k].low in _EVENTS and _low(toks, k + 1) in ("of", "in", "for", "on", "with"):
            return True
    return False


def _clause_end(toks: list[Token], at: int) -> int | None:
    """The last token of a short clause or noun phrase that starts at `at`."""
    last = None
    for k in range(at, min(at + 12, len(toks))):
        tok = toks[k]
        if tok.low in _BREAKS or tok.kind == NUMBER:
            break
        if tok.kind == MARK and tok.low not in ("'", "&", "-"):
            break
        if tok.low == "-" and k and tok.start > toks[k - 1].end:
            break
        if k > at and tok.low in _CLAUSE_ENDS:
            break
        last = k
    while last is not None and last >= at and toks[last].low in ("in", "on", "of", "the", "our",
                                                                 "-",
                                                                 "a", "is"):  # fmt: skip
        last -= 1
    return last if last is not None and last >= at else None
