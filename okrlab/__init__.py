"""okrlab: tell KPIs from key results, and use the two together.

What notebooks call::

    import okrlab

    okrlab.sort("kpi-or-key-result")   # cards to sort
    okrlab.dimensions()                # one measure, eight switches
    okrlab.logic_model("ten-integrations")   # a chain to put in order, and its means
    okrlab.attainment_board("quarter") # key results to grade
    okrlab.lifecycle()                 # work moves between KPI and key result
    okrlab.quiz("two-jobs")            # a quiz, marked and explained
    okrlab.coach()                     # write a key result and be coached
    okrlab.okr_set()                   # an objective with all that stands beneath it
    okrlab.xmr_chart("web-leads")      # limits, signals, points to move; takes your numbers too
    okrlab.funnel()                    # from visitor to revenue: what moves when
    okrlab.goodhart()                  # pressure on a measure, and the value behind it
    okrlab.bonus()                     # six weeks under a bonus; the target that it picks
    okrlab.travel()                    # drive by a dashboard, mind what no dial shows
    okrlab.vital_few()                 # of many measures, the few that are key
    okrlab.kpi_audit()                 # your own KPIs against four criteria
    okrlab.own_chart()                 # the same from a table that is pasted, or a CSV file
    okrlab.own_series("mine.csv")      # a column of your own file, as a Series
    okrlab.poll("kpi-name")            # a question on which good people differ; not marked
    okrlab.exercise("1.1")             # a form, or the task of the data track
    okrlab.check("1.3", answer)        # mark an answer and explain the mark
    okrlab.data("clinic-measures")     # a data set of the exercises, as a DataFrame
    okrlab.scenario("lumen-churn")     # a case to lead a room through
    okrlab.class_report()              # for coaches: what a class needs next
    okrlab.study()                     # today's reviews, a fresh question each
    okrlab.board()                     # your own KPIs, health metrics and OKRs, and your record
    okrlab.progress()                  # what is mastered, and what to do next
    okrlab.demonstration()             # from here on nothing is recorded
    okrlab.afresh(1)                   # clear a lesson's unfinished work

What programs call::

    okrlab.analyse("NPS from 32 to 45 by June")        # kind, reasons, parts, advice
    okrlab.analyse_set("Guests come back", [...])      # an objective's statements together
    okrlab.analyse_frame(frame)                        # a table of them
    okrlab.charts.bars(series, title="…")              # a picture, offline, with words beside it

`okrlab.model` has objectives, key results, indicators and attainment.
"""

from __future__ import annotations

from importlib import import_module
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from okrlab.analyser import analyse, analyse_set
    from okrlab.analyser.frames import analyse_frame
    from okrlab.notebook import (
        afresh,
        attainment_board,
        board,
        bonus,
        check,
        class_report,
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
    "analyse",
    "analyse_frame",
    "analyse_set",
    "attainment_board",
    "board",
    "bonus",
    "check",
    "class_report",
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

__version__ = version("okrlab")

_ELSEWHERE = {
    "analyse": "okrlab.analyser",
    "analyse_set": "okrlab.analyser",
    "analyse_frame": "okrlab.analyser.frames",
}


def __getattr__(name: str) -> Any:
    if name == "charts":  # okrlab.charts.bars(…) after a plain import of okrlab
        return import_module("okrlab.charts")
    # Looked up late so that `import okrlab` loads neither widgets nor pandas nor a database.
    if name in __all__:
        return getattr(import_module(_ELSEWHERE.get(name, "okrlab.notebook")), name)
    raise AttributeError(f"module 'okrlab' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
