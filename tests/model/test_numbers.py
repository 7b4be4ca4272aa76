"""Numbers that models are given, and how calculated ones are shown."""

from __future__ import annotations

import math

import pytest

from okrlab.errors import ModelError
from okrlab.model._numbers import number, shown, whole


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (2.43333, "2.43"),
        (4135.5, "4136"),
        (0.01234, "0.0123"),
        (3.0, "3"),
        (0.0, "0"),
        (-0.72, "-0.72"),
        (1200.0, "1200"),
        (9.999, "10"),
    ],
)
def test_three_figures_count(value: float, text: str) -> None:
    """No long tails, and no figure lost before the point."""
    assert shown(value) == text


@pytest.mark.parametrize("value", [math.nan, math.inf, True, "3", None])
def test_what_is_no_finite_number_is_refused(value: object) -> None:
    """The message names the number."""
    with pytest.raises(ModelError, match="For the bonus"):
        number("the bonus", value)  # type: ignore[arg-type]


def test_edges_belong_to_the_range_but_above_excludes_its_own() -> None:
    """At least and at most include the edge."""
    assert number("it", 1, least=1, most=1) == 1.0
    with pytest.raises(ModelError, match="above 1"):
        number("it", 1, above=1)
    with pytest.raises(ModelError, match="at most 2"):
        number("it", 3, least=1, most=2)


def test_a_whole_number_is_no_float() -> None:
    """Nor outside its range."""
    assert whole("it", 3, least=1, most=3) == 3
    for value in (3.0, 0, 4, True):
        with pytest.raises(ModelError, match="whole number from 1 to 3"):
            whole("it", value, least=1, most=3)  # type: ignore[arg-type]
