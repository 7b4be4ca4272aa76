"""OkrSetBuilder: an objective with its key results, KPIs and health metrics, checked as a set."""

from __future__ import annotations

from typing import Any

from okrlab.assessment.journal import Journal
from okrlab.errors import AnswerError
from okrlab.interop.okr_set import (
    FILES,
    MAX_LINES,
    MAX_PASTED,
    MAX_TEXT,
    ROLE_WORDS,
    Format,
    OkrSet,
    Pasted,
    export,
    read_pasted,
)
from okrlab.widgets._autosave import Autosave
from okrlab.widgets._okr_set_parts import Line, Objective, good_date, quoted
from okrlab.widgets._okr_set_state import MAX_OBJECTIVES, SetState
from okrlab.widgets._okr_set_view import (
    IN_LIST,
    Around,
    line_view,
    objective_note,
    paste_view,
    read,
    set_view,
    suggested,
)
from okrlab.widgets.base import LessonWidget, Message, choice_in, css, esm, text_in
from okrlab.widgets.words import counted, sentence

EXAMPLE = (
    "New customers find their feet in the first week",
    (
        ("key_result", "Raise first-week activation from 40 to 60 % by 31 March"),
        ("key_result", "Cut time to first order from 9 to 4 days by 31 March"),
        ("key_result", "Open the guided tour to all new customers by 15 February"),
        ("kpi", "Number of new customers per week"),
        ("health_metric", "Support first-reply time stays under 4 hours"),
    ),
)
"""The set that the empty builder offers to look at."""


class OkrSetBuilder(LessonWidget):
    """Up to five objectives with their lines, and what there is to say of each and of all.

    Args:
        journal: where the unfinished sets are kept.
        key: builders with different keys keep different sets.
    """

    _esm = esm("okr_set_builder")
    _css = css("okr_set_builder")

    def __init__(self, journal: Journal, *, key: str = "okr-set") -> None:
        super().__init__(journal)
        self._state = SetState.restore(journal.draft(key))
        self._autosave = Autosave(journal, key, self._state.draft)
        self._pasted: Pasted | None = None
        self._pastes = 0
        self._format: Format | None = None
        self._left_out = ""
        read("Raise NPS from 1 to 2", "", Around())  # loads the checks before the first keystroke
        self.refresh()

    # -- for Python ------------------------------------------------------------------------------

    @property
    def sets(self) -> tuple[OkrSet, ...]:
        """What has been written."""
        return self._state.sets()

    def export(self, form: Format = "markdown") -> str:
        """What has been written as "markdown", "csv" or "json"."""
        return export(self.sets, form)

    def summary(self) -> str:
        """Each objective with the number of its lines."""
        if self._state.empty:
            return "OKR set: nothing written yet."
        told = [
            f"{quoted(one.objective) if one.objective else 'no objective yet'}: "
            + ", ".join(
                f"{len(one.of(role))} {word if word == 'KPI' else word.lower()}"
                f"{'' if len(one.of(role)) == 1 else 's'}"
                for role, word in ROLE_WORDS.items()
            )
            for one in self.sets
        ]
        return "OKR set. " + ("; ".join(told) or "Nothing written yet") + "."

    # -- messages: writing -----------------------------------------------------------------------

    def on_edit(self, message: Message) -> None:
        """A line or an objective has been typed in."""
        name = text_in(message, "id", limit=12)
        text = text_in(message, "text", limit=MAX_TEXT)
        if name.startswith("o"):
            self._state.objective(name).text = text
        else:
            self._state.line(name)[1].text = text
        self._autosave.touch()

    def on_rest(self, _message: Message) -> None:
        """Typing has paused."""
        self._autosave.rest()

    def on_context(self, message: Message) -> None:
        """When the cycle ends, or whether pay depends on it."""
        value = text_in(message, "value", limit=10)
        if choice_in(message, "field", ("cycle_end", "pay")) == "pay":
            self._state.pay = choice_in(message, "value", ("", "yes", "no"))
        elif good_date(value):
            self._state.cycle_end = value
        else:
            raise AnswerError("This date cannot be read. Choose one with the calendar.")
        self._autosave.save()

    def on_add(self, message: Message) -> None:
        """Another line."""
        role = choice_in(message, "role", ROLE_WORDS)
        text = text_in(message, "text", limit=MAX_TEXT).strip()
        if not text:
            return
        line = self._state.add_line(role, text)  # type: ignore[arg-type]
        self._autosave.save()
        self.say(f"Added to {IN_LIST[line.role]}. {self._heard(line)}")

    def on_remove(self, message: Message) -> None:
        """A line leaves the set; it can be brought back."""
        line = self._state.remove_line(text_in(message, "id", limit=12))
        self._autosave.save()
        self.say(f"{quoted(line.text)} removed. You can undo that.")

    def on_undo(self, _message: Message) -> None:
        """Take the latest removal, paste or other wording back."""
        what = self._state.take_back()
        self._autosave.save()
        self.say(f"Undone: {what}." if what else "There is nothing to undo.")

    def on_move(self, message: Message) -> None:
        """A line goes up or down in its list."""
        step = -1 if choice_in(message, "to", ("up", "down")) == "up" else 1
        place, length = self._state.move_line(text_in(message, "id", limit=12), step)
        self._autosave.save()
        self.say(f"Now {place} of {length}.")

    def on_role(self, message: Message) -> None:
        """The learner decides what a line is for."""
        _, line = self._state.line(text_in(message, "id", limit=12))
        line.role = choice_in(message, "role", ROLE_WORDS)  # type: ignore[assignment]
        self._settle(line)
        self._autosave.save()
        self.say(f"Now with {IN_LIST[line.role]}.")

    def on_stay(self, message: Message) -> None:
        """The learner leaves a line where it is, whatever it reads like."""
        _, line = self._state.line(text_in(message, "id", limit=12))
        self._settle(line)
        self._autosave.save()
        self.say(f"It stays with {IN_LIST[line.role]}.")

    def on_use(self, message: Message) -> None:
        """Take the better wording of a finding; the old one can be brought back."""
        name = text_in(message, "id", limit=12)
        finding = text_in(message, "finding", limit=8)
        objective, line = self._state.line(name)
        view = line_view(line, objective.text.strip(), self._around)
        rewrite = next((f["rewrite"] for f in view["findings"] if f["id"] == finding), None)
        if rewrite is None:
            raise AnswerError("The text has changed, so this wording doesn't fit it any more.")
        self._state.replace_text(name, rewrite)
        self._autosave.save()
        self.say("The other wording is in the line. You can undo that.")

    # -- messages: objectives --------------------------------------------------------------------

    def on_show(self, message: Message) -> None:
        """Another objective is looked at."""
        self._state.current = self._state.objective(text_in(message, "id", limit=12)).id
        self._autosave.touch()

    def on_add_objective(self, _message: Message) -> None:
        """Another objective."""
        self._state.add_objective()
        self._autosave.save()
        self.say(f"Objective {len(self._state.objectives)} is open.")

    def on_remove_objective(self, message: Message) -> None:
        """An objective leaves with its lines; it can be brought back."""
        self._state.remove_objective(text_in(message, "id", limit=12))
        self._autosave.save()
        self.say("The objective and its lines are removed. You can undo that.")

    def on_example(self, _message: Message) -> None:
        """Fill the empty builder with a set to look at."""
        if not self._state.empty:
            return
        title, lines = EXAMPLE
        self._state.here.text = title
        for role, text in lines:
            self._state.add_line(role, text)  # type: ignore[arg-type]
        self._autosave.save()
        self.say("An example is open. Change it as you like.")

    # -- messages: pasting and taking away -------------------------------------------------------

    def on_paste(self, message: Message) -> None:
        """Show what a paste holds, before anything is taken over."""
        self._pasted = read_pasted(text_in(message, "text", limit=MAX_PASTED))
        self._pastes += 1
        found = len(self._pasted.lines)
        self.say(f"{sentence(counted(found, 'line'))} found. Nothing is added yet.")

    def on_take(self, message: Message) -> None:
        """Add the chosen lines of the paste."""
        chosen = message.get("lines")
        if self._pasted is None or not isinstance(chosen, list):
            raise AnswerError("There is no paste to take over. Paste your list once more.")
        wanted = {n for n in chosen[:MAX_LINES] if isinstance(n, int)}
        lines = [
            (line, line.role or suggested(self._read(line.text, line.objective)))
            for n, line in enumerate(self._pasted.lines)
            if n in wanted
        ]
        if not lines:
            raise AnswerError("No line is ticked. Tick at least one, or cancel.")
        count, left = self._state.take(lines)
        self._pasted = None
        self._autosave.save()
        words = f"{sentence(counted(count, 'line'))} added. You can undo that."
        if left:
            words += (
                f" {sentence(counted(left, 'line'))} had no room: there is room for {MAX_LINES} "
                f"lines under {MAX_OBJECTIVES} objectives."
            )
        self._left_out = words if left else ""
        self.say(words)

    def on_cancel_paste(self, _message: Message) -> None:
        """Take nothing over."""
        self._pasted = None

    def on_export(self, message: Message) -> None:
        """Write the sets as a file's text; an empty format closes the panel."""
        form = choice_in(message, "format", ("", *FILES))
        self._format = form or None  # type: ignore[assignment]
        self._autosave.rest()

    # -- the view --------------------------------------------------------------------------------

    @property
    def _around(self) -> Around:
        return Around(self._state.cycle_end, self._state.pay)

    def _read(self, text: str, objective: str) -> Any:
        return read(text, objective, self._around)

    def _settle(self, line: Line) -> None:
        objective, _ = self._state.line(line.id)
        line.settled = self._read(line.text, objective.text.strip()).kind or ""

    def _heard(self, line: Line) -> str:
        heard = line_view(line, self._state.here.text.strip(), self._around)["heard"]
        return str(heard)

    def build_view(self) -> dict[str, Any]:
        """The objective that is shown, with its lines and what there is to say."""
        state = self._state
        here = state.here
        title = here.text.strip()
        return {
            "label": "OKR set",
            "empty": state.empty,
            "limit": MAX_TEXT,
            "objectives": [
                {"id": o.id, "text": quoted(o.text, 30)[1:-1], "n": _lines(o)}
                for o in state.objectives
            ],
            "more": len(state.objectives) < MAX_OBJECTIVES,
            "most": MAX_OBJECTIVES,
            "current": here.id,
            "objective": here.text,
            "note": objective_note(here),
            "cycle_end": state.cycle_end,
            "pay": state.pay,
            "lists": [
                {
                    "role": role,
                    "word": word,
                    "lines": [line_view(x, title, self._around) for x in here.of(role)],
                }
                for role, word in ROLE_WORDS.items()
            ],
            "set": set_view(here, self._around),
            "undo": self._undo_view(),
            "paste": paste_view(self._pasted, self._pastes, self._around) if self._pasted else None,
            "left_out": self._left_out,
            "export": self._export_view(),
        }

    def _undo_view(self) -> dict[str, str] | None:
        if not self._state.undo:
            return None
        entry = self._state.undo[-1]
        here = self._state.here
        place = {"objective": "top"}.get(entry.do, "end")
        if entry.do == "insert" and entry.objective == here.id:
            place = entry.lines[0].role
        if entry.do == "text":
            place = next((line.role for line in here.lines if line.id in entry.ids), place)
        return {"what": entry.what, "place": place}

    def _export_view(self) -> dict[str, Any] | None:
        if self._format is None:
            return None
        name, kind = FILES[self._format]
        return {
            "format": self._format,
            "name": name,
            "type": kind,
            "text": self.export(self._format),
        }


def _lines(objective: Objective) -> int:
    return sum(bool(line.text.strip()) for line in objective.lines)
