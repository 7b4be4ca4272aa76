"""Solutions and exercises, run in a real kernel."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

from okrlab.authoring.release import release
from okrlab.content import library

ROOT = Path(__file__).parents[2]
NAMES = sorted(path.name for path in (ROOT / "solutions").glob("*.ipynb"))
POINTS = re.compile(r"Exercise (\S+): ([\d.]+) of (\d+) points\.")
CHECK = re.compile(r"okrlab\.check\(\"([^\"]+)\"")


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Where progress would go, for each folder of notebooks."""
    return {name: tmp_path_factory.mktemp(name) for name in ("solutions", "exercises")}


@pytest.fixture(scope="module")
def run(homes: dict[str, Path]) -> Callable[[str, str], Any]:
    """A notebook after it has run in a kernel of its own; each runs once."""

    @cache
    def runner(folder: str, name: str) -> Any:
        kept = {k: v for k, v in os.environ.items() if not k.startswith("OKRLAB_")}
        notebook = nbformat.read(ROOT / folder / name, as_version=4)
        client = NotebookClient(notebook, timeout=120, kernel_name="python3")
        client.execute(cwd=str(ROOT / folder), env=kept | {"OKRLAB_HOME": str(homes[folder])})
        return notebook

    return runner


def outputs(cell: Any) -> str:
    return "\n".join(
        o["data"].get("text/plain", "") for o in cell.get("outputs", []) if "data" in o
    )


def errors(cell: Any) -> list[str]:
    return [o["ename"] for o in cell.get("outputs", []) if o["output_type"] == "error"]


def results(notebook: Any) -> dict[str, tuple[float, int]]:
    """Points by exercise, as the check cells show them."""
    found = POINTS.findall("\n".join(outputs(cell) for cell in notebook.cells))
    return {name: (float(earned), int(points)) for name, earned, points in found}


def test_there_is_a_solution_for_each_lesson_with_exercises() -> None:
    """Each lesson that has exercises has one solution notebook, named as the lesson is."""
    wanted = {name.split(".")[0] for name in library().exercises}
    lessons = {str(lesson.number): lesson.notebook for lesson in library().lessons}
    assert [lessons[number] for number in sorted(wanted)] == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_every_solution_earns_full_marks(name: str, run: Callable[[str, str], Any]) -> None:
    """The worked solution runs, and each of the lesson's exercises is marked with all points."""
    notebook = run("solutions", name)
    lesson = str(notebook.metadata.okrlab.lesson)
    expected = {
        e.id: (float(e.points), e.points)
        for e in library().exercises.values()
        if e.id.split(".")[0] == lesson
    }
    assert results(notebook) == expected
    assert not any(errors(cell) for cell in notebook.cells)


def test_solutions_record_nothing(run: Callable[[str, str], Any], homes: dict[str, Path]) -> None:
    """Whoever opens a solution gains no marks by it and loses no unfinished work."""
    for name in NAMES:
        run("solutions", name)
    assert list(homes["solutions"].rglob("*")) == []


@pytest.mark.parametrize("name", NAMES)
def test_every_exercise_runs_as_released(name: str, run: Callable[[str, str], Any]) -> None:
    """The part without code runs through, only the stubs raise, and nothing earns a point."""
    notebook = run("exercises", name)
    for cell in notebook.cells:
        if cell.cell_type != "code":
            continue
        tags = cell.metadata.get("tags", [])
        if "hide-input" in tags:
            assert errors(cell) == [], cell.id
            assert "raises-exception" not in tags
        elif "raises-exception" in tags:
            stub = "raise NotImplementedError()" in cell.source
            assert errors(cell) == ["NotImplementedError" if stub else "NameError"], cell.id
        else:
            assert errors(cell) == [], cell.id
    found = results(notebook)
    assert found
    assert all(earned == 0 for earned, _ in found.values())


@pytest.mark.parametrize("name", NAMES)
def test_no_answer_is_left_in_an_exercise(name: str) -> None:
    """No region, no filled form and no explanation of a solution reaches the learner."""
    text = (ROOT / "exercises" / name).read_text(encoding="utf-8")
    for trace in ("SOLUTION", "form.fill", "solution-only", "demonstration", "HIDDEN"):
        assert trace not in text


@pytest.mark.parametrize("name", NAMES)
def test_each_exercise_is_asked_and_checked_once(name: str) -> None:
    """Every exercise of the lesson has one form or task and one test cell worth its points."""
    notebook = nbformat.read(ROOT / "exercises" / name, as_version=4)
    lesson = str(notebook.metadata.okrlab.lesson)
    wanted = [i for i in library().exercises if i.split(".")[0] == lesson]
    sources = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "code")
    assert re.findall(r"okrlab\.exercise\(\"([^\"]+)\"\)", sources) == wanted
    assert CHECK.findall(sources) == wanted


def test_each_worked_rewrite_makes_questions_go_away(run: Callable[[str, str], Any]) -> None:
    """Solution 3 compares three lines before and after; none shows up to have been mended less."""
    notebook = run("solutions", "03_key_result_craft.ipynb")
    printed = {
        cell.id: "".join(o.get("text", "") for o in cell.get("outputs", []))
        for cell in notebook.cells
        if cell.id.startswith("rewrites-") and cell.id.endswith("-code")
    }
    assert len(printed) == 3
    for name, text in printed.items():
        before, after = text.split("after:")
        assert "reads as" in before, name
        assert "key result" in after, name
        assert "gone:" in after, name


def test_exercises_are_in_step_with_their_solutions() -> None:
    """`okrlab author release --check` finds nothing to do."""
    assert release(ROOT, check=True) == []
