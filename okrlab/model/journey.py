"""The journey: the objective is the destination, the OKR the vehicle, KPIs the dashboard.

The picture is that of an OKR vendor's FAQ. Its dials are fuel, oil and speed; that everybody
arrives safe and nobody falls asleep is a key result that no dial shows. The figures are ours.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from okrlab.errors import ModelError
from okrlab.model._numbers import number
from okrlab.model.indicator import Band

ASSUMPTIONS: tuple[str, ...] = (
    "This is a picture that shows a mechanism, not evidence about driving or about companies.",
    "The car needs 4 litres for 100 km, and more the faster it goes: 7 at 100 km/h.",
    "One percent of the oil is gone every 100 km.",
    "After four hours without a break the driver falls asleep. No dial shows how tired anybody is.",
    "A break of half an hour or more makes the driver fresh again.",
    "Nothing else happens: no traffic, no weather, no other cars.",
)

ANALOGY: tuple[tuple[str, str, str], ...] = (
    ("destination", "objective", "where you want to get, and why you set out"),
    ("vehicle", "OKR", "what gets you there"),
    ("dashboard", "KPIs", "how the car is doing on the way"),
    ("what no dial shows", "a key result without a KPI", "everybody arrives safe and sound"),
)
"""On the journey, in an organisation, and what it is for."""

LIMPS: tuple[str, ...] = (
    "The dials do not say where the road leads: perfect dials can take you to the wrong town.",
    "A car does not get better because you look at its fuel gauge. A team sometimes does.",
    "A journey ends. An organisation sets out again each quarter, and the dashboard stays.",
    "Not everybody draws it this way: another vendor, Perdoo, draws the OKR as the destination "
    "with the way to it.",
)
"""Where the picture limps."""

TANK = 50.0
"""Litres that the tank holds."""

SLEEP_AFTER = 4.0
"""Hours at the wheel without a break after which the driver falls asleep."""

BREAK = 0.5
"""Hours of a break that makes the driver fresh."""


class Dial(StrEnum):
    """What the dashboard shows."""

    FUEL = "fuel"
    OIL = "oil"
    SPEED = "speed"

    @property
    def unit(self) -> str:
        """The unit of the dial."""
        return {Dial.FUEL: "l", Dial.OIL: "%", Dial.SPEED: "km/h"}[self]

    @property
    def band(self) -> Band:
        """The range in which it should stay."""
        return _BANDS[self]


_BANDS = {
    Dial.FUEL: Band(lower=8.0),
    Dial.OIL: Band(lower=40.0),
    Dial.SPEED: Band(upper=130.0),
}


class Ending(StrEnum):
    """How a journey stands."""

    ON_THE_WAY = "on the way"
    ARRIVED = "arrived"
    ASLEEP = "asleep at the wheel"
    EMPTY = "out of fuel"
    WRONG_TOWN = "in the wrong town"


@dataclass(frozen=True)
class Reading:
    """What one dial shows.

    Attributes:
        dial: which one.
        value: in the dial's unit.
        ok: whether it lies in its range.
    """

    dial: Dial
    value: float
    ok: bool

    @property
    def in_words(self) -> str:
        """The reading as a sentence."""
        state = "in its range" if self.ok else "outside its range"
        return f"{self.dial.value.capitalize()}: {self.value:.0f} {self.dial.unit}, {state}."


@dataclass(frozen=True)
class Journey:
    """A drive, as it stands.

    Attributes:
        destination: where everybody wants to go.
        road: where the road leads that was taken.
        length: of the road, in km, above 0.
        driven: km so far.
        fuel: litres in the tank.
        oil: percent of what the engine should have.
        speed: in km/h, of the last stretch.
        at_wheel: hours since the last break; on no dial.
        hours: since setting out, breaks included.
        asleep: whether the driver has fallen asleep.

    Raises:
        ModelError: a number lies outside its range.
    """

    destination: str = "Seville"
    road: str = "Seville"
    length: float = 1_000.0
    driven: float = 0.0
    fuel: float = TANK
    oil: float = 100.0
    speed: float = 0.0
    at_wheel: float = 0.0
    hours: float = 0.0
    asleep: bool = False

    def __post_init__(self) -> None:
        number("the length of the road", self.length, above=0, most=100_000)
        number("the fuel", self.fuel, least=0, most=TANK)
        number("the oil", self.oil, least=0, most=100)
        for name in ("driven", "speed", "at_wheel", "hours"):
            number(f"“{name}”", getattr(self, name), least=0)

    @property
    def left(self) -> float:
        """Km to the end of the road."""
        return max(0.0, self.length - self.driven)

    @property
    def ending(self) -> Ending:
        """How it stands."""
        if self.asleep:
            return Ending.ASLEEP
        if self.left == 0:
            return Ending.ARRIVED if self.road == self.destination else Ending.WRONG_TOWN
        return Ending.EMPTY if self.fuel == 0 else Ending.ON_THE_WAY

    @property
    def dials(self) -> tuple[Reading, ...]:
        """What the dashboard shows; nothing about where the road leads, or how tired anybody is."""
        shown = ((Dial.FUEL, self.fuel), (Dial.OIL, self.oil), (Dial.SPEED, self.speed))
        return tuple(Reading(dial, value, dial.band.holds(value)) for dial, value in shown)

    @property
    def dials_fine(self) -> bool:
        """Whether every dial is in its range."""
        return all(reading.ok for reading in self.dials)

    @property
    def unseen(self) -> tuple[str, ...]:
        """What no dial shows, in sentences: the way, and the driver."""
        tired = f"The driver has been at the wheel for {self.at_wheel:.1f} hours without a break."
        if self.asleep:
            tired = "The driver has fallen asleep."
        return (f"The road leads to {self.road}; you want to go to {self.destination}.", tired)

    @property
    def in_words(self) -> str:
        """How it stands, as a sentence or two."""
        dials = "All dials are in their range." if self.dials_fine else "Look at the dials."
        match self.ending:
            case Ending.ARRIVED:
                return (
                    f"Arrived in {self.destination} after {self.hours:.1f} hours, safe and sound."
                )
            case Ending.WRONG_TOWN:
                return f"You are in {self.road}, not in {self.destination}. {dials}"
            case Ending.ASLEEP:
                return (
                    f"The driver fell asleep after {SLEEP_AFTER:g} hours without a break, "
                    f"{self.left:.0f} km before {self.road}. {dials}"
                )
            case Ending.EMPTY:
                return f"The tank is empty, {self.left:.0f} km before {self.road}."
            case Ending.ON_THE_WAY:
                return f"{self.left:.0f} km to go to {self.road}. {dials}"


def litres_per_100_km(speed: float) -> float:
    """What the car needs at a speed in km/h, in litres for 100 km."""
    return 4 + 3 * (speed / 100) ** 2


def drive(journey: Journey, speed: float, hours: float) -> Journey:
    """Drive on, until the time is over, the road ends, the tank is empty or the driver sleeps.

    Args:
        journey: as it stands.
        speed: in km/h, above 0 and up to 250.
        hours: how long, above 0 and up to 24.

    Raises:
        ModelError: a number lies outside its range, or nobody can drive on.
    """
    number("the speed", speed, above=0, most=250)
    number("the hours", hours, above=0, most=24)
    _still_driving(journey)
    burn = litres_per_100_km(speed) / 100
    to_sleep = max(0.0, SLEEP_AFTER - journey.at_wheel)
    to_end = journey.left / speed
    to_empty = journey.fuel / burn / speed
    time = min(hours, to_sleep, to_end, to_empty)
    way = time * speed
    # What runs out is set to its end exactly, so that no rounding leaves a last drop or metre.
    ends, empty = time == to_end, time == to_empty
    return replace(
        journey,
        driven=journey.length if ends else journey.driven + way,
        fuel=0.0 if empty else max(0.0, journey.fuel - way * burn),
        oil=max(0.0, journey.oil - way / 100),
        speed=float(speed),
        at_wheel=journey.at_wheel + time,
        hours=journey.hours + time,
        asleep=time == to_sleep and not ends,
    )


def rest(journey: Journey, hours: float = BREAK) -> Journey:
    """Stop for a break; half an hour or more makes the driver fresh.

    Args:
        journey: as it stands.
        hours: how long, above 0 and up to 24.

    Raises:
        ModelError: `hours` lies outside its range, or the journey is over.
    """
    number("the hours", hours, above=0, most=24)
    _still_driving(journey)
    fresh = hours >= BREAK
    return replace(
        journey,
        speed=0.0,
        hours=journey.hours + hours,
        at_wheel=0.0 if fresh else journey.at_wheel,
    )


def refuel(journey: Journey) -> Journey:
    """Fill the tank and the oil; that takes a quarter of an hour and is no break.

    Raises:
        ModelError: the journey is over.
    """
    if journey.ending is not Ending.EMPTY:
        _still_driving(journey)
    return replace(journey, fuel=TANK, oil=100.0, speed=0.0, hours=journey.hours + 0.25)


def turn(journey: Journey, road: str, length: float) -> Journey:
    """Take another road from here.

    Args:
        journey: as it stands.
        road: where the new road leads.
        length: of the new road from here, in km, above 0.

    Raises:
        ModelError: `length` is not above 0, or nobody can drive on from here.
    """
    number("the length of the road", length, above=0, most=100_000)
    if journey.ending is not Ending.WRONG_TOWN:
        _still_driving(journey)
    return replace(journey, road=road, length=journey.driven + length)


def _still_driving(journey: Journey) -> None:
    if journey.ending is Ending.ON_THE_WAY:
        return
    ways = {
        Ending.EMPTY: "Refuel, then drive on.",
        Ending.WRONG_TOWN: "Take another road, then drive on.",
    }
    raise ModelError(
        f"The car stands still: {journey.ending.value}. "
        f"{ways.get(journey.ending, 'Set out afresh to try another way.')}"
    )
