"""From a submitted notebook to what is run: cells in the coach's order, the lost ones put back.

A cell is known by the grade_id in its metadata, else by its id. Copies of an answer run after it,
moved cells run where they belong, deleted ones that the coach had given are put back, and the tests
are the coach's. A learner's own cells stay behind the cell that they stand below.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from typing import Any

from okrlab.grading.assignment import ANSWER, GIVEN, TEST, Assignment, CoachCell, Question
from okrlab.grading.notebook import Cell, Notebook

COACH = 0
"""Number of a cell that is not in the submission."""


@dataclass(frozen=True)
class Piece:
    """A cell that is run.

    Attributes:
        number: its place in the submission, `COACH` for one that was put back.
        source: its code.
        exercise: the exercise that it belongs to, None after the last.
        answer: whether it stands in the place of an answer.
    """

    number: int
    source: str
    exercise: str | None
    answer: bool = False


@dataclass
class Plan:
    """What is run of a submission.

    Attributes:
        pieces: cells, in order; each but those of the coach has a number of its own.
        questions: what is asked, by exercise.
        given: exercises in whose place something other than the stub was handed in.
        repairs: what had to be put right, in words.
    """

    pieces: list[Piece]
    questions: dict[str, Question]
    given: set[str] = field(default_factory=set)
    repairs: list[str] = field(default_factory=list)

    @property
    def nothing_to_run(self) -> bool:
        """Whether the submission holds no code but what everybody was given."""
        return not self.given

    def steps(self, left_out: set[int]) -> dict[str, Any]:
        """What the sandbox is told to do; cells whose place in `pieces` is left out don't run."""
        steps: list[dict[str, Any]] = []
        pieces = list(enumerate(self.pieces))
        for name, question in self.questions.items():
            begin = {"do": "begin", "exercise": name, "expression": question.expression}
            steps.append(begin)
            steps += [_run(i, p) for i, p in pieces if p.exercise == name and i not in left_out]
            steps.append({**begin, "do": "answer"})
        steps += [_run(i, p) for i, p in pieces if p.exercise is None and i not in left_out]
        steps += [
            {"do": "answer", "exercise": name, "expression": question.expression}
            for name, question in self.questions.items()
            if self._of_its_own(question)
        ]
        return {"steps": steps, "asked": {n: q.asked for n, q in self.questions.items()}}

    def _of_its_own(self, question: Question) -> bool:
        """Whether no other exercise has the same answer: then it may also come late."""
        same = [q for q in self.questions.values() if q.expression == question.expression]
        return len(same) == 1


def _run(index: int, piece: Piece) -> dict[str, Any]:
    return {"do": "run", "cell": index, "source": piece.source}


def plan(assignment: Assignment, notebook: Notebook) -> Plan:
    """What is run of a submission to an assignment."""
    code = [cell for cell in notebook.cells if cell.code]
    known = _matched(assignment, code)
    tails = _tails(code, known)
    result = Plan([], dict(assignment.questions))
    for cell in tails.get(None, []):
        _add_own(result, cell, _first(assignment))
    following = _following(assignment)
    for coach in assignment.cells:
        mine = [cell for cell in code if known.get(cell.number) is coach]
        if coach.role == TEST:
            _say_tests(result, coach, mine)
        elif coach.locked or (not mine and coach.role == GIVEN):
            result.pieces.append(Piece(COACH, coach.released, coach.exercise))
            if not mine:
                result.repairs.append(
                    f"The cell “{_first_line(coach)}” was missing and was put back."
                )
        elif not mine and coach.released.strip() and not _is_stub(coach.released):
            result.pieces.append(Piece(COACH, coach.released, coach.exercise))
        for cell in mine if coach.role != TEST and not coach.locked else []:
            result.pieces.append(
                Piece(cell.number, cell.source, coach.exercise, coach.role == ANSWER)
            )
            if coach.exercise and _same(cell.source) != _same(coach.released):
                result.given.add(coach.exercise)
        if coach.role == ANSWER and len(mine) > 1:
            numbers = ", ".join(str(cell.number) for cell in mine)
            result.repairs.append(f"Cells {numbers} are copies of one cell; all were run.")
        for cell in [own for c in mine for own in tails.get(c.number, [])]:
            _add_own(result, cell, following[coach.id])
    return result


def _add_own(result: Plan, cell: Cell, exercise: str | None) -> None:
    """A cell that the learner added."""
    if cell.source.strip():
        result.pieces.append(Piece(cell.number, cell.source, exercise))
        result.given.update(result.questions if exercise is None else {exercise})


def _matched(assignment: Assignment, code: list[Cell]) -> dict[int, CoachCell]:
    """The coach's cell that each submitted cell stands for, by the cell's number."""
    by_grade = {cell.grade_id: cell for cell in assignment.cells if cell.grade_id}
    by_id = {cell.id: cell for cell in assignment.cells if cell.id}
    found: dict[int, CoachCell] = {}
    for cell in code:
        coach = by_grade.get(cell.grade_id) or by_id.get(cell.id) or _by_call(assignment, cell)
        if coach is not None:
            found[cell.number] = coach
    return found


def _by_call(assignment: Assignment, cell: Cell) -> CoachCell | None:
    """A test that lost its metadata and id is known by being, word for word, the coach's."""
    tests = (c for c in assignment.cells if c.role == TEST)
    return next((c for c in tests if _same(c.released) == _same(cell.source)), None)


def _tails(code: list[Cell], known: dict[int, CoachCell]) -> dict[int | None, list[Cell]]:
    """The learner's own cells, by the number of the known cell above them."""
    found: dict[int | None, list[Cell]] = {}
    above: int | None = None
    for cell in code:
        if cell.number in known:
            above = cell.number
        else:
            found.setdefault(above, []).append(cell)
    return found


def _following(assignment: Assignment) -> dict[str, str | None]:
    """By the coach's cell, the exercise that a cell below it belongs to."""
    found: dict[str, str | None] = {}
    after: str | None = None
    for coach in reversed(assignment.cells):
        found[coach.id] = after if coach.role == TEST else coach.exercise
        after = coach.exercise if coach.exercise is not None else after
    return found


def _first(assignment: Assignment) -> str | None:
    return assignment.cells[0].exercise if assignment.cells else None


def _say_tests(result: Plan, coach: CoachCell, mine: list[Cell]) -> None:
    if not mine:
        result.repairs.append(f"The test of exercise {coach.exercise} was missing; ours was used.")
    elif any(_same(cell.source) != _same(coach.released) for cell in mine):
        result.repairs.append(f"The test of exercise {coach.exercise} was changed; ours was used.")


def _same(source: str) -> str:
    """Source without what does not matter for comparing."""
    return "\n".join(line.rstrip() for line in source.strip().split("\n"))


def _is_stub(source: str) -> bool:
    try:
        body = ast.parse(source).body
    except SyntaxError:
        return False
    return len(body) == 1 and isinstance(body[0], ast.Raise)


def _first_line(coach: CoachCell) -> str:
    return coach.released.strip().split("\n")[0][:60]
