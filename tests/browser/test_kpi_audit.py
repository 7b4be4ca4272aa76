"""KpiAudit as hands, fingers, keys and screen readers meet it."""

from __future__ import annotations

import pytest
from harness import Theme, every_size_and_theme, stage
from playwright.sync_api import Browser

from okrlab.widgets.kpi_audit import KpiAudit
from tests.widgets.sort_examples import make_journal, send

pytestmark = pytest.mark.browser


def test_keyboard_alone_adds_and_audits_a_measure(browser: Browser) -> None:
    """Type, Enter, then answer and give a reason; the gap is announced."""
    with stage(browser, KpiAudit(make_journal())) as s:
        s.page.locator("[data-focus-key=fresh]").focus()
        s.page.keyboard.type("<b>Late</b> parcels")
        s.press("Enter")
        assert s.page.locator("[data-focus-key=name]").input_value() == "<b>Late</b> parcels"
        s.press("Tab", "Space")
        assert s.said[-1].startswith("Relevant: yes.")
        s.press("ArrowRight")
        assert s.said[-1].startswith("Relevant: nobody sees yet what it is for.")
        s.press("Tab")
        s.page.keyboard.type("no link to the plan")
        s.page.wait_for_function("() => window.okl.state.view.here.reasons.relevant.length > 5")
        s.settle()
        assert s.view["here"]["reasons"]["relevant"] == "no link to the plan"
        assert s.root.locator("b", has_text="Late").count() == 0


def test_typing_is_not_taken_back_by_a_late_answer(browser: Browser) -> None:
    """What was typed last stands there, whatever arrives meanwhile; and nothing jumps away."""
    widget = KpiAudit(make_journal())
    send(widget, "example")
    with stage(browser, widget, width=360, touch=True) as s:
        name = s.page.locator("[data-focus-key=name]")
        name.fill("Customer satisfaction, asked by phone")
        s.push()
        assert name.input_value() == "Customer satisfaction, asked by phone"
        s.page.locator("[data-focus-key=actionable-yes]").tap()
        s.settle()
        assert s.view["here"]["name"] == "Customer satisfaction, asked by phone"
        s.page.get_by_role("button", name="Remove this measure").tap()
        s.settle()
        s.page.get_by_role("button", name="Undo").tap()
        s.settle()
        assert name.input_value() == "Customer satisfaction, asked by phone"


def test_a_list_is_pasted_and_taken_away(browser: Browser) -> None:
    """Paste, see the table, and read the file's text."""
    with stage(browser, KpiAudit(make_journal())) as s:
        s.page.get_by_role("button", name="Paste a list").click()
        s.page.get_by_label("Paste a list").last.fill("Churn\nNPS\n=cmd()")
        s.page.get_by_role("button", name="Add these measures").click()
        s.settle()
        assert s.page.locator(".ka-table tbody tr").count() == 3
        s.page.get_by_role("button", name="Take it with you").click()
        s.settle()
        s.page.get_by_role("button", name="CSV").click()
        s.settle()
        assert "'=cmd()" in s.page.locator("[data-focus-key=export-text]").input_value()
        with s.page.expect_download() as download:
            s.page.get_by_role("button", name="Download the file").click()
        assert download.value.suggested_filename == "kpi-audit.csv"


@every_size_and_theme
def test_every_phase_is_usable(
    browser: Browser, theme: Theme, width: int, zoom: float, touch: bool
) -> None:
    """Empty, and with several measures, gaps and the export open."""
    widget = KpiAudit(make_journal())
    with stage(
        browser, widget, theme=theme, width=width, zoom=zoom, touch=touch, reduced_motion=True
    ) as s:
        for phase in ("empty", "filled"):
            s.push()
            if phase == "filled":
                s.page.get_by_role("button", name="Take it with you").click()
                s.settle()
            assert s.axe() == []
            assert [e for e in s.overflow() if e.split(".")[0] in ("DIV", "FIELDSET", "P")] == []
            assert s.small_targets() == []
            s.shot(f"audit-{theme}-{width}-{phase}")
            send(widget, "example")
            send(widget, "paste", text="Parcels that arrive late\nBeans thrown away\nSick days")
            send(widget, "remove", id=widget.view["table"][-1]["id"])
