"""Mastery of concepts and lessons, and misconceptions that are still alive."""

from __future__ import annotations

from dataclasses import replace
from math import comb

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from okrlab.assessment.attempt import Attempt
from okrlab.assessment.mastery import (
    BAR,
    MIN_CONCEPT,
    MIN_LESSON,
    POOL,
    concept_mastery,
    lesson_mastery,
    misconceptions_alive,
)
from okrlab.content import Lesson
from tests.assessment.examples import attempt

KPI = "kpi-definition"

LESSON = Lesson(
    number=1,
    slug="two-jobs",
    notebook="01.ipynb",
    title="Two jobs",
    outcome="You can.",
    minutes=30,
    key_misconceptions=("M01", "M02"),
)


def answers(right: int, wrong: int = 0, start: int = 0) -> list[Attempt]:
    """So many right answers, then so many wrong ones."""
    marks = [1.0] * right + [0.0] * wrong
    return [attempt(start + i, mark=m) for i, m in enumerate(marks)]


def passing(answers_in_pool: int, chance: float) -> float:
    """How likely somebody who is right with this chance reaches the bar."""
    return sum(
        comb(answers_in_pool, k) * chance**k * (1 - chance) ** (answers_in_pool - k)
        for k in range(answers_in_pool + 1)
        if concept_mastery(answers(k, answers_in_pool - k), KPI).state == "mastered"
    )


def test_twenty_answers_tell_a_guesser_from_somebody_who_knows() -> None:
    """The reason for 20: a 50 % guesser passes in 0.6 % of all cases, an 85 % learner in 83 %."""
    assert passing(20, 0.5) == pytest.approx(0.006, abs=0.0005)
    assert passing(20, 0.85) == pytest.approx(0.83, abs=0.005)
    assert passing(12, 0.5) == pytest.approx(0.019, abs=0.0005)
    assert passing(12, 0.85) == pytest.approx(0.74, abs=0.005)
    assert passing(MIN_CONCEPT, 0.5) == pytest.approx(0.035, abs=0.0005)
    assert passing(MIN_CONCEPT, 0.85) == pytest.approx(0.66, abs=0.005)


def test_without_answers_nothing_has_started() -> None:
    """The state says so, and how many answers are needed."""
    mastery = concept_mastery([], KPI)
    assert (mastery.state, mastery.answers, mastery.share) == ("not_started", 0, None)
    assert mastery.missing == ("Nothing answered yet; 8 answers are needed.",)


def test_sixteen_of_twenty_master_a_lesson_and_fifteen_do_not() -> None:
    """The bar is 80 %, and reaching it is enough."""
    assert lesson_mastery(answers(16, 4), LESSON, [KPI]).state == "mastered"
    below = lesson_mastery(answers(15, 5), LESSON, [KPI])
    assert below.state == "learning"
    assert below.missing == (
        "Your latest 20 answers earned 75% on average; 80% is the mark to reach.",
    )


def test_too_few_answers_do_not_show_mastery() -> None:
    """All right is not enough as long as there are fewer than 8 for a concept, 20 for a lesson."""
    assert concept_mastery(answers(7), KPI).missing == ("1 more answer is needed.",)
    assert concept_mastery(answers(8), KPI).state == "mastered"
    assert lesson_mastery(answers(18), LESSON, [KPI]).missing == ("2 more answers are needed.",)
    assert lesson_mastery(answers(20), LESSON, [KPI]).state == "mastered"
    assert MIN_LESSON == POOL


def test_only_the_latest_twenty_count() -> None:
    """Early mistakes are forgiven once 20 later answers are there, in any order of arrival."""
    early = [attempt(i, mark=0.0) for i in range(30)]
    late = answers(20, start=30)
    assert concept_mastery([*late, *early], KPI).share == 1.0
    assert concept_mastery([*early, *late[:10]], KPI).share == 0.5


def test_a_key_misconception_seen_twice_blocks_mastery_and_once_does_not() -> None:
    """19 of 20 right with the same key misconception twice is not mastery yet."""
    pool = answers(20)
    once = [replace(pool[0], misconceptions=("M01",)), *pool[1:]]
    twice = [*once[:5], replace(pool[5], misconceptions=("M01",)), *pool[6:]]
    assert lesson_mastery(once, LESSON, [KPI]).state == "mastered"
    blocked = lesson_mastery(twice, LESSON, [KPI], {"M01": "Every number is a key result."})
    assert blocked.state == "learning"
    assert blocked.repeated == {"M01": 2}
    assert blocked.missing == (
        "The idea “Every number is a key result” came up twice in them; "
        "it should come up once at most.",
    )
    other = LESSON.model_copy(update={"key_misconceptions": ("M09",)})
    assert lesson_mastery(twice, other, [KPI]).state == "mastered"


def test_one_answer_that_reveals_a_misconception_in_three_cards_counts_once() -> None:
    """What counts is how many answers reveal it."""
    pool = answers(20)
    pool[3] = replace(pool[3], misconceptions=("M01", "M01", "M01"))
    assert lesson_mastery(pool, LESSON, [KPI]).repeated == {}


def test_pretests_polls_and_second_tries_do_not_count() -> None:
    """Neither for nor against the learner."""
    pretest = [replace(a, graded=False, misconceptions=("M01",)) for a in answers(0, 20)]
    again = [replace(a, try_number=2) for a in answers(20, start=50)]
    assert concept_mastery([*pretest, *again], KPI).state == "not_started"
    assert misconceptions_alive([*pretest, *again]) == []


def test_a_lesson_pools_the_answers_of_its_concepts() -> None:
    """Other concepts' answers are left out."""
    mine = answers(10)
    other = [replace(a, concept="role-transition") for a in answers(10, start=20)]
    foreign = [replace(a, concept="scoring") for a in answers(0, 20, start=40)]
    mastery = lesson_mastery([*mine, *other, *foreign], LESSON, [KPI, "role-transition"])
    assert (mastery.state, mastery.answers) == ("mastered", 20)


def test_partial_credit_counts_as_it_is() -> None:
    """Twenty marks of 0.8 reach the bar, whatever sums of floats make of it."""
    pool = [attempt(i, mark=0.8) for i in range(20)]
    assert concept_mastery(pool, KPI).state == "mastered"


def test_a_share_just_below_the_bar_is_not_shown_as_the_bar() -> None:
    """79.9 % is not said to be 80 %."""
    pool = [attempt(i, mark=0.799) for i in range(20)]
    assert "earned 79% on average" in concept_mastery(pool, KPI).missing[0]


def test_misconceptions_stay_alive_until_twenty_later_answers_push_them_out() -> None:
    """Per concept, the most frequent first, with the time when each last came up."""
    pool = answers(20)
    pool[2] = replace(pool[2], misconceptions=("M02",))
    pool[4] = replace(pool[4], misconceptions=("M01", "M02"))
    alive = misconceptions_alive(pool)
    assert [(a.misconception, a.times) for a in alive] == [("M02", 2), ("M01", 1)]
    assert alive[0].last == pool[4].at
    once = misconceptions_alive([*pool, *answers(3, start=30)])
    assert [(a.misconception, a.times) for a in once] == [("M01", 1), ("M02", 1)]
    assert misconceptions_alive([*pool, *answers(20, start=30)]) == []


MARKS = st.lists(st.sampled_from([0.0, 0.25, 0.5, 0.75, 1.0]), max_size=40)


@settings(deadline=None)
@given(MARKS, st.randoms(use_true_random=False))
def test_the_order_of_arrival_changes_nothing(marks: list[float], rng: object) -> None:
    """Attempts that come from two notebooks at once give the same mastery in any order."""
    pool = [attempt(i, mark=m) for i, m in enumerate(marks)]
    mixed = list(pool)
    rng.shuffle(mixed)  # type: ignore[attr-defined]
    assert concept_mastery(mixed, KPI) == concept_mastery(pool, KPI)


@settings(deadline=None)
@given(MARKS)
def test_mastered_means_that_nothing_is_missing(marks: list[float]) -> None:
    """The state and the words never contradict each other."""
    mastery = concept_mastery([attempt(i, mark=m) for i, m in enumerate(marks)], KPI)
    assert (mastery.state == "mastered") == (mastery.missing == ())
    if mastery.state == "mastered":
        assert mastery.share is not None
        assert mastery.share >= BAR - 1e-9
