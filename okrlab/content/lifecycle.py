"""Cases for the lifecycle board: measures month by month, milestones, and what people decide."""

from __future__ import annotations

from datetime import date
from typing import Literal, Self

from pydantic import Field, model_validator

from okrlab.content._base import ClaimId, FormatNumber, Line, Slug, Strict, Text
from okrlab.content.attainment import AmbitionName, Unit
from okrlab.content.item import Day, Number
from okrlab.errors import ModelError
from okrlab.model.indicator import Band

Move = Literal[
    "define",
    "watch",
    "limits",
    "alert",
    "close",
    "focus",
    "promise",
    "reach",
    "finish",
    "renew",
    "let-go",
    "settle",
    "retire",
]

MONTHS = 60
"""A case has at most so many months."""


class Said(Strict):
    """What people say when they make a move; each move takes some of these."""

    owner: Line | None = None
    formula: Line | None = None
    source: Line | None = None
    change: Line | None = None
    cause: Line | None = None
    objective: Line | None = None
    baseline: Number | None = None
    target: Number | None = None
    due: int | None = Field(default=None, ge=1, le=MONTHS, description="The month that ends it.")
    ambition: AmbitionName | None = None
    later: Line | None = None
    evidence: Line | None = None
    still: bool | None = None
    learning: Line | None = None
    lower: Number | None = None
    upper: Number | None = None
    why: Line | None = None


class LifecycleSubject(Strict):
    """A measure with its figures, or a milestone, on the board of a case."""

    id: Slug
    name: Line
    kind: Literal["measure", "milestone"] = "measure"
    about: Text
    unit: Unit = ""
    better: Literal["up", "down"] | None = None
    critical: bool = False
    starts: Literal["candidate", "health", "spawned"] = Field(
        default="candidate", description="“spawned” comes when a milestone that names it is done."
    )
    first: int = Field(default=1, ge=1, le=MONTHS, description="The month of the first value.")
    values: tuple[Number, ...] = Field(default=(), max_length=MONTHS)
    lower: Number | None = None
    upper: Number | None = None
    owner: Line | None = None
    done_from: int = Field(default=1, ge=1, le=MONTHS)
    not_yet: Text | None = None
    says: dict[Move, Said] = Field(
        default={}, description="What a sensible team would say, by move; offered to the learner."
    )

    @property
    def band(self) -> Band | None:
        """The range in which it must stay from the start; None when there is none."""
        if self.lower is None and self.upper is None:
            return None
        return Band(self.lower, self.upper)

    @model_validator(mode="after")
    def _is_one_or_the_other(self) -> Self:
        if self.kind == "milestone" and (self.values or self.starts != "candidate"):
            raise ValueError("a milestone starts as candidate and has no values")
        if self.kind == "milestone" and self.done_from > 1 and self.not_yet is None:
            raise ValueError("say in 'not_yet' what is missing before 'done_from'")
        if self.kind == "measure" and not self.values:
            raise ValueError("a measure has values, one per month from 'first' on")
        try:
            self.band  # noqa: B018  building it checks it
        except ModelError as problem:
            raise ValueError(str(problem)) from None
        return self


class Deed(Strict):
    """A move of the guided story; what is said stands with the subject unless `with` says more."""

    work: Slug
    move: Move
    said: Said = Said()


class Turn(Strict):
    """A stop: the month, what happened, and what the story does."""

    month: int = Field(ge=1, le=MONTHS)
    events: Text
    hint: Text | None = None
    do: tuple[Deed, ...] = Field(default=(), max_length=6)


class LifecycleCase(Strict):
    """Work on its way through the states, over some months."""

    id: Slug
    title: Line
    industry: Line
    intro: Text
    start: Day = Field(description="The first day of month 1.")
    history: int = Field(ge=0, le=MONTHS, description="Months before the first stop.")
    before: bool = Field(
        default=False, description="Decisions rest on the months before the running one."
    )
    story: bool = Field(default=False, description="Whether the turns tell what to do.")
    seed_refs: tuple[ClaimId, ...] = ()
    subjects: tuple[LifecycleSubject, ...] = Field(min_length=1, max_length=8)
    turns: tuple[Turn, ...] = Field(min_length=1, max_length=20)
    closing: tuple[Text, ...] = Field(min_length=1, max_length=4)

    @property
    def first_day(self) -> date:
        """The first day of month 1."""
        return self.start

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        months = [t.month for t in self.turns]
        if sorted(set(months)) != months or months[0] <= self.history:
            raise ValueError("the months of the turns rise, and the first comes after 'history'")
        ids = [s.id for s in self.subjects]
        names = [s.name for s in self.subjects]
        if len(set(ids)) < len(ids) or len(set(names)) < len(names):
            raise ValueError("each subject has an id and a name of its own")
        for subject in self.subjects:
            last = subject.first + len(subject.values) - 1
            if subject.kind == "measure" and last < months[-1]:
                raise ValueError(f"“{subject.id}” has values up to month {last} of {months[-1]}")
            if subject.starts == "health" and self.history - subject.first + 1 < 6:
                raise ValueError(f"“{subject.id}” needs six months of history to start as health")
        lost = sorted({d.work for t in self.turns for d in t.do if d.work not in ids})
        if lost:
            raise ValueError(f"the story moves what is not on the board: {', '.join(lost)}")
        return self


class LifecycleFile(Strict):
    """`lifecycle.yaml`."""

    format: FormatNumber
    cases: tuple[LifecycleCase, ...] = Field(min_length=1, max_length=12)

    @model_validator(mode="after")
    def _ids_are_unique(self) -> Self:
        ids = [c.id for c in self.cases]
        twice = sorted({i for i in ids if ids.count(i) > 1})
        if twice:
            raise ValueError(f"case ids are used twice: {', '.join(twice)}")
        return self
