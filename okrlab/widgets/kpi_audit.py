"""KpiAudit: one's own measures against four criteria; gaps are named, nothing is marked."""

from __future__ import annotations

from typing import Any

from okrlab.assessment.exercise_fields import CRITERIA
from okrlab.assessment.journal import Journal
from okrlab.assessment.kpi_audit import (
    ANSWERS,
    FRAME,
    MOST,
    AuditRow,
    gaps,
    notes,
    remarks,
    unanswered,
)
from okrlab.errors import AnswerError
from okrlab.interop.kpi_audit import AUDIT_FILES, AuditFormat, export_audit
from okrlab.interop.okr_set import MAX_PASTED, read_pasted
from okrlab.widgets._autosave import Autosave
from okrlab.widgets._kpi_audit_state import MAX_NAME, MAX_REASON, AuditState, Measure
from okrlab.widgets.base import LessonWidget, Message, choice_in, css, esm, text_in
from okrlab.widgets.words import counted, sentence

EXAMPLE = AuditRow(
    "Customer satisfaction",
    {"relevant": "yes", "measurable": "no", "time-bound": "unsure", "actionable": "no"},
    {
        "relevant": "the plan is to live on customers who come back",
        "measurable": "sales asks two questions, service asks five others",
    },
    "Ina writes one question and one formula by Friday",
)
"""The measure that the empty audit offers to look at."""


class KpiAudit(LessonWidget):
    """Up to twelve measures of the learner's own, each against four criteria.

    Args:
        journal: where the unfinished audit is kept.
        key: audits with different keys keep different lists.
    """

    _esm = esm("kpi_audit")
    _css = css("kpi_audit")

    def __init__(self, journal: Journal, *, key: str = "kpi-audit") -> None:
        super().__init__(journal)
        self._state = AuditState.restore(journal.draft(key))
        self._autosave = Autosave(journal, key, self._state.draft)
        self._format: AuditFormat | None = None
        self.refresh()

    # -- for Python ------------------------------------------------------------------------------

    @property
    def rows(self) -> tuple[AuditRow, ...]:
        """The measures as the learner judged them."""
        return tuple(m.row for m in self._state.measures)

    def export(self, form: AuditFormat = "markdown") -> str:
        """The audit as "markdown" or "csv"."""
        return export_audit(self.rows, form)

    def summary(self) -> str:
        """How many measures there are, and the gaps of each."""
        if not self._state.measures:
            return "KPI audit: no measures yet."
        told = "; ".join(f"{m.name.strip() or 'no name'}: {_state(m.row)}" for m in self._measures)
        return f"KPI audit of {counted(len(self._measures), 'measure')}. {sentence(told)}."

    @property
    def _measures(self) -> list[Measure]:
        return self._state.measures

    # -- the view --------------------------------------------------------------------------------

    def build_view(self) -> dict[str, Any]:
        """The table of all measures, and the one that is looked at with what to ask next."""
        state = self._state
        here = next((m for m in state.measures if m.id == state.current), None)
        return {
            "label": "KPI audit",
            "most": MOST,
            "room": MOST - len(state.measures),
            "limits": {"name": MAX_NAME, "reason": MAX_REASON, "paste": MAX_PASTED},
            "criteria": [
                {"id": name, "label": label, "ask": ask} for name, (label, ask) in CRITERIA.items()
            ],
            "answers": [{"id": i, "text": t} for i, t in ANSWERS.items()],
            "table": [_table_row(m) for m in state.measures],
            "here": _here(here) if here else None,
            "following": self._following(),
            "remarks": list(remarks(self.rows)),
            "undo": f"“{state.removed[1].name or 'no name'}” removed" if state.removed else None,
            "left": state.left,
            "frame": FRAME,
            "export": self._export_view(),
        }

    def _following(self) -> str | None:
        ids = [m.id for m in self._measures]
        if not ids or self._state.current not in ids:
            return None
        at = ids.index(self._state.current)
        later = self._measures[at + 1 :] + self._measures[:at]
        return next((m.id for m in later if unanswered(m.row)), None)

    def _export_view(self) -> dict[str, Any] | None:
        if self._format is None:
            return None
        name, kind = AUDIT_FILES[self._format]
        text = self.export(self._format)
        return {"format": self._format, "name": name, "type": kind, "text": text}

    # -- messages --------------------------------------------------------------------------------

    def on_add(self, message: Message) -> None:
        """A measure has been typed."""
        name = text_in(message, "name", limit=MAX_NAME).strip()
        if not name:
            raise AnswerError("Write the measure's name first.")
        self._state.add(name)
        self._autosave.save()
        self.say(f"{name} added. Four questions about it stand below.")

    def on_paste(self, message: Message) -> None:
        """Several measures have been pasted."""
        names = [
            line.text for line in read_pasted(text_in(message, "text", limit=MAX_PASTED)).lines
        ]
        if not names:
            raise AnswerError("No line was found in it. Copy the cells once more and paste them.")
        count, left = self._state.take(names)
        self._state.left = "\n".join(left)
        self._autosave.save()
        words = f"{sentence(counted(count, 'measure'))} added."
        if left:
            words += f" {sentence(counted(len(left), 'line'))} had no room and stay in the field."
        elif count < len(names):
            words += " The others were there already."
        self.say(words)

    def on_edit(self, message: Message) -> None:
        """A name, a reason or a next step is being typed."""
        measure = self._state.find(text_in(message, "id", limit=12))
        name = choice_in(message, "field", ("name", "next", *CRITERIA))
        text = text_in(message, "text", limit=MAX_NAME if name == "name" else MAX_REASON)
        if name == "name":
            measure.name = text
        elif name == "next":
            measure.next = text
        else:
            measure.reasons[name] = text
        self._autosave.touch()

    def on_rest(self, _message: Message) -> None:
        """Typing has paused."""
        self._autosave.rest()

    def on_answer(self, message: Message) -> None:
        """A criterion is answered."""
        measure = self._state.find(text_in(message, "id", limit=12))
        name = choice_in(message, "criterion", CRITERIA)
        measure.answers[name] = choice_in(message, "answer", ANSWERS)
        note = notes(measure.row)[name]
        label = CRITERIA[name][0]
        self.say(f"{label}: {note.gap or 'yes'}. {note.ask}".strip())
        self._autosave.save()

    def on_show(self, message: Message) -> None:
        """Look at another measure."""
        measure = self._state.find(text_in(message, "id", limit=12))
        self._state.current = measure.id
        self.say(f"{measure.name}: {_state(measure.row)}.")
        self._autosave.save()

    def on_remove(self, message: Message) -> None:
        """A measure leaves the list; it can be brought back."""
        measure = self._state.remove(text_in(message, "id", limit=12))
        self.say(f"{measure.name} removed. You can undo that.")
        self._autosave.save()

    def on_undo(self, _message: Message) -> None:
        """The measure removed last comes back."""
        if (measure := self._state.undo()) is not None:
            self.say(f"{measure.name} is back.")
            self._autosave.save()

    def on_example(self, _message: Message) -> None:
        """Fill the empty audit with a measure to look at."""
        if self._measures:
            return
        measure = self._state.add(EXAMPLE.name)
        measure.answers, measure.reasons = dict(EXAMPLE.answers), dict(EXAMPLE.reasons)
        measure.next = EXAMPLE.next
        self._autosave.save()
        self.say("An example is open. Change it as you like, or remove it.")

    def on_export(self, message: Message) -> None:
        """Write the audit as a file's text; an empty format closes the panel."""
        form = choice_in(message, "format", ("", *AUDIT_FILES))
        self._format = form or None  # type: ignore[assignment]
        self._autosave.rest()


def _state(row: AuditRow) -> str:
    """How a measure stands, in words."""
    weak = [CRITERIA[name][0].lower() for name in gaps(row)]
    open_ = len(unanswered(row))
    words = f"{counted(len(weak), 'gap')} ({', '.join(weak)})" if weak else ""
    if open_:
        more = f"{counted(open_, 'question')} open"
        return f"{words}, {more}" if words else more
    return words or "no gap named"


def _table_row(measure: Measure) -> dict[str, Any]:
    row = measure.row
    return {
        "id": measure.id,
        "name": measure.name,
        "cells": [row.answers.get(name, "") for name in CRITERIA],
        "state": _state(row),
    }


def _here(measure: Measure) -> dict[str, Any]:
    row = measure.row
    said = notes(row)
    return {
        "id": measure.id,
        "name": measure.name,
        "state": _state(row),
        "next": measure.next,
        "next_ask": said["next"].ask,
        "answers": {name: row.answers.get(name, "") for name in CRITERIA},
        "reasons": {name: row.reasons.get(name, "") for name in CRITERIA},
        "notes": {name: {"gap": said[name].gap, "ask": said[name].ask} for name in CRITERIA},
        "gaps": len(gaps(row)),
    }
