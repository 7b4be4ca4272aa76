"""Submissions in a folder: who handed in what.

Three shapes, in any mixture: ``NAME/ex.ipynb``, ``NAME_ex.ipynb`` and nbgrader's
``submitted/NAME/ASSIGNMENT/ex.ipynb``. Links are never followed.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from okrlab.errors import OkrlabError
from okrlab.grading.assignment import Assignment

MAX_FILES = 100_000
MAX_DEPTH = 3
NBGRADER = "submitted"
SKIPPED = ("__MACOSX", "__pycache__", "node_modules")
MAX_NAME = 80
_COPY = re.compile(r"(?:[ _-]*(?:\(\d+\)|Copy\d*|copy\d*))+$")


@dataclass(frozen=True)
class Found:
    """A file that was handed in.

    Attributes:
        learner: whose it is.
        path: where it is.
        file: the same, relative to the folder of submissions.
        stem: its name without learner and ending.
        exact: whether it bears just the name of the assignment.
    """

    learner: str
    path: Path
    file: str
    stem: str
    exact: bool


def find(folder: Path, assignments: Sequence[Assignment]) -> list[Found]:
    """Everything that was handed in, in order of learners and files.

    Raises:
        OkrlabError: there is no such folder, or it holds no notebooks.
    """
    if not folder.is_dir():
        raise OkrlabError(
            f"{folder} is no folder, so nothing was marked. Give the folder with the submissions."
        )
    nested = folder / NBGRADER
    root = nested if nested.is_dir() and not nested.is_symlink() else folder
    names = [assignment.name for assignment in assignments]
    found = [_found(path, root, names) for path in _notebooks(root)]
    if not found:
        raise OkrlabError(
            f"There are no notebooks in {root}, so nothing was marked. Submissions lie there as "
            "NAME/exercise.ipynb or NAME_exercise.ipynb. If they are packed, unpack them first."
        )
    return sorted(found, key=lambda f: (f.learner.casefold(), f.learner, f.file))


def _notebooks(root: Path) -> list[Path]:
    found: list[Path] = []
    for path in _walk(root, MAX_DEPTH):
        found.append(path)
        if len(found) > MAX_FILES:
            raise OkrlabError(f"{root} holds more than {MAX_FILES:,} notebooks. Mark it in parts.")
    return found


def _walk(folder: Path, depth: int) -> Iterator[Path]:
    try:
        entries = sorted(os.scandir(folder), key=lambda e: e.name)
    except OSError:
        return
    for entry in entries:
        if entry.name.startswith(".") or entry.name in SKIPPED:
            continue
        if entry.is_dir(follow_symlinks=False):
            if depth > 1:
                yield from _walk(Path(entry.path), depth - 1)
        elif entry.name.endswith(".ipynb"):
            yield Path(entry.path)


def _found(path: Path, root: Path, names: Iterable[str]) -> Found:
    parts = path.relative_to(root).parts
    file = readable("/".join(parts))
    stem = path.name.removesuffix(".ipynb")
    if len(parts) > 1:
        return Found(readable(parts[0]), path, file, _COPY.sub("", stem), stem in names)
    for name in sorted(names, key=len, reverse=True):
        plain = _COPY.sub("", stem)
        if plain.endswith(f"_{name}"):
            learner = readable(plain.removesuffix(f"_{name}"))
            return Found(learner, path, file, name, stem.endswith(name))
    learner, _, rest = stem.partition("_")
    return Found(readable(learner), path, file, rest or stem, False)


def readable(name: str) -> str:
    """A name as it can be shown: composed, bounded, without signs that can't be printed.

    A name that had to be changed gets a mark of its own, so that two such names stay two learners.
    """
    whole = unicodedata.normalize("NFC", _decodable(name)).strip()
    text = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in whole)
    if whole and text[:MAX_NAME] == whole and "\N{REPLACEMENT CHARACTER}" not in text:
        return text
    mark = sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{text[: MAX_NAME - 9] or 'unnamed'}~{mark}"


def _decodable(name: str) -> str:
    """A name without halves of characters and bytes that are no text."""
    return name.encode("utf-8", "surrogatepass").decode("utf-8", "replace")


def file_name(name: str) -> str:
    """A name for a file of a learner's: safe on every system, and different for each learner."""
    plain = re.sub(r"[^\w.-]+", "-", name).strip(".-")
    if plain and plain == name and len(name) <= 60:
        return plain
    return f"{plain[:50] or 'learner'}-{sha256(name.encode()).hexdigest()[:8]}"
