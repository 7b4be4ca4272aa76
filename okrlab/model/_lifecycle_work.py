"""What the lifecycle moves: work, its states, the guards of a move and the record it leaves."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar, Literal, Protocol

from okrlab.errors import ModelError
from okrlab.model._numbers import number, whole
from okrlab.model.ambition import Ambition
from okrlab.model.indicator import Band, Role

TRIAL_POINTS = 6
"""From so many points on, limits may be tried."""

LOCK_POINTS = 12
"""From so many points on, limits are kept."""


class State(StrEnum):
    """Where a piece of work stands."""

    CANDIDATE = "candidate"
    BASELINING = "baselining"
    HEALTH = "health"
    ALERT = "alert"
    KEY_RESULT = "key_result"
    STABILISING = "stabilising"
    RETIRED = "retired"

    @property
    def label(self) -> str:
        """The state as people read it."""
        return self.value.replace("_", " ")


class Kind(StrEnum):
    """A measure, or a milestone that should move one later."""

    MEASURE = "measure"
    MILESTONE = "milestone"


@dataclass(frozen=True)
class Watch:
    """How a measure is watched: what is normal, and what is acceptable.

    Attributes:
        centre: the mean of the points, in the measure's unit.
        lower: the lower limit of its natural range, in that unit.
        upper: the upper limit.
        points: how many points the limits come from.
        band: the range in which it must stay; that is a decision, the limits are a finding.

    Raises:
        ModelError: a number is not finite, the limits do not lie around the centre, or there is no
            point.
    """

    centre: float
    lower: float
    upper: float
    points: int
    band: Band | None = None

    def __post_init__(self) -> None:
        for name in ("centre", "lower", "upper"):
            number(f"the {name} of the limits", getattr(self, name))
        whole("the points behind the limits", self.points, least=1, most=10_000_000)
        if not self.lower <= self.centre <= self.upper:
            raise ModelError(
                f"The limits {self.lower:g} and {self.upper:g} do not lie around the centre "
                f"{self.centre:g}. Calculate all three from the same points."
            )

    @property
    def trial(self) -> bool:
        """Whether the limits come from too few points to be kept."""
        return self.points < LOCK_POINTS


@dataclass(frozen=True)
class Promise:
    """What makes work a key result; a milestone leaves baseline and target out.

    Attributes:
        objective: the objective that it serves.
        due: the last day.
        owner: who sees to it.
        baseline: where the measure starts, in its unit.
        target: where it should get to.
        ambition: what is promised.
        reading: how the end will be read, such as "mean of the last three months".

    Raises:
        ModelError: baseline or target is no finite number.
    """

    objective: str = ""
    due: date | None = None
    owner: str = ""
    baseline: float | None = None
    target: float | None = None
    ambition: Ambition = Ambition.STRETCH
    reading: str = ""

    def __post_init__(self) -> None:
        for name in ("baseline", "target"):
            if getattr(self, name) is not None:
                number(f"the {name}", getattr(self, name))


@dataclass(frozen=True)
class Work:
    """A measure or a milestone on its way through the states.

    Attributes:
        name: what it is.
        kind: a measure, or a milestone.
        state: where it stands.
        better: the direction in which a measure is better; None when only a range is good.
        critical: whether it comes before everything else when it is in alert.
        owner: who looks after it.
        formula: how a measure is calculated.
        source: where its numbers come from.
        watch: its limits and band; kept while it is a key result, so the old centre is known.
        promise: set while it is a key result, and until it is stable.
        moves_later: for a milestone, the measure that it should move.
    """

    name: str
    kind: Kind = Kind.MEASURE
    state: State = State.CANDIDATE
    better: Literal["up", "down"] | None = None
    critical: bool = False
    owner: str = ""
    formula: str = ""
    source: str = ""
    watch: Watch | None = None
    promise: Promise | None = None
    moves_later: str = ""

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise ModelError("A piece of work needs a name. Say what is measured or done.")

    @property
    def role(self) -> Role | None:
        """What it is for now; None for a candidate and for what is retired."""
        if self.state is State.KEY_RESULT:
            return Role.KEY_RESULT
        if self.state in (State.CANDIDATE, State.RETIRED) or self.kind is Kind.MILESTONE:
            return None
        guarded = self.watch is not None and self.watch.band is not None
        return Role.HEALTH_METRIC if guarded else Role.KPI


@dataclass(frozen=True)
class Guard:
    """A condition of a move.

    Attributes:
        name: in a few words.
        holds: whether it is satisfied.
        failed: what is the case when it is not, as a sentence.
        remedy: what would satisfy it, as a sentence.
    """

    name: str
    holds: bool
    failed: str
    remedy: str


def given(name: str, text: str, remedy: str) -> Guard:
    """The text is there."""
    return Guard(name, bool(text.strip()), f"The {name} is missing.", remedy)


def is_kind(work: Work, kind: Kind, remedy: str) -> Guard:
    """The work is of this kind."""
    return Guard(f"it is a {kind.value}", work.kind is kind, f"It is a {work.kind.value}.", remedy)


@dataclass(frozen=True)
class Around:
    """What else stands on the board, as far as a move has to know.

    Attributes:
        same_objective: how many other key results the objective has.
        open_critical: names of other work that is critical and in alert.
        active: names of the other key results.
        names: names of all other work.
    """

    same_objective: int = 0
    open_critical: tuple[str, ...] = ()
    active: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Record:
    """What a move leaves behind.

    Attributes:
        when: in the words of who moved it, such as "month 14".
        work: its name.
        move: the name of the move.
        before: the state that it left.
        after: the state that it entered; may be the same.
        because: the facts behind it, as a sentence.
        spawned: the name of a measure that now exists because of it.
        waiting: names of the key results that wait from now on.
    """

    when: str
    work: str
    move: str
    before: State
    after: State
    because: str
    spawned: str | None = None
    waiting: tuple[str, ...] = ()


@dataclass(frozen=True)
class Result:
    """What a move makes of the work.

    Attributes:
        work: afterwards.
        because: the facts behind the move, as a sentence.
        spawned: a new measure to be watched, if there is one.
        waiting: names of the key results that wait from now on.
    """

    work: Work
    because: str
    spawned: Work | None = None
    waiting: tuple[str, ...] = ()


class Facts(Protocol):
    """The facts of one kind of move: which states it leaves, its guards, and what it does."""

    title: ClassVar[str]
    leaves: ClassVar[frozenset[State]]

    def guards(self, work: Work, around: Around) -> tuple[Guard, ...]:
        """The conditions, in the order in which they are read."""

    def apply(self, work: Work, around: Around) -> Result:
        """The result; only called when every guard holds."""


class MoveRefusedError(ModelError):
    """A move that its guards do not allow.

    Attributes:
        title: the name of the move.
        failed: the guards that do not hold, in order.
    """

    def __init__(self, work: Work, title: str, failed: Sequence[Guard]) -> None:
        self.title, self.failed = title, tuple(failed)
        reasons = " ".join(f"{guard.failed} {guard.remedy}" for guard in self.failed)
        super().__init__(f"“{work.name}”: “{title}” is not possible now. {reasons}")


def favourable_run(
    values: Sequence[float], centre: float, better: Literal["up", "down"] | None
) -> int:
    """How many points in a row, counted back from the last, lie on the better side of the centre.

    A point on the centre ends the run. A missing value (NaN) is a gap: it neither counts nor ends.

    Args:
        values: in order of time, in the measure's unit.
        centre: the old centre, in that unit.
        better: the direction in which the measure is better; with None there is no better side.
    """
    sign = {"up": 1, "down": -1, None: 0}[better]
    count = 0
    for value in reversed(values):
        if math.isnan(value):
            continue
        if sign * (value - centre) <= 0:
            break
        count += 1
    return count
