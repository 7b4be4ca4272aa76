"""One exercise notebook with three questions, as each of the three systems wants it.

The questions are okrlab's own (1.3, 3.3 and 3.4: 12, 9 and 3 points). In nbgrader and otter-grader
their tests are asserts on the expected values, as their documentation shows. There the data are
read with pandas directly, so that no kernel has to load okrlab as well.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from okrlab.content import library

NAME = "practice"
DATA = {"measures": "clinic-measures", "quarter": "museum-quarter"}
VARIABLES = {"1.3": "roles", "3.3": "attainment", "3.4": "means"}
POINTS = {name: library().exercise(name).points for name in VARIABLES}
TOTAL = sum(POINTS.values())

ROLES = """\
focus = measures["focus"] & measures["objective"].notna() & measures["by"].notna()
moves = (
    measures["start"].notna()
    & measures["goal"].notna()
    & (measures["start"] != measures["goal"])
)
number = measures["kind"] == "number"
ranged = measures["low"].notna() | measures["high"].notna()
roles = measures[["measure"]].assign(role="KPI")
roles.loc[number & ranged & ~measures["focus"], "role"] = "health metric"
roles.loc[number & focus & moves, "role"] = "metric key result"
roles.loc[~number, "role"] = "task"
roles.loc[~number & focus, "role"] = "milestone key result"
"""

ATTAINMENT = """\
way = (quarter["current"] - quarter["baseline"]) / (quarter["target"] - quarter["baseline"])
done = quarter["done"].map({True: 1.0, False: 0.0, "True": 1.0, "False": 0.0})
reached = way.clip(0, 1).where(quarter["type"] == "metric", done)
scored = quarter.assign(attainment=reached)[quarter["type"] != "guardrail"]
attainment = scored[["key_result", "attainment"]]
"""

MEANS = 'means = scored.groupby("objective")["attainment"].mean()\n'
SOLUTIONS = {"1.3": ROLES, "3.3": ATTAINMENT, "3.4": MEANS}
STUB = "# YOUR CODE HERE\nraise NotImplementedError()"

Cell = dict[str, Any]


def code(name: str, source: str, marks: dict[str, Any] | None = None) -> Cell:
    """A code cell."""
    return {
        "cell_type": "code",
        "id": name,
        "metadata": {"nbgrader": marks} if marks else {},
        "source": source,
        "outputs": [],
        "execution_count": None,
    }


def raw(name: str, source: str) -> Cell:
    """A raw cell, which otter-grader reads as instructions."""
    return {"cell_type": "raw", "id": name, "metadata": {}, "source": source}


def notebook(cells: list[Cell], kind: str = "exercise") -> dict[str, Any]:
    """A notebook."""
    return {
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": {
            "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
            "language_info": {"name": "python"},
            "okrlab": {"kind": kind, "lesson": 1, "title": "Practice"},
        },
        "cells": cells,
    }


def marks(name: str, points: int | None = None) -> dict[str, Any]:
    """Metadata for nbgrader: of an answer cell, or of a test cell with points."""
    test = points is not None
    found = {"grade_id": name, "schema_version": 3, "task": False}
    found |= {"grade": test, "solution": not test, "locked": test}
    return found | ({"points": points} if test else {})


def test_code(name: str) -> str:
    """The asserts for a question."""
    answer: Any = library().exercise(name).answer
    variable = VARIABLES[name]
    if answer.type == "frame":
        column = answer.columns[0].name
        expected = {row[answer.key]: row[column] for row in answer.rows}
        got = f'dict(zip({variable}["{answer.key}"], {variable}["{column}"]))'
    else:
        expected, got = answer.expected, f"dict({variable})"
    lines = [f"expected = {json.dumps(expected, ensure_ascii=False)}", f"got = {got}"]
    if name == "1.3":
        lines.append("got = {k: v.lower() for k, v in got.items()}")
        lines.append("assert got == {k: v.lower() for k, v in expected.items()}")
    else:
        lines.append("assert set(got) == set(expected)")
        lines.append("assert all(abs(got[k] - v) <= 0.01 for k, v in expected.items())")
    return "\n".join(lines)


@dataclass(frozen=True)
class System:
    """How one of the systems names its parts."""

    name: str
    folder: Path

    def data(self, variable: str) -> str:
        """The cell that reads a data set."""
        if self.name == "okrlab":
            return f'import okrlab\n{variable} = okrlab.data("{DATA[variable]}")'
        path = self.folder / f"{DATA[variable]}.csv"
        return f"import pandas as pd\n{variable} = pd.read_csv({str(path)!r})"

    def test(self, name: str, *, hidden: bool) -> str:
        """The test cell of a question, for the coach (hidden) or as it is released."""
        if self.name == "okrlab":
            return f'okrlab.check("{name}", {VARIABLES[name]})'
        if self.name == "otter":
            return f'grader.check("q{name.replace(".", "")}")'
        body = f"### BEGIN HIDDEN TESTS\n{test_code(name)}\n### END HIDDEN TESTS"
        return f"{VARIABLES[name]}\n{body}" if hidden else f"{VARIABLES[name]}\n"

    def cells(self, answers: dict[str, str], *, coach: bool = False) -> list[Cell]:
        """The notebook's cells with these answers."""
        cells = [code("data", f"{self.data('measures')}\n{self.data('quarter')}")]
        if self.name == "otter":
            cells.insert(0, code("grader", "import otter\ngrader = otter.Notebook()"))
        for name in VARIABLES:
            short = name.replace(".", "-")
            source = answers[name]
            if coach:
                source = f"### BEGIN SOLUTION\n{source}### END SOLUTION"
            cells.append(code(f"answer-{short}", source, marks(f"answer-{short}")))
            test = self.test(name, hidden=coach)
            cells.append(code(f"check-{short}", test, marks(f"check-{short}", POINTS[name])))
        return cells


def otter_master(system: System) -> dict[str, Any]:
    """The master notebook that `otter assign` reads."""
    config = "# ASSIGNMENT CONFIG\nsolutions_pdf: false\nexport_cell: false\ngenerate: true"
    cells = [raw("config", config)]
    cells.append(code("data", f"{system.data('measures')}\n{system.data('quarter')}"))
    for name in VARIABLES:
        short = name.replace(".", "")
        question = f"# BEGIN QUESTION\nname: q{short}\npoints: {POINTS[name]}"
        cells += [
            raw(f"b{short}", question),
            raw(f"bs{short}", "# BEGIN SOLUTION"),
            code(f"s{short}", SOLUTIONS[name]),
            raw(f"es{short}", "# END SOLUTION"),
            raw(f"bt{short}", "# BEGIN TESTS"),
            code(f"t{short}", f"# HIDDEN\n{test_code(name)}"),
            raw(f"et{short}", "# END TESTS"),
            raw(f"e{short}", "# END QUESTION"),
        ]
    return notebook(cells)
