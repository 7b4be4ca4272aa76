"""Objectives, cycles, indicators and their roles."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from okrlab.errors import ModelError
from okrlab.model import (
    Band,
    Cycle,
    Focus,
    Gate,
    Indicator,
    MetricKeyResult,
    MilestoneKeyResult,
    Objective,
    Role,
    role_of,
)

CHURN = Indicator("churn per month", "%", better="down")
FOCUS = Focus("Customers stay because it is worth it", 3.1, 1.9, date(2026, 9, 30))


def test_the_role_follows_from_what_the_measure_is_for_now() -> None:
    """One measure, three roles, and back again."""
    assert CHURN.role is Role.KPI
    assert replace(CHURN, band=Band(upper=3.0)).role is Role.HEALTH_METRIC
    assert replace(CHURN, band=Band(upper=3.0), focus=FOCUS).role is Role.KEY_RESULT
    assert replace(CHURN, focus=FOCUS).role is Role.KEY_RESULT


def test_the_reason_names_the_deciding_fact() -> None:
    """From, to, date and objective are all in it."""
    because = role_of(replace(CHURN, focus=FOCUS)).because
    for part in ("3.1", "1.9", "2026-09-30", "Customers stay"):
        assert part in because


def test_a_focus_needs_an_objective_and_a_change() -> None:
    """A level that should be kept is no focus."""
    with pytest.raises(ModelError, match="belongs to an objective"):
        Focus(" ", 3.1, 1.9, date(2026, 9, 30))
    with pytest.raises(ModelError, match="no change"):
        Focus("Stay reliable", 99.9, 99.9, date(2026, 9, 30))


@pytest.mark.parametrize(
    "edges", [{}, {"lower": 2.0, "upper": 1.0}, {"upper": float("inf")}, {"lower": float("nan")}]
)
def test_bands_that_make_no_sense_are_refused(edges: dict[str, float]) -> None:
    """No edge, edges the wrong way round, or edges that are no numbers."""
    with pytest.raises(ModelError):
        Band(**edges)


def test_quarters() -> None:
    """Both days belong to the cycle; leap days count."""
    first = Cycle.quarter(2028, 1)
    assert (first.start, first.end) == (date(2028, 1, 1), date(2028, 3, 31))
    assert Cycle.quarter(2026, 4).end == date(2026, 12, 31)
    assert first.holds(date(2028, 2, 29))
    assert not first.holds(date(2028, 4, 1))
    assert first.share_gone(date(2027, 12, 31)) == 0
    assert first.share_gone(date(2028, 1, 1)) == pytest.approx(1 / 91)
    assert first.share_gone(date(2030, 1, 1)) == 1


def test_cycles_that_make_no_sense_are_refused() -> None:
    """The end comes after the start, and a year has four quarters."""
    with pytest.raises(ModelError):
        Cycle(date(2026, 3, 1), date(2026, 3, 1))
    with pytest.raises(ModelError):
        Cycle.quarter(2026, 5)


def growth() -> Objective:
    """The sources' sustainable growth, with a guardrail of ours."""
    return Objective(
        "Make growth more sustainable",
        Cycle.quarter(2026, 3),
        key_results=(
            MilestoneKeyResult("Marketing automation live", due=date(2026, 8, 15)),
            MetricKeyResult(Indicator("Marketing cost per lead", "€"), 100, 95),
        ),
        guardrails={"leads per week": Band(lower=150)},
    )


def test_a_key_result_without_a_date_is_due_when_the_cycle_ends() -> None:
    """The sources' key results print no dates; the cycle's end stands in, openly."""
    objective = growth()
    assert [objective.due(k) for k in objective.key_results] == [
        date(2026, 8, 15),
        date(2026, 9, 30),
    ]


def test_roll_up_of_an_objective() -> None:
    """Milestone done, cost at 97 of 100→95: mean 0.8, and the broken guardrail stands beside."""
    objective = growth()
    rolled = objective.attained(
        {"Marketing automation live": True, "Marketing cost per lead from 100 to 95 €": 97},
        {"leads per week": 120},
    )
    assert rolled.mean == pytest.approx(0.8)
    assert rolled.broken == ("leads per week",)


def test_missing_and_mistaken_values_are_named() -> None:
    """Each error says which key result it is about."""
    objective = growth()
    with pytest.raises(ModelError, match=r"Marketing automation live, .*leads per week"):
        objective.attained({})
    cost = "Marketing cost per lead from 100 to 95 €"
    with pytest.raises(ModelError, match="is a milestone"):
        objective.attained({"Marketing automation live": 0.5, cost: 97}, {"leads per week": 160})
    with pytest.raises(ModelError, match="moves a measure"):
        objective.attained({"Marketing automation live": True, cost: True}, {"leads per week": 160})


def test_gates_of_a_milestone() -> None:
    """Half of the weight passed is half attained."""
    milestone = MilestoneKeyResult("VP Sales Europe hired", gates=(Gate("offer"), Gate("start")))
    assert milestone.attained({"offer": True, "start": False}).value == 0.5
    assert milestone.attained(True).value == 1
    with pytest.raises(ModelError):
        milestone.attained({"offer": True})
