"""A drive whose dials are all fine may still end badly."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrlab.errors import ModelError
from okrlab.model.journey import (
    ANALOGY,
    ASSUMPTIONS,
    LIMPS,
    SLEEP_AFTER,
    TANK,
    Dial,
    Ending,
    Journey,
    drive,
    litres_per_100_km,
    refuel,
    rest,
    turn,
)


def test_all_dials_fine_and_asleep() -> None:
    """Staying awake is a result that no dial shows."""
    journey = drive(Journey(), 110, 6)
    assert journey.ending is Ending.ASLEEP
    assert journey.dials_fine
    assert journey.hours == SLEEP_AFTER
    assert "fell asleep" in journey.in_words
    assert "All dials are in their range" in journey.in_words
    assert "fallen asleep" in journey.unseen[1]


def test_all_dials_fine_in_the_wrong_town() -> None:
    """Perfect dials do not choose a destination."""
    journey = drive(Journey(road="Lisbon", length=300), 100, 3)
    assert journey.ending is Ending.WRONG_TOWN
    assert journey.dials_fine
    assert journey.in_words.startswith("You are in Lisbon, not in Seville.")


def test_breaks_and_fuel_bring_everybody_there() -> None:
    """Looking at the dials and at what they do not show."""
    journey = Journey()
    for _ in range(2):
        journey = refuel(rest(drive(journey, 110, 3.5)))
    journey = drive(journey, 110, 3.5)
    assert journey.ending is Ending.ARRIVED
    assert journey.left == 0
    assert "safe and sound" in journey.in_words


def test_the_dashboard_shows_three_dials() -> None:
    """Fuel, oil and speed, with their ranges."""
    journey = drive(Journey(), 140, 3)
    assert [reading.dial for reading in journey.dials] == list(Dial)
    assert [reading.ok for reading in journey.dials] == [True, True, False]
    assert journey.dials[2].in_words == "Speed: 140 km/h, outside its range."
    assert journey.dials[1].value == pytest.approx(95.8)


def test_ignoring_the_fuel_gauge_ends_on_the_roadside() -> None:
    """The KPIs are needed as well; a full tank sets the car going again."""
    journey = drive(rest(drive(Journey(), 130, 3)), 130, 3)
    assert journey.ending is Ending.EMPTY
    assert journey.fuel == 0
    assert not journey.dials_fine
    assert "tank is empty" in journey.in_words
    assert refuel(journey).ending is Ending.ON_THE_WAY


def test_a_short_stop_makes_nobody_fresh() -> None:
    """Nor does refuelling."""
    journey = drive(Journey(), 100, 3)
    assert rest(journey, 0.25).at_wheel == 3
    assert refuel(journey).at_wheel == 3
    assert rest(journey).at_wheel == 0


def test_another_road_from_the_wrong_town() -> None:
    """Only whoever looks beyond the dials takes it."""
    lost = drive(Journey(road="Lisbon", length=300), 100, 3)
    journey = drive(rest(turn(lost, "Seville", 100)), 100, 2)
    assert journey.ending is Ending.ARRIVED
    assert journey.driven == pytest.approx(400)


def test_the_road_leads_elsewhere_unseen() -> None:
    """It is told beside the dials, never on them."""
    journey = Journey(road="Lisbon")
    assert "Lisbon" in journey.unseen[0]
    assert not any("Lisbon" in reading.in_words for reading in journey.dials)


@pytest.mark.parametrize("act", [lambda j: drive(j, 100, 1), rest, refuel])
@pytest.mark.parametrize(
    "ended", [drive(Journey(length=10), 100, 1), drive(Journey(), 100, 5)], ids=["there", "asleep"]
)
def test_nothing_goes_on_after_the_end(act, ended: Journey) -> None:  # type: ignore[no-untyped-def]
    """The message says why, and what to do."""
    with pytest.raises(ModelError, match="Set out afresh"):
        act(ended)


def test_an_empty_tank_asks_for_fuel() -> None:
    """The remedy fits the trouble."""
    with pytest.raises(ModelError, match="Refuel"):
        drive(Journey(fuel=0), 100, 1)
    with pytest.raises(ModelError, match="another road"):
        drive(drive(Journey(road="Lisbon", length=10), 100, 1), 100, 1)


@given(
    st.lists(st.tuples(st.floats(10, 250), st.floats(0.1, 5), st.booleans()), max_size=12),
)
def test_a_drive_stays_possible(stretches: list[tuple[float, float, bool]]) -> None:
    """Fuel, oil and km stay in their ranges, and nobody drives on after the end."""
    journey = Journey()
    for speed, hours, pause in stretches:
        if journey.ending is not Ending.ON_THE_WAY:
            break
        journey = drive(journey, speed, hours)
        if pause and journey.ending is Ending.ON_THE_WAY:
            journey = rest(journey)
    assert 0 <= journey.fuel <= TANK
    assert 0 <= journey.oil <= 100
    assert 0 <= journey.driven <= journey.length
    assert journey.at_wheel <= SLEEP_AFTER + 1e-9
    assert journey.in_words


def test_the_faster_the_thirstier() -> None:
    """Seven litres at 100 km/h, as the assumptions say."""
    assert litres_per_100_km(100) == 7
    assert litres_per_100_km(150) > litres_per_100_km(100) > litres_per_100_km(50) > 4


@pytest.mark.parametrize(
    ("speed", "hours"), [(0, 1), (-10, 1), (100, 0), (math.nan, 1), (300, 1), (100, 25)]
)
def test_impossible_stretches_are_refused(speed: float, hours: float) -> None:
    """Speed and time are above nothing and within reason."""
    with pytest.raises(ModelError):
        drive(Journey(), speed, hours)


def test_the_picture_says_where_it_limps() -> None:
    """Four parts, its assumptions, and who draws it otherwise."""
    assert [part[0] for part in ANALOGY][:3] == ["destination", "vehicle", "dashboard"]
    assert "not evidence" in ASSUMPTIONS[0]
    assert any("Perdoo" in text for text in LIMPS)
