"""Results as tables: CSV, Excel and nbgrader's gradebook columns.

Names and words come from learners: every text is quoted by the csv module, and one that a
spreadsheet would take for a formula gets an apostrophe in front.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import Any

from okrlab.grading.results import OK, ExerciseMark, Marked, misconceptions

Row = Sequence[str | float | int]

GRADEBOOK = (
    "assignment",
    "duedate",
    "timestamp",
    "student_id",
    "last_name",
    "first_name",
    "email",
    "raw_score",
    "late_submission_penalty",
    "score",
    "max_score",
    "status",
)
"""nbgrader's columns, and a status, so that a failure never looks like an earned zero."""

RESULTS = (
    "learner",
    "assignment",
    "exercise",
    "title",
    "points",
    "max_points",
    "status",
    "misconceptions",
    "answer_from",
    "seconds",
    "words",
    "file",
)

SUMMARY = ("learner", "assignment", "points", "max_points", "status", "seconds", "words", "file")

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")
_UNFIT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff￾￿]")
MAX_CELL = 32_000


def safe(value: str | float | int) -> str | float | int:
    """A value that no spreadsheet takes for a formula."""
    if not isinstance(value, str):
        return value
    text = _UNFIT.sub(" ", value)[:MAX_CELL]
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text


def csv_text(header: Sequence[str], rows: Iterable[Row]) -> str:
    """A table as CSV."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(header)
    for row in rows:
        writer.writerow([safe(value) for value in row])
    return stream.getvalue()


def result_rows(marked: Iterable[Marked]) -> list[Row]:
    """One row for each learner and exercise; one for a file that belongs to no assignment."""
    rows: list[Row] = []
    for m in marked:
        for e in m.exercises:
            rows.append(_result_row(m, e))
        if not m.exercises:
            words = " ".join(m.words)
            rows.append(
                (m.learner, m.assignment, "", "", 0, 0, m.status, "", "", "", words, m.file)
            )
    return rows


def _result_row(m: Marked, e: ExerciseMark) -> Row:
    words = " ".join((*e.words, *(m.words if e.status != OK else ())))
    named = " ".join(e.misconceptions)
    seconds = "" if e.seconds is None else round(e.seconds, 3)
    first: Row = (m.learner, m.assignment, e.exercise, e.title, e.points, e.max_points, e.status)
    return (*first, named, e.source, seconds, words, m.file)


def summary_rows(marked: Iterable[Marked]) -> list[Row]:
    """One row for each submission."""
    return [
        (
            m.learner,
            m.assignment,
            m.points,
            m.max_points,
            m.status,
            m.seconds,
            " ".join(m.words),
            m.file,
        )
        for m in marked
    ]


def gradebook_rows(marked: Iterable[Marked]) -> list[Row]:
    """One row for each submission, as nbgrader exports its gradebook."""
    return [
        (
            m.assignment,
            "",
            m.handed_in,
            m.learner,
            "",
            "",
            "",
            m.points,
            0.0,
            m.points,
            m.max_points,
            m.status,
        )
        for m in marked
        if m.assignment
    ]


def workbook(marked: Sequence[Marked], titles: dict[str, str]) -> bytes:
    """Everything as an Excel file: summary, exercises, misconceptions.

    Args:
        marked: the results.
        titles: of misconceptions, by id.
    """
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    counted = [(name, titles.get(name, ""), count) for name, count in misconceptions(marked)]
    _sheet(book, "Summary", SUMMARY, summary_rows(marked))
    _sheet(book, "Exercises", RESULTS, result_rows(marked))
    _sheet(book, "Misconceptions", ("misconception", "title", "learners"), counted)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _sheet(book: Any, title: str, header: Sequence[str], rows: Iterable[Row]) -> None:
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    sheet = book.create_sheet(title)
    widths = [len(name) for name in header]
    for row in [header, *rows]:
        sheet.append([safe(value) for value in row])
        widths = [max(w, min(len(str(v)), 60)) for w, v in zip(widths, row, strict=True)]
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for column, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width + 2
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
