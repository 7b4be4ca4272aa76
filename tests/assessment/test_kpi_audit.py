"""An audit of one's own measures names gaps and asks; it marks nothing."""

from __future__ import annotations

import pytest

from okrlab.assessment.exercise_fields import CRITERIA
from okrlab.assessment.kpi_audit import DOUBTS, GAPS, AuditRow, gaps, notes, remarks, unanswered

YES = dict.fromkeys(CRITERIA, "yes")
WHY = dict.fromkeys(CRITERIA, "the ledger shows it monthly")


def test_a_fine_measure_is_asked_nothing() -> None:
    """Four times yes, each with a reason that can be checked."""
    row = AuditRow("Late parcels", YES, WHY)
    assert gaps(row) == unanswered(row) == ()
    assert all(note.gap == note.ask == "" for note in notes(row).values())


@pytest.mark.parametrize("name", CRITERIA)
def test_a_no_is_a_gap_with_a_question_of_its_own(name: str) -> None:
    """And the next step is asked for, until it stands there."""
    row = AuditRow("Late parcels", {**YES, name: "no"}, WHY)
    assert gaps(row) == (name,)
    assert (notes(row)[name].gap, notes(row)[name].ask) == GAPS[name]
    assert CRITERIA[name][0].lower() in notes(row)["next"].ask
    done = AuditRow("Late parcels", row.answers, WHY, "Ina asks finance on Monday")
    assert notes(done)["next"].ask == ""


@pytest.mark.parametrize("name", CRITERIA)
def test_not_sure_says_how_to_find_out(name: str) -> None:
    """Doubt is a gap too, of another kind."""
    row = AuditRow("Late parcels", {**YES, name: "unsure"}, WHY)
    assert gaps(row) == (name,)
    assert notes(row)[name].ask == DOUBTS[name]
    assert notes(row)["next"].ask == "Who will find out, and by when?"


def test_a_yes_without_a_reason_is_asked_for_one() -> None:
    """As exercise 2.1 does: missing, and too short."""
    bare = notes(AuditRow("Late parcels", YES))
    assert "a colleague" in bare["relevant"].ask
    thin = notes(AuditRow("Late parcels", YES, {**WHY, "relevant": "it is"}))
    assert thin["relevant"].ask.startswith("Say a little more")
    assert thin["measurable"].ask == ""


def test_nothing_is_asked_before_there_is_an_answer() -> None:
    """The criterion's own question stands there anyway."""
    row = AuditRow("Late parcels")
    assert unanswered(row) == tuple(CRITERIA)
    assert all(note.ask == "" for note in notes(row).values())
    assert gaps(AuditRow("", {"relevant": "perhaps"})) == ()


def test_the_list_as_a_whole() -> None:
    """All yes is doubted, a common gap is named, and many are many."""
    assert "critical colleague" in remarks([AuditRow("A", YES, WHY), AuditRow("B", YES, WHY)])[0]
    weak = [AuditRow(n, {**YES, "actionable": "no"}, WHY) for n in "ABC"]
    assert remarks(weak) == (
        "3 of 3 measures have a gap at “actionable”. "
        "One habit may mend them all: look there first.",
    )
    assert remarks([*weak, *weak])[-1].startswith("6 measures are many")
    assert remarks([]) == remarks([AuditRow("A", YES, WHY)]) == ()
