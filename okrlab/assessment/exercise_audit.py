"""Checks of a learner's audit of their own KPIs: reasons are given, and a no has a next step.

Whether a KPI is relevant to that company is theirs to say; that they say why is ours to ask.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from okrlab.assessment.exercise_fields import CRITERIA
from okrlab.assessment.outcome import Feedback, PartOutcome

FEW_WORDS = 3
"""A reason of fewer words is asked to say more."""


def mark_audit(
    rows: tuple[dict[str, str], ...],
) -> tuple[list[PartOutcome], list[list[PartOutcome]]]:
    """The parts of the list and those of each row ("rows/0/relevant" …)."""
    marked = [
        list(_row(f"rows/{index}/", row)) if any(row.values()) else []
        for index, row in enumerate(rows)
    ]
    filled = [row for row in rows if any(row.values())]
    said = [row.get(name) for row in filled for name in CRITERIA]
    form = []
    if len(filled) > 1 and set(said) == {"yes"}:
        ask = "Every answer is yes. Which one would a critical colleague doubt first?"
        form.append(PartOutcome("form/advice", "", "", True, Feedback(ask)))
    return form, marked


def _row(at: str, row: Mapping[str, str]) -> Iterator[PartOutcome]:
    yield _check(f"{at}name", row.get("name", ""), "Which KPI is it?")
    for name, (label, ask) in CRITERIA.items():
        answer, reason = row.get(name, ""), row.get(f"{name}-why", "")
        yield _check(f"{at}{name}", answer, f"{label}: {ask} Yes or no?")
        yield _check(
            f"{at}{name}-why", reason, f"{label}: what could a colleague look at to see it too?"
        )
        if 0 < len(reason.split()) < FEW_WORDS:
            more = "Say a little more, so that a colleague could check it."
            yield PartOutcome(f"{at}{name}-why/advice", "", "", True, Feedback(more))
    weak = [label for name, (label, _) in CRITERIA.items() if row.get(name) == "no"]
    if weak:
        yield _check(
            f"{at}next",
            row.get("next", ""),
            f"You answered no to: {', '.join(weak).lower()}. What is the next step, and whose is "
            "it? Dropping the KPI is one too.",
        )


def _check(part: str, text: str, ask: str) -> PartOutcome:
    good = bool(text.strip())
    return PartOutcome(part, "", "", good, Feedback("", "" if good else ask))
