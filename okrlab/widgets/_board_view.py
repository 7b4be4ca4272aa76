"""The capstone board as plain data that a browser can draw, and as rows to take elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from okrlab.errors import ModelError
from okrlab.interop.board import COLUMNS, BoardRow
from okrlab.model._numbers import shown
from okrlab.model.lifecycle import Kind, State, Watch
from okrlab.simulation.lifecycle_play import LEADS_TO, MoveName
from okrlab.widgets._board_entry import DETAILS, FIELDS, Entry
from okrlab.widgets._board_moves import ASKS, board_of, guards, labels, possible
from okrlab.widgets._board_state import BoardState
from okrlab.widgets._lifecycle_form import BUTTONS, TITLES
from okrlab.widgets._okr_set_parts import Line, Objective
from okrlab.widgets._okr_set_view import Around, line_view, objective_note, set_view

NEXT: dict[State, str] = {
    State.CANDIDATE: "Somebody would like to know. Say whose it is, how it is worked out and where "
    "the figures come from.",
    State.BASELINING: "It is being measured. Six values give limits on trial.",
    State.HEALTH: "It is watched. With an agreed band it is a health metric.",
    State.ALERT: "Somebody looks for the cause.",
    State.KEY_RESULT: "The focus, until its last day.",
    State.STABILISING: "Met, and not yet proven: eight values in a row on the better side.",
    State.RETIRED: "Nobody measures it any more.",
}
_CANDIDATE_MILESTONE = (
    "Not promised yet. Say for which objective, by when, whose it is, and which measure it should "
    "move later."
)
NUMBER_FIELDS = ("lower", "upper", "baseline", "target", "new_baseline", "new_target")


def sentence_of(entry: Entry) -> str:
    """The entry as one line of an OKR set; the objective and the owner are left out."""
    p, unit = entry.promise, entry.text("unit")
    name = " ".join(entry.text("name").split())
    due = f" by {_day(p.due)}" if p and p.due else ""
    if p and p.baseline is not None and p.target is not None:
        space = "" if unit == "%" else " "
        return f"{name} from {p.baseline:g} to {p.target:g}{space}{unit}".rstrip() + due
    if entry.kind is Kind.MILESTONE:
        later = f", to move {entry.text('later')}" if entry.text("later") else ""
        proof = f", shown by {entry.text('evidence')}" if entry.text("evidence") else ""
        return name + due + proof + later
    band = _band(entry)
    return f"{name} stays {band}" if band and entry.column == "health" else name


def _day(day: date | None) -> str:
    return f"{day.day} {day:%B} {day.year}" if day else ""


def _band(entry: Entry) -> str:
    if entry.trouble or not (band := entry.band):
        return ""
    low = f"at least {band.lower:g}" if band.lower is not None else ""
    high = f"at most {band.upper:g}" if band.upper is not None else ""
    if low and high:
        return f"between {band.lower:g} and {band.upper:g} {entry.text('unit')}".strip()
    return f"{low or high} {entry.text('unit')}".strip()


def _limits(watch: Watch | None) -> str:
    if watch is None:
        return ""
    kind = "on trial, " if watch.trial else ""
    return f"{shown(watch.lower)} to {shown(watch.upper)} ({kind}{watch.points} values)"


# -- the view --------------------------------------------------------------------------------------


def board_view(state: BoardState, today: date) -> dict[str, Any]:
    """The columns with their cards, and the work that is looked at."""
    named = labels(state.entries)
    waiting = set(board_of(state.entries).waiting)
    cards = {e.id: _card(e, named[e.id], waiting) for e in state.entries}
    columns = [
        {
            "id": column,
            "title": title,
            "cards": [cards[e.id] for e in state.entries if e.column == column],
        }
        for column, title in COLUMNS.items()
    ]
    here = state.here
    return {
        "columns": columns,
        "objectives": _objectives(state.entries),
        "here": _here(state, here, named[here.id], today) if here else None,
        "waiting": sorted(waiting),
        "history": [list(step) for step in reversed(state.history)],
    }


def _card(entry: Entry, label: str, waiting: set[str]) -> dict[str, Any]:
    told = [entry.promise.owner if entry.promise else entry.text("owner")]
    if entry.promise and entry.state is State.KEY_RESULT:
        p = entry.promise
        if p.baseline is not None and p.target is not None:
            told.append(f"{p.baseline:g} → {p.target:g} {entry.text('unit')}".strip())
        told.append(f"by {_day(p.due)}" if p.due else "")
        if entry.attained is not None:
            told.append(f"{entry.attained:.2f} of the way")
    elif entry.kind is Kind.MEASURE:
        if not entry.trouble and entry.values:
            told.append(f"latest {entry.values[-1]:g} {entry.text('unit')}".strip())
        told.append(_band(entry))
    return {
        "id": entry.id,
        "name": label,
        "mark": entry.mark,
        "state": _state(entry),
        "told": " · ".join(t for t in told if t),
        "alert": entry.state is State.ALERT,
        "critical": entry.text("critical") == "yes",
        "waits": label in waiting,
        "objective": entry.promise.objective if entry.promise and entry.column == "okr" else "",
        "trouble": bool(entry.trouble),
    }


def _state(entry: Entry) -> str:
    """The state as the board says it; the column tells a KPI from a health metric."""
    return "watched" if entry.state is State.HEALTH else entry.state.label


def _objectives(entries: Sequence[Entry]) -> list[dict[str, Any]]:
    """Each objective with what there is to say of it and of its key results as a set."""
    focused = [e for e in entries if e.column == "okr" and e.promise]
    texts = list(dict.fromkeys(e.promise.objective for e in focused if e.promise))
    guarded = [e for e in entries if e.column == "health" and e.text("name")]
    found = []
    for text in texts:
        mine = [e for e in focused if e.promise and e.promise.objective == text]
        lines = [Line(f"l{n}", sentence_of(e), "key_result") for n, e in enumerate(mine)]
        lines += [
            Line(f"l{len(mine) + n}", sentence_of(e), "health_metric")
            for n, e in enumerate(guarded)
        ]
        objective = Objective("o1", text, lines)
        said = set_view(objective, Around())
        found.append({"text": text, "note": objective_note(objective), "set": said})
    return found


def _here(state: BoardState, entry: Entry, label: str, today: date) -> dict[str, Any]:
    role = "key_result" if entry.column == "okr" or entry.kind is Kind.MILESTONE else "kpi"
    role = "health_metric" if entry.column == "health" else role
    text = sentence_of(entry)
    objective = entry.promise.objective if entry.promise else entry.text("objective")
    said = line_view(Line("l0", text, role, settled=_settled(entry)), objective, Around())  # type: ignore[arg-type]
    rest = NEXT[entry.state]
    if entry.kind is Kind.MILESTONE and entry.state is State.CANDIDATE:
        rest = _CANDIDATE_MILESTONE
    return {
        "id": entry.id,
        "label": label,
        "kind": entry.kind.value,
        "state": _state(entry),
        "mark": entry.mark,
        "next": rest,
        "fields": [_field(entry, name) for name in DETAILS[entry.kind]],
        "trouble": entry.trouble,
        "limits": _limits(entry.watch),
        "promise": text if entry.state is State.KEY_RESULT else "",
        "reads": text if role == "key_result" else "",
        "findings": said["findings"][:4],
        "moves": [{"id": m, "label": BUTTONS[m], "to": LEADS_TO[m].label} for m in possible(entry)],
        "open": _open(state, entry, state.open, today) if state.open else None,
    }


def _settled(entry: Entry) -> str:
    """The board's own rules say what it is; the analyser need not doubt it."""
    return "kpi" if entry.column in ("kpi", "ahead") else ""


def _field(entry: Entry, name: str) -> dict[str, Any]:
    spec = FIELDS[name]
    return {
        "id": name,
        "label": spec.label,
        "kind": spec.kind,
        "most": spec.most,
        "options": [{"id": i, "text": t} for i, t in spec.options],
        "help": spec.help,
        "value": entry.fields.get(name, ""),
        "role": "objective" if name == "objective" else "",
    }


def _open(state: BoardState, entry: Entry, move: MoveName, today: date) -> dict[str, Any]:
    asked = [_field(entry, n) for n in ASKS[move] if n not in DETAILS[entry.kind]]
    try:
        checked = guards(state.entries, entry, move, today)
    except ModelError as error:
        return _shown(move, asked, [], str(error), False)
    listed = [
        {
            "name": g.name[:1].upper() + g.name[1:],
            "holds": g.holds,
            "failed": "" if g.holds else g.failed,
            "remedy": "" if g.holds else g.remedy,
        }
        for g in checked
    ]
    return _shown(move, asked, listed, "", all(g.holds for g in checked))


def _shown(
    move: MoveName, fields: list[Any], listed: list[Any], trouble: str, ready: bool
) -> dict[str, Any]:
    return {
        "move": move,
        "title": TITLES[move],
        "button": BUTTONS[move],
        "to": LEADS_TO[move].label,
        "fields": fields,
        "guards": listed,
        "trouble": trouble,
        "ready": ready,
    }


# -- to take elsewhere -----------------------------------------------------------------------------


def rows_of(entries: Sequence[Entry]) -> list[BoardRow]:
    """The board as rows of text."""
    named = labels(entries)
    return [_row(entry, named[entry.id]) for entry in entries]


def _row(entry: Entry, label: str) -> BoardRow:
    p, text = entry.promise, entry.text
    values = () if entry.trouble else entry.values
    said = [("evidence", "Evidence"), ("learning", "Learnt"), ("why", "Retired because")]
    notes = [f"{word}: {text(name)}" for name, word in said if text(name)]
    cells = {
        "Owner": p.owner if p else text("owner"),
        "How it is worked out": text("formula"),
        "Source": text("source"),
        "Unit": text("unit"),
        "Band": _band(entry),
        "Limits": _limits(entry.watch),
        "Latest": f"{values[-1]:g}" if values else "",
        "From": f"{p.baseline:g}" if p and p.baseline is not None else text("baseline"),
        "To": f"{p.target:g}" if p and p.target is not None else text("target"),
        "By": p.due.isoformat() if p and p.due else text("due"),
        "Promised as": p.ambition.value if p else "",
        "Attainment": "" if entry.attained is None else f"{entry.attained:.2f}",
        "Moves later": text("later"),
        "Note": "; ".join(notes),
    }
    objective = p.objective if p and entry.column == "okr" else ""
    return BoardRow(entry.column, objective, label, entry.state.label, cells)
