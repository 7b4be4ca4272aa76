"""Marking a stored answer anew: nothing that was stored of its outcome is believed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Literal

from okrlab.assessment.attempt import Attempt
from okrlab.assessment.cards import mark_cards
from okrlab.assessment.deal import activity
from okrlab.assessment.deck import card_concept
from okrlab.assessment.exercise import mark_exercise
from okrlab.assessment.marking import mark
from okrlab.content import Library
from okrlab.content.exercise import DataExercise, Exercise, FrameAnswer, MappingAnswer
from okrlab.errors import AnswerError, OkrlabError

CLOSE = 1e-6
"""Marks that differ by less are the same."""

Why = Literal["unknown", "version", "unreadable"]


@dataclass(frozen=True)
class Remark:
    """A stored answer, marked anew.

    Attributes:
        stored: as it was stored.
        anew: with mark, misconceptions, concept and what counts as they should be; None when it
            could not be marked.
        why_not: the question is "unknown" here, or stands here in another "version", or the answer
            is "unreadable" as an answer to it; None when it was marked.
    """

    stored: Attempt
    anew: Attempt | None
    why_not: Why | None = None

    @property
    def differences(self) -> tuple[str, ...]:
        """What the stored answer claims otherwise than it should, in words."""
        if self.anew is None:
            return ()
        was, now = self.stored, self.anew
        found = []
        if abs(was.mark - now.mark) > CLOSE:
            found.append(f"says {was.mark:.2f}, and earns {now.mark:.2f}")
        if set(was.misconceptions) != set(now.misconceptions):
            says = ", ".join(sorted(was.misconceptions)) or "none"
            shows = ", ".join(sorted(now.misconceptions)) or "none"
            found.append(f"names the misconceptions {says}, and shows {shows}")
        if was.graded is not now.graded:
            told = {True: "counts", False: "does not count"}
            found.append(f"says that it {told[was.graded]}, and it {told[now.graded]}")
        if was.concept != now.concept:
            found.append(f"names the concept {was.concept}, and is about {now.concept}")
        return tuple(found)


def remark(stored: Attempt, library: Library) -> Remark:
    """Mark a stored answer with this library's keys.

    Args:
        stored: any attempt: at an item, a card of a deck, or an exercise.
        library: where the keys come from.
    """
    try:
        found = _marked(stored, library)
    except (OkrlabError, KeyError, TypeError, ValueError, AttributeError):
        return Remark(stored, None, "unreadable")
    return Remark(stored, None, found) if isinstance(found, str) else Remark(stored, found)


def _marked(stored: Attempt, library: Library) -> Attempt | Why:
    name = stored.item
    if name in library.items:
        item = library.items[name]
        if item.version != stored.item_version:
            return "version"
        outcome = mark(item, stored.response)
        return replace(
            stored,
            mark=outcome.mark,
            misconceptions=outcome.misconceptions,
            concept=library.concept_of[name],
            graded=_counts(stored, library),
        )
    if name.startswith("exercise/"):
        return _exercise(stored, library)
    return _card(stored, library)


def _counts(stored: Attempt, library: Library) -> bool:
    """Whether an answer to an item counts for mastery, by where it was given."""
    kinds = {activity(q): q for q in map(library.quiz, library.names("quizzes"))}
    quiz = kinds.get(stored.activity)
    if quiz is not None:
        return quiz.graded and quiz.kind != "pretest"
    return stored.graded and not stored.activity.startswith("pretest/")


def _exercise(stored: Attempt, library: Library) -> Attempt | Why:
    exercise = library.exercises.get(stored.item.removeprefix("exercise/"))
    if exercise is None:
        return "unknown"
    if exercise.version != stored.item_version:
        return "version"
    outcome = mark_exercise(exercise, stored_answer(exercise, stored.response))
    return replace(
        stored,
        mark=outcome.mark,
        misconceptions=outcome.misconceptions,
        concept=exercise.concept,
        graded=exercise.graded,
    )


def _card(stored: Attempt, library: Library) -> Attempt | Why:
    name, _, card_id = stored.item.partition("/")
    if name not in library.names("decks"):
        return "unknown"
    deck = library.deck(name)
    card = next((c for c in deck.cards if c.id == card_id), None)
    if card is None:
        return "unknown"
    if deck.version != stored.item_version:
        return "version"
    placed = stored.response["placed"]
    if set(placed) != {card_id}:
        raise AnswerError("This answer places another card than the one that was asked about.")
    [part] = mark_cards(deck.buckets, [card], placed)
    wrong = part.feedback.misconception
    return replace(
        stored,
        mark=float(part.correct),
        misconceptions=(wrong,) if wrong and not part.correct else (),
        concept=card_concept(deck, card),
        graded=True,
    )


def stored_answer(exercise: Exercise, response: dict[str, Any]) -> Any:
    """The answer that an attempt at an exercise stored, as `mark_exercise` takes it.

    Args:
        exercise: what was answered.
        response: as the attempt stored it.

    Raises:
        OkrlabError: the response has another form.
    """
    if not isinstance(exercise, DataExercise):
        return response
    if not response or "unreadable" in response:
        return None
    cells = response.get("cells")
    if not isinstance(cells, dict):
        raise OkrlabError("This answer to a task with data holds no cells.")
    rows = {key: row for key, row in cells.items() if isinstance(row, dict)}
    rows |= {key: {} for key in response.get("extra") or () if isinstance(key, str)}
    asked = exercise.answer
    if isinstance(asked, FrameAnswer):
        return [{asked.key: key, **row} for key, row in rows.items()]
    if isinstance(asked, MappingAnswer):
        return {key: row.get("") for key, row in rows.items()}
    return rows.get("answer", {}).get("")
