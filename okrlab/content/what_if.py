"""The control “what if”: one question to a real model, with its sliders and switches."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from okrlab.content._base import Line, Strict
from okrlab.content.item import Number

Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]


class Slider(Strict):
    """A number that can be moved."""

    label: Line
    low: Number
    high: Number
    step: Number = Field(gt=0)
    start: Number
    unit: Annotated[str, Field(max_length=20)] = ""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if not self.low <= self.start <= self.high or self.low == self.high:
            raise ValueError("a slider starts between 'low' and 'high', which differ")
        if (self.high - self.low) / self.step > 1000:
            raise ValueError("a slider has at most 1,000 steps; make 'step' larger")
        return self


class WhatIf(Strict):
    """What every such control has."""

    title: Line = Field(description="The question, such as “What if the target were another?”")


class TargetWhatIf(WhatIf):
    """Another target: what the process as it is would make of it, and the attainment.

    Attributes:
        series: of the scenario.
        target: the slider.
        baseline: where the key result starts; leave out when only the limits are asked.
        at: the point that is scored; the last when missing.
        mean_of: so many points up to there are averaged for a second score.
    """

    model: Literal["target"]
    series: Name
    target: Slider
    baseline: Number | None = None
    at: int | None = Field(default=None, ge=1)
    mean_of: int = Field(default=1, ge=1, le=12)


class PointWhatIf(WhatIf):
    """Another value at one point: is it a signal?"""

    model: Literal["point"]
    series: Name
    at: int = Field(ge=1)
    value: Slider


class BonusWhatIf(WhatIf):
    """Another bonus, and ways to reconcile it with the OKR: where do the hours go?"""

    model: Literal["bonus"]
    bonus: Slider
    coupling: Number = Field(default=0.5, ge=0, le=1)


class FunnelWhatIf(WhatIf):
    """Other delays or another conversion: what does revenue show, and when?"""

    model: Literal["funnel"]
    delay: Slider
    conversion: Slider = Field(description="The conversion at the end, in percent.")


class ResourcesWhatIf(WhatIf):
    """Other resources or another goal: is it feasible?"""

    model: Literal["resources"]
    units: Slider
    goal: Slider
    per_unit: Number = Field(gt=0)
    resource: Line = Field(description="What the units are, such as “sales reps”.")
    unit: Annotated[str, Field(max_length=4)] = Field(description="Of the goal, such as “$”.")
    scale: Number = Field(default=1.0, gt=0, description="One unit of the slider in `unit`.")


class AmbitionWhatIf(WhatIf):
    """Another result or another kind of ambition: how is it judged?"""

    model: Literal["ambition"]
    current: Slider
    baseline: Number
    target: Number
    start: Literal["committed", "stretch", "moonshot"] = "committed"


class PressureWhatIf(WhatIf):
    """More or less pressure on a measure, with or without a guardrail: what is gained?"""

    model: Literal["pressure"]
    pressure: Slider
    guardrail: Slider


AnyWhatIf = Annotated[
    TargetWhatIf
    | PointWhatIf
    | BonusWhatIf
    | FunnelWhatIf
    | ResourcesWhatIf
    | AmbitionWhatIf
    | PressureWhatIf,
    Field(discriminator="model"),
]
"""Any of them; `model` says which."""
