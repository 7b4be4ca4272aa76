"""What a learner tries with the means of a logic model: a guess, other figures, a choice."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from okrlab.content.logic_model import MAX_UNITS, Means, Undertaking
from okrlab.model.logic_model import FEW_ACTIVITIES, Feasibility, check_selection, feasibility
from okrlab.widgets.words import counted, sentence

FEWEST_ACTIVITIES = 3
"""With fewer, and time left, there is room for more."""

SEGMENTS = 60
"""Up to so many units the picture shows each of them."""


@dataclass
class MeansState:
    """How far one learner got with the means.

    Attributes:
        means: the goal, the resource and the activities.
        guess: how many units the learner thinks the goal takes; None before the answer.
        units: how many units are tried out now.
        each: what one of them brings, as tried out, in the goal's unit.
        goal: the goal as tried out.
        chosen: ids of the activities that are chosen.
        checked: whether this choice was checked.
    """

    means: Means
    guess: int | None = None
    units: int = 0
    each: float = 0.0
    goal: float = 0.0
    chosen: list[str] = field(default_factory=list)
    checked: bool = False

    @classmethod
    def fresh(cls, means: Means) -> Self:
        """Nothing guessed, nothing chosen, the figures of the case."""
        return cls(means, units=means.have, each=means.each, goal=means.goal)

    @classmethod
    def restore(cls, means: Means, draft: Mapping[str, Any] | None) -> Self:
        """The state of a draft; what no longer fits is left out."""
        now = cls.fresh(means)
        if not isinstance(draft, dict):
            return now
        guess = _in(draft.get("guess"), 0, 10 * MAX_UNITS)
        now.guess = None if guess is None else int(guess)
        units = _in(draft.get("units"), 0, MAX_UNITS)
        now.units = means.have if units is None else int(units)
        now.each = _in(draft.get("each"), *now.each_range) or means.each
        now.goal = _in(draft.get("goal"), *now.goal_range) or means.goal
        listed = draft.get("chosen")
        chosen = listed if isinstance(listed, list) else []
        now.chosen = [a.id for a in means.activities if a.id in chosen]
        now.checked = draft.get("checked") is True
        return now

    def draft(self) -> dict[str, Any]:
        """Plain JSON data that `restore` reads."""
        return {
            "guess": self.guess,
            "units": self.units,
            "each": self.each,
            "goal": self.goal,
            "chosen": self.chosen,
            "checked": self.checked,
        }

    @property
    def each_range(self) -> tuple[float, float]:
        """What one unit may bring when it is tried out: from a tenth to ten times the case's."""
        return self.means.each / 10, self.means.each * 10

    @property
    def goal_range(self) -> tuple[float, float]:
        """The goals that can be tried out: from a hundredth to ten times the case's."""
        return self.means.goal / 100, self.means.goal * 10

    @property
    def tried(self) -> Feasibility:
        """What the figures that are tried out give."""
        return feasibility(self.goal, self.units, self.each)

    def choose(self, activity: str, on: bool) -> None:
        """Choose an activity, or leave it."""
        chosen = set(self.chosen) - {activity} | ({activity} if on else set())
        self.chosen = [a.id for a in self.means.activities if a.id in chosen]
        self.checked = False

    @property
    def choice(self) -> list[Undertaking]:
        """The chosen activities in the order of the case."""
        return [a for a in self.means.activities if a.id in self.chosen]

    # -- in words --------------------------------------------------------------------------------

    def on_guess(self) -> tuple[bool, str]:
        """Whether the guess is right, and what it would bring; only called with a guess."""
        guess, check, write = self.guess or 0, self.means.check, self.means.amount.write
        brings = write(guess * self.means.each)
        if guess == check.needed:
            return True, f"{sentence(self._units(guess))} bring {brings}, just enough."
        if guess < check.needed:
            short = write(check.goal - guess * self.means.each)
            verb = "brings" if guess == 1 else "bring"
            return False, (
                f"{sentence(self._units(guess))} {verb} {brings}: {short} too little. "
                f"It takes {check.needed}."
            )
        return False, (
            f"{sentence(self._units(guess))} bring {brings}, more than is needed. "
            f"{check.needed} would do."
        )

    def gap_words(self) -> str:
        """What the tried-out figures bring, against the goal."""
        check, write = self.tried, self.means.amount.write
        verb = "brings" if check.units == 1 else "bring"
        start = f"{sentence(self._units(check.units))} {verb} {write(check.reachable)}"
        if check.feasible:
            return f"{start}. The goal is {write(check.goal)}: it can be reached."
        return (
            f"{start}. The goal is {write(check.goal)}, so {write(check.gap)} "
            f"{'is' if self.means.amount.before else 'are'} missing. It takes {check.needed}: "
            f"{check.missing_units} more."
        )

    def _units(self, count: int) -> str:
        many = self.means.resource
        return counted(count, many[:-1] if many.endswith("s") else many, many)

    def picture(self) -> dict[str, Any]:
        """The gap as a bar: how many parts it has, how many are there, where the goal stands."""
        check = self.tried
        total = max(check.units, check.needed, 1)
        goal_at = check.goal / self.each / total
        many = total > SEGMENTS
        return {
            "parts": 0 if many else total,
            "there": check.units if not many else check.units / total,
            "goalAt": round(min(1.0, goal_at), 4),
            "thereWords": f"There: {check.units}",
            "missingWords": f"Missing: {check.missing_units}" if check.missing_units else "",
            "goalWords": f"{self.means.goal_words}: {self.means.amount.write(check.goal)}",
        }

    @property
    def weeks(self) -> float:
        """Person-weeks of what is chosen."""
        return math.fsum(a.weeks for a in self.choice)

    def verdict(self) -> dict[str, Any]:
        """What becomes of the chosen activities."""
        choice, means = self.choice, self.means
        found = check_selection([a.activity for a in choice], means.capacity)
        idle = [a for a in choice if not a.leads_on]
        lines = list(found.advice)
        if idle:
            lines.append(
                f"{sentence(counted(len(idle), 'thing'))} on your list would be done and change "
                "nothing for the people it is meant for. Put something else in its place."
            )
        room = means.capacity - found.effort
        if choice and found.doable and not idle and len(choice) < FEWEST_ACTIVITIES:
            lines.append(
                f"{room:g} person-weeks are left. There is room for something more that moves "
                "the outcome."
            )
        good = not lines
        if good:
            lines.append(
                f"{found.effort:g} of {means.capacity:g} person-weeks, "
                f"{counted(len(choice), 'thing')} to do, and each moves the outcome. "
                f"At most {FEW_ACTIVITIES} at a time can be done well."
            )
        return {
            "good": good,
            "doable": found.doable,
            "lines": lines,
            "each": [{"text": a.text, "leadsOn": a.leads_on, "why": a.why} for a in choice],
        }


def _in(value: object, low: float, high: float) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
        return None
    return float(value)
