"""Answers that a made-up learner gives: the right one, or a wrong one that shows what is held."""

from __future__ import annotations

from collections.abc import Collection
from random import Random

from okrlab.assessment.outcome import Response
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


def right_answer(item: ItemBase) -> Response:
    """A response that is fully right."""
    match item:
        case ChoiceItem() | RewriteItem():
            return {"option": next(i for i, o in enumerate(item.options) if o.correct)}
        case ChoicesItem():
            return {"options": [i for i, o in enumerate(item.options) if o.correct]}
        case ClassifyItem() | RoleInContextItem():
            return {"placed": {card.id: card.bucket for card in item.cards}}
        case NumberItem():
            return {"number": item.answer}
        case OrderItem():
            return {"order": [step.id for step in item.steps]}
        case WriteItem():
            return {"text": item.examples[0].text}
    raise TypeError(f"items of type {type(item).__name__} cannot be answered")


def wrong_answer(item: ItemBase, held: Collection[str], rng: Random) -> Response:
    """A response that is wrong, by a misconception that is held where the item has one."""
    match item:
        case ChoiceItem() | RewriteItem():
            return {"option": _wrong_option(item, held, rng)}
        case ChoicesItem():
            return {"options": _wrong_ticks(item, held, rng)}
        case ClassifyItem() | RoleInContextItem():
            return {"placed": _misplaced(item, held, rng)}
        case NumberItem():
            values = [w for w in item.wrong_values if w.misconception in held]
            return {"number": rng.choice(values or item.wrong_values).value}
        case OrderItem():
            return {"order": _disordered(item, held, rng)}
        case WriteItem():
            slips = [s for s in item.slips if s.misconception in held]
            return {"text": rng.choice(slips or item.slips).text}
    raise TypeError(f"items of type {type(item).__name__} cannot be answered")


def _wrong_option(
    item: ChoiceItem | RewriteItem | ChoicesItem, held: Collection[str], rng: Random
) -> int:
    wrong = [i for i, o in enumerate(item.options) if not o.correct]
    return rng.choice([i for i in wrong if item.options[i].misconception in held] or wrong)


def _wrong_ticks(item: ChoicesItem, held: Collection[str], rng: Random) -> list[int]:
    right = [i for i, o in enumerate(item.options) if o.correct]
    if len(right) == len(item.options):
        return right[1:]
    return sorted([*right[: rng.randrange(len(right) + 1)], _wrong_option(item, held, rng)])


def _misplaced(
    item: ClassifyItem | RoleInContextItem, held: Collection[str], rng: Random
) -> dict[str, str]:
    placed = {card.id: card.bucket for card in item.cards}
    moves = [(c.id, w.bucket, w.misconception) for c in item.cards for w in c.wrong]
    likely = [move for move in moves if move[2] in held] or moves
    for card, bucket, _ in rng.sample(likely, min(len(likely), rng.choice((1, 2, 2, 3)))):
        placed[card] = bucket
    return placed


def _disordered(item: OrderItem, held: Collection[str], rng: Random) -> list[str]:
    order = [step.id for step in item.steps]
    pairs = [p for p in item.wrong_pairs if p.misconception in held] or item.wrong_pairs
    pair = rng.choice(pairs)
    order.remove(pair.first)
    order.insert(order.index(pair.then) + 1, pair.first)
    return order
