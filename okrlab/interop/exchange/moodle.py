"""Moodle XML: every type of the bank as the type of Moodle that is nearest.

Elements and their order follow Moodle's own exporter. `ordering` is part of Moodle from 4.4 on, and
a plug-in before that.
"""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree import ElementTree as ET

from okrlab.interop.exchange._text import clean, one_line, plain_number, to_html
from okrlab.interop.exchange.questions import Question

TYPES = {
    "choice": "multichoice",
    "choices": "multichoice",
    "match": "matching",
    "number": "numerical",
    "order": "ordering",
    "write": "essay",
}


def moodle_xml(questions: Iterable[Question]) -> str:
    """Questions as Moodle XML, in one category for each concept."""
    quiz = ET.Element("quiz")
    category = None
    for question in questions:
        if question.concept != category:
            category = question.concept
            head = ET.SubElement(quiz, "question", type="category")
            _text(ET.SubElement(head, "category"), f"$course$/okrlab/{category or 'other'}")
        _question(quiz, question)
    ET.indent(quiz)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(quiz, "unicode") + "\n"


def _question(quiz: ET.Element, question: Question) -> None:
    here = ET.SubElement(quiz, "question", type=TYPES[question.kind])
    _text(ET.SubElement(here, "name"), one_line(question.title))
    _html(here, "questiontext", question.shown)
    _html(here, "generalfeedback", question.why)
    for name, value in (
        ("defaultgrade", "1"),
        ("penalty", "0.3333333"),
        ("hidden", "0"),
        ("idnumber", clean(question.id)),
    ):
        _plain(here, name, value)
    match question.kind:
        case "choice" | "choices":
            _choice(here, question)
        case "match":
            _match(here, question)
        case "number":
            _number(here, question)
        case "order":
            _order(here, question)
        case "write":
            _essay(here)
    if question.tags:
        tags = ET.SubElement(here, "tags")
        for tag in question.tags:
            _text(ET.SubElement(tags, "tag"), tag)
    if question.hint:
        _html(here, "hint", question.hint)


def _choice(here: ET.Element, question: Question) -> None:
    single = question.kind == "choice"
    right = sum(answer.right for answer in question.answers)
    share = 100 if single else round(100 / max(1, right), 5)
    _plain(here, "single", "true" if single else "false")
    _plain(here, "shuffleanswers", "true")
    _plain(here, "answernumbering", "none")
    for answer in question.answers:
        wrong = 0 if single else -share
        _answer(here, answer.text, share if answer.right else wrong, answer.feedback)


def _match(here: ET.Element, question: Question) -> None:
    _plain(here, "shuffleanswers", "true")
    used = {pair.target for pair in question.pairs}
    unused = [("", target) for target in question.targets if target not in used]
    for text, target in [*((p.text, p.target) for p in question.pairs), *unused]:
        sub = _html(here, "subquestion", text)
        _text(ET.SubElement(sub, "answer"), clean(target))


def _number(here: ET.Element, question: Question) -> None:
    for value in question.values:
        answer = _answer(
            here, plain_number(value.value), 100 if value.right else 0, value.feedback, "plain"
        )
        _plain(answer, "tolerance", plain_number(value.tolerance))
    if question.otherwise:
        _plain(_answer(here, "*", 0, question.otherwise, "plain"), "tolerance", "0")
    _plain(here, "unitgradingtype", "0")
    _plain(here, "showunits", "3")  # none; the question says in which unit


def _order(here: ET.Element, question: Question) -> None:
    for name, value in (
        ("layouttype", "VERTICAL"),
        ("selecttype", "ALL"),
        ("selectcount", "0"),
        ("gradingtype", "RELATIVE_ALL_PREVIOUS_AND_NEXT"),  # pairs in order, as okrlab marks
        ("showgrading", "SHOW"),
        ("numberingstyle", "none"),
    ):
        _plain(here, name, value)
    for place, step in enumerate(question.steps, 1):
        _answer(here, step, place, "")


def _essay(here: ET.Element) -> None:
    for name, value in (
        ("responseformat", "plain"),
        ("responserequired", "1"),
        ("responsefieldlines", "3"),
        ("attachments", "0"),
        ("attachmentsrequired", "0"),
    ):
        _plain(here, name, value)
    _html(here, "graderinfo", "")


def _answer(
    here: ET.Element, text: str, fraction: float, feedback: str, form: str = "html"
) -> ET.Element:
    answer = ET.SubElement(here, "answer", fraction=plain_number(fraction))
    if form == "html":
        answer.set("format", "html")
        _text(answer, to_html(text))
    else:
        _text(answer, text)
    _html(answer, "feedback", feedback)
    return answer


def _html(here: ET.Element, name: str, text: str) -> ET.Element:
    part = ET.SubElement(here, name, format="html")
    _text(part, to_html(text))
    return part


def _text(here: ET.Element, text: str) -> None:
    ET.SubElement(here, "text").text = text


def _plain(here: ET.Element, name: str, text: str) -> None:
    ET.SubElement(here, name).text = text
