"""The ProgressPanel without a browser."""

from __future__ import annotations

from pathlib import Path

import pytest

from okrlab.assessment.journal import MemoryJournal
from okrlab.content import Library
from okrlab.widgets.progress_panel import ProgressPanel
from tests.assessment.examples import START, attempt, write_course
from tests.widgets.gain_examples import sat, with_both_tests


@pytest.fixture
def course(tmp_path: Path) -> Library:
    """Lessons 0 to 3; concepts in lessons 1 and 3."""
    return write_course(
        tmp_path,
        pretest={"items": ["metric-kr-held-1"], "kind": "pretest", "graded": False, "lesson": 0},
    )


@pytest.fixture
def journal() -> MemoryJournal:
    """An empty record."""
    return MemoryJournal("ada", lambda: START)


def test_an_empty_record_says_where_to_start(course: Library, journal: MemoryJournal) -> None:
    """Every lesson is there, none begun."""
    panel = ProgressPanel(journal, course)
    assert panel.view["started"] is False
    assert panel.view["next"].startswith("Nothing answered yet. Start with lesson 0")
    assert {entry["state"] for entry in panel.view["lessons"]} == {"not_started"}


def test_shows_lessons_concepts_misconceptions_and_confidence(
    course: Library, journal: MemoryJournal
) -> None:
    """One lesson mastered, one in progress, the pretest taken."""
    journal.record(
        [
            *[attempt(i, confidence="sure") for i in range(20)],
            *[
                attempt(30 + i, concept="metric-kr", mark=0.5, misconceptions=("M11",))
                for i in range(3)
            ],
            *[
                attempt(60 + i, activity="pretest/pretest", graded=False, confidence="guess")
                for i in range(2)
            ],
        ]
    )
    view = ProgressPanel(journal, course).view
    assert view["headline"] == "1 of 2 lessons mastered"
    assert view["facts"] == ["23 graded answers", "1 of 3 concepts mastered"]
    states = {entry["number"]: entry["state"] for entry in view["lessons"]}
    assert states == {0: "taken", 1: "mastered", 2: "not_started", 3: "learning"}
    (concept,) = view["lessons"][3]["concepts"]
    assert (concept["title"], concept["share"]) == ("Metric key results", 0.5)
    assert (concept["answers"], concept["needed"]) == (3, 8)
    assert [(m["title"], m["times"], m["lesson"]) for m in view["alive"]] == [
        ("Attainment is current divided by target", 3, "Lesson 3, The craft of key results")
    ]
    assert view["pretest"] == "You guessed twice, and right each time."
    assert view["since"] == "You were sure 20 times, and right each time."
    assert view["next"].startswith("Go on with lesson 3")


def test_the_gain_waits_for_the_final_test_and_then_has_its_interval(
    tmp_path: Path, journal: MemoryJournal
) -> None:
    """Nothing without a pretest; then what will come; then both shares and the interval."""
    course = with_both_tests(tmp_path)
    panel = ProgressPanel(journal, course)
    assert (panel.view["gain"], panel.view["gain_words"]) == (None, [])
    journal.record(sat("pretest", wrong=2))
    panel.refresh()
    assert panel.view["gain"] is None
    assert panel.view["gain_words"][0].startswith("The final test, at the end of the last lesson")
    journal.record(sat("final", wrong=0))
    panel.refresh()
    shown = panel.view["gain"]
    assert (shown["pairs"], shown["before"], shown["after"]) == (2, 0, 2)
    assert shown["low"] < shown["difference"] == 1.0 <= shown["high"]
    assert "2 in the final test: 100 points more." in panel.view["gain_words"][0]
    assert "What you have gained: Of 2 questions" in repr(panel)


def test_refresh_shows_what_was_answered_meanwhile(course: Library, journal: MemoryJournal) -> None:
    """Another widget wrote into the same record."""
    panel = ProgressPanel(journal, course)
    journal.record([attempt(1)])
    assert panel.view["started"] is False
    panel._handle_custom_msg({"type": "refresh"}, [])
    assert panel.view["started"] is True
    assert panel.view["say"]["text"] == "Up to date. 0 of 2 lessons mastered."


def test_its_text_is_the_same_in_words(course: Library, journal: MemoryJournal) -> None:
    """The cell's text output, also in a saved notebook."""
    journal.record([attempt(i) for i in range(20)])
    lines = repr(ProgressPanel(journal, course)).splitlines()
    assert lines[0].startswith("Your progress: 1 of 2 lessons and 1 of 3 concepts mastered")
    assert "Lesson 1, Two jobs, one metric: Mastered, 100% of 20 answers" in lines
    assert lines[-1].startswith("Open lesson 3")
