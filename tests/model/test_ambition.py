"""The kind of ambition sets the bar."""

from __future__ import annotations

import pytest

from okrlab.errors import ModelError
from okrlab.model import Ambition, Attainment, attainment, verdict


def test_committed_at_072_is_a_miss_that_wants_an_explanation() -> None:
    """GDPR training from 82 to 100 %, got 95: 0.72 is no success when it was promised."""
    result = verdict(attainment(82, 100, 95), Ambition.COMMITTED)
    assert (result.met, result.explain, result.colour) == (False, True, "red")


def test_moonshot_at_070_is_green() -> None:
    """NPS from 20 to 60, got 48: for a moonshot 0.70 is what one hopes for."""
    result = verdict(attainment(20, 60, 48), Ambition.MOONSHOT)
    assert (result.met, result.colour, result.explain) == (None, "green", False)


@pytest.mark.parametrize(
    ("value", "colour"), [(0.39, "red"), (0.4, "amber"), (0.69, "amber"), (0.7, "green")]
)
def test_bands_have_no_gaps(value: float, colour: str) -> None:
    """Below 0.4 red, below 0.7 amber, else green."""
    assert verdict(Attainment.of(value), Ambition.MOONSHOT).colour == colour


def test_committed_is_met_from_one_on_and_not_before() -> None:
    """A near miss is a miss."""
    assert verdict(Attainment.of(1.0), Ambition.COMMITTED).met is True
    assert verdict(Attainment.of(1.2), Ambition.COMMITTED).met is True
    assert verdict(Attainment.of(0.9999), Ambition.COMMITTED).met is False


def test_the_bar_of_a_stretch_can_be_set() -> None:
    """The sources give no figure, so a team can choose its own."""
    assert verdict(Attainment.of(0.7), Ambition.STRETCH).met is True
    assert verdict(Attainment.of(0.7), Ambition.STRETCH, stretch_bar=0.8).met is False
    with pytest.raises(ModelError):
        verdict(Attainment.of(0.7), Ambition.STRETCH, stretch_bar=0)
