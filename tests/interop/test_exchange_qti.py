"""QTI packages: their structure, and that every item of the bank scores as okrlab marks.

The published XSDs can't be had on every machine that runs this; `qti_engine` holds what the
specification says about the elements that we write.
"""

from __future__ import annotations

import io
import re
import xml.etree.ElementTree as ET
import zipfile
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from okrlab.assessment.demo_answers import right_answer, wrong_answer
from okrlab.assessment.marking import mark
from okrlab.content import ItemBase, Library, OrderItem, WriteItem
from okrlab.interop.exchange.qti import MANIFEST, PACKAGE, TEST, identifier, qti_package
from okrlab.interop.exchange.questions import Question, question_of, questions_of_deck
from okrlab.interop.exchange.select import select
from tests.interop.exchange_strategies import questions
from tests.interop.qti_engine import Q, Session, check

P = f"{{{PACKAGE}}}"


def unpack(raw: bytes) -> dict[str, ET.Element]:
    """The files of a package, parsed."""
    with zipfile.ZipFile(io.BytesIO(raw)) as package:
        assert package.testzip() is None
        return {name: ET.fromstring(package.read(name)) for name in package.namelist()}


@pytest.fixture(scope="module")
def content() -> Library:
    """The shipped content."""
    return Library()


@pytest.fixture(scope="module")
def whole(content: Library) -> dict[str, ET.Element]:
    """Everything, what is kept aside included."""
    return unpack(qti_package(select(content, held_out=True).questions, "All"))


def test_the_manifest_names_every_file_once(whole: dict[str, ET.Element]) -> None:
    """With the types that QTI 2.1 wants, and a test that depends on all items."""
    manifest = whole[MANIFEST]
    assert manifest.tag == f"{P}manifest"
    assert [child.tag for child in manifest] == [
        f"{P}metadata",
        f"{P}organizations",
        f"{P}resources",
    ]
    assert manifest.findtext(f"{P}metadata/{P}schema") == "QTIv2.1 Package"
    resources = manifest.findall(f"{P}resources/{P}resource")
    hrefs = [r.get("href") for r in resources]
    assert sorted(map(str, hrefs)) == sorted(set(whole) - {MANIFEST})
    assert [r.find(f"{P}file").get("href") for r in resources] == hrefs  # type: ignore[union-attr]
    assert {r.get("type") for r in resources[:-1]} == {"imsqti_item_xmlv2p1"}
    names = [r.get("identifier") for r in resources]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[A-Za-z_][\w.-]*", str(name)) for name in names)
    test = resources[-1]
    assert (test.get("type"), test.get("href")) == ("imsqti_test_xmlv2p1", TEST)
    assert [d.get("identifierref") for d in test.findall(f"{P}dependency")] == names[:-1]


def test_the_test_holds_every_item(whole: dict[str, ET.Element]) -> None:
    """In one section."""
    refs = whole[TEST].findall(f"{Q}testPart/{Q}assessmentSection/{Q}assessmentItemRef")
    assert [r.get("href") for r in refs] == [n for n in whole if n.startswith("items/")]
    for ref in refs:
        assert whole[str(ref.get("href"))].get("identifier") == ref.get("identifier")


def test_every_item_is_as_the_specification_has_it(whole: dict[str, ET.Element]) -> None:
    """Elements, attributes, their order, identifiers."""
    items = [root for name, root in whole.items() if name.startswith("items/")]
    assert len(items) > 500
    for item in items:
        check(item)
    shapes = {
        (d.get("cardinality"), d.get("baseType"))
        for item in items
        for d in item.iterfind(f"{Q}responseDeclaration")
    }
    assert shapes == {
        ("single", "identifier"),
        ("multiple", "identifier"),
        ("multiple", "directedPair"),
        ("ordered", "identifier"),
        ("single", "float"),
        ("single", "string"),
    }


def answered(item: ItemBase, question: Question, response: dict[str, Any]) -> Any:
    """A response of okrlab as QTI's."""
    match response:
        case {"option": n}:
            return [f"A{n + 1}"]
        case {"options": ticked}:
            return [f"A{n + 1}" for n in ticked]
        case {"number": value}:
            return float(value)
        case {"order": steps}:
            right = [s.id for s in item.steps]  # type: ignore[attr-defined]
            return [f"S{right.index(step) + 1}" for step in steps]
        case {"placed": placed}:
            cards = [c.id for c in item.cards]  # type: ignore[attr-defined]
            buckets = [b.id for b in item.buckets]  # type: ignore[attr-defined]
            return [f"C{cards.index(c) + 1} B{buckets.index(b) + 1}" for c, b in placed.items()]
    raise AssertionError(response)


def test_every_item_scores_as_okrlab_marks(content: Library, whole: dict[str, ET.Element]) -> None:
    """Right answers, wrong ones, partly right ones; an order is right or wrong as a whole."""
    rng, tried = Random(3), 0
    for item in content.items.values():
        if isinstance(item, WriteItem):
            continue
        question = question_of(item, content.concept_of[item.id])
        root = whole[f"items/{identifier(item.id)}.xml"]
        responses = [right_answer(item), *(wrong_answer(item, (), rng) for _ in range(4))]
        for response in responses:
            outcome = mark(item, response)
            session = Session(root, answered(item, question, response))
            expected = outcome.mark
            if isinstance(item, OrderItem):
                expected = float(outcome.correct)
            assert session.score == pytest.approx(expected), item.id
            assert any("What would flip" in text for text in session.shown)
            tried += 1
    assert tried > 2000


def test_feedback_belongs_to_what_was_answered(content: Library) -> None:
    """Of the option that was chosen, and of no other."""
    question = Question(
        "a", "number", "A", "How much?", values=question_of_number(content).values, otherwise="No."
    )
    root = unpack(qti_package([question], "A"))["items/okrlab-a.xml"]
    for value in question.values:
        assert Session(root, value.value).shown == [value.feedback]
    assert Session(root, -12345.0).shown == ["No."]
    assert Session(root, -12345.0).score == 0


def question_of_number(content: Library) -> Question:
    """A question whose answer is a number, with known wrong ones."""
    found = (question_of(i, "") for i in content.items.values() if hasattr(i, "wrong_values"))
    return next(q for q in found if len(q.values) > 1)


def test_nothing_answered_scores_nothing(content: Library, whole: dict[str, ET.Element]) -> None:
    """Also where wrong ticks cost something."""
    for name, root in whole.items():
        if (
            name.startswith("items/")
            and root.find(f"{Q}responseDeclaration/{Q}mapping") is not None
        ):
            assert Session(root, []).score == 0


def test_decks_are_cut_into_what_fits_a_screen(content: Library) -> None:
    """All cards, each once, in parts of about the same size."""
    for name in content.names("decks"):
        deck = content.deck(name)
        parts = questions_of_deck(deck)
        assert [p.text.partition("\n")[0] for q in parts for p in q.pairs] == [
            card.text for card in deck.cards
        ]
        sizes = [len(q.pairs) for q in parts]
        assert max(sizes) <= 12
        assert max(sizes) - min(sizes) <= len(sizes)


@settings(max_examples=60, deadline=None)
@given(st.lists(questions(), min_size=1, max_size=3, unique_by=lambda q: q.id))
def test_any_text_is_shown_as_it_is(asked: list[Question]) -> None:
    """Markup in a text stays text; the package is the same every time."""
    raw = qti_package(asked, "Any")
    assert raw == qti_package(asked, "Any")
    files = unpack(raw)
    for question in asked:
        item = files[f"items/{identifier(question.id)}.xml"]
        check(item)
        body = item.find(f"{Q}itemBody")
        assert body is not None
        shown = "\n\n".join(
            "".join([p.text or "", *("\n" + (b.tail or "") for b in p.iterfind(f"{Q}br"))])
            for p in body.iterfind(f"{Q}p")
            if p.find(f"{Q}textEntryInteraction") is None
        )
        assert shown == question.shown
        texts = list(item.iter(f"{Q}simpleChoice"))
        assert ["".join([c.text or "", *("\n" + (b.tail or "") for b in c)]) for c in texts] == [
            *(a.text for a in question.answers),
            *question.steps,
        ]


def test_identifiers_stay_apart() -> None:
    """Two names never become one identifier."""
    names = ["a b", "a-b", "a/b", "指標", "指数", "1"]
    assert len({identifier(n) for n in names}) == len(names)
    assert all(re.fullmatch(r"[A-Za-z][\w.-]*", identifier(n), re.ASCII) for n in names)
