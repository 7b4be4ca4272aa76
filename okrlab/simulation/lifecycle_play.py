"""The lifecycle played with data: what months show decides which moves the guards allow.

`okrlab.model.lifecycle` has the rules; here stand the months. Limits, signals, runs and readings
are worked out from the figures that are in; what people decide (an objective, a band, what was
learnt) is given.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Self

from okrlab.errors import ModelError
from okrlab.model.lifecycle import (
    Board,
    Define,
    Facts,
    Finish,
    Guard,
    MakeKeyResult,
    PromiseMilestone,
    Record,
    State,
    Watch,
    Work,
    refusals,
)
from okrlab.simulation._lifecycle_case import Case, Subject
from okrlab.simulation._lifecycle_facts import (
    LEADS_TO,
    MOVES,
    READING,
    MoveName,
    facts_of,
    watch_of,
    worse_signal,
)

__all__ = [
    "ASSUMPTIONS",
    "LEADS_TO",
    "MOVES",
    "READING",
    "Case",
    "MoveName",
    "Play",
    "Subject",
    "watch_of",
    "worse_signal",
]

ASSUMPTIONS: tuple[str, ...] = (
    "All figures are invented for this course.",
    "A key result is read as the mean of its last three months, agreed when it is set.",
    "A measure is in alert for a single point beyond a limit, eight in a row on the worse side, "
    "three of four near the worse limit, or a value outside its band.",
)


@dataclass(frozen=True)
class Play:
    """A case up to one of its stops.

    Attributes:
        case: the months and the figures.
        at: which stop, from 0.
        board: the work, and the records of its moves.
        since: by name, the month from which on a measure's figures are collected.
        spans: by name, from which month on it was in which state.
        alerts: by name, the month of the last alert.
        missed: what stood out and was not looked into, in sentences.
    """

    case: Case
    at: int
    board: Board
    since: Mapping[str, int] = field(default_factory=dict)
    spans: Mapping[str, tuple[tuple[int, State], ...]] = field(default_factory=dict)
    alerts: Mapping[str, int] = field(default_factory=dict)
    missed: tuple[str, ...] = ()

    @classmethod
    def begin(cls, case: Case) -> Self:
        """The case at its first stop."""
        works, since, spans = [], {}, {}
        for subject in case.subjects:
            if subject.starts is None:
                continue
            watch = None
            if subject.starts is State.HEALTH:
                watch = watch_of(subject.values[: case.history - subject.first + 1], subject.band)
                since[subject.name] = subject.first
            works.append(_work(subject, subject.starts, watch))
            spans[subject.name] = ((1, subject.starts),)
        return cls(case, 0, Board(tuple(works)), since, spans)

    # -- where we are ----------------------------------------------------------------------------

    @property
    def month(self) -> int:
        """The month of this stop."""
        return self.case.stops[self.at]

    @property
    def new_from(self) -> int:
        """The first month that was not there at the stop before."""
        return (self.case.stops[self.at - 1] if self.at else self.case.history) + 1

    @property
    def is_last(self) -> bool:
        """Whether no stop follows."""
        return self.at == len(self.case.stops) - 1

    def subject(self, name: str) -> Subject | None:
        """The figures behind a piece of work; None when the case has none."""
        return next((s for s in self.case.subjects if s.name == name), None)

    def values(self, name: str, *, known: bool = False) -> tuple[float, ...]:
        """A measure's figures from the month since which they are collected up to this stop.

        Args:
            name: of the work.
            known: only those on which a decision of this month rests.
        """
        subject, since = self.subject(name), self.since.get(name)
        if subject is None or since is None:
            return ()
        end = self.month - (1 if known and self.case.before else 0)
        start = max(since, subject.first) - subject.first
        return subject.values[start : max(start, end - subject.first + 1)]

    def first_month(self, name: str) -> int:
        """The month of the first of `values`."""
        subject = self.subject(name)
        return max(self.since.get(name, 1), subject.first if subject else 1)

    def state_at(self, name: str, month: int) -> State | None:
        """In which state a piece of work was in a month; None before it was on the board."""
        found = None
        for start, state in self.spans.get(name, ()):
            if start <= month:
                found = state
        return found

    def reading(self, name: str) -> float | None:
        """The value at which a key result is read: the mean of its last three known months."""
        work = self.board[name]
        values = self.values(name, known=True)
        due = work.promise.due if work.promise else None
        if due is not None:
            count = self.case.month_of(due) - self.first_month(name) + 1
            values = values[: max(0, count)]
        last = [v for v in values[-READING:] if not math.isnan(v)]
        return math.fsum(last) / len(last) if last else None

    def _looked_at_from(self, name: str) -> int:
        entered = self.spans[name][-1][0] if self.spans.get(name) else 1
        return max(self.new_from, entered)

    def signal(self, name: str) -> str:
        """What about a measure is unfavourable since the last stop, in words; or nothing."""
        work, values = self.board[name], self.values(name)
        if work.watch is None or not values:
            return ""
        return worse_signal(
            values,
            work.watch,
            work.better,
            first=self.first_month(name),
            since=self._looked_at_from(name),
        )

    def outside(self, name: str) -> float | None:
        """The last value since the last stop that lies outside the band; None when none does."""
        work = self.board[name]
        band = work.watch.band if work.watch else None
        first = self.first_month(name)
        for index, value in reversed(list(enumerate(self.values(name)))):
            new = first + index >= self._looked_at_from(name)
            if band is not None and new and not math.isnan(value) and not band.holds(value):
                return value
        return None

    def normal_points(self, name: str) -> int:
        """How many points in a row, back from the last and after the alert, are normal."""
        work, count = self.board[name], 0
        if work.watch is None:
            return 0
        after = self.alerts.get(name, 0) - self.first_month(name) + 1
        values = self.values(name)
        for value in reversed(values[max(0, after) :]):
            if math.isnan(value):
                continue
            inside = work.watch.lower <= value <= work.watch.upper
            if not inside or (work.watch.band is not None and not work.watch.band.holds(value)):
                break
            count += 1
        return count

    # -- moves -----------------------------------------------------------------------------------

    def facts(self, name: str, move: MoveName, given: Mapping[str, Any]) -> Facts:
        """The facts of a move: what the figures show, and what is given.

        Args:
            name: of the work.
            move: which kind of move.
            given: what people decide; texts, numbers, days and yes or no, by field.
        """
        return facts_of(self, name, move, given)

    def guards(self, name: str, facts: Facts) -> tuple[Guard, ...]:
        """Every guard of a move, whether it holds or not; one only when the state is wrong."""
        work, around = self.board[name], self.board.around(name, _objective(facts))
        if work.state not in facts.leaves:
            return refusals(work, facts, around)
        return facts.guards(work, around)

    def move(self, name: str, facts: Facts) -> tuple[Play, Record]:
        """Make a move.

        Raises:
            MoveRefusedError: a guard does not hold.
            ModelError: a milestone is to be finished that is not done.
        """
        subject = self.subject(name)
        if isinstance(facts, Finish) and subject and self.month < subject.done_from:
            raise ModelError(
                f"“{name}” is not done. {subject.not_yet} Finish it when anybody can see that it "
                "is."
            )
        board, record = self.board.move(name, facts, f"month {self.month}")
        since, spans, alerts = dict(self.since), dict(self.spans), dict(self.alerts)
        after = record.after
        if after is not record.before:
            spans[name] = (*spans.get(name, ()), (self.month, after))
        if isinstance(facts, Define):
            since[name] = self.month + (0 if self.case.before else 1)
        if after is State.ALERT:
            alerts[name] = self.month
        if record.spawned is not None:
            spans[record.spawned] = ((self.month, State.CANDIDATE),)
            child = self.subject(record.spawned)
            if child is not None:
                spawned = replace(
                    board[record.spawned], better=child.better, critical=child.critical
                )
                works = tuple(spawned if w.name == spawned.name else w for w in board.works)
                board = replace(board, works=works)
        moved = replace(self, board=board, since=since, spans=spans, alerts=alerts)
        return moved, record

    def on(self) -> Play:
        """Go on to the next stop; what stood out and was left alone is noted.

        Raises:
            ModelError: there is none.
        """
        if self.is_last:
            raise ModelError("This was the last stop. Start again to try another way.")
        return replace(self, at=self.at + 1, missed=(*self.missed, *self.stands_out()))

    def stands_out(self) -> tuple[str, ...]:
        """What is unfavourable at this stop and not looked into, in sentences."""
        found = []
        for work in self.board.works:
            due = work.promise.due if work.promise else None
            if work.state is State.KEY_RESULT and due and due <= self.case.end_of(self.month):
                found.append(
                    f"{work.name}. Its last day was {due}. Nobody closed it, renewed it or let it "
                    "go."
                )
            if work.state not in (State.HEALTH, State.STABILISING):
                continue
            signal, outside = self.signal(work.name), self.outside(work.name)
            if signal:
                found.append(f"{work.name}. {signal} Nobody raised an alert.")
            elif outside is not None:
                found.append(
                    f"{work.name}. Month {self.month}: {outside:g} lies outside its band. Nobody "
                    "raised an alert."
                )
        return tuple(found)


def _work(subject: Subject, state: State, watch: Watch | None = None) -> Work:
    return Work(
        subject.name,
        kind=subject.kind,
        state=state,
        better=subject.better,
        critical=subject.critical,
        owner=subject.owner,
        watch=watch,
    )


def _objective(facts: Facts) -> str:
    if isinstance(facts, MakeKeyResult | PromiseMilestone):
        return facts.promise.objective
    return ""
