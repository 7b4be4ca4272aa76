"""The state of one go through a quiz, and reading it back from a draft."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from okrlab.assessment import mark
from okrlab.assessment.sitting import Sitting, parts, resume, start
from okrlab.content import ItemBase
from okrlab.errors import AnswerError
from tests.assessment.examples import RIGHT, START, TYPES, WRONG, item

ITEMS = {kind: item(kind, id=kind.replace("_", "-")) for kind in TYPES}
BY_ID = {i.id: i for i in ITEMS.values()}
LATER = START + timedelta(days=1)


def fresh(seed: int = 1) -> Sitting:
    """A sitting with one item of every type."""
    dealt = [(i, "kpi-definition") for i in ITEMS.values()]
    return start("all-types", dealt, Random(seed), id_="f" * 32, now=START)


def answered(sitting: Sitting, count: int) -> Sitting:
    """The sitting after so many right answers."""
    for _ in range(count):
        kind = sitting.current.item.replace("-", "_")
        sitting, _ = sitting.answer(ITEMS[kind], RIGHT[kind], START, 5.0)
        sitting = sitting.advance(START)
    return sitting


def through_json(sitting: Sitting) -> dict[str, Any]:
    """The draft as it comes back from a store."""
    draft: dict[str, Any] = json.loads(json.dumps(sitting.to_draft()))
    return draft


def test_each_item_is_shown_in_an_order_of_its_own() -> None:
    """A permutation of its options, cards or steps; steps never stand right from the start."""
    for seed in range(50):
        for question in fresh(seed).questions:
            assert sorted(question.shown) == list(range(parts(BY_ID[question.item])))
            if question.item == "order":
                assert question.shown != (0, 1, 2, 3)
    assert len({fresh(seed).questions[0].shown for seed in range(50)}) == 6


def test_goes_from_the_first_question_to_the_end() -> None:
    """Answer, advance, and so on; at the end there is no current question."""
    sitting = fresh()
    assert not sitting.finished
    sitting = answered(sitting, 8)
    assert sitting.finished
    assert [q.mark for q in sitting.answered] == [1.0] * 8


def test_a_step_leaves_the_state_before_it_as_it_was() -> None:
    """States are never changed."""
    before = fresh()
    after, outcome = before.answer(ITEMS["choice"], {"option": 0}, START)
    assert outcome == mark(ITEMS["choice"], {"option": 0})
    assert before.current.mark is None
    assert after.current.mark == 0.0
    assert after.current.misconceptions == ("M01",)


def test_a_question_is_answered_once() -> None:
    """The outcome has been seen; another answer would mean nothing."""
    sitting, _ = fresh().answer(ITEMS["choice"], {"option": 0}, START)
    with pytest.raises(AnswerError, match="already"):
        sitting.answer(ITEMS["choice"], {"option": 1}, START)


def test_a_refused_answer_changes_nothing() -> None:
    """The learner goes on where they are."""
    sitting = fresh()
    with pytest.raises(AnswerError, match="no such option"):
        sitting.answer(ITEMS["choice"], {"option": 9}, START)
    assert sitting == fresh()


def test_an_answer_becomes_an_attempt_with_all_that_happened() -> None:
    """Item, version, response, mark, hint, confidence, time."""
    sitting = fresh().open_hint(START, 4.0).feel("think", START, 3.5)
    sitting, _ = sitting.answer(ITEMS["choice"], {"option": 0}, LATER, 2.0)
    stored = sitting.attempt("ada", "quiz/all-types", True, "0" * 32)
    assert (stored.item, stored.item_version, stored.concept) == ("choice", 1, "kpi-definition")
    assert stored.response == {"option": 0, "hint": True}
    assert (stored.mark, stored.misconceptions) == (0.0, ("M01",))
    assert (stored.confidence, stored.seconds, stored.at) == ("think", 9.5, LATER)
    assert (stored.sitting, stored.try_number, stored.graded) == ("f" * 32, 1, True)
    assert mark(ITEMS["choice"], stored.response).mark == 0.0


def test_only_an_answered_question_can_be_stored() -> None:
    """There is nothing to store before."""
    with pytest.raises(ValueError, match="answered"):
        fresh().attempt("ada", "quiz/all-types", True, "0" * 32)


def test_a_pause_is_not_time_spent() -> None:
    """A stretch counts five minutes at most, and never less than nothing."""
    sitting = fresh().open_hint(START, 9_000).feel("sure", START, -5)
    assert sitting.current.seconds == 300


def test_a_draft_comes_back_as_it_was() -> None:
    """Position, entries, hints, confidence and outcomes survive a day and JSON."""
    sitting = answered(fresh(), 2).open_hint(START, 1).feel("guess", START)
    sitting = sitting.enter({"placed": {"nps": "kpi"}}, START, 2.5)
    back, skipped = resume(through_json(sitting), "all-types", BY_ID.get, START)
    assert (back, skipped) == (sitting, 0)


def test_a_draft_comes_back_on_the_feedback_of_an_answered_question() -> None:
    """Whoever closed the lid while reading the feedback finds it again."""
    sitting, _ = fresh().answer(ITEMS["choice"], {"option": 0}, START)
    back, _ = resume(through_json(sitting), "all-types", BY_ID.get, START)
    assert back is not None
    assert back.current.item == "choice"
    assert back.current.answered


@pytest.mark.parametrize(
    "change",
    [lambda _: None, lambda i: i.model_copy(update={"version": 2})],
    ids=["vanished", "changed"],
)
def test_questions_whose_item_vanished_or_changed_are_left_out(
    change: Callable[[ItemBase], ItemBase | None],
) -> None:
    """Those not answered yet go, and how many is told; the answered ones stay."""
    sitting = answered(fresh(), 2)
    gone = {"choice", "classify", "order"}  # answered, current, still to come

    def find(name: str) -> ItemBase | None:
        return change(BY_ID[name]) if name in gone else BY_ID[name]

    back, skipped = resume(through_json(sitting), "all-types", find, START)
    assert back is not None
    assert skipped == 2
    assert [q.item for q in back.questions] == [
        "choice",
        "choices",
        "role-in-context",
        "number",
        "rewrite",
        "write",
    ]
    assert back.current.item == "role-in-context"
    assert len(back.answered) == 2


def test_feedback_that_can_no_longer_be_shown_is_passed_over() -> None:
    """The item was answered, then it changed: go on with the next question."""
    sitting, _ = fresh().answer(ITEMS["choice"], WRONG["choice"], START)
    changed = ITEMS["choice"].model_copy(update={"version": 2})
    find = (BY_ID | {"choice": changed}).get
    back, skipped = resume(through_json(sitting), "all-types", find, START)
    assert back is not None
    assert (back.current.item, skipped) == ("choices", 0)
    draft = through_json(sitting)
    draft["questions"][0]["response"] = {"option": 99}
    back, _ = resume(draft, "all-types", BY_ID.get, START)
    assert back is not None
    assert back.current.item == "choices"


def test_nothing_is_resumed_when_every_question_is_gone() -> None:
    """The quiz is dealt anew, and how many were lost is told."""
    assert resume(through_json(fresh()), "all-types", lambda _: None, START) == (None, 8)


def test_a_finished_sitting_stays_finished() -> None:
    """Also when all its items are gone since."""
    back, skipped = resume(through_json(answered(fresh(), 8)), "all-types", lambda _: None, START)
    assert back is not None
    assert (back.finished, skipped, len(back.answered)) == (True, 0, 8)


@pytest.mark.parametrize(
    "draft",
    [
        None,
        {},
        [],
        {"format": 2},
        fresh().to_draft() | {"quiz": "other"},
        fresh().to_draft() | {"position": 99},
        fresh().to_draft() | {"position": "x"},
        fresh().to_draft() | {"started": "yesterday"},
        fresh().to_draft() | {"started": "2026-11-02T09:00:00"},
        fresh().to_draft() | {"questions": [{}]},
        fresh().to_draft() | {"questions": [vars(fresh().current) | {"mark": float("nan")}]},
        fresh().to_draft() | {"questions": [vars(fresh().current) | {"confidence": ["sure"]}]},
    ],
)
def test_a_draft_that_makes_no_sense_is_no_draft(draft: Any) -> None:
    """Whatever a store holds, the quiz opens."""
    assert resume(draft, "all-types", BY_ID.get, START) == (None, 0)


@settings(deadline=None)
@given(st.integers(0, 8), st.integers(0, 2**32), st.sets(st.sampled_from(sorted(BY_ID))))
def test_resuming_never_loses_an_answer(count: int, seed: int, gone: set[str]) -> None:
    """Whichever items vanish, every answer given is still there."""
    sitting = answered(fresh(seed), count)

    def find(name: str) -> ItemBase | None:
        return None if name in gone else BY_ID[name]

    back, skipped = resume(through_json(sitting), "all-types", find, START)
    if back is None:
        assert count == 0
        assert skipped == 8
    else:
        assert back.answered == sitting.answered
        assert len(back.questions) + skipped == 8
        assert back.finished or not back.current.answered
