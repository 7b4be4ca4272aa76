"""The course as shipped, and a learner's own copy of it.

Learners work on a copy, so that what they write never collides with an update and an update never
overwrites what they wrote. `.okrlab/course.json` in the copy remembers what was laid there.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path, PurePosixPath
from typing import Any

from okrlab.errors import OkrlabError

FOLDERS = ("notebooks", "exercises", "solutions")
WELCOME = "notebooks/00_welcome.ipynb"
MANIFEST = Path(".okrlab") / "course.json"


class CourseError(OkrlabError):
    """The course could not be found, or could not be copied."""


@dataclass
class CopyReport:
    """What `copy_course` did, file by file."""

    folder: Path
    copied: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    kept: list[tuple[str, str]] = field(default_factory=list)

    def lines(self) -> list[str]:
        """Say in words what happened; nothing when nothing did."""
        said = []
        if self.copied:
            said.append(f"Copied {_files(len(self.copied))} of the course to {self.folder}.")
        if self.updated:
            said.append(f"Brought {_files(len(self.updated))} up to date that you had not changed.")
        for name, beside in self.kept:
            said.append(
                f"You changed {name}, so it stays as it is. The new version is in {beside}."
            )
        return said


@cache
def course_root() -> Path:
    """Return the folder that holds the shipped notebooks: in the wheel, or the checkout."""
    package = Path(__file__).resolve().parent.parent
    for root in (package / "course", package.parent):
        if (root / WELCOME).is_file():
            return root
    raise CourseError(
        f"The course's notebooks are missing: {WELCOME} was looked for beside okrlab in "
        f"{package}. The installation is incomplete. Install okrlab again."
    )


def shipped_files(root: Path | None = None) -> Iterator[str]:
    """Name every file of the course, relative to its root, with forward slashes."""
    base = root or course_root()
    for name in FOLDERS:
        for path in sorted((base / name).rglob("*")):
            relative = path.relative_to(base)
            hidden = any(part.startswith((".", "__")) for part in relative.parts)
            if path.is_file() and not hidden:
                yield relative.as_posix()


def shipped_name(path: str, root: Path | None = None) -> str | None:
    """Tell which shipped notebook a path inside a learner's folder stands for, if any.

    The course may lie deeper than the folder that Jupyter serves, so the path's end decides:
    ``my-course/notebooks/00_welcome.ipynb`` stands for ``notebooks/00_welcome.ipynb``.
    """
    parts = PurePosixPath(path).parts
    starts = [index for index, part in enumerate(parts) if part in FOLDERS]
    if not starts or not path.endswith(".ipynb") or ".." in parts:
        return None
    name = PurePosixPath(*parts[starts[-1] :]).as_posix()
    return name if name in set(shipped_files(root)) else None


def notebook_cells(text: str | bytes) -> list[tuple[str, str]]:
    """Return the type and source of each cell of a notebook's JSON text."""
    return cells_of(json.loads(text))


def cells_of(notebook: Any) -> list[tuple[str, str]]:
    """Return the type and source of each cell; outputs and counts are not a learner's edits."""
    return [(str(cell["cell_type"]), _joined(cell.get("source", ""))) for cell in notebook["cells"]]


def fingerprint(path: Path) -> str:
    """Hash what a person can edit in a file: a notebook's cell sources, else its bytes."""
    data = path.read_bytes()
    if path.suffix == ".ipynb":
        with suppress(ValueError, KeyError, TypeError):  # no readable notebook: its bytes count
            data = json.dumps(notebook_cells(data)).encode()
    return hashlib.sha256(data).hexdigest()


def copy_course(folder: Path, root: Path | None = None) -> CopyReport:
    """Lay the course into a folder, or bring an earlier copy up to date.

    Files that the learner changed are never touched: when the course has a newer version of one,
    that is laid beside it.

    Raises:
        CourseError: the folder cannot be used or written.
    """
    source = root or course_root()
    if folder.resolve() == source.resolve():
        raise CourseError(
            f"{folder} is where the course itself is kept, so a copy cannot go there. "
            "Name another folder: okrlab lab my-course"
        )
    try:
        return _copy(folder, source)
    except OSError as error:
        reason = error.strerror or str(error)
        raise CourseError(
            f"The course could not be copied to {folder}: {reason} ({error.filename}). "
            "Nothing of yours was changed. Free some space or name a folder that you may write: "
            "okrlab lab FOLDER"
        ) from error


def _copy(folder: Path, source: Path) -> CopyReport:
    report = CopyReport(folder)
    before = _read_manifest(folder)
    after = dict(before)
    for name in shipped_files(source):
        shipped, mine = source / name, folder / name
        new = {"edit": fingerprint(shipped), "bytes": _digest(shipped.read_bytes())}
        old = before.get(name)
        after[name] = new
        if not mine.exists():
            _write(mine, shipped.read_bytes())
            report.copied.append(name)
        elif old is not None and fingerprint(mine) == old["edit"]:
            if old != new:
                _write(mine, shipped.read_bytes())
                report.updated.append(name)
        elif fingerprint(mine) != new["edit"] and (old is None or old["edit"] != new["edit"]):
            beside = _lay_beside(mine, shipped)
            report.kept.append((name, beside.relative_to(folder).as_posix()))
    if after != before:
        manifest = {"format": 1, "okrlab": _version(), "files": after}
        _write(folder / MANIFEST, (json.dumps(manifest, indent=1) + "\n").encode())
    return report


def _read_manifest(folder: Path) -> dict[str, dict[str, str]]:
    """Read what was laid earlier; a missing or damaged manifest means that all files are kept."""
    try:
        files = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["files"]
        return {
            str(name): {"edit": str(entry["edit"]), "bytes": str(entry["bytes"])}
            for name, entry in files.items()
        }
    except (FileNotFoundError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def _lay_beside(mine: Path, shipped: Path) -> Path:
    number = 1
    while True:
        note = "new version" if number == 1 else f"new version {number}"
        beside = mine.with_name(f"{mine.stem} ({note}){mine.suffix}")
        if not beside.exists():
            _write(beside, shipped.read_bytes())
            return beside
        if fingerprint(beside) == fingerprint(shipped):
            return beside
        number += 1


def _write(path: Path, data: bytes) -> None:
    """Write a file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.part")
    unfinished.write_bytes(data)
    os.replace(unfinished, path)


def _joined(source: Any) -> str:
    return source if isinstance(source, str) else "".join(source)


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _files(count: int) -> str:
    return "one file" if count == 1 else f"{count} files"


def _version() -> str:
    try:
        return version("okrlab")
    except PackageNotFoundError:
        return "unknown"
