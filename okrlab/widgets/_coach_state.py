"""What a learner told the coach: the wording, what stands around it, and earlier wordings."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Self

from okrlab.analyser import Analysis, analyse
from okrlab.assessment.numbers import parse_number
from okrlab.errors import AnswerError
from okrlab.widgets._versions import Versions

MAX_TYPED = 10_000
"""Most characters of a text that is kept; the analyser reads the first 5,000."""

MAX_OBJECTIVE = 1_000
MAX_HISTORY = 4_000
MAX_VALUES = 200
ENOUGH_VALUES = 6
"""From so many past values on the analyser can say how far a measure swings by itself."""

AMBITIONS = ("committed", "stretch", "moonshot")
LIMITS = {
    "objective": MAX_OBJECTIVE,
    "cycle_end": 10,
    "ambition": 20,
    "pay": 3,
    "history": MAX_HISTORY,
}
"""The fields beside the text, with the most characters that each takes."""


@dataclass
class CoachState:
    """Everything that a draft keeps.

    Attributes:
        text: the wording in the field.
        around: the fields of `LIMITS`, as typed; "" where nothing was said.
        versions: wordings that were kept.
        given: the text and the objective that the notebook gave when this was last opened.
    """

    text: str = ""
    around: dict[str, str] = field(default_factory=lambda: dict.fromkeys(LIMITS, ""))
    versions: Versions = field(default_factory=Versions)
    given: tuple[str, str] = ("", "")

    @classmethod
    def restore(cls, draft: object) -> Self:
        """The state of a draft; what is damaged is left out."""
        state = cls()
        if not isinstance(draft, Mapping):
            return state
        state.text = _text(draft.get("text"), MAX_TYPED)
        around = draft.get("around")
        for name, value in around.items() if isinstance(around, Mapping) else ():
            if name in LIMITS and good_value(name, _text(value, LIMITS[name])):
                state.around[name] = _text(value, LIMITS[name])
        state.versions = Versions.restore(draft.get("versions"))
        given = draft.get("given")
        if isinstance(given, list) and len(given) == 2:
            state.given = (_text(given[0], MAX_TYPED), _text(given[1], MAX_OBJECTIVE))
        return state

    def draft(self) -> dict[str, Any]:
        """Plain JSON data that `restore` reads."""
        return {
            "text": self.text,
            "around": self.around,
            "versions": self.versions.draft(),
            "given": list(self.given),
        }

    def read(self) -> Analysis:
        """What the analyser says of the wording and what stands around it."""
        pay, end = self.around["pay"], self.around["cycle_end"]
        values, _ = past_values(self.around["history"])
        return analyse(
            self.text,
            objective=self.around["objective"] or None,
            cycle_end=date.fromisoformat(end) if end else None,
            ambition=self.around["ambition"] or None,
            pay_linked={"yes": True, "no": False}.get(pay),
            history=values or None,
        )


def good_value(name: str, value: str) -> bool:
    """Whether a field of `LIMITS` can hold this."""
    if not value:
        return True
    if name == "cycle_end":
        try:
            return date.fromisoformat(value).isoformat() == value
        except ValueError:
            return False
    allowed = {"ambition": AMBITIONS, "pay": ("yes", "no")}.get(name)
    return allowed is None or value in allowed


def past_values(text: str) -> tuple[list[float], list[str]]:
    """Numbers pasted from a sheet or typed, oldest first, and what could not be read as one."""
    by_cell = re.search(r"[\n\t;]", text) is not None
    cells = re.split(r"[\n\t;]+" if by_cell else r"\s*,\s+|\s+", text.strip())
    values, unread = [], []
    for cell in cells[: 2 * MAX_VALUES]:
        if not cell.strip():
            continue
        try:
            values.append(parse_number(cell, "%"))
        except AnswerError:
            unread.append(cell.strip()[:40])
    return values[-MAX_VALUES:], unread


def wrote_over(before: str, after: str) -> bool:
    """Whether `after` is another text rather than `before` with words changed."""
    size = len(before)
    if size < 12:
        return False
    start = next((i for i, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), None)
    start = min(size, len(after)) if start is None else start
    rest = min(size, len(after)) - start
    end = next((i for i in range(rest) if before[-1 - i] != after[-1 - i]), rest)
    return 2 * (start + end) < size


def _text(value: object, limit: int) -> str:
    return value[:limit] if isinstance(value, str) else ""
