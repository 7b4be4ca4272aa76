"""The question that would settle the kind, where the text alone doesn't."""

from __future__ import annotations

from collections.abc import Mapping

from okrlab.analyser.analysis import Kind
from okrlab.analyser.checks._statement import Statement

CLEAR = 0.75
"""From this confidence on, no question is asked on account of doubt alone."""

_QUESTIONS: dict[frozenset[str], str] = {
    frozenset(("metric_kr", "health_metric")): (
        "Is improving this the focus of the next weeks, or must it only stay in its range?"
    ),
    frozenset(("metric_kr", "kpi")): (
        "Is this measure to move by a date, within an objective, or is it only watched?"
    ),
    frozenset(("metric_kr", "milestone_kr")): (
        "Does it count how much of something there is, or is one particular thing done or not done?"
    ),
    frozenset(("metric_kr", "objective")): (
        "Is there a number that would show it, from where to where? With one it is a key result, "
        "without one an objective."
    ),
    frozenset(("metric_kr", "task")): (
        "Is the number the effect that you want, or only how much work is to be done?"
    ),
    frozenset(("milestone_kr", "task")): (
        "Is there a moment when somebody who wasn't there could see that it is done? And what "
        "should it move?"
    ),
    frozenset(("milestone_kr", "objective")): (
        "Is this one thing that is done or not done, or a direction that several results show?"
    ),
    frozenset(("milestone_kr", "health_metric")): (
        "Is it done once, or must it hold all the time?"
    ),
    frozenset(("milestone_kr", "kpi")): (
        "Is this something to get done, or something to measure again and again?"
    ),
    frozenset(("kpi", "health_metric")): (
        "Is there a range in which it must stay? With one it is a health metric, without one a KPI."
    ),
    frozenset(("kpi", "objective")): (
        "Is this something to measure, or a direction in which to go?"
    ),
    frozenset(("kpi", "task")): ("Is this something to measure, or something to do?"),
    frozenset(("objective", "task")): (
        "Is this what should be different in the end, or what people will do to get there?"
    ),
    frozenset(("objective", "health_metric")): (
        "Should things become different from today, or stay as good as they are?"
    ),
    frozenset(("health_metric", "task")): ("Is this a level to hold, or work that is to be done?"),
}


def settling_question(
    s: Statement, first: Kind, second: Kind, ranked: Mapping[Kind, float]
) -> str | None:
    """The question to ask, or None when text and context settle the matter."""
    if ranked[first] < CLEAR:
        return _QUESTIONS[frozenset((first, second))]
    dated = s.parts.deadline is not None or s.cycle_end is not None
    if first == "metric_kr" and s.objective is None and not dated and s.parts.baseline is None:
        # A number to reach, alone: by its role it may as well be a KPI's target.
        return _QUESTIONS[frozenset(("metric_kr", "kpi"))]
    return None
