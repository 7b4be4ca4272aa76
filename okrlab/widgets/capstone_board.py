"""CapstoneBoard: the learner's own KPIs, health metrics and OKRs, with the lifecycle's moves."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, Literal, cast

from okrlab.assessment.journal import Journal
from okrlab.content import Library
from okrlab.errors import AnswerError
from okrlab.interop.board import board_markdown, board_xlsx
from okrlab.interop.completion import (
    MAX_NAME,
    RECORD_FILES,
    Completion,
    RecordFormat,
    completion,
    export_completion,
    lines_of,
)
from okrlab.model.lifecycle import Kind, MoveRefusedError
from okrlab.simulation.lifecycle_play import MOVES, MoveName
from okrlab.widgets._autosave import Autosave
from okrlab.widgets._board_entry import FIELDS, Entry
from okrlab.widgets._board_files import form_of, write_free, write_new
from okrlab.widgets._board_moves import labels, possible
from okrlab.widgets._board_offers import Offer, offers
from okrlab.widgets._board_state import MOST, BoardState
from okrlab.widgets._board_view import board_view, rows_of
from okrlab.widgets.base import LessonWidget, Message, choice_in, css, esm, text_in
from okrlab.widgets.words import counted, sentence

BoardFormat = Literal["markdown", "xlsx", "record", "record-html", "record-markdown"]
BOARD_FILES: Mapping[str, tuple[str, str]] = {
    "markdown": ("my-board.md", "text/markdown"),
    "xlsx": ("my-board.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    **{str(form): file for form, file in RECORD_FILES.items()},
}
"""Name and media type of each file that can be taken along."""

EXAMPLE: tuple[tuple[Kind, dict[str, str]], ...] = (
    (
        Kind.MEASURE,
        {
            "name": "Days from order to delivery",
            "unit": "days",
            "better": "down",
            "owner": "Lia",
            "formula": "Mean over the month's deliveries",
            "source": "Order book",
            "values": "4.2 3.9 4.6 4.1 4.4 3.8 4.3 4.0",
            "upper": "6",
        },
    ),
    (
        Kind.MILESTONE,
        {
            "name": "Orders can be tracked by the customer",
            "owner": "Rui",
            "objective": "Customers know where their order is",
            "later": "Calls that ask where an order is",
        },
    ),
)
"""The work that the empty board offers to look at."""


class CapstoneBoard(LessonWidget):
    """Up to forty pieces of work of the learner's own, in columns, with their moves.

    Args:
        journal: where the board is kept, and what was typed elsewhere.
        library: the exercises whose lists it offers to take over, and the keys behind the record.
        key: boards with different keys are kept apart.
        version: of the kit, for the completion record.
    """

    _esm = esm("capstone_board")
    _css = css("capstone_board")

    def __init__(
        self, journal: Journal, library: Library, *, key: str = "board", version: str = ""
    ) -> None:
        super().__init__(journal)
        self._journal, self._library, self._version = journal, library, version
        self._state = BoardState.restore(journal.draft(key))
        self._autosave = Autosave(journal, key, self._state.draft)
        self._offers = self._fresh_offers()
        self._format: BoardFormat | None = None
        self._written = ""
        self.refresh()

    # -- for Python ------------------------------------------------------------------------------

    def export(self, form: BoardFormat = "markdown") -> str | bytes:
        """The board or the completion record as the content of a file; "xlsx" gives bytes."""
        if form in ("markdown", "xlsx"):
            rows, history = rows_of(self._state.entries), self._state.history
            return (board_markdown if form == "markdown" else board_xlsx)(rows, history)
        return export_completion(self.record(), cast(RecordFormat, form))

    def record(self) -> Completion:
        """The completion record as of now."""
        return completion(
            self._journal.attempts(),
            self._library,
            name=self._state.name,
            made=self._journal.now(),
            okrlab=self._version,
        )

    def save(self, path: str | Path) -> Path:
        """Write the board to a new file; its ending says as what: .md, .xlsx, or .json (record).

        Raises:
            OkrlabError: the ending is another one, the file exists, or it can't be written.
        """
        form = form_of(Path(path))
        return write_new(Path(path), self.export(cast(BoardFormat, form)))

    def summary(self) -> str:
        """What stands in each column."""
        entries = self._state.entries
        if not entries:
            return "Your board: nothing on it yet."
        named = labels(entries)
        told = "; ".join(f"{named[e.id]}: {e.state.label}" for e in entries)
        return f"Your board, {counted(len(entries), 'piece')} of work. {told}."

    # -- the view --------------------------------------------------------------------------------

    @property
    def _today(self) -> date:
        return self._journal.now().date()

    def build_view(self) -> dict[str, Any]:
        """The columns, the work that is looked at, and what there is to take over or along."""
        state = self._state
        return {
            "label": "Your own board",
            **board_view(state, self._today),
            "room": state.room,
            "most": MOST,
            "limit": FIELDS["name"].most,
            "offers": [
                {
                    "n": n,
                    "name": o.name,
                    "source": o.source,
                    "kind": o.kind.value,
                    "objective": o.fields.get("objective", ""),
                }
                for n, o in enumerate(self._offers)
            ],
            "undo": state.undo[-1][0] if state.undo else None,
            "name": state.name,
            "name_limit": MAX_NAME,
            "export": self._export_view(),
        }

    def _export_view(self) -> dict[str, Any] | None:
        if self._format is None:
            return None
        name, kind = BOARD_FILES[self._format]
        content = self.export(self._format)
        view: dict[str, Any] = {
            "format": self._format,
            "name": name,
            "type": kind,
            "written": self._written,
            "record": self._format.startswith("record"),
            "says": lines_of(self.record()) if self._format.startswith("record") else [],
        }
        if isinstance(content, bytes):
            return {**view, "text": "", "base64": base64.b64encode(content).decode("ascii")}
        return {**view, "text": content, "base64": ""}

    def _fresh_offers(self) -> list[Offer]:
        named = {" ".join(e.text("name").split()).casefold() for e in self._state.entries}
        done = named | set(self._state.taken)
        found = offers(self._journal, self._library)
        return [o for o in found if _key(o) not in done]

    # -- messages: the work ------------------------------------------------------------------------

    def on_add(self, message: Message) -> None:
        """A measure or a milestone has been named."""
        name = text_in(message, "name", limit=FIELDS["name"].most).strip()
        kind = Kind(choice_in(message, "what", [k.value for k in Kind]))
        if not name:
            raise AnswerError("Write what is measured or done first.")
        if not self._state.add([(kind, {"name": name})]):
            raise AnswerError(f"There is room for {MOST} pieces of work. Retire or remove one.")
        self._autosave.save()
        self.say(f"{name} is on the board, as a candidate. Its details stand below the columns.")

    def on_example(self, _message: Message) -> None:
        """Fill the empty board with work to look at."""
        if not self._state.entries:
            self._state.add(EXAMPLE)
            self._autosave.save()
            self.say("An example is on the board. Change it as you like, or remove it.")

    def on_show(self, message: Message) -> None:
        """Look at a piece of work."""
        entry = self._entry(message)
        if entry.id != self._state.current:
            self._state.current, self._state.open = entry.id, None
        self._autosave.save()
        self.say(f"{labels(self._state.entries)[entry.id]}: {entry.state.label}.")

    def on_edit(self, message: Message) -> None:
        """Something is being typed or chosen."""
        entry = self._entry(message)
        name = choice_in(message, "field", FIELDS)
        spec = FIELDS[name]
        text = text_in(message, "text", limit=spec.most)
        if spec.kind == "choice":
            text = choice_in(message, "text", [i for i, _ in spec.options])
        elif spec.kind == "yes":
            text = choice_in(message, "text", ("", "yes"))
        entry.fields[name] = text
        self._autosave.touch()

    def on_rest(self, _message: Message) -> None:
        """Typing has paused."""
        self._autosave.rest()

    def on_remove(self, message: Message) -> None:
        """A piece of work leaves the board; it can be brought back."""
        entry = self._entry(message)
        name = labels(self._state.entries)[entry.id]
        self._state.remove(entry)
        self._autosave.save()
        self.say(f"{name} removed. You can undo that.")

    def on_undo(self, _message: Message) -> None:
        """Take the latest move, removal or taking over back."""
        what = self._state.take_back()
        self._offers = self._fresh_offers()
        self._autosave.save()
        self.say(f"Undone: {what}." if what else "There is nothing to undo.")

    # -- messages: moves ---------------------------------------------------------------------------

    def on_open(self, message: Message) -> None:
        """Show the conditions of a move."""
        entry = self._entry(message)
        move = cast(MoveName, choice_in(message, "move", possible(entry)))
        self._state.current, self._state.open = entry.id, move
        self._autosave.save()
        self.say("Its conditions are listed. Those that are missing say what would satisfy them.")

    def on_close(self, _message: Message) -> None:
        """Hide them; what was typed stays."""
        self._state.open = None
        self._autosave.save()

    def on_move(self, message: Message) -> None:
        """Move a piece of work, if all its conditions hold."""
        entry = self._entry(message)
        move = cast(MoveName, choice_in(message, "move", list(MOVES)))
        try:
            record = self._state.move(entry, move, self._today)
        except MoveRefusedError as refused:
            first = refused.failed[0]
            self.say(f"Not yet. {first.failed} {first.remedy}")
            return
        self._autosave.save()
        spawned = f" {record.spawned} is on the board now." if record.spawned else ""
        waits = f" These wait: {', '.join(record.waiting)}." if record.waiting else ""
        self.say(f"{record.work}: now {record.after.label}. {record.because}{spawned}{waits}")

    # -- messages: taking over and along -----------------------------------------------------------

    def on_take(self, message: Message) -> None:
        """Take chosen offers over; those that were left are asked about no more."""
        chosen = message.get("offers")
        if not isinstance(chosen, list):
            raise AnswerError("Nothing was chosen. Tick at least one line, or leave them all.")
        wanted = {n for n in chosen[:100] if type(n) is int}
        mine = [o for n, o in enumerate(self._offers) if n in wanted]
        if len(mine) > self._state.room:
            raise AnswerError(
                f"There is room for {self._state.room} more, and {len(mine)} are ticked. "
                "Untick some."
            )
        if mine:
            self._state.keep(f"{counted(len(mine), 'line')} taken over")
            self._state.add((o.kind, dict(o.fields)) for o in mine)
        self._state.taken += [_key(o) for o in self._offers]
        self._offers = []
        self._autosave.save()
        self.say(
            f"{sentence(counted(len(mine), 'line'))} taken over, as candidates."
            if mine
            else "They stay where they are."
        )

    def on_name(self, message: Message) -> None:
        """What the learner wants to be called."""
        self._state.name = text_in(message, "text", limit=MAX_NAME)
        self._autosave.touch()

    def on_export(self, message: Message) -> None:
        """Show a file to take along; an empty format closes the panel."""
        form = choice_in(message, "format", ("", *BOARD_FILES))
        self._format = cast(BoardFormat, form) if form else None
        self._written = ""
        self._autosave.rest()

    def on_write(self, _message: Message) -> None:
        """Write the file that is shown beside the notebook, under a name that is free."""
        if self._format is None:
            raise AnswerError("Choose what to write first.")
        name = Path(BOARD_FILES[self._format][0])
        self._written = str(write_free(name, self.export(self._format)))
        self.say(f"Written: {self._written}, beside this notebook.")

    def _entry(self, message: Message) -> Entry:
        return self._state.find(text_in(message, "id", limit=8))


def _key(offer: Offer) -> str:
    return " ".join(offer.name.split()).casefold()[:300]
