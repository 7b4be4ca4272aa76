"""Pictures from data: a line with its limits, bars, a heat map. Offline, for screen and paper.

Each function returns an Altair chart, which can be changed and combined like any other. It shows as
Vega-Lite 5 where that can be drawn, as PNG elsewhere, and as words for those who cannot see it::

    from okrlab import charts

    charts.xmr_line(weeks, title="Leads rose in week 20", unit="leads a day", period="week")
    charts.bars({"Right at first": 11, "After talking": 19}, title="Talking helped", unit="people")
    charts.heat_map(frame, title="Lifecycle is the weak spot", percent=True)

`png` and `figure` give the same picture to a file or a page. The theme and the renderer are
registered with Altair as "okrlab" when the first chart is made; Altair itself is loaded then.
"""

from __future__ import annotations

from okrlab.charts._draw import bars, heat_map, xmr_line
from okrlab.charts._show import figure, png, use, words

__all__ = ["bars", "figure", "heat_map", "png", "use", "words", "xmr_line"]
