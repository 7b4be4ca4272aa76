"""A class report as an Excel file. No text becomes a formula."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from okrlab.assessment.class_report import ClassReport
from okrlab.assessment.class_rows import state_words

Row = Sequence[str | float | int | None]

MAX_CELL = 32_000
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")
_UNFIT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def workbook(report: ClassReport) -> bytes:
    """The report as a workbook: summary, learners, mastery, misconceptions, items, distractors."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    for title, header, rows in _sheets(report):
        _sheet(book, title, header, rows)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _sheets(report: ClassReport) -> Iterable[tuple[str, Sequence[str], Iterable[Row]]]:
    yield "Summary", ("what", "figure"), _summary(report)
    yield (
        "Learners",
        ("learner", "where", "answers", "first seen", "last seen",
         *(f"{n} {title}" for n, title in report.lessons), "pretest", "final", "of pairs"),
        _learners(report),
    )  # fmt: skip
    names = [w.name for w in report.where]
    yield (
        "Mastery",
        ("lesson", "concept", "mastered", "mean share", *names),
        (
            (row.lesson, row.title, row.mastered, row.share, *(c.share for c in row.cells))
            for row in report.concepts
        ),
    )
    yield (
        "Answers",
        ("lesson", "concept", *names),
        ((row.lesson, row.title, *(c.answers for c in row.cells)) for row in report.concepts),
    )
    yield (
        "Misconceptions",
        ("misconception", "idea", "lean to it", "came up with", "asked", "times", "chances",
         "instead", "treat it with", "how"),
        (
            (i.misconception, i.title, i.learners, i.seen, i.asked, i.times, i.chances, i.repair,
             "; ".join(t.words() for t in i.treatments[:3]),
             "; ".join(t.how() for t in i.treatments[:3]))
            for i in report.ideas
        ),
    )  # fmt: skip
    yield (
        "Items",
        ("item", "concept", "n", "right", "p", "p shrunk", "mean mark", "corrected r",
         "n behind r", "label", "to look at"),
        (
            (i.item, i.concept, i.n, i.right, i.p, i.shrunk, i.share, i.r_pb, i.r_n, i.note,
             " ".join(i.flags))
            for i in report.items
        ),
    )  # fmt: skip
    yield (
        "Wrong answers",
        ("item", "n", "wrong answer", "misconception", "chosen", "upper group", "lower group",
         "group size"),
        (
            (i.item, i.n, d.answer, d.misconception, d.chosen, d.upper, d.lower, i.group)
            for i in report.items
            for d in i.distractors
        ),
    )  # fmt: skip


def _summary(report: ClassReport) -> Iterable[Row]:
    yield "class", report.title
    yield "made", _day(report.at)
    yield "learners", len(report.where)
    yield "with answers", sum(bool(w.answers) for w in report.where)
    start = report.opening.treatment
    yield "open with", f"{start.words()}: {start.how()}" if start else ""
    yield "why", report.opening.why
    yield "then", report.opening.then
    for line in report.gain.words() if report.gain else ["Nobody has taken both tests."]:
        yield "gain", line
    for title, found in report.tests.items():
        yield f"reliability: {title}", found.words()
    for line in report.cautions:
        yield "mind", line


def _learners(report: ClassReport) -> Iterable[Row]:
    for w in report.where:
        before, after, pairs = w.gain or (None, None, None)
        yield (
            w.name, w.at, w.answers, _day(w.first), _day(w.last),
            *(state_words(state) for state in w.lessons), before, after, pairs,
        )  # fmt: skip


def _day(at: datetime | None) -> str:
    return at.date().isoformat() if at else ""


def safe(value: str | float | int | None) -> str | float | int | None:
    """A value that no spreadsheet takes for a formula."""
    if not isinstance(value, str):
        return value
    text = _UNFIT.sub(" ", value)[:MAX_CELL]
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text


def _sheet(book: Any, title: str, header: Sequence[str], rows: Iterable[Row]) -> None:
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    sheet = book.create_sheet(title)
    widths = [8] * len(header)
    for number, row in enumerate([header, *rows], start=1):
        for column, value in enumerate(row, start=1):
            cell = sheet.cell(number, column, safe(value))
            if isinstance(value, str):
                cell.data_type = "s"
            if isinstance(value, float):
                cell.number_format = "0.00"
            cell.font = Font(bold=number == 1)
            cell.alignment = Alignment(vertical="top", wrap_text=len(str(value)) > 60)
            widths[column - 1] = max(widths[column - 1], min(len(str(value or "")), 60))
    for column, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width + 2
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
