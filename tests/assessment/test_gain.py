"""The gain from pretest to final test, and its interval."""

from __future__ import annotations

from itertools import product
from math import factorial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrlab.assessment.attempt import Attempt
from okrlab.assessment.gain import gain, paired_interval, pairs_of, wilson
from okrlab.content import Library, library
from tests.assessment.examples import attempt, write_course


@pytest.mark.parametrize(
    ("counts", "interval"),
    [
        ((36, 12, 2, 0), (0.0569, 0.3404)),
        ((18, 12, 2, 18), (0.0562, 0.3290)),
        ((53, 0, 0, 1), (-0.0729, 0.0729)),
    ],
)
def test_reproduces_the_published_intervals(
    counts: tuple[int, int, int, int], interval: tuple[float, float]
) -> None:
    """Newcombe (1998), method 10, as printed there."""
    assert paired_interval(*counts) == pytest.approx(interval, abs=1e-4)


def test_wilson_reproduces_a_published_interval() -> None:
    """Newcombe (1998, two-sided intervals for the single proportion): 81 of 263."""
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=1e-4)


def coverage(pairs: int, chances: tuple[float, float, float, float]) -> float:
    """How often the interval holds the true difference, over every possible outcome."""
    covered = 0.0
    for both, won, lost in product(range(pairs + 1), repeat=3):
        neither = pairs - both - won - lost
        if neither < 0:
            continue
        counts = (both, won, lost, neither)
        low, high = paired_interval(*counts)
        if low - 1e-9 <= chances[1] - chances[2] <= high + 1e-9:
            ways = factorial(pairs)
            chance = 1.0
            for count, share in zip(counts, chances, strict=True):
                ways //= factorial(count)
                chance *= share**count
            covered += ways * chance
    return covered


def test_holds_the_truth_about_as_often_as_it_says_with_twelve_pairs() -> None:
    """Exactly, by summing over all outcomes: 95 % on average, and never far below."""
    grid = [0.05, 0.2, 0.4, 0.6]
    found = [
        coverage(12, (a, b, c, 1 - a - b - c))
        for a, b, c in product(grid, repeat=3)
        if a + b + c < 0.97
    ]
    assert sum(found) / len(found) == pytest.approx(0.957, abs=0.01)
    assert min(found) > 0.91


@given(*[st.integers(0, 40)] * 4)
def test_stays_within_bounds_and_turns_with_its_sides(
    both: int, won: int, lost: int, neither: int
) -> None:
    """Between -1 and 1, around the difference; swapping before and after swaps the ends."""
    if not both + won + lost + neither:
        with pytest.raises(ValueError, match="one pair"):
            paired_interval(both, won, lost, neither)
        return
    low, high = paired_interval(both, won, lost, neither)
    difference = (won - lost) / (both + won + lost + neither)
    assert -1 - 1e-9 <= low <= difference + 1e-9
    assert difference - 1e-9 <= high <= 1 + 1e-9
    turned = paired_interval(both, lost, won, neither)
    assert turned == pytest.approx((-high, -low), abs=1e-9)
    assert high > low


# -- attempts ------------------------------------------------------------------------------------


@pytest.fixture
def course(tmp_path: Path) -> Library:
    """A pretest of three questions; the final test has sisters of two of them."""
    return write_course(
        tmp_path,
        pretest={
            "items": ["metric-kr-held-1", "kpi-definition-held-1", "role-transition-order-1"],
            "kind": "pretest",
            "graded": False,
            "lesson": 0,
        },
        final={
            "items": ["metric-kr-number-1", "kpi-definition-held-2", "metric-kr-held-2"],
            "kind": "final",
            "lesson": 3,
        },
    )


def sat(test: str, item: str, mark: float, **fields: object) -> Attempt:
    """An answer in a test."""
    number = sum(f"{test}{item}".encode()) + 10_000 * len(fields)  # a second try comes later
    concept = item.rsplit("-", 2)[0]
    return attempt(
        number,
        activity=f"{test}/{test}",
        item=item,
        concept=concept,
        mark=mark,
        graded=test == "final",
        **fields,
    )


def test_the_real_tests_have_twelve_pairs() -> None:
    """Each question of the pretest has its sister, of another id."""
    pairs = pairs_of(library())
    assert len(pairs) == 12
    assert len({p.after for p in pairs}) == 12
    assert all(library().item(n).held_out for p in pairs for n in (p.before, p.after))


def test_pairs_are_sisters_of_the_same_concept_group_and_type(course: Library) -> None:
    """What has no sister is not compared."""
    assert [(p.before, p.after) for p in pairs_of(course)] == [
        ("metric-kr-held-1", "metric-kr-held-2"),
        ("kpi-definition-held-1", "kpi-definition-held-2"),
    ]


def test_nothing_is_said_before_both_tests(course: Library) -> None:
    """A pretest alone shows no gain."""
    assert gain([], course) is None
    assert gain([sat("pretest", "metric-kr-held-1", 1.0)], course) is None
    odd = [sat("pretest", "metric-kr-held-1", 1.0), sat("final", "kpi-definition-held-2", 1.0)]
    assert gain(odd, course) is None


def test_counts_pairs_only_and_the_whole_final_test_beside_them(course: Library) -> None:
    """Part marks are not right; a second try changes nothing."""
    made = [
        sat("pretest", "metric-kr-held-1", 0.5),
        sat("pretest", "kpi-definition-held-1", 0.0),
        sat("pretest", "role-transition-order-1", 1.0),
        sat("final", "metric-kr-held-2", 1.0),
        sat("final", "kpi-definition-held-2", 0.0),
        sat("final", "metric-kr-number-1", 1.0),
        sat("final", "kpi-definition-held-2", 1.0, try_number=2),
    ]
    found = gain(made, course)
    assert found is not None
    assert (found.pairs, found.of, found.before, found.after) == (2, 2, 0, 1)
    assert (found.won, found.lost, found.difference) == (1, 0, 0.5)
    assert (found.final_right, found.final_answers) == (2, 3)
    assert (found.low, found.high) == paired_interval(0, 1, 0, 1)
    assert found.words() == [
        "Of 2 questions that have a sister in both tests, 0 were right in the pretest and 1 in the "
        "final test: 50 points more.",
        "That few questions leave much to luck. The 95% interval of the difference runs from −27 "
        "to +91 points. Nought lies within it, so these questions alone do not prove a change.",
        "The whole final test: 2 of 3 right.",
    ]
