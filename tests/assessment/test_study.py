"""A day's reviews: which items, how many, how long."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from okrlab.assessment.journal import MemoryJournal
from okrlab.assessment.review import Schedule, schedule
from okrlab.assessment.study import (
    daily_size,
    deal_reviews,
    keep_daily_size,
    left_today,
    minutes,
    next_batch,
)
from okrlab.content import Library, library
from tests.assessment.examples import START, attempt, write_course

NOW = START + timedelta(days=30)


@pytest.fixture
def course(tmp_path: Path) -> Library:
    """Three concepts in two lessons."""
    return write_course(tmp_path)


def dealt(course: Library, made: list, seed: int = 1) -> list[str]:
    """The items of everything that is due."""
    return deal_reviews(schedule(made, course, NOW).due, course, made, Random(seed))


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_every_review_is_a_fresh_item_of_a_due_concept(data: st.DataObject) -> None:
    """Whatever was answered: one item per concept, never the last one, never one held out."""
    content = library()
    items = data.draw(
        st.lists(st.sampled_from(sorted(content.concept_of)), min_size=1, max_size=60), "items"
    )
    made = [
        attempt(n, item=name, concept=content.concept_of[name], mark=float(n % 2))
        for n, name in enumerate(items)
    ]
    names = dealt(content, made, data.draw(st.integers(0, 9), "seed"))
    assert sorted(content.concept_of[n] for n in names) == sorted({a.concept for a in made})
    last = {a.concept: a.item for a in made}
    for name in names:
        assert not content.item(name).held_out
        assert last[content.concept_of[name]] != name
        own = [i for i in content.bank(content.concept_of[name]) if not i.held_out]
        if {i.id for i in own} - set(items):
            group = content.item(last[content.concept_of[name]]).parallel_group
            assert name not in items or content.item(name).parallel_group == group


def test_what_was_wrong_comes_back_as_a_parallel_item(course: Library) -> None:
    """Of the same group, another item; what was right gives way to another group."""
    wrong = attempt(1, item="metric-kr-number-1", concept="metric-kr", mark=0.0)
    right = attempt(2, item="kpi-definition-choice-2")
    for seed in range(8):
        names = dealt(course, [wrong, right], seed)
        assert {n for n in names if n.startswith("metric-kr")} <= {
            "metric-kr-number-2",
            "metric-kr-number-3",
        }
        assert "kpi-definition-choice-2" not in names


def test_concepts_of_different_lessons_alternate() -> None:
    """Two of one lesson side by side only when there is no other way."""
    content = library()
    made = [attempt(n, concept=c) for n, c in enumerate(content.concepts)]
    names = dealt(content, made)
    lessons = [content.concepts[content.concept_of[n]].lesson for n in names]
    assert all(a != b for a, b in pairwise(lessons))


def test_the_size_limits_a_day(course: Library) -> None:
    """What was reviewed today is counted; lessons are not."""
    made = [attempt(n, concept=c) for n, c in enumerate(course.concepts)]
    now = schedule(made, course, NOW)
    assert (left_today(now, 10), left_today(now, 2), next_batch(now, 2)) == (3, 2, 2)
    made += [attempt(50, at=NOW, concept="kpi-definition", activity="study/review")]
    made += [attempt(51, at=NOW, concept="metric-kr", activity="quiz/two-jobs")]
    now = schedule(made, course, NOW)
    assert [m.concept for m in now.due] == ["role-transition"]
    assert now.done_today == ("kpi-definition",)
    assert (left_today(now, 2), left_today(now, 1)) == (1, 0)
    assert next_batch(now, 1) == 1
    assert next_batch(Schedule(NOW.date(), {}), 5) == 0


def test_minutes_are_those_of_the_items(course: Library) -> None:
    """A minute each in the example course; in the real one between one and two."""
    assert minutes(course.concepts, course) == 3
    assert minutes([], course) == 0
    content = library()
    assert 24 <= minutes(content.concepts, content) <= 48


def test_the_size_is_kept_and_bounded() -> None:
    """Whatever a damaged draft holds, a usable size comes back."""
    journal = MemoryJournal("ada", lambda: NOW)
    assert daily_size(journal) == 10
    keep_daily_size(journal, 25)
    assert daily_size(journal) == 25
    with pytest.raises(ValueError, match="between 1 and 50"):
        keep_daily_size(journal, 0)
    for damaged in (0, 51, True, "5", None, 2.5):
        journal.save_draft("study/size", {"size": damaged})
        assert daily_size(journal) == 10
