"""The exercise form, without a browser."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from okrlab.assessment.exercise import mark_exercise
from okrlab.assessment.journal import MemoryJournal
from okrlab.content import library
from okrlab.content.exercise import ExerciseFile
from okrlab.content.library import read_file
from okrlab.errors import AnswerError
from okrlab.widgets.exercise_form import ExerciseForm

EXAMPLES = Path(__file__).parents[1] / "data" / "exercise-examples.yaml"
SOURCE, PROBLEMS = read_file(EXAMPLES, ExerciseFile)
assert SOURCE is not None, PROBLEMS
FORMS = {e.id: e for e in SOURCE.model.exercises}  # type: ignore[attr-defined]

SECRETS = [
    "own-kpi-feedback",
    "shared-",
    "forgets-the-start",
    "An objective, a start",
    "Drop it from",
    "It must stay in a range.",
    "Subtract the start first",
    "0.64",
    "0.88",
    "The name of a measure never",
]
RIGHT = {
    "returns": {"job": "metric-kr", "attainment": "0.64"},
    "oven": {"job": "health", "attainment": "1"},
}


@pytest.fixture
def journal() -> MemoryJournal:
    return MemoryJournal("ada", lambda: datetime(2026, 11, 21, tzinfo=UTC))


def form(name: str, journal: MemoryJournal) -> ExerciseForm:
    return ExerciseForm(FORMS[name], journal, library())


def send(widget: ExerciseForm, kind: str, **data: Any) -> dict[str, Any]:
    widget._handle_custom_msg({"type": kind, **data}, [])
    view: dict[str, Any] = widget.view
    return view


def edit(widget: ExerciseForm, row: str, name: str, value: str) -> dict[str, Any]:
    section = "cases" if widget.exercise.cases and row in RIGHT else "rows"
    return send(widget, "edit", section=section, row=row, field=name, value=value)


def answer(widget: ExerciseForm, answers: dict[str, dict[str, str]]) -> None:
    for row, cells in answers.items():
        for name, value in cells.items():
            edit(widget, row, name, value)


def test_the_key_stays_out_until_an_answer_is_in(journal: MemoryJournal) -> None:
    """Neither key nor feedback nor what to remember is in the view before the check."""
    widget = form("9.1", journal)
    answer(widget, {"returns": {"job": "kpi"}})
    state = json.dumps(widget.get_state()["view"])
    for secret in SECRETS:
        assert secret not in state


def test_after_a_check_only_the_chosen_is_explained(journal: MemoryJournal) -> None:
    """A wrong cell gets its own feedback and keeps its key; right cells say why."""
    widget = form("9.1", journal)
    answer(widget, RIGHT | {"returns": {"job": "kpi", "attainment": "0.64"}})
    view = send(widget, "check", seconds=12.5)
    cell = view["result"]["cases"]["returns"]["job"]
    assert cell["tempts"] == "own-kpi-feedback"
    assert cell["misconception"]["id"] == "M02"
    assert "expected" not in cell
    assert "cue" not in cell
    assert view["result"]["cases"]["oven"]["job"]["cue"] == "It must stay in a range."
    state = json.dumps(view)
    assert "shared-" not in state
    assert "An objective, a start" not in state
    assert view["result"]["line"] == "6 of 8 points. 3 of 4 answers are right."


def test_the_second_check_shows_what_is_right(journal: MemoryJournal) -> None:
    """Whoever tried twice may see the answer; so may who asks for it."""
    for again in ("check", "reveal"):
        widget = form("9.1", MemoryJournal("ada", journal.now))
        answer(widget, RIGHT | {"returns": {"job": "kpi", "attainment": "0.64"}})
        assert send(widget, "check")["result"]["can_reveal"]
        view = send(widget, again)
        assert view["result"]["cases"]["returns"]["job"]["expected"] == "Metric key result"
        assert not view["result"]["can_reveal"]


def test_reveal_needs_a_check(journal: MemoryJournal) -> None:
    """Nothing is shown to who never answered."""
    widget = form("9.1", journal)
    assert send(widget, "reveal")["result"] is None
    answer(widget, {"returns": {"job": "kpi"}})
    send(widget, "check", anyway=True)
    assert "expected" not in widget.view["result"]["cases"]["oven"]["job"]


def test_open_answers_are_asked_about_first(journal: MemoryJournal) -> None:
    """A half-filled form is not marked by accident."""
    widget = form("9.1", journal)
    answer(widget, {"returns": {"job": "kpi"}})
    view = send(widget, "check")
    assert view["confirm"] == "3 answers are still open."
    assert journal.attempts() == []
    assert send(widget, "check", anyway=True)["result"] is not None
    assert len(journal.attempts()) == 1


def test_an_empty_form_is_not_marked(journal: MemoryJournal) -> None:
    """Checking nothing says so and records nothing."""
    for name in ("9.1", "9.2"):
        assert "nothing to check yet" in send(form(name, journal), "check", anyway=True)["error"]
    assert journal.attempts() == []


def test_every_check_is_one_attempt(journal: MemoryJournal) -> None:
    """First and second try are recorded in one sitting, with mark, time and misconceptions."""
    widget = form("9.1", journal)
    answer(widget, RIGHT | {"returns": {"job": "kpi", "attainment": "0.64"}})
    send(widget, "check", seconds=12.5)
    edit(widget, "returns", "job", "metric-kr")
    send(widget, "check", seconds=4)
    first, second = journal.attempts()
    assert (first.mark, first.misconceptions, first.seconds) == (0.75, ("M02",), 12.5)
    assert (second.mark, second.try_number, second.sitting) == (1, 2, first.sitting)
    assert first.activity == "exercise/9.1"
    assert first.graded
    assert widget.view["result"]["correct"]


def test_changing_an_answer_takes_its_feedback_away(journal: MemoryJournal) -> None:
    """Feedback belongs to the answer that it was given for; the others keep theirs."""
    widget = form("9.1", journal)
    answer(widget, RIGHT)
    send(widget, "check")
    result = edit(widget, "oven", "job", "kpi")["result"]
    assert "job" not in result["cases"]["oven"]
    assert "attainment" in result["cases"]["oven"]
    assert result["stale"]
    assert not edit(widget, "oven", "job", "health")["result"]["stale"]


def test_tomorrow_everything_is_there_again(journal: MemoryJournal) -> None:
    """A new widget shows what was typed, the last check and the number of tries."""
    widget = form("9.1", journal)
    answer(widget, RIGHT | {"oven": {"job": "kpi", "attainment": " 1"}})
    send(widget, "check")
    edit(widget, "oven", "attainment", "0,5")
    again = form("9.1", journal)
    kept = {k: v for k, v in widget.view.items() if k not in ("ack", "say", "error")}
    assert kept == {k: v for k, v in again.view.items() if k not in ("ack", "say", "error")}
    assert repr(again) == repr(widget)


def test_own_rows_start_empty_and_grow(journal: MemoryJournal) -> None:
    """A list starts with a few empty rows, grows to its limit and then says so."""
    widget = form("9.2", journal)
    assert [row["id"] for row in widget.view["rows"]] == ["r1", "r2"]
    send(widget, "add")
    view = send(widget, "add")
    assert not view["room"]
    assert "room for 4" in send(widget, "add")["error"]


def test_a_removed_row_comes_back(journal: MemoryJournal) -> None:
    """Removing keeps what was typed, through a restart too; the row returns to its place."""
    widget = form("9.2", journal)
    edit(widget, "r1", "name", "NPS")
    edit(widget, "r2", "name", "Churn")
    view = send(widget, "remove", row="r1")
    assert view["removed"] == "“NPS”"
    assert [row["id"] for row in view["rows"]] == ["r2"]
    again = form("9.2", journal)
    assert send(again, "add")["rows"][-1]["id"] == "r3"
    view = send(again, "undo")
    assert [row["values"].get("name") for row in view["rows"]] == ["NPS", "Churn", None]
    assert view["removed"] is None


def test_undo_in_a_full_list(journal: MemoryJournal) -> None:
    """An empty row makes room; with none, the removed row stays in reach."""
    widget = form("9.2", journal)
    edit(widget, "r1", "name", "A")
    send(widget, "remove", row="r1")
    for _ in range(3):
        send(widget, "add")
    for row in ("r2", "r3", "r4", "r5"):
        edit(widget, row, "name", row)
    view = send(widget, "undo")
    assert "Remove another row first" in view["error"]
    assert view["removed"] == "“A”"
    edit(widget, "r5", "name", "")
    assert [r["values"]["name"] for r in send(widget, "undo")["rows"]] == ["A", "r2", "r3", "r4"]


def test_own_rows_are_checked_by_row(journal: MemoryJournal) -> None:
    """Rows keep their results when others go, and lose them when changed."""
    widget = form("9.2", journal)
    widget.fill(
        [
            {"name": "NPS", "kind": "number", "focus": "no", "range": "no", "role": "kpi"},
            {"name": "Errors", "kind": "number", "focus": "no", "range": "yes", "role": "kpi"},
        ]
    )
    view = send(widget, "check")
    results = view["result"]["rows"]
    assert (results["r1"]["correct"], results["r2"]["correct"]) == (True, False)
    assert results["r2"]["parts"][0]["misconception"]["id"] == "M02"
    assert not journal.attempts()[0].graded
    assert list(send(widget, "remove", row="r1")["result"]["rows"]) == ["r2"]
    assert edit(widget, "r2", "role", "health_metric")["result"]["rows"] == {}


def test_fill_and_answer_go_together(journal: MemoryJournal) -> None:
    """What Python fills in is shown, kept and handed on to the marking."""
    widget = form("9.1", journal)
    widget.fill(RIGHT)
    assert widget.view["done"] == widget.view["asked"] == 4
    assert mark_exercise(FORMS["9.1"], widget.answer).correct
    assert form("9.1", journal).answer == widget.answer
    with pytest.raises(AnswerError, match="Did you mean"):
        widget.fill({"returns": {"jobs": "kpi"}})
    assert widget.answer["cases"]["returns"]["job"] == "metric-kr"


def test_the_summary_is_plain_and_stable(journal: MemoryJournal) -> None:
    """The text output tells exercise, progress and result, without addresses."""
    widget = form("9.1", journal)
    assert repr(widget) == "Exercise 9.1, Which job now?: 0 of 4 answered."
    widget.fill(RIGHT)
    send(widget, "check")
    assert repr(widget) == (
        "Exercise 9.1, Which job now?: 4 of 4 answered. 8 of 8 points. 4 of 4 answers are right."
    )
    assert repr(form("9.4", journal)) == (
        "Exercise 9.4, Audit your KPIs: 0 rows of your own, 0 of 1 cases answered."
    )


@pytest.mark.parametrize(
    "message",
    [
        {"type": "edit", "section": "keys", "row": "returns", "field": "job", "value": "kpi"},
        {"type": "edit", "section": "cases", "row": "nope", "field": "job", "value": "kpi"},
        {"type": "edit", "section": "cases", "row": "returns", "field": "nope", "value": "kpi"},
        {"type": "edit", "section": "cases", "row": "returns", "field": "job", "value": "nope"},
        {"type": "edit", "section": "cases", "row": "returns", "field": "job", "value": 3},
        {"type": "edit", "section": "cases", "row": "returns", "field": "job", "value": "x" * 401},
        {"type": "edit", "section": "rows", "row": "r1", "field": "name", "value": "x"},
        {"type": "edit"},
        {"type": "remove", "row": "r1"},
        {"type": "add"},
        {"type": "fill"},
    ],
)
def test_a_bad_message_changes_nothing_and_says_so(
    journal: MemoryJournal, message: dict[str, Any]
) -> None:
    """What the browser may not send becomes words, never an exception or a change."""
    widget = form("9.1", journal)
    before = widget.answer
    widget._handle_custom_msg(message, [])
    assert widget.view["error"]
    assert widget.answer == before


def test_a_draft_of_another_version_loses_nothing(journal: MemoryJournal) -> None:
    """Answers that still have a place are shown; the whole older draft is kept beside."""
    old = {
        "cases": {"returns": {"job": "kpi", "gone": "x"}, "vanished": {"job": "kpi"}},
        "checked": {"cases": {"vanished": {"job": "kpi"}}},
    }
    journal.save_draft("exercise/9.1", old)
    widget = form("9.1", journal)
    assert widget.answer["cases"] == {"returns": {"job": "kpi"}}
    assert widget.view["result"] is None
    edit(widget, "oven", "job", "kpi")
    draft = journal.draft("exercise/9.1")
    assert draft is not None
    assert draft["older"] == old
    form("9.1", journal).fill(RIGHT)
    assert (journal.draft("exercise/9.1") or {})["older"] == old


@pytest.mark.parametrize(
    "draft", [{"rows": 3}, {"cases": [1]}, {"rows": [{"id": "x", "values": {}}]}, {"removed": [{}]}]
)
def test_a_damaged_draft_does_not_stop_the_form(
    journal: MemoryJournal, draft: dict[str, Any]
) -> None:
    """An unreadable draft is set aside and the form opens empty."""
    journal.save_draft("exercise/9.2", draft)
    widget = form("9.2", journal)
    edit(widget, "r1", "name", "NPS")
    assert (journal.draft("exercise/9.2") or {})["older"] == draft


def test_a_cleared_draft_is_a_fresh_form(journal: MemoryJournal) -> None:
    """Starting a lesson afresh leaves an empty form; earlier tries still count as tries."""
    widget = form("9.1", journal)
    widget.fill(RIGHT)
    send(widget, "check")
    journal.save_draft("exercise/9.1", {})
    again = form("9.1", journal)
    assert again.view["done"] == 0
    assert again.view["result"] is None
    again.fill(RIGHT)
    send(again, "check")
    assert [a.try_number for a in journal.attempts()] == [1, 2]
