"""Texts that the analyser can't judge, and how sure it says it is of the others."""

from __future__ import annotations

import pytest

from okrlab.analyser import KINDS, analyse
from okrlab.analyser._questions import CLEAR

OTHER_SCRIPTS = [
    "到第三季度末将客户流失率从 3% 降到 2%",
    "顧客満足度を30から40に上げる",
    "고객 이탈률을 3%에서 2%로 낮춘다",
    "خفض معدل فقدان العملاء من 3٪ إلى 2٪",
    "להפחית את הנטישה מ-3% ל-2%",
    "Снизить отток клиентов с 3 % до 2 %",
    "Μείωση της απώλειας πελατών από 3 % σε 2 %",
    "ग्राहक संतुष्टि 30 से 40 तक बढ़ाएँ",
    "ลดอัตราการเลิกใช้จาก 3% เป็น 2%",
]
ENGLISH = [
    "Cut churn from 3.1 to 1.9 % by 30 September",
    "NPS 40",
    "Maintain",
    "Deliver quality",
    "café visits up 20 %",
    "Naïve façade coöperation in Zürich from 3 to 5",
    "🚀 Launch the app 🚀",
    "at least 95 % of orders",
    "x",
]


@pytest.mark.parametrize("text", OTHER_SCRIPTS)
def test_other_scripts_are_not_judged(text: str) -> None:
    """It says that it reads English only, and gives no kind, advice or confidence."""
    read = analyse(text)
    assert read.kind is None
    assert not read.judged
    assert read.runner_up is None
    assert read.confidence == 0
    assert read.findings == ()
    assert read.question is not None
    assert "English only" in read.question
    assert str(read) == f"Not judged: {read.question}"


@pytest.mark.parametrize("text", ["", " ", "\n\t", "\u00a0\u2003"])
def test_an_empty_text(text: str) -> None:
    """There is nothing to read, which is no error of the writer."""
    read = analyse(text)
    assert read.kind is None
    assert read.question is not None
    assert "nothing to read yet" in read.question


@pytest.mark.parametrize(
    "text", ["123", "🚀🎉", "…!?", "42 %", "- - -", "\u200b\u200b", "\x00\x1b"]
)
def test_a_text_without_words(text: str) -> None:
    """Digits, signs and pictures are no statement."""
    read = analyse(text)
    assert read.kind is None
    assert read.question


@pytest.mark.parametrize("text", ENGLISH)
def test_latin_letters_are_judged(text: str) -> None:
    """Accents, emoji and short lines are no reason to give up."""
    assert analyse(text).kind in KINDS


def test_a_foreign_name_within_english() -> None:
    """A few letters of another script don't stop the reading."""
    read = analyse("Raise the share of orders from 北京 and Москва from 5 to 9 % by June")
    assert read.kind == "metric_kr"


@pytest.mark.parametrize("text", ENGLISH)
def test_the_confidence_is_a_probability(text: str) -> None:
    """The chances of all kinds make 1; the verdict has the highest, the runner-up the next."""
    read = analyse(text)
    chances = read.probabilities
    assert chances is not None
    assert set(chances) == set(KINDS)
    assert all(0 <= p <= 1 for p in chances.values())
    assert sum(chances.values()) == pytest.approx(1, abs=0.001)
    ranked = sorted(chances.values(), reverse=True)
    assert read.kind is not None
    assert read.runner_up is not None
    assert read.runner_up != read.kind
    assert read.confidence == chances[read.kind] == ranked[0]
    assert chances[read.runner_up] == ranked[1]


UNSURE = [
    "Deliver quality",
    "Maintain",
    "Less than 5 complaints",
    "Ensure safety",
    "Establish partnerships",
    "Improve onboarding",
    "At least 30 visits",
    "Customer happiness programme",
    "Support for schools",
    "Data",
    "Website",
    "Quality reviews",
]


def test_an_unsure_verdict_comes_with_a_question() -> None:
    """Where the text doesn't settle the kind, it asks what would."""
    read = [analyse(text) for text in UNSURE]
    unsure = [a for a in read if a.confidence < CLEAR]
    assert len(unsure) >= 2, [(a.text, str(a)) for a in read]
    for analysis in unsure:
        assert analysis.question is not None
        assert analysis.question.endswith((".", "?"))
        assert "?" in analysis.question


def test_a_clear_verdict_needs_no_question() -> None:
    """From where to where by when, beneath an objective: nothing is left to ask."""
    text = "Cut churn from 3.1 to 1.9 % by 30 September"
    assert analyse(text, objective="Customers stay").question is None


def test_context_settles_the_question() -> None:
    """A number to reach, alone, may be a KPI's target; an objective above it decides."""
    alone, beneath = analyse("Raise NPS to 40"), analyse("Raise NPS to 40", objective="Fans")
    assert alone.question is not None
    assert "watched" in alone.question
    assert beneath.question is None


def test_only_text_is_read() -> None:
    """Anything else is a mistake of the caller."""
    with pytest.raises(TypeError, match="A statement is a text, not int"):
        analyse(5)  # type: ignore[arg-type]
