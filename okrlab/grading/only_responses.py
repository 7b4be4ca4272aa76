"""Responses alone: marked against the key, with no notebook and no code."""

from __future__ import annotations

from collections.abc import Sequence

from okrlab.grading.assignment import Assignment
from okrlab.grading.execute import Execution
from okrlab.grading.marking import marks
from okrlab.grading.responses import Responses
from okrlab.grading.results import Marked, worst


def mark_responses(assignments: Sequence[Assignment], responses: Responses) -> list[Marked]:
    """A result for each learner and each assignment of which something was answered."""
    found: list[Marked] = []
    for learner in sorted(responses, key=lambda name: (name.casefold(), name)):
        answers = responses[learner]
        for assignment in assignments:
            questions = {name: q.exercise for name, q in assignment.questions.items()}
            if not any(name in answers for name in questions):
                continue
            given = marks(questions, Execution(), {}, answers)
            status = worst(mark.status for mark in given)
            found.append(
                Marked(
                    learner,
                    assignment.name,
                    "",
                    status,
                    exercises=given,
                    max_points=assignment.points,
                )
            )
    return found
