"""Eight dimensions of how a measure is used, and the role that follows (Ben Lamorte's rule).

Three of them define: a key result always belongs to an objective, drives improvement and has a
timeframe. The other five are typical of one use or the other: they argue, they don't decide. Two of
those five are warnings for a key result: pay that is calculated from it, and hiding it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from okrlab.model.indicator import Role


class Dimension(StrEnum):
    """One of the eight, in the order in which they are taught."""

    CONTEXT = "context"
    COMPENSATION = "compensation"
    VISIBILITY = "visibility"
    IMPROVEMENT = "improvement"
    TIMEFRAME = "timeframe"
    TEAMS = "teams"
    CONTROL = "control"
    ORIGIN = "origin"


DEFINING = (Dimension.CONTEXT, Dimension.IMPROVEMENT, Dimension.TIMEFRAME)
"""A key result stands on the key-result side of each of these."""

WARNING = (Dimension.COMPENSATION, Dimension.VISIBILITY)
"""A key result on the KPI side of one of these is still one, but it will not work as one."""


@dataclass(frozen=True)
class Use:
    """How a measure is used now.

    Attributes:
        towards: the dimensions that stand on the key-result side; the others on the KPI side.
        guarded: whether a range has been agreed in which the measure must stay.
    """

    towards: frozenset[Dimension] = frozenset()
    guarded: bool = False

    def flipped(self, dimensions: Iterable[Dimension], *, guard: bool = False) -> Use:
        """The use after flipping `dimensions`, and the agreed range when `guard` is set."""
        return Use(self.towards ^ frozenset(dimensions), self.guarded ^ guard)


@dataclass(frozen=True)
class Judgement:
    """The role of a measure, and what stands in the way of another.

    Attributes:
        role: what it is for now.
        missing: defining dimensions on the KPI side; empty for a key result.
        warnings: what will spoil this key result; empty for other roles.
    """

    role: Role
    missing: tuple[Dimension, ...]
    warnings: tuple[Dimension, ...]


@dataclass(frozen=True)
class Change:
    """Flips that together give a measure another role.

    Attributes:
        flips: the dimensions to flip, in order.
        guard: whether the agreed range flips too.
        role: the role afterwards.
    """

    flips: tuple[Dimension, ...]
    guard: bool
    role: Role


def judge(use: Use) -> Judgement:
    """The role that a measure plays in this use.

    All three defining dimensions on the key-result side make a key result. Without improvement, an
    agreed range makes a health metric. Everything else is a KPI.
    """
    missing = tuple(d for d in DEFINING if d not in use.towards)
    if not missing:
        warnings = tuple(d for d in WARNING if d not in use.towards)
        return Judgement(Role.KEY_RESULT, (), warnings)
    if Dimension.IMPROVEMENT in missing and use.guarded:
        return Judgement(Role.HEALTH_METRIC, missing, ())
    return Judgement(Role.KPI, missing, ())


def smallest_changes(use: Use, goal: Role | None = None) -> tuple[Change, ...]:
    """The smallest sets of flips that give another role: all of that size, key results first.

    Args:
        use: how the measure is used now.
        goal: the role to reach. Default: any other one.

    Returns:
        Nothing when the measure has the role `goal` already.
    """
    now = judge(use).role
    switches: tuple[Dimension | None, ...] = (*DEFINING, None)  # None stands for the agreed range
    for size in range(1, len(switches) + 1):
        found = []
        for chosen in combinations(switches, size):
            flips = tuple(d for d in Dimension if d in chosen)
            role = judge(use.flipped(flips, guard=None in chosen)).role
            if role != now and goal in (None, role):
                found.append(Change(flips, None in chosen, role))
        if found:
            return tuple(sorted(found, key=lambda c: c.role != Role.KEY_RESULT))
    return ()
