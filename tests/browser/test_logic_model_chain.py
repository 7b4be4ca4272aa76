"""LogicModelChain as hands, fingers, keys and screen readers meet it."""

from __future__ import annotations

import pytest
from harness import Stage, Theme, every_size_and_theme, stage
from playwright.sync_api import Browser

from tests.widgets.sort_examples import send
from tests.widgets.test_logic_model_chain import make, pick, sort, stages

pytestmark = pytest.mark.browser

NUMBER = {"resources": "1", "activities": "2", "outputs": "3", "outcomes": "4", "impact": "5"}


def test_keyboard_alone_from_the_first_card_to_the_choice(browser: Browser) -> None:
    """Number keys put cards into links; then the guess, the gap and the activities."""
    widget = make()
    with stage(browser, widget) as s:
        s.page.locator(".okl-in-hand").focus()
        for right in stages(widget).values():
            s.press(NUMBER[right])
        assert s.focused() == "Check"
        s.press("Enter")
        assert s.view["result"]["done"]
        go_on = s.page.get_by_role("button", name="Go on: can it be done?")
        go_on.focus()
        s.press("Enter")
        assert s.focused() == "2. Can it be done?"
        s.press("Tab")
        s.page.keyboard.type("12")
        s.press("Enter")
        assert s.focused().startswith("✕ Not quite")
        assert "It takes 17" in s.said[-1]
        assert s.page.locator(".okl-gap-bar > span").count() == 17
        assert s.page.locator(".okl-gap-bar > .okl-there").count() == 4
        s.page.locator("[data-focus-key=try-units]").focus()
        s.page.keyboard.press("Control+a")
        s.page.keyboard.type("17")
        s.press("Tab")
        assert "it can be reached" in s.said[-1]
        for name in ("asked-for", "assistant", "gave-up"):
            s.page.locator(f"[data-focus-key=pick-{name}]").focus()
            s.press("Space")
        assert s.said[-1] == "26 of 36 person-weeks."
        s.page.get_by_role("button", name="Check the choice").focus()
        s.press("Enter")
        assert s.focused().startswith("✓ It can be done, and it leads on")


def test_touch_and_pointer_put_cards_into_links(browser: Browser) -> None:
    """Tap a link for the card in hand; with a mouse, drag the card there."""
    widget = make(name="million-cars")
    with stage(browser, widget, width=360, height=740, touch=True) as s:
        [(card, right), *_] = stages(widget).items()
        s.page.locator(f"[data-focus-key=b-{right}]").tap()
        s.settle()
        assert s.view["placed"] == [[card, right]]
    widget = make(name="million-cars")
    with stage(browser, widget, width=1000) as s:
        [(card, right), *_] = stages(widget).items()
        s.drag(s.page.locator(".okl-in-hand"), s.page.locator(f"[data-focus-key=b-{right}]"))
        assert s.view["placed"] == [[card, right]]


def means(s: Stage, widget: object) -> None:
    send(widget, "show", part="means")
    send(widget, "guess", guess=16)
    pick(widget, "asked-for", "more", "gave-up")  # type: ignore[arg-type]
    send(widget, "can")
    s.push()


@every_size_and_theme
def test_every_size_and_theme_is_usable(
    browser: Browser, theme: Theme, width: int, zoom: float, touch: bool
) -> None:
    """No axe finding, nothing sticks out, targets are large: cards, reasons, gap and choice."""
    widget = make()
    with stage(
        browser, widget, theme=theme, width=width, zoom=zoom, touch=touch, reduced_motion=True
    ) as s:
        for phase in ("cards", "checked", "means"):
            if phase == "checked":
                sort(widget, live="outcomes")
                send(widget, "check")
                s.push()
                s.page.locator(".okl-why").first.click()
            if phase == "means":
                means(s, widget)
            assert s.axe() == []
            assert s.overflow() == []
            assert s.small_targets() == []
            s.shot(f"logic-{theme}-{width}-{phase}")
