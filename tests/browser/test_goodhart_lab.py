"""GoodhartLab as hands, fingers, keys and screen readers meet it."""

from __future__ import annotations

from random import Random

import pytest
from harness import Theme, every_size_and_theme, stage
from playwright.sync_api import Browser

from okrlab.widgets.goodhart_lab import GoodhartLab
from tests.widgets.sort_examples import make_journal, send

pytestmark = pytest.mark.browser


def make() -> GoodhartLab:
    return GoodhartLab(make_journal(), rng=Random(4))


def test_keyboard_alone_predicts_and_moves_the_pressure(browser: Browser) -> None:
    """Arrows answer and move; what comes of it is announced and stands in the title."""
    with stage(browser, make()) as s:
        assert s.page.locator("input[type=range]").count() == 0
        s.page.locator("[data-focus-key=ask-predict-more]").focus()
        s.press("ArrowDown")
        assert s.said[-1].startswith("Right. Closing without solving")
        s.page.locator("[data-focus-key=pressure]").focus()
        for _ in range(6):
            s.page.keyboard.press("ArrowRight")
        s.page.wait_for_function("() => window.okl.state.view.lab.pressure === 2")
        s.settle()
        title = s.page.locator(".okl-chart-title").first.inner_text()
        assert title == "Pressure 2: the measure shows 6, the value is 1"
        assert s.said[-1].startswith("The measure shows 6.00, the value is 1.00.")


def test_fingers_go_to_a_setting_and_draw(browser: Browser) -> None:
    """Tap a row of the table; on the other tab, draw."""
    widget = make()
    send(widget, "answer", question="predict", choice="less")
    with stage(browser, widget, width=360, touch=True) as s:
        s.page.get_by_role("button", name="Pressure 2 with a guardrail of 2").tap()
        s.settle()
        assert s.view["lab"]["now"]["value"] == 3
        s.page.get_by_role("button", name="Luck in the best").tap()
        s.settle()
        s.page.locator("[data-focus-key=ask-luck-all]").tap()
        s.settle()
        s.page.get_by_role("button", name="Draw twenty teams").tap()
        s.settle()
        assert s.page.locator(".okl-point").count() == 40


@every_size_and_theme
def test_every_phase_is_usable(
    browser: Browser, theme: Theme, width: int, zoom: float, touch: bool
) -> None:
    """Before the prediction, with all that there is, and with draws."""
    widget = make()
    with stage(
        browser, widget, theme=theme, width=width, zoom=zoom, touch=touch, reduced_motion=True
    ) as s:
        for phase in ("before", "pressure", "luck"):
            s.push()
            if phase == "pressure":
                s.page.get_by_role("button", name="Whose sentence is it?").click()
            assert s.axe() == []
            assert s.overflow() == []
            assert s.small_targets() == []
            s.shot(f"goodhart-{theme}-{width}-{phase}")
            if phase == "before":
                for question, choice in (("predict", "more"), ("people", "design")):
                    send(widget, "answer", question=question, choice=choice)
                send(widget, "row", row="two")
            else:
                send(widget, "show", tab="luck")
                send(widget, "answer", question="luck", choice="half")
                send(widget, "draw")
