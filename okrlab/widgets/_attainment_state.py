"""What a learner has set on an attainment board: values, ambitions, own key results. No browser."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Self

from pydantic import ValidationError

from okrlab.content.attainment import (
    GuardrailMeasure,
    LearningResult,
    MaintainResult,
    MetricResult,
    MilestoneResult,
    ResultSet,
)
from okrlab.errors import ModelError
from okrlab.model.ambition import Ambition
from okrlab.model.attainment import (
    Attainment,
    attainment,
    band_attainment,
    milestone_attainment,
)

OWN = "own"
"""The id of the set that the learner fills."""

MOST_OWN = 5
"""So many key results of one's own; an objective has no more."""

WEEKS = 13
"""A quarter has so many weeks."""

MOST = 1e12
"""No value of a measure lies farther from 0 than this."""

_OWN_ID = re.compile(r"own-[0-9]{1,6}")

NAME = 120
UNIT = 24
"""Most characters of the name and of the unit of an own key result."""

Entry = MetricResult | MilestoneResult | MaintainResult | LearningResult | GuardrailMeasure
Value = float | bool | frozenset[str]


def starting_value(entry: Entry) -> Value:
    """Where the content puts an entry: a value, done or not, or the gates that are passed."""
    if isinstance(entry, MilestoneResult) and entry.gates:
        return frozenset(g.id for g in entry.gates if g.passed)
    if isinstance(entry, MilestoneResult | LearningResult):
        return entry.done
    return float(entry.current)


def attained(entry: Entry, value: Value) -> Attainment:
    """How far an entry got.

    Raises:
        ModelError: the value is of the wrong kind.
    """
    if isinstance(entry, MilestoneResult) and entry.gates and isinstance(value, frozenset):
        return milestone_attainment(
            {g.id: g.id in value for g in entry.gates}, {g.id: g.weight for g in entry.gates}
        )
    if isinstance(entry, MilestoneResult | LearningResult) and isinstance(value, bool):
        return milestone_attainment(value)
    if isinstance(value, float):
        if isinstance(entry, MetricResult):
            return attainment(entry.baseline, entry.target, value)
        if isinstance(entry, MaintainResult | GuardrailMeasure):
            return band_attainment(entry.band, value)
    raise ModelError(f"“{entry.text}” cannot stand at {value!r}. Set it again.")


@dataclass
class SetState:
    """One set as the learner has put it.

    Attributes:
        entries: key results and guardrails, by id, in the order of the set.
        values: where each stands.
        ambitions: what was promised of each metric or milestone key result.
        week: the week of the quarter in which one looks.
    """

    entries: dict[str, Entry]
    values: dict[str, Value]
    ambitions: dict[str, Ambition]
    week: int = WEEKS

    @classmethod
    def of(cls, entries: Sequence[Entry]) -> Self:
        """As the content has it."""
        return cls(
            {e.id: e for e in entries},
            {e.id: starting_value(e) for e in entries},
            {
                e.id: Ambition(e.ambition)
                for e in entries
                if isinstance(e, MetricResult | MilestoneResult)
            },
        )

    def add(self, entry: MetricResult) -> None:
        """One more key result."""
        self.entries[entry.id] = entry
        self.values[entry.id] = starting_value(entry)
        self.ambitions[entry.id] = Ambition(entry.ambition)

    def remove(self, name: str) -> None:
        """One less."""
        for table in (self.entries, self.values, self.ambitions):
            table.pop(name, None)

    @property
    def averaged(self) -> dict[str, Attainment]:
        """Attainment of what goes into the mean: measures that move, and milestones."""
        return {
            e.id: attained(e, self.values[e.id])
            for e in self.entries.values()
            if isinstance(e, MetricResult | MilestoneResult)
        }

    @property
    def guards(self) -> dict[str, Attainment]:
        """Attainment of what must hold, by its text: ranges to keep, and guardrails."""
        return {
            e.text: attained(e, self.values[e.id])
            for e in self.entries.values()
            if isinstance(e, MaintainResult | GuardrailMeasure)
        }

    @property
    def moved(self) -> bool:
        """Whether anything stands elsewhere than the content put it."""
        fresh = SetState.of(list(self.entries.values()))
        return (self.values, self.ambitions, self.week) != (
            fresh.values,
            fresh.ambitions,
            fresh.week,
        )

    def draft(self) -> dict[str, Any]:
        """Plain JSON data that `restore` reads."""
        return {
            "values": {
                k: sorted(v) if isinstance(v, frozenset) else v for k, v in self.values.items()
            },
            "ambitions": {k: v.value for k, v in self.ambitions.items()},
            "week": self.week,
        }

    def restore(self, draft: object) -> None:
        """Take over what a draft says, as far as it fits."""
        if not isinstance(draft, dict):
            return
        values, ambitions = draft.get("values"), draft.get("ambitions")
        for name, entry in self.entries.items():
            if isinstance(values, dict) and name in values:
                fitting = fits(entry, values[name])
                self.values[name] = self.values[name] if fitting is None else fitting
            if name in self.ambitions and isinstance(ambitions, dict):
                said = ambitions.get(name)
                if said in list(Ambition):
                    self.ambitions[name] = Ambition(said)
        week = draft.get("week")
        if isinstance(week, int) and not isinstance(week, bool) and 1 <= week <= WEEKS:
            self.week = week


def fits(entry: Entry, value: object) -> Value | None:
    """The value as the entry takes it; None when it does not fit."""
    if isinstance(entry, MilestoneResult) and entry.gates:
        if not isinstance(value, list | tuple | frozenset):
            return None
        return frozenset(g.id for g in entry.gates if g.id in value)
    if isinstance(entry, MilestoneResult | LearningResult):
        return value if isinstance(value, bool) else None
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if math.isfinite(value) and abs(value) <= MOST else None


@dataclass
class OwnForm:
    """What stands in the fields of an own key result, as it was typed."""

    text: str = ""
    unit: str = ""
    baseline: str = ""
    target: str = ""
    current: str = ""
    ambition: str = Ambition.STRETCH.value

    @classmethod
    def restore(cls, draft: object) -> Self:
        """The fields of a draft; what is damaged is left out."""
        form = cls()
        for name, value in draft.items() if isinstance(draft, dict) else ():
            if name in vars(form) and isinstance(value, str):
                setattr(form, name, value[:NAME])
        if form.ambition not in list(Ambition):
            form.ambition = Ambition.STRETCH.value
        return form

    def result(self, name: str) -> MetricResult:
        """The key result that the fields describe.

        Args:
            name: its id.

        Raises:
            ModelError: a field is empty or no number, or baseline and target are equal.
        """
        if not self.text.strip():
            raise ModelError("Your key result has no name yet. Write what is measured.")
        numbers = {n: _read(n, getattr(self, n)) for n in ("baseline", "target", "current")}
        attainment(**numbers)  # says in words what is wrong with the three
        baseline, target, current = numbers["baseline"], numbers["target"], numbers["current"]
        span = abs(target - baseline)
        low = min(baseline, target, current) - span / 2
        high = max(baseline, target, current) + span / 2
        if span < 1e-9 * max(1.0, abs(baseline), abs(target)):
            raise ModelError(
                f"From {baseline:g} to {target:g} is too small a way to be drawn. Use a smaller "
                "unit, such as grams instead of tonnes."
            )
        return MetricResult(
            kind="metric",
            id=name,
            text=self.text.strip()[:NAME],
            unit=self.unit.strip()[:UNIT],
            baseline=baseline,
            target=target,
            current=current,
            low=low,
            high=high,
            step=10.0 ** math.floor(math.log10(span / 20)),
            ambition=Ambition(self.ambition).value,
        )


def restore_own(draft: object) -> list[MetricResult]:
    """The own key results of a draft; those that are damaged are left out."""
    found: list[MetricResult] = []
    for entry in draft if isinstance(draft, list) else []:
        try:
            result = MetricResult.model_validate(entry)
        except ValidationError:
            continue
        known = {r.id for r in found}
        if _OWN_ID.fullmatch(result.id) and result.id not in known and abs(result.current) <= MOST:
            found.append(result)
    return found[:MOST_OWN]


def _read(name: str, typed: str) -> float:
    text = typed.strip().replace(" ", "").replace("\u202f", "").replace("−", "-")
    try:
        value = float(text)
    except ValueError:
        raise ModelError(
            f"The {name} is “{typed[:40]}”, which is no number. Write digits, such as 12.5."
        ) from None
    if not math.isfinite(value) or abs(value) > MOST:
        raise ModelError(
            f"The {name} is {typed[:40]}. Use a larger unit, such as millions, and a number up to "
            f"{MOST:g}."
        )
    return value


@dataclass
class BoardState:
    """Everything on a board.

    Attributes:
        sets: by id; the learner's own comes last.
        shown: the id of the set that is shown.
        hurried: whether the hurried reading is switched on.
        form: the fields of the next own key result.
        objective: the learner's own objective.
    """

    sets: dict[str, SetState]
    shown: str
    hurried: bool = False
    form: OwnForm = field(default_factory=OwnForm)
    objective: str = ""

    @classmethod
    def restore(cls, sets: Sequence[ResultSet], draft: Mapping[str, Any] | None) -> Self:
        """The board of a draft; what no longer fits is left out."""
        states = {s.id: SetState.of([*s.key_results, *s.guardrails]) for s in sets}
        said: Mapping[str, Any] = draft if isinstance(draft, dict) else {}
        states[OWN] = SetState.of(restore_own(said.get("own")))
        now = cls(states, sets[0].id)
        kept = said.get("sets")
        for name, state in states.items():
            if isinstance(kept, dict):
                state.restore(kept.get(name))
        if isinstance(said.get("shown"), str) and said["shown"] in states:
            now.shown = said["shown"]
        now.hurried = said.get("hurried") is True
        now.form = OwnForm.restore(said.get("form"))
        objective = said.get("objective")
        now.objective = objective[:NAME] if isinstance(objective, str) else ""
        return now

    def draft(self) -> dict[str, Any]:
        """Plain JSON data that `restore` reads."""
        return {
            "shown": self.shown,
            "hurried": self.hurried,
            "form": dict(vars(self.form)),
            "objective": self.objective,
            "own": [e.model_dump() for e in self.sets[OWN].entries.values()],
            "sets": {name: state.draft() for name, state in self.sets.items()},
        }
