"""The questions inside simulations: one right answer, and every wrong one explains itself."""

from __future__ import annotations

import pytest

from okrlab.content import library
from okrlab.widgets import _bonus_words, _goodhart_words, _travel_words
from okrlab.widgets._asks import Ask, known_answers

ASKS = (*_travel_words.ASKS, *_goodhart_words.ASKS, *_bonus_words.ASKS)


@pytest.mark.parametrize("ask", ASKS, ids=lambda a: a.id)
def test_every_answer_explains_itself(ask: Ask) -> None:
    """Cue for all; for a wrong one why it tempts, what would flip it, and a known idea."""
    wrong = [c for c in ask.choices if c is not ask.right]
    assert len(wrong) == len(ask.choices) - 1 >= 2
    assert sum(not c.misconception for c in ask.choices) == 1
    assert all(c.cue for c in ask.choices)
    for choice in wrong:
        assert choice.tempts
        assert choice.flip
        assert library().misconception(choice.misconception)


def test_the_right_answer_is_not_told_by_its_place_or_length() -> None:
    """It stands in every place, and is not the longest more often than chance."""
    places = {ask.choices.index(ask.right) for ask in ASKS}
    assert places == {0, 1, 2}
    longest = [max(ask.choices, key=lambda c: len(c.text)) is ask.right for ask in ASKS]
    assert sum(longest) <= len(ASKS) / 3


def test_the_view_holds_the_feedback_of_the_chosen_answer_only() -> None:
    """Before an answer there is none."""
    ask = ASKS[0]
    assert ask.view(None)["feedback"] is None
    shown = ask.view(ask.choices[0].id)
    assert shown["feedback"]["cue"] == ask.choices[0].cue
    assert ask.right.cue not in str(shown)


def test_answers_of_a_draft_are_kept_as_far_as_they_fit() -> None:
    """Questions change; strange drafts do no harm."""
    ask = ASKS[0]
    good = {ask.id: ask.choices[0].id}
    assert known_answers((ask,), {**good, "gone": "x"}) == good
    assert known_answers((ask,), {ask.id: ["x"]}) == known_answers((ask,), 7) == {}
