"""Item analysis: published figures, an independent implementation, labels and flags."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pingouin
import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrlab.assessment.attempt import Attempt
from okrlab.assessment.demo_class import generated_class
from okrlab.assessment.distractors import answers_to, distractors
from okrlab.assessment.items import (
    ENOUGH,
    ItemFigures,
    alpha,
    correlation,
    first_attempts,
    item_figures,
    reliability,
)
from okrlab.assessment.marking import mark
from okrlab.content import library
from tests.assessment.examples import RIGHT, START, TYPES, WRONG, attempt, item

PUBLISHED: dict[str, Any] = json.loads(
    (Path(__file__).parents[1] / "data" / "item_analysis.json").read_text("utf-8")
)

MATRICES = st.integers(2, 6).flatmap(
    lambda k: st.lists(st.lists(st.integers(0, 1), min_size=k, max_size=k), min_size=3, max_size=40)
)


def rows(name: str) -> list[list[float]]:
    """A published matrix."""
    found = PUBLISHED[name]
    lines = found.get("rows") or [p for p, n in found["patterns"].items() for _ in range(n)]
    return [[float(c) for c in line] for line in lines]


def bank(*names: str, kind: str = "choice") -> Any:
    """As much of a library as item analysis needs."""
    items = {name: item(kind, id=name) for name in names}
    return SimpleNamespace(items=items, item=items.__getitem__)


def answered(matrix: Sequence[Sequence[float]]) -> list[Attempt]:
    """A matrix as attempts at items i0, i1 and so on; the option tells right from wrong."""
    return [
        attempt(
            n * 100 + i,
            learner=f"learner-{n}",
            item=f"i{i}",
            response={"option": 1 if score else 0},
            mark=float(score),
            misconceptions=() if score else ("M01",),
        )
        for n, row in enumerate(matrix)
        for i, score in enumerate(row)
    ]


def figures(matrix: Sequence[Sequence[float]]) -> list[ItemFigures]:
    """The figures of a matrix, in order of its items."""
    return item_figures(answered(matrix), bank(*(f"i{i}" for i in range(len(matrix[0])))))


def test_reproduces_wuensch() -> None:
    """Every p, every pq, the variance of the totals, and KR-20 from them."""
    found, data = PUBLISHED["wuensch"], rows("wuensch")
    assert [f.p for f in figures(data)] == pytest.approx(found["p"])
    assert [f.p * (1 - f.p) for f in figures(data)] == pytest.approx(found["pq"])
    assert np.var([sum(row) for row in data]) == pytest.approx(found["variance"])
    by_hand = 10 / 9 * (1 - sum(found["pq"]) / found["variance"])
    assert alpha(data) == pytest.approx(by_hand)


def test_reproduces_zaiontz() -> None:
    """KR-20 as printed, through `alpha` and through attempts."""
    data = rows("zaiontz")
    assert alpha(data) == pytest.approx(PUBLISHED["zaiontz"]["kr20"], abs=5e-4)
    whole = reliability(answered(data), [f"i{i}" for i in range(11)])
    assert whole.value == pytest.approx(PUBLISHED["zaiontz"]["kr20"], abs=5e-4)
    assert (whole.complete, whole.partly) == (12, 0)
    assert "n = 12: too few to judge" in whole.words()


def test_reproduces_the_law_school_test() -> None:
    """A thousand answers to five items: shares, corrected correlations, alpha."""
    found, data = PUBLISHED["lsat"], rows("lsat")
    result = figures(data)
    assert {f.n for f in result} == {1000}
    assert [f.p for f in result] == pytest.approx(found["p"])
    assert [f.r_pb for f in result] == pytest.approx(found["corrected"], abs=5e-5)
    assert alpha(data) == pytest.approx(found["alpha"], abs=5e-5)


@given(MATRICES)
def test_alpha_agrees_with_pingouin(matrix: list[list[int]]) -> None:
    """Any matrix of right and wrong whose totals differ."""
    ours = alpha([[float(v) for v in row] for row in matrix])
    if len({sum(row) for row in matrix}) == 1:
        assert ours is None
        return
    theirs, _ = pingouin.cronbach_alpha(pd.DataFrame(matrix).astype(float))
    assert ours == pytest.approx(theirs, abs=1e-9)


@given(MATRICES.filter(lambda m: len(m[0]) >= 5))
def test_corrected_correlation_agrees_with_pandas(matrix: list[list[int]]) -> None:
    """An item with the sum of the others, where everybody answered everything."""
    frame = pd.DataFrame(matrix).astype(float)
    for i, found in enumerate(figures(matrix)):
        rest = frame.drop(columns=i).sum(axis=1)
        if frame[i].nunique() == 1 or rest.nunique() == 1:
            assert found.r_pb is None
        else:
            assert found.r_pb == pytest.approx(frame[i].corr(rest), abs=1e-9)


def test_the_first_attempt_counts_and_the_latest_version() -> None:
    """Later tries, later sittings and answers to an older wording change nothing."""
    tries = [
        attempt(1, learner="ada", item="i0", mark=0.0),
        attempt(2, learner="ada", item="i0", mark=1.0),
        attempt(3, learner="ada", item="i0", mark=1.0, try_number=2),
        attempt(4, learner="ben", item="i1", mark=1.0, item_version=1),
        attempt(5, learner="ben", item="i1", mark=0.0, item_version=2),
        attempt(6, learner="cem", item="i1", mark=1.0, item_version=1),
    ]
    random.Random(1).shuffle(tries)
    first = first_attempts(tries)
    assert first["ada"]["i0"].mark == 0.0
    assert first["ben"]["i1"].mark == 0.0
    assert "cem" not in first
    forged = attempt(7, learner="dia", item="i1", item_version=99)
    assert set(first_attempts([*tries, forged])) == {"ada", "dia"}
    assert set(first_attempts([*tries, forged], {"i1": 2})) == {"ada", "ben"}


def test_few_answers_are_labelled_and_not_flagged() -> None:
    """Seven wrong answers out of seven: a label, a difficulty drawn to the middle, no verdict."""
    found = figures([[0, 1, 1, 1, 1, 1]] * 7)[0]
    assert found.note == "n = 7: too few to judge"
    assert found.flags == ()
    assert found.p == 0
    assert found.shrunk == pytest.approx(2 / 11)


def by_parts(parts: Sequence[tuple[int, Sequence[int]]]) -> list[list[int]]:
    """A matrix of so many equal rows of each kind."""
    return [list(row) for n, row in parts for _ in range(n)]


@pytest.mark.parametrize(
    ("matrix", "said"),
    [
        (by_parts([(8, (1, 1, 1, 1, 1, 1)), (32, (0, 1, 0, 1, 0, 0))]), "Hard: 20% of 40"),
        (by_parts([(38, (1, 1, 1, 1, 1, 1)), (2, (0, 0, 0, 0, 0, 0))]), "Easy: 95% of 40"),
        (by_parts([(20, (1, 0, 0, 0, 0, 1)), (20, (0, 1, 1, 1, 1, 0))]), "Hardly goes with"),
    ],
    ids=["hard", "easy", "weak"],
)
def test_flags_follow_the_rules(matrix: list[list[int]], said: str) -> None:
    """From thirty answers on, each rule by itself."""
    assert any(flag.startswith(said) for flag in figures(matrix)[0].flags)
    assert not any(flag.startswith(said) for flag in figures(matrix[: ENOUGH - 1])[0].flags)


def test_a_good_item_has_no_flag_but_that_of_its_idle_option() -> None:
    """Half right, in step with the rest; the option that nobody chose is named."""
    found = figures(by_parts([(20, (1, 1, 1, 1, 1, 0)), (20, (0, 0, 0, 0, 1, 0))]))[0]
    assert found.r_pb == pytest.approx(1)
    assert found.flags == ("“A task” tempts nobody. It could go.",)
    table = {d.answer: d for d in found.distractors}
    assert table["A key result"].chosen == 20
    assert table["A key result"].misconception == "M01"
    assert found.group == 11  # 27 % of 40
    assert (table["A key result"].upper, table["A key result"].lower) == (0, 11)


def test_a_learner_with_few_other_answers_stays_out_of_the_correlation() -> None:
    """They count for the difficulty only."""
    data = answered([[1, 1, 1, 1, 0], [0, 0, 1, 0, 1], [1, 0, 1, 1, 1], [0, 1, 0, 0, 0]])
    data.append(attempt(9000, learner="passing by", item="i0", mark=1.0))
    found = item_figures(data, bank(*(f"i{i}" for i in range(5))))[0]
    assert (found.n, found.r_n) == (5, 4)


def test_incomplete_rows_stay_out_of_reliability() -> None:
    """And how many these were is said."""
    data = answered(rows("zaiontz"))
    found = reliability(data[:-3], [f"i{i}" for i in range(11)])
    assert (found.complete, found.partly) == (11, 1)
    assert "1 who answered only some of them is left out" in found.words()
    assert reliability([], ["i0", "i1"]).value is None


@pytest.mark.parametrize("kind", list(TYPES))
def test_every_type_names_its_wrong_answers(kind: str) -> None:
    """A wrong response is found among what the item foresees, a right one among nothing."""
    one = item(kind, id="i0")
    foreseen = distractors(one)
    assert foreseen
    outcome = mark(one, WRONG[kind])
    wrong = attempt(
        1, item="i0", response=WRONG[kind], mark=0.0, misconceptions=outcome.misconceptions
    )
    given_ = answers_to(one, wrong)
    assert given_
    assert any(answer in foreseen for answer in given_)
    assert answers_to(one, attempt(2, item="i0", response=RIGHT[kind], mark=1.0)) == []


@pytest.mark.parametrize("kind", list(TYPES))
@pytest.mark.parametrize(
    "response",
    [
        {},
        {"option": True, "options": [[], "x", 99], "placed": {"nps": ["kr"]}, "order": [1]},
        {"option": -1, "options": 3, "placed": [], "number": "1e9", "order": None},
        {"number": float("inf"), "placed": {"<b>": "<b>"}},
    ],
)
def test_responses_out_of_shape_do_no_harm(kind: str, response: dict[str, Any]) -> None:
    """They come from files of learners: never an exception, never their text."""
    said = answers_to(item(kind, id="i0"), attempt(1, item="i0", response=response, mark=0.0))
    assert "<b>" not in "".join(answer.text for answer in said)


def test_correlation_of_what_does_not_vary_is_none() -> None:
    """Nor of two pairs."""
    assert correlation([1.0, 1.0, 1.0], [0.0, 1.0, 2.0]) is None
    assert correlation([0.0, 1.0], [0.0, 1.0]) is None
    with pytest.raises(ValueError, match="pairs"):
        correlation([1.0], [1.0, 2.0])


def test_the_real_bank_answered_by_a_made_up_class() -> None:
    """Every answered item has figures within their bounds, and its answers add up."""
    content = library()
    made = generated_class(content, random.Random(3), START, learners=6)
    found = item_figures([a for own in made.values() for a in own], content)
    assert len(found) > 50
    for one in found:
        assert 0 <= one.p <= 1
        assert one.p <= one.share + 1e-9 <= 1 + 1e-9
        assert one.r_pb is None or -1 <= one.r_pb <= 1
        wrong = sum(d.chosen for d in one.distractors)
        assert wrong >= one.n - one.right  # a wrong answer may hold several
