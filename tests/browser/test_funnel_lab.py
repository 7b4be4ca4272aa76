"""FunnelLab as hands, fingers, keys and screen readers meet it."""

from __future__ import annotations

import pytest
from harness import Theme, every_size_and_theme, stage
from playwright.sync_api import Browser

from okrlab.widgets import FunnelLab
from tests.widgets.sort_examples import make_journal, send

pytestmark = pytest.mark.browser


def make(*, guessed: bool = False) -> FunnelLab:
    widget = FunnelLab(make_journal())
    if guessed:
        send(widget, "guess", first="revenue", leads="100", revenue="100 %")
    return widget


def test_keyboard_alone_from_guess_to_reveal_and_sliders(browser: Browser) -> None:
    """Choose, type, reveal; the answer takes the focus; then a slider is moved with arrows."""
    with stage(browser, make()) as s:
        s.press("Tab", "ArrowDown", "ArrowUp")
        assert s.page.locator("[data-focus-key=first-leads]").is_checked()
        s.press("Tab")
        s.page.keyboard.type("54")
        s.press("Tab")
        s.page.keyboard.type("3,3 %")
        s.page.get_by_role("button", name="Show what happens").focus()
        s.press("Enter")
        assert s.focused().startswith("✓ Right Your guess of what moves first: Leads.")
        text = s.root.inner_text()
        for words in ("4,000", "2,600", "$1,342,857", "$1,300,000", "$2,457,143"):
            assert s.page.locator("svg text", has_text=words).count() >= 1, words
        assert "Leads: moves from week 4 to week 10" in text
        assert "Revenue: moves from week 12 to week 18" in text
        s.page.locator("[data-focus-key=deal]").focus()
        s.press("ArrowRight", "ArrowRight")
        assert "Revenue: moves from week 14 to week 20" in s.root.inner_text()
        assert "Quarter 1: leads +53.8 %, revenue 0 %." in s.said[-1]


def test_nothing_is_told_before_the_guess(browser: Browser) -> None:
    """No state holds a figure of the results; an empty guess is asked for in words."""
    with stage(browser, make()) as s:
        s.page.locator("[data-focus-key=target]").focus()
        s.press("ArrowRight")
        s.page.get_by_role("button", name="Show what happens").click()
        s.settle()
        assert "choose one of the four" in s.root.inner_text()
        s.page.locator("[data-focus-key=first-together]").click()
        s.page.get_by_role("button", name="Show what happens").click()
        s.settle()
        assert "Guess a number for leads too" in s.root.inner_text()
        for told in ("moves from week", "1,300,000", "2,600"):
            assert told not in s.sent()


def test_touch_runs_experiments_and_sees_chance_at_work(browser: Browser) -> None:
    """One experiment with its truth, twenty of them, and eight ideas in a row."""
    widget = make()
    with stage(browser, widget, width=360, height=740, touch=True) as s:
        s.page.get_by_role("button", name="Run the experiment").tap()
        s.settle()
        assert "A cart button at the top" in s.root.inner_text()
        s.page.get_by_role("button", name="Does it really work?").tap()
        s.settle()
        assert "In truth it" in s.root.inner_text()
        s.page.get_by_role("button", name="Run it 20 times").tap()
        s.settle()
        assert s.page.get_by_role("img", name="of 20 experiments say that it works").is_visible()
        s.page.locator("[data-focus-key=visitors]").select_option("500")
        s.page.get_by_role("button", name="Try the eight ideas").tap()
        s.settle()
        assert s.page.locator(".okl-programme li").count() == 8
        assert s.view["experiments"]["visitors"] == 500
        assert s.small_targets() == []


def test_a_mouse_drags_a_slider(browser: Browser) -> None:
    """The value shows while it moves, and the charts follow."""
    with stage(browser, make(guessed=True)) as s:
        slider = s.page.locator("[data-focus-key=target]")
        slider.scroll_into_view_if_needed()
        box = slider.bounding_box()
        assert box
        x, y = box["x"] + box["width"] * 7 / 15, box["y"] + box["height"] / 2
        s.page.mouse.move(x, y)
        s.page.mouse.down()
        s.page.mouse.move(box["x"] + box["width"] - 2, y, steps=5)
        s.page.mouse.up()
        s.settle()
        assert s.view["sliders"][0]["value"] == 16
        assert "4 % to 16 %" in s.root.inner_text()


@every_size_and_theme
def test_every_size_and_theme_is_usable(
    browser: Browser, theme: Theme, width: int, zoom: float, touch: bool
) -> None:
    """Before the guess and after it, with experiments: no finding, nothing sticks out."""
    widget = make()
    with stage(browser, widget, theme=theme, width=width, zoom=zoom, touch=touch) as s:
        for phase in ("guess", "results"):
            s.push()
            s.page.wait_for_timeout(60)
            assert s.axe() == []
            assert s.overflow() == []
            assert s.small_targets() == []
            s.shot(f"funnel-{theme}-{width}-{phase}")
            send(widget, "guess", first="revenue", leads="100", revenue="100")
            send(widget, "trial", visitors=2500)
            send(widget, "truth")
            send(widget, "many", visitors=2500, truth="nothing")
            send(widget, "programme", visitors=2500)
