"""The calls that notebooks make: short, and each shows something.

This is the one place that chooses where progress is stored; widgets receive a journal.
"""

from __future__ import annotations

from okrlab.notebook._facade import (
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
