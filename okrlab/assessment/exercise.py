"""Marking of exercises: an exercise and an answer give an outcome.

A form's cases are marked cell by cell against their key. A list of the learner's own is marked for
consistency and structure: each row earns the share of its checks that it passes, and `min_rows`
good rows earn everything. A data answer is marked cell by cell.
"""

from __future__ import annotations

from typing import Any

from okrlab.assessment.attempt import Attempt
from okrlab.assessment.exercise_answer import FormAnswer, read_answer
from okrlab.assessment.exercise_audit import mark_audit
from okrlab.assessment.exercise_cases import mark_cases
from okrlab.assessment.exercise_data import mark_data, plain_data
from okrlab.assessment.exercise_key_results import earned, is_advice, mark_key_results
from okrlab.assessment.exercise_own import mark_measures
from okrlab.assessment.journal import Journal
from okrlab.assessment.outcome import Feedback, Outcome, PartOutcome
from okrlab.content.exercise import (
    DataExercise,
    Exercise,
    FormExercise,
    KeyResultsExercise,
    KpiAuditExercise,
    OwnExercise,
    OwnMeasuresExercise,
)

NOTHING_YET = "Not answered yet."


def mark_exercise(exercise: Exercise, answer: object) -> Outcome:
    """Mark an answer.

    Args:
        exercise: any exercise.
        answer: for a form what `read_answer` takes; for a data exercise a number, mapping, Series
            or DataFrame. None means that nothing has been answered, which earns nothing.

    Raises:
        AnswerError: the answer has a form that cannot be marked.
    """
    if isinstance(exercise, DataExercise):
        return mark_data(exercise, answer)
    if isinstance(exercise, FormExercise):
        return _form(exercise, read_answer(exercise, answer))
    raise TypeError(f"exercises of type {type(exercise).__name__} cannot be marked")


def points(exercise: Exercise, outcome: Outcome) -> float:
    """What an outcome is worth, rounded to a tenth; full points only when all is right."""
    worth = round(outcome.mark * exercise.points, 1)
    return worth if outcome.correct else min(worth, exercise.points - 0.1)


def exercise_attempt(
    exercise: Exercise, answer: object, outcome: Outcome, journal: Journal, new_id: str
) -> Attempt:
    """The attempt to record for an answer. All tries at an exercise are one sitting.

    Args:
        exercise: what was answered.
        answer: as `mark_exercise` took it.
        outcome: what it earned.
        journal: the learner's record, from which the number of earlier tries comes.
        new_id: a new unique id.
    """
    activity = f"exercise/{exercise.id}"
    before = [attempt for attempt in journal.attempts() if attempt.activity == activity]
    return Attempt(
        id=new_id,
        learner=journal.learner,
        activity=activity,
        sitting=before[0].sitting if before else new_id,
        item=activity,
        item_version=exercise.version,
        concept=exercise.concept,
        response=plain_answer(exercise, answer),
        mark=outcome.mark,
        misconceptions=outcome.misconceptions,
        graded=exercise.graded,
        try_number=len(before) + 1,
        confidence=None,
        seconds=None,
        at=journal.now(),
    )


def plain_answer(exercise: Exercise, answer: object) -> dict[str, Any]:
    """An answer as plain JSON data of bounded size."""
    if isinstance(exercise, DataExercise):
        return plain_data(exercise, answer)
    if isinstance(exercise, FormExercise):
        return read_answer(exercise, answer).plain()
    raise TypeError(f"exercises of type {type(exercise).__name__} have no answers")


def result_lines(exercise: Exercise, outcome: Outcome, limit: int = 12) -> list[str]:
    """An outcome in plain text: the points, then why, at most `limit` parts that are not right."""
    earned_points = f"{points(exercise, outcome):g} of {exercise.points} points"
    lines = [f"Exercise {exercise.id}: {earned_points}. {outcome.feedback.cue}".strip()]
    lines += [outcome.feedback.tempts] if outcome.feedback.tempts else []
    wrong = [part for part in outcome.parts if not part.correct]
    for part in wrong[:limit]:
        lines.append(f"✕ {part_name(exercise, part)}: {part.feedback.tempts}".rstrip(": "))
    if len(wrong) > limit:
        lines.append(f"… and {len(wrong) - limit} more.")
    return lines


def part_name(exercise: Exercise, part: PartOutcome) -> str:
    """A part's name as a learner knows it."""
    section, _, rest = part.part.partition("/")
    if not isinstance(exercise, FormExercise):
        return part.part
    if section == "cases" and exercise.cases:
        row_id, _, column_id = rest.partition("/")
        text = next(row.text for row in exercise.cases.rows if row.id == row_id)
        if len(exercise.cases.columns) == 1:
            return text
        label = next(c.label for c in exercise.cases.columns if c.id == column_id)
        return f"{text} ({label})"
    if section == "rows":
        return f"Row {int(rest.partition('/')[0]) + 1}"
    return "The whole set"


# -- forms ----------------------------------------------------------------------------------------


def _form(exercise: FormExercise, answer: FormAnswer) -> Outcome:
    if answer.empty:
        return Outcome(0.0, False, (), Feedback(NOTHING_YET))
    cells = mark_cases(exercise.cases, answer.cases) if exercise.cases else []
    shared, rows = _own(exercise, answer)
    filled = [parts for parts in rows if parts]
    units, worth = float(len(cells)), float(sum(part.correct for part in cells))
    if isinstance(exercise, OwnExercise):
        needed = max(exercise.min_rows, len(filled))
        units, worth = units + needed, worth + sum(earned(parts) for parts in filled)
        if any(not is_advice(part) for part in shared):
            units, worth = units + 1, worth + earned(shared)
    parts = (*cells, *shared, *(part for row in rows for part in row))
    correct = worth == units and all(part.correct for part in parts)
    return Outcome(
        1.0 if correct else min(worth / units, 0.999),
        correct,
        parts,
        Feedback(_cue(exercise, cells, filled)),
        tuple(sorted({m for p in parts if not p.correct and (m := p.feedback.misconception)})),
    )


def _own(
    exercise: FormExercise, answer: FormAnswer
) -> tuple[list[PartOutcome], list[list[PartOutcome]]]:
    match exercise:
        case OwnMeasuresExercise():
            return [], mark_measures(answer.rows)
        case KeyResultsExercise():
            return mark_key_results(exercise, answer.form, answer.rows)
        case KpiAuditExercise():
            return mark_audit(answer.rows)
    return [], []


def _cue(exercise: FormExercise, cells: list[PartOutcome], filled: list[list[PartOutcome]]) -> str:
    said = []
    if cells:
        said.append(f"{sum(part.correct for part in cells)} of {len(cells)} answers are right.")
    if isinstance(exercise, OwnExercise):
        good = sum(earned(parts) == 1 for parts in filled)
        missing = exercise.min_rows - len(filled)
        if filled:
            verb = "is" if good == 1 else "are"
            said.append(f"{good} of {len(filled)} of your own rows {verb} consistent.")
        if missing > 0:
            more = "" if not filled else " more"
            said.append(f"Add {missing}{more} of your own for full marks.")
    return " ".join(said)


__all__ = [
    "exercise_attempt",
    "mark_exercise",
    "part_name",
    "plain_answer",
    "points",
    "result_lines",
]
