"""What stands in a form: answers, removed rows, and what of it was checked; to a draft and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from okrlab.assessment.exercise_answer import FormAnswer, clean_text, read_answer
from okrlab.assessment.exercise_fields import FormField, case_field, form_fields, row_fields
from okrlab.content.exercise import FormExercise, OwnExercise
from okrlab.errors import AnswerError

Values = dict[str, str]

START_ROWS = 3
"""At most so many empty rows stand in a new list."""


@dataclass
class OwnRow:
    """A row of the learner's own list; its id stays when others are removed."""

    id: str
    values: Values = field(default_factory=dict)


@dataclass
class Work:
    """What has been typed, and what of it has been checked."""

    cases: dict[str, Values] = field(default_factory=dict)
    form: Values = field(default_factory=dict)
    rows: list[OwnRow] = field(default_factory=list)
    removed: list[tuple[int, OwnRow]] = field(default_factory=list)
    checked: FormAnswer | None = None
    revealed: bool = False
    left_over: dict[str, Any] = field(default_factory=dict)

    def answer(self) -> FormAnswer:
        """What would be marked now; rows in which nothing stands are left out."""
        rows = tuple(dict(row.values) for row in self.rows if any(row.values.values()))
        cases = {name: dict(values) for name, values in self.cases.items()}
        return FormAnswer(cases, dict(self.form), rows)

    def new_id(self) -> str:
        """An id that no row has, nor a removed one."""
        used = [row.id for row in (*self.rows, *(row for _, row in self.removed))]
        return f"r{max((int(name[1:]) for name in used), default=0) + 1}"

    def draft(self) -> dict[str, Any]:
        """Plain JSON data from which `restored` makes equal work."""
        return {
            **self.left_over,
            "cases": self.cases,
            "form": self.form,
            "rows": [{"id": row.id, "values": row.values} for row in self.rows],
            "removed": [{"at": at, "id": row.id, "values": row.values} for at, row in self.removed],
            "checked": self.checked.plain() if self.checked else None,
            "revealed": self.revealed,
        }


def restored(exercise: FormExercise, draft: Mapping[str, Any]) -> Work:
    """The unfinished form of a draft.

    A draft for which this version of the exercise has not every place is kept aside whole, so that
    nothing typed is lost.
    """
    work, whole = Work(), True
    try:
        work, whole = _from_draft(exercise, draft)
    except (AnswerError, KeyError, TypeError, ValueError, AttributeError):
        whole = False
    if not whole or "older" in draft:
        work.left_over = {"older": draft.get("older") or dict(draft)}
    if not work.rows and isinstance(exercise, OwnExercise):
        for _ in range(min(START_ROWS, exercise.min_rows)):
            work.rows.append(OwnRow(work.new_id()))
    return work


def _from_draft(exercise: FormExercise, draft: Mapping[str, Any]) -> tuple[Work, bool]:
    """What the draft holds, and whether all of it found its place."""
    reader = _DraftReader()
    work = Work()
    cases, own = exercise.cases, row_fields(exercise)
    known_rows = {row.id for row in cases.rows} if cases else set()
    columns = tuple(case_field(column) for column in cases.columns) if cases else ()
    for name, values in (draft.get("cases") or {}).items():
        if name in known_rows:
            work.cases[name] = reader.values(columns, values)
        else:
            reader.whole = False
    work.form = reader.values(form_fields(exercise), draft.get("form") or {})
    work.rows = [reader.row(own, row) for row in draft.get("rows") or ()]
    work.removed = [(int(row["at"]), reader.row(own, row)) for row in draft.get("removed") or ()]
    if draft.get("checked") and reader.whole:
        work.checked = read_answer(exercise, {n: v for n, v in draft["checked"].items() if v})
    work.revealed = draft.get("revealed") is True
    return work, reader.whole


class _DraftReader:
    """Reads values that the form has a place for, and notes when there were others."""

    def __init__(self) -> None:
        self.whole = True

    def values(self, fields: Sequence[FormField], values: Mapping[str, Any]) -> Values:
        known = {part.id: [name for name, _ in part.options] for part in fields}
        kept = {
            name: clean_text(value)
            for name, value in values.items()
            if name in known
            and isinstance(value, str)
            and (not known[name] or not value or value in known[name])
        }
        self.whole = self.whole and len(kept) == len(values)
        return kept

    def row(self, fields: Sequence[FormField], row: Mapping[str, Any]) -> OwnRow:
        return OwnRow(_row_id(row["id"]), self.values(fields, row["values"]))


def _row_id(name: object) -> str:
    text = str(name)
    if not (text.startswith("r") and text[1:].isdigit() and len(text) < 8):
        raise ValueError(f"no row has the id {text[:20]}")
    return text
