"""A learner's own figures from a CSV file or a pasted table: numbers in order of time.

What is read is untrusted and bounded: text, never a formula or a program. Whatever cannot be read
is said with its line and what to do about it; whatever was decided while reading (the decimal sign,
a turned order, gaps) is said as a note.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from okrlab.errors import ContentError
from okrlab.interop._days import in_order, missing_after, read_days
from okrlab.interop._figures import SHOWN, decimal_sign, numbers_in
from okrlab.interop._table import MAX_CHARACTERS, MAX_ROWS, Table, decode, read_file, read_table

__all__ = [
    "MAX_CHARACTERS",
    "MAX_ROWS",
    "Measurements",
    "Table",
    "decode",
    "measurements",
    "read_file",
    "read_table",
    "value_columns",
]

YEARS = range(1900, 2101)


@dataclass(frozen=True)
class Measurements:
    """Numbers in order of time.

    Attributes:
        name: what they measure: the name of their column.
        values: None is a gap.
        labels: a name for each point; empty when the table has none.
        days: the date of each point, when they are dates.
        notes: what was decided while reading, in sentences.
    """

    name: str
    values: tuple[float | None, ...]
    labels: tuple[str, ...]
    days: tuple[datetime.date, ...]
    notes: tuple[str, ...]


def measurements(table: Table, value: str | None = None, date: str | None = None) -> Measurements:
    """The numbers of one column, in order of time.

    Args:
        table: what was read.
        value: the column of numbers. Default: the only one there is.
        date: the column of dates, or of other names for the points. Default: the first column of
            dates; without one, the rows are taken to be in order.

    Raises:
        UnknownNameError: no column has that name.
        ContentError: it isn't clear which column is meant, there is text among the numbers, or the
            dates are not in order.
    """
    chosen = value if value is not None else _only_numeric(table)
    cells = table.column(chosen)
    decimal, notes = decimal_sign(cells, table.separator)
    values = numbers_in(cells, decimal, chosen, table.lines)
    if date is None:
        date = next((n for n in table.names if n != chosen and _looks_dated(table.column(n))), None)
    date = date or _years(table, chosen)
    labels: list[str] = []
    days: list[datetime.date] | None = None
    if date is not None:
        labels = table.column(date)
        days = read_days(labels)
    if days is not None:
        values, days, more = _by_time(values, days, table.lines)
        labels = [d.isoformat() for d in days]
        notes += more
    elif date is not None and _looks_dated(labels):
        _refuse_date(labels, date, table.lines)
    gaps = sum(v is None for v in values)
    if gaps:
        notes.append(
            f"{gaps} {'point has' if gaps == 1 else 'points have'} no value. "
            "A gap counts as a gap, not as zero."
        )
    if sum(v is not None for v in values) < 2:
        raise ContentError(f"“{chosen}” has fewer than two numbers. A chart needs two at least.")
    if len(values) > MAX_ROWS:
        raise ContentError(
            f"With its gaps the series has {len(values)} points; {MAX_ROWS} are drawn at most. "
            "Take a shorter stretch, or one value for each week or month."
        )
    return Measurements(chosen, tuple(values), tuple(labels), tuple(days or ()), tuple(notes))


def value_columns(table: Table) -> list[str]:
    """The columns of numbers, without those that only count the rows if there are others."""
    numeric = table.numeric
    return [n for n in numeric if not _counts(table.column(n))] or numeric


def _only_numeric(table: Table) -> str:
    numeric = value_columns(table)
    if len(numeric) == 1:
        return numeric[0]
    if not numeric:
        listing = ", ".join(f"“{n}”" for n in table.names[:10])
        raise ContentError(
            f"No column holds numbers. These were found: {listing}. If they should be two columns, "
            "the separator may be another one: a comma, a semicolon or a tab is understood."
        )
    listing = ", ".join(f"“{n}”" for n in numeric[:10])
    raise ContentError(f"Several columns hold numbers: {listing}. Say which one is meant (value).")


def _counts(cells: Sequence[str]) -> bool:
    """Whether the cells only number the rows."""
    first = cells[0].strip()
    start = int(first) if first.isascii() and first.isdecimal() else 0
    return (start in (0, 1) or start in YEARS) and [c.strip() for c in cells] == [
        str(n) for n in range(start, start + len(cells))
    ]


def _years(table: Table, chosen: str) -> str | None:
    """A column that counts the years, to name the points by."""
    return next(
        (
            n
            for n in table.names
            if n != chosen and _counts(cells := table.column(n)) and int(cells[0]) in YEARS
        ),
        None,
    )


def _by_time(
    values: list[float | None], days: list[datetime.date], lines: Sequence[int]
) -> tuple[list[float | None], list[datetime.date], list[str]]:
    """Oldest first, with a gap for each period that is missing, and what was done."""
    notes: list[str] = []
    if not in_order(days, lines):
        values, days = values[::-1], days[::-1]
        notes.append("The newest row came first; the chart runs from old to new.")
    full_values: list[float | None] = []
    full_days: list[datetime.date] = []
    missing: list[datetime.date] = []
    for value, day, hole in zip(values, days, missing_after(days), strict=True):
        full_values += [value, *[None] * len(hole)]
        full_days += [day, *hole]
        missing += hole
    if missing:
        listed = ", ".join(d.isoformat() for d in missing[:SHOWN])
        more = f" and {len(missing) - SHOWN} more" if len(missing) > SHOWN else ""
        rows = "row is" if len(missing) == 1 else "rows are"
        notes.append(f"{len(missing)} {rows} missing ({listed}{more}); a gap stands there.")
    return full_values, full_days, notes


def _looks_dated(labels: Sequence[str]) -> bool:
    return sum(read_days([c]) is not None for c in labels) * 2 > len(labels)


def _refuse_date(labels: Sequence[str], name: str, lines: Sequence[int]) -> None:
    for cell, line in zip(labels, lines, strict=True):
        if read_days([cell]) is None:
            raise ContentError(
                f"In “{name}”, line {line}, “{cell[:40]}” is no date, while most others are. "
                "Write dates alike, best as 2027-01-31."
            )
    raise ContentError(
        f"The dates in “{name}” are not written alike, so it isn't clear which is the day and "
        "which the month. Write them as 2027-01-31."
    )
