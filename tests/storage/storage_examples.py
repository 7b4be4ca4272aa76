"""Attempts, drafts and stores for the tests of storage."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from okrlab.assessment.attempt import Attempt
from okrlab.storage import Draft, JsonLinesStore, ProgressStore
from okrlab.storage.sql import SqlStore

START = datetime(2026, 11, 2, 9, tzinfo=UTC)

OPENERS: dict[str, Callable[[Path], ProgressStore]] = {
    "sqlite": lambda folder: SqlStore(folder / "progress.sqlite3"),
    "jsonl": lambda folder: JsonLinesStore(folder / "progress.jsonl"),
    "jsonl-replaced": lambda folder: JsonLinesStore(folder / "progress.jsonl", replace=True),
}


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


TEXTS = st.text(max_size=12)
NAMES = st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), min_size=1, max_size=12)
KEYS = st.from_regex(r"[A-Za-z0-9_-]{1,12}", fullmatch=True)
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=6,
)
OBJECTS = st.dictionaries(TEXTS, JSON, max_size=4)
TIMES = st.datetimes(
    min_value=datetime(2000, 1, 1),
    max_value=datetime(2100, 1, 1),
    timezones=st.sampled_from([UTC, timezone(timedelta(hours=-5)), timezone(timedelta(hours=5.5))]),
)

ATTEMPTS = st.builds(
    Attempt,
    id=KEYS,
    learner=NAMES,
    activity=NAMES,
    sitting=KEYS,
    item=NAMES,
    item_version=st.integers(1, 99),
    concept=NAMES | st.just(""),
    response=OBJECTS,
    mark=st.floats(0, 1),
    misconceptions=st.lists(st.sampled_from(["M01", "M02", "M22"]), max_size=2).map(tuple),
    graded=st.booleans(),
    try_number=st.integers(1, 9),
    confidence=st.sampled_from(["sure", "think", "guess", None]),
    seconds=st.none() | st.floats(0, 1e6, allow_nan=False).filter(math.isfinite),
    at=TIMES,
)
DRAFTS = st.builds(Draft, learner=NAMES, key=NAMES, value=OBJECTS, at=TIMES)
