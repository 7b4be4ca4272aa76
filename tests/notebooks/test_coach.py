"""The coach's notebooks: one per scenario, thin, and a run sheet whose times add up."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path

import nbformat
import pytest

from okrlab.content import library

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "notebooks" / "coach"
ALL = sorted(FOLDER.glob("*.ipynb"))
RUN_SHEET = FOLDER / "00_run_sheet.ipynb"
SCENARIOS = [path for path in ALL if re.match(r"(0[1-9]|10)_", path.name)]


def read(path: Path) -> nbformat.NotebookNode:
    """A notebook."""
    return nbformat.read(path, as_version=4)


def test_there_is_one_notebook_per_scenario() -> None:
    """Numbered as in the curriculum, named after the scenario."""
    names = [path.stem[3:].replace("_", "-") for path in SCENARIOS]
    assert sorted(names) == library().names("scenarios")
    assert [path.name[:2] for path in SCENARIOS] == [f"{n:02d}" for n in range(1, 11)]


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda p: p.stem)
def test_a_scenario_notebook_shows_its_scenario_and_nothing_else_to_the_room(path: Path) -> None:
    """One thin hidden cell; everything beside it is for the coach only."""
    notebook = read(path)
    name = path.stem[3:].replace("_", "-")
    scenario = library().scenario(name)
    (code,) = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert code.source == f'import okrlab\n\nokrlab.scenario("{name}")'
    assert len(ast.parse(code.source).body) <= 3
    assert "hide-input" in code.metadata.tags
    assert code.metadata.jupyter.source_hidden
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            assert "coach-only" in cell.metadata.tags
    meta = notebook.metadata.okrlab
    assert meta == {"lesson": scenario.lesson, "kind": "coach", "title": scenario.title,
                    "scenario": name}  # fmt: skip
    assert f"{scenario.minutes} minutes" in notebook.cells[0].source


@pytest.mark.parametrize("path", ALL, ids=lambda p: p.stem)
def test_notebooks_carry_no_outputs_and_no_machine(path: Path) -> None:
    """What is committed is what somebody wrote; links lead somewhere."""
    notebook = read(path)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            assert not cell.outputs
            assert cell.execution_count is None
            continue
        for target in re.findall(r"\]\(([^)#:\s]+\.ipynb)\)", cell.source):
            assert (path.parent / target).resolve().is_file(), f"{cell.id} → {target}"
    assert not re.search(r"/(?:home|root|Users|work)/", json.dumps(notebook))
    ids = [cell.id for cell in notebook.cells]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(("cell", "total"), [("ninety", 90), ("half", 240)])
def test_the_plans_add_up(cell: str, total: int) -> None:
    """Each row begins where the one before ends, and all take what the heading says."""
    text = next(c.source for c in read(RUN_SHEET).cells if c.id == cell)
    rows = re.findall(r"^\| (\d):(\d\d) \| (\d+) \|", text, re.MULTILINE)
    at = 0
    for hours, minutes, length in rows:
        assert int(hours) * 60 + int(minutes) == at
        at += int(length)
    assert at == total


def test_the_run_sheet_gives_each_scenario_its_time() -> None:
    """As the scenario itself says."""
    text = "\n".join(c.source for c in read(RUN_SHEET).cells)
    for path in SCENARIOS:
        scenario = library().scenario(path.stem[3:].replace("_", "-"))
        assert f"| [{scenario.title}]({path.name}) | {scenario.minutes} |" in text


def test_the_run_sheet_says_what_the_guide_says() -> None:
    """Whoever has no docs folder finds the essentials in the run sheet, in the same words."""
    guide = (ROOT / "docs" / "facilitation.md").read_text(encoding="utf-8")
    cells = {c.id: c.source for c in read(RUN_SHEET).cells}
    for name in ("first-vote", "objections", "privacy"):
        assert cells[name] in guide
