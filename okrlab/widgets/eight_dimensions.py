"""EightDimensions: one measure, eight switches, and the role that follows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from okrlab.assessment.journal import Journal
from okrlab.content.dimensions import DimensionFile, Measure
from okrlab.model.dimensions import Dimension, Use, judge, smallest_changes
from okrlab.widgets import _dimension_words as words
from okrlab.widgets.base import BadMessageError, LessonWidget, Message, choice_in, css, esm

DRAFT = "dimensions"
MODES = ("explore", "challenge")
SOURCE = "Ben Lamorte"


@dataclass
class _Place:
    """How the switches of one measure stand in one mode, and whether they were checked."""

    use: Use
    checked: bool = False


class EightDimensions(LessonWidget):
    """One measure with eight two-position switches. Flip one and see how the role argument changes.

    Three switches decide, five argue (see `okrlab.model.dimensions`). In the challenge mode the
    role stays hidden until the learner checks. Nothing here is graded; positions are kept.

    Args:
        content: the dimensions in words, and the measures.
        journal: where the positions are kept.
    """

    _esm = esm("eight_dimensions")
    _css = css("eight_dimensions")

    def __init__(self, content: DimensionFile, journal: Journal) -> None:
        super().__init__(journal)
        self.content = content
        self._journal = journal
        self._texts = {text.dimension: text for text in content.dimensions}
        self._measures = {m.id: m for m in content.measures}
        self._mode, self._measure = MODES[0], content.measures[0].id
        self._last: Dimension | None = None
        self._places = {
            (mode, m.id): _Place(_start(mode, m)) for m in content.measures for mode in MODES
        }
        self._restore(journal.draft(DRAFT))
        self.refresh()

    # -- what the browser sees -------------------------------------------------------------------

    def build_view(self) -> dict[str, Any]:
        """Switches in words; the role and the arguments unless a challenge hides them."""
        measure, place = self._measures[self._measure], self._place
        hidden = self._mode == "challenge" and not place.checked
        return {
            "label": "Eight dimensions of a measure",
            "mode": self._mode,
            "measures": [
                {"id": m.id, "title": m.title, "industry": m.industry}
                for m in self.content.measures
            ],
            "measure": measure.id,
            "case": measure.case,
            "switches": [self._switch(measure, d, hidden) for d in Dimension],
            "guard": {
                "on": place.use.guarded,
                "agreed": measure.guard.agreed,
                "none": measure.guard.none,
            },
            "verdict": None if hidden else self._verdict(measure, place.use),
            "challenge": self._challenge(measure, place) if self._mode == "challenge" else None,
            "moved": place.use != _start(self._mode, measure),
            "last": self._told_last(hidden),
        }

    @property
    def _place(self) -> _Place:
        return self._places[self._mode, self._measure]

    def _switch(self, measure: Measure, d: Dimension, hidden: bool) -> dict[str, Any]:
        text, sides = self._texts[d], measure.switches[d.value]
        return {
            "id": d.value,
            "title": text.title,
            "question": text.question,
            "kpi": sides.kpi,
            "key_result": sides.key_result,
            "side": "key_result" if d in self._place.use.towards else "kpi",
            "argues": None if hidden else words.argument(self._texts, d, self._place.use),
        }

    def _verdict(self, measure: Measure, use: Use) -> dict[str, Any]:
        judgement = judge(use)
        # a case that is not solved yet would be solved by reading
        open_case = self._mode == "challenge" and not self._solved(measure)
        found = () if open_case else smallest_changes(use)
        return {
            "role": words.ROLE_MARKS[judgement.role],
            "words": words.ROLE_WORDS[judgement.role],
            "because": words.because(self._texts, judgement),
            "warnings": [self._texts[d].warning for d in judgement.warnings],
            "changes": words.changes(self._texts, measure, use, found),
        }

    def _told_last(self, hidden: bool) -> dict[str, str] | None:
        if hidden or self._last is None:
            return None
        text = self._texts[self._last]
        why = words.argument(self._texts, self._last, self._place.use)["why"]
        return {"title": text.title, "why": why, "rule": text.rule, "source": SOURCE}

    def _challenge(self, measure: Measure, place: _Place) -> dict[str, Any]:
        task = measure.challenge
        outcome = None
        if place.checked:
            routes = smallest_changes(task.start.use, task.role)
            said = words.verdict_on(self._texts, task.start.use, place.use, task.role, routes)
            reached = judge(place.use).role is task.role
            outcome = {"correct": self._solved(measure), "reached": reached, "words": said}
        solved = sum(self._solved(m) for m in self.content.measures)
        return {
            "prompt": task.prompt,
            "goal": words.ROLE_MARKS[task.role],
            "goalWords": words.ROLE_WORDS[task.role],
            "outcome": outcome,
            "solved": solved,
            "of": len(self._measures),
            "next": self._next_open(),
        }

    def _solved(self, measure: Measure) -> bool:
        place, task = self._places["challenge", measure.id], measure.challenge
        if not place.checked:
            return False
        start = task.start.use
        return any(
            place.use == start.flipped(route.flips, guard=route.guard)
            for route in smallest_changes(start, task.role)
        )

    def _next_open(self) -> str | None:
        ids = list(self._measures)
        at = ids.index(self._measure)
        later = [*ids[at + 1 :], *ids[:at]]
        return next((i for i in later if not self._solved(self._measures[i])), None)

    def summary(self) -> str:
        """The measure and the role that it plays as the switches stand."""
        measure = self._measures[self._measure]
        head = f"Eight dimensions of “{measure.title}”"
        if self._mode == "challenge":
            solved = sum(self._solved(m) for m in self.content.measures)
            return f"{head}: {solved} of {len(self._measures)} cases solved."
        judgement = judge(self._place.use)
        role = words.A_ROLE[judgement.role]
        return f"{head}: used as {role}. {words.because(self._texts, judgement)}"

    # -- messages --------------------------------------------------------------------------------

    def on_flip(self, message: Message) -> None:
        """Put one switch, or the agreed range, on one of its sides."""
        name = choice_in(message, "switch", [*Dimension, "guard"])
        place, before = self._place, self._place.use
        if name == "guard":
            on = message.get("on")
            if not isinstance(on, bool):
                raise BadMessageError("The switch sent no position. Flip it again.")
            place.use = Use(before.towards, on)
        else:
            d = Dimension(name)
            side = choice_in(message, "side", ("kpi", "key_result"))
            rest = before.towards - {d}
            place.use = Use(rest | {d} if side == "key_result" else rest, before.guarded)
            self._last = d
        place.checked = False
        if self._mode == "explore":
            self.say(words.heard(self._texts, before, place.use))
        self._keep()

    def on_show(self, message: Message) -> None:
        """Show another measure or the other mode."""
        self._measure = choice_in(message, "measure", self._measures)
        self._mode = choice_in(message, "mode", MODES)
        self._last = None
        self.say(f"{self._measures[self._measure].title}.")
        self._keep()

    def on_check(self, _message: Message) -> None:
        """Check the challenge."""
        self._place.checked = True
        outcome = self._challenge(self._measures[self._measure], self._place)["outcome"]
        self.say(f"{'Right.' if outcome['correct'] else 'Not yet.'} {outcome['words']}")
        self._keep()

    def on_reset(self, _message: Message) -> None:
        """Put the switches of this measure back to where they stood at first."""
        start = _start(self._mode, self._measures[self._measure])
        self._places[self._mode, self._measure] = _Place(start)
        self._last = None
        self.say("The switches stand as at first.")
        self._keep()

    # -- drafts ----------------------------------------------------------------------------------

    def _keep(self) -> None:
        self._journal.save_draft(
            DRAFT,
            {
                "mode": self._mode,
                "measure": self._measure,
                "places": [
                    {
                        "mode": mode,
                        "measure": name,
                        "towards": [d.value for d in Dimension if d in place.use.towards],
                        "guarded": place.use.guarded,
                        "checked": place.checked,
                    }
                    for (mode, name), place in self._places.items()
                ],
            },
        )

    def _restore(self, draft: dict[str, Any] | None) -> None:
        """Take over what a draft says, as far as it fits the content of today."""
        if not isinstance(draft, dict):
            return
        measure, mode = str(draft.get("measure")), str(draft.get("mode"))
        if measure in self._measures and mode in MODES:
            self._measure, self._mode = measure, mode
        places = draft.get("places")
        for entry in places if isinstance(places, list) else []:
            if not isinstance(entry, dict):
                continue
            key = (str(entry.get("mode")), str(entry.get("measure")))
            towards = entry.get("towards")
            if key in self._places and isinstance(towards, list):
                known = frozenset(d for d in Dimension if d.value in towards)
                self._places[key] = _Place(
                    Use(known, entry.get("guarded") is True), entry.get("checked") is True
                )


def _start(mode: str, measure: Measure) -> Use:
    return (measure.start if mode == "explore" else measure.challenge.start).use
