"""Poll in Python: what the browser may know before a choice, drafts, nothing recorded."""

from __future__ import annotations

import json

import pytest

from okrlab.assessment.journal import MemoryJournal
from okrlab.content import library
from okrlab.widgets.poll import Poll
from tests.widgets.sort_examples import make_journal, send

POLLS = library().polls


def make(name: str = "targets", journal: MemoryJournal | None = None) -> Poll:
    return Poll(POLLS[name], journal or make_journal())


@pytest.mark.parametrize("name", POLLS)
def test_what_follows_is_told_after_the_choice_only(name: str) -> None:
    """Nobody's name and no consequence stands beside an answer before one is chosen."""
    widget = make(name)
    sent = json.dumps(widget.view, ensure_ascii=False)
    for option in POLLS[name].options:
        assert option.text in sent
        assert not any(t in sent for t in (option.implies, option.held_by, option.ask))
    send(widget, "choose", option=POLLS[name].options[-1].id)
    assert POLLS[name].open not in json.dumps(widget.view, ensure_ascii=False)
    send(widget, "see")
    told = json.dumps(widget.view["seen"], ensure_ascii=False)
    for option in POLLS[name].options:
        assert option.implies in told
        assert option.held_by in told
    assert POLLS[name].here in told


def test_ones_own_answer_stands_first_and_gets_its_question() -> None:
    """None of the answers is called right or wrong."""
    widget = make()
    send(widget, "choose", option="direction")
    send(widget, "see")
    answers = widget.view["seen"]["answers"]
    assert [a["id"] for a in answers if a["yours"]] == [answers[0]["id"]] == ["direction"]
    assert widget.view["seen"]["ask"] == POLLS["targets"].options[2].ask
    assert set(answers[0]) == {"id", "text", "implies", "heldBy", "yours"}
    assert widget.view["say"]["text"].endswith(POLLS["targets"].options[2].implies)


def test_nothing_is_recorded_but_the_choice() -> None:
    """No attempt; the choice is found again tomorrow, a broken draft is not."""
    journal = make_journal()
    widget = make(journal=journal)
    send(widget, "choose", option="band")
    send(widget, "see")
    assert journal.attempts() == []
    assert make(journal=journal).view["seen"] == widget.view["seen"]
    send(widget, "again")
    assert make(journal=journal).view["seen"] is None
    assert make(journal=journal).view["chosen"] == "band"
    for broken in ({"chosen": "gone", "seen": True}, {"chosen": ["band"]}, {"seen": True}):
        journal.save_draft("poll/targets", broken)
        assert make(journal=journal).view["chosen"] is None
        assert make(journal=journal).view["seen"] is None


def test_messages_that_make_no_sense_are_explained() -> None:
    """No traceback, nothing changes."""
    widget = make()
    send(widget, "see")
    assert "Nothing is chosen yet" in widget.view["error"]
    send(widget, "choose", option="gone")
    assert widget.view["error"]
    assert widget.view["chosen"] is None


def test_the_summary_reads_alone() -> None:
    """Question and answer."""
    widget = make()
    assert widget.summary().endswith("4 answers; none chosen yet.")
    send(widget, "choose", option="band")
    assert "not marked" in widget.summary()
    assert "No target, but limits" in widget.summary()
