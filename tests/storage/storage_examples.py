"""Attempts, drafts and stores for the tests of storage."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from okrlab.assessment.attempt import Attempt
from okrlab.storage import JsonLinesStore, ProgressStore

START = datetime(2026, 11, 2, 9, tzinfo=UTC)


def _sqlite(folder: Path) -> ProgressStore:
    from okrlab.storage.sql import SqlStore  # loads SQLAlchemy, which costs a process its time

    return SqlStore(folder / "progress.sqlite3")


def _postgresql(folder: Path) -> ProgressStore:
    from okrlab.storage.sql import SqlStore
    from tests.postgres_server import database_at

    return SqlStore(database_at(folder))


FILE_OPENERS: dict[str, Callable[[Path], ProgressStore]] = {
    "sqlite": _sqlite,
    "jsonl": lambda folder: JsonLinesStore(folder / "progress.jsonl"),
    "jsonl-replaced": lambda folder: JsonLinesStore(folder / "progress.jsonl", replace=True),
}
OPENERS = {**FILE_OPENERS, "postgresql": _postgresql}
"""By kind; that of PostgreSQL needs the fixture `postgres`."""


def attempt(number: int = 0, **fields: Any) -> Attempt:
    """An attempt like that of a quiz; `number` makes its id and its time."""
    values: dict[str, Any] = {
        "id": f"{number:032x}",
        "learner": "me",
        "activity": "quiz/two-jobs",
        "sitting": "5" * 32,
        "item": "kpi-definition-01",
        "item_version": 1,
        "concept": "kpi-definition",
        "response": {"option": 2},
        "mark": 0.5,
        "misconceptions": ("M01", "M02"),
        "graded": True,
        "try_number": 1,
        "confidence": "think",
        "seconds": 12.5,
        "at": START + timedelta(seconds=number),
    }
    return Attempt(**(values | fields))
