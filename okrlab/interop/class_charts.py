"""The figures of a class as charts, for a notebook or for slides. Each carries its words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okrlab import charts
from okrlab.assessment.class_gain import points
from okrlab.assessment.class_report import ClassReport
from okrlab.errors import OkrlabError
from okrlab.interop.class_words import gaps

if TYPE_CHECKING:
    import altair as alt

WIDEST = 12
"""With more learners the heat map shows the quarters of the class instead of everybody."""

MOST_IDEAS, LONGEST = 8, 52


def mastery_chart(report: ClassReport) -> alt.LayerChart:
    """Mastery by concept as a heat map.

    A column for each learner; in a class of more than twelve the weakest quarter, the middle and
    the strongest quarter instead, so that it can be read across a room.

    Raises:
        OkrlabError: nobody has answered anything that counts.
    """
    import pandas as pd

    rows = [row for row in report.concepts if row.learners]
    if not rows:
        raise OkrlabError("There is no heat map yet, because nobody has a graded answer.")
    if len(report.where) <= WIDEST:
        names = [w.name for w in report.where]
        data = {row.title: [c.share for c in row.cells] for row in rows}
    else:
        names = ["weakest quarter", "middle", "strongest quarter"]
        data = {
            row.title: list(
                pd.Series([c.share for c in row.cells], dtype="float64").quantile([0.25, 0.5, 0.75])
            )
            for row in rows
        }
    frame = pd.DataFrame.from_dict(data, orient="index", columns=names, dtype="float64")
    return charts.heat_map(
        frame, title=_labelled(report, _short(gaps(report.concepts)[0], 84)), percent=True
    )


def ideas_chart(report: ClassReport) -> alt.LayerChart:
    """The misconceptions of the room: how many learners lean to each.

    Raises:
        OkrlabError: no misconception came up.
    """
    ideas = [i for i in report.ideas if i.learners][:MOST_IDEAS]
    if not ideas:
        raise OkrlabError("There is nothing to draw: no learner leans to a misconception.")
    bars = {f"{i.misconception} {_short(i.title, LONGEST)}": float(i.learners) for i in ideas}
    top = ideas[0]
    return charts.bars(
        bars,
        title=_labelled(report, f"{top.learners} of {top.asked} lean to {top.misconception}"),
        unit="learners",
        highlight=next(iter(bars)),
        words=" ".join(f"“{i.title}” {i.words()}." for i in ideas),
    )


def gain_chart(report: ClassReport) -> alt.LayerChart:
    """The shares right in the two tests.

    Raises:
        OkrlabError: nobody has taken both tests.
    """
    gain = report.gain
    if gain is None:
        raise OkrlabError("There is no gain to draw, because nobody has taken both tests yet.")
    title = f"From the pretest to the final test: {points(gain.difference)} points"
    if gain.low is not None and gain.high is not None:
        title += f" ({points(gain.low)} to {points(gain.high)})"
    return charts.bars(
        {"Pretest": gain.before, "Final test": gain.after},
        title=_labelled(report, title),
        percent=True,
        highlight="Final test",
        words=" ".join(gain.words()),
    )


def _labelled(report: ClassReport, title: str) -> str:
    return f"Generated class. {title}" if report.generated else title


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
