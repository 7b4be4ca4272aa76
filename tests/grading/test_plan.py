"""Cells copied, moved, deleted, altered: each exercise is marked by what was answered."""

from __future__ import annotations

import copy
import warnings
from typing import Any

import pytest

from okrlab.grading import Marked

from .conftest import Grade
from .grading_examples import QUARTER, ROLES, STUB, cell, marks, released

Cells = list[dict[str, Any]]
FULL = {"1.3": 12.0, "3.3": 9.0}


def points(marked: Marked) -> dict[str, float]:
    return {m.exercise: m.points for m in marked.exercises if m.exercise in FULL}


def statuses(marked: Marked) -> dict[str, str]:
    return {m.exercise: m.status for m in marked.exercises if m.exercise in FULL}


def moved(cells: Cells, name: str, to: int) -> Cells:
    """The cells with one of them in another place."""
    cells = list(cells)
    taken = cells.pop(next(i for i, c in enumerate(cells) if c["id"] == name))
    cells.insert(to, taken)
    return cells


def without(cells: Cells, *names: str) -> Cells:
    return [c for c in cells if c["id"] not in names]


def changed(cells: Cells, name: str, source: str) -> Cells:
    cells = copy.deepcopy(cells)
    next(c for c in cells if c["id"] == name)["source"] = source
    return cells


def copied(cells: Cells, name: str, source: str, at: int) -> Cells:
    """A copy with the same metadata and, as JupyterLab does it, a new id."""
    twin = copy.deepcopy(next(c for c in cells if c["id"] == name)) | {"id": f"{name}-2"}
    return [*cells[:at], twin | {"source": source}, *cells[at:]]


def bare(cells: Cells) -> Cells:
    """Without any metadata, as some editors save."""
    return [c | {"metadata": {}} for c in cells]


HONEST = released(ROLES, QUARTER)
ALL_RIGHT = {
    "as-asked": HONEST,
    "copy-of-the-answer-below-the-test": copied(released(STUB, QUARTER), "roles", ROLES, 7),
    "copy-of-the-stub-at-the-end": copied(HONEST, "roles", STUB, len(HONEST)),
    "test-copied": copied(HONEST, "check-roles", 'okrlab.check("1.3", answer)', 8),
    "answer-moved-to-the-end": moved(HONEST, "roles", len(HONEST)),
    "answer-moved-to-the-top": moved(HONEST, "roles", 0),
    "everything-backwards": HONEST[::-1],
    "data-deleted": without(HONEST, "data-roles", "data-quarter"),
    "setup-deleted": without(HONEST, "setup"),
    "tests-deleted": without(HONEST, "check-roles", "check-quarter", "check-form"),
    "tests-altered": changed(HONEST, "check-roles", "raise SystemExit"),
    "test-that-cheats": changed(HONEST, "check-roles", "answer = None\nprint('12 of 12')"),
    "ids-only": bare(HONEST),
    "grade-ids-only": [{k: v for k, v in c.items() if k != "id"} for c in HONEST],
    "answer-in-two-cells": [
        *changed(HONEST, "roles", "wanted = measures")[:6],
        cell("own", ROLES.replace("measures", "wanted")),
        *HONEST[6:],
    ],
    "magics": changed(HONEST, "roles", f"%matplotlib inline\n!pip list\n{ROLES}\nmeasures?"),
    "timed": changed(HONEST, "roles", f"%%time{ROLES}"),
    "shown": changed(
        HONEST, "roles", f"from IPython.display import display, HTML\n{ROLES}\ndisplay(answer)"
    ),
    "50-mb-printed": changed(HONEST, "roles", f"print('x' * 50_000_000)\n{ROLES}"),
    "warns": changed(
        HONEST,
        "roles",
        "import sys, warnings\nwarnings.warn('careful')\nprint('careful', file=sys.stderr)\n"
        + ROLES,
    ),
    "raises-after-the-answer": changed(HONEST, "roles", f"{ROLES}\nraise ValueError('late')"),
    "handed-over-by-call": [
        *changed(HONEST, "roles", ROLES.replace("answer", "result"))[:6],
        cell("own", 'okrlab.check("1.3", result)'),
        *HONEST[6:],
    ],
}


@pytest.fixture(scope="module")
def marked(
    request: pytest.FixtureRequest, assignments: Any, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Marked]:
    """All of them marked in one run."""
    from okrlab.grading import Grader, Settings, find

    from .conftest import QUICK
    from .grading_examples import ASSIGNMENT, notebook, put

    folder = tmp_path_factory.mktemp("repaired")
    for name, cells in ALL_RIGHT.items():
        put(folder / name / f"{ASSIGNMENT}.ipynb", notebook(cells))
    grader = Grader(assignments, {}, Settings(jobs=2, limits=QUICK), folder / "kept")
    return {m.learner: m for m in grader.grade(find(folder, assignments))}


@pytest.mark.parametrize("name", ALL_RIGHT)
def test_a_right_answer_earns_full_marks_however_the_cells_lie(
    name: str, marked: dict[str, Marked]
) -> None:
    """Nothing but the answer counts."""
    assert points(marked[name]) == FULL, marked[name]


def test_what_was_put_right_is_said(marked: dict[str, Marked]) -> None:
    """Copies, missing and altered cells are told."""
    words = {name: " ".join(m.words) for name, m in marked.items()}
    assert words["as-asked"] == ""
    assert "Cells 6, 8 are copies" in words["copy-of-the-answer-below-the-test"]
    assert "was missing and was put back" in words["data-deleted"]
    assert "The test of exercise 1.3 was missing" in words["tests-deleted"]
    assert "The test of exercise 1.3 was changed" in words["test-that-cheats"]
    late = next(m for m in marked["raises-after-the-answer"].exercises if m.exercise == "1.3")
    assert "Cell 6 stopped in line 14: ValueError: late." in late.words


def test_no_answer_is_no_answer(grade: Grade) -> None:
    """Never full marks, never an error, and never the answer of another exercise."""
    cells = {
        "untouched": released(),
        "deleted": without(released(), "roles", "quarter"),
        "empty": released("", ""),
        "only-the-first": released(ROLES, STUB),
        "only-the-first-deleted": without(released(ROLES), "quarter"),
        "commented": released("# I don't know", "pass"),
        "nothing": [],
    }
    found = {m.learner: m for m in grade(cells)}
    for name, entry in found.items():
        first = name.startswith("only-the-first")
        assert points(entry) == {"1.3": 12.0 if first else 0.0, "3.3": 0.0}, name
        assert statuses(entry)["3.3"] == "not answered", name
        assert statuses(entry)["1.3"] == ("ok" if first else "not answered"), name
        assert entry.status == ("ok" if first else "not answered")


def test_a_test_cell_of_the_submission_is_never_run(grade: Grade) -> None:
    """An answer that stands in a test is none."""
    cells = changed(released(), "check-roles", f"{ROLES}\nokrlab.check('1.3', answer)")
    (entry,) = grade({"eve": cells})
    assert statuses(entry) == {"1.3": "not answered", "3.3": "not answered"}


def test_a_partly_right_answer_earns_its_part(grade: Grade) -> None:
    """As `okrlab.check` says, with what was expected and which idea stands behind it."""
    half = ROLES.replace('answer.loc[~number, "role"] = "task"', "pass")
    (entry,) = grade({"ben": released(half, QUARTER)})
    mark = next(m for m in entry.exercises if m.exercise == "1.3")
    assert 0 < mark.points < 12
    assert mark.status == "ok"
    assert mark.parts
    assert all(part.expected for part in mark.parts)
    assert mark.misconceptions
    assert mark.seconds is not None


def test_a_form_filled_from_python_is_marked(grade: Grade) -> None:
    """As a solution does it."""
    cells = changed(
        released(), "form", 'form = okrlab.exercise("1.2")\nform.fill({"paint": "off"})'
    )
    (entry,) = grade({"anna": cells})
    mark = next(m for m in entry.exercises if m.exercise == "1.2")
    assert mark.points == 1
    assert mark.source == "notebook"


def test_the_marks_do_not_depend_on_marks_of_cells(grade: Grade) -> None:
    """Metadata of a submission change neither points nor what is a test."""
    cells = copy.deepcopy(released("answer = 1", STUB))
    for entry in cells:
        entry["metadata"]["nbgrader"] = marks("answer-1-3", test=1000)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        (found,) = grade({"eve": cells})
    assert found.max_points == 33
    assert found.points == 0
