"""Which items a sitting gets."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest

from okrlab.assessment import Attempt, activity, deal
from okrlab.content import Library
from okrlab.errors import UnknownNameError
from tests.assessment.examples import attempt, write_course

DRAWS = [{"concept": "kpi-definition", "count": 4}, {"concept": "role-transition", "count": 4}]
LISTED = ["kpi-definition-choice-1", "metric-kr-held-1", "role-transition-order-2"]


@pytest.fixture
def course(tmp_path: Path) -> Library:
    """A course with quizzes of every kind."""
    return write_course(
        tmp_path,
        early={"draw": DRAWS},
        later={"draw": [*DRAWS, {"concept": "metric-kr", "count": 4}], "lesson": 3},
        lines={
            "draw": [
                {"concept": "metric-kr", "count": 12},
                {"concept": "metric-kr", "type": "write", "count": 1},
            ]
        },
        greedy={"draw": [{"concept": "kpi-definition", "count": 24}]},
        listed={"items": LISTED},
        pretest={"items": LISTED, "kind": "pretest", "graded": False, "lesson": 0},
        final={"items": LISTED, "kind": "final", "lesson": 3},
        lost={"items": ["gone"]},
    )


def sitting_of(items: list[str], wrong: set[str] = frozenset(), **fields: object) -> list[Attempt]:  # type: ignore[assignment]
    """The attempts of one sitting."""
    return [
        attempt(
            i, item=name, mark=float(name not in wrong), **({"activity": "quiz/early"} | fields)
        )
        for i, name in enumerate(items)
    ]


def test_deals_so_many_of_each_concept_and_none_twice(course: Library) -> None:
    """The draws decide."""
    dealt = deal(course.quiz("early"), course, [], Random(1))
    assert Counter(course.concept_of[i] for i in dealt) == {
        "kpi-definition": 4,
        "role-transition": 4,
    }
    assert len(set(dealt)) == 8


def test_covers_as_many_different_tasks_as_there_are(course: Library) -> None:
    """Four items of a concept with four parallel groups come from four groups."""
    for seed in range(20):
        dealt = deal(course.quiz("early"), course, [], Random(seed))
        assert len({course.item(i).parallel_group for i in dealt}) == 8


def test_never_draws_held_out_items(course: Library) -> None:
    """Not even when the bank has nothing else left."""
    dealt = deal(course.quiz("greedy"), course, [], Random(1))
    assert len(dealt) == 12
    assert not any(course.item(i).held_out for i in dealt)


def test_lines_in_ones_own_words_are_dealt_only_where_they_are_asked_for(course: Library) -> None:
    """A draw without a type has all other items; one of the type has these alone."""
    dealt = deal(course.quiz("lines"), course, [], Random(1))
    lines = [name for name in dealt if name.startswith("metric-kr-write")]
    assert (len(dealt), len(lines)) == (13, 1)


def test_deals_listed_items_as_listed_held_out_ones_too(course: Library) -> None:
    """A list is taken at its word."""
    assert deal(course.quiz("listed"), course, [], Random(1)) == LISTED


@pytest.mark.parametrize("name", ["pretest", "final"])
def test_a_pretest_and_a_final_test_deal_the_same_items_again(course: Library, name: str) -> None:
    """They are compared with each other, so nothing is replaced."""
    past = sitting_of(LISTED, set(LISTED), activity=f"{name}/{name}")
    assert deal(course.quiz(name), course, past, Random(1)) == LISTED


def test_prefers_items_not_seen_and_then_those_not_seen_for_longest(course: Library) -> None:
    """Three sittings of four see all twelve open items; the fourth begins with the oldest."""
    history: list[Attempt] = []
    seen: list[set[str]] = []
    for round_ in range(4):
        dealt = deal(course.quiz("early"), course, history, Random(round_))
        seen.append(set(dealt))
        history += [
            attempt(100 * round_ + i, item=name, activity="quiz/early", sitting=f"s{round_}")
            for i, name in enumerate(dealt)
        ]
    assert len(seen[0] | seen[1] | seen[2]) == 24
    assert seen[3] == seen[0]


def test_a_retake_serves_parallel_items_of_what_was_wrong(course: Library) -> None:
    """Same parallel group, another id; the ones answered wrong stay away."""
    for seed in range(20):
        first = deal(course.quiz("early"), course, [], Random(seed))
        wrong = set(Random(seed).sample(first, 3))
        again = deal(course.quiz("early"), course, sitting_of(first, wrong), Random(seed))
        assert not wrong & set(again)
        groups = {course.item(i).parallel_group for i in again}
        assert {course.item(i).parallel_group for i in wrong} <= groups


def test_a_retake_replaces_listed_items_that_were_wrong(course: Library) -> None:
    """By a parallel item that is not held out."""
    past = sitting_of(LISTED, {LISTED[0]}, activity="quiz/listed")
    again = deal(course.quiz("listed"), course, past, Random(1))
    assert again[1:] == LISTED[1:]
    assert again[0] in ("kpi-definition-choice-2", "kpi-definition-choice-3")


def test_only_the_last_sitting_of_this_quiz_decides_what_was_wrong(course: Library) -> None:
    """An item that was wrong two sittings ago may come back."""
    past = [
        *sitting_of(LISTED, {LISTED[0]}, activity="quiz/listed"),
        *[
            attempt(50 + i, item=name, activity="quiz/listed", sitting="s2")
            for i, name in enumerate(LISTED)
        ],
        attempt(90, item=LISTED[2], activity="quiz/other", mark=0.0, sitting="s3"),
    ]
    assert deal(course.quiz("listed"), course, past, Random(1)) == LISTED


def test_a_missed_item_comes_back_when_nothing_else_is_left(course: Library) -> None:
    """A short bank never makes a sitting shorter than it has to be."""
    everything = [i.id for i in course.bank("kpi-definition") if not i.held_out]
    past = sitting_of(everything, set(everything), activity="quiz/greedy")
    assert sorted(deal(course.quiz("greedy"), course, past, Random(1))) == sorted(everything)


def test_concepts_come_in_blocks_first_and_mixed_later(course: Library) -> None:
    """Up to lesson 1 one concept after the other; from lesson 2 on no two neighbours alike."""
    for seed in range(20):
        early = deal(course.quiz("early"), course, [], Random(seed))
        assert [course.concept_of[i] for i in early] == ["kpi-definition"] * 4 + [
            "role-transition"
        ] * 4
        later = [course.concept_of[i] for i in deal(course.quiz("later"), course, [], Random(seed))]
        assert all(a != b for a, b in pairwise(later))


def test_the_same_random_numbers_deal_the_same_items(course: Library) -> None:
    """Chance is an argument."""
    quiz = course.quiz("later")
    one, two = (deal(quiz, course, [], Random(7)) for _ in range(2))
    assert one == two
    assert any(deal(quiz, course, [], Random(seed)) != one for seed in range(5))


def test_says_which_listed_item_does_not_exist(course: Library) -> None:
    """The name is told."""
    with pytest.raises(UnknownNameError, match="gone"):
        deal(course.quiz("lost"), course, [], Random(1))


def test_pretest_and_final_test_have_activities_of_their_own(course: Library) -> None:
    """So that they are never mistaken for a quiz."""
    assert activity(course.quiz("pretest")) == "pretest/pretest"
    assert activity(course.quiz("final")) == "final/final"
    assert activity(course.quiz("early")) == "quiz/early"
