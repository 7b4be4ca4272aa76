"""The lifecycle of work: candidate, baselining, health, alert, key result, stabilising, retired.

Work moves between OKRs and KPIs by its state. Each kind of move is a class of facts; `move` checks
its guards and returns the work afterwards and a record, or says which guard failed and what would
satisfy it. A `Board` does the same for everything that stands beside each other.

    watching    Define, StartWatching, SetLimits, RaiseAlert, CloseAlert, Settle
    focus       MakeKeyResult, PromiseMilestone, Reach, Finish, Renew, LetGo
    the end     Retire
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from okrlab.errors import ModelError
from okrlab.model._lifecycle_focus import (
    MOST_KEY_RESULTS,
    Finish,
    LetGo,
    MakeKeyResult,
    PromiseMilestone,
    Reach,
    Renew,
)
from okrlab.model._lifecycle_watching import (
    FAVOURABLE_POINTS,
    NORMAL_POINTS,
    CloseAlert,
    Define,
    Ending,
    RaiseAlert,
    Retire,
    SetLimits,
    Settle,
    StartWatching,
)
from okrlab.model._lifecycle_work import (
    LOCK_POINTS,
    TRIAL_POINTS,
    Around,
    Facts,
    Guard,
    Kind,
    MoveRefusedError,
    Promise,
    Record,
    Result,
    State,
    Watch,
    Work,
    favourable_run,
)

__all__ = [
    "ASSUMPTIONS",
    "FAVOURABLE_POINTS",
    "LOCK_POINTS",
    "MOST_KEY_RESULTS",
    "MOVES",
    "NORMAL_POINTS",
    "TRIAL_POINTS",
    "Around",
    "Board",
    "CloseAlert",
    "Define",
    "Ending",
    "Facts",
    "Finish",
    "Guard",
    "Kind",
    "LetGo",
    "MakeKeyResult",
    "MoveRefusedError",
    "Promise",
    "PromiseMilestone",
    "RaiseAlert",
    "Reach",
    "Record",
    "Renew",
    "Retire",
    "SetLimits",
    "Settle",
    "StartWatching",
    "State",
    "Watch",
    "Work",
    "favourable_run",
    "move",
    "moves_from",
    "refusals",
]

ASSUMPTIONS: tuple[str, ...] = (
    "One source says that work moves between OKRs and KPIs by its state. The rest of that text is "
    "not open to us, so these states and rules are our own reconstruction.",
    "They are a working rule, not evidence. Change the numbers if your organisation needs others.",
    f"Six points give limits on trial, {LOCK_POINTS} give limits to keep.",
    f"{FAVOURABLE_POINTS} points in a row on the better side show a new level; {NORMAL_POINTS} "
    "normal ones show that a fault is gone.",
    "What a signal is, the chart says. Which measure is critical, you say.",
)

MOVES: tuple[type[Facts], ...] = (
    Define,
    StartWatching,
    SetLimits,
    RaiseAlert,
    CloseAlert,
    MakeKeyResult,
    PromiseMilestone,
    Reach,
    Finish,
    Renew,
    LetGo,
    Settle,
    Retire,
)
"""Every kind of move."""

_ONLY_KIND: dict[type[Facts], Kind] = {
    Define: Kind.MEASURE,
    PromiseMilestone: Kind.MILESTONE,
    Reach: Kind.MEASURE,
    Finish: Kind.MILESTONE,
}
_NOWHERE = Around()


def moves_from(work: Work) -> tuple[type[Facts], ...]:
    """The kinds of move that leave the work's state, whatever else their guards ask for."""
    return tuple(
        m for m in MOVES if work.state in m.leaves and _ONLY_KIND.get(m, work.kind) is work.kind
    )


def refusals(work: Work, facts: Facts, around: Around = _NOWHERE) -> tuple[Guard, ...]:
    """The guards that do not hold; empty when the move is allowed.

    When the move does not leave the work's state at all, that is the only one.

    Args:
        work: what should move.
        facts: of one kind of move.
        around: what else stands on the board.
    """
    if work.state not in facts.leaves:
        return (_wrong_state(work, facts),)
    return tuple(guard for guard in facts.guards(work, around) if not guard.holds)


def _wrong_state(work: Work, facts: Facts) -> Guard:
    leaves = " or ".join(f"“{s.label}”" for s in State if s in facts.leaves)
    ways = ", ".join(f"“{m.title}”" for m in moves_from(work))
    remedy = f"From there you can: {ways}." if ways else "Put a new piece of work on the board."
    return Guard(
        "state",
        False,
        f"That starts from {leaves}, and it is in “{work.state.label}”.",
        remedy,
    )


def move(work: Work, facts: Facts, when: str, around: Around = _NOWHERE) -> tuple[Work, Record]:
    """Move the work, if every guard holds.

    Args:
        work: what should move.
        facts: of one kind of move.
        when: for the record, such as "month 14".
        around: what else stands on the board.

    Returns:
        The work afterwards, and a record of the move. What a finished milestone spawns is only
        named in the record; a `Board` puts it on the board.

    Raises:
        MoveRefusedError: a guard does not hold; the message says which, and what would satisfy it.
    """
    result, record = _step(work, facts, when, around)
    return result.work, record


def _step(work: Work, facts: Facts, when: str, around: Around) -> tuple[Result, Record]:
    failed = refusals(work, facts, around)
    if failed:
        raise MoveRefusedError(work, facts.title, failed)
    result = facts.apply(work, around)
    record = Record(
        when,
        work.name,
        facts.title,
        work.state,
        result.work.state,
        result.because,
        spawned=result.spawned.name if result.spawned else None,
        waiting=result.waiting,
    )
    return result, record


@dataclass(frozen=True)
class Board:
    """Everything that a team watches or works on.

    Attributes:
        works: each with a name of its own.
        records: of the moves so far, the oldest first.

    Raises:
        ModelError: two pieces of work have the same name.
    """

    works: tuple[Work, ...] = ()
    records: tuple[Record, ...] = ()

    def __post_init__(self) -> None:
        names = [work.name for work in self.works]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise ModelError(
                f"On the board twice: {', '.join(twice)}. Give each its own name, or keep one."
            )

    def __getitem__(self, name: str) -> Work:
        """The work with this name.

        Raises:
            ModelError: there is none.
        """
        for work in self.works:
            if work.name == name:
                return work
        names = ", ".join(work.name for work in self.works) or "nothing"
        raise ModelError(f"“{name}” is not on the board. There is: {names}. Add it first.")

    def add(self, work: Work) -> Board:
        """The board with one more piece of work.

        Raises:
            ModelError: something of that name is on it already.
        """
        return replace(self, works=(*self.works, work))

    def around(self, name: str, objective: str = "") -> Around:
        """What else stands on the board, seen from the work of this name and this objective."""
        others = [work for work in self.works if work.name != name]
        active = [work for work in others if work.state is State.KEY_RESULT]
        return Around(
            same_objective=sum(
                _same(work.promise.objective, objective) for work in active if work.promise
            ),
            open_critical=tuple(
                work.name for work in others if work.critical and work.state is State.ALERT
            ),
            active=tuple(work.name for work in active),
            names=tuple(work.name for work in others if work.state is not State.RETIRED),
        )

    def refusals(self, name: str, facts: Facts) -> tuple[Guard, ...]:
        """The guards that keep the work of this name from the move; empty when it is allowed.

        Raises:
            ModelError: there is no work of this name.
        """
        return refusals(self[name], facts, self.around(name, _objective(facts)))

    def move(self, name: str, facts: Facts, when: str) -> tuple[Board, Record]:
        """Move the work of this name; a measure that this spawns joins the board.

        Args:
            name: of the work.
            facts: of one kind of move.
            when: for the record, such as "month 14".

        Raises:
            MoveRefusedError: a guard does not hold.
            ModelError: there is no work of this name.
        """
        around = self.around(name, _objective(facts))
        result, record = _step(self[name], facts, when, around)
        works = [result.work if work.name == name else work for work in self.works]
        if result.spawned is not None:
            works = [w for w in works if w.name != result.spawned.name]
            works.append(result.spawned)
        return Board(tuple(works), (*self.records, record)), record

    @property
    def waiting(self) -> tuple[str, ...]:
        """Key results that wait because something critical is in alert."""
        if not any(work.critical and work.state is State.ALERT for work in self.works):
            return ()
        return tuple(work.name for work in self.works if work.state is State.KEY_RESULT)

    @property
    def by_urgency(self) -> tuple[Work, ...]:
        """The work in the order in which to look at it; within a group as on the board.

        Critical alerts come first, then other alerts, key results, what is stabilising, what is
        watched, and the rest.
        """
        order = (State.ALERT, State.KEY_RESULT, State.STABILISING, State.HEALTH, State.BASELINING)

        def rank(work: Work) -> int:
            if work.state not in order:
                return 9 if work.state is State.RETIRED else 8
            return 0 if work.critical and work.state is State.ALERT else 1 + order.index(work.state)

        return tuple(sorted(self.works, key=rank))


def _objective(facts: Facts) -> str:
    if isinstance(facts, MakeKeyResult | PromiseMilestone):
        return facts.promise.objective
    return ""


def _same(one: str, other: str) -> bool:
    return one.strip().casefold() == other.strip().casefold()
