"""Journals and messages for the widgets over the analyser."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from okrlab.assessment.journal import MemoryJournal

CLEAR = "Cut first-reply time from 9 to 4 hours"
"""A statement that nobody reads as anything but a metric key result; it has no deadline."""


class SlowClock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.at = datetime(2026, 11, 21, 9, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at

    def wait(self, seconds: float) -> None:
        """Let time pass."""
        self.at += timedelta(seconds=seconds)


class CountingJournal(MemoryJournal):
    """A journal that counts how often a draft was saved."""

    def __init__(self) -> None:
        self.clock = SlowClock()
        super().__init__("ada", self.clock)
        self.saved = 0

    def save_draft(self, key: str, value: dict[str, Any]) -> None:
        """Keep and count."""
        self.saved += 1
        super().save_draft(key, value)


def send(widget: Any, kind: str, **fields: Any) -> None:
    """Send a message as the browser does."""
    widget._handle_custom_msg({"type": kind, **fields}, [])
