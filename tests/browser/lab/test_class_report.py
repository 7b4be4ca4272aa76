"""The class report as a coach opens it: in JupyterLab, without code, on a made-up class."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import expect

from .conftest import PATIENCE, Reader

pytestmark = [pytest.mark.browser, pytest.mark.lab]

PAGE = "notebooks/coach/class_report.ipynb"


def test_the_report_opens_as_a_page_with_its_pictures(reader: Reader) -> None:
    """No code in sight; the report, three pictures, and in the dark the same."""
    reader.open(PAGE)
    expect(reader.code()).to_have_count(0)
    report = reader.front.locator(".okl-class-report")
    expect(report.get_by_text("To open the next session with")).to_be_visible(timeout=PATIENCE)
    expect(report.get_by_text("Nobody has answered this")).to_be_visible()
    expect(reader.front.locator(".vega-embed svg")).to_have_count(3, timeout=PATIENCE)
    shots = os.environ.get("OKRLAB_SHOTS")
    for theme in ("Light", "Dark"):
        reader.page.evaluate(
            "theme => jupyterapp.commands.execute('apputils:change-theme', { theme })",
            f"JupyterLab {theme}",
        )
        expect(report).to_have_attribute("data-theme", theme.lower())
        if shots:
            for name, place in (
                ("top", report),
                ("charts", reader.front.locator(".vega-embed").nth(1)),
            ):
                place.scroll_into_view_if_needed()
                reader.page.screenshot(path=str(Path(shots) / f"class-lab-{theme}-{name}.png"))
    reader.page.evaluate(
        "() => jupyterapp.commands.execute('apputils:change-theme', { theme: 'JupyterLab Light' })"
    )
