"""The checks of the statement analyser: one module each, its docstring is its page.

A check module is named after its number and idea (`h03_no_baseline`) and has one function,
``check(statement) -> Finding | None``. Checks of whole sets stand in `okrlab.analyser.sets`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from okrlab.analyser.analysis import Finding
from okrlab.analyser.checks._statement import Statement

Check = Callable[[Statement], Finding | None]


@cache
def all_checks() -> dict[str, Check]:
    """Every check by module name, in the order of their numbers."""
    names = sorted(m.name for m in iter_modules(__path__) if m.name.startswith("h"))
    return {name: import_module(f"{__name__}.{name}").check for name in names}
