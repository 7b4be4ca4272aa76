"""Companies with many measures, of which a few are key: the content of the widget VitalFew."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from okrlab.content._base import FormatNumber, Line, Slug, Strict, Text

Perspective = Literal["finance", "customer", "process", "people"]
"""The four perspectives of the balanced scorecard (Kaplan and Norton), in short."""

PERSPECTIVES: tuple[Perspective, ...] = ("finance", "customer", "process", "people")

LEAST_KEY = 7
"""So many measures of a company pass all rules at least, so that several good sets exist."""


class FewMeasure(Strict):
    """A measure that a company could call key.

    `strategy`, `state` and `act` say whether it passes the three rules, and `why` explains that in
    this company's case. `twin` names a measure that tells the same story.
    """

    id: Slug
    name: Line
    now: Line
    perspective: Perspective
    strategy: bool
    state: bool
    act: bool
    why: Text
    twin: Slug | None = None

    @property
    def key(self) -> bool:
        """Whether it passes all three rules."""
        return self.strategy and self.state and self.act


class FewCompany(Strict):
    """A company, what it is after this year, and its measures."""

    id: Slug
    title: Line
    industry: Line
    strategy: Text
    measures: Annotated[tuple[FewMeasure, ...], Field(min_length=12, max_length=24)]

    @model_validator(mode="after")
    def _leaves_a_choice(self) -> Self:
        ids = [m.id for m in self.measures]
        twice = sorted({i for i in ids if ids.count(i) > 1})
        if twice:
            raise ValueError(f"measure ids are used twice: {', '.join(twice)}")
        twins = {m.id: m.twin for m in self.measures}
        for name, twin in twins.items():
            if twin is not None and (twin == name or twins.get(twin) != name):
                raise ValueError(f"“{name}” has the twin “{twin}”, which does not name it back")
        key = [m for m in self.measures if m.key]
        if len(key) < LEAST_KEY:
            raise ValueError(f"{len(key)} measures pass all three rules; {LEAST_KEY} are needed")
        missing = [p for p in PERSPECTIVES if p not in {m.perspective for m in key}]
        if missing:
            raise ValueError(f"no measure that is key looks at: {', '.join(missing)}")
        for rule in ("strategy", "state", "act"):
            if sum(not getattr(m, rule) for m in self.measures) < 2:
                raise ValueError(f"at least two measures must fail the rule “{rule}”")
        return self


class VitalFewFile(Strict):
    """`vital_few.yaml`."""

    format: FormatNumber
    companies: Annotated[tuple[FewCompany, ...], Field(min_length=1, max_length=12)]

    @model_validator(mode="after")
    def _names_companies_once(self) -> Self:
        ids = [c.id for c in self.companies]
        if len(set(ids)) < len(ids):
            raise ValueError("a company's id is used twice")
        return self
