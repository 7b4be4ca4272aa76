"""What the browser sees of a lifecycle case: lanes, the chosen work, its moves and the history."""

from __future__ import annotations

import math
from typing import Any

from okrlab.model.indicator import Role
from okrlab.model.lifecycle import ASSUMPTIONS as RULES
from okrlab.model.lifecycle import Guard, Kind, Record, State, Work, moves_from
from okrlab.simulation.lifecycle_play import ASSUMPTIONS, LEADS_TO, MOVES, MoveName
from okrlab.widgets._lifecycle_state import FIELDS, REASONS, TEXT, CaseState, Field

LANES: dict[State, str] = {
    State.CANDIDATE: "An idea. Not measured, or not promised yet.",
    State.BASELINING: "Measured. Too few points for limits so far.",
    State.HEALTH: "Watched while the focus is elsewhere.",
    State.ALERT: "Something is wrong, and it is looked into.",
    State.KEY_RESULT: "In focus: from here to there by a day.",
    State.STABILISING: "Met. Watched until the new level holds.",
    State.RETIRED: "Nobody measures or works on it any more.",
}

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


def label(state: State) -> str:
    """The state with a capital."""
    return state.label[:1].upper() + state.label[1:]


def mark(state: State, work: Work | None) -> str:
    """The role whose shape stands for a state; "alert" and "retired" have signs of their own."""
    if state is State.KEY_RESULT:
        milestone = work is not None and work.kind is Kind.MILESTONE
        return "milestone_key_result" if milestone else "metric_key_result"
    if state is State.HEALTH and work is not None and work.role is Role.KPI:
        return "kpi"
    return {
        State.CANDIDATE: "task",
        State.BASELINING: "kpi",
        State.HEALTH: "health_metric",
        State.STABILISING: "health_metric",
        State.ALERT: "alert",
        State.RETIRED: "retired",
    }[state]


def ids(state: CaseState) -> dict[str, str]:
    """A short id for each piece of work, by name."""
    return {s.name: f"w{n}" for n, s in enumerate(state.content.subjects, 1)}


def told_case(state: CaseState) -> dict[str, Any]:
    """Everything about the case that is shown."""
    play, content, names = state.play, state.content, ids(state)
    turn = content.turns[play.at]
    waiting = play.board.waiting
    return {
        "title": content.title,
        "intro": content.intro,
        "story": content.story,
        "turn": {
            "number": play.at + 1,
            "of": len(content.turns),
            "words": turn_words(state),
            "events": turn.events,
            "hint": turn.hint,
            "deed": [f"{BUTTONS[d.move]}: {name}" for name, d in state.deeds],
            "last": play.is_last,
        },
        "lanes": [
            {
                "id": lane.value,
                "label": label(lane),
                "what": what,
                "works": [names[w.name] for w in play.board.works if w.state is lane],
            }
            for lane, what in LANES.items()
        ],
        "works": {names[w.name]: told_work(state, w) for w in play.board.works},
        "chosen": told_chosen(state),
        "waiting": _waiting(state) if waiting else None,
        "missed": list(play.missed),
        "history": [told_history(state, w) for w in play.board.works],
        "records": [record_words(r) for r in play.board.records],
        "closing": list(content.closing) if play.is_last and not state.deeds else None,
        "canTakeBack": bool(state.log),
        "rules": [*RULES, *ASSUMPTIONS],
    }


def turn_words(state: CaseState) -> str:
    """Such as "Quarter 2 of 5: months 16 to 18"."""
    play, content = state.play, state.content
    if content.story:
        return f"Month {play.month}"
    return f"Quarter {play.at + 1} of {len(content.turns)}: months {play.new_from} to {play.month}"


def _waiting(state: CaseState) -> str:
    board = state.play.board
    critical = [w.name for w in board.works if w.critical and w.state is State.ALERT]
    return (
        f"{', '.join(critical)}: critical, and in alert. That comes first; these key results wait: "
        f"{', '.join(board.waiting)}."
    )


def told_work(state: CaseState, work: Work) -> dict[str, Any]:
    """One card."""
    play, subject = state.play, state.subject(work.name)
    values = play.values(work.name)
    unit = subject.unit if subject else ""
    now = f"{values[-1]:g}{'' if unit == '%' or not unit else ' '}{unit}" if values else ""
    if work.kind is Kind.MILESTONE:
        now = "milestone"
    return {
        "name": work.name,
        "state": work.state.value,
        "stateWords": label(work.state),
        "mark": mark(work.state, work),
        "now": now,
        "critical": work.critical,
        "waits": work.name in play.board.waiting,
    }


def told_chosen(state: CaseState) -> dict[str, Any]:
    """The work that is looked at: what is known of it, its picture and what can be done."""
    work, subject = state.play.board[state.chosen], state.subject(state.chosen)
    near = [name for name, move in MOVES.items() if move in moves_from(work)]
    return {
        "id": ids(state)[work.name],
        "name": work.name,
        "stateWords": label(work.state),
        "mark": mark(work.state, work),
        "about": subject.about if subject else "",
        "facts": facts_of(state, work),
        "chart": chart(state, work),
        "moves": [{"id": m, "title": BUTTONS[m]} for m in near],
        "others": [{"id": m, "title": BUTTONS[m]} for m in MOVES if m not in near],
        "form": form(state, work) if state.open else None,
        "done": record_words(state.last) if state.last and state.last.work == work.name else None,
    }


def facts_of(state: CaseState, work: Work) -> list[str]:
    """What is known of a piece of work, in short sentences."""
    play, found = state.play, []
    if work.owner:
        found.append(f"Owner: {work.owner}.")
    if work.watch is not None:
        kind = "Trial limits" if work.watch.trial else "Limits"
        found.append(
            f"{kind} {work.watch.lower:.2f} to {work.watch.upper:.2f} around "
            f"{work.watch.centre:.2f}, from {work.watch.points} points."
        )
        if work.watch.band is not None:
            found.append(f"Band: {_band_words(work)}.")
    promise = work.promise
    if promise is not None:
        way = (
            f": from {promise.baseline:g} to {promise.target:g}"
            if promise.baseline is not None and promise.target is not None
            else ""
        )
        found.append(f"For “{promise.objective}”{way} by {promise.due}; {promise.owner}.")
        reading = play.reading(work.name)
        if reading is not None and work.state is State.KEY_RESULT:
            found.append(f"Read as the mean of its last three months: {reading:.2f}.")
    if work.moves_later:
        found.append(f"Should move later: {work.moves_later}.")
    if work.state is State.STABILISING:
        settle = play.facts(work.name, "settle", {})
        count = getattr(settle, "favourable_points", 0)
        found.append(f"{count} in a row on the better side of the old centre; it takes 8.")
    if work.state is State.ALERT:
        found.append(f"Normal points in a row since the alert: {play.normal_points(work.name)}.")
    return found


def _band_words(work: Work) -> str:
    band = work.watch.band if work.watch else None
    if band is None:
        return "none"
    if band.lower is not None and band.upper is not None:
        return f"{band.lower:g} to {band.upper:g}"
    return f"at least {band.lower:g}" if band.lower is not None else f"at most {band.upper:g}"


def chart(state: CaseState, work: Work) -> dict[str, Any] | None:
    """The figures so far with limits, band and target; None when there are none."""
    play, subject = state.play, state.subject(work.name)
    values, first = play.values(work.name), play.first_month(work.name)
    if len(values) < 2 or subject is None:
        return None
    watch, promise = work.watch, work.promise
    band = watch.band if watch else None
    points = [[first + n, None if math.isnan(v) else v] for n, v in enumerate(values)]
    signal = play.signal(work.name) if work.state in (State.HEALTH, State.STABILISING) else ""
    outside = play.outside(work.name) if work.state in (State.HEALTH, State.STABILISING) else None
    if signal:
        title = signal
    elif outside is not None:
        title = f"{outside:g} lies outside the band"
    elif watch is None:
        title = f"{len(values)} points so far; limits need six"
    elif work.state is State.HEALTH:
        title = "Nothing stands out: this is how the measure varies"
    else:
        title = f"{work.name}, months {first} to {play.month}"
    return {
        "title": title,
        "name": work.name,
        "unit": subject.unit,
        "points": points,
        "last": play.case.stops[-1],
        "first": first,
        "newFrom": play.new_from,
        "limits": [watch.lower, watch.centre, watch.upper] if watch else None,
        "band": [band.lower, band.upper] if band else None,
        "target": promise.target if promise else None,
        "desc": (
            f"{work.name}: {', '.join(f'{v:g}' for v in values[-6:])} in the last "
            f"{min(6, len(values))} months. {' '.join(facts_of(state, work))}"
        ),
    }


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


def _guard(guard: Guard) -> dict[str, Any]:
    return {
        "name": guard.name[:1].upper() + guard.name[1:],
        "holds": guard.holds,
        "failed": guard.failed,
        "remedy": guard.remedy,
    }


def record_words(record: Record) -> str:
    """A move in the past, as a sentence or two."""
    where = (
        f"{record.before.label} → {record.after.label}"
        if record.before is not record.after
        else f"stays in {record.after.label}"
    )
    words = f"{record.when.capitalize()}. {record.work}: {record.move} ({where}). {record.because}"
    if record.spawned:
        words += f" New on the board: {record.spawned}."
    if record.waiting:
        words += f" Waiting from now on: {', '.join(record.waiting)}."
    return words


def told_history(state: CaseState, work: Work) -> dict[str, Any]:
    """In which state a piece of work was, month by month, as runs and in words."""
    play = state.play
    runs: list[dict[str, Any]] = []
    for month in range(1, play.month + 1):
        now = play.state_at(work.name, month)
        if runs and runs[-1]["state"] == (now.value if now else None):
            runs[-1]["to"] = month
        else:
            runs.append(
                {
                    "state": now.value if now else None,
                    "words": label(now) if now else "",
                    "mark": mark(now, work) if now else "",
                    "from": month,
                    "to": month,
                }
            )
    spoken = [
        f"{r['words'].lower()} in month {r['from']}"
        if r["from"] == r["to"]
        else f"{r['words'].lower()} in months {r['from']} to {r['to']}"
        for r in runs
        if r["state"]
    ]
    return {"name": work.name, "runs": runs, "words": f"{', '.join(spoken)}."}
