"""A column of dates as people and programs write them, and the periods that are missing in it."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from okrlab.errors import ContentError

_MONTHS = {
    m: i
    for i, m in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
}
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?(?:[T ]\d{1,2}:\d{2}(?::\d{2})?)?")
_DAY_MONTH = re.compile(r"(\d{1,2})([./-])\s?(\d{1,2})[./-]\s?(\d{4}|\d{2})")
_WEEK = re.compile(r"(\d{4})[-\s]?W(\d{1,2})", re.IGNORECASE)
_NAMED = re.compile(r"(?:(\d{1,2})\.?\s+)?([A-Za-z]{3,9})\.?,?[\s-]+(\d{4})")
_WEEKEND, _SHORT_YEAR = 5, 100
MOST_MISSING = 200
"""A longer hole is taken for a change of rhythm or a slip, not filled with gaps."""


def read_days(cells: Sequence[str]) -> list[datetime.date] | None:
    """The dates in a column; None when one of the cells is no date.

    ISO dates and months, weeks such as 2026-W05, "Jan 2026", "5 Jan 2026", and day and month in
    digits. Whether 03/04 is in March or in April is settled by the whole column: the reading that
    is possible and in order wins, and the day comes first if both are.
    """
    if not cells:
        return None
    first = [_read(c.strip(), day_first=True) for c in cells]
    second = [_read(c.strip(), day_first=False) for c in cells]
    readings = [[d for d in r if d is not None] for r in (first, second)]
    possible = [r for r in readings if len(r) == len(cells)]
    if not possible:
        return None
    return next((r for r in possible if _in_order(r)), possible[0])


def in_order(days: Sequence[datetime.date], lines: Sequence[int]) -> bool:
    """Whether the days run forward (True) or backward (False).

    Args:
        days: the dates.
        lines: the line of the file in which each stands.

    Raises:
        ContentError: neither, or a date stands there twice.
    """
    seen: dict[datetime.date, int] = {}
    for day, line in zip(days, lines, strict=True):
        if day in seen:
            raise ContentError(
                f"The date {day.isoformat()} stands in line {seen[day]} and again in line {line}. "
                "A chart takes one value for each day, week or month. Put the two together, or "
                "keep the rows of one team or product only."
            )
        seen[day] = line
    if _in_order(days):
        return True
    if _in_order(list(reversed(days))):
        return False
    at = next(i for i in range(1, len(days)) if days[i] < days[i - 1])
    raise ContentError(
        f"The rows are not in order of time: line {lines[at]} has {days[at].isoformat()}, and the "
        f"line before it {days[at - 1].isoformat()}. Sort the table by date and try again."
    )


def missing_after(days: Sequence[datetime.date]) -> list[list[datetime.date]]:
    """For each day, the days that should have followed before the next one and are not there.

    The usual step is the commonest one; steps that are no multiple of it are left alone, and so are
    weekends in a series of working days.
    """
    holes: list[list[datetime.date]] = [[] for _ in days]
    if len(days) < 3:
        return holes
    by_month = len({d.day for d in days}) == 1
    count = [d.year * 12 + d.month for d in days] if by_month else [d.toordinal() for d in days]
    steps = [b - a for a, b in pairwise(count)]
    if by_month and 0 in steps:
        return holes
    usual, often = Counter(steps).most_common(1)[0]
    if often < 2:
        return holes
    for i, step in enumerate(steps):
        between = range(count[i] + usual, count[i + 1], usual)
        if step <= usual or step % usual or len(between) > MOST_MISSING:
            continue
        missed = [_day(n, days[i].day if by_month else None) for n in between]
        if usual == 1 and not by_month:
            missed = [d for d in missed if d.weekday() < _WEEKEND] if _rests(days) else missed
        holes[i] = missed
    return holes


def _rests(days: Sequence[datetime.date]) -> bool:
    """Whether no day of the series is a Saturday or Sunday."""
    return all(d.weekday() < _WEEKEND for d in days)


def _day(number: int, day: int | None) -> datetime.date:
    if day is None:
        return datetime.date.fromordinal(number)
    year, month = divmod(number - 1, 12)
    return datetime.date(year, month + 1, day or 1)


def _in_order(days: Sequence[datetime.date]) -> bool:
    return all(a < b for a, b in pairwise(days))


def _read(text: str, *, day_first: bool) -> datetime.date | None:
    try:
        if m := _ISO.fullmatch(text):
            return datetime.date(int(m[1]), int(m[2]), int(m[3] or 1))
        if m := _WEEK.fullmatch(text):
            return datetime.date.fromisocalendar(int(m[1]), int(m[2]), 1)
        if (m := _NAMED.fullmatch(text)) and (month := _MONTHS.get(m[2][:3].lower())):
            return datetime.date(int(m[3]), month, int(m[1] or 1))
        if m := _DAY_MONTH.fullmatch(text):
            year = int(m[4]) + (2000 if int(m[4]) < _SHORT_YEAR else 0)
            day, month = int(m[1]), int(m[3])
            if not day_first and m[2] != ".":
                day, month = month, day
            return datetime.date(year, month, day)
    except ValueError:  # the 31st of June, week 60
        return None
    return None
