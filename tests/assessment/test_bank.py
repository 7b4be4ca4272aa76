"""The shipped bank can be marked, dealt and sat."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

from okrlab.assessment import Attempt, activity, deal, mark
from okrlab.content import ItemBase, library
from tests.assessment.examples import attempt


def right_response(item: Any) -> dict[str, Any]:
    """The response that the key of an item asks for."""
    match item.type:
        case "choice" | "rewrite":
            return {"option": next(i for i, o in enumerate(item.options) if o.correct)}
        case "choices":
            return {"options": [i for i, o in enumerate(item.options) if o.correct]}
        case "number":
            return {"number": item.answer}
        case "order":
            return {"order": [step.id for step in item.steps]}
        case "write":
            return {"text": item.examples[0].text}
    return {"placed": {card.id: card.bucket for card in item.cards}}


def wrong_responses(item: Any) -> list[tuple[dict[str, Any], str]]:
    """Each wrong response that the item knows, with the misconception that it reveals."""
    match item.type:
        case "choice" | "rewrite":
            return [
                ({"option": i}, o.misconception)
                for i, o in enumerate(item.options)
                if not o.correct
            ]
        case "choices":
            return [
                ({"options": [i]}, o.misconception)
                for i, o in enumerate(item.options)
                if not o.correct
            ]
        case "number":
            return [({"number": w.value}, w.misconception) for w in item.wrong_values]
        case "order":
            backwards = [step.id for step in reversed(item.steps)]
            return [({"order": backwards}, pair.misconception) for pair in item.wrong_pairs]
        case "write":
            return [({"text": slip.text}, slip.misconception) for slip in item.slips]
    placed = {card.id: card.bucket for card in item.cards}
    return [
        ({"placed": placed | {card.id: wrong.bucket}}, wrong.misconception)
        for card in item.cards
        for wrong in card.wrong
    ]


def test_every_key_earns_full_marks_and_every_known_mistake_its_misconception() -> None:
    """Item by item; all that fail are named."""
    failing = []
    for item in library().items.values():
        if mark(item, right_response(item)).mark != 1:
            failing.append(f"{item.id}: the key does not earn full marks")
        for response, misconception in wrong_responses(item):
            outcome = mark(item, response)
            if outcome.correct or misconception not in outcome.misconceptions:
                failing.append(f"{item.id}: {response} does not reveal {misconception}")
    assert failing == []


@pytest.mark.parametrize("name", library().names("quizzes"))
def test_every_quiz_can_be_sat_and_retaken_with_parallel_items(name: str) -> None:
    """Full length both times; after all wrong, a drawn quiz deals none of the same items."""
    content = library()
    quiz = content.quiz(name)
    for seed in range(5):
        first = deal(quiz, content, [], Random(seed))
        assert len(first) == quiz.length
        again = deal(quiz, content, all_wrong(first, activity(quiz)), Random(seed))
        assert len(again) == quiz.length
        if quiz.draw:
            assert not set(first) & set(again)
            assert groups(content.items, first) == groups(content.items, again)


def held_out(kind: str) -> list[str]:
    """The items that the shipped quizzes of this kind list."""
    content = library()
    quizzes = [content.quiz(name) for name in content.names("quizzes")]
    return [item for quiz in quizzes if quiz.kind == kind for item in quiz.items]


def test_what_is_held_out_is_asked_by_pretest_and_final_test_and_nowhere_else() -> None:
    """Each of them once; no quiz to practise with can deal one, whatever has gone before."""
    content = library()
    aside = [item.id for item in content.items.values() if item.held_out]
    assert sorted(aside) == sorted(held_out("pretest") + held_out("final"))
    practice = [
        quiz for name in content.names("quizzes") if (quiz := content.quiz(name)).kind == "practice"
    ]
    assert len(practice) >= 9
    for quiz in practice:
        assert not set(quiz.items) & set(aside)
        assert not any(draw.takes(content.item(name)) for draw in quiz.draw for name in aside)


def test_the_final_test_covers_every_concept_and_matches_the_pretest() -> None:
    """A sister for each item of the pretest: same concept, group, type, difficulty; another case.

    Without that, the gain from one to the other would mean nothing.
    """
    content = library()
    final = held_out("final")
    assert len(final) == 40
    assert {content.concept_of[name] for name in final} == set(content.concepts)

    def form(name: str) -> tuple[object, ...]:
        item: Any = content.item(name)
        what = (item.type, item.parallel_group, item.difficulty_prior, item.bloom)
        return content.concept_of[name], *what

    forms = [form(name) for name in final]
    assert [forms.count(form(name)) for name in held_out("pretest")] == [1] * 12
    cases = {content.item(name).context for name in held_out("pretest") + final}
    assert len(cases) >= 50  # the lab is the only place that comes twice


def all_wrong(dealt: list[str], where: str) -> list[Attempt]:
    """A sitting in which nothing was right."""
    return [attempt(i, item=name, mark=0.0, activity=where) for i, name in enumerate(dealt)]


def groups(items: Any, dealt: list[str]) -> list[str]:
    """The parallel groups of the dealt items, sorted."""
    found: list[ItemBase] = [items[name] for name in dealt]
    return sorted(item.parallel_group for item in found)
