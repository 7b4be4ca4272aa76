"""One stored response with its outcome: the unit of everything that progress is computed from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

Confidence = Literal["sure", "think", "guess"]


@dataclass(frozen=True)
class Attempt:
    """A response to one item, card or exercise, as it is stored. Never changed afterwards.

    Attributes:
        id: unique for ever (a UUID's hex), so that importing twice adds nothing.
        learner: whose it is.
        activity: where it was answered, such as "quiz/two-jobs", "deck/kpi-or-key-result",
            "exercise/1.1" or "pretest/pretest".
        sitting: groups the attempts of one go through an activity (a UUID's hex).
        item: id of the item; for a card of a deck "deck-id/card-id".
        item_version: version of the item at that time.
        concept: the concept that the item belongs to.
        response: plain JSON data, see `okrlab.assessment.outcome.Response`.
        mark: 0 to 1.
        misconceptions: ids revealed.
        graded: whether it counts for mastery (a pretest and a poll don't).
        try_number: 1 for the first answer in this sitting, 2 for the next, …; only first tries
            count for mastery.
        confidence: what the learner said before seeing the outcome.
        seconds: time taken, or None when it was not measured.
        at: when, with a time zone.
    """

    id: str
    learner: str
    activity: str
    sitting: str
    item: str
    item_version: int
    concept: str
    response: dict[str, Any]
    mark: float
    misconceptions: tuple[str, ...]
    graded: bool
    try_number: int
    confidence: Confidence | None
    seconds: float | None
    at: datetime

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise ValueError("an attempt's time needs a time zone")
        if not 0 <= self.mark <= 1:
            raise ValueError(f"a mark lies between 0 and 1, not {self.mark}")

    @property
    def correct(self) -> bool:
        """Whether everything was right."""
        return self.mark >= 1
