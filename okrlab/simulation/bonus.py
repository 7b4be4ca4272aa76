"""Where the hours go when one thing is paid and another is asked for.

A team has 40 hours a week for a KPI and an OKR. With each further hour an hour brings less:

    maximise  BK·√tK + BO·√tO   with  tK + tO = hours
    BK = vK + b                                what an hour for the KPI is worth to people
    BO = vO + bO + γ·(vK + b)                  what an hour for the OKR is worth to people

The share of hours for the KPI is BK²/(BK² + BO²). The occasion is a podcast in which six sales
engineers, asked to work on OKRs beside a paid KPI, all chose the bonus; the model and its numbers
are ours.

The second part is about the target itself, when a bonus is paid for hitting it: see `outlook`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from okrlab.errors import ModelError
from okrlab.model._numbers import number

ASSUMPTIONS: tuple[str, ...] = (
    "This is a toy that shows a mechanism, not evidence about your team.",
    "Everybody splits the week so that it is worth most to themselves.",
    "Without a bonus the KPI and the OKR are worth the same to people, unless you change it.",
    "The first hours on a thing bring more than the later ones.",
    "A bonus is counted in the same points as the interest in the work. The points have no unit.",
    "Coupling means that work on the OKR also moves the paid KPI, because the OKR was chosen so "
    "that it does.",
)

TARGET_ASSUMPTIONS: tuple[str, ...] = (
    "This is a toy that shows a mechanism, not evidence for 0.7 as the right attainment.",
    "A harder target draws out more, up to a point. Beyond that point people lose heart.",
    "How much is gained is a curve that we chose. The 0.67 at its top follows from that choice.",
    "The result varies by luck around what is expected, by a bell curve.",
    "The bonus is paid in full when the target is hit, and not at all otherwise.",
)

HOURS = 40.0
"""Hours in a week."""

MOST = 1_000_000.0


@dataclass(frozen=True)
class Pay:
    """What people get out of an hour for the KPI and out of one for the OKR; points, at least 0.

    Attributes:
        value_kpi: vK, how much people care for the KPI without money.
        value_okr: vO, how much they care for the OKR without money.
        bonus_kpi: b, the bonus on the KPI.
        bonus_okr: bO, the bonus on the OKR.
        coupling: γ, the share of the KPI's worth that work on the OKR earns too, 0 to 1.

    Raises:
        ModelError: one of them lies outside its range, or nothing is worth anything.
    """

    value_kpi: float = 1.0
    value_okr: float = 1.0
    bonus_kpi: float = 0.0
    bonus_okr: float = 0.0
    coupling: float = 0.0

    def __post_init__(self) -> None:
        number("the interest in the KPI", self.value_kpi, least=0, most=MOST)
        number("the interest in the OKR", self.value_okr, least=0, most=MOST)
        number("the bonus on the KPI", self.bonus_kpi, least=0, most=MOST)
        number("the bonus on the OKR", self.bonus_okr, least=0, most=MOST)
        number("the coupling", self.coupling, least=0, most=1)
        if self.worth_kpi == 0 and self.worth_okr == 0:
            raise ModelError(
                "Neither the KPI nor the OKR is worth anything to people here, so nothing decides "
                "where their hours go. Give one of them some interest or a bonus."
            )

    @property
    def worth_kpi(self) -> float:
        """BK, what work on the KPI is worth to people, in points."""
        return self.value_kpi + self.bonus_kpi

    @property
    def worth_okr(self) -> float:
        """BO, what work on the OKR is worth to people, in points."""
        return self.value_okr + self.bonus_okr + self.coupling * self.worth_kpi


@dataclass(frozen=True)
class Hours:
    """Where the week goes, in hours."""

    kpi: float
    okr: float

    @property
    def share_kpi(self) -> float:
        """The share of the week that goes to the KPI, 0 to 1."""
        return self.kpi / (self.kpi + self.okr)

    @property
    def in_words(self) -> str:
        """The week as a sentence."""
        return (
            f"{self.kpi:.1f} hours a week for the KPI, {self.okr:.1f} for the OKR: "
            f"{100 * self.share_kpi:.0f} % for the KPI."
        )


def split(pay: Pay, hours: float = HOURS) -> Hours:
    """The split of the week that is worth most to people.

    Args:
        pay: what they get out of either.
        hours: in the week, above 0.

    Raises:
        ModelError: `hours` is not above 0.

    >>> split(Pay(bonus_kpi=1)).share_kpi
    0.8
    """
    total = number("the hours", hours, above=0, most=MOST)
    # Scaled by the larger one, so that tiny worths do not vanish when squared.
    largest = max(pay.worth_kpi, pay.worth_okr)
    kpi, okr = (pay.worth_kpi / largest) ** 2, (pay.worth_okr / largest) ** 2
    return Hours(total * kpi / (kpi + okr), total * okr / (kpi + okr))


def worth(pay: Pay, hours: Hours) -> float:
    """What a split is worth to people, in points times the root of hours."""
    return pay.worth_kpi * math.sqrt(hours.kpi) + pay.worth_okr * math.sqrt(hours.okr)


def by_bonus(pay: Pay, bonuses: Iterable[float]) -> tuple[Hours, ...]:
    """The weeks under several bonuses on the KPI, in points, with all else as in `pay`.

    Raises:
        ModelError: a bonus is below 0 or no finite number.
    """
    return tuple(split(replace(pay, bonus_kpi=b)) for b in bonuses)


@dataclass(frozen=True)
class Remedy:
    """A way to reconcile pay and focus, and what it does to the week.

    Attributes:
        name: "as it is", "decouple", "couple" or "pay both".
        pay: what people get out of either then.
        hours: where the week goes then.
        what: what is done.
        catch: what to mind about it.
    """

    name: str
    pay: Pay
    hours: Hours
    what: str
    catch: str


def remedies(pay: Pay, *, coupling: float = 0.5) -> tuple[Remedy, ...]:
    """The week as it is, and under three ways to reconcile the bonus with the OKR.

    Args:
        pay: with the bonus on the KPI.
        coupling: γ for the way that couples the two, 0 to 1.

    Raises:
        ModelError: `coupling` lies outside its range, or nothing is worth anything without the
            bonus.
    """
    ways = (
        (
            "as it is",
            pay,
            "The KPI is paid and the OKR is asked for.",
            "The money sets the priority, whatever the slides say.",
        ),
        (
            "decouple",
            replace(pay, bonus_kpi=0.0, bonus_okr=0.0),
            "No bonus hangs on either figure.",
            "Pay must come from something else, and people must trust it.",
        ),
        (
            "couple",
            replace(pay, coupling=coupling),
            "The OKR is chosen so that reaching it also moves the paid KPI.",
            "The KPI still gets most hours, and not every good objective moves a paid KPI.",
        ),
        (
            "pay both",
            replace(pay, bonus_okr=pay.bonus_kpi),
            "The OKR earns the same bonus as the KPI.",
            "People will then pick easy targets for the OKR.",
        ),
    )
    return tuple(Remedy(name, p, split(p), what, catch) for name, p, what, catch in ways)


@dataclass(frozen=True)
class Engineer:
    """One of the team, who cares for the OKR as much as `value_okr` says, in points."""

    name: str
    value_okr: float


SIX_ENGINEERS: tuple[Engineer, ...] = (
    Engineer("Ada", 0.6),
    Engineer("Ben", 0.8),
    Engineer("Chi", 1.0),
    Engineer("Dev", 1.0),
    Engineer("Eva", 1.2),
    Engineer("Filip", 1.4),
)
"""Six sales engineers; names and figures are invented."""


def team(pay: Pay, engineers: Sequence[Engineer] = SIX_ENGINEERS) -> tuple[Hours, ...]:
    """The week of each engineer, in their order.

    Raises:
        ModelError: an engineer's interest lies below 0.
    """
    return tuple(split(replace(pay, value_okr=e.value_okr)) for e in engineers)


@dataclass(frozen=True)
class Outlook:
    """What to expect of a target.

    Attributes:
        target: τ, the gain that is aimed at, in the measure's unit.
        gain: e, the gain that is to be expected, in the same unit.
        attainment: how far it gets, as is to be expected: e/τ, without a unit.
        chance: of hitting the target, 0 to 1.
    """

    target: float
    gain: float
    attainment: float
    chance: float


def outlook(target: float, *, sweet_spot: float = 1.0, spread: float = 0.25) -> Outlook:
    """What to expect of a target: gain e = τ - τ³/(3τm²), chance Φ((e - τ)/σ).

    The gain is highest at the sweet spot, where the attainment is 2/3. From √3 times the sweet spot
    on people give up and the gain is 0. The chance falls with every step that the target is raised.

    Args:
        target: τ, the gain aimed at, in the measure's unit, above 0.
        sweet_spot: τm, the target that draws out most, in the same unit, above 0.
        spread: σ, the standard deviation of the gain, in the same unit, above 0.

    Raises:
        ModelError: an argument is not above 0.
    """
    aim = number("the target", target, above=0, most=MOST)
    best = number("the sweet spot", sweet_spot, above=0, most=MOST)
    luck = number("the spread", spread, above=0, most=MOST)
    share = max(0.0, 1 - (aim / best) ** 2 / 3)
    gain = aim * share
    chance = math.erfc((aim - gain) / luck / math.sqrt(2)) / 2
    return Outlook(aim, gain, share, chance)


@dataclass(frozen=True)
class Choice:
    """Two choices from the same targets: for the bonus, and for the gain."""

    for_bonus: Outlook
    for_gain: Outlook

    @property
    def lost(self) -> float:
        """The gain that the bonus costs, in the measure's unit."""
        return self.for_gain.gain - self.for_bonus.gain


def sandbag(targets: Sequence[float], *, sweet_spot: float = 1.0, spread: float = 0.25) -> Choice:
    """Which target people pick when hitting it is paid, and which one would gain most.

    Args:
        targets: to choose from, in the measure's unit, each above 0.
        sweet_spot: the target that draws out most, in the same unit, above 0.
        spread: the standard deviation of the gain, in the same unit, above 0.

    Raises:
        ModelError: there is no target, or a number is not above 0.
    """
    if not targets:
        raise ModelError("There is no target to choose from. Give at least one.")
    seen = [outlook(t, sweet_spot=sweet_spot, spread=spread) for t in sorted(targets)]
    # Ties in the chance go to the easier target, so the order of `seen` matters.
    return Choice(max(seen, key=lambda o: o.chance), max(seen, key=lambda o: o.gain))
