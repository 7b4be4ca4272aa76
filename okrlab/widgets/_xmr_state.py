"""What XmrChart remembers: the values, where the locked limits come from, and steps back."""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass, field
from typing import Any

from okrlab.content.series import Series
from okrlab.errors import OkrlabError
from okrlab.model.xmr import Signal, XmrLimits, signals, xmr_limits
from okrlab.model.xmr.limits import Spread
from okrlab.model.xmr.rules import Rules

Values = tuple[float | None, ...]

MOST_STEPS = 200
"""How many steps can be taken back."""

LARGEST = 1e12
"""No value, target or band may be larger than this."""


@dataclass(frozen=True)
class Moment:
    """The values, and what the limits were computed from: values as they stood, and which points.

    `start` is the position of the first point of the baseline, `stop` that after its last.
    """

    values: Values
    frozen: Values
    start: int
    stop: int


@dataclass
class XmrState:
    """A chart in a learner's hands.

    Attributes:
        series: the original data.
        spread: how the limits are computed.
        screen: whether wild steps are left out of the spread.
        now: values and limits as they stand.
        rules: by whose rules signals are told.
        target: the value somebody wants to reach.
        lower: lower edge of the band.
        upper: upper edge of the band.
    """

    series: Series
    spread: Spread = "mean"
    screen: bool = False
    rules: Rules = "wheeler"
    now: Moment = field(init=False)
    target: float | None = field(init=False)
    lower: float | None = field(init=False)
    upper: float | None = field(init=False)
    _past: list[Moment] = field(init=False, default_factory=list)
    _moving: int | None = field(init=False, default=None)
    _asked: Rules = field(init=False)

    def __post_init__(self) -> None:
        self._asked = self.rules  # by the notebook; changing it there beats a draft
        self.now = self.original
        signals(self.numbers, self.limits, rules=self.rules)  # refuses unknown words at once
        self.target = self.series.target
        band = self.series.band
        self.lower, self.upper = (band.lower, band.upper) if band else (None, None)

    @property
    def original(self) -> Moment:
        """The data and limits that the chart began with."""
        values = self.series.values
        return Moment(values, values, 0, self.series.baseline or len(values))

    @property
    def limits(self) -> XmrLimits:
        """The locked limits."""
        return self._limits_of(self.now)

    def _limits_of(self, moment: Moment) -> XmrLimits:
        return xmr_limits(
            _gaps(moment.frozen),
            baseline=slice(moment.start, moment.stop),
            spread=self.spread,
            screen=self.screen,
        )

    @property
    def numbers(self) -> list[float]:
        """The values, NaN where one is missing."""
        return _gaps(self.now.values)

    @property
    def signals(self) -> list[Signal]:
        """What is a signal, against the locked limits."""
        return signals(self.numbers, self.limits, rules=self.rules)

    @property
    def stale(self) -> bool:
        """Whether points that the limits came from have been changed since."""
        now = self.now
        return now.values[now.start : now.stop] != now.frozen[now.start : now.stop]

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return bool(self._past)

    # -- steps -----------------------------------------------------------------------------------

    def put(self, index: int, value: float | None) -> bool:
        """Change one point; whether that changed anything. Limits stay as they are.

        Changes of the same point in a row are one step back.
        """
        if self.now.values[index] == value:
            return False
        values = (*self.now.values[:index], value, *self.now.values[index + 1 :])
        if self._moving != index:
            self._remember()
        self._moving = index
        self.now = Moment(values, self.now.frozen, self.now.start, self.now.stop)
        return True

    def compute(self, start: int, stop: int) -> None:
        """Compute limits anew, from the points from `start` until before `stop` as they stand now.

        Raises:
            ModelError: no two values follow one another there; nothing is changed then.
        """
        then = Moment(self.now.values, self.now.values, start, stop)
        self._limits_of(then)
        if then != self.now:
            self._remember()
        self.now = then

    def reset(self) -> None:
        """Back to the original data and limits; can be taken back."""
        if self.now != self.original:
            self._remember()
        self.now = self.original

    def undo(self) -> None:
        """Take the last step back."""
        if self._past:
            self.now = self._past.pop()
        self._moving = None

    def _remember(self) -> None:
        self._past = [*self._past[1 - MOST_STEPS :], self.now]
        self._moving = None

    # -- drafts ----------------------------------------------------------------------------------

    @property
    def fingerprint(self) -> str:
        """Tells to which data a draft belongs."""
        original = self.original
        told = repr((original.values, original.stop, self.spread, self.screen))
        return hashlib.sha256(told.encode()).hexdigest()[:16]

    def draft(self) -> dict[str, Any]:
        """As plain JSON data."""
        return {
            "values": list(self.now.values),
            "frozen": list(self.now.frozen),
            "start": self.now.start,
            "stop": self.now.stop,
            "asked": self._asked,
            "rules": self.rules,
            "target": self.target,
            "lower": self.lower,
            "upper": self.upper,
        }

    def restore(self, draft: dict[str, Any] | None) -> None:
        """Go on where a draft of the same data was left, as far as it is sound."""
        if not isinstance(draft, dict):
            return
        values, frozen = self._row(draft.get("values")), self._row(draft.get("frozen"))
        start, stop = draft.get("start"), draft.get("stop")
        if values and frozen and isinstance(start, int) and isinstance(stop, int):
            then = Moment(values, frozen, start, stop)
            if 0 <= start < stop <= len(values) and self._sound(then):
                self.now = then
        if draft.get("rules") in ("wheeler", "nhs") and draft.get("asked") == self._asked:
            self.rules = draft["rules"]
        if all(draft.get(n) is None or _finite(draft.get(n)) for n in ("target", "lower", "upper")):
            self.set_wishes(draft.get("target"), draft.get("lower"), draft.get("upper"))

    def set_wishes(self, target: float | None, lower: float | None, upper: float | None) -> bool:
        """Set target and band; refused (False) when the band's edges are the wrong way round."""
        if lower is not None and upper is not None and lower >= upper:
            return False
        self.target, self.lower, self.upper = target, lower, upper
        return True

    def _sound(self, moment: Moment) -> bool:
        try:
            self._limits_of(moment)
        except OkrlabError:
            return False
        return True

    def _row(self, data: object) -> Values | None:
        if not isinstance(data, list) or len(data) != len(self.series.values):
            return None
        if not all(v is None or _finite(v) for v in data):
            return None
        return tuple(None if v is None else float(v) for v in data)


def _gaps(values: Values) -> list[float]:
    return [math.nan if v is None else v for v in values]


def _finite(value: object) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return math.isfinite(value) and abs(value) <= LARGEST
