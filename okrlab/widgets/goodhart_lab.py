"""GoodhartLab: what pressure on a measure does to the measure and to the value behind it."""

from __future__ import annotations

from random import Random
from typing import Any

from okrlab.assessment.journal import Journal
from okrlab.errors import AnswerError
from okrlab.simulation.goodhart import (
    ASSUMPTIONS,
    MECHANISMS,
    PICKING_ASSUMPTIONS,
    Setting,
    candidates,
    expected_pick,
    gaming_starts,
    respond,
    slopes,
    sweep,
)
from okrlab.widgets import _goodhart_words as words
from okrlab.widgets._asks import known_answers
from okrlab.widgets._lab import LabWidget
from okrlab.widgets.base import Message, choice_in, css, esm, number_in

DRAFT = "goodhart"
TABS = ("pressure", "luck")
TEAMS = 20
MAX_ROUNDS = 1_000

SLIDERS: dict[str, tuple[float, int, int]] = {
    "pressure": (6, 0, 24),
    "interest": (4, 2, 12),
    "penalty": (4, 0, 16),
    "detection": (4, 0, 4),
}
"""For each slider: steps for one point (for detection, for all), first and last step."""

START = {"pressure": 6, "interest": 4, "penalty": 0, "detection": 4}


class GoodhartLab(LabWidget):
    """Two tabs: pressure on a measure, and the luck in the best of twenty.

    Each begins with a question to predict by; pictures and sliders appear with the answer. Nothing
    is graded; settings and answers are kept.

    Args:
        journal: where they are kept.
        rng: draws the teams.
    """

    _esm = esm("goodhart_lab", "chart", "ask", "lab")
    _css = css("goodhart_lab", "chart", "ask", "lab")
    tabs = TABS
    asks = words.ASKS

    def __init__(self, journal: Journal, *, rng: Random) -> None:
        super().__init__(journal)
        self._journal, self._rng = journal, rng
        self._steps = dict(START)
        self._seeds: list[int] = []
        self._restore(journal.draft(DRAFT))
        self.refresh()

    @property
    def setting(self) -> Setting:
        """What the sliders say."""
        return Setting(**{name: self._steps[name] / SLIDERS[name][0] for name in SLIDERS})

    # -- what the browser sees -------------------------------------------------------------------

    def build_view(self) -> dict[str, Any]:
        """The question; with its answer the picture, in numbers and in words."""
        return {
            "label": "Pressure on a measure",
            "tab": self._tab,
            **(self._pressure_view() if self._tab == "pressure" else self._luck_view()),
        }

    def _pressure_view(self) -> dict[str, Any]:
        view: dict[str, Any] = {
            "case": words.CASE,
            "predict": words.PREDICT.view(self._answers.get("predict")),
            "assumptions": list(ASSUMPTIONS),
            "lab": None,
        }
        if "predict" in self._answers:
            view["lab"] = self._lab()
        return view

    def _lab(self) -> dict[str, Any]:
        setting = self.setting
        now, bend = respond(setting), gaming_starts(setting)
        grid = [step / 6 for step in range(25)]
        grid = sorted({*grid, bend}) if bend <= grid[-1] else grid
        line = sweep(setting, grid)
        return {
            "sliders": [
                {"id": name, "value": self._steps[name], "min": low, "max": high, "per": per}
                for name, (per, low, high) in SLIDERS.items()
            ],
            "pressure": setting.pressure,
            "deterrent": setting.deterrent,
            "starts": bend,
            "curve": [[p, r.measured, r.value] for p, r in zip(grid, line, strict=True)],
            "now": {
                "genuine": now.genuine,
                "gaming": now.gaming,
                "measured": now.measured,
                "value": now.value,
            },
            "words": self._in_words(),
            "rows": [_row(name, text, s, setting) for name, text, s in words.ROWS],
            "guardrail": words.GUARDRAIL,
            "people": words.PEOPLE.view(self._answers.get("people")),
            "designs": [_design(text, s) for text, s in words.DESIGNS]
            if "people" in self._answers
            else None,
            "whose": list(words.WHOSE),
            "mechanisms": [
                {"name": m.name, "what": m.what, "example": m.example, "here": m.shown_by}
                for m in MECHANISMS
            ],
        }

    def _in_words(self) -> str:
        slope = slopes(self.setting)
        more = "rise" if slope.value > 0 else "fall"
        return (
            f"{respond(self.setting).in_words} Gaming starts at a pressure of "
            f"{gaming_starts(self.setting):.2f}. With a little more pressure the measure would "
            f"rise by {slope.measured:.2f} for each point, and the value {more} by "
            f"{abs(slope.value):.2f}."
        )

    def _luck_view(self) -> dict[str, Any]:
        view: dict[str, Any] = {
            "luck": words.LUCK.view(self._answers.get("luck")),
            "assumptions": list(PICKING_ASSUMPTIONS),
            "draw": None,
        }
        if "luck" in self._answers:
            view["draw"] = self._draw_view()
        return view

    def _draw_view(self) -> dict[str, Any]:
        expected = expected_pick(TEAMS)
        rounds = [candidates(Random(seed), TEAMS) for seed in self._seeds]  # noqa: S311
        best = [max(teams, key=lambda t: t.measured) for teams in rounds]
        return {
            "expected": {"measured": expected.measured, "value": expected.value},
            "rounds": len(rounds),
            "mean": {
                "measured": sum(b.measured for b in best) / len(best),
                "value": sum(b.value for b in best) / len(best),
            }
            if best
            else None,
            "teams": [
                [t.measured, t.value]
                for t in sorted(rounds[-1], key=lambda t: t.measured, reverse=True)
            ]
            if rounds
            else [],
        }

    def summary(self) -> str:
        """The setting and what comes of it, or the draws so far."""
        if self._tab == "luck":
            count = len(self._seeds)
            return (
                f"Luck in the best of {TEAMS}: {count} {'draw' if count == 1 else 'draws'} so far."
            )
        if "predict" not in self._answers:
            return "Pressure on a measure: predict first, then see."
        s = self.setting
        return f"Pressure on a measure: pressure {s.pressure:.2f}. {respond(s).in_words}"

    # -- messages --------------------------------------------------------------------------------

    def on_set(self, message: Message) -> None:
        """Move a slider to one of its steps."""
        name = choice_in(message, "field", SLIDERS)
        _, low, high = SLIDERS[name]
        self._steps[name] = round(number_in(message, "value", low=low, high=high))
        self.say(respond(self.setting).in_words)
        self._keep()

    def on_row(self, message: Message) -> None:
        """Set all sliders to one of the settings of the table."""
        wanted = choice_in(message, "row", [name for name, _, _ in words.ROWS])
        setting = next(s for name, _, s in words.ROWS if name == wanted)
        for name, (per, _, _) in SLIDERS.items():
            self._steps[name] = round(getattr(setting, name) * per)
        self.say(respond(self.setting).in_words)
        self._keep()

    def on_draw(self, _message: Message) -> None:
        """Draw twenty teams and pick the best."""
        if "luck" not in self._answers:
            raise AnswerError("Say first what you expect, then draw.")
        if len(self._seeds) >= MAX_ROUNDS:
            raise AnswerError(f"{MAX_ROUNDS} draws are enough to see it. Start the draws afresh.")
        self._seeds.append(self._rng.randrange(2**32))
        seen = self._draw_view()
        mean, best = seen["mean"], seen["teams"][0]
        self.say(
            f"The best shows {best[0]:+.2f} and is worth {best[1]:+.2f}. On average so far: "
            f"{mean['measured']:.2f} and {mean['value']:.2f}."
        )
        self._keep()

    def on_many(self, _message: Message) -> None:
        """Draw a hundred times."""
        if "luck" not in self._answers:
            raise AnswerError("Say first what you expect, then draw.")
        room = min(100, MAX_ROUNDS - len(self._seeds) - 1)
        self._seeds += [self._rng.randrange(2**32) for _ in range(max(0, room - 1))]
        self.on_draw({})

    def on_afresh(self, _message: Message) -> None:
        """Forget the draws."""
        self._seeds = []
        self.say("The draws start afresh.")
        self._keep()

    # -- drafts ----------------------------------------------------------------------------------

    def _keep(self) -> None:
        self._journal.save_draft(
            DRAFT,
            {
                "tab": self._tab,
                "steps": self._steps,
                "answers": self._answers,
                "seeds": self._seeds,
            },
        )

    def _restore(self, draft: dict[str, Any] | None) -> None:
        """Take over what a draft says, as far as it fits the sliders of today."""
        if not isinstance(draft, dict):
            return
        if draft.get("tab") in TABS:
            self._tab = str(draft["tab"])
        self._answers = known_answers(words.ASKS, draft.get("answers"))
        steps, seeds = draft.get("steps"), draft.get("seeds")
        for name, (_, low, high) in SLIDERS.items():
            step = steps.get(name) if isinstance(steps, dict) else None
            if type(step) is int and low <= step <= high:
                self._steps[name] = step
        if isinstance(seeds, list):
            self._seeds = [s for s in seeds[:MAX_ROUNDS] if type(s) is int and s >= 0]


def _row(name: str, text: str, row: Setting, now: Setting) -> dict[str, Any]:
    there = respond(row)
    return {
        "id": name,
        "text": text,
        "measured": round(there.measured, 3),
        "value": round(there.value, 3),
        "gaming": round(there.gaming, 3),
        "here": (row.pressure, row.interest, row.deterrent)
        == (now.pressure, now.interest, now.deterrent),
    }


def _design(text: str, setting: Setting) -> dict[str, Any]:
    there = respond(setting)
    return {
        "text": text,
        "genuine": there.genuine,
        "gaming": there.gaming,
        "words": f"measure {there.measured:g}, value {there.value:g}",
    }
