"""A form's answer in one bounded shape, whatever it came as."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from okrlab.assessment.exercise_fields import FormField, case_field, form_fields, row_fields
from okrlab.assessment.numbers import MAX_SIZE
from okrlab.content.exercise import FormExercise, OwnExercise
from okrlab.errors import AnswerError

ANSWER_TYPE = "application/vnd.okrlab.answer+json"
"""The kind of output in which a notebook keeps what stands in a form, so that it is handed in."""

MAX_TEXT = 400
"""A longer text in a form is cut here; the widget lets nobody type more."""


@dataclass(frozen=True)
class FormAnswer:
    """A form's answer: every value is text as it was typed or the id of an option.

    Attributes:
        cases: by row id and column id.
        form: what is asked once for the whole form.
        rows: the learner's own list.
    """

    cases: dict[str, dict[str, str]] = field(default_factory=dict)
    form: dict[str, str] = field(default_factory=dict)
    rows: tuple[dict[str, str], ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nothing has been answered."""
        filled = [*self.form.values()]
        for row in (*self.cases.values(), *self.rows):
            filled += row.values()
        return not any(filled)

    def plain(self) -> dict[str, Any]:
        """Plain JSON data, from which `read_answer` makes an equal answer."""
        return {"cases": self.cases, "form": self.form, "rows": list(self.rows)}


def read_answer(exercise: FormExercise, answer: object) -> FormAnswer:
    """An answer in the one shape that is marked and stored.

    Args:
        exercise: the form.
        answer: None; what `FormAnswer.plain` gives; for cases alone ``{row: {column: value}}``,
            or ``{row: value}`` when there is one column; for a list of one's own ``[{…}, …]``.

    Raises:
        AnswerError: the answer has another form, or names rows or fields that don't exist.
    """
    if answer is None:
        return FormAnswer()
    if isinstance(answer, FormAnswer):
        answer = answer.plain()
    own = isinstance(exercise, OwnExercise)
    if own and isinstance(answer, list | tuple):
        answer = {"rows": answer}
    if not isinstance(answer, Mapping):
        raise AnswerError(
            f"Exercise {exercise.id} is answered in its form, and this is "
            f"{_kind_of(answer)}. Fill in the form, or give form.fill a dictionary."
        )
    if not own and not set(answer) <= {"cases", "form", "rows"}:
        answer = {"cases": answer}
    _only(answer, ("cases", "form", "rows"), "part")
    return FormAnswer(
        _read_cases(exercise, answer.get("cases") or {}),
        _read_fields(form_fields(exercise), answer.get("form") or {}),
        _read_rows(exercise, answer.get("rows") or ()),
    )


def _read_cases(exercise: FormExercise, cases: object) -> dict[str, dict[str, str]]:
    if exercise.cases is None:
        return {}
    fields = tuple(case_field(column) for column in exercise.cases.columns)
    rows = _mapping(cases, "rows and their answers")
    _only(rows, [row.id for row in exercise.cases.rows], "row")
    result: dict[str, dict[str, str]] = {}
    for name, cells in rows.items():
        alone = len(fields) == 1 and not isinstance(cells, Mapping)
        result[name] = _read_fields(fields, {fields[0].id: cells} if alone else cells)
    return result


def _read_rows(exercise: FormExercise, rows: object) -> tuple[dict[str, str], ...]:
    if not isinstance(exercise, OwnExercise):
        return ()
    if not isinstance(rows, Sequence) or isinstance(rows, str | bytes):
        raise AnswerError("The list of your own rows must be a list of dictionaries.")
    if len(rows) > exercise.max_rows:
        raise AnswerError(
            f"The form has room for {exercise.max_rows} rows, and {len(rows)} were given. "
            "Keep the most important ones."
        )
    return tuple(_read_fields(row_fields(exercise), row) for row in rows)


def _read_fields(fields: Sequence[FormField], values: object) -> dict[str, str]:
    known = {part.id: part for part in fields}
    given = _mapping(values, "fields and their answers")
    _only(given, known, "field")
    return {name: _read_value(known[name], value) for name, value in given.items()}


def _read_value(asked: FormField, value: object) -> str:
    if value is None:
        return ""
    ids = [name for name, _ in asked.options]
    if isinstance(value, bool):
        value = "yes" if value else "no"
    elif isinstance(value, int | float) and asked.kind == "number":
        value = _typed(value)
    elif isinstance(value, datetime.date) and asked.kind == "date":
        value = value.strftime("%Y-%m-%d")
    if not isinstance(value, str):
        raise AnswerError(f"“{asked.label}” cannot be answered with {_kind_of(value)}.")
    text = clean_text(value)
    if asked.options and text and text not in ids:
        near = get_close_matches(text, ids, n=1, cutoff=0.3)
        hint = f"Did you mean “{near[0]}”?" if near else f"These exist: {', '.join(ids)}."
        raise AnswerError(f"“{text[:60]}” is no answer to “{asked.label}”. {hint}")
    return text


def clean_text(text: str) -> str:
    """Typed text, bounded and without control characters."""
    return "".join(c if c.isprintable() or c == "\n" else " " for c in text[:MAX_TEXT])


def _typed(value: float) -> str:
    """A number from Python as it would be typed in, so that it is read back the same."""
    if abs(value) > MAX_SIZE:
        raise AnswerError("This number is too large for an answer. Check the digits.")
    return f"{value:.10f}".rstrip("0").rstrip(".")


def _mapping(value: object, what: str) -> Mapping[Any, Any]:
    if not isinstance(value, Mapping):
        raise AnswerError(f"Here a dictionary of {what} belongs, not {_kind_of(value)}.")
    return value


def _only(given: Mapping[Any, Any], known: Any, what: str) -> None:
    """Refuse names that don't exist, with the nearest that does."""
    names = [str(name) for name in known]
    for name in given:
        if not isinstance(name, str) or name not in names:
            shown = name[:60] if isinstance(name, str) else _kind_of(name)
            near = get_close_matches(shown, names, n=1, cutoff=0.3)
            hint = f"Did you mean “{near[0]}”?" if near else f"These exist: {', '.join(names)}."
            raise AnswerError(f"There is no {what} “{shown}” in this form. {hint}")


def _kind_of(value: object) -> str:
    names = {
        str: "a text",
        int: "a number",
        float: "a number",
        list: "a list",
        dict: "a dictionary",
    }
    return names.get(type(value), f"a value of type {type(value).__name__[:40]}")
