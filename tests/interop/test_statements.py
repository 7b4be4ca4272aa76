"""Statements out of the files that companies keep them in."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from okrlab.errors import ContentError
from okrlab.interop import statements
from okrlab.interop.statements import Line, read_list, read_statements

ROWS = [
    ("Objective", "Key result", "Owner"),
    ("Customers stay", "Churn from 3.1 to 1.9 %", "Ana"),
    ("", "Renewals from 80 to 90 %", "Ben"),
    ("A team that learns", "Courses finished, from 2 to 6", ""),
    ("", "", "Cy"),
]
READ = [
    ("Customers stay", "Churn from 3.1 to 1.9 %", "row 2"),
    ("Customers stay", "Renewals from 80 to 90 %", "row 3"),
    ("A team that learns", "Courses finished, from 2 to 6", "row 4"),
]


def told(lines: list[Line]) -> list[tuple[str, str, str]]:
    """Objective, text and place of each line."""
    return [(x.objective, x.text, x.place) for x in lines]


def pairs(content: str) -> list[tuple[str, str]]:
    """Objective and text of each line of a list."""
    return [(x.objective, x.text) for x in read_list(content)]


def write(path: Path, content: str | bytes) -> Path:
    """A file with this content."""
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def workbook(path: Path, rows: list[tuple[object, ...]], merge: str = "") -> Path:
    """An .xlsx file with these rows."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    if merge:
        sheet.merge_cells(merge)
    book.save(path)
    return path


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("suffix", [".csv", ".tsv", ".CSV"])
def test_a_table_with_any_usual_delimiter(tmp_path: Path, delimiter: str, suffix: str) -> None:
    """An objective stands for the rows below it, until the next one; empty rows are passed over."""
    content = "\r\n".join(delimiter.join(f'"{cell}"' for cell in row) for row in ROWS)
    assert told(read_statements(write(tmp_path / f"okrs{suffix}", content))) == READ


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_what_spreadsheets_save(tmp_path: Path, encoding: str) -> None:
    """Umlauts, euro signs and dashes are right in every encoding that Excel writes."""
    content = "key result;objective\nUmsätze – from 5 to 7 € per “visit”;Café Zürich\n"
    path = write(tmp_path / "okrs.csv", content.encode(encoding))
    assert told(read_statements(path)) == [
        ("Café Zürich", "Umsätze – from 5 to 7 € per “visit”", "row 2")
    ]


def test_a_column_without_a_header(tmp_path: Path) -> None:
    """One column needs no name: its first row is a statement like the others."""
    path = write(tmp_path / "okrs.csv", "Churn from 3 to 2 %\n\nNPS from 30 to 40\n")
    assert told(read_statements(path)) == [
        ("", "Churn from 3 to 2 %", "row 1"),
        ("", "NPS from 30 to 40", "row 3"),
    ]


def test_commas_in_the_only_column(tmp_path: Path) -> None:
    """Unquoted commas cost nobody the rest of the sentence."""
    path = write(tmp_path / "okrs.csv", "key result\nCut churn, in Q3, by half\n")
    assert [x.text for x in read_statements(path)] == ["Cut churn, in Q3, by half"]


def test_line_breaks_and_quotes_within_a_cell(tmp_path: Path) -> None:
    """A cell may hold several lines."""
    path = write(tmp_path / "a.csv", 'objective,kr\nO,"Open the ""Berlin""\noffice, by May"\n')
    assert [x.text for x in read_statements(path)] == ['Open the "Berlin"\noffice, by May']


def test_columns_named_by_the_caller(tmp_path: Path) -> None:
    """Other names can be given, in any case; a wrong one is told with those that exist."""
    path = write(tmp_path / "a.csv", "Was,Wozu\nNPS from 30 to 40,Gäste kommen wieder\n")
    read = read_statements(path, text="was", objective="WOZU")
    assert told(read) == [("Gäste kommen wieder", "NPS from 30 to 40", "row 2")]
    with pytest.raises(ContentError, match=r"no column “Wo”\. The columns are: Was, Wozu"):
        read_statements(path, text="Wo")
    with pytest.raises(ContentError, match=r"no column “Ziel”"):
        read_statements(path, text="was", objective="Ziel")
    with pytest.raises(ContentError, match=r"no column of key results.*Was, Wozu.*--text"):
        read_statements(path)


def test_headers_in_messages_cannot_command_a_terminal(tmp_path: Path) -> None:
    """Control characters of a file don't reach the screen."""
    path = write(tmp_path / "a.csv", "a\x1b[31m,b\n1,2\n")
    with pytest.raises(ContentError) as caught:
        read_statements(path)
    assert "\x1b" not in str(caught.value)


def test_excel(tmp_path: Path) -> None:
    """Objectives in merged cells hold for all their rows; empty rows above are passed over."""
    rows: list[tuple[object, ...]] = [(None, None, None), *ROWS]
    path = workbook(tmp_path / "okrs.xlsx", rows, merge="A3:A4")
    assert [(o, t) for o, t, _ in told(read_statements(path))] == [(o, t) for o, t, _ in READ]
    assert read_statements(path)[0].place == "row 3"


def test_excel_cells_of_any_type(tmp_path: Path) -> None:
    """Numbers, dates and formulas are read as text, and nothing is evaluated."""
    rows: list[tuple[object, ...]] = [
        ("text",), (0,), (dt.date(2026, 9, 30),), (True,), ("=1+1",), ("NPS from 1 to 2",)
    ]  # fmt: skip
    texts = [x.text for x in read_statements(workbook(tmp_path / "a.xlsx", rows))]
    assert texts[0] == "0"
    assert texts[1].startswith("2026-09-30")
    assert texts[-1] == "NPS from 1 to 2"
    assert "2" not in texts


@pytest.mark.parametrize("content", [b"no zip at all", b"PK\x03\x04broken", b""])
def test_a_broken_workbook(tmp_path: Path, content: bytes) -> None:
    """What openpyxl cannot open is told in words."""
    with pytest.raises(ContentError, match=r"a\.xlsx is not a readable \.xlsx file.*\.csv"):
        read_statements(write(tmp_path / "a.xlsx", content))


def test_a_workbook_that_unpacks_to_too_much(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A small file that would fill the memory is refused before it is unpacked."""
    path = workbook(tmp_path / "a.xlsx", [("text",), ("NPS from 1 to 2",)])
    monkeypatch.setattr(statements, "MAX_UNPACKED", 100)
    with pytest.raises(ContentError, match=r"unpacks to far more"):
        read_statements(path)


def test_a_markdown_list() -> None:
    """Headings, labels, bullets, check boxes, emphasis."""
    content = """
# Customers stay
- [ ] Churn from 3 to 2 %
- [x] **Renewals** from 80 to 90 %

Objective 2: A team that learns
1. Courses from 2 to 6
2) Open the library

**Objective: Safe work**
* Accidents stay below 2 a month
"""
    assert pairs(content) == [
        ("Customers stay", "Churn from 3 to 2 %"),
        ("Customers stay", "Renewals from 80 to 90 %"),
        ("A team that learns", "Courses from 2 to 6"),
        ("A team that learns", "Open the library"),
        ("Safe work", "Accidents stay below 2 a month"),
    ]


def test_nested_bullets() -> None:
    """A bullet with bullets beneath it is their objective, with or without the word."""
    content = (
        "- Customers stay\n  - Churn from 3 to 2 %\n\n  - NPS up\n- Open Berlin\n"
        "- **Objective:** Safe work\n\t- Accidents below 2\n"
    )
    assert pairs(content) == [
        ("Customers stay", "Churn from 3 to 2 %"),
        ("Customers stay", "NPS up"),
        ("", "Open Berlin"),
        ("Safe work", "Accidents below 2"),
    ]


def test_headings_that_name_no_objective() -> None:
    """“Key results” between an objective and its list changes nothing."""
    content = "## Objective 1: Customers stay\n### Key results\n- NPS up\nKPIs:\n- Churn\n"
    assert pairs(content) == [("Customers stay", "NPS up"), ("Customers stay", "Churn")]


def test_wrapped_bullets() -> None:
    """A bullet over several rows is one statement."""
    content = "# O\n- Raise NPS\n  from 30\n  to 40\n- Open Berlin\n"
    assert pairs(content) == [("O", "Raise NPS from 30 to 40"), ("O", "Open Berlin")]


def test_words_that_only_look_like_a_label() -> None:
    """An O-ring is no objective."""
    lines = "O-ring failures from 3 to 1\nObjective-C code from 5 to 0 files\n"
    assert pairs(lines) == [(("", line)[0], line) for line in lines.splitlines()]


def test_plain_text(tmp_path: Path) -> None:
    """One statement a line, with the line as its place."""
    path = write(tmp_path / "okrs.txt", "NPS from 30 to 40\n\n-----\nOpen Berlin\n")
    assert told(read_statements(path)) == [
        ("", "NPS from 30 to 40", "line 1"),
        ("", "Open Berlin", "line 4"),
    ]


@pytest.mark.parametrize("name", ["a.csv", "a.txt", "a.md", "a.tsv"])
@pytest.mark.parametrize("content", ["", "\n \n", "\ufeff"])
def test_an_empty_file(tmp_path: Path, name: str, content: str) -> None:
    """Nothing to review is said, and not reported as fine."""
    with pytest.raises(ContentError, match=r"is empty|holds no statements"):
        read_statements(write(tmp_path / name, content))


def test_a_header_without_rows(tmp_path: Path) -> None:
    """A table that holds only names is no list."""
    with pytest.raises(ContentError, match=r"holds no statements"):
        read_statements(write(tmp_path / "a.csv", "objective,key result\n"))


def test_other_files(tmp_path: Path) -> None:
    """The message names what can be read."""
    with pytest.raises(ContentError, match=r"is a \.docx file\. Save it as \.csv"):
        read_statements(write(tmp_path / "a.docx", "x"))
    with pytest.raises(ContentError, match=r"nameless"):
        read_statements(write(tmp_path / "okrs", "x"))
    with pytest.raises(ContentError, match=r"cannot be read.*Check the path"):
        read_statements(tmp_path / "missing.csv")
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(ContentError, match=r"cannot be read"):
        read_statements(tmp_path / "folder.csv")


def test_a_file_that_is_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is read of it."""
    monkeypatch.setattr(statements, "MAX_BYTES", 1_000_000)
    with pytest.raises(ContentError, match=r"has 2 MB; at most 1 MB"):
        read_statements(write(tmp_path / "a.csv", "x" * 2_000_000))


@pytest.mark.parametrize("name", ["a.csv", "a.txt", "a.xlsx"])
def test_too_many_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """A list that is too long is refused; it isn't cut in silence."""
    monkeypatch.setattr(statements, "MAX_ROWS", 5)

    def made(rows: int) -> Path:
        texts = ["text", *(f"NPS from {n} to 40" for n in range(1, rows))]
        if name == "a.xlsx":
            return workbook(tmp_path / name, [(t,) for t in texts])
        return write(tmp_path / name, "\n".join(texts) + "\n")

    assert len(read_statements(made(5))) in (4, 5)  # plain text has no header
    with pytest.raises(ContentError, match=r"more than 5 rows\. Split it"):
        read_statements(made(7))


def test_a_cell_beyond_what_csv_allows(tmp_path: Path) -> None:
    """A forgotten quote that swallows the file is told in words."""
    content = 'key result\n"' + "word, " * 40_000
    with pytest.raises(ContentError, match=r"not a proper CSV file"):
        read_statements(write(tmp_path / "a.csv", content))


@given(st.text(max_size=400))
def test_lists_of_any_text(content: str) -> None:
    """No list makes it stumble, and no line comes out empty."""
    for line in read_list(content):
        assert line.text.strip()


@given(st.binary(max_size=300), st.sampled_from([".csv", ".txt", ".xlsx"]))
def test_files_of_any_bytes(tmp_path_factory: pytest.TempPathFactory, raw: bytes, s: str) -> None:
    """A damaged file gives statements or a plain message."""
    path = write(tmp_path_factory.getbasetemp() / f"any{s}", raw)
    with suppress(ContentError):
        assert read_statements(path)
