"""A table of text out of a CSV file or a paste: separators, headers, bounds."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from okrlab.errors import ContentError, UnknownNameError
from okrlab.interop._days import read_days
from okrlab.interop._figures import mostly_numbers, plain

MAX_CHARACTERS = 200_000
MAX_ROWS = 500
MAX_COLUMNS = 40
MAX_CELL = 200

SEPARATORS = {"\t": "tab", ";": "semicolon", ",": "comma", "|": "bar"}

_DECIMAL_PAIR = re.compile(r"[+-]?\d+,\d+")


@dataclass(frozen=True)
class Table:
    """A table of text.

    Attributes:
        names: of the columns.
        rows: as many cells each as there are names.
        lines: the line of the file in which each row stands.
        separator: what stood between the cells; empty when there is one column.
    """

    names: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...]
    separator: str

    def column(self, name: str) -> list[str]:
        """The cells of a column.

        Raises:
            UnknownNameError: there is no column of that name; the nearest is offered.
        """
        if name not in self.names:
            raise UnknownNameError("column", name, self.names)
        at = self.names.index(name)
        return [row[at] for row in self.rows]

    @property
    def numeric(self) -> list[str]:
        """The columns in which most cells are numbers and not all are dates."""
        return [n for n in self.names if n not in self.dated and mostly_numbers(self.column(n))]

    @property
    def dated(self) -> list[str]:
        """The columns that hold dates only."""
        return [n for n in self.names if read_days(self.column(n)) is not None]


def read_file(path: str | Path) -> str:
    """The text of a CSV file.

    Raises:
        ContentError: it is not there, too large, no text, or an Excel file.
    """
    place = Path(path).expanduser()
    try:
        with place.open("rb") as stream:
            raw = stream.read(4 * MAX_CHARACTERS + 1)
    except OSError as error:
        raise ContentError(
            f"“{place.name}” could not be read: {error.strerror or error}. Check the name; the "
            "file is looked for beside this notebook, or where the path says."
        ) from error
    return decode(raw, place.name)


def decode(raw: bytes, name: str) -> str:
    """Bytes of a file as text: UTF-8, UTF-16 with its mark, or Windows' Western code page.

    Raises:
        ContentError: too large, an Excel file, or no text.
    """
    if raw[:2] == b"PK" or raw[:4] == b"\xd0\xcf\x11\xe0":
        raise ContentError(
            f"“{name}” is a workbook of a spreadsheet program, not a CSV file. Open it, choose "
            "“Save as”, take “CSV”, and use that file. Or copy the cells and paste them."
        )
    if len(raw) > 4 * MAX_CHARACTERS:
        raise ContentError(
            f"“{name}” is too large: {4 * MAX_CHARACTERS // 1000:,} kB at most are read. Keep the "
            "columns for date and value, and one row for each week or month."
        )
    encodings = ("utf-16",) if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise ContentError(f"“{name}” is not a text file. Save the table as CSV and try again.")


def read_table(text: str) -> Table:
    """The table in a text: comma, semicolon, tab or bar between cells, a header or none.

    Raises:
        ContentError: nothing there, too much, or rows that do not have equally many cells.
    """
    if len(text) > MAX_CHARACTERS:
        raise ContentError(
            f"This table has {len(text):,} characters; {MAX_CHARACTERS:,} are read at most. Keep "
            "the columns for date and value, and one row for each week or month."
        )
    lines = text.lstrip("\ufeff").splitlines()
    if not any(line.strip() for line in lines):
        raise ContentError("There is nothing in it. Paste two columns, a date and a value.")
    separator = _separator([line for line in lines if line.strip()])
    rows, numbers = _cells(lines, separator)
    if not rows:
        raise ContentError("All cells of it are empty. Paste two columns, a date and a value.")
    names = _header(rows)
    if names is None:
        width = len(rows[0])
        names = ["Value"] if width == 1 else [f"Column {i}" for i in range(1, width + 1)]
    else:
        rows, numbers = rows[1:], numbers[1:]
    _check_shape(names, rows, numbers, separator)
    return Table(tuple(names), tuple(map(tuple, rows)), tuple(numbers), separator)


def _separator(lines: Sequence[str]) -> str:
    """The separator that gives most lines equally many cells, at least two."""
    if all(_DECIMAL_PAIR.fullmatch(line.strip()) for line in lines[1:]) and len(lines) > 1:
        counts = [line.strip().split(",")[0] for line in lines[1:]]
        counting = counts == [str(i) for i in range(int(counts[0]), int(counts[0]) + len(counts))]
        if "," not in lines[0] or (_DECIMAL_PAIR.fullmatch(lines[0].strip()) and not counting):
            return ""  # one column with decimal commas
    best, found = "", 0
    for sign in SEPARATORS:
        widths = [len(row) for row in csv.reader(lines, delimiter=sign)]
        common = max(set(widths), key=widths.count)
        alike = widths.count(common)
        if common > 1 and alike > found:
            best, found = sign, alike
    return best


def _cells(lines: Sequence[str], separator: str) -> tuple[list[list[str]], list[int]]:
    """The rows that are not empty, with the line in which each stands."""
    rows: list[list[str]] = []
    numbers: list[int] = []
    if not separator:
        for number, line in enumerate(lines, 1):
            if line.strip():
                rows.append([line.strip().strip('"')[: MAX_CELL + 1]])
                numbers.append(number)
        return rows, numbers
    reader = csv.reader(io.StringIO("\n".join(lines)), delimiter=separator)
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                rows.append([cell.strip()[: MAX_CELL + 1] for cell in row])
                numbers.append(reader.line_num)
    except csv.Error as error:
        raise ContentError(
            f"The table could not be read near line {reader.line_num} ({error}). Look for a stray "
            "quotation mark there."
        ) from error
    return rows, numbers


def _header(rows: Sequence[Sequence[str]]) -> list[str] | None:
    """The names in the first row, unless there is a number or a date in it already."""
    first = rows[0]
    if any(plain(c) is not None or read_days([c]) is not None for c in first if c):
        return None
    names: list[str] = []
    for index, cell in enumerate(first, 1):
        name = cell[:MAX_CELL] or f"Column {index}"
        names.append(name if name not in names else f"{name} ({index})")
    return names


def _check_shape(
    names: Sequence[str], rows: Sequence[Sequence[str]], numbers: Sequence[int], separator: str
) -> None:
    if not rows:
        raise ContentError("There is a header and no row beneath it. Paste the values as well.")
    if len(names) > MAX_COLUMNS:
        raise ContentError(
            f"There are {len(names)} columns; {MAX_COLUMNS} are read at most. Keep date and value."
        )
    if len(rows) > MAX_ROWS:
        raise ContentError(
            f"There are {len(rows):,} rows; a chart shows {MAX_ROWS} points at most. Take the last "
            f"{MAX_ROWS}, or one value for each week or month."
        )
    wrong = [(n, r) for n, r in zip(numbers, rows, strict=True) if len(r) != len(names)]
    if not wrong:
        return
    line, row = wrong[0]
    word = SEPARATORS.get(separator, "separator")
    said = (
        f"Line {line} has {len(row)} {'cell' if len(row) == 1 else 'cells'}, and "
        f"{len(names)} were expected, with a {word} between cells. "
    )
    if separator == "," and len(row) > len(names):
        raise ContentError(
            said + "Perhaps the numbers have decimal commas, and the comma also stands between the "
            "cells. Save the file with semicolons, or with decimal points."
        )
    raise ContentError(said + "Complete that line, or see whether the file has another separator.")
