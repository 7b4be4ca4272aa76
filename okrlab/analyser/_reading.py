"""A statement read once: tokens, amounts, dates, the main verb. Everything else builds on it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from okrlab.analyser._deadlines import PAST, When, whens
from okrlab.analyser._lexicon import COMPLETED, DOWN_NOUNS, MEASURE_NOUNS, UP_NOUNS, verb
from okrlab.analyser._quantities import COUNTED, CURRENCIES, MONEY, PERCENTAGE, Quantity, quantities
from okrlab.analyser._tokens import CODE, MARK, NUMBER, WORD, Token, glued, tokens

_LABELS = {
    "kr", "krs", "o", "obj", "objective", "objectives", "goal", "target", "kpi", "key", "result",
    "milestone", "task", "metric", "okr", "initiative", "outcome", "results", "aim", "output",
    "indicator", "deliverable", "committed", "stretch", "moonshot", "aspirational", "roofshot",
}  # fmt: skip
_NUMBERED_LABELS = {"kr", "o", "okr", "kpi"}
_LIST_MARKS = ("-", "*", "•", "·", ">", "+", "[", "]", "“", '"', "'", "|")
_SUBJECTS = {"we", "i", "our", "the", "all", "every", "each", "to", "please", "let's", "team",
             "you", "they", "us", "and", "also", "will", "should", "must", "shall", "have", "has",
             "be", "is", "are", "want", "need", "aim", "going", "successfully", "further",
             "continuously", "significantly", "continue", "consistently", "actively", "fully",
             "more", "at", "least", "by"}  # fmt: skip
_BLANKS = {"xx", "xxx", "yy", "yyy", "zz", "nn", "tbd", "tba", "tbc", "…"}
_BLANK_LETTERS = {"X", "Y", "Z", "N", "x", "y"}


@dataclass(frozen=True)
class Reading:
    """A statement and what stands in it.

    Attributes:
        text: the statement.
        toks: its tokens, labels such as “KR2:” and list marks left out.
        quantities: the amounts that are not part of a date and do not merely describe.
        whens: dates and periods.
        stretches: the amounts inside "within six weeks", which may be a standard instead of a date.
        blanks: what stands where a number is still to be put: "from X to Y", "xx %".
    """

    text: str
    toks: list[Token]
    quantities: list[Quantity]
    whens: list[When]
    stretches: list[Quantity] = field(default_factory=list)
    blanks: list[Quantity] = field(default_factory=list)

    @classmethod
    def of(cls, text: str) -> Reading:
        """Read a text."""
        toks = _without_label(tokens(text))
        dates = whens(toks)
        covered = {i: w.stretch for w in dates for i in range(w.first, w.last + 1)}
        amounts, stretches = [], []
        for q in quantities(toks):
            if q.attributive:
                continue
            if q.first not in covered and q.last not in covered:
                amounts.append(q)
            elif covered.get(q.first, False):
                stretches.append(q)
        return cls(text, toks, amounts, dates, stretches, _blanks(toks))

    def low(self, i: int) -> str:
        """The token at `i` in lower case, "" outside."""
        return self.toks[i].low if 0 <= i < len(self.toks) else ""

    @cached_property
    def words(self) -> list[str]:
        """All words in lower case."""
        return [t.low for t in self.toks if t.kind in (WORD, CODE)]

    @cached_property
    def head(self) -> int:
        """Index of the main verb when the statement opens with one (a few particles may precede).

        -1 when it opens with a noun.
        """
        toks = self.toks
        for i, tok in enumerate(toks[:6]):
            if tok.kind != WORD:
                if tok.kind == NUMBER or tok.low not in ("'", '"', "“", "„", "*", "(", "/"):
                    return -1
                continue
            base = verb(tok.low)
            skip = tok.low in _SUBJECTS or tok.low.endswith("ly")
            if base and not skip and self._is_verb(i, base):
                return i
            if skip and (tok.low not in ("the", "our", "all", "every", "each", "team")):
                continue
            return -1
        return -1

    def _is_verb(self, i: int, base: str) -> bool:
        """Whether a word that can be a verb is one here."""
        low, after = self.low(i), self.low(i + 1)
        if i and self.low(i - 1) in ("the", "our", "a", "an", "of", "per", "every", "each"):
            return False
        if after == ":":
            return False
        if after in ("of", "per", "/", "=", "≥", "≤", "<", ">", "is", "are", "was", "→", "-"):
            # "Cost per lead", "Lead time", "Share of …" open with nouns.
            if low in MEASURE_NOUNS or base in ("share", "score", "cost", "reach", "lead"):
                return False
            if after in ("of", "per", "=", "≥", "≤") and low == base:
                return False
        if low in MEASURE_NOUNS and low != base and low.endswith("s"):
            return False  # "Falls per 1,000 bed days", "Sales to new customers"
        nouns = after in MEASURE_NOUNS or base in ("lead", "cost", "score")
        return not (low in MEASURE_NOUNS and nouns)

    @cached_property
    def when_ending(self) -> dict[int, When]:
        """Dates by their last token."""
        return {w.last: w for w in self.whens}

    @cached_property
    def when_starting(self) -> dict[int, When]:
        """Dates by their first token."""
        return {w.first: w for w in self.whens}

    @cached_property
    def change_noun(self) -> int:
        """Index of the first noun such as “reduction” or “increase”, or -1."""
        nouns = UP_NOUNS | DOWN_NOUNS
        return next((i for i, tok in enumerate(self.toks) if tok.low in nouns), -1)

    @cached_property
    def first_label(self) -> str:
        """The earliest of the dates that only label a value: the 2025 of "2025: 14, 2027: 40"."""
        return min((w.value for w in self.whens if w.strength == PAST), default="")

    @property
    def head_base(self) -> str:
        """The main verb's base form, "" when the statement opens with a noun."""
        return (verb(self.low(self.head)) or "") if self.head >= 0 else ""

    @cached_property
    def completed(self) -> int:
        """Index of a closing participle ("migration completed", "live in Spain"), or -1."""
        if self.head >= 0 and not self.low(self.head).endswith("ed"):
            return -1
        for i, tok in enumerate(self.toks):
            if i and tok.low in COMPLETED:
                return i
        return -1

    def between(self, first: int, last: int) -> str:
        """The text from token `first` to token `last`."""
        return self.text[self.toks[first].start : self.toks[last].end]


def _blanks(toks: list[Token]) -> list[Quantity]:
    """Where a number is still to be put: "from X to Y", "to xx %", "TBD %"."""
    found: list[Quantity] = []
    for i, tok in enumerate(toks):
        if tok.kind not in (WORD, MARK):
            continue
        before = toks[i - 1].low if i else ""
        after = toks[i + 1].low if i + 1 < len(toks) else ""
        led = before in ("from", "to", "→", ":", "-", "at", "reach") or before in CURRENCIES
        letter = tok.text in _BLANK_LETTERS and led
        blank = tok.low in _BLANKS and (led or after in ("%", "percent", "pp", "to", "→"))
        if not (letter or blank):
            continue
        if before == "by" or (before == "to" and after in ("be", "and")):
            continue
        percent, money = after in ("%", "percent"), before in CURRENCIES
        first = i - 1 if money else i
        last = i + 1 if percent or after in ("k", "m", "bn", "million") else i
        kind = PERCENTAGE if percent else MONEY if money else COUNTED
        unit = "%" if percent else CURRENCIES.get(before, "")
        found.append(
            Quantity(toks[first].start, toks[last].end, float("nan"), kind, unit, first, last)
        )
    return found


def _without_label(toks: list[Token]) -> list[Token]:
    """Leave out list marks and labels at the start: "- ", "2.", "KR1:", "Objective 3 –"."""
    i = 0
    while i < len(toks) and toks[i].low in _LIST_MARKS:
        signed = toks[i].low in ("-", "+", ">") and i + 1 < len(toks)
        if signed and toks[i + 1].kind == NUMBER and (
            toks[i].low == ">" or glued(toks[i], toks[i + 1])
        ):  # fmt: skip
            break  # "-20 % energy", "> 50 NPS"
        i += 1
    if (
        i + 1 < len(toks)
        and toks[i].kind == NUMBER
        and len(toks[i].text) <= 4
        and toks[i + 1].low in (".", ")", ":")
        and glued(toks[i], toks[i + 1])
    ):
        i += 2
    return toks[_label_end(toks, i) :]


def _label_end(toks: list[Token], i: int) -> int:
    """The index after a label that starts at `i`; `i` itself when there is none."""
    for at in range(i, min(i + 4, len(toks))):
        if toks[at].low in (":", "-", "→", "|") and at > i:
            labels = [t.low.rstrip("0123456789.") for t in toks[i:at] if t.kind in (WORD, CODE)]
            if labels and all(label in _LABELS for label in labels):
                return at + 1
            break
    if i >= len(toks) or toks[i].kind not in (CODE, WORD):
        return i
    name = toks[i].low.rstrip("0123456789.")
    if name not in _NUMBERED_LABELS:
        return i
    if toks[i].kind == CODE:  # "KR2 Raise …"
        i += 1
    elif _numbers_label(toks, i):
        i += 2  # "KR 2.1 Raise …"
    else:
        return i
    while i < len(toks) and toks[i].low in (":", "-", ".", ")"):
        i += 1
    return i


def _numbers_label(toks: list[Token], i: int) -> bool:
    """Whether the number after “KR” numbers it; “kr 3.4M” is money."""
    if i + 2 >= len(toks) or toks[i + 1].kind != NUMBER or len(toks[i + 1].text) > 3:
        return False
    amount = toks[i + 2].low in ("%", "k", "m", "mn", "bn", "million", "to", "→", "per")
    return toks[i].text[0].isupper() and not amount
