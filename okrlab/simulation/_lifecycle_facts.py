"""The facts of each kind of move: what the figures show, and what people decide."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal

from okrlab.errors import ModelError
from okrlab.model._numbers import shown
from okrlab.model.ambition import Ambition
from okrlab.model.indicator import Band
from okrlab.model.lifecycle import (
    LOCK_POINTS,
    CloseAlert,
    Define,
    Ending,
    Facts,
    Finish,
    LetGo,
    MakeKeyResult,
    Promise,
    PromiseMilestone,
    RaiseAlert,
    Reach,
    Renew,
    Retire,
    SetLimits,
    Settle,
    StartWatching,
    State,
    Watch,
    favourable_run,
)
from okrlab.model.xmr import Signal, XmrLimits, signals, xmr_limits

if TYPE_CHECKING:
    from okrlab.simulation.lifecycle_play import Play

Given = Mapping[str, Any]
"""What people decide: texts, numbers, days, and yes or no, by field."""

READING = 3
"""A key result is read as the mean of so many months."""

MoveName = Literal[
    "define",
    "watch",
    "limits",
    "alert",
    "close",
    "focus",
    "promise",
    "reach",
    "finish",
    "renew",
    "let-go",
    "settle",
    "retire",
]

MOVES: Mapping[MoveName, type[Facts]] = MappingProxyType(
    {
        "define": Define,
        "watch": StartWatching,
        "limits": SetLimits,
        "alert": RaiseAlert,
        "close": CloseAlert,
        "focus": MakeKeyResult,
        "promise": PromiseMilestone,
        "reach": Reach,
        "finish": Finish,
        "renew": Renew,
        "let-go": LetGo,
        "settle": Settle,
        "retire": Retire,
    }
)
"""Every kind of move by a short name."""

LEADS_TO: Mapping[MoveName, State] = MappingProxyType(
    {
        "define": State.BASELINING,
        "watch": State.HEALTH,
        "limits": State.HEALTH,
        "alert": State.ALERT,
        "close": State.HEALTH,
        "focus": State.KEY_RESULT,
        "promise": State.KEY_RESULT,
        "reach": State.STABILISING,
        "finish": State.RETIRED,
        "renew": State.KEY_RESULT,
        "let-go": State.HEALTH,
        "settle": State.HEALTH,
        "retire": State.RETIRED,
    }
)
"""The state that a move enters (a milestone that is let go becomes a candidate)."""


def watch_of(values: Sequence[float], band: Band | None = None) -> Watch | None:
    """Natural process limits from these values; None when there are too few to have any."""
    try:
        found = xmr_limits(list(values))
    except ModelError:
        return None
    return Watch(found.centre, found.lower, found.upper, found.points, band)


def worse_signal(
    values: Sequence[float],
    watch: Watch,
    better: Literal["up", "down"] | None,
    *,
    first: int,
    since: int,
) -> str:
    """The first unfavourable signal that touches a month from `since` on, in words; or nothing.

    Args:
        values: in order of time, in the measure's unit.
        watch: its limits.
        better: the direction in which it is better; with None either side is unfavourable.
        first: the month of the first value.
        since: the month from which on signals count.
    """
    half = watch.upper - watch.centre
    limits = XmrLimits(
        average_range=half / 2.66,
        half_width=half,
        upper_range=3.268 * half / 2.66,
        spread="mean",
        points=watch.points,
        ranges=max(1, watch.points - 1),
        start=0,
        stop=watch.points,
        centre=watch.centre,
    )
    worse = {"up": ("below",), "down": ("above",), None: ("above", "below")}[better]
    for found in signals(list(values), limits):
        touches = any(first + index >= since for index in found.indices)
        if found.side in worse and found.rule != "range" and touches:
            return _in_words(found, values, watch, first)
    return ""


def _in_words(found: Signal, values: Sequence[float], watch: Watch, first: int) -> str:
    months = [first + index for index in found.indices]
    edge, limit = ("upper", watch.upper) if found.side == "above" else ("lower", watch.lower)
    if found.rule == "outside":
        value = values[found.indices[0]]
        return f"Month {months[0]}: {value:g} lies {found.side} the {edge} limit {shown(limit)}."
    if found.rule == "run":
        return (
            f"Months {months[0]} to {months[-1]}: {len(months)} in a row {found.side} the centre "
            f"{shown(watch.centre)}."
        )
    listed = f"{', '.join(map(str, months[:-1]))} and {months[-1]}"
    return f"Months {listed} lie near the {edge} limit {shown(limit)}: three of four."


def _band(given: Given, old: Band | None = None) -> Band | None:
    lower, upper = given.get("lower"), given.get("upper")
    return old if lower is None and upper is None else Band(lower, upper)


def _promise(given: Given) -> Promise:
    return Promise(
        objective=given.get("objective") or "",
        due=given.get("due"),
        owner=given.get("owner") or "",
        baseline=given.get("baseline"),
        target=given.get("target"),
        ambition=Ambition(given.get("ambition") or Ambition.STRETCH),
        reading=f"mean of the last {READING} months",
    )


def _start(play: Play, name: str, given: Given) -> Facts:
    values = play.values(name)
    return StartWatching(len(values), watch_of(values, _band(given)))


def _afresh(play: Play, name: str, given: Given) -> Facts:
    old = play.board[name].watch
    values = play.values(name)[-LOCK_POINTS:]
    band = _band(given, old.band if old else None)
    return SetLimits(watch_of(values, band), given.get("change") or "")


def _alert(play: Play, name: str, given: Given) -> Facts:
    del given
    values = play.values(name)
    outside = play.outside(name)
    last = values[-1] if values else None
    return RaiseAlert(play.signal(name), last if outside is None else outside)


def _close(play: Play, name: str, given: Given) -> Facts:
    return CloseAlert(bool((given.get("cause") or "").strip()), play.normal_points(name))


def _settle(play: Play, name: str, given: Given) -> Facts:
    work, known = play.board[name], play.values(name, known=True)
    if work.watch is None:
        return Settle()
    run = favourable_run(known, work.watch.centre, work.better)
    level = play.values(name)[len(known) - run :]
    return Settle(run, watch_of(level, _band(given)))


def _reach(play: Play, name: str, given: Given) -> Facts:
    del given
    return Reach(play.reading(name))


def _renew(play: Play, name: str, given: Given) -> Facts:
    promise = play.board[name].promise
    due = promise.due if promise else None
    over = due is None or play.case.end_of(play.month) >= due
    return Renew(
        over,
        bool(given.get("still")),
        given.get("baseline"),
        given.get("target"),
        given.get("due"),
    )


_FROM_GIVEN: Mapping[MoveName, Callable[[Given], Facts]] = {
    "define": lambda given: Define(
        given.get("owner") or "", given.get("formula") or "", given.get("source") or ""
    ),
    "focus": lambda given: MakeKeyResult(_promise(given)),
    "promise": lambda given: PromiseMilestone(_promise(given), given.get("later") or ""),
    "finish": lambda given: Finish(given.get("evidence") or ""),
    "let-go": lambda given: LetGo(given.get("learning") or ""),
    "retire": lambda given: Retire(
        Ending(given.get("reason") or Ending.NO_LONGER_MATTERS), given.get("why") or ""
    ),
}
_FROM_FIGURES: Mapping[MoveName, Callable[[Play, str, Given], Facts]] = {
    "watch": _start,
    "limits": _afresh,
    "alert": _alert,
    "close": _close,
    "reach": _reach,
    "renew": _renew,
    "settle": _settle,
}


def facts_of(play: Play, name: str, move: MoveName, given: Given) -> Facts:
    """The facts of a move.

    Args:
        play: the case up to one of its stops.
        name: of the work.
        move: which kind of move.
        given: what people decide.

    Raises:
        ModelError: a band is upside down.
    """
    if move in _FROM_GIVEN:
        return _FROM_GIVEN[move](given)
    return _FROM_FIGURES[move](play, name, given)
