"""Saving a draft while somebody types: often enough to lose nothing, seldom enough to be quick."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from okrlab.assessment.journal import Journal

EVERY = timedelta(seconds=3)
"""While typing goes on, a draft is saved at most this often."""


class Autosave:
    """Saves one draft.

    Args:
        journal: where to.
        key: the draft's key.
        value: returns what is to be saved.
    """

    def __init__(self, journal: Journal, key: str, value: Callable[[], dict[str, Any]]) -> None:
        self._journal, self._key, self._value = journal, key, value
        self._at: datetime | None = None
        self._waiting = False

    def touch(self) -> None:
        """Something was typed: save it now if the last time is a while ago, else soon."""
        self._waiting = True
        if self._at is None or not self._at <= self._journal.now() < self._at + EVERY:
            self.save()

    def rest(self) -> None:
        """Typing has paused: save what waits."""
        if self._waiting:
            self.save()

    def save(self) -> None:
        """Save now."""
        self._journal.save_draft(self._key, self._value())
        self._at, self._waiting = self._journal.now(), False
