"""The eight dimensions in words, and the measures whose switches learners flip."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from okrlab.content._base import ClaimId, FormatNumber, Line, Slug, Strict, Text
from okrlab.model.dimensions import DEFINING, WARNING, Dimension, Use, judge
from okrlab.model.indicator import Role

DimensionName = Literal[
    "context",
    "compensation",
    "visibility",
    "improvement",
    "timeframe",
    "teams",
    "control",
    "origin",
]


class DimensionText(Strict):
    """One dimension in words.

    `kpi` and `key_result` say what each side argues; `missing` ends the sentence "It is no key
    result, because …" for a defining one; `warning` is for a key result on the wrong side.
    """

    id: DimensionName
    title: Line
    question: Line
    claim: ClaimId
    rule: Text
    kpi: Line
    key_result: Line
    missing: Line | None = None
    warning: Text | None = None

    @property
    def dimension(self) -> Dimension:
        """The dimension that these are the words of."""
        return Dimension(self.id)


class Sides(Strict):
    """Both positions of a switch, in words for one measure."""

    kpi: Line
    key_result: Line


class Guard(Strict):
    """The agreed range in words: that there is one, and that there is none."""

    agreed: Line
    none: Line


class Start(Strict):
    """How the switches stand at first: those on the key-result side, and the agreed range."""

    towards: tuple[DimensionName, ...] = ()
    guarded: bool = False

    @property
    def use(self) -> Use:
        """The same for the model."""
        return Use(frozenset(Dimension(name) for name in self.towards), self.guarded)


class Challenge(Strict):
    """A task: reach `goal` from `start` with as few flips as possible."""

    prompt: Text
    goal: Literal["kpi", "health_metric", "key_result"]
    start: Start

    @property
    def role(self) -> Role:
        """The role to reach."""
        return Role(self.goal)

    @model_validator(mode="after")
    def _is_a_task(self) -> Self:
        if judge(self.start.use).role == self.role:
            raise ValueError(f"the measure is a {self.goal} already at the start; nothing to flip")
        return self


class Measure(Strict):
    """A measure with its eight switches."""

    id: Slug
    title: Line
    industry: Line
    case: Text
    switches: dict[DimensionName, Sides]
    guard: Guard
    start: Start
    challenge: Challenge

    @model_validator(mode="after")
    def _has_all_switches(self) -> Self:
        missing = [d.value for d in Dimension if d.value not in self.switches]
        if missing:
            raise ValueError(f"these switches are missing: {', '.join(missing)}")
        return self


class DimensionFile(Strict):
    """`dimensions.yaml`."""

    format: FormatNumber
    dimensions: Annotated[tuple[DimensionText, ...], Field(min_length=8, max_length=8)]
    measures: Annotated[tuple[Measure, ...], Field(min_length=1, max_length=24)]

    @model_validator(mode="after")
    def _is_complete(self) -> Self:
        if [text.id for text in self.dimensions] != [d.value for d in Dimension]:
            order = ", ".join(d.value for d in Dimension)
            raise ValueError(f"each dimension stands here once, in this order: {order}")
        for text in self.dimensions:
            if (text.missing is not None) != (text.dimension in DEFINING):
                raise ValueError(f"“{text.id}”: exactly the defining dimensions have 'missing'")
            if (text.warning is not None) != (text.dimension in WARNING):
                raise ValueError(f"“{text.id}”: exactly pay and visibility have 'warning'")
        ids = [m.id for m in self.measures]
        twice = sorted({i for i in ids if ids.count(i) > 1})
        if twice:
            raise ValueError(f"measure ids are used twice: {', '.join(twice)}")
        return self
