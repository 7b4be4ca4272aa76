"""What is checked of exercises beyond the types of their fields."""

from __future__ import annotations

import copy
import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from okrlab.content.checks import check_content
from okrlab.content.exercise import ExerciseFile
from okrlab.content.exercise_checks import check_exercises
from okrlab.content.library import Problem, library, read_file, shipped_folder

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "tests" / "data" / "exercise-examples.yaml"
KEYED, NUMBER, MAPPING, FRAME = 0, 5, 6, 7

Change = tuple[tuple[str | int, ...], Any]


def problems(tmp_path: Path, *changes: Change) -> list[Problem]:
    """What is found in the examples after some values have been changed (None removes one)."""
    data = yaml.safe_load(EXAMPLES.read_text(encoding="utf-8"))
    for path, value in changes:
        at = data
        for step in path[:-1]:
            at = at[step]
        if value is None:
            del at[path[-1]]
        else:
            at[path[-1]] = copy.deepcopy(value)
    (tmp_path / "data").mkdir(exist_ok=True)
    (tmp_path / "data" / "examples.csv").write_text("a\n1\n")
    (tmp_path / "exercises").mkdir(exist_ok=True)
    path = tmp_path / "exercises" / "9.yaml"
    unshared = json.loads(json.dumps(data, default=str))
    path.write_text(yaml.safe_dump(unshared, allow_unicode=True), encoding="utf-8")
    source, found = read_file(path, ExerciseFile)
    if source is None:
        return found
    known = library()
    return check_exercises([source], known.misconceptions, known.concepts, known.claims)


def test_the_examples_are_right(tmp_path: Path) -> None:
    """A right file has no problems."""
    assert problems(tmp_path) == []


EX = ("exercises",)
CELL = (*EX, KEYED, "cases", "rows", 0, "key", "job")
NUM = (*EX, KEYED, "cases", "rows", 0, "key", "attainment")
COLUMN = (*EX, KEYED, "cases", "columns", 0)
ENTRY = {"option": "health", "misconception": "M02", "feedback": "x"}
MISTAKE = {"name": "n", "misconception": "M11", "feedback": "f"}


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        ((*EX, 1, "id"), "9.1", "the id “9.1” is used twice"),
        ((*EX, KEYED, "id"), "8.1", "has an id like “9.1”"),
        ((*EX, KEYED, "concept"), "nope", "no concept “nope”"),
        ((*EX, KEYED, "seed_refs"), ["000-nope"], "no claim “000-nope”"),
        ((*EX, KEYED, "cases", "columns", 1, "id"), "job", "column id “job” stands here twice"),
        ((*EX, KEYED, "cases", "rows", 1, "id"), "returns", "row id “returns” stands here twice"),
        ((*COLUMN, "options", 1, "id"), "kpi", "option id “kpi” stands here twice"),
        ((*COLUMN, "wrong", 0, "option"), "nope", "no option “nope”"),
        ((*COLUMN, "wrong", 2, "right"), "nope", "no option “nope”"),
        ((*COLUMN, "wrong", 0, "misconception"), "M99", "no misconception “M99”"),
        ((*COLUMN, "wrong", 3), None, "needs a misconception and feedback"),
        (CELL, None, "the key for the column “job” is missing"),
        ((*CELL[:-1], "more"), {"right": "x", "why": "y"}, "no column “more”"),
        ((*CELL, "right"), "nope", "no option “nope”"),
        ((*CELL, "right"), 3, "no option “3"),
        ((*CELL, "wrong"), [{**ENTRY, "option": "metric-kr"}], "is the right option"),
        ((*CELL, "wrong"), [{**ENTRY, "option": "nope"}], "no option “nope”"),
        ((*CELL, "wrong", 0, "misconception"), "M99", "no misconception “M99”"),
        (
            (*CELL, "wrong"),
            [{"value": 1, "misconception": "M02", "feedback": "x"}],
            "'value' is for numbers",
        ),
        ((*CELL, "wrong", 0, "value"), 1, "either 'option' or"),
        ((*NUM, "right"), "kpi", "a number belongs here"),
        ((*NUM, "otherwise"), None, "needs 'otherwise'"),
        ((*NUM, "wrong", 0, "value"), 0.644, "within the tolerance"),
        ((*NUM, "wrong"), [ENTRY], "'option' is for choices"),
        ((*EX, NUMBER, "dataset"), "nope", "no dataset nope.csv"),
        ((*EX, NUMBER, "answer", "mistakes", 0, "given"), 0.602, "gives the right result"),
        ((*EX, NUMBER, "answer", "mistakes", 0, "given"), None, "either 'values'"),
        ((*EX, NUMBER, "answer", "mistakes", 0, "misconception"), "M99", "no misconception"),
        ((*EX, NUMBER, "answer", "mistakes", 0, "column"), "x", "only a mistake in a table"),
        ((*EX, MAPPING, "answer", "reasons"), {"nope": "x"}, "no row “nope”"),
        ((*EX, MAPPING, "answer", "not_asked"), {"churn": "x"}, "“churn” is expected"),
        (
            (*EX, MAPPING, "answer", "mistakes"),
            [{**MISTAKE, "given": "kpi", "expected": "kpi"}],
            "gives the right result",
        ),
        ((*EX, FRAME, "answer", "rows", 0, "more"), 1, "exactly these fields"),
        ((*EX, FRAME, "answer", "rows", 0, "met"), None, "exactly these fields"),
        ((*EX, FRAME, "answer", "rows", 1, "key_result"), "revenue", "“revenue” stands here twice"),
        ((*EX, FRAME, "answer", "mistakes", 0, "column"), "nope", "no column “nope”"),
        ((*EX, FRAME, "answer", "mistakes", 0, "column"), None, "name the column"),
        ((*EX, FRAME, "answer", "mistakes", 0, "values"), {"nope": 1}, "no row “nope”"),
        ((*EX, FRAME, "answer", "mistakes", 0, "values"), {"cost": 0.6}, "gives the right result"),
        ((*EX, 1, "min_rows"), 9, "'min_rows' is larger"),
        ((*EX, 2, "given", "ends"), "2026-12-31", "must end after"),
        ((*EX, 2, "given", "ends"), "soon", "write the date as"),
    ],
)
def test_each_mistake_is_told(
    tmp_path: Path, path: tuple[str | int, ...], value: Any, said: str
) -> None:
    """One wrong value gives a problem that names it."""
    found = problems(tmp_path, (path, value))
    assert any(said in problem.message for problem in found), found


def test_a_problem_names_its_line(tmp_path: Path) -> None:
    """File and line lead to the value."""
    problem = problems(tmp_path, ((*COLUMN, "wrong", 0, "misconception"), "M99"))[0]
    text = Path(problem.file).read_text(encoding="utf-8").splitlines()
    assert "M99" in text[problem.line - 1]


def test_one_sided_cases_are_a_give_away(tmp_path: Path) -> None:
    """When one option is right in more than 65 % of eight or more rows, guessing pays."""
    row = {
        "text": "A case",
        "key": {
            "job": {"right": "kpi", "why": "w"},
            "attainment": {"right": 1, "why": "w", "otherwise": "o"},
        },
    }
    rows = [{**row, "id": f"r{n}", "context": f"Number {n}"} for n in range(8)]
    found = problems(tmp_path, ((*EX, KEYED, "cases", "rows"), rows))
    assert any("give-away: “kpi” is right in 8 of 8" in problem.message for problem in found)


def test_shipped_exercises_are_right() -> None:
    """The exercises that ship have no mistakes."""
    folder = str(shipped_folder() / "exercises")
    assert [str(p) for p in check_content() if p.file.startswith(folder)] == []


def test_the_documentation_shows_what_is_read() -> None:
    """Every example of docs/authoring-exercises.md is read as it stands."""
    text = (ROOT / "docs" / "authoring-exercises.md").read_text(encoding="utf-8")
    examples = re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)
    data = yaml.safe_load("".join(examples))
    kinds = [(e["kind"], e.get("rule", e.get("answer", {}).get("type"))) for e in data["exercises"]]
    assert kinds == [
        ("form", "keyed"),
        ("form", "own-measures"),
        ("form", "key-results"),
        ("form", "kpi-audit"),
        ("data", "frame"),
    ]
    from okrlab.content._yaml import parse

    ExerciseFile.model_validate(parse("".join(examples)).data)
