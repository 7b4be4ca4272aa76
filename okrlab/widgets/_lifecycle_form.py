"""The form of one move: its rule, its fields as they were typed, and why it was refused."""

from __future__ import annotations

from typing import Any

from okrlab.content.library import library
from okrlab.model.lifecycle import Guard, State, Work
from okrlab.simulation.lifecycle_play import LEADS_TO, MOVES, MoveName
from okrlab.widgets._lifecycle_state import FIELDS, REASONS, TEXT, CaseState, Field

TITLES: dict[MoveName, str] = {
    name: move.title[:1].upper() + move.title[1:] for name, move in MOVES.items()
}

BUTTONS: dict[MoveName, str] = {
    "define": "Start measuring",
    "watch": "Watch it within limits",
    "limits": "Calculate the limits",
    "alert": "Raise the alert",
    "close": "Close the alert",
    "focus": "Make it a key result",
    "promise": "Promise it",
    "reach": "Close it as met",
    "finish": "Finish it",
    "renew": "Renew it",
    "let-go": "Let it go",
    "settle": "Watch it at the new level",
    "retire": "Retire it",
}


IDEAS: dict[str, str] = {
    "the aspect no longer matters": "M22",
    "a signal, or outside the band": "M14",
    "nothing critical is in alert": "M08",
}
"""The misconception behind a try that this guard refuses."""


def label(state: State) -> str:
    """The state with a capital."""
    return state.label[:1].upper() + state.label[1:]


def form(state: CaseState, work: Work) -> dict[str, Any] | None:
    """The open move: its rule, its fields as they were typed, and why it was refused."""
    if state.open is None:
        return None
    move, typed = state.open, state.typed(work.name, state.open)
    rule = (MOVES[move].__doc__ or "").strip().split("\n\n")
    return {
        "move": move,
        "title": TITLES[move],
        "button": BUTTONS[move],
        "rule": " ".join(part.replace("\n", " ") for part in rule).replace("    ", ""),
        "fields": [_field(state, f, typed.get(f.id)) for f in FIELDS[move]],
        "fill": bool(state.suggested(work.name, move)),
        "tried": [_guard(g) for g in state.tried] if state.tried else None,
        "idea": _idea(state.tried),
        "trouble": state.trouble,
        "leadsTo": label(LEADS_TO[move]),
        "limit": TEXT,
    }


def _field(state: CaseState, spec: Field, value: str | bool | None) -> dict[str, Any]:
    found: dict[str, Any] = {"id": spec.id, "label": spec.label, "kind": spec.kind}
    if spec.kind == "yes":
        return {**found, "value": value is True}
    options: list[tuple[str, str]] = []
    if spec.kind == "day":
        play = state.play
        months = [m for m in play.case.stops if m >= play.month] + [play.case.stops[-1] + 3]
        options = [("", "Choose a day")]
        for month in months:
            day = play.case.end_of(month).isoformat()
            options.append((day, f"{day} (end of month {month})"))
        known = {day for day, _ in options}
        if isinstance(value, str) and value and value not in known:
            options.append((value, value))
    elif spec.kind == "ambition":
        options = [("stretch", "Stretch"), ("committed", "Committed"), ("moonshot", "Moonshot")]
    elif spec.kind == "reason":
        options = list(REASONS)
    text = value if isinstance(value, str) else (options[0][0] if options else "")
    return {**found, "value": text, "options": [{"id": i, "label": w} for i, w in options]}


def _idea(tried: tuple[Guard, ...]) -> dict[str, str] | None:
    """The wrong idea that a refused try may come from, with what to think instead."""
    for guard in tried:
        known = library().misconceptions.get(IDEAS.get(guard.name, ""))
        if not guard.holds and known is not None:
            return {"id": known.id, "title": known.title, "repair": known.repair}
    return None


def _guard(guard: Guard) -> dict[str, Any]:
    return {
        "name": guard.name[:1].upper() + guard.name[1:],
        "holds": guard.holds,
        "failed": guard.failed,
        "remedy": guard.remedy,
    }
