"""AttainmentBoard in Python: shares, verdicts, the mean, the hurried reading, own key results."""

from __future__ import annotations

import json
from typing import Any

import pytest

from okrlab.assessment.journal import MemoryJournal
from okrlab.content import library
from okrlab.widgets import AttainmentBoard
from tests.widgets.sort_examples import make_journal, send


def make(journal: MemoryJournal | None = None, name: str = "quarter") -> AttainmentBoard:
    board, sets = library().attainment_board(name)
    readings = library().attainment.readings
    return AttainmentBoard(board, sets, readings, journal or make_journal())


def entry(widget: AttainmentBoard, name: str) -> dict[str, Any]:
    view = widget.view
    return next(e for e in [*view["results"], *view["apart"]] if e["id"] == name)


def put(widget: AttainmentBoard, name: str, value: object) -> dict[str, Any]:
    send(widget, "set", entry=name, value=value)
    assert widget.view["error"] is None
    return entry(widget, name)


def test_three_units_become_one_kind_of_number() -> None:
    """0.70, 0.60, 0.70, and their mean."""
    widget = make()
    assert [e["share"] for e in widget.view["results"]] == ["0.70", "0.60", "0.70"]
    together = widget.view["together"]
    assert together["mean"] == "0.67"
    assert together["working"] == "(0.70 + 0.60 + 0.70) ÷ 3 = 0.67"
    assert entry(widget, "revenue")["working"] == "(8.5 − 5) ÷ (10 − 5) = 0.70"
    assert put(widget, "revenue", 5)["share"] == "0.00"


def test_a_falling_measure_counts_from_its_baseline() -> None:
    """100 to 95, now 97, is 0.60, and current ÷ target would claim 0.98."""
    widget = make()
    send(widget, "show", set="growth")
    cost = entry(widget, "lead-cost")
    assert cost["working"] == "(97 − 100) ÷ (95 − 100) = 0.60"
    assert cost["hurried"] == "95 ÷ 97 = 0.98"


def test_raw_and_counted_differ_beyond_the_ends() -> None:
    """Backwards and beyond are shown as they are and counted as 0 and 1."""
    widget = make()
    send(widget, "show", set="both-ways")
    assert entry(widget, "again")["share"] == "−0.29"
    assert "wrong way. In a mean it counts as 0.00" in entry(widget, "again")["working"]
    assert entry(widget, "days")["share"] == "1.20"
    assert "In a mean it counts as 1.00" in entry(widget, "days")["working"]
    assert widget.view["together"]["working"] == "(0.00 + 1.00 + 0.70) ÷ 3 = 0.57"
    assert widget.view["together"]["mean"] == "0.57"
    assert "one thing to find out" in widget.view["together"]["left_out"]


def test_what_was_promised_sets_the_bar() -> None:
    """0.72 committed is a miss to be explained; the same as a moonshot is green."""
    widget = make(name="point-seven")
    training = entry(widget, "training")
    assert (training["share"], training["verdict"]["word"]) == ("0.72", "Missed")
    assert widget.view["together"]["owed"] == [training["text"]]
    assert [b["at"] for b in training["bars"]] == [1.0]
    assert entry(widget, "recommend")["verdict"]["word"] == "Green"
    assert [b["at"] for b in entry(widget, "recommend")["bars"]] == [0.4, 0.7]
    send(widget, "ambition", entry="training", ambition="moonshot")
    assert entry(widget, "training")["verdict"]["word"] == "Green"
    assert widget.view["together"]["owed"] == []
    send(widget, "ambition", entry="training", ambition="stretch")
    assert entry(widget, "training")["verdict"]["word"] == "Reached"


@pytest.mark.parametrize(
    ("value", "word"), [(33, "Red"), (36, "Amber"), (47, "Amber"), (48, "Green"), (20, "Red")]
)
def test_the_colours_of_a_moonshot_have_no_gap(value: float, word: str) -> None:
    """0.325, 0.4, 0.675 and 0.7 each have one colour."""
    widget = make(name="point-seven")
    assert put(widget, "recommend", value)["verdict"]["word"] == word


def test_a_guardrail_stands_apart_and_the_hurried_mean_is_refuted() -> None:
    """1, 1 and a broken guardrail: never ".67", and the reason why not stands beside it."""
    widget = make(name="guardrail")
    together = widget.view["together"]
    assert together["mean"] == "1.00"
    assert together["words"].startswith("Guardrail broken: Problems solved in the first call")
    assert widget.view["hurried"] is None
    send(widget, "hurry", on=True)
    claim = widget.view["hurried"]["claims"][0]
    assert claim["working"] == "(1.00 + 1.00 + 0.00) ÷ 3 = 0.67"
    assert claim["why"].startswith("Why not: a guardrail is no share")
    assert put(widget, "first-call", 70)["holds"]
    assert widget.view["together"]["mean"] == "1.00"
    assert widget.view["together"]["broken"] == []
    assert not put(widget, "first-call", 69.9)["holds"]


def test_milestones_are_done_or_pass_their_gates() -> None:
    """All or nothing without gates; with gates their declared weights."""
    widget = make()
    send(widget, "show", set="growth")
    automation = entry(widget, "automation")
    assert automation["share"] == "0.60"
    assert automation["verdict"]["word"] == "Missed"
    send(widget, "gate", entry="automation", gate="first", on=True)
    assert entry(widget, "automation")["share"] == "1.00"
    assert entry(widget, "automation")["verdict"]["word"] == "Met"
    send(widget, "gate", entry="automation", gate="chosen", on=False)
    assert entry(widget, "automation")["share"] == "0.80"
    send(widget, "show", set="grow-revenue")
    assert entry(widget, "director")["share"] == "0.00"
    assert put(widget, "director", True)["share"] == "1.00"


def test_a_range_to_keep_holds_or_not_and_is_not_averaged() -> None:
    """The mean of the growth set comes from the milestone and the cost of a lead."""
    widget = make()
    send(widget, "show", set="growth")
    assert entry(widget, "margin")["holds"]
    before = widget.view["together"]["mean"]
    assert not put(widget, "margin", 15)["holds"]
    assert widget.view["together"]["mean"] == before == "0.60"


def test_the_pace_before_the_end_of_the_quarter() -> None:
    """0.69 after ten of thirteen weeks ends at 0.90, if it goes on like that."""
    widget = make()
    send(widget, "show", set="grow-revenue")
    assert entry(widget, "leads")["pace"] is None
    send(widget, "week", week=10)
    assert "ends at 0.90" in entry(widget, "leads")["pace"]
    assert widget.view["moved"]
    send(widget, "back")
    assert widget.view["week"] == 13
    assert not widget.view["moved"]


def write(widget: AttainmentBoard, **fields: str) -> None:
    for field, text in fields.items():
        send(widget, "write", field=field, text=text)


def own(widget: AttainmentBoard, **changes: str) -> None:
    send(widget, "show", set="own")
    typed = {"text": "Beds free by noon", "unit": "%", "baseline": "40", "target": "75"}
    write(widget, **{**typed, "current": "61", **changes})
    send(widget, "add")


def test_an_own_key_result_is_added_moved_and_removed() -> None:
    """With its share, its verdict and the objective in the learner's words."""
    widget = make()
    own(widget)
    write(widget, objective="Nobody waits in a corridor")
    assert widget.view["objective"] == "Nobody waits in a corridor"
    [result] = widget.view["results"]
    assert (result["share"], result["working"]) == ("0.60", "(61 − 40) ÷ (75 − 40) = 0.60")
    assert widget.view["own"]["form"]["text"] == ""
    assert put(widget, "own-1", 75)["share"] == "1.00"
    send(widget, "remove", entry="own-1")
    assert widget.view["results"] == []
    assert widget.view["together"] is None
    assert widget.view["own"]["form"]["current"] == "75"
    assert repr(widget).endswith("Your own: no key result yet.")


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"text": "  "}, "has no name yet"),
        ({"baseline": "forty"}, "The baseline is “forty”, which is no number"),
        ({"target": ""}, "The target is “”"),
        ({"target": "40"}, "there is no way to go"),
        ({"current": "1e400"}, "Use a larger unit"),
        ({"current": "nan"}, "Use a larger unit"),
        ({"baseline": "0", "target": "1e-320"}, "too small a way"),
        ({"baseline": "1e12", "target": "999999999999.9"}, "too small a way"),
    ],
)
def test_what_cannot_be_added_says_why_and_keeps_what_was_typed(
    changes: dict[str, str], says: str
) -> None:
    """Nothing typed is lost."""
    widget = make()
    own(widget, **changes)
    assert says in widget.view["error"]
    assert widget.view["results"] == []
    form = widget.view["own"]["form"]
    assert {k: form[k] for k in changes} == changes


def test_five_own_key_results_are_the_most() -> None:
    """The sixth is refused in words."""
    widget = make()
    for number in range(6):
        own(widget, text=f"Measure {number}")
    assert "has no more" in widget.view["error"]
    assert len(widget.view["results"]) == 5
    assert widget.view["own"]["full"]


def test_everything_is_kept() -> None:
    """Values, gates, ambitions, weeks, own key results and half-typed fields."""
    journal = make_journal()
    widget = make(journal)
    put(widget, "revenue", 9.1)
    send(widget, "show", set="growth")
    send(widget, "gate", entry="automation", gate="first", on=True)
    send(widget, "ambition", entry="lead-cost", ambition="moonshot")
    send(widget, "week", week=7)
    own(widget)
    write(widget, text="Half a na")
    put(widget, "own-1", 70)
    send(widget, "hurry", on=True)
    again = make(journal)
    assert again.view == {**widget.view, "say": None, "ack": None}
    for name in ("growth", "financial"):
        send(widget, "show", set=name)
        send(again, "show", set=name)
        assert again.view["results"] == widget.view["results"]
    assert journal.attempts() == []


@pytest.mark.parametrize(
    "draft",
    [
        {},
        {"shown": "gone", "sets": 4, "own": "x", "form": [], "objective": 7},
        {"shown": [], "sets": {"financial": {"values": {"revenue": "much", "margin": True}}}},
        {"own": [{"id": "own-1"}, 3, {"kind": "metric", "id": "revenue"}]},
        {"sets": {"growth": {"values": {"automation": 3}, "ambitions": {"lead-cost": []}}}},
        {"form": {"ambition": "huge", "text": 9, "gone": "x"}},
    ],
)
def test_a_damaged_draft_is_survived(draft: dict[str, object]) -> None:
    """What does not fit is left out."""
    journal = make_journal()
    journal.save_draft("attainment/quarter", draft)
    widget = make(journal)
    assert widget.view["error"] is None
    assert [e["share"] for e in widget.view["results"]] == ["0.70", "0.60", "0.70"]


@pytest.mark.parametrize(
    ("kind", "message"),
    [
        ("set", {"entry": "gone", "value": 3}),
        ("set", {"entry": "revenue", "value": "3"}),
        ("set", {"entry": "revenue", "value": float("inf")}),
        ("set", {"entry": "revenue", "value": 1e13}),
        ("gate", {"entry": "revenue", "gate": "x", "on": True}),
        ("ambition", {"entry": "revenue", "ambition": "huge"}),
        ("week", {"week": 14}),
        ("hurry", {"on": "yes"}),
        ("write", {"field": "text", "text": "x" * 121}),
        ("write", {"field": "result", "text": "x"}),
        ("write", {"field": "ambition", "text": "huge"}),
        ("remove", {"entry": "own-1"}),
        ("show", {"set": "gone"}),
    ],
)
def test_nonsense_from_the_browser_becomes_words(kind: str, message: dict[str, object]) -> None:
    """And changes nothing."""
    widget = make()
    before = json.dumps({k: v for k, v in widget.view.items() if k not in ("error", "ack", "say")})
    send(widget, kind, **message)
    assert widget.view["error"]
    after = json.dumps({k: v for k, v in widget.view.items() if k not in ("error", "ack", "say")})
    assert after == before


def test_the_summary_is_words() -> None:
    """The text output of the cell."""
    assert repr(make(name="guardrail")) == (
        "Attainment board “A mean that hides something”, The call centre: Minutes per call 1.14; "
        "Calls answered within 20 seconds 1.06. Guardrail broken: Problems solved in the first "
        "call; mean attainment 1.00."
    )
