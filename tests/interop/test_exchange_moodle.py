"""Moodle XML as Moodle's own exporter writes it: elements, their order, grades that exist there."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import pytest

from okrlab.content import ChoicesItem, Library
from okrlab.interop.exchange.gift import gift
from okrlab.interop.exchange.moodle import moodle_xml
from okrlab.interop.exchange.select import select

COMMON = ["name", "questiontext", "generalfeedback", "defaultgrade", "penalty", "hidden"]
GRADES = [100, 90, 83.33333, 80, 75, 70, 66.66667, 60, 50, 40, 33.33333, 30, 25, 20, 16.66667]
GRADES += [14.28571, 12.5, 11.11111, 10, 5, 0]
"""Moodle's list; an import with any other grade is refused."""

OWN = {
    "multichoice": {"single", "shuffleanswers", "answernumbering", "answer"},
    "matching": {"shuffleanswers", "subquestion"},
    "numerical": {"answer", "unitgradingtype", "showunits"},
    "ordering": {"layouttype", "selecttype", "selectcount", "gradingtype", "showgrading",
                 "numberingstyle", "answer"},
    "essay": {"responseformat", "responserequired", "responsefieldlines", "attachments",
              "attachmentsrequired", "graderinfo"},
}  # fmt: skip


@pytest.fixture(scope="module")
def quiz() -> ET.Element:
    """The whole bank and all decks."""
    return ET.fromstring(moodle_xml(select(Library(), held_out=True).questions))


def test_every_question_has_moodles_elements(quiz: ET.Element) -> None:
    """In Moodle's order, with those of its type and no others."""
    kinds = set()
    for question in quiz:
        kind = question.get("type", "")
        if kind == "category":
            path = question.findtext("category/text") or ""
            assert re.fullmatch(r"\$course\$/okrlab/[a-z0-9-]+", path)
            continue
        kinds.add(kind)
        names = [child.tag for child in question]
        assert names[:7] == [*COMMON, "idnumber"]
        assert set(names[7:]) - {"tags", "hint"} == OWN[kind]
        assert question.findtext("name/text")
        assert question.findtext("questiontext/text")
    assert kinds == set(OWN)


def test_grades_are_moodles(quiz: ET.Element) -> None:
    """One hundred per cent in all, and only grades that its list has."""
    for question in quiz.iterfind("question[@type='multichoice']"):
        grades = [float(a.get("fraction", "")) for a in question.iterfind("answer")]
        assert {abs(g) for g in grades} <= set(GRADES)
        assert sum(g for g in grades if g > 0) == pytest.approx(100, abs=0.001)
        if question.findtext("single") == "true":
            assert sorted(grades)[-2:] == [0, 100]
    for question in quiz.iterfind("question[@type='ordering']"):
        places = [a.get("fraction") for a in question.iterfind("answer")]
        assert places == [str(n) for n in range(1, len(places) + 1)]


def test_ids_are_each_once(quiz: ET.Element) -> None:
    """Moodle refuses an idnumber that comes twice."""
    ids = [question.findtext("idnumber") for question in quiz if question.get("type") != "category"]
    assert len(set(ids)) == len(ids)


def test_tags_name_concept_and_misconceptions(quiz: ET.Element) -> None:
    """So that a coach can look for them there."""
    content = Library()
    for question in quiz:
        item = content.items.get(question.findtext("idnumber") or "")
        if item:
            tags = [tag.findtext("text") for tag in question.iterfind("tags/tag")]
            assert tags == [content.concept_of[item.id], *item.misconceptions]


def test_gift_weights_are_the_same() -> None:
    """Moodle reads both."""
    content = Library()
    item = next(i for i in content.items.values() if isinstance(i, ChoicesItem) and not i.held_out)
    concept = content.concept_of[item.id]
    text = gift(q for q in select(content, concepts=[concept]).questions if q.id == item.id)
    right = sum(option.correct for option in item.options)
    weights = re.findall(r"^\t~%(-?[\d.]+)%", text, re.MULTILINE)
    assert [float(w) > 0 for w in weights] == [option.correct for option in item.options]
    assert {round(abs(float(w)) * right) for w in weights} == {100}
