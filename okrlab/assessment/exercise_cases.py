"""Marking of a form's cases, cell by cell, against their key."""

from __future__ import annotations

from collections.abc import Mapping

from okrlab.assessment.numbers import parse_number, show_number
from okrlab.assessment.outcome import Feedback, PartOutcome
from okrlab.content.exercise import Cases, CellKey, CellWrong, Column, SharedWrong
from okrlab.errors import AnswerError

NOT_ANSWERED = "Not answered yet."
ROUNDING = 1e-9


def mark_cases(cases: Cases, answers: Mapping[str, Mapping[str, str]]) -> list[PartOutcome]:
    """One part for each cell, called "cases/row-id/column-id"."""
    return [
        _cell(
            f"cases/{row.id}/{column.id}",
            column,
            row.key[column.id],
            answers.get(row.id, {}).get(column.id, "").strip(),
        )
        for row in cases.rows
        for column in cases.columns
    ]


def _cell(part: str, column: Column, key: CellKey, given: str) -> PartOutcome:
    if isinstance(key.right, str):
        return _choice(part, column, key, given)
    return _number(part, column, key, key.right, given)


def _choice(part: str, column: Column, key: CellKey, given: str) -> PartOutcome:
    labels = {option.id: option.label for option in column.options}
    right = str(key.right)
    correct = given == right
    tempts, misconception = "", None
    if not given:
        tempts = NOT_ANSWERED
    elif not correct:
        found = _named(column, key, given)
        tempts, misconception = found.feedback, found.misconception
    return PartOutcome(
        part,
        labels.get(given, given),
        labels[right],
        correct,
        Feedback(key.why, tempts, key.flip or "", misconception),
    )


def _named(column: Column, key: CellKey, given: str) -> CellWrong | SharedWrong:
    """What a wrong option reveals; the cell's own word first (a content check sees to one)."""
    for own in key.wrong:
        if own.option == given:
            return own
    shared = [w for w in column.wrong if w.option == given and w.right in (None, key.right)]
    return max(shared, key=lambda w: w.right is not None)


def _number(part: str, column: Column, key: CellKey, right: float, given: str) -> PartOutcome:
    shown = show_number(right, column.unit)
    if not given:
        return PartOutcome(part, "", shown, False, Feedback(key.why, NOT_ANSWERED))
    try:
        value = parse_number(given, column.unit)
    except AnswerError as error:
        return PartOutcome(part, given, shown, False, Feedback(key.why, str(error)))
    correct = _near(value, right, column.tolerance)
    tempts, misconception = "", None
    if not correct:
        tempts = key.otherwise or ""
        for wrong in key.wrong:
            if wrong.value is not None and _near(value, wrong.value, column.tolerance):
                tempts, misconception = wrong.feedback, wrong.misconception
                break
    feedback = Feedback(key.why, tempts, key.flip or "", misconception)
    return PartOutcome(part, show_number(value, column.unit), shown, correct, feedback)


def _near(value: float, target: float, tolerance: float) -> bool:
    return abs(value - target) <= tolerance + ROUNDING * max(1.0, abs(target))
