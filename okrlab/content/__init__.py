"""Bank, decks, quizzes, exercises, misconceptions: data files and the models that read them."""

from __future__ import annotations

from okrlab.content.course import Claim, Concept, Draw, Lesson, Misconception, Quiz
from okrlab.content.exercise import Exercise
from okrlab.content.item import (
    Bucket,
    Card,
    ChoiceItem,
    ChoicesItem,
    ClassifyItem,
    Context,
    Deck,
    Example,
    ItemBase,
    NumberItem,
    Option,
    OrderItem,
    RewriteItem,
    RoleInContextItem,
    Slip,
    Step,
    WriteItem,
    WrongBucket,
)
from okrlab.content.library import Library, Problem, library
from okrlab.content.series import Series

__all__ = [
    "Bucket",
    "Card",
    "ChoiceItem",
    "ChoicesItem",
    "Claim",
    "ClassifyItem",
    "Concept",
    "Context",
    "Deck",
    "Draw",
    "Example",
    "Exercise",
    "ItemBase",
    "Lesson",
    "Library",
    "Misconception",
    "NumberItem",
    "Option",
    "OrderItem",
    "Problem",
    "Quiz",
    "RewriteItem",
    "RoleInContextItem",
    "Series",
    "Slip",
    "Step",
    "WriteItem",
    "WrongBucket",
    "library",
]
