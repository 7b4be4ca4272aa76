"""The checks of the statement analyser: one module each, its docstring is its page.

A check module is named after its number and idea (`h03_no_baseline`). It has one function: either
``check(statement) -> Finding | None`` or, for a check of a whole set, ``check_set(set) ->
list[Finding]``.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

from okrlab.analyser.analysis import Finding
from okrlab.analyser.checks._set import StatementSet
from okrlab.analyser.checks._statement import Statement

Check = Callable[[Statement], Finding | None]
SetCheck = Callable[[StatementSet], list[Finding]]


@cache
def check_modules() -> dict[str, ModuleType]:
    """Every check module by name, in the order of their numbers."""
    names = sorted(m.name for m in iter_modules(__path__) if m.name.startswith("h"))
    return {name: import_module(f"{__name__}.{name}") for name in names}


@cache
def all_checks() -> dict[str, Check]:
    """The checks of a single statement."""
    return {n: m.check for n, m in check_modules().items() if hasattr(m, "check")}


@cache
def set_checks() -> dict[str, SetCheck]:
    """The checks of a whole set."""
    return {n: m.check_set for n, m in check_modules().items() if hasattr(m, "check_set")}
