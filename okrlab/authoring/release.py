"""Exercises from their solutions: `solutions/` is the only source, `exercises/` is generated.

A solution notebook carries nbgrader's cell metadata (schema 3), so that it opens in nbgrader's own
panel. On release, solution regions and hidden tests are cut. Where code is to be written a stub
takes the place of the solution; in the part without code (cells tagged ``hide-input``) nothing
does, so that a form simply stands empty. Cells tagged ``solution-only`` are left out.
"""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import nbformat

from okrlab.content import library
from okrlab.content.regions import HIDDEN_TESTS, NO_CODE, SOLUTION, SOLUTION_ONLY, STUB, cut
from okrlab.errors import ContentError

MAY_RAISE = "raises-exception"

REQUIRED = {"schema_version", "grade", "locked", "solution"}
OPTIONAL = {"task", "grade_id", "points", "checksum", "cell_type"}

_GRADE_ID = re.compile(r"[a-zA-Z0-9_\-]+")
_CHECK = re.compile(r"okrlab\.check\(\s*[\"']([^\"']+)[\"']")

Cell = dict[str, Any]


def release(root: Path, *, check: bool) -> list[str]:
    """Generate `exercises/` from `solutions/`.

    Args:
        root: the folder that holds both.
        check: change nothing, only say what differs.

    Returns:
        What was changed, or with `check` what differs, one line for each notebook; empty when both
        are in step.

    Raises:
        ContentError: a solution is not fit for release; all mistakes of all solutions are listed.
    """
    solutions = sorted((root / "solutions").glob("*.ipynb"))
    if not solutions:
        raise ContentError(
            f"There are no notebooks in {root / 'solutions'}, so there is nothing to release. "
            "Run this in the course's own folder."
        )
    released: dict[str, str] = {}
    problems: list[str] = []
    for path in solutions:
        text, found = released_text(path.read_text(encoding="utf-8"), f"solutions/{path.name}")
        released[path.name] = text
        problems += found
    if problems:
        listing = "\n".join(f"  {problem}" for problem in problems)
        raise ContentError(f"The solutions cannot be released. Mend these first:\n{listing}")
    return list(_settle(root / "exercises", released, check=check))


def _settle(folder: Path, released: Mapping[str, str], *, check: bool) -> Iterator[str]:
    """Make the folder hold just what was released, or say what differs."""
    for name, text in released.items():
        path = folder / name
        before = path.read_text(encoding="utf-8") if path.is_file() else None
        if before == text:
            continue
        if check:
            said = "is missing" if before is None else "differs from what its solution gives"
            yield f"exercises/{name} {said}; run `okrlab author release`"
        else:
            folder.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            yield f"exercises/{name} {'written' if before is None else 'brought up to date'}"
    for path in sorted(folder.glob("*.ipynb")):
        if path.name in released:
            continue
        if check:
            yield f"exercises/{path.name} has no solution; add one or run `okrlab author release`"
        else:
            path.unlink()
            yield f"exercises/{path.name} removed: it has no solution"


def released_text(text: str, name: str) -> tuple[str, list[str]]:
    """The exercise that a solution's text gives, and what is wrong with the solution.

    Args:
        text: the solution notebook, as JSON text.
        name: what to call it in messages.
    """
    try:
        spoilt = list(_id_problems(json.loads(text)["cells"]))
        if spoilt:
            return "", [f"{name}: {said}" for said in spoilt]
        notebook = nbformat.reads(text, as_version=4)
        nbformat.validate(notebook)
    except (ValueError, KeyError, TypeError, AttributeError, nbformat.ValidationError) as error:
        return "", [f"{name}: this is no valid notebook: {str(error).splitlines()[0][:200]}"]
    problems = [f"{name}: {said}" for said in _notebook_problems(notebook)]
    cells: list[Cell] = []
    seen: set[str] = set()
    for number, cell in enumerate(notebook.cells, start=1):
        where = f"{name}, cell {number} ({cell.get('id', 'no id')})"
        found, exercise = _released_cell(cell, seen)
        problems += [f"{where}: {said}" for said in found]
        if exercise is not None:
            cells.append(exercise)
    result = copy.deepcopy(notebook)
    result.cells = cells
    result.metadata.setdefault("okrlab", {})["kind"] = "exercise"
    return nbformat.writes(result, version=4).rstrip("\n") + "\n", problems


def _id_problems(cells: list[Cell]) -> Iterator[str]:
    """Ids must stand in the file: nbformat would make up new ones at each release."""
    bare = [str(number) for number, cell in enumerate(cells, start=1) if "id" not in cell]
    if bare:
        yield f"cells without an id: {', '.join(bare)}; open and save it in JupyterLab"
    ids = [str(cell["id"]) for cell in cells if "id" in cell]
    twice = sorted({name for name in ids if ids.count(name) > 1})
    if twice:
        yield f"cell ids are used twice: {', '.join(twice)}"


def _notebook_problems(notebook: Any) -> Iterator[str]:
    own = notebook.metadata.get("okrlab", {})
    if own.get("kind") != "solution" or "lesson" not in own:
        yield 'its metadata lacks "okrlab": {"kind": "solution", "lesson": …}'
    if notebook.metadata.get("kernelspec", {}).get("name") != "python3":
        yield "its kernel is not python3"


def _released_cell(cell: Cell, seen: set[str]) -> tuple[list[str], Cell | None]:
    """What is wrong with a cell, and the cell as released (None when it is left out)."""
    tags = cell["metadata"].get("tags", [])
    marks = cell["metadata"].get("nbgrader")
    problems = list(_output_problems(cell)) + list(_mark_problems(cell, marks, seen))
    answer = bool(marks and marks.get("solution"))
    stub = () if NO_CODE in tags or cell["cell_type"] != "code" else STUB
    left = cut(cell["source"], stub)
    problems += left.problems
    if answer and SOLUTION not in left.kinds and not left.problems:
        problems.append("an answer cell needs a region ### BEGIN SOLUTION … ### END SOLUTION")
    if not answer and SOLUTION in left.kinds:
        problems.append("a solution region stands in a cell that is no answer cell")
    if HIDDEN_TESTS in left.kinds and not (marks and marks.get("grade") and not answer):
        problems.append("hidden tests stand in a cell that is no test cell")
    if SOLUTION_ONLY in tags:
        return problems, None
    if left.kinds and not left.source:
        problems.append(f"nothing is left of it on release; tag it {SOLUTION_ONLY}")
    released = copy.deepcopy(cell)
    released["source"] = left.source if left.kinds else cell["source"]
    raising = cell["cell_type"] == "code" and NO_CODE not in tags and bool(marks)
    if raising and (answer or marks["grade"]) and MAY_RAISE not in tags:
        released["metadata"]["tags"] = [*tags, MAY_RAISE]
    return problems, released


def _output_problems(cell: Cell) -> Iterator[str]:
    if cell["cell_type"] == "code" and (cell.get("outputs") or cell.get("execution_count")):
        yield "it has outputs or a count; clear them (Edit, then Clear Outputs of All Cells)"


def _mark_problems(cell: Cell, marks: Any, seen: set[str]) -> Iterator[str]:
    """What nbgrader would not accept, or what would break its grading."""
    checked = _CHECK.findall(cell["source"]) if cell["cell_type"] == "code" else []
    if marks is None:
        if checked:
            yield "a cell that calls okrlab.check needs nbgrader's metadata for a test cell"
        return
    if not isinstance(marks, Mapping) or not set(marks) >= REQUIRED:
        yield f"its nbgrader metadata needs {', '.join(sorted(REQUIRED))}"
        return
    unknown = sorted(set(marks) - REQUIRED - OPTIONAL)
    if unknown:
        yield f"nbgrader knows no metadata called {', '.join(unknown)}"
    if marks["schema_version"] != 3:
        yield "its nbgrader schema_version must be 3"
    flags = [marks[flag] for flag in ("grade", "locked", "solution")] + [marks.get("task", False)]
    if any(not isinstance(flag, bool) for flag in flags):
        yield "grade, locked, solution and task are true or false"
    elif marks["locked"] == marks["solution"]:
        yield "an answer cell is not locked, and every other marked cell is"
    yield from _grade_id_problems(marks, seen)
    yield from _point_problems(marks, checked)


def _grade_id_problems(marks: Mapping[str, Any], seen: set[str]) -> Iterator[str]:
    name = marks.get("grade_id")
    if not isinstance(name, str) or not _GRADE_ID.fullmatch(name):
        yield "it needs a grade_id of letters, digits, - and _"
    elif name in seen:
        yield f"the grade_id “{name}” is used twice"
    else:
        seen.add(name)


def _point_problems(marks: Mapping[str, Any], checked: list[str]) -> Iterator[str]:
    points = marks.get("points")
    number = isinstance(points, int | float) and not isinstance(points, bool)
    if marks["grade"] and not (number and points >= 0):  # type: ignore[operator]
        yield "a test cell needs points, 0 or more"
        return
    if not marks["grade"] and points not in (None, 0):
        yield "only a test cell has points"
    known = library().exercises
    for name in checked:
        if name not in known:
            yield f"there is no exercise “{name}”"
        elif marks["grade"] and points != known[name].points:
            yield f"exercise {name} is worth {known[name].points} points, and {points:g} stand here"
