"""Our exercises before nbgrader's own validator."""

from __future__ import annotations

from pathlib import Path

import pytest

EXERCISES = sorted((Path(__file__).parents[2] / "exercises").glob("*.ipynb"))


@pytest.mark.parametrize("path", EXERCISES, ids=lambda path: path.stem)
def test_an_exercise_is_what_nbgrader_takes(path: Path) -> None:
    """Its schema (version 3) and its own check of the cells' metadata."""
    import nbformat
    from nbgrader.nbgraderformat import SCHEMA_VERSION, read
    from nbgrader.preprocessors import CheckCellMetadata

    notebook = read(str(path), as_version=nbformat.NO_CONVERT)  # validates
    CheckCellMetadata().preprocess(notebook, {})
    marks = [c.metadata.nbgrader for c in notebook.cells if "nbgrader" in c.metadata]
    assert marks
    assert {m.schema_version for m in marks} == {SCHEMA_VERSION}
    assert any(m.grade and m.points > 0 for m in marks)
    assert any(m.solution and not m.locked for m in marks)


def test_there_are_exercises() -> None:
    """So that the test above tests something."""
    assert len(EXERCISES) >= 3
