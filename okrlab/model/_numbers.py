"""Checks of numbers that models and simulations are given."""

from __future__ import annotations

import math

from okrlab.errors import ModelError


def number(
    name: str,
    value: float,
    *,
    least: float | None = None,
    most: float | None = None,
    above: float | None = None,
) -> float:
    """The value as a float, when it is a finite number in the range.

    Args:
        name: what the number is, as the message should call it, such as "the bonus".
        value: the number, in its own unit.
        least: the smallest number allowed.
        most: the largest number allowed.
        above: the number that it must exceed.

    Raises:
        ModelError: it is no finite number, or it lies outside the range.
    """
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ModelError(f"For {name}, {value!r} was given, which is no finite number. Give one.")
    wanted = [
        f"{word} {edge:g}"
        for word, edge, broken in (
            ("at least", least, least is not None and value < least),
            ("at most", most, most is not None and value > most),
            ("above", above, above is not None and value <= above),
        )
        if broken
    ]
    if wanted:
        raise ModelError(
            f"For {name}, {value:g} was given, which the model cannot use. "
            f"Give a number {wanted[0]}."
        )
    return float(value)


def shown(value: float) -> str:
    """A calculated number with three figures that count, or all of those before the point.

    >>> shown(2.43333), shown(4135.5), shown(0.01234), shown(3.0)
    ('2.43', '4136', '0.0123', '3')
    """
    places = 2 - math.floor(math.log10(abs(value))) if value else 0
    text = f"{value:.{min(12, max(0, places))}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def whole(name: str, value: int, *, least: int, most: int) -> int:
    """The value, when it is a whole number in the range.

    Args:
        name: what the number is, as the message should call it.
        value: the number.
        least: the smallest number allowed.
        most: the largest number allowed.

    Raises:
        ModelError: it is no whole number, or it lies outside the range.
    """
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise ModelError(
            f"For {name}, {value!r} was given. Give a whole number from {least} to {most}."
        )
    return value
