"""GIFT: Moodle's plain text format for questions, written as Moodle itself writes it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from okrlab.interop.exchange._text import one_line, plain_number, to_html
from okrlab.interop.exchange.questions import Question, Value

_RESERVED = str.maketrans({c: f"\\{c}" for c in "\\~=#{}:"})


def gift(questions: Iterable[Question]) -> str:
    """Questions as GIFT, grouped by concept.

    Steps to put in order become a match of each step to its place, since GIFT knows no order.
    """
    blocks: list[str] = []
    category = None
    for question in questions:
        if question.concept != category:
            category = question.concept
            blocks.append(f"$CATEGORY: $course$/okrlab/{category or 'other'}")
        blocks.append("\n".join(_block(question)))
    return "\n\n".join(blocks) + "\n"


def _block(question: Question) -> Iterator[str]:
    yield "// " + " ".join([f"[id:{question.id}]", *(f"[tag:{t}]" for t in question.tags)])
    title = one_line(question.title).translate(_RESERVED)
    start = f"::{title}::[html]{_text(question.shown)}" + "{"
    general = _general(question)
    if question.kind == "write":
        yield f"{start}{general}" + "}"
        return
    yield start + ("#" if question.kind == "number" else "")
    yield from (f"\t{line}" for line in _answers(question))
    if general:
        yield f"\t{general}"
    yield "}"


def _general(question: Question) -> str:
    return f"####{_text(question.why)}" if question.why else ""


def _answers(question: Question) -> Iterator[str]:
    match question.kind:
        case "choice":
            for answer in question.answers:
                yield f"{'=' if answer.right else '~'}{_text(answer.text)}{_said(answer.feedback)}"
        case "choices":
            share = _percent(sum(a.right for a in question.answers))
            for answer in question.answers:
                sign = "" if answer.right else "-"
                yield f"~%{sign}{share}%{_text(answer.text)}{_said(answer.feedback)}"
        case "match":
            for pair in question.pairs:
                yield f"={_text(pair.text)} -> {_plain(pair.target)}"
        case "order":
            for place, step in enumerate(question.steps, 1):
                yield f"={_text(step)} -> {place}"
        case "number":
            yield from map(_value, question.values)
            if question.otherwise:
                yield f"~{_said(question.otherwise)}"


def _value(value: Value) -> str:
    weight = "" if value.right else "%0%"
    numbers = f"{plain_number(value.value)}:{plain_number(value.tolerance)}"
    return f"={weight}{numbers}{_said(value.feedback)}"


def _percent(count: int) -> str:
    """100 shared by `count`, as Moodle's list of grades has it."""
    return f"{100 / max(1, count):.5f}".rstrip("0").rstrip(".")


def _said(feedback: str) -> str:
    return f"#{_text(feedback)}" if feedback else ""


def _text(text: str) -> str:
    """As HTML, with nothing in it or at its start that GIFT takes for its own."""
    body = to_html(text)
    if body[:1] in ("[", "%"):
        body = f"&#{ord(body[0])};{body[1:]}"
    return body.translate(_RESERVED)


def _plain(text: str) -> str:
    return one_line(text).translate(_RESERVED)
