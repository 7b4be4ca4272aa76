"""What the browser sees of a lifecycle case: lanes, the chosen work, its moves and the history."""

from __future__ import annotations

import math
from typing import Any

from okrlab.model.indicator import Role
from okrlab.model.lifecycle import ASSUMPTIONS as RULES
from okrlab.model.lifecycle import Kind, Record, State, Work, moves_from
from okrlab.simulation.lifecycle_play import ASSUMPTIONS, MOVES
from okrlab.widgets._lifecycle_form import BUTTONS, form, label
from okrlab.widgets._lifecycle_state import CaseState

LANES: dict[State, str] = {
    State.CANDIDATE: "An idea. Not measured, or not promised yet.",
    State.BASELINING: "Measured. Too few points for limits so far.",
    State.HEALTH: "Watched while the focus is elsewhere.",
    State.ALERT: "Something is wrong, and it is looked into.",
    State.KEY_RESULT: "In focus: from here to there by a day.",
    State.STABILISING: "Met. Watched until the new level holds.",
    State.RETIRED: "Nobody measures or works on it any more.",
}


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
        "axis": [] if content.story else axis(state),
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


def axis(state: CaseState) -> list[dict[str, Any]]:
    """The quarters so far, and how many months each has; what lies before comes first."""
    play = state.play
    found: list[dict[str, Any]] = [{"words": "Before", "months": play.case.history}]
    last = play.case.history
    for number, month in enumerate(play.case.stops[: play.at + 1], 1):
        found.append({"words": f"Q{number}", "months": month - last})
        last = month
    return [part for part in found if part["months"]]


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
    return {
        "name": work.name,
        "state": work.state.value,
        "stateWords": label(work.state),
        "mark": mark(work.state, work),
        "role": role_words(work),
        "now": now,
        "critical": work.critical,
        "waits": work.name in play.board.waiting,
    }


def role_words(work: Work) -> str:
    """What the work is for now, in the course's words; nothing before it is measured."""
    if work.state is State.KEY_RESULT:
        return "milestone key result" if work.kind is Kind.MILESTONE else "metric key result"
    if work.kind is Kind.MILESTONE:
        return "milestone"
    return {Role.HEALTH_METRIC: "health metric", Role.KPI: "KPI", None: ""}.get(work.role, "")


def told_chosen(state: CaseState) -> dict[str, Any]:
    """The work that is looked at: what is known of it, its picture and what can be done."""
    work, subject = state.play.board[state.chosen], state.subject(state.chosen)
    near = [name for name, move in MOVES.items() if move in moves_from(work)]
    return {
        "id": ids(state)[work.name],
        "name": work.name,
        "stateWords": label(work.state),
        "mark": mark(work.state, work),
        "role": role_words(work),
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
