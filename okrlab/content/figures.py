"""Figures that a scenario quotes: which model gives each, from which numbers.

`is` says what a figure is. `decimals` is how it is shown; `percent` shows a share of 1 times 100.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from okrlab.content._base import Strict
from okrlab.content.item import Number
from okrlab.content.series import MOST_POINTS

Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
At = Annotated[int, Field(ge=1, le=MOST_POINTS)]


class Figure(Strict):
    """What every figure has."""

    id: Name
    decimals: int = Field(default=2, ge=0, le=4)
    percent: bool = False


class LimitFigure(Figure):
    """The centre or a limit of a series, from its baseline or from the points `first` to `last`."""

    is_: Literal["centre", "lower", "upper"] = Field(alias="is")
    series: Name
    first: At | None = None
    last: At | None = None


class SignalFigure(Figure):
    """The point at which the first signal can be seen; from the point `since` on."""

    is_: Literal["first_signal"] = Field(alias="is")
    series: Name
    since: At = 1
    decimals: int = Field(default=0, ge=0, le=0)


class SignalsFigure(Figure):
    """How many signals there are."""

    is_: Literal["signals"] = Field(alias="is")
    series: Name
    decimals: int = Field(default=0, ge=0, le=0)


class ValueFigure(Figure):
    """The value at a point, or the mean of `mean_of` points up to there."""

    is_: Literal["value"] = Field(alias="is")
    series: Name
    at: At
    mean_of: int = Field(default=1, ge=1, le=MOST_POINTS)


class MetFigure(Figure):
    """How many points of a series reach a target, in the direction in which it gets better."""

    is_: Literal["met"] = Field(alias="is")
    series: Name
    target: Number
    decimals: int = Field(default=0, ge=0, le=0)


class AttainmentFigure(Figure):
    """How far a key result got: of a value, or of a series at a point.

    `cut` holds it between 0 and 1, as it is averaged; otherwise it is shown as it is.
    """

    is_: Literal["attainment"] = Field(alias="is")
    baseline: Number
    target: Number
    current: Number | None = None
    series: Name | None = None
    at: At | None = None
    mean_of: int = Field(default=1, ge=1, le=MOST_POINTS)
    cut: bool = False


class BonusFigure(Figure):
    """The share of hours that goes to a paid KPI (`share`), or the hours (`hours`)."""

    is_: Literal["bonus"] = Field(alias="is")
    what: Literal["share", "hours"] = "share"
    bonus: Number = Field(ge=0)
    bonus_okr: Number = Field(default=0.0, ge=0)
    coupling: Number = Field(default=0.0, ge=0, le=1)


class FunnelFigure(Figure):
    """A quarter of the funnel, in which the conversion rises from 4 to 8 % in weeks 3 to 10."""

    is_: Literal["funnel"] = Field(alias="is")
    what: Literal["growth", "leads", "leads_before", "revenue", "revenue_before"]
    quarter: int = Field(ge=0, le=7, description="1 is weeks 1 to 13, in which it rises.")


class ResourcesFigure(Figure):
    """What resources bring, what the goal takes, and what is missing; divided by `scale`."""

    is_: Literal["reachable", "needed", "missing", "gap"] = Field(alias="is")
    goal: Number = Field(ge=0)
    units: int = Field(ge=0)
    per_unit: Number = Field(gt=0)
    scale: Number = Field(default=1.0, gt=0)


class PressureFigure(Figure):
    """What is measured and what is of value under pressure (see `okrlab.simulation.goodhart`)."""

    is_: Literal["measured", "worth"] = Field(alias="is")
    pressure: Number = Field(ge=0)


AnyFigure = Annotated[
    LimitFigure
    | SignalFigure
    | SignalsFigure
    | ValueFigure
    | MetFigure
    | AttainmentFigure
    | BonusFigure
    | FunnelFigure
    | ResourcesFigure
    | PressureFigure,
    Field(discriminator="is_"),
]
"""Any figure; `is` says which."""


class Ratio(Strict):
    """One series divided by another, point by point; `percent`: the lower one is in percent."""

    is_: Literal["ratio"] = Field(alias="is")
    title: Annotated[str, Field(min_length=1, max_length=120)]
    unit: Annotated[str, Field(max_length=20)] = ""
    better: Literal["higher", "lower", "neither"]
    top: Name
    bottom: Name
    percent: bool = False


class FunnelSeries(Strict):
    """A measure of the funnel, week by week, before and after its conversion rises."""

    is_: Literal["funnel"] = Field(alias="is")
    title: Annotated[str, Field(min_length=1, max_length=120)]
    unit: Annotated[str, Field(max_length=20)] = ""
    measure: Literal["conversion", "leads", "revenue"]
    weeks: int = Field(default=26, ge=2, le=104)
    divided_by: Number = Field(default=1.0, gt=0)


Made = Annotated[Ratio | FunnelSeries, Field(discriminator="is_")]
"""A series that a model makes; `is` says which."""
