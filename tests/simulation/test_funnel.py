"""A change in conversion reaches revenue weeks later."""

from __future__ import annotations

import math
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrlab.errors import ModelError
from okrlab.simulation.funnel import (
    ASSUMPTIONS,
    EXPERIMENT_ASSUMPTIONS,
    IDEAS,
    Funnel,
    Idea,
    Movement,
    Ramp,
    Trial,
    compare,
    experiment,
    movements,
    programme,
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
    with pytest.raises(ModelError, match="week 2, 1.2 was given"):
        run(Funnel(), lambda week: 1.2 if week == 2 else 0.6, [1, 2])


def test_no_revenue_before_means_no_growth_rate() -> None:
    """Growth from nothing has no share."""
    assert compare(Funnel(), Ramp(start=0.0), 0.0, 1).revenue_growth is None


def test_the_same_seed_tells_the_same_story() -> None:
    """Chance comes from the argument only."""
    assert programme(Random(5), IDEAS) == programme(Random(5), IDEAS)
    assert programme(Random(5), IDEAS) != programme(Random(6), IDEAS)


def test_a_strong_idea_that_works_is_kept() -> None:
    """Two points of lift on 20,000 visitors cannot be missed."""
    trial = experiment(Random(1), Idea("A free trial", 0.02, 1.0), 0.04, 20_000)
    assert trial.works
    assert trial.kept
    assert trial.mistake is None
    assert trial.low < 0.02 < trial.high
    assert trial.in_words.endswith("Kept.")


def test_useless_ideas_are_kept_in_vain_now_and_then() -> None:
    """A range at 95 % errs on the upper side in about one case of forty."""
    rng = Random(11)
    trials = [experiment(rng, Idea("A chat window", 0.01, 0.0), 0.1, 400) for _ in range(800)]
    share = sum(trial.mistake == "kept in vain" for trial in trials) / len(trials)
    assert 0.01 < share < 0.045
    assert not any(trial.works for trial in trials)


def test_too_few_visitors_throw_good_ideas_away() -> None:
    """A small lift drowns in chance."""
    rng = Random(12)
    trials = [experiment(rng, Idea("A video", 0.005, 1.0), 0.04, 300) for _ in range(200)]
    assert sum(trial.mistake == "thrown away" for trial in trials) > 150
    assert "may be chance" in next(t for t in trials if not t.kept).in_words


def test_throwing_away_an_idea_that_harms_is_no_mistake() -> None:
    """It works, in the wrong direction."""
    trial = experiment(Random(2), Idea("A pop-up", -0.03, 1.0), 0.05, 5_000)
    assert trial.works
    assert not trial.kept
    assert trial.mistake is None


def test_nobody_converts_and_nothing_is_kept() -> None:
    """Zero leads on both sides prove nothing."""
    trial = experiment(Random(3), Idea("A video", 0.0, 1.0), 0.0, 50)
    assert (trial.leads_with, trial.kept) == (0, False)


def test_conversion_rises_the_week_after_an_idea_is_kept() -> None:
    """What is learnt in a week is the page from the next on."""
    sure = [Idea("First", 0.02, 1.0), Idea("Second", 0.02, 1.0)]
    result = programme(Random(1), sure, visitors=20_000, first_week=4)
    assert [round(result(week), 3) for week in (1, 4, 5, 6, 20)] == [0.04, 0.04, 0.06, 0.08, 0.08]
    weeks = run(Funnel(), result, range(1, 20))
    assert weeks[-1].revenue == pytest.approx(200_000)


def test_an_idea_kept_in_vain_changes_nothing() -> None:
    """It looked good; the conversion stays."""
    rng = Random(11)
    duds = [Idea("A chat window", 0.01, 0.0)] * 200
    result = programme(rng, duds, visitors=300)
    assert any(trial.kept for trial in result.trials)
    assert result(201) == 0.04


@given(st.integers(0, 10_000))
def test_a_trial_is_consistent(seed: int) -> None:
    """The difference lies in its range, and the counts fit the visitors."""
    trial: Trial = experiment(Random(seed), IDEAS[0], 0.04, 200)
    assert trial.low <= trial.difference <= trial.high
    assert 0 <= trial.leads_without <= 200
    assert trial.difference == pytest.approx((trial.leads_with - trial.leads_without) / 200)


@pytest.mark.parametrize(
    ("arguments", "says"), [((1.5, 100), "conversion"), ((0.04, 0), "visitors")]
)
def test_impossible_experiments_are_refused(arguments: tuple[float, int], says: str) -> None:
    """The message names the number."""
    with pytest.raises(ModelError, match=says):
        experiment(Random(1), IDEAS[0], *arguments)


def test_impossible_ideas_are_refused() -> None:
    """A chance is a share."""
    with pytest.raises(ModelError, match="chance"):
        Idea("A video", 0.01, 1.5)


def test_a_toy_says_that_it_is_one() -> None:
    """Both parts say that they are no evidence."""
    assert "not evidence" in ASSUMPTIONS[0]
    assert "not evidence" in EXPERIMENT_ASSUMPTIONS[0]
