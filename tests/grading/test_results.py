"""What comes out: tables, feedback, and that a second run changes nothing."""

from __future__ import annotations

import csv
import io
import json
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from okrlab.content import library
from okrlab.grading import Assignment, Grader, Marked, Settings, find, write_results
from okrlab.grading import grade as grading
from okrlab.grading.feedback import page
from okrlab.grading.results import ExerciseMark, Part, from_plain, plain, worst
from okrlab.grading.tables import GRADEBOOK, RESULTS, csv_text, safe

from .conftest import QUICK
from .grading_examples import ASSIGNMENT, QUARTER, ROLES, STUB, notebook, put, released

EVIL = '=HYPERLINK("http://x","y")</td><script>alert(1)</script>\'"&\x07, \n+1'
MARK = ExerciseMark(
    "1.3",
    EVIL,
    3.5,
    12,
    "ok",
    (EVIL,),
    (Part(EVIL, EVIL, EVIL, EVIL),),
    ("M01",),
    "notebook",
    0.01,
)
HOSTILE = Marked(EVIL, ASSIGNMENT, EVIL, "flagged", (EVIL,), (MARK,), 12, EVIL, 0.5)


def rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))


def test_tables_are_quoted_and_safe_from_formulas(tmp_path: Path) -> None:
    """Every text comes back whole, none begins as a formula does."""
    write_results([HOSTILE], tmp_path, library())
    for name in ("results.csv", "summary.csv", "gradebook.csv"):
        (row,) = rows(tmp_path / name)
        for value in row.values():
            assert not value.startswith(("=", "+", "-", "@", "\t", "\r")), (name, value)
        assert '\'=HYPERLINK("http://x","y")</td>' in "".join(row.values())
    book = load_workbook(tmp_path / "results.xlsx")
    assert book.sheetnames == ["Summary", "Exercises", "Misconceptions"]
    for sheet in book:
        for line in sheet.iter_rows():
            assert all(cell.data_type != "f" for cell in line)
    assert book["Exercises"]["A2"].value.startswith("'=HYPERLINK")


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "\t=1", " =1", "%x", "|x", "\r=1"])
def test_a_formula_becomes_text(text: str) -> None:
    """An apostrophe in front."""
    assert safe(text) == f"'{text}"
    assert safe(-1.5) == -1.5
    assert safe("Anna, M.") == "Anna, M."


def test_a_comma_in_a_name_stays_in_its_field() -> None:
    """What nbgrader's own export gets wrong."""
    text = csv_text(("learner", "points"), [('Müller, "Anna"', 3)])
    assert next(csv.DictReader(io.StringIO(text))) == {"learner": 'Müller, "Anna"', "points": "3"}


def test_the_gradebook_has_nbgraders_columns(tmp_path: Path) -> None:
    """Those of its exporter, in order, and a status."""
    import inspect

    from nbgrader.plugins.export import CsvExportPlugin

    source = inspect.getsource(CsvExportPlugin.export)
    places = [source.index(f'"{name}"') for name in GRADEBOOK[:-1]]
    assert places == sorted(places)
    assert GRADEBOOK[-1] == "status"
    write_results([HOSTILE], tmp_path, library())
    (row,) = rows(tmp_path / "gradebook.csv")
    assert (row["raw_score"], row["score"], row["max_score"]) == ("3.5", "3.5", "12")
    assert row["status"] == "flagged"


class Page(HTMLParser):
    """Tags and text of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.tags.append(tag)
        assert not any(name.startswith("on") or name in ("src", "href") for name, _ in attrs)

    def handle_data(self, data: str) -> None:
        self.text += data


def test_feedback_is_one_escaped_page() -> None:
    """No script, nothing from elsewhere, every word of the feedback."""
    read = Page(page(EVIL, [HOSTILE], {"M01": "A number makes a key result"}))
    assert not {"script", "link", "img", "iframe", "td"} & set(read.tags)
    assert read.text.count("<script>alert(1)</script>") > 4
    assert "3.5 of 12 points" in read.text
    assert "A number makes a key result" in read.text
    assert read.tags.count("html") == 1


def test_results_come_back_as_they_were() -> None:
    """What is kept beside the results loses nothing."""
    assert from_plain(json.loads(json.dumps(plain(HOSTILE)))) == HOSTILE


@pytest.mark.parametrize(
    ("statuses", "whole"),
    [
        ([], "not answered"),
        (["not answered"] * 2, "not answered"),
        (["ok", "not answered"], "ok"),
        (["ok", "failed"], "failed"),
        (["failed", "timeout", "ok"], "timeout"),
        (["flagged", "timeout"], "flagged"),
    ],
)
def test_a_submission_has_the_worst_status_of_its_exercises(
    statuses: list[str], whole: str
) -> None:
    """What is merely not answered is no trouble."""
    assert worst(statuses) == whole


# -- running again ---------------------------------------------------------------------------------


def three(folder: Path) -> Path:
    for name, roles in (("anna", ROLES), ("ben", STUB), ("cem", "answer = 1")):
        put(folder / name / f"{ASSIGNMENT}.ipynb", notebook(released(roles, QUARTER)))
    return folder


def everything(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {
        str(p.relative_to(folder)): (p.read_bytes(), p.stat().st_mtime_ns)
        for p in folder.rglob("*")
        if p.is_file()
    }


def run(assignments: list[Assignment], folder: Path, out: Path, **changes: Any) -> Grader:
    settings = Settings(**{"jobs": 1, "limits": QUICK, **changes})
    grader = Grader(assignments, {}, settings, out / ".marked")
    write_results(grader.grade(find(folder, assignments)), out, library())
    return grader


def test_run_twice_it_changes_nothing(assignments: list[Assignment], tmp_path: Path) -> None:
    """Not a byte and not a time, and no code is run."""
    folder, out = three(tmp_path / "s"), tmp_path / "out"
    run(assignments, folder, out)
    before = everything(out)
    assert {"results.csv", "results.xlsx", "gradebook.csv", "feedback/anna.html"} <= set(before)
    again = run(assignments, folder, out)
    assert again.reused == 3
    assert again.walls is None
    assert everything(out) == before


def test_only_what_changed_is_marked_again(assignments: list[Assignment], tmp_path: Path) -> None:
    """A new version of one submission, and one that was withdrawn."""
    folder, out = three(tmp_path / "s"), tmp_path / "out"
    run(assignments, folder, out)
    put(folder / "ben" / f"{ASSIGNMENT}.ipynb", notebook(released(ROLES, QUARTER)))
    (folder / "cem" / f"{ASSIGNMENT}.ipynb").unlink()
    assert run(assignments, folder, out).reused == 1
    points = {row["learner"]: row["points"] for row in rows(out / "summary.csv")}
    assert points == {"anna": "21.0", "ben": "21.0"}
    assert not (out / "feedback" / "cem.html").exists()


def test_an_interrupted_run_goes_on_where_it_was(
    assignments: list[Assignment], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was marked before Ctrl+C is kept."""
    folder, out = three(tmp_path / "s"), tmp_path / "out"
    seen: list[str] = []

    def stop(marked: Marked) -> None:
        seen.append(marked.learner)
        if len(seen) == 2:
            raise KeyboardInterrupt

    grader = Grader(assignments, {}, Settings(jobs=1, limits=QUICK), out / ".marked")
    with pytest.raises(KeyboardInterrupt):
        grader.grade(find(folder, assignments), stop)
    assert run(assignments, folder, out).reused == 2
    assert len(rows(out / "summary.csv")) == 3


def test_a_damaged_memory_of_what_was_marked_is_no_trouble(
    assignments: list[Assignment], tmp_path: Path
) -> None:
    """It is simply marked again."""
    folder, out = three(tmp_path / "s"), tmp_path / "out"
    run(assignments, folder, out)
    for number, path in enumerate(sorted((out / ".marked").iterdir())):
        path.write_bytes((b"", b"[]", b'{"digest": 1}')[number])
    assert run(assignments, folder, out).reused == 0
    assert rows(out / "summary.csv")[0]["points"] == "21.0"


def test_trouble_of_our_own_stops_nobody_and_is_tried_again(
    assignments: list[Assignment], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An error in marking itself is that submission's failure, and not kept."""
    folder, out = three(tmp_path / "s"), tmp_path / "out"
    real = grading.marks

    def broken(questions: Any, execution: Any, *rest: Any) -> Any:
        if not execution.claims.get("1.3"):
            return real(questions, execution, *rest)
        raise RuntimeError("out of cheese")

    monkeypatch.setattr(grading, "marks", broken)
    run(assignments, folder, out)
    statuses = {row["learner"]: row["status"] for row in rows(out / "summary.csv")}
    assert statuses == {"anna": "failed", "ben": "ok", "cem": "failed"}
    assert "out of cheese" in (out / "summary.csv").read_text(encoding="utf-8")
    monkeypatch.setattr(grading, "marks", real)
    assert run(assignments, folder, out).reused == 1
    assert rows(out / "summary.csv")[0]["status"] == "ok"


def test_columns_of_the_results(assignments: list[Assignment], tmp_path: Path) -> None:
    """One row for each learner and exercise, with what an export has to say."""
    run(assignments, three(tmp_path / "s"), tmp_path / "out")
    found = rows(tmp_path / "out" / "results.csv")
    assert tuple(found[0]) == RESULTS
    assert len(found) == 9
    data = json.loads((tmp_path / "out" / "results.json").read_text(encoding="utf-8"))
    assert data["submissions"] == 3
    assert sum(entry["points"] for entry in data["results"]) == sum(
        float(row["points"]) for row in found
    )
