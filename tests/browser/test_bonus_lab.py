"""BonusLab as hands, fingers, keys and screen readers meet it."""

from __future__ import annotations

import pytest
from harness import Theme, every_size_and_theme, stage
from playwright.sync_api import Browser

from okrlab.widgets.bonus_lab import BonusLab
from tests.widgets.sort_examples import make_journal, send

pytestmark = pytest.mark.browser


def test_keyboard_alone_predicts_and_moves_the_bonus(browser: Browser) -> None:
    """Arrows answer and move; the weeks change and the share is announced."""
    with stage(browser, BonusLab(make_journal())) as s:
        s.page.locator("[data-focus-key=ask-predict-half]").focus()
        s.press("ArrowDown")
        assert s.said[-1].startswith("Right. An hour for the KPI")
        s.page.locator("[data-focus-key=bonus_kpi]").focus()
        s.page.keyboard.press("Home")
        s.page.wait_for_function("() => window.okl.state.view.lab.bonus === 0")
        s.settle()
        assert s.said[-1].endswith("50 % for the KPI.")
        chi = s.page.locator(".bl-hours").nth(2).locator("span")
        assert [t.strip() for t in chi.all_inner_texts()] == ["KPI 20 h", "OKR 20 h"]


def test_fingers_choose_a_way_and_the_other_tab(browser: Browser) -> None:
    """Tap a design, then the target."""
    widget = BonusLab(make_journal())
    send(widget, "answer", question="predict", choice="half")
    with stage(browser, widget, width=360, touch=True) as s:
        s.page.get_by_label("Embed: an OKR that moves the KPI as well").tap()
        s.settle()
        assert s.root.get_by_text("64 % for the KPI.", exact=True).is_visible()
        s.page.get_by_role("button", name="Which target is picked").tap()
        s.settle()
        s.page.locator("[data-focus-key=ask-target-best]").tap()
        s.settle()
        title = s.page.locator(".okl-chart-title").first.inner_text()
        assert title == "Target 1: 0.67 gained, 9 % chance of hitting it"


@every_size_and_theme
def test_every_phase_is_usable(
    browser: Browser, theme: Theme, width: int, zoom: float, touch: bool
) -> None:
    """With all that there is, on both tabs."""
    widget = BonusLab(make_journal())
    send(widget, "answer", question="predict", choice="half")
    send(widget, "decide", design="couple")
    send(widget, "row", row="three")
    with stage(
        browser, widget, theme=theme, width=width, zoom=zoom, touch=touch, reduced_motion=True
    ) as s:
        for phase in ("week", "target"):
            s.push()
            assert s.axe() == []
            assert s.overflow() == []
            assert s.small_targets() == []
            s.shot(f"bonus-{theme}-{width}-{phase}")
            send(widget, "show", tab="target")
            send(widget, "answer", question="target", choice="easy")
