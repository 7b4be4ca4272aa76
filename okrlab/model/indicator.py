"""Indicators and the role that one plays now.

An indicator has no fixed type. Whether it serves as a KPI, as a health metric or as the measure of
a key result follows from what it is for at the moment.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal

from okrlab.errors import ModelError


class Role(StrEnum):
    """What an indicator is for now."""

    KPI = "kpi"
    HEALTH_METRIC = "health_metric"
    KEY_RESULT = "key_result"


@dataclass(frozen=True)
class Band:
    """A range in which a measure should stay. A missing edge means that side is open.

    Raises:
        ModelError: no edge at all, an edge that is no finite number, or a lower edge above the
            upper one.
    """

    lower: float | None = None
    upper: float | None = None

    def __post_init__(self) -> None:
        edges = [e for e in (self.lower, self.upper) if e is not None]
        if not edges:
            raise ModelError("A band needs a lower edge, an upper edge, or both.")
        if not all(math.isfinite(e) for e in edges):
            raise ModelError("The edges of a band are finite numbers; leave one out to open it.")
        if self.lower is not None and self.upper is not None and self.lower > self.upper:
            raise ModelError(
                f"The band's lower edge {self.lower:g} lies above its upper edge {self.upper:g}. "
                "Swap them."
            )

    def holds(self, value: float) -> bool:
        """Whether the value lies in the band, edges included. A missing value (NaN) does not."""
        above = self.lower is None or value >= self.lower
        below = self.upper is None or value <= self.upper
        return above and below and not math.isnan(value)


@dataclass(frozen=True)
class Focus:
    """What makes an indicator the measure of a key result: objective, from, to, by when."""

    objective: str
    baseline: float
    target: float
    due: date

    def __post_init__(self) -> None:
        if not self.objective.strip():
            raise ModelError("A key result belongs to an objective; name it.")
        if self.baseline == self.target:
            raise ModelError(
                f"From {self.baseline:g} to {self.target:g} is no change. A measure that should "
                "stay where it is is a health metric: give it a band instead."
            )


@dataclass(frozen=True)
class Indicator:
    """Something that is measured repeatedly.

    Attributes:
        name: what is measured, such as "customer churn per month".
        unit: of the values, such as "%" or "minutes".
        better: the direction in which it is better; None when only a range is good.
        band: the range in which it must stay, if there is one.
        focus: set while it is to be improved within an objective.
    """

    name: str
    unit: str = ""
    better: Literal["up", "down"] | None = None
    band: Band | None = None
    focus: Focus | None = None

    @property
    def role(self) -> Role:
        """The role that it plays now."""
        return role_of(self).role


@dataclass(frozen=True)
class RoleReason:
    """A role and the fact that decides it."""

    role: Role
    because: str


def role_of(indicator: Indicator) -> RoleReason:
    """The role that an indicator plays now, and why.

    A focus on near-term improvement comes first; then a range that must be kept; what is left is
    watched. (Ben Lamorte's rule: focus makes a key result, watching without focus a health metric.)
    """
    if indicator.focus is not None:
        f = indicator.focus
        return RoleReason(
            Role.KEY_RESULT,
            f"it is to move from {f.baseline:g} to {f.target:g} by {f.due.isoformat()}, "
            f"for the objective “{f.objective}”",
        )
    if indicator.band is not None:
        return RoleReason(
            Role.HEALTH_METRIC, "it must stay in its range, and nobody is asked to improve it now"
        )
    return RoleReason(Role.KPI, "it is watched to know how things stand")
