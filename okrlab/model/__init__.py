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
    projected,
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
from okrlab.model.xmr import (
    Caution,
    Signal,
    TrendedLimits,
    XmrLimits,
    cautions,
    moving_ranges,
    signals,
    trended_limits,
    xmr_limits,
)

__all__ = [
    "Ambition",
    "Attainment",
    "Band",
    "Caution",
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
    "Signal",
    "TrendedLimits",
    "Verdict",
    "XmrLimits",
    "attainment",
    "band_attainment",
    "cautions",
    "milestone_attainment",
    "moving_ranges",
    "projected",
    "role_of",
    "roll_up",
    "signals",
    "trended_limits",
    "verdict",
    "xmr_limits",
]
