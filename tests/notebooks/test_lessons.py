"""The course's notebooks: thin cells, no outputs, everything that they name exists."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path

import nbformat
import pytest

from okrlab.content import library

ROOT = Path(__file__).parents[2]
REVIEWS = ROOT / "notebooks" / "reviews.ipynb"
LESSONS = [p for p in sorted((ROOT / "notebooks").glob("*.ipynb")) if p != REVIEWS]
ALL = [*LESSONS, REVIEWS, *sorted((ROOT / "solutions").glob("*.ipynb")), *sorted(
    (ROOT / "exercises").glob("*.ipynb"))]  # fmt: skip
TOO_MUCH = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.For, ast.While, ast.Lambda,
            ast.ListComp, ast.If, ast.Try, ast.With)  # fmt: skip

SORTING = {"dimensions", "logic_model", "xmr_chart"}
"""What else asks for a judgement and explains it."""


def read(path: Path) -> nbformat.NotebookNode:
    """A notebook."""
    return nbformat.read(path, as_version=4)


def calls(notebook: nbformat.NotebookNode) -> list[ast.Call]:
    """Every call in the notebook's code."""
    trees = [ast.parse(c.source) for c in notebook.cells if c.cell_type == "code"]
    return [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Call)]


def named(notebook: nbformat.NotebookNode, function: str) -> list[str]:
    """The names that `okrlab.<function>` is called with."""
    return [
        call.args[0].value
        for call in calls(notebook)
        if isinstance(call.func, ast.Attribute)
        and call.func.attr == function
        and call.args
        and isinstance(call.args[0], ast.Constant)
    ]


def test_there_is_one_notebook_per_lesson() -> None:
    """lessons.yaml and the folder agree."""
    assert [p.name for p in LESSONS] == [lesson.notebook for lesson in library().lessons]


@pytest.mark.parametrize("path", [*LESSONS, REVIEWS], ids=lambda p: p.stem)
def test_lesson_cells_are_thin(path: Path) -> None:
    """At most three simple statements a cell: a lesson is read, not programmed."""
    for cell in read(path).cells:
        if cell.cell_type != "code":
            continue
        tree = ast.parse(cell.source)
        assert len(tree.body) <= 3, f"cell {cell.id} has {len(tree.body)} statements"
        heavy = [type(n).__name__ for n in ast.walk(tree) if isinstance(n, TOO_MUCH)]
        assert not heavy, f"cell {cell.id} holds {heavy}"
        assert "hide-input" in cell.metadata.get("tags", []), f"cell {cell.id} would show its code"


@pytest.mark.parametrize("path", ALL, ids=lambda p: f"{p.parent.name}/{p.stem}")
def test_notebooks_carry_no_outputs_and_no_machine(path: Path) -> None:
    """What is committed is what somebody wrote."""
    notebook = read(path)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            assert not cell.outputs, f"cell {cell.id} has outputs"
            assert cell.execution_count is None
    text = json.dumps(notebook)
    assert not re.search(r"/(?:home|root|Users|work)/", text)
    assert notebook.metadata.kernelspec.name == "python3"
    assert notebook.metadata.okrlab["title"]
    ids = [cell.id for cell in notebook.cells]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("path", ALL, ids=lambda p: f"{p.parent.name}/{p.stem}")
def test_what_a_notebook_calls_for_exists(path: Path) -> None:
    """Decks, quizzes, polls, series and exercises are found by their names."""
    notebook, content = read(path), library()
    for name in named(notebook, "sort"):
        content.deck(name)
    for name in named(notebook, "quiz"):
        content.quiz(name)
    for name in named(notebook, "poll"):
        content.poll(name)
    for name in named(notebook, "logic_model"):
        content.logic_model(name)
    for name in named(notebook, "attainment_board"):
        content.attainment_board(name)
    for name in named(notebook, "xmr_chart"):
        content.series(name)
    for name in named(notebook, "exercise") + named(notebook, "check"):
        content.exercise(name)


@pytest.mark.parametrize("path", ALL, ids=lambda p: f"{p.parent.name}/{p.stem}")
def test_links_between_notebooks_lead_somewhere(path: Path) -> None:
    """Relative links name files that are there."""
    for cell in read(path).cells:
        if cell.cell_type == "markdown":
            for target in re.findall(r"\]\(([^)#:\s]+\.ipynb)\)", cell.source):
                assert (path.parent / target).resolve().is_file(), f"{cell.id} → {target}"


def test_the_reviews_are_found_from_the_first_lesson_and_the_last() -> None:
    """Their page asks them and shows the progress; the welcome and the end lead to it."""
    attributes = {c.func.attr for c in calls(read(REVIEWS)) if isinstance(c.func, ast.Attribute)}
    assert attributes == {"study", "progress"}
    for path in (LESSONS[0], LESSONS[-1]):
        assert any("](reviews.ipynb)" in cell.source for cell in read(path).cells)


@pytest.mark.parametrize("lesson", library().lessons, ids=lambda lesson: lesson.slug)
def test_every_lesson_has_its_parts(lesson) -> None:
    """A lesson sorts, asks a quiz, links its exercise, and shows progress."""
    path = ROOT / "notebooks" / lesson.notebook
    notebook = read(path)
    assert named(notebook, "quiz"), "no quiz"
    attributes = {c.func.attr for c in calls(notebook) if isinstance(c.func, ast.Attribute)}
    assert "progress" in attributes
    if lesson.number:
        assert named(notebook, "sort") or attributes & SORTING
        text = "\n".join(c.source for c in notebook.cells if c.cell_type == "markdown")
        assert f"../exercises/{lesson.notebook}" in text
        headings = " ".join(re.findall(r"^## (.+)$", text, re.MULTILINE)).lower()
        for part in ("why it matters", "contrast", "remember", "sources"):
            assert part in headings, f"no section on “{part}”"
