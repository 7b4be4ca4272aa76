"""The coach's side of an exercise notebook: its cells, what is asked, and where answers stand.

Everything is read from the notebooks in `solutions/` (those in `exercises/` do as well): tests are
taken from there and never from a submission.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from okrlab.content import Exercise, Library
from okrlab.content.exercise import DataExercise, FrameAnswer, MappingAnswer
from okrlab.content.regions import NO_CODE, SOLUTION_ONLY, STUB, cut
from okrlab.errors import ContentError
from okrlab.grading.notebook import Cell, NotebookError, read_bytes, read_notebook

GIVEN, ANSWER, TEST = "given", "answer", "test"


@dataclass(frozen=True)
class CoachCell:
    """A code cell of the coach's notebook.

    Attributes:
        id: its id.
        grade_id: its nbgrader grade_id, empty when there is none.
        role: `GIVEN`, `ANSWER` or `TEST`.
        released: its source as learners got it.
        exercise: the exercise that it belongs to: that of the next test.
        locked: whether learners cannot change it.
    """

    id: str
    grade_id: str
    role: str
    released: str
    exercise: str | None
    locked: bool


@dataclass(frozen=True)
class Question:
    """One exercise as it is asked in the notebook.

    Attributes:
        exercise: the exercise.
        expression: what stands for the answer in the coach's test, such as "answer".
    """

    exercise: Exercise
    expression: str

    @property
    def asked(self) -> dict[str, Any]:
        """What the sandbox has to know to hand over the answer: no more than the task says."""
        if not isinstance(self.exercise, DataExercise):
            return {"kind": "form", "names": []}
        answer = self.exercise.answer
        if isinstance(answer, FrameAnswer):
            return {"kind": "frame", "names": [answer.key, *(c.name for c in answer.columns)]}
        return {"kind": "mapping" if isinstance(answer, MappingAnswer) else "number", "names": []}


@dataclass(frozen=True)
class Assignment:
    """An exercise notebook with its key.

    Attributes:
        name: the file's name without ".ipynb".
        lesson: the lesson that it belongs to.
        cells: its code cells in order.
        questions: by exercise, in order.
        digest: changes when the notebook or a key changes.
    """

    name: str
    lesson: int | None
    cells: tuple[CoachCell, ...]
    questions: Mapping[str, Question]
    digest: str

    @property
    def points(self) -> int:
        """What full marks are worth."""
        return sum(q.exercise.points for q in self.questions.values())


def read_assignments(folder: Path, library: Library) -> list[Assignment]:
    """The assignments of a folder (or of one notebook), in order of their names.

    Raises:
        ContentError: there are none, or one has mistakes.
    """
    paths = [folder] if folder.suffix == ".ipynb" else sorted(folder.glob("*.ipynb"))
    found = [read_assignment(path, library) for path in paths if path.is_file()]
    asked = [assignment for assignment in found if assignment.questions]
    if not asked:
        raise ContentError(
            f"There is no exercise notebook in {folder}, so there is nothing to mark against. "
            "Give the folder of the solutions with --exercises."
        )
    return asked


def read_assignment(path: Path, library: Library) -> Assignment:
    """The assignment in a notebook.

    Raises:
        ContentError: it cannot be read, or asks for an exercise that does not exist.
    """
    try:
        data = read_bytes(path)
        notebook = read_notebook(data)
    except NotebookError as error:
        raise ContentError(f"{path} cannot be used as an exercise: {error}") from error
    cells = [cell for cell in notebook.cells if cell.code and SOLUTION_ONLY not in cell.tags]
    questions: dict[str, Question] = {}
    kept: list[CoachCell] = []
    waiting: list[Cell] = []
    for cell in cells:
        test = _test(cell, library) if _role(cell) == TEST else None
        waiting.append(cell)
        if test is not None:
            name = test.exercise.id
            if name in questions:
                raise ContentError(f"{path}, cell {cell.number}: exercise {name} is tested twice.")
            questions[name] = test
            kept += [_coach_cell(c, name) for c in waiting]
            waiting = []
    kept += [_coach_cell(cell, None) for cell in waiting]
    key = "".join(q.exercise.model_dump_json() for q in questions.values())
    digest = sha256(data + key.encode()).hexdigest()
    return Assignment(path.stem, notebook.lesson, tuple(kept), questions, digest)


def _role(cell: Cell) -> str:
    if cell.marks.get("grade") is True and cell.marks.get("solution") is not True:
        return TEST
    return ANSWER if cell.marks.get("solution") is True else GIVEN


def _coach_cell(cell: Cell, exercise: str | None) -> CoachCell:
    stub = () if NO_CODE in cell.tags else STUB
    locked = cell.marks.get("locked") is True
    released = cut(cell.source, stub).source
    return CoachCell(cell.id, cell.grade_id, _role(cell), released, exercise, locked)


def _test(cell: Cell, library: Library) -> Question | None:
    """The exercise that a test asks for, and the expression that stands for its answer."""
    try:
        calls = [node for node in ast.walk(ast.parse(cell.source)) if isinstance(node, ast.Call)]
    except SyntaxError as error:
        raise ContentError(f"Test cell {cell.number} has a mistake: {error}.") from error
    for call in calls:
        if isinstance(call.func, ast.Attribute) and call.func.attr == "check":
            return _question(call.args, cell, library)
    return None


def _question(arguments: Sequence[ast.expr], cell: Cell, library: Library) -> Question:
    name = arguments[0].value if arguments and isinstance(arguments[0], ast.Constant) else None
    if not isinstance(name, str) or len(arguments) != 2:
        raise ContentError(
            f'Test cell {cell.number} needs the form okrlab.check("1.3", answer), with the number '
            "of an exercise and the answer."
        )
    return Question(library.exercise(name), ast.unparse(arguments[1]))
