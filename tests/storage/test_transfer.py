"""Export and import."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from okrlab.errors import StorageError
from okrlab.storage import Draft, JsonLinesStore, MemoryStore, export_progress, import_progress
from okrlab.storage import transfer as module
from okrlab.storage._lines import HEADER, MAX_LINE, attempt_line
from okrlab.storage._records import MAX_JSON
from tests.storage.storage_examples import START, attempt
from tests.storage.storage_strategies import ATTEMPTS, DRAFTS


@pytest.fixture
def store() -> MemoryStore:
    """A store of two learners."""
    store = MemoryStore()
    store.add([attempt(0), attempt(1), attempt(2, learner="ben")])
    store.save_draft("me", "deck/x", {"n": 1}, START)
    store.save_draft("me", "deck/x", {"n": 2}, START)
    return store


@settings(max_examples=60, deadline=None)
@given(attempts=st.lists(ATTEMPTS, max_size=8), drafts=st.lists(DRAFTS, max_size=8))
def test_what_is_exported_comes_back(attempts: list[Any], drafts: list[Any]) -> None:
    """Every attempt and every version of a draft, into an empty store elsewhere."""
    here, there = MemoryStore(), MemoryStore()
    here.add(attempts)
    here.add_drafts(drafts)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "mine.jsonl"
        counts = export_progress(here, path, here.learners())
        report = import_progress(there, path)
        again = import_progress(there, path)
    assert report.problems == []
    assert (report.attempts, report.drafts) == (report.new_attempts, report.new_drafts) == counts
    assert (again.new_attempts, again.new_drafts) == (0, 0)
    assert there.learners() == here.learners() == report.learners
    for learner in here.learners():
        assert there.attempts(learner) == here.attempts(learner)
        assert there.drafts(learner) == here.drafts(learner)


def test_an_export_holds_the_learners_asked_for(store: MemoryStore, tmp_path: Path) -> None:
    """Nobody else's answers are in it."""
    path = tmp_path / "new" / "mine.jsonl"
    assert export_progress(store, path, ["ben"]) == (1, 0)
    assert '"me"' not in path.read_text()


def test_the_first_line_says_what_the_file_is(store: MemoryStore, tmp_path: Path) -> None:
    """Format and version, so that any later okrlab knows how to read it."""
    export_progress(store, tmp_path / "mine.jsonl", ["me"])
    first = (tmp_path / "mine.jsonl").read_text().splitlines()[0]
    assert json.loads(first) == {"format": "okrlab-progress", "version": 1}


def test_an_export_overwrites_nothing(store: MemoryStore, tmp_path: Path) -> None:
    """An earlier export may hold what is nowhere else."""
    path = tmp_path / "mine.jsonl"
    path.write_text("precious")
    with pytest.raises(StorageError, match="exists already"):
        export_progress(store, path, ["me"])
    assert path.read_text() == "precious"


def test_an_export_that_cannot_be_written(store: MemoryStore, tmp_path: Path) -> None:
    """It says so, and leaves nothing half done."""
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError, match="could not be saved"):
        export_progress(store, tmp_path / "file" / "mine.jsonl", ["me"])


def test_the_file_of_a_store_in_lines_is_an_export(tmp_path: Path) -> None:
    """Progress made in a browser can be imported as it is."""
    lines = JsonLinesStore(tmp_path / "progress.jsonl")
    lines.add([attempt(0)])
    store = MemoryStore()
    assert import_progress(store, lines.path).new_attempts == 1
    assert store.attempts("me") == [attempt(0)]


def changed(**fields: object) -> bytes:
    """The line of an attempt with other fields."""
    data = json.loads(attempt_line(attempt(5)))["attempt"] | fields
    return (json.dumps({"attempt": data}) + "\n").encode()


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (b"{half a line\n", "not valid JSON"),
        (b"\xff\xfe\n", "not valid JSON"),
        (b"[]\n", "a JSON object belongs here"),
        (b"{}\n", "either one 'attempt' or one 'draft'"),
        (b'{"attempt": {}, "draft": {}}\n', "either one 'attempt' or one 'draft'"),
        (b'{"attempt": 5}\n', "attempt.record"),
        (b'{"draft": {"learner": "me"}}\n', "draft.key: this field is missing"),
        (b"[" * 100_000 + b"\n", "not valid JSON"),
        (changed(mark=1.5), "attempt.mark"),
        (changed(mark=True), "attempt.mark"),
        (changed(mark="0.5"), "attempt.mark"),
        (changed(id="../../etc"), "attempt.id"),
        (changed(learner=""), "attempt.learner"),
        (changed(learner="x" * 81), "attempt.learner"),
        (changed(surprise=1), "attempt.surprise: there is no such field"),
        (changed(at="2026-11-02T09:00:00"), "attempt.at: a time needs a time zone"),
        (changed(at="yesterday"), "attempt.at"),
        (changed(at="0001-01-01T00:00:00+14:00"), "attempt.at: this time is out of range"),
        (changed(at=5), "attempt.at: a time belongs here"),
        (changed(seconds=-1), "attempt.seconds"),
        (changed(confidence="very"), "attempt.confidence"),
        (changed(response=[]), "attempt.response"),
        (changed(response={"x": float("nan")}), "NaN is no number"),
        (changed(response={"x": "y" * MAX_JSON}), "attempt.response: at most 500,000"),
        (changed(misconceptions=["M01"] * 101), "attempt.misconceptions"),
        (changed(item_version=0), "attempt.item_version"),
        (changed(graded=1), "attempt.graded"),
        (b'{"attempt": {"id": "a", "id": "b"}}\n', "a field stands in it twice"),
        (b'{"attempt": "' + b"x" * (2 * MAX_LINE) + b'"}\n', "the line is longer than 1,000,000"),
    ],
)
def test_a_wrong_line_is_told_with_its_number(line: bytes, problem: str, tmp_path: Path) -> None:
    """The lines around it are imported all the same."""
    path = tmp_path / "mine.jsonl"
    path.write_bytes(HEADER + attempt_line(attempt(0)) + line + b"\n" + attempt_line(attempt(1)))
    store = MemoryStore()
    report = import_progress(store, path)
    assert {number for number, _ in report.problems} == {3}
    assert problem in "; ".join(text for _, text in report.problems)
    assert report.bad_lines == 1
    assert store.attempts("me") == [attempt(0), attempt(1)]


def test_all_mistakes_of_a_line_are_told(tmp_path: Path) -> None:
    """Nobody has to import ten times to find ten mistakes."""
    path = tmp_path / "mine.jsonl"
    path.write_bytes(HEADER + changed(mark=7, seconds=-1, sitting=""))
    report = import_progress(MemoryStore(), path)
    assert [text.split(":")[0] for _, text in report.problems] == [
        "attempt.sitting",
        "attempt.mark",
        "attempt.seconds",
    ]


def test_a_flood_of_mistakes_is_bounded(tmp_path: Path) -> None:
    """A hundred are told, all are counted."""
    path = tmp_path / "mine.jsonl"
    path.write_bytes(HEADER + b"x\n" * 5000)
    report = import_progress(MemoryStore(), path)
    assert (len(report.problems), report.bad_lines) == (100, 5000)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "no export of okrlab"),
        (b"name,mark\nanna,1\n", "no export of okrlab"),
        (b'{"format": "something-else", "version": 1}\n', "no export of okrlab"),
        (b'{"format": "okrlab-progress", "version": true}\n', "no export of okrlab"),
        (b'{"format": "okrlab-progress", "version": 2}\n', "a newer okrlab wrote it"),
        (b"x" * 3_000_000, "no export of okrlab"),
    ],
)
def test_a_file_that_is_no_export_is_refused(content: bytes, why: str, tmp_path: Path) -> None:
    """As a whole, with what to do."""
    path = tmp_path / "mine.jsonl"
    path.write_bytes(content + attempt_line(attempt(0)))
    store = MemoryStore()
    with pytest.raises(StorageError, match=why):
        import_progress(store, path)
    assert store.learners() == []


def test_a_file_that_is_too_large_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before it is read."""
    monkeypatch.setattr(module, "MAX_BYTES", 100)
    path = tmp_path / "mine.jsonl"
    path.write_bytes(HEADER + attempt_line(attempt(0)))
    with pytest.raises(StorageError, match="at most 100 are read"):
        import_progress(MemoryStore(), path)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    """It says so in words."""
    with pytest.raises(StorageError, match="See whether the name is right"):
        import_progress(MemoryStore(), tmp_path / "none.jsonl")


def test_an_older_draft_does_not_replace_a_newer_one(tmp_path: Path) -> None:
    """Importing last week's export does not undo this week's work."""
    old, store = MemoryStore(), MemoryStore()
    old.add_drafts([Draft("me", "deck/x", {"n": "old"}, START)])
    export_progress(old, tmp_path / "old.jsonl", ["me"])
    store.save_draft("me", "deck/x", {"n": "new"}, START.replace(year=2027))
    import_progress(store, tmp_path / "old.jsonl")
    assert store.draft("me", "deck/x") == {"n": "new"}
    assert len(store.drafts("me")) == 2
