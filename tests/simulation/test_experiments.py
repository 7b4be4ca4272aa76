"""Experiments find what works, and chance misleads them now and then."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrlab.errors import ModelError
from okrlab.simulation.experiments import ASSUMPTIONS, IDEAS, Idea, Trial, experiment, programme
from okrlab.simulation.funnel import Funnel, run


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
    """It is no evidence."""
    assert "not evidence" in ASSUMPTIONS[0]
