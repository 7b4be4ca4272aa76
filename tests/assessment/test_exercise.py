"""Marking of exercises."""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrlab.assessment.exercise import (
    exercise_attempt,
    mark_exercise,
    part_name,
    plain_answer,
    points,
    result_lines,
)
from okrlab.assessment.exercise_answer import read_answer
from okrlab.assessment.exercise_key_results import is_advice
from okrlab.assessment.exercise_own import number_of, role_of
from okrlab.assessment.journal import MemoryJournal
from okrlab.assessment.outcome import Outcome
from okrlab.content.exercise import ExerciseFile
from okrlab.content.library import read_file
from okrlab.errors import AnswerError

EXAMPLES = Path(__file__).parents[1] / "data" / "exercise-examples.yaml"
SOURCE, PROBLEMS = read_file(EXAMPLES, ExerciseFile)
assert SOURCE is not None, PROBLEMS
FORMS = {e.id: e for e in SOURCE.model.exercises}  # type: ignore[attr-defined]

RIGHT = {
    "returns": {"job": "metric-kr", "attainment": 0.64},
    "oven": {"job": "health", "attainment": "1"},
}


def by_part(outcome: Outcome) -> dict[str, Any]:
    return {part.part: part for part in outcome.parts}


# -- keyed ----------------------------------------------------------------------------------------


def test_a_right_form_earns_everything() -> None:
    """All cells right: full marks, and each says why."""
    outcome = mark_exercise(FORMS["9.1"], RIGHT)
    assert outcome.correct
    assert outcome.mark == 1
    assert points(FORMS["9.1"], outcome) == 8
    assert by_part(outcome)["cases/returns/job"].feedback.cue.startswith("An objective")


def test_each_cell_earns_its_share() -> None:
    """One wrong cell of four costs a quarter, and names its misconception."""
    answer = {**RIGHT, "returns": {"job": "kpi", "attainment": "64 %"}}
    outcome = mark_exercise(FORMS["9.1"], answer)
    assert outcome.mark == 0.75
    assert outcome.misconceptions == ("M02",)
    assert by_part(outcome)["cases/returns/job"].feedback.tempts == "own-kpi-feedback"


@pytest.mark.parametrize(
    ("row", "option", "said", "misconception"),
    [
        ("returns", "health", "shared-health-feedback", "M02"),
        ("oven", "kpi", "shared-kpi-for-health", "M08"),
        ("oven", "metric-kr", "shared-metric-feedback", "M01"),
    ],
)
def test_feedback_comes_from_the_nearest_place(
    row: str, option: str, said: str, misconception: str
) -> None:
    """A cell's own feedback first, then the column's for this right answer, then the column's."""
    outcome = mark_exercise(FORMS["9.1"], {row: {"job": option}})
    feedback = by_part(outcome)[f"cases/{row}/job"].feedback
    assert (feedback.tempts, feedback.misconception) == (said, misconception)


def test_a_known_wrong_number_is_recognised() -> None:
    """0.88 is current over target; another wrong number gets the general word."""
    known = mark_exercise(FORMS["9.1"], {"returns": {"attainment": 0.88}})
    other = mark_exercise(FORMS["9.1"], {"returns": {"attainment": 0.5}})
    assert known.misconceptions == ("M11",)
    assert other.misconceptions == ()
    assert by_part(other)["cases/returns/attainment"].feedback.tempts == "Subtract the start first."


def test_what_is_not_a_number_is_told() -> None:
    """A text in a number field is wrong with a reason, not an exception."""
    outcome = mark_exercise(FORMS["9.1"], {"returns": {"attainment": "a lot"}})
    assert "not a number" in by_part(outcome)["cases/returns/attainment"].feedback.tempts


@pytest.mark.parametrize("answer", [None, {}, {"cases": {}}, {"returns": {}}])
def test_no_answer_earns_nothing(answer: Any) -> None:
    """An empty form is not answered; it reveals no misconception."""
    outcome = mark_exercise(FORMS["9.1"], answer)
    assert (outcome.mark, outcome.correct, outcome.parts) == (0, False, ())
    assert outcome.feedback.cue == "Not answered yet."


@pytest.mark.parametrize(
    ("answer", "word"),
    [
        ("kpi", "a text"),
        (object(), "type object"),
        (7, "a number"),
        ({"retruns": {}}, "Did you mean “returns”"),
        ({"returns": {"jbo": "kpi"}}, "Did you mean “job”"),
        ({"returns": {"job": "kpy"}}, "Did you mean “kpi”"),
        ({"returns": {"job": ["kpi"]}}, "a list"),
        ({"returns": "kpi"}, "a text"),
        ({"cases": [1]}, "a list"),
        ({"returns": {"attainment": 10**400}}, "too large"),
    ],
)
def test_an_unfit_answer_is_explained(answer: Any, word: str) -> None:
    """What cannot be marked raises an AnswerError that helps."""
    with pytest.raises(AnswerError, match=word):
        mark_exercise(FORMS["9.1"], answer)


def test_one_column_needs_no_column_name() -> None:
    """With one column, a row's answer may stand alone; Python's False is “no”."""
    answer = {"cases": {"nps": False}, "rows": []}
    assert by_part(mark_exercise(FORMS["9.4"], answer))["cases/nps/owned"].correct


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["cases", "form", "rows", "returns", "job", "name", "role", "type"])
            | st.text(max_size=5),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(st.sampled_from(sorted(FORMS)), JSON)
def test_anything_is_marked_or_explained(name: str, answer: Any) -> None:
    """Whatever comes in, marking gives an outcome or an AnswerError."""
    try:
        outcome = mark_exercise(FORMS[name], answer)
    except AnswerError:
        return
    assert 0 <= outcome.mark <= 1
    assert outcome.correct == (outcome.mark == 1)
    assert result_lines(FORMS[name], outcome)


@given(
    st.dictionaries(
        st.sampled_from(["returns", "oven"]),
        st.fixed_dictionaries(
            {}, optional={"job": st.sampled_from(["", "kpi"]), "attainment": st.text(max_size=9)}
        ),
    )
)
def test_a_stored_answer_reads_back_the_same(answer: Any) -> None:
    """Plain data of an answer gives the same answer again."""
    read = read_answer(FORMS["9.1"], answer)
    assert read_answer(FORMS["9.1"], read.plain()) == read


# -- own measures ---------------------------------------------------------------------------------

KEY_RESULT = {
    "name": "Churn",
    "kind": "number",
    "focus": "yes",
    "objective": "Customers stay",
    "from": "3,1 %",
    "to": "1.9",
    "by": "2027-03-31",
    "range": "no",
}


@pytest.mark.parametrize(
    ("change", "role"),
    [
        ({}, "metric_key_result"),
        ({"range": "yes"}, "metric_key_result"),
        ({"focus": "no"}, "kpi"),
        ({"focus": "no", "range": "yes"}, "health_metric"),
        ({"objective": " "}, "kpi"),
        ({"to": "3.1"}, "kpi"),
        ({"from": "unknown"}, "kpi"),
        ({"by": "soon"}, "kpi"),
        ({"kind": "done"}, "milestone_key_result"),
        ({"kind": "done", "from": "", "to": ""}, "milestone_key_result"),
        ({"kind": "done", "by": ""}, "task"),
        ({"kind": "done", "focus": "no"}, "task"),
    ],
)
def test_the_role_follows_from_the_facts(change: dict[str, str], role: str) -> None:
    """Each fact decides as the lesson says, and the right role is accepted, no other."""
    facts = KEY_RESULT | change
    assert role_of(facts).role == role
    for chosen in ("kpi", "health_metric", "metric_key_result", "milestone_key_result", "task"):
        parts = by_part(mark_exercise(FORMS["9.2"], [{**facts, "role": chosen}]))
        assert parts["rows/0/role"].correct == (chosen == role)
        assert bool(parts["rows/0/role"].feedback.misconception) == (chosen != role)


def test_a_level_called_key_result_names_that_misconception() -> None:
    """From equal to to is a level: M03, not M01."""
    row = {**KEY_RESULT, "to": "3.1", "role": "metric_key_result"}
    assert mark_exercise(FORMS["9.2"], [row]).misconceptions == ("M03",)


def test_reasons_name_what_is_missing() -> None:
    """The feedback says which fact decided and what would change it."""
    row = {**KEY_RESULT, "objective": "", "by": "", "role": "metric_key_result"}
    feedback = by_part(mark_exercise(FORMS["9.2"], [row]))["rows/0/role"].feedback
    assert "an objective and a date are not there" in feedback.cue
    assert "Add an objective and a date" in feedback.flip


def test_open_facts_are_asked_for() -> None:
    """A row with open facts is not consistent yet and reveals no misconception."""
    outcome = mark_exercise(FORMS["9.2"], [{"name": "NPS", "role": "kpi"}])
    assert set(by_part(outcome)) == {"rows/0/kind", "rows/0/focus"}
    assert outcome.misconceptions == ()


def test_facts_of_hidden_fields_do_not_count() -> None:
    """What was typed before the focus was taken back stays in the form and decides nothing."""
    row = {**KEY_RESULT, "focus": "no", "role": "kpi"}
    assert by_part(mark_exercise(FORMS["9.2"], [row]))["rows/0/role"].correct


def test_enough_rows_earn_full_marks() -> None:
    """Two consistent rows of at least two are everything; one of them is half."""
    good = {**KEY_RESULT, "role": "metric_key_result"}
    assert mark_exercise(FORMS["9.2"], [good, {**good, "name": "NPS"}]).correct
    half = mark_exercise(FORMS["9.2"], [good])
    assert (half.mark, half.correct) == (0.5, False)
    assert "Add 1 more of your own" in half.feedback.cue


def test_too_many_rows_are_refused() -> None:
    """The form's room is a limit."""
    with pytest.raises(AnswerError, match="room for 4"):
        mark_exercise(FORMS["9.2"], [KEY_RESULT] * 5)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("3,1 %", 3.1),
        ("5M", 5e6),
        ("€400k", 4e5),
        ("22 per day", 22),
        ("15 minutes", 15),
        ("$1.2 bn", 1.2e9),
        ("-4", -4),
        ("unknown", None),
        ("", None),
        ("1e400", None),
    ],
)
def test_numbers_as_people_write_them(text: str, number: float | None) -> None:
    """Scales and words beside a number do not hide it."""
    assert number_of(text) == number


# -- key results ----------------------------------------------------------------------------------

METRIC = {
    "type": "metric",
    "measure": "Reduce complaints per 100 stays",
    "unit": "per 100 stays",
    "from": "9",
    "to": "5",
    "by": "2027-03-31",
}
MILESTONE = {
    "type": "milestone",
    "measure": "Launch the repair app in both houses",
    "evidence": "Every room has a code, and the first repair was reported with it",
    "moves": "Hours until repair",
    "by": "2027-02-15",
}
BASELINE = {
    "type": "baseline",
    "measure": "Share of guests who come back",
    "how": "Match bookings of two years",
    "by": "2027-01-31",
}
SET = {"form": {"guardrail": "Cost per stay"}, "rows": [METRIC, MILESTONE, BASELINE]}


def questions(outcome: Outcome) -> dict[str, str]:
    return {p.part: p.feedback.tempts for p in outcome.parts if not p.correct}


def test_a_whole_set_passes() -> None:
    """A metric, a milestone and a baseline with a guardrail: nothing to ask."""
    assert mark_exercise(FORMS["9.3"], SET).correct


@pytest.mark.parametrize(
    ("row", "field", "question"),
    [
        ({**METRIC, "from": ""}, "from", "Where are you now"),
        ({**METRIC, "from": "many"}, "from", "“many” can't be read"),
        ({**METRIC, "to": ""}, "to", "How far"),
        ({**METRIC, "to": "9"}, "to", "the same"),
        ({**METRIC, "to": "12"}, "to", "“reduce”, and the number rises"),
        ({**METRIC, "measure": "Increase referrals"}, "to", "“increase”, and the number falls"),
        ({**METRIC, "unit": ""}, "unit", "Of what"),
        ({**METRIC, "by": ""}, "by", "By when"),
        ({**METRIC, "by": "2027-04-02"}, "by", "2 April 2027 lies outside"),
        ({**METRIC, "by": "2026-12-31"}, "by", "outside"),
        ({**METRIC, "measure": ""}, "measure", "What will be different"),
        ({**METRIC, "type": ""}, "type", "metric, a milestone or a baseline"),
        ({**MILESTONE, "evidence": " "}, "evidence", "stranger"),
        ({**MILESTONE, "moves": ""}, "moves", "move later"),
        ({**BASELINE, "how": ""}, "how", "find out"),
    ],
)
def test_each_gap_asks_its_question(row: dict[str, str], field: str, question: str) -> None:
    """A missing or contradictory piece costs its check and comes back as a question."""
    outcome = mark_exercise(FORMS["9.3"], {**SET, "rows": [row, MILESTONE, BASELINE]})
    asked = questions(outcome)
    assert list(asked) == [f"rows/0/{field}"]
    assert question in asked[f"rows/0/{field}"]
    assert 0.5 < outcome.mark < 1


@pytest.mark.parametrize(
    ("row", "question"),
    [
        (
            {**METRIC, "measure": "Ship integrations", "from": "0", "to": "10"},
            "counts what you make",
        ),
        ({**METRIC, "measure": "Reduce complaints and delays"}, "two measures"),
        ({**METRIC, "measure": "Reduce complaints significantly"}, "soft"),
        ({**MILESTONE, "measure": "Discuss the repair app"}, "names effort"),
    ],
)
def test_wording_only_gets_advice(row: dict[str, str], question: str) -> None:
    """What a word suggests is asked about and costs nothing."""
    outcome = mark_exercise(FORMS["9.3"], {**SET, "rows": [row, MILESTONE, BASELINE]})
    advice = [p.feedback.cue for p in outcome.parts if is_advice(p)]
    assert outcome.correct
    assert any(question in cue for cue in advice)


@pytest.mark.parametrize(
    "measure", ["Launchpad visits", "Shipping time", "Rundown", "Building use"]
)
def test_a_word_that_only_looks_like_it_gets_no_advice(measure: str) -> None:
    """“Shipping time” is a measure and no output."""
    outcome = mark_exercise(FORMS["9.3"], {**SET, "rows": [{**METRIC, "measure": measure}]})
    assert not any(is_advice(part) for part in outcome.parts)


def test_a_set_without_guardrail_is_asked_for_one() -> None:
    """What must not suffer belongs to the set."""
    outcome = mark_exercise(FORMS["9.3"], {"rows": SET["rows"]})
    assert list(questions(outcome)) == ["form/guardrail"]


def test_only_milestones_get_a_word() -> None:
    """A set of milestones alone is asked for a number."""
    rows = [MILESTONE, {**MILESTONE, "measure": "Train both teams"}]
    outcome = mark_exercise(FORMS["9.3"], {**SET, "rows": rows})
    assert "All of these are milestones" in by_part(outcome)["form/advice"].feedback.cue


def test_what_is_not_given_is_asked() -> None:
    """Without a given objective and cycle the learner names them; the dates must be in order."""
    outcome = mark_exercise(FORMS["9.5"], [METRIC])
    assert set(questions(outcome)) == {
        "form/objective", "form/starts", "form/ends", "form/guardrail",
    }  # fmt: skip
    form = {"objective": "O", "starts": "2027-03-31", "ends": "2027-01-01", "guardrail": "G"}
    asked = questions(mark_exercise(FORMS["9.5"], {"form": form, "rows": [METRIC]}))
    assert "ends before it starts" in asked["form/ends"]


# -- audit ----------------------------------------------------------------------------------------

AUDIT = {
    "name": "Guest score",
    **dict.fromkeys(("relevant", "measurable", "time-bound"), "yes"),
    "actionable": "no",
    **{
        f"{name}-why": "it stands in the plan"
        for name in ("relevant", "measurable", "time-bound", "actionable")
    },
    "next": "Mia names what to do below 8",
}


def test_an_audit_with_reasons_passes() -> None:
    """A no with a next step and reasons everywhere is consistent."""
    answer = {"cases": {"nps": "no"}, "rows": [AUDIT]}
    assert mark_exercise(FORMS["9.4"], answer).correct


@pytest.mark.parametrize("field", ["name", "relevant", "time-bound-why", "next"])
def test_an_audit_asks_for_what_is_missing(field: str) -> None:
    """Each empty answer, reason or next step is one question."""
    answer = {
        "cases": {"nps": "no"},
        "rows": [{**AUDIT, field: " " if field != "relevant" else ""}],
    }
    assert list(questions(mark_exercise(FORMS["9.4"], answer))) == [f"rows/0/{field}"]


def test_short_reasons_and_all_yes_are_asked_about() -> None:
    """One word is little, and only yes is suspicious; neither costs anything."""
    row = {**AUDIT, "actionable": "yes", "next": "", "relevant-why": "clear"}
    outcome = mark_exercise(
        FORMS["9.4"], {"cases": {"nps": "no"}, "rows": [row, {**row, "name": "Revenue"}]}
    )
    assert outcome.correct
    advice = [part.part for part in outcome.parts if is_advice(part)]
    assert advice == ["form/advice", "rows/0/relevant-why/advice", "rows/1/relevant-why/advice"]


# -- data -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "answer",
    [
        0.6,
        np.float64(0.6),
        np.float32(0.6),
        np.array(0.6),
        0.603,
        pd.Series([0.6]),
        np.float64(0.597),
    ],
)
def test_a_number_in_any_dress_counts(answer: Any) -> None:
    """Python's and numpy's numbers and a series of one are numbers."""
    assert mark_exercise(FORMS["9.6"], answer).correct


def test_a_known_wrong_number_says_what_went_wrong() -> None:
    """0.98 forgets the baseline."""
    outcome = mark_exercise(FORMS["9.6"], 0.98)
    assert (outcome.mark, outcome.misconceptions) == (0, ("M11",))
    assert outcome.feedback.tempts == "forgets-baseline"


@pytest.mark.parametrize(
    ("name", "answer", "word"),
    [
        ("9.6", "0.6", "a text"),
        ("9.6", True, "True or False"),
        ("9.6", float("nan"), "missing or not finite"),
        ("9.6", float("inf"), "missing or not finite"),
        ("9.6", pd.Series([1, 2]), "of 2"),
        ("9.6", np.array([1.0, 2.0]), "number or a text"),
        ("9.6", object(), "type object"),
        ("9.7", pd.DataFrame({"a": [1]}), "whole DataFrame"),
        ("9.7", [1, 2], "a list"),
        ("9.7", pd.Series(["a", "b"], index=["x", "x"]), "twice"),
        ("9.7", {"churn": [1]}, "a list where"),
        ("9.8", pd.Series([1]), "a Series"),
        ("9.8", pd.DataFrame({"attainment": [1.0]}), "“key_result” is missing"),
        ("9.8", pd.DataFrame({"key_result": ["a", "a"]}), "twice"),
        ("9.8", pd.DataFrame([[1, 2, 3]], columns=["key_result", "met", "met"]), "two columns"),
        ("9.8", pd.DataFrame({"key_result": range(6000)}), "6,000 rows"),
        ("9.8", [{"attainment": 1}], "no “key_result”"),
        ("9.8", pd.DataFrame(), "missing"),
    ],
)
def test_an_unfit_value_is_explained(name: str, answer: Any, word: str) -> None:
    """The wrong kind of object gets words that say what belongs there."""
    with pytest.raises(AnswerError, match=word):
        mark_exercise(FORMS[name], answer)


MAPPING = {"churn": "Health_Metric", "leads": "metric key-result", "visits": "KPI"}


def test_dict_and_series_are_alike() -> None:
    """A dict and a series mark the same; case, spaces, hyphens and underscores don't matter."""
    assert mark_exercise(FORMS["9.7"], MAPPING).correct
    assert mark_exercise(FORMS["9.7"], pd.Series(MAPPING, dtype="category")).correct


def test_a_mapping_earns_its_shares() -> None:
    """A wrong, a missing and an extra entry each cost theirs and are named."""
    outcome = mark_exercise(FORMS["9.7"], {"churn": "kpi", "visits": "kpi", "more": "kpi"})
    parts = by_part(outcome)
    assert outcome.mark == 0.25
    assert outcome.misconceptions == ("M02",)
    assert parts["churn"].feedback.cue == "It is in its band."
    assert parts["leads"].feedback.tempts == "This row is missing."
    assert parts["more/extra"].feedback.tempts == "This row was not asked for."
    assert "churn, leads, more" in outcome.feedback.cue


def frame(**changes: Any) -> pd.DataFrame:
    columns: dict[str, Any] = {
        "key_result": ["launch", "revenue", "cost"],
        "attainment": [1, 0.7, 0.6],
        "met": [True, True, False],
        "note": ["x", None, "y"],
    }
    return pd.DataFrame(columns | changes)


@pytest.mark.parametrize(
    "answer",
    [
        frame(),
        frame().set_index("key_result"),
        frame().set_index("key_result").rename_axis(None),
        frame().astype({"met": "Int64"}),
        frame().astype({"attainment": "object", "key_result": "category"}),
        frame().to_dict("records"),
    ],
)
def test_a_frame_in_any_order_and_type_counts(answer: Any) -> None:
    """Row order, further columns, the index and dtypes don't matter."""
    assert mark_exercise(FORMS["9.8"], answer).correct


def test_a_frame_earns_its_shares() -> None:
    """Each cell counts; the wrong way is recognised by its values."""
    outcome = mark_exercise(FORMS["9.8"], frame(attainment=[1, 0.85, 1.0211]))
    assert outcome.mark == pytest.approx(4 / 6)
    assert outcome.misconceptions == ("M11",)
    assert outcome.feedback.tempts == "forgets-baseline"
    assert outcome.feedback.cue == "4 of 6 values are right. Look first at: revenue, cost."


def test_a_missing_column_is_said_once() -> None:
    """Without a column its cells earn nothing and the summary says so."""
    outcome = mark_exercise(FORMS["9.8"], frame().drop(columns="met"))
    assert outcome.mark == 0.5
    assert outcome.feedback.tempts == "Missing: the column “met”."


def test_missing_values_and_text_are_told() -> None:
    """NaN is no value, and a number as text is named as such."""
    outcome = mark_exercise(FORMS["9.8"], frame(attainment=["1", None, float("nan")]))
    tempts = {p.part: p.feedback.tempts for p in outcome.parts if not p.correct}
    assert "is text here" in tempts["launch/attainment"]
    assert tempts["revenue/attainment"] == tempts["cost/attainment"] == "No value is given here."


class Equal:
    """Equals everything."""

    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = object.__hash__


class Sly(str):
    """A text that equals everything."""

    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = str.__hash__

    def casefold(self) -> str:
        return "health metric"


def test_objects_that_equal_everything_earn_nothing() -> None:
    """Values are made plain before they are compared."""
    with pytest.raises(AnswerError):
        mark_exercise(FORMS["9.6"], Equal())
    assert mark_exercise(FORMS["9.7"], dict.fromkeys(MAPPING, Sly("x"))).mark == 0


def test_no_data_answer_yet() -> None:
    """None and the dots of an empty answer are not answered."""
    for answer in (None, ...):
        assert mark_exercise(FORMS["9.8"], answer).feedback.cue == "Not answered yet."


@given(
    st.lists(st.floats(allow_nan=True, allow_infinity=True), min_size=3, max_size=3),
    st.lists(st.sampled_from(["launch", "revenue", "cost", "x", 3]), min_size=3, max_size=3),
)
def test_any_frame_is_marked_or_explained(values: list[float], keys: list[Any]) -> None:
    """A frame of the right shape with any content gives an outcome or an AnswerError."""
    answer = frame(attainment=values, key_result=keys)
    try:
        outcome = mark_exercise(FORMS["9.8"], answer)
    except AnswerError:
        return
    assert 0 <= outcome.mark <= 1
    assert plain_answer(FORMS["9.8"], answer)["cells"].keys() <= {"launch", "revenue", "cost"}


# -- attempts and words ---------------------------------------------------------------------------


def test_tries_at_an_exercise_are_one_sitting() -> None:
    """The second try has number 2 in the same sitting; own lists are not graded."""
    journal = MemoryJournal("ada", lambda: datetime.datetime(2026, 11, 21, tzinfo=datetime.UTC))
    for number in (1, 2):
        outcome = mark_exercise(FORMS["9.1"], RIGHT)
        attempt = exercise_attempt(FORMS["9.1"], RIGHT, outcome, journal, f"id{number}")
        journal.record([replace(attempt, seconds=3.0)])
        assert (attempt.try_number, attempt.sitting, attempt.graded) == (number, "id1", True)
        assert attempt.activity == "exercise/9.1"
        assert attempt.response["cases"]["returns"]["job"] == "metric-kr"
    own = [{**KEY_RESULT, "role": "kpi"}]
    attempt = exercise_attempt(FORMS["9.2"], own, mark_exercise(FORMS["9.2"], own), journal, "o")
    assert (attempt.try_number, attempt.graded) == (1, False)


def test_an_unreadable_data_answer_can_still_be_stored() -> None:
    """What could not be marked is stored as words, not as an object."""
    assert "a text" in plain_answer(FORMS["9.6"], "0.6")["unreadable"]


def test_results_in_plain_text() -> None:
    """Points first, then what is not right, by the names that the learner knows."""
    outcome = mark_exercise(FORMS["9.1"], {**RIGHT, "returns": {"job": "kpi", "attainment": 0.64}})
    lines = result_lines(FORMS["9.1"], outcome)
    assert lines[0] == "Exercise 9.1: 6 of 8 points. 3 of 4 answers are right."
    assert lines[1] == ("✕ Returned loaves, 4.1 % of deliveries (Its job now): own-kpi-feedback")
    part = by_part(mark_exercise(FORMS["9.3"], {"rows": SET["rows"]}))["form/guardrail"]
    assert part_name(FORMS["9.3"], part) == "The whole set"


def test_full_points_are_only_for_everything() -> None:
    """Rounding never turns almost everything into everything."""
    outcome = Outcome(0.999, False, (), mark_exercise(FORMS["9.1"], None).feedback)
    assert points(FORMS["9.1"], outcome) == 7.9
