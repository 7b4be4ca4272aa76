"""Lists of objectives and key results out of the files that companies keep them in.

Read are CSV (comma, semicolon or tab), XLSX (needs no Excel), Markdown lists and plain text with
one statement a line. Files are bounded in size and rows, and nothing in them is evaluated.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from okrlab.errors import ContentError

MAX_BYTES = 20_000_000
MAX_ROWS = 50_000
MAX_UNPACKED = 300_000_000
"""So many bytes may the parts of an .xlsx file have once they are unpacked."""

TEXT_COLUMNS = ("key_result", "key result", "key results", "kr", "krs", "statement", "goal", "text",
                "result", "target", "description")  # fmt: skip
OBJECTIVE_COLUMNS = ("objective", "objectives", "o", "okr", "parent")


@dataclass(frozen=True)
class Line:
    """A statement of a file.

    Attributes:
        text: the statement.
        objective: what it stands beneath, "" when nothing does.
        place: where it stands, such as "row 7" or "line 12".
    """

    text: str
    objective: str
    place: str


def read_statements(
    path: Path, *, text: str | None = None, objective: str | None = None
) -> list[Line]:
    """Every statement of a file.

    Args:
        path: a .csv, .tsv, .xlsx, .md or .txt file.
        text: the column with the statements; found by its name when left out.
        objective: the column with the objectives; found by its name when left out.

    Raises:
        ContentError: the file is missing, too large, of another kind, has no column of
            statements, or no statement in it.
    """
    found = _read(path, text, objective)
    if not found:
        raise ContentError(
            f"{path.name} holds no statements. Write one into each row, or choose another column "
            "with --text."
        )
    return found


def _read(path: Path, text: str | None, objective: str | None) -> list[Line]:
    kind = path.suffix.lower()
    try:
        size = path.stat().st_size
    except OSError as error:
        raise ContentError(
            f"{path.name} cannot be read: {error.strerror or error}. Check the path."
        ) from error
    if size > MAX_BYTES:
        raise ContentError(
            f"{path.name} has {size / 1e6:.0f} MB; at most {MAX_BYTES / 1e6:.0f} MB are read. "
            "Split it."
        )
    if kind == ".xlsx":
        return _table(_sheet(path), path.name, text, objective)
    if kind not in (".csv", ".tsv", ".md", ".markdown", ".txt"):
        raise ContentError(
            f"{path.name} is a {kind or 'nameless'} file. Save it as .csv, .xlsx, .md or .txt."
        )
    content = _decoded(path)
    if kind in (".csv", ".tsv"):
        return _table(_rows(content), path.name, text, objective)
    if content.count("\n") > MAX_ROWS:
        raise _too_long(path.name)
    return read_list(content)


def _too_long(name: str) -> ContentError:
    return ContentError(f"{name} has more than {MAX_ROWS:,} rows. Split it into several files.")


_LABEL = re.compile(r"(?:objective|ziel|o)\s?\d{0,2}\s?(?::|[.–-]\s)\s*(?=\S)", re.I)
_SECTION = re.compile(
    r"(?:key results?|krs?|results|kpis?|metrics|health metrics?|initiatives|objectives?)\W*$", re.I
)
_BULLET = re.compile(r"([-*+•]|\d{1,3}[.)])\s+(.{1,10000})")


def read_list(content: str) -> list[Line]:
    """Statements of a Markdown list or of plain lines.

    A heading, or a line such as “Objective: …”, is the objective of what follows. Numbered and
    bulleted lines and plain lines are statements; an unindented bullet with indented ones beneath
    it is taken for their objective. A heading such as “Key results” names nothing.
    """
    found: list[Line] = []
    objective, parent = "", ""
    open_bullet = False  # whether the row above is a bullet that an indented row may go on with
    rows = content.splitlines()[:MAX_ROWS]
    for number, row in enumerate(rows, start=1):
        body = row.strip()
        continues, open_bullet = open_bullet, False
        if not body or set(body) <= set("-=*_|: "):
            continue
        heading = re.match(r"#{1,6}\s+(.{1,2000})", body)
        bullet = _BULLET.match(body)
        statement = _unmarked(heading.group(1) if heading else bullet.group(2) if bullet else body)
        if _SECTION.match(statement) and (heading or statement.endswith(":")):
            continue
        label = _LABEL.match(statement)
        if heading or label:
            objective = statement[label.end() if label else 0 :].strip("# ")
            parent = ""
            continue
        indent = len(row) - len(row.lstrip())
        if continues and indent and not bullet:
            found[-1] = replace(found[-1], text=f"{found[-1].text} {statement}")
            open_bullet = True
            continue
        if indent == 0:
            parent = ""
            if bullet and _has_children(rows, number):
                parent = statement
                continue
        if statement:
            found.append(Line(statement, parent or objective, f"line {number}"))
            open_bullet = bullet is not None
    return found


def _has_children(rows: Sequence[str], number: int) -> bool:
    """Whether the next line that isn't empty is an indented bullet."""
    for row in rows[number : number + 20]:
        if row.strip():
            return row[:1] in " \t" and _BULLET.match(row.strip()) is not None
    return False


def _unmarked(text: str) -> str:
    """Without check boxes and emphasis marks."""
    text = re.sub(r"^\[[ xX]\]\s+", "", text)
    return text.replace("**", "").replace("__", "").strip()


def _decoded(path: Path) -> str:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise ContentError(
            f"{path.name} cannot be read: {error.strerror or error}. Check the path."
        ) from error
    wide = raw[:2] in (b"\xff\xfe", b"\xfe\xff")  # what Excel calls "Unicode text"
    for encoding in ("utf-16",) if wide else ("utf-8-sig", "cp1252"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ContentError(f"{path.name} is no text in UTF-8 or Windows-1252. Save it as UTF-8.")


def _rows(content: str) -> Iterable[Sequence[Any]]:
    first = content[:4000].lstrip().partition("\n")[0]
    delimiter = max(",;\t|", key=first.count)
    return csv.reader(io.StringIO(content, newline=""), delimiter=delimiter)


def _sheet(path: Path) -> Iterable[Sequence[Any]]:
    from openpyxl import load_workbook

    try:
        with zipfile.ZipFile(path) as parts:
            unpacked = sum(part.file_size for part in parts.infolist())
        if unpacked > MAX_UNPACKED:
            raise ValueError("it unpacks to far more than a list of statements needs")
        book = load_workbook(path, read_only=True, data_only=True)
        try:
            sheet = book.worksheets[0]
            # read anew: what a file says of its own size is often wrong
            sheet.reset_dimensions()
            return list(sheet.iter_rows(max_row=MAX_ROWS + 1, max_col=100, values_only=True))
        finally:
            book.close()
    except Exception as error:  # openpyxl raises whatever its parts raise
        raise ContentError(
            f"{path.name} is not a readable .xlsx file ({error}). Open and save it again, or save "
            "it as .csv."
        ) from error


def _table(
    rows: Iterable[Sequence[Any]], name: str, text: str | None, objective: str | None
) -> list[Line]:
    numbered = enumerate(_proper(rows, name), start=1)
    written = ((n, r) for n, r in numbered if any(_cell(r, i) for i in range(len(r))))
    first, row = next(written, (0, ()))
    if not first:
        raise ContentError(f"{name} is empty. Write one statement into each row.")
    header = [_cell(row, i) for i in range(len(row))]
    text_at = _column(header, text, TEXT_COLUMNS)
    objective_at = _column(header, objective, OBJECTIVE_COLUMNS)
    alone = len([h for h in header if h]) == 1
    found: list[Line] = []
    if text_at is None and alone and objective_at is None:  # a list without a header
        text_at = next(i for i, h in enumerate(header) if h)
        found.append(Line(header[text_at], "", f"row {first}"))
    if text_at is None:
        raise ContentError(
            f"{name} has no column of key results. Its columns are: {_names(header)}. "
            "Name the right one with --text."
        )
    last = ""
    for number, row in numbered:
        value = _cell(row, text_at)
        if len(header) == 1 and len(row) > 1:  # commas in the only column, without quotes
            value = ", ".join(filter(None, (_cell(row, i) for i in range(len(row)))))
        last = _cell(row, objective_at) or last  # merged cells: it stands in the first row only
        if value and number > MAX_ROWS:
            raise _too_long(name)
        if value:
            found.append(Line(value, last, f"row {number}"))
    return found


def _proper(rows: Iterable[Sequence[Any]], name: str) -> Iterator[Sequence[Any]]:
    """The rows; what the CSV reader cannot read becomes a plain message."""
    try:
        yield from rows
    except csv.Error as error:
        raise ContentError(
            f"{name} is not a proper CSV file: {error}. Open and save it again in your spreadsheet."
        ) from error


def _names(header: Sequence[str]) -> str:
    shown = ", ".join(h for h in header if h)[:300]
    return "".join(c if c.isprintable() else " " for c in shown)


def _cell(row: Sequence[Any], at: int | None) -> str:
    if at is None or at >= len(row) or row[at] is None:
        return ""
    return str(row[at]).strip()


def _column(header: Sequence[str], wanted: str | None, names: Sequence[str]) -> int | None:
    low = [h.casefold() for h in header]
    if wanted is not None:
        if wanted.casefold() in low:
            return low.index(wanted.casefold())
        raise ContentError(
            f"There is no column “{wanted[:80]}”. The columns are: {_names(header)}."
        )
    return next((low.index(n) for n in names if n in low), None)
