"""Marking of a learner's own measures: whether the role follows from the declared facts.

The measures themselves are never judged: whether "revenue" is a good measure for that company is
not ours to say.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass

from okrlab.assessment.exercise_fields import MEASURE_FIELDS, ROLE_LABELS, asked_only
from okrlab.assessment.numbers import parse_number
from okrlab.assessment.outcome import Feedback, PartOutcome
from okrlab.errors import AnswerError


@dataclass(frozen=True)
class RoleReason:
    """The role that follows from declared facts.

    Attributes:
        role: id of the role.
        cue: which fact decides.
        flip: the smallest change of a fact that would give another role.
    """

    role: str
    cue: str
    flip: str


_SCALES = {
    "k": 1e3,
    "thousand": 1e3,
    "m": 1e6,
    "mn": 1e6,
    "million": 1e6,
    "bn": 1e9,
    "billion": 1e9,
}
_SCALE = "|".join(sorted(_SCALES, key=len, reverse=True))
_SCALED = re.compile(
    rf"(?P<number>.*?\d)\s*(?P<scale>{_SCALE})?(?:\s+\D.*)?",
    re.IGNORECASE,
)


def number_of(text: str) -> float | None:
    """The number that was typed, or None when there is none that can be read.

    People write "5M", "€400k" and "22 per day" where a number is asked for; all of these are one.
    """
    found = _SCALED.fullmatch(text.strip())
    scale = (found["scale"] or "").casefold() if found else ""
    for candidate, factor in (
        (text, 1.0),
        (found["number"] if found else "", _SCALES.get(scale, 1)),
    ):
        try:
            return parse_number(candidate, "%") * factor
        except AnswerError:
            continue
    return None


def date_of(text: str) -> datetime.date | None:
    """The date that was typed, or None when there is none that can be read."""
    try:
        return datetime.date.fromisoformat(text.strip())
    except ValueError:
        return None


def shown_date(day: datetime.date) -> str:
    """A date in words, such as 31 March 2027."""
    return f"{day.day} {day:%B %Y}"


def short(text: str, length: int = 60) -> str:
    """A learner's words as they are quoted back: in one line, not too long."""
    words = " ".join(text.split())
    return words if len(words) <= length else f"{words[: length - 1]}…"


def role_of(facts: Mapping[str, str]) -> RoleReason:
    """The role that follows from what was declared about a measure.

    A focus with an objective, a start, a different goal and a date makes a metric key result. What
    is done or not done is a milestone key result when it is a focus with an objective and a date,
    else a task. A number that must stay in a range and is not the focus is a health metric. Every
    other number is a KPI.
    """
    missing = _missing(facts)
    objective = short(facts.get("objective", ""))
    if facts.get("kind") == "done":
        if not missing:
            return RoleReason(
                "milestone_key_result",
                f"It is done or not done, it serves the objective “{objective}” and it has a date.",
                "Take the objective or the date away and it is a task like any other.",
            )
        return RoleReason(
            "task",
            f"It is done or not done, {_lacking(missing)}.",
            "Tie it to an objective, as a focus with a date, and it is a milestone key result.",
        )
    if not missing:
        return RoleReason(
            "metric_key_result",
            f"It is to move from {short(facts['from'], 20)} to {short(facts['to'], 20)} by "
            f"{_by(facts)}, for the objective “{objective}”.",
            "Take it out of the focus and only watch it, and it is a KPI or a health metric again.",
        )
    focus = facts.get("focus") == "yes"
    if facts.get("range") == "yes" and not focus:
        return RoleReason(
            "health_metric",
            "It must stay in a range, and moving it is not a focus now.",
            "Make it the focus of an objective, from X to Y by a date, and it is the measure of a "
            "metric key result.",
        )
    if focus:
        return RoleReason(
            "kpi",
            f"You said that it is a focus, {_lacking(missing)}. Until then it is a KPI that you "
            "would like to move.",
            f"Add {_listed(missing)}, and it is the measure of a metric key result.",
        )
    return RoleReason(
        "kpi",
        "You look at it, nothing is decided about moving it, and no range has to be kept.",
        "Give it a range that has to be kept and it is a health metric; make it an objective's "
        "focus, from X to Y by a date, and it is the measure of a metric key result.",
    )


def _by(facts: Mapping[str, str]) -> str:
    day = date_of(facts.get("by", ""))
    return shown_date(day) if day else "no date"


def _missing(facts: Mapping[str, str]) -> list[str]:
    """What a key result would still need."""
    if facts.get("focus") != "yes":
        return ["a focus"]
    missing = [] if facts.get("objective", "").strip() else ["an objective"]
    if facts.get("kind") != "done":
        start, goal = number_of(facts.get("from", "")), number_of(facts.get("to", ""))
        missing += ["a start"] if start is None else []
        missing += ["a goal"] if goal is None else []
        missing += ["a change"] if start is not None and start == goal else []
    return missing + ([] if date_of(facts.get("by", "")) else ["a date"])


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def _lacking(words: list[str]) -> str:
    if words == ["a focus"]:
        return "and it is not a focus now"
    return f"but {_listed(words)} {'is' if len(words) == 1 else 'are'} not there"


_TEMPTS = {
    "kpi": (
        "M02",
        "You may know it as a KPI. Its name does not settle its role; what you decided about it "
        "does.",
    ),
    "health_metric": (
        "M02",
        "It is tempting to call what matters a health metric. That name is for a number in a range "
        "that you keep while you work on something else.",
    ),
    "metric_key_result": (
        "M01",
        "It has a number and it matters. A key result also needs an objective, a start, a goal, a "
        "date, and your decision to move it now.",
    ),
    "milestone_key_result": (
        "M05",
        "It may be important work. A milestone key result is a state that is reached or not by a "
        "date, for an objective.",
    ),
    "task": (
        "M04",
        "Tasks are what you do. What you declared here is more than that: it says how things stand "
        "or what will have changed.",
    ),
}
_LEVEL = (
    "M03",
    "It has a goal to reach, which tempts. A level that has to be kept is a range, not a change.",
)


def mark_measures(rows: tuple[dict[str, str], ...]) -> list[list[PartOutcome]]:
    """The parts of each row, called "rows/0/role" and so on; an empty list for an empty row."""
    return [
        _row(index, asked_only(MEASURE_FIELDS, row)) if any(row.values()) else []
        for index, row in enumerate(rows)
    ]


def _row(index: int, row: Mapping[str, str]) -> list[PartOutcome]:
    asked = [
        part
        for part in MEASURE_FIELDS
        if part.id in ("name", "kind", "focus", "range", "role") and part.asked(row)
    ]
    open_ones = [part for part in asked if not row.get(part.id, "").strip()]
    if open_ones:
        return [
            PartOutcome(
                f"rows/{index}/{part.id}",
                "",
                "",
                False,
                Feedback("", f"Still to answer: “{part.label}”"),
            )
            for part in open_ones
        ]
    reason, chosen = role_of(row), row["role"]
    correct = chosen == reason.role
    misconception, tempts = (None, "") if correct else _tempting(chosen, row)
    return [
        PartOutcome(
            f"rows/{index}/role",
            ROLE_LABELS[chosen],
            ROLE_LABELS[reason.role],
            correct,
            Feedback(reason.cue, tempts, reason.flip, misconception),
        )
    ]


def _tempting(chosen: str, row: Mapping[str, str]) -> tuple[str, str]:
    level = row.get("range") == "yes" or (
        row.get("from", "").strip() and number_of(row["from"]) == number_of(row.get("to", ""))
    )
    return _LEVEL if chosen == "metric_key_result" and level else _TEMPTS[chosen]
