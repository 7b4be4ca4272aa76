"""Marking of every item type; of lines in one's own words more in test_write.py."""

from __future__ import annotations

import math
from contextlib import suppress
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from okrlab.assessment import mark
from okrlab.errors import AnswerError
from tests.assessment.examples import RIGHT, TYPES, WRONG, item


@pytest.mark.parametrize("kind", TYPES)
def test_the_right_response_earns_everything(kind: str) -> None:
    """Full mark, nothing revealed, nothing tempting, every part right."""
    outcome = mark(item(kind), RIGHT[kind])
    assert (outcome.mark, outcome.correct, outcome.misconceptions) == (1.0, True, ())
    assert outcome.feedback.tempts == ""
    assert outcome.feedback.misconception is None
    assert all(p.correct for p in outcome.parts)
    if kind != "write":  # there the learner's words stand beside what the case says
        assert all(p.given == p.expected for p in outcome.parts)


@pytest.mark.parametrize("kind", TYPES)
def test_the_wrong_response_earns_nothing_and_names_a_misconception(kind: str) -> None:
    """No mark, a misconception, and feedback with the cue and the edit that flips the answer."""
    example = item(kind)
    outcome = mark(example, WRONG[kind])
    assert (outcome.mark, outcome.correct) == (0.0, False)
    assert outcome.misconceptions
    assert set(outcome.misconceptions) <= set(example.misconceptions)
    assert outcome.feedback.misconception in outcome.misconceptions
    assert outcome.feedback.cue
    assert outcome.feedback.flip == example.minimal_edit


def test_a_wrong_option_gets_its_own_feedback_and_the_right_ones_cue() -> None:
    """Why the chosen option tempts, and what in the case settles the answer."""
    outcome = mark(item("choice"), {"option": 2})
    assert outcome.feedback.cue.startswith("cue-KPI")
    assert outcome.feedback.tempts.startswith("tempts-M05")
    assert outcome.misconceptions == ("M05",)
    (part,) = outcome.parts
    assert (part.part, part.given, part.expected) == ("2", "A task", "A KPI")


@pytest.mark.parametrize(
    ("ticked", "earned"),
    [([0], 0.5), ([0, 2, 1], 0.5), ([0, 1], 0.0), ([0, 1, 2, 3], 0.0), ([1], 0.0), ([2, 0], 1.0)],
)
def test_ticks_earn_right_minus_wrong(ticked: list[int], earned: float) -> None:
    """(right − wrong) / number right, never below 0; ticking everything earns nothing."""
    outcome = mark(item("choices"), {"options": ticked})
    assert outcome.mark == earned
    assert outcome.correct == (sorted(ticked) == [0, 2])


def test_a_missed_option_reveals_its_misconception() -> None:
    """What was left out counts as well as what was ticked wrongly."""
    outcome = mark(item("choices"), {"options": [2, 3]})
    assert outcome.misconceptions == ("M04", "M11")
    assert [p.correct for p in outcome.parts] == [False, True, True, False]
    assert outcome.feedback.tempts == "tempts-M04 number."


@pytest.mark.parametrize("kind", ["classify", "role_in_context"])
def test_cards_earn_the_share_that_is_right(kind: str) -> None:
    """Two of three cards right are two thirds; the wrong one has its own reason."""
    placed = dict(RIGHT[kind]["placed"])
    name = next(iter(placed))
    placed[name] = WRONG[kind]["placed"][name]
    outcome = mark(item(kind), {"placed": placed})
    assert outcome.mark == pytest.approx(2 / 3)
    wrong = [p for p in outcome.parts if not p.correct]
    assert [p.part for p in wrong] == [name]
    assert wrong[0].feedback.tempts.startswith(f"tempts-{name}")
    assert outcome.feedback.cue == "2 of 3 are where they belong."


@pytest.mark.parametrize(
    ("value", "correct"), [(0.6, True), (0.605, True), (0.595, True), (0.606, False), (60, False)]
)
def test_a_number_is_right_within_its_tolerance(value: float, correct: bool) -> None:
    """The tolerance belongs to the answer, on both sides."""
    assert mark(item("number"), {"number": value}).correct is correct


def test_the_tolerance_survives_binary_fractions() -> None:
    """0.1 + 0.2 is 0.3 to a learner."""
    example = item("number", answer=0.3, tolerance=0)
    assert mark(example, {"number": 0.1 + 0.2}).correct


def test_a_known_wrong_number_names_its_misconception_and_another_one_none() -> None:
    """Current divided by target is recognised; any other number gets the general feedback."""
    known = mark(item("number"), {"number": 0.979})
    assert known.misconceptions == ("M11",)
    assert known.feedback.tempts.startswith("tempts-ratio")
    other = mark(item("number"), {"number": 0.1})
    assert other.misconceptions == ()
    assert other.feedback.tempts.startswith("tempts-otherwise")
    assert (other.parts[0].given, other.parts[0].expected) == ("0.1", "0.6")


def test_of_two_known_wrong_numbers_the_nearer_one_is_named() -> None:
    """A wide tolerance doesn't blame the first entry for everything."""
    wrong = [
        {"value": 10, "misconception": "M09", "feedback": "tempts-ten"},
        {"value": 11, "misconception": "M11", "feedback": "tempts-eleven"},
    ]
    example = item("number", answer=5, tolerance=1, wrong_values=wrong)
    assert mark(example, {"number": 10.8}).misconceptions == ("M11",)


def test_an_order_earns_the_share_of_pairs_in_order() -> None:
    """One swap of neighbours among four steps costs one pair of six."""
    outcome = mark(item("order"), {"order": ["results", "objective", "checkin", "grade"]})
    assert outcome.mark == pytest.approx(5 / 6)
    assert outcome.misconceptions == ("M19",)
    assert outcome.feedback.tempts.startswith("tempts-order")
    places = {p.part: (p.given, p.expected) for p in outcome.parts}
    assert places["results"] == ("place 1", "place 2")


def test_only_the_right_order_is_correct() -> None:
    """Of all 24 orders one earns everything, and one nothing."""
    marks = [
        mark(item("order"), {"order": list(order)})
        for order in permutations(RIGHT["order"]["order"])
    ]
    assert sum(m.correct for m in marks) == 1
    assert sum(m.mark == 1 for m in marks) == 1
    assert sum(m.mark == 0 for m in marks) == 1


MALFORMED: list[tuple[str, Any, str]] = [
    ("choice", None, "cannot be marked"),
    ("choice", {}, "does not fit"),
    ("choice", {"options": [1]}, "does not fit"),
    ("choice", {"option": 1, "more": 1}, "does not fit"),
    ("choice", {"option": 3}, "no such option"),
    ("choice", {"option": -1}, "no such option"),
    ("choice", {"option": True}, "no such option"),
    ("choice", {"option": "1"}, "no such option"),
    ("rewrite", {"option": 1.0}, "no such option"),
    ("choices", {"options": []}, "Nothing is ticked"),
    ("choices", {"options": "02"}, "Nothing is ticked"),
    ("choices", {"options": [0, 0]}, "twice"),
    ("choices", {"options": [0, 9]}, "no such option"),
    ("classify", {"placed": []}, "where each card"),
    ("classify", {"placed": {"uptime": "health"}}, "2 cards have no place yet"),
    ("classify", {"placed": {"uptime": "health", "nps": "kpi"}}, "1 card has no place yet"),
    ("classify", {"placed": RIGHT["classify"]["placed"] | {"x": "kpi"}}, "no card"),
    ("classify", {"placed": RIGHT["classify"]["placed"] | {"nps": "moon"}}, "no such bucket"),
    ("classify", {"placed": RIGHT["classify"]["placed"] | {"nps": ["kpi"]}}, "where each card"),
    ("number", {"number": "0.6"}, "not a number"),
    ("number", {"number": True}, "not a number"),
    ("number", {"number": math.nan}, "cannot be an answer"),
    ("number", {"number": math.inf}, "cannot be an answer"),
    ("number", {"number": 1e16}, "cannot be an answer"),
    ("order", {"order": ["objective"]}, "every step once"),
    ("order", {"order": ["objective"] * 4}, "every step once"),
    ("order", {"order": [1, 2, 3, 4]}, "every step once"),
    ("order", {"order": "objective"}, "every step once"),
    ("write", {"text": None}, "not a text"),
    ("write", {"text": " … "}, "nothing to read yet"),
    ("write", {"text": "score " * 100}, "599 characters"),
    ("write", {"text": "净推荐值从三十二提高到四十五"}, "read"),
]


@pytest.mark.parametrize(("kind", "response", "words"), MALFORMED)
def test_a_malformed_response_is_refused_in_plain_words(
    kind: str, response: Any, words: str
) -> None:
    """What cannot be an answer is no wrong answer: it is refused, and the message helps."""
    with pytest.raises(AnswerError, match=words):
        mark(item(kind), response)


def test_a_stored_response_that_tells_of_the_hint_is_marked_alike() -> None:
    """The hint costs nothing."""
    example = item("choice")
    assert mark(example, {"option": 1, "hint": True}) == mark(example, {"option": 1})


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["option", "placed", "nps", "kpi"]), inner, max_size=3)
    ),
    max_leaves=8,
)


@settings(deadline=None)
@given(
    st.sampled_from(sorted(TYPES)),
    st.sampled_from(["option", "options", "placed", "number", "order", "text"]),
    JSON,
)
def test_whatever_arrives_is_marked_or_refused(kind: str, field: str, value: Any) -> None:
    """No response of any shape breaks marking or earns a mark out of range."""
    with suppress(AnswerError):
        assert 0 <= mark(item(kind), {field: value}).mark <= 1


@settings(deadline=None)
@given(st.sampled_from(sorted(TYPES)), st.data())
def test_full_marks_and_being_correct_are_the_same(kind: str, data: st.DataObject) -> None:
    """Whatever is answered, only what is exactly right earns everything."""
    example = item(kind)
    right = RIGHT[kind]
    response: dict[str, Any]
    if kind in ("choice", "rewrite"):
        response = {"option": data.draw(st.integers(0, 2))}
    elif kind == "choices":
        response = {
            "options": data.draw(st.lists(st.integers(0, 3), min_size=1, max_size=4, unique=True))
        }
    elif kind == "number":
        response = {"number": data.draw(st.sampled_from([0.6, 0.98, 60, 0.5, -1]))}
    elif kind == "order":
        response = {"order": data.draw(st.permutations(right["order"]))}
    elif kind == "write":
        words = ["Net promoter score", "from 32", "to 45", "by 30 September 2027", "launch", "9%"]
        chosen = data.draw(st.lists(st.sampled_from(words), max_size=9))
        response = {"text": " ".join(["In May", *chosen])}
    else:
        buckets = st.sampled_from(["kpi", "health", "kr"])
        response = {"placed": {name: data.draw(buckets) for name in right["placed"]}}
    outcome = mark(example, response)
    assert outcome.correct == (outcome.mark == 1) == all(p.correct for p in outcome.parts)
