"""Pressure on a measure helps first and harms later."""

from __future__ import annotations

import math
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrlab.errors import ModelError
from okrlab.simulation.goodhart import (
    ASSUMPTIONS,
    MECHANISMS,
    Setting,
    candidates,
    expected_maximum,
    expected_pick,
    gaming_starts,
    payoff,
    pick_best,
    respond,
    slopes,
    sweep,
)

points = st.floats(0, 20)
settings = st.builds(
    Setting,
    pressure=points,
    interest=points,
    harm=st.floats(0, 5),
    leverage=st.floats(0, 5),
    penalty=points,
    detection=st.floats(0, 1),
)


@pytest.mark.parametrize(
    ("setting", "measured", "value"),
    [
        (Setting(pressure=0), 1, 1),
        (Setting(pressure=2 / 3), 1.667, 1.667),
        (Setting(pressure=1), 2.75, 1.5),
        (Setting(pressure=2), 6, 1),
        (Setting(pressure=4), 12.5, 0),
        (Setting(pressure=2, penalty=2), 3, 3),
        (Setting(pressure=2, penalty=4, detection=0.5), 3, 3),
        (Setting(pressure=2, interest=2), 5.5, 3),
    ],
)
def test_reference_numbers(setting: Setting, measured: float, value: float) -> None:
    """The figures of the design: defaults, with a guardrail, with more autonomy."""
    response = respond(setting)
    assert response.measured == pytest.approx(measured, abs=5e-4)
    assert response.value == pytest.approx(value, abs=5e-4)
    assert response.gap == pytest.approx(measured - value, abs=5e-4)


def test_more_autonomy_splits_the_effort_otherwise() -> None:
    """People who care more game less under the same pressure."""
    response = respond(Setting(pressure=2, interest=2))
    assert (response.genuine, response.gaming) == (4, 1)


def test_gaming_starts_where_it_pays() -> None:
    """At two thirds with the defaults; a guardrail and autonomy move it up."""
    assert gaming_starts(Setting()) == pytest.approx(2 / 3)
    assert gaming_starts(Setting(penalty=2)) == pytest.approx(2)
    assert gaming_starts(Setting(interest=2)) == pytest.approx(4 / 3)
    assert gaming_starts(Setting(leverage=0)) == math.inf


def test_the_same_people_game_under_more_pressure() -> None:
    """Design, not character: at 0.5 nobody does, at 2 the same people do."""
    assert respond(Setting(pressure=0.5)).gaming == 0
    assert respond(Setting(pressure=2)).gaming == 2


def test_slopes_before_and_beyond_the_bend() -> None:
    """Before it both rise alike; beyond it the measure races ahead and the value falls."""
    before, beyond = slopes(Setting(pressure=0.5)), slopes(Setting(pressure=1))
    assert (before.measured, before.value) == (1, 1)
    assert (beyond.measured, beyond.value) == (3.25, -0.5)


@given(settings, st.floats(0.01, 1))
def test_slopes_agree_with_the_responses(setting: Setting, more: float) -> None:
    """On one side of the bend the response is a line with these slopes."""
    bend = gaming_starts(setting)
    low, high = sweep(setting, (setting.pressure, setting.pressure + more))
    if (setting.pressure >= bend) == (setting.pressure + more > bend):
        slope = slopes(setting)
        assert high.measured - low.measured == pytest.approx(slope.measured * more, abs=1e-9)
        assert high.value - low.value == pytest.approx(slope.value * more, abs=1e-9)


@given(settings, st.floats(-3, 3), st.floats(-3, 3))
def test_no_other_effort_pays_better(setting: Setting, less: float, more: float) -> None:
    """The response is the best that people can do for themselves."""
    best = respond(setting)
    other = payoff(setting, best.genuine + less, max(0.0, best.gaming + more))
    assert payoff(setting, best.genuine, best.gaming) >= other - 1e-9


@given(settings)
def test_a_guardrail_never_harms_the_value(setting: Setting) -> None:
    """Value rises or stays when gaming costs more."""
    stronger = Setting(
        setting.pressure,
        setting.interest,
        setting.harm,
        setting.leverage,
        setting.penalty + 1,
        setting.detection,
    )
    assert respond(stronger).value >= respond(setting).value


def test_value_is_highest_where_gaming_starts() -> None:
    """The best pressure is neither none nor the most."""
    values = [r.value for r in sweep(Setting(), [i / 300 for i in range(1200)])]
    assert values.index(max(values)) == 200


def test_the_response_in_words() -> None:
    """One sentence for the reader, with and without gaming."""
    assert "Nobody games" in respond(Setting(pressure=0.5)).in_words
    assert respond(Setting(pressure=2)).in_words == (
        "The measure shows 6.00, the value is 1.00. "
        "2.00 of the effort goes into gaming the measure."
    )


@pytest.mark.parametrize(
    ("field", "value"),
    [("pressure", -0.1), ("interest", math.nan), ("detection", 1.5), ("harm", math.inf)],
)
def test_impossible_settings_are_refused(field: str, value: float) -> None:
    """The message names the setting."""
    with pytest.raises(ModelError, match=field):
        Setting(**{field: value})


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        (1, 0.0),
        (2, 1 / math.sqrt(math.pi)),
        (3, 1.5 / math.sqrt(math.pi)),
        (5, 1.1629644736),
        (20, 1.8674750598),
        (100, 2.5075936364),
    ],
)
def test_mean_of_the_largest_of_several(count: int, expected: float) -> None:
    """Exact values where there are any, and the tables of normal order statistics."""
    assert expected_maximum(count) == pytest.approx(expected, abs=1e-9)


def test_the_best_of_twenty_is_half_luck() -> None:
    """With equal variances the value is half of what the measure shows."""
    pick = expected_pick(20)
    assert pick.measured == pytest.approx(2.64, abs=0.005)
    assert pick.value == pytest.approx(1.32, abs=0.005)


def test_without_luck_the_measure_is_the_value() -> None:
    """Nothing regresses when the measure is exact."""
    pick = expected_pick(20, luck_spread=0)
    assert pick.measured == pick.value == pytest.approx(1.8675, abs=1e-4)


@pytest.mark.parametrize(("value_spread", "luck_spread"), [(1, 1), (2, 1), (1, 3)])
def test_many_draws_come_near_the_expectation(value_spread: float, luck_spread: float) -> None:
    """The seeded draws and the integral tell the same story."""
    rng, rounds = Random(7), 4_000
    picks = [
        pick_best(rng, value_spread=value_spread, luck_spread=luck_spread) for _ in range(rounds)
    ]
    expected = expected_pick(value_spread=value_spread, luck_spread=luck_spread)
    near = 4 * (value_spread + luck_spread) / math.sqrt(rounds)
    assert sum(p.measured for p in picks) / rounds == pytest.approx(expected.measured, abs=near)
    assert sum(p.value for p in picks) / rounds == pytest.approx(expected.value, abs=near)


def test_the_same_seed_draws_the_same() -> None:
    """Chance comes from the argument only."""
    assert pick_best(Random(3)) == pick_best(Random(3))
    assert pick_best(Random(3)) != pick_best(Random(4))


def test_the_best_is_the_best_of_those_drawn() -> None:
    """All of them can be shown, and the pick is the one with the highest measure."""
    drawn = candidates(Random(5))
    assert len(drawn) == 20
    assert pick_best(Random(5)) == max(drawn, key=lambda pick: pick.measured)


@pytest.mark.parametrize("count", [0, -1, 1_000_001, True])
def test_nothing_to_pick_from_is_refused(count: int) -> None:
    """At least one, and no more than a computer can draw at once."""
    with pytest.raises(ModelError, match="whole number from 1"):
        pick_best(Random(1), count)
    with pytest.raises(ModelError, match="whole number from 1"):
        expected_maximum(count)


def test_a_toy_says_that_it_is_one() -> None:
    """The first assumption is that this is no evidence; four mechanisms are named."""
    assert "not evidence" in ASSUMPTIONS[0]
    assert [m.name for m in MECHANISMS] == ["regressional", "extremal", "causal", "adversarial"]
