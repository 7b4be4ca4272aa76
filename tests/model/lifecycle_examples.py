"""Work in each state, and the churn of a software company month by month."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise
from statistics import fmean

from okrlab.model.indicator import Band
from okrlab.model.lifecycle import Kind, Promise, State, Watch, Work

CHURN = (
    *(2.4, 2.6, 2.3, 2.5, 2.2, 2.6, 2.4, 2.5, 2.3, 2.6, 2.4, 2.4, 2.9, 3.1),
    *(3.3, 3.2, 2.8, 2.5, 2.1, 1.9, 1.8, 2.0, 1.9, 1.8, 1.7, 1.9, 1.8),
)
"""Percent per month, months 1 to 27; series S1 of the design's reference numbers."""

WATCH = Watch(centre=2.43, lower=1.85, upper=3.01, points=12, band=Band(upper=3.0))
PROMISE = Promise(
    objective="Customers stay with us",
    due=date(2026, 9, 30),
    owner="Ines",
    baseline=3.1,
    target=1.9,
)


def limits(values: tuple[float, ...], band: Band | None = None) -> Watch:
    """Natural process limits: the mean, and 2.66 mean moving ranges to either side."""
    centre = fmean(values)
    width = 2.66 * fmean(abs(b - a) for a, b in pairwise(values))
    return Watch(centre, centre - width, centre + width, len(values), band)


def bad_signal(values: tuple[float, ...], watch: Watch) -> str:
    """What is unfavourable about the last point when a higher value is worse; or nothing.

    Beyond the limit; eight in a row above the centre; or three of four beyond the midpoint.
    """
    last = values[-1]
    if last > watch.upper:
        return f"{last:g} lies above the upper limit {watch.upper:.2f}."
    if len(values) >= 8 and min(values[-8:]) > watch.centre:
        return "Eight points in a row lie above the centre."
    midpoint = (watch.centre + watch.upper) / 2
    if last > midpoint and sum(v > midpoint for v in values[-4:]) >= 3:
        return "Three of four points lie near the upper limit."
    return ""


def churn(state: State, *, critical: bool = False) -> Work:
    """The churn in a state, with what belongs to it there."""
    watched = state in (State.HEALTH, State.ALERT, State.KEY_RESULT, State.STABILISING)
    promised = state in (State.KEY_RESULT, State.STABILISING)
    return Work(
        "churn",
        state=state,
        better="down",
        critical=critical,
        owner="Ines",
        watch=WATCH if watched else None,
        promise=PROMISE if promised else None,
    )


def milestone(state: State = State.CANDIDATE) -> Work:
    """A milestone that should move cost per lead."""
    work = Work("automation live", kind=Kind.MILESTONE)
    if state is State.CANDIDATE:
        return work
    promise = replace(PROMISE, objective="Grow sustainably", baseline=None, target=None)
    return replace(work, state=state, promise=promise, owner="Ola", moves_later="cost per lead")
