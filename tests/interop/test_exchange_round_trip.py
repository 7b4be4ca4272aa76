"""Out and back: each format loses what docs/interop.md says, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from okrlab.content import Library
from okrlab.content._yaml import parse
from okrlab.interop.exchange._read import Imported
from okrlab.interop.exchange.bank_file import bank_file
from okrlab.interop.exchange.gift import gift
from okrlab.interop.exchange.gift_read import read_gift
from okrlab.interop.exchange.jupyterquiz import jupyterquiz, read_jupyterquiz
from okrlab.interop.exchange.moodle import moodle_xml
from okrlab.interop.exchange.moodle_read import read_moodle
from okrlab.interop.exchange.questions import Pair, Question, explained, one_by_one, question_of
from okrlab.interop.exchange.table import question_table, read_question_table
from tests.interop.exchange_strategies import questions, tidy

Read = Callable[[Path], Imported]

there = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def back(read: Read, folder: Path, text: str) -> list[Question]:
    """What is read from a file with this text, all of it."""
    path = folder / "file"
    path.write_text(text, encoding="utf-8", newline="")
    found = read(path)
    assert found.notes == ()
    return [replace(question, line=0) for question in found.questions]


def without_names(question: Question) -> Question:
    """Without the misconception of each answer."""
    return replace(
        question,
        answers=tuple(replace(a, misconception="") for a in question.answers),
        values=tuple(replace(v, misconception="") for v in question.values),
    )


def common(question: Question) -> Question:
    """What GIFT and Moodle XML keep alike: the unit is text, reasons of cards are one text."""
    explanation, flip = explained(tidy(question.why))
    if question.kind == "number" and not explanation:
        explanation = question.values[0].feedback
    return replace(
        without_names(question),
        text=tidy(question.shown),
        unit="",
        explanation=explanation,
        flip=flip,
        pairs=tuple(Pair(p.text, p.target) for p in question.pairs),
        targets=tuple(dict.fromkeys(p.target for p in question.pairs)),
    )


@there
@given(st.lists(questions(), min_size=1, max_size=3))
def test_gift(tmp_path: Path, asked: list[Question]) -> None:
    """GIFT loses hints as well."""
    expected = [replace(common(q), hint="") for q in asked]
    assert back(read_gift, tmp_path, gift(asked)) == expected


@there
@given(st.lists(questions(), min_size=1, max_size=3))
def test_moodle_xml(tmp_path: Path, asked: list[Question]) -> None:
    """Moodle XML keeps the most of the formats for learning systems."""
    assert back(read_moodle, tmp_path, moodle_xml(asked)) == [common(q) for q in asked]


@there
@given(st.lists(questions(), min_size=1, max_size=3))
def test_jupyterquiz(tmp_path: Path, asked: list[Question]) -> None:
    """Jupyterquiz keeps question, answers and feedback; a match is one choice for each card."""
    single = [one for q in asked for one in one_by_one(q) if one.kind != "order"]
    text, left = jupyterquiz(asked)
    assert left == sum(q.kind == "order" for q in asked)
    if single:
        found = back(read_jupyterquiz, tmp_path, text)
        assert [bare(q) for q in found] == [bare(q) for q in single]


def bare(question: Question) -> Question:
    """Question, answers and feedback."""
    values = tuple(replace(v, misconception="") for v in question.values)
    otherwise = question.otherwise or ("Not this number." if values else "")
    return Question(
        id=question.id,
        kind=question.kind,
        title="",
        text=tidy(question.shown),
        answers=without_names(question).answers,
        values=values,
        otherwise=otherwise,
    )


@there
@given(st.lists(questions(), min_size=1, max_size=3))
def test_the_table(tmp_path: Path, asked: list[Question]) -> None:
    """The table keeps everything but titles; a number's right value is explained once."""
    single = [one for q in asked for one in one_by_one(q)]
    text, left = question_table(asked)
    assert left == 0
    found = back(read_question_table, tmp_path, text)
    assert [rowed(q) for q in found] == [rowed(q) for q in single]


def rowed(question: Question) -> Question:
    """What a row holds."""
    first, *rest = question.values or (None,)
    values = (replace(first, feedback=""), *rest) if first else ()
    return replace(question, title="", misconceptions=(), values=values)


# -- the real bank -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def bank() -> list[Question]:
    """Every item of the shipped bank."""
    content = Library()
    return [question_of(item, content.concept_of[item.id]) for item in content.items.values()]


@pytest.mark.parametrize(
    ("written", "read", "lost"),
    [
        (gift, read_gift, {"write"}),
        (moodle_xml, read_moodle, {"write"}),
        (lambda qs: jupyterquiz(qs)[0], read_jupyterquiz, {"write", "order", "match"}),
        (lambda qs: question_table(qs)[0], read_question_table, {"write", "match"}),
    ],
    ids=["gift", "moodle", "jupyterquiz", "csv"],
)
def test_every_item_of_the_bank_comes_back(
    tmp_path: Path,
    bank: list[Question],
    written: Callable[[Sequence[Question]], str],
    read: Read,
    lost: set[str],
) -> None:
    """As the same kind, with its text, options, key and numbers, as a bank file as well."""
    asked = [q for q in bank if q.kind not in lost]
    found = back(read, tmp_path, written(asked))
    data: Any = parse(bank_file(found, "kpi-definition", "a file").text).data
    assert len(asked) == len(found) == len(data["items"]) > 300
    for question, came, item in zip(asked, found, data["items"], strict=True):
        assert item["id"] == came.id == question.id
        assert came.kind == question.kind
        assert item["type"] == {"match": "classify"}.get(came.kind, came.kind)
        assert item["stem"] in (question.text, question.shown)
        assert [key(option) for option in item.get("options", ())] == [
            {"text": a.text, "correct": a.right, "feedback": a.feedback} for a in question.answers
        ]
        assert [step["text"] for step in item.get("steps", ())] == list(question.steps)
        if came.kind == "match":
            labels = {bucket["id"]: bucket["label"] for bucket in item["buckets"]}
            placed = [labels[card["bucket"]] for card in item["cards"]]
            assert placed == [pair.target for pair in question.pairs]
        if came.kind == "number":
            right, *wrong = question.values
            assert item["answer"] == pytest.approx(right.value)
            assert item["tolerance"] == pytest.approx(right.tolerance)
            assert [w["value"] for w in item["wrong_values"]] == [
                pytest.approx(w.value) for w in wrong
            ]


def key(option: dict[str, Any]) -> dict[str, Any]:
    """An option of a bank file, without its misconception."""
    return {
        "text": option["text"],
        "correct": option.get("correct", False),
        "feedback": option["feedback"],
    }
