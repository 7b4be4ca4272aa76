"""XmrChart: a process behaviour chart whose points can be moved and whose limits stay put."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from okrlab.assessment.journal import Journal
from okrlab.assessment.numbers import parse_number
from okrlab.content.series import Series
from okrlab.errors import AnswerError
from okrlab.model.indicator import Band
from okrlab.model.xmr import Signal, cautions, moving_ranges
from okrlab.model.xmr.limits import Spread
from okrlab.model.xmr.rules import Rules
from okrlab.widgets import _xmr_words as words
from okrlab.widgets._autosave import Autosave
from okrlab.widgets._xmr_state import LARGEST, XmrState
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
from okrlab.widgets.words import counted, sentence

ROOM = 0.18
"""Above and beneath everything that is drawn: so much of its height, to drag points into."""


MOST_KEPT = 20
"""So many sets of data may share one key before the oldest is forgotten."""


class XmrChart(LessonWidget):
    """A series with its average, natural process limits and signals.

    Points can be moved; the limits stay as they were computed until the learner asks for new ones.
    Nothing here is graded; what was moved is kept.

    Args:
        series: the measure.
        journal: where the moved points are kept.
        key: names the draft. Default: the series' id.
        labels: a name for each point, such as its date.
        rules: "wheeler" or "nhs", at first.
        spread: "mean" or "median" moving range.
        screen: leave wild steps out of the spread.
    """

    _esm = esm("xmr_chart", "chart")
    _css = css("xmr_chart", "chart")

    def __init__(
        self,
        series: Series,
        journal: Journal,
        *,
        key: str | None = None,
        labels: Sequence[str] = (),
        rules: Rules = "wheeler",
        spread: Spread = "mean",
        screen: bool = False,
    ) -> None:
        super().__init__(journal)
        self.series = series
        self.activity = f"xmr/{key or series.id}"
        self._state = XmrState(series, spread, screen, rules)
        self._journal = journal
        self._state.restore(self._drafts().get(self._state.fingerprint))
        self._labels, self._decimals = tuple(labels), _decimals(series.values)
        self._told: str | None = None
        self._saving = Autosave(journal, self.activity, self._kept)
        self.refresh()

    # -- what the browser sees -------------------------------------------------------------------

    def build_view(self) -> dict[str, Any]:
        """Points, limits and what they say, all in words too."""
        state, scale = self._state, self._scale
        limits, found = state.limits, self._found()
        band, low, high = self._band(), *self._domain()
        return {
            "label": f"Process behaviour chart: {self.series.title}",
            "title": self.series.title,
            "about": self.series.about,
            "source": self.series.source,
            "unit": self.series.unit,
            "period": self.series.period,
            "headline": words.headline(scale, found),
            "desc": words.described(scale, state.now.values, limits),
            "points": self._points(found),
            "low": low,
            "high": high,
            "step": _step(low, high, self._decimals),
            "grain": 10.0**-self._decimals,
            "limits": self._limits(),
            "ranges": [None if math.isnan(r) else r for r in moving_ranges(state.numbers)],
            "signals": [words.signal_words(s, state.rules) for s in found],
            "rules": state.rules,
            "ruleSets": words.RULE_SETS,
            "ruleWords": words.RULES[state.rules],
            "cautions": [c.in_words for c in cautions(state.numbers, limits)],
            "stale": state.stale,
            "told": self._told,
            "canUndo": state.can_undo,
            "original": state.now == state.original,
            "target": state.target,
            "targetLabel": f"Target {scale.value(state.target)}",
            "targetWords": (
                words.target_words(scale, limits, state.target) if state.target is not None else []
            ),
            "lower": state.lower,
            "upper": state.upper,
            "bandWords": (words.band_words(scale, state.now.values, limits, band) if band else []),
        }

    @property
    def _scale(self) -> words.Scale:
        # a value that was typed may be finer than the data
        decimals = max(self._decimals, _decimals(self._state.now.values))
        return words.Scale(self.series, decimals, self._labels)

    def _found(self) -> list[Signal]:
        return words.gathered(self._state.signals)

    def _points(self, found: Sequence[Signal]) -> list[dict[str, Any]]:
        state, scale = self._state, self._scale
        on_values = [s for s in found if s.rule != "range"]
        marked = {i for s in on_values for i in s.indices}
        noted = {s.seen_at for s in on_values}
        steps = {s.indices[0] for s in found if s.rule == "range"}
        told: dict[int, list[str]] = {}
        for signal in found:
            for i in signal.indices:
                told.setdefault(i, []).append(signal.name)
        return [
            {
                "y": value,
                "name": scale.point(i),
                "words": scale.value(value),
                "moved": value != self.series.values[i],
                "signal": i in marked,
                "note": i in noted,
                "step": i in steps,
                "told": "; ".join(dict.fromkeys(told.get(i, []))),
            }
            for i, value in enumerate(state.now.values)
        ]

    def _limits(self) -> dict[str, Any]:
        limits, scale = self._state.limits, self._scale
        return {
            "centre": limits.centre,
            "lower": limits.lower,
            "upper": limits.upper,
            "range": limits.upper_range,
            "averageRange": limits.average_range,
            "from": limits.start + 1,
            "to": limits.stop,
            "words": {
                "centre": f"Average {scale.value(limits.centre, 1)}",
                "lower": f"Lower limit {scale.value(limits.lower, 1)}",
                "upper": f"Upper limit {scale.value(limits.upper, 1)}",
                "range": f"Range limit {scale.value(limits.upper_range, 1)}",
                "averageRange": f"Average step {scale.value(limits.average_range, 1)}",
            },
        }

    def _band(self) -> Band | None:
        state = self._state
        if state.lower is None and state.upper is None:
            return None
        return Band(state.lower, state.upper)

    def _domain(self) -> tuple[float, float]:
        """What the chart shows: all that is drawn, and room to drag a point beyond the limits."""
        state, limits = self._state, self._state.limits
        wished = (state.target, state.lower, state.upper)
        drawn = [v for v in (*state.now.values, *self.series.values, *wished) if v is not None]
        low, high = min(limits.lower, *drawn), max(limits.upper, *drawn)
        room = ROOM * (high - low) or max(1.0, abs(high) * ROOM)
        return low - room, high + room

    def summary(self) -> str:
        """The measure, its limits and its signals in words."""
        state = self._state
        found = self._found()
        told = " ".join(words.signal_words(s, state.rules) for s in found[:4]) or "No signal."
        more = f" And {len(found) - 4} more." if len(found) > 4 else ""
        return (
            f"Process behaviour chart “{self.series.title}”: {len(self.series.values)} points, "
            f"limits {self._scale.limits(state.limits)}. {told}{more}"
        )

    # -- messages --------------------------------------------------------------------------------

    def on_put(self, message: Message) -> None:
        """Move a point; empty text makes it a gap."""
        index = self._index(message, "point", low=1) - 1
        raw = message.get("value")
        value = self._typed(message, "value") if isinstance(raw, str) else self._number(message)
        before = self._found()
        if value is None and sum(v is not None for v in self._state.now.values) <= 1:
            raise BadMessageError("One value has to stay. Change another point first.")
        if not self._state.put(index, value):
            return
        self._told = None
        told = words.news(before, self._found(), self._state.rules)
        point = sentence(self._scale.point(index))
        self.say(f"{point}: {self._scale.value(value)}. {told}")
        self._saving.touch()

    def on_rest(self, _message: Message) -> None:
        """Nothing has been moved for a moment."""
        self._saving.rest()

    def on_compute(self, message: Message) -> None:
        """Compute limits anew from some points as they stand."""
        start, stop = self._index(message, "from", low=1) - 1, self._index(message, "to", low=1)
        if stop - start < 2:
            raise BadMessageError(
                "Limits need two points or more. Let the first of them come before the last."
            )
        before, count = self._state.limits, len(self._found())
        self._state.compute(start, stop)
        after = self._state.limits
        counts = (count, len(self._found()))
        self._told = words.changed_words(self._scale, before, after, counts)
        self.say(self._told)
        self._saving.save()

    def on_rules(self, message: Message) -> None:
        """Tell signals by the rules of Wheeler or of the NHS."""
        self._state.rules = choice_in(message, "rules", words.RULE_SETS)  # type: ignore[assignment]
        count = len(self._found())
        name = words.RULE_SETS[self._state.rules]
        self.say(f"{name}: {counted(count, 'signal')}.")
        self._saving.save()

    def on_wishes(self, message: Message) -> None:
        """Set target and band: an empty field takes one away, one that was not sent stays."""
        values = [
            getattr(self._state, name) if message.get(name) is None else self._typed(message, name)
            for name in ("target", "lower", "upper")
        ]
        if not self._state.set_wishes(*values):
            raise BadMessageError(
                "The band’s lower edge has to lie below its upper one. Swap them."
            )
        self.say("Target and band are set. The limits did not move.")
        self._saving.save()

    def on_undo(self, _message: Message) -> None:
        """Take the last step back."""
        if not self._state.can_undo:
            self.say("There is nothing to take back.")
            return
        self._state.undo()
        self._told = None
        self.say(f"Taken back. {words.headline(self._scale, self._found())}.")
        self._saving.save()

    def on_reset(self, _message: Message) -> None:
        """Back to the original data and limits."""
        self._state.reset()
        self._told = None
        self.say(f"The original data. {words.headline(self._scale, self._found())}.")
        self._saving.save()

    def _drafts(self) -> dict[str, Any]:
        """What was kept under this key, by the data that it belongs to."""
        stored = self._journal.draft(self.activity)
        charts = stored.get("charts") if isinstance(stored, dict) else None
        return charts if isinstance(charts, dict) else {}

    def _kept(self) -> dict[str, Any]:
        """This chart's draft beside those of other data, the latest last."""
        of = self._state.fingerprint
        others = [(name, draft) for name, draft in self._drafts().items() if name != of]
        return {"charts": dict([*others[1 - MOST_KEPT :], (of, self._state.draft())])}

    def _index(self, message: Message, name: str, *, low: int) -> int:
        value = number_in(message, name, low=low, high=len(self.series.values))
        if value != int(value):
            raise BadMessageError("Points are counted in whole numbers, the first one is 1.")
        return int(value)

    def _number(self, message: Message) -> float:
        value = number_in(message, "value", low=-LARGEST, high=LARGEST)
        return round(value, self._decimals)

    def _typed(self, message: Message, name: str) -> float | None:
        text = text_in(message, name, limit=60)
        if not text.strip():
            return None
        value = parse_number(text, self.series.unit)
        if abs(value) > LARGEST:
            raise AnswerError(f"“{text}” is too large for this chart. Check the digits.")
        return value


def _decimals(values: Sequence[float | None]) -> int:
    """Digits after the point that the values have, 0 to 6."""
    return max((_digits(v) for v in values if v is not None), default=0)


def _digits(value: float) -> int:
    return next((d for d in range(6) if math.isclose(value, round(value, d), rel_tol=1e-12)), 6)


def _step(low: float, high: float, decimals: int) -> float:
    """What an arrow key adds: a round number, about a hundredth of the chart's height."""
    raw = (high - low) / 100
    size = 10.0 ** math.floor(math.log10(raw))
    round_step = next(m * size for m in (1, 2, 5, 10) if m * size >= raw * 0.999)
    return max(10.0**-decimals, round_step)
