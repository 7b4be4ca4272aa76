"""Releasing exercises from solutions."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrlab.authoring.release import release, released_text
from okrlab.content import library
from okrlab.content.regions import cut
from okrlab.errors import ContentError

ROOT = Path(__file__).parents[2]
BEGIN, END = "### BEGIN SOLUTION", "### END SOLUTION"
HIDE, SHOW = "### BEGIN HIDDEN TESTS", "### END HIDDEN TESTS"
POINTS = library().exercise("1.1").points

ANSWER = {"schema_version": 3, "grade": False, "locked": False, "solution": True}
TEST = {"schema_version": 3, "grade": True, "locked": True, "solution": False, "points": 3}


def code(name: str, source: str, marks: dict[str, Any] | None = None, *tags: str) -> dict[str, Any]:
    metadata: dict[str, Any] = {"tags": list(tags)} if tags else {}
    if marks:
        metadata["nbgrader"] = {"grade_id": name, **marks}
    return {
        "cell_type": "code",
        "id": name,
        "metadata": metadata,
        "source": source,
        "outputs": [],
        "execution_count": None,
    }


def notebook(*cells: dict[str, Any]) -> dict[str, Any]:
    return {
        "cells": list(cells),
        "metadata": {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "okrlab": {"kind": "solution", "lesson": 1, "title": "A lesson"},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def good() -> dict[str, Any]:
    why = {"cell_type": "markdown", "id": "why", "metadata": {"tags": ["solution-only"]}}
    return notebook(
        {"cell_type": "markdown", "id": "title", "metadata": {}, "source": "# Title"},
        code("form", f"form = 1\n{BEGIN}\nform.fill(2)\n{END}\nform", ANSWER, "hide-input"),
        code("check", 'okrlab.check("1.1", form)', {**TEST, "points": POINTS}, "hide-input"),
        code("answer", f"x = 1\nif x:\n    {BEGIN}\n    y = 2\n    {END}", ANSWER),
        code("test", f"assert y\n{HIDE}\nassert y == 2\n{SHOW}", TEST),
        {**why, "source": "Because."},
    )


def put(root: Path, name: str, content: dict[str, Any]) -> None:
    (root / "solutions").mkdir(exist_ok=True)
    (root / "solutions" / name).write_text(json.dumps(content), encoding="utf-8")


def exercise(content: dict[str, Any]) -> dict[str, dict[str, Any]]:
    text, problems = released_text(json.dumps(content), "solutions/x.ipynb")
    assert problems == []
    return {cell["id"]: cell for cell in json.loads(text)["cells"]}


def source(cell: dict[str, Any]) -> str:
    return "".join(cell["source"])


# -- regions --------------------------------------------------------------------------------------

LINE = st.text(st.characters(exclude_characters="\n\r#\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"))


@given(st.lists(st.tuples(st.lists(LINE), st.lists(LINE))), st.lists(LINE))
def test_cutting_keeps_everything_outside_and_nothing_inside(
    blocks: list[tuple[list[str], list[str]]], tail: list[str]
) -> None:
    """Of well-formed regions nothing is left, and all other lines stay as they are, in order."""
    lines: list[str] = []
    outside: list[str] = []
    for before, inside in blocks:
        lines += [*before, BEGIN, *inside, END]
        outside += before
    result = cut("\n".join([*lines, *tail]))
    assert result.problems == ()
    assert result.source == "\n".join([*outside, *tail]).strip("\n")
    assert len(result.kinds) == len(blocks)


@given(st.lists(st.sampled_from([BEGIN, END, HIDE, SHOW, "x"]), max_size=9))
def test_markers_that_do_not_pair_are_always_told(lines: list[str]) -> None:
    """Exactly the sequences begin, end, begin, end … of matching kinds pass."""
    markers = [line for line in lines if line != "x"]
    pairs = list(zip(markers[::2], markers[1::2], strict=False))
    paired = len(markers) % 2 == 0 and all(p in ((BEGIN, END), (HIDE, SHOW)) for p in pairs)
    assert (cut("\n".join(lines)).problems == ()) == paired


@pytest.mark.parametrize(
    "line",
    [
        "# BEGIN SOLUTION",
        "### begin solution",
        "###BEGIN SOLUTION",
        "### END SOLUTIONS",
        "### BEGIN SOLUTION here",
        "### BEGIN HIDDEN TEST",
        "## END HIDDEN_TESTS",
    ],
)
def test_a_misspelt_marker_is_told(line: str) -> None:
    """What looks like a marker and is none would leak a solution; it is an error."""
    assert any("looks like a marker" in said or "not" in said for said in cut(line).problems)


def test_the_stub_is_indented_as_the_marker_and_stands_once() -> None:
    """Two regions in a cell get one stub, where the first stood."""
    result = cut(f"def f():\n    {BEGIN}\n    a\n    {END}\n    {BEGIN}\n    b\n    {END}", ("s",))
    assert result.source == "def f():\n    s"


# -- cells ----------------------------------------------------------------------------------------


def test_each_kind_of_cell_is_released_as_it_should() -> None:
    """Forms stand empty, code gets a stub and may raise, hidden tests and reasons are gone."""
    cells = exercise(good())
    assert source(cells["form"]) == "form = 1\nform"
    assert cells["form"]["metadata"]["tags"] == ["hide-input"]
    assert source(cells["answer"]) == (
        "x = 1\nif x:\n    # YOUR CODE HERE\n    raise NotImplementedError()"
    )
    assert cells["answer"]["metadata"]["tags"] == ["raises-exception"]
    assert source(cells["test"]) == "assert y"
    assert cells["test"]["metadata"]["tags"] == ["raises-exception"]
    assert cells["test"]["metadata"]["nbgrader"]["points"] == 3
    assert "why" not in cells
    assert source(cells["title"]) == "# Title"


def test_the_exercise_says_that_it_is_one() -> None:
    """The notebook's metadata change from solution to exercise."""
    text, _ = released_text(json.dumps(good()), "x")
    assert json.loads(text)["metadata"]["okrlab"]["kind"] == "exercise"


def changed(name: str, **changes: Any) -> dict[str, Any]:
    content = good()
    for cell in content["cells"]:
        if cell["id"] == name:
            marks = {k: v for k, v in changes.items() if k not in cell}
            cell.update({k: v for k, v in changes.items() if k in cell})
            cell["metadata"].get("nbgrader", {}).update(marks)
    return content


def lacking(name: str, field: str) -> dict[str, Any]:
    content = good()
    for cell in content["cells"]:
        if cell["id"] == name:
            del cell["metadata"]["nbgrader"][field]
    return content


def bare(content: dict[str, Any]) -> dict[str, Any]:
    for cell in content["cells"]:
        del cell["id"]
    return content


def without(content: dict[str, Any], field: str) -> dict[str, Any]:
    del content["metadata"][field]
    return content


BAD = [
    (changed("answer", source=f"{BEGIN}\ny = 2"), "cell 4 (answer): line 1", "not closed"),
    (changed("answer", source=f"{BEGIN}\n{BEGIN}\n{END}"), "line 2", "close that one first"),
    (changed("answer", source=f"{BEGIN}\n{HIDE}\n{SHOW}\n{END}"), "line 2", "HIDDEN TESTS"),
    (changed("answer", source=f"y = 2\n{END}"), "line 2", "was not begun"),
    (changed("answer", source="y = 2"), "cell 4", "needs a region"),
    (changed("title", source=f"{BEGIN}\n{END}"), "cell 1", "no answer cell"),
    (changed("test", source=f"{BEGIN}\n1\n{END}\n2"), "cell 5", "no answer cell"),
    (changed("form", source=f"{HIDE}\n{SHOW}\n{BEGIN}\n{END}\n1"), "cell 2", "no test cell"),
    (changed("form", source=f"{BEGIN}\n1\n{END}"), "cell 2", "nothing is left"),
    (changed("test", grade_id="form"), "cell 5", "“form” is used twice"),
    (changed("test", grade_id="a b"), "cell 5", "grade_id of letters"),
    (lacking("test", "grade_id"), "cell 5", "grade_id"),
    (lacking("test", "points"), "cell 5", "needs points"),
    (changed("test", points=-1), "cell 5", "needs points"),
    (changed("test", points=True), "cell 5", "needs points"),
    (changed("answer", points=2), "cell 4", "only a test cell has points"),
    (changed("check", points=POINTS + 1), "cell 3", f"worth {POINTS} points"),
    (changed("check", source='okrlab.check("9.9", x)'), "cell 3", "no exercise “9.9”"),
    (changed("check", metadata={}), "cell 3", "needs nbgrader's metadata"),
    (lacking("test", "locked"), "cell 5", "needs grade, locked"),
    (changed("test", locked=False), "cell 5", "not locked"),
    (changed("answer", locked=True), "cell 4", "not locked"),
    (changed("test", grade="yes"), "cell 5", "true or false"),
    (changed("test", schema_version=2), "cell 5", "must be 3"),
    (changed("test", colour="red"), "cell 5", "no metadata called colour"),
    (
        changed("test", outputs=[{"output_type": "stream", "name": "stdout", "text": "1"}]),
        "cell 5",
        "has outputs",
    ),
    (changed("test", execution_count=4), "cell 5", "count"),
    (changed("test", id="form"), "solutions/x.ipynb", "ids are used twice: form"),
    (bare(good()), "solutions/x.ipynb", "without an id: 1, 2"),
    (without(good(), "okrlab"), "solutions/x.ipynb", '"kind": "solution"'),
    (without(good(), "kernelspec"), "solutions/x.ipynb", "not python3"),
]


@pytest.mark.parametrize(("content", "where", "said"), BAD, ids=[said for _, _, said in BAD])
def test_what_is_wrong_is_told_with_its_place(
    tmp_path: Path, content: dict[str, Any], where: str, said: str
) -> None:
    """Each mistake stops the release, with notebook, cell and what is wrong; nothing is written."""
    put(tmp_path, "x.ipynb", content)
    with pytest.raises(ContentError) as caught:
        release(tmp_path, check=False)
    assert where in str(caught.value)
    assert said in str(caught.value)
    assert not (tmp_path / "exercises").exists()


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"cells": 3}', '{"cells": [], "nbformat": 9}'])
def test_what_is_no_notebook_is_told(tmp_path: Path, text: str) -> None:
    """A file that is no notebook is named."""
    (tmp_path / "solutions").mkdir()
    (tmp_path / "solutions" / "x.ipynb").write_text(text)
    with pytest.raises(ContentError, match=r"x\.ipynb: (this is no valid|its metadata)"):
        release(tmp_path, check=True)


def test_all_mistakes_of_all_notebooks_come_at_once(tmp_path: Path) -> None:
    """Two notebooks with two mistakes give four lines."""
    for name in ("x.ipynb", "y.ipynb"):
        content = changed("test", schema_version=2)
        content["cells"][3]["source"] = END
        put(tmp_path, name, content)
    with pytest.raises(ContentError) as caught:
        release(tmp_path, check=True)
    assert len(str(caught.value).splitlines()) == 5


# -- files ----------------------------------------------------------------------------------------


def test_check_tells_and_release_settles(tmp_path: Path) -> None:
    """--check only tells; a release writes, updates and removes; then both agree."""
    put(tmp_path, "x.ipynb", good())
    assert "is missing" in release(tmp_path, check=True)[0]
    assert not (tmp_path / "exercises").exists()
    assert release(tmp_path, check=False) == ["exercises/x.ipynb written"]
    assert release(tmp_path, check=True) == []
    (tmp_path / "exercises" / "x.ipynb").write_text("{}")
    (tmp_path / "exercises" / "old.ipynb").write_text("{}")
    assert [line.split(";")[0] for line in release(tmp_path, check=True)] == [
        "exercises/x.ipynb differs from what its solution gives",
        "exercises/old.ipynb has no solution",
    ]
    assert release(tmp_path, check=False) == [
        "exercises/x.ipynb brought up to date",
        "exercises/old.ipynb removed: it has no solution",
    ]
    assert release(tmp_path, check=True) == []


def test_a_release_is_the_same_byte_for_byte() -> None:
    """The order of keys in the solution's file doesn't matter, and two runs agree."""
    text, _ = released_text(json.dumps(good()), "x")
    turned = json.dumps(dict(reversed(list(copy.deepcopy(good()).items()))))
    assert released_text(turned, "x")[0] == text
    assert text.endswith("}\n")


def test_a_folder_without_solutions_is_told(tmp_path: Path) -> None:
    """Run in the wrong folder, the message says so."""
    with pytest.raises(ContentError, match="no notebooks"):
        release(tmp_path, check=True)


def test_the_courses_own_exercises_are_in_step() -> None:
    """What is committed under exercises/ is what solutions/ give."""
    assert release(ROOT, check=True) == []
