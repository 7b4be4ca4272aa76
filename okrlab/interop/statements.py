"""Lists of objectives and key results out of the files that companies keep them in.

Read are CSV (comma, semicolon or tab), XLSX (needs no Excel), Markdown lists and plain text with
one statement a line. Files are bounded in size and rows, and nothing in them is evaluated.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from okrlab.errors import ContentError

MAX_BYTES = 20_000_000
MAX_ROWS = 50_000

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
        ContentError: the file is missing, too large, of another kind, or has no column of
            statements.
    """
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
    return read_list(content)


def read_list(content: str) -> list[Line]:
    """Statements of a Markdown list or of plain lines.

    A heading, or a line such as “Objective: …”, is the objective of what follows. Numbered and
    bulleted lines and plain lines are statements; an unindented bullet with indented ones beneath
    it is taken for their objective.
    """
    found: list[Line] = []
    objective, parent = "", ""
    rows = content.splitlines()[:MAX_ROWS]
    for number, row in enumerate(rows, start=1):
        body = row.strip()
        if not body or set(body) <= set("-=*_|: "):
            continue
        heading = re.match(r"#{1,6}\s+(.{1,2000})", body)
        label = re.match(
            r"(?:\*\*)?(?:objective|ziel|o)\s?\d{0,2}\s?[:.–-]\s*(.{1,2000})", body, re.I
        )
        if heading or label:
            named = (heading or label).group(1).strip("* #")  # type: ignore[union-attr]
            objective = re.sub(r"^(?:objective|o)\s?\d{0,2}\s?[:.–-]\s*", "", named, flags=re.I)
            parent = ""
            continue
        bullet = re.match(r"([-*+•]|\d{1,3}[.)])\s+(.{1,10000})", body)
        statement = _unmarked(bullet.group(2) if bullet else body)
        indent = len(row) - len(row.lstrip())
        if indent == 0:
            parent = ""
            if bullet and _has_children(rows, number):
                parent = statement
                continue
        found.append(Line(statement, parent or objective, f"line {number}"))
    return found


def _has_children(rows: Sequence[str], number: int) -> bool:
    """Whether the next line that isn't empty is an indented bullet."""
    for row in rows[number:]:
        if row.strip():
            return row[:1] in " \t" and re.match(r"\s+([-*+•]|\d{1,3}[.)])\s", row) is not None
    return False


def _unmarked(text: str) -> str:
    """Without check boxes and emphasis marks."""
    text = re.sub(r"^\[[ xX]\]\s+", "", text)
    return text.replace("**", "").replace("__", "").strip()


def _decoded(path: Path) -> str:
    raw = path.read_bytes()
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ContentError(f"{path.name} is no text in UTF-8 or Windows-1252. Save it as UTF-8.")


def _rows(content: str) -> Iterable[Sequence[Any]]:
    sample = content[:4000]
    first = sample.splitlines()[0] if sample.strip() else ""
    delimiter = max(",;\t|", key=first.count)
    return csv.reader(io.StringIO(content, newline=""), delimiter=delimiter)


def _sheet(path: Path) -> Iterable[Sequence[Any]]:
    from openpyxl import load_workbook

    try:
        book = load_workbook(path, read_only=True, data_only=True)
        sheet = book.worksheets[0]
        return list(sheet.iter_rows(max_row=MAX_ROWS, max_col=100, values_only=True))
    except Exception as error:  # openpyxl raises whatever its parts raise
        raise ContentError(
            f"{path.name} is not a readable .xlsx file ({error}). Open and save it again, or save "
            "it as .csv."
        ) from error


def _table(
    rows: Iterable[Sequence[Any]], name: str, text: str | None, objective: str | None
) -> list[Line]:
    iterator = iter(rows)
    try:
        header = [str(h or "").strip() for h in next(iterator)]
    except (StopIteration, csv.Error):
        raise ContentError(f"{name} is empty.") from None
    text_at = _column(header, text, TEXT_COLUMNS)
    objective_at = _column(header, objective, OBJECTIVE_COLUMNS)
    if text_at is None and len(header) == 1:  # a list without a header
        first = [Line(header[0], "", "row 1")] if header[0] else []
        return first + [
            Line(str(r[0]).strip(), "", f"row {n}")
            for n, r in enumerate(iterator, start=2)
            if r and str(r[0] or "").strip()
        ]
    if text_at is None:
        raise ContentError(
            f"{name} has no column of key results. Its columns are: {', '.join(header)[:300]}. "
            "Name the right one with --text."
        )
    found: list[Line] = []
    last = ""
    try:
        for number, row in enumerate(iterator, start=2):
            if number > MAX_ROWS:
                break
            value = _cell(row, text_at)
            title = _cell(row, objective_at)
            last = title or last  # merged cells: the objective stands in the first row only
            if value:
                found.append(Line(value, last if objective_at is not None else "", f"row {number}"))
    except csv.Error as error:
        raise ContentError(f"{name} is not a proper CSV file: {error}.") from error
    return found


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
            f"There is no column “{wanted[:80]}”. The columns are: {', '.join(header)[:300]}."
        )
    return next((low.index(n) for n in names if n in low), None)
