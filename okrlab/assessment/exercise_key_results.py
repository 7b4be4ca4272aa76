"""Checks of the structure of a learner's own key results. Advice comes as questions.

The structure is checked (is there a start, a goal, a date, evidence), never whether the aim is a
wise one for that company. Two kinds of part come out: checks, which count, and advice, whose part
ends in "/advice" and which only asks.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from okrlab.assessment.exercise_fields import KEY_RESULT_FIELDS, asked_only
from okrlab.assessment.exercise_own import date_of, number_of, short, shown_date
from okrlab.assessment.outcome import Feedback, PartOutcome
from okrlab.content.exercise import KeyResultsExercise

Row = Mapping[str, str]

_UP = r"increase|raise|grow|double|triple|lift|boost|improve|expand|gain|add|win"
_DOWN = r"reduce|cut|lower|decrease|shorten|shrink|halve|drop|minimi[sz]e|bring down|fewer|less"
_OUTPUT = r"launch|ship|deliver|build|publish|write|make|produce|hold|run|organi[sz]e|release"
_ACTIVITY = (
    r"help|support|analy[sz]e|consult|participate|discuss|explore|work on|look into|assist|review"
)
_VAGUE = r"significant(?:ly)?|better|more|best|optimal|world-class|user-friendly|soon"


@dataclass(frozen=True)
class Cycle:
    """The period that key results are for."""

    starts: datetime.date | None
    ends: datetime.date | None

    def holds(self, day: datetime.date) -> bool:
        """Whether a day lies in the cycle, as far as its ends are known."""
        after = self.starts is None or day >= self.starts
        return after and (self.ends is None or day <= self.ends)


def mark_key_results(
    exercise: KeyResultsExercise, form: Row, rows: tuple[dict[str, str], ...]
) -> tuple[list[PartOutcome], list[list[PartOutcome]]]:
    """The parts of the set ("form/guardrail" …) and those of each row ("rows/0/from" …)."""
    given = exercise.given
    cycle = Cycle(
        date_of(given.starts or form.get("starts", "")),
        date_of(given.ends or form.get("ends", "")),
    )
    marked = [
        list(_row(f"rows/{index}/", asked_only(KEY_RESULT_FIELDS, row), cycle))
        if any(row.values())
        else []
        for index, row in enumerate(rows)
    ]
    return list(_set(exercise, form, rows, cycle)), marked


def _set(
    exercise: KeyResultsExercise, form: Row, rows: tuple[dict[str, str], ...], cycle: Cycle
) -> Iterator[PartOutcome]:
    given = exercise.given
    if given.objective is None:
        yield _check(
            "form/objective", form.get("objective", ""), "Which objective would these prove?", "M01"
        )
    if given.starts is None:
        yield _check("form/starts", cycle.starts, "When does the cycle start?")
    if given.ends is None:
        late = cycle.ends is not None and cycle.starts is not None and cycle.ends <= cycle.starts
        ask = (
            "The cycle ends before it starts. Which date is right?" if late else "When does it end?"
        )
        yield _check("form/ends", cycle.ends and not late, ask)
    yield _check(
        "form/guardrail",
        form.get("guardrail", ""),
        "What could suffer while you push these numbers? Name a measure to keep an eye on.",
        "M12",
    )
    kinds = [row.get("type") for row in rows if any(row.values())]
    if len(kinds) > 1 and set(kinds) == {"milestone"}:
        yield _advice(
            "form", "All of these are milestones. Which number will tell whether they help?"
        )
    names = [short(row.get("measure", "")).casefold() for row in rows if row.get("measure")]
    if len(set(names)) < len(names):
        yield _advice(
            "form", "Two of these say the same. Which other side of the objective matters?"
        )


def _row(at: str, row: Row, cycle: Cycle) -> Iterator[PartOutcome]:
    kind = row.get("type", "")
    yield _check(f"{at}type", kind, "Is it a metric, a milestone or a baseline?")
    yield _check(f"{at}measure", row.get("measure", ""), "What will be different, in a few words?")
    if kind == "metric":
        yield from _metric(at, row)
    elif kind == "milestone":
        yield _check(
            f"{at}evidence",
            row.get("evidence", ""),
            "How would a stranger see on the day that it is done?",
            "M04",
        )
        yield _check(
            f"{at}moves", row.get("moves", ""), "Which measure should it move later?", "M06"
        )
        if _starts(row, _ACTIVITY):
            yield _advice(f"{at}measure", "This names effort. What is there once it is finished?")
    elif kind == "baseline":
        yield _check(
            f"{at}how", row.get("how", ""), "How will you find out where you are, and from what?"
        )
    yield from _date(at, row, cycle)
    if re.search(rf"\b(?:{_VAGUE})\b", row.get("measure", ""), re.IGNORECASE):
        yield _advice(
            f"{at}measure", "Would two people read this the same way? Which word is soft?"
        )


def _metric(at: str, row: Row) -> Iterator[PartOutcome]:
    start, goal = (_number(row, name) for name in ("from", "to"))
    yield _check(
        f"{at}from",
        start is not None,
        _unread(row, "from")
        or "Where are you now? If nobody knows, make it a baseline key result.",
    )
    yield _check(f"{at}to", goal is not None, _unread(row, "to") or "How far do you want to get?")
    yield _check(
        f"{at}unit", row.get("unit", ""), "Of what, per what? 22 to 35 leads per day, say."
    )
    if start is not None and goal is not None:
        yield from _change(at, row, start, goal)
    if _starts(row, _OUTPUT):
        yield _advice(
            f"{at}measure",
            "This counts what you make. Who uses it, and what do they do differently then?",
        )
    if re.search(r"\b(?:and|&)\b", row.get("measure", ""), re.IGNORECASE):
        yield _advice(
            f"{at}measure", "Are these two measures? If so, give each its own key result."
        )


def _change(at: str, row: Row, start: float, goal: float) -> Iterator[PartOutcome]:
    if start == goal:
        yield _check(
            f"{at}to",
            False,
            "Start and goal are the same. Is this a level to keep? Then it is a health metric with "
            "a range.",
            "M03",
        )
        return
    verb = row.get("measure", "")
    if (_starts(row, _UP) and goal < start) or (_starts(row, _DOWN) and goal > start):
        word = verb.split()[0].strip(".,:").lower()
        way = "falls" if goal < start else "rises"
        yield _check(
            f"{at}to",
            False,
            f"You wrote “{short(word, 20)}”, and the number {way} from {short(row['from'], 20)} to "
            f"{short(row['to'], 20)}. Which of the two is right?",
        )


def _date(at: str, row: Row, cycle: Cycle) -> Iterator[PartOutcome]:
    day = date_of(row.get("by", ""))
    if day is None:
        yield _check(f"{at}by", False, "By when? The end of the cycle will do.", "M03")
    elif not cycle.holds(day):
        yield _check(
            f"{at}by",
            False,
            f"{shown_date(day)} lies outside the cycle {_span(cycle)}. What can be "
            "reached within it?",
        )
    else:
        yield _check(f"{at}by", True, "")


def _span(cycle: Cycle) -> str:
    ends = [shown_date(day) if day else "…" for day in (cycle.starts, cycle.ends)]
    return f"({ends[0]} to {ends[1]})"


def _number(row: Row, name: str) -> float | None:
    return number_of(row.get(name, ""))


def _unread(row: Row, name: str) -> str:
    typed = row.get(name, "").strip()
    return f"“{short(typed, 30)}” can't be read as a number. Which number is it?" if typed else ""


def _starts(row: Row, verbs: str) -> bool:
    return re.match(rf"\s*(?:{verbs})\b", row.get("measure", ""), re.IGNORECASE) is not None


def _check(part: str, passed: object, ask: str, misconception: str | None = None) -> PartOutcome:
    good = bool(passed.strip()) if isinstance(passed, str) else bool(passed)
    feedback = Feedback("") if good else Feedback("", ask, "", misconception)
    return PartOutcome(part, "", "", good, feedback)


def _advice(part: str, ask: str) -> PartOutcome:
    return PartOutcome(f"{part}/advice", "", "", True, Feedback(ask))


def is_advice(part: PartOutcome) -> bool:
    """Whether a part only asks and doesn't count."""
    return part.part.endswith("/advice")


def earned(parts: Iterable[PartOutcome]) -> float:
    """The share of checks that passed, 0 to 1; advice does not count."""
    counted = [part.correct for part in parts if not is_advice(part)]
    return sum(counted) / len(counted) if counted else 0.0
