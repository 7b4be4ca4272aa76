"""A statement read once: tokens, amounts, dates, the main verb. Everything else builds on it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from okrlab.analyser._deadlines import When, whens
from okrlab.analyser._lexicon import COMPLETED, MEASURE_NOUNS, verb
from okrlab.analyser._quantities import Quantity, quantities
from okrlab.analyser._tokens import CODE, NUMBER, WORD, Token, tokens

_LABELS = {
    "kr", "krs", "o", "obj", "objective", "objectives", "goal", "target", "kpi", "key", "result",
    "milestone", "task", "metric", "okr", "initiative", "outcome", "results", "aim",
}  # fmt: skip
_SUBJECTS = {"we", "i", "our", "the", "all", "every", "each", "to", "please", "let's", "team",
             "you", "they", "us", "and", "also", "will", "should", "must", "shall", "have", "has",
             "be", "is", "are", "want", "need", "aim", "going", "successfully", "further",
             "continuously", "significantly", "continue", "consistently", "actively", "fully",
             "more", "at", "least", "by"}  # fmt: skip


@dataclass(frozen=True)
class Reading:
    """A statement and what stands in it.

    Attributes:
        text: the statement.
        toks: its tokens, labels such as “KR2:” and list marks left out.
        quantities: the amounts that are not part of a date and do not merely describe.
        whens: dates and periods.
    """

    text: str
    toks: list[Token]
    quantities: list[Quantity]
    whens: list[When]

    @classmethod
    def of(cls, text: str) -> Reading:
        """Read a text."""
        toks = _without_label(tokens(text))
        dates = whens(toks)
        covered = {i for w in dates for i in range(w.first, w.last + 1)}
        amounts = [
            q for q in quantities(toks) if not q.attributive and not covered & {q.first, q.last}
        ]
        return cls(text, toks, amounts, dates)

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
        if after in ("of", "per", "/", ":", "=", "≥", "≤", "<", ">", "is", "are", "was", "→", "-"):
            # "Cost per lead", "Lead time", "Share of …" open with nouns.
            if low in MEASURE_NOUNS or base in ("share", "score", "cost", "reach", "lead"):
                return False
            if after in ("of", "per", "=", ":", "≥", "≤") and low == base:
                return False
        if low in MEASURE_NOUNS and (after in MEASURE_NOUNS or base in ("lead", "cost", "score")):
            return False
        if low.endswith("ed") and after not in ("the", "a", "our", "all") and i == 0:
            # "Improved onboarding", "Reduced waiting" describe; "Increased X to Y" reports.
            return True
        return True

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


def _without_label(toks: list[Token]) -> list[Token]:
    """Leave out list marks and labels at the start: "- ", "2.", "KR1:", "Objective 3 –"."""
    i = 0
    while i < len(toks) and toks[i].low in ("-", "*", "•", "·", ">", "+", "[", "]", "“", '"', "'"):
        i += 1
    if (
        i + 1 < len(toks)
        and toks[i].kind == NUMBER
        and len(toks[i].text) <= 4
        and toks[i + 1].low in (".", ")", ":")
        and toks[i + 1].start == toks[i].end
    ):
        i += 2
    for at in range(i, min(i + 4, len(toks))):
        low = toks[at].low
        if low in (":", "-", "→") and at > i:
            labels = [t.low.rstrip("0123456789.") for t in toks[i:at] if t.kind in (WORD, CODE)]
            if labels and all(label in _LABELS for label in labels):
                return toks[at + 1 :]
            break
    if i < len(toks) and toks[i].kind == CODE and toks[i].low.rstrip("0123456789.") in (
        "kr", "o", "okr", "kpi",
    ):  # fmt: skip
        i += 1
        while i < len(toks) and toks[i].low in (":", "-", "."):
            i += 1
    return toks[i:]
