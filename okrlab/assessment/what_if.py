"""What the control “what if” of a scenario answers: a real model, asked with other numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from okrlab.content import what_if as w
from okrlab.content.scenario_values import Measured, mean_at, reaches
from okrlab.model import Ambition, attainment, signals, verdict
from okrlab.model.logic_model import feasibility
from okrlab.simulation import bonus, funnel, goodhart

Values = Mapping[str, float | str]
"""By control: the position of a slider, or the option chosen."""

WAYS = ("as it is", "decouple", "couple", "pay both")
WAY_WORDS = {
    "as it is": "As it is",
    "decouple": "Decouple: no bonus on either",
    "couple": "Embed: the OKR also moves the KPI",
    "pay both": "Pay both alike",
}
AMBITION_WORDS = {"committed": "Committed", "stretch": "Stretch", "moonshot": "Moonshot"}


@dataclass(frozen=True)
class Choice:
    """A control with a few positions."""

    label: str
    options: Mapping[str, str]
    start: str


Control = w.Slider | Choice


@dataclass(frozen=True)
class BarOf:
    """A bar of an answer: its words, and its length as a share of the longest one, 0 to 1."""

    label: str
    share: float
    text: str


@dataclass(frozen=True)
class Answer:
    """What the model says.

    Attributes:
        lines: sentences, the verdict first.
        bars: the same as lengths; may be empty.
        assumptions: what is assumed, where a toy model answers.
    """

    lines: tuple[str, ...]
    bars: tuple[BarOf, ...] = ()
    assumptions: tuple[str, ...] = ()


def controls(asked: w.WhatIf) -> dict[str, Control]:
    """The sliders and choices of a “what if”, by name, in order."""
    sliders: dict[str, Control] = {
        name: value for name, value in asked if isinstance(value, w.Slider)
    }
    if isinstance(asked, w.BonusWhatIf):
        return sliders | {"way": Choice("Way out", WAY_WORDS, "as it is")}
    if isinstance(asked, w.AmbitionWhatIf):
        return sliders | {"ambition": Choice("Set as", AMBITION_WORDS, asked.start)}
    return sliders


def starts(asked: w.WhatIf) -> dict[str, float | str]:
    """Where the controls stand at first."""
    return {name: control.start for name, control in controls(asked).items()}


def answer(asked: w.WhatIf, values: Values, series: Mapping[str, Measured]) -> Answer:
    """What the model says with the controls at these positions.

    Args:
        asked: the “what if” of a scenario.
        values: a position for every control, within its range.
        series: those of the scenario.

    Raises:
        ModelError: a position lies outside the model's range.
    """
    say: Callable[[Any, Values, Mapping[str, Measured]], Answer] = _ANSWERS[type(asked)]
    return say(asked, values, series)


def _target(asked: w.TargetWhatIf, values: Values, series: Mapping[str, Measured]) -> Answer:
    line, target = series[asked.series], float(values["target"])
    limits = replace(line, data=line.data.model_copy(update={"limits": "case"})).limits
    assert limits is not None  # the check sees to it
    unit = _after(line.unit)
    worst, best = (limits.lower, limits.upper)
    if line.better == "lower":
        worst, best = best, worst
    place = f"the limits of {limits.lower:.2f} and {limits.upper:.2f}{unit}"
    if not reaches(best, target, line.better):
        first = (
            f"{target:g}{unit} lies beyond {place}: the process as it was misses it again and "
            "again. To get there, the process has to change."
        )
    elif reaches(worst, target, line.better):
        first = (
            f"{target:g}{unit} lies short of {place}: the process as it was reaches it without "
            "anybody doing anything."
        )
    else:
        first = (
            f"{target:g}{unit} lies inside {place}: hit or miss. Reaching it in one "
            f"{line.period} shows nothing."
        )
    base = line.values[: line.baseline]
    met = sum(reaches(v, target, line.better) for v in base)
    lines = [first, f"It was reached in {met or 'none'} of the first {len(base)} {line.period}s."]
    if asked.baseline is not None and target != asked.baseline:
        lines.append(_scored(asked, line, target))
    return Answer(tuple(lines))


def _scored(asked: w.TargetWhatIf, line: Measured, target: float) -> str:
    at = asked.at or len(line.values)
    baseline = float(asked.baseline or 0.0)

    def of(mean_of: int) -> str:
        found = attainment(baseline, target, mean_at(line, at, mean_of))
        counts = "" if found.ratio == found.value else f" (counts as {found.value:.2f})"
        return f"{found.ratio:.2f}{counts}"

    text = f"Attainment from {baseline:g} to {target:g} by {line.period} {at}: {of(1)}"
    if asked.mean_of == 1:
        return f"{text}."
    return f"{text} by that {line.period}, {of(asked.mean_of)} by the mean of {asked.mean_of}."


def _point(asked: w.PointWhatIf, values: Values, series: Mapping[str, Measured]) -> Answer:
    line, value = series[asked.series], float(values["value"])
    at = asked.at
    limits = replace(line, data=line.data.model_copy(update={"limits": "case"})).limits
    assert limits is not None  # the check sees to it
    changed = [*line.values[: at - 1], value]
    found = [s for s in signals(changed, limits) if s.seen_at == at - 1]
    unit = _after(line.unit)
    if found:
        lines = [f"{value:g}{unit} is a signal: look for the cause.", *(s.in_words for s in found)]
    else:
        lines = [f"{value:g}{unit} is no signal: within what this process does by itself."]
    lines.append(f"The limits are {limits.lower:.1f} and {limits.upper:.1f}{unit}.")
    return Answer(tuple(lines))


def _bonus(asked: w.BonusWhatIf, values: Values, _: Mapping[str, Measured]) -> Answer:
    pay = bonus.Pay(bonus_kpi=float(values["bonus"]))
    ways = {r.name: r for r in bonus.remedies(pay, coupling=asked.coupling)}
    way = ways[str(values["way"])]
    bars = tuple(
        BarOf(words, hours / bonus.HOURS, f"{hours:.1f} of {bonus.HOURS:g} hours")
        for words, hours in (("Paid KPI", way.hours.kpi), ("OKR", way.hours.okr))
    )
    return Answer((way.hours.in_words, f"{way.what} {way.catch}"), bars, bonus.ASSUMPTIONS)


def _funnel(_asked: w.FunnelWhatIf, values: Values, _: Mapping[str, Measured]) -> Answer:
    delay, end = int(values["delay"]), float(values["conversion"]) / 100
    made, ramp = funnel.Funnel(weeks_to_deal=delay), funnel.Ramp(end=end)
    found = [funnel.compare(made, ramp, ramp.start, quarter) for quarter in (1, 2, 3)]
    growth = [c.revenue_growth or 0.0 for c in found]
    lag = made.weeks_to_opportunity + delay
    lines = [
        f"Revenue grows by {growth[0]:.1%} in the first quarter, {growth[1]:.1%} in the second "
        f"and {growth[2]:.1%} in the third.".replace("%", " %"),
        f"What was done in week {ramp.last_week} shows in revenue in week {ramp.last_week + lag}.",
    ]
    most = max(*growth, 0.01)
    bars = tuple(
        BarOf(f"Quarter {i}", max(0.0, g) / most, f"{g:+.1%}".replace("%", " %"))
        for i, g in enumerate(growth, 1)
    )
    return Answer(tuple(lines), bars, funnel.ASSUMPTIONS)


def _resources(asked: w.ResourcesWhatIf, values: Values, _: Mapping[str, Measured]) -> Answer:
    goal = float(values["goal"]) * asked.scale
    found = feasibility(goal, int(values["units"]), asked.per_unit)
    most = max(found.goal, found.reachable)
    bars = tuple(
        BarOf(label, amount / most, f"{asked.unit}{amount:,.0f}")
        for label, amount in (("Goal", found.goal), ("Within reach", found.reachable))
    )
    return Answer((found.in_words(asked.resource, asked.unit),), bars)


def _ambition(asked: w.AmbitionWhatIf, values: Values, _: Mapping[str, Measured]) -> Answer:
    result = attainment(asked.baseline, asked.target, float(values["current"]))
    judged = verdict(result, Ambition(str(values["ambition"])))
    way = (
        f"({float(values['current']):g} − {asked.baseline:g}) / "
        f"({asked.target:g} − {asked.baseline:g}) = {result.ratio:.2f}".replace("-", "−")
    )
    bars = (BarOf("Attainment", result.value, f"{result.value:.2f}"),)
    return Answer((judged.in_words, f"Attainment: {way}."), bars)


def _pressure(_asked: w.PressureWhatIf, values: Values, _: Mapping[str, Measured]) -> Answer:
    setting = goodhart.Setting(
        pressure=float(values["pressure"]), penalty=float(values["guardrail"])
    )
    found = goodhart.respond(setting)
    start = goodhart.gaming_starts(setting)
    most = max(abs(found.measured), abs(found.value), 1.0)
    bars = tuple(
        BarOf(label, max(0.0, v) / most, f"{v:.2f}")
        for label, v in (("What is measured", found.measured), ("What it stands for", found.value))
    )
    second = f"Gaming pays from a pressure of {start:.2f} on."
    return Answer((found.in_words, second), bars, goodhart.ASSUMPTIONS)


def _after(unit: str) -> str:
    return f" {unit}" if unit else ""


_ANSWERS: dict[type, Callable[[Any, Values, Mapping[str, Measured]], Answer]] = {
    w.TargetWhatIf: _target,
    w.PointWhatIf: _point,
    w.BonusWhatIf: _bonus,
    w.FunnelWhatIf: _funnel,
    w.ResourcesWhatIf: _resources,
    w.AmbitionWhatIf: _ambition,
    w.PressureWhatIf: _pressure,
}
