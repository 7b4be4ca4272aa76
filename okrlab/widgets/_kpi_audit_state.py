"""The measures of a KPI audit in the making: typed, pasted, removed, brought back, kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from okrlab.assessment.exercise_fields import CRITERIA
from okrlab.assessment.kpi_audit import ANSWERS, MOST, AuditRow
from okrlab.errors import AnswerError

MAX_NAME = 200
MAX_REASON = 600


@dataclass
class Measure:
    """A measure in the making."""

    id: str
    name: str = ""
    answers: dict[str, str] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)
    next: str = ""

    @property
    def row(self) -> AuditRow:
        """The same for the audit."""
        return AuditRow(self.name, dict(self.answers), dict(self.reasons), self.next)


class AuditState:
    """Up to twelve measures and which of them is shown."""

    def __init__(self) -> None:
        self.measures: list[Measure] = []
        self.current = ""
        self.removed: tuple[int, Measure] | None = None
        self.left = ""
        self._count = 0

    def add(self, name: str) -> Measure:
        """A further measure, which is shown then.

        Raises:
            AnswerError: there are twelve.
        """
        if len(self.measures) >= MOST:
            raise AnswerError(
                f"There is room for {MOST} measures. Remove one first: what you would drop most "
                "easily is a finding as well."
            )
        self._count += 1
        measure = Measure(f"m{self._count}", name[:MAX_NAME])
        self.measures.append(measure)
        self.current = measure.id
        return measure

    def take(self, names: list[str]) -> tuple[int, list[str]]:
        """Add several; names that are there already are passed over.

        Returns:
            How many were added, and those for which there was no room.
        """
        known = {m.name.strip().casefold() for m in self.measures}
        fresh: list[str] = []
        for name in names:
            key = name.strip()[:MAX_NAME].casefold()
            if key and key not in known:
                known.add(key)
                fresh.append(name.strip())
        room = MOST - len(self.measures)
        before = self.current
        first = [self.add(name) for name in fresh[:room]]
        self.current = before or (first[0].id if first else "")
        return len(first), fresh[room:]

    def find(self, name: str) -> Measure:
        """The measure with that id.

        Raises:
            AnswerError: it is gone.
        """
        for measure in self.measures:
            if measure.id == name:
                return measure
        raise AnswerError("This measure is no longer in the list. Choose another one.")

    def remove(self, name: str) -> Measure:
        """Take a measure out; it can be brought back until the next one is removed."""
        measure = self.find(name)
        at = self.measures.index(measure)
        self.measures.remove(measure)
        self.removed = (at, measure)
        if self.current == name:
            near = self.measures[min(at, len(self.measures) - 1)] if self.measures else None
            self.current = near.id if near else ""
        return measure

    def undo(self) -> Measure | None:
        """Bring the removed measure back.

        Raises:
            AnswerError: its place has been taken.
        """
        if self.removed is None:
            return None
        if len(self.measures) >= MOST:
            raise AnswerError(f"There are {MOST} measures again. Remove one, then undo.")
        at, measure = self.removed
        self.measures.insert(at, measure)
        self.removed, self.current = None, measure.id
        return measure

    # -- drafts ----------------------------------------------------------------------------------

    def draft(self) -> dict[str, Any]:
        """All of it as plain data."""
        return {
            "measures": [_plain(m) for m in self.measures],
            "current": self.current,
            "removed": [self.removed[0], _plain(self.removed[1])] if self.removed else None,
            "left": self.left,
        }

    @classmethod
    def restore(cls, draft: dict[str, Any] | None) -> AuditState:
        """What a draft holds, as far as it makes sense."""
        state = cls()
        if not isinstance(draft, dict):
            return state
        kept = draft.get("measures")
        for entry in kept[:MOST] if isinstance(kept, list) else []:
            if (measure := state._read(entry)) is not None:
                state.measures.append(measure)
        removed = draft.get("removed")
        if isinstance(removed, list) and len(removed) == 2 and type(removed[0]) is int:
            measure = state._read(removed[1])
            if measure is not None:
                state.removed = (max(0, removed[0]), measure)
        state.left = _text(draft.get("left"), 20_000)
        ids = [m.id for m in state.measures]
        current = str(draft.get("current"))
        state.current = current if current in ids else (ids[0] if ids else "")
        return state

    def _read(self, entry: object) -> Measure | None:
        if not isinstance(entry, dict):
            return None
        name = str(entry.get("id"))
        taken = {m.id for m in self.measures}
        if not (name[:1] == "m" and name[1:].isdecimal() and len(name) < 8) or name in taken:
            name = f"m{self._count + 1}"
        self._count = max(self._count, int(name[1:]))
        answers, reasons = entry.get("answers"), entry.get("reasons")
        return Measure(
            name,
            _text(entry.get("name"), MAX_NAME),
            {
                c: answers[c]
                for c in CRITERIA
                if isinstance(answers, dict)
                and isinstance(answers.get(c), str)
                and answers[c] in ANSWERS
            },
            {
                c: _text(reasons.get(c), MAX_REASON)
                for c in CRITERIA
                if isinstance(reasons, dict) and reasons.get(c)
            },
            _text(entry.get("next"), MAX_REASON),
        )


def _plain(measure: Measure) -> dict[str, Any]:
    return {
        "id": measure.id,
        "name": measure.name,
        "answers": dict(measure.answers),
        "reasons": dict(measure.reasons),
        "next": measure.next,
    }


def _text(value: object, limit: int) -> str:
    return value[:limit] if isinstance(value, str) else ""
