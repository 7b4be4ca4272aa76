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
"""With more learners the heat map shows quartiles of the class instead of everybody."""

MOST_IDEAS, LONGEST, LABEL = 8, 58, 520
"""Bars of misconceptions, letters of each, and pixels for them."""


def mastery_chart(report: ClassReport) -> alt.LayerChart:
    """Mastery by concept as a heat map.

    A column for each learner; in a class of more than twelve the lower quartile, the median and
    the upper quartile instead, so that it can be read across a room.

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
        names = ["1 in 4 is below", "middle", "1 in 4 is above"]
        data = {
            row.title: list(
                pd.Series([c.share for c in row.cells], dtype="float64").quantile([0.25, 0.5, 0.75])
            )
            for row in rows
        }
    frame = pd.DataFrame.from_dict(data, orient="index", columns=names, dtype="float64")
    said = gaps(report.concepts)[0]
    weakest = f"{said.split('),')[0]})" if "), " in said else said
    drawn = charts.heat_map(frame, title=_labelled(report, weakest), percent=True)
    return _roomy(drawn)


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
    title = f"{top.learners} of {top.asked} lean to “{_short(top.title.rstrip('.'), LONGEST)}”"
    drawn = charts.bars(
        bars,
        title=_labelled(report, title),
        unit="learners",
        highlight=next(iter(bars)),
        words=" ".join(f"“{i.title}” {i.words()}." for i in ideas),
    )
    return _roomy(drawn)


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


def _roomy(chart: alt.LayerChart) -> alt.LayerChart:
    """The chart with room for long names."""
    roomy: alt.LayerChart = chart.configure_axis(labelLimit=LABEL)
    return roomy


def _labelled(report: ClassReport, title: str) -> str:
    return f"Generated class. {title}" if report.generated else title


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
