"""From what people hand in to floats with gaps; moving ranges; which numbers count as equal."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, SupportsFloat, TypeAlias, cast

from okrlab.errors import ModelError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import ArrayLike, NDArray

    Values: TypeAlias = "Sequence[float | None] | ArrayLike"
    Floats: TypeAlias = NDArray[np.float64]

LAST_PLACES = 64
"""Numbers this many units in the last place apart count as equal. Means and limits are off by a
handful of units at most; real differences are far larger."""


def as_floats(values: Values) -> Floats:
    """The values as floats, a missing one (None, NaN, pandas' NA) as NaN.

    Raises:
        ModelError: not one series, something that is no number, or an infinite number.
    """
    import numpy as np

    try:
        raw: NDArray[Any] = np.asarray(values)
        if raw.dtype.kind == "O":
            raw = np.array([_number(v) for v in raw.flat], dtype=np.float64).reshape(raw.shape)
        elif raw.dtype.kind not in "iuf":
            raise TypeError
    except (TypeError, ValueError, OverflowError):
        raise ModelError(
            "Some of these values are no numbers, so they have no limits. Give one number per "
            "point, and leave a missing one empty (None or NaN)."
        ) from None
    numbers: Floats = raw.astype(np.float64)
    if numbers.ndim != 1:
        raise ModelError(
            f"A process behaviour chart shows one series; these values have {numbers.ndim} "
            "dimensions. Give one column."
        )
    if np.isinf(numbers).any():
        where = int(np.flatnonzero(np.isinf(numbers))[0]) + 1
        raise ModelError(
            f"Point {where} is infinite, perhaps a division by zero. Mend it, or leave it empty "
            "(None or NaN) to make it a gap."
        )
    return numbers


def _number(value: object) -> float:
    if value is None or type(value).__name__ == "NAType":  # pandas' NA refuses every comparison
        return math.nan
    if isinstance(value, bool | str | bytes):
        raise TypeError
    return float(cast("SupportsFloat", value))


def moving_ranges(values: Values) -> Floats:
    """The size of each step from the point before, as long as the values.

    NaN at the first point and on both sides of a gap: no moving range across it.

    Raises:
        ModelError: values that are no series of finite numbers.

    >>> moving_ranges([3, 5, 4]).tolist()
    [nan, 2.0, 1.0]
    """
    import numpy as np

    numbers = as_floats(values)
    ranges = np.full(numbers.shape, np.nan)
    with np.errstate(over="ignore"):
        np.abs(numbers[1:] - numbers[:-1], out=ranges[1:])
    return ranges


def mean(numbers: Floats) -> float:
    """The mean of numbers without gaps; exactly the value itself when all are equal."""
    first = numbers[0]
    return float(first + (numbers - first).mean())


def slack(*numbers: Floats | float) -> Floats:
    """How far apart numbers of this size may be and still count as equal, point by point."""
    import numpy as np

    largest: Floats = np.abs(np.asarray(numbers[0]))
    for other in numbers[1:]:
        largest = np.maximum(largest, np.abs(other))
    return largest * (LAST_PLACES * np.finfo(np.float64).eps)


def signs(difference: Floats, allowed: Floats) -> NDArray[np.int8]:
    """-1, 0 or 1 for each difference; 0 when it is within what is allowed, or missing."""
    import numpy as np

    above = (difference > allowed).astype(np.int8)
    above -= difference < -allowed
    return above
