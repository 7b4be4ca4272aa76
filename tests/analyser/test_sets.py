"""An objective and its lines, read together."""

from __future__ import annotations

from datetime import date

import pytest

from okrlab.analyser import Finding, SetAnalysis, analyse, analyse_set
from okrlab.analyser.sets import MAX_STATEMENTS

BALANCED = (
    "NPS from 32 to 45 by 30 September",
    "Repeat bookings from 20 to 30 % by 30 September",
    "Launch the loyalty card by 1 May",
    "Complaints stay below 25 a month",
)


def found(read: SetAnalysis, check: str) -> list[Finding]:
    """The findings of one check about the set."""
    return [f for f in read.findings if f.id == check]


def test_a_balanced_set() -> None:
    """Its kinds are counted; nothing is wrong with it, only the question remains."""
    read = analyse_set("Guests come back", BALANCED)
    assert read.kinds == {"metric_kr": 2, "milestone_kr": 1, "health_metric": 1}
    assert [f.id for f in read.findings] == ["H22"]
    assert read.objective_analysis is not None
    assert read.left_out == 0


def test_each_line_is_read_with_its_objective() -> None:
    """So nobody is asked which objective it would prove."""
    read = analyse_set("Guests come back", BALANCED)
    assert read.statements[0] == analyse(BALANCED[0], objective="Guests come back")
    assert not any(f.id == "H01" for _, f in read.all_findings)
    alone = analyse_set(None, BALANCED)
    assert sum(f.id == "H01" for _, f in alone.all_findings) == 3
    assert alone.objective == ""
    assert alone.objective_analysis is None


def test_context_reaches_every_line() -> None:
    """The end of the cycle makes a missing date a note; pay is asked about everywhere."""
    lines = ["NPS from 32 to 45", "Launch the loyalty card"]
    read = analyse_set("Guests come back", lines, cycle_end=date(2026, 12, 31), pay_linked=True)
    for statement in read.statements:
        ids = {f.id: f.severity for f in statement.findings}
        assert ids["H05"] == "info"
        assert ids["H16"] == "warning"


def test_findings_are_told_with_their_line() -> None:
    """None for the set as a whole, else the index of the statement."""
    read = analyse_set("Guests come back", ["Raise NPS and cut churn", "Launch the loyalty card"])
    places = {f.id: i for i, f in read.all_findings}
    assert places["H22"] is None
    assert places["H10"] == 0
    assert places["H08"] == 1


def test_empty_lines_are_passed_over() -> None:
    """They are no statements."""
    read = analyse_set("Guests come back", ["", "  ", BALANCED[0], "\n"])
    assert [s.text for s in read.statements] == [BALANCED[0]]


def test_what_cannot_be_read_counts_as_unclear() -> None:
    """And as no key result."""
    read = analyse_set("Guests come back", ["顧客満足度を30から40に上げる"])
    assert read.kinds == {"unclear": 1}
    assert found(read, "H21")[0].advice.startswith("No key results")


@pytest.mark.parametrize(
    ("lines", "twins"),
    [
        (["Cut churn from 3 to 2 % by May", "Reduce churn to 2 % by June"], True),
        (["Launch the app by May", "launch  the app by May"], True),
        (["Cut churn from 3 to 2 % by May", "Cut costs from 3M to 2M by May"], False),
        (["Launch the app in Spain by May", "Launch the app in Italy by May"], False),
        (["Median wait from 212 to 150 minutes by May", "Wait for a bed from 9 to 4 hours by May"],
         False),
    ],
)  # fmt: skip
def test_the_same_thing_twice(lines: list[str], twins: bool) -> None:
    """The same measure, or the same words."""
    advice = [f.advice for f in found(analyse_set("Better", lines), "H21")]
    assert any("look at the same measure" in a for a in advice) == twins


def test_several_looks_at_one_stage() -> None:
    """What all measures have in common is named in the question about the objective."""
    lines = [
        "Web leads from 22 to 35 per day by May",
        "Trade fair leads from 9 to 20 a week by May",
    ]
    assert found(analyse_set("A full pipeline", lines), "H22")[0].advice.endswith(
        "All of them look at leads."
    )
    mixed = [lines[0], "Qualified share from 20 to 35 % by May"]
    assert "All of them" not in found(analyse_set("A full pipeline", mixed), "H22")[0].advice


def test_a_guardrail_is_asked_for() -> None:
    """Only where a measure is pushed and nothing is watched."""
    pushed = analyse_set("Guests come back", BALANCED[:2])
    assert [f.severity for f in found(pushed, "H21")] == ["info"]
    assert not found(analyse_set("Guests come back", BALANCED), "H21")


def test_a_list_that_is_no_set_any_more() -> None:
    """It is cut, and says how much was left out."""
    read = analyse_set("Everything", [f"Sign {n} customers by May" for n in range(2, 300)])
    assert len(read.statements) == MAX_STATEMENTS
    assert read.left_out == 298 - MAX_STATEMENTS
