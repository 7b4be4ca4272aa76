"""LogicModelChain: cards into the five links of a chain, then whether the means suffice."""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import Any

from okrlab.assessment.journal import Journal
from okrlab.content.course import Misconception
from okrlab.content.logic_model import MAX_UNITS, LogicModel, LogicModelFile
from okrlab.model.logic_model import ASSUMPTIONS, Stage
from okrlab.widgets._means_state import MeansState
from okrlab.widgets.base import BadMessageError, Message, choice_in, css, esm, number_in
from okrlab.widgets.card_sort import CardSort

PARTS = ("chain", "means")


class LogicModelChain(CardSort):
    """Cards for resources, activities, outputs, outcomes and impact; then a look at the means.

    The chain is sorted, marked and recorded as a `CardSort` is. The second part asks how much of
    the resource the goal would take, shows the gap, lets other figures be tried, and has three or
    four activities chosen within the time there is. It is not graded.

    Args:
        content: all chains, with the slips that they share.
        model: the one to show.
        journal: where attempts and drafts go.
        rng: shuffles the cards.
        misconceptions: the named wrong ideas, for their titles. Default: the library's.
    """

    _esm = esm("logic_model_chain", "sorting")
    _css = css("logic_model_chain", "sorting")
    _kind, _folder = "Logic model", "logic-model"

    def __init__(
        self,
        content: LogicModelFile,
        model: LogicModel,
        journal: Journal,
        *,
        rng: random.Random,
        misconceptions: Mapping[str, Misconception] | None = None,
    ) -> None:
        self.model_content = model
        self._means_draft = f"{self._folder}/{model.id}/means"
        draft = journal.draft(self._means_draft)
        self._means = MeansState.restore(model.means, draft)
        known = isinstance(draft, dict) and draft.get("part") in PARTS
        self._part = str(draft["part"]) if known and draft else PARTS[0]
        super().__init__(content.deck(model), journal, rng=rng, misconceptions=misconceptions)

    # -- what the browser sees -------------------------------------------------------------------

    def build_view(self) -> dict[str, Any]:
        """The cards as `CardSort` shows them, and the means as far as they have been looked at."""
        view = super().build_view()
        return {
            **view,
            "part": self._part,
            "questions": {stage.value: stage.question for stage in Stage},
            "afterwards": list(self.model_content.afterwards) if self._done() else None,
            "means": self._told_means(),
        }

    def _told_means(self) -> dict[str, Any]:
        now, means = self._means, self.model_content.means
        write = means.amount.write
        return {
            "case": means.case,
            "facts": [
                f"{means.goal_words}: {write(means.goal)}",
                f"{means.resource.capitalize()} there are: {means.have}",
                f"One brings: {write(means.each)}",
            ],
            "asks": means.asks,
            "guess": now.guess,
            "gap": None if now.guess is None else self._gap(),
            "assumptions": list(ASSUMPTIONS),
            "choose": means.choose,
            "capacity": means.capacity,
            "weeks": now.weeks,
            "activities": [
                {"id": a.id, "text": a.text, "weeks": a.weeks, "chosen": a.id in now.chosen}
                for a in means.activities
            ],
            "verdict": now.verdict() if now.checked else None,
        }

    def _gap(self) -> dict[str, Any]:
        now, means = self._means, self.model_content.means
        right, words = now.on_guess()
        unit = means.amount.before or means.amount.after
        return {
            "right": right,
            "words": words,
            "after": means.after,
            "picture": now.picture(),
            "inWords": now.gap_words(),
            "fields": [
                _field("units", means.resource.capitalize(), now.units, (0, MAX_UNITS)),
                _field("each", f"One brings ({unit})", now.each, now.each_range),
                _field("goal", f"Goal ({unit})", now.goal, now.goal_range),
            ],
            "changed": (now.units, now.each, now.goal) != (means.have, means.each, means.goal),
        }

    def _next_when_done(self) -> str:
        return f"{super()._next_when_done().split('. ')[0]}. Then see whether the means suffice."

    # -- messages --------------------------------------------------------------------------------

    def on_show(self, message: Message) -> None:
        """Show the chain, or the means."""
        self._part = choice_in(message, "part", PARTS)
        self._keep_means()

    def on_guess(self, message: Message) -> None:
        """Say how many units the goal takes; the gap is shown from then on."""
        guess = number_in(message, "guess", low=0, high=10 * MAX_UNITS)
        if guess != int(guess):
            raise BadMessageError("A whole number was expected here: parts of one bring nothing.")
        self._means.guess = int(guess)
        right, words = self._means.on_guess()
        self.say(f"{'Right.' if right else 'Not quite.'} {words}")
        self._keep_means()

    def on_try(self, message: Message) -> None:
        """Try another figure."""
        if self._means.guess is None:
            raise BadMessageError("First say how many it would take; then try other figures.")
        name = choice_in(message, "field", ("units", "each", "goal"))
        if name == "units":
            self._means.units = int(number_in(message, "value", low=0, high=MAX_UNITS))
        else:
            low, high = getattr(self._means, f"{name}_range")
            setattr(self._means, name, number_in(message, "value", low=low, high=high))
        self.say(self._means.gap_words())
        self._keep_means()

    def on_case(self, _message: Message) -> None:
        """Go back to the figures of the case."""
        means = self.model_content.means
        now = self._means
        now.units, now.each, now.goal = means.have, means.each, means.goal
        self.say(now.gap_words())
        self._keep_means()

    def on_pick(self, message: Message) -> None:
        """Choose an activity, or leave it."""
        ids = [a.id for a in self.model_content.means.activities]
        name, on = choice_in(message, "activity", ids), message.get("on")
        if not isinstance(on, bool):
            raise BadMessageError("The box sent no tick. Tick it again.")
        self._means.choose(name, on)
        weeks, room = self._means.weeks, self.model_content.means.capacity
        self.say(f"{weeks:g} of {room:g} person-weeks.")
        self._keep_means()

    def on_can(self, _message: Message) -> None:
        """Check the chosen activities."""
        self._means.checked = True
        verdict = self._means.verdict()
        self.say(" ".join(verdict["lines"]))
        self._keep_means()

    def _keep_means(self) -> None:
        draft = {"part": self._part, **self._means.draft()}
        self._journal.save_draft(self._means_draft, draft)


def _field(name: str, label: str, value: float, bounds: tuple[float, float]) -> dict[str, Any]:
    low, high = bounds
    return {"id": name, "label": label, "value": value, "low": low, "high": high}
