"""okrlab: tell KPIs from key results, and use the two together.

What notebooks call::

    import okrlab

    okrlab.sort("kpi-or-key-result")   # cards to sort
    okrlab.dimensions()                # one measure, eight switches
    okrlab.quiz("two-jobs")            # a quiz, marked and explained
    okrlab.exercise("1.1")             # a form, or the task of the data track
    okrlab.check("1.3", answer)        # mark an answer and explain the mark
    okrlab.data("clinic-measures")     # a data set of the exercises, as a DataFrame
    okrlab.progress()                  # what is mastered, and what to do next
    okrlab.demonstration()             # from here on nothing is recorded
    okrlab.afresh(1)                   # clear a lesson's unfinished work

For analysts and engineers: `okrlab.model` has objectives, key results, indicators and attainment.
"""

from __future__ import annotations

from importlib import import_module
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from okrlab.notebook import (
        afresh,
        check,
        data,
        demonstration,
        dimensions,
        exercise,
        progress,
        quiz,
        sort,
    )

__all__ = [
    "afresh",
    "check",
    "data",
    "demonstration",
    "dimensions",
    "exercise",
    "progress",
    "quiz",
    "sort",
]

__version__ = version("okrlab")


def __getattr__(name: str) -> Any:
    # Looked up late so that `import okrlab` loads neither widgets nor pandas nor a database.
    if name in __all__:
        return getattr(import_module("okrlab.notebook"), name)
    raise AttributeError(f"module 'okrlab' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
