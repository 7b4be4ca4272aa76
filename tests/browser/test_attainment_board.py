"""AttainmentBoard as hands, fingers, keys and screen readers meet it."""

from __future__ import annotations

import pytest
from harness import Theme, every_size_and_theme, stage
from playwright.sync_api import Browser

from tests.widgets.sort_examples import send
from tests.widgets.test_attainment_board import entry, make, own

pytestmark = pytest.mark.browser


def test_keyboard_alone_moves_values_and_promises(browser: Browser) -> None:
    """Arrows move a slider, the field takes a number, selects change set and promise."""
    with stage(browser, make()) as s:
        s.page.locator("[data-focus-key=slide-margin]").focus()
        s.press("ArrowRight", "ArrowRight")
        assert entry(s.widget, "margin")["value"] == 24
        assert s.focused() == "Gross margin"
        s.press("Tab", "Control+a")
        s.page.keyboard.type("25")
        s.press("Tab")
        assert entry(s.widget, "margin")["share"] == "1.00"
        assert s.page.locator(".okl-entry").nth(1).locator(".okl-share").inner_text() == "1.00"
        s.page.locator("[data-focus-key=ambition-margin]").select_option("moonshot")
        s.settle()
        assert "Moonshot at 1.00" in s.said[-1]
        s.page.locator("[data-focus-key=hurry]").focus()
        s.press("Enter")
        assert s.page.locator(".okl-claim").count() == 1
        s.page.locator("[data-focus-key=set]").select_option("call-centre")
        s.settle()
        assert "Broken" in s.page.locator(".okl-together").inner_text()


def test_a_dragged_slider_ends_where_it_was_let_go(browser: Browser) -> None:
    """However many values it sends on the way, Python has the last one, and so has the page."""
    with stage(browser, make(), width=1000) as s:
        slider = s.page.locator("[data-focus-key=slide-revenue]")
        slider.scroll_into_view_if_needed()
        box = slider.bounding_box()
        assert box
        y = box["y"] + box["height"] / 2
        s.page.mouse.move(box["x"] + box["width"] * 0.56, y)
        s.page.mouse.down()
        s.page.mouse.move(box["x"] + 4, y, steps=12)
        s.page.mouse.up()
        for _ in range(3):
            s.settle()
        shown = float(slider.input_value())
        assert shown < 4.5
        assert entry(s.widget, "revenue")["value"] == shown
        assert s.page.locator("[data-focus-key=exact-revenue]").input_value() == f"{shown:g}"
        assert s.page.locator(".okl-share").first.inner_text().startswith("−0.")


def test_touch_adds_an_own_key_result_and_markup_is_text(browser: Browser) -> None:
    """Tap through the form; what was typed comes back as text only."""
    with stage(browser, make(), width=360, height=740, touch=True) as s:
        s.page.locator("[data-focus-key=set]").select_option("own")
        s.settle()
        for name, text in (
            ("text", "<img src=x onerror=alert(1)>"),
            ("baseline", "10"),
            ("target", "0"),
        ):
            s.page.locator(f"[data-focus-key=own-{name}]").fill(text)
        s.settle()
        s.page.get_by_role("button", name="Add").tap()
        s.settle()
        assert "which is no number" in s.page.locator(".okl-error").inner_text()
        assert s.page.locator("[data-focus-key=own-baseline]").input_value() == "10"
        s.page.locator("[data-focus-key=own-current]").fill("4")
        s.page.get_by_role("button", name="Add").tap()
        s.settle()
        assert s.page.locator(".okl-entry .okl-share").inner_text() == "0.60"
        assert s.root.get_by_text("<img src=x onerror=alert(1)>").first.is_visible()
        assert s.root.locator("img").count() == 0
        assert s.page.locator("[data-focus-key=own-text]").input_value() == ""


@every_size_and_theme
def test_every_size_and_theme_is_usable(
    browser: Browser, theme: Theme, width: int, zoom: float, touch: bool
) -> None:
    """No axe finding, nothing sticks out, targets are large: sets, hurried reading, own."""
    widget = make()
    with stage(
        browser, widget, theme=theme, width=width, zoom=zoom, touch=touch, reduced_motion=True
    ) as s:
        for phase in ("growth", "call-centre", "promises", "own"):
            if phase == "call-centre":
                send(widget, "hurry", on=True)
                s.page.get_by_role("button", name="Others read it differently").click()
            if phase == "own":
                own(widget)
            else:
                send(widget, "show", set=phase)
            s.push()
            assert s.axe() == []
            assert s.overflow() == []
            assert s.small_targets() == []
            s.shot(f"attainment-{theme}-{width}-{phase}")
