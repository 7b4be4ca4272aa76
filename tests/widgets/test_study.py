"""Study without a browser: what it deals, records, keeps and says."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

from okrlab.assessment.journal import MemoryJournal
from okrlab.content import Library
from okrlab.widgets.study import Study
from tests.assessment.examples import START, attempt, write_course

CONCEPTS = ("kpi-definition", "role-transition", "metric-kr")
ENTRIES: dict[str, dict[str, Any]] = {
    "choice": {"option": 0},
    "rewrite": {"option": 0},
    "choices": {"options": [0]},
    "number": {"text": "0.6"},
    "write": {"text": "Help"},
    "order": {},
    "classify": {"placed": {"0": 0, "1": 0, "2": 0}},
    "role_in_context": {"placed": {"0": 0, "1": 0, "2": 0}},
}
"""Some answer to an item of each type."""


class Clock:
    """A clock that stands until it is set."""

    def __init__(self) -> None:
        self.time = START + timedelta(days=5)

    def __call__(self) -> datetime:
        return self.time


@pytest.fixture
def course(tmp_path: Path) -> Library:
    """Three concepts in two lessons."""
    return write_course(tmp_path)


@pytest.fixture
def clock() -> Clock:
    """Five days after the first answers."""
    return Clock()


@pytest.fixture
def journal(clock: Clock) -> MemoryJournal:
    """Every concept was answered once, five days ago."""
    record = MemoryJournal("ada", clock)
    record.record([attempt(n, concept=concept) for n, concept in enumerate(CONCEPTS)])
    return record


def study(course: Library, journal: MemoryJournal, seed: int = 1) -> Study:
    """The widget."""
    return Study(journal, course, rng=Random(seed), zone=UTC)


def send(widget: Study, kind: str, **data: Any) -> dict[str, Any]:
    """A message as the browser sends it; returns the view that follows."""
    key = {"key": widget.view["key"]} if "key" in widget.view else {}
    widget._handle_custom_msg({"type": kind, "ack": "t:1", **key, **data}, [])
    view: dict[str, Any] = widget.view
    assert view["error"] is None
    return view


def answer(widget: Study) -> None:
    """Answer the current question and go on."""
    send(widget, "check", entry=ENTRIES[widget.view["question"]["type"]])
    send(widget, "next")


def test_the_overview_says_what_is_due_and_how_long_it_takes(
    course: Library, journal: MemoryJournal
) -> None:
    """Three concepts, a minute each."""
    widget = study(course, journal)
    start = widget.view["start"]
    assert start["headline"] == "3 concepts are due today."
    assert (start["batch"], start["minutes"], start["size"]) == (3, 3, 10)
    assert start["due"][0] == {
        "title": "What a KPI is",
        "lesson": "Lesson 1, Two jobs, one metric",
        "last": "5 days ago",
    }
    assert repr(widget) == "Your reviews. 3 concepts are due today."


def test_reviews_are_recorded_and_the_end_says_when_each_comes_again(
    course: Library, journal: MemoryJournal
) -> None:
    """One item for each concept, graded, under the name of the reviews."""
    widget = study(course, journal)
    send(widget, "start")
    while widget.view["stage"] != "end":
        answer(widget)
    made = [a for a in journal.attempts() if a.activity == "study/review"]
    assert {a.concept for a in made} == set(CONCEPTS)
    assert all(a.graded and a.try_number == 1 for a in made)
    assert all("held" not in a.item for a in made)
    again = widget.view["end"]["concepts"]
    assert len(again) == 3
    for entry, made_attempt in zip(again, made, strict=True):
        wrong = made_attempt.mark < 0.6
        assert (entry["days"] == 1) == wrong, entry
    assert widget.view["end"]["next"].startswith("Nothing due until")
    back = send(widget, "back")
    assert back["stage"] == "start"
    assert back["start"]["batch"] == 0


def test_the_daily_size_limits_a_day_and_is_kept(
    course: Library, journal: MemoryJournal, clock: Clock
) -> None:
    """Two of three today; the third keeps until tomorrow, or is asked all the same."""
    widget = study(course, journal)
    send(widget, "size", value=2)
    send(widget, "start")
    assert widget.view["of"] == 2
    answer(widget)
    answer(widget)
    assert (
        "That was your size for today. 1 more concept would be due" in (widget.view["end"]["next"])
    )
    widget = study(course, journal)
    start = widget.view["start"]
    assert (start["size"], start["headline"], start["more"]) == (2, "Enough for today.", True)
    assert send(widget, "start")["of"] == 1
    answer(widget)
    clock.time += timedelta(days=400)
    start = study(course, journal).view["start"]
    assert (start["more"], start["batch"]) == (False, 2)


def test_an_unfinished_round_is_found_again(course: Library, journal: MemoryJournal) -> None:
    """With what was entered, at the same question, also tomorrow; a finished one is over."""
    widget = study(course, journal)
    send(widget, "start")
    answer(widget)
    send(widget, "confidence", value="think")
    again = study(course, journal, seed=9)
    assert (again.view["stage"], again.view["number"]) == ("asked", 2)
    assert again.view["question"] == widget.view["question"]
    assert repr(again) == "Your reviews. Question 2 of 3."
    answer(again)
    answer(again)
    assert study(course, journal).view["stage"] == "start"


def test_nothing_due_is_said_with_the_day(
    course: Library, journal: MemoryJournal, clock: Clock
) -> None:
    """The day in words; with nothing answered at all, how reviews begin."""
    clock.time = START + timedelta(days=1)
    widget = study(course, journal)
    assert widget.view["start"]["headline"] == "Nothing due until tomorrow, Wednesday 4 November."
    assert send(widget, "start")["stage"] == "start"
    assert widget.view["start"]["coming"] == [
        {
            "day": "Tomorrow, Wednesday 4 November",
            "titles": ["What a KPI is", "One measure in several roles", "Metric key results"],
        }
    ]
    empty = study(course, MemoryJournal("bob", clock))
    assert empty.view["start"]["headline"] == "Nothing to review yet."
    assert "joins your reviews" in empty.view["start"]["text"]


def test_no_key_reaches_the_browser_before_the_answer(
    course: Library, journal: MemoryJournal
) -> None:
    """Nor the name of the item, which may tell."""
    widget = study(course, journal)
    send(widget, "start")
    known = json.dumps(widget.view)
    assert widget.sitting is not None
    assert widget.sitting.current.item not in known
    assert not any(secret in known for secret in ("cue-", "tempts-", "flip-"))


@pytest.mark.parametrize("value", [0, 51, "ten", None, True])
def test_a_size_that_is_none_changes_nothing(
    course: Library, journal: MemoryJournal, value: Any
) -> None:
    """It is refused in words."""
    widget = study(course, journal)
    widget._handle_custom_msg({"type": "size", "value": value}, [])
    assert "number" in widget.view["error"]
    assert widget.view["start"]["size"] == 10
    journal.save_draft("study/size", {"size": value})
    assert study(course, journal).view["start"]["size"] == 10
