"""Churn at a software company, 27 months: the trace S1 of the design."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from statistics import fmean

import pytest

from okrlab.model import Ambition, Band, attainment
from okrlab.model.lifecycle import (
    LOCK_POINTS,
    TRIAL_POINTS,
    Define,
    Facts,
    MakeKeyResult,
    MoveRefusedError,
    RaiseAlert,
    Reach,
    Record,
    SetLimits,
    Settle,
    StartWatching,
    State,
    Work,
    favourable_run,
    move,
)
from tests.model.lifecycle_examples import CHURN, PROMISE, bad_signal, limits

OLD_BAND, NEW_BAND = Band(upper=3.0), Band(upper=2.3)
LAST_MONTH = 21
"""The last month of the key result's period."""
NEW_LEVEL = 18
"""Months before the new level shows itself."""


def decided(work: Work, month: int, ambition: Ambition) -> Facts | None:
    """What people decide in a month, knowing the months before it."""
    seen = CHURN[: month - 1]
    match work.state:
        case State.CANDIDATE:
            return Define("Ines", "customers lost / customers", "CRM")
        case State.ALERT:
            return MakeKeyResult(replace(PROMISE, ambition=ambition))
        case State.KEY_RESULT if month > LAST_MONTH:
            return Reach(fmean(seen[-3:]))
        case State.STABILISING if work.watch is not None:
            # The month's own figure is in when the new limits are calculated.
            count = favourable_run(seen, work.watch.centre, work.better)
            return Settle(count, limits(CHURN[NEW_LEVEL:month], NEW_BAND))
    return None


def noticed(work: Work, month: int) -> Facts | None:
    """What the chart shows as soon as the month's figure is in."""
    values = CHURN[:month]
    if work.state is State.BASELINING and month >= TRIAL_POINTS:
        return StartWatching(month, limits(values, OLD_BAND))
    if work.state not in (State.HEALTH, State.STABILISING) or work.watch is None:
        return None
    if work.watch.trial and month <= LOCK_POINTS:
        return SetLimits(limits(values, OLD_BAND))
    signal = bad_signal(values, work.watch)
    return RaiseAlert(signal, values[-1]) if signal else None


def trace(ambition: Ambition) -> tuple[list[State], Work, list[Record], list[str]]:
    """The state after each month, the work at the end, the records and the refusals."""
    work, states, records, refused = Work("churn", better="down"), [], [], []
    for month in range(1, len(CHURN) + 1):
        for ask in (partial(decided, ambition=ambition), noticed):
            facts = ask(work, month)
            if facts is None:
                continue
            try:
                work, record = move(work, facts, f"month {month}")
                records.append(record)
            except MoveRefusedError as refusal:
                refused.append(f"{month}: {refusal}")
        states.append(work.state)
    return states, work, records, refused


@pytest.mark.parametrize("ambition", [Ambition.STRETCH, Ambition.MOONSHOT])
def test_the_trace(ambition: Ambition) -> None:
    """Month by month, for either kind of aspiration."""
    states, work, _, _ = trace(ambition)
    assert states == [
        *[State.BASELINING] * 5,
        *[State.HEALTH] * 8,
        State.ALERT,
        *[State.KEY_RESULT] * 7,
        *[State.STABILISING] * 5,
        State.HEALTH,
    ]
    assert work.watch is not None
    assert (round(work.watch.lower, 2), round(work.watch.upper, 2)) == (1.51, 2.24)
    assert work.watch.points == 9


def test_why_the_months_are_what_they_are() -> None:
    """The alert is month 14's, and stabilising lasts until an eighth good point is known."""
    _, _, records, refused = trace(Ambition.STRETCH)
    (alert,) = [record for record in records if record.after is State.ALERT]
    assert (alert.when, alert.because) == (
        "month 14",
        "3.1 lies above the upper limit 3.01.",
    )
    assert [text[:2] for text in refused] == ["23", "24", "25", "26"]
    assert "7 points in a row lie on the better side of the old centre 2.43" in refused[-1]
    assert "Wait for 1 more" in refused[-1]


def test_limits_of_the_first_year() -> None:
    """Locked after twelve months, 1.85 to 3.01 around 2.43; month 13 is inside them."""
    watch = limits(CHURN[:12])
    assert [round(x, 2) for x in (watch.lower, watch.centre, watch.upper)] == [1.85, 2.43, 3.01]
    assert bad_signal(CHURN[:13], watch) == ""


def test_a_committed_key_result_would_not_be_met() -> None:
    """The mean of three months is 0.97, the last month alone 1: agree on the reading first."""
    by_mean = attainment(3.1, 1.9, fmean(CHURN[18:21]))
    assert by_mean.value == pytest.approx(0.97, abs=0.005)
    assert attainment(3.1, 1.9, CHURN[20]).value == 1
    states, _, _, refused = trace(Ambition.COMMITTED)
    assert states[LAST_MONTH] is State.KEY_RESULT
    assert "Committed and missed (0.97)" in refused[0]
