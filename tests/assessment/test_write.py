"""Marking of lines in the learner's own words: structure, values, dates, remarks."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from okrlab.assessment import mark
from okrlab.assessment.outcome import Outcome
from okrlab.assessment.write_dates import fits
from okrlab.assessment.write_words import evidence_in, finding_out_in, method_in, purpose_in
from okrlab.errors import AnswerError
from tests.assessment.examples import item


def written(text: str, **fields: Any) -> Outcome:
    """The outcome of a line; the case is a net promoter score from 32 to 45."""
    return mark(item("write", **fields), {"text": text})


def unmet(outcome: Outcome) -> list[str]:
    """What is not there."""
    return [part.part for part in outcome.parts if not part.correct]


@pytest.mark.parametrize(
    "text",
    [
        "Net promoter score from 32 to 45 by 30 September 2027",
        "Raise our NPS to 45 from 32 by 30 September",
        "NPS: 32 → 45 by 30/09/2027",
        "By the end of September 2027 our NPS rises from 32 to 45.",
        "nps 32 to 45 by 2027-09-30",
        "Customers' NPS (today 32) reaches 45 by 30 Sept 2027",
        "Net promoter score from thirty-two to forty-five by 30 September",
        "NPS of 45, up from 32, by the end of Q3 2027",
    ],
)
def test_any_wording_with_the_same_parts_is_right(text: str) -> None:
    """Either order, digits or words, a date in any form."""
    outcome = written(text)
    assert unmet(outcome) == []
    assert outcome.mark == 1.0


@pytest.mark.parametrize(
    ("text", "missing", "words"),
    [
        ("NPS to 45 by 30 September 2027", ["baseline"], "The case says 32."),
        ("NPS from 32 to 54 by 30 September 2027", ["target"], "The case says 45."),
        ("NPS from 32 to 45", ["deadline"], "The case says 30 September 2027."),
        (
            "NPS from 32 to 45 by 31 August 2027",
            ["deadline"],
            "I read “by 31 August 2027” as the date. The case says 30 September 2027.",
        ),
        (
            "Late trains from 32 to 45 by 30 September 2027",
            ["measure"],
            "find no word for what the case is about",
        ),
        (
            "Reduce NPS from 32 to 45 by 30 September 2027",
            ["H12"],
            "point in different directions",
        ),
        (
            "NPS from 45 to 32 by 30 September 2027",
            ["direction", "baseline", "target"],
            "In the case it should rise.",
        ),
    ],
)
def test_what_is_not_there_is_told_with_what_the_case_says(
    text: str, missing: list[str], words: str
) -> None:
    """The rest earns its share."""
    outcome = written(text)
    assert unmet(outcome) == missing
    assert outcome.mark == pytest.approx(1 - len(missing) / len(outcome.parts))
    assert any(words in p.feedback.cue for p in outcome.parts if not p.correct)


def test_a_missing_start_gets_a_wording_with_the_value_of_the_case() -> None:
    """The blank of the analyser's suggestion is filled."""
    (part,) = [p for p in written("NPS to 45 by 30 September 2027").parts if not p.correct]
    assert "32" in part.feedback.flip
    assert "…" not in part.feedback.flip
    assert part.feedback.tempts.startswith("tempts-start")


def test_no_wording_is_suggested_that_keeps_a_wrong_value() -> None:
    """“NPS to 54 (today 32)” would mend the start and spread the slip."""
    outcome = written("NPS to 54 by 30 September 2027")
    assert unmet(outcome) == ["baseline", "target"]
    assert not any(p.feedback.flip for p in outcome.parts)


def test_a_wrong_value_has_no_misconception() -> None:
    """54 for 45 is a slip of the pen, and no idea."""
    outcome = written("NPS from 32 to 54 by 30 September 2027")
    assert outcome.misconceptions == ()
    assert outcome.feedback.tempts == ""


def test_a_count_of_work_reveals_its_idea_without_an_entry_of_the_item() -> None:
    """M05: a number on a task."""
    outcome = written("Hold ten NPS workshops by 30 September 2027")
    assert "H07" in unmet(outcome)
    assert "M05" in outcome.misconceptions


def test_a_line_without_a_date_takes_the_end_of_the_cycle() -> None:
    """With a remark, which costs nothing."""
    outcome = written("NPS from 32 to 45", cycle_end="2027-09-30")
    assert outcome.mark == 1.0
    assert any("30 September 2027" in remark.cue for remark in outcome.advice)


def test_an_unclear_date_is_accepted_with_a_remark() -> None:
    """Whose quarter it is nobody knows here."""
    outcome = written("NPS from 32 to 45 by the end of the quarter")
    assert outcome.mark == 1.0
    assert any("cannot tell which day" in remark.cue for remark in outcome.advice)


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("Share of repeat guests from 18 percent to 30 percent", {"unit": "%"}),
        ("Share of repeat guests from 0.18 to 0.30", {"unit": "%"}),
        ("Raise repeat guests by 12 percentage points from 18%", {"unit": "%"}),
        ("Repeat guests from 18K to 30K a year", {"baseline": 18_000, "target": 30_000}),
        ("Income from repeat guests from €18,000 to €30,000", {"baseline": 18e3, "target": 30e3}),
    ],
)
def test_units_and_changes_are_worked_out(text: str, fields: dict[str, Any]) -> None:
    """Percent, fractions, thousands, currencies, a change instead of the target."""
    case = {"about": ["repeat"], "baseline": 18, "target": 30, "deadline": None} | fields
    outcome = written(text, **case, requires=["measure", "baseline", "target"])
    assert unmet(outcome) == []


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("Complaints stay below 5 a week", []),
        ("At most 5 complaints a week", []),
        ("Never more than 5 complaints a week", []),
        ("Complaints: at least 5 a week", ["threshold"]),
        ("Complaints stay below 8 a week", ["threshold"]),
        ("Complaints from 9 to 5 a week", ["kind"]),
    ],
)
def test_a_limit_has_a_value_and_a_side(text: str, missing: list[str]) -> None:
    """And a level to hold is no way to go."""
    outcome = written(
        text,
        asks="health_metric",
        requires=["measure", "threshold"],
        about=["complain"],
        baseline=None,
        target=None,
        deadline=None,
        threshold=5,
        direction="down",
        must_not=[],
    )
    assert unmet(outcome) == missing


MILESTONE: dict[str, Any] = {
    "asks": "milestone_kr",
    "requires": ["evidence", "purpose"],
    "about": [],
    "baseline": None,
    "target": None,
    "deadline": None,
    "direction": None,
    "must_not": ["H06"],
}


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("Contract signed by both sides by 1 June, so that the line stands still less often", []),
        ("Shop opened in Lyon by 1 June, to shorten the way for customers", []),
        ("Launch the shop by 1 June", ["evidence", "purpose"]),
        ("A customer of each shop has paid by telephone by 1 June", ["purpose"]),
    ],
)
def test_a_milestone_needs_evidence_and_a_purpose(text: str, missing: list[str]) -> None:
    """“Launched” leaves open what a stranger would see."""
    assert unmet(written(text, **MILESTONE)) == missing


def test_a_baseline_promises_a_value_and_says_from_what() -> None:
    """Moving it is something else."""
    case = MILESTONE | {"asks": "baseline_kr", "requires": ["evidence"], "must_not": []}
    good = written("By 1 June we know the waiting time, from six weeks of records", **case)
    assert good.mark == 1.0
    assert unmet(written("Waiting time from 9 to 4 days, from the log", **case)) == ["kind"]


def test_an_unsure_reading_of_the_kind_costs_nothing() -> None:
    """It is told as a question beside the points, and is none of them."""
    case = MILESTONE | {"requires": ["purpose"], "must_not": []}
    outcome = written("Seven nights with passengers, so that fewer people need a taxi", **case)
    assert "kind" not in unmet(outcome)


def test_nothing_but_a_kind_earns_nothing() -> None:
    """Whoever writes something else gets no mark for what could not be judged."""
    assert written("The weather was fine").mark == 0.0


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=120))
def test_whatever_is_typed_is_marked_or_refused_in_words(text: str) -> None:
    """No text breaks the marking; the same text is marked alike."""
    with suppress(AnswerError):
        first = written(text)
        assert first == written(text)
        assert first.correct == (first.mark == 1)


@pytest.mark.parametrize(
    ("value", "same"),
    [
        ("2027-09-30", True),
        ("2026-09-30", False),
        ("--09-30", True),
        ("--09-29", False),
        ("end of --09", True),
        ("2027-09", True),
        ("2027-08", False),
        ("Q3", True),
        ("end of Q3 2027", True),
        ("Q4", None),
        ("2027", None),
        ("2028", False),
        ("within 6 W", None),
        ("the audit", None),
        (3.0, None),
    ],
)
def test_a_date_is_compared_with_the_day_of_the_case(value: object, same: bool | None) -> None:
    """True, false, or cannot be told."""
    assert fits(value, date(2027, 9, 30)) is same


def test_end_of_a_month_is_its_last_day_only() -> None:
    """“By the end of June” is later than 1 June; “by June” may be that day."""
    assert fits("end of --06", date(2027, 6, 1)) is False
    assert fits("--06", date(2027, 6, 1)) is True


@pytest.mark.parametrize(
    ("look", "text", "words"),
    [
        (evidence_in, "Portal used, proven by a booking in each clinic, by May", "proven by a"),
        (evidence_in, "All shops have planned a month with the app", "have planned"),
        (evidence_in, "Bus running in Galway", "running in Galway"),
        (evidence_in, "The app has been launched", ""),
        (evidence_in, "Rota app launched in all 40 shops", ""),
        (method_in, "known from six weeks of data", "from six weeks"),
        (method_in, "we know the waiting time", ""),
        (purpose_in, "Bus runs, so that nobody walks", "so that nobody walks"),
        (purpose_in, "Contract signed to cut delays", "to cut delays"),
        (purpose_in, "NPS from 32 to 45", ""),
        (finding_out_in, "By May we know the share", "know"),
        (finding_out_in, "Share up by May", ""),
    ],
)
def test_turns_of_phrase_are_found(look: Any, text: str, words: str) -> None:
    """Grammar only: what the words mean is not claimed."""
    found = look(text)
    assert found.startswith(words) if words else found == ""
