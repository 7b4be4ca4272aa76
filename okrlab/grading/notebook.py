"""A notebook from somebody else, read with care: bounded, checked, never evaluated."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from okrlab.assessment.exercise_answer import ANSWER_TYPE
from okrlab.errors import OkrlabError

MAX_BYTES = 32 * 1024**2
MAX_CELLS = 2_000
MAX_SOURCE = 1_000_000
"""Characters of all code together."""


class NotebookError(OkrlabError):
    """A file that cannot be marked, and why."""


@dataclass(frozen=True)
class Cell:
    """A cell as it was handed in.

    Attributes:
        number: its place in the notebook, from 1.
        id: its id, empty when there is none.
        code: whether it is code.
        source: its text.
        marks: its nbgrader metadata.
        tags: its tags.
    """

    number: int
    id: str
    code: bool
    source: str
    marks: Mapping[str, Any] = field(default_factory=dict)
    tags: tuple[str, ...] = ()

    @property
    def grade_id(self) -> str:
        """Its grade_id, empty when there is none."""
        name = self.marks.get("grade_id")
        return name if isinstance(name, str) else ""


@dataclass(frozen=True)
class Notebook:
    """A notebook.

    Attributes:
        cells: all its cells.
        lesson: the lesson that its metadata name.
        answers: what its forms recorded, by exercise.
    """

    cells: tuple[Cell, ...]
    lesson: int | None = None
    answers: Mapping[str, Any] = field(default_factory=dict)


def read_bytes(path: Path, limit: int = MAX_BYTES) -> bytes:
    """The content of a plain file; links, devices and what is too large are refused.

    Raises:
        NotebookError: it can't be read, and why.
    """
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    try:
        if path.is_symlink():
            raise NotebookError("This is a link to another file, and links are not followed.")
        fd = os.open(path, flags)
        with os.fdopen(fd, "rb") as stream:
            info = os.fstat(fd)
            if not stat.S_ISREG(info.st_mode):
                raise NotebookError("This is no plain file.")
            if info.st_size > limit:
                size = f"{info.st_size / 1024**2:,.0f} MB"
                raise NotebookError(
                    f"The file has {size}, and at most {limit // 1024**2} MB are read. Clear the "
                    "outputs in JupyterLab and save it again."
                )
            return stream.read(limit + 1)
    except OSError as error:
        raise NotebookError(f"The file cannot be read: {error.strerror or error}.") from error


def read_notebook(data: bytes) -> Notebook:
    """The notebook that a file's bytes hold.

    Raises:
        NotebookError: they hold none, and why.
    """
    try:
        raw = json.loads(data)
    except RecursionError:
        raise NotebookError("This is no notebook: it is nested too deeply.") from None
    except ValueError as error:
        if not data.strip():
            raise NotebookError("The file is empty.") from None
        if data[:2] in (b"PK", b"\x1f\x8b"):
            raise NotebookError("This is a packed file. Unpack it first.") from None
        said = str(error).splitlines()[0][:120]
        raise NotebookError(f"This is no notebook, or a damaged one: {said}.") from None
    if not isinstance(raw, dict) or not isinstance(raw.get("cells"), list):
        old = isinstance(raw, dict) and "worksheets" in raw
        how = " It has an old format; open it in JupyterLab and save it." if old else ""
        raise NotebookError(f"This is no notebook: it has no cells.{how}")
    if len(raw["cells"]) > MAX_CELLS:
        raise NotebookError(f"It has more than {MAX_CELLS:,} cells.")
    cells = tuple(_cell(number, cell) for number, cell in enumerate(raw["cells"], start=1))
    if sum(len(cell.source) for cell in cells if cell.code) > MAX_SOURCE:
        raise NotebookError(f"Its code has more than {MAX_SOURCE:,} characters.")
    own = _mapping(_mapping(raw.get("metadata")).get("okrlab"))
    lesson = own.get("lesson")
    known = isinstance(lesson, int) and not isinstance(lesson, bool)
    return Notebook(cells, lesson if known else None, _answers(raw["cells"]))


def _cell(number: int, raw: object) -> Cell:
    cell = _mapping(raw)
    metadata = _mapping(cell.get("metadata"))
    tags = metadata.get("tags")
    name = cell.get("id")
    return Cell(
        number,
        name if isinstance(name, str) else "",
        cell.get("cell_type") == "code",
        _joined(cell.get("source")),
        _mapping(metadata.get("nbgrader")),
        tuple(t for t in tags if isinstance(t, str)) if isinstance(tags, list) else (),
    )


def _joined(source: object) -> str:
    """Text, which notebooks may hold as a list of lines; never with half a character."""
    lines = source if isinstance(source, list) else [source]
    text = "".join(line for line in lines if isinstance(line, str))
    return text.encode("utf-8", "replace").decode("utf-8")


def _answers(cells: list[Any]) -> dict[str, Any]:
    """What forms recorded; of several records of one exercise the last that holds something."""
    found: dict[str, Any] = {}
    for cell in cells:
        outputs = _mapping(cell).get("outputs")
        for output in outputs[:50] if isinstance(outputs, list) else []:
            record = _mapping(_mapping(_mapping(output).get("data")).get(ANSWER_TYPE))
            name, answer = record.get("exercise"), record.get("answer")
            if isinstance(name, str) and isinstance(answer, dict) and len(name) <= 20:
                found[name] = answer
    return found


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}
