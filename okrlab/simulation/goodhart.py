"""What pressure on a measure does: first it helps, then it harms.

People split their effort between genuine work g, which raises the measure and the value behind it,
and gaming m, which raises the measure and costs value. All quantities are points without a unit.

    V = g - h·m                                     the value that the measure stands for
    P = g + k·m                                     what the measure shows
    U = w·V + p·P - q·d·m - (g² + m²)/2             what people get out of it

Best for them is g = w + p and m = max(0, p·k - w·h - q·d). The model is ours; it follows the idea
of an agent with two tasks of which one is measured. The four mechanisms are Scott Garrabrant's.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from random import Random
from typing import Literal

from okrlab.model._numbers import number, whole

ASSUMPTIONS: tuple[str, ...] = (
    "This is a toy that shows a mechanism, not evidence about your organisation.",
    "Everybody is the same, means no harm and does what is best for themselves.",
    "People care for the value behind the measure, and the pressure makes them care for the "
    "measure.",
    "Gaming lifts the measure more than honest work does, and it costs value.",
    "Each further hour of work is harder than the one before, and so is each further hour of "
    "gaming.",
    "A guardrail makes gaming cost something, as often as it is noticed.",
    "The points have no unit. Look at the direction and the bend, not at the numbers.",
)

PICKING_ASSUMPTIONS: tuple[str, ...] = (
    "This is a toy that shows a mechanism, not evidence about your organisation.",
    "Nobody games anything here: what the measure shows is the true value plus luck.",
    "Value and luck are independent, and both follow a bell curve.",
    "You pick the one with the best figure.",
)

MOST = 1_000_000.0
"""No setting may be larger; beyond it the results say nothing more."""


@dataclass(frozen=True)
class Setting:
    """What a team is up against.

    Attributes:
        pressure: p, how much hangs on the measure, in points, at least 0.
        interest: w, how much people care for the value itself, in points, at least 0. More autonomy
            raises it.
        harm: h, the value that one unit of gaming costs, in points, at least 0.
        leverage: k, how much one unit of gaming lifts the measure, in points, at least 0.
        penalty: q, what gaming costs when the guardrail notices it, in points, at least 0.
        detection: d, the share of gaming that the guardrail notices, 0 to 1.

    Raises:
        ModelError: one of them lies outside its range.
    """

    pressure: float = 0.0
    interest: float = 1.0
    harm: float = 1.0
    leverage: float = 1.5
    penalty: float = 0.0
    detection: float = 1.0

    def __post_init__(self) -> None:
        for name in ("pressure", "interest", "harm", "leverage", "penalty"):
            number(f"the {name}", getattr(self, name), least=0, most=MOST)
        number("the detection", self.detection, least=0, most=1)

    @property
    def deterrent(self) -> float:
        """What a unit of gaming is expected to cost because of the guardrail: q·d, in points."""
        return self.penalty * self.detection


@dataclass(frozen=True)
class Response:
    """What people do in a setting, and what comes of it; all in points.

    Attributes:
        genuine: g, the effort that goes into the work.
        gaming: m, the effort that goes into the measure only.
        measured: P, what the measure shows.
        value: V, what it stands for.
    """

    genuine: float
    gaming: float
    measured: float
    value: float

    @property
    def gap(self) -> float:
        """By how much the measure flatters, in points."""
        return self.measured - self.value

    @property
    def in_words(self) -> str:
        """The response as a sentence."""
        seen = f"The measure shows {self.measured:.2f}, the value is {self.value:.2f}"
        if self.gaming == 0:
            return f"{seen}. Nobody games: it would cost more than it brings."
        return f"{seen}. {self.gaming:.2f} of the effort goes into gaming the measure."


def respond(setting: Setting) -> Response:
    """What is best for people in this setting, and what comes of it.

    >>> respond(Setting(pressure=2))
    Response(genuine=3.0, gaming=2.0, measured=6.0, value=1.0)
    """
    genuine = float(setting.interest + setting.pressure)
    gaming = max(
        0.0,
        setting.pressure * setting.leverage - setting.interest * setting.harm - setting.deterrent,
    )
    return Response(
        genuine,
        gaming,
        measured=genuine + setting.leverage * gaming,
        value=genuine - setting.harm * gaming,
    )


def payoff(setting: Setting, genuine: float, gaming: float) -> float:
    """What people get out of these two efforts: U, in points."""
    value = genuine - setting.harm * gaming
    measured = genuine + setting.leverage * gaming
    effort = (genuine**2 + gaming**2) / 2
    return (
        setting.interest * value + setting.pressure * measured - setting.deterrent * gaming - effort
    )


def gaming_starts(setting: Setting) -> float:
    """The pressure above which gaming pays: (w·h + q·d)/k, in points.

    Infinite when gaming cannot lift the measure. The setting's own pressure plays no part.
    """
    cost = setting.interest * setting.harm + setting.deterrent
    return cost / setting.leverage if setting.leverage > 0 else math.inf


@dataclass(frozen=True)
class Slopes:
    """What one more point of pressure does, in points: to the measure, and to the value."""

    measured: float
    value: float


def slopes(setting: Setting) -> Slopes:
    """What one more point of pressure does from here.

    Up to the pressure at which gaming starts, both rise by 1. Beyond it the measure rises by
    1 + k², the value by 1 - h·k, which is a loss when h·k > 1.
    """
    if setting.pressure < gaming_starts(setting):
        return Slopes(1.0, 1.0)
    return Slopes(1 + setting.leverage**2, 1 - setting.harm * setting.leverage)


def sweep(setting: Setting, pressures: Iterable[float]) -> tuple[Response, ...]:
    """The responses to several pressures, in points, with all else as in `setting`.

    Raises:
        ModelError: a pressure is below 0 or no finite number.
    """
    return tuple(respond(replace(setting, pressure=p)) for p in pressures)


@dataclass(frozen=True)
class Pick:
    """The best of several by their measure; its true value and what the measure showed."""

    measured: float
    value: float


def expected_maximum(count: int) -> float:
    """The mean of the largest of `count` independent standard normal numbers.

    The integral of 1 - Φ(x)^n - (1 - Φ(x))^n over x ≥ 0, by Simpson's rule; right to ten places.

    Raises:
        ModelError: `count` is not from 1 to a million.

    >>> round(expected_maximum(20), 4)
    1.8675
    """
    whole("the number to pick from", count, least=1, most=1_000_000)
    steps, end = 4_000, 12.0
    width = end / steps

    def height(x: float) -> float:
        upper = math.erfc(x / math.sqrt(2)) / 2
        return -math.expm1(count * math.log1p(-upper)) - upper**count

    odd = math.fsum(height(i * width) for i in range(1, steps, 2))
    even = math.fsum(height(i * width) for i in range(2, steps, 2))
    return (height(0.0) + 4 * odd + 2 * even + height(end)) * width / 3


def expected_pick(count: int = 20, *, value_spread: float = 1.0, luck_spread: float = 1.0) -> Pick:
    """The best of `count` by a measure P = V + luck: what to expect of P and of V.

    E[P] = E[max]·√(σV² + σε²), and E[V] is the share σV²/(σV² + σε²) of it.

    Args:
        count: how many there are to pick from, 1 to a million.
        value_spread: σV, the standard deviation of the true values, in points, above 0.
        luck_spread: σε, the standard deviation of the luck, in points, at least 0.

    Raises:
        ModelError: an argument lies outside its range.
    """
    own, luck = _spreads(value_spread, luck_spread)
    both = own**2 + luck**2
    measured = expected_maximum(count) * math.sqrt(both)
    return Pick(measured, measured * own**2 / both)


def candidates(
    rng: Random, count: int = 20, *, value_spread: float = 1.0, luck_spread: float = 1.0
) -> tuple[Pick, ...]:
    """Draw `count` values and their luck: what each is worth, and what the measure shows of it.

    Args:
        rng: where chance comes from; seed it to get the same draw again.
        count: how many there are to pick from, 1 to a million.
        value_spread: standard deviation of the true values, in points, above 0.
        luck_spread: standard deviation of the luck, in points, at least 0.

    Raises:
        ModelError: an argument lies outside its range.
    """
    whole("the number to pick from", count, least=1, most=1_000_000)
    own, luck = _spreads(value_spread, luck_spread)

    def one() -> Pick:
        value = rng.gauss(0.0, own)
        return Pick(value + rng.gauss(0.0, luck), value)

    return tuple(one() for _ in range(count))


def pick_best(
    rng: Random, count: int = 20, *, value_spread: float = 1.0, luck_spread: float = 1.0
) -> Pick:
    """Draw as `candidates` does, and pick the best by the measure.

    Raises:
        ModelError: an argument lies outside its range.
    """
    drawn = candidates(rng, count, value_spread=value_spread, luck_spread=luck_spread)
    return max(drawn, key=lambda pick: pick.measured)


def _spreads(value_spread: float, luck_spread: float) -> tuple[float, float]:
    return (
        number("the spread of the values", value_spread, above=0, most=MOST),
        number("the spread of the luck", luck_spread, least=0, most=MOST),
    )


@dataclass(frozen=True)
class Mechanism:
    """One of the four ways in which a measure and what it stands for come apart.

    Attributes:
        name: Garrabrant's word for it.
        what: what happens.
        example: a case from business.
        shown_by: what shows it here; None when nothing does.
    """

    name: str
    what: str
    example: str
    shown_by: Literal["pressure", "picking"] | None = None


MECHANISMS: tuple[Mechanism, ...] = (
    Mechanism(
        "regressional",
        "Who has the best figure also had the best luck, so the value is less than it looks.",
        "The seller of the year is good, but next year looks more ordinary.",
        "picking",
    ),
    Mechanism(
        "extremal",
        "Measure and value go together in the usual range, and part ways far outside it.",
        "Shorter calls please customers, until a call is too short to solve anything.",
    ),
    Mechanism(
        "causal",
        "Measure and value have a common cause, so pushing the measure itself does nothing.",
        "Loyal customers open the newsletter. Sending twice as many makes nobody loyal.",
    ),
    Mechanism(
        "adversarial",
        "Somebody gains when the measure looks good, and finds a way that is not the value.",
        "A call is ended and opened again, so that its length looks right.",
        "pressure",
    ),
)
"""Scott Garrabrant, "Goodhart Taxonomy" (2017); the wording and the examples are ours."""
