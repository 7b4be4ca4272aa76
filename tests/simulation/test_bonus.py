"""Pay picks the priority, and a bonus for hitting a target picks an easy one."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrlab.errors import ModelError
from okrlab.simulation.bonus import (
    ASSUMPTIONS,
    SIX_ENGINEERS,
    TARGET_ASSUMPTIONS,
    Engineer,
    Hours,
    Pay,
    by_bonus,
    outlook,
    remedies,
    sandbag,
    split,
    team,
    worth,
)

points = st.floats(0, 100)
pays = st.builds(
    Pay,
    value_kpi=st.floats(0.01, 100),
    value_okr=points,
    bonus_kpi=points,
    bonus_okr=points,
    coupling=st.floats(0, 1),
)


def test_the_bonus_takes_the_week() -> None:
    """Bonus 0, 1, 2, 3: 50, 80, 90, 94.1 % of the hours go to the KPI."""
    shares = [100 * hours.share_kpi for hours in by_bonus(Pay(), (0, 1, 2, 3))]
    assert shares == pytest.approx([50, 80, 90, 94.1], abs=0.05)
    assert [hours.kpi for hours in by_bonus(Pay(), (0, 1, 2))] == pytest.approx([20, 32, 36])


def test_coupling_brings_part_of_the_week_back() -> None:
    """Bonus 3 with half of the KPI's worth earned by the OKR too: 64 %."""
    assert split(Pay(bonus_kpi=3, coupling=0.5)).share_kpi == pytest.approx(0.64)


def test_four_ways_beside_each_other() -> None:
    """Decoupling and paying both balance the week; coupling comes part of the way."""
    ways = {remedy.name: remedy for remedy in remedies(Pay(bonus_kpi=3))}
    shares = {name: round(remedy.hours.share_kpi, 3) for name, remedy in ways.items()}
    assert shares == {"as it is": 0.941, "decouple": 0.5, "couple": 0.64, "pay both": 0.5}
    assert "easy targets" in ways["pay both"].catch


def test_all_six_engineers_choose_the_bonus() -> None:
    """Even the one who cares most for the OKR gives it the smaller part of the week."""
    before, after = team(Pay()), team(Pay(bonus_kpi=3))
    assert len(after) == 6
    assert min(hours.share_kpi for hours in after) > 0.85
    assert before[-1].share_kpi < 0.5
    assert SIX_ENGINEERS[-1].value_okr == max(e.value_okr for e in SIX_ENGINEERS)


def test_a_team_of_ones_own() -> None:
    """Who cares for nothing but the OKR works on nothing but the OKR."""
    (hours,) = team(Pay(value_kpi=0), [Engineer("Gil", 2)])
    assert hours == Hours(0, 40)


@given(pays, st.floats(0, 1))
def test_no_other_split_is_worth_more(pay: Pay, share: float) -> None:
    """The split is the best that people can do for themselves."""
    best = worth(pay, split(pay))
    assert best >= worth(pay, Hours(40 * share, 40 * (1 - share))) - 1e-9 * best


@given(pays, st.floats(1, 80))
def test_the_hours_add_up(pay: Pay, total: float) -> None:
    """No hour is lost or invented."""
    hours = split(pay, total)
    assert hours.kpi + hours.okr == pytest.approx(total)


@given(pays, st.floats(0, 50))
def test_a_larger_bonus_never_frees_hours_for_the_okr(pay: Pay, more: float) -> None:
    """Unless the OKR earns it too, money on the KPI pulls hours to the KPI."""
    (low, high) = by_bonus(pay, (pay.bonus_kpi, pay.bonus_kpi + more))
    assert high.share_kpi >= low.share_kpi - 1e-9


def test_very_small_worths_still_split_the_week() -> None:
    """Only the proportion counts."""
    assert split(Pay(2e-300, 1e-300)).share_kpi == pytest.approx(0.8)


def test_hours_in_words() -> None:
    """One sentence for the reader."""
    assert split(Pay(bonus_kpi=2)).in_words == (
        "36.0 hours a week for the KPI, 4.0 for the OKR: 90 % for the KPI."
    )


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ({"bonus_kpi": -1}, "bonus on the KPI"),
        ({"coupling": 1.1}, "coupling"),
        ({"value_okr": math.nan}, "interest in the OKR"),
        ({"value_kpi": 0, "value_okr": 0}, "Neither"),
    ],
)
def test_impossible_pay_is_refused(arguments: dict[str, float], says: str) -> None:
    """The message names what is wrong."""
    with pytest.raises(ModelError, match=says):
        Pay(**arguments)


def test_a_week_without_hours_is_refused() -> None:
    """There is nothing to split."""
    with pytest.raises(ModelError, match="above 0"):
        split(Pay(), 0)


@pytest.mark.parametrize("sweet_spot", [1.0, 12.5, 400.0])
def test_gain_peaks_at_the_sweet_spot_with_two_thirds(sweet_spot: float) -> None:
    """The target that gains most is missed by a third."""
    steps = [sweet_spot * i / 200 for i in range(1, 400)]
    choice = sandbag(steps, sweet_spot=sweet_spot, spread=sweet_spot / 4)
    assert choice.for_gain.target == pytest.approx(sweet_spot)
    assert choice.for_gain.attainment == pytest.approx(0.667, abs=5e-4)
    assert choice.for_gain.gain == pytest.approx(2 / 3 * sweet_spot)


def test_a_bonus_for_hitting_picks_the_easiest_target() -> None:
    """And the organisation gains less by it."""
    choice = sandbag([1.2, 0.6, 0.2, 1.0])
    assert (choice.for_bonus.target, choice.for_gain.target) == (0.2, 1.0)
    assert choice.lost == pytest.approx(2 / 3 - (0.2 - 0.008 / 3))


@given(st.floats(0.05, 3), st.floats(0.01, 1), st.floats(0.1, 2))
def test_the_chance_falls_with_the_target(target: float, more: float, spread: float) -> None:
    """Whoever is paid for hitting lowers the target."""
    low, high = outlook(target, spread=spread), outlook(target + more, spread=spread)
    assert low.chance >= high.chance
    assert low.chance <= 0.5


def test_a_hopeless_target_gains_nothing() -> None:
    """Beyond the root of three times the sweet spot people give up."""
    assert outlook(1.74).gain == 0
    assert outlook(1.74).attainment == 0
    assert outlook(1.73).gain > 0


def test_no_target_is_refused() -> None:
    """Nor is a target of zero one."""
    with pytest.raises(ModelError, match="no target"):
        sandbag([])
    with pytest.raises(ModelError, match="above 0"):
        sandbag([0.0])


def test_a_toy_says_that_it_is_one() -> None:
    """No evidence for anything, least of all for 0.7."""
    assert "not evidence" in ASSUMPTIONS[0]
    assert "not evidence for 0.7" in TARGET_ASSUMPTIONS[0]
