"""The reader of one's own figures as hands, keys and screen readers meet it."""

from __future__ import annotations

from pathlib import Path

import pytest
from harness import Theme, every_size_and_theme, stage
from playwright.sync_api import Browser

from okrlab.widgets.own_series import OwnSeries, SeriesReader
from tests.widgets.sort_examples import make_journal, send

pytestmark = pytest.mark.browser

TABLE = "week;churn\n" + "\n".join(f"2026-W{w:02};{2 + w % 3 / 10:.1f}" for w in range(1, 15))
TABLE = TABLE.replace(".", ",")


def make() -> tuple[OwnSeries, SeriesReader]:
    own = OwnSeries(make_journal())
    return own, own.reader


def test_a_pasted_table_is_read_by_keyboard_alone(browser: Browser) -> None:
    """Typed or pasted, drawn with Enter on the button; what was read takes the focus."""
    own, reader = make()
    with stage(browser, reader) as s:
        assert s.page.get_by_role("button", name="Draw the chart").get_attribute("aria-disabled")
        field = s.page.locator("[data-focus-key=text]")
        field.focus()
        s.page.keyboard.insert_text(TABLE)
        s.page.get_by_role("button", name="Draw the chart").press("Enter")
        s.settle()
        assert s.focused().startswith("✓ 14 values of “churn” were read.")
        assert any("“2,1” was read as 2.1" in said for said in s.said)
        assert own.chart is not None
        s.page.locator("[data-focus-key=set-better]").select_option("lower")
        s.settle()
        assert own.chart.series.better == "lower"
        assert field.input_value() == TABLE


def test_files_are_opened_in_whatever_encoding(browser: Browser, tmp_path: Path) -> None:
    """Windows and UTF-16 as well; a workbook and a picture are refused before they are sent."""
    own, reader = make()
    text = "Größe;v\na;1\nb;2\nc;4\n"
    with stage(browser, reader) as s:
        chooser = s.page.locator("input[type=file]")
        for encoding in ("utf-8-sig", "cp1252", "utf-16"):
            path = tmp_path / f"{encoding}.csv"
            path.write_bytes(text.encode(encoding))
            chooser.set_input_files(path)
            s.settle()
            assert reader.view["table"]["columns"][0] == "Größe", encoding
            assert reader.view["file"] == path.name
        before = len(s.messages)
        for name, raw in (
            ("a.csv", b"PK\x03\x04"),
            ("b.csv", b"\x001\x002"),
            ("c.csv", b"1\n" * 500_000),
        ):
            path = tmp_path / name
            path.write_bytes(raw)
            chooser.set_input_files(path)
            s.page.locator(".okl-is-wrong").get_by_text(f"“{name}”").wait_for()
        assert len(s.messages) == before
    assert own.chart is not None


def test_trouble_keeps_the_text_and_markup_is_text(browser: Browser) -> None:
    """A cell cannot bring an element; the field keeps what was pasted; emptying empties it."""
    _, reader = make()
    with stage(browser, reader) as s:
        s.page.locator("[data-focus-key=text]").fill("w,<b>v</b>\n1,2\n2,<img src=x>\n3,4\n4,2")
        s.page.get_by_role("button", name="Draw the chart").click()
        s.settle()
        assert s.focused().startswith("✕ Not read yet")
        assert s.root.locator(".okl-is-wrong").get_by_text("“<img src=x>”").is_visible()
        assert s.root.locator("img").count() == 0
        s.page.get_by_role("button", name="Empty the field").click()
        s.settle()
        assert s.page.locator("[data-focus-key=text]").input_value() == ""
        assert s.root.locator(".okl-is-wrong").count() == 0


@every_size_and_theme
def test_every_phase_is_usable(
    browser: Browser, theme: Theme, width: int, zoom: float, touch: bool
) -> None:
    """Empty, read, and in trouble."""
    _, reader = make()
    with stage(
        browser, reader, theme=theme, width=width, zoom=zoom, touch=touch, reduced_motion=True
    ) as s:
        for phase, text in (
            ("empty", TABLE),
            ("read", TABLE + "\n2026-W15;about 3"),
            ("trouble", ""),
        ):
            s.push()
            assert s.axe() == []
            assert s.overflow() == []
            assert s.small_targets() == []
            s.shot(f"own-{theme}-{width}-{phase}")
            send(reader, "read", text=text)
