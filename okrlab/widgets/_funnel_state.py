"""What FunnelLab remembers: the sliders, the guess, and which experiments chance has dealt."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, fields, replace
from typing import Any, Literal, get_args

from okrlab.simulation.funnel import Funnel, Ramp

First = Literal["leads", "opportunities", "revenue", "together"]
FIRSTS: tuple[First, ...] = get_args(First)

LARGEST_GUESS = 10_000.0
"""In percent."""

VISITORS = (500, 2_500, 10_000)
"""In each half of an experiment: how many there may be."""

LAST_SEED = 2**31


@dataclass(frozen=True)
class Slider:
    """A setting that can be moved: its words and its range."""

    name: str
    label: str
    unit: str
    low: float
    high: float
    step: float


SLIDERS: tuple[Slider, ...] = (
    Slider("target", "Conversion in the end", "%", 1, 16, 0.5),
    Slider("start", "The change begins after week", "", 1, 12, 1),
    Slider("ramp", "How long the change takes", "weeks", 1, 20, 1),
    Slider("opportunity", "From lead to opportunity", "weeks", 0, 12, 1),
    Slider("deal", "From opportunity to revenue", "weeks", 0, 26, 1),
)


@dataclass(frozen=True)
class Settings:
    """Where the sliders stand: conversion in percent, all others in weeks."""

    target: float = 8.0
    start: float = 3
    ramp: float = 7
    opportunity: float = 2
    deal: float = 6

    @property
    def funnel(self) -> Funnel:
        """Rates and delays."""
        return Funnel(weeks_to_opportunity=int(self.opportunity), weeks_to_deal=int(self.deal))

    @property
    def conversion(self) -> Ramp:
        """The conversion by week."""
        return Ramp(
            end=self.target / 100,
            first_week=int(self.start),
            last_week=int(self.start + self.ramp),
        )

    def moved(self, name: str, value: float) -> Settings:
        """The same with one slider elsewhere: bounded, and on a step of the slider."""
        slider = next(s for s in SLIDERS if s.name == name)
        stepped = round(value / slider.step) * slider.step
        return replace(self, **{name: min(slider.high, max(slider.low, stepped))})


@dataclass(frozen=True)
class Guess:
    """What the learner expected before seeing it: what moves first, growth in quarter 1 in %."""

    first: First
    leads: float
    revenue: float


@dataclass
class FunnelState:
    """A lab in a learner's hands.

    Attributes:
        settings: the sliders.
        guess: what was expected; None hides the results.
        guessed: the settings that the guess was for.
        seed: of the next experiment.
        trial: the seed of the single experiment that is shown.
        truth: whether it is shown what nobody can see in life.
        many: the seed of the repeated experiment that is shown.
        works: whether the repeated idea works.
        visitors: in each half of an experiment.
        programme: the seed of the eight ideas that are shown.
    """

    settings: Settings = field(default_factory=Settings)
    guess: Guess | None = None
    guessed: Settings = field(default_factory=Settings)
    seed: int = 1
    trial: int | None = None
    truth: bool = False
    many: int | None = None
    works: bool = False
    visitors: int = VISITORS[1]
    programme: int | None = None

    def next_seed(self) -> int:
        """A seed that no experiment has had yet."""
        self.seed = self.seed % LAST_SEED + 1
        return self.seed

    def draft(self) -> dict[str, Any]:
        """As plain JSON data."""
        plain = {f.name: getattr(self, f.name) for f in fields(self)}
        for name in ("settings", "guessed", "guess"):
            plain[name] = dict(vars(plain[name])) if plain[name] is not None else None
        return plain

    def restore(self, draft: dict[str, Any] | None) -> None:
        """Go on where a draft was left, as far as it is sound."""
        if not isinstance(draft, dict):
            return
        self.settings = _settings(draft.get("settings"))
        self.guessed = _settings(draft.get("guessed"))
        self.guess = _guess(draft.get("guess"))
        self.seed = _seed(draft.get("seed")) or self.seed
        for name in ("trial", "many", "programme"):
            setattr(self, name, _seed(draft.get(name)))
        self.truth, self.works = draft.get("truth") is True, draft.get("works") is True
        if draft.get("visitors") in VISITORS:
            self.visitors = draft["visitors"]


def _settings(data: object) -> Settings:
    settings = Settings()
    for slider in SLIDERS:
        value = data.get(slider.name) if isinstance(data, dict) else None
        if _number(value):
            settings = settings.moved(slider.name, value)  # type: ignore[arg-type]
    return settings


def _guess(data: object) -> Guess | None:
    if not isinstance(data, dict) or data.get("first") not in FIRSTS:
        return None
    if not (_number(data.get("leads")) and _number(data.get("revenue"))):
        return None
    return Guess(data["first"], float(data["leads"]), float(data["revenue"]))


def _seed(value: object) -> int | None:
    whole = isinstance(value, int) and not isinstance(value, bool)
    return value if whole and 0 < value <= LAST_SEED else None  # type: ignore[operator,return-value]


def _number(value: object) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return math.isfinite(value) and abs(value) <= LARGEST_GUESS
