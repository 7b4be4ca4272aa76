"""How a chart is shown: one theme, and a renderer that needs no network.

Altair's own renderers load scripts from a CDN, or emit Vega-Lite 6, which JupyterLab 4.6 cannot
draw; so this one emits Vega-Lite 5, a PNG beside it, and words.
"""

from __future__ import annotations

import base64
from functools import cache
from html import escape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import altair as alt

NAME = "okrlab"
SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"
DRAWN_WITH = "5.21"
"""The release of Vega-Lite 5 that draws the PNG."""

FONT = "system-ui, Segoe UI, Roboto, Helvetica Neue, DejaVu Sans, Arial, sans-serif"
INK, MUTED, FAINT = "#1f1f1f", "#555555", "#d8d8d8"
BLUE, VERMILLION, GREEN, GREY = "#0072b2", "#d55e00", "#009e73", "#767676"
SERIES = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000"]
"""Okabe and Ito's colours, told apart with every kind of colour vision."""


def use() -> None:
    """Let Altair show every chart of this process in this theme, offline."""
    import altair as alt

    if NAME not in alt.renderers.names():
        alt.renderers.register(NAME, _bundle)
        alt.theme.register(NAME, enable=False)(_theme)
    if alt.renderers.active != NAME:
        alt.renderers.enable(NAME)
    if alt.theme.active != NAME:
        alt.theme.enable(NAME)


def words(chart: alt.TopLevelMixin) -> str:
    """What the chart says, for those who cannot see it."""
    return _words(spec_of(chart))


def png(chart: alt.TopLevelMixin, *, scale: float = 2) -> bytes:
    """The chart as a picture.

    Args:
        chart: any Altair chart.
        scale: pixels for each point of the chart; 2 is sharp on most screens.
    """
    return _png(spec_of(chart), scale)


def figure(chart: alt.TopLevelMixin) -> str:
    """The chart as HTML that stands by itself: a picture with its words. All text is escaped."""
    spec = spec_of(chart)
    data = base64.b64encode(_png(spec, 2)).decode("ascii")
    return (
        f'<figure class="okrlab-figure"><img alt="{escape(_words(spec))}" '
        f'style="max-width:100%;height:auto" src="data:image/png;base64,{data}"></figure>'
    )


def spec_of(chart: alt.TopLevelMixin) -> dict[str, Any]:
    """The chart as Vega-Lite 5 in okrlab's theme, with the "…" menu off."""
    use()
    spec: dict[str, Any] = chart.to_dict()
    return _adapted(spec)


def _adapted(spec: dict[str, Any]) -> dict[str, Any]:
    meta = spec.get("usermeta") or {}
    options = {**meta.get("embedOptions", {}), "actions": False, "renderer": "svg"}
    return {**spec, "$schema": SCHEMA, "usermeta": {**meta, "embedOptions": options}}


def _bundle(spec: dict[str, Any], **_: Any) -> dict[str, Any]:
    """What Jupyter gets of a chart: three forms, of which a front end takes the best it knows."""
    adapted = _adapted(spec)
    return {
        "application/vnd.vegalite.v5+json": adapted,
        "image/png": base64.b64encode(_png(adapted, 2)).decode("ascii"),
        "text/plain": _words(adapted),
    }


def _png(spec: dict[str, Any], scale: float) -> bytes:
    import vl_convert

    drawn: bytes = vl_convert.vegalite_to_png(spec, vl_version=DRAWN_WITH, scale=scale)
    return drawn


def _words(spec: dict[str, Any]) -> str:
    described = spec.get("description")
    if described:
        return str(described)
    title = spec.get("title")
    text = title.get("text") if isinstance(title, dict) else title
    return " ".join(text) if isinstance(text, list) else str(text or "A chart without a title.")


@cache
def _config() -> dict[str, Any]:
    text = {"labelFont": FONT, "titleFont": FONT, "labelColor": INK, "titleColor": MUTED}
    sizes = {"labelFontSize": 15, "titleFontSize": 15, "titleFontWeight": "normal"}
    return {
        "background": "white",
        "padding": 12,
        "font": FONT,
        "view": {"stroke": None, "continuousWidth": 640, "continuousHeight": 320},
        "title": {
            "font": FONT,
            "fontSize": 20,
            "fontWeight": 600,
            "color": INK,
            "anchor": "start",
            "offset": 16,
            "subtitleFont": FONT,
            "subtitleFontSize": 15,
            "subtitleColor": MUTED,
        },
        "axis": {
            **text,
            **sizes,
            "gridColor": FAINT,
            "domainColor": GREY,
            "tickColor": GREY,
            "labelLimit": 320,
        },
        "legend": {**text, **sizes},
        "range": {"category": SERIES},
        "mark": {"color": BLUE},
        "text": {"font": FONT, "fontSize": 15, "color": INK},
        "line": {"strokeWidth": 2.5},
    }


def _theme() -> Any:
    return {"config": _config()}
