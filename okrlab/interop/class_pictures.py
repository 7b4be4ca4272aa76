"""The small pictures of a class report, as SVG that takes the page's colours. Numbers only."""

from __future__ import annotations

from okrlab.assessment.class_gain import ClassGain, points

WIDTH = 640


def share_bar(share: float) -> str:
    """A bar from 0 to 1; the words stand beside it."""
    wide = round(200 * min(1.0, max(0.0, share)), 1)
    return (
        '<svg class="cr-share" viewBox="0 0 200 16" aria-hidden="true" focusable="false">'
        '<rect class="cr-track" width="200" height="16" rx="4"/>'
        f'<rect class="cr-fill" width="{wide}" height="16" rx="4"/></svg>'
    )


def gain_picture(gain: ClassGain) -> str:
    """The mean change with its interval on an axis of points, nought marked."""
    low = gain.difference if gain.low is None else gain.low
    high = gain.difference if gain.high is None else gain.high
    left, right = min(-0.2, low - 0.05), max(0.4, high + 0.05)

    def x(value: float) -> float:
        return round(40 + (WIDTH - 80) * (value - left) / (right - left), 1)

    said = f"Mean change {points(gain.difference)} points"
    if gain.low is not None and gain.high is not None:
        said += f", 95% interval {points(low)} to {points(high)}"
    ends = "".join(
        f'<text class="cr-small" x="{x(v)}" y="82" text-anchor="{side}">{points(v)}</text>'
        for v, side in ((low, "end"), (high, "start"))
        if gain.low is not None
    )
    bar = (
        f'<line class="cr-interval" x1="{x(low)}" x2="{x(high)}" y1="56" y2="56"/>'
        if gain.low is not None
        else ""
    )
    return (
        f'<svg class="cr-gain-picture" viewBox="0 0 {WIDTH} 116" role="img" aria-label="{said}">'
        f'<line class="cr-axis" x1="20" x2="{WIDTH - 20}" y1="56" y2="56"/>'
        f'<line class="cr-nought" x1="{x(0)}" x2="{x(0)}" y1="16" y2="92"/>'
        f'<text class="cr-small" x="{x(0)}" y="110" text-anchor="middle">no change</text>{bar}'
        f'<circle class="cr-dot" cx="{x(gain.difference)}" cy="56" r="9"/>'
        f'<text class="cr-label" x="{x(gain.difference)}" y="36" text-anchor="middle">'
        f"{points(gain.difference)} points</text>{ends}</svg>\n"
    )
