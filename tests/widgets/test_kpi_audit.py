"""KpiAudit in Python: typing, pasting, gaps, export, drafts."""

from __future__ import annotations

import json
from typing import Any

from okrlab.assessment.journal import MemoryJournal
from okrlab.assessment.kpi_audit import MOST
from okrlab.widgets.kpi_audit import KpiAudit
from tests.widgets.sort_examples import make_journal, send


def make(journal: MemoryJournal | None = None) -> KpiAudit:
    return KpiAudit(journal or make_journal())


def here(widget: KpiAudit) -> dict[str, Any]:
    found: dict[str, Any] = widget.view["here"]
    return found


def answer(widget: KpiAudit, **answers: str) -> None:
    for name, value in answers.items():
        criterion = name.replace("_", "-")
        send(widget, "answer", id=here(widget)["id"], criterion=criterion, answer=value)
        assert widget.view["error"] is None


def test_a_gap_is_named_and_the_next_question_asked() -> None:
    """Also by the voice; what has no answer is left alone."""
    widget = make()
    send(widget, "add", name="Happy customers")
    assert here(widget)["state"] == "four questions open"
    answer(widget, measurable="no")
    assert here(widget)["notes"]["measurable"]["ask"].startswith("Which formula")
    assert widget.view["say"]["text"].startswith("Measurable: two people could not")
    assert here(widget)["next_ask"]
    answer(widget, relevant="yes", time_bound="unsure", actionable="yes")
    assert here(widget)["state"] == "two gaps (measurable, time-bound)"
    assert widget.view["table"][0]["cells"] == ["yes", "no", "unsure", "yes"]
    assert "correct" not in json.dumps(widget.view)


def test_a_pasted_column_becomes_measures() -> None:
    """Doubles are passed over; what has no room is kept, not dropped."""
    widget = make()
    send(widget, "add", name="NPS")
    lines = "\n".join(["nps", *(f"Measure {n}" for n in range(1, 15)), "Measure 1"])
    send(widget, "paste", text=lines)
    assert len(widget.view["table"]) == MOST
    assert widget.view["left"] == "Measure 12\nMeasure 13\nMeasure 14"
    assert "had no room" in widget.view["say"]["text"]
    assert here(widget)["name"] == "NPS"
    send(widget, "add", name="One more")
    assert "room for 12" in widget.view["error"]
    send(widget, "remove", id=widget.view["table"][0]["id"])
    send(widget, "paste", text=widget.view["left"])
    assert widget.view["left"] == "Measure 13\nMeasure 14"


def test_cells_of_a_spreadsheet_are_read() -> None:
    """Tabs between them, with and without a header."""
    widget = make()
    send(widget, "paste", text="kpi\ttext\nx\tChurn per month\ny\tFirst-time fix")
    assert [r["name"] for r in widget.view["table"]] == ["Churn per month", "First-time fix"]
    send(widget, "paste", text=" \n ")
    assert "No line was found" in widget.view["error"]


def test_removing_can_be_undone_with_all_that_was_written() -> None:
    """Nothing typed is lost."""
    widget = make()
    send(widget, "example")
    before = here(widget)
    send(widget, "remove", id=before["id"])
    assert widget.view["here"] is None
    assert "Customer satisfaction" in widget.view["undo"]
    send(widget, "undo")
    assert here(widget) == before
    assert widget.view["undo"] is None


def test_the_audit_is_found_again() -> None:
    """Measures, answers, reasons, the open one, what was removed and what had no room."""
    journal = make_journal()
    widget = make(journal)
    send(widget, "paste", text="\n".join(f"Measure {n}" for n in range(14)))
    send(widget, "remove", id=widget.view["table"][3]["id"])
    send(widget, "show", id=widget.view["table"][5]["id"])
    answer(widget, relevant="no")
    send(widget, "edit", id=here(widget)["id"], field="relevant", text="nobody asks for it")
    send(widget, "edit", id=here(widget)["id"], field="next", text="ask Ina")
    send(widget, "rest")
    again = make(journal)
    names = ("table", "here", "undo", "left", "remarks", "following")
    assert {n: again.view[n] for n in names} == {n: widget.view[n] for n in names}
    send(again, "add", name="New")
    assert len({r["id"] for r in again.view["table"]}) == len(again.view["table"])


def test_a_broken_draft_is_read_as_far_as_it_makes_sense() -> None:
    """Strange types, doubled ids and unknown answers do no harm."""
    journal = make_journal()
    row = {"id": "m1", "name": "A", "answers": {"relevant": ["yes"], "measurable": "no"}}
    journal.save_draft(
        "kpi-audit",
        {"measures": [row, row, 7, {"id": "../x", "name": 3, "reasons": []}], "removed": [True, 1]},
    )
    view = make(journal).view
    assert [r["name"] for r in view["table"]] == ["A", "A", ""]
    assert view["table"][0]["cells"] == ["", "no", "", ""]
    assert len({r["id"] for r in view["table"]}) == 3
    journal.save_draft("kpi-audit", {"measures": "x", "removed": 3, "left": 9})
    assert make(journal).view["table"] == []


def test_it_is_taken_along_as_text() -> None:
    """As Markdown and as CSV that no spreadsheet runs."""
    widget = make()
    send(widget, "add", name="=1+1")
    send(widget, "export", format="csv")
    assert widget.view["export"]["name"] == "kpi-audit.csv"
    assert "\r\n'=1+1," in widget.view["export"]["text"]
    send(widget, "export", format="markdown")
    assert "| =1+1 |" in widget.view["export"]["text"]
    assert widget.export("csv").startswith("KPI,Relevant")
    send(widget, "export", format="")
    assert widget.view["export"] is None


def test_next_goes_to_what_is_still_open() -> None:
    """Round and round, until nothing is."""
    widget = make()
    send(widget, "paste", text="A\nB")
    first, second = (r["id"] for r in widget.view["table"])
    assert widget.view["following"] == second
    send(widget, "show", id=second)
    answer(widget, relevant="yes", measurable="yes", time_bound="yes", actionable="yes")
    assert widget.view["following"] == first
    send(widget, "show", id=first)
    assert widget.view["following"] is None


def test_messages_that_make_no_sense_are_explained() -> None:
    """No traceback, nothing changes."""
    widget = make()
    for kind, message in (
        ("add", {"name": "  "}),
        ("add", {"name": "x" * 500}),
        ("answer", {"id": "m9", "criterion": "relevant", "answer": "yes"}),
        ("show", {"id": "m9"}),
        ("edit", {"id": "m9", "field": "name", "text": ""}),
    ):
        send(widget, kind, **message)
        assert widget.view["error"], kind
    send(widget, "undo")
    assert widget.view["table"] == []


def test_the_summary_reads_alone() -> None:
    """Each measure with its gaps."""
    widget = make()
    assert widget.summary() == "KPI audit: no measures yet."
    send(widget, "example")
    assert widget.summary() == (
        "KPI audit of one measure. Customer satisfaction: three gaps (measurable, time-bound, "
        "actionable)."
    )
