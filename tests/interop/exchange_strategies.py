"""Any questions that an export may meet, for Hypothesis: hostile texts included."""

from __future__ import annotations

import re

from hypothesis import strategies as st

from okrlab.interop.exchange._text import clean, one_line
from okrlab.interop.exchange.questions import Answer, Pair, Question, Value

NASTY = [
    "~ = # { } : \\ \\n -> %50% ####",
    "::title:: // comment",
    "[html]<b>bold</b> & &amp; &#123; &&058;",
    "</text></question><script>alert(1)</script>",
    "]]> <!-- --> <!DOCTYPE x [<!ENTITY a 'b'>]>",
    "$x^2$ \\(y\\) [link](http://example.com) [sound:a.mp3] {{Front}}",
    '=1+1 | @SUM(A1) -2 \'+3 "quoted", and; \t tab',
    "مؤشر الأداء هو: 12٪ {نتيجة}",
    "\u202eright to left\u202c \u2028 \u0085 \ufeff 指標 🎯",
    "first\n\nsecond\nthird",
    "T",
    "1..5",
    "{GAP} null yes 007",
]


def tidy(text: str) -> str:
    """The text as every format can hold it: no control characters, no end of blanks."""
    return re.sub(r"\n{3,}", "\n\n", clean(text)).strip()


_LETTERS = st.characters(codec="utf-8") | st.sampled_from("~=#{}:\\<>&\"'%[]$\n ")
_ANY = st.sampled_from(NASTY) | st.text(_LETTERS, max_size=24)
TEXTS = _ANY.map(tidy).filter(bool)
MAYBE = _ANY.map(tidy)
LINES = _ANY.map(one_line).filter(bool)
NUMBERS = st.integers(-(10**9), 10**9).map(float) | st.decimals(-1000, 1000, places=3).map(float)
TOLERANCES = st.sampled_from([0.0, 0.005, 0.5, 1.0, 1e-05])
SLUGS = st.from_regex(r"[a-z]{1,6}(-[a-z]{1,6})?", fullmatch=True)
NAMED = st.sampled_from(["", "M01", "M14"])


@st.composite
def questions(draw: st.DrawFn) -> Question:
    """A question of any kind but write, whose text no import can give back."""
    kind = draw(st.sampled_from(["choice", "choices", "match", "number", "order"]))
    fields: dict[str, object] = {}
    if kind in ("choice", "choices"):
        count = draw(st.integers(2, 6))
        if kind == "choice":
            place = draw(st.integers(0, count - 1))
            right = [n == place for n in range(count)]
        else:
            right = [True, *(draw(st.booleans()) for _ in range(count - 1))]
        fields["answers"] = tuple(
            Answer(draw(TEXTS), r, draw(MAYBE), "" if r else draw(NAMED)) for r in right
        )
    elif kind == "match":
        targets = draw(st.lists(LINES, min_size=2, max_size=4, unique=True))
        places = [*targets, *(draw(st.sampled_from(targets)) for _ in range(2))]
        fields["pairs"] = tuple(Pair(draw(TEXTS), place) for place in places)
        fields["targets"] = tuple(targets)
    elif kind == "number":
        tolerance = draw(TOLERANCES)
        values = [Value(draw(NUMBERS), tolerance, True, draw(MAYBE))]
        values += [
            Value(draw(NUMBERS), tolerance, False, draw(MAYBE), draw(NAMED))
            for _ in range(draw(st.integers(0, 3)))
        ]
        fields |= {"values": tuple(values), "otherwise": draw(MAYBE), "unit": draw(MAYBE)}
    else:
        fields["steps"] = tuple(draw(st.lists(TEXTS, min_size=3, max_size=6)))
    return Question(
        id=draw(SLUGS),
        kind=kind,  # type: ignore[arg-type]
        title=draw(LINES),
        text=draw(TEXTS),
        concept=draw(SLUGS),
        explanation=draw(MAYBE),
        flip=draw(MAYBE),
        hint=draw(MAYBE),
        misconceptions=draw(st.sampled_from([(), ("M01",), ("M01", "M14")])),
        **fields,  # type: ignore[arg-type]
    )
