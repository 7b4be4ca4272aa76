"""The domain: objectives, key results, indicators and their roles, attainment. Pure.

Nothing here reads a file or a clock; dates are arguments.
"""

from __future__ import annotations

from okrlab.model.ambition import Ambition, Verdict, verdict
from okrlab.model.attainment import (
    Attainment,
    RollUp,
    attainment,
    band_attainment,
    milestone_attainment,
    roll_up,
)
from okrlab.model.cycle import Cycle
from okrlab.model.indicator import Band, Focus, Indicator, Role, RoleReason, role_of
from okrlab.model.objective import (
    Gate,
    KeyResult,
    MetricKeyResult,
    MilestoneKeyResult,
    Objective,
)

__all__ = [
    "Ambition",
    "Attainment",
    "Band",
    "Cycle",
    "Focus",
    "Gate",
    "Indicator",
    "KeyResult",
    "MetricKeyResult",
    "MilestoneKeyResult",
    "Objective",
    "Role",
    "RoleReason",
    "RollUp",
    "Verdict",
    "attainment",
    "band_attainment",
    "milestone_attainment",
    "role_of",
    "roll_up",
    "verdict",
]
