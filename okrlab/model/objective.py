"""Objectives and their key results: metric ones that move a measure, and milestones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from okrlab.errors import ModelError
from okrlab.model.ambition import Ambition
from okrlab.model.attainment import (
    Attainment,
    RollUp,
    attainment,
    band_attainment,
    milestone_attainment,
    roll_up,
)
from okrlab.model.cycle import Cycle
from okrlab.model.indicator import Band, Indicator


@dataclass(frozen=True)
class MetricKeyResult:
    """A measure moved from a baseline to a target.

    Attributes:
        indicator: the measure that moves.
        baseline: where it starts, in the indicator's unit.
        target: where it should get to.
        due: the day; None means the last day of the objective's cycle.
        ambition: what was promised.
    """

    indicator: Indicator
    baseline: float
    target: float
    due: date | None = None
    ambition: Ambition = Ambition.STRETCH

    def __post_init__(self) -> None:
        attainment(self.baseline, self.target, self.baseline)  # says what is wrong with the two

    @property
    def name(self) -> str:
        """The key result in words."""
        unit = f" {self.indicator.unit}" if self.indicator.unit else ""
        return f"{self.indicator.name} from {self.baseline:g} to {self.target:g}{unit}"

    def attained(self, current: float) -> Attainment:
        """How far it got, when the measure stands at `current`."""
        return attainment(self.baseline, self.target, current)


@dataclass(frozen=True)
class Gate:
    """A part of a milestone, declared beforehand, with its weight."""

    name: str
    weight: float = 1.0


@dataclass(frozen=True)
class MilestoneKeyResult:
    """Something done or not done, meant to move a measure later.

    Attributes:
        name: what is there when it is done, such as "marketing automation live in Germany".
        evidence: how somebody who was not there could tell that it is done.
        moves_later: the indicator that it should move.
        due: the day; None means the last day of the objective's cycle.
        ambition: what was promised; milestones are usually committed.
        gates: parts with weights, for partial attainment; empty means all or nothing.
    """

    name: str
    evidence: str = ""
    moves_later: Indicator | None = None
    due: date | None = None
    ambition: Ambition = Ambition.COMMITTED
    gates: tuple[Gate, ...] = ()

    def attained(self, done: bool | Mapping[str, bool]) -> Attainment:
        """How far it got: whether it is done or, with gates, which of them are passed."""
        if isinstance(done, bool):
            return milestone_attainment(done)
        return milestone_attainment(done, {gate.name: gate.weight for gate in self.gates})


KeyResult = MetricKeyResult | MilestoneKeyResult


@dataclass(frozen=True)
class Objective:
    """A direction worth some effort, for one cycle, with the results that would prove it.

    Attributes:
        title: the outcome in words, without a number.
        cycle: the period.
        key_results: usually two to five.
        guardrails: bands by indicator name: what must not get worse meanwhile.
    """

    title: str
    cycle: Cycle
    key_results: tuple[KeyResult, ...] = ()
    guardrails: Mapping[str, Band] = field(default_factory=dict)

    def due(self, key_result: KeyResult) -> date:
        """The day by which a key result is due: its own, or the cycle's last."""
        return key_result.due or self.cycle.end

    def attained(
        self,
        current: Mapping[str, float | bool | Mapping[str, bool]],
        guardrails: Mapping[str, float] | None = None,
    ) -> RollUp:
        """Roll up the key results' attainment; guardrails are reported beside, never averaged.

        Args:
            current: by key result name, where its measure stands or whether it is done.
            guardrails: by guardrail name, where that measure stands.

        Raises:
            ModelError: a key result or guardrail has no current value, or a value of the wrong
                kind.
        """
        stands = guardrails or {}
        missing = [k.name for k in self.key_results if k.name not in current]
        missing += [name for name in self.guardrails if name not in stands]
        if missing:
            raise ModelError(f"No current value is given for: {', '.join(missing)}. Add it.")
        return roll_up(
            [_attained(k, current[k.name]) for k in self.key_results],
            {name: band_attainment(band, stands[name]) for name, band in self.guardrails.items()},
        )


def _attained(key_result: KeyResult, value: float | bool | Mapping[str, bool]) -> Attainment:
    if isinstance(key_result, MetricKeyResult):
        if isinstance(value, bool | Mapping):
            raise ModelError(f"“{key_result.name}” moves a measure: give the measure's value.")
        return key_result.attained(value)
    if not isinstance(value, bool | Mapping):
        raise ModelError(f"“{key_result.name}” is a milestone: say whether it is done.")
    return key_result.attained(value)
