"""Mastery by concept as a table whose cells are the bluer, the more was earned."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Sequence
from html import escape

from okrlab.assessment.class_report import ClassReport
from okrlab.assessment.class_rows import ConceptRow

MANY, MOST = 20, 60
"""With more learners the table is printed smaller; with more than the second it shows quartiles."""

QUARTILES = ("1 in 4 is below", "Middle", "1 in 4 is above")


def heat_table(report: ClassReport) -> str:
    """A row for each concept; a column for the class and for each learner, and what it means."""
    crowd = len(report.where) > MOST
    names = QUARTILES if crowd else tuple(w.name for w in report.where)
    heads = "".join(
        f'<th scope="col"><span class="cr-turn">{escape(name)}</span></th>' for name in names
    )
    many = " cr-many" if len(names) > MANY else ""
    table = (
        '<div class="cr-scroll" role="region" aria-label="Table of mastery" tabindex="0">'
        f'<table class="cr-heat{many}"><thead><tr><th scope="col">Concept</th>'
        f'<th scope="col">Class</th>{heads}</tr></thead>'
        f"<tbody>{''.join(_rows(report, len(names), crowd=crowd))}</tbody></table></div>\n"
    )
    few = "" if crowd else "In brackets: fewer than 8 answers, too few to show it. "
    legend = (
        '<p class="cr-soft">Percent earned in the latest graded answers, at most 20; the stronger '
        f"the blue, the more. {'' if crowd else '✓: mastered. '}{few}–: none yet. Class: mean of "
        "those who have answered.</p>\n"
    )
    return f"{table}{legend}"


def _rows(report: ClassReport, columns: int, *, crowd: bool) -> Iterable[str]:
    titles, seen = dict(report.lessons), -1
    for row in report.concepts:
        if row.lesson != seen:
            seen = row.lesson
            label = f"Lesson {seen}{f': {titles[seen]}' if seen in titles else ''}"
            yield (
                f'<tr><th class="cr-lesson" scope="rowgroup" colspan="{columns + 2}">'
                f"{escape(label)}</th></tr>"
            )
        cells = (
            "".join(_cell(share) for share in _quartiles(row))
            if crowd
            else "".join(_cell(c.share, few=c.few, mastered=c.mastered) for c in row.cells)
        )
        yield (
            f'<tr><th scope="row">{escape(row.title)}</th>'
            f"{_cell(row.share, kind='cr-class')}{cells}</tr>\n"
        )


def _quartiles(row: ConceptRow) -> Sequence[float | None]:
    shares = [c.share for c in row.cells if c.share is not None]
    if len(shares) < len(QUARTILES) + 1:
        return [None] * len(QUARTILES)
    return statistics.quantiles(shares, n=4, method="inclusive")


def _cell(share: float | None, *, few: bool = False, mastered: bool = False, kind: str = "") -> str:
    named = f' class="{kind}"' if kind else ""
    if share is None:
        return f"<td{named}>–</td>"
    whole = int(100 * share + 1e-9)
    text = f"({whole})" if few else f"{whole}{'<b> ✓</b>' if mastered else ''}"
    return f'<td{named} style="--s:{whole}">{text}</td>'
