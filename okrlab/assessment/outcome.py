"""What a response earned, and why: the result of marking."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Feedback:
    """Why an answer is right or wrong.

    Attributes:
        cue: the decisive cue: what in the case settles the answer.
        tempts: why the wrong answer tempts; empty for a right one.
        flip: the smallest change to the case that would flip the answer.
        misconception: id of the misconception that the answer reveals, such as "M01".
    """

    cue: str
    tempts: str = ""
    flip: str = ""
    misconception: str | None = None


@dataclass(frozen=True)
class PartOutcome:
    """The outcome of one part of a response: an option, a card, a step, a number.

    Attributes:
        part: what was answered: an option's index as text, the id of a card or step, what a
            written line had to hold.
        given: what the learner answered, as a label that can be shown.
        expected: what would have been right, as a label that can be shown.
        correct: whether the two agree.
        feedback: why.
    """

    part: str
    given: str
    expected: str
    correct: bool
    feedback: Feedback


@dataclass(frozen=True)
class Outcome:
    """The outcome of a response.

    Attributes:
        mark: what was earned, 0 to 1, partial credit included.
        correct: whether everything was right.
        parts: the outcome of each part.
        feedback: for the item as a whole.
        misconceptions: ids of all misconceptions revealed, sorted, each once.
        advice: remarks that cost nothing; `flip` is a wording to try.
    """

    mark: float
    correct: bool
    parts: tuple[PartOutcome, ...]
    feedback: Feedback
    misconceptions: tuple[str, ...] = ()
    advice: tuple[Feedback, ...] = ()

    def __post_init__(self) -> None:
        if not 0 <= self.mark <= 1:
            raise ValueError(f"a mark lies between 0 and 1, not {self.mark}")


Response = dict[str, Any]
"""A response as plain JSON data. By item type:

- choice, rewrite: ``{"option": 2}`` (index into the item's options)
- choices: ``{"options": [0, 3]}``
- classify, role_in_context: ``{"placed": {"card-id": "bucket-id"}}``
- number: ``{"number": 0.7}``
- order: ``{"order": ["step-b", "step-a"]}``
- write: ``{"text": "Net promoter score from 32 to 45 by 30 September"}``
"""
