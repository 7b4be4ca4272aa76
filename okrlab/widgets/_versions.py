"""Wordings that were kept: nothing that a learner wrote is lost by writing on."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, Self

MOST = 200
"""So many wordings are kept; the oldest go first."""

MAX_JSON = 300_000
"""Most characters of all wordings together, as JSON."""

WHY: dict[str, str] = {
    "kept": "You kept it",
    "rewritten": "Before you wrote something else",
    "replaced": "Before you used another wording",
    "suggested": "The suggested wording",
    "restored": "Before you took another version",
    "cleared": "Before you started a new one",
    "given": "Before the notebook gave another text",
    "later": "The other half, for later",
}


@dataclass(frozen=True)
class Version:
    """One wording.

    Attributes:
        id: tells it from the others.
        text: the wording.
        at: when it was kept, ISO 8601.
        why: a key of `WHY`.
    """

    id: int
    text: str
    at: str
    why: str


@dataclass
class Versions:
    """Wordings, the latest last, each text once."""

    kept: list[Version] = field(default_factory=list)

    @classmethod
    def restore(cls, draft: object) -> Self:
        """The versions of a draft; what is damaged is left out."""
        found = cls()
        for entry in draft if isinstance(draft, list) else []:
            if not isinstance(entry, dict):
                continue
            text, at, why = entry.get("text"), entry.get("at"), entry.get("why")
            if isinstance(text, str) and text.strip() and isinstance(at, str) and why in WHY:
                found._put(text, at[:40], str(why))
        return found

    def draft(self) -> list[dict[str, Any]]:
        """Plain JSON data that `restore` reads."""
        return [asdict(v) for v in self.kept]

    def add(self, text: str, at: datetime, why: str) -> bool:
        """Keep a wording. Returns whether there was anything to keep that wasn't kept already."""
        text = text.strip()
        if not text or any(v.text == text for v in self.kept):
            return False
        self._put(text, at.isoformat(timespec="seconds"), why)
        return True

    def find(self, number: int) -> Version | None:
        """The version with this id."""
        return next((v for v in self.kept if v.id == number), None)

    def holds(self, text: str) -> bool:
        """Whether this wording is kept."""
        return any(v.text == text.strip() for v in self.kept)

    def _put(self, text: str, at: str, why: str) -> None:
        number = max((v.id for v in self.kept), default=0) + 1
        self.kept.append(Version(number, text, at, why))
        del self.kept[:-MOST]
        while len(self.kept) > 1 and len(json.dumps(self.draft())) > MAX_JSON:
            del self.kept[0]
