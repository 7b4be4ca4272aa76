"""Polls on what the sources disagree about: the content of the widget Poll.

A poll has no right answer. Each answer says what follows from it and who holds it.
"""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator

from okrlab.content._base import ClaimId, FormatNumber, Line, Slug, Strict, Text


class PollOption(Strict):
    """An answer that somebody could give with good reasons.

    `implies` says what follows from it in practice, `held_by` who holds it, and `ask` is the
    question that whoever chose it should put to themselves.
    """

    id: Slug
    text: Line
    implies: Text
    held_by: Line
    ask: Line


class Poll(Strict):
    """A question on which well-informed people differ.

    `open` says why nobody marks it, `here` what this course does and whose choice that is.
    """

    id: Slug
    lesson: int = Field(ge=0, le=9)
    title: Line
    case: Text
    question: Line
    options: Annotated[tuple[PollOption, ...], Field(min_length=2, max_length=6)]
    open: Text
    here: Text
    seed_refs: Annotated[tuple[ClaimId, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _names_options_once(self) -> Self:
        ids = [option.id for option in self.options]
        twice = sorted({i for i in ids if ids.count(i) > 1})
        if twice:
            raise ValueError(f"option ids are used twice: {', '.join(twice)}")
        return self


class PollFile(Strict):
    """`polls.yaml`."""

    format: FormatNumber
    polls: Annotated[tuple[Poll, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _names_polls_once(self) -> Self:
        ids = [poll.id for poll in self.polls]
        if len(set(ids)) < len(ids):
            raise ValueError("a poll's id is used twice")
        return self
