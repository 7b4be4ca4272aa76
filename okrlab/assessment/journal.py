"""What a widget needs of progress: write attempts, read them back, keep drafts.

The widgets receive a journal and never choose where it is stored.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import deepcopy
from datetime import datetime
from typing import Any, Protocol

from okrlab.assessment.attempt import Attempt


class Journal(Protocol):
    """One learner's record, as widgets see it."""

    learner: str

    def record(self, attempts: Sequence[Attempt]) -> None:
        """Keep these attempts. Never raises for a full disk or the like: see `notice`."""

    def attempts(self) -> list[Attempt]:
        """Every attempt of this learner, oldest first."""

    def save_draft(self, key: str, value: dict[str, Any]) -> None:
        """Keep unfinished work (plain JSON data) under `key`, such as "deck/kpi-or-key-result"."""

    def draft(self, key: str) -> dict[str, Any] | None:
        """The unfinished work last saved under `key`."""

    def notice(self) -> str | None:
        """What the learner must know about storage, in plain words; None when all is well."""

    def now(self) -> datetime:
        """The time, with a time zone."""


class MemoryJournal:
    """A journal that forgets when the process ends: for tests, demonstrations and previews.

    Args:
        learner: whose record this is.
        now: the clock; returns a time with a time zone.
    """

    def __init__(self, learner: str, now: Callable[[], datetime]) -> None:
        self.learner = learner
        self.now = now
        self._attempts: list[Attempt] = []
        self._drafts: dict[str, dict[str, Any]] = {}

    def record(self, attempts: Sequence[Attempt]) -> None:
        """Keep these attempts."""
        self._attempts.extend(attempts)

    def attempts(self) -> list[Attempt]:
        """Every attempt, oldest first."""
        return list(self._attempts)

    def save_draft(self, key: str, value: dict[str, Any]) -> None:
        """Keep unfinished work under `key`."""
        self._drafts[key] = deepcopy(value)

    def draft(self, key: str) -> dict[str, Any] | None:
        """The unfinished work last saved under `key`."""
        return deepcopy(self._drafts.get(key))

    def notice(self) -> str | None:
        """Memory has no troubles to report."""
        return None
