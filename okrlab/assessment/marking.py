"""Marking: an item and a response give an outcome.

Partial credit, by type:

- choice, rewrite, number: everything or nothing.
- choices: (right ticks − wrong ticks) / number of right options, never below 0, so that ticking
  everything earns nothing. Correct only when exactly the right options are ticked.
- classify, role_in_context: the share of cards that stand where they belong.
- order: the share of all pairs of steps that stand in the right order.
- write: the share of what was asked for that can be read in the line, see `write`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from itertools import combinations
from typing import Any

from okrlab.assessment.cards import mark_cards
from okrlab.assessment.numbers import MAX_SIZE, show_number
from okrlab.assessment.outcome import Feedback, Outcome, PartOutcome, Response
from okrlab.assessment.write import mark_written
from okrlab.content import (
    ChoiceItem,
    ChoicesItem,
    ClassifyItem,
    ItemBase,
    NumberItem,
    Option,
    OrderItem,
    RewriteItem,
    RoleInContextItem,
    WriteItem,
)
from okrlab.errors import AnswerError

HINT = "hint"
"""A stored response may say that the hint was opened; that costs nothing."""

ROUNDING = 1e-9
"""Relative slack beside an item's tolerance, because 0.1 + 0.2 is not quite 0.3 in a computer."""


def mark(item: ItemBase, response: Response) -> Outcome:
    """Mark a response.

    Args:
        item: the item that was answered, of any type.
        response: in the form that `okrlab.assessment.outcome.Response` gives for that type.

    Raises:
        AnswerError: the response cannot be an answer to this item.
    """
    if not isinstance(response, dict):
        raise AnswerError("This answer came in a form that cannot be marked. Answer again.")
    match item:
        case ChoiceItem() | RewriteItem():
            return _one(item, response)
        case ChoicesItem():
            return _several(item, response)
        case ClassifyItem() | RoleInContextItem():
            return _sorted(item, response)
        case NumberItem():
            return _number(item, response)
        case OrderItem():
            return _order(item, response)
        case WriteItem():
            return mark_written(item, _only(response, "text", "Write a line of your own."))
    raise TypeError(f"items of type {type(item).__name__} cannot be marked")


# -- choices -------------------------------------------------------------------------------------


def _one(item: ChoiceItem | RewriteItem, response: Response) -> Outcome:
    chosen = _index(_only(response, "option", "Choose one of the options."), item.options)
    option = item.options[chosen]
    right = next(o for o in item.options if o.correct)
    feedback = Feedback(
        cue=right.feedback,
        tempts="" if option.correct else option.feedback,
        flip=item.minimal_edit,
        misconception=None if option.correct else option.misconception,
    )
    part = PartOutcome(str(chosen), option.text, right.text, option.correct, feedback)
    return _outcome(float(option.correct), option.correct, [part], feedback)


def _several(item: ChoicesItem, response: Response) -> Outcome:
    ticked = _only(response, "options", "Tick the options that are right.")
    if not isinstance(ticked, list | tuple) or not ticked:
        raise AnswerError("Nothing is ticked yet. Tick every option that is right.")
    chosen = [_index(index, item.options) for index in ticked]
    if len(set(chosen)) < len(chosen):
        raise AnswerError("An option was ticked twice. Tick each option once.")
    parts = [_tick(str(i), option, i in chosen) for i, option in enumerate(item.options)]
    right = sum(o.correct for o in item.options)
    hits = sum(item.options[i].correct for i in chosen)
    correct = all(part.correct for part in parts)
    cue = " ".join(o.feedback for o in item.options if o.correct)
    tempting = [item.options[i] for i in chosen if not item.options[i].correct]
    feedback = Feedback(
        cue=cue,
        tempts=" ".join(o.feedback for o in tempting),
        flip=item.minimal_edit,
        misconception=next((p.feedback.misconception for p in parts if not p.correct), None),
    )
    earned = max(0.0, (2 * hits - len(chosen)) / right)
    return _outcome(earned, correct, parts, feedback)


def _tick(part: str, option: Option, ticked: bool) -> PartOutcome:
    words = {True: "ticked", False: "not ticked"}
    correct = ticked == option.correct
    return PartOutcome(
        part,
        words[ticked],
        words[option.correct],
        correct,
        Feedback(
            cue=option.feedback if option.correct else "",
            tempts="" if option.correct else option.feedback,
            misconception=None if correct else option.misconception,
        ),
    )


# -- cards ---------------------------------------------------------------------------------------


def _sorted(item: ClassifyItem | RoleInContextItem, response: Response) -> Outcome:
    placed = _only(response, "placed", "Put every card somewhere.")
    if not isinstance(placed, Mapping):
        raise AnswerError("This answer does not say where each card stands. Place the cards again.")
    if any(not isinstance(name, str) for pair in placed.items() for name in pair):
        raise AnswerError("This answer does not say where each card stands. Place the cards again.")
    missing = [card for card in item.cards if card.id not in placed]
    if missing:
        count = "1 card has" if len(missing) == 1 else f"{len(missing)} cards have"
        raise AnswerError(f"{count} no place yet: “{missing[0].text}”. Every card needs one.")
    parts = mark_cards(item.buckets, item.cards, placed)
    right = sum(part.correct for part in parts)
    wrong = next((part for part in parts if not part.correct), None)
    feedback = Feedback(
        cue=f"{right} of {len(parts)} are where they belong.",
        flip=item.minimal_edit,
        misconception=wrong.feedback.misconception if wrong else None,
    )
    return _outcome(right / len(parts), right == len(parts), parts, feedback)


# -- numbers -------------------------------------------------------------------------------------


def _number(item: NumberItem, response: Response) -> Outcome:
    value = _only(response, "number", "Type a number.")
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise AnswerError("This answer is not a number. Type one, such as 0.7.")
    if not math.isfinite(value) or abs(value) > MAX_SIZE:
        raise AnswerError("This number cannot be an answer here. Check the digits.")
    correct = _near(value, item.answer, item.tolerance)
    known = [w for w in item.wrong_values if _near(value, w.value, item.tolerance)]
    nearest = min(known, key=lambda w: abs(w.value - value), default=None)
    tempts, misconception = item.otherwise, None
    if correct:
        tempts = ""
    elif nearest:
        tempts, misconception = nearest.feedback, nearest.misconception
    feedback = Feedback(item.worked, tempts, item.minimal_edit, misconception)
    part = PartOutcome(
        "number",
        show_number(value, item.unit),
        show_number(item.answer, item.unit),
        correct,
        feedback,
    )
    return _outcome(float(correct), correct, [part], feedback)


def _near(value: float, target: float, tolerance: float) -> bool:
    return abs(value - target) <= tolerance + ROUNDING * max(1.0, abs(target))


# -- orders --------------------------------------------------------------------------------------


def _order(item: OrderItem, response: Response) -> Outcome:
    given = _only(response, "order", "Put the steps in order.")
    right = [step.id for step in item.steps]
    strings = isinstance(given, list | tuple) and all(isinstance(s, str) for s in given)
    if not strings or sorted(given) != sorted(right):
        raise AnswerError("This order does not hold every step once. Put the steps in order again.")
    place = {step: index for index, step in enumerate(given)}
    pairs = list(combinations(right, 2))
    good = sum(place[first] < place[then] for first, then in pairs)
    broken = [pair for pair in item.wrong_pairs if place[pair.first] > place[pair.then]]
    feedback = Feedback(
        cue=item.why,
        tempts=" ".join(pair.feedback for pair in broken),
        flip=item.minimal_edit,
        misconception=broken[0].misconception if broken else None,
    )
    parts = [
        PartOutcome(
            step,
            f"place {place[step] + 1}",
            f"place {index + 1}",
            place[step] == index,
            Feedback(
                cue="",
                misconception=next((p.misconception for p in broken if p.first == step), None),
            ),
        )
        for index, step in enumerate(right)
    ]
    revealed = [pair.misconception for pair in broken]
    return _outcome(good / len(pairs), good == len(pairs), parts, feedback, revealed)


# -- shared --------------------------------------------------------------------------------------


def _only(response: Response, field: str, ask: str) -> Any:
    if set(response) - {HINT} != {field}:
        raise AnswerError(f"This answer does not fit the question. {ask}")
    return response[field]


def _index(value: Any, options: tuple[Option, ...]) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < len(options):
        raise AnswerError(f"There is no such option here. Choose one of the {len(options)} shown.")
    return value


def _outcome(
    earned: float,
    correct: bool,
    parts: Iterable[PartOutcome],
    feedback: Feedback,
    revealed: Iterable[str] = (),
) -> Outcome:
    parts = tuple(parts)
    named = {part.feedback.misconception for part in parts if not part.correct} | {*revealed}
    return Outcome(earned, correct, parts, feedback, tuple(sorted(m for m in named if m)))
