"""CardSort: cards into buckets, checked, explained, and tried again."""

from __future__ import annotations

import math
import random
import uuid
from collections.abc import Mapping
from typing import Any

from okrlab.assessment.attempt import Attempt
from okrlab.assessment.deck import card_concept, card_item, count_misconceptions
from okrlab.assessment.journal import Journal
from okrlab.assessment.outcome import Outcome
from okrlab.content.course import Misconception
from okrlab.content.item import Deck
from okrlab.content.library import library
from okrlab.widgets._sorting import Sorting
from okrlab.widgets.base import LessonWidget, Message, choice_in, css, esm, seconds_in
from okrlab.widgets.words import cards_word, number_word, sentence

GOOD_SHARE = 0.8
"""Right at the first try from which on the learner is told to go on."""


class CardSort(LessonWidget):
    """Cards of a deck to sort into its buckets.

    All cards are placed first, then checked together; wrong ones can be moved and checked again,
    and only the first try counts. Every move is kept as a draft, so a sitting goes on where it was
    left.

    Args:
        deck: the cards.
        journal: where attempts and drafts go.
        rng: shuffles the cards.
        misconceptions: the named wrong ideas, for their titles. Default: the library's.
    """

    _esm = esm("card_sort", "sorting")
    _css = css("card_sort", "sorting")
    _kind, _folder = "Card sort", "deck"  # how it is called, and where its drafts lie

    def __init__(
        self,
        deck: Deck,
        journal: Journal,
        *,
        rng: random.Random,
        misconceptions: Mapping[str, Misconception] | None = None,
    ) -> None:
        super().__init__(journal)
        self.deck = deck
        self.activity = f"{self._folder}/{deck.id}"
        self._journal, self._rng, self._misconceptions = journal, rng, misconceptions
        self._cards = {card.id: card for card in deck.cards}
        self._labels = {bucket.id: bucket.label for bucket in deck.buckets}
        self._sorting = Sorting.restore(deck, journal.draft(self.activity), rng)
        self.refresh()

    # -- what the browser sees -------------------------------------------------------------------

    def build_view(self) -> dict[str, Any]:
        """Cards as dealt, where they lie, and the outcomes of those that were checked."""
        now = self._sorting
        shown = self._shown()
        return {
            "label": f"{self._kind}: {self.deck.title}",
            "sitting": now.sitting,
            "title": self.deck.title,
            "question": self.deck.question,
            "intro": self.deck.intro,
            "buckets": [{"id": b.id, "label": b.label, "role": b.role} for b in self.deck.buckets],
            "cards": [
                {"id": name, "text": card.text, "context": card.context, "industry": card.industry}
                for card, name in ((self._cards[c], shown[c]) for c in now.order)
            ],
            "placed": [[shown[c], bucket] for c, bucket in now.placed.items()],
            "outcomes": {shown[c]: self._told(o) for c, o in now.outcomes.items()},
            "changed": [shown[c] for c in now.unchecked if c in now.first],
            "canCheck": now.can_check,
            "result": self._result(),
        }

    def _shown(self) -> dict[str, str]:
        # An author's id ("launch-is-milestone") may give the answer away.
        return {card: f"c{number}" for number, card in enumerate(self._sorting.order, 1)}

    def _told(self, outcome: Outcome) -> dict[str, Any]:
        feedback = outcome.parts[0].feedback
        named = self._misconception(feedback.misconception)
        return {
            "correct": outcome.correct,
            "cue": feedback.cue,
            "tempts": feedback.tempts,
            "flip": feedback.flip,
            "misconception": {"id": named.id, "title": named.title} if named else None,
        }

    def _misconception(self, name: str | None) -> Misconception | None:
        if name is None:
            return None
        known = library().misconceptions if self._misconceptions is None else self._misconceptions
        return known.get(name)

    def _result(self) -> dict[str, Any] | None:
        first = self._sorting.first_outcomes
        if not first:
            return None
        ideas = []
        for name, count in count_misconceptions(first.values()):
            if (idea := self._misconception(name)) is not None:
                verb = "shows" if count == 1 else "show"
                ideas.append(
                    {
                        "id": name,
                        "words": sentence(f"{cards_word(count)} {verb} the idea “{idea.title}”"),
                        "repair": idea.repair,
                    }
                )
        return {"line": self._line(), "next": self._next(), "ideas": ideas, "done": self._done()}

    def _line(self) -> str:
        first = self._sorting.first_outcomes
        right = sum(outcome.correct for outcome in first.values())
        return f"{right} of {len(first)} right at the first try."

    def _done(self) -> bool:
        outcomes = self._sorting.outcomes
        return len(outcomes) == len(self._cards) and all(o.correct for o in outcomes.values())

    def _next(self) -> str:
        if self._done():
            return self._next_when_done()
        if self._sorting.unchecked:
            return "Cards that you moved are marked “Moved”. Check again when you are ready."
        wrong = sum(not o.correct for o in self._sorting.outcomes.values())
        if not wrong:
            return "Place the cards that are left, then check again."
        if wrong == 1:
            return "One card belongs elsewhere. Open its “Why”, move it, and check again."
        return (
            f"{sentence(cards_word(wrong))} belong elsewhere. Open “Why” on each, move it, "
            "and check again."
        )

    def _next_when_done(self) -> str:
        first, total = self._sorting.first_outcomes, len(self._cards)
        right = sum(outcome.correct for outcome in first.values())
        aim = math.ceil(GOOD_SHARE * total)
        if right == total:
            return "Every card is where it belongs. Go on with the lesson."
        if right >= aim:
            return f"All {total} are right now. Go on with the lesson."
        return (
            f"All {total} are right now. Start again with a fresh shuffle and aim for "
            f"{aim} at the first try."
        )

    def summary(self) -> str:
        """The title and how far the sitting has got, such as "9 of 12 right at the first try"."""
        head, total = f"{self._kind} “{self.deck.title}”", len(self._cards)
        if self._sorting.first:
            wrong = total - sum(o.correct for o in self._sorting.outcomes.values())
            rest = "all are right now." if not wrong else f"{wrong} to put right."
            return f"{head}: {self._line().removesuffix('.')}; {rest}"
        if self._sorting.placed:
            return f"{head}: {len(self._sorting.placed)} of {total} cards placed, not checked yet."
        into = ", ".join(self._labels.values())
        return f"{head}: {total} cards to sort into {into}."

    # -- messages --------------------------------------------------------------------------------

    def on_place(self, message: Message) -> None:
        """Put a card into a bucket."""
        card = self._card(message)
        bucket = choice_in(message, "bucket", self._labels)
        if self._sorting.place(card, bucket, seconds_in(message)):
            self._keep()
        else:
            self.say("That card is right already. It stays where it is.")

    def on_take_back(self, message: Message) -> None:
        """Put a card back on the pile."""
        if self._sorting.take_back(self._card(message)):
            self._keep()
        else:
            self.say("That card is right already. It stays where it is.")

    def on_check(self, _message: Message) -> None:
        """Check what is new, and record it."""
        if not self._sorting.can_check:
            self.say("There is nothing new to check.")
            return
        placed = dict(self._sorting.placed)
        outcomes = self._sorting.check()
        self._journal.record([self._attempt(c, placed[c], o) for c, o in outcomes.items()])
        self._sorting.seconds.clear()
        self._keep()
        self.say(self._heard(outcomes))

    def on_again(self, _message: Message) -> None:
        """Shuffle all cards into a new sitting."""
        self._sorting = Sorting.deal(self.deck, self._rng)
        self._keep()
        self.say(f"Shuffled. {len(self._cards)} cards to sort.")

    def _card(self, message: Message) -> str:
        cards = {name: card for card, name in self._shown().items()}
        return cards[choice_in(message, "card", cards)]

    def _keep(self) -> None:
        self._journal.save_draft(self.activity, self._sorting.draft())

    def _heard(self, outcomes: Mapping[str, Outcome]) -> str:
        right = sum(o.correct for o in outcomes.values())
        if max(self._sorting.tries.values()) == 1:
            return f"{self._line()} {self._next()}"
        return sentence(f"{number_word(right)} of {number_word(len(outcomes))} right") + (
            f". {self._next()}"
        )

    def _attempt(self, card: str, bucket: str, outcome: Outcome) -> Attempt:
        now = self._sorting
        return Attempt(
            id=uuid.uuid4().hex,
            learner=self._journal.learner,
            activity=self.activity,
            sitting=now.sitting,
            item=card_item(self.deck, self._cards[card]),
            item_version=self.deck.version,
            concept=card_concept(self.deck, self._cards[card]),
            response={"placed": {card: bucket}},
            mark=outcome.mark,
            misconceptions=outcome.misconceptions,
            graded=True,
            try_number=now.tries[card],
            confidence=None,
            seconds=now.seconds.get(card),
            at=self._journal.now(),
        )
