"""CapstoneBoard in Python: moves with their conditions, offers, drafts, files."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from okrlab.assessment.journal import MemoryJournal
from okrlab.content import library
from okrlab.errors import OkrlabError
from okrlab.interop.completion import read_completion
from okrlab.interop.verification import verify
from okrlab.widgets._board_numbers import read_values
from okrlab.widgets.capstone_board import CapstoneBoard
from tests.widgets.sort_examples import make_journal, send

NOW = datetime(2027, 1, 4, 9, tzinfo=UTC)


def make(journal: MemoryJournal | None = None) -> CapstoneBoard:
    journal = journal or MemoryJournal("me", lambda: NOW)
    return CapstoneBoard(journal, library(), version="0.1")


def here(widget: CapstoneBoard) -> dict[str, Any]:
    found: dict[str, Any] = widget.view["here"]
    return found


def write(widget: CapstoneBoard, **fields: str) -> None:
    for name, text in fields.items():
        send(widget, "edit", id=here(widget)["id"], field=name, text=text)
        assert widget.view["error"] is None


def move(widget: CapstoneBoard, name: str, **fields: str) -> None:
    send(widget, "open", id=here(widget)["id"], move=name)
    write(widget, **fields)
    send(widget, "move", id=here(widget)["id"], move=name)
    assert widget.view["error"] is None


def missing(widget: CapstoneBoard) -> list[str]:
    return [g["name"] for g in here(widget)["open"]["guards"] if not g["holds"]]


def places(widget: CapstoneBoard) -> dict[str, str]:
    return {c["name"]: col["id"] for col in widget.view["columns"] for c in col["cards"]}


def watched(widget: CapstoneBoard, name: str = "Days until an answer", band: str = "8") -> None:
    """A measure that is watched, with eight values."""
    send(widget, "add", name=name, what="measure")
    write(widget, owner="Lia", formula="mean", source="mailbox", better="down", upper=band)
    write(widget, values="6 7 6,5 7.2 6.8 7.1 6.4 6.9", unit="days")
    move(widget, "define")
    move(widget, "watch")


def test_a_measure_goes_through_all_its_states() -> None:
    """From candidate to a new level; each time the board says where it stands and why."""
    widget = make()
    watched(widget)
    assert here(widget)["state"] == "watched"
    assert places(widget) == {"Days until an answer": "health"}
    assert here(widget)["limits"].endswith("(on trial, 8 values)")
    promised = {"objective": "Customers trust our word", "baseline": "6.9", "target": "4"}
    move(widget, "focus", **promised, due="2027-03-31", ambition="stretch")
    assert here(widget)["promise"] == "Days until an answer from 6.9 to 4 days by 31 March 2027"
    assert places(widget) == {"Days until an answer": "okr"}
    [objective] = widget.view["objectives"]
    assert objective["text"] == "Customers trust our word"
    assert objective["set"]["counts"].startswith("1 key result")
    write(widget, values="6 7 6.5 7.2 6.8 7.1 6.4 6.9 4.9 4.6 4.4")
    assert "0.78 of the way" in widget.view["columns"][3]["cards"][0]["told"]
    move(widget, "reach")
    assert here(widget)["state"] == "stabilising"
    send(widget, "open", id=here(widget)["id"], move="settle")
    assert missing(widget) == ["8 points on the better side", "New limits"]
    write(widget, values="6 7 6.5 7.2 6.8 7.1 6.4 6.9 4.9 4.6 4.4 4.5 4.3 4.6 4.4 4.5")
    assert missing(widget) == []
    move(widget, "settle", upper="5.5")
    assert here(widget)["state"] == "watched"
    assert len(widget.view["history"]) == 5


def test_what_is_missing_is_said_and_nothing_moves() -> None:
    """Every condition with what would satisfy it, also by the voice; nothing typed is lost."""
    widget = make()
    send(widget, "add", name="NPS", what="measure")
    send(widget, "open", id=here(widget)["id"], move="define")
    assert missing(widget) == ["Owner", "Formula", "Source"]
    write(widget, owner="Ana")
    assert missing(widget) == ["Formula", "Source"]
    assert here(widget)["open"]["ready"] is False
    send(widget, "move", id=here(widget)["id"], move="define")
    assert here(widget)["state"] == "candidate"
    assert widget.view["say"]["text"].startswith("Not yet. The formula is missing.")
    assert widget.view["history"] == []


def test_a_hit_target_does_not_retire_a_measure() -> None:
    """The one wrong reason is refused with words; the right one asks why."""
    widget = make()
    watched(widget)
    send(widget, "open", id=here(widget)["id"], move="retire")
    assert "The aspect no longer matters" in missing(widget)
    write(widget, reason="the aspect no longer matters")
    assert missing(widget) == ["Explanation"]
    move(widget, "retire", why="the mailbox is closed")
    assert places(widget) == {"Days until an answer": "done"}


def test_a_signal_raises_an_alert_and_a_critical_one_makes_key_results_wait() -> None:
    """Old values raise nothing; a new one outside does, and new focus is refused meanwhile."""
    widget = make()
    watched(widget)
    focus = {"objective": "Customers trust our word", "baseline": "7", "target": "5"}
    move(widget, "focus", **focus, due="2027-03-31")
    watched(widget, "Data breaches", band="")
    send(widget, "open", id=here(widget)["id"], move="alert")
    assert missing(widget) == ["A signal, or outside the band"]
    write(widget, values="6 7 6,5 7.2 6.8 7.1 6.4 6.9 9.8", critical="yes")
    assert missing(widget) == []
    move(widget, "alert")
    assert widget.view["waiting"] == ["Days until an answer"]
    assert "Value 9" in widget.view["history"][0][3]
    send(widget, "open", id=here(widget)["id"], move="focus")
    assert here(widget)["state"] == "alert"
    send(widget, "open", id=here(widget)["id"], move="close")
    write(widget, cause="a leaky form; mended")
    assert missing(widget) == ["3 normal points"]
    write(widget, values="6 7 6.5 7.2 6.8 7.1 6.4 6.9 9.8 6.7 6.6 7")
    move(widget, "close")
    assert widget.view["waiting"] == []


def test_a_finished_milestone_leaves_its_measure_behind() -> None:
    """Promised with the measure that it should move; done, that measure is on the board."""
    widget = make()
    send(widget, "add", name="The portal is open", what="milestone")
    write(widget, owner="Rui")
    send(widget, "open", id=here(widget)["id"], move="promise")
    assert missing(widget) == ["Objective", "Date", "Measure to move later"]
    given = {"objective": "Nobody queues", "due": "2027-02-01", "later": "Calls that wait"}
    move(widget, "promise", **given)
    assert here(widget)["mark"] == "milestone_key_result"
    move(widget, "finish", evidence="twenty people booked through it")
    assert places(widget) == {"The portal is open": "done", "Calls that wait": "ahead"}
    assert "Calls that wait is on the board now." in widget.view["say"]["text"]


def test_renewing_and_letting_go() -> None:
    """Before its last day the period is not over; afterwards it goes on from where it stands."""
    clock = [NOW]
    widget = make(MemoryJournal("me", lambda: clock[0]))
    watched(widget)
    focus = {"objective": "Customers trust our word", "baseline": "7", "target": "5"}
    move(widget, "focus", **focus, due="2027-03-31")
    send(widget, "open", id=here(widget)["id"], move="renew")
    write(widget, still="yes", new_baseline="6.4", new_target="5", new_due="2027-06-30")
    assert missing(widget) == ["The period is over"]
    clock[0] = datetime(2027, 4, 1, tzinfo=UTC)
    move(widget, "renew")
    assert "from 6.4 to 5 days by 30 June 2027" in here(widget)["promise"]
    move(widget, "let-go", learning="templates help, reminders do not")
    assert here(widget)["state"] == "watched"
    assert "templates help" in str(widget.export())


def test_every_step_can_be_taken_back_and_the_board_is_found_again() -> None:
    """Moves, removals, drafts; ids stay apart."""
    journal = MemoryJournal("me", lambda: NOW)
    widget = make(journal)
    watched(widget)
    before = here(widget)
    send(widget, "remove", id=before["id"])
    assert widget.view["here"] is None
    send(widget, "undo")
    assert here(widget) == before
    send(widget, "undo")
    assert here(widget)["state"] == "baselining"
    again = make(journal)
    for name in ("columns", "here", "undo", "history", "name"):
        assert again.view[name] == widget.view[name]
    send(again, "add", name="Another", what="measure")
    ids = [c["id"] for col in again.view["columns"] for c in col["cards"]]
    assert len(set(ids)) == len(ids) == 2


def test_a_broken_draft_is_read_as_far_as_it_makes_sense() -> None:
    """Strange types, doubled ids, a key result without its promise: nothing crashes."""
    journal = MemoryJournal("me", lambda: NOW)
    whole = {"id": "w1", "fields": {"name": "A", "lower": "x", "evil": "y"}, "state": "key_result"}
    journal.save_draft(
        "board",
        {
            "entries": [whole, whole, 7, {"id": "../x"}, {"id": "w3", "watch": {"centre": "a"}}],
            "undo": [["x", None], 3],
            "history": [["a"], [1, 2, 3, 4]],
            "open": "finish",
            "current": "w1",
            "taken": "all",
        },
    )
    view = make(journal).view
    assert view["error"] is None
    assert places(make(journal)) == {"A": "kpi", "no name yet": "ahead"}
    assert view["here"]["trouble"].startswith("“Band: at least” says “x”")
    journal.save_draft("board", {"entries": "x"})
    assert make(journal).view["here"] is None


def test_what_cannot_be_read_is_said_and_stays() -> None:
    """A word among the numbers; the board goes on working."""
    widget = make()
    watched(widget)
    write(widget, values="6 seven 8")
    assert "“seven”, which is no number" in here(widget)["trouble"]
    send(widget, "open", id=here(widget)["id"], move="limits")
    assert "no number" in here(widget)["open"]["trouble"]
    assert here(widget)["open"]["ready"] is False
    send(widget, "move", id=here(widget)["id"], move="limits")
    assert "no number" in widget.view["error"]
    write(widget, values="6 7", lower="9", upper="3")
    assert "Swap them" in here(widget)["trouble"]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("2,4 2,6; 2.5", (2.4, 2.6, 2.5)),
        ("2.4, 2.6, 3", (2.4, 2.6, 3.0)),
        ("1,2,3", (1.0, 2.0, 3.0)),
        ("4\n5\t−6 %", None),
        ("", ()),
        ("12 %", None),
        ("7%", (7.0,)),
    ],
)
def test_values_are_read_as_people_write_them(text: str, values: tuple[float, ...] | None) -> None:
    """Blanks, lines, semicolons, decimal commas; a lone sign is no number."""
    if values is None:
        with pytest.raises(OkrlabError, match="no number"):
            read_values(text)
    else:
        assert read_values(text) == values


def test_what_was_typed_elsewhere_is_offered_and_not_forced() -> None:
    """From the OKR set, the exercises and the audit, each name once and only once."""
    journal = MemoryJournal("me", lambda: NOW)
    journal.save_draft(
        "okr-set",
        {
            "objectives": [
                {
                    "id": "o1",
                    "text": "Guests come back",
                    "lines": [
                        {
                            "id": "l2",
                            "text": "Raise repeat bookings from 20 to 30 % by 31 March 2027",
                            "role": "key_result",
                        },
                        {"id": "l3", "text": "Cost per room", "role": "kpi"},
                    ],
                }
            ]
        },
    )
    row = {"name": "Cost per room", "kind": "number", "focus": "no"}
    task = {"name": "Paint the door", "kind": "done", "focus": "no", "role": "task"}
    focus = {
        "name": "Queue",
        "kind": "number",
        "focus": "yes",
        "objective": "No queue",
        "from": "9",
    }
    rows = [{"id": f"r{n}", "values": v} for n, v in enumerate((row, task, focus))]
    journal.save_draft("exercise/1.1", {"rows": rows})
    journal.save_draft("kpi-audit", {"measures": [{"id": "m1", "name": "Sick days"}]})
    widget = make(journal)
    offered = {o["name"]: o["source"] for o in widget.view["offers"]}
    assert offered == {
        "Repeat bookings": "your OKR set",
        "Cost per room": "your OKR set",
        "Queue": "exercise 1.1",
        "Sick days": "your KPI audit",
    }
    assert widget.view["here"] is None
    send(widget, "take", offers=[0, 2])
    assert set(places(widget)) == {"Repeat bookings", "Queue"}
    assert widget.view["offers"] == []
    assert make(journal).view["offers"] == []
    fields = {f["id"]: f["value"] for f in _focus(widget)}
    assert fields["objective"] == "Guests come back"
    assert (fields["baseline"], fields["target"]) == ("20", "30")
    assert fields["due"] == "2027-03-31"
    send(widget, "undo")
    assert places(widget) == {}


def _focus(widget: CapstoneBoard) -> list[dict[str, Any]]:
    write(widget, owner="Lia", formula="mean", source="mailbox", values="1 2 3 4 5 6")
    move(widget, "define")
    move(widget, "watch")
    send(widget, "open", id=here(widget)["id"], move="focus")
    fields: list[dict[str, Any]] = here(widget)["open"]["fields"]
    send(widget, "undo")
    send(widget, "undo")
    return fields


def test_the_board_is_taken_along_without_formulas(tmp_path: Path) -> None:
    """As Markdown and as a workbook, from the browser and from Python; nothing is overwritten."""
    widget = make()
    watched(widget, "=HYPERLINK(1)")
    send(widget, "add", name="<b>*x*</b>", what="milestone")
    send(widget, "export", format="xlsx")
    assert widget.view["export"]["base64"]
    content = widget.export("xlsx")
    assert isinstance(content, bytes)
    book = load_workbook(io.BytesIO(content))
    cells = [c for row in book["Board"].iter_rows() for c in row if c.value]
    assert any(c.value == "=HYPERLINK(1)" and c.data_type == "s" for c in cells)
    assert all(c.data_type == "s" for c in cells)
    text = str(widget.export("markdown"))
    assert "\\*x\\*" in text
    assert "&lt;b&gt;" in text
    assert "reconstruction" in text
    path = widget.save(tmp_path / "b.md")
    assert path.read_text("utf-8") == text
    with pytest.raises(OkrlabError, match="exists already"):
        widget.save(path)
    with pytest.raises(OkrlabError, match=r"should end in \.md"):
        widget.save(tmp_path / "b.pdf")
    with pytest.raises(OkrlabError, match="can't be written"):
        widget.save(tmp_path / "none" / "b.md")


def test_files_are_written_beside_the_notebook_on_request(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Under a name that is free."""
    monkeypatch.chdir(tmp_path)
    widget = make()
    watched(widget)
    send(widget, "export", format="markdown")
    assert list(tmp_path.iterdir()) == []
    send(widget, "write")
    send(widget, "write")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["my-board-2.md", "my-board.md"]
    assert widget.view["export"]["written"] == "my-board-2.md"


def test_the_record_can_be_verified(tmp_path: Path) -> None:
    """The board gives a record with the chosen name, which a coach's copy agrees with."""
    widget = make()
    send(widget, "name", text="Zoë")
    send(widget, "export", format="record")
    assert widget.view["export"]["says"][0].startswith("0 of ")
    record = read_completion(widget.save(tmp_path / "r.json"))
    assert record.name == "Zoë"
    assert verify(record, library(), now=NOW).agrees
    assert "Completion record: Zoë" in str(widget.export("record-html"))


def test_messages_that_make_no_sense_are_explained() -> None:
    """No traceback, nothing changes."""
    widget = make()
    watched(widget)
    before = json.dumps(widget.view["columns"])
    name = here(widget)["id"]
    for kind, message in (
        ("add", {"name": " ", "what": "measure"}),
        ("add", {"name": "x", "what": "wish"}),
        ("edit", {"id": name, "field": "state", "text": "retired"}),
        ("edit", {"id": name, "field": "better", "text": "sideways"}),
        ("edit", {"id": "w99", "field": "name", "text": "x"}),
        ("open", {"id": name, "move": "finish"}),
        ("take", {"offers": "all"}),
        ("export", {"format": "exe"}),
        ("write", {}),
    ):
        send(widget, kind, **message)
        assert widget.view["error"], (kind, message)
    send(widget, "move", id=name, move="finish")
    assert widget.view["say"]["text"].startswith("Not yet.")
    assert json.dumps(widget.view["columns"]) == before


def test_there_is_room_for_forty() -> None:
    """And the board says so."""
    widget = make()
    for number in range(41):
        send(widget, "add", name=f"M{number}", what="measure")
    assert "room for 40" in widget.view["error"]
    assert len(places(widget)) == 40


def test_the_summary_reads_alone() -> None:
    """Each piece of work with its state."""
    widget = make(make_journal())
    assert widget.summary() == "Your board: nothing on it yet."
    send(widget, "example")
    assert widget.summary() == (
        "Your board, two pieces of work. Days from order to delivery: candidate; "
        "Orders can be tracked by the customer: candidate."
    )
