"""BonusLab in Python: predict first, exact settings, three ways, targets, drafts."""

from __future__ import annotations

import json

import pytest

from okrlab.assessment.journal import MemoryJournal
from okrlab.widgets.bonus_lab import BonusLab
from tests.widgets.sort_examples import make_journal, send


def make(journal: MemoryJournal | None = None, *, predicted: bool = True) -> BonusLab:
    widget = BonusLab(journal or make_journal())
    if predicted and "predict" not in widget._answers:
        send(widget, "answer", question="predict", choice="half")
    return widget


def test_nothing_is_shown_before_the_prediction() -> None:
    """Neither hours nor reasons."""
    widget = make(predicted=False)
    assert widget.view["lab"] is None
    assert widget.view["predict"]["feedback"] is None
    send(widget, "answer", question="predict", choice="little")
    assert widget.view["predict"]["feedback"]["correct"]
    assert len(widget.view["lab"]["people"]) == 6
    assert "not evidence" in widget.view["assumptions"][0]


@pytest.mark.parametrize(
    ("row", "percent"),
    [("none", 50), ("one", 80), ("two", 90), ("three", 94.1), ("coupled", 64), ("both", 50)],
)
def test_the_reference_settings_are_reached_exactly(row: str, percent: float) -> None:
    """By one press; the table says the same."""
    widget = make()
    send(widget, "row", row=row)
    lab = widget.view["lab"]
    assert 100 * lab["share"] == pytest.approx(percent, abs=0.05)
    assert [r["id"] for r in lab["rows"] if r["here"]] == [row]
    assert [b for b, s in lab["curve"] if s == lab["share"]] == [lab["bonus"]]


def test_the_sliders_reach_them_too() -> None:
    """Quarters of a point; eighths of the coupling."""
    widget = make()
    for field, value in (("bonus_kpi", 12), ("coupling", 4), ("bonus_okr", 0)):
        send(widget, "set", field=field, value=value)
    assert widget.view["lab"]["share"] == pytest.approx(0.64)
    assert "64.0 % of the week" in widget.view["lab"]["words"]
    assert widget.view["say"]["text"].endswith("64 % for the KPI.")


def test_all_six_follow_the_bonus() -> None:
    """Forty hours each; with a bonus of three nobody gives the OKR half."""
    widget = make()
    send(widget, "row", row="three")
    people = widget.view["lab"]["people"]
    assert all(p["kpi"] + p["okr"] == pytest.approx(40) for p in people)
    assert all(p["kpi"] > 34 for p in people)
    assert "Six of the six" in widget.view["lab"]["words"]


def test_the_three_ways_are_a_choice_without_a_right_answer() -> None:
    """What each costs is shown for all of them once one is chosen."""
    widget = make()
    designs = widget.view["lab"]["designs"]
    assert [d["id"] for d in designs] == ["decouple", "couple", "pay both"]
    assert all(d["catch"] is None and d["share"] is None for d in designs)
    send(widget, "decide", design="couple")
    lab = widget.view["lab"]
    assert [round(d["share"], 3) for d in lab["designs"]] == [0.941, 0.5, 0.64, 0.5]
    assert "correct" not in json.dumps(lab)
    assert "No answer is right" in lab["decide"]
    assert widget.view["say"]["text"].startswith("Embed")


def test_the_target_that_gains_most_is_missed_by_a_third() -> None:
    """And whoever is paid for hitting picks the easiest."""
    widget = make()
    send(widget, "show", tab="target")
    assert widget.view["targets"] is None
    send(widget, "answer", question="target", choice="easy")
    targets = widget.view["targets"]
    assert targets["for_gain"]["target"] == 1
    assert targets["for_gain"]["attainment"] == pytest.approx(0.667, abs=5e-4)
    assert targets["for_bonus"]["target"] == 0.1
    chances = [c for _, _, c in targets["curve"]]
    assert chances == sorted(chances, reverse=True)
    send(widget, "set", field="target", value=10)
    assert widget.view["targets"]["now"]["target"] == 0.5
    assert widget.view["say"]["text"].startswith("Target 0.50: 0.46 is gained")
    assert "0.7" in widget.view["assumptions"][0]


def test_all_is_found_again() -> None:
    """Tab, sliders, answers and the choice; a broken draft does no harm."""
    journal = make_journal()
    widget = make(journal)
    send(widget, "row", row="coupled")
    send(widget, "decide", design="pay both")
    again = make(journal)
    assert again.view["lab"] == widget.view["lab"]
    journal.save_draft(
        "bonus", {"tab": [], "steps": {"target": 99, "coupling": True}, "design": 3, "answers": []}
    )
    broken = make(journal, predicted=False)
    assert broken.view["tab"] == "week"
    assert (broken.target, broken.pay.coupling) == (1, 0)


@pytest.mark.parametrize(
    ("kind", "message"),
    [
        ("set", {"field": "value_kpi", "value": 1}),
        ("set", {"field": "coupling", "value": 9}),
        ("row", {"row": "x"}),
        ("decide", {"design": "as it is"}),
        ("answer", {"question": "x", "choice": "half"}),
    ],
)
def test_messages_that_make_no_sense_are_explained(kind: str, message: dict[str, object]) -> None:
    """No traceback."""
    widget = make()
    send(widget, kind, **message)
    assert widget.view["error"]


def test_the_summary_reads_alone() -> None:
    """On both tabs, before and after the prediction."""
    widget = make(predicted=False)
    assert "predict first" in widget.summary()
    send(widget, "answer", question="predict", choice="half")
    assert "94.1 %" in widget.summary()
    send(widget, "show", tab="target")
    assert "predict first" in widget.summary()
    send(widget, "answer", question="target", choice="best")
    assert "an attainment of 0.67" in widget.summary()
