"""One go through a deck: where each card lies, and what was checked. No browser, no storage."""

from __future__ import annotations

import random
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from okrlab.assessment.deck import mark_deck
from okrlab.assessment.outcome import Outcome
from okrlab.content.item import Deck


@dataclass
class Sorting:
    """Where the cards of a deck lie in this sitting.

    Attributes:
        deck: the cards and their keys.
        sitting: id that groups the attempts of this go.
        order: ids of the cards as they were shuffled.
        placed: bucket by card, in the order in which they were placed.
        checked: bucket by card when it was last checked.
        first: bucket by card when it was first checked.
        tries: how often each card was checked.
        seconds: how long each card was looked at since it was last checked.
    """

    deck: Deck
    sitting: str
    order: list[str]
    placed: dict[str, str] = field(default_factory=dict)
    checked: dict[str, str] = field(default_factory=dict)
    first: dict[str, str] = field(default_factory=dict)
    tries: dict[str, int] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)

    @classmethod
    def deal(cls, deck: Deck, rng: random.Random) -> Self:
        """A fresh sitting, shuffled."""
        order = [card.id for card in deck.cards]
        rng.shuffle(order)
        return cls(deck, uuid.uuid4().hex, order)

    @classmethod
    def restore(cls, deck: Deck, draft: Mapping[str, Any] | None, rng: random.Random) -> Self:
        """The sitting of a draft; what no longer fits the deck is left out."""
        if not isinstance(draft, dict):
            return cls.deal(deck, rng)
        cards, buckets = {c.id for c in deck.cards}, {b.id for b in deck.buckets}
        fresh = cls.deal(deck, rng)
        placed = _placements(draft.get("placed"), cards, buckets)
        if draft.get("version") != deck.version or not isinstance(draft.get("sitting"), str):
            fresh.placed = placed  # the cards may say something else now: nothing is checked
            return fresh
        listed = draft.get("order")
        order = [c for c in listed if c in cards] if isinstance(listed, list) else []
        order = list(dict.fromkeys([*order, *fresh.order]))
        return cls(
            deck,
            draft["sitting"][:64],
            order,
            placed,
            _placements(draft.get("checked"), cards, buckets),
            _placements(draft.get("first"), cards, buckets),
            {c: int(n) for c, n in _numbers(draft.get("tries"), cards).items()},
            _numbers(draft.get("seconds"), cards),
        )

    def draft(self) -> dict[str, Any]:
        """Plain JSON data that `restore` reads."""
        return {
            "version": self.deck.version,
            "sitting": self.sitting,
            "order": self.order,
            "placed": [list(pair) for pair in self.placed.items()],
            "checked": [list(pair) for pair in self.checked.items()],
            "first": [list(pair) for pair in self.first.items()],
            "tries": self.tries,
            "seconds": self.seconds,
        }

    # -- what is the case ------------------------------------------------------------------------

    @property
    def pile(self) -> list[str]:
        """Cards that lie in no bucket."""
        return [c for c in self.order if c not in self.placed]

    @property
    def outcomes(self) -> dict[str, Outcome]:
        """The outcome of every card that lies where it was last checked."""
        standing = {c: b for c, b in self.placed.items() if self.checked.get(c) == b}
        return mark_deck(self.deck, standing)

    @property
    def first_outcomes(self) -> dict[str, Outcome]:
        """The outcome of every card's first try."""
        return mark_deck(self.deck, self.first)

    @property
    def unchecked(self) -> dict[str, str]:
        """Placed cards whose place has not been checked."""
        return {c: b for c, b in self.placed.items() if self.checked.get(c) != b}

    @property
    def can_check(self) -> bool:
        """Whether there is something to check: at first all cards, then any that changed."""
        return bool(self.unchecked) and (bool(self.first) or not self.pile)

    def settled(self, card: str) -> bool:
        """Whether a card lies where it belongs and was checked, so that it stays there."""
        outcome = self.outcomes.get(card)
        return outcome is not None and outcome.correct

    # -- moves -----------------------------------------------------------------------------------

    def place(self, card: str, bucket: str, seconds: float | None) -> bool:
        """Put a card into a bucket. False when it stays because it is right already."""
        if self.settled(card):
            return False
        if self.placed.get(card) != bucket:
            self.placed.pop(card, None)  # so that it comes last in its new bucket
            self.placed[card] = bucket
        if seconds is not None:
            self.seconds[card] = round(self.seconds.get(card, 0.0) + seconds, 1)
        return True

    def take_back(self, card: str) -> bool:
        """Put a card back on the pile. False when it stays because it is right already."""
        if self.settled(card):
            return False
        self.placed.pop(card, None)
        return True

    def check(self) -> dict[str, Outcome]:
        """Check every card that lies somewhere new: their outcomes by card."""
        now = mark_deck(self.deck, self.unchecked)
        for card in now:
            self.checked[card] = self.placed[card]
            self.first.setdefault(card, self.placed[card])
            self.tries[card] = self.tries.get(card, 0) + 1
        return now


def _placements(value: Any, cards: set[str], buckets: set[str]) -> dict[str, str]:
    found = {}
    for pair in value if isinstance(value, list) else []:
        if isinstance(pair, list) and len(pair) == 2 and all(isinstance(p, str) for p in pair):
            card, bucket = pair
            if card in cards and bucket in buckets:
                found[card] = bucket
    return found


def _numbers(value: Any, cards: set[str]) -> dict[str, float]:
    if not isinstance(value, dict):
        return {}
    return {
        c: n
        for c, n in value.items()
        if c in cards and isinstance(n, int | float) and not isinstance(n, bool) and n >= 0
    }
