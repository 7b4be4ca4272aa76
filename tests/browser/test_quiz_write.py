"""The Quiz's field for a line in one's own words, in a browser."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from harness import Stage, stage
from playwright.sync_api import Browser, expect

from okrlab.assessment.journal import MemoryJournal
from okrlab.content import Library
from okrlab.widgets.quiz import Quiz
from tests.assessment.examples import RIGHT, START, write_course

pytestmark = pytest.mark.browser

GOOD = RIGHT["write"]["text"]
PARTLY = "NPS of 54 by 30 September 2027, and our <b>guests</b> are happy"


@pytest.fixture
def course(tmp_path: Path) -> Library:
    """A quiz with one item that asks for a line."""
    return write_course(tmp_path, own={"items": ["metric-kr-write-1"]})


@pytest.fixture
def journal() -> MemoryJournal:
    """A record that forgets."""
    return MemoryJournal("ada", lambda: START)


def quiz(course: Library, journal: MemoryJournal) -> Quiz:
    """The widget."""
    return Quiz(course.quiz("own"), journal, course, rng=Random(4))


def begin(s: Stage) -> None:
    """Start, and go to the field."""
    s.page.get_by_role("button", name="Start").click()
    s.settle()
    s.page.get_by_label("Your line").focus()


def test_a_line_is_typed_checked_and_explained_with_the_keyboard(
    browser: Browser, course: Library, journal: MemoryJournal
) -> None:
    """Digits and Enter belong to the text; Control and Enter check it."""
    with stage(browser, quiz(course, journal)) as s:
        begin(s)
        s.page.keyboard.type(GOOD)
        s.press("Control+Enter")
        assert s.view["outcome"]["state"] == "right"
        assert "All that was asked for is there. The reason follows." in s.said
        landing = s.page.evaluate("() => document.activeElement.dataset.focusKey")
        assert landing == "go"
        text = s.page.locator(".okl-feedback").inner_text()
        for words in (
            "✓ All that was asked for is there",
            "Start. I read “32” as the start.",
            "One way to write it: “Net promoter score",
            "What settles it: cue-write",
        ):
            assert words in text
        assert journal.attempts()[0].response == {"text": GOOD}


@pytest.mark.parametrize(
    ("theme", "width"), [("light", 320), ("dark", 320), ("light", 900), ("plain-dark", 760)]
)
def test_asked_and_told_are_accessible_and_fit(
    browser: Browser, course: Library, journal: MemoryJournal, theme: str, width: int
) -> None:
    """Signs and words for each point; the learner's text is shown as text."""
    with stage(browser, quiz(course, journal), theme=theme, width=width, touch=True) as s:  # type: ignore[arg-type]
        begin(s)
        field = s.page.get_by_label("Your line")
        field.fill(PARTLY)
        size = field.evaluate("(e) => parseFloat(getComputedStyle(e).fontSize)")
        assert size >= 16
        for moment in ("asked", "told"):
            assert s.axe() == []
            assert s.overflow() == []
            assert s.small_targets() == []
            s.shot(f"write-{theme}-{width}-{moment}")
            s.page.locator(".okl-primary").tap()
            s.settle()
            if moment == "asked":
                assert "<b>guests</b>" in s.page.locator(".qz-own-line").inner_text()
                points = s.page.locator(".qz-point").all_inner_texts()
                assert any(p.startswith("✕") and "The case says 45" in p for p in points)
                assert any(p.startswith("✓") for p in points)


def test_the_field_grows_and_counts_only_near_the_limit(
    browser: Browser, course: Library, journal: MemoryJournal
) -> None:
    """What is too long stays, is told, and can be shortened."""
    with stage(browser, quiz(course, journal), width=400) as s:
        begin(s)
        field = s.page.get_by_label("Your line")
        low = field.bounding_box()
        field.fill("word " * 60)
        high = field.bounding_box()
        assert low
        assert high
        assert high["height"] > low["height"] + 40
        expect(s.page.get_by_text("left", exact=False)).to_have_count(0)
        field.fill("x" * 450)
        expect(field).to_have_accessible_description("50 characters left")
        field.fill("words " * 90)
        expect(field).to_have_accessible_description("40 characters too many")
        s.page.locator(".okl-primary").click()
        s.settle()
        assert "at most 500" in s.view["problem"]
        expect(field).to_be_focused()
        assert field.input_value() == "words " * 90
        assert s.axe() == []
        assert journal.attempts() == []
        field.fill(GOOD)
        s.page.locator(".okl-primary").click()
        s.settle()
        assert s.view["outcome"]["state"] == "right"


def test_a_line_begun_is_found_again(
    browser: Browser, course: Library, journal: MemoryJournal
) -> None:
    """It is saved while it is typed; nothing of the key is in the page before the answer."""
    with stage(browser, quiz(course, journal)) as s:
        begin(s)
        s.page.keyboard.type("NPS from 32")
        s.page.wait_for_timeout(550)
        s.settle()
    with stage(browser, quiz(course, journal)) as s:
        field = s.page.get_by_label("Your line")
        assert field.input_value() == "NPS from 32"
        page = s.page.content() + s.sent()
        assert not [w for w in ("cue-", "tempts-", "Net promoter score from 32 to") if w in page]
