"""The journal of this process: the learner's own, or one that forgets."""

from __future__ import annotations

import atexit
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING

from okrlab.assessment.journal import Journal, MemoryJournal

if TYPE_CHECKING:
    from okrlab.storage import StoreJournal

_demonstration: MemoryJournal | None = None


def now() -> datetime:
    """The time, with a time zone. The only clock of the notebooks."""
    return datetime.now(UTC)


@cache
def _own_journal() -> StoreJournal:
    from okrlab.storage import StoreJournal, data_folder, learner_name, open_store

    journal = StoreJournal(open_store(), learner_name(), now)
    journal.take_up(data_folder())
    atexit.register(journal.set_aside, data_folder())  # answers that wait for a disk or a server
    return journal


def journal() -> Journal:
    """Where attempts and drafts of this notebook go."""
    return _demonstration or _own_journal()


def demonstrate() -> None:
    """Record nothing from here on, in this kernel."""
    global _demonstration  # noqa: PLW0603  one kernel, one choice
    _demonstration = MemoryJournal("demonstration", now)
