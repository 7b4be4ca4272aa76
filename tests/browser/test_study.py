"""Study in a browser: what is due, by keyboard to the end, in every size and theme."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from harness import Stage, Theme, every_size_and_theme, stage
from playwright.sync_api import Browser, expect

from okrlab.assessment.journal import MemoryJournal
from okrlab.content import Library, library
from okrlab.widgets.study import Study
from tests.assessment.examples import START, attempt, write_course

pytestmark = pytest.mark.browser

NOW = START + timedelta(days=5)
CONCEPTS = ("kpi-definition", "role-transition", "metric-kr")


@pytest.fixture
def course(tmp_path: Path) -> Library:
    """Three concepts in two lessons."""
    return write_course(tmp_path)


@pytest.fixture
def journal() -> MemoryJournal:
    """Every concept was answered once, five days ago, so all three are due."""
    record = MemoryJournal("ada", lambda: NOW)
    record.record([attempt(n, concept=concept) for n, concept in enumerate(CONCEPTS)])
    return record


def study(course: Library, journal: MemoryJournal) -> Study:
    """The widget."""
    return Study(journal, course, rng=Random(1), zone=UTC)


def give_an_answer(s: Stage) -> None:
    """Any answer that can be marked, to whatever is asked, by keys."""
    kind = s.view["question"]["type"]
    if kind in ("choice", "rewrite", "choices"):
        s.press("1")
    elif kind == "number":
        s.page.locator(".qz-number-field input").fill("7")
    elif kind == "write":
        s.page.locator("textarea").fill("Ask customers")
    elif kind != "order":
        for card in range(len(s.view["question"]["cards"])):
            s.page.locator(f"[data-card='{card}'] input").first.focus()
            s.press("1")
    s.settle()


def to_the_end(s: Stage) -> None:
    """Answer everything."""
    while s.view["stage"] != "end":
        if s.view["stage"] == "asked":
            give_an_answer(s)
        s.page.locator(".okl-primary").focus()
        s.press("Enter")


def test_reviews_from_the_overview_to_the_end_by_keyboard(
    browser: Browser, course: Library, journal: MemoryJournal
) -> None:
    """Three fresh questions; the last page says when each comes again; then nothing is due."""
    with stage(browser, study(course, journal)) as s:
        assert "3 concepts are due today." in s.root.inner_text()
        s.page.get_by_role("button", name="Start").focus()
        s.press("Enter")
        assert s.said[-1] == "Question 1 of 3."
        assert s.view["question"]["stem"] in s.focused()
        to_the_end(s)
        assert "of 3 right" in s.focused()
        again = s.page.get_by_role("group", name="When each comes again")
        expect(again.get_by_role("listitem")).to_have_count(3)
        expect(again).to_contain_text("8 November")
        s.page.get_by_role("button", name="Back to the overview").focus()
        s.press("Enter")
        assert s.focused().startswith("Nothing due until")
        expect(s.page.get_by_role("button", name="Start")).to_have_count(0)
        expect(s.page.get_by_role("group", name="What comes next")).to_be_visible()
    assert {a.concept for a in journal.attempts() if a.activity == "study/review"} == set(CONCEPTS)


def test_the_daily_size_is_set_and_kept(
    browser: Browser, course: Library, journal: MemoryJournal
) -> None:
    """By arrow keys; a new widget on the same record has it."""
    with stage(browser, study(course, journal)) as s:
        sizes = s.page.get_by_role("group", name="How many reviews a day, at most?")
        expect(sizes.get_by_role("radio", name="10")).to_be_checked()
        sizes.get_by_role("radio", name="10").focus()
        s.press("ArrowLeft")
        assert s.said == ["At most 5 reviews a day."]
    with stage(browser, study(course, journal)) as s:
        expect(s.page.get_by_role("radio", name="5", exact=True)).to_be_checked()


def test_a_page_left_open_is_renewed_when_it_is_seen_again(
    browser: Browser, course: Library, journal: MemoryJournal
) -> None:
    """Reviews that were made elsewhere meanwhile are no longer shown as due."""
    with stage(browser, study(course, journal)) as s:
        later = [attempt(90 + n, concept=c, at=NOW) for n, c in enumerate(CONCEPTS)]
        journal.record(later)
        s.page.evaluate("() => document.dispatchEvent(new Event('visibilitychange'))")
        s.settle()
        assert "Nothing due until" in s.root.inner_text()


@every_size_and_theme
def test_every_page_is_accessible_and_fits(
    browser: Browser, theme: Theme, width: int, zoom: float, touch: bool
) -> None:
    """The real course with all concepts due: overview, question, last page, and the quiet days."""
    content = library()
    record = MemoryJournal("ada", lambda: datetime(2026, 11, 30, 18, tzinfo=UTC))
    record.record([attempt(n, concept=c) for n, c in enumerate(content.concepts)])
    setting = {"theme": theme, "width": width, "zoom": zoom, "touch": touch}
    record.save_draft("study/size", {"size": 4})
    with stage(browser, study(content, record), **setting) as s:  # type: ignore[arg-type]
        name = f"study-{theme}-{width}"
        check(s, f"{name}-1-start")
        s.page.get_by_role("button", name="more").click()
        s.page.get_by_role("button", name="Start").click()
        s.settle()
        check(s, f"{name}-2-asked")
        to_the_end(s)
        check(s, f"{name}-3-end")
        s.page.get_by_role("button", name="Back to the overview").click()
        s.settle()
        assert "Enough for today." in s.root.inner_text()
        check(s, f"{name}-4-enough")
    rest = [attempt(90 + n, concept=c, at=record.now()) for n, c in enumerate(content.concepts)]
    record.record(rest)
    for journal, last in ((record, "5-nothing-due"), (MemoryJournal("b", record.now), "6-empty")):
        with stage(browser, study(content, journal), **setting) as s:  # type: ignore[arg-type]
            check(s, f"{name}-{last}")


def check(s: Stage, name: str) -> None:
    """Nothing that axe finds, nothing that sticks out, nothing too small for a finger."""
    s.shot(name)
    assert s.axe() == []
    assert s.overflow() == []
    assert s.small_targets() == []
