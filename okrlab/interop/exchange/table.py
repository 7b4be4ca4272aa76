"""Questions as a table: one row each, for spreadsheets, in and out.

Columns: id, type, concept, question, correct, then option, feedback and misconception for each
option, then answer, tolerance, unit and otherwise for a number, and explanation, flip and hint.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from okrlab.errors import ContentError
from okrlab.interop.exchange._read import Imported, LeaveOutError, bounded, finish, text_of
from okrlab.interop.exchange._text import clean, one_line, plain_number
from okrlab.interop.exchange.questions import Answer, Kind, Question, Value, one_by_one

OPTIONS = 8
"""So many options or steps have columns."""

FIRST = ("id", "type", "concept", "question", "correct")
LAST = ("answer", "tolerance", "unit", "otherwise", "explanation", "flip", "hint")
COLUMNS = (
    *FIRST,
    *(
        f"{name} {n}"
        for n in range(1, OPTIONS + 1)
        for name in ("option", "feedback", "misconception")
    ),
    *LAST,
)
_FORMULA = re.compile(r"\s*[=+\-@|%]|^[\t\r\n]|'")
_MISCONCEPTION = re.compile(r"M\d\d")
TYPES: dict[str, Kind] = {
    "choice": "choice",
    "choices": "choices",
    "number": "number",
    "order": "order",
}


def safe(text: str) -> str:
    """A cell that no spreadsheet takes for a formula: an apostrophe stands before its sign."""
    text = clean(text)
    return f"'{text}" if _FORMULA.match(text) else text


def unsafe(cell: str) -> str:
    """What `safe` was given."""
    rest = cell[1:]
    return rest if cell.startswith("'") and _FORMULA.match(rest) else cell


def csv_text(header: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table as CSV, with a mark at its beginning by which Excel knows that it is UTF-8."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([safe(cell) for cell in row] for row in rows)
    return "\ufeff" + stream.getvalue()


def question_table(questions: Iterable[Question]) -> tuple[str, int]:
    """Questions as CSV, and how many have no row (write, and more than `OPTIONS` options).

    A match becomes one choice for each card.
    """
    rows, left = [], 0
    for question in (one for whole in questions for one in one_by_one(whole)):
        if question.kind == "write" or len(question.answers or question.steps) > OPTIONS:
            left += 1
            continue
        cells = _cells(question)
        rows.append([cells.get(name, "") for name in COLUMNS])
    return csv_text(COLUMNS, rows), left


def _cells(question: Question) -> dict[str, str]:
    cells = {
        "id": question.id,
        "type": question.kind,
        "concept": question.concept,
        "question": question.text,
        "correct": " ".join(str(n) for n, a in enumerate(question.answers, 1) if a.right),
        "unit": question.unit,
        "otherwise": question.otherwise,
        "explanation": question.explanation,
        "flip": question.flip,
        "hint": question.hint,
    }
    for number, answer in enumerate(question.answers, 1):
        cells |= {
            f"option {number}": answer.text,
            f"feedback {number}": answer.feedback,
            f"misconception {number}": answer.misconception,
        }
    for number, step in enumerate(question.steps, 1):
        cells[f"option {number}"] = step
    if question.kind == "number":
        right, *wrong = question.values
        cells |= {
            "answer": plain_number(right.value),
            "tolerance": plain_number(right.tolerance),
        }
        for number, value in enumerate(wrong[:OPTIONS], 1):
            cells |= {
                f"option {number}": plain_number(value.value),
                f"feedback {number}": value.feedback,
                f"misconception {number}": value.misconception,
            }
    return cells


# -- and back ------------------------------------------------------------------------------------


def read_question_table(path: Path) -> Imported:
    """The questions of a CSV file with the columns of `COLUMNS`, of which only some need be there.

    Raises:
        ContentError: the file can't be read, or has no column “question”.
    """
    reader = _reader(path)
    questions, notes = [], []
    try:
        for row in reader:
            cells = {name: unsafe((row.get(name) or "").strip()) for name in COLUMNS}
            if not any(cells.values()):
                continue
            try:
                questions.append(bounded(_question(cells, reader.line_num)))
            except LeaveOutError as reason:
                notes.append(f"line {reader.line_num}: {reason}: “{cells['question'][:60]}”")
    except csv.Error as error:
        raise ContentError(
            f"{path.name} was not imported: near line {reader.line_num} it can't be read as a "
            f"table ({error}). Look for a stray quotation mark there."
        ) from error
    return finish(path.name, questions, notes)


def _reader(path: Path) -> csv.DictReader[str]:
    text = clean(text_of(path).removeprefix("\ufeff"))
    first = text.partition("\n")[0]
    separator = max(",;\t", key=first.count)
    reader = csv.DictReader(io.StringIO(text), delimiter=separator)
    try:
        reader.fieldnames = [one_line(name).casefold() for name in reader.fieldnames or ()]
    except csv.Error as error:
        raise ContentError(
            f"{path.name} was not imported, because its first line is no header: {error}. The "
            "first line names the columns, such as: question, correct, option 1, option 2."
        ) from error
    if "question" not in reader.fieldnames:
        raise ContentError(
            f"{path.name} was not imported, because no column is called “question”. The first line "
            "names the columns: question, correct, option 1, feedback 1, option 2, …; "
            "docs/interop.md has them all."
        )
    return reader


def _question(cells: Mapping[str, str], line: int) -> Question:
    kind = TYPES.get(cells["type"].casefold() or ("number" if cells["answer"] else "choice"))
    if kind is None:
        raise LeaveOutError(f"“{cells['type'][:30]}” is no type; write {', '.join(TYPES)}")
    if not cells["question"]:
        raise LeaveOutError("it has no question")
    steps: tuple[str, ...] = ()
    answers: tuple[Answer, ...] = ()
    values: tuple[Value, ...] = ()
    match kind:
        case "order":
            steps = tuple(t for n in range(1, OPTIONS + 1) if (t := cells[f"option {n}"]))
        case "number":
            values = _values(cells)
        case _:
            answers = _answers(cells, kind)
    named = {cells[f"misconception {n}"] for n in range(1, OPTIONS + 1)}
    return Question(
        id=cells["id"] or f"line-{line}",
        kind=kind,
        title=one_line(cells["question"])[:60],
        text=cells["question"],
        concept=cells["concept"],
        answers=answers,
        values=values,
        steps=steps,
        unit=cells["unit"],
        otherwise=cells["otherwise"],
        explanation=cells["explanation"],
        flip=cells["flip"],
        hint=cells["hint"],
        misconceptions=tuple(sorted(m for m in named if _MISCONCEPTION.fullmatch(m))),
        line=line,
    )


def _answers(cells: Mapping[str, str], kind: Kind) -> tuple[Answer, ...]:
    marks = re.findall(r"\d{1,3}", cells["correct"])
    right = {int(mark) for mark in marks}
    answers = tuple(
        Answer(text, n in right, cells[f"feedback {n}"], cells[f"misconception {n}"])
        for n in range(1, OPTIONS + 1)
        if (text := cells[f"option {n}"])
    )
    count = sum(answer.right for answer in answers)
    if len(answers) < 2:
        raise LeaveOutError("it needs two options")
    if not count or len(right) != count or (kind == "choice" and count > 1):
        raise LeaveOutError(
            "“correct” must hold the number of the right option, such as 2 (for the type choices "
            "several, such as 1 3)"
        )
    return answers


def _values(cells: Mapping[str, str]) -> tuple[Value, ...]:
    tolerance = abs(_number(cells["tolerance"] or "0"))
    found = [Value(_number(cells["answer"]), tolerance, True, cells["explanation"])]
    found += [
        Value(_number(text), tolerance, False, cells[f"feedback {n}"], cells[f"misconception {n}"])
        for n in range(1, OPTIONS + 1)
        if (text := cells[f"option {n}"])
    ]
    return tuple(found)


def _number(text: str) -> float:
    try:
        value = float(text.replace(",", ".") if text.count(",") == 1 and "." not in text else text)
    except ValueError:
        raise LeaveOutError(f"“{text[:30]}” is no number") from None
    if not abs(value) <= 1e15:
        raise LeaveOutError(f"“{text[:30]}” is no number that can be an answer")
    return value
