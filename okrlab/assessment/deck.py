"""Marking of a deck: each placed card on its own, then the sitting as a whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from okrlab.assessment.cards import mark_cards
from okrlab.assessment.outcome import Feedback, Outcome, PartOutcome
from okrlab.content.item import Card, Deck


def mark_deck(deck: Deck, placed: Mapping[str, str]) -> dict[str, Outcome]:
    """The outcome of every placed card of a deck, by card id, in the deck's order.

    Args:
        deck: the cards and their keys.
        placed: bucket id by card id; cards that it leaves out are not marked.

    Raises:
        AnswerError: `placed` names a card or a bucket that the deck does not have.
    """
    parts = mark_cards(deck.buckets, deck.cards, placed)
    return {part.part: card_outcome(part) for part in parts}


def card_outcome(part: PartOutcome) -> Outcome:
    """A card of a deck counts as an item of its own: all or nothing."""
    named = part.feedback.misconception
    return Outcome(
        mark=1.0 if part.correct else 0.0,
        correct=part.correct,
        parts=(part,),
        feedback=Feedback(cue=part.feedback.cue, flip=part.feedback.flip, misconception=named),
        misconceptions=(named,) if named else (),
    )


def card_item(deck: Deck, card: Card) -> str:
    """The id under which attempts at a card of a deck are stored."""
    return f"{deck.id}/{card.id}"


def card_concept(deck: Deck, card: Card) -> str:
    """The concept that a card practises: its own, or else the deck's."""
    return card.concept or deck.concept


def count_misconceptions(outcomes: Iterable[Outcome]) -> list[tuple[str, int]]:
    """How many outcomes reveal each misconception, the most frequent first."""
    counts = Counter(m for outcome in outcomes for m in outcome.misconceptions)
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
