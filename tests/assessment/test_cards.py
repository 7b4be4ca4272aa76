"""Marking of cards, alone and as a deck."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrlab.assessment.cards import mark_cards
from okrlab.assessment.deck import card_concept, card_item, count_misconceptions, mark_deck
from okrlab.errors import AnswerError
from tests.widgets.sort_examples import BUCKETS, make_deck

DECK = make_deck()
CARDS = {c.id: c for c in DECK.cards}
PLACED = st.dictionaries(
    st.sampled_from(sorted(CARDS)), st.sampled_from([b["id"] for b in BUCKETS])
)


def test_a_right_card_tells_the_cue_and_the_flip() -> None:
    """It tempts nobody and reveals nothing."""
    [part] = mark_cards(DECK.buckets, DECK.cards, {"secret-ada": "kpi"})
    assert part.correct
    assert (part.given, part.expected) == ("KPI", "KPI")
    assert part.feedback.cue == "SECRET why of ada"
    assert part.feedback.flip == "SECRET flip of ada"
    assert part.feedback.tempts == ""
    assert part.feedback.misconception is None


def test_a_wrong_card_names_the_misconception_of_its_bucket() -> None:
    """Its feedback is that of the bucket that was chosen, and labels can be shown."""
    [part] = mark_cards(DECK.buckets, DECK.cards, {"secret-ada": "task"})
    assert not part.correct
    assert (part.given, part.expected) == ("Task", "KPI")
    assert part.feedback.tempts == "SECRET task tempts"
    assert part.feedback.misconception == "M01"


@given(PLACED)
def test_exactly_the_placed_cards_are_marked(placed: dict[str, str]) -> None:
    """Parts come in the deck's order, and right is what lies in its own bucket."""
    parts = mark_cards(DECK.buckets, DECK.cards, placed)
    assert [p.part for p in parts] == [c.id for c in DECK.cards if c.id in placed]
    assert all(p.correct == (placed[p.part] == CARDS[p.part].bucket) for p in parts)


@given(PLACED)
def test_cards_of_a_deck_are_items_of_their_own(placed: dict[str, str]) -> None:
    """Each earns all or nothing, and the misconceptions are counted over all."""
    outcomes = mark_deck(DECK, placed)
    wrong = [c for c, b in placed.items() if CARDS[c].bucket != b]
    assert all(o.mark == float(o.correct) for o in outcomes.values())
    assert count_misconceptions(outcomes.values()) == ([("M01", len(wrong))] if wrong else [])


@pytest.mark.parametrize("placed", [{"nobody": "kpi"}, {"secret-ada": "nowhere"}])
def test_what_does_not_exist_is_refused_in_words(placed: dict[str, str]) -> None:
    """The message says what is unknown."""
    with pytest.raises(AnswerError, match=r"nobody|nowhere"):
        mark_cards(DECK.buckets, DECK.cards, placed)


def test_a_card_practises_its_own_concept_or_the_decks() -> None:
    """Attempts are stored under the deck's and the card's name."""
    ada, bob = CARDS["secret-ada"], CARDS["secret-bob"]
    assert (card_concept(DECK, ada), card_concept(DECK, bob)) == ("kr-question", "metric-kr")
    assert card_item(DECK, ada) == "sample/secret-ada"
