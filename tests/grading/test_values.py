"""Values through the sandbox are marked exactly as `okrlab.check` marks them."""

from __future__ import annotations

import datetime
import json
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from okrlab.assessment.exercise import mark_exercise
from okrlab.content import library
from okrlab.content.exercise import DataExercise, FrameAnswer, MappingAnswer
from okrlab.errors import AnswerError
from okrlab.grading.inside.encode import encode
from okrlab.grading.marking import answered
from okrlab.grading.values import ClaimError, rebuilt

NUMBER = TypeAdapter(DataExercise).validate_python(
    {
        "id": "9.9",
        "kind": "data",
        "title": "A number",
        "intro": "Compute it.",
        "concept": "scoring",
        "points": 3,
        "dataset": "museum-quarter",
        "answer": {"type": "number", "expected": 0.75, "tolerance": 0.01, "why": "So it is."},
    }
)
EXERCISES = {
    "number": NUMBER,
    "mapping": library().exercise("3.4"),
    "frame": library().exercise("1.3"),
}


def asked(exercise: Any) -> tuple[str, list[str]]:
    answer = exercise.answer
    if isinstance(answer, FrameAnswer):
        return "frame", [answer.key, *(c.name for c in answer.columns)]
    return ("mapping" if isinstance(answer, MappingAnswer) else "number"), []


def through(exercise: Any, value: Any) -> Any:
    """The value as it arrives."""
    key = getattr(exercise.answer, "key", "")
    return rebuilt(json.loads(json.dumps(encode(value, *asked(exercise)))), key)


def marked(exercise: Any, value: Any) -> Any:
    try:
        return mark_exercise(exercise, value)
    except AnswerError as error:
        return str(error)


KEY: Any = EXERCISES["frame"].answer  # type: ignore[attr-defined]
ROWS = [dict(row) for row in KEY.rows]
FRAME = pd.DataFrame(ROWS)
EXPECTED = EXERCISES["mapping"].answer.expected  # type: ignore[attr-defined]

VALUES = [
    None,
    ...,
    0,
    0.75,
    True,
    "0.75",
    float("nan"),
    float("inf"),
    10**400,
    2**60,
    np.float64(0.75),
    np.int64(3),
    np.array(0.75),
    np.array([1.0, 2.0]),
    pd.NA,
    pd.NaT,
    pd.Timestamp("2027-01-01"),
    datetime.date(2027, 1, 1),
    Decimal("0.75"),
    1 + 2j,
    b"bytes",
    [0.75],
    (0.75,),
    {1, 2},
    {},
    [],
    object(),
    print,
    dict(EXPECTED),
    pd.Series(EXPECTED),
    pd.Series(EXPECTED).astype(object),
    pd.Series(EXPECTED).to_frame(),
    pd.Series([0.75]),
    pd.Series([0.75, 1]),
    pd.Series([], dtype=float),
    pd.DataFrame({"a": [0.75]}),
    pd.DataFrame({"a": [1], "b": [2]}),
    pd.Index([0.75]),
    {**EXPECTED, "another": 1},
    {key: str(value) for key, value in EXPECTED.items()},
    {3: 1, "3": 4},
    {"a": [1]},
    dict.fromkeys(range(6000), 1),
    FRAME,
    FRAME.set_index("measure"),
    FRAME.sort_values("role"),
    FRAME.rename(columns=str.upper),
    FRAME.assign(extra=1),
    FRAME.drop(columns="role"),
    FRAME.drop(columns="measure"),
    FRAME.head(3),
    FRAME.assign(role=pd.Categorical(FRAME["role"])),
    FRAME.assign(role=FRAME["role"].str.upper()),
    FRAME.assign(role=1),
    FRAME.assign(role=pd.NA),
    FRAME.assign(role=[["x"]] * len(FRAME)),
    FRAME.assign(role=pd.Timestamp("2027-01-01")),
    pd.concat([FRAME, FRAME]),
    pd.concat([FRAME, FRAME], axis=1),
    pd.concat([FRAME, FRAME["role"]], axis=1),
    FRAME.set_index("measure", drop=False),
    FRAME.set_index(["measure", "role"]),
    FRAME.set_index(pd.Index(FRAME["measure"], name=None))[["role"]],
    FRAME.set_index(pd.Index(FRAME["measure"], name=7))[["role"]],
    FRAME.iloc[:0],
    pd.DataFrame(),
    pd.DataFrame({"measure": range(6000), "role": "KPI"}),
    ROWS,
    [*ROWS, {"measure": "one more"}],
    [{"role": "KPI"}],
    [{}] * 6000,
    FRAME["role"],
    FRAME.rename(columns={"role": 5}),
]


@pytest.mark.parametrize("kind", EXERCISES)
@pytest.mark.parametrize("value", VALUES, ids=[f"{n}" for n in range(len(VALUES))])
def test_a_value_is_marked_as_if_it_had_never_travelled(kind: str, value: Any) -> None:
    """The same mark, the same words, the same parts."""
    exercise = EXERCISES[kind]
    assert marked(exercise, through(exercise, value)) == marked(exercise, value)


cells = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**20), 10**20),
    st.floats(),
    st.text(max_size=8),
    st.sampled_from(["KPI", "task", "health metric"]),
)


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.one_of(st.text(max_size=5), st.sampled_from(list(EXPECTED))), cells))
def test_any_mapping_is_marked_the_same(value: dict[Any, Any]) -> None:
    """Dict and Series alike."""
    exercise = EXERCISES["mapping"]
    assert marked(exercise, through(exercise, value)) == marked(exercise, value)
    series = pd.Series(value, dtype=object)
    assert marked(exercise, through(exercise, series)) == marked(exercise, series)


@settings(max_examples=60, deadline=None)
@given(st.lists(cells, min_size=len(ROWS), max_size=len(ROWS)))
def test_any_column_is_marked_the_same(roles: list[Any]) -> None:
    """Whatever stands in the column that is asked for."""
    exercise = EXERCISES["frame"]
    frame = FRAME.assign(role=pd.Series(roles, dtype=object))
    assert marked(exercise, through(exercise, frame)) == marked(exercise, frame)


JUNK = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=10)),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.text(), inner)),
    max_leaves=12,
)
KINDS = ("value", "frame", "series", "mapping", "records", "pandas", "form")
PARTS = ("value", "length", "pairs", "columns", "levels", "index", "index_name", "cells", "rows")
SHAPES = st.fixed_dictionaries(
    {"type": st.sampled_from(KINDS)},
    optional=dict.fromkeys((*PARTS, "name", "size", "only", "answer"), JUNK),
)


@settings(max_examples=120, deadline=None)
@given(st.one_of(JUNK, SHAPES))
def test_a_forged_claim_is_refused_or_marked_and_never_more(claim: Any) -> None:
    """Whatever is claimed: a refusal, or a value that earns what it is worth."""
    try:
        value = rebuilt(json.loads(json.dumps(claim)), "measure")
    except (ClaimError, ValueError, OverflowError):
        return
    for exercise in EXERCISES.values():
        outcome = marked(exercise, value)
        right = exercise is NUMBER and isinstance(value, float) and abs(value - 0.75) <= 0.011
        assert isinstance(outcome, str) or not outcome.correct or right


@settings(max_examples=80, deadline=None)
@given(JUNK, st.dictionaries(st.sampled_from(["cases", "form", "rows"]), JUNK))
def test_any_answer_to_a_form_is_marked_or_refused_in_words(junk: Any, parts: Any) -> None:
    """Forms of every rule, whatever a notebook claims to hold."""
    for name in ("1.1", "1.2", "2.1", "3.1"):
        for answer in (junk, parts):
            mark = answered(library().exercise(name), answer, "form")
            assert 0 <= mark.points <= mark.max_points
            assert mark.words


@pytest.mark.parametrize(
    "claim",
    [
        {"type": "frame", "length": 10**12, "columns": [], "cells": {}, "levels": 1, "index": []},
        {"type": "mapping", "length": 10**12, "pairs": []},
        {"type": "pandas", "name": "Series", "size": 10**12},
        {"type": "records", "length": 10**12, "rows": []},
    ],
)
def test_a_claimed_size_takes_no_memory(claim: dict[str, Any]) -> None:
    """What is said to be huge is marked as too large, and never built."""
    value = rebuilt(claim)
    assert len(value) <= 1_000_000


@pytest.mark.parametrize("name", ["os.system", "__import__('os')", "x" * 1000, "\ud800", ""])
def test_a_claimed_type_is_only_a_name(name: str) -> None:
    """The name of a class goes into a message and is nothing else."""
    value = rebuilt({"type": "value", "value": {"other": name}})
    assert type(value).__name__.isidentifier() or type(value).__name__
    assert len(type(value).__name__) <= 60
    assert "a value of type" in marked(NUMBER, value)
