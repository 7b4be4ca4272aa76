"""The ProgressPanel in a browser."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from harness import stage
from playwright.sync_api import Browser, expect

from okrlab.assessment.journal import MemoryJournal
from okrlab.content import Library
from okrlab.widgets.progress_panel import ProgressPanel
from tests.assessment.examples import START, attempt, write_course
from tests.widgets.gain_examples import sat, with_both_tests

pytestmark = pytest.mark.browser


@pytest.fixture
def course(tmp_path: Path) -> Library:
    """Lessons 0 to 3; concepts in lessons 1 and 3."""
    pretest = {"items": ["metric-kr-held-1"], "kind": "pretest", "graded": False, "lesson": 0}
    return write_course(tmp_path, pretest=pretest)


@pytest.fixture
def journal() -> MemoryJournal:
    """Lesson 1 mastered, lesson 3 in progress, the pretest taken."""
    record = MemoryJournal("ada", lambda: START)
    record.record(
        [
            *[attempt(i, confidence="sure") for i in range(20)],
            *[
                attempt(30 + i, concept="metric-kr", mark=0.5, misconceptions=("M11",))
                for i in range(9)
            ],
            *[
                attempt(60 + i, activity="pretest/pretest", graded=False, confidence="guess")
                for i in range(2)
            ],
        ]
    )
    return record


@pytest.mark.parametrize(
    "setting",
    [
        {"theme": "light", "width": 900},
        {"theme": "dark", "width": 320},
        {"theme": "plain-dark", "width": 760},
        {"theme": "plain-light", "width": 1280, "zoom": 2},
    ],
    ids=["light-900", "dark-320", "plain-dark", "zoomed"],
)
def test_is_accessible_and_fits(
    browser: Browser, tmp_path: Path, journal: MemoryJournal, setting: dict[str, Any]
) -> None:
    """Filled and empty; no violation, nothing sticks out, targets large enough."""
    empty = MemoryJournal("bob", lambda: START)
    both_tests = with_both_tests(tmp_path)
    journal.record([*sat("pretest", wrong=2), *sat("final", wrong=1)])
    for record, name in ((journal, "filled"), (empty, "empty")):
        panel = ProgressPanel(record, both_tests)
        with stage(browser, panel, **setting) as s:
            closed = s.page.locator("button[aria-expanded=false]")
            while closed.count():
                closed.first.click()
            assert s.axe() == []
            assert s.overflow() == []
            assert s.small_targets() == []
            s.shot(f"progress-{setting['theme']}-{setting['width']}-{name}")


def test_states_stand_in_words_beside_the_picture(
    browser: Browser, course: Library, journal: MemoryJournal
) -> None:
    """The drawing is hidden from screen readers; the words say the same."""
    with stage(browser, ProgressPanel(journal, course)) as s:
        lessons = s.page.get_by_role("list", name="Lessons").locator("> li").all_inner_texts()
        assert "Pretest, 2 answers" in lessons[0]
        assert "Mastered, 100% of 20 answers" in lessons[1]
        assert "Not started" in lessons[2]
        assert "In progress, 50% of 9 answers" in lessons[3]
        assert s.page.locator("svg:not([aria-hidden=true])").count() == 0
        ideas = s.page.get_by_role("group", name="Ideas that came up lately").inner_text()
        assert "Attainment is current divided by target" in ideas
        assert "Repaired in Lesson 3, The craft of key results." in ideas


def test_the_bar_shows_the_share_and_the_mark_to_reach(
    browser: Browser, course: Library, journal: MemoryJournal
) -> None:
    """Half of the bar is filled, and the line stands at four fifths of it."""
    with stage(browser, ProgressPanel(journal, course)) as s:
        row = s.page.locator(".pp-concept", has_text="Metric key results")
        bar = row.locator(".pp-bar").bounding_box()
        fill = row.locator(".pp-fill").bounding_box()
        goal = row.locator(".pp-goal").bounding_box()
        assert bar
        assert fill
        assert goal
        assert fill["width"] / bar["width"] == pytest.approx(0.5, abs=0.01)
        assert (goal["x"] + 1 - bar["x"]) / bar["width"] == pytest.approx(0.8, abs=0.01)
        assert "50% of 9 answers" in row.inner_text()


def test_the_gain_is_drawn_where_its_numbers_say(browser: Browser, tmp_path: Path) -> None:
    """The interval lies around the point, right of nought when it does; the words say the same."""
    record = MemoryJournal("bob", lambda: START)
    record.record([*sat("pretest", wrong=2), *sat("final", wrong=0)])
    with stage(browser, ProgressPanel(record, with_both_tests(tmp_path))) as s:
        section = s.page.get_by_role("group", name="What you have gained")
        assert "0 were right in the pretest and 2 in the final test" in section.inner_text()
        assert "95% interval" in section.inner_text()
        assert section.locator("[aria-hidden=true]").count() == 1
        boxes = {n: s.page.locator(f".pp-{n}").bounding_box() for n in ("scale", "interval")}
        shown, scale, drawn = s.view["gain"], boxes["scale"], boxes["interval"]
        assert scale
        assert drawn
        half = scale["width"] / 2
        left = (drawn["x"] - scale["x"]) / half - 1
        assert left == pytest.approx(shown["low"], abs=0.02)
        assert left + drawn["width"] / half == pytest.approx(shown["high"], abs=0.02)


def test_concepts_open_by_keyboard_and_stay_open(
    browser: Browser, course: Library, journal: MemoryJournal
) -> None:
    """The lesson in progress is open from the start; refreshing closes nothing."""
    with stage(browser, ProgressPanel(journal, course)) as s:
        buttons = s.page.get_by_role("button", name="concept")
        expect(buttons.nth(1)).to_have_attribute("aria-expanded", "true")
        buttons.nth(0).focus()
        s.press("Enter")
        expect(buttons.nth(0)).to_have_attribute("aria-expanded", "true")
        expect(s.page.get_by_text("One measure in several roles")).to_be_visible()
        journal.record([attempt(99, concept="metric-kr")])
        s.page.get_by_role("button", name="Show the latest").focus()
        s.press("Enter")
        expect(buttons.nth(0)).to_have_attribute("aria-expanded", "true")
        assert s.focused() == "Show the latest"
        assert s.said == ["Up to date. 1 of 2 lessons mastered."]
        expect(s.page.get_by_text("30 graded answers")).to_be_visible()


def test_an_empty_panel_says_where_to_start(browser: Browser, course: Library) -> None:
    """Words and a path, and no empty sections."""
    with stage(browser, ProgressPanel(MemoryJournal("bob", lambda: START), course)) as s:
        text = s.root.inner_text()
        assert "Nothing answered yet. Start with lesson 0, Welcome" in text
        assert "Ideas that came up lately" not in text
        assert "How sure you were" not in text


def test_the_panel_is_up_to_date_when_it_comes_into_sight(
    browser: Browser, course: Library
) -> None:
    """What was answered further up the page is shown without asking, and not announced."""
    record = MemoryJournal("bob", lambda: START)
    with stage(browser, ProgressPanel(record, course)) as s:
        s.page.evaluate("() => { document.getElementById('stage').style.marginTop = '3000px'; }")
        s.page.wait_for_timeout(100)
        s.settle()
        record.record([attempt(1)])
        assert "Nothing answered yet" in s.root.inner_text()
        s.root.scroll_into_view_if_needed()
        expect(s.page.get_by_text("1 graded answer ·")).to_be_visible()
        assert s.said == []


def test_many_ideas_are_shown_a_few_at_a_time(browser: Browser, course: Library) -> None:
    """Three are spelled out; the rest opens on request."""
    record = MemoryJournal("bob", lambda: START)
    record.record([attempt(i, mark=0.0, misconceptions=(f"M0{1 + i % 5}",)) for i in range(10)])
    with stage(browser, ProgressPanel(record, course)) as s:
        ideas = s.page.locator(".pp-ideas > li")
        shown = len(s.view["alive"])
        assert shown > 3
        expect(ideas).to_have_count(3)
        s.page.get_by_role("button", name=f"{shown - 3} more").click()
        expect(ideas).to_have_count(shown)
