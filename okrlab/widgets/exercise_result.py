"""What the browser may know of a check: only what the answers given have earned."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from okrlab.assessment.exercise_key_results import is_advice
from okrlab.assessment.outcome import Outcome, PartOutcome
from okrlab.content import Library
from okrlab.content.exercise import FormExercise
from okrlab.widgets.exercise_work import Work


@dataclass(frozen=True)
class ResultView:
    """Turns the outcome of the last check into a view.

    Attributes:
        exercise: the form.
        work: what stands in it now, and what of it was checked.
        outcome: what the checked answer earned.
        library: for the names of misconceptions.
    """

    exercise: FormExercise
    work: Work
    outcome: Outcome
    library: Library

    def build(self, *, keys_shown: bool) -> dict[str, Any]:
        """The view; feedback stands only beside answers that have not changed since.

        Args:
            keys_shown: whether wrong cells say what would be right.
        """
        parts = self.outcome.parts
        wrong_cells = [p for p in parts if _section(p) == "cases" and not p.correct]
        return {
            "correct": self.outcome.correct,
            "stale": self.work.checked != self.work.answer(),
            "can_reveal": bool(wrong_cells) and not keys_shown,
            "cases": self._cells(keys_shown=keys_shown),
            "form": [self._question(p) for p in parts if _section(p) == "form"],
            "rows": self._rows(),
        }

    def _cells(self, *, keys_shown: bool) -> dict[str, dict[str, dict[str, Any]]]:
        """By row and column."""
        checked = self.work.checked.cases if self.work.checked else {}
        results: dict[str, dict[str, dict[str, Any]]] = {}
        for part in self.outcome.parts:
            if _section(part) != "cases":
                continue
            _, row, column = part.part.split("/")
            now = self.work.cases.get(row, {}).get(column, "")
            if now == checked.get(row, {}).get(column, ""):
                results.setdefault(row, {})[column] = self._cell(part, keys_shown=keys_shown)
        return results

    def _cell(self, part: PartOutcome, *, keys_shown: bool) -> dict[str, Any]:
        """A wrong cell keeps its key back; an open one until its key is asked for."""
        feedback = part.feedback
        view: dict[str, Any] = {"correct": part.correct, "given": part.given}
        if part.correct or self.work.revealed or (keys_shown and part.given):
            view |= {"cue": feedback.cue, "flip": feedback.flip}
            view |= {} if part.correct else {"expected": part.expected}
        if not part.correct:
            view |= {"tempts": feedback.tempts, "misconception": self._idea(part)}
        return view

    def _rows(self) -> dict[str, Any]:
        """By the id of the learner's own rows."""
        marked: dict[int, list[PartOutcome]] = {}
        for part in self.outcome.parts:
            if _section(part) == "rows":
                marked.setdefault(int(part.part.split("/")[1]), []).append(part)
        checked = self.work.checked.rows if self.work.checked else ()
        left = {index: checked[index] for index in marked}
        results = {}
        for row in self.work.rows:
            index = next((i for i, values in left.items() if values == row.values), None)
            if index is None:
                continue
            del left[index]
            parts = marked[index]
            results[row.id] = {
                "correct": all(part.correct for part in parts),
                "parts": [self._question(part) for part in parts if _says(part)],
            }
        return results

    def _question(self, part: PartOutcome) -> dict[str, Any]:
        feedback = part.feedback
        fields = part.part.removesuffix("/advice").split("/")
        return {
            "field": fields[-1] if len(fields) > 1 else "",
            "correct": part.correct,
            "advice": is_advice(part),
            "given": part.given,
            "expected": part.expected,
            "cue": feedback.cue,
            "tempts": feedback.tempts,
            "flip": feedback.flip,
            "misconception": self._idea(part),
        }

    def _idea(self, part: PartOutcome) -> dict[str, str] | None:
        name = part.feedback.misconception
        known = self.library.misconceptions
        return {"id": name, "title": known[name].title} if name in known and name else None


def _section(part: PartOutcome) -> str:
    return part.part.partition("/")[0]


def _says(part: PartOutcome) -> bool:
    return bool(part.feedback.cue or part.feedback.tempts)
