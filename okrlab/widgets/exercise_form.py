"""A form that is filled in, checked and explained; what is typed is kept as it is typed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import uuid4

from okrlab.assessment.exercise import exercise_attempt, mark_exercise, points
from okrlab.assessment.exercise_answer import MAX_TEXT, clean_text, read_answer
from okrlab.assessment.exercise_fields import (
    FormField,
    case_field,
    form_fields,
    row_fields,
    row_name,
)
from okrlab.assessment.exercise_own import date_of, shown_date
from okrlab.assessment.journal import Journal
from okrlab.assessment.outcome import Outcome
from okrlab.content import Library
from okrlab.content.exercise import FormExercise, OwnExercise
from okrlab.errors import AnswerError
from okrlab.widgets.base import LessonWidget, Message, choice_in, css, esm, seconds_in, text_in
from okrlab.widgets.exercise_result import ResultView
from okrlab.widgets.exercise_work import OwnRow, Work, restored

MAX_REMOVED = 24
"""So many removed rows can be brought back."""


class ExerciseForm(LessonWidget):
    """An exercise as a form.

    Args:
        exercise: a form exercise.
        journal: where attempts and the unfinished form are kept.
        library: for the names of misconceptions.
    """

    _esm = esm("exercise_form")
    _css = css("exercise_form")

    def __init__(self, exercise: FormExercise, journal: Journal, library: Library) -> None:
        super().__init__(journal)
        self.exercise = exercise
        self.library = library
        self.record: Journal = journal
        self.kept: Callable[[], None] | None = None  # told whenever something was filled in
        self._columns = (
            tuple(case_field(c) for c in exercise.cases.columns) if exercise.cases else ()
        )
        self._form = form_fields(exercise)
        self._row = row_fields(exercise)
        self._confirm = 0
        activity = f"exercise/{exercise.id}"
        self._key = activity
        self._tries = sum(a.activity == activity for a in journal.attempts())
        self._work: Work = restored(exercise, journal.draft(activity) or {})
        self._outcome: Outcome | None = None
        if self._work.checked is not None:
            self._outcome = mark_exercise(exercise, self._work.checked)
        self.refresh()

    # -- for Python ------------------------------------------------------------------------------

    @property
    def answer(self) -> dict[str, Any]:
        """What stands in the form, as plain data that `okrlab.check` takes."""
        return self._work.answer().plain()

    def fill(self, answer: object) -> None:
        """Fill in the form from Python; what stood in it is replaced.

        Args:
            answer: for cases ``{row: {column: value}}``, or ``{row: value}`` when there is one
                column; for a list of one's own ``[{…}, …]`` or ``{"form": {…}, "rows": […]}``.

        Raises:
            AnswerError: it names rows, fields or options that the form doesn't have.
        """
        given = read_answer(self.exercise, answer)
        self._work.cases, self._work.form = given.cases, given.form
        self._work.rows = [OwnRow(f"r{n + 1}", row) for n, row in enumerate(given.rows)]
        self._work.removed = []
        self._keep()
        self.refresh()

    def summary(self) -> str:
        """The exercise, how far it is answered, and the last result."""
        done, asked = self._progress()
        said = f"Exercise {self.exercise.id}, {self.exercise.title}: "
        if isinstance(self.exercise, OwnExercise):
            rows = len(self._work.answer().rows)
            said += f"{rows} {'row' if rows == 1 else 'rows'} of your own"
            said += f", {done} of {asked} cases answered." if asked else "."
        else:
            said += f"{done} of {asked} answered."
        return said if self._outcome is None else f"{said} {self._result_line(self._outcome)}"

    # -- messages --------------------------------------------------------------------------------

    def on_edit(self, message: Message) -> None:
        """A field has been answered or changed."""
        section = choice_in(message, "section", ("cases", "form", "rows"))
        name = text_in(message, "field", limit=80)
        if section == "form":
            fields, values = self._form, self._work.form
        elif section == "rows":
            fields, values = self._row, self._own(message).values
        else:
            rows = [row.id for row in self.exercise.cases.rows] if self.exercise.cases else []
            row = choice_in(message, "row", rows)
            fields, values = self._columns, dict(self._work.cases.get(row, {}))
        asked = next((part for part in fields if part.id == name), None)
        if asked is None:
            raise AnswerError("This field is not part of the form any more. Reload the page.")
        value = clean_text(text_in(message, "value", limit=MAX_TEXT))
        if asked.options and value:
            choice_in(message, "value", [option for option, _ in asked.options])
        values[name] = value
        if section == "cases":
            self._work.cases[message["row"]] = values
        self._confirm = 0
        self._keep()

    def on_add(self, _message: Message) -> None:
        """Another row of the learner's own list."""
        limit = self.exercise.max_rows if isinstance(self.exercise, OwnExercise) else 0
        if len(self._work.rows) >= limit:
            raise AnswerError(f"The form has room for {limit} rows. Remove one to add another.")
        self._work.rows.append(OwnRow(self._work.new_id()))
        self._keep()

    def on_remove(self, message: Message) -> None:
        """A row leaves the list; it can be brought back."""
        row = self._own(message)
        index = self._work.rows.index(row)
        self._work.rows.remove(row)
        if any(row.values.values()):
            self._work.removed = [*self._work.removed, (index, row)][-MAX_REMOVED:]
            self.say(f"{_row_name(row)} is removed. You can bring it back.")
        self._keep()

    def on_undo(self, _message: Message) -> None:
        """The row that was removed last comes back."""
        if not self._work.removed:
            return
        if isinstance(self.exercise, OwnExercise):
            blank = next((r for r in self._work.rows if not any(r.values.values())), None)
            if len(self._work.rows) >= self.exercise.max_rows:
                if blank is None:
                    raise AnswerError(
                        f"The form has room for {self.exercise.max_rows} rows. Remove another row "
                        "first; this one stays in reach."
                    )
                self._work.rows.remove(blank)
        index, row = self._work.removed.pop()
        self._work.rows.insert(min(index, len(self._work.rows)), row)
        self.say(f"{_row_name(row)} is back.")
        self._keep()

    def on_check(self, message: Message) -> None:
        """Mark what stands in the form, record it, explain it."""
        answer = self._work.answer()
        if answer.empty:
            raise AnswerError("There is nothing to check yet. Answer something first.")
        done, asked = self._progress()
        if done < asked and message.get("anyway") is not True:
            self._confirm = asked - done
            self.say(f"{_open_words(self._confirm)} Check anyway, or answer first.")
            return
        self._confirm = 0
        outcome = mark_exercise(self.exercise, answer)
        attempt = exercise_attempt(self.exercise, answer, outcome, self.record, uuid4().hex)
        self.record.record([replace(attempt, seconds=seconds_in(message))])
        self._tries += 1
        self._outcome, self._work.checked = outcome, answer
        self._keep()
        self.say(self._result_line(outcome))

    def on_reveal(self, _message: Message) -> None:
        """The learner wants to see the right answers; only once something was checked."""
        if self._outcome is not None:
            self._work.revealed = True
            self._keep()

    # -- the view --------------------------------------------------------------------------------

    def build_view(self) -> dict[str, Any]:
        """The form with its answers; of the key only what a check has earned."""
        exercise, work = self.exercise, self._work
        own = isinstance(exercise, OwnExercise)
        done, asked = self._progress()
        return {
            "label": f"Exercise {exercise.id}: {exercise.title}",
            "id": exercise.id,
            "title": exercise.title,
            "intro": [p.strip() for p in exercise.intro.split("\n\n") if p.strip()],
            "hint": exercise.hint,
            "minutes": exercise.minutes,
            "points": exercise.points,
            "own": own,
            "given": self._given(),
            "columns": [_field_view(column) for column in self._column_views()],
            "cases": self._case_views(),
            "form": [_field_view(part) for part in self._form],
            "form_values": work.form,
            "row_fields": [_field_view(part) for part in self._row],
            "row_name": row_name(exercise),
            "rows": [{"id": row.id, "values": row.values} for row in work.rows],
            "room": own and len(work.rows) < getattr(exercise, "max_rows", 0),
            "removed": _row_name(work.removed[-1][1]) if work.removed else None,
            "done": done,
            "asked": asked,
            "confirm": _open_words(self._confirm) if self._confirm else None,
            "result": self._result(),
        }

    def _column_views(self) -> list[tuple[FormField, dict[str, str | None]]]:
        cases = self.exercise.cases
        roles = [{o.id: o.role for o in c.options} for c in cases.columns] if cases else []
        return [(part, dict(known)) for part, known in zip(self._columns, roles, strict=True)]

    def _given(self) -> dict[str, str]:
        given = getattr(self.exercise, "given", None)
        facts = given.model_dump(exclude_none=True) if given is not None else {}
        days = {name: date_of(value) for name, value in facts.items() if name != "objective"}
        return facts | {name: shown_date(day) for name, day in days.items() if day}

    def _case_views(self) -> list[dict[str, Any]]:
        cases = self.exercise.cases
        return [
            {
                "id": row.id,
                "text": row.text,
                "context": row.context,
                "values": self._work.cases.get(row.id, {}),
            }
            for row in (cases.rows if cases else ())
        ]

    def _result(self) -> dict[str, Any] | None:
        if self._outcome is None:
            return None
        seen = ResultView(self.exercise, self._work, self._outcome, self.library)
        shown = self._work.revealed or self._tries > 1  # a second check, or asked for
        return {
            "line": self._result_line(self._outcome),
            "tries": self._tries,
            "graded": self.exercise.graded,
            "remember": self.exercise.remember,
            **seen.build(keys_shown=shown),
        }

    def _result_line(self, outcome: Outcome) -> str:
        earned = points(self.exercise, outcome)
        return f"{earned:g} of {self.exercise.points} points. {outcome.feedback.cue}".strip()

    def _progress(self) -> tuple[int, int]:
        """How many cells of the cases are answered, and how many there are."""
        rows = self.exercise.cases.rows if self.exercise.cases else ()
        given = self._work.cases
        cells = [given.get(row.id, {}).get(c.id, "") for row in rows for c in self._columns]
        return sum(bool(cell.strip()) for cell in cells), len(cells)

    # -- keeping ---------------------------------------------------------------------------------

    def _own(self, message: Message) -> OwnRow:
        name = choice_in(message, "row", [row.id for row in self._work.rows])
        return next(row for row in self._work.rows if row.id == name)

    def _keep(self) -> None:
        self.record.save_draft(self._key, self._work.draft())
        if self.kept is not None:
            self.kept()


def _row_name(row: OwnRow) -> str:
    name = row.values.get("name") or row.values.get("measure") or ""
    return f"“{name[:60]}”" if name.strip() else "The row"


def _open_words(count: int) -> str:
    return "One answer is still open." if count == 1 else f"{count} answers are still open."


def _field_view(
    entry: FormField | tuple[FormField, dict[str, str | None]],
) -> dict[str, Any]:
    asked, roles = entry if isinstance(entry, tuple) else (entry, {})
    return {
        "id": asked.id,
        "label": asked.label,
        "kind": asked.kind,
        "help": asked.help,
        "unit": asked.unit,
        "full": asked.full,
        "options": [
            {"id": name, "label": label, "role": roles.get(name) or _role(asked, name)}
            for name, label in asked.options
        ],
        "when": [asked.when[0], list(asked.when[1])] if asked.when else None,
    }


def _role(asked: FormField, name: str) -> str | None:
    return name if asked.id == "role" else None
