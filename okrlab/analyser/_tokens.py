"""Text to tokens, each with its place in the text. One pass, no backtracking to speak of."""

from __future__ import annotations

import re
from dataclasses import dataclass

WORD, NUMBER, DATE, CODE, MARK = "word", "number", "date", "code", "mark"

# Order matters: the first alternative that fits wins. Every repetition is over characters that the
# next part of the pattern cannot start with, or is bounded, so that matching stays linear.
_TOKEN = re.compile(
    r"""
    (?P<date>
        \b\d{4}[-/]\d{1,2}[-/]\d{1,2}\b
      | \b\d{1,2}[./]\d{1,2}[./](?:\d{4}|\d{2})\b
      | \b(?:0[1-9]|[12]\d|3[01])\.(?:0[1-9]|1[0-2])\.(?!\d)             # 01.06.
    )
  | (?P<code>
        \b24[/x]7\b
      | \b[QHqh][1-4]FY\d{2,4}\b
      | \b[1-4][QH](?:\d{4}|\d{2})?\b
      | \b\d{1,3}:\d{1,3}\b                                             # 9:15, 18:1
      | \b[A-Za-z]{1,6}-?\d{1,5}(?:\.\d{1,3}){0,3}(?:[A-Za-z]{1,3})?\b  # Q3, FY26, v2.1, p95, B2B
      | \b\d{1,4}(?:st|nd|rd|th)\b
      | \b\d[GDS]\b                                                     # 4G, 3D, 5S
      | \b\d{1,3}-(?:in|of|for)-\d{1,3}\b
    )
  | (?P<number>
        \d{1,3}(?:[,.'’\u00a0\u202f\u2009 ]\d{3}){1,4}(?!\d)(?:[.,]\d{1,4})?(?!\d)
      | \d{1,15}(?:[.,]\d{1,6})?
      | [½⅓¼¾⅔]
    )
  | (?P<word>
        [^\W\d_]{1,40}(?:['’‑-][^\W\d_]{1,40}){0,5}
    )
  | (?P<mark>
        -{1,3}>|={1,2}>|<=|>=|\.{3}|[→⇒➔➜⟶≥≤<>%‰$€£₹¥+±\-–—−~≈=:;,.…()\[\]/&*"'“”„|?!•·×÷°]
    )
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the text.

    Attributes:
        kind: word, number, date, code or mark.
        start: index of its first character.
        end: index after its last.
        text: as it stands there.
        low: in lower case, with typographic apostrophes, hyphens and arrows made plain.
    """

    kind: str
    start: int
    end: int
    text: str
    low: str


_PLAIN = str.maketrans({"’": "'", "‑": "-", "–": "-", "—": "-", "−": "-"})
_SAME = {"<=": "≤", ">=": "≥", "...": "…"} | dict.fromkeys(
    ("->", "-->", "--->", "=>", "==>", "⇒", "➔", "➜", "⟶"), "→"
)


def tokens(text: str) -> list[Token]:
    """The tokens of a text, in order; what fits no pattern (emoji, control marks) is left out."""
    found = []
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or MARK
        piece = match.group()
        low = piece.lower().translate(_PLAIN)
        if kind == MARK:
            low = _SAME.get(low, low)
        found.append(Token(kind, match.start(), match.end(), piece, low))
    return found


def glued(before: Token, after: Token) -> bool:
    """Whether nothing stands between two tokens."""
    return before.end == after.start
