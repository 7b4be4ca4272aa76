"""Marking what a notebook hands in, and the data sets of the exercises."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from okrlab.assessment.exercise import exercise_attempt, mark_exercise
from okrlab.assessment.journal import Journal
from okrlab.assessment.outcome import Feedback, Outcome
from okrlab.content import Exercise, Library
from okrlab.errors import AnswerError, UnknownNameError
from okrlab.notebook._display import Marked, MarkedForm

if TYPE_CHECKING:
    import pandas as pd

MARKS_APPEAR_IN_THE_FORM = "Fill in the form and press Check there: your marks appear in it."


def marked(library: Library, journal: Journal, name: str, answer: Any) -> Marked:
    """Mark an answer, record the attempt, and explain the mark.

    A form records its own attempts when its Check is pressed, so for a form nothing is recorded
    here.
    """
    exercise = library.exercise(name)
    from okrlab.widgets import ExerciseForm

    if isinstance(answer, ExerciseForm):
        return _form(exercise, answer)
    try:
        outcome = mark_exercise(exercise, answer)
    except AnswerError as error:
        return Marked(exercise, Outcome(0.0, False, (), Feedback(str(error))))
    if outcome.parts:
        journal.record([exercise_attempt(exercise, answer, outcome, journal, uuid4().hex)])
    return Marked(exercise, outcome, journal.notice())


def _form(exercise: Exercise, form: Any) -> Marked:
    if form.exercise.id != exercise.id:
        text = f"This is the form of exercise {form.exercise.id}, not of {exercise.id}."
        return Marked(exercise, Outcome(0.0, False, (), Feedback(text)))
    outcome = mark_exercise(exercise, form.answer)
    if not outcome.parts:
        nothing = Outcome(0.0, False, (), Feedback(MARKS_APPEAR_IN_THE_FORM))
        return MarkedForm(exercise, nothing, quiet=True, form=form)
    return MarkedForm(exercise, outcome, quiet=True, form=form)


def dataset(name: str) -> pd.DataFrame:
    """Read a data set that ships with okrlab."""
    folder = files("okrlab.content").joinpath("data")
    known = [p.name.removesuffix(".csv") for p in folder.iterdir() if p.name.endswith(".csv")]
    if name not in known:
        raise UnknownNameError("data set", name, known)
    import pandas as pd

    with folder.joinpath(f"{name}.csv").open(encoding="utf-8") as stream:
        return pd.read_csv(stream)
