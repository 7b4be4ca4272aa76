"""OwnSeries: paste figures or open a CSV file, and get them as a process behaviour chart."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any, get_args

import ipywidgets
from pydantic import ValidationError

from okrlab.assessment.journal import Journal
from okrlab.content.series import Better, Period, Series
from okrlab.errors import ContentError, OkrlabError
from okrlab.interop.measurements import (
    MAX_CHARACTERS,
    MAX_ROWS,
    Measurements,
    Table,
    measurements,
    read_table,
    value_columns,
)
from okrlab.widgets._autosave import Autosave
from okrlab.widgets.base import (
    BadMessageError,
    LessonWidget,
    Message,
    choice_in,
    css,
    esm,
    number_in,
    text_in,
)
from okrlab.widgets.xmr_chart import XmrChart

DRAFT = "own-figures"
CHART = "own-file"
LEAST_BASE = 6
"""From fewer points natural limits say next to nothing."""
LONGEST_UNIT = 20
EXAMPLE = "date,churn\n2026-01-31,2.4\n2026-02-28,2.6\n2026-03-31,2.3"
PERIODS: dict[Period, str] = {
    "day": "day",
    "week": "week",
    "month": "month",
    "quarter": "quarter",
    "year": "year",
    "point": "something else",
}
BETTER: dict[Better, str] = {
    "higher": "when it rises",
    "lower": "when it falls",
    "neither": "neither way",
}


class SeriesReader(LessonWidget):
    """Reads a table that is pasted or comes from a file, and hands its numbers over.

    What was pasted is kept as a draft on this computer. Nothing is recorded or sent elsewhere.

    Args:
        journal: where the draft is kept.
        hand_over: called with a series and the names of its points whenever they have changed;
            with None when there is no series any more.
    """

    _esm = esm("own_series")
    _css = css("own_series")

    def __init__(
        self, journal: Journal, hand_over: Callable[[Series | None, tuple[str, ...]], None]
    ) -> None:
        super().__init__(journal)
        self._hand_over = hand_over
        self._text, self._file = "", ""
        self._table: Table | None = None
        self._read: Measurements | None = None
        self._problem: str | None = None
        self._value: str | None = None
        self._date: str | None = None
        self._unit = ""
        self._better: Better = "neither"
        self._period: Period = "point"
        self._base: int | None = None
        self._saving = Autosave(journal, DRAFT, self._draft)
        self._restore(journal.draft(DRAFT))
        self.refresh()

    # -- what the browser sees -------------------------------------------------------------------

    def build_view(self) -> dict[str, Any]:
        """The text, and what was read of it."""
        return {
            "label": "Your own figures",
            "text": self._text,
            "file": self._file,
            "example": EXAMPLE,
            "most": MAX_CHARACTERS,
            "rows": MAX_ROWS,
            "problem": self._problem,
            "table": self._told_table(),
            "read": self._told_read(),
        }

    def _told_table(self) -> dict[str, Any] | None:
        table = self._table
        if table is None:
            return None
        return {
            "columns": list(table.names),
            "value": self._value or next(iter(value_columns(table)), table.names[-1]),
            "date": self._date or "",
            "periods": [{"id": k, "label": v} for k, v in PERIODS.items()],
            "period": self._period,
            "betters": [{"id": k, "label": v} for k, v in BETTER.items()],
            "better": self._better,
            "unit": self._unit,
        }

    def _told_read(self) -> dict[str, Any] | None:
        read = self._read
        if read is None:
            return None
        count = sum(v is not None for v in read.values)
        return {
            "words": f"{count} values of “{read.name}” were read. The chart is below.",
            "notes": list(read.notes),
            "points": len(read.values),
            "least": min(LEAST_BASE, len(read.values)),
            "base": self._base or len(read.values),
        }

    def summary(self) -> str:
        """What was read, or what is asked for."""
        told = self._told_read()
        if told is not None:
            return f"Your own figures: {told['words']}"
        return "Your own figures: paste a table or open a CSV file, and it is drawn as a chart."

    # -- messages --------------------------------------------------------------------------------

    def on_type(self, message: Message) -> None:
        """Keep what is typed."""
        self._text, self._file = text_in(message, "text", limit=MAX_CHARACTERS), ""
        self._saving.touch()

    def on_rest(self, _message: Message) -> None:
        """Typing has paused."""
        self._saving.rest()

    def on_read(self, message: Message) -> None:
        """Read a table: what was pasted, or what stood in a file."""
        text, name = message.get("text"), message.get("file", "")
        if not isinstance(text, str) or not isinstance(name, str):
            raise BadMessageError("A text was expected here, and none came. Try again.")
        self._text, self._file = text[: MAX_CHARACTERS + 1], name[:120]
        self._value = self._date = None
        self._base = None
        self._take()
        self._announce()

    def on_set(self, message: Message) -> None:
        """Say more about the table: columns, unit, period, direction, baseline."""
        if self._table is None:
            raise BadMessageError("Nothing was read yet. Paste a table first.")
        fields = ("value", "date", "unit", "period", "better", "base")
        match choice_in(message, "field", fields):
            case "value":
                self._value = choice_in(message, "to", self._table.names)
                self._base = None
            case "date":
                self._date = choice_in(message, "to", ("", *self._table.names)) or None
            case "unit":
                self._unit = text_in(message, "to", limit=LONGEST_UNIT).strip()
            case "period":
                wanted = choice_in(message, "to", PERIODS)
                self._period = next(p for p in get_args(Period) if p == wanted)
            case "better":
                wanted = choice_in(message, "to", BETTER)
                self._better = next(b for b in get_args(Better) if b == wanted)
            case _:
                points = len(self._read.values) if self._read else MAX_ROWS
                low = min(LEAST_BASE, points)
                self._base = int(number_in(message, "to", low=low, high=points))
        self._take()
        self._announce()

    def on_clear(self, _message: Message) -> None:
        """Begin with an empty field."""
        self._text, self._file, self._table, self._read = "", "", None, None
        self._problem = self._value = self._date = self._base = None
        self._saving.save()
        self._hand_over(None, ())
        self.say("The field is empty.")

    # -- machinery -------------------------------------------------------------------------------

    def _take(self) -> None:
        """Read the text anew, as far as that goes, and hand over."""
        self._table = self._read = self._problem = None
        try:
            self._table = read_table(self._text)
            numeric = value_columns(self._table)
            if self._value is None and len(numeric) > 1:
                self._value = numeric[0]  # to begin with; it can be changed
            self._read = measurements(self._table, self._value, self._date)
        except OkrlabError as problem:
            self._problem = str(problem)
        self._text = self._text[:MAX_CHARACTERS]
        self._saving.save()
        if self._period == "point" and self._read is not None:
            self._period = _period(self._read.days)
        try:
            self._hand_over(self._series(), self._read.labels if self._read else ())
        except OkrlabError as problem:
            self._read, self._problem = None, str(problem)
            self._hand_over(None, ())

    def _announce(self) -> None:
        told = self._told_read()
        self.say(self._problem or " ".join([told["words"], *told["notes"]] if told else []))

    def _series(self) -> Series | None:
        if self._read is None:
            return None
        try:
            return self._described(self._read)
        except ValidationError as error:  # no two values of the baseline follow one another
            what = str(error.errors(include_url=False)[0]["msg"]).removeprefix("Value error, ")
            raise ContentError(
                f"The chart cannot be drawn: {what}. Fill a gap, or take more of the points."
            ) from None

    def _described(self, read: Measurements) -> Series:
        return Series(
            id="own",
            title=read.name[:240],
            unit=self._unit,
            period=self._period,
            better=self._better,
            about="Your own figures.",
            baseline=min(self._base, len(read.values)) if self._base else None,
            values=read.values,
            source="You.",
        )

    def _draft(self) -> dict[str, Any]:
        return {
            "text": self._text,
            "file": self._file,
            "value": self._value,
            "date": self._date,
            "unit": self._unit,
            "period": self._period,
            "better": self._better,
            "base": self._base,
            "read": self._table is not None,
        }

    def _restore(self, draft: dict[str, Any] | None) -> None:
        """Take over what a draft says, as far as it is sound."""
        if not isinstance(draft, dict) or not isinstance(draft.get("text"), str):
            return
        self._text = draft["text"][:MAX_CHARACTERS]
        self._file = str(draft.get("file") or "")[:120]
        if isinstance(draft.get("unit"), str):
            self._unit = draft["unit"][:LONGEST_UNIT]
        self._period = next((p for p in PERIODS if p == draft.get("period")), "point")
        self._better = next((b for b in BETTER if b == draft.get("better")), "neither")
        if draft.get("read") is not True:
            return
        self._value = draft["value"] if isinstance(draft.get("value"), str) else None
        self._date = draft["date"] if isinstance(draft.get("date"), str) else None
        base = draft.get("base")
        known = isinstance(base, int) and not isinstance(base, bool) and base >= 2
        self._base = base if known else None
        self._take()


def _period(days: Sequence[datetime.date]) -> Period:
    """What the distance between most dates stands for."""
    steps = sorted((b - a).days for a, b in pairwise(days))
    usual = steps[len(steps) // 2] if steps else 0
    by_length: dict[range, Period] = {
        range(1, 2): "day",
        range(7, 8): "week",
        range(28, 32): "month",
        range(89, 93): "quarter",
        range(365, 367): "year",
    }
    return next((name for length, name in by_length.items() if usual in length), "point")


class OwnSeries(ipywidgets.VBox):  # type: ignore[misc]
    """A reader for one's own figures, with their chart beneath it.

    Args:
        journal: where drafts are kept.
    """

    def __init__(self, journal: Journal) -> None:
        super().__init__()
        self._journal = journal
        self.chart: XmrChart | None = None
        self.reader = SeriesReader(journal, self._draw)
        self._lay()

    def _draw(self, series: Series | None, labels: tuple[str, ...]) -> None:
        old, self.chart = self.chart, None
        if series is not None:
            self.chart = XmrChart(series, self._journal, key=CHART, labels=labels)
        if hasattr(self, "reader"):  # while the reader is being made, it isn't there yet
            self._lay()
        if old is not None:
            old.close()

    def _lay(self) -> None:
        self.children = (self.reader, self.chart) if self.chart else (self.reader,)

    def __repr__(self) -> str:
        said = self.reader.summary()
        return f"{said}\n{self.chart.summary()}" if self.chart else said
