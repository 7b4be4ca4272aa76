"""The package as its users import it."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

import okrlab

ROOT = Path(__file__).parents[1]


def modules_after(code: str) -> set[str]:
    """Top-level modules that a fresh interpreter has loaded after running `code`."""
    script = f"import sys\n{code}\nprint('\\n'.join({{m.split('.')[0] for m in sys.modules}}))"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60
    )
    return set(done.stdout.split())


def test_import_is_light() -> None:
    """`import okrlab` loads no widgets, no data frames, no database, no charts."""
    loaded = modules_after("import okrlab")
    assert not loaded & {"pandas", "numpy", "anywidget", "ipywidgets", "sqlalchemy", "IPython"}


def test_the_core_needs_neither_jupyter_nor_pandas() -> None:
    """Domain, content, marking and storage run in a browser's Python."""
    loaded = modules_after(
        "import okrlab.model, okrlab.content, okrlab.assessment.marking, "
        "okrlab.assessment.mastery, okrlab.storage"
    )
    assert not loaded & {"pandas", "numpy", "anywidget", "ipywidgets", "IPython"}


def test_every_public_name_exists_and_is_documented() -> None:
    """The list in the docstring, `__all__` and what is there agree."""
    assert okrlab.__doc__ is not None
    for name in okrlab.__all__:
        assert getattr(okrlab, name).__doc__
        assert f"okrlab.{name}(" in okrlab.__doc__, f"{name} is not in the package's docstring"


def test_an_unknown_name_is_an_attribute_error() -> None:
    """Lazy names don't hide misspellings."""
    with pytest.raises(AttributeError, match="nonsense"):
        _ = okrlab.nonsense


def test_no_file_holds_an_absolute_path_of_somebodys_machine() -> None:
    """The project stands alone and moves with its folder."""
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split("\n")
    pattern = re.compile(r"(?<![\w.])/(?:work|root|home/\w+|Users/\w+)/\w")
    hits = []
    for name in listed:
        path = ROOT / name
        if path.suffix in (".png", ".lock", "") or not path.is_file() or path == Path(__file__):
            continue
        if pattern.search(path.read_text(encoding="utf-8", errors="replace")):
            hits.append(name)
    assert hits == []
