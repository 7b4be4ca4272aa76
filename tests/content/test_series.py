"""Named series of measurements: what ships, and what the model refuses."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from okrlab.content import Series, library
from okrlab.content.checks import check_content
from okrlab.errors import UnknownNameError
from okrlab.model.xmr import signals, xmr_limits
from tests.content.content_examples import course

REFERENCE = json.loads(
    (Path(__file__).parents[1] / "data" / "xmr_reference.json").read_text("utf-8")
)
NAMES = {
    "churn": ("scenarios", "S1_churn_pct_monthly"),
    "aht": ("scenarios", "S3_aht_min_weekly"),
    "fcr": ("scenarios", "S3_fcr_pct_weekly"),
    "web-leads": ("scenarios", "S5_web_leads_per_day"),
    "adoption": ("scenarios", "S6_adoption_pct"),
    "latency": ("scenarios", "S7_p95_latency_ms"),
    "ed-four-hours": ("scenarios", "S8_ed_4h_pct"),
    "verifying-software": ("xmr_mean_mr", "wheeler_making_sense_of_data_p382"),
    "accounts-receivable": ("xmr_mean_mr", "wheeler_msd_table_9_2_accounts_receivable"),
    "smoking": ("xmr_mean_mr", "wheeler_msd_table_8_1_smoking"),
    "peak-flow": ("xmr_mean_mr", "wheeler_msd_p130_peak_flow"),
    "hardness": ("xmr_mean_mr", "montgomery_runger_15_17_hardness"),
}


def plain(**changes: Any) -> dict[str, Any]:
    """A small series as plain data."""
    return {
        "id": "own",
        "title": "Own",
        "period": "week",
        "better": "higher",
        "about": "About it.",
        "values": (1.0, 2.0, 1.5),
        "source": "Invented.",
    } | changes


def test_values_are_those_of_the_reference() -> None:
    """A typo in a figure would teach something wrong."""
    assert set(library().all_series) == set(NAMES)
    for name, (group, case) in NAMES.items():
        series, reference = library().series(name), REFERENCE[group][case]
        assert list(series.values) == reference["x"], name
        assert series.baseline == reference.get("base")


def test_what_the_texts_tell_about_the_points_is_so() -> None:
    """The stories name points; the rules find them."""
    found = {}
    for name in NAMES:
        series = library().series(name)
        limits = xmr_limits(series.gaps, baseline=series.baseline)
        found[name] = signals(series.gaps, limits)
    assert [s.indices for s in found["verifying-software"] if s.rule == "outside"] == [(15,)]
    assert {s.rule for s in found["smoking"]} >= {"run"}
    assert "outside" not in {s.rule for s in found["smoking"]}
    assert "near_limit" in {s.rule for s in found["peak-flow"]}
    assert {s.rule for s in found["accounts-receivable"]} >= {"outside", "range"}
    for quiet in ("adoption", "latency", "ed-four-hours", "hardness"):
        assert found[quiet] == [], quiet


def test_an_unknown_series_offers_the_nearest() -> None:
    """A slip of the finger is answered with what was meant."""
    with pytest.raises(UnknownNameError, match="Did you mean “web-leads”"):
        library().series("web-lead")


def test_a_gap_is_none_in_the_file_and_nan_in_the_model() -> None:
    """Never zero."""
    series = Series.model_validate(plain(values=(1.0, 2.0, None)))
    assert series.values[2] is None
    assert math.isnan(series.gaps[2])


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"values": (1.0,)}, "at least 2"),
        ({"values": (1.0, None, 2.0)}, "follow one another"),
        ({"values": (1.0,) * 501}, "at most 500"),
        ({"values": (1.0, math.inf)}, "finite"),
        ({"values": (1.0, "2")}, "valid number"),
        ({"baseline": 4}, "there are only 3"),
        ({"band": {}}, "lower edge, an upper edge, or both"),
        ({"band": {"lower": 2.0, "upper": 1.0}}, "below the upper"),
        ({"period": "fortnight"}, "'week'"),
        ({"surprise": 1}, "Extra inputs"),
    ],
)
def test_a_wrong_series_is_refused(changes: dict[str, Any], words: str) -> None:
    """With what is wrong."""
    with pytest.raises(ValidationError, match=words):
        Series.model_validate(plain(**changes))


def test_the_check_finds_a_name_used_twice(tmp_path: Path) -> None:
    """Which of the two would be drawn, nobody could say."""
    folder = course(tmp_path / "course")
    path = folder / "series.yaml"
    path.write_text(path.read_text("utf-8").replace("id: aht\n", "id: fcr\n", 1), "utf-8")
    (problem,) = check_content([folder])
    assert "fcr" in problem.message
    assert problem.field.startswith("series[")
