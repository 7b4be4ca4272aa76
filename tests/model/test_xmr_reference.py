"""Published figures, and those that the scenarios quote, come out to the last printed digit."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from okrlab.model.xmr import signals, trended_limits, xmr_limits

REFERENCE = json.loads(
    (Path(__file__).parents[1] / "data" / "xmr_reference.json").read_text(encoding="utf-8")
)


def cases(group: str) -> Any:
    """One parameter per case of a group."""
    return pytest.mark.parametrize(
        "case", [pytest.param(c, id=name) for name, c in REFERENCE[group].items()]
    )


def assert_prints_as(actual: float, printed: float, units: float = 0.5) -> None:
    """The number agrees with the printed one to so many units of its last digit."""
    exponent = Decimal(str(printed)).as_tuple().exponent
    assert isinstance(exponent, int)
    assert abs(actual - printed) <= units * 10.0**exponent + 1e-9, (actual, printed)


def assert_figures(case: dict[str, Any], printed: dict[str, float], **kind: Any) -> None:
    """Limits of a case agree with what its source prints."""
    limits = xmr_limits(case["x"], **kind)
    figures = {
        "mean": limits.centre,
        "mr": limits.average_range,
        "unpl": limits.upper,
        "lnpl": limits.lower,
        "url": limits.upper_range,
    }
    for name in figures.keys() & printed.keys():
        assert_prints_as(figures[name], printed[name], case.get("units", 0.5))


@cases("xmr_mean_mr")
def test_limits_by_the_mean_range(case: dict[str, Any]) -> None:
    """Mean, mean range, both limits and the range limit are those of the source."""
    assert_figures(case, case.get("no_screen", case))
    if "screened" in case:
        assert_figures(case, case["screened"], screen=True)


@cases("xmr_median_mr")
def test_limits_by_the_median_range(case: dict[str, Any]) -> None:
    """The constants 3.145 and 3.865 belong to the median moving range."""
    assert_figures(case, case, spread="median")


@cases("xmr_mean_mr")
def test_signals_of_the_book(case: dict[str, Any]) -> None:
    """Each rule flags the points that the source flags, no other."""
    found = signals(case["x"], xmr_limits(case["x"]))
    for key, rule in (
        ("rule1_index0", "outside"),
        ("rule1_mr_index0", "range"),
        ("rule2_index0", "run"),
        ("rule3_index0", "near_limit"),
    ):
        if key in case:
            flagged = sorted(i for s in found if s.rule == rule for i in s.indices)
            assert flagged == case[key]
    if "only_signals_at" in case:
        assert sorted({i for s in found for i in s.indices}) == case["only_signals_at"]


@cases("trended")
def test_trended_limits(case: dict[str, Any]) -> None:
    """Slope and half width are those of the book; so are the points outside."""
    kind = {"baseline": case.get("base"), "spread": case.get("spread", "mean")}
    limits = trended_limits(case["x"], **kind)
    assert_prints_as(limits.slope, case["slope"])
    assert_prints_as(limits.half_width, case["half_width"])
    found = signals(case["x"], limits)
    if "signals_at" in case:
        assert [s.indices for s in found] == case["signals_at"]
    if "outside_index0" in case:
        assert [i for s in found if s.rule == "outside" for i in s.indices] == (
            case["outside_index0"]
        )
    if "least_squares_slope" in case:
        line = trended_limits(case["x"], line="least_squares")
        assert_prints_as(line.slope, case["least_squares_slope"])
        assert line.half_width == limits.half_width


@cases("scenarios")
def test_scenarios(case: dict[str, Any]) -> None:
    """Limits and the week or month of the first signal are as the scenario tells."""
    limits = xmr_limits(case["x"], baseline=case["base"])
    assert limits.locked
    assert_prints_as(limits.centre, case["centre"])
    assert_prints_as(limits.lower, case["lower"])
    assert_prints_as(limits.upper, case["upper"])
    seen = [s.seen_at for s in signals(case["x"], limits)]
    assert min(seen, default=None) == case["first_signal"]
    if later := case.get("later"):
        new = xmr_limits(case["x"], baseline=slice(later["from"], later["to"]))
        assert_prints_as(new.lower, later["lower"])
        assert_prints_as(new.upper, later["upper"])
        assert new.standing == "trial"
