"""LifecycleBoard as hands, fingers, keys and screen readers meet it."""

from __future__ import annotations

import pytest
from harness import Theme, every_size_and_theme, stage
from playwright.sync_api import Browser

from tests.widgets.sort_examples import send
from tests.widgets.test_lifecycle_board import (
    CHURN,
    GUIDE,
    OUTAGE,
    TICKETS,
    lane,
    make,
    move,
    quarters,
)

pytestmark = pytest.mark.browser


def test_keyboard_alone_plays_a_quarter(browser: Browser) -> None:
    """Choose a card, open a move, fill it in, make it; a refused one keeps focus on the reason."""
    widget = quarters()
    with stage(browser, widget) as s:
        s.page.locator(f"[data-focus-key=card-{TICKETS}]").focus()
        s.press("Enter")
        s.page.locator("[data-focus-key=move-alert]").focus()
        s.press("Enter", "Tab")
        assert s.focused() == "Not now"
        s.press("Tab", "Enter")
        assert s.focused().startswith("✕ Not possible now: raise an alert")
        assert "Leave it alone" in s.said[-1]
        s.page.locator("[data-focus-key=cancel]").focus()
        s.press("Enter")
        s.page.locator(f"[data-focus-key=card-{CHURN}]").focus()
        s.press("Enter")
        s.page.locator("[data-focus-key=move-focus]").focus()
        s.press("Enter", "Tab")
        s.page.keyboard.type("Customers stay")
        s.settle()
        s.page.locator("[data-focus-key=fill]").focus()
        s.press("Enter")
        assert s.focused() == "Make it a key result"
        s.press("Enter")
        assert lane(widget, CHURN) == "key_result"
        assert s.focused().startswith("✓ Month 15. Customers who leave: make it a key result")
        s.page.locator("[data-focus-key=on]").focus()
        s.press("Enter")
        assert s.focused() == "Quarter 2 of 5: months 16 to 18"


def test_a_card_is_dragged_to_a_lane_or_says_why_not(browser: Browser) -> None:
    """With a mouse: a signal goes to alert; a step that is too early opens the reason."""
    widget = quarters()
    with stage(browser, widget, width=1100) as s:
        target = s.page.locator("[data-lane=alert]")
        s.drag(s.page.locator(f"[data-focus-key=card-{CHURN}]"), target)
        assert lane(widget, CHURN) == "alert"
        assert "✓ Month 15" in s.focused()
        s.drag(
            s.page.locator(f"[data-focus-key=card-{CHURN}]"),
            s.page.locator("[data-lane=stabilising]"),
        )
        assert lane(widget, CHURN) == "alert"
        assert "That starts from “key result”" in s.page.locator(".okl-guards").inner_text()
        assert s.page.locator(".okl-ghost").count() == 0


def test_touch_follows_the_story(browser: Browser) -> None:
    """Tap through: do as the story does, go on; the strip and its words follow."""
    widget = make()
    with stage(browser, widget, width=360, height=740, touch=True) as s:
        for _ in range(4):
            s.page.get_by_role("button", name="Do as the story does").tap() if s.view["turn"][
                "deed"
            ] else None
            s.settle()
            s.page.get_by_role("button", name="Go on").tap()
            s.settle()
        assert s.page.locator(".okl-turn .okl-title").inner_text() == "Month 14"
        assert "health in months 6 to 14" in s.page.locator(".okl-history").inner_text()
        s.page.locator("[data-focus-key=other]").select_option("settle")
        s.settle()
        assert "That starts from “stabilising”" in s.page.locator(".okl-guards").inner_text()


def test_typed_markup_is_text(browser: Browser) -> None:
    """What a learner types into a form comes back as text only."""
    widget = quarters()
    with stage(browser, widget) as s:
        move(widget, TICKETS, "retire", fill=False)
        send(widget, "type", field="reason", text="the aspect no longer matters")
        send(widget, "type", field="why", text="<img src=x onerror=alert(1)>")
        send(widget, "make")
        s.push()
        assert lane(widget, TICKETS) == "retired"
        assert s.root.get_by_text("<img src=x onerror=alert(1)>").first.is_visible()
        assert s.root.locator("img").count() == 0


@every_size_and_theme
def test_every_size_and_theme_is_usable(
    browser: Browser, theme: Theme, width: int, zoom: float, touch: bool
) -> None:
    """No axe finding, nothing sticks out, targets are large: story, form, refusal, the end."""
    widget = make()
    with stage(
        browser, widget, theme=theme, width=width, zoom=zoom, touch=touch, reduced_motion=True
    ) as s:
        for phase in ("story", "refused", "end"):
            if phase == "story":
                for _ in range(4):
                    send(widget, "deed")
                    send(widget, "on")
            elif phase == "refused":
                send(widget, "show", case="five-quarters")
                move(widget, CHURN, "focus")
                move(widget, GUIDE, "promise")
                send(widget, "on")
                send(widget, "on")
                move(widget, OUTAGE, "alert")
                move(widget, TICKETS, "focus")
            else:
                send(widget, "show", case="churn-story")
                while not widget.view["turn"]["last"]:
                    send(widget, "deed")
                    send(widget, "on")
                send(widget, "deed")
            s.push()
            s.page.wait_for_timeout(50)
            assert s.axe() == []
            assert s.overflow() == []
            assert s.small_targets() == []
            s.shot(f"lifecycle-{theme}-{width}-{phase}")
