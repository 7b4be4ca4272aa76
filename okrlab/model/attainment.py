"""How far a key result got: attainment of one, and of an objective's key results together.

The formula subtracts the baseline before it divides, so it also works for measures that should
fall: cost per lead from 100 to 95, now 97, is (97 - 100) / (95 - 100) = 0.6.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from okrlab.errors import ModelError

if TYPE_CHECKING:
    from okrlab.model.indicator import Band


@dataclass(frozen=True)
class Attainment:
    """How far a key result got from its baseline to its target.

    Attributes:
        ratio: the share of the way, as it is: below 0 when the measure moved the wrong way, above 1
            when it went beyond the target. This is what to show.
        value: the ratio held between 0 and 1. This is what to average.
    """

    ratio: float
    value: float

    @classmethod
    def of(cls, ratio: float) -> Attainment:
        """The attainment with this raw ratio."""
        return cls(ratio=ratio, value=min(1.0, max(0.0, ratio)))


def attainment(baseline: float, target: float, current: float) -> Attainment:
    """How far `current` is on the way from `baseline` to `target`.

    Args:
        baseline: where the measure stood at the start, in the measure's own unit.
        target: where it should get to; may be below the baseline.
        current: where it is now.

    Raises:
        ModelError: baseline and target are equal, or one of the three is not a finite number.

    >>> attainment(22, 35, 31).value  # doctest: +ELLIPSIS
    0.692...
    """
    for name, number in (("baseline", baseline), ("target", target), ("current", current)):
        if isinstance(number, bool) or not math.isfinite(number):
            raise ModelError(f"The {name} is {number}, which is no finite number. Give a number.")
    if baseline == target:
        raise ModelError(
            f"Baseline and target are both {baseline:g}, so there is no way to go and no share of "
            "it. If the measure should stay where it is, it is a health metric: give it a band."
        )
    return Attainment.of((current - baseline) / (target - baseline))


def projected(result: Attainment, elapsed: float) -> Attainment:
    """Where an attainment ends if it goes on at the pace that it has had so far.

    An assumption, not a forecast: few measures move by the same amount every week.

    Args:
        result: how far the key result has got.
        elapsed: the share of the period that has passed, above 0 and up to 1.

    Raises:
        ModelError: `elapsed` lies outside that range.

    >>> round(projected(Attainment.of(0.35), 0.5).ratio, 2)
    0.7
    """
    if isinstance(elapsed, bool) or not 0 < elapsed <= 1:
        raise ModelError(
            f"The share of the period is {elapsed}. It lies above 0 and up to 1: with nothing of "
            "the period gone there is no pace yet."
        )
    return Attainment.of(result.ratio / elapsed)


def milestone_attainment(
    done: bool | Mapping[str, bool], weights: Mapping[str, float] | None = None
) -> Attainment:
    """Attainment of a milestone: 1 when it is done, else 0.

    Args:
        done: whether it is done; or, for gates declared beforehand, which of them are passed.
        weights: the weight of each gate, above 0; they are scaled to add up to 1.

    Raises:
        ModelError: gates without weights, other names than the weights', or a weight not above 0.
    """
    if isinstance(done, bool):
        return Attainment.of(1.0 if done else 0.0)
    if not weights or set(done) != set(weights):
        raise ModelError(
            "Gates and weights have different names. Declare the weight of every gate beforehand, "
            f"here: {', '.join(sorted(done)) or 'no gate'}."
        )
    if any(not math.isfinite(w) or w <= 0 for w in weights.values()):
        raise ModelError("A gate's weight is a finite number above 0.")
    total = math.fsum(weights.values())
    return Attainment.of(math.fsum(w for gate, w in weights.items() if done[gate]) / total)


def band_attainment(band: Band, current: float) -> Attainment:
    """Attainment of “keep it in this range”: 1 inside the band, 0 outside."""
    return Attainment.of(1.0 if band.holds(current) else 0.0)


@dataclass(frozen=True)
class RollUp:
    """An objective's key results together.

    Attributes:
        mean: the mean of the clamped attainments, guardrails left out; None when nothing is left to
            average.
        averaged: how many went into the mean.
        broken: names of the guardrails that do not hold.
        held: names of the guardrails that do.
    """

    mean: float | None
    averaged: int
    broken: tuple[str, ...] = ()
    held: tuple[str, ...] = ()

    @property
    def in_words(self) -> str:
        """The mean and the guardrails in one sentence, the broken ones first."""
        mean = "nothing to average" if self.mean is None else f"mean attainment {self.mean:.2f}"
        if self.broken:
            return f"Guardrail broken: {', '.join(self.broken)}; {mean}."
        if self.held:
            return f"{mean[0].upper()}{mean[1:]}; all guardrails hold ({', '.join(self.held)})."
        return f"{mean[0].upper()}{mean[1:]}."


def roll_up(
    attainments: Sequence[Attainment], guardrails: Mapping[str, Attainment] | None = None
) -> RollUp:
    """Average the attainments of an objective's key results; report guardrails beside, never in.

    Args:
        attainments: of the key results that move something.
        guardrails: by name, what must not get worse. A guardrail holds when its value is 1.
    """
    guards = guardrails or {}
    mean = math.fsum(a.value for a in attainments) / len(attainments) if attainments else None
    return RollUp(
        mean=mean,
        averaged=len(attainments),
        broken=tuple(name for name, a in guards.items() if a.value < 1),
        held=tuple(name for name, a in guards.items() if a.value >= 1),
    )
