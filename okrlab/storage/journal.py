"""A learner's journal over a store: nothing is lost while the disk has trouble."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from copy import deepcopy
from datetime import datetime
from pathlib import Path
from typing import Any

from okrlab.assessment.attempt import Attempt
from okrlab.errors import StorageError
from okrlab.storage import _waiting
from okrlab.storage._records import checked_attempts, checked_drafts, checked_learner
from okrlab.storage.protocol import Draft, ProgressStore


class StoreJournal:
    """A `Journal` that keeps everything in a store.

    While the store cannot be written, attempts and drafts wait in memory and count as if they were
    stored; every later write tries again, and `notice` tells the learner.

    Args:
        store: where to keep it.
        learner: whose journal this is.
        now: the clock; returns a time with a time zone.

    Raises:
        StorageError: `learner` can't be a learner's name.
    """

    def __init__(self, store: ProgressStore, learner: str, now: Callable[[], datetime]) -> None:
        self.learner = checked_learner(learner)
        self.now = now
        self._store = store
        self._waiting: dict[str, Attempt] = {}
        self._waiting_drafts: dict[str, Draft] = {}
        self._seen: list[Attempt] = []
        self._trouble: StorageError | None = None

    def record(self, attempts: Sequence[Attempt]) -> None:
        """Keep these attempts, in memory if need be.

        Raises:
            ValueError: an attempt that no store could give back, such as one that is not JSON.
        """
        for attempt in checked_attempts(attempts):
            self._waiting.setdefault(attempt.id, attempt)
        self.flush()

    def attempts(self) -> list[Attempt]:
        """Every attempt of this learner, oldest first, also those that wait to be stored."""
        try:
            self._seen = self._store.attempts(self.learner)
            self._well()
        except StorageError as error:
            self._trouble = error
        stored = {a.id for a in self._seen}
        own = [
            a for a in self._waiting.values() if a.learner == self.learner and a.id not in stored
        ]
        return sorted([*self._seen, *own], key=lambda a: a.at)

    def save_draft(self, key: str, value: dict[str, Any]) -> None:
        """Keep unfinished work under `key`, in memory if need be.

        Raises:
            ValueError: a value that no store could give back, such as one that is not JSON.
        """
        [draft] = checked_drafts([Draft(self.learner, key, value, self.now())])
        self._waiting_drafts[key] = draft
        self.flush()

    def draft(self, key: str) -> dict[str, Any] | None:
        """The unfinished work last saved under `key`."""
        if key in self._waiting_drafts:
            return deepcopy(self._waiting_drafts[key].value)
        try:
            found = self._store.draft(self.learner, key)
            self._well()
        except StorageError as error:
            self._trouble = error
            return None
        return found

    def flush(self) -> None:
        """Try to store what waits. Called by every write; call it also before the process ends."""
        try:
            if self._waiting:
                stored = list(self._waiting.values())
                self._store.add(stored)
                self._seen += stored  # in case that reading fails next
                self._waiting.clear()
            for key, draft in list(self._waiting_drafts.items()):
                self._store.save_draft(draft.learner, key, draft.value, draft.at)
                del self._waiting_drafts[key]
            self._well()
        except StorageError as error:
            self._trouble = error

    def set_aside(self, folder: Path) -> None:
        """Keep what still waits in a file, as the process ends. `take_up` finds it.

        The file comes first and then a last try, as nobody knows how much time is left.
        """
        if not self._waiting and not self._waiting_drafts:
            return
        path = None
        with suppress(OSError):  # then nothing but the last try can be done
            drafts = list(self._waiting_drafts.values())
            path = _waiting.set_aside(folder, list(self._waiting.values()), drafts)
        self.flush()
        if path is not None and not self._waiting and not self._waiting_drafts:
            path.unlink(missing_ok=True)

    def take_up(self, folder: Path) -> None:
        """Store what an earlier process set aside; what can't be stored yet stays in its file."""
        for path, attempts, drafts in _waiting.set_aside_of(folder, self.learner):
            try:
                if attempts:
                    self._store.add(attempts)
                if drafts:
                    self._store.add_drafts(drafts)
                path.unlink(missing_ok=True)
            except StorageError as error:
                self._trouble = error
                return

    def notice(self) -> str | None:
        """What the learner must know about storage, in plain words; None when all is well."""
        told = self._store.notices()
        if self._trouble is not None:
            told.append(str(self._trouble))
            count = len(self._waiting)
            if count:
                answers = "1 answer waits" if count == 1 else f"{count} answers wait"
                told.append(
                    f"{answers} to be saved. Your answers of this session are kept until you close "
                    "the notebook, and the next one tries to save them all."
                )
            elif self._waiting_drafts:
                told.append("What you are working on is kept until you close the notebook.")
            else:
                told.append("Earlier answers can't be shown until then.")
        return " ".join(told) or None

    def _well(self) -> None:
        if not self._waiting and not self._waiting_drafts:
            self._trouble = None
