"""Charts from data: what they say, what they carry, and that nothing is fetched for them."""

from __future__ import annotations

import base64
import socket
import subprocess
import sys
from typing import Any

import altair as alt
import numpy as np
import pandas as pd
import pytest

from okrlab import charts
from okrlab.errors import ModelError
from okrlab.model import xmr_limits

WEEKS = [24, 19, 25, 21, 24, 20, 22, 23, 21, 24, 22, 20, 38]


def shown(chart: Any) -> dict[str, Any]:
    """What a notebook gets."""
    bundle = chart._repr_mimebundle_(None, None)
    data: dict[str, Any] = bundle[0] if isinstance(bundle, tuple) else bundle
    return data


@pytest.fixture
def offline(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: Any) -> None:
        raise AssertionError("a chart asked for the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)


@pytest.mark.usefixtures("offline")
def test_a_chart_comes_in_three_forms_without_network() -> None:
    """Vega-Lite 5 without the menu that axe objects to, a real PNG, and words."""
    limits = xmr_limits(WEEKS, baseline=12)
    data = shown(
        charts.xmr_line(
            WEEKS,
            title="Week 13 stands out",
            unit="leads a day",
            period="week",
            limits=limits,
            target=35,
        )
    )
    spec = data["application/vnd.vegalite.v5+json"]
    assert spec["$schema"].endswith("/v5.json")
    assert spec["usermeta"]["embedOptions"]["actions"] is False
    assert base64.b64decode(data["image/png"])[:8] == b"\x89PNG\r\n\x1a\n"
    assert data["text/plain"].startswith("Week 13 stands out. 13 values by week, from 24 to 38")
    assert "Point 13 lies above the upper natural process limit." in data["text/plain"]
    assert "The target is 35." in data["text/plain"]


def test_only_signals_are_marked() -> None:
    """The point beyond the limit differs in colour, shape and size; routine ones don't."""
    chart = charts.xmr_line(WEEKS, title="T", limits=xmr_limits(WEEKS, baseline=12))
    rows = [row for rows in chart.to_dict()["datasets"].values() for row in rows]
    what = {row["at"]: row["what"] for row in rows if "what" in row}
    assert [at for at, word in what.items() if word == "signal"] == [13]


def test_an_exercise_can_leave_the_signals_to_be_found() -> None:
    """Limits are drawn and told; no point is marked and nothing is said of signals."""
    limits = xmr_limits(WEEKS, baseline=12)
    data = shown(charts.xmr_line(WEEKS, title="Read it", limits=limits, mark=False))
    assert "natural process limits" in data["text/plain"]
    assert "Point 13" not in data["text/plain"]
    assert "signal" not in data["text/plain"].lower()
    rows = next(iter(data["application/vnd.vegalite.v5+json"]["datasets"].values()))
    assert all(row.get("what") != "signal" for row in rows)


def test_labels_of_lines_that_lie_close_do_not_cover_one_another() -> None:
    """A target just above a limit keeps its place, and the limit's label moves down."""
    limits = xmr_limits(WEEKS, baseline=12)
    target = limits.upper + 0.3
    data = shown(charts.xmr_line(WEEKS, title="Close", limits=limits, target=target))
    marks = [layer["mark"] for layer in data["application/vnd.vegalite.v5+json"]["layer"]]
    shifts = [m["dy"] for m in marks if m["type"] == "text"]
    assert len(shifts) == 4
    upper, centre, lower, wish = shifts
    assert 0 < upper < 20
    assert centre == lower == wish == 0
    same = charts.xmr_line([3, 3, 3], title="Flat", limits=xmr_limits([3, 3, 3]))
    texts = [m["mark"]["dy"] for m in same.to_dict()["layer"] if m["mark"]["type"] == "text"]
    assert texts == [0, 19, 38]


def test_a_gap_stays_a_gap() -> None:
    """NaN and None break the line and are not counted."""
    text = charts.words(charts.xmr_line([1.0, None, float("nan"), 4.0], title="T", unit="%"))
    assert text == "T. 2 values by point, from 1 to 4%; lowest 1, highest 4."


def test_bars_keep_their_order_and_say_their_values() -> None:
    """Names before, values behind; the highlighted one is coloured."""
    chart = charts.bars(
        {"Zeta": 0.35, "Alpha": 0.7}, title="Talking helps", percent=True, highlight="Alpha"
    )
    assert charts.words(chart) == "Talking helps. Zeta: 35%; Alpha: 70%."
    assert chart.to_dict()["layer"][0]["encoding"]["y"]["sort"] == ["Zeta", "Alpha"]
    told = {r["name"]: r["told"] for rows in chart.to_dict()["datasets"].values() for r in rows}
    assert told == {"Zeta": False, "Alpha": True}


def test_a_heat_map_reads_row_by_row() -> None:
    """A missing cell is a dash; dark cells get white numbers."""
    frame = pd.DataFrame({"KPI": [0.2, 0.9], "XmR": [np.nan, 0.5]}, index=["Ada", "Ben"])
    chart = charts.heat_map(frame, title="Who is where", percent=True)
    assert charts.words(chart) == "Who is where. Ada: KPI 20%; XmR –. Ben: KPI 90%; XmR 50%."
    rows = next(iter(chart.to_dict()["datasets"].values()))
    assert [r["dark"] for r in rows] == [False, False, True, False]


def test_a_figure_for_a_page_escapes_its_words() -> None:
    """Names from learners cannot bring markup into a report."""
    chart = charts.bars({'<img src=x onerror="1">': 1}, title="<b>T</b>")
    html = charts.figure(chart)
    assert "<b>" not in html
    assert html.count("<img") == 1
    assert "&lt;b&gt;T&lt;/b&gt;. &lt;img src=x onerror=&quot;1&quot;&gt;: 1." in html


def test_altair_by_itself_shows_offline_too() -> None:
    """Once a chart was made, a learner's own Altair chart has all three forms as well."""
    charts.use()
    own = alt.Chart(pd.DataFrame({"a": [1, 2]}), title="Mine").mark_point().encode(x="a:Q")
    assert shown(own)["text/plain"] == "Mine"
    assert own.to_dict()["config"]["background"] == "white"


@pytest.mark.parametrize(
    "bad",
    [
        lambda: charts.xmr_line([], title="T"),
        lambda: charts.xmr_line(["x"], title="T"),
        lambda: charts.xmr_line([float("inf")], title="T"),
        lambda: charts.xmr_line([1.0] * 2_001, title="T"),
        lambda: charts.bars({}, title="T"),
        lambda: charts.bars({"a": float("nan")}, title="T"),
        lambda: charts.heat_map(pd.DataFrame(), title="T"),
    ],
)
def test_what_cannot_be_drawn_is_said(bad: Any) -> None:
    """No empty picture, no traceback of Altair's."""
    with pytest.raises(ModelError):
        bad()


def test_importing_charts_loads_no_altair() -> None:
    """Altair takes seconds, so only a chart loads it."""
    code = (
        "import okrlab, okrlab.charts, sys; "
        "assert not {'altair', 'pandas', 'numpy', 'vl_convert'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_charts_are_there_after_a_plain_import() -> None:
    """Notebooks write okrlab.charts without a second import."""
    code = "import okrlab; okrlab.charts.bars"
    subprocess.run([sys.executable, "-c", code], check=True)
