"""Whether a date that the analyser read is the day that a case gives."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

_DAY = re.compile(r"(?P<year>\d{4}|-)-(?P<month>\d\d)-(?P<day>\d\d)")
_MONTH = re.compile(r"(?P<edge>end of |start of )?(?P<year>\d{4}|-)-(?P<month>\d\d)")
_QUARTER = re.compile(r"(?:end of )?(?P<name>[QH])(?P<number>[1-4])(?: (?P<year>\d{4}))?")
_YEAR = re.compile(r"(?:end of )?(?P<year>\d{4})")


def fits(value: object, day: date) -> bool | None:  # noqa: PLR0911  # one return for each form
    """Whether a normalised deadline means this day; None when it cannot be told.

    A month means its last day or any day in it, as people use it. A quarter that ends on another
    day may be a fiscal one, so that it cannot be told.
    """
    text = str(value)
    found = _DAY.fullmatch(text)
    if found:
        same_day = (int(found["month"]), int(found["day"])) == (day.month, day.day)
        return same_day and _same_year(found["year"], day)
    found = _MONTH.fullmatch(text)
    if found:
        if int(found["month"]) != day.month or not _same_year(found["year"], day):
            return False
        return not (found["edge"] == "end of " and day.day != _last(day))
    found = _QUARTER.fullmatch(text)
    if found:
        months = 3 if found["name"] == "Q" else 6
        ends = day.month == months * int(found["number"]) and day.day == _last(day)
        return True if ends and found["year"] in (None, str(day.year)) else None
    found = _YEAR.fullmatch(text)
    if found:
        if int(found["year"]) != day.year:
            return False
        return True if (day.month, day.day) == (12, 31) else None
    return None


def say_day(day: date) -> str:
    """Such as “30 September 2026”."""
    return f"{day.day} {day:%B %Y}"


def _same_year(year: str, day: date) -> bool:
    return year == "-" or int(year) == day.year


def _last(day: date) -> int:
    return monthrange(day.year, day.month)[1]
