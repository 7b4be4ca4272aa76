"""What a set of answers says."""

from __future__ import annotations

import pytest

from okrlab.assessment.results import (
    by_concept,
    by_misconception,
    calibration,
    calibration_words,
    percent,
    tally,
)
from tests.assessment.examples import attempt


def test_counts_answers_and_right_ones_and_their_mean_mark() -> None:
    """Part marks count in the mean, not among the right ones."""
    result = tally([attempt(1, mark=1.0), attempt(2, mark=0.5), attempt(3, mark=0.0)])
    assert (result.answers, result.right, result.share) == (3, 1, 0.5)
    assert tally([]).answers == 0


def test_groups_by_concept_in_the_order_asked() -> None:
    """One tally each."""
    answers = [attempt(1, concept="b"), attempt(2, concept="a", mark=0.0), attempt(3, concept="b")]
    assert {c: (t.right, t.answers) for c, t in by_concept(answers).items()} == {
        "b": (2, 2),
        "a": (0, 1),
    }
    assert list(by_concept(answers)) == ["b", "a"]


def test_counts_misconceptions_once_per_answer() -> None:
    """The most frequent first."""
    answers = [
        attempt(1, misconceptions=("M02", "M01", "M01")),
        attempt(2, misconceptions=("M02",)),
    ]
    assert by_misconception(answers) == [("M02", 2), ("M01", 1)]


@pytest.mark.parametrize(
    ("level", "right", "wrong", "words"),
    [
        ("sure", 4, 1, "You were sure 5 times, and right 4 times."),
        ("sure", 2, 0, "You were sure twice, and right each time."),
        ("sure", 0, 3, "You were sure 3 times, and never right."),
        ("sure", 1, 0, "You were sure once, and you were right."),
        ("sure", 0, 1, "You were sure once, and that was not right."),
        (
            "think",
            1,
            1,
            "You were never quite sure. You thought so twice, and right once.",
        ),
        ("guess", 2, 1, "You guessed 3 times, and right twice."),
    ],
)
def test_tells_in_one_plain_sentence_how_well_confidence_fits(
    level: str, right: int, wrong: int, words: str
) -> None:
    """Being sure is what matters most; without it the next level speaks."""
    answers = [attempt(i, confidence=level, mark=float(i < right)) for i in range(right + wrong)]
    assert calibration_words(calibration([*answers, attempt(99)])) == words


def test_says_nothing_about_confidence_that_nobody_stated() -> None:
    """No sentence is made up."""
    assert calibration_words(calibration([attempt(1)])) is None


def test_a_missed_bar_is_never_rounded_up_to_it() -> None:
    """79.9 % is 79 %; a third is 33 %; all of 100 stays."""
    assert [percent(x) for x in (0.799, 1 / 3, 0.8, 0.29, 1.0)] == [
        "79%",
        "33%",
        "80%",
        "29%",
        "100%",
    ]
