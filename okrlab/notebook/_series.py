"""Values that a learner hands in, as a series with names for its points."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from okrlab.content.series import MOST_POINTS, Series
from okrlab.errors import ModelError
from okrlab.model.xmr.numbers import as_floats

if TYPE_CHECKING:
    from okrlab.model.xmr.numbers import Values

LONGEST_LABEL = 40
LARGEST = 1e12


def own_series(values: Values, described: Mapping[str, Any]) -> tuple[Series, tuple[str, ...]]:
    """A learner's values as a series, and a name for each point if they came with an index.

    Args:
        values: 2 to 500 numbers in order of time, None or NaN for a gap.
        described: title, unit, period, better, baseline, target and band (lower, upper).

    Raises:
        ModelError: what was handed in is no such series, or a description does not fit.
    """
    numbers = as_floats(values)
    if not 2 <= len(numbers) <= MOST_POINTS:
        raise ModelError(
            f"A chart takes 2 to {MOST_POINTS} points, and there are {len(numbers)}. "
            + (
                f"Take the last {MOST_POINTS}, or one point per week or month."
                if len(numbers) > MOST_POINTS
                else "Measure once more first."
            )
        )
    too_large = [i for i, v in enumerate(numbers.tolist(), 1) if abs(v) > LARGEST]
    if too_large:
        raise ModelError(
            f"Point {too_large[0]} is larger than a chart can show well. Give the values in "
            "thousands or millions."
        )
    title = described.get("title") or str(getattr(values, "name", None) or "Your series")
    try:
        series = Series.model_validate(
            {
                **described,
                "id": "own",
                "title": title[:240],
                "about": "Your own figures.",
                "source": "You.",
                "values": tuple(None if math.isnan(v) else v for v in numbers.tolist()),
                "band": _band(described.get("band")),
            }
        )
    except ValidationError as error:
        wrong = error.errors(include_url=False)[0]
        field = ".".join(str(part) for part in wrong["loc"]) or "the values"
        what = str(wrong["msg"]).removeprefix("Value error, ")
        raise ModelError(f"The chart cannot be drawn ({field}): {what}. Mend that.") from None
    return series, _labels(values)


def _band(band: object) -> dict[str, float | None] | None:
    if band is None:
        return None
    if not isinstance(band, tuple | list) or len(band) != 2:
        raise ModelError("Give the band as two edges, such as (2, 5), or (None, 5) for “at most”.")
    return {"lower": band[0], "upper": band[1]}


def _labels(values: object) -> tuple[str, ...]:
    """The index of a pandas Series as text, unless it only counts."""
    index = getattr(values, "index", None)
    if index is None or callable(index) or type(index).__name__ == "RangeIndex":
        return ()
    return tuple(_label(name) for name in index)


def _label(name: object) -> str:
    text = str(name).removesuffix(" 00:00:00")  # a date that pandas prints with its midnight
    return text if len(text) <= LONGEST_LABEL else text[: LONGEST_LABEL - 1] + "…"
