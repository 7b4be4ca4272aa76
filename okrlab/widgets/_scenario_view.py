"""A scenario as the browser may know it: never more than the step has come to."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from okrlab.assessment.votes import RULE, Count, advice, count, gain
from okrlab.assessment.what_if import Choice, answer, controls
from okrlab.content.scenario import STEPS, Scenario
from okrlab.content.scenario_checks import points_of
from okrlab.content.scenario_values import Measured, figure_values, filled, measured, shown
from okrlab.content.series import Series
from okrlab.errors import ContentError
from okrlab.model import signals
from okrlab.widgets._scenario_state import ROUNDS, State

STEP_NAMES = {
    "case": "The case",
    "predict": "Predict",
    "vote": "Vote",
    "pair": "In pairs",
    "revote": "Vote again",
    "reveal": "Reveal",
    "data": "What the data say",
    "debate": "Debate",
    "take_home": "To take home",
}


@dataclass(frozen=True)
class Told:
    """A scenario with its figures computed.

    Attributes:
        scenario: as read.
        series: by name.
        table: every figure as text, by name.
        numbers: every figure as a number, by name.
    """

    scenario: Scenario
    series: Mapping[str, Measured]
    table: Mapping[str, str]
    numbers: Mapping[str, float]

    @classmethod
    def of(cls, scenario: Scenario, known: Mapping[str, Series]) -> Told:
        """Compute everything that the scenario quotes.

        Raises:
            ContentError: a figure can't be computed.
        """
        series = measured(scenario, known)
        numbers, wrong = figure_values(scenario, series)
        if wrong:
            listing = "; ".join(f"figures[{i}]: {text}" for i, text in wrong.items())
            raise ContentError(
                f"The scenario “{scenario.id}” has mistakes, so it is not shown: {listing}. "
                "Mend them and run `okrlab author check`."
            )
        table = {f.id: shown(f, numbers[f.id]) for f in scenario.figures}
        return cls(scenario, series, table, numbers)

    def say(self, text: str) -> str:
        """A text with its figures put in."""
        return filled(text, self.table)

    @property
    def most(self) -> int:
        """How many points, or bars, there are to reveal."""
        return points_of(self.scenario, self.series)

    def base(self, step: str) -> int:
        """So many points are seen in a step before any is revealed."""
        if self.scenario.bars:
            return min(self.scenario.bars.shown, self.most)
        return max((self._first(line, step) for line in self.series.values()), default=0)

    @staticmethod
    def _first(line: Measured, step: str) -> int:
        if line.data.appears_at:
            return 0
        early = line.data.at_vote is None or STEPS.index(step) < STEPS.index("vote")
        return line.shown if early else min(line.data.at_vote or 0, len(line.values))

    def visible(self, state: State) -> int:
        """So many points the room sees now."""
        if state.past("data"):
            return self.most
        base = self.base(state.name)
        return max(base, state.revealed) if state.name == "reveal" else base

    def period(self) -> str:
        """What one point stands for."""
        first = next(iter(self.series.values()), None)
        return first.period if first else "bar"


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a passage."""
    return [p for p in (" ".join(part.split()) for part in text.split("\n\n")) if p]


def step_view(told: Told, state: State) -> dict[str, Any]:
    """The words of the step."""
    step = told.scenario.step(state.name)
    view: dict[str, Any] = {
        "text": [told.say(p) for p in paragraphs(step.text)],
        "points": [],
        "questions": [],
        "frame": None,
        "secret": False,
    }
    vote = told.scenario.steps.vote
    match state.name:
        case "vote" | "pair" | "revote":
            view["frame"], view["secret"] = vote.frame, vote.secret
        case "data":
            view["points"] = [told.say(line) for line in told.scenario.steps.data.says]
        case "debate":
            view["questions"] = [
                {"ask": told.say(q.ask), "frame": q.frame}
                for q in told.scenario.steps.debate.questions
            ]
        case "take_home":
            view["points"] = [told.say(line) for line in told.scenario.steps.take_home.points]
    return view


# -- votes ---------------------------------------------------------------------------------------


def counts(told: Told, state: State) -> dict[str, Count]:
    """Both votes, counted."""
    vote = told.scenario.steps.vote
    right = None if vote.poll else next(o.id for o in vote.options if o.correct)
    return {name: count(state.votes[name], right) for name in ROUNDS}


def vote_view(told: Told, state: State) -> dict[str, Any] | None:
    """Options and counts from the vote on; which one is right only with the data."""
    if not state.past("vote") or state.name in ("debate", "take_home"):
        return None
    done = counts(told, state)
    told_all = state.past("data")
    options = []
    for option in told.scenario.steps.vote.options:
        entry: dict[str, Any] = {
            "id": option.id,
            "text": told.say(option.text),
            "first": state.votes["first"][option.id],
            "second": state.votes["second"][option.id],
        }
        if told_all:
            entry |= {"shows": told.say(option.shows), "correct": option.correct}
        options.append(entry)
    return {
        "options": options,
        "poll": told.scenario.steps.vote.poll,
        "round": {"vote": "first", "revote": "second"}.get(state.name),
        "totals": {name: done[name].total for name in ROUNDS},
        "again": state.past("revote"),
        "advice": _advice(told, state, done) if state.advice else None,
        "gain": gain(done["first"], done["second"]) if told_all else "",
    }


def _advice(told: Told, state: State, done: Mapping[str, Count]) -> list[str]:
    """For the coach, when asked for: it may give the answer away."""
    lines = []
    if state.past("revote"):
        lines.append(gain(done["first"], done["second"]) or "Enter the counts of both votes.")
    else:
        first = done["first"]
        if first.right is not None and first.share is not None:
            share = f"{100 * first.share:.0f} %"
            lines.append(f"Right at the first vote: {first.right} of {first.total}, {share}.")
        lines.append(advice(first))
    return lines if told.scenario.steps.vote.poll else [*lines, RULE]


# -- the picture ---------------------------------------------------------------------------------


def picture_view(told: Told, state: State) -> dict[str, Any] | None:
    """The series, or the bars, as far as the room has seen them."""
    if state.name in ("debate", "take_home"):
        return None
    seen = told.visible(state)
    if told.scenario.bars:
        return {"bars": _bars(told, seen), "series": []}
    series = [
        _series(line, min(seen, len(line.values)), state)
        for line in told.series.values()
        if seen and appears(line, seen, state)
    ]
    return {"bars": None, "series": series} if series else None


def appears(line: Measured, seen: int, state: State) -> bool:
    """Whether the room sees this series yet."""
    at = line.data.appears_at
    return at == 0 or (state.past("reveal") and at <= seen)


def _bars(told: Told, seen: int) -> dict[str, Any]:
    bars = told.scenario.bars
    assert bars is not None
    unit = f" {bars.unit}" if bars.unit else ""
    figures = {f.id: f for f in told.scenario.figures}
    rows = []
    for bar in bars.bars[:seen]:
        number = told.numbers[bar.figure] * (100 if figures[bar.figure].percent else 1)
        rows.append(
            {"label": bar.label, "value": number, "text": f"{told.table[bar.figure]}{unit}"}
        )
    every = [told.numbers[b.figure] * (100 if figures[b.figure].percent else 1) for b in bars.bars]
    most = 100.0 if bars.unit == "%" else max(*every, 0.0, 1.0)
    listed = "; ".join(f"{r['label']}: {r['text']}" for r in rows)
    return {
        "title": bars.title,
        "bars": rows,
        "max": most,
        "hidden": len(bars.bars) - len(rows),
        "desc": f"{listed}." if rows else "Nothing is revealed yet.",
    }


def _series(line: Measured, seen: int, state: State) -> dict[str, Any]:
    values = line.values[:seen]
    limits = line.limits if _limits_drawn(line, state) else None
    found = signals(list(values), limits) if limits and seen else []
    target = line.target if line.data.target else None
    unit = "%" if line.unit == "%" else line.unit
    first = min((s.seen_at for s in found), default=None)
    message = line.title
    if limits is not None:
        message += (
            f": first signal in {line.period} {first + 1}" if first is not None else ": no signal"
        )
    return {
        "id": line.id,
        "title": message,
        "unit": unit,
        "period": line.period,
        "values": [None if math.isnan(v) else round(v, 4) for v in values],
        "count": len(line.values),
        "limits": {"centre": limits.centre, "lower": limits.lower, "upper": limits.upper}
        if limits
        else None,
        "target": target,
        "signals": sorted({i for s in found for i in s.indices}),
        "range": _range(line, seen, limits, target, state),
        "desc": _described(line, values, [s.in_words for s in found], target, limits is not None),
    }


def _limits_drawn(line: Measured, state: State) -> bool:
    wanted = line.data.limits
    return wanted != "never" and state.past(wanted)


def _range(
    line: Measured, seen: int, limits: Any, target: float | None, state: State
) -> list[float]:
    """Lowest and highest value that the axis has to hold: of all points from the reveal on."""
    part = line.values if state.past("reveal") else line.values[:seen]
    numbers = [v for v in part if not math.isnan(v)] or [0.0, 1.0]
    if limits is not None:
        numbers += [limits.lower, limits.upper]
    if target is not None:
        numbers.append(target)
    return [min(numbers), max(numbers)]


def _described(
    line: Measured, values: tuple[float, ...], found: list[str], target: float | None, drawn: bool
) -> str:
    unit = f" {line.unit}" if line.unit else ""
    listed = ", ".join("no value" if math.isnan(v) else f"{v:g}" for v in _rounded(values))
    said = [
        f"{line.title}, {len(values)} values by {line.period}{unit and ', in' + unit}: {listed}."
    ]
    if drawn:
        said += found or ["No signal so far."]
    if target is not None:
        said.append(f"The target is {target:g}{unit}.")
    return " ".join(said)


def _rounded(values: tuple[float, ...]) -> list[float]:
    return [v if math.isnan(v) else round(v, 2) for v in values]


# -- for the coach, and what if -------------------------------------------------------------------


def notes_view(told: Told, state: State) -> dict[str, Any]:
    """The coach's notes of the step, with what people will say and how to handle it."""
    step = told.scenario.step(state.name)
    handle: list[dict[str, str]] = []
    if state.name in ("vote", "pair", "revote"):
        for option in told.scenario.steps.vote.options:
            mark = "Right: " if option.correct else ""
            handle.append({"says": mark + told.say(option.text), "handle": told.say(option.handle)})
    elif state.name == "debate":
        for question in told.scenario.steps.debate.questions:
            handle += [
                {"says": told.say(e.says), "handle": told.say(e.handle)} for e in question.expect
            ]
    return {"text": [told.say(p) for p in paragraphs(step.notes)], "handle": handle}


def what_if_view(told: Told, state: State) -> dict[str, Any] | None:
    """The control “what if”, from the data on."""
    if state.name not in ("data", "debate"):
        return None
    asked = told.scenario.what_if
    parts = []
    for name, control in controls(asked).items():
        entry: dict[str, Any] = {"id": name, "label": control.label, "value": state.asked[name]}
        if isinstance(control, Choice):
            entry["options"] = [{"id": k, "label": v} for k, v in control.options.items()]
        else:
            entry |= {"low": control.low, "high": control.high, "step": control.step}
            entry["unit"] = control.unit
        parts.append(entry)
    found = answer(asked, state.asked, told.series)
    return {
        "title": asked.title,
        "controls": parts,
        "lines": list(found.lines),
        "bars": [{"label": b.label, "value": b.share, "text": b.text} for b in found.bars],
        "assumptions": list(found.assumptions),
    }
