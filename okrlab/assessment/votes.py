"""Votes of a room: the share that is right, and whether talking in pairs is worth the time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

MOST_VOTES = 500
"""A count for one option."""

FEW_BELOW, MANY_ABOVE = 0.35, 0.70
"""Between them pairs gain most by talking. A rule of thumb of teachers who vote; not verified."""

AGREED_ABOVE = 0.8

RULE = (
    f"Rule of thumb, not a law: from {FEW_BELOW * 100:.0f} to {MANY_ABOVE * 100:.0f} % right at "
    "the first vote, talking in pairs pays most."
)


@dataclass(frozen=True)
class Count:
    """One vote.

    Attributes:
        total: how many voted.
        right: how many of them were right; None for a matter of judgement.
        share: the share that was right, or that chose the most popular option, 0 to 1; None when
            nobody voted.
    """

    total: int
    right: int | None
    share: float | None


def count(votes: Mapping[str, int], right: str | None) -> Count:
    """Count a vote.

    Args:
        votes: how many chose each option.
        right: the right option; None for a poll.
    """
    total = sum(votes.values())
    if right is None:
        return Count(total, None, max(votes.values()) / total if total else None)
    hits = votes.get(right, 0)
    return Count(total, hits, hits / total if total else None)


def advice(first: Count) -> str:
    """What to do after the first vote. It says nothing from which the room could tell the answer.

    A vote has to be counted before there is advice.
    """
    if first.share is None:
        return "Enter the counts, and there is advice here on what to do next."
    if first.right is None:
        if first.share > AGREED_ABOVE:
            return (
                "Nearly all agree. In pairs, let them make the strongest case for the option that "
                "nobody likes."
            )
        return "The room is divided, which is what a matter of judgement needs. Discuss in pairs."
    if first.share < FEW_BELOW:
        return (
            "Few have it. Talking would mostly spread the error: ask for the fact in the case that "
            "decides, or tell the case again, then let pairs talk."
        )
    if first.share > MANY_ABOVE:
        return (
            "Most have it. Keep the talk short: let one of each side give a reason, vote again, "
            "and go on."
        )
    return "Opinions are divided in the best way: discuss in pairs, then vote again."


def gain(first: Count, second: Count) -> str:
    """What has changed from the first vote to the second, in words; after the reveal only."""
    if first.share is None or second.share is None:
        return ""
    if first.right is None or second.right is None:
        return "A matter of judgement: there is no right share to compare."
    return (
        f"Right at first: {first.right} of {first.total} ({first.share:.0%}). "
        f"Right after talking: {second.right} of {second.total} ({second.share:.0%})."
    ).replace("%", " %")
