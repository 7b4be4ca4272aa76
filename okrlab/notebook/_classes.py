"""Which class a coach's page is about."""

from __future__ import annotations

import os
from pathlib import Path

from okrlab.errors import OkrlabError

CLASS = "OKRLAB_CLASS"
"""Environment variable: the class that coach pages show, as `read_class` takes it."""


def choose_class(source: str) -> None:
    """Let the pages that are opened from here on show this class.

    A file or folder is named from the root on, because pages look from another folder.
    """
    place = Path(source).expanduser()
    os.environ[CLASS] = str(place.resolve()) if place.exists() else source


def chosen_class() -> str | None:
    """The class that was chosen, None when none was."""
    return os.environ.get(CLASS, "").strip() or None


def known_classes() -> list[str]:
    """The classes to choose from; none when the database cannot be read just now."""
    from okrlab.interop.class_source import class_names

    try:
        return class_names()
    except OkrlabError:
        return []  # whoever then names a class is told why
