"""Moodle XML read, by a parser that expands no entities and fetches nothing."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from okrlab.errors import ContentError
from okrlab.interop.exchange._read import Imported, LeaveOutError, bounded, finish, text_of
from okrlab.interop.exchange._text import clean, from_either, from_html, one_line
from okrlab.interop.exchange.gift_read import matched
from okrlab.interop.exchange.questions import Answer, Question, Value, explained

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MAX_DEPTH = 20
MAX_NUMBER = 1e15
_MISCONCEPTION = re.compile(r"M\d\d")


def read_moodle(path: Path) -> Imported:
    """The questions of a file in Moodle XML.

    Raises:
        ContentError: the file can't be read, is no such XML, or holds nothing that the bank has a
            type for.
    """
    quiz = _parse(path)
    if quiz.tag != "quiz":
        raise ContentError(
            f"{path.name} was not imported, because it begins with <{quiz.tag[:40]}> and not with "
            "<quiz>. Export the questions from Moodle as “Moodle XML”."
        )
    questions, notes = [], []
    entries = [e for e in quiz.findall("question") if e.get("type") != "category"]
    for number, entry in enumerate(entries, 1):
        name = one_line(_raw(entry.find("name")))
        try:
            questions.append(bounded(_question(entry, name, number)))
        except LeaveOutError as reason:
            notes.append(f"question {number} “{name[:60]}”: {reason}")
    return finish(path.name, questions, notes)


def _parse(path: Path) -> Element:
    from xml.etree.ElementTree import ParseError

    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        root: Element = fromstring(text_of(path).encode(), forbid_dtd=True)
    except DefusedXmlException as error:
        raise ContentError(
            f"{path.name} was not imported, because it declares entities or a document type, by "
            "which XML files attack their readers. No export of Moodle has these; ask where the "
            "file comes from."
        ) from error
    except (ParseError, ValueError, RecursionError) as error:
        raise ContentError(
            f"{path.name} was not imported, because it is no well-formed XML: {error}. Export the "
            "questions again."
        ) from error
    level, deep = [root], 0
    while level:
        deep += 1
        if deep > MAX_DEPTH:
            raise ContentError(
                f"{path.name} was not imported, because its elements are nested deeper than "
                f"{MAX_DEPTH} levels; no export of Moodle is. Ask where the file comes from."
            )
        level = [child for element in level for child in element]
    return root


def _question(entry: Element, name: str, number: int) -> Question:
    explanation, flip = explained(_shown(entry.find("generalfeedback")))
    tags = [_raw(tag).strip() for tag in entry.findall("tags/tag")]
    base = Question(
        id=(entry.findtext("idnumber") or "").strip() or name or f"moodle-{number}",
        kind="choice",
        title=name,
        text=_shown(entry.find("questiontext")),
        concept=next((t for t in tags if not _MISCONCEPTION.fullmatch(t)), ""),
        explanation=explanation,
        flip=flip,
        hint=_shown(entry.find("hint")),
        misconceptions=tuple(t for t in tags if _MISCONCEPTION.fullmatch(t)),
    )
    if not base.text:
        raise LeaveOutError("it has no text")
    match entry.get("type"):
        case "multichoice" | "truefalse":
            return _choice(base, entry)
        case "matching":
            pairs = [
                (_shown(s), one_line(_raw(s.find("answer")))) for s in entry.findall("subquestion")
            ]
            return matched(base, pairs)
        case "numerical":
            return _number(base, entry)
        case "ordering":
            placed = sorted((_fraction(a), n) for n, a in enumerate(entry.findall("answer")))
            answers = entry.findall("answer")
            steps = tuple(_shown(answers[n]) for _, n in placed)
            return replace(base, kind="order", steps=steps)
        case other:
            raise LeaveOutError(f"the bank has no type like “{str(other)[:30]}”")


def _choice(base: Question, entry: Element) -> Question:
    several = (entry.findtext("single") or "true").strip() in ("false", "0")
    needed = 1e-6 if several else 100 - 1e-6
    answers = [
        Answer(_shown(a), _fraction(a) >= needed, _shown(a.find("feedback")))
        for a in entry.findall("answer")
    ]
    if len(answers) < 2 or not any(a.right for a in answers):
        raise LeaveOutError("it needs two options, of which one is right")
    return replace(base, kind="choices" if several else "choice", answers=tuple(answers))


def _number(base: Question, entry: Element) -> Question:
    values, otherwise = [], ""
    for answer in entry.findall("answer"):
        feedback = _shown(answer.find("feedback"))
        if _raw(answer).strip() == "*":
            otherwise = feedback
            continue
        value = _float(_raw(answer))
        tolerance = abs(_float(answer.findtext("tolerance") or "0"))
        values.append(Value(value, tolerance, _fraction(answer) >= 100 - 1e-6, feedback))
    values.sort(key=lambda v: not v.right)
    if not values or not values[0].right:
        raise LeaveOutError("it has no right number")
    return replace(
        base,
        kind="number",
        values=tuple(values),
        otherwise=otherwise,
        explanation=base.explanation or values[0].feedback,
    )


def _fraction(answer: Element) -> float:
    return _float(answer.get("fraction") or "0")


def _float(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        raise LeaveOutError(f"“{text.strip()[:30]}” is no number") from None
    if not abs(value) <= MAX_NUMBER:  # also not a number at all
        raise LeaveOutError(f"“{text.strip()[:30]}” is no number")
    return value


def _shown(part: Element | None) -> str:
    """The text of an element as people read it."""
    if part is None:
        return ""
    raw = _raw(part)
    form = part.get("format", "html")
    if form == "html":
        return from_html(raw)
    return clean(raw).strip() if form in ("plain_text", "plain", "markdown") else from_either(raw)


def _raw(part: Element | None) -> str:
    return "" if part is None else (part.findtext("text") or "")
