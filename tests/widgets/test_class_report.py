"""The ClassReport without a browser."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from okrlab.content import library
from okrlab.storage import MemoryStore, export_progress
from okrlab.widgets.class_report import ClassReport
from tests.assessment.examples import attempt

NOW = datetime(2026, 11, 30, 9, tzinfo=UTC)


def send(widget: ClassReport, message: str, **fields: Any) -> dict[str, Any]:
    """Send a message as the browser does; return the view that comes of it."""
    widget._receive(None, {"type": message, "ack": "1", **fields}, None)
    return dict(widget.view)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A class of one."""
    store = MemoryStore()
    store.add([attempt(1, learner="ada")])
    export_progress(store, tmp_path / "friday" / "ada.jsonl", ["ada"])
    return tmp_path / "friday"


def test_without_a_class_a_made_up_one_is_shown(tmp_path: Path) -> None:
    """Labelled in the view and in the cell's plain text."""
    widget = ClassReport(library(), lambda: NOW, folder=tmp_path)
    assert widget.view["generated"] is True
    assert "Generated class" in widget.view["html"]
    assert repr(widget).startswith("Generated class")


def test_a_class_that_is_not_there_is_told_and_the_made_up_one_shown(
    tmp_path: Path, okrlab_home: Path
) -> None:
    """A page opened with a wrong folder still works."""
    widget = ClassReport(library(), lambda: NOW, source="nowhere", folder=tmp_path)
    assert "neither a class nor a file" in widget.view["trouble"]
    assert widget.view["generated"] is True


def test_choosing_a_class(folder: Path, tmp_path: Path) -> None:
    """Names only when ticked; a wrong name keeps what is shown; empty is the made-up class."""
    widget = ClassReport(library(), lambda: NOW, source=str(folder), folder=tmp_path)
    assert "Learner 1" in widget.view["html"]
    assert ">ada<" not in widget.view["html"]
    assert ">ada<" in send(widget, "choose", source=str(folder), names=True)["html"]
    wrong = send(widget, "choose", source="../nowhere", names=False)
    assert wrong["trouble"]
    assert ">ada<" in wrong["html"]
    assert send(widget, "choose", source=" ", names=False)["generated"] is True


def test_files_are_written_under_new_names(folder: Path, tmp_path: Path) -> None:
    """Twice is two files; other kinds are refused."""
    widget = ClassReport(library(), lambda: NOW, source=str(folder), folder=tmp_path)
    send(widget, "save", kind="html")
    view = send(widget, "save", kind="html")
    assert [Path(p).name for p in view["written"]] == [
        "report-friday-2026-11-30.html",
        "report-friday-2026-11-30-2.html",
    ]
    assert all(Path(p).is_file() for p in view["written"])
    assert send(widget, "save", kind="../x")["error"]
    assert len([p for p in tmp_path.iterdir() if p.is_file()]) == 2
