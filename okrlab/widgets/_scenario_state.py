"""Where a room stands in a scenario: step, votes, what is revealed, what the coach has open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from okrlab.assessment.votes import MOST_VOTES
from okrlab.assessment.what_if import Choice, Control, controls, starts
from okrlab.content.scenario import STEPS, Scenario

ROUNDS = ("first", "second")
MOST_SECONDS = 4 * 3600


@dataclass
class State:
    """Everything that is kept. `restore` takes over what still fits the scenario of today.

    Attributes:
        step: index into `STEPS`.
        votes: by round and option, how many chose it.
        revealed: so many points are revealed.
        notes: whether the coach's notes are open.
        advice: whether the advice on the vote is open.
        asked: positions of the controls of “what if”.
        left: by step, the seconds left on its clock.
    """

    step: int = 0
    votes: dict[str, dict[str, int]] = field(default_factory=dict)
    revealed: int = 0
    notes: bool = False
    advice: bool = False
    asked: dict[str, float | str] = field(default_factory=dict)
    left: dict[str, int] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The name of the step."""
        return STEPS[self.step]

    def past(self, name: str) -> bool:
        """Whether the room has come to that step."""
        return self.step >= STEPS.index(name)

    @classmethod
    def fresh(cls, scenario: Scenario, base: int) -> State:
        """Nothing has happened yet."""
        options = [option.id for option in scenario.steps.vote.options]
        votes = {name: dict.fromkeys(options, 0) for name in ROUNDS}
        return cls(votes=votes, revealed=base, asked=starts(scenario.what_if))

    @classmethod
    def restore(cls, scenario: Scenario, draft: object, base: int, most: int) -> State:
        """The state in a draft; what does not fit the scenario stays as at first."""
        state = cls.fresh(scenario, base)
        if not isinstance(draft, Mapping):
            return state
        state.step = _whole(draft.get("step"), 0, len(STEPS) - 1, state.step)
        state.revealed = _whole(draft.get("revealed"), base, most, base)
        state.notes = draft.get("notes") is True
        for name, votes in state.votes.items():
            saved = _mapping(_mapping(draft.get("votes")).get(name))
            for option in votes:
                votes[option] = _whole(saved.get(option), 0, MOST_VOTES, 0)
        left = _mapping(draft.get("left"))
        for name in STEPS:
            if name in left:
                most_left = MOST_SECONDS
                state.left[name] = _whole(
                    left[name], 0, most_left, scenario.step(name).minutes * 60
                )
        asked = _mapping(draft.get("asked"))
        for name, control in controls(scenario.what_if).items():
            if fits(control, asked.get(name)):
                state.asked[name] = asked[name]
        return state

    def draft(self) -> dict[str, Any]:
        """The state as plain JSON data."""
        return {
            "step": self.step,
            "votes": {name: dict(votes) for name, votes in self.votes.items()},
            "revealed": self.revealed,
            "notes": self.notes,
            "asked": dict(self.asked),
            "left": dict(self.left),
        }


def fits(control: Control, value: object) -> bool:
    """Whether a control can stand there."""
    if isinstance(control, Choice):
        return isinstance(value, str) and value in control.options
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return number and control.low <= value <= control.high  # type: ignore[operator]


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _whole(value: object, low: int, high: int, otherwise: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        return otherwise
    return value
