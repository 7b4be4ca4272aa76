"""An audit of one's own measures: which gaps there are, and what to ask next. Nothing is marked.

Four criteria (relevant, measurable, time-bound, actionable) are answered yes, no or not sure, with
a reason. Whether the answers are true is for the learner to say.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from okrlab.assessment.exercise_audit import mark_audit
from okrlab.assessment.exercise_fields import CRITERIA

MOST = 12
"""So many measures fit into an audit."""

ANSWERS = {"yes": "Yes", "no": "No", "unsure": "Not sure"}

FRAME = (
    "“Time-bound” stands in one introduction's list (LaSalle); other authors say that a KPI has no "
    "end. Both fit when it means the period for which the measure is looked at. A deadline by "
    "which it must have moved would make it a key result."
)

GAPS: dict[str, tuple[str, str]] = {
    "relevant": (
        "nobody sees yet what it is for",
        "What would you decide otherwise if it moved? If nothing, who would miss it?",
    ),
    "measurable": (
        "two people could not get the same number yet",
        "Which formula, which unit, out of which system? Write it so that a stranger gets your "
        "number.",
    ),
    "time-bound": (
        "nobody knows for which period it is looked at",
        "Per day, week, month or quarter? And on which day does somebody look?",
    ),
    "actionable": (
        "nobody would do anything if it moved",
        "If it were bad next Monday, who would do what? If nobody would, whom does it help?",
    ),
}
"""For each criterion: the gap in words, and the next question."""

DOUBTS: dict[str, str] = {
    "relevant": "Who set the strategy? Ask whether this measure would show it working.",
    "measurable": "Who reports it today? Ask for the formula, and compute last month again.",
    "time-bound": "When was it last looked at, and when before? Ask for the dates.",
    "actionable": "When did it last move, and what was done? Ask somebody who was there.",
}
"""What to find out when the answer is “not sure”."""


@dataclass(frozen=True)
class AuditRow:
    """A measure as the learner judged it.

    Attributes:
        name: the measure.
        answers: by criterion: one of `ANSWERS`, or missing.
        reasons: by criterion: what makes the learner say so.
        next: the next step, when there is a gap.
    """

    name: str
    answers: Mapping[str, str] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)
    next: str = ""

    def form(self) -> dict[str, str]:
        """The same as a row of the form of exercise 2.1."""
        row = {"name": self.name, "next": self.next}
        for name in CRITERIA:
            row[name] = self.answers.get(name, "")
            row[f"{name}-why"] = self.reasons.get(name, "")
        return row


@dataclass(frozen=True)
class Note:
    """Something to ask about one measure.

    Attributes:
        about: a criterion, or "next".
        gap: the gap in words; "" when the criterion is fine or not answered yet.
        ask: the next question; "" when there is none.
    """

    about: str
    gap: str
    ask: str


def gaps(row: AuditRow) -> tuple[str, ...]:
    """The criteria that are answered no or not sure."""
    return tuple(name for name in CRITERIA if row.answers.get(name) in ("no", "unsure"))


def unanswered(row: AuditRow) -> tuple[str, ...]:
    """The criteria without an answer yet."""
    return tuple(name for name in CRITERIA if row.answers.get(name) not in ANSWERS)


def notes(row: AuditRow) -> dict[str, Note]:
    """What to ask next, by criterion, and under "next" about the next step.

    A missing or thin reason is asked for as exercise 2.1 does; a gap is named with its question.
    """
    asks = _asked_by_the_exercise(row)
    found = {}
    for name in CRITERIA:
        answer = row.answers.get(name)
        if answer == "no":
            found[name] = Note(name, GAPS[name][0], GAPS[name][1])
        elif answer == "unsure":
            found[name] = Note(name, "not known yet", DOUBTS[name])
        elif answer == "yes":
            found[name] = Note(name, "", asks.get(f"{name}-why", ""))
        else:
            found[name] = Note(name, "", "")
    next_step = "" if row.next.strip() else asks.get("next", "")
    if not next_step and gaps(row) and not row.next.strip():
        next_step = "Who will find out, and by when?"
    found["next"] = Note("next", "", next_step)
    return found


def remarks(rows: Sequence[AuditRow]) -> tuple[str, ...]:
    """What there is to say of the whole list."""
    named = [row for row in rows if row.name.strip()]
    form, _ = mark_audit(tuple(row.form() for row in named))
    said = [part.feedback.cue for part in form]
    weak = {name: sum(name in gaps(row) for row in named) for name in CRITERIA}
    most = max(weak, key=lambda name: weak[name])
    if len(named) >= 3 and weak[most] * 2 >= len(named):
        label = CRITERIA[most][0].lower()
        said.append(
            f"{weak[most]} of {len(named)} measures have a gap at “{label}”. One habit may mend "
            "them all: look there first."
        )
    if len(named) > 5:
        said.append(
            f"{len(named)} measures are many to call key. Which five would you still watch if the "
            "others were taken away?"
        )
    return tuple(said)


def _asked_by_the_exercise(row: AuditRow) -> dict[str, str]:
    """The questions of exercise 2.1 for this row, by field."""
    _, (parts,) = mark_audit((row.form(),))
    found: dict[str, str] = {}
    for part in parts:
        name = part.part.removeprefix("rows/0/").removesuffix("/advice")
        if ask := part.feedback.cue or part.feedback.tempts:
            found.setdefault(name, ask)
    return found
