"""From a response to an outcome, and from outcomes to mastery. Pure: no clock, no store."""

from __future__ import annotations

from okrlab.assessment.attempt import Attempt, Confidence
from okrlab.assessment.cards import mark_card, mark_cards
from okrlab.assessment.deal import activity, deal
from okrlab.assessment.journal import Journal, MemoryJournal
from okrlab.assessment.marking import mark
from okrlab.assessment.mastery import (
    Alive,
    Mastery,
    concept_mastery,
    lesson_mastery,
    misconceptions_alive,
)
from okrlab.assessment.numbers import parse_number, show_number
from okrlab.assessment.outcome import Feedback, Outcome, PartOutcome, Response
from okrlab.assessment.sitting import Question, Sitting

__all__ = [
    "Alive",
    "Attempt",
    "Confidence",
    "Feedback",
    "Journal",
    "Mastery",
    "MemoryJournal",
    "Outcome",
    "PartOutcome",
    "Question",
    "Response",
    "Sitting",
    "activity",
    "concept_mastery",
    "deal",
    "lesson_mastery",
    "mark",
    "mark_card",
    "mark_cards",
    "misconceptions_alive",
    "parse_number",
    "show_number",
]
