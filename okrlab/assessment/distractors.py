"""Wrong answers by name: which an item foresees, and which of them an attempt gave."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from okrlab.assessment.attempt import Attempt
from okrlab.assessment.numbers import show_number
from okrlab.content import (
    ChoiceItem,
    ChoicesItem,
    ClassifyItem,
    ItemBase,
    NumberItem,
    OrderItem,
    RewriteItem,
    RoleInContextItem,
    WriteItem,
)


@dataclass(frozen=True)
class Answer:
    """A wrong answer, or the wrong part of one.

    Attributes:
        text: the answer, as it can be shown.
        misconception: what it reveals, None when nobody foresaw it.
    """

    text: str
    misconception: str | None = None


def distractors(item: ItemBase) -> list[Answer]:
    """The wrong answers that an item foresees: options, misplaced cards, numbers, slips."""
    match item:
        case ChoiceItem() | RewriteItem() | ChoicesItem():
            return [Answer(o.text, o.misconception) for o in item.options if not o.correct]
        case ClassifyItem() | RoleInContextItem():
            return [
                Answer(f"{card.text} → {_bucket(item, wrong.bucket)}", wrong.misconception)
                for card in item.cards
                for wrong in card.wrong
            ]
        case NumberItem():
            return [
                Answer(show_number(w.value, item.unit), w.misconception) for w in item.wrong_values
            ]
        case OrderItem():
            steps = {step.id: step.text for step in item.steps}
            return [
                Answer(f"{steps[p.then]}, before: {steps[p.first]}", p.misconception)
                for p in item.wrong_pairs
            ]
        case WriteItem():
            first = {slip.misconception: slip.text for slip in reversed(item.slips)}
            return [Answer(f"like: {text}", name) for name, text in first.items()]
    return []


def answers_to(item: ItemBase, attempt: Attempt) -> list[Answer]:
    """The wrong answers that an attempt gave; empty for a right one, or for one out of shape.

    What a learner has written is never quoted: it is counted under the misconception it showed.
    """
    response = attempt.response
    if attempt.correct:
        return []
    match item:
        case ChoiceItem() | RewriteItem() | ChoicesItem():
            return _chosen(item, response.get("options", [response.get("option")]))
        case ClassifyItem() | RoleInContextItem():
            return _placed(item, response.get("placed"))
        case NumberItem():
            return _number(item, response.get("number"))
        case OrderItem():
            return _order(item, response.get("order"))
    seen = [a for a in distractors(item) if a.misconception in attempt.misconceptions]
    return seen or [Answer("Another line")]


def _chosen(item: ChoiceItem | RewriteItem | ChoicesItem, indices: Any) -> list[Answer]:
    found = []
    for index in indices if isinstance(indices, list | tuple) else ():
        usable = isinstance(index, int) and not isinstance(index, bool)
        if usable and 0 <= index < len(item.options) and not item.options[index].correct:
            option = item.options[index]
            found.append(Answer(option.text, option.misconception))
    if not found and isinstance(item, ChoicesItem):
        return [Answer("Right ones left out")]
    return found


def _placed(item: ClassifyItem | RoleInContextItem, placed: Any) -> list[Answer]:
    if not isinstance(placed, dict):
        return []
    texts = {
        f"{card.text} → {_bucket(item, placed[card.id])}"
        for card in item.cards
        if isinstance(placed.get(card.id), str) and placed[card.id] != card.bucket
    }
    return [answer for answer in distractors(item) if answer.text in texts]


def _number(item: NumberItem, value: Any) -> list[Answer]:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return []
    near = [w for w in item.wrong_values if abs(value - w.value) <= item.tolerance + 1e-9]
    nearest = min(near, key=lambda w: abs(w.value - value), default=None)
    if nearest is None:
        return [Answer("Another number")]
    return [Answer(show_number(nearest.value, item.unit), nearest.misconception)]


def _order(item: OrderItem, order: Any) -> list[Answer]:
    names = [step.id for step in item.steps]
    strings = isinstance(order, list) and all(isinstance(name, str) for name in order)
    if not strings or sorted(order) != sorted(names):
        return []
    pairs = zip(item.wrong_pairs, distractors(item), strict=True)
    broken = [a for p, a in pairs if order.index(p.first) > order.index(p.then)]
    return broken or [Answer("Another order")]


def _bucket(item: ClassifyItem | RoleInContextItem, name: str) -> str:
    return next((b.label for b in item.buckets if b.id == name), name[:40])
