"""Any attempts and drafts that a store must take, for Hypothesis."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta, timezone

from hypothesis import strategies as st

from okrlab.assessment.attempt import Attempt
from okrlab.storage import Draft

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
