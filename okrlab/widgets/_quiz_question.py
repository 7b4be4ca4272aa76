"""A question as the browser may see it, and what comes back from there.

The browser knows options, cards and steps by the place in which they are shown, never by their
place or name in the bank: authors tend to write the right option first and to give cards speaking
names.
"""

from __future__ import annotations

from typing import Any

from okrlab.assessment.numbers import MAX_CHARACTERS, parse_number
from okrlab.assessment.outcome import Feedback, Outcome, Response
from okrlab.assessment.results import percent
from okrlab.assessment.sitting import Question
from okrlab.assessment.write import LONGEST
from okrlab.content import (
    ChoiceItem,
    ChoicesItem,
    ClassifyItem,
    Context,
    ItemBase,
    Library,
    NumberItem,
    OrderItem,
    RewriteItem,
    RoleInContextItem,
    WriteItem,
)
from okrlab.errors import AnswerError
from okrlab.widgets._quiz_write import points_words, written_view

View = dict[str, Any]

MAX_TYPED = 2 * LONGEST
"""So much of a line is kept as it is typed, so that what is too long can be shortened."""

CONTEXT = {
    "org": "Organisation",
    "industry": "Industry",
    "country": "Country",
    "objective": "Objective",
    "horizon": "Time",
    "state": "Situation",
    "pay": "Pay",
}
"""The lines of a context, in this order."""


def question_view(item: ItemBase, question: Question) -> View:
    """What the learner sees before answering."""
    return {
        "type": item.type,  # type: ignore[attr-defined]  # every item that can be loaded has one
        "stem": item.stem,
        "frame": item.frame,
        "context": _context(item.context),
        "hint": item.hint if question.hint else None,
        "confidence": question.confidence,
        "entry": question.entry,
        **_parts(item, question.shown),
    }


def _context(context: Context) -> list[View]:
    lines = {name: getattr(context, name) for name in CONTEXT}
    if context.org:
        lines["industry"] = None  # the organisation's line tells it
    return [{"label": CONTEXT[name], "value": value} for name, value in lines.items() if value]


def _parts(item: ItemBase, shown: tuple[int, ...]) -> View:
    match item:
        case ChoiceItem() | ChoicesItem() | RewriteItem():
            parts: View = {"options": [item.options[i].text for i in shown]}
            return parts | ({"original": item.original} if isinstance(item, RewriteItem) else {})
        case ClassifyItem() | RoleInContextItem():
            cards = [item.cards[i] for i in shown]
            parts = {
                "buckets": [{"label": b.label, "role": b.role} for b in item.buckets],
                "cards": [{"text": c.text, "context": c.context} for c in cards],
            }
            return parts | (
                {"measure": item.measure} if isinstance(item, RoleInContextItem) else {}
            )
        case NumberItem():
            return {"unit": item.unit}
        case OrderItem():
            return {"steps": [item.steps[i].text for i in shown]}
        case WriteItem():
            return {"limit": LONGEST}
    raise TypeError(f"items of type {type(item).__name__} cannot be shown")


# -- what comes back -----------------------------------------------------------------------------


def read_entry(item: ItemBase, question: Question, sent: Any) -> View:
    """What has been entered so far, checked and bounded; complete or not.

    Raises:
        AnswerError: it does not fit the question.
    """
    if not isinstance(sent, dict):
        raise AnswerError("This answer does not fit the question. Answer again.")
    count = len(question.shown)
    match item:
        case ChoiceItem() | RewriteItem():
            return {"option": _place(sent.get("option"), count)} if "option" in sent else {}
        case ChoicesItem():
            return {"options": sorted(set(_places(sent.get("options", []), count)))}
        case ClassifyItem() | RoleInContextItem():
            return {"placed": _placed(sent.get("placed", {}), count, len(item.buckets))}
        case NumberItem():
            text = sent.get("text", "")
            if not isinstance(text, str) or len(text) > MAX_CHARACTERS:
                raise AnswerError("This is too long for a number. Type the number alone.")
            return {"text": text}
        case OrderItem():
            order = _places(sent.get("order", list(range(count))), count)
            if len(set(order)) != count:
                raise AnswerError("Every step must stand in the order once. Try again.")
            return {"order": order}
        case WriteItem():
            text = sent.get("text", "")
            if not isinstance(text, str) or len(text) > MAX_TYPED:
                raise AnswerError(f"This is too long. One line is enough: at most {LONGEST}.")
            return {"text": text}
    raise TypeError(f"items of type {type(item).__name__} cannot be answered")


def to_response(item: ItemBase, question: Question, entry: View) -> Response:
    """The response that an entry means.

    Raises:
        AnswerError: something is missing, or a number cannot be read.
    """
    shown = question.shown
    match item:
        case ChoiceItem() | RewriteItem():
            if "option" not in entry:
                raise AnswerError("Choose one of the options first.")
            return {"option": shown[entry["option"]]}
        case ChoicesItem():
            return {"options": sorted(shown[i] for i in entry["options"])}
        case ClassifyItem() | RoleInContextItem():
            placed = entry["placed"]
            missing = len(shown) - len(placed)
            if missing:
                lines = "1 line has" if missing == 1 else f"{missing} lines have"
                raise AnswerError(f"{lines} no answer yet. Choose one for each.")
            return {
                "placed": {
                    item.cards[shown[int(card)]].id: item.buckets[bucket].id
                    for card, bucket in placed.items()
                }
            }
        case NumberItem():
            return {"number": parse_number(entry["text"], item.unit)}
        case OrderItem():
            return {"order": [item.steps[shown[i]].id for i in entry["order"]]}
        case WriteItem():
            return {"text": entry["text"]}
    raise TypeError(f"items of type {type(item).__name__} cannot be answered")


def _place(value: Any, count: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < count:
        raise AnswerError("That is not one of the answers shown. Choose again.")
    return value


def _places(values: Any, count: int) -> list[int]:
    if not isinstance(values, list) or len(values) > count:
        raise AnswerError("This answer does not fit the question. Answer again.")
    return [_place(value, count) for value in values]


def _placed(value: Any, cards: int, buckets: int) -> dict[str, int]:
    if not isinstance(value, dict) or len(value) > cards:
        raise AnswerError("This answer does not fit the question. Answer again.")
    known = {str(i) for i in range(cards)}
    if not set(value) <= known:
        raise AnswerError("That is not one of the lines shown. Choose again.")
    return {card: _place(bucket, buckets) for card, bucket in value.items()}


# -- after the answer ----------------------------------------------------------------------------


def outcome_view(item: ItemBase, question: Question, outcome: Outcome, library: Library) -> View:
    """What the learner sees after answering: the verdict, why, and the right answer."""
    whole = _feedback(outcome.feedback, library)
    shown = question.shown
    view: View = {
        "state": _state(outcome),
        "words": verdict(item, outcome),
        "feedback": whole,
    }
    match item:
        case ChoiceItem() | RewriteItem():
            right = next(i for i, o in enumerate(item.options) if o.correct)
            return view | {"right": shown.index(right)}
        case ChoicesItem():
            parts = [outcome.parts[i] for i in shown]
            ticks = [_tick(part.given == "ticked", part.correct) for part in parts]
            told = [
                _feedback(p.feedback, library) if tick else None
                for p, tick in zip(parts, ticks, strict=True)
            ]
            return view | {
                "ticks": ticks,
                "why": told,
                "feedback": {"flip": whole.get("flip")},
            }
        case ClassifyItem() | RoleInContextItem():
            by_card = {part.part: part for part in outcome.parts}
            parts = [by_card[item.cards[i].id] for i in shown]
            return view | {
                "cards": [
                    {
                        "correct": part.correct,
                        "expected": None if part.correct else part.expected,
                        **_card_feedback(part.feedback, part.correct, library),
                    }
                    for part in parts
                ],
                "feedback": {"flip": whole.get("flip")} if outcome.correct else {},
            }
        case NumberItem():
            part = outcome.parts[0]
            return view | {"given": part.given, "expected": part.expected}
        case OrderItem():
            return view | {"sequence": [step.text for step in item.steps]}
        case WriteItem():
            return view | written_view(item, outcome, lambda name: title_of(name, library))
    raise TypeError(f"items of type {type(item).__name__} cannot be shown")


def _tick(ticked: bool, correct: bool) -> str | None:
    if ticked:
        return "right" if correct else "wrong"
    return None if correct else "missed"


def _state(outcome: Outcome) -> str:
    if outcome.correct:
        return "right"
    return "partly" if outcome.mark > 0 else "wrong"


def verdict(item: ItemBase, outcome: Outcome) -> str:
    """The outcome in a few words."""
    if isinstance(item, WriteItem):
        return points_words(outcome)
    if outcome.correct:
        return "Right"
    if isinstance(item, ClassifyItem | RoleInContextItem):
        right = sum(part.correct for part in outcome.parts)
        return f"{right} of {len(outcome.parts)} right"
    if isinstance(item, ChoicesItem | OrderItem) and outcome.mark > 0:
        return f"Partly right: {percent(outcome.mark)} of the mark"
    return "Not this one" if isinstance(item, ChoiceItem | RewriteItem) else "Not right"


def _card_feedback(feedback: Feedback, correct: bool, library: Library) -> View:
    """A card that stands right needs its cue only."""
    if correct:
        return {"cue": feedback.cue}
    return _feedback(feedback, library)


def _feedback(feedback: Feedback, library: Library) -> View:
    view: View = {
        name: text for name in ("cue", "tempts", "flip") if (text := getattr(feedback, name))
    }
    if feedback.misconception:
        view["misconception"] = {"title": title_of(feedback.misconception, library)}
    return view


def title_of(misconception: str, library: Library) -> str:
    """What the misconception says, or its id when nothing is known about it."""
    known = library.misconceptions.get(misconception)
    return known.title if known else misconception
