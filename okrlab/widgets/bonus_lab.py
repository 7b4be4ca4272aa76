"""BonusLab: six sales engineers, a paid KPI, an OKR, and where the hours go."""

from __future__ import annotations

from typing import Any

from okrlab.assessment.journal import Journal
from okrlab.simulation.bonus import (
    ASSUMPTIONS,
    HOURS,
    SIX_ENGINEERS,
    TARGET_ASSUMPTIONS,
    Outlook,
    Pay,
    by_bonus,
    outlook,
    remedies,
    sandbag,
    split,
    team,
)
from okrlab.widgets import _bonus_words as words
from okrlab.widgets._asks import known_answers
from okrlab.widgets._lab import LabWidget
from okrlab.widgets.base import Message, choice_in, css, esm, number_in
from okrlab.widgets.words import number_word, sentence

DRAFT = "bonus"
TABS = ("week", "target")

SLIDERS: dict[str, tuple[int, int, int]] = {
    "bonus_kpi": (4, 0, 16),
    "coupling": (8, 0, 8),
    "bonus_okr": (4, 0, 16),
    "target": (20, 2, 34),
}
"""For each slider: steps for one point, first and last step."""

START = {"bonus_kpi": 12, "coupling": 0, "bonus_okr": 0, "target": 20}
PAY = ("bonus_kpi", "coupling", "bonus_okr")
TARGETS = tuple(step / 20 for step in range(2, 35))
"""To choose from, as multiples of the target that draws out most."""


class BonusLab(LabWidget):
    """Two tabs: where the week goes under a bonus, and which target a bonus picks.

    Each begins with a question to predict by; pictures and sliders appear with the answer. Nothing
    is graded; settings and answers are kept.

    Args:
        journal: where they are kept.
    """

    _esm = esm("bonus_lab", "chart", "ask", "lab")
    _css = css("bonus_lab", "chart", "ask", "lab")
    tabs = TABS
    asks = words.ASKS

    def __init__(self, journal: Journal) -> None:
        super().__init__(journal)
        self._journal = journal
        self._steps = dict(START)
        self._design = ""
        self._restore(journal.draft(DRAFT))
        self.refresh()

    @property
    def pay(self) -> Pay:
        """What the sliders say about the pay."""
        return Pay(**{name: self._steps[name] / SLIDERS[name][0] for name in PAY})

    @property
    def target(self) -> float:
        """The target on its slider; 1 is the one that draws out most."""
        return self._steps["target"] / SLIDERS["target"][0]

    # -- what the browser sees -------------------------------------------------------------------

    def build_view(self) -> dict[str, Any]:
        """The question; with its answer the picture, in numbers and in words."""
        return {
            "label": "A bonus and an OKR",
            "tab": self._tab,
            **(self._week_view() if self._tab == "week" else self._target_view()),
        }

    def _week_view(self) -> dict[str, Any]:
        return {
            "case": words.CASE,
            "predict": words.PREDICT.view(self._answers.get("predict")),
            "assumptions": list(ASSUMPTIONS),
            "lab": self._lab() if "predict" in self._answers else None,
        }

    def _lab(self) -> dict[str, Any]:
        pay = self.pay
        grid = [step / 4 for step in range(17)]
        return {
            "sliders": [self._slider(name) for name in PAY],
            "hours": HOURS,
            "bonus": pay.bonus_kpi,
            "share": split(pay).share_kpi,
            "words": self._in_words(),
            "people": [
                {"name": e.name, "cares": e.value_okr, "kpi": hours.kpi, "okr": hours.okr}
                for e, hours in zip(SIX_ENGINEERS, team(pay), strict=True)
            ],
            "curve": [[b, h.share_kpi] for b, h in zip(grid, by_bonus(pay, grid), strict=True)],
            "rows": [_row(name, text, p, pay) for name, text, p in words.ROWS],
            "decide": words.DECIDE,
            "choice": self._design or None,
            "designs": self._designs(),
            "frame": words.FRAME,
        }

    def _designs(self) -> list[dict[str, Any]]:
        """The three ways; what each does and costs only when one of them is chosen."""
        ways = remedies(Pay(bonus_kpi=3))
        return [
            {
                "id": r.name,
                "title": words.REMEDY_TITLES[r.name],
                "what": r.what,
                "share": r.hours.share_kpi if self._design else None,
                "catch": r.catch if self._design else None,
            }
            for r in ways
            if self._design or r.name != "as it is"
        ]

    def _in_words(self) -> str:
        mine, hours = split(self.pay), team(self.pay)
        most = sum(h.kpi > h.okr for h in hours)
        return (
            f"Who cares for both alike gives {100 * mine.share_kpi:.1f} % of the week to the KPI: "
            f"{mine.in_words.split(':')[0]}. {sentence(number_word(most))} of the six "
            "give it more than half."
        )

    def _slider(self, name: str) -> dict[str, Any]:
        per, low, high = SLIDERS[name]
        return {"id": name, "value": self._steps[name], "min": low, "max": high, "per": per}

    def _target_view(self) -> dict[str, Any]:
        return {
            "ask": words.TARGET.view(self._answers.get("target")),
            "assumptions": list(TARGET_ASSUMPTIONS),
            "targets": self._targets() if "target" in self._answers else None,
        }

    def _targets(self) -> dict[str, Any]:
        choice = sandbag(TARGETS)
        return {
            "slider": self._slider("target"),
            "curve": [[o.target, o.gain, o.chance] for o in map(outlook, TARGETS)],
            "now": _outlook(outlook(self.target)),
            "for_bonus": _outlook(choice.for_bonus),
            "for_gain": _outlook(choice.for_gain),
            "lost": choice.lost,
            "words": _told(outlook(self.target)),
        }

    def summary(self) -> str:
        """The setting and what comes of it."""
        if self._tab == "target":
            if "target" not in self._answers:
                return "A bonus for hitting a target: predict first, then see."
            return f"A bonus for hitting a target. {_told(outlook(self.target))}"
        if "predict" not in self._answers:
            return "A bonus and an OKR: predict first, then see."
        return f"A bonus and an OKR, with a bonus of {self.pay.bonus_kpi:g}. {self._in_words()}"

    # -- messages --------------------------------------------------------------------------------

    def on_set(self, message: Message) -> None:
        """Move a slider to one of its steps."""
        name = choice_in(message, "field", SLIDERS)
        _, low, high = SLIDERS[name]
        self._steps[name] = round(number_in(message, "value", low=low, high=high))
        self.say(_told(outlook(self.target)) if name == "target" else split(self.pay).in_words)
        self._keep()

    def on_row(self, message: Message) -> None:
        """Set the sliders of the pay to one of the settings of the table."""
        wanted = choice_in(message, "row", [name for name, _, _ in words.ROWS])
        pay = next(p for name, _, p in words.ROWS if name == wanted)
        for name in PAY:
            self._steps[name] = round(getattr(pay, name) * SLIDERS[name][0])
        self.say(split(self.pay).in_words)
        self._keep()

    def on_decide(self, message: Message) -> None:
        """Choose one of the three ways; none is right."""
        ways = {r.name: r for r in remedies(Pay(bonus_kpi=3)) if r.name != "as it is"}
        self._design = choice_in(message, "design", ways)
        chosen = ways[self._design]
        self.say(
            f"{words.REMEDY_TITLES[self._design]}. {chosen.hours.in_words} Mind: {chosen.catch}"
        )
        self._keep()

    # -- drafts ----------------------------------------------------------------------------------

    def _keep(self) -> None:
        self._journal.save_draft(
            DRAFT,
            {
                "tab": self._tab,
                "steps": self._steps,
                "answers": self._answers,
                "design": self._design,
            },
        )

    def _restore(self, draft: dict[str, Any] | None) -> None:
        """Take over what a draft says, as far as it fits the sliders of today."""
        if not isinstance(draft, dict):
            return
        if draft.get("tab") in TABS:
            self._tab = str(draft["tab"])
        if draft.get("design") in ("decouple", "couple", "pay both"):
            self._design = str(draft["design"])
        self._answers = known_answers(words.ASKS, draft.get("answers"))
        steps = draft.get("steps")
        for name, (_, low, high) in SLIDERS.items():
            step = steps.get(name) if isinstance(steps, dict) else None
            if type(step) is int and low <= step <= high:
                self._steps[name] = step


def _row(name: str, text: str, row: Pay, now: Pay) -> dict[str, Any]:
    return {"id": name, "text": text, "share": split(row).share_kpi, "here": row == now}


def _outlook(seen: Outlook) -> dict[str, float]:
    return {
        "target": seen.target,
        "gain": seen.gain,
        "attainment": seen.attainment,
        "chance": seen.chance,
    }


def _told(seen: Outlook) -> str:
    return (
        f"Target {seen.target:.2f}: {seen.gain:.2f} is gained, an attainment of "
        f"{seen.attainment:.2f}; the chance of hitting it is {100 * seen.chance:.0f} %."
    )
