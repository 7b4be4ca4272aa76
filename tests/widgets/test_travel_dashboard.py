"""TravelDashboard in Python: journeys, what stays unseen, the missing gauge, drafts."""

from __future__ import annotations

import json

from okrlab.assessment.journal import MemoryJournal
from okrlab.widgets.travel_dashboard import TravelDashboard
from tests.widgets.sort_examples import make_journal, send


def make(journal: MemoryJournal | None = None) -> TravelDashboard:
    return TravelDashboard(journal or make_journal())


def go(widget: TravelDashboard, *stretches: tuple[str, int]) -> None:
    """Drive; at the fork towards Seville."""
    for stop, speed in stretches:
        send(widget, "drive", stop=stop, speed=speed, road="Seville")
        assert widget.view["error"] is None


def test_who_only_watches_the_dials_falls_asleep() -> None:
    """Every dial is fine, and the journey ends beside the road."""
    widget = make()
    go(widget, ("none", 110))
    assert "wheel" not in json.dumps(widget.view)
    go(widget, ("none", 110))
    end = widget.view["end"]
    assert end["headline"].startswith("The driver fell asleep after 4 hours")
    assert all(d["ok"] for d in widget.view["dials"])
    assert end["idea"] is None
    assert end["dials"] == "Every dial was in its range when it ended."
    assert "fallen asleep" in end["unseen"][1]
    assert widget.view["decision"] is None


def test_breaks_and_a_full_tank_bring_everybody_there() -> None:
    """Both are needed: what no dial shows, and the dials."""
    widget = make()
    go(widget, ("none", 110), ("break", 110), ("both", 110), ("break", 110), ("break", 110))
    assert widget.view["end"]["arrived"]
    assert widget.view["say"]["text"].startswith("Arrived in Seville after")
    assert widget.view["road"]["left"] == 0


def test_without_the_gauge_its_value_never_reaches_the_browser() -> None:
    """The tank runs empty, and the end says what the gauge was for."""
    widget = make()
    send(widget, "gauge", on=False)
    go(widget, ("none", 130), ("break", 130))
    assert [d["id"] for d in widget.view["dials"]] == ["oil", "speed"]
    assert "uel:" not in widget.summary()
    go(widget, ("break", 130))
    end = widget.view["end"]
    assert end["headline"].startswith("The tank is empty")
    assert end["dials"] == "The gauge that would have warned you was gone."
    assert end["idea"].startswith("One of the two is enough")
    send(widget, "gauge", on=True)
    assert "Set out again first" in widget.view["error"]
    send(widget, "again")
    send(widget, "gauge", on=True)
    assert len(widget.view["dials"]) == 3


def test_arriving_without_the_gauge_is_called_luck() -> None:
    """A good end does not prove that the gauge is not needed."""
    widget = make()
    send(widget, "gauge", on=False)
    go(widget, ("none", 110), ("both", 110), ("both", 110), ("both", 110), ("both", 110))
    assert widget.view["end"]["arrived"]
    assert "four times" in widget.view["end"]["lesson"]


def test_the_other_road_ends_in_the_wrong_town() -> None:
    """The dials do not choose a destination."""
    widget = make()
    assert widget.view["decision"]["roads"] == []
    go(widget, ("none", 110))
    assert [r["id"] for r in widget.view["decision"]["roads"]] == ["Seville", "Lisbon"]
    send(widget, "drive", stop="both", speed=130, road="Lisbon")
    assert widget.view["decision"]["roads"] == []
    go(widget, ("none", 130))
    assert widget.view["end"]["headline"].startswith("You are in Lisbon, not in Seville.")
    assert "Lisbon" in widget.view["end"]["unseen"][0]


def test_the_questions_explain_only_what_was_chosen() -> None:
    """No feedback travels before its answer, and a wrong one names the idea behind it."""
    widget = make()
    go(widget, ("none", 110), ("none", 110))
    assert [a["feedback"] for a in widget.view["end"]["asks"]] == [None, None]
    send(widget, "answer", question="gauge", choice="yes")
    feedback = widget.view["end"]["asks"][1]["feedback"]
    assert not feedback["correct"]
    assert feedback["misconception"]["title"]
    assert widget.view["say"]["text"].startswith("Not this one.")
    send(widget, "answer", question="missing", choice="safe")
    assert widget.view["end"]["asks"][0]["feedback"]["correct"]


def test_a_journey_is_found_again() -> None:
    """Stretches, gauge and answers survive; a broken draft is read as far as it makes sense."""
    journal = make_journal()
    widget = make(journal)
    send(widget, "gauge", on=False)
    go(widget, ("none", 110), ("fuel", 130))
    send(widget, "answer", question="missing", choice="hours")
    again = make(journal)
    assert again.view["log"] == widget.view["log"]
    assert again.view["gauge"] is False
    assert again.view["end"] == widget.view["end"]
    journal.save_draft("travel", {"stretches": [["none", 110, ""], ["fly", 9, 9]], "answers": 3})
    assert len(make(journal).view["log"]) == 1
    journal.save_draft("travel", {"stretches": "x"})
    assert make(journal).view["log"] == []


def test_messages_that_make_no_sense_are_explained() -> None:
    """No traceback, and the journey stays where it was."""
    widget = make()
    for message in ({"stop": "none", "speed": 400}, {"stop": "fly", "speed": 110}, {"speed": True}):
        send(widget, "drive", **message)
        assert widget.view["error"]
        assert widget.view["log"] == []
    go(widget, ("none", 110), ("none", 110))
    send(widget, "drive", stop="none", speed=110)
    assert "Set out again" in widget.view["error"]


def test_the_end_names_another_author_and_the_toy() -> None:
    """Where the picture breaks, and that it is no evidence."""
    widget = make()
    go(widget, ("none", 110), ("none", 110))
    assert any("Perdoo" in t for t in widget.view["end"]["limps"])
    assert "not evidence" in widget.view["end"]["assumptions"][0]
    assert widget.summary().startswith("A journey with a dashboard. The driver fell asleep")
