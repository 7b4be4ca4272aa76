"""Votes: the share that is right, and advice by a rule of thumb."""

from __future__ import annotations

import pytest

from okrlab.assessment.votes import Count, advice, count, gain


def test_counts_tell_the_share_that_is_right() -> None:
    """Of a vote with a right option, of a poll, and of nobody."""
    assert count({"a": 3, "b": 5}, "b") == Count(8, 5, 0.625)
    assert count({"a": 3, "b": 5}, None) == Count(8, None, 0.625)
    assert count({"a": 0, "b": 0}, "b") == Count(0, 0, None)


@pytest.mark.parametrize(
    ("right", "of", "word"),
    [
        (0, 20, "Few have it"),
        (6, 20, "Few have it"),
        (7, 20, "discuss in pairs"),
        (14, 20, "discuss in pairs"),
        (15, 20, "Most have it"),
        (20, 20, "Most have it"),
    ],
)
def test_advice_turns_at_35_and_70_percent(right: int, of: int, word: str) -> None:
    """The borders belong to talking in pairs."""
    assert word in advice(count({"yes": right, "no": of - right}, "yes"))


def test_advice_before_the_count_and_for_a_poll() -> None:
    """Nothing is guessed, and a matter of judgement has no right share."""
    assert "Enter the counts" in advice(count({"a": 0}, "a"))
    assert "Nearly all agree" in advice(count({"a": 9, "b": 1}, None))
    assert "divided" in advice(count({"a": 5, "b": 5}, None))


def test_the_gain_compares_both_votes() -> None:
    """In counts and percent; nothing when one is missing."""
    first, second = count({"a": 4, "b": 6}, "a"), count({"a": 9, "b": 1}, "a")
    assert gain(first, second) == (
        "Right at first: 4 of 10 (40 %). Right after talking: 9 of 10 (90 %)."
    )
    assert gain(first, count({"a": 0, "b": 0}, "a")) == ""
