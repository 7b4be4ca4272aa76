"""QTI 2.1: a package with one item for each question, and a test that holds them all.

Scores are as okrlab marks: for several right options (right − wrong) / number of right ones, never
below 0; for a match the share of cards that stand right. An order is right or wrong as a whole; a
written line is marked by a person.
"""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from xml.etree import ElementTree as ET

from okrlab.interop.exchange._text import clean, one_line, plain_number
from okrlab.interop.exchange.questions import Question

ITEM = "http://www.imsglobal.org/xsd/imsqti_v2p1"
PACKAGE = "http://www.imsglobal.org/xsd/imscp_v1p1"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_AT = "http://www.imsglobal.org/xsd"
_SCHEMAS = {
    ITEM: f"{ITEM} {_AT}/qti/qtiv2p1/imsqti_v2p1.xsd",
    PACKAGE: f"{PACKAGE} {_AT}/qti/qtiv2p1/qtiv2p1_imscpv1p2_v1p0.xsd",
}
MANIFEST = "imsmanifest.xml"
TEST = "test.xml"
_BEGINNING = (1980, 1, 1, 0, 0, 0)
"""Every file of the package carries this date, so that the same questions make the same package."""

Shape = tuple[str, str]
SHAPES: dict[str, Shape] = {
    "choice": ("single", "identifier"),
    "choices": ("multiple", "identifier"),
    "match": ("multiple", "directedPair"),
    "order": ("ordered", "identifier"),
    "number": ("single", "float"),
    "write": ("single", "string"),
}
"""Cardinality and base type of the response."""

INTERACTIONS = {
    "choice": "choiceInteraction",
    "choices": "choiceInteraction",
    "match": "matchInteraction",
    "order": "orderInteraction",
    "number": "textEntryInteraction",
    "write": "extendedTextInteraction",
}


def qti_package(questions: Sequence[Question], title: str) -> bytes:
    """Questions as a zipped QTI 2.1 package.

    Args:
        questions: at least one, each id once.
        title: of the test.
    """
    files = {f"items/{identifier(q.id)}.xml": _written(_item(q)) for q in questions}
    files[TEST] = _written(_test(list(zip(questions, files, strict=True)), title))
    manifest = _written(_manifest(questions, list(files)))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, raw in {MANIFEST: manifest, **files}.items():
            package.writestr(zipfile.ZipInfo(name, _BEGINNING), raw, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def identifier(name: str) -> str:
    """A name as an identifier of QTI, which begins with a letter and holds no blank."""
    plain = re.sub(r"[^A-Za-z0-9._-]", "-", name)
    if plain != name:  # two names may not become one
        plain += "-" + hashlib.sha256(name.encode(errors="replace")).hexdigest()[:8]
    return f"okrlab-{plain}"


def _written(root: ET.Element) -> bytes:
    body: bytes = ET.tostring(root, "utf-8")
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + body + b"\n"


def _root(name: str, space: str, **attributes: str) -> ET.Element:
    head = {"xmlns": space, "xmlns:xsi": _XSI, "xsi:schemaLocation": _SCHEMAS[space]}
    return ET.Element(name, head | attributes)


def _add(parent: ET.Element, name: str, text: str = "", **attributes: str) -> ET.Element:
    element = ET.SubElement(parent, name, attributes)
    if text:
        element.text = text
    return element


# -- one item ------------------------------------------------------------------------------------


def _item(question: Question) -> ET.Element:
    root = _root(
        "assessmentItem",
        ITEM,
        identifier=identifier(question.id),
        title=one_line(question.title),
        adaptive="false",
        timeDependent="false",
    )
    _declarations(root, question)
    body = _add(root, "itemBody")
    _paragraphs(body, question.shown)
    _interaction(body, question)
    _processing(root, question)
    _modals(root, question)
    return root


def _declarations(root: ET.Element, question: Question) -> None:
    cardinality, base = SHAPES[question.kind]
    response = _add(
        root, "responseDeclaration", identifier="RESPONSE", cardinality=cardinality, baseType=base
    )
    right = _right(question)
    if right:
        correct = _add(response, "correctResponse")
        for value in right:
            _add(correct, "value", value)
    credit = _credit(question)
    if credit:
        mapping = _add(response, "mapping", lowerBound="0", upperBound="1", defaultValue="0")
        for key, share in credit.items():
            _add(mapping, "mapEntry", mapKey=key, mappedValue=plain_number(share))
    score = _add(
        root, "outcomeDeclaration", identifier="SCORE", cardinality="single", baseType="float"
    )
    _add(_add(score, "defaultValue"), "value", "0")
    for name, cardinality in (("FEEDBACK", "multiple"), ("EXPLAINED", "single")):
        _add(
            root,
            "outcomeDeclaration",
            identifier=name,
            cardinality=cardinality,
            baseType="identifier",
        )


def _right(question: Question) -> list[str]:
    match question.kind:
        case "choice" | "choices":
            return [f"A{n}" for n, a in enumerate(question.answers, 1) if a.right]
        case "match":
            return [f"C{n} {_bucket(question, p.target)}" for n, p in enumerate(question.pairs, 1)]
        case "order":
            return [f"S{n}" for n in range(1, len(question.steps) + 1)]
        case "number":
            return [plain_number(question.values[0].value)]
    return []


def _credit(question: Question) -> dict[str, float]:
    if question.kind == "choices":
        share = 1 / max(1, sum(a.right for a in question.answers))
        return {f"A{n}": share if a.right else -share for n, a in enumerate(question.answers, 1)}
    if question.kind == "match":
        return dict.fromkeys(_right(question), 1 / len(question.pairs))
    return {}


def _bucket(question: Question, target: str) -> str:
    return f"B{question.targets.index(target) + 1}"


def _interaction(body: ET.Element, question: Question) -> None:
    name = INTERACTIONS[question.kind]
    shown = {"responseIdentifier": "RESPONSE"}
    match question.kind:
        case "choice" | "choices":
            most = "1" if question.kind == "choice" else "0"
            here = _add(body, name, **shown, shuffle="true", maxChoices=most)
            for number, answer in enumerate(question.answers, 1):
                _lines(_add(here, "simpleChoice", identifier=f"A{number}"), answer.text)
        case "match":
            count = str(len(question.pairs))
            here = _add(body, name, **shown, shuffle="true", maxAssociations=count)
            _choices(here, "C", [p.text for p in question.pairs], "1")
            _choices(here, "B", list(question.targets), count)
        case "order":
            here = _add(body, name, **shown, shuffle="true")
            for number, step in enumerate(question.steps, 1):
                _lines(_add(here, "simpleChoice", identifier=f"S{number}"), step)
        case "number":
            _add(_add(body, "p"), name, **shown, expectedLength="12")
        case "write":
            _add(body, name, **shown, expectedLines="3", expectedLength="240")


def _choices(here: ET.Element, letter: str, texts: list[str], most: str) -> None:
    side = _add(here, "simpleMatchSet")
    for number, text in enumerate(texts, 1):
        _lines(
            _add(side, "simpleAssociableChoice", identifier=f"{letter}{number}", matchMax=most),
            text,
        )


def _processing(root: ET.Element, question: Question) -> None:
    if question.kind == "write":
        return
    here = _add(root, "responseProcessing")
    if question.kind in ("choices", "match"):
        answered = _add(here, "responseCondition")
        empty = _add(answered, "responseIf")
        _add(_add(empty, "isNull"), "variable", identifier="RESPONSE")
        _set(empty, "SCORE", "float", "0")
        given = _add(answered, "responseElse")
        score = _add(given, "setOutcomeValue", identifier="SCORE")
        _add(score, "mapResponse", identifier="RESPONSE")
    elif question.kind == "number":
        _numbers(here, question)
    else:
        right = _add(_add(here, "responseCondition"), "responseIf")
        match = _add(right, "match")
        _add(match, "variable", identifier="RESPONSE")
        _add(match, "correct", identifier="RESPONSE")
        _set(right, "SCORE", "float", "1")
    if question.kind in ("choice", "choices"):
        told = _add(here, "setOutcomeValue", identifier="FEEDBACK")
        told = _add(told, "multiple") if question.kind == "choice" else told
        _add(told, "variable", identifier="RESPONSE")
    if question.why:
        _set(here, "EXPLAINED", "identifier", "WHY")


def _numbers(here: ET.Element, question: Question) -> None:
    """The first value that is near enough decides; each may have its own feedback."""
    condition = _add(here, "responseCondition")
    for number, value in enumerate(question.values, 1):
        branch = _add(condition, "responseIf" if number == 1 else "responseElseIf")
        tolerance = plain_number(value.tolerance)
        equal = _add(
            branch, "equal", toleranceMode="absolute", tolerance=f"{tolerance} {tolerance}"
        )
        _add(equal, "variable", identifier="RESPONSE")
        _add(equal, "baseValue", plain_number(value.value), baseType="float")
        if value.right:
            _set(branch, "SCORE", "float", "1")
        _several(branch, f"A{number}")
    _several(_add(condition, "responseElse"), "OTHER")


def _several(branch: ET.Element, name: str) -> None:
    told = _add(_add(branch, "setOutcomeValue", identifier="FEEDBACK"), "multiple")
    _add(told, "baseValue", name, baseType="identifier")


def _set(branch: ET.Element, name: str, base: str, value: str) -> None:
    outcome = _add(branch, "setOutcomeValue", identifier=name)
    _add(outcome, "baseValue", value, baseType=base)


def _modals(root: ET.Element, question: Question) -> None:
    said = [(f"A{n}", a.feedback) for n, a in enumerate(question.answers, 1)]
    said += [(f"A{n}", v.feedback) for n, v in enumerate(question.values, 1)]
    said += [("OTHER", question.otherwise)]
    if question.kind != "write":
        shown = [("FEEDBACK", name, text) for name, text in said]
        for outcome, name, text in [*shown, ("EXPLAINED", "WHY", question.why)]:
            if text:
                modal = _add(
                    root,
                    "modalFeedback",
                    outcomeIdentifier=outcome,
                    showHide="show",
                    identifier=name,
                )
                _paragraphs(modal, text)


def _paragraphs(here: ET.Element, text: str) -> None:
    for paragraph in re.split(r"\n{2,}", clean(text).strip()):
        _lines(_add(here, "p"), paragraph)


def _lines(here: ET.Element, text: str) -> None:
    """Text with its line ends as breaks."""
    first, *others = clean(text).split("\n")
    here.text = first
    for line in others:
        _add(here, "br").tail = line


# -- the package ---------------------------------------------------------------------------------


def _test(items: Sequence[tuple[Question, str]], title: str) -> ET.Element:
    root = _root("assessmentTest", ITEM, identifier="okrlab-test", title=one_line(title))
    part = _add(
        root,
        "testPart",
        identifier="part-1",
        navigationMode="nonlinear",
        submissionMode="individual",
    )
    section = _add(
        part, "assessmentSection", identifier="section-1", title=one_line(title), visible="true"
    )
    for question, href in items:
        _add(section, "assessmentItemRef", identifier=identifier(question.id), href=href)
    return root


def _manifest(questions: Sequence[Question], hrefs: Iterable[str]) -> ET.Element:
    root = _root("manifest", PACKAGE, identifier="okrlab-manifest")
    meta = _add(root, "metadata")
    _add(meta, "schema", "QTIv2.1 Package")
    _add(meta, "schemaversion", "1.0.0")
    _add(root, "organizations")
    resources = _add(root, "resources")
    names = [identifier(question.id) for question in questions]
    kinds = ["imsqti_item_xmlv2p1"] * len(names) + ["imsqti_test_xmlv2p1"]
    for name, kind, href in zip([*names, "okrlab-test-file"], kinds, hrefs, strict=True):
        resource = _add(resources, "resource", identifier=name, type=kind, href=href)
        _add(resource, "file", href=href)
        if kind.startswith("imsqti_test"):
            for needed in names:
                _add(resource, "dependency", identifierref=needed)
    return root
