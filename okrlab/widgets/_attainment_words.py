"""How an attainment board says what it sees: workings, verdicts, the mean, the hurried reading."""

from __future__ import annotations

import math
from typing import Any

from okrlab.content.attainment import (
    GuardrailMeasure,
    LearningResult,
    MaintainResult,
    MetricResult,
    MilestoneResult,
)
from okrlab.model.ambition import AMBER_BELOW, RED_BELOW, STRETCH_BAR, Ambition, verdict
from okrlab.model.attainment import Attainment, projected, roll_up
from okrlab.widgets._attainment_state import WEEKS, Entry, SetState, Value, attained
from okrlab.widgets.words import counted, sentence

AMBITIONS: dict[Ambition, str] = {
    Ambition.COMMITTED: "Committed: promised, 1.0 or explain",
    Ambition.STRETCH: "Stretch: hard, and meant to be reached",
    Ambition.MOONSHOT: "Moonshot: far beyond what seems possible",
}

WHY_NOT = (
    "Why not: a guardrail is no share of the way. It holds or it is broken, and no other result "
    "makes up for it. Say it first, and by itself."
)
WHY_BASELINE = (
    "Why not: current ÷ target counts what was there before anybody began. Subtract the baseline "
    "first."
)


def plain(value: float) -> str:
    """A number as people write it: "8.5", "540", "1,250,000", "−20"."""
    text = f"{value:,.10g}" if abs(value) < 1e15 else f"{value:g}"
    return text.replace("-", "−")


def share(ratio: float) -> str:
    """A share of the way with two figures: "0.70", "−0.29"."""
    shown = f"{ratio:.2f}" if abs(ratio) < 1e6 else f"{ratio:.3g}"
    return shown.replace("-0.00", "0.00").replace("-", "−")


def with_unit(value: float, unit: str) -> str:
    """A value with its unit behind it."""
    return f"{plain(value)}{' ' if unit and unit != '%' else ''}{unit}"


def working(entry: MetricResult, value: float, result: Attainment) -> str:
    """The calculation: "(97 − 100) ÷ (95 − 100) = 0.60"."""

    def less(number: float) -> str:
        text = plain(number)
        return f"({text})" if number < 0 else text

    base = less(entry.baseline)
    line = f"({plain(value)} − {base}) ÷ ({plain(entry.target)} − {base}) = {share(result.ratio)}"
    if result.ratio < 0:
        return f"{line}: it moved the wrong way. In a mean it counts as {share(result.value)}."
    if result.ratio > 1:
        return f"{line}: beyond the target. In a mean it counts as {share(result.value)}."
    return line


def judged(result: Attainment, ambition: Ambition) -> dict[str, Any]:
    """The verdict, with the word and the sign that stand beside its colour."""
    found = verdict(result, ambition)
    if ambition is Ambition.MOONSHOT:
        sign = {"green": "●", "amber": "◐", "red": "○"}[found.colour]
        word = sentence(found.colour)
    else:
        sign = "✓" if found.met else "✕"
        word = {True: "Met", False: "Missed"}[bool(found.met)]
        if ambition is Ambition.STRETCH:
            word = "Reached" if found.met else "Not reached"
    return {
        "colour": found.colour,
        "sign": sign,
        "word": word,
        "words": found.in_words.replace("-", "−"),
        "explain": found.explain,
    }


def bars(ambition: Ambition) -> list[dict[str, Any]]:
    """Where the bars of an ambition lie on the way from baseline to target."""
    if ambition is Ambition.COMMITTED:
        return [{"at": 1.0, "words": "the bar"}]
    if ambition is Ambition.STRETCH:
        return [{"at": STRETCH_BAR, "words": "the bar (ours)"}]
    return [{"at": RED_BELOW, "words": "amber"}, {"at": AMBER_BELOW, "words": "green"}]


def hurried_share(entry: Entry, value: Value) -> tuple[float, str] | None:
    """What current ÷ target would claim, and how; None where it makes no sense at all."""
    if not isinstance(entry, MetricResult) or not isinstance(value, float):
        return None
    if value <= 0 or entry.target <= 0:
        return None
    up = entry.target > entry.baseline
    above, below = (value, entry.target) if up else (entry.target, value)
    return above / below, f"{plain(above)} ÷ {plain(below)} = {share(above / below)}"


def told(entry: Entry, state: SetState) -> dict[str, Any]:
    """One entry for the browser."""
    value = state.values[entry.id]
    result = attained(entry, value)
    common = {"id": entry.id, "text": entry.text, "value": value, "share": share(result.ratio)}
    if isinstance(entry, MetricResult) and isinstance(value, float):
        ambition, hurried = state.ambitions[entry.id], hurried_share(entry, value)
        return {
            **common,
            "kind": "metric",
            "unit": entry.unit,
            "low": entry.low,
            "high": entry.high,
            "step": entry.step,
            "from": with_unit(entry.baseline, entry.unit),
            "to": with_unit(entry.target, entry.unit),
            "now": with_unit(value, entry.unit),
            "ratio": max(-10.0, min(10.0, result.ratio)),
            "working": working(entry, value, result),
            "ambition": ambition.value,
            "bars": bars(ambition),
            "verdict": judged(result, ambition),
            "pace": pace(result, state.week),
            "hurried": hurried[1] if hurried else None,
        }
    if isinstance(entry, MilestoneResult):
        ambition = state.ambitions[entry.id]
        passed = value if isinstance(value, frozenset) else frozenset()
        return {
            **common,
            "value": None if isinstance(value, frozenset) else value,
            "kind": "milestone",
            "evidence": entry.evidence,
            "movesLater": entry.moves_later,
            "gates": [
                {"id": g.id, "text": g.text, "weight": plain(g.weight), "passed": g.id in passed}
                for g in entry.gates
            ],
            "ambition": ambition.value,
            "verdict": judged(result, ambition),
        }
    if not isinstance(entry, MaintainResult | GuardrailMeasure):
        return {**common, "kind": "learning"}
    return {
        **common,
        "kind": "guardrail" if isinstance(entry, GuardrailMeasure) else "maintain",
        "unit": entry.unit,
        "low": entry.low,
        "high": entry.high,
        "step": entry.step,
        "lower": entry.lower,
        "upper": entry.upper,
        "now": with_unit(value, entry.unit) if isinstance(value, float) else "",
        "band": band_words(entry),
        "holds": result.value >= 1,
    }


def band_words(entry: MaintainResult | GuardrailMeasure) -> str:
    """The range in words: "at least 70%"."""
    low, high = entry.lower, entry.upper
    if low is not None and high is not None:
        return f"{plain(low)} to {with_unit(high, entry.unit)}"
    if low is not None:
        return f"at least {with_unit(low, entry.unit)}"
    return f"at most {with_unit(high or 0.0, entry.unit)}"


def pace(result: Attainment, week: int) -> str | None:
    """Where it ends at this pace; None when the quarter is over."""
    if week >= WEEKS:
        return None
    end = projected(result, week / WEEKS)
    return (
        f"After {week} of {WEEKS} weeks. At a steady pace it ends at {share(end.ratio)}; "
        "few measures move steadily."
    )


def together(state: SetState) -> dict[str, Any]:
    """The set as a whole: what is broken first, then the mean; beside it the hurried reading."""
    averaged, guards = state.averaged, state.guards
    roll = roll_up(list(averaged.values()), guards)
    parts = " + ".join(share(a.value) for a in averaged.values())
    many = len(averaged) > 1
    return {
        "words": roll.in_words,
        "mean": None if roll.mean is None else share(roll.mean),
        "working": f"({parts}) ÷ {len(averaged)} = {share(roll.mean or 0.0)}" if many else None,
        "broken": list(roll.broken),
        "held": list(roll.held),
        "owed": [
            entry.text
            for name, entry in state.entries.items()
            if name in state.ambitions and verdict(averaged[name], state.ambitions[name]).explain
        ],
        "left_out": _left_out(state),
    }


def _left_out(state: SetState) -> str:
    kinds = list(state.entries.values())
    guards = sum(isinstance(e, GuardrailMeasure) for e in kinds)
    ranges = sum(isinstance(e, MaintainResult) for e in kinds)
    learning = sum(isinstance(e, LearningResult) for e in kinds)
    said = []
    if guards:
        said.append(counted(guards, "guardrail"))
    if ranges:
        said.append(counted(ranges, "range to keep", "ranges to keep"))
    if learning:
        said.append(counted(learning, "thing to find out", "things to find out"))
    return f"Not in the mean: {' and '.join(said)}." if said else ""


def hurried(state: SetState) -> dict[str, Any]:
    """What a hurried reader would claim about the set, and why that is not what happened."""
    averaged, guards = state.averaged, state.guards
    claims: list[dict[str, str]] = []
    if guards:
        values = [a.value for a in (*averaged.values(), *guards.values())]
        mean = math.fsum(values) / len(values)
        parts = " + ".join(share(v) for v in values)
        claims.append(
            {
                "head": f"Everything in one mean: {share(mean)}",
                "working": f"({parts}) ÷ {len(values)} = {share(mean)}",
                "why": WHY_NOT,
            }
        )
    shares = [
        found[0]
        for name, entry in state.entries.items()
        if (found := hurried_share(entry, state.values[name])) is not None
    ]
    if shares:
        mean = math.fsum(shares) / len(shares)
        claims.append(
            {
                "head": f"Current ÷ target: {share(mean)} on average",
                "working": f"({' + '.join(share(s) for s in shares)}) ÷ {len(shares)}",
                "why": WHY_BASELINE,
            }
        )
    return {"claims": claims}
