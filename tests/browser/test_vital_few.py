"""VitalFew as hands, fingers, keys and screen readers meet it."""

from __future__ import annotations

import pytest
from harness import Theme, every_size_and_theme, stage
from playwright.sync_api import Browser

from okrlab.content import library
from okrlab.content.vital_few import VitalFewFile
from okrlab.widgets.vital_few import VitalFew
from tests.widgets.sort_examples import make_journal, send

pytestmark = pytest.mark.browser


def make(content: VitalFewFile | None = None) -> VitalFew:
    return VitalFew(content or library().vital_few, make_journal())


def test_keyboard_alone_chooses_and_reads_why(browser: Browser) -> None:
    """Space ticks, the count is announced, the outcome takes the focus, and back again."""
    with stage(browser, make()) as s:
        s.page.locator("[data-focus-key=m-churn]").focus()
        s.press("Space", "Tab", "Tab", "Space")
        assert s.said == ["one of five chosen.", "two of five chosen."]
        assert s.view["chosen"] == ["churn", "margin"]
        s.page.locator("[data-focus-key=primary]").focus()
        s.press("Enter")
        assert s.focused().startswith("✓ A start")
        s.page.get_by_role("button", name="Change my choice").press("Enter")
        s.settle()
        assert s.page.locator("[data-focus-key=m-churn]").is_checked()


def test_a_sixth_tick_does_not_stick(browser: Browser) -> None:
    """By finger: the box stays empty, the reason is announced, nothing is sent."""
    widget = make()
    for name in ("churn", "margin", "late", "waste", "idle"):
        send(widget, "choose", measure=name, on=True)
    with stage(browser, widget, width=360, touch=True) as s:
        s.page.locator("[data-focus-key=m-cash]").tap(force=True)
        s.settle()
        assert s.messages == []
        assert not s.page.locator("[data-focus-key=m-cash]").is_checked()
        assert s.said == ["5 are chosen already. Let one go first."]


def test_markup_in_content_is_text(browser: Browser) -> None:
    """A coach's own words cannot bring an element or a script."""
    data = library().vital_few.model_dump()
    data["companies"][0]["measures"][0]["name"] = "<img src=x onerror=alert(1)>"
    with stage(browser, make(VitalFewFile.model_validate(data))) as s:
        assert s.root.get_by_text("<img src=x onerror=alert(1)>").is_visible()
        assert s.root.locator("img").count() == 0


@every_size_and_theme
def test_every_phase_is_usable(
    browser: Browser, theme: Theme, width: int, zoom: float, touch: bool
) -> None:
    """Choosing, and after a look at a choice with all that there is to say."""
    widget = make()
    for name in ("churn", "stay", "followers", "margin"):
        send(widget, "choose", measure=name, on=True)
    with stage(
        browser, widget, theme=theme, width=width, zoom=zoom, touch=touch, reduced_motion=True
    ) as s:
        for phase in ("choosing", "review"):
            s.push()
            if phase == "review":
                s.page.get_by_role("button", name="Also pass all three rules").click()
            assert s.axe() == []
            assert s.overflow() == []
            assert s.small_targets() == []
            s.shot(f"few-{theme}-{width}-{phase}")
            send(widget, "check")
