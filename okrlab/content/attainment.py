"""Sets of key results whose attainment a learner plays with, and how others read attainment."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from okrlab.content._base import ClaimId, FormatNumber, Line, Slug, Strict, Text
from okrlab.content.item import Number
from okrlab.errors import ModelError
from okrlab.model.attainment import attainment
from okrlab.model.indicator import Band

AmbitionName = Literal["committed", "stretch", "moonshot"]
Unit = Annotated[str, Field(max_length=24)]


class _Scale(Strict):
    """Where a slider ends, and its step; in the measure's unit."""

    unit: Unit = ""
    current: Number
    low: Number
    high: Number
    step: Number = Field(gt=0)

    def _check_scale(self) -> None:
        if not self.low < self.high:
            raise ValueError("'low' must lie below 'high'")
        if not self.low <= self.current <= self.high:
            raise ValueError("'current' must lie between 'low' and 'high'")


class MetricResult(_Scale):
    """A measure that is to move from `baseline` to `target`."""

    kind: Literal["metric"]
    id: Slug
    text: Line
    baseline: Number
    target: Number
    ambition: AmbitionName = "stretch"

    @model_validator(mode="after")
    def _moves(self) -> Self:
        self._check_scale()
        try:
            attainment(self.baseline, self.target, self.current)
        except ModelError as problem:
            raise ValueError(str(problem)) from None
        if not self.low <= min(self.baseline, self.target):
            raise ValueError("baseline and target must lie between 'low' and 'high'")
        if not max(self.baseline, self.target) <= self.high:
            raise ValueError("baseline and target must lie between 'low' and 'high'")
        return self


class GatePart(Strict):
    """A part of a milestone with its weight, declared beforehand."""

    id: Slug
    text: Line
    weight: Number = Field(gt=0, le=1000)
    passed: bool = False


class MilestoneResult(Strict):
    """Something done or not done, or passed gate by gate."""

    kind: Literal["milestone"]
    id: Slug
    text: Line
    evidence: Line = Field(description="How somebody else can see that it is done.")
    moves_later: Line | None = Field(default=None, description="The measure that it should move.")
    done: bool = False
    gates: tuple[GatePart, ...] = Field(default=(), max_length=6)
    ambition: AmbitionName = "committed"

    @model_validator(mode="after")
    def _gates_or_not(self) -> Self:
        ids = [g.id for g in self.gates]
        if len(ids) == 1 or len(set(ids)) < len(ids):
            raise ValueError("give at least two gates with ids of their own, or none")
        if self.gates and self.done:
            raise ValueError("with gates, say which are passed instead of 'done'")
        return self


class _InBand(_Scale):
    id: Slug
    text: Line
    lower: Number | None = None
    upper: Number | None = None

    @property
    def band(self) -> Band:
        """The range in which it must stay."""
        return Band(self.lower, self.upper)

    @model_validator(mode="after")
    def _has_a_band(self) -> Self:
        self._check_scale()
        try:
            self.band  # noqa: B018  building it checks it
        except ModelError as problem:
            raise ValueError(str(problem)) from None
        return self


class MaintainResult(_InBand):
    """A key result that says “keep it in this range”: it holds or it does not."""

    kind: Literal["maintain"]


class LearningResult(Strict):
    """A key result that finds something out: known or not known yet."""

    kind: Literal["learning"]
    id: Slug
    text: Line
    done: bool = False


class GuardrailMeasure(_InBand):
    """A measure that must not get worse meanwhile."""


KeyResultEntry = Annotated[
    MetricResult | MilestoneResult | MaintainResult | LearningResult, Field(discriminator="kind")
]


class ResultSet(Strict):
    """An objective's key results at the end of a cycle, with its guardrails."""

    id: Slug
    title: Line
    industry: Line
    objective: Line
    story: Text
    look: Text = Field(description="What to try, and what to see.")
    seed_refs: tuple[ClaimId, ...] = ()
    key_results: tuple[KeyResultEntry, ...] = Field(min_length=1, max_length=6)
    guardrails: tuple[GuardrailMeasure, ...] = Field(default=(), max_length=4)

    @model_validator(mode="after")
    def _ids_are_unique(self) -> Self:
        ids = [e.id for e in (*self.key_results, *self.guardrails)]
        twice = sorted({i for i in ids if ids.count(i) > 1})
        if twice:
            raise ValueError(f"ids are used twice: {', '.join(twice)}")
        return self


class OtherReading(Strict):
    """How somebody else reads attainment; labelled with whose rule it is."""

    id: Slug
    whose: Line
    text: Text


class AttainmentBoardText(Strict):
    """Which sets are shown together, under one name."""

    id: Slug
    title: Line
    intro: Text
    sets: tuple[Slug, ...] = Field(min_length=1)


class AttainmentFile(Strict):
    """`attainment.yaml`."""

    format: FormatNumber
    boards: tuple[AttainmentBoardText, ...] = Field(min_length=1)
    sets: tuple[ResultSet, ...] = Field(min_length=1, max_length=40)
    readings: tuple[OtherReading, ...] = Field(min_length=1, max_length=10)

    def board(self, name: str) -> tuple[AttainmentBoardText, tuple[ResultSet, ...]] | None:
        """The board of that name with its sets; None when there is none."""
        by_id = {s.id: s for s in self.sets}
        for board in self.boards:
            if board.id == name:
                return board, tuple(by_id[s] for s in board.sets)
        return None

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        ids = [s.id for s in self.sets]
        for kind, names in (
            ("set", ids),
            ("board", [b.id for b in self.boards]),
            ("reading", [r.id for r in self.readings]),
        ):
            twice = sorted({i for i in names if names.count(i) > 1})
            if twice:
                raise ValueError(f"{kind} ids are used twice: {', '.join(twice)}")
        for board in self.boards:
            lost = [s for s in board.sets if s not in ids]
            if lost:
                raise ValueError(
                    f"the board “{board.id}” shows sets that do not exist: {', '.join(lost)}"
                )
        return self
