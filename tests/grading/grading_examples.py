"""A coach's notebook with two exercises of the data track and one form, and submissions to it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

ROLES = """
focus = measures["focus"] & measures["objective"].notna() & measures["by"].notna()
moves = measures["start"].notna() & measures["goal"].notna() & (
    measures["start"] != measures["goal"]
)
number = measures["kind"] == "number"
ranged = measures["low"].notna() | measures["high"].notna()
answer = measures[["measure"]].assign(role="KPI")
answer.loc[number & ranged & ~measures["focus"], "role"] = "health metric"
answer.loc[number & focus & moves, "role"] = "metric key result"
answer.loc[~number, "role"] = "task"
answer.loc[~number & focus, "role"] = "milestone key result"
"""

QUARTER = """
way = (quarter["current"] - quarter["baseline"]) / (quarter["target"] - quarter["baseline"])
done = quarter["done"].map({True: 1.0, False: 0.0, "True": 1.0, "False": 0.0})
attainment = way.clip(0, 1).where(quarter["type"] == "metric", done)
scored = quarter.assign(attainment=attainment)[quarter["type"] != "guardrail"]
answer = scored[["key_result", "attainment"]]
"""

STUB = "# YOUR CODE HERE\nraise NotImplementedError()"
POINTS = {"1.2": 12, "1.3": 12, "3.3": 9}
ASSIGNMENT = "practice"
KEY_WORDS = ("metric key result", "health metric")

Cell = dict[str, Any]


def marks(name: str, *, test: int | None = None) -> dict[str, Any]:
    """Metadata for nbgrader: of an answer cell, or of a test cell worth so many points."""
    found: dict[str, Any] = {"schema_version": 3, "grade_id": name, "grade": test is not None}
    found |= {"solution": test is None, "locked": test is not None, "task": False}
    return found if test is None else found | {"points": test}


def cell(
    name: str, source: str, nbgrader: Mapping[str, Any] | None = None, tags: Sequence[str] = ()
) -> Cell:
    """A code cell."""
    metadata: dict[str, Any] = {"nbgrader": dict(nbgrader)} if nbgrader else {}
    metadata |= {"tags": list(tags)} if tags else {}
    return {
        "cell_type": "code",
        "id": name,
        "metadata": metadata,
        "source": source,
        "outputs": [],
        "execution_count": None,
    }


def text(name: str, source: str) -> Cell:
    """A cell of text."""
    return {"cell_type": "markdown", "id": name, "metadata": {}, "source": source}


def notebook(cells: Sequence[Cell], kind: str = "exercise") -> dict[str, Any]:
    """A notebook of these cells."""
    own = {"kind": kind, "lesson": 99, "title": "Practice"}
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    metadata = {"okrlab": own, "kernelspec": kernel}
    return {"nbformat": 4, "nbformat_minor": 5, "metadata": metadata, "cells": list(cells)}


def released(roles: str = STUB, quarter: str = STUB) -> list[Cell]:
    """The exercise's cells, with these answers in place of the stubs."""
    quiet = ("hide-input",)
    return [
        text("title", "# Practice"),
        cell("setup", "import okrlab", marks("setup"), quiet),
        cell("form", 'form = okrlab.exercise("1.2")\nform', marks("form-1-2"), quiet),
        cell("check-form", 'okrlab.check("1.2", form)', marks("check-1-2", test=12), quiet),
        cell("data-roles", 'measures = okrlab.data("clinic-measures")\nmeasures.head()'),
        cell("roles", roles, marks("answer-1-3")),
        cell("check-roles", 'okrlab.check("1.3", answer)', marks("check-1-3", test=12)),
        cell("data-quarter", 'quarter = okrlab.data("museum-quarter")\nquarter'),
        cell("quarter", quarter, marks("answer-3-3")),
        cell("check-quarter", 'okrlab.check("3.3", answer)', marks("check-3-3", test=9)),
    ]


def solution() -> dict[str, Any]:
    """The coach's notebook."""
    cells = released()
    for entry in cells:
        for name, source in (("roles", ROLES), ("quarter", QUARTER)):
            if entry["id"] == name:
                entry["source"] = f"### BEGIN SOLUTION{source}### END SOLUTION"
    return notebook(cells, "solution")


def put(path: Path, what: Any) -> Path:
    """Write a notebook."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(what), encoding="utf-8")
    return path
