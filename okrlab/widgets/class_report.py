"""ClassReport: choose a class and see what to teach next; take the report away as a file."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from okrlab.content import Library
from okrlab.errors import OkrlabError
from okrlab.interop.class_report import report_of, write_report
from okrlab.interop.class_report_html import body, style
from okrlab.widgets.base import LessonWidget, Message, choice_in, css, esm, text_in

if TYPE_CHECKING:
    import altair as alt

    from okrlab.assessment.class_report import ClassReport as Figures

KINDS = {"html": "Page to print or send", "xlsx": "Workbook"}

MOST_PROBLEMS = 5


class ClassReport(LessonWidget):
    """A class at a glance.

    The report's HTML is made and escaped in Python; the browser only shows it.

    Args:
        library: the content.
        now: the clock.
        source: a class, folder, file or URL; None for the made-up class.
        names: whether learners stand under their own names.
        known: names of classes to choose from.
        folder: where files are written.
    """

    _esm = esm("class_report")
    _css = css("class_report")

    def __init__(
        self,
        library: Library,
        now: Callable[[], datetime],
        *,
        source: str | None = None,
        names: bool = False,
        known: Sequence[str] = (),
        folder: Path | None = None,
    ) -> None:
        super().__init__()
        self._library, self._now = library, now
        self._known, self._folder = list(known), folder or Path()
        self._source: str | None = None
        self._names = names
        self._written: list[str] = []
        self._trouble: str | None = None
        self._number = 0
        self.figures: Figures
        self._problems: list[str] = []
        try:
            self._load(source, names=names)
        except OkrlabError as error:
            self._load(None, names=names)
            self._trouble = f"{error} Meanwhile you see a made-up class."
        self.refresh()

    # -- what the browser sees -------------------------------------------------------------------

    def build_view(self) -> dict[str, Any]:
        """The report and what it was made from."""
        return {
            "label": "Class report",
            "title": self.figures.title,
            "generated": self.figures.generated,
            "known": self._known,
            "source": self._source or "",
            "names": self._names,
            "trouble": self._trouble,
            "problems": self._problems[:MOST_PROBLEMS],
            "more": max(0, len(self._problems) - MOST_PROBLEMS),
            "kinds": [{"id": kind, "label": label} for kind, label in KINDS.items()],
            "written": self._written,
            "number": self._number,
            "html": body(self.figures, self._library),
            "style": style(),
        }

    def summary(self) -> str:
        """The report as plain text."""
        return self.figures.words()

    # -- what the browser says -------------------------------------------------------------------

    def on_choose(self, message: Message) -> None:
        """Show another class; an empty name shows the made-up one."""
        wanted = text_in(message, "source", limit=1_000).strip()
        try:
            self._load(wanted or None, names=message.get("names") is True)
        except OkrlabError as error:
            self._trouble = str(error)
            self.say(str(error))
            return
        self._trouble, self._written = None, []
        self.say(f"{self.figures.title}. {self.figures.headline()}")

    def on_save(self, message: Message) -> None:
        """Write the report to a new file beside the notebook."""
        path = self._free(choice_in(message, "kind", KINDS))
        write_report(self.figures, path, self._library)
        self._written.append(str(path))
        self.say(f"Written: {path}")

    # -- charts for a cell of their own ----------------------------------------------------------

    def mastery(self) -> alt.LayerChart:
        """Mastery by concept as a heat map."""
        from okrlab.interop.class_charts import mastery_chart

        return mastery_chart(self.figures)

    def misconceptions(self) -> alt.LayerChart:
        """The misconceptions of the room as bars."""
        from okrlab.interop.class_charts import ideas_chart

        return ideas_chart(self.figures)

    def gain(self) -> alt.LayerChart:
        """The two tests side by side."""
        from okrlab.interop.class_charts import gain_chart

        return gain_chart(self.figures)

    # -- inside ----------------------------------------------------------------------------------

    def _load(self, source: str | None, *, names: bool) -> None:
        self.figures, self._problems = report_of(source, self._library, self._now(), names=names)
        self._source, self._names = source, names
        self._number += 1

    def _free(self, kind: str) -> Path:
        """A name that is not taken, because nothing is overwritten."""
        plain = re.sub(r"[^\w-]+", "-", self.figures.name).strip("-")[:60] or "class"
        stem = f"report-{plain}-{self.figures.at:%Y-%m-%d}"
        names = (f"{stem}{f'-{n}' if n > 1 else ''}.{kind}" for n in range(1, 1_000))
        free = next((self._folder / n for n in names if not (self._folder / n).exists()), None)
        if free is None:
            raise OkrlabError(
                f"There are a thousand reports called {stem} here. Move some away, and save again."
            )
        return free
