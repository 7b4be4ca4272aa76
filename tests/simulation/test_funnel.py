"""A change in conversion reaches revenue weeks later."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrlab.errors import ModelError
from okrlab.simulation.funnel import (
    ASSUMPTIONS,
    Funnel,
    Movement,
    Ramp,
    compare,
    movements,
    quarter,
    run,
)


def test_leads_double_with_the_conversion() -> None:
    """200 a week at 4 %, 400 at 8 %."""
    weeks = run(Funnel(), Ramp(), [3, 10])
    assert [week.leads for week in weeks] == pytest.approx([200, 400])


def test_first_quarter() -> None:
    """Leads 4,000 against 2,600, but revenue only 3.3 % up."""
    q1 = compare(Funnel(), Ramp(), 0.04, 1)
    assert (q1.leads, q1.leads_before) == pytest.approx((4_000, 2_600))
    assert (q1.revenue, q1.revenue_before) == pytest.approx((1_342_857, 1_300_000), abs=0.5)
    assert q1.revenue_growth == pytest.approx(0.033, abs=5e-4)


def test_second_quarter() -> None:
    """Revenue arrives a quarter later: 89 % up."""
    q2 = compare(Funnel(), Ramp(), 0.04, 2)
    assert q2.revenue == pytest.approx(2_457_143, abs=0.5)
    assert q2.revenue_growth == pytest.approx(0.89, abs=5e-4)


def test_what_moves_when() -> None:
    """Leads move with conversion, opportunities two weeks later, revenue eight weeks later."""
    assert movements(run(Funnel(), Ramp(), range(0, 30))) == (
        Movement("conversion", 4, 10),
        Movement("leads", 4, 10),
        Movement("opportunities", 6, 12),
        Movement("revenue", 12, 18),
    )


def test_a_steady_funnel_does_not_move() -> None:
    """Without a change there is no week to name."""
    steady = movements(run(Funnel(), lambda _: 0.04, range(1, 14)))
    assert {(m.starts, m.settles) for m in steady} == {(None, None)}


def test_quarters_have_thirteen_weeks() -> None:
    """The first has weeks 1 to 13."""
    assert (quarter(1)[0], quarter(1)[-1], quarter(2)[0]) == (1, 13, 14)
    assert quarter(0)[-1] == 0


@given(st.floats(0, 1), st.floats(0, 1), st.integers(-5, 40))
def test_a_ramp_stays_between_its_levels(start: float, end: float, week: int) -> None:
    """Whichever way it goes."""
    level = Ramp(start, end)(week)
    assert min(start, end) - 1e-12 <= level <= max(start, end) + 1e-12


def test_a_ramp_that_ends_before_it_starts_is_refused() -> None:
    """The message names both weeks."""
    with pytest.raises(ModelError, match="week 5 to week 5"):
        Ramp(first_week=5, last_week=5)


@pytest.mark.parametrize(
    ("field", "value"),
    [("visitors", -1), ("share", 1.2), ("win_rate", math.nan), ("weeks_to_deal", -1)],
)
def test_impossible_funnels_are_refused(field: str, value: float) -> None:
    """Rates are shares and delays are whole weeks."""
    with pytest.raises(ModelError):
        Funnel(**{field: value})  # type: ignore[arg-type]


def test_a_conversion_beyond_all_visitors_is_refused() -> None:
    """The message names the week."""
    with pytest.raises(ModelError, match=r"week 2, 1\.2 was given"):
        run(Funnel(), lambda week: 1.2 if week == 2 else 0.6, [1, 2])


def test_no_revenue_before_means_no_growth_rate() -> None:
    """Growth from nothing has no share."""
    assert compare(Funnel(), Ramp(start=0.0), 0.0, 1).revenue_growth is None


def test_a_toy_says_that_it_is_one() -> None:
    """It is no evidence."""
    assert "not evidence" in ASSUMPTIONS[0]
