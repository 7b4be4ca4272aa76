"""Series of measurements over time: the named ones of the charts, and those of the scenarios."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from okrlab.content._base import FormatNumber, Line, Slug, Strict, Text
from okrlab.model.indicator import Band

MOST_POINTS = 500
"""A chart with more points than this is no longer readable."""

Better = Literal["higher", "lower", "neither"]
"""In which direction the measure gets better."""

Period = Literal["hour", "shift", "day", "week", "month", "quarter", "year", "item", "point"]
"""What one point stands for."""

Number = Annotated[float, Field(allow_inf_nan=False)]


class SeriesBand(Strict):
    """The range that people agreed on: what they want, not what the process does."""

    lower: Number | None = None
    upper: Number | None = None

    @property
    def band(self) -> Band:
        """The same for the model."""
        return Band(self.lower, self.upper)

    @model_validator(mode="after")
    def _has_edges_in_order(self) -> Self:
        if self.lower is None and self.upper is None:
            raise ValueError("a band needs a lower edge, an upper edge, or both")
        if self.lower is not None and self.upper is not None and self.lower >= self.upper:
            raise ValueError("the lower edge of a band lies below the upper one")
        return self


class Series(Strict):
    """A measure, point by point.

    Attributes:
        id: its name, such as "web-leads".
        title: the measure in words, such as "Web leads per day".
        unit: what stands after a value, such as "%" or "ms"; empty for a bare number.
        period: what one point stands for.
        better: in which direction it gets better.
        about: where the figures are from and what happened.
        baseline: how many of the first points the limits come from; all when missing.
        values: in order of time; null is a gap.
        target: a value that somebody wants to reach.
        band: the agreed range.
        source: who measured it, or that it was invented.
    """

    id: Slug
    title: Line
    unit: Annotated[str, Field(max_length=20)] = ""
    period: Period
    better: Better
    about: Text
    baseline: Annotated[int, Field(ge=2, le=MOST_POINTS)] | None = None
    values: Annotated[tuple[Number | None, ...], Field(min_length=2, max_length=MOST_POINTS)]
    target: Number | None = None
    band: SeriesBand | None = None
    source: Line

    @property
    def gaps(self) -> tuple[float, ...]:
        """The values, with NaN where one is missing."""
        return tuple(math.nan if v is None else v for v in self.values)

    @model_validator(mode="after")
    def _has_limits(self) -> Self:
        part = self.values[: self.baseline]
        if self.baseline is not None and self.baseline > len(self.values):
            raise ValueError(
                f"the limits are to come from the first {self.baseline} points, and there are "
                f"only {len(self.values)}"
            )
        if not any(a is not None and b is not None for a, b in pairwise(part)):
            raise ValueError("limits need two values that follow one another in the baseline")
        return self


class SeriesFile(Strict):
    """`series.yaml`."""

    format: FormatNumber
    series: Annotated[tuple[Series, ...], Field(min_length=1, max_length=60)]
