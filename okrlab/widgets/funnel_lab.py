"""FunnelLab: guess, then see what moves when; and how experiments raise a conversion."""

from __future__ import annotations

import math
from random import Random
from typing import Any

from okrlab.assessment.journal import Journal
from okrlab.assessment.numbers import parse_number
from okrlab.errors import AnswerError
from okrlab.simulation import experiments, funnel
from okrlab.simulation.experiments import Idea, Trial
from okrlab.simulation.funnel import Movement, Week
from okrlab.widgets import _funnel_words as words
from okrlab.widgets._autosave import Autosave
from okrlab.widgets._funnel_state import (
    FIRSTS,
    LARGEST_GUESS,
    SLIDERS,
    VISITORS,
    FunnelState,
    Guess,
    Settings,
)
from okrlab.widgets.base import (
    BadMessageError,
    LessonWidget,
    Message,
    choice_in,
    css,
    esm,
    number_in,
    text_in,
)

DRAFT = "funnel"
BEFORE = 0.04
IDEA = experiments.IDEAS[0]
REPEATS = 20


class FunnelLab(LessonWidget):
    """A change in conversion on its way to revenue, and the experiments behind such a change.

    The results stay hidden, in Python too, until the learner has guessed what moves first and by
    how much. Nothing here is graded; sliders, guess and experiments are kept.

    Args:
        journal: where they are kept.
        seed: of the first experiment.
    """

    _esm = esm("funnel_lab", "chart")
    _css = css("funnel_lab", "chart")

    def __init__(self, journal: Journal, *, seed: int = 1) -> None:
        super().__init__(journal)
        self._state = FunnelState(seed=seed)
        self._state.restore(journal.draft(DRAFT))
        self._saving = Autosave(journal, DRAFT, self._state.draft)
        self.refresh()

    # -- what the browser sees -------------------------------------------------------------------

    def build_view(self) -> dict[str, Any]:
        """The task; results only after the guess."""
        state = self._state
        return {
            "label": "Funnel lab",
            "case": words.CASE,
            "task": words.task(state.settings),
            "firsts": [[name, words.FIRST_WORDS[name]] for name in FIRSTS],
            "sliders": [
                {
                    **vars(slider),
                    "value": getattr(state.settings, slider.name),
                }
                for slider in SLIDERS
            ],
            "original": state.settings == Settings(),
            "guess": vars(state.guess) if state.guess else None,
            "results": self._results() if state.guess else None,
            "assumptions": funnel.ASSUMPTIONS,
            "experiments": self._experiments(),
        }

    def _results(self) -> dict[str, Any]:
        settings = self._state.settings
        movements = _movements(settings)
        weeks = self._weeks(movements)
        first, second = (_compare(settings, index) for index in (1, 2))
        return {
            "told": self._guess_told(),
            "weeks": [w.week for w in weeks],
            "series": [
                {
                    "id": m.measure,
                    "name": words.NAMES[m.measure],
                    "title": words.moves(m),
                    "starts": m.starts,
                    "top": max(_shown(m.measure, w) for w in weeks),
                    "values": [_shown(m.measure, w) for w in weeks],
                }
                for m in movements
            ],
            "relation": words.relation(settings),
            "message": words.quarters(first, second),
            "quarters": [
                {
                    "index": q.index,
                    "leads": round(q.leads),
                    "leadsBefore": round(q.leads_before),
                    "revenue": words.money(q.revenue),
                    "revenueValue": q.revenue,
                    "revenueBefore": words.money(q.revenue_before),
                    "revenueBeforeValue": q.revenue_before,
                }
                for q in (first, second)
            ],
        }

    def _weeks(self, movements: tuple[Movement, ...]) -> tuple[Week, ...]:
        """Two quarters, or as many as it takes until revenue has settled."""
        settings = self._state.settings
        last = max((m.settles or 0 for m in movements), default=0)
        shown = 13 * max(2, math.ceil(last / 13))
        return funnel.run(settings.funnel, settings.conversion, range(1, shown + 1))

    def _guess_told(self) -> dict[str, Any]:
        guess, settings = self._state.guess, self._state.guessed
        assert guess is not None  # results are shown after a guess only
        movements, quarter = _movements(settings), _compare(settings, 1)
        right, why = words.first_told(guess, movements)
        leads = quarter.leads / quarter.leads_before - 1
        because = words.why_revenue(settings, movements)
        return {
            "task": words.task(settings) if settings != self._state.settings else None,
            "right": right,
            "why": why,
            "first": words.FIRST_WORDS[guess.first],
            "leads": words.growth_told("Leads in quarter 1", guess.leads, leads, ""),
            "revenue": words.growth_told(
                "Revenue in quarter 1", guess.revenue, quarter.revenue_growth or 0.0, because
            ),
        }

    # -- experiments -----------------------------------------------------------------------------

    def _experiments(self) -> dict[str, Any]:
        state = self._state
        trial = self._trial() if state.trial is not None else None
        shown: dict[str, Any] = {
            "lift": f"adds {100 * IDEA.lift:.1f} points",
            "visitors": state.visitors,
            "choices": list(VISITORS),
            "works": state.works,
            "assumptions": experiments.ASSUMPTIONS,
            "trial": words.trial_told(trial) if trial else None,
            "truth": words.truth_told(trial) if trial and state.truth else None,
            "many": None,
            "programme": None,
        }
        if state.many is not None:
            trials = self._many(state.many)
            shown["many"] = {
                "title": words.many_told(trials, state.works),
                "trials": [
                    {
                        "low": 100 * t.low,
                        "high": 100 * t.high,
                        "difference": 100 * t.difference,
                        "kept": t.kept,
                    }
                    for t in trials
                ],
            }
        if state.programme is not None:
            made = experiments.programme(
                _rng(state.programme), experiments.IDEAS, visitors=state.visitors
            )
            shown["programme"] = {
                "told": words.programme_told(made),
                "trials": [
                    {"words": t.in_words, "mistake": t.mistake, "kept": t.kept} for t in made.trials
                ],
            }
        return shown

    def _trial(self) -> Trial:
        state = self._state
        assert state.trial is not None  # asked for only then
        return experiments.experiment(_rng(state.trial), IDEA, BEFORE, state.visitors)

    def _many(self, seed: int) -> list[Trial]:
        """The same idea tried again and again, with the truth known."""
        rng = _rng(seed)
        idea = Idea(IDEA.name, IDEA.lift, 1.0 if self._state.works else 0.0)
        visitors = self._state.visitors
        return [experiments.experiment(rng, idea, BEFORE, visitors) for _ in range(REPEATS)]

    def summary(self) -> str:
        """The task, or what came of it."""
        settings = self._state.settings
        if self._state.guess is None:
            return f"Funnel lab: {words.task(settings)} Guess what moves first, and by how much."
        first, second = (_compare(settings, index) for index in (1, 2))
        told = ". ".join(words.moves(m) for m in _movements(settings))
        return f"Funnel lab: {told}. {words.quarters(first, second)}."

    # -- messages --------------------------------------------------------------------------------

    def on_guess(self, message: Message) -> None:
        """Take the guess and show the results."""
        first = message.get("first")
        if first not in FIRSTS:
            raise BadMessageError(
                "Say first what you expect to move first: choose one of the four."
            )
        leads, revenue = (self._growth(message, name) for name in ("leads", "revenue"))
        self._state.guess = Guess(first, leads, revenue)
        self._state.guessed = self._state.settings
        told = self._guess_told()
        self.say(f"{'Right.' if told['right'] else 'Not this one.'} {told['why']}")
        self._saving.save()

    def on_again(self, _message: Message) -> None:
        """Hide the results, to guess once more for the sliders as they stand."""
        self._state.guess = None
        self.say("The results are hidden. Guess for the funnel as the sliders stand.")
        self._saving.save()

    def on_set(self, message: Message) -> None:
        """Move a slider."""
        name = choice_in(message, "slider", [s.name for s in SLIDERS])
        slider = next(s for s in SLIDERS if s.name == name)
        value = number_in(message, "value", low=slider.low, high=slider.high)
        self._state.settings = self._state.settings.moved(name, value)
        if self._state.guess is not None:
            settings = self._state.settings
            self.say(f"{words.quarters(_compare(settings, 1), _compare(settings, 2))}.")
        self._saving.touch()

    def on_rest(self, _message: Message) -> None:
        """Nothing has been moved for a moment."""
        self._saving.rest()

    def on_reset(self, _message: Message) -> None:
        """All sliders back to where they stood at first."""
        self._state.settings = Settings()
        self.say("The sliders stand as at first.")
        self._saving.save()

    def on_trial(self, message: Message) -> None:
        """Run one experiment with the cart button."""
        self._visitors(message)
        self._state.trial, self._state.truth = self._state.next_seed(), False
        self.say(words.trial_told(self._trial()))
        self._saving.save()

    def on_truth(self, _message: Message) -> None:
        """Tell what nobody can see in life."""
        if self._state.trial is None:
            raise BadMessageError("Run the experiment first.")
        self._state.truth = True
        self.say(words.truth_told(self._trial()))
        self._saving.save()

    def on_many(self, message: Message) -> None:
        """Run the same experiment twenty times, with the truth known."""
        self._visitors(message)
        self._state.works = choice_in(message, "truth", ("works", "nothing")) == "works"
        self._state.many = self._state.next_seed()
        self.say(words.many_told(self._many(self._state.many), self._state.works))
        self._saving.save()

    def on_programme(self, message: Message) -> None:
        """Try eight ideas, one a week."""
        self._visitors(message)
        self._state.programme = self._state.next_seed()
        made = experiments.programme(
            _rng(self._state.programme), experiments.IDEAS, visitors=self._state.visitors
        )
        self.say(words.programme_told(made))
        self._saving.save()

    def _visitors(self, message: Message) -> None:
        value = number_in(message, "visitors", low=1, high=experiments.MOST_VISITORS)
        if value not in VISITORS:
            raise BadMessageError("So many visitors cannot be chosen here. Reload the page.")
        if value != self._state.visitors:  # what is shown was drawn with the other number
            self._state.trial = self._state.many = self._state.programme = None
            self._state.truth = False
        self._state.visitors = int(value)

    def _growth(self, message: Message, name: str) -> float:
        text = text_in(message, name, limit=60)
        if not text.strip():
            raise AnswerError(f"Guess a number for {name} too, such as 10. Nobody marks it.")
        value = parse_number(text, "%")
        if abs(value) > LARGEST_GUESS:
            raise AnswerError(f"“{text}” % is more than any funnel grows. Check the digits.")
        return value


def _movements(settings: Settings) -> tuple[Movement, ...]:
    last = int(settings.start + settings.ramp + settings.opportunity + settings.deal) + 1
    return funnel.movements(funnel.run(settings.funnel, settings.conversion, range(last + 1)))


def _compare(settings: Settings, index: int) -> funnel.Comparison:
    return funnel.compare(settings.funnel, settings.conversion, BEFORE, index)


def _shown(measure: funnel.Measure, week: Week) -> float:
    value: float = getattr(week, measure)
    return round(100 * value if measure == "conversion" else value, 4)


def _rng(seed: int) -> Random:
    return Random(seed)  # noqa: S311  chance in a toy, guards no secret
