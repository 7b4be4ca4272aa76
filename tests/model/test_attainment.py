"""Attainment: the reference figures, decreasing measures, guardrails."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrlab.errors import ModelError
from okrlab.model import (
    Attainment,
    Band,
    attainment,
    band_attainment,
    milestone_attainment,
    projected,
    roll_up,
)

# Baseline, target, current, raw ratio: worked examples of the five source texts, and the cases that
# a formula without a baseline, or one that only climbs, gets wrong.
REFERENCE = [
    (5_000_000, 10_000_000, 8_500_000, 0.70),
    (20, 25, 23, 0.60),
    (400_000, 600_000, 540_000, 0.70),
    (100, 95, 97, 0.60),
    (22, 35, 31, 9 / 13),
    (4, 8, 6.8, 0.70),
    (63, 70, 61, -2 / 7),
    (3, 2, 1.8, 1.2),
    (82, 100, 95, 13 / 18),
    (20, 60, 48, 0.70),
]


@pytest.mark.parametrize(("baseline", "target", "current", "ratio"), REFERENCE)
def test_reference_figures(baseline: float, target: float, current: float, ratio: float) -> None:
    """The raw ratio is the share of the way; the value is held between 0 and 1."""
    result = attainment(baseline, target, current)
    assert result.ratio == pytest.approx(ratio, abs=1e-12)
    assert result.value == pytest.approx(min(1, max(0, ratio)), abs=1e-12)


def test_financial_targets_roll_up_to_two_thirds() -> None:
    """The three financial key results average 0.667."""
    results = [attainment(*case[:3]) for case in REFERENCE[:3]]
    assert roll_up(results).mean == pytest.approx(2 / 3)


def test_equal_baseline_and_target_is_an_error_that_says_what_to_do() -> None:
    """No way to go is no key result; the message points to the health metric."""
    with pytest.raises(ModelError, match="health metric: give it a band"):
        attainment(99.9, 99.9, 99.5)


@pytest.mark.parametrize("bad", [math.nan, math.inf, -math.inf, True])
def test_a_value_that_is_no_number_is_refused_by_name(bad: float) -> None:
    """Each of the three is checked, and named."""
    for position, name in enumerate(("baseline", "target", "current")):
        values: list[float] = [1, 2, 1.5]
        values[position] = bad
        with pytest.raises(ModelError, match=f"The {name} is"):
            attainment(*values)


finite = st.floats(-1e9, 1e9, allow_nan=False).map(lambda x: round(x, 3))


@given(finite, finite, finite)
def test_turning_the_measure_upside_down_changes_nothing(
    baseline: float, target: float, current: float
) -> None:
    """A falling measure attains what its mirror image attains."""
    if baseline == target:
        return
    up, down = attainment(baseline, target, current), attainment(-baseline, -target, -current)
    assert up == down
    assert 0 <= up.value <= 1


@given(finite, finite)
def test_ends_of_the_way(baseline: float, target: float) -> None:
    """Nothing at the baseline, everything at the target."""
    if baseline == target:
        return
    assert attainment(baseline, target, baseline).ratio == 0
    assert attainment(baseline, target, target).ratio == 1


@given(ratio=st.floats(-10, 10, allow_nan=False), weeks=st.integers(1, 13))
def test_a_steady_pace_ends_where_it_leads(ratio: float, weeks: int) -> None:
    """What is left of the period brings as much per week as what has passed."""
    end = projected(Attainment.of(ratio), weeks / 13)
    assert end.ratio == pytest.approx(ratio * 13 / weeks)
    assert 0 <= end.value <= 1


@pytest.mark.parametrize("elapsed", [0, -0.1, 1.01, math.nan, True])
def test_without_a_share_of_the_period_there_is_no_pace(elapsed: float) -> None:
    """In words."""
    with pytest.raises(ModelError, match="no pace yet"):
        projected(Attainment.of(0.5), elapsed)


def test_a_milestone_is_done_or_not() -> None:
    """Without gates there is nothing between 0 and 1."""
    assert milestone_attainment(True).value == 1
    assert milestone_attainment(False).value == 0


def test_gates_declared_beforehand_give_part_of_a_milestone() -> None:
    """Weights are scaled to add up to 1."""
    gates = {"contract signed": 1.0, "live": 3.0}
    assert milestone_attainment({"contract signed": True, "live": False}, gates).value == 0.25


@pytest.mark.parametrize(
    "weights", [None, {}, {"live": 1.0, "other": 1.0}, {"live": 0.0}, {"live": math.nan}]
)
def test_gates_without_usable_weights_are_refused(weights: dict[str, float] | None) -> None:
    """Nobody can invent weights after the fact."""
    with pytest.raises(ModelError):
        milestone_attainment({"live": True}, weights)


def test_a_band_passes_or_fails() -> None:
    """Edges belong to the band; a missing value does not."""
    band = Band(lower=99.9)
    assert band_attainment(band, 99.9).value == 1
    assert band_attainment(band, 99.89).value == 0
    assert band_attainment(band, math.nan).value == 0


def test_a_guardrail_is_never_averaged_in() -> None:
    """Two results reached and a guardrail broken: the mean stays 1, and the break comes first."""
    rolled = roll_up([Attainment.of(1), Attainment.of(1)], {"complaints": Attainment.of(0)})
    assert rolled.mean == 1
    assert rolled.averaged == 2
    assert rolled.broken == ("complaints",)
    assert rolled.in_words.startswith("Guardrail broken: complaints")


def test_nothing_to_average_is_not_zero() -> None:
    """An objective with guardrails only has no mean."""
    assert roll_up([], {"complaints": Attainment.of(1)}).mean is None
