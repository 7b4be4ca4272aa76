"""What XmrChart says: signals, band and target against the limits, what new limits changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from okrlab.assessment.numbers import show_number
from okrlab.content.series import Series
from okrlab.model.indicator import Band
from okrlab.model.xmr import Signal, XmrLimits
from okrlab.model.xmr.rules import NAMES, Rules
from okrlab.widgets.words import counted, sentence

RULE_NUMBERS: dict[str, dict[str, int]] = {
    "wheeler": {"outside": 1, "range": 1, "run": 2, "near_limit": 3},
    "nhs": {"outside": 1, "run": 2, "trend": 3, "outer_third": 4},
}

RULES: dict[str, tuple[str, ...]] = {
    "wheeler": (
        "Rule 1: a point outside the limits, or a step larger than the range limit.",
        "Rule 2: 8 points in a row on the same side of the average.",
        "Rule 3: 3 of 4 points in a row nearer to the same limit than to the average.",
    ),
    "nhs": (
        "Rule 1: a point outside the limits.",
        "Rule 2: 7 points in a row on the same side of the average.",
        "Rule 3: 7 points in a row that all rise, or all fall.",
        "Rule 4: 2 of 3 points in a row in the outer third near the same limit.",
    ),
}

RULE_SETS = {"wheeler": "Wheeler’s rules", "nhs": "NHS rules"}


@dataclass(frozen=True)
class Scale:
    """How this series' points and values are put in words.

    Attributes:
        series: the measure.
        decimals: digits after the point of its values.
        labels: the learner's own names of the points, such as dates; empty when there are none.
    """

    series: Series
    decimals: int
    labels: tuple[str, ...] = ()

    def point(self, index: int) -> str:
        """Such as "week 14", or "point 3 (2026-03-01)"."""
        word = "point" if self.series.period == "item" else self.series.period
        label = f" ({self.labels[index]})" if self.labels else ""
        return f"{word} {index + 1}{label}"

    def value(self, number: float | None, more: int = 0) -> str:
        """A value with its unit; limits and averages have one digit `more`."""
        if number is None:
            return "missing"
        return show_number(round(number, self.decimals + more), self.series.unit)

    def limits(self, limits: XmrLimits) -> str:
        """Such as "11.6 to 32.4"."""
        return f"{self.value(limits.lower, 1)} to {self.value(limits.upper, 1)}"

    def band(self, band: Band) -> str:
        """Such as "2 to 5", "at most 5" or "at least 2"."""
        if band.lower is None:
            return f"at most {self.value(band.upper)}"
        if band.upper is None:
            return f"at least {self.value(band.lower)}"
        return f"{self.value(band.lower)} to {self.value(band.upper)}"


def gathered(found: Sequence[Signal]) -> list[Signal]:
    """The signals, with neighbours outside the same limit told as one."""
    told: list[Signal] = []
    for signal in found:
        last = told[-1] if told else None
        if (
            last
            and signal.rule == last.rule == "outside"
            and (signal.side, signal.indices[0]) == (last.side, last.indices[-1] + 1)
        ):
            told[-1] = replace(last, indices=(*last.indices, *signal.indices))
        else:
            told.append(signal)
    return told


def signal_words(signal: Signal, rules: Rules) -> str:
    """The signal as a sentence with the number of its rule."""
    number = RULE_NUMBERS[rules][signal.rule]
    told = signal.in_words.removesuffix(".")
    if signal.rule == "outside" and len(signal.indices) > 1:
        told = told.replace(" lies ", " lie ")
    return f"{told} (rule {number})."


def headline(scale: Scale, found: Sequence[Signal]) -> str:
    """The message of the picture."""
    title = scale.series.title
    if not found:
        return f"{title}: no signal, only routine variation"
    first = min(s.seen_at for s in found)
    more = len(found) - 1
    rest = f", and {counted(more, 'more signal')}" if more else ""
    preposition = "at" if scale.series.period in ("item", "point") else "in"
    return f"{title}: signal {preposition} {scale.point(first)}{rest}"


def described(scale: Scale, values: Sequence[float | None], limits: XmrLimits) -> str:
    """The picture for who cannot see it."""
    known = [v for v in values if v is not None]
    gaps = len(values) - len(known)
    missing = f" {sentence(counted(gaps, 'value'))} missing." if gaps else ""
    return (
        f"{len(values)} points, from {scale.value(min(known))} to {scale.value(max(known))}, the "
        f"last one {scale.value(known[-1])}.{missing} The average is "
        f"{scale.value(limits.centre, 1)}, the natural process limits are {scale.limits(limits)}."
        if known
        else "All values are missing."
    )


def band_words(
    scale: Scale, values: Sequence[float | None], limits: XmrLimits, band: Band
) -> list[str]:
    """The band against the limits."""
    words = [
        f"The band ({scale.band(band)}) is what people want. The limits ({scale.limits(limits)}) "
        "are what the process does."
    ]
    if band.holds(limits.lower) and band.holds(limits.upper):
        return [*words, "The process stays inside the band by itself: routine variation fits in."]
    below = band.lower is not None and limits.upper < band.lower
    above = band.upper is not None and limits.lower > band.upper
    if below or above:
        return [
            *words,
            "The whole process lies outside the band. It will not come back by itself: something "
            "in the process has to change.",
        ]
    known = [v for v in values if v is not None]
    outside = sum(not band.holds(v) for v in known)
    return [
        *words,
        f"Routine variation reaches beyond the band ({outside} of {len(known)} points lie outside "
        "it now), so points will leave it though nothing special happened. Asking why at each of "
        "them does not help; a calmer or a shifted process does.",
    ]


def target_words(scale: Scale, limits: XmrLimits, target: float) -> list[str]:
    """The target against the limits."""
    words = [
        "A target is not a limit: people wish for a target, the data make the limits.",
    ]
    shown, better, period = scale.value(target), scale.series.better, scale.series.period
    ahead = target > limits.upper if better == "higher" else target < limits.lower
    behind = target < limits.lower if better == "higher" else target > limits.upper
    if better == "neither" and (ahead or behind):
        return [*words, f"{shown} lies outside the limits: the process as it is does not go there."]
    if ahead:
        return [
            *words,
            f"{shown} lies beyond the limits. The process as it is does not get there; it takes a "
            "different process, and then new limits.",
        ]
    if behind:
        return [*words, f"The process as it is does better than {shown} all the time."]
    times = "time" if period in ("item", "point") else period
    return [
        *words,
        f"{shown} lies inside the limits. The process as it is meets it one {times} and misses "
        "it the next, and neither tells that anything has changed.",
    ]


def changed_words(
    scale: Scale, before: XmrLimits, after: XmrLimits, counts: tuple[int, int]
) -> str:
    """What computing the limits anew has changed; `counts` of signals before and after."""
    points = f"{scale.point(after.start)} to {scale.point(after.stop - 1)}"
    if before == after:
        return (
            f"Computed anew from {points}, and nothing changed: these points are as they were. The "
            f"limits are still {scale.limits(after)}."
        )
    was, now = counts
    told = (
        f"{sentence(counted(now, 'signal'))}, as before."
        if was == now
        else f"{sentence(counted(was, 'signal'))} before, {counted(now, 'signal')} now."
    )
    return (
        f"Computed anew from {points}. The average was {scale.value(before.centre, 1)} and is "
        f"{scale.value(after.centre, 1)}; the limits were {scale.limits(before)} and are "
        f"{scale.limits(after)}. {told}"
    )


def news(before: Sequence[Signal], after: Sequence[Signal], rules: Rules) -> str:
    """What a moved point did to the signals."""
    new = [signal_words(s, rules) for s in after if s not in before]
    gone = [s for s in before if s not in after]
    if new:
        return "Signal: " + " ".join(new[:2])
    if gone:
        names = sorted({NAMES[s.rule].lower() for s in gone})
        return f"No longer a signal: {', '.join(names)}."
    return "The signals are as before." if after else "No signal."
