"""Poll as hands, fingers, keys and screen readers meet it."""

from __future__ import annotations

import pytest
from harness import Theme, every_size_and_theme, stage
from playwright.sync_api import Browser

from okrlab.content import library
from okrlab.content.poll import Poll as PollContent
from okrlab.widgets.poll import Poll
from tests.widgets.sort_examples import make_journal, send

pytestmark = pytest.mark.browser


def make(content: PollContent | None = None) -> Poll:
    return Poll(content or library().poll("targets"), make_journal())


def test_keyboard_alone_chooses_reads_and_thinks_again(browser: Browser) -> None:
    """Arrows move the choice, the outcome takes the focus, the question comes back with it."""
    with stage(browser, make()) as s:
        assert s.page.get_by_role("button", name="See what follows").get_attribute("aria-disabled")
        s.page.locator("[data-focus-key=o-number]").focus()
        s.press("Space", "ArrowDown")
        assert s.view["chosen"] == "band"
        s.page.get_by_role("button", name="See what follows").press("Enter")
        s.settle()
        assert s.focused().startswith("What would you answer her?")
        assert s.said[-1].startswith("What follows from your answer.")
        assert "PuMP" in s.sent()
        s.page.get_by_role("button", name="Change my answer").press("Enter")
        s.settle()
        assert s.page.locator("[data-focus-key=o-band]").is_checked()


def test_markup_in_content_is_text(browser: Browser) -> None:
    """A coach's own words cannot bring an element or a script."""
    data = library().poll("targets").model_dump()
    data["case"] = "<img src=x onerror=alert(1)>"
    with stage(browser, make(PollContent.model_validate(data))) as s:
        assert s.root.get_by_text("<img src=x onerror=alert(1)>").is_visible()
        assert s.root.locator("img").count() == 0


@every_size_and_theme
def test_every_phase_is_usable(
    browser: Browser, theme: Theme, width: int, zoom: float, touch: bool
) -> None:
    """Asking, chosen, and with all that follows."""
    widget = make()
    with stage(
        browser, widget, theme=theme, width=width, zoom=zoom, touch=touch, reduced_motion=True
    ) as s:
        for phase in ("asking", "told"):
            s.push()
            assert s.axe() == []
            assert s.overflow() == []
            assert s.small_targets() == []
            s.shot(f"poll-{theme}-{width}-{phase}")
            send(widget, "choose", option="direction")
            send(widget, "see")
