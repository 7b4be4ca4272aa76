"""Answers that could not be stored before a notebook was closed, in a file until they can be."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from pathlib import Path

from okrlab.assessment.attempt import Attempt
from okrlab.errors import StorageError
from okrlab.storage import _lines
from okrlab.storage._files import write_whole
from okrlab.storage.memory import MemoryStore
from okrlab.storage.protocol import Draft
from okrlab.storage.transfer import import_progress

PATTERN = "waiting-*.jsonl"


def set_aside(folder: Path, attempts: Sequence[Attempt], drafts: Sequence[Draft]) -> Path:
    """Write them to a new file, in the form of an export.

    Raises:
        OSError: it can't be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / PATTERN.replace("*", secrets.token_hex(8))
    lines = [*map(_lines.attempt_line, attempts), *map(_lines.draft_line, drafts)]
    write_whole(path, b"".join([_lines.HEADER, *lines]))
    return path


def set_aside_of(folder: Path, learner: str) -> list[tuple[Path, list[Attempt], list[Draft]]]:
    """What waits in files that hold this learner's only; files that can't be read stay."""
    found = []
    for path in sorted(folder.glob(PATTERN)):
        store = MemoryStore()
        try:
            report = import_progress(store, path)
        except StorageError:
            continue
        if report.learners == [learner] and not report.bad_lines:
            found.append((path, store.attempts(learner), store.drafts(learner)))
    return found
