"""Marking of cards that were sorted into buckets: shared by decks and by items of the bank."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from okrlab.assessment.outcome import Feedback, PartOutcome
from okrlab.content.item import Bucket, Card
from okrlab.errors import AnswerError


def mark_card(buckets: Sequence[Bucket], card: Card, bucket: str) -> PartOutcome:
    """Mark one card that was put into the bucket with the id `bucket`.

    Raises:
        AnswerError: there is no such bucket.
    """
    labels = {b.id: b.label for b in buckets}
    if bucket not in labels:
        raise AnswerError(
            f"The card “{card.text[:60]}” was put into “{str(bucket)[:60]}”, and there is no such "
            f"bucket. Use one of: {', '.join(labels)}."
        )
    correct = bucket == card.bucket
    wrong = next((w for w in card.wrong if w.bucket == bucket), None)
    return PartOutcome(
        part=card.id,
        given=labels[bucket],
        expected=labels[card.bucket],
        correct=correct,
        feedback=Feedback(
            cue=card.why,
            tempts=wrong.feedback if wrong and not correct else "",
            flip=card.flip,
            misconception=wrong.misconception if wrong and not correct else None,
        ),
    )


def mark_cards(
    buckets: Sequence[Bucket], cards: Sequence[Card], placed: Mapping[str, str]
) -> tuple[PartOutcome, ...]:
    """Mark those of `cards` that were placed, in the order of `cards`.

    Args:
        buckets: where cards can go.
        cards: the cards, with their keys.
        placed: bucket id by card id. Cards that it leaves out are not marked.

    Raises:
        AnswerError: `placed` names a card or a bucket that does not exist.
    """
    unknown = sorted(set(placed) - {c.id for c in cards})
    if unknown:
        raise AnswerError(
            f"There is no card “{str(unknown[0])[:60]}” here. Place only the cards that were dealt."
        )
    return tuple(mark_card(buckets, c, placed[c.id]) for c in cards if c.id in placed)
