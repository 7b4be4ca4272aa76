"""The ClassReport in a browser: the report in its own root, another class, files."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from harness import stage
from playwright.sync_api import Browser, expect

from okrlab.content import library
from okrlab.interop import class_source
from okrlab.interop.class_report import report_of, write_report
from okrlab.storage import MemoryStore, export_progress
from okrlab.widgets.class_report import ClassReport
from tests.assessment.examples import attempt

pytestmark = pytest.mark.browser

NOW = datetime(2026, 11, 30, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """A made-up class of nine, which is quicker to look at."""
    make = class_source.generated_class
    monkeypatch.setattr(class_source, "generated_class", lambda *a: make(*a, learners=9))


@pytest.fixture
def widget(tmp_path: Path) -> ClassReport:
    """The made-up class; files go to a folder of the test."""
    return ClassReport(library(), lambda: NOW, known=["Friday"], folder=tmp_path)


@pytest.mark.parametrize(
    "setting",
    [
        {"theme": "light", "width": 1280},
        {"theme": "dark", "width": 320},
        {"theme": "plain-dark", "width": 900},
        {"theme": "plain-light", "width": 640, "zoom": 2},
    ],
    ids=["light", "dark-320", "plain-dark", "zoomed"],
)
def test_is_accessible_and_fits(
    browser: Browser, widget: ClassReport, setting: dict[str, Any]
) -> None:
    """No violation, nothing sticks out of the page but what scrolls by itself."""
    with stage(browser, widget, **setting) as s:
        expect(s.page.get_by_text("To open the next session with")).to_be_visible()
        expect(s.page.get_by_text("Nobody has answered this")).to_be_visible()
        s.page.locator("summary").first.click()
        assert s.axe() == []
        assert s.page.evaluate("document.documentElement.scrollWidth <= innerWidth + 1")
        s.shot(f"class-report-{setting['theme']}-{setting['width']}")


def test_another_class_and_files(browser: Browser, widget: ClassReport, tmp_path: Path) -> None:
    """A wrong name is told and changes nothing; a folder is shown; nothing is overwritten."""
    store = MemoryStore()
    store.add([attempt(1, learner="<img src=x onerror=alert(1)>")])
    export_progress(store, tmp_path / "friday" / "a.jsonl", store.learners())
    (tmp_path / "friday" / "b.jsonl").write_text("no export")
    with stage(browser, widget, width=900) as s:
        field = s.page.get_by_label("Class, or folder with exports")
        field.fill("nowhere")
        s.page.get_by_role("button", name="Show this class").click()
        s.settle()
        expect(s.page.get_by_text("neither a class nor a file").first).to_be_visible()
        expect(s.page.get_by_text("Learner 9").first).to_be_visible()
        field.fill(str(tmp_path / "friday"))
        s.page.get_by_label("Show names").check()
        field.press("Enter")
        s.settle()
        expect(s.page.get_by_text("<img src=x onerror").first).to_be_visible()
        expect(s.page.get_by_text("b.jsonl was not imported")).to_be_visible()
        assert s.page.locator("img").count() == 0
        for _ in range(2):
            s.page.get_by_role("button", name="Page to print or send").click()
            s.settle()
        s.page.get_by_role("button", name="Workbook").click()
        s.settle()
    written = sorted(p.name for p in tmp_path.iterdir() if p.is_file())
    assert written == [f"report-friday-2026-11-30{end}" for end in ("-2.html", ".html", ".xlsx")]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_is_accessible_offline(browser: Browser, tmp_path: Path, scheme: Any) -> None:
    """The exported page in both schemes, wide and narrow, and on paper."""
    from axe_playwright_python.sync_playwright import Axe

    write_report(report_of(None, library(), NOW)[0], tmp_path / "r.html", library())
    context = browser.new_context(color_scheme=scheme, offline=True)
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((tmp_path / "r.html").as_uri())
    assert Axe().run(page).response["violations"] == []
    page.set_viewport_size({"width": 320, "height": 700})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert len(asked) == 1
    context.close()
