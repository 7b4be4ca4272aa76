"""Reading a class and writing its report."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from okrlab.assessment.class_report import ClassReport
from okrlab.content import library
from okrlab.errors import OkrlabError, UnknownNameError
from okrlab.interop.class_report import KINDS, of_data, report_of, write_report
from okrlab.interop.class_report_html import body
from okrlab.interop.class_source import ClassData, demo_class, read_class
from okrlab.storage import MemoryStore, export_progress, open_store
from okrlab.storage.classes import open_classes
from tests.assessment.examples import attempt
from tests.postgres_server import PostgresServer, database_at

NOW = datetime(2026, 11, 30, 9, tzinfo=UTC)
HOSTILE = '=cmd|"/c calc"!A1<script>alert(1)</script>\u202e\x07'


@pytest.fixture(scope="module")
def demo() -> ClassReport:
    """The report on the made-up class."""
    return report_of(None, library(), NOW)[0]


def export(path: Path, learner: str, number: int, answers: int = 3) -> Path:
    """An export of progress; the numbers tell answers apart."""
    store = MemoryStore()
    store.add([attempt(number + n, id=f"{number + n:032x}", learner=learner)
               for n in range(answers)])  # fmt: skip
    export_progress(store, path, [learner])
    return path


# -- reading -------------------------------------------------------------------------------------


def test_a_folder_of_exports_is_a_class(tmp_path: Path) -> None:
    """Those who gave no name are told apart by their files; copies are not doubled."""
    folder = tmp_path / "friday"
    export(folder / "anna.jsonl", "me", 100)
    export(folder / "ben" / "ben.jsonl", "me", 200, answers=2)
    export(folder / "cem.jsonl", "Cem", 300)
    (folder / "anna (1).jsonl").write_bytes((folder / "anna.jsonl").read_bytes())
    (folder / "notes.txt").write_text("not an export")
    (folder / ".hidden").mkdir()
    export(folder / ".hidden" / "old.jsonl", "Old", 900)
    found = read_class(str(folder), library())
    assert found.name == "friday"
    assert {who: len(own) for who, own in found.attempts.items()} == {
        "anna (1)": 3,
        "ben": 2,
        "Cem": 3,
    }
    assert {a.learner for own in found.attempts.values() for a in own} == set(found.attempts)
    assert not found.problems


def test_what_cannot_be_read_is_told_and_stops_nothing(tmp_path: Path) -> None:
    """Rubbish, a damaged line, a broken database, results that are none."""
    export(tmp_path / "anna.jsonl", "Anna", 100)
    with (tmp_path / "anna.jsonl").open("ab") as stream:
        stream.write(b'{"kind": "nonsense"}\n')
    (tmp_path / "rubbish.jsonl").write_bytes(b"\xff\x00rubbish")
    (tmp_path / "broken.sqlite3").write_bytes(b"SQLite format 3\0 and no more")
    (tmp_path / "results.json").write_text('{"results": [{"learner": "x"}]}')
    found = read_class(str(tmp_path), library())
    assert list(found.attempts) == ["Anna"]
    told = "\n".join(found.problems)
    for name in ("anna.jsonl, line", "rubbish.jsonl", "broken.sqlite3", "results.json"):
        assert name in told


def test_a_database_file_is_read_and_not_written_to(tmp_path: Path) -> None:
    """The store of a whole class, as a file."""
    path = tmp_path / "class.sqlite3"
    store = open_store(path)
    store.add([attempt(1, learner="ada"), attempt(2, learner="ben")])
    store.close()
    before = path.read_bytes()
    found = read_class(str(path), library())
    assert set(found.attempts) == {"ada", "ben"}
    assert path.read_bytes() == before
    assert set(read_class(f"sqlite:///{path}", library()).attempts) == {"ada", "ben"}


def test_results_of_okrlab_grade_are_a_class(tmp_path: Path) -> None:
    """Marks and misconceptions of exercises that were answered; unknown ones are left out."""
    mark = {"exercise": "1.1", "points": 3.0, "max_points": 4, "status": "ok"}
    mark |= {"misconceptions": ["M01", "M99"]}
    exercises = [mark, mark | {"exercise": "99.9"}, mark | {"status": "failed"}]
    marked = {"learner": "anna", "handed_in": "2026-11-20 10:00:00 UTC", "exercises": exercises}
    (tmp_path / "results.json").write_text(json.dumps({"results": [marked]}))
    (one,) = read_class(str(tmp_path), library()).attempts["anna"]
    assert one.mark == 0.75
    assert one.misconceptions == ("M01",)
    assert one.at == datetime(2026, 11, 20, 10, tzinfo=UTC)
    assert one.concept == library().exercise("1.1").concept


def test_a_class_of_the_shared_database(okrlab_home: Path) -> None:
    """Learners only, those without answers too, with the names that they gave."""
    classes = open_classes()
    classes.create("Friday")
    code = classes.new_code("Friday").code
    ada = classes.enrol(code, "plum-12", "Ada Lovelace").person
    classes.enrol(code, "plum-13")
    classes.store.add([attempt(1, learner=ada)])
    classes.store.close()
    found = read_class("Friday", library())
    assert {who: len(own) for who, own in found.attempts.items()} == {"plum-12": 1, "plum-13": 0}
    numbered = of_data(found, library(), NOW, names=False)
    assert [w.name for w in numbered.where] == ["Learner 1", "Learner 2"]
    named = of_data(found, library(), NOW, names=True)
    assert [w.name for w in named.where] == ["Ada Lovelace", "plum-13"]
    with pytest.raises(UnknownNameError, match="Friday"):
        read_class("Fridey", library())


def test_a_coach_of_the_shared_server_reports_on_their_class_only(
    postgres: PostgresServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the coach's own login; another class is not there for them."""
    monkeypatch.setenv("OKRLAB_DATABASE_URL", database_at(tmp_path))
    owner = open_classes()
    owner.create("Friday")
    owner.create("Monday")
    coach = owner.enrol(owner.new_code("Friday", role="coach").code, "coach")
    owner.enrol(owner.new_code("Friday").code, "plum-12", "Ada")
    owner.enrol(owner.new_code("Monday").code, "plum-99", "Bob")
    owner.store.add([attempt(1, learner="plum-12"), attempt(2, learner="plum-99")])
    owner.store.close()
    assert coach.url is not None
    monkeypatch.setenv("OKRLAB_DATABASE_URL", coach.url)
    found = read_class("Friday", library())
    assert {who: len(own) for who, own in found.attempts.items()} == {"plum-12": 1}
    assert found.names == {"plum-12": "Ada"}
    with pytest.raises(UnknownNameError):
        read_class("Monday", library())


def test_no_such_class(okrlab_home: Path, tmp_path: Path) -> None:
    """What to do instead is said; a URL's password never is."""
    with pytest.raises(OkrlabError, match="neither a class nor a file"):
        read_class("nowhere", library())
    with pytest.raises(OkrlabError, match="okrlab progress --export"):
        read_class(str(tmp_path), library())
    url = f"sqlite:///{tmp_path}/secret-password.sqlite3"
    open_store(url).add([attempt(1)])
    assert "secret" not in read_class(url, library()).name


# -- writing -------------------------------------------------------------------------------------


class Reader(HTMLParser):
    """What a page holds: tags with attributes, text, and whether every tag is closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag."""
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "rect", "line", "circle"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close it."""
        if tag in ("rect", "line", "circle"):
            return
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Note text."""
        self.text += data


def test_the_page_holds_everything_and_needs_nothing(tmp_path: Path, demo: ClassReport) -> None:
    """One file; no script, no address to load from; every part is there."""
    write_report(demo, tmp_path / "report.html", library())
    text = (tmp_path / "report.html").read_text("utf-8")
    read = Reader(text)
    assert not read.open
    assert not {tag for tag, _ in read.tags} & {"script", "link", "img", "iframe", "object"}
    assert not re.search(r"(?:src|href|url|import)\s*[=(]", text)
    for part in (
        "Generated class",
        "To open the next session with",
        "What the room thinks",
        "Mastery by concept",
        "Who is where",
        "From the pretest to the final test",
        "Questions to look at",
        "What this page cannot tell",
        demo.ideas[0].title,
        "Learner 34",
    ):
        assert part in read.text
    pictures = [attrs for tag, attrs in read.tags if tag == "svg"]
    assert all(a.get("aria-label") or a.get("aria-hidden") for a in pictures)


def test_hostile_names_stay_text(tmp_path: Path) -> None:
    """In the page, in the workbook and in JSON."""
    data = ClassData(HOSTILE, {HOSTILE: [dataclasses.replace(attempt(1), learner=HOSTILE)]})
    report = of_data(data, library(), NOW, names=True)
    for kind in KINDS:
        write_report(report, tmp_path / f"r{kind}", library())
    page = (tmp_path / "r.html").read_text("utf-8")
    assert "script" not in {tag for tag, _ in Reader(page).tags}
    assert HOSTILE[:20] in Reader(page).text
    book = openpyxl.load_workbook(tmp_path / "r.xlsx")
    cells = [c for sheet in book for row in sheet.iter_rows() for c in row]
    assert not [c for c in cells if c.data_type == "f"]
    texts = [c.value for c in cells if isinstance(c.value, str)]
    assert not [t for t in texts if t.startswith(("=", "+", "-", "@"))]
    assert any(t.startswith("'=cmd") for t in texts)
    assert json.loads((tmp_path / "r.json").read_text("utf-8"))["where"][0]["name"] == HOSTILE


def test_the_workbook_holds_the_same_figures(tmp_path: Path, demo: ClassReport) -> None:
    """A sheet for each part, numbers as numbers."""
    write_report(demo, tmp_path / "r.xlsx", library())
    book = openpyxl.load_workbook(tmp_path / "r.xlsx")
    assert book.sheetnames == [
        "Summary", "Learners", "Mastery", "Answers", "Misconceptions", "Items", "Wrong answers",
    ]  # fmt: skip
    assert book["Learners"].max_row == 1 + len(demo.where)
    assert book["Mastery"].max_row == 1 + len(demo.concepts)
    rows = list(book["Items"].iter_rows(min_row=2, values_only=True))
    assert [row[0] for row in rows] == [i.item for i in demo.items]
    assert rows[0][4] == pytest.approx(demo.items[0].p)
    assert any(row[1] and "Generated class" in str(row[1]) for row in
               book["Summary"].iter_rows(values_only=True))  # fmt: skip


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda folder: folder / "report.pdf", "ending in .html, .xlsx, .json"),
        (lambda folder: folder / "file" / "report.html", "cannot be written"),
    ],
)
def test_what_cannot_be_written_is_told(
    tmp_path: Path, demo: ClassReport, spoil: Callable[[Path], Any], said: str
) -> None:
    """Another kind of file, a folder that is a file."""
    (tmp_path / "file").write_text("")
    with pytest.raises(OkrlabError, match=said):
        write_report(demo, spoil(tmp_path), library())
    assert sorted(p.name for p in tmp_path.iterdir()) == ["file"]


def test_a_crowd_is_shown_by_its_quartiles() -> None:
    """Seventy columns could not be read: three stand for them, and long lists are cut."""
    room = {f"l{n}": [attempt(n, id=f"a{n}", learner=f"l{n}", mark=n / 69)] for n in range(70)}
    report = of_data(ClassData("Everybody", room), library(), NOW, names=True)
    text = body(report, library())
    assert "1 in 4 is below" in text
    assert [f'style="--s:{n}">{n}<' in text for n in (25, 50, 75)] == [True] * 3
    assert "and 50 more." in text
    assert len(report.where) == 70


def test_an_empty_class_has_a_report() -> None:
    """Enrolled, and nothing answered: a page that says so and what to begin with."""
    report = of_data(ClassData("Monday", {"ada": []}), library(), NOW, names=True)
    assert "pretest" in report.words()
    assert demo_class(library(), NOW).generated
