"""The items of the shipped bank that ask for a line: their examples and slips under the marking."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from okrlab.assessment import mark
from okrlab.content import WriteItem, library

ITEMS = [item for item in library().items.values() if isinstance(item, WriteItem)]
GUARDED = [item for item in ITEMS if item.asks == "health_metric"]


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.id)
def test_every_example_earns_full_marks(item: WriteItem) -> None:
    """Not the first only: each way of saying it that the item shows is accepted."""
    for example in item.examples:
        outcome = mark(item, {"text": example.text})
        unmet = [(p.part, p.feedback.cue) for p in outcome.parts if not p.correct]
        assert unmet == [], example.text
        assert outcome.mark == 1


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.id)
def test_every_slip_is_recognised(item: WriteItem) -> None:
    """It is not right, and its feedback and misconception reach the learner who makes it."""
    for slip in item.slips:
        outcome = mark(item, {"text": slip.text})
        told = {p.feedback.tempts for p in outcome.parts if not p.correct}
        assert not outcome.correct, slip.text
        assert slip.feedback in told, slip.text
        assert slip.misconception in outcome.misconceptions, slip.text


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.id)
def test_spelling_of_numbers_and_dates_costs_nothing(item: WriteItem) -> None:
    """Capitals, a closing full stop, a space before the percent sign, another form of the date."""
    text = item.examples[0].text
    day = item.deadline
    forms = [text.upper(), f"{text}.", f"- {text}", re.sub(r"(\d)%", r"\1 %", text)]
    forms.append(re.sub(r"(\d+)%", r"\1 per cent", text))
    if day:
        said = f"{day.day} {day:%B} {day.year}"
        forms += [text.replace(said, day.isoformat()), text.replace(said, f"{day:%d/%m/%Y}")]
        forms.append(text.replace(said, f"{day:%B} {day.day}, {day.year}"))
    for form in forms:
        outcome = mark(item, {"text": form})
        assert outcome.mark == 1, (form, [p.feedback.cue for p in outcome.parts if not p.correct])


@pytest.mark.parametrize("item", GUARDED, ids=lambda item: item.id)
def test_the_value_of_today_beside_a_limit_costs_nothing(item: WriteItem) -> None:
    """As a good line often has it; without a limit, or with a value to reach, it doesn't help."""
    line = item.examples[0].text
    for beside in ("(today 3%)", "(currently 3%)", "(now at 3%), checked each week"):
        assert mark(item, {"text": f"{line} {beside}"}).correct, beside
    subject = f"{item.about[0].capitalize()} {' '.join(item.about[1:])}"
    assert not mark(item, {"text": f"{subject} (today {item.threshold:g})"}).correct
    assert not mark(item, {"text": f"Raise {subject} to 97 by 30 June (today 94)"}).correct


def test_the_limit_behind_a_colon_is_read_with_the_value_of_today() -> None:
    """What a blind reader wrote, and what the analyser took for a figure in a report."""
    item = library().items["threshold-write-attendance"]
    line = "Students who pass the anatomy test: at least 90% (today 94%), checked after every test"
    assert mark(item, {"text": line}).correct
    assert mark(item, {"text": line.replace(" (today 94%)", ", today 94%")}).correct
    assert not mark(item, {"text": line.replace("at least 90%", "a matter of honour")}).correct
    item = library().items["guardrail-write-reviews"]
    line = "Guardrail: refusals upheld by the court on appeal, not below 85% (88% today)"
    assert mark(item, {"text": line}).correct
    assert not mark(item, {"text": line.replace("85%", "80%")}).correct
    assert not mark(item, {"text": "Refusals upheld on appeal (85% today)"}).correct


def test_there_are_enough_of_them_and_of_every_kind() -> None:
    """In several concepts, industries and countries; nothing asked for by one item only."""
    concepts = Counter(library().concept_of[item.id] for item in ITEMS)
    assert len(ITEMS) >= 14
    assert set(concepts) >= {"metric-kr", "milestone-kr", "baseline-kr", "okr-set", "kr-question"}
    asked = Counter(item.asks for item in ITEMS)
    assert set(asked) == {"metric_kr", "milestone_kr", "baseline_kr", "health_metric", "objective"}
    assert min(asked.values()) >= 2
    assert len({item.context.industry for item in ITEMS}) >= 8
    assert len({item.context.country for item in ITEMS}) == len(ITEMS)


def test_some_quizzes_ask_for_a_line_or_two() -> None:
    """And no quiz deals one that it didn't ask for."""
    wanted = {
        name: [d.concept for d in library().quiz(name).draw if d.type == "write"]
        for name in library().names("quizzes")
    }
    assert {name: concepts for name, concepts in wanted.items() if concepts} == {
        "key-result-craft": ["metric-kr", "milestone-kr"],
        "outputs-to-impact": ["logic-model"],
        "leading-and-lagging": ["leading-lagging"],
        "pressure": ["goodhart-guardrail"],
    }
