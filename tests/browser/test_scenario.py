"""Scenario as a coach with a keyboard, a clicker or a finger meets it, and the room behind."""

from __future__ import annotations

import pytest
from harness import Stage, every_size_and_theme, stage
from playwright.sync_api import Browser

from okrlab.content import library
from okrlab.content.scenario import STEPS
from okrlab.widgets import Scenario
from tests.widgets.sort_examples import make_journal, send

pytestmark = pytest.mark.browser


def make(name: str = "lumen-churn", journal: object = None) -> Scenario:
    content = library()
    return Scenario(content.scenario(name), content.all_series, journal or make_journal())  # type: ignore[arg-type]


def at(widget: Scenario, step: str) -> Scenario:
    """The widget, brought to a step."""
    send(widget, "go", step=STEPS.index(step))
    return widget


def step_name(s: Stage) -> str:
    """The step that the room sees."""
    return s.root.locator(".okl-step-name").inner_text()


def test_a_clicker_goes_through_the_case_point_by_point(browser: Browser) -> None:
    """Page keys: step by step, and on the reveal month by month; each month is announced."""
    widget = make()
    with stage(browser, widget) as s:
        s.page.get_by_role("button", name="Next: Predict").focus()
        s.press("PageDown")
        assert step_name(s) == "Predict"
        assert s.said[-1] == "Step 2 of 9: Predict."
        s.press("PageDown", "PageDown", "PageDown", "PageDown")
        assert step_name(s) == "Reveal"
        s.press("PageDown")
        assert "month 14: 3.1 %." in s.said[-1]
        assert "Point 14 lies above the upper natural process limit." in s.said[-1]
        assert s.root.get_by_text("Month 14: 3.1 %. What has changed").is_visible()
        s.press("PageUp", "PageUp")
        assert step_name(s) == "Vote again"
        s.press("n")
        assert s.root.get_by_role("region", name="Notes for the coach").is_visible()
        s.press("n")
        assert s.root.get_by_role("region", name="Notes for the coach").count() == 0


def test_votes_are_typed_tapped_and_compared(browser: Browser) -> None:
    """Counts by field and by button; the revote beside the first; advice only when asked for."""
    with stage(browser, at(make(), "vote"), width=360, height=740, touch=True) as s:
        s.page.get_by_role("spinbutton", name="Votes for A").fill("8")
        s.page.keyboard.press("Tab")
        s.settle()
        for _ in range(3):
            s.page.get_by_role("button", name="One vote more for B").tap()
        s.settle()
        assert s.view["vote"]["totals"] == {"first": 11, "second": 0}
        assert "Right at" not in s.sent()
        s.page.get_by_role("button", name="What next?").tap()
        s.settle()
        assert s.root.get_by_text(
            "Right at the first vote: 3 of 11, 27 %.", exact=True
        ).is_visible()
        assert s.root.get_by_text("Rule of thumb").first.is_visible()
        s.page.get_by_role("button", name="Next: In pairs").tap()
        s.settle()
        s.page.get_by_role("button", name="Next: Vote again").tap()
        s.settle()
        s.page.get_by_role("button", name="One vote more for B").tap()
        s.settle()
        assert "B, Leave it a health metric" in s.root.locator("desc").last.inner_html()
        assert s.root.get_by_text("Both votes side by side").count()


def test_the_room_never_has_what_comes_later(browser: Browser) -> None:
    """Coming points, the right option and the notes are not in the page before their time."""
    widget = make("kite-calls")
    with stage(browser, widget) as s:
        for step in STEPS[: STEPS.index("reveal")]:
            send(widget, "go", step=STEPS.index(step))
        s.push()
        for later in ("5.7", "68.4", '"correct": true', "Ask which one they would take", "11.88"):
            assert later not in s.sent()
        assert "Problems solved in the first call" not in s.sent()
        send(widget, "go", step=STEPS.index("reveal"))
        s.push()
        assert s.root.get_by_text("Problems solved in the first call: first").first.is_visible()


def test_the_clock_counts_down_and_is_kept(browser: Browser) -> None:
    """Started, paused, kept with the step; announced at the start only."""
    journal = make_journal()
    with stage(browser, make(journal=journal)) as s:
        s.page.get_by_role("button", name="Start the clock").click()
        assert s.said[-1] == "Clock started: 2 minutes."
        s.page.wait_for_function("() => document.querySelector('.okl-time').innerText !== '2:00'")
        said = len(s.said)
        s.page.get_by_role("button", name="Pause").click()
        s.settle()
        assert len(s.said) == said
    draft = journal.draft("scenario/lumen-churn")
    assert draft
    assert 110 <= draft["left"]["case"] < 120
    with stage(browser, make(journal=journal)) as s:
        assert s.root.locator(".okl-time").inner_text().startswith("1:5")


def test_what_if_asks_the_model(browser: Browser) -> None:
    """A slider by keyboard: the value beside it, the answer, and what is said."""
    with stage(browser, at(make("four-hours"), "data")) as s:
        s.page.get_by_role("button", name="What if the region asked").click()
        slider = s.page.get_by_role("slider", name="Target")
        slider.focus()
        s.press("ArrowRight", "ArrowRight")
        assert slider.get_attribute("aria-valuetext") == "78 %"
        assert s.root.locator(".okl-answer-first").inner_text().startswith("78 % lies beyond")
        assert s.said[-1].startswith("78 % lies beyond the limits")
        assert step_name(s) == "What the data say", "arrows in a slider turn no page"


@every_size_and_theme
def test_every_step_is_usable_everywhere(
    browser: Browser, theme: str, width: int, zoom: float, touch: bool
) -> None:
    """No axe finding, nothing sticks out, large targets: each step with its notes open."""
    name = {900: "lumen-churn", 320: "kite-calls", 640: "six-engineers", 1600: "web-leads"}[width]
    widget = make(name)
    with stage(
        browser,
        widget,
        theme=theme,
        width=width,
        zoom=zoom,
        touch=touch,
        reduced_motion=True,  # type: ignore[arg-type]
    ) as s:
        for step in STEPS:
            send(widget, "go", step=STEPS.index(step))
            if step == "vote":
                for i, option in enumerate(s_options(widget)):
                    send(widget, "count", round="first", option=option, count=4 + i)
                send(widget, "advise", shown=True)
            if step == "revote":
                for i, option in enumerate(s_options(widget)):
                    send(widget, "count", round="second", option=option, count=2 + 4 * i)
            if step == "reveal":
                send(widget, "reveal", to=widget.view["reveal"]["of"])
            if step in ("case", "debate"):
                send(widget, "notes", shown=step == "case")
            s.push()
            if step == "data":
                s.page.get_by_role("button", name="What if").click()
            assert s.axe() == [], step
            assert s.overflow() == [], step
            assert s.small_targets() == [], step
            s.shot(f"scenario-{theme}-{width}-{step}")


def s_options(widget: Scenario) -> list[str]:
    """Ids of the options."""
    return [option["id"] for option in widget.view["vote"]["options"]]
