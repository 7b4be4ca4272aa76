"""What speaks against limits is said, and nothing is said without reason."""

from __future__ import annotations

import math
from random import Random

import pytest

from okrlab.errors import ModelError
from okrlab.model.xmr import cautions, trended_limits, xmr_limits


def kinds(values: list[float], baseline: int | None = None) -> list[str]:
    """Kinds of cautions about flat limits of these values."""
    return [c.kind for c in cautions(values, xmr_limits(values, baseline=baseline))]


def noise(count: int, seed: int = 1) -> list[float]:
    """Independent values around 50."""
    random = Random(seed)
    return [random.gauss(50, 2) for _ in range(count)]


def test_few_points_are_said() -> None:
    """Below 6 a guess, below 12 a trial, then nothing."""
    values = [4.0, 6, 5, 7, 4, 5, 6, 4, 5, 7, 4, 5]
    assert [kinds(values, n) for n in (2, 5, 6, 11, 12)] == [
        ["too_few"],
        ["too_few"],
        ["trial"],
        ["trial"],
        [],
    ]
    assert "from 5 points" in cautions(values, xmr_limits(values, baseline=5))[0].in_words


def test_missing_spread_is_said() -> None:
    """Also when only the last binary digit moves."""
    assert kinds([0.3] * 12) == ["no_spread"]
    assert kinds([0.3, 0.1 + 0.2] * 6) == ["no_spread"]


def test_gaps_are_counted() -> None:
    """Only those in the baseline."""
    values = [4.0, 6, math.nan, 7, 4, 5, 6, 4, 5, 7, 4, 5, 5, 6, math.nan]
    (caution,) = cautions(values, xmr_limits(values, baseline=13))
    assert caution.kind == "gaps"
    assert "1 of 13 values" in caution.in_words


def test_a_trend_in_the_baseline_is_hinted_at() -> None:
    """Rising or falling, in flat limits only; a drift after the baseline is a signal instead."""
    rising = [10.0 + i + (i % 3) for i in range(14)]
    assert kinds(rising) == ["trend"]
    assert "rise" in cautions(rising, xmr_limits(rising))[0].in_words
    falling = [-v for v in rising]
    assert "fall" in cautions(falling, xmr_limits(falling))[0].in_words
    assert cautions(rising, trended_limits(rising)) == []
    assert kinds([float(i) for i in range(14)]) == ["trend"]
    quiet = noise(12, seed=3)
    assert kinds(quiet) == kinds([*quiet, *[50.0 + 3 * i for i in range(12)]], 12) == []


@pytest.mark.parametrize("cycle", [4, 7, 12])
def test_a_season_is_hinted_at(cycle: int) -> None:
    """Four quarters, seven days, twelve months, with noise, gaps and a slope; called a hint."""
    wave = [12 * math.sin(2 * math.pi * i / cycle) + 0.3 * i for i in range(5 * cycle)]
    values = [w + n for w, n in zip(wave, noise(len(wave)), strict=True)]
    values[cycle] = math.nan
    season = [c for c in cautions(values, xmr_limits(values)) if c.kind == "season"]
    assert len(season) == 1
    assert f"{cycle} points before" in season[0].in_words
    assert season[0].in_words.startswith("A hint, no proof")


def test_cycles_can_be_chosen() -> None:
    """A five-day week is found when asked for; a season of one point makes no sense."""
    values = [float(v) for v in [5, 9, 2, 7, 4] * 5]
    limits = xmr_limits(values)
    assert cautions(values, limits) == []
    assert [c.kind for c in cautions(values, limits, cycles=[5, 10])] == ["season"]
    with pytest.raises(ModelError):
        cautions(values, limits, cycles=[1])


def test_noise_seldom_looks_like_a_season_or_a_trend() -> None:
    """Of 300 random series, few get a hint: it is worth reading."""
    hinted = sum(bool(kinds(noise(36, seed))) for seed in range(300))
    assert 0 < hinted < 15


def test_a_shift_and_a_slow_wave_are_no_season() -> None:
    """They make all neighbours alike, not only those a cycle apart."""
    values = [v + (10 if i >= 18 else 0) for i, v in enumerate(noise(36, seed=5))]
    assert "season" not in kinds(values, 12)
    bump = [v + 30 * math.sin(math.pi * i / 40) for i, v in enumerate(noise(40, seed=6))]
    assert "season" not in kinds(bump)


def test_gaps_only_and_huge_numbers_do_no_harm() -> None:
    """Cautions answer whatever limits there are."""
    limits = xmr_limits([1.0, 2, 1, 2] * 3)
    assert cautions([math.nan] * 12, limits) == []
    assert cautions([], limits) == []
    huge = [1e200, 2e200, 1.5e200] * 8
    assert kinds(huge) == kinds([v / 1e200 for v in huge])
