"""Copying the course: nothing that a learner changed is ever overwritten."""

from __future__ import annotations

import json
from pathlib import Path

import nbformat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from okrlab.notebook import course
from okrlab.notebook.course import CourseError, copy_course, fingerprint, shipped_name

LESSON = "notebooks/00_welcome.ipynb"
EXERCISE = "exercises/01_first.ipynb"


def ship(root: Path, name: str, *sources: str) -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    cells = [new_markdown_cell("# Title"), *(new_code_cell(source) for source in sources)]
    nbformat.write(new_notebook(cells=cells), path)


def edit(path: Path, source: str) -> None:
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[-1].source = source
    nbformat.write(notebook, path)


def run(path: Path) -> None:
    """Save a notebook as Lab does after running it."""
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[-1].execution_count = 7
    notebook.cells[-1].outputs = [new_output("stream", text="a result")]
    notebook.metadata["language_info"] = {"name": "python", "version": "3.13"}
    nbformat.write(notebook, path)


def last_source(path: Path) -> str:
    return str(nbformat.read(path, as_version=4).cells[-1].source)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "shipped"
    ship(root, LESSON, "okrlab.progress()")
    ship(root, EXERCISE, "raise NotImplementedError")
    return root


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "mine"


def test_the_first_copy_holds_every_file_and_says_so(root: Path, folder: Path) -> None:
    """Everything is there, and one line tells where."""
    report = copy_course(folder, root)
    assert (folder / LESSON).read_bytes() == (root / LESSON).read_bytes()
    assert (folder / EXERCISE).exists()
    assert report.lines() == [f"Copied 2 files of the course to {folder}."]


def test_checkpoints_and_hidden_files_do_not_ship(root: Path, folder: Path) -> None:
    """What Jupyter leaves in the checkout stays there."""
    ship(root, "notebooks/.ipynb_checkpoints/00_welcome-checkpoint.ipynb", "x")
    copy_course(folder, root)
    assert not list(folder.rglob("*checkpoint*"))


def test_a_second_run_changes_nothing(root: Path, folder: Path) -> None:
    """The same course again: no file is written, nothing is said."""
    copy_course(folder, root)
    edit(folder / EXERCISE, "answer = 1")
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}
    assert copy_course(folder, root).lines() == []
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*")} == before


def test_an_untouched_file_is_updated_even_after_lab_saved_its_outputs(
    root: Path, folder: Path
) -> None:
    """Outputs, counts and Lab's metadata are not a learner's edits."""
    copy_course(folder, root)
    run(folder / LESSON)
    ship(root, LESSON, "okrlab.progress()", "okrlab.quiz('new')")
    report = copy_course(folder, root)
    assert report.updated == [LESSON]
    assert last_source(folder / LESSON) == "okrlab.quiz('new')"


def test_a_change_of_tags_alone_reaches_untouched_files(root: Path, folder: Path) -> None:
    """A cell that is to be hidden from now on gets hidden in earlier copies, too."""
    copy_course(folder, root)
    notebook = nbformat.read(root / LESSON, as_version=4)
    notebook.cells[-1].metadata["tags"] = ["hide-input"]
    nbformat.write(notebook, root / LESSON)
    copy_course(folder, root)
    assert "hide-input" in (folder / LESSON).read_text(encoding="utf-8")


def test_an_edited_file_stays_and_the_new_version_lies_beside_it(root: Path, folder: Path) -> None:
    """The learner's answer survives an update, and the update is not withheld either."""
    copy_course(folder, root)
    edit(folder / EXERCISE, "answer = 42")
    ship(root, EXERCISE, "raise NotImplementedError('better')")
    report = copy_course(folder, root)
    beside = "exercises/01_first (new version).ipynb"
    assert last_source(folder / EXERCISE) == "answer = 42"
    assert last_source(folder / beside) == "raise NotImplementedError('better')"
    assert report.lines() == [
        f"You changed {EXERCISE}, so it stays as it is. The new version is in {beside}."
    ]
    assert copy_course(folder, root).lines() == [], "said once, not at every start"


def test_a_new_version_that_was_worked_on_is_kept_as_well(root: Path, folder: Path) -> None:
    """A second update takes another name instead of overwriting the first one's answers."""
    copy_course(folder, root)
    edit(folder / EXERCISE, "answer = 42")
    ship(root, EXERCISE, "version two")
    copy_course(folder, root)
    edit(folder / "exercises/01_first (new version).ipynb", "answer = 43")
    ship(root, EXERCISE, "version three")
    copy_course(folder, root)
    assert last_source(folder / "exercises/01_first (new version).ipynb") == "answer = 43"
    assert last_source(folder / "exercises/01_first (new version 2).ipynb") == "version three"


def test_a_file_that_was_there_before_the_course_is_kept(root: Path, folder: Path) -> None:
    """A folder with a notebook of the same name loses nothing."""
    ship(folder, LESSON, "my own notes")
    report = copy_course(folder, root)
    assert last_source(folder / LESSON) == "my own notes"
    assert report.kept == [(LESSON, "notebooks/00_welcome (new version).ipynb")]


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"files": 3}', '{"files": {"a": 1}}'])
def test_a_damaged_memory_counts_everything_as_edited(
    root: Path, folder: Path, damage: str
) -> None:
    """When it is unknown what was laid there, nothing is overwritten."""
    copy_course(folder, root)
    edit(folder / EXERCISE, "answer = 42")
    (folder / course.MANIFEST).write_text(damage, encoding="utf-8")
    ship(root, EXERCISE, "version two")
    copy_course(folder, root)
    assert last_source(folder / EXERCISE) == "answer = 42"


def test_a_deleted_file_comes_back(root: Path, folder: Path) -> None:
    """Deleting a notebook is the plainest way to start it afresh."""
    copy_course(folder, root)
    (folder / LESSON).unlink()
    assert copy_course(folder, root).copied == [LESSON]


def test_the_course_cannot_be_copied_onto_itself(root: Path) -> None:
    """The message names a folder that would do."""
    with pytest.raises(CourseError, match="okrlab lab my-course"):
        copy_course(root, root)


def test_a_folder_that_cannot_be_made_is_a_plain_message(root: Path, tmp_path: Path) -> None:
    """A file where the folder should be: said in words, with the next step."""
    (tmp_path / "mine").write_text("a file", encoding="utf-8")
    with pytest.raises(CourseError, match="Nothing of yours was changed"):
        copy_course(tmp_path / "mine", root)


def test_a_broken_notebook_of_the_learner_is_kept(root: Path, folder: Path) -> None:
    """A file that is no notebook any more is compared by its bytes."""
    copy_course(folder, root)
    (folder / EXERCISE).write_text("not json", encoding="utf-8")
    ship(root, EXERCISE, "version two")
    copy_course(folder, root)
    assert (folder / EXERCISE).read_text(encoding="utf-8") == "not json"


@pytest.mark.parametrize(
    ("path", "name"),
    [
        (LESSON, LESSON),
        ("my-course/notebooks/00_welcome.ipynb", LESSON),
        ("notebooks/old/notebooks/00_welcome.ipynb", LESSON),
        ("00_welcome.ipynb", None),
        ("notebooks/00_welcome (my earlier copy).ipynb", None),
        ("notebooks/../notebooks/00_welcome.ipynb", None),
        ("notebooks", None),
        ("", None),
    ],
)
def test_only_a_path_that_ends_like_a_shipped_notebook_stands_for_it(
    root: Path, path: str, name: str | None
) -> None:
    """Copies under other names are the learner's own."""
    assert shipped_name(path, root) == name


def test_the_checkout_is_found_and_starts_with_the_welcome() -> None:
    """The real course: root, welcome notebook, and only files that exist."""
    names = list(course.shipped_files())
    assert course.WELCOME in names
    assert all((course.course_root() / name).is_file() for name in names)


@settings(max_examples=25, deadline=None)
@given(source=st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_a_source_as_text_and_as_lines_is_the_same(
    tmp_path_factory: pytest.TempPathFactory, source: str
) -> None:
    """The notebook format allows both; a tool that changes one to the other edits nothing."""
    folder = tmp_path_factory.mktemp("sources")
    for name, form in (("a.ipynb", source), ("b.ipynb", source.splitlines(keepends=True))):
        cell = {"cell_type": "code", "source": form, "metadata": {}, "outputs": []}
        (folder / name).write_text(json.dumps({"cells": [cell]}), encoding="utf-8")
    assert fingerprint(folder / "a.ipynb") == fingerprint(folder / "b.ipynb")
