"""XmrChart as hands, fingers, keys and screen readers meet it."""

from __future__ import annotations

import pytest
from harness import Stage, Theme, every_size_and_theme, stage
from playwright.sync_api import Browser, Locator

from okrlab.content import Series, library
from okrlab.widgets import XmrChart
from tests.widgets.sort_examples import make_journal, send

pytestmark = pytest.mark.browser


def make(name: str = "latency", **options: object) -> XmrChart:
    return XmrChart(library().series(name), make_journal(), **options)  # type: ignore[arg-type]


def point(s: Stage, name: str) -> Locator:
    """A point of the chart."""
    return s.page.get_by_role("slider", name=name, exact=True)


def said(s: Stage) -> str:
    """The signals in words."""
    return s.page.locator(".okl-said").first.inner_text()


def test_keyboard_alone_moves_a_point_and_hears_the_signal(browser: Browser) -> None:
    """Arrows go to a point and move it; limits stay; new ones come when they are asked for."""
    widget = make()
    with stage(browser, widget) as s:
        before = dict(s.view["limits"])
        s.press("Tab")
        assert s.focused() == "Week 1"
        s.press("End", "ArrowLeft", "ArrowLeft", "ArrowLeft", "ArrowLeft")
        assert s.focused() == "Week 14"
        s.press("PageUp", "ArrowDown")
        assert widget.view["points"][13]["y"] == 286
        assert "Point 14 lies above the upper natural process limit (rule 1)." in said(s)
        assert any("Week 14: 288 ms. Signal: Point 14 lies above" in text for text in s.said)
        assert s.view["limits"] == before
        s.page.locator("[data-focus-key=to]").fill("18")
        s.page.get_by_role("button", name="Compute limits anew").focus()
        s.press("Enter")
        assert s.view["limits"] != before
        assert s.focused().startswith("Computed anew from week 1 to week 18.")
        s.page.get_by_role("button", name="Undo").focus()
        s.press("Enter", "Enter")
        assert s.view["original"]


def test_the_field_sets_a_value_and_keeps_what_cannot_be_read(browser: Browser) -> None:
    """A comma is fine; a slip stays in the field with an explanation; empty makes a gap."""
    widget = make("churn")
    with stage(browser, widget) as s:
        s.page.locator("[data-focus-key=which]").select_option("2")
        field = s.page.locator("[data-focus-key=value]")
        assert field.input_value() == "2.3"
        field.fill("3,4")
        s.press("Enter")
        assert widget.view["points"][2]["y"] == 3.4
        field.fill("lots")
        s.page.get_by_role("button", name="Move it").click()
        s.settle()
        assert "not a number" in s.root.inner_text()
        assert field.input_value() == "lots"
        field.fill("")
        s.press("Enter")
        assert widget.view["points"][2]["y"] is None
        assert point(s, "Month 3").get_attribute("aria-valuetext") == "missing %"


def test_a_mouse_drags_and_a_finger_taps_then_drags(browser: Browser) -> None:
    """Up to beyond the limit; the limits do not follow."""
    widget = make()
    with stage(browser, widget) as s:
        before = s.view["limits"]
        box = point(s, "Week 5").locator("path").bounding_box()
        assert box
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        s.page.mouse.move(x, y)
        s.page.mouse.down()
        s.page.mouse.move(x, y - 70, steps=6)
        assert (
            point(s, "Week 5").get_attribute("aria-valuenow") != "261"
        )  # seen before Python knows
        s.page.mouse.up()
        s.settle()
        assert widget.view["points"][4]["y"] > before["upper"]
        assert s.view["limits"] == before
        assert "Points that they came from have been moved" in s.root.inner_text()
    widget = make()
    with stage(browser, widget, width=360, height=740, touch=True) as s:
        target = point(s, "Week 14")
        box = target.locator("path").bounding_box()
        assert box
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        s.page.touchscreen.tap(x, y)
        s.settle()
        assert s.page.locator("[data-focus-key=which]").input_value() == "13"
        touch = s.page.context.new_cdp_session(s.page)
        at = [{"x": x, "y": y}]
        touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": at})
        for step in (20, 45, 70):
            at = [{"x": x, "y": y - step}]
            touch.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": at})
        touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        s.settle()
        assert widget.view["points"][13]["y"] > 281.8


def test_rules_target_and_band_are_told_in_words(browser: Browser) -> None:
    """The switch of rules, the target that is no limit, and a band that may be tried."""
    widget = make("ed-four-hours")
    with stage(browser, widget) as s:
        text = s.root.inner_text()
        assert "A target is not a limit" in text
        assert "76% lies inside the limits" in text
        s.page.get_by_role("button", name="NHS rules").click()
        s.settle()
        assert s.view["rules"] == "nhs"
        s.page.get_by_role("button", name="Try another target or band").click()
        s.page.locator("[data-focus-key=wish-lower]").fill("72")
        s.page.locator("[data-focus-key=wish-upper]").fill("60")
        s.page.get_by_role("button", name="Show it").click()
        s.settle()
        assert "lower edge" in s.root.inner_text()
        s.page.locator("[data-focus-key=wish-upper]").fill("")
        s.press("Enter")
        assert "The band (at least 72%) is what people want" in s.root.inner_text()
        assert s.view["target"] == 76


@every_size_and_theme
def test_every_size_and_theme_is_usable(
    browser: Browser, theme: Theme, width: int, zoom: float, touch: bool
) -> None:
    """Signals, moving ranges, cautions, table and band open: readable and reachable."""
    widget = make("churn")
    send(widget, "put", point=4, value=3.4)
    with stage(browser, widget, theme=theme, width=width, zoom=zoom, touch=touch) as s:
        s.page.wait_for_timeout(60)
        s.shot(f"xmr-{theme}-{width}")
        for name in ("Moving ranges", "What counts as a signal", "Try another target or band"):
            s.page.get_by_role("button", name=name).click()
        s.page.get_by_role("button", name="Show as table").first.click()
        s.settle()
        assert s.axe() == []
        assert s.overflow() == []
        assert s.small_targets() == []
        s.shot(f"xmr-{theme}-{width}-open")


def test_500_points_and_markup_in_a_title(browser: Browser) -> None:
    """The largest series draws within a second or two; text is text."""
    series = Series.model_validate(
        {
            "id": "long",
            "title": "<img src=x onerror=alert(1)>",
            "period": "day",
            "better": "neither",
            "about": "Long.",
            "source": "Invented.",
            "values": tuple(float(10 + (i * 7) % 13) for i in range(500)),
        }
    )
    with stage(browser, XmrChart(series, make_journal()), width=320) as s:
        assert s.page.get_by_role("slider").count() == 500
        assert s.root.locator("img").count() == 0
        assert s.overflow() == []
        s.press("Tab", "End", "ArrowUp")
        assert s.view["points"][499]["moved"]
