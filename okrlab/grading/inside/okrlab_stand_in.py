"""What `import okrlab` gives inside the sandbox.

Data sets are read, answers are handed over; whatever would show something shows nothing. There is
no key here and nothing is marked. `okrlab.model`, `okrlab.analyser` and `okrlab.simulation` are the
real ones.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

from okrlab.errors import UnknownNameError

__all__: list[str] = []
__version__ = ""

_data = Path()
_elsewhere: dict[str, str] = {}
_names: list[str] = []


class Quiet:
    """Something that a notebook would show; every part of it is quiet too."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return Quiet()

    def __call__(self, *_values: Any, **_named: Any) -> Quiet:
        return Quiet()

    def __repr__(self) -> str:
        return ""


class FormStandIn(Quiet):
    """A form that was filled in from Python, or not at all."""

    filled: Any = None

    def fill(self, answer: Any) -> None:
        """Fill in the form."""
        self.filled = answer

    @property
    def answer(self) -> Any:
        """What stands in the form."""
        return self.filled


def _hand_over(_name: str, _answer: Any) -> None:
    """Replaced by whoever runs the submission."""


def exercise(name: str) -> FormStandIn:  # noqa: ARG001
    """A form to be filled in."""
    return FormStandIn()


def check(name: str, answer: Any = None) -> Quiet:
    """Hand over an answer; it is marked elsewhere."""
    _hand_over(str(name), answer)
    return Quiet()


def data(name: str) -> Any:
    """A data set of the exercises."""
    known = sorted(path.name.removesuffix(".csv") for path in _data.glob("*.csv"))
    if name not in known:
        raise UnknownNameError("data set", str(name), known)
    import pandas as pd

    with (_data / f"{name}.csv").open(encoding="utf-8") as stream:
        return pd.read_csv(stream)


def __getattr__(name: str) -> Any:
    if name == "charts":
        return import_module("okrlab.charts")
    if name in _elsewhere:
        return getattr(import_module(_elsewhere[name]), name)
    if name in _names:
        return Quiet()
    raise AttributeError(f"module 'okrlab' has no attribute {name!r}")
