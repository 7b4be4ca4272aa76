"""One widget per exercise. They show and pass on; marking and storage live in layers below."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from okrlab.widgets.attainment_board import AttainmentBoard
    from okrlab.widgets.bonus_lab import BonusLab
    from okrlab.widgets.capstone_board import CapstoneBoard
    from okrlab.widgets.card_sort import CardSort
    from okrlab.widgets.class_report import ClassReport
    from okrlab.widgets.eight_dimensions import EightDimensions
    from okrlab.widgets.exercise_form import ExerciseForm
    from okrlab.widgets.funnel_lab import FunnelLab
    from okrlab.widgets.goodhart_lab import GoodhartLab
    from okrlab.widgets.key_result_coach import KeyResultCoach
    from okrlab.widgets.kpi_audit import KpiAudit
    from okrlab.widgets.lifecycle_board import LifecycleBoard
    from okrlab.widgets.logic_model_chain import LogicModelChain
    from okrlab.widgets.okr_set_builder import OkrSetBuilder
    from okrlab.widgets.own_series import OwnSeries
    from okrlab.widgets.poll import Poll
    from okrlab.widgets.progress_panel import ProgressPanel
    from okrlab.widgets.quiz import Quiz
    from okrlab.widgets.scenario import Scenario
    from okrlab.widgets.study import Study
    from okrlab.widgets.travel_dashboard import TravelDashboard
    from okrlab.widgets.vital_few import VitalFew
    from okrlab.widgets.xmr_chart import XmrChart

__all__ = [
    "AttainmentBoard",
    "BonusLab",
    "CapstoneBoard",
    "CardSort",
    "ClassReport",
    "EightDimensions",
    "ExerciseForm",
    "FunnelLab",
    "GoodhartLab",
    "KeyResultCoach",
    "KpiAudit",
    "LifecycleBoard",
    "LogicModelChain",
    "OkrSetBuilder",
    "OwnSeries",
    "Poll",
    "ProgressPanel",
    "Quiz",
    "Scenario",
    "Study",
    "TravelDashboard",
    "VitalFew",
    "XmrChart",
]

_MODULES = {
    "AttainmentBoard": "attainment_board",
    "BonusLab": "bonus_lab",
    "CapstoneBoard": "capstone_board",
    "CardSort": "card_sort",
    "ClassReport": "class_report",
    "EightDimensions": "eight_dimensions",
    "ExerciseForm": "exercise_form",
    "FunnelLab": "funnel_lab",
    "GoodhartLab": "goodhart_lab",
    "KeyResultCoach": "key_result_coach",
    "KpiAudit": "kpi_audit",
    "LifecycleBoard": "lifecycle_board",
    "LogicModelChain": "logic_model_chain",
    "OkrSetBuilder": "okr_set_builder",
    "OwnSeries": "own_series",
    "Poll": "poll",
    "ProgressPanel": "progress_panel",
    "Quiz": "quiz",
    "Scenario": "scenario",
    "Study": "study",
    "TravelDashboard": "travel_dashboard",
    "VitalFew": "vital_few",
    "XmrChart": "xmr_chart",
}


def __getattr__(name: str) -> Any:
    if name in _MODULES:
        return getattr(import_module(f"okrlab.widgets.{_MODULES[name]}"), name)
    raise AttributeError(f"module 'okrlab.widgets' has no attribute {name!r}")
