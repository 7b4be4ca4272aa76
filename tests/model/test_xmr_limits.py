"""Where limits come from: baseline, spread, gaps, screening, trends; and what is refused."""

from __future__ import annotations

import math
from dataclasses import FrozenInstanceError
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from okrlab.analyser.checks.h18_inside_limits import natural_limits
from okrlab.errors import ModelError
from okrlab.model.xmr import moving_ranges, trended_limits, xmr_limits

NAN = math.nan
finite = st.floats(-1e6, 1e6)


@settings(deadline=None)
@given(st.lists(finite, min_size=2, max_size=60))
def test_the_statement_check_computes_the_same_limits(values: list[float]) -> None:
    """The analyser's own small formula, which loads no numpy, agrees with the chart's."""
    limits = xmr_limits(values)
    assert (limits.lower, limits.upper) == pytest.approx(natural_limits(values), abs=1e-6)


def test_limits_know_how_many_points_back_them() -> None:
    """Below 6 too few, 6 to 11 trial, from 12 on locked."""
    values = [3.0, 5, 4, 6, 2, 5, 4, 3, 5, 6, 4, 5, 3]
    standing = [xmr_limits(values[:n]).standing for n in (2, 5, 6, 11, 12, 13)]
    assert standing == ["too_few", "too_few", "trial", "trial", "locked", "locked"]
    assert xmr_limits(values).locked
    assert not xmr_limits(values[:11]).locked


def test_a_baseline_is_a_number_of_first_points_or_a_slice() -> None:
    """Points outside the baseline change nothing."""
    values = [1.0, 2, 1, 2, 100, 200]
    first = xmr_limits(values, baseline=4)
    assert (first.centre, first.average_range, first.points) == (1.5, 1.0, 4)
    assert (first.start, first.stop, first.ranges) == (0, 4, 3)
    assert first == xmr_limits(values[:4])
    last = xmr_limits(values, baseline=slice(-2, None))
    assert (last.centre, last.average_range, last.start, last.stop) == (150.0, 100.0, 4, 6)


@pytest.mark.parametrize("baseline", [0, -3, 7, True, slice(0, 6, 2), slice(4, 2), slice(2, 3)])
def test_a_baseline_without_two_neighbours_is_refused(baseline: int | slice) -> None:
    """None, too many, with a step, empty, or a single point."""
    with pytest.raises(ModelError):
        xmr_limits([1.0, 2, 1, 2, 1, 2], baseline=baseline)


def test_a_gap_is_no_zero_and_no_step_leads_across_it() -> None:
    """Neither the centre nor the moving ranges know of the missing value."""
    limits = xmr_limits([4.0, 6, NAN, 16, 18])
    assert limits.centre == 11
    assert limits.average_range == 2
    assert (limits.points, limits.ranges) == (4, 2)
    np.testing.assert_array_equal(
        moving_ranges([4.0, 6, None, 16, 18]), [NAN, 2, NAN, NAN, 2], strict=True
    )


@pytest.mark.parametrize(
    "values",
    [
        pytest.param([1.0, None, 2, None], id="None"),
        pytest.param([Decimal(1), None, Decimal(2), math.nan], id="Decimal"),
        pytest.param(pd.Series([1, pd.NA, 2, pd.NA], dtype="Int64"), id="pandas NA"),
        pytest.param(pd.Series([1, None, 2, None]), id="pandas NaN"),
        pytest.param(pd.Series([1, pd.NA, 2, None], dtype=object), id="object column"),
        pytest.param(np.array([1, NAN, 2, NAN], dtype=np.float32), id="float32"),
    ],
)
def test_every_kind_of_missing_value_is_a_gap(values: object) -> None:
    """Two values and two gaps, whatever they come in."""
    limits = xmr_limits([*values, 3, 5])  # type: ignore[misc]
    assert (limits.points, limits.centre, limits.average_range) == (4, 2.75, 2.0)
    assert np.isnan(moving_ranges(values)).all()  # type: ignore[arg-type]


@pytest.mark.parametrize("values", [[], [5.0], [NAN, NAN], [1.0, NAN, 2.0, NAN, 3.0]], ids=str)
def test_without_two_neighbours_there_are_no_limits(values: list[float]) -> None:
    """No point, one point, only gaps, or a gap beside every point."""
    with pytest.raises(ModelError, match="follow one another"):
        xmr_limits(values)


@pytest.mark.parametrize("bad", [math.inf, -math.inf])
def test_an_infinite_value_is_refused_and_located(bad: float) -> None:
    """Also outside the baseline: a division by zero should not hide."""
    with pytest.raises(ModelError, match="Point 3 is infinite"):
        xmr_limits([1.0, 2, bad, 1], baseline=2)


@pytest.mark.parametrize(
    "values",
    [
        ["1", "2", "3"],
        [1, "2", None],
        [True, False, True],
        [1.0, None, True],
        [1 + 2j, 3],
        pd.Series(["a", "b"]),
        pd.to_datetime(pd.Series(["2026-01-01", "2026-01-02"])),
        [[1.0, 2.0], [3.0, 4.0]],
        [[1.0], [3.0, 4.0]],
        5.0,
        [10**400, 1],
    ],
    ids=str,
)
def test_what_is_no_series_of_numbers_is_refused(values: object) -> None:
    """Text, truth values, dates, tables, a single number."""
    with pytest.raises(ModelError):
        xmr_limits(values)  # type: ignore[arg-type]


def test_values_too_large_to_add_are_refused() -> None:
    """Limits are finite numbers or an error."""
    with pytest.raises(ModelError, match="too large"):
        xmr_limits([1.5e308, -1.5e308, 1.5e308])
    with pytest.raises(ModelError, match="too large"):
        trended_limits([1.5e308, -1.5e308, 1.5e308])


def test_unknown_words_are_refused() -> None:
    """Spread and line have two words each."""
    with pytest.raises(ModelError, match="median"):
        xmr_limits([1.0, 2], spread="mode")  # type: ignore[arg-type]
    with pytest.raises(ModelError, match="halves"):
        trended_limits([1.0, 2], line="curve")  # type: ignore[arg-type]


@settings(deadline=None)
@given(finite, st.integers(2, 50))
def test_constant_values_have_no_spread(value: float, count: int) -> None:
    """Both limits are exactly the centre, whatever binary fractions do to sums."""
    limits = xmr_limits([value] * count)
    assert limits.lower == limits.centre == limits.upper == value
    assert limits.upper_range == 0


def test_screening_leaves_wild_steps_out_once() -> None:
    """The steps into and out of the wild point don't count; the point itself does."""
    values = [1.0, 2] * 4 + [30.0] + [2.0, 1] * 4
    limits = xmr_limits([NAN, *values], screen=True, baseline=slice(1, None))
    assert limits.screened == (9, 10)
    assert limits.average_range == 1
    assert limits.centre == pytest.approx(sum(values) / 17)
    assert xmr_limits([4.0, 4, 4], screen=True).screened == ()


def test_limits_are_values() -> None:
    """Nobody changes them in passing."""
    limits = xmr_limits([1.0, 2, 3])
    with pytest.raises(FrozenInstanceError):
        limits.centre = 5  # type: ignore[misc]
    with pytest.raises(ValueError, match="read-only"):
        limits.lines(3).centre[0] = 5


def test_input_is_left_alone() -> None:
    """Arrays that are handed in keep their values."""
    values = np.array([1.0, NAN, 3, 4])
    xmr_limits(values)
    np.testing.assert_array_equal(values, [1.0, NAN, 3, 4])


@pytest.mark.parametrize("line", ["halves", "least_squares"])
@settings(deadline=None)
@given(
    start=st.integers(-1000, 1000),
    slope=st.integers(-50, 50),
    count=st.integers(3, 40),
    before=st.integers(0, 3),
)
def test_a_straight_line_is_found(
    line: str, start: int, slope: int, count: int, before: int
) -> None:
    """Points on a line give that line, for odd and even numbers, wherever the baseline begins."""
    values = [start + slope * i for i in range(before + count)]
    limits = trended_limits(
        [*[7.0] * before, *values[before:]], baseline=slice(before, None), line=line
    )
    assert limits.slope == pytest.approx(slope, abs=1e-9)
    assert limits.lines(len(values)).centre == pytest.approx(values, abs=1e-8)
    assert limits.half_width == pytest.approx(2.66 * abs(slope), abs=1e-9)


@pytest.mark.parametrize("line", ["halves", "least_squares"])
def test_a_gap_does_not_bend_the_line(line: str) -> None:
    """The remaining points lie on the line that all lay on."""
    limits = trended_limits([2.0, 4, NAN, 8, 10, 12, NAN, 16], line=line)
    assert (limits.slope, limits.intercept) == pytest.approx((2, 2))
    assert limits.points == 6


def test_the_line_goes_on_after_the_baseline() -> None:
    """Lines cover as many points as asked for; lower and upper lie the same distance away."""
    limits = trended_limits([1.0, 3, 2, 4], baseline=4)
    lines = limits.lines(6)
    assert np.diff(lines.centre) == pytest.approx([limits.slope] * 5)
    assert lines.upper - lines.centre == pytest.approx([limits.half_width] * 6)
    assert lines.centre - lines.lower == pytest.approx([limits.half_width] * 6)


def test_a_line_needs_a_value_in_each_half() -> None:
    """From one half alone no line leads to the other."""
    with pytest.raises(ModelError, match="half"):
        trended_limits([1.0, 2, 3, NAN, NAN, NAN])
