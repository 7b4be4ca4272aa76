"""Quizzes and decks in learners' progress, marked against the key as it is now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from okrlab.assessment.attempt import Attempt
from okrlab.assessment.cards import mark_card
from okrlab.assessment.marking import mark
from okrlab.assessment.outcome import Feedback, Outcome, PartOutcome
from okrlab.content import Library
from okrlab.errors import AnswerError, ContentError
from okrlab.grading.results import FAILED, OK, ExerciseMark, Marked, Part, worst

KINDS = ("quiz/", "deck/")


def mark_sittings(answered: Mapping[str, Sequence[Attempt]], library: Library) -> list[Marked]:
    """A result for each learner and each quiz or deck: the latest go through it, first tries.

    Args:
        answered: by learner, every attempt.
        library: the key.
    """
    found: list[Marked] = []
    for learner in sorted(answered, key=lambda name: (name.casefold(), name)):
        kept = [a for a in answered[learner] if a.graded and a.activity.startswith(KINDS)]
        for activity in sorted({attempt.activity for attempt in kept}):
            of_it = [attempt for attempt in kept if attempt.activity == activity]
            sitting = max(of_it, key=lambda attempt: attempt.at).sitting
            first = [a for a in of_it if a.sitting == sitting and a.try_number == 1]
            found += _sitting(learner, activity, first, library)
    return found


def _sitting(
    learner: str, activity: str, attempts: Iterable[Attempt], library: Library
) -> list[Marked]:
    marks = tuple(_mark(attempt, library) for attempt in attempts)
    if not marks:
        return []
    status = worst(entry.status for entry in marks)
    return [Marked(learner, activity, "", status, exercises=marks, max_points=len(marks))]


def _mark(attempt: Attempt, library: Library) -> ExerciseMark:
    title = attempt.item
    try:
        title, outcome = _outcome(attempt, library)
    except (AnswerError, ContentError) as error:
        said = (f"The answer cannot be marked: {error}",)
        return ExerciseMark(attempt.item, title, 0.0, 1, FAILED, said, source="progress")
    words = [w for w in (outcome.feedback.cue, outcome.feedback.tempts) if w]
    wrong = [part for part in outcome.parts if not part.correct]
    return ExerciseMark(
        attempt.item,
        title,
        round(outcome.mark, 3),
        1,
        OK,
        tuple(words),
        tuple(_part(part) for part in wrong),
        outcome.misconceptions,
        "progress",
        attempt.seconds,
    )


def _outcome(attempt: Attempt, library: Library) -> tuple[str, Outcome]:
    """The text of what was asked, and what the stored response earns."""
    deck_id, _, card_id = attempt.item.partition("/")
    if not card_id:
        item = library.item(attempt.item)
        return item.stem, mark(item, attempt.response)
    deck = library.deck(deck_id)
    card = next((card for card in deck.cards if card.id == card_id), None)
    placed: Any = attempt.response.get("placed")
    if card is None or not isinstance(placed, dict):
        raise AnswerError("there is no such card any more.")
    part = mark_card(deck.buckets, card, str(placed.get(card_id)))
    ideas = (part.feedback.misconception,) if part.feedback.misconception else ()
    outcome = Outcome(float(part.correct), part.correct, (part,), Feedback(""), ideas)
    return card.text, outcome


def _part(part: PartOutcome) -> Part:
    why = " ".join(w for w in (part.feedback.tempts, part.feedback.cue) if w)
    return Part(part.part, part.given, part.expected, why)
