"""jupyterquiz: questions as JSON, out and in.

jupyterquiz puts every text into its page as HTML, after making formulas of dollar signs and links
of brackets; so texts are written as HTML with those characters as references.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from okrlab.errors import ContentError
from okrlab.interop.exchange._read import Imported, LeaveOutError, bounded, finish, text_of
from okrlab.interop.exchange._text import clean, from_html, one_line, to_html
from okrlab.interop.exchange.questions import Answer, Question, Value, one_by_one

Entry = dict[str, Any]

_MARKS = str.maketrans({"$": "&#36;", "[": "&#91;", "\\": "&#92;"})


def jupyterquiz(questions: Iterable[Question]) -> tuple[str, int]:
    """Questions as jupyterquiz reads them, and how many it has no type for (order, write).

    A match becomes one choice for each card.
    """
    found: list[Entry] = []
    left = 0
    for question in questions:
        for one in one_by_one(question):
            if one.kind in ("order", "write"):
                left += 1
            else:
                found.append(_entry(one))
    return json.dumps(found, indent=1, ensure_ascii=False) + "\n", left


def _entry(question: Question) -> Entry:
    kind = {"choice": "multiple_choice", "choices": "many_choice"}.get(question.kind, "numeric")
    head = {"question": _html(question.shown), "type": kind, "okrlab": question.id}
    if kind == "numeric":
        values = [_value(value) for value in question.values]
        rest = [{"type": "default", "feedback": _html(question.otherwise or "Not this number.")}]
        return head | {"answers": values + rest}
    answers = [
        {"answer": _html(a.text), "correct": a.right}
        | ({"feedback": _html(a.feedback)} if a.feedback else {})
        for a in question.answers
    ]
    return head | {"answers": answers}


def _value(value: Value) -> Entry:
    said = {"correct": value.right, "feedback": _html(value.feedback)}
    if not value.tolerance:
        return {"type": "value", "value": value.value} | said
    low, high = value.value - value.tolerance, value.value + value.tolerance
    slack = _slack(low, high)  # a range leaves out its upper end
    return {"type": "range", "range": [low - slack, high + slack]} | said


def _html(text: str) -> str:
    return to_html(text).translate(_MARKS)


# -- and back ------------------------------------------------------------------------------------


def read_jupyterquiz(path: Path) -> Imported:
    """The questions of a jupyterquiz file.

    Raises:
        ContentError: the file can't be read, is no such JSON, or holds nothing that the bank has a
            type for.
    """
    entries = _entries(path)
    questions, notes = [], []
    for number, entry in enumerate(entries, 1):
        try:
            questions.append(bounded(_question(entry, number)))
        except LeaveOutError as reason:
            notes.append(f"question {number}: {reason}")
    return finish(path.name, questions, notes)


def _entries(path: Path) -> list[Any]:
    try:
        data = json.loads(text_of(path), parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise ContentError(
            f"{path.name} was not imported, because it is no JSON: {str(error)[:120]}. Mend it "
            "there, or make it anew."
        ) from error
    if not isinstance(data, list):
        raise ContentError(
            f"{path.name} was not imported, because it holds no list of questions. A file of "
            "jupyterquiz begins with “[”."
        )
    return data


def _refuse(name: str) -> Any:
    raise ValueError(f"{name} is no number of JSON")


def _question(entry: Any, number: int) -> Question:
    if not isinstance(entry, dict):
        raise LeaveOutError("it is no question, which has a “question” and “answers”")
    answers = entry.get("answers")
    if not isinstance(answers, list) or not all(isinstance(a, dict) for a in answers):
        raise LeaveOutError("its “answers” are no list of answers")
    text = _shown(entry.get("question"))
    if entry.get("code"):
        text = f"{text}\n\n{_shown(entry['code'])}"
    if not text:
        raise LeaveOutError("it has no text")
    name = entry.get("okrlab")
    base = Question(
        id=clean(name) if isinstance(name, str) and name else f"jupyterquiz-{number}",
        kind="choice",
        title=one_line(text)[:60],
        text=text,
    )
    match entry.get("type"):
        case "multiple_choice":
            return _choice(base, answers)
        case "many_choice":
            return replace(_choice(base, answers), kind="choices")
        case "numeric":
            return _number(base, answers)
        case "string":
            raise LeaveOutError("typed words have no counterpart in the bank")
        case other:
            raise LeaveOutError(f"“{str(other)[:30]}” is no type of jupyterquiz")


def _choice(base: Question, answers: list[Entry]) -> Question:
    found = [
        Answer(_option(a), a.get("correct") is True, _shown(a.get("feedback"))) for a in answers
    ]
    if len(found) < 2 or not any(a.right for a in found):
        raise LeaveOutError("it needs two options, of which one is right")
    return replace(base, answers=tuple(found))


def _option(answer: Entry) -> str:
    parts = [_shown(answer.get("answer")), _shown(answer.get("code"))]
    return "\n".join(part for part in parts if part)


def _number(base: Question, answers: list[Entry]) -> Question:
    values: list[Value] = []
    otherwise = ""
    for answer in answers:
        if answer.get("type") == "default":
            otherwise = _shown(answer.get("feedback"))
            continue
        value, tolerance = _span(answer)
        right = answer.get("correct") is True
        values.append(Value(value, tolerance, right, _shown(answer.get("feedback"))))
    values.sort(key=lambda v: not v.right)
    if not values or not values[0].right:
        raise LeaveOutError("it has no right number")
    return replace(
        base,
        kind="number",
        values=tuple(values),
        otherwise=otherwise,
        explanation=values[0].feedback,
    )


def _span(answer: Entry) -> tuple[float, float]:
    span = answer.get("range", [answer.get("value")] * 2)
    usable = isinstance(span, list) and len(span) == 2
    if not usable or any(isinstance(n, bool) or not isinstance(n, int | float) for n in span):
        raise LeaveOutError("an answer has neither a “value” nor a “range” of two numbers")
    try:
        low, high = float(span[0]), float(span[1])
    except OverflowError:
        low = high = math.inf
    if not (math.isfinite(low) and math.isfinite(high) and low <= high):
        raise LeaveOutError("a range ends before it begins, or has no end")
    if low == high:
        return low, 0.0
    slack = 2 * _slack(low, high)
    return _shortest((low + high) / 2, slack), _shortest((high - low) / 2, slack)


def _slack(low: float, high: float) -> float:
    """What is far less than anybody types, and more than a computer's own error."""
    return 4 * math.ulp(max(abs(low), abs(high)))


def _shortest(value: float, slack: float) -> float:
    """The number with the fewest digits that lies as near as this."""
    shorter = (float(f"{value:.{digits}g}") for digits in range(1, 17))
    return next((number for number in shorter if abs(number - value) <= slack), value)


def _shown(text: Any) -> str:
    return from_html(text) if isinstance(text, str) else ""
