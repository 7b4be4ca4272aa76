"""GoodhartLab in Python: predict first, exact settings, draws, drafts."""

from __future__ import annotations

import json
from random import Random

import pytest

from okrlab.assessment.journal import MemoryJournal
from okrlab.widgets.goodhart_lab import GoodhartLab
from tests.widgets.sort_examples import make_journal, send


def make(journal: MemoryJournal | None = None, *, predicted: bool = True) -> GoodhartLab:
    widget = GoodhartLab(journal or make_journal(), rng=Random(4))
    if predicted and "predict" not in widget._answers:
        send(widget, "answer", question="predict", choice="more")
    return widget


def test_nothing_is_shown_before_the_prediction() -> None:
    """Neither curves nor reasons; the answer then brings its own reason and no other."""
    widget = make(predicted=False)
    assert widget.view["lab"] is None
    assert widget.view["predict"]["feedback"] is None
    send(widget, "answer", question="predict", choice="more")
    feedback = widget.view["predict"]["feedback"]
    assert not feedback["correct"]
    assert feedback["misconception"]["title"]
    assert "Closing without solving lifts" not in json.dumps(widget.view["predict"])
    assert widget.view["lab"]["designs"] is None
    assert "not evidence" in widget.view["assumptions"][0]


@pytest.mark.parametrize(
    ("row", "measured", "value"),
    [
        ("none", 1, 1),
        ("bend", 5 / 3, 5 / 3),
        ("one", 2.75, 1.5),
        ("two", 6, 1),
        ("four", 12.5, 0),
        ("guard", 3, 3),
        ("autonomy", 5.5, 3),
    ],
)
def test_the_reference_settings_are_reached_exactly(
    row: str, measured: float, value: float
) -> None:
    """By one press; the table says the same."""
    widget = make()
    send(widget, "row", row=row)
    lab = widget.view["lab"]
    assert lab["now"]["measured"] == pytest.approx(measured, abs=1e-12)
    assert lab["now"]["value"] == pytest.approx(value, abs=1e-12)
    (here,) = [r for r in lab["rows"] if r["here"]]
    assert here["id"] == row
    assert here["measured"] == pytest.approx(measured, abs=1e-3)


def test_the_sliders_reach_them_too() -> None:
    """Pressure in sixths; the guardrail is its cost times how often it is noticed."""
    widget = make()
    send(widget, "set", field="pressure", value=4)
    assert widget.view["lab"]["pressure"] == 2 / 3
    assert widget.view["lab"]["starts"] == pytest.approx(2 / 3)
    send(widget, "set", field="pressure", value=12)
    send(widget, "set", field="penalty", value=16)
    send(widget, "set", field="detection", value=2)
    assert widget.view["lab"]["deterrent"] == 2
    assert widget.view["lab"]["now"]["value"] == 3
    assert [r["id"] for r in widget.view["lab"]["rows"] if r["here"]] == ["guard"]


def test_the_bend_is_a_point_of_the_curve() -> None:
    """So that it is drawn as a bend, wherever it lies; and not at all when it lies outside."""
    widget = make()
    send(widget, "set", field="interest", value=7)
    lab = widget.view["lab"]
    assert lab["starts"] in [p for p, _, _ in lab["curve"]]
    assert all(m == v for p, m, v in lab["curve"] if p <= lab["starts"])
    send(widget, "set", field="penalty", value=16)
    send(widget, "set", field="interest", value=12)
    assert widget.view["lab"]["starts"] > 4
    assert len(widget.view["lab"]["curve"]) == 25


def test_the_same_people_under_four_designs() -> None:
    """Shown with the answer about people; only the design changes what they do."""
    widget = make()
    send(widget, "answer", question="people", choice="replace")
    assert widget.view["lab"]["people"]["feedback"]["misconception"]["title"]
    gaming = [d["gaming"] for d in widget.view["lab"]["designs"]]
    assert gaming == [2, 0, 0, 1]


def test_what_is_heard_and_read() -> None:
    """Measure, value, where gaming starts, and what more pressure would do."""
    widget = make()
    send(widget, "row", row="two")
    assert widget.view["say"]["text"].startswith("The measure shows 6.00, the value is 1.00.")
    assert "value fall by 0.50" in widget.view["lab"]["words"]
    send(widget, "row", row="none")
    assert "value rise by 1.00" in widget.view["lab"]["words"]
    assert any("Strathern" in t for t in widget.view["lab"]["whose"])
    assert len(widget.view["lab"]["mechanisms"]) == 4
    assert widget.summary().startswith("Pressure on a measure: pressure 0.00.")


def test_draws_come_near_what_is_to_be_expected() -> None:
    """The best of twenty shows 2.64 and is worth 1.32."""
    widget = make()
    send(widget, "show", tab="luck")
    send(widget, "draw")
    assert "Say first what you expect" in widget.view["error"]
    send(widget, "answer", question="luck", choice="half")
    assert widget.view["draw"]["mean"] is None
    assert widget.view["draw"]["expected"]["measured"] == pytest.approx(2.64, abs=0.005)
    assert widget.view["draw"]["expected"]["value"] == pytest.approx(1.32, abs=0.005)
    send(widget, "draw")
    draw = widget.view["draw"]
    shown = [m for m, _ in draw["teams"]]
    assert len(shown) == 20
    assert shown == sorted(shown, reverse=True)
    for _ in range(3):
        send(widget, "many")
    mean = widget.view["draw"]["mean"]
    assert widget.view["draw"]["rounds"] == 301
    assert mean["measured"] == pytest.approx(2.64, abs=0.15)
    assert mean["value"] == pytest.approx(1.32, abs=0.25)


def test_draws_have_an_end() -> None:
    """A thousand; then they start afresh."""
    widget = make()
    send(widget, "answer", question="luck", choice="half")
    send(widget, "show", tab="luck")
    for _ in range(11):
        send(widget, "many")
    assert widget.view["draw"]["rounds"] == 1000
    send(widget, "draw")
    assert "start" in widget.view["error"].lower()
    send(widget, "afresh")
    assert widget.view["draw"]["rounds"] == 0


def test_all_is_found_again() -> None:
    """Tab, sliders, answers and draws; a broken draft does no harm."""
    journal = make_journal()
    widget = make(journal)
    send(widget, "row", row="autonomy")
    send(widget, "answer", question="luck", choice="all")
    send(widget, "show", tab="luck")
    send(widget, "draw")
    again = make(journal)
    assert again.view["draw"] == widget.view["draw"]
    send(again, "show", tab="pressure")
    assert again.view["lab"]["now"]["measured"] == 5.5
    journal.save_draft(
        "goodhart", {"tab": 3, "steps": {"pressure": 99, "penalty": True}, "seeds": ["x", -1]}
    )
    broken = make(journal, predicted=False)
    assert broken.view["tab"] == "pressure"
    assert (broken.setting.pressure, broken.setting.penalty) == (1, 0)


@pytest.mark.parametrize(
    ("kind", "message"),
    [
        ("set", {"field": "harm", "value": 1}),
        ("set", {"field": "pressure", "value": 25}),
        ("row", {"row": "x"}),
        ("answer", {"question": "predict", "choice": "x"}),
    ],
)
def test_messages_that_make_no_sense_are_explained(kind: str, message: dict[str, object]) -> None:
    """No traceback."""
    widget = make()
    send(widget, kind, **message)
    assert widget.view["error"]
