"""A course with a pretest and a final test of two pairs, and answers to them."""

from __future__ import annotations

from pathlib import Path

from okrlab.assessment.attempt import Attempt
from okrlab.content import Library
from tests.assessment.examples import attempt, write_course

CONCEPTS = ("metric-kr", "kpi-definition")


def with_both_tests(folder: Path) -> Library:
    """Lessons 0 to 3; each question of the pretest has a sister in the final test."""
    return write_course(
        folder,
        pretest={
            "items": [f"{concept}-held-1" for concept in CONCEPTS],
            "kind": "pretest",
            "graded": False,
            "lesson": 0,
        },
        final={
            "items": [f"{concept}-held-2" for concept in CONCEPTS],
            "kind": "final",
            "lesson": 3,
        },
    )


def sat(test: str, wrong: int) -> list[Attempt]:
    """Answers to one of the tests, so many of them wrong."""
    final = test == "final"
    return [
        attempt(
            200 + 100 * final + place,
            activity=f"{test}/{test}",
            item=f"{concept}-held-{1 + final}",
            concept=concept,
            mark=float(place >= wrong),
            graded=final,
        )
        for place, concept in enumerate(CONCEPTS)
    ]
