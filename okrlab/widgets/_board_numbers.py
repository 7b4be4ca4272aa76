"""Numbers as people type them on the capstone board."""

from __future__ import annotations

import math
import re

from okrlab.errors import ModelError

MOST_VALUES = 200


def read_number(text: str, label: str) -> float:
    """A number as people type it: with a decimal comma or point, and a minus sign of any kind.

    Raises:
        ModelError: it is none.
    """
    cleaned = text.strip().replace("−", "-").rstrip("%").strip().replace("\u00a0", "")
    if cleaned.count(",") == 1 and "." not in cleaned:
        cleaned = cleaned.replace(",", ".")
    try:
        value = float(cleaned)
    except ValueError:
        value = math.nan
    if not math.isfinite(value) or abs(value) > 1e12:
        raise ModelError(
            f"“{label}” says “{text[:40]}”, which is no number. Write digits, such as 4.5."
        )
    return value


def read_values(text: str) -> tuple[float, ...]:
    """Numbers with spaces, lines, semicolons, or commas and spaces between them.

    Raises:
        ModelError: one of them is no number, or there are too many.
    """
    spread = re.sub(r",\s+|[;\s]+", " ", text.strip()).strip(" ,")
    words = spread.split(" ") if " " in spread else spread.split(",")
    words = [w for w in words if w]
    if len(words) > MOST_VALUES:
        raise ModelError(
            f"These are {len(words)} values; {MOST_VALUES} are kept. Leave the oldest ones out."
        )
    return tuple(read_number(word, "Values so far") for word in words)
