"""Assignments, and the walls that work on this computer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from okrlab.content import library
from okrlab.grading import Assignment, Grader, Limits, Marked, Settings, find, read_assignments
from okrlab.grading.sandbox import BUBBLEWRAP, LANDLOCK, Walls
from okrlab.grading.worker import Stage, Worker

from .grading_examples import ASSIGNMENT, notebook, put, solution

QUICK = Limits(cell_seconds=2.0, seconds=20.0, cpu_seconds=20, memory=256 * 1024**2)

Grade = Callable[..., list[Marked]]


@pytest.fixture(scope="session")
def assignments(tmp_path_factory: pytest.TempPathFactory) -> list[Assignment]:
    """The coach's side."""
    folder = tmp_path_factory.mktemp("solutions")
    put(folder / f"{ASSIGNMENT}.ipynb", solution())
    return read_assignments(folder, library())


@pytest.fixture(scope="session")
def stage() -> Iterator[Stage]:
    """What submissions are shown."""
    made = Stage()
    yield made
    made.close()


@pytest.fixture(scope="module", params=[BUBBLEWRAP, LANDLOCK])
def worker(request: pytest.FixtureRequest, stage: Stage) -> Iterator[Worker]:
    """A warm interpreter behind each kind of walls."""
    started = Worker(Walls(request.param), stage, QUICK)
    started.start()
    yield started
    started.close()


@pytest.fixture
def grade(assignments: list[Assignment], tmp_path: Path) -> Grade:
    """Mark submissions, given as cells by learner."""

    def run(given: dict[str, list[dict[str, Any]]], **settings: Any) -> list[Marked]:
        folder = tmp_path / "submissions"
        for name, cells in given.items():
            put(folder / name / f"{ASSIGNMENT}.ipynb", notebook(cells))
        chosen = Settings(**{"jobs": 2, "limits": QUICK, **settings})
        grader = Grader(assignments, {}, chosen, tmp_path / "kept")
        return grader.grade(find(folder, assignments))

    return run
