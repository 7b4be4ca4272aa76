"""Scenario: a coach and a room go through a case, step by step."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from okrlab.assessment.journal import Journal
from okrlab.assessment.votes import MOST_VOTES
from okrlab.assessment.what_if import Choice, controls
from okrlab.content import scenario as content
from okrlab.content.scenario import STEPS
from okrlab.content.series import Series
from okrlab.model import signals
from okrlab.widgets import _scenario_view as views
from okrlab.widgets._scenario_state import MOST_SECONDS, ROUNDS, State
from okrlab.widgets.base import (
    LessonWidget,
    Message,
    choice_in,
    css,
    esm,
    number_in,
)


class Scenario(LessonWidget):
    """A case to predict, vote on, talk over and reveal; the coach leads, the room looks on.

    Votes are counts that the coach types in; nothing about a person is kept. Everything is kept as
    a draft under "scenario/<id>", so that closing the page loses nothing. Neither the coming
    points, nor which option is right, nor the notes reach the browser before their time.

    Args:
        scenario: what to show.
        series: the named series that it may refer to, by id.
        journal: where the draft goes.

    Raises:
        ContentError: a figure that it quotes can't be computed.
    """

    _esm = esm("scenario", "chart")
    _css = css("scenario", "chart")

    def __init__(
        self, scenario: content.Scenario, series: Mapping[str, Series], journal: Journal
    ) -> None:
        super().__init__(journal)
        self._told = views.Told.of(scenario, series)
        self._journal = journal
        self.activity = f"scenario/{scenario.id}"
        self._state = State.restore(
            scenario, journal.draft(self.activity), self._base, self._told.most
        )
        self.refresh()

    @property
    def _base(self) -> int:
        """So many points are seen when the reveal begins."""
        return self._told.base("reveal")

    # -- what the browser sees -------------------------------------------------------------------

    def build_view(self) -> dict[str, Any]:
        """The step, as far as the room has come."""
        told, state = self._told, self._state
        scenario = told.scenario
        minutes = scenario.step(state.name).minutes
        return {
            "label": f"Scenario: {scenario.title}",
            "title": scenario.title,
            "source": scenario.source,
            "steps": [{"id": name, "name": views.STEP_NAMES[name]} for name in STEPS],
            "step": state.step,
            "minutes": minutes,
            "left": state.left.get(state.name, minutes * 60),
            **views.step_view(told, state),
            "vote": views.vote_view(told, state),
            "picture": views.picture_view(told, state),
            "reveal": self._reveal() if state.name == "reveal" else None,
            "notes": views.notes_view(told, state) if state.notes else None,
            "whatIf": views.what_if_view(told, state),
        }

    def _reveal(self) -> dict[str, Any]:
        told, seen = self._told, self._told.visible(self._state)
        pauses = told.scenario.steps.reveal.pauses
        here = next((told.say(p.say) for p in pauses if p.at == seen), None)
        return {
            "at": seen,
            "of": told.most,
            "base": self._base,
            "word": told.period(),
            "pause": here,
        }

    def summary(self) -> str:
        """Title, step and how the votes stand."""
        told, state = self._told, self._state
        text = (
            f"Scenario “{told.scenario.title}” ({told.scenario.minutes} minutes): "
            f"step {state.step + 1} of {len(STEPS)}, {views.STEP_NAMES[state.name].lower()}."
        )
        totals = [sum(state.votes[name].values()) for name in ROUNDS]
        if any(totals):
            text += f" Votes: {totals[0]} at first, {totals[1]} after talking."
        return text

    # -- messages --------------------------------------------------------------------------------

    def on_go(self, message: Message) -> None:
        """Go to a step."""
        state = self._state
        state.step = int(number_in(message, "step", low=0, high=len(STEPS) - 1))
        state.advice = False
        name = views.STEP_NAMES[state.name]
        self.say(f"Step {state.step + 1} of {len(STEPS)}: {name}.")
        self._keep()

    def on_reveal(self, message: Message) -> None:
        """Reveal up to a point, or hide those after it."""
        self._state.revealed = int(
            number_in(message, "to", low=self._base, high=max(self._base, self._told.most))
        )
        self.say(self._revealed_words())
        self._keep()

    def on_count(self, message: Message) -> None:
        """Enter how many chose an option."""
        votes = self._state.votes[choice_in(message, "round", ROUNDS)]
        option = choice_in(message, "option", votes)
        votes[option] = int(number_in(message, "count", low=0, high=MOST_VOTES))
        self._keep()

    def on_notes(self, message: Message) -> None:
        """Show or hide the coach's notes."""
        self._state.notes = message.get("shown") is True
        self.say("Notes shown." if self._state.notes else "Notes hidden.")
        self._keep()

    def on_advise(self, message: Message) -> None:
        """Show or hide the advice on the vote."""
        self._state.advice = message.get("shown") is True
        if self._state.advice:
            vote = views.vote_view(self._told, self._state) or {}
            self.say(" ".join(vote.get("advice") or []))

    def on_ask(self, message: Message) -> None:
        """Put a control of “what if” somewhere else."""
        asked = self._told.scenario.what_if
        have = controls(asked)
        name = choice_in(message, "control", have)
        control = have[name]
        if isinstance(control, Choice):
            self._state.asked[name] = choice_in(message, "value", control.options)
        else:
            self._state.asked[name] = number_in(
                message, "value", low=control.low, high=control.high
            )
        told = views.what_if_view(self._told, self._state)
        if told:
            self.say(told["lines"][0])
        self._keep()

    def on_timer(self, message: Message) -> None:
        """Keep what is left on a step's clock."""
        name = choice_in(message, "step", STEPS)
        self._state.left[name] = int(number_in(message, "left", low=0, high=MOST_SECONDS))
        self._keep()

    def on_restart(self, _message: Message) -> None:
        """Begin again, for the next room: no votes, nothing revealed."""
        notes = self._state.notes
        self._state = State.fresh(self._told.scenario, self._base)
        self._state.notes = notes
        self.say("The scenario starts again.")
        self._keep()

    # -- helpers ---------------------------------------------------------------------------------

    def _revealed_words(self) -> str:
        """The point just revealed, in words."""
        told, seen = self._told, self._told.visible(self._state)
        if told.scenario.bars:
            bars = told.scenario.bars.bars[:seen]
            unit = f" {told.scenario.bars.unit}" if told.scenario.bars.unit else ""
            return f"{bars[-1].label}: {told.table[bars[-1].figure]}{unit}." if bars else ""
        said = []
        for line in told.series.values():
            if not (views.appears(line, seen, self._state) and 0 < seen <= len(line.values)):
                continue
            unit = f" {line.unit}" if line.unit else ""
            said.append(f"{line.title}, {line.period} {seen}: {line.values[seen - 1]:.4g}{unit}.")
            if line.limits is not None:
                found = signals(list(line.values[:seen]), line.limits)
                said += [s.in_words for s in found if s.seen_at == seen - 1]
        return " ".join(said)

    def _keep(self) -> None:
        self._journal.save_draft(self.activity, self._state.draft())
