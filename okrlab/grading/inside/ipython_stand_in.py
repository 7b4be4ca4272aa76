"""What `IPython` and `IPython.display` give inside the sandbox: nothing is shown there."""

from __future__ import annotations

from typing import Any


class Shown:
    """Something that a notebook would show."""

    def __init__(self, *_values: Any, **_named: Any) -> None:
        pass


HTML = Image = Javascript = JSON = Latex = Markdown = Math = Pretty = SVG = Shown


def display(*_values: Any, **_named: Any) -> None:
    """Show nothing."""


def clear_output(*_values: Any, **_named: Any) -> None:
    """Clear nothing."""


def get_ipython() -> None:
    """There is no shell."""
