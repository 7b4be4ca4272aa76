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
        \b\d{4}-\d{2}-\d{2}\b
      | \b\d{1,2}[./]\d{1,2}[./](?:\d{4}|\d{2})\b
    )
  | (?P<code>
        \b24[/x]7\b
      | \b[A-Za-z]{1,6}-?\d{1,5}(?:\.\d{1,3}){0,3}(?:[A-Za-z]{1,3})?\b  # Q3, FY26, v2.1, p95, B2B
      | \b\d{1,4}(?:st|nd|rd|th)\b
      | \b[2-6][GD]\b
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
        ->|=>|<=|>=|[→⇒≥≤<>%‰$€£₹¥+\-–—−~≈=:;,.()\[\]/&*"'“”„|?!•·×]
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
        low: in lower case, with typographic apostrophes and hyphens made plain.
    """

    kind: str
    start: int
    end: int
    text: str
    low: str


_PLAIN = str.maketrans({"’": "'", "‑": "-", "–": "-", "—": "-", "−": "-", "⇒": "→"})


def tokens(text: str) -> list[Token]:
    """The tokens of a text, in order; what fits no pattern (emoji, control marks) is left out."""
    found = []
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or MARK
        piece = match.group()
        low = piece.lower().translate(_PLAIN)
        if low in ("->", "=>"):
            low = "→"
        elif low == "<=":
            low = "≤"
        elif low == ">=":
            low = "≥"
        found.append(Token(kind, match.start(), match.end(), piece, low))
    return found
