"""Numbers as people write them: "0.7", "1,5", "1 000", "70 %"."""

from __future__ import annotations

import re

from okrlab.errors import AnswerError

MAX_CHARACTERS = 40
"""A longer text is not read as a number."""

MAX_SIZE = 1e15
"""A number beyond this is refused as a slip of the keyboard."""

_SPACES = dict.fromkeys(map(ord, " \t\u00a0\u2009\u202f'’_"), " ")
_MINUS = {ord(c): "-" for c in "−–‒"}
_CURRENCY = re.compile(r"^([+-]?)\s*(?:[$€£¥]|EUR|USD|GBP|CHF)\s*|\s*(?:[$€£¥]|EUR|USD|GBP|CHF)$")
_PERCENT = re.compile(r"\s*(?:%|percent|per cent)$", re.IGNORECASE)
_GROUPED = re.compile(r"\d{1,3}(?: \d{3})+(?:[.,]\d+)?")
_PLAIN = re.compile(r"\d+(?:[.,]\d+)?|[.,]\d+")
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?P<sep>[.,])\d{3}(?:(?P=sep)\d{3})*(?:(?!(?P=sep))[.,]\d+)?")
_EITHER = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")


def parse_number(text: str, unit: str = "") -> float:
    """The number that a learner typed.

    A comma or a point may be the decimal sign; spaces, points or commas may group thousands. A
    currency sign and the unit that was asked for may stand beside the number. A percent sign is
    taken as it is where the unit is a percentage; where no unit was asked for, "70 %" is 0.7.

    Args:
        text: what was typed.
        unit: the unit that was asked for, such as ``"%"`` or ``"hours"``.

    Raises:
        AnswerError: the text is no number, or could be read as two different ones.
    """
    shown = _shown(text)
    if not text.strip():
        raise AnswerError("There is no number yet. Type one, such as 0.7.")
    if len(text) > MAX_CHARACTERS:
        raise AnswerError(f"“{shown}” is too long for a number. Type the number alone.")
    body, percent = _without_unit(text.translate(_SPACES).translate(_MINUS).strip(), unit)
    sign = -1.0 if body.startswith("-") else 1.0
    value = sign * _magnitude(body.removeprefix("-").removeprefix("+").strip(), shown)
    if abs(value) > MAX_SIZE:
        raise AnswerError(f"“{shown}” is larger than any answer here. Check the digits.")
    if not percent or _is_percentage(unit):
        return value
    if not unit.strip():
        return value / 100
    raise AnswerError(
        f"“{shown}” is a percentage, but the answer is asked for in {unit}. "
        f"Type the number of {unit}."
    )


def show_number(value: float, unit: str = "") -> str:
    """A number with its unit, as it is shown to a learner: at most six digits after the point."""
    text = f"{value:,.6f}".rstrip("0").rstrip(".")
    text = "0" if text == "-0" else text
    return f"{text}%" if unit == "%" else f"{text} {unit}".strip()


def _without_unit(body: str, unit: str) -> tuple[str, bool]:
    """`body` without currency sign and unit, and whether it was written as a percentage."""
    body = _CURRENCY.sub(lambda found: found.group(1) or "", body).strip()
    name = unit.strip(" $€£¥")
    if name and not _is_percentage(unit) and body.casefold().endswith(name.casefold()):
        body = body[: -len(name)].strip()
    without = _PERCENT.sub("", body)
    return without.strip(), without != body


def _is_percentage(unit: str) -> bool:
    return "%" in unit or "percent" in unit.casefold() or "per cent" in unit.casefold()


def _magnitude(body: str, shown: str) -> float:
    """The number without its sign."""
    if _EITHER.fullmatch(body):
        whole = re.sub("[.,]", "", body)
        decimal = body.replace(",", ".")
        raise AnswerError(
            f"“{shown}” can be read in two ways. If you mean {whole}, type {whole}; "
            f"if you mean a decimal, type {decimal}0."
        )
    if _PLAIN.fullmatch(body) or _GROUPED.fullmatch(body):
        return float(body.replace(" ", "").replace(",", "."))
    found = _THOUSANDS.fullmatch(body)
    if found:
        return float(body.replace(found["sep"], "").replace(",", "."))
    raise AnswerError(f"“{shown}” is not a number that can be read here. Type digits, such as 0.7.")


def _shown(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= MAX_CHARACTERS else text[: MAX_CHARACTERS - 1] + "…"
