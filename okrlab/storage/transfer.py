"""Progress to a file and back: to keep a copy, to change machines, to hand it in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from okrlab.assessment.attempt import Attempt
from okrlab.errors import StorageError
from okrlab.storage import _lines, _trouble
from okrlab.storage._files import write_whole
from okrlab.storage.protocol import SCHEMA, Draft, ProgressStore

MAX_BYTES = 200_000_000
"""Larger files are not imported."""

MAX_PROBLEMS = 100
"""So many problems are told; more are counted."""


@dataclass
class ImportReport:
    """What `import_progress` did.

    Attributes:
        attempts: how many attempts the file holds.
        drafts: how many versions of drafts it holds.
        new_attempts: how many of the attempts were not there yet.
        new_drafts: how many of the versions were not there yet.
        learners: whose they are.
        problems: lines that could not be imported, as (line number, what is wrong).
        bad_lines: how many lines that is, those included that `problems` has no room for.
    """

    attempts: int = 0
    drafts: int = 0
    new_attempts: int = 0
    new_drafts: int = 0
    learners: list[str] = field(default_factory=list)
    problems: list[tuple[int, str]] = field(default_factory=list)
    bad_lines: int = 0


def export_progress(store: ProgressStore, path: Path, learners: Sequence[str]) -> tuple[int, int]:
    """Write everything of these learners to a new file; return how many attempts and drafts.

    Raises:
        StorageError: the file exists, or can't be written.
    """
    if path.exists():
        raise StorageError(
            f"Nothing was exported, because {path} exists already and might hold something that is "
            "nowhere else. Choose another name, or move that file away."
        )
    attempts = [a for learner in learners for a in store.attempts(learner)]
    drafts = [d for learner in learners for d in store.drafts(learner)]
    lines = [*map(_lines.attempt_line, attempts), *map(_lines.draft_line, drafts)]
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, b"".join([_lines.HEADER, *lines]))
    except OSError as error:
        raise _trouble.from_os(error, str(path)) from error
    return len(attempts), len(drafts)


def import_progress(store: ProgressStore, path: Path, learner: str | None = None) -> ImportReport:
    """Add what an export holds to a store. Doing it again adds nothing.

    Every line that is right is imported, also when others are not: a damaged copy must not cost
    more than its damaged lines, and a mended file can simply be imported again. Only a file that
    is no export at all, is too large, or comes from a newer okrlab is refused as a whole.

    Args:
        store: where to add it.
        path: the export.
        learner: whose it becomes, such as the name in a class for what was answered as "me". By
            default everything stays whose it was.

    Raises:
        StorageError: the file is refused or can't be read, or the store can't be written. What
            was imported until then stays; trying again is safe.
    """
    report = ImportReport()
    attempts: list[Attempt] = []
    drafts: list[Draft] = []
    for number, raw in _read(path):
        if not raw.strip():
            continue
        try:
            record = _lines.read_line(raw)
        except _lines.LineError as error:
            report.bad_lines += 1
            room = MAX_PROBLEMS - len(report.problems)
            report.problems += [(number, text) for text in error.problems[:room]]
            continue
        if isinstance(record, Attempt):
            attempts.append(record)
        else:
            drafts.append(record)
    report.attempts, report.drafts = len(attempts), len(drafts)
    if learner is not None:
        _one_learner(path, {a.learner for a in attempts} | {d.learner for d in drafts})
        attempts = [replace(a, learner=learner) for a in attempts]
        drafts = [replace(d, learner=learner) for d in drafts]
    report.learners = sorted({a.learner for a in attempts} | {d.learner for d in drafts})
    if attempts:
        report.new_attempts = store.add(attempts)
    if drafts:
        report.new_drafts = store.add_drafts(drafts)
    return report


def _one_learner(path: Path, found: set[str]) -> None:
    if len(found) > 1:
        raise StorageError(
            f"{path} was not imported under another name, because it holds answers of several "
            f"learners: {', '.join(sorted(found)[:10])}. Import it without --learner."
        )


def _read(path: Path) -> Iterator[tuple[int, bytes]]:
    """The lines after the first, with their numbers; never more of a line than is needed."""
    try:
        with path.open("rb") as stream:
            size = stream.seek(0, 2)
            if size > MAX_BYTES:
                raise StorageError(
                    f"{path} was not imported, because it has {size:,} bytes and at most "
                    f"{MAX_BYTES:,} are read. See whether it is an export of okrlab."
                )
            stream.seek(0)
            _check_header(path, stream.readline(_lines.MAX_LINE + 1))
            number = 1
            while raw := stream.readline(_lines.MAX_LINE + 1):
                number += 1
                line, rest = raw, raw
                while rest and not rest.endswith(b"\n"):
                    rest = stream.readline(_lines.MAX_LINE)
                yield number, line
    except OSError as error:
        raise StorageError(
            f"{path} was not imported, because it can't be read: {error.strerror or error}. "
            "See whether the name is right."
        ) from error


def _check_header(path: Path, raw: bytes) -> None:
    try:
        version = _lines.header_version(raw)
    except _lines.LineError as error:
        raise StorageError(
            f"{path} was not imported, because it is no export of okrlab: {error}. "
            "Make one with: okrlab progress --export FILE"
        ) from error
    if version != SCHEMA:
        raise StorageError(
            f"{path} was not imported, because a newer okrlab wrote it (format {version}; this one "
            f"knows format {SCHEMA}). Bring okrlab up to date and import it then."
        )
