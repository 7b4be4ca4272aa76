"""The shipped data exercises: their keys follow from their data, and wrong ways are recognised."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from okrlab.assessment.exercise import mark_exercise
from okrlab.assessment.exercise_own import role_of
from okrlab.content import library
from okrlab.content.exercise import DataExercise, FrameAnswer, MappingAnswer
from okrlab.content.library import shipped_folder
from okrlab.model.attainment import attainment

STAND_INS = {"", "-", "?", "tbd", "n/a"}
ROLE_WORDS = {
    "kpi": "KPI",
    "health_metric": "health metric",
    "metric_key_result": "metric key result",
    "milestone_key_result": "milestone key result",
    "task": "task",
}


def table(name: str) -> pd.DataFrame:
    with (shipped_folder() / "data" / f"{name}.csv").open(encoding="utf-8") as stream:
        return pd.read_csv(stream)


def exercise(name: str) -> DataExercise:
    found = library().exercise(name)
    assert isinstance(found, DataExercise)
    return found


def expected_rows(name: str) -> list[dict[str, Any]]:
    answer = exercise(name).answer
    assert isinstance(answer, FrameAnswer)
    return [dict(row) for row in answer.rows]


# -- keys -----------------------------------------------------------------------------------------


def test_the_clinics_roles_follow_from_the_rule_of_the_forms() -> None:
    """The key of 1.3 is what the form of 1.1 would say of the same facts."""

    def role(row: Any) -> str:
        text = {
            new: "" if pd.isna(row[old]) else str(row[old])
            for new, old in (
                ("kind", "kind"),
                ("objective", "objective"),
                ("from", "start"),
                ("to", "goal"),
                ("by", "by"),
            )
        }
        ranged = pd.notna(row["low"]) or pd.notna(row["high"])
        facts = {"focus": "yes" if row["focus"] else "no", "range": "yes" if ranged else "no"}
        return ROLE_WORDS[role_of(text | facts).role]

    measures = table("clinic-measures")
    roles = {row["measure"]: role(row) for _, row in measures.iterrows()}
    assert {row["measure"]: row["role"] for row in expected_rows("1.3")} == roles
    assert len(roles) == 24


def test_the_registers_key_follows_from_its_entries() -> None:
    """The key of 2.3 comes from what is entered, stand-ins aside."""
    folder = shipped_folder() / "data" / "solar-register.csv"
    with folder.open(encoding="utf-8") as stream:
        register = pd.read_csv(stream, keep_default_na=False).set_index("kpi")
    entered = register.map(lambda text: text.strip() not in STAND_INS)
    for row in expected_rows("2.3"):
        has = entered.loc[row["kpi"]]
        assert row["relevant"] == has["strategic_goal"]
        assert row["measurable"] == has[["unit", "formula", "source"]].all()
        assert row["time_bound"] == has["period"]
        assert row["actionable"] == has[["owner", "when_it_moves"]].all()
    assert len(expected_rows("2.3")) == len(register)


def museum() -> dict[str, float]:
    """Attainments by key result, by the package's own model."""
    result: dict[str, float] = {}
    for _, row in table("museum-quarter").iterrows():
        if row["type"] == "metric":
            result[row["key_result"]] = attainment(
                row["baseline"], row["target"], row["current"]
            ).value
        elif row["type"] == "milestone":
            result[row["key_result"]] = float(str(row["done"]) == "True")
    return result


def test_the_museums_attainments_are_the_models() -> None:
    """The keys of 3.3 and 3.4 agree with okrlab.model."""
    key = {row["key_result"]: row["attainment"] for row in expected_rows("3.3")}
    assert key == pytest.approx(museum())
    objectives = table("museum-quarter").set_index("key_result")["objective"]
    answer = exercise("3.4").answer
    assert isinstance(answer, MappingAnswer)
    means = pd.Series(museum()).groupby(objectives).mean()
    assert dict(answer.expected) == pytest.approx(dict(means), abs=1e-4)


# -- wrong ways -----------------------------------------------------------------------------------


def quarter(values: pd.Series[float]) -> pd.DataFrame:
    """An answer to 3.3 with other values for its metrics."""
    data = table("museum-quarter").set_index("key_result")
    metric = data["type"] == "metric"
    right = pd.Series(museum())
    right.update(values[metric])
    return right.rename_axis("key_result").reset_index(name="attainment")


def test_wrong_ways_of_scoring_are_recognised() -> None:
    """Current over target, also clipped or turned round, is M11 in every metric that shows it."""
    data = table("museum-quarter").set_index("key_result")
    falling = data["target"] < data["baseline"]
    plain = data["current"] / data["target"]
    turned = plain.where(~falling, data["target"] / data["current"])
    for values in (plain, plain.clip(0, 1), turned):
        outcome = mark_exercise(exercise("3.3"), quarter(values))
        assert outcome.misconceptions == ("M11",)
        unknown = [p for p in outcome.parts if "differs" in p.feedback.tempts]
        assert unknown == []


def test_scores_that_run_away_are_recognised() -> None:
    """Without bounds the two runaways are named, and nothing else is wrong."""
    data = table("museum-quarter").set_index("key_result")
    raw = (data["current"] - data["baseline"]) / (data["target"] - data["baseline"])
    outcome = mark_exercise(exercise("3.3"), quarter(raw))
    wrong = [p for p in outcome.parts if not p.correct]
    assert len(wrong) == 2
    assert "between 0 and 1" in outcome.feedback.tempts
    assert outcome.misconceptions == ()


def test_a_guardrail_row_is_explained() -> None:
    """A row for a guardrail is told apart from a mistake in reckoning."""
    more = pd.DataFrame({"key_result": ["Objects damaged in scanning"], "attainment": [1.0]})
    answer = pd.concat([quarter(pd.Series(museum())), more])
    outcome = mark_exercise(exercise("3.3"), answer)
    assert [p.feedback.tempts for p in outcome.parts if not p.correct] == [
        "A guardrail is kept or broken. It has no attainment; leave it out."
    ]


def test_an_averaged_guardrail_is_m12() -> None:
    """A mean with guardrails in it reveals M12; one of current over target reveals M11."""
    data = table("museum-quarter").set_index("key_result")
    kept = data["current"].between(data["low"], data["high"]).astype(float)
    scores = pd.Series(museum()).reindex(data.index).fillna(kept)
    with_guard = mark_exercise(exercise("3.4"), scores.groupby(data["objective"]).mean())
    assert with_guard.misconceptions == ("M12",)
    own = pd.Series(museum())
    own.update((data["current"] / data["target"])[data["type"] == "metric"])
    naive = mark_exercise(exercise("3.4"), own.groupby(data["objective"]).mean())
    assert naive.misconceptions == ("M11",)


def test_stand_ins_taken_for_entries_are_recognised() -> None:
    """Whoever asks notna() at once is told about the stand-ins."""
    entered = table("solar-register").set_index("kpi").notna()
    answer = pd.DataFrame(
        {
            "relevant": entered["strategic_goal"],
            "measurable": entered[["unit", "formula", "source"]].all(axis=1),
            "time_bound": entered["period"],
            "actionable": entered[["owner", "when_it_moves"]].all(axis=1),
        }
    )
    outcome = mark_exercise(exercise("2.3"), answer)
    assert not outcome.correct
    assert outcome.feedback.tempts.startswith("A tbd, a question mark")
    assert all("differs" not in p.feedback.tempts for p in outcome.parts)


@pytest.mark.parametrize(
    ("role", "misconceptions"),
    [
        ("KPI", ("M01", "M02", "M04")),
        ("metric key result", ("M01", "M03")),
        ("health metric", ("M02",)),
        ("milestone key result", ("M05",)),
        ("task", ("M04",)),
    ],
)
def test_one_role_for_all_reveals_its_idea(role: str, misconceptions: tuple[str, ...]) -> None:
    """Giving every measure the same role earns little and is explained."""
    answer = table("clinic-measures").assign(role=role)
    outcome = mark_exercise(exercise("1.3"), answer)
    assert outcome.mark < 0.4
    assert outcome.misconceptions == misconceptions
