"""The calls that notebooks make: short, and each shows something.

This is the one place that chooses where progress is stored; widgets receive a journal.
"""

from __future__ import annotations

from okrlab.notebook._facade import (
    afresh,
    attainment_board,
    bonus,
    check,
    coach,
    data,
    demonstration,
    dimensions,
    exercise,
    funnel,
    goodhart,
    kpi_audit,
    lifecycle,
    logic_model,
    okr_set,
    own_chart,
    own_series,
    poll,
    progress,
    quiz,
    scenario,
    sort,
    study,
    travel,
    vital_few,
    xmr_chart,
)

__all__ = [
    "afresh",
    "attainment_board",
    "bonus",
    "check",
    "coach",
    "data",
    "demonstration",
    "dimensions",
    "exercise",
    "funnel",
    "goodhart",
    "kpi_audit",
    "lifecycle",
    "logic_model",
    "okr_set",
    "own_chart",
    "own_series",
    "poll",
    "progress",
    "quiz",
    "scenario",
    "sort",
    "study",
    "travel",
    "vital_few",
    "xmr_chart",
]
