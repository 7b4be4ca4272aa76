"""What a form asks, and a form's answer in one bounded shape."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any, Literal

from okrlab.assessment.numbers import MAX_SIZE
from okrlab.content.exercise import (
    Column,
    FormExercise,
    KeyResultsExercise,
    KpiAuditExercise,
    OwnExercise,
    OwnMeasuresExercise,
)
from okrlab.errors import AnswerError

MAX_TEXT = 400
"""A longer text in a form is cut here; the widget lets nobody type more."""

Kind = Literal["text", "long", "select", "number", "date"]


@dataclass(frozen=True)
class FormField:
    """One question of a form.

    Attributes:
        id: its name in an answer.
        label: the question.
        kind: how it is answered.
        options: pairs of id and label, for a select.
        help: a further line.
        when: ids of another field and of its answers with which this one is asked; always asked
            when empty.
        unit: shown beside a number.
    """

    id: str
    label: str
    kind: Kind
    options: tuple[tuple[str, str], ...] = ()
    help: str = ""
    when: tuple[str, tuple[str, ...]] | None = None
    unit: str = ""

    def asked(self, values: Mapping[str, str]) -> bool:
        """Whether this field belongs to what has been answered so far."""
        return self.when is None or values.get(self.when[0], "") in self.when[1]


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


YES_NO = (("yes", "Yes"), ("no", "No"))

ROLE_LABELS = {
    "kpi": "KPI",
    "health_metric": "Health metric",
    "metric_key_result": "Metric key result",
    "milestone_key_result": "Milestone key result",
    "task": "None of these: a task",
}

_FOCUS = ("focus", ("yes",))
_METRIC, _MILESTONE, _BASELINE = (("type", (name,)) for name in ("metric", "milestone", "baseline"))

MEASURE_FIELDS = (
    FormField("name", "Measure", "text", help="As your company writes it."),
    FormField(
        "kind",
        "What does it look like?",
        "select",
        (("number", "A number that goes up and down"), ("done", "Done or not done")),
    ),
    FormField("focus", "Is moving it a focus of the next weeks?", "select", YES_NO),
    FormField(
        "objective",
        "For which objective?",
        "text",
        help="Leave it empty if there is none.",
        when=_FOCUS,
    ),
    FormField("from", "From (where it is now)", "number", when=_FOCUS),
    FormField("to", "To", "number", when=_FOCUS),
    FormField("by", "By when", "date", when=_FOCUS),
    FormField("range", "Must it stay in a range?", "select", YES_NO, when=("kind", ("number",))),
    FormField("role", "So its role now is", "select", tuple(ROLE_LABELS.items())),
)

KEY_RESULT_FIELDS = (
    FormField(
        "type",
        "Kind",
        "select",
        (
            ("metric", "Metric: from X to Y"),
            ("milestone", "Milestone: done or not done"),
            ("baseline", "Baseline: find out X"),
        ),
    ),
    FormField("measure", "What changes, in a few words", "text", help="A verb and a measure."),
    FormField("unit", "Unit: of what, per what", "text", when=_METRIC),
    FormField("from", "From (now)", "number", when=_METRIC),
    FormField("to", "To", "number", when=_METRIC),
    FormField("how", "How will you find out?", "text", when=_BASELINE),
    FormField("evidence", "How does a stranger see that it is done?", "text", when=_MILESTONE),
    FormField("moves", "Which measure should it move later?", "text", when=_MILESTONE),
    FormField("by", "By when", "date"),
)

CRITERIA = {
    "relevant": ("Relevant", "Does it belong to something that your strategy is about?"),
    "measurable": ("Measurable", "Is there a formula, a unit and a source?"),
    "time-bound": ("Time-bound", "Is there a period for which it is looked at?"),
    "actionable": ("Actionable", "Does somebody know what to do when it moves?"),
}

AUDIT_FIELDS = (
    FormField("name", "KPI", "text", help="As your company writes it."),
    *(
        part
        for name, (label, ask) in CRITERIA.items()
        for part in (
            FormField(name, label, "select", YES_NO, help=ask),
            FormField(f"{name}-why", f"{label}: what makes you say so?", "text"),
        )
    ),
    FormField("next", "Next step, if one answer is no", "long"),
)


def form_fields(exercise: FormExercise) -> tuple[FormField, ...]:
    """What is asked once for the whole form."""
    if not isinstance(exercise, KeyResultsExercise):
        return ()
    given = exercise.given
    asked = (
        (given.objective, FormField("objective", "Your objective", "text")),
        (given.starts, FormField("starts", "The cycle starts", "date")),
        (given.ends, FormField("ends", "The cycle ends", "date")),
    )
    guardrail = FormField(
        "guardrail",
        "What must not suffer?",
        "text",
        help="A measure that you keep an eye on while you move the others.",
    )
    return (*(part for known, part in asked if known is None), guardrail)


def row_fields(exercise: FormExercise) -> tuple[FormField, ...]:
    """What is asked of each row of the learner's own list."""
    match exercise:
        case OwnMeasuresExercise():
            return MEASURE_FIELDS
        case KeyResultsExercise():
            return KEY_RESULT_FIELDS
        case KpiAuditExercise():
            return AUDIT_FIELDS
    return ()


def case_field(column: Column) -> FormField:
    """The question that a column asks of each case."""
    return FormField(
        column.id,
        column.label,
        "number" if column.is_number else "select",
        tuple((option.id, option.label) for option in column.options),
        column.help or "",
        unit=column.unit,
    )


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


def asked_only(fields: Sequence[FormField], values: Mapping[str, str]) -> dict[str, str]:
    """The values of fields that are asked; those of hidden fields stay in the form, unmarked."""
    return {part.id: values[part.id] for part in fields if part.id in values and part.asked(values)}


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
