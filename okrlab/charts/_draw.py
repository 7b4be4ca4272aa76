"""The three kinds of chart that reports and exercises draw."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from okrlab.charts import _show as look
from okrlab.errors import ModelError
from okrlab.model.xmr import XmrLimits, signals

if TYPE_CHECKING:
    import altair as alt
    import pandas as pd

MOST_POINTS, MOST_BARS = 2_000, 40
LINE_WIDTH, LINE_HEIGHT = 580, 320
"""With axis and labels a line is as wide as a lesson's column."""
LABEL_HEIGHT = 19


def xmr_line(
    values: Sequence[float | None] | pd.Series[float],
    *,
    title: str,
    unit: str = "",
    period: str = "point",
    limits: XmrLimits | None = None,
    target: float | None = None,
    mark: bool = True,
    words: str = "",
) -> alt.LayerChart:
    """A series as a line; with `limits`, the centre, the limits and the signals too.

    Args:
        values: one number per point, in order of time; None or NaN is a gap.
        title: the message of the picture as a sentence.
        unit: of the values.
        period: what a point is, such as "week".
        limits: natural process limits. They are drawn as they are, never computed here.
        target: a wish, drawn so that it cannot be taken for a limit.
        mark: whether signals are pointed out; not where finding them is the exercise.
        words: the message for those who cannot see the chart; made from the data when left out.

    Raises:
        ModelError: no values, too many, or no numbers.
    """
    numbers = [_number(v) for v in values]
    if not any(v is not None for v in numbers):
        raise ModelError("A line needs at least one number, and there is none.")
    if len(numbers) > MOST_POINTS:
        raise ModelError(f"These are {len(numbers)} points; a chart shows {MOST_POINTS} at most.")
    look.use()
    import altair as alt
    import pandas as pd

    gaps = [math.nan if v is None else v for v in numbers]
    found = signals(gaps, limits) if limits and mark else []
    marked = {i for s in found for i in s.indices}
    data = pd.DataFrame(
        {
            "at": range(1, len(numbers) + 1),
            "value": pd.Series(numbers, dtype="float64"),
            "what": ["signal" if i in marked else "routine" for i in range(len(numbers))],
        }
    )
    x = alt.X(
        "at:Q",
        title=period.capitalize(),
        scale=alt.Scale(nice=False, zero=False, padding=8),
        axis=alt.Axis(grid=False, tickMinStep=1, format="d"),
    )
    y = alt.Y("value:Q", title=unit or None, scale=alt.Scale(zero=False))
    base = alt.Chart(data)
    line = base.mark_line(color=look.INK).encode(x=x, y=y)
    dots = base.mark_point(filled=True, opacity=1).encode(
        x=x,
        y=y,
        color=alt.Color(
            "what:N",
            legend=None,
            scale=alt.Scale(domain=["routine", "signal"], range=[look.INK, look.VERMILLION]),
        ),
        shape=alt.Shape(
            "what:N",
            legend=None,
            scale=alt.Scale(domain=["routine", "signal"], range=["circle", "square"]),
        ),
        size=alt.Size(
            "what:N", legend=None, scale=alt.Scale(domain=["routine", "signal"], range=[60, 150])
        ),
        tooltip=[alt.Tooltip("at:Q", title=period), alt.Tooltip("value:Q", title=unit or "value")],
    )
    marks = list(_marks(limits, target))
    rules = _rules(marks, len(numbers), [v for v in numbers if v is not None])
    said = [s.in_words for s in found] or (["No signal: routine variation."] if mark else [])
    told = words or _line_words(numbers, unit, period, limits, target, said)
    return alt.LayerChart(layer=[*rules, line, dots]).properties(
        title=title, description=f"{title}. {told}", width=LINE_WIDTH, height=LINE_HEIGHT
    )


def bars(
    data: Mapping[str, float] | pd.Series[float],
    *,
    title: str,
    unit: str = "",
    percent: bool = False,
    highlight: str | None = None,
    words: str = "",
) -> alt.LayerChart:
    """Bars that lie, in the order given, each with its name before and its value behind it.

    Args:
        data: a value for each name.
        title: the message of the picture as a sentence.
        unit: of the values.
        percent: whether the values are shares from 0 to 1, to be shown as percent.
        highlight: the name of the bar that the message is about.
        words: the message for those who cannot see the chart; made from the data when left out.

    Raises:
        ModelError: no bars, too many, or a value that is no number.
    """
    pairs = [(str(name), _number(value)) for name, value in data.items()]
    if not 0 < len(pairs) <= MOST_BARS or any(value is None for _, value in pairs):
        raise ModelError(f"Give 1 to {MOST_BARS} bars, each with a number; there are {len(pairs)}.")
    look.use()
    import altair as alt
    import pandas as pd

    frame = pd.DataFrame(pairs, columns=["name", "value"])
    frame["label"] = [_shown(value, percent) for _, value in pairs]
    frame["told"] = [name == highlight for name, _ in pairs]
    order = [name for name, _ in pairs]
    y = alt.Y("name:N", title=None, sort=order, axis=alt.Axis(domain=False, ticks=False))
    x = alt.X("value:Q", title=unit or None, axis=None if percent else alt.Axis(grid=False))
    base = alt.Chart(frame)
    colour = alt.condition("datum.told", alt.value(look.VERMILLION), alt.value(look.BLUE))
    drawn = base.mark_bar(height=24).encode(x=x, y=y, color=colour)
    names = base.mark_text(align="left", dx=8).encode(x=x, y=y, text="label:N")
    listed = "; ".join(f"{name}: {_shown(v, percent)}{_after(unit)}" for name, v in pairs)
    return alt.LayerChart(layer=[drawn, names]).properties(
        title=title,
        description=f"{title}. {words or listed + '.'}",
        width=520,
        height=alt.Step(40),
    )


def heat_map(
    frame: pd.DataFrame, *, title: str, percent: bool = False, unit: str = "", words: str = ""
) -> alt.LayerChart:
    """A table whose cells are darker the larger the number, with the number in each.

    Args:
        frame: numbers; the index names the rows, the columns name the columns. NaN is "–".
        title: the message of the picture as a sentence.
        percent: whether the numbers are shares from 0 to 1, to be shown as percent.
        unit: of the numbers.
        words: the message for those who cannot see the chart; made from the data when left out.

    Raises:
        ModelError: no cells, or more than 2,000.
    """
    if not 0 < frame.size <= MOST_POINTS:
        raise ModelError(f"A heat map needs 1 to {MOST_POINTS} cells; here are {frame.size}.")
    look.use()
    import altair as alt
    import pandas as pd

    rows, columns = [str(r) for r in frame.index], [str(c) for c in frame.columns]
    cells = [
        (row, column, _number(frame.iat[i, j]))
        for i, row in enumerate(rows)
        for j, column in enumerate(columns)
    ]
    data = pd.DataFrame(cells, columns=["row", "column", "value"])
    known = [v for _, _, v in cells if v is not None]
    low, high = (0.0, 1.0) if percent else (min(known, default=0.0), max(known, default=1.0))
    data["label"] = [_shown(v, percent) for _, _, v in cells]
    data["dark"] = [v is not None and v - low > 0.7 * (high - low) for _, _, v in cells]
    place = {
        "x": alt.X(
            "column:N",
            sort=columns,
            title=None,
            axis=alt.Axis(orient="top", labelAngle=-35, domain=False, ticks=False),
        ),
        "y": alt.Y("row:N", sort=rows, title=None, axis=alt.Axis(domain=False, ticks=False)),
    }
    base = alt.Chart(data)
    shade = alt.Scale(domain=[low, high], range=["#eef4fa", "#08519c"], interpolate="lab")
    tiles = base.mark_rect(stroke="white", strokeWidth=2, invalid="filter").encode(
        **place, color=alt.Color("value:Q", legend=None, scale=shade)
    )
    ink = alt.condition("datum.dark", alt.value("white"), alt.value(look.INK))
    numbers = base.mark_text().encode(**place, text="label:N", color=ink)
    told = words or " ".join(_row_words(rows, columns, cells, percent, unit))
    return alt.LayerChart(layer=[tiles, numbers]).properties(
        title=title, description=f"{title}. {told}", width=alt.Step(64), height=alt.Step(36)
    )


def _marks(limits: XmrLimits | None, target: float | None) -> Iterable[tuple[str, float, str]]:
    if limits is not None:
        yield f"upper limit {limits.upper:.4g}", limits.upper, "limit"
        yield f"average {limits.centre:.4g}", limits.centre, "centre"
        yield f"lower limit {limits.lower:.4g}", limits.lower, "limit"
    if target is not None:
        yield f"target {target:.4g}", target, "target"


def _label_shifts(heights: Sequence[float], drawn: Sequence[float]) -> list[float]:
    """How far down each label moves, in pixels, so that no two stand on one another.

    Args:
        heights: the value at which each label's line is drawn.
        drawn: all values of the chart.
    """
    low, high = min(*heights, *drawn), max(*heights, *drawn)
    scale = LINE_HEIGHT / (high - low) if high > low else 0.0
    shifts = [0.0] * len(heights)
    last: float | None = None
    for i in sorted(range(len(heights)), key=lambda i: -heights[i]):
        at = (high - heights[i]) * scale
        free = at if last is None else max(at, last + LABEL_HEIGHT)
        shifts[i], last = free - at, free
    return shifts


def _rules(
    marks: Sequence[tuple[str, float, str]], count: int, values: Sequence[float]
) -> list[alt.Chart]:
    import altair as alt
    import pandas as pd

    styles = {
        "limit": (look.BLUE, [8, 5]),
        "centre": (look.BLUE, [1, 0]),
        "target": (look.GREEN, [2, 4]),
    }
    drawn: list[alt.Chart] = []
    shifts = _label_shifts([v for _, v, _ in marks], values) if marks else []
    for (label, value, kind), shift in zip(marks, shifts, strict=True):
        colour, dash = styles[kind]
        base = alt.Chart(pd.DataFrame({"value": [value], "label": [label], "end": [count]}))
        drawn.append(
            base.mark_rule(color=colour, strokeDash=dash, strokeWidth=2).encode(y="value:Q")
        )
        drawn.append(
            base.mark_text(color=colour, align="left", dx=16, dy=shift, fontWeight=600).encode(
                x="end:Q", y="value:Q", text="label:N"
            )
        )
    return drawn


def _line_words(
    numbers: Sequence[float | None],
    unit: str,
    period: str,
    limits: XmrLimits | None,
    target: float | None,
    found: Sequence[str],
) -> str:
    known = [v for v in numbers if v is not None]
    said = [
        f"{len(known)} values by {period}, from {known[0]:g} to {known[-1]:g}{_after(unit)}; "
        f"lowest {min(known):g}, highest {max(known):g}."
    ]
    if limits is not None:
        said.append(
            f"Average {limits.centre:.4g}, natural process limits {limits.lower:.4g} and "
            f"{limits.upper:.4g}."
        )
        said += found
    if target is not None:
        said.append(f"The target is {target:g}.")
    return " ".join(said)


def _row_words(
    rows: Sequence[str],
    columns: Sequence[str],
    cells: Sequence[tuple[str, str, float | None]],
    percent: bool,
    unit: str,
) -> Iterable[str]:
    for i, row in enumerate(rows):
        values = cells[i * len(columns) : (i + 1) * len(columns)]
        told = "; ".join(f"{c} {_shown(v, percent)}{_after(unit)}" for _, c, v in values)
        yield f"{row}: {told}."


def _shown(value: float | None, percent: bool) -> str:
    if value is None:
        return "–"
    return f"{value:.0%}" if percent else f"{value:,.4g}" if abs(value) < 1e4 else f"{value:,.0f}"


def _after(unit: str) -> str:
    return f"{'' if unit == '%' else ' '}{unit}" if unit else ""


def _number(value: Any) -> float | None:
    """The value as a number; None for a gap."""
    if value is None:
        return None
    try:
        number = float(value)
    except (TypeError, ValueError):
        raise ModelError(f"“{str(value)[:40]}” is no number, so it cannot be drawn.") from None
    if math.isnan(number):
        return None
    if math.isinf(number):
        raise ModelError("An infinite number cannot be drawn. Leave it out or make it a gap.")
    return number
