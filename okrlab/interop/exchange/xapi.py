"""Attempts as xAPI statements (version 1.0.3), one JSON object a line, for a learning record store.

What is kept aside for the pretest and the final test is named by its id alone: no question, no
option, no key.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from okrlab.assessment.attempt import Attempt
from okrlab.content import (
    Bucket,
    Card,
    ChoiceItem,
    ChoicesItem,
    ClassifyItem,
    ItemBase,
    Library,
    NumberItem,
    OrderItem,
    RewriteItem,
    RoleInContextItem,
    WriteItem,
)
from okrlab.errors import UnknownNameError
from okrlab.interop.exchange._text import clean, plain_number
from okrlab.interop.exchange.attempts import Pseudonym

Data = dict[str, Any]

HOME_PAGE = "https://okrlab.invalid/"
"""Where accounts belong unless somebody says otherwise: a name that no system will ever have."""

NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://okrlab.invalid/xapi")
"""Of statement ids: the same attempt is the same statement for ever, so sending twice is safe."""

ANSWERED = {"id": "http://adlnet.gov/expapi/verbs/answered", "display": {"en": "answered"}}
INTERACTION = "http://adlnet.gov/expapi/activities/cmi.interaction"
ASSESSMENT = "http://adlnet.gov/expapi/activities/assessment"
COURSE = "http://adlnet.gov/expapi/activities/course"
MAX_RESPONSE = 10_000
"""Characters of a response; a longer one is cut."""


def xapi_statements(
    attempts: Iterable[Attempt],
    content: Library,
    named: Pseudonym,
    *,
    home_page: str = HOME_PAGE,
) -> Iterator[str]:
    """Statements as lines of JSON.

    Args:
        attempts: of any number of learners.
        content: names and keys of what was answered; what it does not know any more becomes a
            statement without a definition of its options.
        named: what a learner is called outside.
        home_page: address of the system whose accounts these are; activities get theirs beneath
            it.
    """
    base = home_page if home_page.endswith("/") else f"{home_page}/"
    for attempt in attempts:
        statement = _statement(attempt, content, named, base)
        yield json.dumps(statement, ensure_ascii=False, separators=(",", ":"))


def _statement(attempt: Attempt, content: Library, named: Pseudonym, base: str) -> Data:
    definition, response = _described(attempt, content)
    return {
        "id": str(uuid.uuid5(NAMESPACE, attempt.id)),
        "actor": {
            "objectType": "Agent",
            "account": {"homePage": base, "name": named(attempt.learner)},
        },
        "verb": ANSWERED,
        "object": {
            "objectType": "Activity",
            "id": f"{base}item/{_path(attempt.item)}",
            "definition": {"type": INTERACTION, **definition},
        },
        "result": _result(attempt, response),
        "context": {
            "registration": str(_uuid(attempt.sitting)),
            "contextActivities": {
                "parent": [_activity(f"{base}{_path(attempt.activity)}", ASSESSMENT)],
                "grouping": [_activity(f"{base}course", COURSE)],
            },
            "platform": "okrlab",
            "extensions": {
                f"{base}extensions/try-number": attempt.try_number,
                f"{base}extensions/counts": attempt.graded,
                f"{base}extensions/concept": attempt.concept,
                f"{base}extensions/misconceptions": list(attempt.misconceptions),
                f"{base}extensions/item-version": attempt.item_version,
                **(
                    {f"{base}extensions/confidence": attempt.confidence}
                    if attempt.confidence
                    else {}
                ),
            },
        },
        "timestamp": attempt.at.isoformat(),
        "version": "1.0.3",
    }


def _activity(name: str, kind: str) -> Data:
    return {"objectType": "Activity", "id": name, "definition": {"type": kind}}


def _path(name: str) -> str:
    from urllib.parse import quote

    return quote(clean(name), safe="/-._~")


def _uuid(name: str) -> uuid.UUID:
    try:
        return uuid.UUID(name)
    except ValueError:
        return uuid.uuid5(NAMESPACE, f"sitting/{name}")


def _result(attempt: Attempt, response: str) -> Data:
    result: Data = {
        "score": {"scaled": attempt.mark, "raw": attempt.mark, "min": 0, "max": 1},
        "success": attempt.correct,
        "completion": True,
        "response": clean(response)[:MAX_RESPONSE],
    }
    if attempt.seconds is not None:
        result["duration"] = f"PT{plain_number(round(max(0.0, attempt.seconds), 2))}S"
    return result


# -- what was answered ---------------------------------------------------------------------------


def _described(attempt: Attempt, content: Library) -> tuple[Data, str]:
    """The definition of what was answered, and the answer in xAPI's notation."""
    plain = json.dumps(attempt.response, ensure_ascii=False, sort_keys=True)
    try:
        if attempt.activity.startswith("exercise/"):
            title = content.exercise(attempt.item).title
            return _titled(title, "other"), plain
        if "/" in attempt.item and attempt.activity.startswith("deck/"):
            return _card(attempt, content)
        item = content.item(attempt.item)
        kind, response = _answered(item, attempt.response)
    except (UnknownNameError, KeyError, IndexError, TypeError, ValueError, AttributeError):
        # of an item that is gone or was another one then, or of no item at all (a poll, a lab)
        return {"interactionType": "other"}, plain
    if item.held_out:
        return {"interactionType": kind}, response
    return {**_titled(item.stem, kind), **_parts(item)}, response


def _titled(text: str, kind: str) -> Data:
    return {"description": {"en": clean(text)}, "interactionType": kind}


def _card(attempt: Attempt, content: Library) -> tuple[Data, str]:
    """A card of a deck: one match of a card with a bucket."""
    name, _, card_id = attempt.item.partition("/")
    deck = content.deck(name)
    card = next(card for card in [*deck.cards, None] if card is None or card.id == card_id)
    if card is None:
        raise KeyError(card_id)
    bucket = str(attempt.response["placed"][card_id])
    head = _titled(deck.question, "matching")
    return {**head, **_matching(deck.buckets, [card])}, f"{card_id}[.]{bucket}"


def _answered(item: ItemBase, response: Mapping[str, Any]) -> tuple[str, str]:
    """The type of interaction, and the response in the notation of xAPI."""
    match item:
        case ChoiceItem() | RewriteItem():
            return "choice", str(int(response["option"]))
        case ChoicesItem():
            return "choice", "[,]".join(str(int(n)) for n in sorted(response["options"]))
        case ClassifyItem() | RoleInContextItem():
            placed = response["placed"].items()
            return "matching", "[,]".join(f"{card}[.]{bucket}" for card, bucket in placed)
        case NumberItem():
            return "numeric", plain_number(float(response["number"]))
        case OrderItem():
            return "sequencing", "[,]".join(map(str, response["order"]))
        case WriteItem():
            return "long-fill-in", str(response["text"])
    raise TypeError(type(item).__name__)


def _parts(item: ItemBase) -> Data:
    """Options and key of an item."""
    match item:
        case ChoiceItem() | RewriteItem() | ChoicesItem():
            right = [str(n) for n, option in enumerate(item.options) if option.correct]
            texts = {str(n): option.text for n, option in enumerate(item.options)}
            return {"correctResponsesPattern": ["[,]".join(right)], "choices": _list(texts)}
        case ClassifyItem() | RoleInContextItem():
            return _matching(item.buckets, item.cards)
        case NumberItem():
            low, high = item.answer - item.tolerance, item.answer + item.tolerance
            pattern = f"{plain_number(low)}[:]{plain_number(high)}"
            return {"correctResponsesPattern": [pattern]}
        case OrderItem():
            pattern = "[,]".join(step.id for step in item.steps)
            steps = {step.id: step.text for step in item.steps}
            return {"correctResponsesPattern": [pattern], "choices": _list(steps)}
    return {}


def _matching(buckets: Sequence[Bucket], cards: Sequence[Card]) -> Data:
    return {
        "correctResponsesPattern": ["[,]".join(f"{c.id}[.]{c.bucket}" for c in cards)],
        "source": _list({c.id: f"{c.text}: {c.context}" if c.context else c.text for c in cards}),
        "target": _list({b.id: b.label for b in buckets}),
    }


def _list(texts: Mapping[str, str]) -> list[Data]:
    return [{"id": name, "description": {"en": clean(text)}} for name, text in texts.items()]
