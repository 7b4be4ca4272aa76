"""How far a learner is with the course."""

from __future__ import annotations

from pathlib import Path

import pytest

from okrlab.assessment.progress import lesson_progress, progress
from okrlab.content import Library
from tests.assessment.examples import attempt, write_course


@pytest.fixture
def course(tmp_path: Path) -> Library:
    """Lessons 0 to 3; concepts in lessons 1 and 3."""
    return write_course(
        tmp_path,
        pretest={"items": ["metric-kr-held-1"], "kind": "pretest", "graded": False, "lesson": 0},
    )


def test_begins_with_where_to_start(course: Library) -> None:
    """Nothing answered: the first lesson and its pretest."""
    now = progress([], course)
    assert not now.started
    assert now.next_step.startswith("Nothing answered yet. Start with lesson 0, Welcome")
    assert now.words().splitlines()[0] == (
        "Your progress: 0 of 2 lessons and 0 of 3 concepts mastered; 0 graded answers."
    )


def test_points_at_the_lesson_in_progress_and_what_is_missing(course: Library) -> None:
    """The first lesson that is not mastered comes next."""
    now = progress([attempt(i) for i in range(5)], course)
    assert now.next_step == "Go on with lesson 1, Two jobs, one metric. 15 more answers are needed."
    assert "  What a KPI is: In progress, 100% of 5 answers" in now.words().splitlines()


def test_points_at_the_next_lesson_and_at_the_end_of_the_course(course: Library) -> None:
    """One mastered lesson, then all."""
    first = [attempt(i) for i in range(20)]
    now = progress(first, course)
    assert now.mastered == 1
    assert now.next_step.startswith("Open lesson 3, The craft of key results, next.")
    rest = [attempt(50 + i, concept="metric-kr") for i in range(20)]
    assert progress([*first, *rest], course).next_step.startswith("Every lesson here is mastered")


def test_tells_pretest_and_later_confidence_apart(course: Library) -> None:
    """The pretest is the baseline; it counts for nothing else."""
    pretest = [
        attempt(
            i,
            activity="pretest/pretest",
            graded=False,
            mark=0.0,
            confidence="sure",
            misconceptions=("M01",),
        )
        for i in range(12)
    ]
    later = [attempt(20 + i, confidence="sure", misconceptions=("M02",)) for i in range(2)]
    now = progress([*pretest, *later], course)
    assert (now.answers, now.pretest_answers) == (2, 12)
    assert (now.pretest["sure"].right, now.since["sure"].right) == (0, 2)
    assert [a.misconception for a in now.alive] == ["M02"]
    words = now.words().splitlines()
    assert "Lesson 0, Welcome: Pretest, 12 answers" in words
    assert "In the pretest: You were sure 12 times, and never right." in words
    came = "Came up lately: “A measure is a KPI or a key result by nature” (2 times)"
    assert any(line.startswith(f"{came}; lesson ") for line in words)


def test_a_lesson_without_concepts_of_its_own_goes_by_its_quiz(tmp_path: Path) -> None:
    """The last lesson mixes what came before; its own quiz decides."""
    course = write_course(tmp_path, mixed={"items": ["metric-kr-held-1"], "lesson": 2})
    lesson = course.lessons[2]
    assert lesson_progress(lesson, [attempt(i) for i in range(20)], course).mastery == (
        lesson_progress(lesson, [], course).mastery
    )
    mine = [attempt(i, activity="quiz/mixed") for i in range(20)]
    mastery = lesson_progress(lesson, mine, course).mastery
    assert mastery is not None
    assert mastery.state == "mastered"


def test_the_final_test_does_not_decide_about_the_last_lesson(tmp_path: Path) -> None:
    """It asks about the whole course; the lesson goes by the quiz that belongs to it."""
    course = write_course(
        tmp_path,
        mixed={"items": ["metric-kr-choice-1"], "lesson": 2},
        final={"items": ["metric-kr-held-1"], "lesson": 2, "kind": "final"},
    )
    lesson = course.lessons[2]
    test = [attempt(i, activity="final/final", mark=0.0) for i in range(20)]
    assert lesson_progress(lesson, test, course) == lesson_progress(lesson, [], course)
