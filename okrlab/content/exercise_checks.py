"""Checks of exercises that a field's type cannot express."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from okrlab.content.exercise import (
    Cases,
    CellKey,
    Column,
    DataExercise,
    Exercise,
    ExerciseFile,
    FormExercise,
    FrameAnswer,
    MappingAnswer,
    Mistake,
    NumberAnswer,
    Scalar,
)
from okrlab.content.library import Problem, Source, shipped_folder

OPTION_SHARE = 0.65
"""At most this share of a column's rows may have the same right option."""

MIN_FOR_SHARE = 8
"""Below so many rows a share says nothing, so it isn't checked."""

Loc = tuple[str | int, ...]


@dataclass
class _Names:
    """What an exercise may refer to."""

    misconceptions: Collection[str]
    concepts: Collection[str]
    claims: Collection[str]


@dataclass
class _Report:
    source: Source
    names: _Names
    problems: list[Problem] = field(default_factory=list)

    def say(self, where: Loc, message: str) -> None:
        self.problems.append(self.source.problem(where, message))

    def known(self, where: Loc, name: str, known: Iterable[str], kind: str) -> None:
        known = sorted(known)
        if name not in known:
            listing = ", ".join(known[:40]) or "none yet"
            self.say(where, f"there is no {kind} “{name}”; these exist: {listing}")

    def misconception(self, where: Loc, name: str | None) -> None:
        if name is not None:
            self.known((*where, "misconception"), name, self.names.misconceptions, "misconception")

    def unique(self, where: Loc, values: Sequence[str], what: str) -> None:
        for index, value in enumerate(values):
            if value in values[:index]:
                self.say((*where, index), f"the {what} “{value}” stands here twice")


def check_exercises(
    sources: Sequence[Source],
    misconceptions: Collection[str],
    concepts: Collection[str],
    claims: Collection[str],
) -> list[Problem]:
    """Every mistake in the exercise files that could be read."""
    names = _Names(misconceptions, concepts, claims)
    problems: list[Problem] = []
    seen: set[str] = set()
    for source in sources:
        content = source.model
        assert isinstance(content, ExerciseFile)
        report = _Report(source, names)
        for index, exercise in enumerate(content.exercises):
            where: Loc = ("exercises", index)
            if exercise.id in seen:
                report.say((*where, "id"), f"the id “{exercise.id}” is used twice")
            seen.add(exercise.id)
            if not exercise.id.startswith(f"{content.lesson}."):
                report.say(
                    (*where, "id"),
                    f"an exercise of lesson {content.lesson} has an id like “{content.lesson}.1”",
                )
            _exercise(report, where, exercise)
        problems += report.problems
    return problems


def _exercise(report: _Report, where: Loc, exercise: Exercise) -> None:
    report.known((*where, "concept"), exercise.concept, report.names.concepts, "concept")
    for index, ref in enumerate(exercise.seed_refs):
        report.known((*where, "seed_refs", index), ref, report.names.claims, "claim")
    if isinstance(exercise, FormExercise) and exercise.cases is not None:
        _cases(report, (*where, "cases"), exercise.cases)
    if isinstance(exercise, DataExercise):
        _data(report, where, exercise)


# -- cases ----------------------------------------------------------------------------------------


def _cases(report: _Report, where: Loc, cases: Cases) -> None:
    columns = {column.id: column for column in cases.columns}
    report.unique((*where, "columns"), [c.id for c in cases.columns], "column id")
    report.unique((*where, "rows"), [r.id for r in cases.rows], "row id")
    report.unique((*where, "rows"), [f"{r.text} / {r.context or ''}" for r in cases.rows], "case")
    for index, column in enumerate(cases.columns):
        _column(report, (*where, "columns", index), column)
    for index, row in enumerate(cases.rows):
        at = (*where, "rows", index, "key")
        for name in columns:
            if name not in row.key:
                report.say(at, f"the key for the column “{name}” is missing")
        for name, key in row.key.items():
            if name in columns:
                _cell(report, (*at, name), columns[name], key)
            else:
                report.known((*at, name), name, columns, "column")
    _balance(report, where, cases)


def _column(report: _Report, where: Loc, column: Column) -> None:
    ids = [option.id for option in column.options]
    report.unique((*where, "options"), ids, "option id")
    if len(ids) == 1:
        report.say((*where, "options"), "a choice needs at least two options")
    for index, wrong in enumerate(column.wrong):
        at = (*where, "wrong", index)
        report.known((*at, "option"), wrong.option, ids, "option")
        if wrong.right is not None:
            report.known((*at, "right"), wrong.right, ids, "option")
        report.misconception(at, wrong.misconception)


def _cell(report: _Report, where: Loc, column: Column, key: CellKey) -> None:
    for index, wrong in enumerate(key.wrong):
        report.misconception((*where, "wrong", index), wrong.misconception)
    if column.is_number:
        _number_cell(report, where, column, key)
        return
    ids = [option.id for option in column.options]
    if not isinstance(key.right, str) or key.right not in ids:
        report.known((*where, "right"), str(key.right), ids, "option")
        return
    for index, wrong in enumerate(key.wrong):
        at = (*where, "wrong", index)
        if wrong.option is None:
            report.say(at, "a wrong answer here is an 'option'; 'value' is for numbers")
        elif wrong.option == key.right:
            report.say((*at, "option"), f"“{wrong.option}” is the right option of this cell")
        else:
            report.known((*at, "option"), wrong.option, ids, "option")
    covered = {w.option for w in key.wrong} | {
        w.option for w in column.wrong if w.right in (None, key.right)
    }
    missing = [name for name in ids if name != key.right and name not in covered]
    if missing:
        report.say(
            (*where, "wrong"),
            "every wrong option needs a misconception and feedback, here or in 'wrong' of the "
            f"column: {', '.join(missing)}",
        )


def _number_cell(report: _Report, where: Loc, column: Column, key: CellKey) -> None:
    if isinstance(key.right, str):
        report.say((*where, "right"), "this column has no options, so a number belongs here")
        return
    if key.otherwise is None:
        report.say((*where, "otherwise"), "a cell with a number needs 'otherwise'")
    for index, wrong in enumerate(key.wrong):
        at = (*where, "wrong", index)
        if wrong.value is None:
            report.say(at, "a wrong answer here is a 'value'; 'option' is for choices")
        elif abs(wrong.value - key.right) <= column.tolerance:
            report.say(
                (*at, "value"), f"{wrong.value:g} lies within the tolerance of the right number"
            )


def _balance(report: _Report, where: Loc, cases: Cases) -> None:
    if len(cases.rows) < MIN_FOR_SHARE:
        return
    for index, column in enumerate(cases.columns):
        if column.is_number:
            continue
        counts = Counter(row.key[column.id].right for row in cases.rows if column.id in row.key)
        for name, count in counts.items():
            if count > OPTION_SHARE * len(cases.rows):
                report.say(
                    (*where, "columns", index),
                    f"give-away: “{name}” is right in {count} of {len(cases.rows)} rows "
                    f"(at most {OPTION_SHARE:.0%}); balance the cases",
                )


# -- data -----------------------------------------------------------------------------------------


def _data(report: _Report, where: Loc, exercise: DataExercise) -> None:
    name = f"{exercise.dataset}.csv"
    beside = Path(report.source.path).parent.parent / "data" / name
    if not beside.is_file() and not (shipped_folder() / "data" / name).is_file():
        report.say((*where, "dataset"), f"there is no dataset {name} in the folder data/")
    at = (*where, "answer")
    answer = exercise.answer
    expected: dict[tuple[str, str], Scalar] = {}
    match answer:
        case NumberAnswer():
            expected = {("", ""): answer.expected}
        case MappingAnswer():
            expected = {("", key): value for key, value in answer.expected.items()}
        case FrameAnswer():
            expected = _frame(report, at, answer)
    keys = {key for _, key in expected}
    if isinstance(answer, MappingAnswer | FrameAnswer):
        for key in answer.reasons:
            report.known((*at, "reasons", key), key, keys, "row")
        for key in answer.not_asked:
            if key in keys:
                report.say((*at, "not_asked", key), f"the row “{key}” is expected")
    for index, mistake in enumerate(answer.mistakes):
        _mistake(report, (*at, "mistakes", index), mistake, answer, expected)


def _frame(report: _Report, where: Loc, answer: FrameAnswer) -> dict[tuple[str, str], Scalar]:
    names = [column.name for column in answer.columns]
    report.unique((*where, "columns"), [answer.key, *names], "column")
    expected: dict[tuple[str, str], Scalar] = {}
    for index, row in enumerate(answer.rows):
        at = (*where, "rows", index)
        if sorted(row) != sorted([answer.key, *names]):
            report.say(at, f"a row has exactly these fields: {', '.join([answer.key, *names])}")
            continue
        for name in names:
            if (name, str(row[answer.key])) in expected:
                report.say(at, f"the key “{row[answer.key]}” stands here twice")
            expected[name, str(row[answer.key])] = row[name]
    return expected


def _mistake(
    report: _Report,
    where: Loc,
    mistake: Mistake,
    answer: NumberAnswer | MappingAnswer | FrameAnswer,
    expected: dict[tuple[str, str], Scalar],
) -> None:
    report.misconception(where, mistake.misconception)
    tolerance = {"": 0.0}
    if isinstance(answer, FrameAnswer):
        tolerance = {column.name: column.tolerance for column in answer.columns}
        if mistake.column is None:
            report.say((*where, "column"), "name the column that the mistake is in")
            return
        report.known((*where, "column"), mistake.column, tolerance, "column")
    else:
        tolerance[""] = answer.tolerance
        if mistake.column is not None:
            report.say((*where, "column"), "only a mistake in a table names a column")
    column = mistake.column or ""
    here = {key: value for (name, key), value in expected.items() if name == column}
    for key in mistake.values:
        report.known((*where, "values", key), key, here, "row")
    slack = tolerance.get(column, 0.0)
    wrong = (
        [(mistake.given, value) for value in here.values() if mistake.expected in (None, value)]
        if mistake.given is not None
        else [(value, here[key]) for key, value in mistake.values.items() if key in here]
    )
    if here and not any(not _same(given, right, slack) for given, right in wrong):
        report.say(where, "this mistake gives the right result, so it can never be recognised")


def _same(given: Scalar, right: Scalar, slack: float) -> bool:
    if isinstance(given, float) and isinstance(right, float):
        return abs(given - right) <= slack
    return given == right
