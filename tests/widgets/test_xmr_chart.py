"""XmrChart in Python: locked limits, signals in words, undo, drafts, nonsense from the browser."""

from __future__ import annotations

from typing import Any

import pytest

from okrlab.assessment.journal import MemoryJournal
from okrlab.content import Series, library
from okrlab.widgets import XmrChart
from tests.widgets.sort_examples import make_journal, send


def make(name: str = "latency", journal: MemoryJournal | None = None, **options: Any) -> XmrChart:
    return XmrChart(library().series(name), journal or make_journal(), **options)


def lines(widget: XmrChart) -> tuple[float, float, float]:
    """Lower limit, average, upper limit."""
    limits = widget.view["limits"]
    return limits["lower"], limits["centre"], limits["upper"]


def own(**changes: Any) -> Series:
    """A small series."""
    data = {
        "id": "own",
        "title": "Own",
        "period": "point",
        "better": "neither",
        "about": "About.",
        "source": "Us.",
        "values": (4.0, 5.0, 4.0, 5.0, 4.0, 5.0),
    }
    return Series.model_validate(data | changes)


def test_limits_are_those_of_the_reference() -> None:
    """Web leads: 11.6 to 32.4 from the first 12 weeks; the first signal is seen in week 20."""
    widget = make("web-leads")
    assert lines(widget) == pytest.approx((11.6, 22.0, 32.4), abs=0.05)
    assert (widget.view["limits"]["from"], widget.view["limits"]["to"]) == (1, 12)
    assert "signal in week 20, and two more signals" in widget.view["headline"]
    assert widget.view["signals"][0] == (
        "Points 23 and 24 lie above the upper natural process limit (rule 1)."
    )
    assert make().view["headline"].endswith("no signal, only routine variation")


def test_limits_stay_locked_while_points_move() -> None:
    """A point far outside is a signal, and the limits do not make room for it."""
    widget = make()
    before = lines(widget)
    send(widget, "put", point=14, value=285.0)
    assert widget.view["signals"] == [
        "Point 14 lies above the upper natural process limit (rule 1).",
        "The step from point 14 to point 15 exceeds the range limit (rule 1).",
    ]
    assert widget.view["say"]["text"].startswith("Week 14: 285 ms. Signal: Point 14 lies above")
    assert not widget.view["stale"]
    send(widget, "put", point=3, value=400.0)
    assert widget.view["stale"]
    assert lines(widget) == before
    send(widget, "put", point=3, value=238.0)
    assert not widget.view["stale"]


def test_new_limits_are_computed_when_asked_for_and_say_what_changed() -> None:
    """From the points that the learner names, as they stand."""
    widget = make("churn")
    send(widget, "compute", **{"from": 19, "to": 27})
    assert lines(widget)[0] == pytest.approx(1.51, abs=0.005)
    assert lines(widget)[2] == pytest.approx(2.24, abs=0.005)
    told = widget.view["told"]
    assert told.startswith("Computed anew from month 19 to month 27. The average was 2.43% and is")
    assert "the limits were 1.85% to 3.01% and are 1.51% to 2.24%" in told
    assert "before" in told
    assert widget.view["say"]["text"] == told
    assert any("trial limits" in text for text in widget.view["cautions"])
    send(widget, "compute", **{"from": 19, "to": 27})
    assert "nothing changed" in widget.view["told"]


def test_undo_goes_back_step_by_step_and_reset_can_be_undone() -> None:
    """Moves of one point in a row are one step."""
    widget = make()
    start = [p["y"] for p in widget.view["points"]]
    send(widget, "put", point=1, value=250.0)
    send(widget, "put", point=1, value=251.0)
    send(widget, "put", point=2, value=300.0)
    send(widget, "compute", **{"from": 1, "to": 18})
    locked = lines(widget)
    send(widget, "reset")
    assert [p["y"] for p in widget.view["points"]] == start
    assert widget.view["original"]
    send(widget, "undo")
    assert lines(widget) == locked
    send(widget, "undo")
    assert widget.view["points"][1]["y"] == 300
    assert lines(widget) == lines(make())
    send(widget, "undo")
    assert [p["y"] for p in widget.view["points"]][:2] == [251, 255]
    send(widget, "undo")
    assert widget.view["original"]
    assert not widget.view["canUndo"]
    send(widget, "undo")
    assert widget.view["error"] is None


def test_rules_name_their_number() -> None:
    """The switch tells the same points by other rules; limits stay."""
    widget = make("smoking")
    before = lines(widget)
    assert any("8 in a row (rule 2)" in text for text in widget.view["signals"])
    send(widget, "rules", rules="nhs")
    assert any("(rule 2)" in text for text in widget.view["signals"])
    assert all("rule 3" not in t or "each time" in t for t in widget.view["signals"])
    assert len(widget.view["ruleWords"]) == 4
    assert lines(widget) == before
    assert make("smoking", rules="nhs").view["rules"] == "nhs"


@pytest.mark.parametrize(
    ("better", "target", "words"),
    [
        ("higher", 9.0, "lies beyond the limits"),
        ("higher", 4.6, "lies inside the limits"),
        ("higher", 1.0, "does better than 1 all the time"),
        ("lower", 1.0, "lies beyond the limits"),
        ("lower", 9.0, "does better than 9 all the time"),
        ("neither", 9.0, "lies outside the limits"),
        ("neither", 5.0, "lies inside the limits"),
    ],
)
def test_a_target_is_told_apart_from_the_limits(better: str, target: float, words: str) -> None:
    """Limits of the small series are 1.84 to 7.16, wherever the target lies."""
    widget = XmrChart(own(better=better, target=target), make_journal())
    assert lines(widget) == pytest.approx((1.84, 4.5, 7.16))
    told = " ".join(widget.view["targetWords"])
    assert told.startswith("A target is not a limit")
    assert words in told


@pytest.mark.parametrize(
    ("band", "words"),
    [
        ({"lower": 1.0, "upper": 8.0}, "stays inside the band by itself"),
        ({"upper": 8.0}, "stays inside the band by itself"),
        ({"lower": 3.0, "upper": 6.0}, "reaches beyond the band (0 of 6 points"),
        ({"upper": 4.4}, "reaches beyond the band (3 of 6 points"),
        ({"lower": 8.0}, "lies outside the band"),
        ({"upper": 1.0}, "lies outside the band"),
    ],
)
def test_a_band_is_what_we_want(band: dict[str, float], words: str) -> None:
    """Against it the limits: what the process does."""
    told = " ".join(XmrChart(own(band=band), make_journal()).view["bandWords"])
    assert "is what people want" in told
    assert words in told


def test_target_and_band_can_be_tried() -> None:
    """An empty field takes one away; the limits do not move; edges the wrong way are refused."""
    widget = make()
    before = lines(widget)
    send(widget, "wishes", target="300 ms", lower="200", upper="")
    assert (widget.view["target"], widget.view["lower"], widget.view["upper"]) == (300, 200, None)
    assert lines(widget) == before
    send(widget, "wishes", upper="310.5")
    assert (widget.view["target"], widget.view["lower"], widget.view["upper"]) == (300, 200, 310.5)
    send(widget, "wishes", upper="100")
    assert "lower edge" in widget.view["error"]
    assert widget.view["target"] == 300
    send(widget, "wishes", target="", lower="", upper="")
    assert widget.view["targetWords"] == widget.view["bandWords"] == []


def test_few_points_a_trend_and_a_season_are_warned_of() -> None:
    """In words, beside the chart."""
    few = XmrChart(own(values=(4.0, 5.0, 4.0)), make_journal())
    assert any("hardly more than a guess" in c for c in few.view["cautions"])
    rising = XmrChart(own(values=tuple(float(i + i % 3) for i in range(14))), make_journal())
    assert any("seem to rise" in c for c in rising.view["cautions"])
    season = XmrChart(own(values=(9.0, 2.0, 5.0, 1.0) * 6), make_journal())
    assert any("4 points before" in c for c in season.view["cautions"])


def test_a_gap_is_kept_and_one_value_has_to_stay() -> None:
    """Empty text makes a point a gap; it never counts as zero."""
    widget = XmrChart(own(values=(4.0, 5.0, None, 5.0)), make_journal())
    assert widget.view["points"][2]["words"] == "missing"
    for point in (1, 2):
        send(widget, "put", point=point, value=" ")
    assert [p["y"] for p in widget.view["points"]] == [None, None, None, 5.0]
    send(widget, "put", point=4, value="")
    assert "One value has to stay" in widget.view["error"]
    send(widget, "compute", **{"from": 1, "to": 4})
    assert "follow one another" in widget.view["error"]
    assert lines(widget) == lines(XmrChart(own(values=(4.0, 5.0, None, 5.0)), make_journal()))


def test_what_was_moved_is_found_again() -> None:
    """Values, limits, rules and wishes; not when the data are others."""
    journal = make_journal()
    widget = make(journal=journal)
    send(widget, "put", point=14, value="290,5")
    send(widget, "compute", **{"from": 2, "to": 18})
    send(widget, "rules", rules="nhs")
    send(widget, "wishes", target="240", lower="", upper="")
    send(widget, "put", point=15, value=260.0)
    send(widget, "rest")
    again = make(journal=journal)
    for field in ("points", "limits", "signals", "rules", "target", "upper", "stale"):
        assert again.view[field] == widget.view[field], field
    assert again.view["points"][13]["moved"]
    assert journal.attempts() == []
    data = library().series("latency").model_dump() | {"baseline": 13}
    other = XmrChart(Series.model_validate(data), journal)
    assert other.view["original"]
    assert make(journal=journal, rules="nhs").view["rules"] == "nhs"


def test_data_that_share_a_key_do_not_overwrite_each_other() -> None:
    """Two charts of one's own in one notebook; the oldest of very many is forgotten."""
    journal = make_journal()
    for n in range(25):
        chart = XmrChart(own(values=(4.0, 5.0, float(n))), journal, key="own")
        send(chart, "put", point=1, value=7.0)
        send(chart, "rest")
    for n, moved in ((24, True), (6, True), (0, False)):
        again = XmrChart(own(values=(4.0, 5.0, float(n))), journal, key="own")
        assert again.view["points"][0]["moved"] is moved
    for nonsense in ({"charts": [3]}, {"charts": {"x": 3}}, {"old": 1}):
        journal.save_draft("xmr/own", nonsense)
        assert XmrChart(own(), journal, key="own").view["original"]


def test_a_value_may_be_finer_than_the_data() -> None:
    """What was typed is told as it was typed."""
    widget = make("churn")
    send(widget, "put", point=1, value="2.45")
    assert widget.view["points"][0]["words"] == "2.45%"
    assert widget.view["grain"] == 0.1


@pytest.mark.parametrize(
    "change",
    [
        {"values": [1, 2]},
        {"values": "abc"},
        {"values": [None] * 18, "frozen": [None] * 18},
        {"frozen": [float("inf")] * 18},
        {"start": 17, "stop": 3},
        {"start": "0"},
        {"rules": ["wheeler"]},
        {"target": "much"},
        {"lower": 9, "upper": 3},
    ],
)
def test_a_damaged_draft_is_survived(change: dict[str, Any]) -> None:
    """Whatever the store gives back, there is a chart."""
    journal = make_journal()
    send(make(journal=journal), "rules", rules="nhs")
    kept = journal.draft("xmr/latency")
    assert kept
    charts = {name: draft | change for name, draft in kept["charts"].items()}
    journal.save_draft("xmr/latency", {"charts": charts})
    widget = make(journal=journal)
    assert widget.view["error"] is None
    assert len(widget.view["points"]) == 18


@pytest.mark.parametrize(
    ("kind", "message"),
    [
        ("put", {"point": 0, "value": 1}),
        ("put", {"point": 19, "value": 1}),
        ("put", {"point": 1.5, "value": 1}),
        ("put", {"point": 1, "value": float("nan")}),
        ("put", {"point": 1, "value": 1e300}),
        ("put", {"point": 1, "value": "much"}),
        ("put", {"point": 1, "value": "9" * 14}),
        ("put", {"point": 1, "value": None}),
        ("put", {"point": 1}),
        ("compute", {"from": 5, "to": 5}),
        ("compute", {"from": 9, "to": 3}),
        ("compute", {"from": 1, "to": 99}),
        ("compute", {"to": 3}),
        ("rules", {"rules": "nelson"}),
        ("wishes", {"target": "x", "lower": "", "upper": ""}),
        ("wishes", {"target": 3, "lower": "", "upper": ""}),
    ],
)
def test_nonsense_from_the_browser_becomes_an_error_in_words(
    kind: str, message: dict[str, Any]
) -> None:
    """It moves nothing."""
    widget = make()
    before = {k: widget.view[k] for k in ("points", "limits", "rules", "target")}
    send(widget, kind, **message)
    assert widget.view["error"]
    assert {k: widget.view[k] for k in before} == before


def test_the_summary_says_limits_and_signals() -> None:
    """The text output of the cell, also in a saved notebook."""
    assert repr(make()) == (
        "Process behaviour chart “Slowest 5 % of answers take at least”: 18 points, limits "
        "215.5 ms to 281.8 ms. No signal."
    )
    assert "(rule 1)" in repr(make("verifying-software"))


def test_labels_and_steps() -> None:
    """A learner's dates stand beside the points; arrow keys move by a round step."""
    widget = XmrChart(own(), make_journal(), labels=[f"2026-0{m}-01" for m in range(1, 7)])
    assert widget.view["points"][2]["name"] == "point 3 (2026-03-01)"
    assert make("verifying-software").view["step"] == 50
    assert make("churn").view["step"] == 0.1
    assert make("churn").view["grain"] == 0.1
    constant = XmrChart(own(values=(3.0,) * 6), make_journal())
    assert constant.view["low"] < 3 < constant.view["high"]
    assert any("don't vary" in c for c in constant.view["cautions"])
