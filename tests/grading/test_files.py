"""Whatever lies in the folder of submissions: found, named, refused in words, in nobody's way."""

from __future__ import annotations

import json
import os
import tracemalloc
from pathlib import Path
from typing import Any

import pytest

from okrlab.errors import OkrlabError
from okrlab.grading import Assignment, Grader, Marked, Settings, find
from okrlab.grading.find import file_name
from okrlab.grading.notebook import MAX_BYTES, NotebookError, read_notebook

from .conftest import QUICK
from .grading_examples import ASSIGNMENT, QUARTER, ROLES, notebook, put, released

RIGHT = notebook(released(ROLES, QUARTER))


def grade(folder: Path, assignments: list[Assignment]) -> list[Marked]:
    grader = Grader(assignments, {}, Settings(jobs=2, limits=QUICK), folder.parent / "kept")
    return grader.grade(find(folder, assignments))


@pytest.mark.parametrize(
    ("path", "learner"),
    [
        (f"anna/{ASSIGNMENT}.ipynb", "anna"),
        ("anna/My copy of it.ipynb", "anna"),
        (f"anna/{ASSIGNMENT}-Copy1.ipynb", "anna"),
        (f"anna/{ASSIGNMENT}/{ASSIGNMENT}.ipynb", "anna"),
        (f"submitted/anna/{ASSIGNMENT}/problem.ipynb", "anna"),
        (f"anna_{ASSIGNMENT}.ipynb", "anna"),
        (f"anna_maria_{ASSIGNMENT} (1).ipynb", "anna_maria"),
        (f"Müller, Änne_{ASSIGNMENT}.ipynb", "Müller, Änne"),
        (f"李小龍/{ASSIGNMENT}.ipynb", "李小龍"),
        (f"O'Brien; DROP TABLE/{ASSIGNMENT}.ipynb", "O'Brien; DROP TABLE"),
        (f"=cmd|calc/{ASSIGNMENT}.ipynb", "=cmd|calc"),
        (f"A\u0308nne/{ASSIGNMENT}.ipynb", "Änne"),
        ("anna_ex.ipynb", "anna"),
    ],
)
def test_folder_shapes_and_names(
    path: str, learner: str, assignments: list[Assignment], tmp_path: Path
) -> None:
    """Who handed in, and what, in each of the shapes."""
    put(tmp_path / "s" / path, notebook(released()))
    (marked,) = grade(tmp_path / "s", assignments)
    assert (marked.learner, marked.assignment) == (learner, ASSIGNMENT)
    assert marked.status == "not answered"


def test_names_that_are_no_text(assignments: list[Assignment], tmp_path: Path) -> None:
    """Bytes that are no Unicode, and line ends, can be shown all the same."""
    names = (b"\xff\xfe", b"\xff\xff", b"two\nlines", b"\x1b[31mred", b"x" * 90, b"x" * 91)
    for name in names:
        folder = os.path.join(os.fsencode(tmp_path / "s"), name)
        os.makedirs(folder)
        Path(os.fsdecode(folder), f"{ASSIGNMENT}.ipynb").write_text(json.dumps(RIGHT))
    found = grade(tmp_path / "s", assignments)
    assert len({m.learner for m in found}) == len(names)
    assert all(len(m.learner) <= 80 for m in found)
    assert all(m.learner.isprintable() and m.points == 21 for m in found)


def test_of_several_files_the_plain_name_counts(
    assignments: list[Assignment], tmp_path: Path
) -> None:
    """Else the latest one."""
    put(tmp_path / "s" / "anna" / f"{ASSIGNMENT}-Copy1.ipynb", notebook(released()))
    put(tmp_path / "s" / "anna" / f"{ASSIGNMENT}.ipynb", RIGHT)
    old = put(tmp_path / "s" / "ben" / "one.ipynb", notebook(released()))
    put(tmp_path / "s" / "ben" / "two.ipynb", RIGHT)
    os.utime(old, (1, 1))
    assert [(m.learner, m.points) for m in grade(tmp_path / "s", assignments)] == [
        ("anna", 21),
        ("ben", 21),
    ]


def deep(levels: int) -> bytes:
    return b'{"cells": ' + b"[" * levels + b"]" * levels + b"}"


BROKEN: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "The file is empty."),
    "text": (b"hello", "This is no notebook, or a damaged one"),
    "half": (json.dumps(RIGHT).encode()[:-50], "a damaged one"),
    "list": (b"[]", "it has no cells"),
    "null": (b"null", "it has no cells"),
    "old": (b'{"worksheets": []}', "old format"),
    "packed": (b"PK\x03\x04" + bytes(100), "packed file"),
    "gzip": (b"\x1f\x8b\x08" + bytes(100), "packed file"),
    "deep": (deep(100_000), "nested too deeply"),
    "number": (b'{"cells": [' + b"9" * 10_000 + b"]}", "a damaged one"),
    "latin": ('{"cells": ["é"]}'.encode("latin-1"), "a damaged one"),
    "cells": (b'{"cells": [' + b"1," * 2_100 + b"1]}", "more than 2,000 cells"),
    "code": (
        json.dumps({"cells": [{"cell_type": "code", "source": "x" * 1_100_000}]}).encode(),
        "more than 1,000,000 characters",
    ),
}


def test_broken_files_are_told_and_stop_nobody(
    assignments: list[Assignment], tmp_path: Path
) -> None:
    """Each is refused in words, the right one beside them has its marks."""
    folder = tmp_path / "s"
    for name, (data, _) in BROKEN.items():
        (folder / name).mkdir(parents=True)
        (folder / name / f"{ASSIGNMENT}.ipynb").write_bytes(data)
    secret = put(tmp_path / "secret.ipynb", RIGHT)
    for name in ("link", "dangling", "pipe", "folder", "huge"):
        (folder / name).mkdir()
    (folder / "link" / f"{ASSIGNMENT}.ipynb").symlink_to(secret)
    (folder / "dangling" / f"{ASSIGNMENT}.ipynb").symlink_to("nowhere")
    (folder / "linked-folder").symlink_to(tmp_path)
    os.mkfifo(folder / "pipe" / f"{ASSIGNMENT}.ipynb")
    (folder / "folder" / f"{ASSIGNMENT}.ipynb").mkdir()
    with (folder / "huge" / f"{ASSIGNMENT}.ipynb").open("wb") as stream:
        stream.truncate(MAX_BYTES + 1)  # takes no room on the disk
    put(folder / "right" / f"{ASSIGNMENT}.ipynb", RIGHT)
    found = {m.learner: m for m in grade(folder, assignments)}
    assert set(found) == {*BROKEN, "link", "dangling", "pipe", "huge", "right"}
    assert found.pop("right").points == 21
    expected = {name: words for name, (_, words) in BROKEN.items()}
    expected |= {"link": "links are not followed", "dangling": "links are not followed"}
    expected |= {"pipe": "no plain file", "huge": "at most 32 MB"}
    for name, entry in found.items():
        assert entry.status == "failed", name
        assert entry.points == 0
        assert expected[name] in entry.words[0], name


ODD: list[Any] = [
    {"cells": [None, 1, "x", [], {}]},
    {"cells": [{"cell_type": "code"}]},
    {"cells": [{"cell_type": "code", "source": None, "metadata": None, "outputs": None}]},
    {"cells": [{"cell_type": "code", "source": ["a", 1, None], "metadata": []}]},
    {"cells": [{"cell_type": "code", "source": "", "metadata": {"nbgrader": "x", "tags": 1}}]},
    {"cells": [{"cell_type": "code", "source": "", "metadata": {"nbgrader": {"grade_id": []}}}]},
    {"cells": [{"cell_type": "code", "source": "\ud800", "id": 7}], "metadata": "x"},
    {"cells": [], "metadata": {"okrlab": {"lesson": "one"}}},
    {"cells": [{"cell_type": "code", "source": "", "outputs": [1, {"data": 1}, {"data": {}}]}]},
]


@pytest.mark.parametrize("raw", ODD)
def test_odd_notebooks_are_read(raw: Any) -> None:
    """Whatever stands where something else belongs is left out."""
    read = read_notebook(json.dumps(raw).encode())
    assert len(read.cells) == len(raw["cells"])


def test_odd_notebooks_are_marked(assignments: list[Assignment], tmp_path: Path) -> None:
    """As not answered, each of them."""
    for number, raw in enumerate(ODD):
        put(tmp_path / "s" / f"learner{number}" / f"{ASSIGNMENT}.ipynb", raw)
    found = grade(tmp_path / "s", assignments)
    assert {m.status for m in found} <= {"not answered", "failed"}
    assert all(m.points == 0 for m in found)


def test_a_file_that_unfolds_when_read_stays_bounded() -> None:
    """Many tiny values in few bytes are refused before they fill the memory."""
    data = b'{"cells": [' + b"[]," * 1_000_000 + b"[]]}"
    tracemalloc.start()
    with pytest.raises(NotebookError, match="more than 2,000 cells"):
        read_notebook(data)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 40 * len(data)


def test_a_notebook_of_another_course(assignments: list[Assignment], tmp_path: Path) -> None:
    """It is told that it belongs to nothing."""
    put(tmp_path / "s" / "anna" / "other.ipynb", {"cells": [], "metadata": {}})
    put(tmp_path / "s" / "ben" / f"{ASSIGNMENT}.ipynb", notebook(released()))
    found = grade(tmp_path / "s", assignments)
    assert (found[0].status, found[0].assignment) == ("failed", "")
    assert "belongs to none" in found[0].words[0]


def test_nothing_to_mark(assignments: list[Assignment], tmp_path: Path) -> None:
    """No folder, an empty one, only rubbish: said in words."""
    with pytest.raises(OkrlabError, match="is no folder"):
        find(tmp_path / "none", assignments)
    (tmp_path / ".ipynb_checkpoints").mkdir()
    put(tmp_path / ".ipynb_checkpoints" / "x.ipynb", RIGHT)
    with pytest.raises(OkrlabError, match="no notebooks"):
        find(tmp_path, assignments)


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "a/b", "", ".", "CON:", "x" * 300, "ä\0", "a b"]
)
def test_names_of_files_are_safe(name: str) -> None:
    """No way out of the folder, and no two learners in one file."""
    made = file_name(name)
    assert "/" not in made
    assert not made.startswith(".")
    assert 0 < len(made) <= 64
    assert made != file_name(f"{name}x")
