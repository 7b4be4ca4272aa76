"""EightDimensions in Python: verdicts, challenges, drafts, and what the browser may know."""

from __future__ import annotations

import json

import pytest

from okrlab.assessment.journal import MemoryJournal
from okrlab.content import library
from okrlab.model.dimensions import Dimension, judge, smallest_changes
from okrlab.widgets import EightDimensions
from tests.widgets.sort_examples import make_journal, send

MEASURES = {m.id: m for m in library().dimensions.measures}


def make(journal: MemoryJournal | None = None) -> EightDimensions:
    return EightDimensions(library().dimensions, journal or make_journal())


def show(widget: EightDimensions, measure: str, mode: str = "explore") -> None:
    send(widget, "show", measure=measure, mode=mode)


def flip(widget: EightDimensions, *names: str) -> None:
    """Flip switches, whatever side they are on."""
    for name in names:
        if name == "guard":
            send(widget, "flip", switch="guard", on=not widget.view["guard"]["on"])
        else:
            side = next(s["side"] for s in widget.view["switches"] if s["id"] == name)
            send(widget, "flip", switch=name, side="kpi" if side == "key_result" else "key_result")


def test_flipping_the_defining_switches_makes_a_key_result_with_warnings() -> None:
    """The verdict, its reason, the warning and the spoken text follow each flip."""
    widget = make()
    assert widget.view["verdict"]["words"] == "KPI"
    assert widget.view["verdict"]["because"].startswith("Because it belongs to no objective, ")
    flip(widget, "context", "improvement")
    assert widget.view["say"]["text"].startswith("Still a KPI.")
    flip(widget, "timeframe")
    verdict = widget.view["verdict"]
    assert verdict["words"] == "Key result"
    assert widget.view["say"]["text"].startswith("Now a key result. Because")
    assert len(verdict["warnings"]) == 1
    assert "pay" in verdict["warnings"][0]
    flip(widget, "compensation")
    assert widget.view["verdict"]["warnings"] == []


def test_the_rule_of_the_last_flip_names_its_source() -> None:
    """What was flipped last is explained in our words with the source that says so."""
    widget = make()
    assert widget.view["last"] is None
    flip(widget, "teams")
    last = widget.view["last"]
    assert last["title"] == "Teams"
    assert "single team" in last["rule"]
    assert last["source"] == "Ben Lamorte"


def test_arguments_say_who_decides() -> None:
    """Three decide and five argue; maintenance with an agreed range argues for a health metric."""
    widget = make()
    weights = [s["argues"]["weight"] for s in widget.view["switches"]]
    assert weights.count("decides") == 3
    flip(widget, "guard")
    by_id = {s["id"]: s["argues"]["words"] for s in widget.view["switches"]}
    assert by_id["improvement"] == "Health metric"
    assert widget.view["verdict"]["words"] == "Health metric"


@pytest.mark.parametrize("name", MEASURES)
def test_what_would_change_this_does_change_it(name: str) -> None:
    """The sentences name the smallest change, in the measure's own words."""
    widget = make()
    show(widget, name)
    for change in smallest_changes(MEASURES[name].start.use):
        text = " ".join(widget.view["verdict"]["changes"])
        for d in change.flips:
            assert f"“{next(s['title'] for s in widget.view['switches'] if s['id'] == d)}”" in text
        flip(widget, *change.flips, *(["guard"] if change.guard else []))
        words = {"key_result": "Key result", "kpi": "KPI", "health_metric": "Health metric"}
        assert widget.view["verdict"]["words"] == words[change.role.value]
        send(widget, "reset")


def test_a_challenge_hides_the_role_until_it_is_checked() -> None:
    """Neither verdict nor arguments nor the solution are synced before the check."""
    widget = make()
    show(widget, "first-answer", "challenge")
    flip(widget, "teams")
    view = widget.view
    assert view["verdict"] is None
    assert view["last"] is None
    assert {s["argues"] for s in view["switches"]} == {None}
    state = {k: v for k, v in widget.get_state().items() if k not in ("_esm", "_css")}
    assert "Because" not in json.dumps(state)
    assert "decides" not in json.dumps(state)
    send(widget, "check")
    assert widget.view["verdict"]["words"] == "KPI"
    assert widget.view["verdict"]["changes"] == []


@pytest.mark.parametrize("name", MEASURES)
def test_each_challenge_is_solved_by_its_shortest_way(name: str) -> None:
    """Exactly the needed flips are right; one more is reached but not right."""
    widget = make()
    task = MEASURES[name].challenge
    show(widget, name, "challenge")
    [way] = smallest_changes(task.start.use, task.role)
    flip(widget, *way.flips, *(["guard"] if way.guard else []))
    send(widget, "check")
    assert widget.view["challenge"]["outcome"] == {
        "correct": True,
        "reached": True,
        "words": "Nothing else had to flip.",
    }
    assert widget.view["challenge"]["solved"] == 1
    flip(widget, "origin")
    send(widget, "check")
    outcome = widget.view["challenge"]["outcome"]
    assert (outcome["correct"], outcome["reached"]) == (False, True)
    assert "“Origin” was flipped without need" in outcome["words"]
    send(widget, "reset")
    send(widget, "check")
    outcome = widget.view["challenge"]["outcome"]
    assert (outcome["correct"], outcome["reached"]) == (False, False)
    assert "so far" in outcome["words"]


def test_positions_and_solved_cases_are_kept() -> None:
    """A new widget goes on where the last one was left; nothing is recorded as an attempt."""
    journal = make_journal()
    widget = make(journal)
    flip(widget, "context", "guard")
    show(widget, "permit-days", "challenge")
    flip(widget, "timeframe")
    send(widget, "check")
    again = make(journal)
    for field in ("mode", "measure", "switches", "guard", "verdict", "challenge"):
        assert again.view[field] == widget.view[field]
    show(again, "first-answer")
    assert again.view["guard"]["on"]
    assert journal.attempts() == []


@pytest.mark.parametrize(
    "draft",
    [
        {},
        {"mode": "fly", "measure": "gone", "places": 3},
        {"places": [None, {"mode": "explore", "measure": "gone", "towards": []}]},
        {"places": [{"mode": [], "measure": {}, "towards": "context"}]},
        {"places": [{"mode": "explore", "measure": "first-answer", "towards": [3, "x"]}]},
    ],
)
def test_a_damaged_draft_is_survived(draft: dict[str, object]) -> None:
    """Whatever the store gives back, there is a measure with eight switches."""
    journal = make_journal()
    journal.save_draft("dimensions", draft)
    widget = make(journal)
    assert len(widget.view["switches"]) == 8
    assert widget.view["error"] is None


@pytest.mark.parametrize(
    ("kind", "message"),
    [
        ("flip", {"switch": "nothing", "side": "kpi"}),
        ("flip", {"switch": "context", "side": "both"}),
        ("flip", {"switch": "guard", "on": "yes"}),
        ("flip", {}),
        ("show", {"measure": "gone", "mode": "explore"}),
        ("show", {"measure": "first-answer", "mode": ["explore"]}),
    ],
)
def test_nonsense_from_the_browser_becomes_an_error_in_words(
    kind: str, message: dict[str, object]
) -> None:
    """It moves nothing."""
    widget = make()
    before = {k: widget.view[k] for k in ("switches", "guard", "measure", "mode")}
    send(widget, kind, **message)
    assert widget.view["error"]
    assert {k: widget.view[k] for k in before} == before


def test_the_summary_says_role_and_reason() -> None:
    """The text output is a sentence and has no addresses."""
    widget = make()
    assert repr(widget) == (
        "Eight dimensions of “Hours until a customer gets a first answer”: used as a KPI. Because "
        "it belongs to no objective, nobody is asked to improve it now and it has no date. It "
        "tells how things stand."
    )
    show(widget, "first-answer", "challenge")
    assert repr(widget).endswith("0 of 6 cases solved.")
    assert judge(MEASURES["first-answer"].start.use).missing[0] is Dimension.CONTEXT
