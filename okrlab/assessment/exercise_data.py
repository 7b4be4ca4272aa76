"""Marking of the data track: computed values against expected ones, cell by cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from okrlab.assessment.exercise_table import (
    Plain,
    Table,
    frame_from,
    key_name,
    mapping_from,
    number_from,
)
from okrlab.assessment.numbers import show_number
from okrlab.assessment.outcome import Feedback, Outcome, PartOutcome
from okrlab.content.exercise import (
    DataExercise,
    FrameAnswer,
    MappingAnswer,
    Mistake,
    NumberAnswer,
    Scalar,
)
from okrlab.errors import AnswerError

ROUNDING = 1e-9
FIRST = 5
"""So many of the wrong rows are named in the summary."""

MAX_EXTRA = 100
"""So many rows that were not asked for are kept by name; they cost marks."""

Expected = dict[str, dict[str, Scalar]]


def mark_data(exercise: DataExercise, answer: object) -> Outcome:
    """Mark a computed answer; None means that there is none yet.

    Raises:
        AnswerError: the answer is not of the kind that is asked for.
    """
    if answer is None or answer is Ellipsis:
        return Outcome(0.0, False, (), Feedback("Not answered yet."))
    expected, table, slack = _both(exercise, answer)
    named = [
        (key, _cell(exercise, _Place(key, column, row[column], slack[column]), table))
        for key, row in expected.items()
        for column in row
    ]
    named += [(key[:60], _extra(exercise, key)) for key in table.cells if key not in expected]
    parts = [part for _, part in named]
    right = sum(part.correct for part in parts)
    correct = right == len(parts)
    misconceptions = {m for part in parts if (m := part.feedback.misconception)}
    feedback = Feedback(
        exercise.answer.why if correct else _first_wrong(exercise, named),
        "" if correct else _hints(exercise, table, parts),
    )
    return Outcome(
        right / len(parts), correct, tuple(parts), feedback, tuple(sorted(misconceptions))
    )


def plain_data(exercise: DataExercise, answer: object) -> dict[str, Any]:
    """The answer as plain JSON data: only what was asked for, so of bounded size."""
    if answer is None or answer is Ellipsis:
        return {}
    try:
        expected, table, _ = _both(exercise, answer)
    except AnswerError as error:
        return {"unreadable": str(error)[:240]}
    kept = {key: cells for key, cells in table.cells.items() if key in expected}
    extra = [key[:60] for key in table.cells if key not in expected][:MAX_EXTRA]
    return {"cells": kept, "extra": extra} if extra else {"cells": kept}


def _both(exercise: DataExercise, answer: object) -> tuple[Expected, Table, dict[str, float]]:
    """What is expected and what came, in the same shape, and the tolerance of each column."""
    asked = exercise.answer
    match asked:
        case NumberAnswer():
            table = Table(("",), {"answer": {"": number_from(answer)}})
            return {"answer": {"": asked.expected}}, table, {"": asked.tolerance}
        case MappingAnswer():
            rows = {key: {"": value} for key, value in asked.expected.items()}
            return rows, mapping_from(answer), {"": asked.tolerance}
        case FrameAnswer():
            wanted = tuple(column.name for column in asked.columns)
            expected = {
                key_name(row[asked.key]): {name: row[name] for name in wanted} for row in asked.rows
            }
            slack = {column.name: column.tolerance for column in asked.columns}
            return expected, frame_from(answer, asked.key, wanted), slack


@dataclass(frozen=True)
class _Place:
    """One cell of what is expected."""

    key: str
    column: str
    right: Scalar
    slack: float


def _cell(exercise: DataExercise, place: _Place, table: Table) -> PartOutcome:
    key, column, right = place.key, place.column, place.right
    part = f"{key}/{column}" if column else key
    shown = _show(right)
    reason = _reason(exercise, key)
    row = table.cells.get(key)
    given = None if row is None else row.get(column)
    if row is None:
        said = "This row is missing."
    elif column not in row:
        said = f"The column “{column}” is missing."
    else:
        said = "No value is given here."
    if given is None:
        return PartOutcome(part, "", shown, False, Feedback(reason, said))
    if _agree(given, right, place.slack):
        return PartOutcome(part, _show(given), shown, True, Feedback(reason))
    mistake = _recognised(exercise, place, given)
    if mistake is not None:
        feedback = Feedback(reason, mistake.feedback, "", mistake.misconception)
    else:
        feedback = Feedback(reason, _unlike(given, right))
    return PartOutcome(part, _show(given), shown, False, feedback)


def _extra(exercise: DataExercise, key: str) -> PartOutcome:
    known: Mapping[str, str] = getattr(exercise.answer, "not_asked", {})
    said = known.get(key, "This row was not asked for.")
    return PartOutcome(f"{key[:60]}/extra", "", "", False, Feedback("", said))


def _agree(given: Plain, right: Scalar, slack: float) -> bool:
    if isinstance(right, bool):
        return given in (right, float(right)) and not isinstance(given, str)
    if isinstance(right, float):
        if not isinstance(given, float):
            return False
        return abs(given - right) <= slack + ROUNDING * max(1.0, abs(right))
    return isinstance(given, str) and _words(given) == _words(right)


def _words(text: str) -> str:
    """Text without what nobody means by it: case, spaces, hyphens and underscores."""
    return " ".join(text.casefold().replace("_", " ").replace("-", " ").split())


def _unlike(given: Plain, right: Scalar) -> str:
    if isinstance(right, float) and isinstance(given, str):
        return f"“{given[:40]}” is text here. Turn the column into numbers."
    if isinstance(right, str) and not isinstance(given, str):
        return "Here is a number where a text belongs."
    return "This differs from what the facts give."


def _recognised(exercise: DataExercise, place: _Place, given: Plain) -> Mistake | None:
    """The named wrong way that gives just this value here."""
    for mistake in exercise.answer.mistakes:
        if (mistake.column or "") != place.column:
            continue
        wrong = mistake.values.get(place.key) if mistake.given is None else mistake.given
        if wrong is None or not _agree(given, wrong, place.slack):
            continue
        if mistake.expected is None or _agree(mistake.expected, place.right, place.slack):
            return mistake
    return None


def _reason(exercise: DataExercise, key: str) -> str:
    reasons: Mapping[str, str] = getattr(exercise.answer, "reasons", {})
    return reasons.get(
        key, exercise.answer.why if isinstance(exercise.answer, NumberAnswer) else ""
    )


def _first_wrong(exercise: DataExercise, parts: list[tuple[str, PartOutcome]]) -> str:
    if isinstance(exercise.answer, NumberAnswer):
        return "This is not the number that the facts give."
    wrong = list(dict.fromkeys(key for key, part in parts if not part.correct))
    right = sum(part.correct for _, part in parts)
    names = ", ".join(wrong[:FIRST]) + (", …" if len(wrong) > FIRST else "")
    return f"{right} of {len(parts)} values are right. Look first at: {names}."


def _hints(exercise: DataExercise, table: Table, parts: list[PartOutcome]) -> str:
    """What the wrong parts have in common: missing columns, then the wrong ways recognised."""
    said: list[str] = []
    if isinstance(exercise.answer, FrameAnswer):
        names = [c.name for c in exercise.answer.columns if c.name not in table.columns]
        said += [f"Missing: the column {', '.join(f'“{n}”' for n in names)}."] if names else []
    for mistake in exercise.answer.mistakes:
        if any(not p.correct and p.feedback.tempts == mistake.feedback for p in parts):
            said.append(mistake.feedback)
    return " ".join(dict.fromkeys(said))


def _show(value: Scalar | Plain) -> str:
    if isinstance(value, bool) or value is None:
        return str(value)
    return show_number(value) if isinstance(value, float) else value
