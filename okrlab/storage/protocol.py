"""What every store of progress can do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from okrlab.assessment.attempt import Attempt

SCHEMA = 1
"""Version of what is stored. A store with a higher one is refused, never touched."""

DRAFTS_KEPT = 20
"""So many of the latest versions of a draft are kept, so that nothing typed is lost."""


@dataclass(frozen=True)
class Draft:
    """One version of a learner's unfinished work.

    Attributes:
        learner: whose it is.
        key: what it belongs to, such as "deck/kpi-or-key-result".
        value: plain JSON data.
        at: when it was saved, with a time zone.
    """

    learner: str
    key: str
    value: dict[str, Any]
    at: datetime


class ProgressStore(Protocol):
    """Attempts and drafts of any number of learners.

    Every method raises `StorageError` when the place cannot be read or written, and ValueError for
    an attempt or draft that no store could give back unchanged (such as one that is not JSON). A
    write that returned is on the disk. The place is opened by the first call, not before, and
    tried again by every call after trouble.
    """

    @property
    def where(self) -> str:
        """The place, as it can be shown to a learner."""

    def add(self, attempts: Sequence[Attempt]) -> int:
        """Keep all of these attempts or none; return how many were not there yet.

        An attempt whose id is already there changes nothing.
        """

    def attempts(self, learner: str) -> list[Attempt]:
        """Every attempt of a learner, oldest first."""

    def save_draft(self, learner: str, key: str, value: dict[str, Any], at: datetime) -> None:
        """Make `value` the latest version of a draft.

        It is the latest even if the clock went backwards since the version before.
        """

    def draft(self, learner: str, key: str) -> dict[str, Any] | None:
        """The latest version of a draft, None when there is none."""

    def drafts(self, learner: str) -> list[Draft]:
        """The versions kept of every draft of a learner, oldest first."""

    def add_drafts(self, drafts: Sequence[Draft]) -> int:
        """Add versions from elsewhere in order of their time; return how many were new."""

    def learners(self) -> list[str]:
        """Everybody of whom something is stored, sorted."""

    def notices(self) -> list[str]:
        """What learners must know about the place, such as a damaged file that was set aside."""

    def close(self) -> None:
        """Let go of files and connections. The store can be used again afterwards."""
