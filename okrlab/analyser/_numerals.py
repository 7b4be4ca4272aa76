"""Numbers as people write them: digits with whatever separators, and words."""

from __future__ import annotations

from okrlab.analyser._tokens import WORD, Token

ONES = {
    "zero": 0, "nil": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6,
    "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13,
    "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18,
    "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60,
    "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
SCALES = {
    "hundred": 1e2, "thousand": 1e3, "thousands": 1e3, "million": 1e6, "millions": 1e6,
    "billion": 1e9, "billions": 1e9, "dozen": 12.0, "k": 1e3, "m": 1e6, "mn": 1e6, "mio": 1e6,
    "mm": 1e6, "bn": 1e9, "b": 1e9, "mrd": 1e9, "tsd": 1e3, "lakh": 1e5, "lakhs": 1e5, "cr": 1e7,
    "crore": 1e7, "crores": 1e7,
}  # fmt: skip
SCALE_WORDS = frozenset(s for s in SCALES if len(s) > 4) | {"lakh", "crore", "dozen"}
SIGNS = {"½": 0.5, "⅓": 1 / 3, "¼": 0.25, "¾": 0.75, "⅔": 2 / 3}
FRACTIONS = {
    "half": 0.5, "halves": 0.5, "third": 1 / 3, "thirds": 1 / 3, "quarter": 0.25, "quarters": 0.25,
    "fifth": 0.2, "fifths": 0.2, "tenth": 0.1, "tenths": 0.1,
}  # fmt: skip


def parse_digits(text: str, *, percent: bool = False) -> float:
    """The value of digits with whatever separators: 1,000 and 1.000 and 1 000 are a thousand.

    A single comma or dot before exactly three digits groups thousands, unless the number starts
    with 0 or is a percentage (12.125 %).
    """
    if text in SIGNS:
        return SIGNS[text]
    for mark in ("\u00a0", "\u202f", "\u2009", " ", "'", "’"):
        text = text.replace(mark, "")
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


def word_number(toks: list[Token], i: int) -> tuple[float, int] | None:
    """A number in words from token `i` on, and its last token: "two hundred and fifty thousand"."""
    total, current, last = 0.0, None, i - 1
    at = i
    while at < len(toks) and at - i < 8:
        tok = toks[at]
        low = tok.low
        if tok.kind != WORD:
            break
        value = _small(low)
        if value is not None:
            # "twenty five" is one number, "five ten" are two.
            fits = current is None or (value < 10 <= current % 100 and current % 10 == 0) or (
                value < 100 and current >= 100 and current % 100 == 0
            )  # fmt: skip
            if not fits:
                break
            current = value if current is None else current + value
        elif low in SCALE_WORDS and (current is not None or low != "dozen"):
            if current is None:
                break
            if low == "hundred":
                current *= 100
            else:
                total, current = total + current * SCALES[low], 0.0
        elif not (low == "and" and current and current % 100 == 0 and _follows(toks, at)):
            break
        else:
            at += 1
            continue
        last = at
        at += 1
    if current is None or last < i:
        return None
    return total + current, last


def _small(word: str) -> float | None:
    """The value of "seven", "twenty" or "twenty-five"."""
    if word in ONES:
        return float(ONES[word])
    tens, dash, ones = word.partition("-")
    if dash and ONES.get(tens, 0) >= 20 and 0 < ONES.get(ones, 0) < 10:
        return float(ONES[tens] + ONES[ones])
    return None


def _follows(toks: list[Token], at: int) -> bool:
    """Whether a small number comes after this "and", as in "a hundred and ten"."""
    return at + 1 < len(toks) and _small(toks[at + 1].low) is not None
