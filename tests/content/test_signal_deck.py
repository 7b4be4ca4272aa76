"""The cards of the deck “signal or noise” are sorted as the model sorts their values."""

from __future__ import annotations

import re

import pytest

from okrlab.content import library
from okrlab.content.item import Card
from okrlab.model.xmr import XmrLimits, signals, xmr_limits
from okrlab.model.xmr.limits import FEWEST

DECK = library().deck("signal-or-noise")
REPORT = re.compile(
    r"Average ([\d.,]+), limits ([\d.,]+) to ([\d.,]+)\. The last \w+ \w+: ([\d., ]+)\."
)


def number(text: str) -> float:
    """A number with a comma between the thousands."""
    return float(text.replace(",", ""))


def report(card: Card) -> tuple[XmrLimits, list[float]]:
    """The limits and the values that a card's context tells."""
    found = REPORT.search(card.context or "")
    assert found, card.context
    average, lower, upper = (number(found[i]) for i in (1, 2, 3))
    half = upper - average
    assert average - lower == pytest.approx(half, abs=0.001)
    mean_range = half / 2.66
    limits = XmrLimits(
        average_range=mean_range, half_width=half, upper_range=3.268 * mean_range, spread="mean",
        points=12, ranges=11, start=0, stop=12, centre=average,
    )  # fmt: skip
    return limits, [number(value) for value in found[4].split(", ")]


@pytest.mark.parametrize("card", [c for c in DECK.cards if c.bucket != "open"], ids=lambda c: c.id)
def test_a_card_with_limits_lies_where_the_rules_put_it(card: Card) -> None:
    """A signal by one of the three rules, or none."""
    limits, values = report(card)
    assert bool(signals(values, limits)) == (card.bucket == "signal")


@pytest.mark.parametrize(
    ("name", "place", "value"),
    [("donors", -1, 78), ("museum", -1, 1480), ("poison-line", 4, 214), ("satisfaction", -1, 27),
     ("claims", -1, 16), ("sorting", -1, 60), ("punctual", -1, 95.3), ("waiting-room", -1, 9),
     ("vaccine-fridge", -1, 5.3)],
)  # fmt: skip
def test_the_small_change_flips_the_card(name: str, place: int, value: float) -> None:
    """What each card says of the smallest edit is so, and it names that value."""
    card = next(c for c in DECK.cards if c.id == name)
    limits, values = report(card)
    before = bool(signals(values, limits))
    values[place] = value
    assert bool(signals(values, limits)) != before
    assert f"{value:,}" in card.flip


def test_where_nothing_can_be_told_there_are_no_limits_to_trust() -> None:
    """Two cards give none; the third gives one that comes from too few values."""
    cards = [c for c in DECK.cards if c.bucket == "open"]
    assert not any(REPORT.search(c.context or "") for c in cards)
    days = xmr_limits([23, 19, 25, 20])
    assert round(days.upper) == 35
    assert days.points < FEWEST
