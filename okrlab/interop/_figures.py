"""A column of text as numbers: decimal signs, thousands, units beside them, gaps."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from okrlab.errors import ContentError

LARGEST = 1e12
SHOWN = 3
"""So many faulty lines are named."""

NOTHING = {"", "-", "–", "—", ".", "..", "?", "na", "n/a", "n.a.", "nan", "null", "none", "#n/a"}
"""What stands in a cell where nothing was measured."""

_SPACE = " \u00a0\u2009\u202f'’"
_SPACES = dict.fromkeys(map(ord, _SPACE))
_SPACED = re.compile(rf"[+-]?\d{{1,3}}(?:[{_SPACE}]\d{{3}})+(?:[.,]\d+)?")
_BESIDE = re.compile(r"^[$€£¥]\s*|\s*[$€£¥%]$")
_NUMBER = re.compile(
    r"[+-]?(?:\d+|\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*|)(?:[.,]\d+)?(?:[eE][+-]?\d{1,2})?"
)
_GROUPS = re.compile(r"[+-]?\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*")


def plain(cell: str) -> str | None:
    """The cell without grouping spaces and signs beside it, if it looks like a number."""
    text = cell.strip().replace("−", "-")
    text = _BESIDE.sub("", text)
    if _SPACED.fullmatch(text):
        text = text.translate(_SPACES)
    return text if _NUMBER.fullmatch(text) and any(c.isdigit() for c in text) else None


def is_empty(cell: str) -> bool:
    """Whether nothing was measured there."""
    return cell.strip().lower() in NOTHING


def mostly_numbers(cells: Sequence[str]) -> bool:
    """Whether more than half of what is there are numbers."""
    filled = [c for c in cells if not is_empty(c)]
    return sum(plain(c) is not None for c in filled) * 2 > len(filled)


def decimal_sign(cells: Sequence[str], separator: str) -> tuple[str, list[str]]:
    """The decimal sign of a column, and what to say about how it was read."""
    found = [t for c in cells if (t := plain(c)) is not None]
    both = [t for t in found if "," in t and "." in t]
    if both:
        return both[0][max(both[0].rfind(","), both[0].rfind("."))], []
    sign = "," if any("," in t for t in found) else "."
    with_sign = [t for t in found if sign in t]
    if not with_sign:
        return ".", []
    several = any(t.count(sign) > 1 for t in with_sign)
    grouped = all(_GROUPS.fullmatch(t) for t in with_sign) and len(with_sign[0].split(sign)) > 1
    usual = "," if separator in (";", "") else "."
    if several or (grouped and sign != usual and not _leading_zero(with_sign)):
        other = "." if sign == "," else ","
        example = with_sign[0]
        return other, [f"“{example}” was read as {example.replace(sign, '')}."]
    if sign == "," or grouped:
        example = with_sign[0]
        return sign, [f"“{example}” was read as {example.replace(',', '.')}."]
    return sign, []


def _leading_zero(texts: Sequence[str]) -> bool:
    return any(t.lstrip("+-").startswith("0") for t in texts)


def numbers_in(
    cells: Sequence[str], decimal: str, name: str, lines: Sequence[int]
) -> list[float | None]:
    """The numbers of a column; None where nothing was measured.

    Args:
        cells: the column.
        decimal: its decimal sign.
        name: of the column, for messages.
        lines: the line of the file in which each cell stands.

    Raises:
        ContentError: something there is no number; the first few lines are named.
    """
    other = "." if decimal == "," else ","
    # 2,4 among decimal points must not become 24
    well_written = re.compile(
        rf"[+-]?(?:\d+|\d{{1,3}}(?:\{other}\d{{3}})+|)(?:\{decimal}\d+)?(?:[eE][+-]?\d{{1,2}})?"
    )
    values: list[float | None] = []
    faults: list[str] = []
    for cell, line in zip(cells, lines, strict=True):
        if is_empty(cell):
            values.append(None)
            continue
        text = plain(cell)
        number = None
        if text and well_written.fullmatch(text):
            number = _float(text.replace(other, "").replace(decimal, "."))
        if number is None:
            faults.append(f"line {line}: “{cell[:40]}”")
        elif abs(number) > LARGEST:
            faults.append(f"line {line}: “{cell[:40]}” is too large")
        values.append(number)
    if faults:
        more = f", and {len(faults) - SHOWN} more" if len(faults) > SHOWN else ""
        raise ContentError(
            f"In “{name}” there is something that is no number: {'; '.join(faults[:SHOWN])}{more}. "
            "Put a number there, or empty the cell if nothing was measured."
        )
    return values


def _float(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None
