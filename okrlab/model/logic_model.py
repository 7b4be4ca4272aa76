"""The logic model: resources → activities → outputs → outcomes → impact.

Three checks: does a chain stand in order, do the resources suffice for the goal, and are the
activities few enough to be done.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from okrlab.errors import ModelError
from okrlab.model._numbers import number, whole

ASSUMPTIONS: tuple[str, ...] = (
    "The chain is a way to think, not evidence: each arrow is a guess until somebody looks.",
    "Each unit of a resource brings as much as the others, and none gets better on the way.",
    "Resources and activities are what you decide. Outputs you can promise. Outcomes and impact "
    "are up to others, too.",
)

FEW_ACTIVITIES = 4
"""So many activities at a time, at most."""


class Stage(StrEnum):
    """A stage of the chain, in order."""

    RESOURCES = "resources"
    ACTIVITIES = "activities"
    OUTPUTS = "outputs"
    OUTCOMES = "outcomes"
    IMPACT = "impact"

    @property
    def rank(self) -> int:
        """Its place in the chain, from 0."""
        return list(Stage).index(self)

    @property
    def question(self) -> str:
        """The question that belongs to it."""
        return _QUESTIONS[self]

    @property
    def name_of_one(self) -> str:
        """A thing at this stage, with its article."""
        return _ONE[self]


_QUESTIONS: dict[Stage, str] = {
    Stage.RESOURCES: "What do we have: people, money, technology?",
    Stage.ACTIVITIES: "What do we do with it?",
    Stage.OUTPUTS: "What is there when we have done it?",
    Stage.OUTCOMES: "Who does something differently because of it?",
    Stage.IMPACT: "What is different in the long run, for good or ill?",
}
_ONE: dict[Stage, str] = {
    Stage.RESOURCES: "a resource",
    Stage.ACTIVITIES: "an activity",
    Stage.OUTPUTS: "an output",
    Stage.OUTCOMES: "an outcome",
    Stage.IMPACT: "an impact",
}
_TELLS: dict[tuple[Stage, Stage], str] = {
    (Stage.RESOURCES, Stage.ACTIVITIES): "What you have is there before you do anything with it.",
    (Stage.ACTIVITIES, Stage.OUTPUTS): "You do an activity; an output is what it leaves behind.",
    (Stage.OUTPUTS, Stage.OUTCOMES): (
        "You make an output yourself. An outcome is what other people then do differently."
    ),
    (Stage.OUTCOMES, Stage.IMPACT): (
        "An outcome is what people do soon. Impact is what many such changes lead to, years later."
    ),
}


@dataclass(frozen=True)
class Link:
    """One link of a chain: what it says, and the stage at which it stands."""

    text: str
    stage: Stage


@dataclass(frozen=True)
class Slip:
    """Two neighbours in the wrong order.

    Attributes:
        earlier: the link that was put first.
        later: the link that was put second, and belongs before it.
        because: why, in a sentence or two.
    """

    earlier: Link
    later: Link
    because: str


@dataclass(frozen=True)
class OrderCheck:
    """What the order of a chain shows.

    Attributes:
        slips: neighbours in the wrong order; empty when the chain is in order.
        missing: stages without any link, in order.
    """

    slips: tuple[Slip, ...]
    missing: tuple[Stage, ...]

    @property
    def in_order(self) -> bool:
        """Whether no link stands before one that belongs before it."""
        return not self.slips


def check_order(chain: Sequence[Link]) -> OrderCheck:
    """Whether the links stand in order; links of one stage may stand in any order.

    Args:
        chain: the links as they were put, from first to last.
    """
    slips = tuple(
        Slip(
            earlier,
            later,
            f"“{later.text}” is {later.stage.name_of_one} and comes before “{earlier.text}”, "
            f"which is {earlier.stage.name_of_one}. {tell_apart(later.stage, earlier.stage)}",
        )
        for earlier, later in pairwise(chain)
        if earlier.stage.rank > later.stage.rank
    )
    present = {link.stage for link in chain}
    return OrderCheck(slips, tuple(stage for stage in Stage if stage not in present))


def tell_apart(one: Stage, other: Stage) -> str:
    """How to tell two stages apart, in a sentence or two; nothing when they are the same."""
    low, high = sorted((one, other), key=lambda stage: stage.rank)
    if low is high:
        return ""
    if (low, high) in _TELLS:
        return _TELLS[low, high]
    return f"Ask of each: “{low.question}” or “{high.question}”"


def check_stage(link: Link, chosen: Stage) -> str:
    """Why the link stands at another stage than the chosen one; nothing when the choice is right.

    Args:
        link: the link, with its own stage.
        chosen: where somebody put it.
    """
    if chosen is link.stage:
        return ""
    return (
        f"“{link.text}” is {link.stage.name_of_one}, not {chosen.name_of_one}. "
        f"{tell_apart(link.stage, chosen)}"
    )


TEN_INTEGRATIONS: tuple[Link, ...] = (
    Link("Three developers and a budget for test accounts", Stage.RESOURCES),
    Link("Building integrations with other people's software", Stage.ACTIVITIES),
    Link("Ten integrations are live", Stage.OUTPUTS),
    Link("Customers connect their tools and stop copying data by hand", Stage.OUTCOMES),
    Link("Customers stay for years, and the company is worth more", Stage.IMPACT),
)
"""After an example in the podcast; the resources and the wording are ours."""

MILLION_CARS: tuple[Link, ...] = (
    Link("Workers, an assembly line, factories", Stage.RESOURCES),
    Link("Assembling cars", Stage.ACTIVITIES),
    Link("A million cars are built", Stage.OUTPUTS),
    Link("Families buy a car and drive where they used to walk or ride", Stage.OUTCOMES),
    Link("People live and work farther apart; accidents and bad air come with it", Stage.IMPACT),
)
"""After the podcast's story of Ford in 1915; impact may be harm as well as good."""


@dataclass(frozen=True)
class Feasibility:
    """What the resources can bring, against the goal; amounts in the goal's unit.

    Attributes:
        goal: what is wanted.
        units: how many units of the resource there are.
        per_unit: what one of them brings.
        reachable: what all of them bring.
        needed: how many units the goal takes.
    """

    goal: float
    units: int
    per_unit: float
    reachable: float
    needed: int

    @property
    def feasible(self) -> bool:
        """Whether the units suffice."""
        return self.units >= self.needed

    @property
    def gap(self) -> float:
        """What is missing to the goal, in its unit; 0 when nothing is."""
        return max(0.0, self.goal - self.reachable)

    @property
    def missing_units(self) -> int:
        """How many units are missing."""
        return max(0, self.needed - self.units)

    def in_words(self, resource: str = "units", unit: str = "") -> str:
        """The result as a sentence.

        Args:
            resource: what the units are, in the plural, such as "sales reps".
            unit: of the amounts, put before them, such as "$".
        """
        brings = f"{self.units} {resource} bring {unit}{self.reachable:,.0f}"
        if self.feasible:
            return f"{brings}, and the goal is {unit}{self.goal:,.0f}: it can be done."
        return (
            f"{brings}, and the goal is {unit}{self.goal:,.0f}. It takes {self.needed}. "
            f"Find {self.missing_units} more, or make the goal smaller."
        )


def feasibility(goal: float, units: int, per_unit: float) -> Feasibility:
    """Whether the resources suffice for the goal, whatever people do with them.

    Args:
        goal: what is wanted, in its own unit, at least 0.
        units: how many units of the scarcest resource there are, such as sales reps.
        per_unit: what one unit can bring in the period, in the goal's unit, above 0.

    Raises:
        ModelError: a number lies outside its range.

    >>> feasibility(10_000_000, 4, 600_000).needed
    17
    """
    wanted = number("the goal", goal, least=0, most=1e15)
    each = number("what one unit brings", per_unit, above=0, most=1e15)
    count = whole("the units", units, least=0, most=1_000_000_000)
    exact = wanted / each
    if not math.isfinite(exact):
        raise ModelError(
            f"One unit brings {each:g}, which is next to nothing against a goal of {wanted:g}. "
            "Give both in the same unit."
        )
    # 0.3 / 0.1 is a hair below 3 and 0.6 / 0.2 may be one above: a whole number counts as one.
    near = round(exact)
    needed = near if math.isclose(exact, near, rel_tol=1e-9) else math.ceil(exact)
    return Feasibility(wanted, count, each, count * each, needed)


@dataclass(frozen=True)
class Activity:
    """Something to do, and what it takes in person-weeks.

    Raises:
        ModelError: `effort` is below 0 or no finite number.
    """

    name: str
    effort: float

    def __post_init__(self) -> None:
        number(f"the effort of “{self.name}”", self.effort, least=0, most=1e9)


@dataclass(frozen=True)
class Selection:
    """What becomes of chosen activities; in person-weeks.

    Attributes:
        effort: what all of them take.
        capacity: what there is.
        advice: what to change, in sentences; empty when the choice can be done.
    """

    effort: float
    capacity: float
    advice: tuple[str, ...]

    @property
    def doable(self) -> bool:
        """Whether there is nothing to change."""
        return not self.advice


def check_selection(chosen: Sequence[Activity], capacity: float) -> Selection:
    """Whether the chosen activities are few enough and fit the people there are.

    Args:
        chosen: what somebody wants to do in the period.
        capacity: what there is for it, in person-weeks, at least 0.

    Raises:
        ModelError: `capacity` is below 0 or no finite number.
    """
    room = number("the capacity", capacity, least=0, most=1e9)
    effort = math.fsum(activity.effort for activity in chosen)
    advice = []
    if not chosen:
        advice.append("Nothing is chosen. Pick the three or four that would move most.")
    if len(chosen) > FEW_ACTIVITIES:
        advice.append(
            f"{len(chosen)} activities are too many to do well at once. Keep at most "
            f"{FEW_ACTIVITIES}."
        )
    if effort > room:
        advice.append(
            f"They take {effort:g} person-weeks, and there are {room:g}. "
            "Drop one, make one smaller or find more people."
        )
    return Selection(effort, room, tuple(advice))
