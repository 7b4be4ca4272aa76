"""TravelDashboard as hands, fingers, keys and screen readers meet it."""

from __future__ import annotations

import pytest
from harness import Theme, every_size_and_theme, stage
from playwright.sync_api import Browser

from okrlab.widgets.travel_dashboard import TravelDashboard
from tests.widgets.sort_examples import make_journal, send

pytestmark = pytest.mark.browser


def test_keyboard_alone_drives_to_the_end_and_answers(browser: Browser) -> None:
    """Arrows choose, Enter drives, each stretch is announced, and the end takes the focus."""
    with stage(browser, TravelDashboard(make_journal())) as s:
        s.page.locator("[data-focus-key=stop-none]").focus()
        s.press("Tab", "ArrowRight", "Tab", "Tab", "Enter")
        assert s.messages[-1]["speed"] == 130
        assert s.said[-1].startswith("740 km to go to Seville.")
        assert s.focused() == "Stretch 2: the next two hours"
        s.press("Tab", "Space", "Tab", "Tab", "Tab", "Tab", "Enter")
        assert s.focused().startswith("✕ Not arrived")
        s.page.locator("[data-focus-key=ask-missing-fuel]").focus()
        s.press("ArrowDown")
        assert s.said[-1].startswith("Right. It says how you will know")


def test_fingers_take_out_the_gauge_and_set_out_again(browser: Browser) -> None:
    """The gauge is gone from the page, and comes back before the next journey."""
    with stage(browser, TravelDashboard(make_journal()), width=360, touch=True) as s:
        s.page.get_by_role("button", name="Take out the fuel gauge").tap()
        s.settle()
        assert s.page.locator(".td-gauge").count() == 2
        assert s.root.get_by_text("No fuel gauge").is_visible()
        for _ in range(2):
            road = s.page.get_by_label("Stay on the road to Seville")
            if road.count():
                assert s.page.get_by_role("button", name="Drive on").get_attribute("aria-disabled")
                road.tap()
            s.page.get_by_role("button", name="Drive on").tap()
            s.settle()
        s.page.get_by_role("button", name="Again, with the fuel gauge").tap()
        s.settle()
        assert s.page.locator(".td-gauge").count() == 3


@every_size_and_theme
def test_every_phase_is_usable(
    browser: Browser, theme: Theme, width: int, zoom: float, touch: bool
) -> None:
    """At the start, at the fork, and at the end with an answer."""
    widget = TravelDashboard(make_journal())
    with stage(
        browser, widget, theme=theme, width=width, zoom=zoom, touch=touch, reduced_motion=True
    ) as s:
        for phase in ("start", "fork", "end"):
            s.push()
            assert s.axe() == []
            assert s.overflow() == []
            assert s.small_targets() == []
            s.shot(f"travel-{theme}-{width}-{phase}")
            send(widget, "drive", stop="none", speed=150, road="Seville")
            send(widget, "answer", question="gauge", choice="yes")
