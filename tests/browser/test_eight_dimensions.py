"""EightDimensions as hands, fingers, keys and screen readers meet it."""

from __future__ import annotations

import pytest
from harness import Stage, Theme, stage
from playwright.sync_api import Browser, Locator

from okrlab.content import library
from okrlab.content.dimensions import DimensionFile
from okrlab.widgets import EightDimensions
from tests.widgets.sort_examples import make_journal, send

pytestmark = pytest.mark.browser


def make(content: DimensionFile | None = None) -> EightDimensions:
    return EightDimensions(content or library().dimensions, make_journal())


def side(s: Stage, switch: str, to: str) -> Locator:
    """One side of a switch."""
    return s.page.locator(f"[data-focus-key={switch}-{to}]")


def test_keyboard_alone_flips_and_hears_the_role_change(browser: Browser) -> None:
    """Tab reaches each switch once, arrows flip it, and the change is announced."""
    with stage(browser, make()) as s:
        side(s, "context", "kpi").focus()
        s.press("ArrowRight")
        assert s.said[-1] == "Still a KPI. Objective context argues for a key result."
        assert side(s, "context", "key_result").evaluate("(e) => e === document.activeElement")
        s.press("Tab")
        assert side(s, "compensation", "kpi").evaluate("(e) => e === document.activeElement")
        s.press("Tab", "Tab", "ArrowRight", "Tab", "ArrowRight")
        assert "Now a key result. Because" in s.said[-1]
        assert s.page.locator(".okl-now").inner_text() == "Used this way, it is a key result."


def test_touch_flips_and_solves_a_case(browser: Browser) -> None:
    """Tap through a challenge: flip, check, read the outcome, go on to the next."""
    with stage(browser, make(), width=360, height=740, touch=True) as s:
        s.page.get_by_role("button", name="Try it").tap()
        s.settle()
        assert s.page.locator(".okl-now").count() == 0
        side(s, "improvement", "key_result").tap()
        side(s, "timeframe", "key_result").tap()
        s.settle()
        s.page.get_by_role("button", name="Check").tap()
        s.settle()
        assert s.focused().startswith("✓ Right")
        assert s.root.get_by_text("1 of 6 cases solved").is_visible()
        s.page.get_by_role("button", name="Next case").tap()
        s.settle()
        assert s.page.get_by_role("combobox").input_value() == "ward-falls"


def test_a_flip_moves_nothing_under_the_pointer(browser: Browser) -> None:
    """The switches stay where they are while verdict and arguments change."""
    for width in (360, 900):
        with stage(browser, make(), width=width) as s:
            places = []
            for switch in ("context", "improvement", "timeframe", "compensation"):
                side(s, switch, "key_result").check()
                s.settle()
                box = side(s, "compensation", "kpi").bounding_box()
                top = s.page.locator(".okl").bounding_box()
                assert box
                assert top
                places.append(round(box["y"] - top["y"]))
            assert len(set(places)) == 1


def test_choosing_another_measure_changes_all_words(browser: Browser) -> None:
    """Each measure has switches in its own words, and keeps its own positions."""
    with stage(browser, make()) as s:
        side(s, "context", "key_result").check()
        s.page.get_by_role("combobox").select_option("unsold-bread")
        s.settle()
        assert s.root.get_by_text("From 11% down to 4").is_visible()
        assert s.page.locator(".okl-now").inner_text() == "Used this way, it is a key result."
        s.page.get_by_role("combobox").select_option("first-answer")
        s.settle()
        assert side(s, "context", "key_result").is_checked()


def test_markup_in_content_is_text(browser: Browser) -> None:
    """A coach's own words cannot bring an element or a script."""
    data = library().dimensions.model_dump()
    data["measures"][0]["switches"]["context"]["kpi"] = "<img src=x onerror=alert(1)>"
    with stage(browser, make(DimensionFile.model_validate(data))) as s:
        assert s.root.get_by_text("<img src=x onerror=alert(1)>").is_visible()
        assert s.root.locator("img").count() == 0


@pytest.mark.parametrize(
    ("theme", "width", "zoom"),
    [("light", 900, 1), ("dark", 320, 1), ("plain-light", 640, 2), ("plain-dark", 1400, 1)],
)
def test_every_size_and_theme_is_usable(
    browser: Browser, theme: Theme, width: int, zoom: float
) -> None:
    """No axe finding, nothing sticks out, targets are large: exploring and after a check."""
    widget = make()
    send(widget, "show", measure="unsold-bread", mode="explore")
    with stage(browser, widget, theme=theme, width=width, zoom=zoom, reduced_motion=True) as s:
        for phase in ("explore", "checked"):
            s.push()
            assert s.axe() == []
            assert s.overflow() == []
            assert s.small_targets() == []
            s.shot(f"dimensions-{theme}-{width}-{phase}")
            send(widget, "show", measure="unsold-bread", mode="challenge")
            send(widget, "flip", switch="teams", side="kpi")
            send(widget, "check")


def test_reduced_motion_is_honoured(browser: Browser) -> None:
    """No transition runs for those who asked for no motion."""
    with stage(browser, make(), reduced_motion=True) as s:
        button = s.page.get_by_role("button", name="Explore")
        assert button.evaluate("(e) => getComputedStyle(e).transitionProperty") == "none"
