"""The moves of work on the capstone board: what each asks, its guards, and what it does."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from okrlab.model.ambition import Ambition
from okrlab.model.lifecycle import (
    LOCK_POINTS,
    Board,
    CloseAlert,
    Define,
    Ending,
    Facts,
    Finish,
    Guard,
    LetGo,
    MakeKeyResult,
    Promise,
    PromiseMilestone,
    RaiseAlert,
    Reach,
    Record,
    Renew,
    Retire,
    SetLimits,
    Settle,
    StartWatching,
    favourable_run,
    moves_from,
    refusals,
)
from okrlab.simulation.lifecycle_play import MOVES, MoveName, watch_of, worse_signal
from okrlab.widgets._board_entry import Entry

ASKS: Mapping[MoveName, tuple[str, ...]] = {
    "define": ("owner", "formula", "source"),
    "watch": ("values", "lower", "upper"),
    "limits": ("values", "change"),
    "alert": ("values",),
    "close": ("values", "cause"),
    "focus": ("objective", "baseline", "target", "due", "owner", "ambition", "reading"),
    "promise": ("objective", "due", "owner", "later"),
    "reach": ("values",),
    "finish": ("evidence",),
    "renew": ("still", "new_baseline", "new_target", "new_due"),
    "let-go": ("learning",),
    "settle": ("values", "lower", "upper"),
    "retire": ("reason", "why"),
}
"""The fields that a move asks for."""

ONCE = ("change", "cause", "still", "new_baseline", "new_target", "new_due", "reason")
"""Answers that belong to one move and are empty again after it."""


def labels(entries: Sequence[Entry]) -> dict[str, str]:
    """A name for each entry that no other has, by id."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for entry in entries:
        name = " ".join(entry.text("name").split()) or "no name yet"
        label, number = name, 1
        while label in taken:
            number += 1
            label = f"{name} ({number})"
        taken.add(label)
        found[entry.id] = label
    return found


def board_of(entries: Sequence[Entry]) -> Board:
    """The board of the model."""
    named = labels(entries)
    return Board(tuple(e.work(named[e.id]) for e in entries))


def possible(entry: Entry) -> list[MoveName]:
    """The moves that leave the entry's state."""
    kinds = moves_from(entry.work("it"))
    return [name for name, kind in MOVES.items() if kind in kinds]


def facts_of(entry: Entry, move: MoveName, today: date) -> Facts:
    """The facts of a move, from what was typed and from the values.

    Raises:
        ModelError: a number or a band that was typed cannot be read.
    """
    return _FACTS[move](entry, today)


def _define(entry: Entry, _today: date) -> Facts:
    return Define(entry.text("owner"), entry.text("formula"), entry.text("source"))


def _watch(entry: Entry, _today: date) -> Facts:
    return StartWatching(len(entry.values), watch_of(entry.values, entry.band))


def _limits(entry: Entry, _today: date) -> Facts:
    return SetLimits(watch_of(entry.values[-LOCK_POINTS:], entry.band), entry.text("change"))


def _alert(entry: Entry, _today: date) -> Facts:
    return RaiseAlert(_signal(entry), entry.values[-1] if entry.values else None)


def _close(entry: Entry, _today: date) -> Facts:
    return CloseAlert(bool(entry.text("cause")), entry.normal_points)


def _retire(entry: Entry, _today: date) -> Facts:
    return Retire(Ending(entry.text("reason") or Ending.TARGET_HIT.value), entry.text("why"))


def _promise(entry: Entry, *, way: bool) -> Promise:
    return Promise(
        objective=" ".join(entry.text("objective").split()),
        due=entry.day("due"),
        owner=entry.text("owner"),
        baseline=entry.number("baseline") if way else None,
        target=entry.number("target") if way else None,
        ambition=Ambition(entry.text("ambition") or Ambition.STRETCH.value),
        reading=entry.text("reading") or "3",
    )


def _renew(entry: Entry, today: date) -> Facts:
    due = entry.promise.due if entry.promise else None
    return Renew(
        due is None or today >= due,
        entry.text("still") == "yes",
        entry.number("new_baseline"),
        entry.number("new_target"),
        entry.day("new_due"),
    )


def _settle(entry: Entry, _today: date) -> Facts:
    if entry.watch is None:
        return Settle()
    better = entry.work("it").better
    run = favourable_run(entry.values, entry.watch.centre, better)
    level = entry.values[len(entry.values) - run :]
    return Settle(run, watch_of(level, entry.band))


def _signal(entry: Entry) -> str:
    work, values = entry.work("it"), entry.values
    if work.watch is None or not values:
        return ""
    said = worse_signal(values, work.watch, work.better, first=1, since=entry.seen + 1)
    return re.sub(r"\bMonth", "Value", said)


_FACTS: Mapping[MoveName, Callable[[Entry, date], Facts]] = {
    "define": _define,
    "watch": _watch,
    "limits": _limits,
    "alert": _alert,
    "close": _close,
    "focus": lambda entry, _today: MakeKeyResult(_promise(entry, way=True)),
    "promise": lambda entry, _today: PromiseMilestone(
        _promise(entry, way=False), entry.text("later")
    ),
    "reach": lambda entry, _today: Reach(entry.reading),
    "finish": lambda entry, _today: Finish(entry.text("evidence")),
    "renew": _renew,
    "let-go": lambda entry, _today: LetGo(entry.text("learning")),
    "settle": _settle,
    "retire": _retire,
}


def guards(
    entries: Sequence[Entry], entry: Entry, move: MoveName, today: date
) -> tuple[Guard, ...]:
    """Every guard of a move, whether it holds or not.

    Raises:
        ModelError: a number or a band that was typed cannot be read.
    """
    facts = facts_of(entry, move, today)
    board = board_of(entries)
    name = labels(entries)[entry.id]
    promise = getattr(facts, "promise", None)
    around = board.around(name, promise.objective if promise else "")
    work = board[name]
    if work.state not in facts.leaves:
        return refusals(work, facts, around)
    return facts.guards(work, around)


def make_move(
    entries: list[Entry], entry: Entry, move: MoveName, today: date, new_id: str
) -> Record:
    """Move the entry; a measure that this spawns is appended with the new id.

    Raises:
        MoveRefusedError: a guard does not hold.
        ModelError: a number or a band that was typed cannot be read.
    """
    facts = facts_of(entry, move, today)
    name = labels(entries)[entry.id]
    board, record = board_of(entries).move(name, facts, today.isoformat())
    after = board[name]
    entry.state, entry.promise = after.state, after.promise
    entry.watch = replace(after.watch, band=None) if after.watch else None
    entry.seen = len(entry.values)
    for field in ONCE:
        entry.fields.pop(field, None)
    if record.spawned is not None:
        spawned: dict[str, Any] = {"name": record.spawned, "owner": entry.text("owner")}
        entries.append(Entry(new_id, fields=spawned))
    return record
