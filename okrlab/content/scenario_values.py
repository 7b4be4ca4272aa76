"""What a scenario's series and figures come to: computed by the models, never typed in."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from okrlab.content import figures as f
from okrlab.content.scenario import PLACE, Data, Scenario
from okrlab.content.series import Series
from okrlab.errors import ContentError, ModelError
from okrlab.model import XmrLimits, attainment, signals, xmr_limits
from okrlab.model.logic_model import feasibility
from okrlab.simulation import bonus, funnel, goodhart


@dataclass(frozen=True)
class Measured:
    """A series of a scenario, whatever it was made from.

    Attributes:
        data: how the scenario uses it.
        title: the measure in words.
        unit: what stands after a value.
        period: what one point stands for.
        better: "higher", "lower" or "neither".
        values: in order of time; NaN is a gap.
        baseline: how many of the first points the limits come from; None when it has no limits.
        target: a value that somebody wants to reach.
    """

    data: Data
    title: str
    unit: str
    period: str
    better: str
    values: tuple[float, ...]
    baseline: int | None
    target: float | None

    @property
    def id(self) -> str:
        """Its name in the scenario."""
        return self.data.id

    @property
    def limits(self) -> XmrLimits | None:
        """Natural process limits from the baseline; None when the scenario draws none."""
        if self.baseline is None or self.data.limits == "never":
            return None
        return xmr_limits(list(self.values), baseline=self.baseline)

    @property
    def shown(self) -> int:
        """So many points are seen before the reveal."""
        count = self.data.shown if self.data.shown is not None else self.baseline or 0
        return min(count, len(self.values))


def measured(scenario: Scenario, known: Mapping[str, Series]) -> dict[str, Measured]:
    """Every series of a scenario by its name there.

    Args:
        scenario: as read.
        known: the series of `series.yaml`, by id.

    Raises:
        ContentError: it refers to a series that does not exist, or comes later.
    """
    found: dict[str, Measured] = {}
    for data in scenario.series:
        if data.made is not None:
            found[data.id] = _made(data, data.made, found)
        elif data.values is not None:
            found[data.id] = _own(data, data.values)
        elif data.ref in known:
            found[data.id] = _own(data, known[str(data.ref)])
        else:
            raise ContentError(f"there is no series “{data.ref}” in series.yaml")
    return found


def _own(data: Data, series: Series) -> Measured:
    return Measured(
        data=data,
        title=series.title,
        unit=series.unit,
        period=series.period,
        better=series.better,
        values=series.gaps,
        baseline=series.baseline or len(series.values),
        target=series.target,
    )


def _made(data: Data, made: f.Made, found: Mapping[str, Measured]) -> Measured:
    if isinstance(made, f.FunnelSeries):
        weeks = funnel.run(funnel.Funnel(), funnel.Ramp(), range(1, made.weeks + 1))
        values = tuple(getattr(w, made.measure) / made.divided_by for w in weeks)
        return Measured(data, made.title, made.unit, "week", "higher", values, None, None)
    for name in (made.top, made.bottom):
        if name not in found:
            raise ContentError(f"there is no series “{name}” before this one")
    top, bottom = found[made.top], found[made.bottom]
    scale = 0.01 if made.percent else 1.0
    values = tuple(
        a / (b * scale) if b else math.nan for a, b in zip(top.values, bottom.values, strict=False)
    )
    return Measured(
        data, made.title, made.unit, top.period, made.better, values, top.baseline, None
    )


def figure_values(
    scenario: Scenario, series: Mapping[str, Measured]
) -> tuple[dict[str, float], dict[int, str]]:
    """Every figure of a scenario by name, and what is wrong with the others by their position."""
    values: dict[str, float] = {}
    wrong: dict[int, str] = {}
    for index, figure in enumerate(scenario.figures):
        try:
            values[figure.id] = _value(figure, series)
        except (ContentError, ModelError) as error:
            wrong[index] = str(error)
    return values, wrong


def shown(figure: f.Figure, value: float) -> str:
    """A figure as a text shows it."""
    scaled = value * 100 if figure.percent else value
    text = f"{scaled:,.{figure.decimals}f}"
    return text.replace("-", "−") if set(text) - set("-0.,") else text.replace("-", "")


def filled(text: str, table: Mapping[str, str]) -> str:
    """A text with its figures put in. A name that the table lacks stays as it is."""
    return PLACE.sub(lambda m: table.get(m.group(1), m.group(0)), text)


def _value(figure: Any, series: Mapping[str, Measured]) -> float:
    compute: Callable[[Any, Mapping[str, Measured]], float] = _COMPUTE[type(figure)]
    return compute(figure, series)


def _series(name: str, series: Mapping[str, Measured]) -> Measured:
    if name not in series:
        have = ", ".join(series) or "none"
        raise ContentError(f"there is no series “{name}” in this scenario; it has: {have}")
    return series[name]


def _limits(line: Measured) -> XmrLimits:
    if line.baseline is None:
        raise ContentError(f"the series “{line.id}” has no limits")
    return xmr_limits(list(line.values), baseline=line.baseline)


def _limit(figure: f.LimitFigure, series: Mapping[str, Measured]) -> float:
    line = _series(figure.series, series)
    limits = _limits(line)
    if figure.first is not None or figure.last is not None:
        part = line.values[(figure.first or 1) - 1 : figure.last]
        limits = xmr_limits(list(part))
    return float(getattr(limits, figure.is_))


def _first_signal(figure: f.SignalFigure, series: Mapping[str, Measured]) -> float:
    line = _series(figure.series, series)
    found = signals(list(line.values), _limits(line))
    seen = [s.seen_at + 1 for s in found if s.seen_at + 1 >= figure.since]
    if not seen:
        raise ContentError(f"the series “{line.id}” has no signal from point {figure.since} on")
    return float(min(seen))


def _signals(figure: f.SignalsFigure, series: Mapping[str, Measured]) -> float:
    line = _series(figure.series, series)
    return float(len(signals(list(line.values), _limits(line))))


def mean_at(line: Measured, at: int, mean_of: int) -> float:
    """The value at a point, or the mean of so many points up to there.

    Raises:
        ContentError: there are no such points, or one of them is a gap.
    """
    if at > len(line.values) or mean_of > at:
        raise ContentError(
            f"the series “{line.id}” has {len(line.values)} points, so there is no mean of "
            f"{mean_of} up to point {at}"
        )
    part = line.values[at - mean_of : at]
    if any(math.isnan(v) for v in part):
        raise ContentError(f"the series “{line.id}” has a gap at or before point {at}")
    return math.fsum(part) / len(part)


def _at(figure: f.ValueFigure, series: Mapping[str, Measured]) -> float:
    return mean_at(_series(figure.series, series), figure.at, figure.mean_of)


def reaches(value: float, target: float, better: str) -> bool:
    """Whether a value is at least as good as the target."""
    return value <= target if better == "lower" else value >= target


def _met(figure: f.MetFigure, series: Mapping[str, Measured]) -> float:
    line = _series(figure.series, series)
    return float(sum(reaches(v, figure.target, line.better) for v in line.values))


def _attained(figure: f.AttainmentFigure, series: Mapping[str, Measured]) -> float:
    if (figure.current is None) == (figure.series is None or figure.at is None):
        raise ContentError("give either 'current', or 'series' and 'at'")
    current = figure.current
    if current is None:
        line = _series(str(figure.series), series)
        current = mean_at(line, int(figure.at or 0), figure.mean_of)
    result = attainment(figure.baseline, figure.target, current)
    return result.value if figure.cut else result.ratio


def _bonus(figure: f.BonusFigure, _: Mapping[str, Measured]) -> float:
    pay = bonus.Pay(bonus_kpi=figure.bonus, bonus_okr=figure.bonus_okr, coupling=figure.coupling)
    hours = bonus.split(pay)
    return hours.share_kpi if figure.what == "share" else hours.kpi


def _funnel(figure: f.FunnelFigure, _: Mapping[str, Measured]) -> float:
    ramp = funnel.Ramp()
    found = funnel.compare(funnel.Funnel(), ramp, ramp.start, figure.quarter)
    if figure.what == "growth":
        return float(found.revenue_growth or 0.0)
    return float(getattr(found, figure.what))


def _resources(figure: f.ResourcesFigure, _: Mapping[str, Measured]) -> float:
    found = feasibility(figure.goal, figure.units, figure.per_unit)
    name = "missing_units" if figure.is_ == "missing" else figure.is_
    return float(getattr(found, name)) / figure.scale


def _pressure(figure: f.PressureFigure, _: Mapping[str, Measured]) -> float:
    found = goodhart.respond(goodhart.Setting(pressure=figure.pressure))
    return found.measured if figure.is_ == "measured" else found.value


_COMPUTE: dict[type, Callable[[Any, Mapping[str, Measured]], float]] = {
    f.LimitFigure: _limit,
    f.SignalFigure: _first_signal,
    f.SignalsFigure: _signals,
    f.ValueFigure: _at,
    f.MetFigure: _met,
    f.AttainmentFigure: _attained,
    f.BonusFigure: _bonus,
    f.FunnelFigure: _funnel,
    f.ResourcesFigure: _resources,
    f.PressureFigure: _pressure,
}
