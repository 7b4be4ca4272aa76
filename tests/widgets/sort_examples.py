"""A small deck whose ids and texts would give it away, for tests of CardSort."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from okrlab.assessment.journal import MemoryJournal
from okrlab.content.course import Misconception
from okrlab.content.item import Card, Deck
from okrlab.widgets import CardSort

BUCKETS = [
    {"id": "kpi", "label": "KPI", "role": "kpi"},
    {"id": "kr", "label": "Key result", "role": "metric_key_result"},
    {"id": "task", "label": "Task"},
]


def make_card(name: str, bucket: str, **fields: Any) -> dict[str, Any]:
    """A card in plain data; SECRET marks what must not reach the browser too early."""
    return {
        "id": f"SECRET-{name}".lower(),
        "text": f"Text of {name}",
        "bucket": bucket,
        "why": f"SECRET why of {name}",
        "flip": f"SECRET flip of {name}",
        "wrong": [
            {"bucket": b["id"], "misconception": "M01", "feedback": f"SECRET {b['id']} tempts"}
            for b in BUCKETS
            if b["id"] != bucket
        ],
        **fields,
    }


def make_deck(**changes: Any) -> Deck:
    """Six cards into three buckets."""
    cards = [
        make_card("ada", "kpi", context="Context of ada", industry="shipping"),
        make_card("bob", "kr", concept="metric-kr"),
        make_card("cyd", "task"),
        make_card("dee", "kpi"),
        make_card("eve", "kr"),
        make_card("fay", "task", text="<img src=x onerror=alert(1)> & <b>bold</b>"),
    ]
    data = {
        "format": 1,
        "id": "sample",
        "version": 3,
        "title": "A sample",
        "question": "What is it?",
        "intro": "Look closely.",
        "concept": "kr-question",
        "buckets": tuple(BUCKETS),
        "cards": tuple({**c, "wrong": tuple(c["wrong"])} for c in cards),
    }
    return Deck.model_validate({**data, **changes})


MISCONCEPTIONS = {
    "M01": Misconception(
        id="M01", name="every-number", title="All is key.", explanation="E.", repair="R.", lesson=1
    )
}


def make_journal() -> MemoryJournal:
    """A journal whose clock moves a minute with each look."""
    ticks = count()
    start = datetime(2026, 11, 21, 9, tzinfo=UTC)
    return MemoryJournal("ada", lambda: start + timedelta(minutes=next(ticks)))


def make_sort(journal: MemoryJournal | None = None, deck: Deck | None = None) -> CardSort:
    """A widget that shuffles the same way each time."""
    return CardSort(
        deck or make_deck(),
        journal or make_journal(),
        rng=random.Random(7),
        misconceptions=MISCONCEPTIONS,
    )


def key(widget: CardSort) -> dict[str, str]:
    """The right bucket of each card, by the id that the browser knows."""
    cards: dict[str, Card] = {c.text: c for c in widget.deck.cards}
    return {c["id"]: cards[c["text"]].bucket for c in widget.view["cards"]}


def send(widget: Any, kind: str, **fields: Any) -> None:
    """Send a message as the browser does."""
    widget._handle_custom_msg({"type": kind, **fields}, [])


def place_all(widget: CardSort, wrong: int = 0) -> list[str]:
    """Place every card, the first `wrong` ones in a wrong bucket. Returns those cards."""
    answers = key(widget)
    for number, (card, bucket) in enumerate(answers.items()):
        other = next(b["id"] for b in BUCKETS if b["id"] != bucket)
        send(widget, "place", card=card, bucket=other if number < wrong else bucket, seconds=2.5)
    return list(answers)[:wrong]
