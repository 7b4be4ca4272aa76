"""Moves of the lifecycle that are about watching, one class each, and the way out.

A class's docstring is the rule. All facts may be missing; the guards say what is missing.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import ClassVar

from okrlab.model._lifecycle_work import (
    TRIAL_POINTS,
    Around,
    Guard,
    Kind,
    Result,
    State,
    Watch,
    Work,
    given,
    is_kind,
)
from okrlab.model._numbers import shown

NORMAL_POINTS = 3
"""So many normal points in a row close an alert."""

FAVOURABLE_POINTS = 8
"""So many points in a row on the better side of the old centre show a new level."""


@dataclass(frozen=True)
class Define:
    """Candidate → baselining, when owner, formula and source are known."""

    title: ClassVar[str] = "start measuring"
    leaves: ClassVar[frozenset[State]] = frozenset({State.CANDIDATE})
    owner: str = ""
    formula: str = ""
    source: str = ""

    def guards(self, work: Work, around: Around) -> tuple[Guard, ...]:
        """It is a measure, and everybody knows whose, how and from where."""
        del around
        return (
            is_kind(work, Kind.MEASURE, "A milestone is not measured: promise it instead."),
            given("owner", self.owner, "Name one person who looks after the number."),
            given("formula", self.formula, "Write down how the number is calculated."),
            given("source", self.source, "Write down where the data come from."),
        )

    def apply(self, work: Work, around: Around) -> Result:
        """It is measured from now on."""
        del around
        after = replace(
            work,
            state=State.BASELINING,
            owner=self.owner,
            formula=self.formula,
            source=self.source,
        )
        return Result(after, f"Defined: {self.formula}, from {self.source}; {self.owner} owns it.")


@dataclass(frozen=True)
class StartWatching:
    """Baselining → health, with trial limits from at least six points."""

    title: ClassVar[str] = "watch within limits"
    leaves: ClassVar[frozenset[State]] = frozenset({State.BASELINING})
    points: int = 0
    watch: Watch | None = None

    def _points(self) -> int:
        return min(self.points, self.watch.points) if self.watch else self.points

    def guards(self, work: Work, around: Around) -> tuple[Guard, ...]:
        """There are enough points, and limits from them."""
        del work, around
        points = self._points()
        return (
            Guard(
                f"at least {TRIAL_POINTS} points",
                points >= TRIAL_POINTS,
                f"There are {points} points.",
                f"Collect {max(0, TRIAL_POINTS - points)} more: with fewer than {TRIAL_POINTS}, "
                "limits say nothing.",
            ),
            Guard(
                "limits",
                self.watch is not None,
                "There are no limits yet.",
                "Calculate them from the points.",
            ),
        )

    def apply(self, work: Work, around: Around) -> Result:
        """It is watched from now on."""
        del around
        return Result(
            replace(work, state=State.HEALTH, watch=self.watch),
            f"{self._points()} points are enough for {_describe(self.watch)}.",
        )


@dataclass(frozen=True)
class SetLimits:
    """Health → health, with limits calculated afresh; never silently.

    Trial limits may be replaced as points come in. Locked ones only when the process has changed,
    and somebody says how.
    """

    title: ClassVar[str] = "calculate the limits afresh"
    leaves: ClassVar[frozenset[State]] = frozenset({State.HEALTH})
    watch: Watch | None = None
    change: str = ""

    def guards(self, work: Work, around: Around) -> tuple[Guard, ...]:
        """The old limits were on trial, or the process has changed."""
        del around
        locked = work.watch is not None and not work.watch.trial
        return (
            Guard(
                "new limits",
                self.watch is not None,
                "There are no new limits.",
                "Calculate them from the points.",
            ),
            Guard(
                "a reason",
                not locked or bool(self.change.strip()),
                "The limits are locked.",
                "Say what has changed in the process since; a surprising point is no reason.",
            ),
        )

    def apply(self, work: Work, around: Around) -> Result:
        """The new limits hold from now on."""
        del around
        reason = self.change.strip() or "more points came in"
        return Result(
            replace(work, watch=self.watch),
            f"Limits afresh, because {reason}: {_describe(self.watch)}.",
        )


@dataclass(frozen=True)
class RaiseAlert:
    """Health or stabilising → alert, on an unfavourable signal or a value outside the band.

    What counts as a signal is for the chart to say; `signal` is its sentence.
    """

    title: ClassVar[str] = "raise an alert"
    leaves: ClassVar[frozenset[State]] = frozenset({State.HEALTH, State.STABILISING})
    signal: str = ""
    value: float | None = None

    def _outside(self, work: Work) -> bool:
        band = work.watch.band if work.watch else None
        # A missing value (NaN) is a gap in the data, which breaks no band.
        if band is None or self.value is None or math.isnan(self.value):
            return False
        return not band.holds(self.value)

    def guards(self, work: Work, around: Around) -> tuple[Guard, ...]:
        """There is a signal, or the value lies outside the band."""
        del around
        seen = "The value" if self.value is None else f"{self.value:g}"
        return (
            Guard(
                "a signal, or outside the band",
                bool(self.signal.strip()) or self._outside(work),
                f"{seen} shows no unfavourable signal and breaks no band.",
                "Leave it alone: this is how the measure varies. Wait for a signal.",
            ),
        )

    def apply(self, work: Work, around: Around) -> Result:
        """It is looked into; when it is critical, the key results wait."""
        because = self.signal.strip() or f"{self.value:g} lies outside the band."
        waiting = around.active if work.critical else ()
        return Result(replace(work, state=State.ALERT, promise=None), because, waiting=waiting)


@dataclass(frozen=True)
class CloseAlert:
    """Alert → health, when the cause is fixed and three normal points follow."""

    title: ClassVar[str] = "close the alert"
    leaves: ClassVar[frozenset[State]] = frozenset({State.ALERT})
    cause_fixed: bool = False
    normal_points: int = 0

    def guards(self, work: Work, around: Around) -> tuple[Guard, ...]:
        """The cause is known and gone, and the points show it."""
        del work, around
        return (
            Guard(
                "the cause is fixed",
                self.cause_fixed,
                "The cause is not fixed.",
                "Find it and remove it, or make the measure a key result.",
            ),
            Guard(
                f"{NORMAL_POINTS} normal points",
                self.normal_points >= NORMAL_POINTS,
                f"Since then {self.normal_points} points in a row were normal.",
                f"Wait for {max(0, NORMAL_POINTS - self.normal_points)} more.",
            ),
        )

    def apply(self, work: Work, around: Around) -> Result:
        """It is watched as before."""
        del around
        return Result(
            replace(work, state=State.HEALTH),
            f"The cause is fixed, and {self.normal_points} points in a row were normal.",
        )


@dataclass(frozen=True)
class Settle:
    """Stabilising → health, with new limits and a band, once the new level has shown itself.

    That takes eight points in a row on the better side of the old centre.
    """

    title: ClassVar[str] = "watch at the new level"
    leaves: ClassVar[frozenset[State]] = frozenset({State.STABILISING})
    favourable_points: int = 0
    watch: Watch | None = None

    def guards(self, work: Work, around: Around) -> tuple[Guard, ...]:
        """The new level has shown itself, and the limits and the band belong to it."""
        del around
        old = (
            "the old centre" if work.watch is None else f"the old centre {shown(work.watch.centre)}"
        )
        return (
            Guard(
                f"{FAVOURABLE_POINTS} points on the better side",
                self.favourable_points >= FAVOURABLE_POINTS,
                f"{self.favourable_points} points in a row lie on the better side of {old}.",
                f"Wait for {max(0, FAVOURABLE_POINTS - self.favourable_points)} more.",
            ),
            Guard(
                "new limits",
                self.watch is not None
                and self.watch != work.watch
                and self.watch.points >= TRIAL_POINTS,
                "There are no limits for the new level.",
                f"Calculate them from at least {TRIAL_POINTS} points at the new level.",
            ),
            Guard(
                "a band",
                self.watch is None or self.watch.band is not None,
                "No band is set.",
                "Decide in which range it must stay, so that the gain is not lost unseen.",
            ),
        )

    def apply(self, work: Work, around: Around) -> Result:
        """It is watched at the new level."""
        del around
        return Result(
            replace(work, state=State.HEALTH, watch=self.watch, promise=None),
            f"{self.favourable_points} points in a row on the better side; "
            f"{_describe(self.watch)}.",
        )


class Ending(StrEnum):
    """Why somebody wants to retire a measure; only the first reason is good."""

    NO_LONGER_MATTERS = "the aspect no longer matters"
    TARGET_HIT = "the target is hit"
    ALWAYS_FINE = "it has long been fine"


@dataclass(frozen=True)
class Retire:
    """Any state → retired, when the aspect no longer matters; never because the target is hit."""

    title: ClassVar[str] = "retire it"
    leaves: ClassVar[frozenset[State]] = frozenset(set(State) - {State.RETIRED})
    reason: Ending = Ending.NO_LONGER_MATTERS
    why: str = ""

    def guards(self, work: Work, around: Around) -> tuple[Guard, ...]:
        """The aspect no longer matters, and somebody says why."""
        del around
        running = work.state is State.KEY_RESULT
        return (
            Guard(
                "the aspect no longer matters",
                self.reason is Ending.NO_LONGER_MATTERS,
                f"The reason given is that {self.reason.value}. That ends a focus, not the "
                "watching.",
                "Close it as met and go on watching."
                if running
                else "Go on watching; look less often if it is always fine.",
            ),
            given("explanation", self.why, "Say why this aspect no longer matters."),
        )

    def apply(self, work: Work, around: Around) -> Result:
        """Nobody measures it any more."""
        del around
        return Result(
            replace(work, state=State.RETIRED, promise=None), f"It no longer matters: {self.why}"
        )


def _describe(watch: Watch | None) -> str:
    if watch is None:
        return "no limits"
    kind = "trial limits" if watch.trial else "limits"
    lower, centre, upper = (shown(x) for x in (watch.lower, watch.centre, watch.upper))
    return f"{kind} {lower} to {upper} around {centre}"
