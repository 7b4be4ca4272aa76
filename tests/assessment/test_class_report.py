"""A class at a glance."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from okrlab.assessment.attempt import Attempt
from okrlab.assessment.class_gain import class_gain, mean_interval, points, t_quantile
from okrlab.assessment.class_ideas import evidence, opening, room_ideas, treatments
from okrlab.assessment.class_report import ClassReport, class_report
from okrlab.assessment.demo_class import NAMES, generated_class
from okrlab.assessment.gain import pairs_of
from okrlab.content import Library, library
from tests.assessment.examples import START, attempt, write_course

NOW = START + timedelta(days=30)


def report(attempts: dict[str, list[Attempt]], content: Library, **options: object) -> ClassReport:
    """The report on a class called Friday."""
    return class_report(attempts, content, NOW, name="Friday", **options)  # type: ignore[arg-type]


def holding(who: str, misconception: str, times: int, others: int = 0) -> list[Attempt]:
    """A learner whose answers reveal an idea so often, beside so many right ones.

    The items are real ones that can reveal it.
    """
    can = [i for i in library().items.values() if misconception in i.misconceptions]
    return [
        attempt(
            n,
            id=f"{who}-{n}",
            learner=who,
            item=can[n % len(can)].id,
            concept="pay",
            misconceptions=(misconception,) if n < times else (),
            mark=0.0 if n < times else 1.0,
        )
        for n in range(times + others)
    ]


@pytest.fixture
def course(tmp_path: Path) -> Library:
    """A small course without scenarios and decks."""
    return write_course(tmp_path, two_jobs={"draw": [{"concept": "kpi-definition", "count": 3}]})


# -- ideas ---------------------------------------------------------------------------------------


def test_the_room_is_ranked_by_learners_not_by_answers() -> None:
    """Three learners with two slips each come before one with six."""
    room = {name: holding(name, "M18", 2) for name in ("ada", "ben", "cem")}
    room["dia"] = holding("dia", "M17", 6)
    ideas = room_ideas(room, library())
    assert [(i.misconception, i.learners, i.times) for i in ideas] == [
        ("M18", 3, 6),
        ("M17", 1, 6),
    ]
    assert ideas[0].asked >= 3
    assert ideas[1].words().startswith("1 of")


def test_one_slip_among_many_chances_is_no_leaning() -> None:
    """It is counted as seen, and the learner does not lean to it."""
    idea = room_ideas({"ada": holding("ada", "M17", 1, others=9)}, library())[0]
    assert (idea.learners, idea.seen, idea.times, idea.chances) == (0, 1, 1, 10)
    twice = room_ideas({"ada": holding("ada", "M17", 2, others=6)}, library())[0]
    assert twice.learners == 1
    rare = room_ideas({"ada": holding("ada", "M17", 2, others=12)}, library())[0]
    assert rare.learners == 0


def test_the_pretest_speaks_until_there_are_graded_answers() -> None:
    """Concept by concept; second tries and polls never do."""
    before = attempt(1, activity="pretest/pretest", graded=False, misconceptions=("M01",))
    other = attempt(2, activity="pretest/pretest", graded=False, concept="metric-kr")
    later, second = attempt(3), attempt(4, try_number=2)
    poll = attempt(5, activity="poll/x", graded=False, concept="role-transition")
    assert evidence([second, before, other, poll]) == [before, other]
    assert sorted(a.id for a in evidence([later, before, other, second])) == [other.id, later.id]


@pytest.mark.parametrize("name", sorted(library().misconceptions))
def test_every_misconception_has_a_treatment_that_exists(name: str) -> None:
    """A scenario, a lesson or a deck; scenarios that vote on it come first."""
    content = library()
    found = treatments(name, content)
    assert found
    for one in found:
        if one.kind == "scenario":
            assert content.scenario(one.name).title in one.words()
        elif one.kind == "deck":
            assert content.deck(one.name).title == one.title
        else:
            assert one.name in {lesson.notebook for lesson in content.lessons}
    voted = {
        s
        for s in content.names("scenarios")
        if any(o.misconception == name for o in content.scenario(s).steps.vote.options)
    }
    assert {t.name for t in found[: len(voted)]} == voted


def test_the_opening_is_the_scenario_that_reaches_most_learners() -> None:
    """Two ideas in one vote outweigh one in another; the next idea comes after it."""
    room = {f"l{n}": holding(f"l{n}", "M17", 2) for n in range(3)}
    room |= {f"m{n}": holding(f"m{n}", "M21", 2) for n in range(2)}
    room |= {f"k{n}": holding(f"k{n}", "M18", 2) for n in range(4)}
    found = opening(room_ideas(room, library()), room, library())
    assert found.treatment is not None
    assert found.treatment.name == "ten-million"
    assert "3 of" in found.why
    assert "Kite" in found.then or "game a number" in found.then


def test_the_opening_of_a_class_without_answers_is_the_pretest() -> None:
    """And of one without shared ideas nothing in particular."""
    nobody = opening([], {"ada": []}, library())
    assert nobody.treatment is not None
    assert nobody.treatment.name == "00_welcome.ipynb"
    single = {"ada": holding("ada", "M17", 3), "ben": [attempt(1, learner="ben")]}
    assert opening(room_ideas(single, library()), single, library()).treatment is None


# -- gain ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("degrees", [1, 2, 3, 7, 10, 33, 120])
def test_students_quantile_agrees_with_scipy(degrees: int) -> None:
    """Odd and even degrees of freedom."""
    assert t_quantile(degrees) == pytest.approx(stats.t.ppf(0.975, degrees), abs=1e-9)


@given(st.lists(st.floats(-1, 1).map(lambda v: round(v, 3)), min_size=2, max_size=40))
def test_the_interval_agrees_with_scipy(values: list[float]) -> None:
    """Student's interval of a mean."""
    found = mean_interval(values)
    if found is None:
        assert max(values) - min(values) < 1e-9
        return
    spread = stats.sem(values)
    expected = stats.t.interval(0.95, len(values) - 1, loc=sum(values) / len(values), scale=spread)
    assert found == pytest.approx(expected, abs=1e-9)


def both_tests(who: str, before: Sequence[bool], after: Sequence[bool]) -> list[Attempt]:
    """A learner who took both tests; the first pairs are right as given."""
    found = []
    for n, pair in enumerate(pairs_of(library())[: len(before)]):
        for kind, name, right in (
            ("pretest", pair.before, before[n]),
            ("final", pair.after, after[n]),
        ):
            found.append(
                attempt(
                    n,
                    id=f"{who}{kind}{n}",
                    learner=who,
                    activity=f"{kind}/{kind}",
                    item=name,
                    graded=kind == "final",
                    mark=float(right),
                )
            )
    return found


def test_the_class_gain_is_the_mean_over_learners() -> None:
    """A quarter, a half and nothing: +25 points, with an interval that includes nought."""
    room = {
        "ada": both_tests("ada", [False] * 4, [True, False, False, False]),
        "ben": both_tests("ben", [False] * 4, [True, True, False, False]),
        "cem": both_tests("cem", [True] * 4, [True] * 4),
        "dia": [],
    }
    found, single = class_gain(room, library())
    assert found is not None
    assert found.difference == pytest.approx(0.25)
    expected = stats.t.interval(0.95, 2, loc=0.25, scale=stats.sem([0.25, 0.5, 0.0]))
    assert (found.low, found.high) == pytest.approx(expected)
    assert set(single) == {"ada", "ben", "cem"}
    said = " ".join(found.words())
    assert "n = 3: too few to conclude" in said
    assert "Nought lies within it" in said


def test_one_learner_has_a_gain_and_no_interval() -> None:
    """And nobody has none."""
    found, _ = class_gain({"ada": both_tests("ada", [False], [True])}, library())
    assert found is not None
    assert found.low is None
    assert "one learner says nothing about a class" in " ".join(found.words())
    assert class_gain({"ada": []}, library()) == (None, {})
    assert [points(v) for v in (0.171, -0.044, 0.001)] == ["+17", "−4", "0"]


# -- the report ----------------------------------------------------------------------------------


def test_who_is_where(course: Library) -> None:
    """States, last seen, away; numbered in the order of the first answers."""
    late = [
        attempt(n, learner="zoe", id=f"z{n}", at=NOW - timedelta(days=1, minutes=-n))
        for n in range(20)
    ]
    early = [attempt(n, learner="yan", id=f"y{n}", mark=0.0) for n in range(3)]
    found = report({"zoe": late, "yan": early, "xia": []}, course)
    assert [w.name for w in found.where] == ["Learner 1", "Learner 2", "Learner 3"]
    yan, zoe, xia = found.where
    assert (yan.answers, yan.away, yan.at) == (3, True, "Lesson 1, in progress")
    assert (zoe.answers, zoe.away, zoe.at) == (20, False, "Lesson 1, mastered")
    assert (xia.answers, xia.last, xia.at) == (0, None, "Nothing answered yet")
    row = found.concepts[0]
    assert [c.share for c in row.cells] == [0.0, 1.0, None]
    assert [c.mastered for c in row.cells] == [False, True, False]
    assert (row.share, row.learners, row.mastered) == (0.5, 2, 1)
    assert found.headline() == "3 learners, 2 with answers, 1 not seen for two weeks."


def test_names_appear_only_when_asked_for(course: Library) -> None:
    """No id of a learner is anywhere in the plain data either."""
    room = {"zoe-quartz": [attempt(1, learner="zoe-quartz")]}
    assert "zoe-quartz" not in json.dumps(report(room, course).plain())
    named = report(room, course, names={"zoe-quartz": "Zoe Quartz"})
    assert named.where[0].name == "Zoe Quartz"


def test_small_classes_are_told_what_cannot_be_concluded(course: Library) -> None:
    """Two learners with the pretest only."""
    room = {
        who: [attempt(1, id=who, learner=who, activity="pretest/pretest", graded=False)]
        for who in ("ada", "ben")
    }
    said = " ".join(report(room, course).cautions)
    assert "With 2 learners one person more or less" in said
    assert "pretest only" in said
    assert report({}, course).words()


def test_the_generated_class_shows_all_that_a_report_has() -> None:
    """The same every time, labelled, and with enough in it to look at."""
    content = library()
    made = generated_class(content, random.Random(12), NOW)
    assert made == generated_class(content, random.Random(12), NOW)
    assert made != generated_class(content, random.Random(13), NOW)
    assert list(made) == list(NAMES)
    assert all(a.at <= NOW for own in made.values() for a in own)
    ids = [a.id for own in made.values() for a in own]
    assert len(ids) == len(set(ids))
    found = report(made, content, generated=True)
    assert found.title.startswith("Generated class")
    assert found.words().startswith("Generated class")
    assert found.gain is not None
    assert found.gain.difference > 0
    assert found.flagged
    assert len(found.ideas) > 5
    assert any(not w.answers for w in found.where)
    assert any(w.at == "Pretest only" for w in found.where)
    assert json.loads(json.dumps(found.plain(), allow_nan=False))["generated"] is True


@pytest.mark.parametrize("learners", [0, len(NAMES) + 1])
def test_a_generated_class_has_bounds(learners: int) -> None:
    """As many as there are names."""
    with pytest.raises(ValueError, match="generated class"):
        generated_class(library(), random.Random(1), NOW, learners)
