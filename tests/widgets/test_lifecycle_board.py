"""LifecycleBoard in Python: the story, refusals in words, free play, drafts, stray messages."""

from __future__ import annotations

import json
from typing import Any

import pytest

from okrlab.assessment.journal import MemoryJournal
from okrlab.content import library
from okrlab.widgets import LifecycleBoard
from tests.widgets.sort_examples import make_journal, send

CHURN, OUTAGE, TICKETS, GUIDE, FINISH = "w1", "w2", "w3", "w4", "w5"


def make(journal: MemoryJournal | None = None) -> LifecycleBoard:
    return LifecycleBoard(library().lifecycle, journal or make_journal())


def quarters(journal: MemoryJournal | None = None) -> LifecycleBoard:
    widget = make(journal)
    send(widget, "show", case="five-quarters")
    return widget


def lane(widget: LifecycleBoard, work: str) -> str:
    return str(widget.view["works"][work]["state"])


def move(widget: LifecycleBoard, work: str, name: str, fill: bool = True) -> dict[str, Any]:
    """Open a move, fill it in as a sensible team would, and make it."""
    send(widget, "pick", work=work)
    send(widget, "open", move=name)
    if widget.view["chosen"]["form"] and fill:
        send(widget, "fill")
    if widget.view["chosen"]["form"]:
        send(widget, "make")
    assert widget.view["error"] is None
    chosen: dict[str, Any] = widget.view["chosen"]
    return chosen


def failed(chosen: dict[str, Any]) -> str:
    """The guards that failed, with what to do."""
    tried = chosen["form"]["tried"] or []
    return " ".join(f"{g['failed']} {g['remedy']}" for g in tried if not g["holds"])


def test_the_guided_story_walks_through_six_states() -> None:
    """Doing as the story does gives the trace, told month by month."""
    widget = make()
    while True:
        send(widget, "deed")
        if widget.view["turn"]["last"]:
            break
        send(widget, "on")
    [row] = widget.view["history"]
    assert [(r["state"], r["from"], r["to"]) for r in row["runs"]] == [
        ("baselining", 1, 5),
        ("health", 6, 13),
        ("alert", 14, 14),
        ("key_result", 15, 21),
        ("stabilising", 22, 26),
        ("health", 27, 27),
    ]
    assert row["words"].startswith("baselining in months 1 to 5, health in months 6 to 13, alert")
    assert widget.view["closing"]
    assert widget.view["missed"] == []
    assert len(widget.view["records"]) == 7


def test_the_board_says_that_the_rules_are_ours() -> None:
    """Among what it assumes; and the figures are invented."""
    rules = " ".join(make().view["rules"])
    assert "our own reconstruction" in rules
    assert "invented" in rules


def test_a_wiggle_is_no_alert_and_says_so() -> None:
    """Month 13 of the story: 2.9 lies inside the limits."""
    widget = make()
    while widget.view["turn"]["words"] != "Month 13":
        send(widget, "deed")
        send(widget, "on")
    send(widget, "open", move="alert")
    send(widget, "make")
    assert "Leave it alone" in failed(widget.view["chosen"])
    assert widget.view["chosen"]["form"]["idea"]["id"] == "M14"
    assert lane(widget, CHURN) == "health"
    assert widget.view["say"]["text"].startswith("Not possible now: raise the alert. 2.9")


def test_a_met_key_result_is_watched_on_and_not_retired() -> None:
    """M22: the target being hit ends a focus, not the watching; the guard says what to do."""
    widget = quarters()
    move(widget, CHURN, "focus")
    send(widget, "on")
    send(widget, "on")
    chosen = move(widget, CHURN, "retire", fill=False)
    assert "That ends a focus, not the watching" in failed(chosen)
    assert "Close it as met and go on watching" in failed(chosen)
    assert chosen["form"]["idea"]["id"] == "M22"
    chosen = move(widget, CHURN, "reach")
    assert lane(widget, CHURN) == "stabilising"
    assert "Stretch reached" in chosen["done"]
    send(widget, "on")
    assert "Wait for 2 more" in failed(move(widget, CHURN, "settle"))
    send(widget, "on")
    move(widget, CHURN, "settle")
    assert lane(widget, CHURN) == "health"
    assert "Limits 1.51 to 2.24" in " ".join(widget.view["chosen"]["facts"]).replace("Trial l", "L")


def test_a_critical_alert_comes_before_key_results() -> None:
    """Key results wait, no new one is taken up, and three normal points close it."""
    widget = quarters()
    move(widget, CHURN, "focus")
    move(widget, GUIDE, "promise")
    send(widget, "on")
    send(widget, "on")
    assert widget.view["waiting"] is None
    move(widget, OUTAGE, "alert")
    assert "critical, and in alert" in widget.view["waiting"]
    assert [widget.view["works"][w]["waits"] for w in (CHURN, GUIDE, TICKETS)] == [
        True,
        True,
        False,
    ]
    refused = move(widget, TICKETS, "focus")
    assert "See to that first" in failed(refused)
    assert refused["form"]["idea"]["id"] == "M08"
    assert "Wait for 3 more" in failed(move(widget, OUTAGE, "close"))
    send(widget, "on")
    move(widget, OUTAGE, "close")
    assert lane(widget, OUTAGE) == "health"
    assert widget.view["waiting"] is None


def test_a_finished_milestone_leaves_a_measure_on_the_board() -> None:
    """Not before it is done; then the measure is defined, baselined and watched."""
    widget = quarters()
    move(widget, GUIDE, "promise")
    chosen = move(widget, GUIDE, "finish")
    assert "Two of its seven steps are missing" in chosen["form"]["trouble"]
    assert FINISH not in widget.view["works"]
    send(widget, "on")
    chosen = move(widget, GUIDE, "finish")
    assert "New on the board: New customers who finish setting up" in chosen["done"]
    assert lane(widget, GUIDE) == "retired"
    assert lane(widget, FINISH) == "candidate"
    move(widget, FINISH, "define")
    send(widget, "on")
    assert "Collect 3 more" in failed(move(widget, FINISH, "watch"))
    send(widget, "on")
    move(widget, FINISH, "watch")
    assert lane(widget, FINISH) == "health"


def test_the_role_follows_the_state() -> None:
    """Without an agreed range a KPI, with one a health metric, in focus a key result."""
    widget = quarters()
    roles = {w["name"]: w["role"] for w in widget.view["works"].values()}
    assert roles["Questions to support"] == "KPI"
    assert roles["Customers who leave"] == "health metric"
    assert roles["The guided start is live"] == "milestone"
    move(widget, CHURN, "focus")
    move(widget, GUIDE, "promise")
    roles = {w["name"]: w["role"] for w in widget.view["works"].values()}
    assert roles["Customers who leave"] == "metric key result"
    assert roles["The guided start is live"] == "milestone key result"


def test_what_was_left_alone_is_told_with_the_next_quarter() -> None:
    """A signal that nobody looked into."""
    widget = quarters()
    send(widget, "on")
    assert len(widget.view["missed"]) == 1
    assert widget.view["missed"][0].startswith("Customers who leave. Month 14: 3.1")


@pytest.mark.parametrize(
    ("work", "to", "ends", "says"),
    [
        (CHURN, "alert", "alert", ""),
        (CHURN, "stabilising", "health", "That starts from “key result”, and it is in “health”"),
        (TICKETS, "alert", "health", "Leave it alone"),
        (TICKETS, "health", "health", ""),
        (GUIDE, "baselining", "candidate", "A milestone is not measured: promise it instead"),
    ],
)
def test_a_card_can_be_taken_to_a_lane(work: str, to: str, ends: str, says: str) -> None:
    """What may move moves; what may not says why, and what would do."""
    widget = quarters()
    send(widget, "aim", work=work, lane=to)
    if widget.view["chosen"]["form"] and says and not widget.view["chosen"]["form"]["tried"]:
        send(widget, "make")
    assert lane(widget, work) == ends
    assert widget.view["chosen"]["id"] == work
    if says:
        assert says in failed(widget.view["chosen"])


def test_a_lane_that_asks_for_words_opens_the_form() -> None:
    """To the key results only with objective, way, day and owner; each missing one is named."""
    widget = quarters()
    send(widget, "aim", work=CHURN, lane="key_result")
    form = widget.view["chosen"]["form"]
    assert form["move"] == "focus"
    assert form["tried"] is None
    send(widget, "make")
    words = failed(widget.view["chosen"])
    for missing in ("objective", "baseline and the target", "date", "owner"):
        assert missing in words
    send(widget, "type", field="baseline", text="three")
    send(widget, "make")
    assert "which is no number" in widget.view["chosen"]["form"]["trouble"]
    values = {f["id"]: f["value"] for f in widget.view["chosen"]["form"]["fields"]}
    assert values["baseline"] == "three"


def test_nothing_leads_back_to_candidate_but_a_milestone_let_go() -> None:
    """In words for a measure; a form for a milestone."""
    widget = quarters()
    send(widget, "aim", work=CHURN, lane="candidate")
    assert "back to being a candidate" in widget.view["error"]
    move(widget, GUIDE, "promise")
    send(widget, "aim", work=GUIDE, lane="candidate")
    assert widget.view["chosen"]["form"]["move"] == "let-go"
    send(widget, "fill")
    send(widget, "make")
    assert lane(widget, GUIDE) == "candidate"


def test_steps_can_be_taken_back_and_all_begun_again() -> None:
    """Taking back plays the others again; typed texts stay."""
    widget = quarters()
    move(widget, CHURN, "alert")
    send(widget, "on")
    send(widget, "back")
    assert widget.view["turn"]["number"] == 1
    assert lane(widget, CHURN) == "alert"
    send(widget, "back")
    assert lane(widget, CHURN) == "health"
    assert not widget.view["canTakeBack"]
    send(widget, "open", move="focus")
    send(widget, "type", field="objective", text="Keep them")
    send(widget, "on")
    send(widget, "again")
    assert widget.view["turn"]["number"] == 1
    send(widget, "open", move="focus")
    assert widget.view["chosen"]["form"]["fields"][0]["value"] == "Keep them"


def test_everything_is_kept() -> None:
    """Case, quarter, lanes, records and half-typed forms."""
    journal = make_journal()
    widget = quarters(journal)
    move(widget, CHURN, "focus")
    send(widget, "on")
    send(widget, "pick", work=TICKETS)
    send(widget, "open", move="focus")
    send(widget, "type", field="objective", text="Half an obj")
    send(widget, "cancel")
    again = make(journal)
    for field in ("shown", "turn", "lanes", "works", "records", "history", "missed"):
        assert again.view[field] == widget.view[field]
    assert again.view["chosen"]["id"] == TICKETS
    send(again, "open", move="focus")
    assert again.view["chosen"]["form"]["fields"][0]["value"] == "Half an obj"
    assert journal.attempts() == []


@pytest.mark.parametrize(
    "draft",
    [
        {},
        {"shown": [], "cases": 3},
        {"shown": "gone", "cases": {"five-quarters": {"log": "x", "forms": 4, "chosen": []}}},
        {"cases": {"five-quarters": {"log": [["Gone", "focus", {}], ["", "", {}], [1, 2], None]}}},
        {"cases": {"churn-story": {"log": [["Customers who leave", "fly", {}]] * 500}}},
        {"cases": {"churn-story": {"forms": [["Customers who leave", "fly", {"a": 1}]]}}},
    ],
)
def test_a_damaged_draft_is_survived(draft: dict[str, object]) -> None:
    """What is not possible any more is left out."""
    journal = make_journal()
    journal.save_draft("lifecycle", draft)
    widget = make(journal)
    assert widget.view["error"] is None
    assert lane(widget, CHURN) == "candidate"


@pytest.mark.parametrize(
    ("kind", "message"),
    [
        ("show", {"case": "gone"}),
        ("pick", {"work": FINISH}),
        ("pick", {"work": "w99"}),
        ("open", {"move": "fly"}),
        ("make", {}),
        ("fill", {}),
        ("type", {"field": "objective", "text": "x"}),
        ("aim", {"work": CHURN, "lane": "moon"}),
    ],
)
def test_nonsense_from_the_browser_becomes_words(kind: str, message: dict[str, object]) -> None:
    """And moves nothing."""
    widget = quarters()
    before = json.dumps({k: widget.view[k] for k in ("lanes", "turn", "chosen", "records")})
    send(widget, kind, **message)
    assert widget.view["error"]
    assert json.dumps({k: widget.view[k] for k in ("lanes", "turn", "chosen", "records")}) == before


def test_the_summary_is_words() -> None:
    """The text output of the cell."""
    assert repr(make()) == (
        "Lifecycle board “A story: churn, month by month”, Month 1: Customers who leave: candidate."
    )
