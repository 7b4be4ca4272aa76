"""When each concept comes again: ratings, FSRS, the replay of attempts, and the words."""

from __future__ import annotations

import json
import math
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from random import Random
from time import perf_counter

import fsrs
import pytest

from okrlab.assessment.attempt import Attempt
from okrlab.assessment.marking import HINT
from okrlab.assessment.review import (
    Rating,
    Schedule,
    day_words,
    due_words,
    rate,
    replay,
    schedule,
)
from okrlab.content import Library, library
from tests.assessment.examples import START, attempt, write_course

REFERENCE = json.loads((Path(__file__).parents[1] / "data/fsrs_reference.json").read_text())
RATINGS = [Rating.GOOD] * 6 + [Rating.AGAIN] * 2 + [Rating.GOOD] * 5
"""Those of the reference."""

DAY = date(2026, 11, 30)
NOW = START + timedelta(days=10)


@pytest.fixture
def course(tmp_path: Path) -> Library:
    """Three concepts in two lessons."""
    return write_course(tmp_path)


# -- FSRS ----------------------------------------------------------------------------------------


def test_the_package_gives_the_reference_intervals() -> None:
    """As it comes, with its steps of minutes: the figures of py-fsrs 6.3.1."""
    scheduler = fsrs.Scheduler(enable_fuzzing=False)
    card, at, intervals = fsrs.Card(card_id=1), datetime(2022, 11, 29, 12, 30, tzinfo=UTC), []
    for rating in RATINGS:
        card, _ = scheduler.review_card(card, fsrs.Rating(rating), at)
        assert card.last_review is not None
        intervals.append((card.due - card.last_review).days)
        at = card.due
    assert intervals == REFERENCE["interval_days"]


def days_until_due(ratings: list[Rating]) -> list[int]:
    """The interval after each rating, each review made on the day on which it is due."""
    history: list[tuple[date, Rating]] = []
    day, intervals = DAY, []
    for rating in ratings:
        history.append((day, rating))
        memory = replay("x", history)
        assert memory is not None
        intervals.append((memory.due - day).days)
        day = memory.due
    return intervals


def test_our_intervals_are_those_of_the_reference_in_whole_days() -> None:
    """No wait is below a day or above a year; the first answer, which minutes follow, falls out.

    That answer makes the concept a little easier, which shows as one day at the very end.
    """
    expected = [min(365, max(1, days)) for days in REFERENCE["interval_days"][1:]]
    found = days_until_due(RATINGS[1:])
    assert found[:-1] == expected[:-1]
    assert found[-1] == expected[-1] - 1


def test_first_intervals_follow_the_published_formula() -> None:
    """FSRS 6: the first stability is a parameter; 0.9 is left after so many days."""
    weights = fsrs.Scheduler().parameters
    for rating in Rating:
        memory = replay("x", [(DAY, rating)])
        assert memory is not None
        assert memory.stability == pytest.approx(weights[rating - 1])
        stays = (1 + (0.9 ** (-1 / weights[20]) - 1)) ** -weights[20]
        assert stays == pytest.approx(0.9)
        wait = (memory.due - DAY).days
        assert wait == (1 if rating < Rating.GOOD else round(weights[rating - 1]))


def test_without_reviews_there_is_no_memory() -> None:
    """Nothing answered, nothing to schedule."""
    assert replay("x", []) is None


# -- ratings -------------------------------------------------------------------------------------


def answers(*given: tuple[float, str | None]) -> list[Attempt]:
    """Answers with mark and confidence."""
    return [attempt(n, mark=m, confidence=c) for n, (m, c) in enumerate(given)]


@pytest.mark.parametrize(
    ("given", "rating"),
    [
        ([(1.0, None)], Rating.GOOD),
        ([(1.0, "think")], Rating.GOOD),
        ([(1.0, "sure")], Rating.GOOD),
        ([(1.0, "sure"), (1.0, "sure")], Rating.EASY),
        ([(1.0, "sure"), (1.0, "think")], Rating.GOOD),
        ([(1.0, "guess")], Rating.HARD),
        ([(2 / 3, None)], Rating.HARD),
        ([(2 / 3, "sure")], Rating.AGAIN),
        ([(0.5, None)], Rating.AGAIN),
        ([(0.0, "guess")], Rating.AGAIN),
        ([(1.0, None)] * 4 + [(0.0, None)], Rating.GOOD),
        ([(1.0, None)] * 3 + [(0.0, None)], Rating.HARD),
        ([(1.0, None), (0.0, None)], Rating.AGAIN),
    ],
)
def test_a_day_is_rated_by_marks_and_confidence(
    given: list[tuple[float, str | None]], rating: Rating
) -> None:
    """The rule of the module, case by case."""
    assert rate(answers(*given)) is rating


def test_a_right_answer_after_the_hint_is_hard() -> None:
    """It may have been the hint; being sure then says little."""
    helped = replace(attempt(confidence="sure"), response={"option": 1, HINT: True})
    assert rate([helped]) is Rating.HARD
    plain = answers(*[(1.0, "sure")] * 4)
    assert rate(plain) is Rating.EASY
    assert rate([*plain, helped]) is Rating.GOOD


# -- replay of attempts --------------------------------------------------------------------------


def test_what_was_answered_on_one_day_is_one_review(course: Library) -> None:
    """Ten answers in a row don't make a concept last longer than one."""
    many = schedule([attempt(n) for n in range(10)], course, NOW)
    one = schedule([attempt(0)], course, NOW)
    assert many.memories == one.memories
    assert many.memories["kpi-definition"].reviews == 1


def test_only_graded_first_tries_count(course: Library) -> None:
    """Neither a pretest, a poll nor a second try; the final test does."""
    others = [
        attempt(1, activity="pretest/pretest", graded=False),
        attempt(2, try_number=2),
        attempt(3, concept="no-such-concept"),
    ]
    assert schedule(others, course, NOW).memories == {}
    assert schedule([attempt(4, activity="final/final")], course, NOW).memories


def test_the_schedule_does_not_depend_on_the_order_of_attempts(course: Library) -> None:
    """It is replayed from the times; an import adds attempts in any order."""
    made = [
        attempt(n, concept=c, mark=m, at=START + timedelta(days=n))
        for n, (c, m) in enumerate([("kpi-definition", 1.0), ("metric-kr", 0.0)] * 5)
    ]
    shuffled = Random(3).sample(made, len(made))
    assert schedule(shuffled, course, NOW) == schedule(made, course, NOW)


def test_days_are_the_learners_own(course: Library) -> None:
    """11 p.m. in London is already the next morning in Tokyo."""
    late = attempt(at=datetime(2026, 11, 2, 23, tzinfo=UTC))
    tokyo = timezone(timedelta(hours=9))
    here = schedule([late], course, NOW).memories["kpi-definition"]
    there = schedule([late], course, NOW.astimezone(tokyo)).memories["kpi-definition"]
    assert (here.last.day, there.last.day) == (2, 3)


def test_an_answer_from_the_future_counts_as_todays(course: Library) -> None:
    """A clock that was wrong must not hide a concept for years."""
    memory = schedule([attempt(at=NOW + timedelta(days=3000))], course, NOW).memories
    assert memory["kpi-definition"].due == NOW.date() + timedelta(days=2)


def test_what_is_most_overdue_for_its_age_comes_first(course: Library) -> None:
    """A concept known for a day only fades faster than one that was known well."""
    made = [
        attempt(1, concept="kpi-definition"),
        attempt(2, concept="metric-kr", mark=0.0),
    ]
    now = schedule(made, course, START + timedelta(days=4))
    assert [m.concept for m in now.due] == ["metric-kr", "kpi-definition"]


def test_a_concept_with_a_single_item_is_left_out(tmp_path: Path) -> None:
    """Its review could only be the same item again."""
    course = write_course(tmp_path)
    path = tmp_path / "bank" / "metric-kr.yaml"
    bank = json.loads(path.read_text())
    bank["items"] = [i for i in bank["items"] if i.get("held_out") or i["id"].endswith("number-1")]
    path.write_text(json.dumps(bank))
    assert schedule([attempt(concept="metric-kr")], course, NOW).memories == {}


def test_ten_thousand_attempts_are_replayed_quickly() -> None:
    """Over three years and all concepts; well below what anybody notices."""
    content = library()
    concepts = list(content.concepts)
    made = [
        attempt(n, concept=concepts[n % len(concepts)], at=START + timedelta(hours=2.6 * n))
        for n in range(10_000)
    ]
    schedule(made[:1], content, NOW)  # reads the bank
    began = perf_counter()
    now = schedule(made, content, START + timedelta(days=1200))
    assert perf_counter() - began < 1.5
    assert len(now.memories) == len(concepts)


def test_the_package_is_loaded_only_when_it_is_needed() -> None:
    """Neither okrlab nor the module that schedules loads fsrs."""
    code = "import okrlab, okrlab.assessment.review, sys; print('fsrs' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "False"


# -- words ---------------------------------------------------------------------------------------


def test_days_in_words() -> None:
    """Weekday, day and month; the year when it is another one."""
    assert day_words(date(2026, 12, 3), DAY) == "Thursday 3 December"
    assert day_words(date(2026, 12, 1), DAY) == "tomorrow, Tuesday 1 December"
    assert day_words(date(2027, 1, 6), DAY) == "Wednesday 6 January 2027"


def test_what_is_due_in_words(course: Library) -> None:
    """Nothing at all, nothing until a day, one, several."""
    made = [attempt(1), attempt(2, concept="metric-kr", mark=0.0)]
    said = [due_words(schedule(made, course, START + timedelta(days=days))) for days in (0, 1, 2)]
    assert said == [
        "Nothing due until tomorrow, Tuesday 3 November.",
        "1 concept is due today.",
        "2 concepts are due today.",
    ]
    assert due_words(Schedule(DAY, {})) == "Nothing to review yet."
    waiting = schedule([attempt(at=datetime(2026, 12, 1, tzinfo=UTC))], course, START)
    assert math.isclose(waiting.memories["kpi-definition"].stability, 2.3065, rel_tol=1e-6)
    later = schedule([attempt(at=datetime(2026, 12, 1, tzinfo=UTC))], course,
                     datetime(2026, 12, 1, 9, tzinfo=UTC))  # fmt: skip
    assert due_words(later) == "Nothing due until Thursday 3 December."
