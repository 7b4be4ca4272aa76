"""A store in one file of JSON lines, for places where SQLite can't live.

A browser's JupyterLite is one: its drive corrupts a database that is changed in place, while a file
that is replaced as a whole survives a reload. The file has the form of an export, so it can be
imported elsewhere as it is.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from okrlab.assessment.attempt import Attempt
from okrlab.storage import _lines, _trouble
from okrlab.storage._files import aside_name, aside_notice, write_whole
from okrlab.storage._lock import locked
from okrlab.storage._records import checked_attempts, checked_drafts, draft_id
from okrlab.storage.memory import MemoryStore
from okrlab.storage.protocol import SCHEMA, Draft

ROOM = 200
"""So many versions of drafts that are no longer needed may stand in the file."""


@dataclass
class _Known:
    """What was read of the file so far, and which file it was."""

    store: MemoryStore = field(default_factory=MemoryStore)
    file: tuple[int, int] | None = None
    upto: int = 0
    drafts: int = 0
    bad: int = 0


class JsonLinesStore:
    """A `ProgressStore` in a file of JSON lines.

    Args:
        path: the file; it and its folder are made when something is first saved.
        replace: write the whole file anew for every change instead of appending to it. Default:
            only in a browser.
    """

    def __init__(self, path: Path, *, replace: bool = sys.platform == "emscripten") -> None:
        self.path = path
        self._replace = replace
        self._known = _Known()
        self._notices: list[str] = []

    @property
    def where(self) -> str:
        """The file."""
        return str(self.path)

    # -- reading ---------------------------------------------------------------------------------

    def attempts(self, learner: str) -> list[Attempt]:
        """Every attempt of a learner, oldest first."""
        return self._current().attempts(learner)

    def draft(self, learner: str, key: str) -> dict[str, Any] | None:
        """The latest version of a draft."""
        return self._current().draft(learner, key)

    def drafts(self, learner: str) -> list[Draft]:
        """The versions kept of every draft of a learner, oldest first."""
        return self._current().drafts(learner)

    def learners(self) -> list[str]:
        """Everybody of whom something is stored, sorted."""
        return self._current().learners()

    def notices(self) -> list[str]:
        """A damaged file that was set aside, with its name."""
        return list(self._notices)

    def close(self) -> None:
        """Forget what was read; no file is kept open."""
        self._known = _Known()

    # -- writing ---------------------------------------------------------------------------------

    def add(self, attempts: Sequence[Attempt]) -> int:
        """Keep these attempts; return how many were new."""
        checked = checked_attempts(attempts)
        with self._writing() as known:
            ids = known.store.ids()
            new: dict[str, Attempt] = {}
            for attempt in checked:
                if attempt.id not in ids:
                    new.setdefault(attempt.id, attempt)
            self._write([_lines.attempt_line(a) for a in new.values()])
            return len(new)

    def save_draft(self, learner: str, key: str, value: dict[str, Any], at: datetime) -> None:
        """Make `value` the latest version of a draft."""
        with self._writing() as known:
            draft = known.store.next_draft(learner, key, value, at)
            if draft is not None:
                self._write([_lines.draft_line(draft)])

    def add_drafts(self, drafts: Sequence[Draft]) -> int:
        """Add versions from elsewhere; return how many were new."""
        checked = checked_drafts(drafts)
        with self._writing() as known:
            before = known.store.draft_ids()
            new = {name: d for d in checked if (name := draft_id(d)) not in before}
            self._write([_lines.draft_line(d) for d in new.values()])
            return len(self._known.store.draft_ids() - before)

    # -- the file --------------------------------------------------------------------------------

    def _current(self) -> MemoryStore:
        with self._trouble_told():
            self._read_on()
            if self._known.bad:
                with locked(self.path):
                    self._set_aside()
        return self._known.store

    @contextmanager
    def _writing(self) -> Iterator[_Known]:
        with self._trouble_told():
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with locked(self.path):
                self._read_on()
                if self._known.bad:
                    self._set_aside()
                yield self._known

    @contextmanager
    def _trouble_told(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise _trouble.from_os(error, self.where) from error

    def _read_on(self) -> None:
        """Read what other processes have added, or everything when the file is another one."""
        try:
            stream = self.path.open("rb")
        except FileNotFoundError:
            self._known = _Known()
            return
        with stream:
            status = os.fstat(stream.fileno())
            if (status.st_dev, status.st_ino) != self._known.file or (
                status.st_size < self._known.upto
            ):
                self._known = _Known(file=(status.st_dev, status.st_ino))
            stream.seek(self._known.upto)
            self._take(stream.read())

    def _take(self, new: bytes) -> None:
        known = self._known
        whole = new[: new.rfind(b"\n") + 1]  # a last line without its end is being written
        attempts, drafts = [], []
        for number, raw in enumerate(whole.splitlines()):
            if known.upto == 0 and number == 0 and self._is_header(raw):
                continue
            if not raw.strip():
                continue
            try:
                record = _lines.read_line(raw)
            except _lines.LineError:
                known.bad += 1
                continue
            if isinstance(record, Attempt):
                attempts.append(record)
            else:
                drafts.append(record)
        known.store.add(attempts)
        known.store.add_drafts(drafts)
        known.drafts += len(drafts)
        known.upto += len(whole)

    def _is_header(self, raw: bytes) -> bool:
        try:
            version = _lines.header_version(raw)
        except _lines.LineError:
            return False
        if version > SCHEMA:
            raise _trouble.newer(self.where, version, SCHEMA)
        return True

    def _write(self, lines: list[bytes]) -> None:
        """Put lines at the end, and see to it that they are on the disk. Needs the lock."""
        if not lines:
            return
        known = self._known
        unneeded = known.drafts - len(known.store.draft_ids())
        if self._replace or known.upto == 0 or unneeded > ROOM:
            self._rewrite(lines)
        else:
            self._append(b"".join(lines))
        self._read_on()

    def _append(self, data: bytes) -> None:
        handle = os.open(self.path, os.O_WRONLY)
        try:
            os.ftruncate(handle, self._known.upto)  # drops a line that was torn off
            os.lseek(handle, 0, os.SEEK_END)
            try:
                left = memoryview(data)
                while left:
                    left = left[os.write(handle, left) :]
                os.fsync(handle)
            except OSError:
                os.ftruncate(handle, self._known.upto)
                raise
        finally:
            os.close(handle)

    def _rewrite(self, lines: list[bytes]) -> None:
        store = self._known.store
        kept = [
            line
            for learner in store.learners()
            for line in (
                *(_lines.attempt_line(a) for a in store.attempts(learner)),
                *(_lines.draft_line(d) for d in store.drafts(learner)),
            )
        ]
        write_whole(self.path, b"".join([_lines.HEADER, *kept, *lines]))

    def _set_aside(self) -> None:
        """Keep a damaged file under another name and go on with what could be read of it."""
        self._known = _Known()  # another process may have done it meanwhile
        self._read_on()
        if not self._known.bad:
            return
        count = len(self._known.store.ids())
        if not count and not self._known.drafts and self._looks_foreign():
            raise _trouble.foreign(self.where)
        aside = aside_name(self.path, datetime.now(UTC))
        write_whole(aside, self.path.read_bytes())
        self._rewrite([])
        self._known = _Known()
        self._read_on()
        self._notices.append(aside_notice(aside, count))

    def _looks_foreign(self) -> bool:
        with self.path.open("rb") as stream:
            first = stream.readline(10_000)
        try:
            json.loads(first)
        except ValueError:
            return False
        try:
            _lines.header_version(first)
        except _lines.LineError:
            return True
        return False
