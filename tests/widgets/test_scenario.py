"""Scenario without a browser: what it holds back, what it keeps, what it refuses."""

from __future__ import annotations

import json
from typing import Any

import pytest

from okrlab.assessment.journal import MemoryJournal
from okrlab.content import library
from okrlab.content.scenario import STEPS
from okrlab.widgets import Scenario
from tests.widgets.sort_examples import make_journal, send

NAMES = library().names("scenarios")


def make(name: str = "lumen-churn", journal: MemoryJournal | None = None) -> Scenario:
    content = library()
    return Scenario(content.scenario(name), content.all_series, journal or make_journal())


def go(widget: Scenario, step: str) -> dict[str, Any]:
    """Go to a step; return the view."""
    send(widget, "go", step=STEPS.index(step))
    view: dict[str, Any] = widget.view
    assert view["error"] is None
    return view


@pytest.mark.parametrize("name", NAMES)
def test_nothing_comes_before_its_time(name: str) -> None:
    """Up to the revote neither what options show, nor notes, nor what if, nor later points."""
    widget = make(name)
    scenario = library().scenario(name)
    early = json.dumps([go(widget, step) for step in STEPS[: STEPS.index("reveal")]])
    for option in scenario.steps.vote.options:
        assert option.shows[:40] not in early
        assert option.handle[:40] not in early
    assert '"correct"' not in early
    assert all(scenario.step(step).notes[:40] not in early for step in STEPS)
    assert scenario.what_if.title not in early
    base = make(name)
    go(base, "reveal")
    assert base.view["reveal"]["at"] == base.view["reveal"]["base"]


@pytest.mark.parametrize("name", NAMES)
def test_a_scenario_goes_through_from_first_to_last(name: str) -> None:
    """Each step has words; the reveal comes to its end point by point; notes on each step."""
    widget = make(name)
    send(widget, "notes", shown=True)
    for step in STEPS:
        view = go(widget, step)
        assert view["text"]
        assert view["notes"]["text"]
        if step == "reveal":
            most = view["reveal"]["of"]
            pauses = 0
            for to in range(view["reveal"]["base"], most + 1):
                send(widget, "reveal", to=to)
                assert widget.view["reveal"]["at"] == to
                pauses += widget.view["reveal"]["pause"] is not None
            assert pauses == len(library().scenario(name).steps.reveal.pauses)
    assert f"step {len(STEPS)} of {len(STEPS)}" in repr(widget)


def test_the_second_measure_of_the_call_centre_is_hidden_first() -> None:
    """It appears with the reveal, at week 15; minutes for each solved problem at the end."""
    widget = make("kite-calls")
    assert [s["id"] for s in go(widget, "vote")["picture"]["series"]] == ["aht"]
    assert [s["id"] for s in go(widget, "reveal")["picture"]["series"]] == ["aht", "fcr"]
    send(widget, "reveal", to=24)
    ids = [s["id"] for s in widget.view["picture"]["series"]]
    assert ids == ["aht", "fcr", "minutes"]


def test_signals_are_those_of_the_points_seen_so_far() -> None:
    """Month 13 is no signal while it is the last; later months make it part of one."""
    widget = make()
    go(widget, "reveal")
    assert widget.view["picture"]["series"][0]["signals"] == []
    send(widget, "reveal", to=14)
    assert widget.view["picture"]["series"][0]["signals"] == [13]
    assert "first signal in month 14" in widget.view["picture"]["series"][0]["title"]


def test_everything_is_kept() -> None:
    """Step, votes, reveal, notes, clock and sliders come back with a new widget."""
    journal = make_journal()
    widget = make(journal=journal)
    send(widget, "count", round="first", option="later", count=7)
    send(widget, "count", round="second", option="look-again", count=9)
    go(widget, "reveal")
    send(widget, "reveal", to=20)
    send(widget, "notes", shown=True)
    send(widget, "timer", step="reveal", left=42)
    send(widget, "ask", control="target", value=2.1)
    again = make(journal=journal)
    assert again.view["step"] == STEPS.index("reveal")
    assert again.view["reveal"]["at"] == 20
    assert again.view["notes"]
    assert again.view["left"] == 42
    assert go(again, "revote")["vote"]["totals"] == {"first": 7, "second": 9}
    assert go(again, "data")["whatIf"]["controls"][0]["value"] == 2.1
    send(again, "restart")
    assert make(journal=journal).view["step"] == 0
    assert go(again, "vote")["vote"]["totals"] == {"first": 0, "second": 0}


@pytest.mark.parametrize(
    "draft",
    [
        {"step": 99, "votes": [], "revealed": "x", "asked": {"target": 99}, "left": 3},
        {"step": True, "votes": {"first": {"later": -1}}, "left": {"case": -4}},
        {"votes": {"first": {"later": 10**9}}, "asked": None, "revealed": 10**9},
    ],
)
def test_a_damaged_draft_does_no_harm(draft: dict[str, Any]) -> None:
    """What does not fit stays as at first."""
    journal = make_journal()
    journal.save_draft("scenario/lumen-churn", draft)
    widget = make(journal=journal)
    assert widget.view["error"] is None
    assert widget.view["step"] == 0
    assert go(widget, "vote")["vote"]["totals"] == {"first": 0, "second": 0}
    assert widget.view["left"] == 60


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("go", {"step": 9}),
        ("go", {"step": "vote"}),
        ("reveal", {"to": 99}),
        ("count", {"round": "third", "option": "later", "count": 1}),
        ("count", {"round": "first", "option": "none", "count": 1}),
        ("count", {"round": "first", "option": "later", "count": 501}),
        ("ask", {"control": "none", "value": 1}),
        ("ask", {"control": "target", "value": 99}),
        ("ask", {"control": "target", "value": float("nan")}),
        ("timer", {"step": "none", "left": 3}),
        ("explode", {}),
    ],
)
def test_messages_that_cannot_be_are_refused_in_words(kind: str, fields: dict[str, Any]) -> None:
    """The widget stays as it was and says what to do."""
    widget = make()
    before = repr(widget)
    send(widget, kind, **fields)
    assert widget.view["error"]
    assert repr(widget) == before


def test_advice_is_told_to_the_coach_who_asks() -> None:
    """And closed again with the next step."""
    widget = make()
    go(widget, "vote")
    send(widget, "count", round="first", option="look-again", count=6)
    send(widget, "count", round="first", option="later", count=6)
    assert widget.view["vote"]["advice"] is None
    send(widget, "advise", shown=True)
    told = " ".join(widget.view["vote"]["advice"])
    assert "6 of 12, 50 %" in told
    assert "discuss in pairs" in told
    assert "Rule of thumb" in told
    assert go(widget, "pair")["vote"]["advice"] is None
    assert "Right at first: 6 of 12 (50 %)." not in json.dumps(widget.view)


def test_a_poll_has_no_right_share() -> None:
    """Six sales engineers: secret, and nothing is marked."""
    widget = make("six-engineers")
    view = go(widget, "vote")
    assert view["secret"]
    send(widget, "count", round="first", option="bonus", count=6)
    send(widget, "advise", shown=True)
    assert "Right" not in " ".join(widget.view["vote"]["advice"])
    assert not any(o["correct"] for o in go(widget, "data")["vote"]["options"])
