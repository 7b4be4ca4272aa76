"""What a form asks: once for the whole form, of each row of an own list, of each case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from okrlab.content.exercise import (
    Column,
    FormExercise,
    KeyResultsExercise,
    KpiAuditExercise,
    OwnMeasuresExercise,
)

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
        full: whether it takes the whole width of its card.
    """

    id: str
    label: str
    kind: Kind
    options: tuple[tuple[str, str], ...] = ()
    help: str = ""
    when: tuple[str, tuple[str, ...]] | None = None
    unit: str = ""
    full: bool = False

    def asked(self, values: Mapping[str, str]) -> bool:
        """Whether this field belongs to what has been answered so far."""
        return self.when is None or values.get(self.when[0], "") in self.when[1]


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
    FormField("name", "Measure", "text", help="As your company writes it.", full=True),
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
        full=True,
    ),
    FormField(
        "measure", "What changes, in a few words", "text", help="A verb and a measure.", full=True
    ),
    FormField("unit", "Unit: of what, per what", "text", when=_METRIC),
    FormField("from", "From (now)", "number", when=_METRIC),
    FormField("to", "To", "number", when=_METRIC),
    FormField("how", "How will you find out?", "text", when=_BASELINE, full=True),
    FormField(
        "evidence", "How does a stranger see that it is done?", "text", when=_MILESTONE, full=True
    ),
    FormField("moves", "Which measure should it move later?", "text", when=_MILESTONE, full=True),
    FormField("by", "By when", "date"),
)

CRITERIA = {
    "relevant": ("Relevant", "Does it belong to something that your strategy is about?"),
    "measurable": ("Measurable", "Is there a formula, a unit and a source?"),
    "time-bound": ("Time-bound", "Is there a period for which it is looked at?"),
    "actionable": ("Actionable", "Does somebody know what to do when it moves?"),
}

AUDIT_FIELDS = (
    FormField("name", "KPI", "text", help="As your company writes it.", full=True),
    *(
        part
        for name, (label, ask) in CRITERIA.items()
        for part in (
            FormField(name, label, "select", YES_NO, help=ask),
            FormField(f"{name}-why", f"{label}: what makes you say so?", "text"),
        )
    ),
    FormField("next", "Next step, if one answer is no", "long", full=True),
)


def form_fields(exercise: FormExercise) -> tuple[FormField, ...]:
    """What is asked once for the whole form."""
    if not isinstance(exercise, KeyResultsExercise):
        return ()
    given = exercise.given
    asked = (
        (given.objective, FormField("objective", "Your objective", "text", full=True)),
        (given.starts, FormField("starts", "The cycle starts", "date")),
        (given.ends, FormField("ends", "The cycle ends", "date")),
    )
    guardrail = FormField(
        "guardrail",
        "What must not suffer?",
        "text",
        help="A measure that you keep an eye on while you move the others.",
        full=True,
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


def row_name(exercise: FormExercise) -> str:
    """What one row of the learner's own list is."""
    match exercise:
        case OwnMeasuresExercise():
            return "Measure"
        case KeyResultsExercise():
            return "Key result"
        case KpiAuditExercise():
            return "KPI"
    return ""


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


def asked_only(fields: Sequence[FormField], values: Mapping[str, str]) -> dict[str, str]:
    """The values of fields that are asked; those of hidden fields stay in the form, unmarked."""
    return {part.id: values[part.id] for part in fields if part.id in values and part.asked(values)}
