"""The sets that a learner builds: objectives with lines, and what can be undone. No browser."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Self

from okrlab.errors import AnswerError
from okrlab.interop.okr_set import (
    MAX_LINES,
    MAX_TEXT,
    OkrSet,
    PastedLine,
    Role,
    SetLine,
)
from okrlab.widgets._okr_set_parts import Line, Objective, Undo, good_date, good_ones, quoted

MAX_OBJECTIVES = 5
MAX_UNDO = 24
MAX_JSON = 400_000
"""Most characters of a draft as JSON; beyond it, what could be undone longest ago is forgotten."""


@dataclass
class SetState:
    """Everything that a draft keeps.

    Attributes:
        objectives: one to `MAX_OBJECTIVES`.
        current: the id of the one that is shown.
        cycle_end: ISO date, "" when not said.
        pay: "yes", "no", "" when not said.
        undo: what can be taken back, the latest last.
        number: the last number given to an id.
    """

    objectives: list[Objective] = field(default_factory=list)
    current: str = ""
    cycle_end: str = ""
    pay: str = ""
    undo: list[Undo] = field(default_factory=list)
    number: int = 0

    def __post_init__(self) -> None:
        if not self.objectives:
            self.objectives = [Objective(self.new_id("o"))]
        if all(o.id != self.current for o in self.objectives):
            self.current = self.objectives[0].id

    # -- drafts ----------------------------------------------------------------------------------

    @classmethod
    def restore(cls, draft: object) -> Self:
        """The state of a draft; what is damaged is left out."""
        if not isinstance(draft, Mapping):
            return cls()
        objectives = good_ones(draft.get("objectives"), Objective, MAX_OBJECTIVES)
        undo = good_ones(draft.get("undo"), Undo, MAX_UNDO)
        said = {n: v for n in ("current", "cycle_end", "pay") if isinstance(v := draft.get(n), str)}
        end, pay = said.get("cycle_end", ""), said.get("pay", "")
        everything = [*objectives, *(u.whole for u in undo if u.whole)]
        names = [o.id for o in everything]
        names += [line.id for o in everything for line in o.lines]
        names += [line.id for u in undo for line in u.lines]
        return cls(
            objectives,
            said.get("current", ""),
            end if good_date(end) else "",
            pay if pay in ("yes", "no") else "",
            undo,
            max((int(name[1:]) for name in names), default=0),
        )

    def draft(self) -> dict[str, Any]:
        """Plain JSON data that `restore` reads."""
        value = asdict(self)
        while value["undo"] and len(json.dumps(value)) > MAX_JSON:
            del value["undo"][0]
        return value

    # -- looking ---------------------------------------------------------------------------------

    @property
    def here(self) -> Objective:
        """The objective that is shown."""
        return next(o for o in self.objectives if o.id == self.current)

    @property
    def empty(self) -> bool:
        """Whether nothing has been written anywhere."""
        return not any(o.text.strip() or o.lines for o in self.objectives)

    @property
    def count(self) -> int:
        """How many lines there are."""
        return sum(len(o.lines) for o in self.objectives)

    def line(self, name: str) -> tuple[Objective, Line]:
        """The line with this id, and where it stands.

        Raises:
            AnswerError: there is none (any more).
        """
        for objective in self.objectives:
            for line in objective.lines:
                if line.id == name:
                    return objective, line
        raise AnswerError("This line is not in the set any more. Nothing was changed.")

    def objective(self, name: str) -> Objective:
        """The objective with this id.

        Raises:
            AnswerError: there is none (any more).
        """
        for objective in self.objectives:
            if objective.id == name:
                return objective
        raise AnswerError("This objective is not in the list any more. Nothing was changed.")

    def sets(self) -> tuple[OkrSet, ...]:
        """What was written, without empty lines and empty objectives."""
        found = (
            OkrSet(
                o.text.strip(),
                tuple(SetLine(x.text.strip(), x.role) for x in o.lines if x.text.strip()),
            )
            for o in self.objectives
        )
        return tuple(s for s in found if s.objective or s.lines)

    # -- changing --------------------------------------------------------------------------------

    def new_id(self, letter: str) -> str:
        """An id that nothing else has."""
        self.number += 1
        return f"{letter}{self.number}"

    def add_line(self, role: Role, text: str) -> Line:
        """Another line at the end of its list.

        Raises:
            AnswerError: there are too many.
        """
        if self.count >= MAX_LINES:
            raise AnswerError(f"There is room for {MAX_LINES} lines. Remove one to add another.")
        line = Line(self.new_id("l"), text, role)
        self.here.lines.append(line)
        return line

    def remove_line(self, name: str) -> Line:
        """Take a line out; it can be brought back."""
        objective, line = self.line(name)
        at = objective.lines.index(line)
        objective.lines.remove(line)
        if line.text.strip():
            self.push(Undo(f"{quoted(line.text)} removed", "insert", objective.id, at, [line]))
        return line

    def move_line(self, name: str, step: int) -> tuple[int, int]:
        """Move a line up (-1) or down (1) within its list. Returns its place and the list's length.

        Places count from 1; at the end of the list nothing moves.
        """
        objective, line = self.line(name)
        fellows = objective.of(line.role)
        place = fellows.index(line)
        other = place + step
        if 0 <= other < len(fellows):
            a, b = objective.lines.index(line), objective.lines.index(fellows[other])
            objective.lines[a], objective.lines[b] = objective.lines[b], objective.lines[a]
            place = other
        return place + 1, len(fellows)

    def replace_text(self, name: str, text: str) -> None:
        """Give a line another wording; the old one can be brought back."""
        _, line = self.line(name)
        self.push(Undo("Other wording", "text", ids=[name], text=line.text))
        line.text = text

    def add_objective(self, text: str = "") -> Objective:
        """Another objective, shown at once.

        Raises:
            AnswerError: there are five already.
        """
        if len(self.objectives) >= MAX_OBJECTIVES:
            raise AnswerError(
                f"{MAX_OBJECTIVES} objectives are more than most teams can keep in view. "
                "Remove one to add another."
            )
        objective = Objective(self.new_id("o"), text)
        self.objectives.append(objective)
        self.current = objective.id
        return objective

    def remove_objective(self, name: str) -> Objective:
        """Take an objective out with its lines; it can be brought back."""
        objective = self.objective(name)
        at = self.objectives.index(objective)
        self.objectives.remove(objective)
        if objective.text.strip() or objective.lines:
            what = quoted(objective.text) if objective.text.strip() else "An objective"
            self.push(Undo(f"{what} removed", "objective", at=at, whole=objective))
        if not self.objectives:
            self.objectives = [Objective(self.new_id("o"))]
        self.current = self.objectives[min(at, len(self.objectives) - 1)].id
        return objective

    def take(self, lines: Sequence[tuple[PastedLine, Role]]) -> tuple[int, int]:
        """Add pasted lines, those of other objectives beneath theirs.

        Returns:
            How many lines were added, and how many were not because there was no room.
        """
        added: list[str] = []
        left, first = 0, ""
        for pasted, role in lines:
            target = self._home(pasted.objective, added)
            if target is None or self.count >= MAX_LINES:
                left += 1
                continue
            line = Line(self.new_id("l"), pasted.text[:MAX_TEXT], role)
            target.lines.append(line)
            added.append(line.id)
            first = first or target.id
        count = sum(name.startswith("l") for name in added)
        if added:
            self.push(Undo(f"{count} line{'' if count == 1 else 's'} pasted", "drop", ids=added))
            self.current = first or self.current
        return count, left

    def _home(self, title: str, added: list[str]) -> Objective | None:
        """Where a pasted line with this objective belongs; None when there is no room."""
        if not title:
            return self.here
        for objective in self.objectives:
            if " ".join(objective.text.split()).casefold() == title.casefold():
                return objective
        if not self.here.text.strip() and not self.here.lines:
            self.here.text = title
            return self.here
        if len(self.objectives) >= MAX_OBJECTIVES:
            return None
        objective = Objective(self.new_id("o"), title)
        self.objectives.append(objective)
        added.append(objective.id)
        return objective

    def push(self, entry: Undo) -> None:
        """Remember how to take something back."""
        self.undo = [*self.undo, entry][-MAX_UNDO:]

    def take_back(self) -> str | None:
        """Undo the latest thing that can be undone. Returns what it was, or None.

        Raises:
            AnswerError: there is no room for what would come back.
        """
        if not self.undo:
            return None
        entry = self.undo[-1]
        if entry.do == "objective" and entry.whole is not None:
            self._objective_back(entry.whole, entry.at)
        elif entry.do == "insert":
            self._lines_back(entry)
        elif entry.do == "drop":
            self._drop(set(entry.ids))
        else:
            self._text_back(entry)
        self.undo.remove(entry)
        return entry.what

    def _objective_back(self, whole: Objective, at: int) -> None:
        blank = [o for o in self.objectives if not o.text.strip() and not o.lines]
        for objective in blank:
            self.objectives.remove(objective)
        if len(self.objectives) >= MAX_OBJECTIVES or self.count + len(whole.lines) > MAX_LINES:
            self.objectives += blank
            raise AnswerError("There is no room for it. Remove something else first.")
        self.objectives.insert(min(at, len(self.objectives)), whole)
        self.current = whole.id

    def _lines_back(self, entry: Undo) -> None:
        if self.count + len(entry.lines) > MAX_LINES:
            raise AnswerError("There is no room for it. Remove another line first.")
        home = next((o for o in self.objectives if o.id == entry.objective), self.here)
        home.lines[entry.at : entry.at] = entry.lines
        self.current = home.id

    def _drop(self, names: set[str]) -> None:
        for objective in self.objectives:
            objective.lines = [line for line in objective.lines if line.id not in names]
        kept = [o for o in self.objectives if o.id not in names or o.lines]
        self.objectives = kept or [Objective(self.new_id("o"))]
        if all(o.id != self.current for o in self.objectives):
            self.current = self.objectives[0].id

    def _text_back(self, entry: Undo) -> None:
        for objective in self.objectives:
            for line in objective.lines:
                if line.id in entry.ids:
                    line.text, self.current = entry.text, objective.id
