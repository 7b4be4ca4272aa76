"""The capstone board in the making: its work, the moves so far, and what can be taken back."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import Any, Self

from okrlab.errors import AnswerError
from okrlab.model.lifecycle import Kind, Record
from okrlab.simulation.lifecycle_play import MOVES, MoveName
from okrlab.widgets._board_entry import FIELDS, Entry
from okrlab.widgets._board_moves import labels, make_move, possible

MOST = 40
"""So many pieces of work fit on a board."""

MOST_HISTORY = 200
MOST_UNDO = 12
MAX_JSON = 380_000
"""Most characters of a draft as JSON; beyond it, what could be undone longest ago is forgotten."""

Step = tuple[str, str, str, str]
"""A move that was made: day, what, move, why."""


class BoardState:
    """Everything that a draft keeps.

    Attributes:
        entries: the work, in order.
        current: id of the one that is looked at; "" when none is.
        open: the move whose conditions are shown.
        history: the moves so far, the oldest first.
        undo: what can be taken back: in words, and everything as it was before.
        taken: ids of the offers that were taken over or turned down.
        name: what the learner wants to be called in the completion record.
    """

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.current = ""
        self.open: MoveName | None = None
        self.history: list[Step] = []
        self.undo: list[tuple[str, dict[str, Any]]] = []
        self.taken: list[str] = []
        self.name = ""
        self._number = 0

    # -- drafts ----------------------------------------------------------------------------------

    def _whole(self) -> dict[str, Any]:
        return {
            "entries": [e.plain() for e in self.entries],
            "current": self.current,
            "history": [list(step) for step in self.history],
        }

    def draft(self) -> dict[str, Any]:
        """Plain JSON data that `restore` reads."""
        value = {
            **self._whole(),
            "open": self.open,
            "undo": [list(step) for step in self.undo],
            "taken": self.taken,
            "name": self.name,
        }
        while value["undo"] and len(json.dumps(value)) > MAX_JSON:
            del value["undo"][0]
        return value

    @classmethod
    def restore(cls, draft: object) -> Self:
        """The state of a draft; what is damaged is left out."""
        state = cls()
        if not isinstance(draft, dict):
            return state
        state._put(draft)
        move = draft.get("open")
        here = next((e for e in state.entries if e.id == state.current), None)
        if here is not None and move in MOVES and move in possible(here):
            state.open = move
        name, taken = draft.get("name"), draft.get("taken")
        listed = taken[:400] if isinstance(taken, list) else []
        state.name = name[:80] if isinstance(name, str) else ""
        state.taken = [t[:300] for t in listed if isinstance(t, str)]
        undo = draft.get("undo")
        for step in undo[:MOST_UNDO] if isinstance(undo, list) else []:
            if isinstance(step, list) and len(step) == 2 and isinstance(step[0], str):
                before = step[1] if isinstance(step[1], dict) else {}
                state.undo.append((step[0][:240], before))
                state._count(before.get("entries"))
        return state

    def _put(self, data: dict[str, Any]) -> None:
        self.entries = []
        kept = data.get("entries")
        for raw in kept[:MOST] if isinstance(kept, list) else []:
            entry = Entry.restore(raw)
            if entry is not None and all(e.id != entry.id for e in self.entries):
                self.entries.append(entry)
        self._count(kept)
        current = data.get("current")
        known = [e.id for e in self.entries]
        self.current = current if current in known else ""
        self.open = None
        steps = data.get("history")
        self.history = [
            (str(s[0])[:10], str(s[1])[:240], str(s[2])[:80], str(s[3])[:900])
            for s in (steps[-MOST_HISTORY:] if isinstance(steps, list) else [])
            if isinstance(s, list) and len(s) == 4
        ]

    def _count(self, entries: object) -> None:
        for raw in entries if isinstance(entries, list) else []:
            entry = Entry.restore(raw)
            if entry is not None:
                self._number = max(self._number, int(entry.id[1:]))

    def new_id(self) -> str:
        """An id that no work has, nor any that could be brought back."""
        self._number += 1
        return f"w{self._number}"

    # -- looking ---------------------------------------------------------------------------------

    def find(self, name: str) -> Entry:
        """The work with this id.

        Raises:
            AnswerError: it is not there (any more).
        """
        for entry in self.entries:
            if entry.id == name:
                return entry
        raise AnswerError("This is not on the board any more. Nothing was changed.")

    @property
    def here(self) -> Entry | None:
        """The work that is looked at."""
        return next((e for e in self.entries if e.id == self.current), None)

    @property
    def room(self) -> int:
        """How many more pieces of work fit."""
        return MOST - len(self.entries)

    # -- changing --------------------------------------------------------------------------------

    def keep(self, what: str) -> None:
        """Remember how everything is, so that what comes can be taken back."""
        self.undo.append((what[:240], json.loads(json.dumps(self._whole()))))
        del self.undo[:-MOST_UNDO]

    def take_back(self) -> str | None:
        """Take the latest step back; None when there is none."""
        if not self.undo:
            return None
        what, before = self.undo.pop()
        self._put(before)
        return what

    def add(self, entries: Iterable[tuple[Kind, dict[str, str]]]) -> int:
        """Add candidates, as far as there is room; the first of them is looked at.

        Returns:
            How many were added.
        """
        added = []
        for kind, fields in entries:
            if len(self.entries) >= MOST:
                break
            known = {n: t[: FIELDS[n].most] for n, t in fields.items() if n in FIELDS and t}
            added.append(Entry(self.new_id(), kind, fields=known))
            self.entries.append(added[-1])
        if added:
            self.current, self.open = added[0].id, None
        return len(added)

    def remove(self, entry: Entry) -> None:
        """Take work off the board; it can be brought back."""
        self.keep(f"“{labels(self.entries)[entry.id]}” removed")
        at = self.entries.index(entry)
        self.entries.remove(entry)
        near = self.entries[min(at, len(self.entries) - 1)] if self.entries else None
        self.current, self.open = near.id if near else "", None

    def move(self, entry: Entry, move: MoveName, today: date) -> Record:
        """Move work; it can be moved back.

        Raises:
            MoveRefusedError: a guard does not hold.
            ModelError: something that was typed cannot be read.
        """
        before = json.loads(json.dumps(self._whole()))
        record = make_move(self.entries, entry, move, today, self.new_id())
        self.undo.append((f"“{record.work}”: {record.move}"[:240], before))
        del self.undo[:-MOST_UNDO]
        self.history.append((today.isoformat(), record.work, record.move, record.because[:900]))
        del self.history[:-MOST_HISTORY]
        self.open = None
        return record
