"""What is filled into a form stands in the saved notebook, which can so be handed in."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from okrlab.content import library
from okrlab.grading import Grader, Settings, find, read_assignments
from okrlab.notebook.course import shipped_files

from .conftest import Reader

pytestmark = [pytest.mark.browser, pytest.mark.lab]

EXERCISE = next(name for name in shipped_files() if name.startswith("exercises/01"))
ROOT = Path(__file__).parents[3]


def test_a_form_is_handed_in_with_the_notebook(reader: Reader, tmp_path: Path) -> None:
    """An answer that is typed is in the file after saving, and is marked without running code."""
    reader.open(EXERCISE)
    form = reader.front.get_by_role("group", name="Exercise 1.2")
    form.get_by_role("radio", name="Health metric: guarded").first.click(force=True)
    reader.page.wait_for_function("jupyterapp.shell.currentWidget.context.model.dirty")
    reader.page.keyboard.press("ControlOrMeta+S")
    reader.page.wait_for_function("!jupyterapp.shell.currentWidget.context.model.dirty")
    handed_in = reader.lab.folder / EXERCISE
    submissions = tmp_path / "submissions"
    (submissions / "anna").mkdir(parents=True)
    shutil.copy(handed_in, submissions / "anna" / handed_in.name)
    assignments = read_assignments(ROOT / "solutions", library())
    grader = Grader(assignments, {}, Settings(jobs=1), tmp_path / "kept")
    (marked,) = grader.grade(find(submissions, assignments))
    by_exercise = {mark.exercise: mark for mark in marked.exercises}
    assert grader.walls is None  # no code was run
    assert by_exercise["1.2"].source == "form"
    assert by_exercise["1.2"].status == "ok"
    assert by_exercise["1.1"].status == "not answered"
