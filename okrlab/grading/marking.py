"""Marking what came in: always by `okrlab.assessment`, exactly as `okrlab.check` does it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from okrlab.assessment.exercise import mark_exercise, part_name, points
from okrlab.assessment.outcome import Outcome
from okrlab.content import Exercise
from okrlab.errors import AnswerError
from okrlab.grading.execute import Execution, Trouble
from okrlab.grading.results import FLAGGED, NOT_ANSWERED, OK, ExerciseMark, Part
from okrlab.grading.values import ClaimError, rebuilt

MAX_PARTS = 40
NO_ANSWER = "Not answered."


def marks(
    questions: Mapping[str, Exercise],
    execution: Execution,
    forms: Mapping[str, Any],
    progress: Mapping[str, Any],
) -> tuple[ExerciseMark, ...]:
    """A mark for each exercise.

    Args:
        questions: the exercises.
        execution: what running the code gave.
        forms: by exercise, what its form recorded in the notebook.
        progress: by exercise, what the learner's progress holds.
    """
    return tuple(_mark(e, execution, forms, progress) for e in questions.values())


def _mark(
    exercise: Exercise,
    execution: Execution,
    forms: Mapping[str, Any],
    progress: Mapping[str, Any],
) -> ExerciseMark:
    name = exercise.id
    troubles = [t for t in execution.troubles if t.exercise == name]
    everywhere = [t for t in execution.troubles if t.exercise is None]
    seconds = execution.by_exercise.get(name)
    tries: list[tuple[str, Any]] = [("form", forms.get(name))]
    for claims in (execution.claims, execution.called):
        if name in claims:
            try:
                tries.append(("notebook", rebuilt(claims[name], _key(exercise))))
            except (ClaimError, ValueError, OverflowError, RecursionError) as error:
                said = f"What the code handed over as the answer makes no sense: {error}."
                return _nothing(exercise, FLAGGED, [said], seconds)
    tries.append(("progress", progress.get(name)))
    for source, answer in tries:
        found = answered(exercise, answer, source)
        if found.status != NOT_ANSWERED:
            return _with(found, troubles, seconds if source == "notebook" else None)
    found_troubles = troubles or everywhere
    if found_troubles:
        words = [trouble.words for trouble in troubles]
        return _nothing(exercise, found_troubles[0].kind, words, seconds)
    return _nothing(exercise, NOT_ANSWERED, [NO_ANSWER], seconds)


def _key(exercise: Exercise) -> str:
    """Of a table, the column that says which row is which."""
    return getattr(getattr(exercise, "answer", None), "key", "")


def answered(exercise: Exercise, answer: Any, source: str) -> ExerciseMark:
    """The mark of an answer, wherever it came from."""
    try:
        outcome = mark_exercise(exercise, answer)
    except AnswerError as error:
        return ExerciseMark(
            exercise.id, exercise.title, 0.0, exercise.points, OK, (str(error),), source=source
        )
    if not outcome.parts:
        return _nothing(exercise, NOT_ANSWERED, [NO_ANSWER], None)
    words = [w for w in (outcome.feedback.cue, outcome.feedback.tempts) if w]
    return ExerciseMark(
        exercise.id,
        exercise.title,
        points(exercise, outcome),
        exercise.points,
        OK,
        tuple(words),
        _parts(exercise, outcome),
        outcome.misconceptions,
        source,
    )


def _parts(exercise: Exercise, outcome: Outcome) -> tuple[Part, ...]:
    wrong = [part for part in outcome.parts if not part.correct][:MAX_PARTS]
    return tuple(
        Part(
            part_name(exercise, part),
            part.given,
            part.expected,
            " ".join(w for w in (part.feedback.tempts, part.feedback.cue) if w),
        )
        for part in wrong
    )


def _with(mark: ExerciseMark, troubles: list[Trouble], seconds: float | None) -> ExerciseMark:
    """The mark with what went wrong beside it; an answer that came all the same stays marked."""
    words = (*mark.words, *(trouble.words for trouble in troubles))
    return ExerciseMark(**{**vars(mark), "words": words, "seconds": seconds})


def _nothing(
    exercise: Exercise, status: str, words: list[str], seconds: float | None
) -> ExerciseMark:
    return ExerciseMark(
        exercise.id, exercise.title, 0.0, exercise.points, status, tuple(words), seconds=seconds
    )
