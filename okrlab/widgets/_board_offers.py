"""What a learner typed elsewhere in the course, offered to the capstone board."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from okrlab.assessment.journal import Journal
from okrlab.content import Library
from okrlab.content.exercise import (
    KeyResultsExercise,
    KpiAuditExercise,
    OwnExercise,
    OwnMeasuresExercise,
)
from okrlab.model.lifecycle import Kind
from okrlab.widgets._kpi_audit_state import AuditState
from okrlab.widgets._okr_set_parts import good_date
from okrlab.widgets._okr_set_state import SetState
from okrlab.widgets._okr_set_view import Around, read

MOST_OFFERS = 60


@dataclass(frozen=True)
class Offer:
    """A line that could come on the board.

    Attributes:
        source: where it was typed, in words.
        kind: a measure or a milestone.
        fields: what it brings, by the names of the board's fields.
    """

    source: str
    kind: Kind
    fields: dict[str, str]

    @property
    def name(self) -> str:
        """What is measured or done."""
        return self.fields["name"]


def offers(journal: Journal, library: Library) -> list[Offer]:
    """What was typed into the builder of OKR sets, the KPI audit and the exercises' own lists.

    Each name once; the first source in this order wins.
    """
    found: dict[str, Offer] = {}
    for offer in (*_from_sets(journal), *_from_exercises(journal, library), *_from_audit(journal)):
        found.setdefault(" ".join(offer.name.split()).casefold(), offer)
    return list(found.values())[:MOST_OFFERS]


def _from_sets(journal: Journal) -> Iterator[Offer]:
    state = SetState.restore(journal.draft("okr-set"))
    for one in state.sets():
        for line in one.lines:
            if line.role != "key_result":
                yield Offer("your OKR set", Kind.MEASURE, {"name": line.text})
                continue
            reading = read(line.text, one.objective, Around())
            milestone = reading.kind == "milestone_kr"
            fields = {"name": line.text, "objective": one.objective}
            if not milestone:
                fields |= _way(reading.parts, line.text)
            fields["due"] = _due(reading.parts) or state.cycle_end
            kind = Kind.MILESTONE if milestone else Kind.MEASURE
            yield Offer("your OKR set", kind, {n: t for n, t in fields.items() if t})


def _way(parts: Any, text: str) -> dict[str, str]:
    """From where to where a sentence goes, and its measure, where the reading finds them."""
    found: dict[str, str] = {}
    if parts.measure and parts.measure.text:
        found["name"] = parts.measure.text[:1].upper() + parts.measure.text[1:]
    for name in ("baseline", "target"):
        quantity = getattr(parts, name)
        value = getattr(quantity, "value", None)
        if isinstance(value, int | float):
            found[name] = f"{value:g}"
    return found or {"name": text}


def _due(parts: Any) -> str:
    value = parts.deadline.value if parts.deadline else None
    return value if isinstance(value, str) and good_date(value) else ""


def _from_exercises(journal: Journal, library: Library) -> Iterator[Offer]:
    own = [e for e in library.exercises.values() if isinstance(e, OwnExercise)]
    for exercise in reversed(own):  # what was typed later in the course comes first
        draft = journal.draft(f"exercise/{exercise.id}")
        listed = draft.get("rows") if isinstance(draft, dict) else None
        form = draft.get("form") if isinstance(draft, dict) else None
        for row in listed if isinstance(listed, list) else []:
            values = row.get("values") if isinstance(row, dict) else None
            if isinstance(values, dict):
                text = {str(k): v.strip() for k, v in values.items() if isinstance(v, str)}
                yield from _row(exercise, text, form if isinstance(form, dict) else {})


def _row(exercise: OwnExercise, row: Mapping[str, str], form: Mapping[str, Any]) -> Iterator[Offer]:
    source = f"exercise {exercise.id}"
    if isinstance(exercise, OwnMeasuresExercise) and row.get("name"):
        done = row.get("kind") == "done"
        fields = {"name": row["name"]}
        if row.get("focus") == "yes":
            names = {"objective": "objective", "from": "baseline", "to": "target", "by": "due"}
            fields |= {mine: row[theirs] for theirs, mine in names.items() if row.get(theirs)}
        if done and row.get("role") == "task":
            return
        yield Offer(source, Kind.MILESTONE if done else Kind.MEASURE, fields)
    elif isinstance(exercise, KeyResultsExercise) and row.get("measure"):
        objective = exercise.given.objective or str(form.get("objective") or "")
        names = {
            "measure": "name", "unit": "unit", "from": "baseline", "to": "target", "by": "due",
            "evidence": "evidence", "moves": "later",
        }  # fmt: skip
        fields = {mine: row[theirs] for theirs, mine in names.items() if row.get(theirs)}
        if exercise.given.objective is None:  # not the key results of a case
            milestone = row.get("type") == "milestone"
            fields |= {"objective": objective} if objective else {}
            yield Offer(source, Kind.MILESTONE if milestone else Kind.MEASURE, fields)
    elif isinstance(exercise, KpiAuditExercise) and row.get("name"):
        yield Offer(source, Kind.MEASURE, {"name": row["name"]})


def _from_audit(journal: Journal) -> Iterator[Offer]:
    for measure in AuditState.restore(journal.draft("kpi-audit")).measures:
        if measure.name.strip():
            yield Offer("your KPI audit", Kind.MEASURE, {"name": measure.name.strip()})
