"""What holds the items together: concepts, misconceptions, claims, lessons, quizzes."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from okrlab.content._base import ClaimId, FormatNumber, Line, MisconceptionId, Slug, Strict, Text
from okrlab.content.item import ItemBase, ItemType


class Misconception(Strict):
    """A named wrong idea that a wrong option reveals."""

    id: MisconceptionId
    name: Slug
    title: Line = Field(description="The wrong idea as somebody who holds it would say it.")
    explanation: Text = Field(description="Why it is wrong.")
    repair: Text = Field(description="What to think instead, with a pair of examples.")
    lesson: int = Field(ge=0, le=9, description="The lesson that treats it.")


class MisconceptionFile(Strict):
    """`misconceptions.yaml`."""

    format: FormatNumber
    misconceptions: tuple[Misconception, ...]


class Concept(Strict):
    """Something to master; the unit of practice and review."""

    id: Slug
    title: Line
    lesson: int = Field(ge=0, le=9)
    summary: Text


class ConceptFile(Strict):
    """`concepts.yaml`."""

    format: FormatNumber
    concepts: tuple[Concept, ...]


class Claim(Strict):
    """A teachable claim of the sources, and what the kit owes it."""

    id: ClaimId
    claim: Text
    lesson: int = Field(ge=0, le=9)
    page: bool = Field(default=False, description="Needs a passage in a lesson.")
    widget: Line | None = Field(default=None, description="The widget that shows it.")
    exercise: Slug | None = Field(default=None, description="The exercise that practises it.")
    items: int = Field(default=0, ge=0, description="At least so many quiz items.")


class ClaimFile(Strict):
    """`claims.yaml`."""

    format: FormatNumber
    claims: tuple[Claim, ...]


class Lesson(Strict):
    """One notebook of the course."""

    number: int = Field(ge=0, le=9)
    slug: Slug
    notebook: Line
    title: Line
    outcome: Line = Field(description="What the learner can do afterwards.")
    minutes: int = Field(ge=5, le=90)
    key_misconceptions: tuple[MisconceptionId, ...] = ()


class LessonFile(Strict):
    """`lessons.yaml`."""

    format: FormatNumber
    lessons: tuple[Lesson, ...]


class Draw(Strict):
    """How many items of a concept a quiz deals.

    Items that ask for a line in one's own words take longer than the others, so they are dealt
    only where the quiz asks for them.
    """

    concept: Slug
    count: int = Field(ge=1, le=24)
    type: ItemType | None = Field(
        default=None, description="Only items of this type. Default: all but `write`."
    )

    def takes(self, item: ItemBase) -> bool:
        """Whether an item of the concept can be dealt here."""
        kind = getattr(item, "type", None)
        return not item.held_out and (kind == self.type if self.type else kind != "write")


class Quiz(Strict):
    """A file of `quizzes/`: which items are dealt, drawn by concept or listed."""

    format: FormatNumber
    id: Slug
    title: Line
    intro: Text
    lesson: int = Field(ge=0, le=9)
    graded: bool = True
    kind: Literal["practice", "pretest", "final"] = "practice"
    draw: tuple[Draw, ...] = ()
    items: tuple[Slug, ...] = ()

    @model_validator(mode="after")
    def _draws_or_lists(self) -> Self:
        if bool(self.draw) == bool(self.items):
            raise ValueError("give either 'draw' (concepts and counts) or 'items' (ids), not both")
        return self

    @property
    def length(self) -> int:
        """How many items a sitting has."""
        return len(self.items) or sum(d.count for d in self.draw)
