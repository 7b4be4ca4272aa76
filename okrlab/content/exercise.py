"""Exercises: forms that are marked, and tasks of the data track."""

from __future__ import annotations

from pydantic import Field

from okrlab.content._base import FormatNumber, Line, Slug, Strict


class Exercise(Strict):
    """One exercise of a lesson."""

    id: Slug
    title: Line


class ExerciseFile(Strict):
    """A file of `exercises/`: the exercises of one lesson."""

    format: FormatNumber
    lesson: int = Field(ge=0, le=9)
    exercises: tuple[Exercise, ...] = Field(min_length=1)
