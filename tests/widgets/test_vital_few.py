"""VitalFew in Python: choices, what the browser may know, drafts."""

from __future__ import annotations

import json

from okrlab.assessment.journal import MemoryJournal
from okrlab.content import library
from okrlab.widgets.vital_few import VitalFew
from tests.widgets.sort_examples import make_journal, send

CONTENT = library().vital_few


def make(journal: MemoryJournal | None = None) -> VitalFew:
    return VitalFew(CONTENT, journal or make_journal())


def choose(widget: VitalFew, *names: str, on: bool = True) -> None:
    for name in names:
        send(widget, "choose", measure=name, on=on)


def test_nothing_about_the_key_is_sent_before_the_choice_is_looked_at() -> None:
    """Neither reasons nor perspectives nor twins."""
    widget = make()
    choose(widget, "churn", "followers")
    sent = json.dumps(widget.view, ensure_ascii=False)
    assert widget.view["review"] is None
    assert "perspective" not in sent
    assert all(m.why not in sent for c in CONTENT.companies for m in c.measures)
    assert all(set(m) == {"id", "name", "now"} for m in widget.view["measures"])


def test_each_choice_is_told_why() -> None:
    """Three rules with yes or no, and the reason in this company's case."""
    widget = make()
    choose(widget, "churn", "followers")
    send(widget, "check")
    review = widget.view["review"]
    assert review["headline"] == "One of your two measures passes all three rules."
    churn, followers = review["chosen"]
    assert [r["yes"] for r in churn["rules"]] == [True, True, True]
    assert [r["yes"] for r in followers["rules"]] == [False, False, True]
    assert followers["why"].startswith("It grows even when")
    assert any("People and learning" in t for t in review["remarks"])
    assert any(
        t.startswith("By these rules 27 sets of two measures hold") for t in review["remarks"]
    )
    assert "Kaplan" in review["frame"]
    assert widget.view["say"]["text"] == review["headline"]


def test_a_good_set_is_one_of_many() -> None:
    """It is called good, not right; the four sides are filled."""
    widget = make()
    choose(widget, "churn", "margin", "tasting", "late")
    send(widget, "check")
    review = widget.view["review"]
    assert review["verdict"] == "A good set"
    assert "other sets of four measures" in review["remarks"][-1]
    assert all(side["measures"] for side in review["sides"])


def test_a_sixth_measure_is_refused() -> None:
    """Few means few; letting one go makes room."""
    widget = make()
    choose(widget, "churn", "margin", "tasting", "late", "idle", "waste")
    assert "Let one go first" in widget.view["error"]
    assert len(widget.view["chosen"]) == 5
    choose(widget, "idle", on=False)
    choose(widget, "waste")
    assert widget.view["error"] is None
    assert "waste" in widget.view["chosen"]


def test_changing_the_choice_takes_the_judgement_away() -> None:
    """It was about another choice."""
    widget = make()
    choose(widget, "churn")
    send(widget, "check")
    assert widget.view["review"]
    send(widget, "again")
    assert widget.view["review"] is None
    assert widget.view["chosen"] == ["churn"]
    send(widget, "check")
    choose(widget, "late")
    assert widget.view["review"] is None


def test_each_company_keeps_its_choice() -> None:
    """Found again tomorrow, with what was said of it; a broken draft is read as far as it goes."""
    journal = make_journal()
    widget = make(journal)
    choose(widget, "churn")
    send(widget, "show", company="kaveri")
    choose(widget, "ontime", "trips", "riders")
    send(widget, "check")
    assert widget.view["review"]["headline"].startswith("Each passes all three rules, but")
    again = make(journal)
    assert again.view["review"] == widget.view["review"]
    send(again, "show", company="brygg")
    assert again.view["chosen"] == ["churn"]
    assert again.view["review"] is None
    journal.save_draft("vital-few", {"company": "gone", "chosen": {"brygg": ["x", 3]}, "seen": 1})
    assert make(journal).view["chosen"] == []


def test_messages_that_make_no_sense_are_explained() -> None:
    """No traceback, nothing changes."""
    widget = make()
    send(widget, "check")
    assert "0 measures are chosen" in widget.view["error"]
    send(widget, "choose", measure="gone", on=True)
    assert widget.view["error"]
    send(widget, "choose", measure="churn", on="yes")
    assert widget.view["error"]
    assert widget.view["chosen"] == []


def test_the_summary_reads_alone() -> None:
    """Company, choice, verdict."""
    widget = make()
    assert widget.summary().endswith("nothing chosen yet.")
    choose(widget, "churn")
    send(widget, "check")
    assert "Subscribers who cancel. What is there passes" in widget.summary()
