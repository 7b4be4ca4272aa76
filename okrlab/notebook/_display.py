"""What the facade shows that is no widget: a mark with its reasons, a task, a line of notice.

Each shows as HTML in a notebook and as plain text elsewhere; all text is escaped.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from typing import Any, Protocol

from okrlab.assessment.exercise import part_name, points, result_lines
from okrlab.assessment.exercise_answer import ANSWER_TYPE
from okrlab.assessment.outcome import Outcome
from okrlab.content import Exercise
from okrlab.content.exercise import FormExercise

MAX_PARTS = 12
"""So many wrong parts are explained at once."""

_BOX = (
    "border:1px solid var(--jp-border-color1,#bdbdbd);border-radius:8px;padding:16px;"
    "max-width:70ch;font-size:16px;line-height:1.5;color:var(--jp-ui-font-color0,#1f1f1f);"
    "background:var(--jp-layout-color1,#fff)"
)


class Form(Protocol):
    """What a form is asked for here."""

    exercise: FormExercise
    kept: Callable[[], None] | None

    @property
    def answer(self) -> dict[str, Any]:
        """What stands in it."""


@dataclass(frozen=True)
class Notice:
    """A line that says what has just happened."""

    text: str

    def __repr__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        return f'<p role="note" style="{_BOX}">{escape(self.text)}</p>'


@dataclass(frozen=True)
class DataTask:
    """The task of an exercise of the data track."""

    exercise: Exercise

    def __repr__(self) -> str:
        e = self.exercise
        return f"Exercise {e.id}: {e.title} ({e.points} points)\n\n{e.intro}"

    def _repr_html_(self) -> str:
        e = self.exercise
        text = "".join(f"<p>{escape(p)}</p>" for p in e.intro.split("\n\n"))
        hint = (
            f"<details><summary>Hint</summary><p>{escape(e.hint)}</p></details>" if e.hint else ""
        )
        return (
            f'<section style="{_BOX}" aria-label="Exercise {escape(e.id)}">'
            f"<p><strong>Exercise {escape(e.id)}: {escape(e.title)}</strong> "
            f"({e.points} points, about {e.minutes:g} minutes)</p>{text}{hint}</section>"
        )


@dataclass(frozen=True)
class Marked:
    """A marked answer.

    Attributes:
        exercise: what was answered.
        outcome: what the answer earned, part by part, and why.
        notice: what the learner must know beside, such as trouble with storing the attempt.
        quiet: whether a notebook shows nothing: beneath a form, which tells its marks itself, and
            only when Check is pressed there.
    """

    exercise: Exercise
    outcome: Outcome
    notice: str | None = None
    quiet: bool = False

    @property
    def points(self) -> float:
        """Points earned, of `exercise.points`."""
        return points(self.exercise, self.outcome)

    def __repr__(self) -> str:
        lines = result_lines(self.exercise, self.outcome, MAX_PARTS)
        return "\n".join([*lines, *([self.notice] if self.notice else [])])

    def _repr_html_(self) -> str:
        if self.quiet:
            return "<span></span>"
        wrong = [p for p in self.outcome.parts if not p.correct]
        icon, word = ("✓", "Right") if self.outcome.correct else ("✕", "Not all of it yet")
        if not self.outcome.parts:
            icon, word = "○", "Nothing to mark yet"
        rows = "".join(
            f"<li><strong>{escape(part_name(self.exercise, p))}</strong>: "
            f"{escape(p.feedback.tempts or p.feedback.cue)}</li>"
            for p in wrong[:MAX_PARTS]
        )
        more = f"<p>… and {len(wrong) - MAX_PARTS} more.</p>" if len(wrong) > MAX_PARTS else ""
        tempts = escape(self.outcome.feedback.tempts)
        notice = (
            f"<p><strong>Please note:</strong> {escape(self.notice)}</p>" if self.notice else ""
        )
        return (
            f'<section style="{_BOX}" aria-label="Exercise {escape(self.exercise.id)}: result">'
            f'<p><span aria-hidden="true">{icon}</span> <strong>{word}: '
            f"{self.points:g} of {self.exercise.points} points.</strong> "
            f"{escape(self.outcome.feedback.cue)}</p>"
            f"{f'<p>{tempts}</p>' if tempts else ''}"
            f"{f'<ul>{rows}</ul>' if rows else ''}{more}{notice}</section>"
        )


@dataclass(frozen=True)
class MarkedForm(Marked):
    """The mark of a form, and in the cell's output what stands in the form.

    The output is brought up to date whenever something is filled in, so that a notebook that was
    saved holds the answers and can be handed in. Whoever marks it marks the answers; the mark
    itself is not kept there.

    Attributes:
        form: the form.
    """

    form: Form | None = None

    def bundle(self) -> dict[str, Any]:
        """The output, by kind."""
        assert self.form is not None
        exercise = self.form.exercise
        record = {
            "exercise": exercise.id,
            "version": exercise.version,
            "answer": self.form.answer,
        }
        return {"text/plain": repr(self), "text/html": self._repr_html_(), ANSWER_TYPE: record}

    def _ipython_display_(self) -> None:
        from IPython.display import display

        if self.form is None:
            raise NotImplementedError  # IPython then shows it as anything else
        shown = display(self.bundle(), raw=True, display_id=True)
        if shown is not None:
            self.form.kept = lambda: shown.update(self.bundle(), raw=True)

    def __repr__(self) -> str:
        return Marked.__repr__(self)
