"""OkrSetBuilder as hands, keys and screen readers meet it."""

from __future__ import annotations

from pathlib import Path

import pytest
from harness import Stage, Theme, every_size_and_theme, stage
from playwright.sync_api import Browser, Locator

from okrlab.interop.okr_set import read_pasted
from okrlab.widgets import OkrSetBuilder
from tests.widgets.coach_examples import CLEAR, CountingJournal, send

pytestmark = pytest.mark.browser

METRIC = "Cut first-reply time from 9 to 4 hours by 30 June"


def by_key(s: Stage, key: str) -> Locator:
    """The element with this focus key."""
    return s.page.locator(f"[data-focus-key={key}]")


def section(s: Stage, name: str) -> Locator:
    """One of the three lists."""
    return s.page.get_by_role("region", name=name, exact=True)


def texts(s: Stage, name: str) -> list[str]:
    """What stands in the lines of a list."""
    return [area.input_value() for area in section(s, name).locator("textarea").all()]


def add(s: Stage, name: str, text: str) -> None:
    """Write a new line and press Enter."""
    section(s, name).locator("input").fill(text)
    s.press("Enter")


def rest(s: Stage) -> None:
    """Wait until typing has rested."""
    s.page.wait_for_timeout(1_000)
    s.settle()


def test_keyboard_alone_from_an_empty_set_to_a_whole_one(browser: Browser) -> None:
    """Type, Enter, type; move a line with Alt and an arrow; remove and undo."""
    widget = OkrSetBuilder(CountingJournal())
    with stage(browser, widget) as s:
        by_key(s, "objective").focus()
        s.page.keyboard.type("Customers feel heard")
        s.press("Enter")
        assert s.focused() == "Add to key results"
        for text in (METRIC, "NPS from 32 to 45 by 30 June"):
            s.page.keyboard.type(text)
            s.press("Enter")
            assert s.page.evaluate("document.activeElement.value") == ""
        assert texts(s, "Key results") == [METRIC, "NPS from 32 to 45 by 30 June"]
        assert s.said[-1].startswith("Added to the key results.")
        section(s, "Key results").locator("textarea").nth(1).focus()
        s.press("Alt+ArrowUp")
        assert s.focused() == "Key results, line 1"
        assert s.said[-1] == "Now 1 of 2."
        assert texts(s, "Key results")[1] == METRIC
        s.page.get_by_role("button", name="Remove: Key results, line 2").focus()
        s.press("Enter")
        assert s.focused() == f"Undo: “{METRIC}” removed"
        s.press("Enter")
        assert texts(s, "Key results")[1] == METRIC
        assert [line.text for line in widget.sets[0].lines][1] == METRIC
        assert widget.sets[0].objective == "Customers feel heard"


def test_checks_follow_while_typing(browser: Browser) -> None:
    """A line's advice and the set's change with the words; nothing typed is taken back."""
    widget = OkrSetBuilder(CountingJournal())
    with stage(browser, widget) as s:
        add(s, "Key results", CLEAR)
        assert s.page.get_by_text("Which objective would these prove?").is_visible()
        assert section(s, "Key results").get_by_text("By when?").is_visible()
        area = section(s, "Key results").locator("textarea").first
        area.focus()
        s.page.keyboard.press("End")
        s.page.keyboard.type(" by 30 June 2027", delay=15)
        assert area.input_value() == f"{CLEAR} by 30 June 2027"
        rest(s)
        assert section(s, "Key results").get_by_text("By when?").count() == 0
        assert widget.sets[0].lines[0].text == f"{CLEAR} by 30 June 2027"
        assert s.page.get_by_text("1 key result, 0 KPIs, 0 health metrics.").is_visible()


def test_a_line_in_another_list_can_move_or_stay(browser: Browser) -> None:
    """The question is beside the line; both answers settle it."""
    with stage(browser, OkrSetBuilder(CountingJournal())) as s:
        add(s, "KPIs", METRIC)
        s.page.get_by_role("button", name="Move it to the key results").click()
        s.settle()
        assert texts(s, "Key results") == [METRIC]
        section(s, "Key results").locator("select").select_option("kpi")
        s.settle()
        assert texts(s, "KPIs") == [METRIC]
        assert s.page.get_by_role("button", name="Leave it with the KPIs").count() == 0
        add(s, "Health metrics", METRIC)
        s.page.get_by_role("button", name="Leave it with the health metrics").click()
        s.settle()
        assert texts(s, "Health metrics") == [METRIC]
        assert s.page.get_by_role("button", name="Leave it with the health metrics").count() == 0


def paste_into(s: Stage, target: Locator, text: str) -> None:
    """Paste from the clipboard, as a spreadsheet puts it there."""
    target.evaluate(
        """(el, text) => {
          const data = new DataTransfer();
          data.setData('text/plain', text);
          const event = new ClipboardEvent('paste', { clipboardData: data, bubbles: true,
                                                      cancelable: true });
          if (el.dispatchEvent(event)) { el.value += text;
            el.dispatchEvent(new InputEvent('input', { bubbles: true })); }
        }""",
        text,
    )
    s.page.wait_for_timeout(50)
    s.settle()


def test_cells_pasted_into_a_line_are_shown_first(browser: Browser) -> None:
    """Several lines open the preview; one that is unticked is not taken; undo takes all back."""
    widget = OkrSetBuilder(CountingJournal())
    with stage(browser, widget) as s:
        cells = f"Objective\tType\tKey result\nGrow\tKR\t{METRIC}\n\tKPI\tSeats sold\n\t\tJunk"
        paste_into(s, by_key(s, "add-key_result"), cells)
        assert s.page.get_by_text("3 lines found. Nothing is added yet.").is_visible()
        assert s.focused() == "Lines found"
        assert widget.sets == ()
        assert s.axe() == []
        s.page.get_by_role("checkbox").nth(2).uncheck()
        s.page.get_by_role("button", name="Add 2 lines").click()
        s.settle()
        assert s.focused() == "Undo: 2 lines pasted"
        assert texts(s, "Key results") == [METRIC]
        assert texts(s, "KPIs") == ["Seats sold"]
        assert by_key(s, "objective").input_value() == "Grow"
        s.press("Enter")
        assert texts(s, "Key results") == []


def test_one_pasted_line_is_just_typed_in(browser: Browser) -> None:
    """No preview for what is a single line."""
    with stage(browser, OkrSetBuilder(CountingJournal())) as s:
        paste_into(s, by_key(s, "add-kpi"), "Seats sold")
        assert by_key(s, "add-kpi").input_value() == "Seats sold"
        assert s.view["paste"] is None


def test_the_paste_panel_reads_what_is_pasted_or_typed(browser: Browser) -> None:
    """Cancel leaves everything as it was."""
    widget = OkrSetBuilder(CountingJournal())
    with stage(browser, widget) as s:
        by_key(s, "paste-first").click()
        assert s.page.evaluate("document.activeElement.dataset.focusKey") == "paste-text"
        by_key(s, "paste-text").fill("First goal\nSecond goal")
        by_key(s, "paste-see").click()
        s.settle()
        assert s.page.get_by_text("2 lines found.").is_visible()
        by_key(s, "paste-cancel").click()
        s.settle()
        assert widget.sets == ()
        assert s.focused() == "Paste a list"


def test_objectives_are_tabs(browser: Browser) -> None:
    """Arrows walk over them; each shows its own lines; a removed one comes back."""
    widget = OkrSetBuilder(CountingJournal())
    with stage(browser, widget) as s:
        by_key(s, "objective").fill("Grow")
        add(s, "KPIs", "Seats sold")
        by_key(s, "add-objective").click()
        s.settle()
        assert s.page.evaluate("document.activeElement.dataset.focusKey") == "objective"
        s.page.keyboard.type("Care")
        rest(s)
        assert texts(s, "KPIs") == []
        s.page.get_by_role("tab", name="2. Care").focus()
        s.press("ArrowLeft")
        assert s.focused().startswith("1. Grow")
        assert texts(s, "KPIs") == ["Seats sold"]
        assert s.axe() == []
        by_key(s, "drop").click()
        s.settle()
        assert s.page.get_by_role("tab").count() == 0
        assert s.focused() == "Undo: “Grow” removed"
        s.press("Enter")
        assert texts(s, "KPIs") == ["Seats sold"]
        for _ in range(3):
            by_key(s, "add-objective").click()
            s.settle()
        assert by_key(s, "add-objective").get_attribute("aria-disabled") == "true"
        assert s.page.get_by_text("5 objectives are as many as fit here").is_visible()


def test_a_file_is_made_in_the_browser(browser: Browser, tmp_path: Path) -> None:
    """Shown to copy, and downloaded; a CSV file opens in a spreadsheet without losing letters."""
    widget = OkrSetBuilder(CountingJournal())
    send(widget, "edit", id=widget.view["current"], text="Gäste fühlen sich wohl")
    send(widget, "add", role="kpi", text="=HYPERLINK(1)")
    with stage(browser, widget) as s:
        by_key(s, "export").click()
        s.settle()
        assert by_key(s, "export-text").input_value() == widget.export("markdown")
        for form, name in (("csv", "okr-set.csv"), ("json", "okr-set.json")):
            by_key(s, f"format-{form}").click()
            s.settle()
            with s.page.expect_download() as waiting:
                by_key(s, "download").click()
            path = tmp_path / name
            waiting.value.save_as(path)
            assert waiting.value.suggested_filename == name
            text = path.read_bytes().decode("utf-8")
            assert text.startswith("\ufeff") is (form == "csv")
            (line,) = read_pasted(text).lines
            assert (line.objective, line.text) == ("Gäste fühlen sich wohl", "=HYPERLINK(1)")
        assert "'=HYPERLINK" in widget.export("csv")
        by_key(s, "copy").click()
        assert s.said[-1].endswith(("Copied.", "Press Ctrl and C to copy it."))
        assert s.axe() == []
        by_key(s, "export-close").click()
        s.settle()
        assert s.view["export"] is None


def test_what_was_typed_last_is_saved_when_the_page_goes(browser: Browser) -> None:
    """Closing the tab right after a key loses nothing."""
    journal = CountingJournal()
    widget = OkrSetBuilder(journal)
    send(widget, "add", role="kpi", text="Seats")
    with stage(browser, widget) as s:
        section(s, "KPIs").locator("textarea").fill("Seats sold per day")
        s.page.evaluate("() => window.okl.remove()")
        s.settle()
    assert OkrSetBuilder(journal).sets[0].lines[0].text == "Seats sold per day"


def test_markup_in_a_line_is_text(browser: Browser) -> None:
    """Lines, advice, preview and undo bring no element and no script."""
    text = "Cut <img src=x onerror=alert(1)> <b>errors</b> from 9 to 4"
    widget = OkrSetBuilder(CountingJournal())
    send(widget, "edit", id=widget.view["current"], text=text)
    for _ in range(2):
        send(widget, "add", role="key_result", text=text)
    send(widget, "remove", id=widget.view["lists"][0]["lines"][0]["id"])
    send(widget, "paste", text=f"{text}\n{text}")
    with stage(browser, widget) as s:
        for more in s.page.locator("[data-focus-key^=more-]").all():
            more.click()
        assert s.root.locator("img").count() == 0
        assert s.page.get_by_text(text).count() >= 2


def test_touch_is_enough(browser: Browser) -> None:
    """Everything can be tapped on a phone."""
    widget = OkrSetBuilder(CountingJournal())
    with stage(browser, widget, width=360, height=740, touch=True) as s:
        by_key(s, "example").tap()
        s.settle()
        count = len(widget.sets[0].lines)
        s.page.get_by_role("button", name="Move down: Key results, line 1").tap()
        s.settle()
        s.page.get_by_role("button", name="Remove: KPIs, line 1").tap()
        s.settle()
        assert len(widget.sets[0].lines) == count - 1
        s.page.get_by_role("button", name="Undo").tap()
        s.settle()
        assert len(widget.sets[0].lines) == count


@every_size_and_theme
def test_every_size_and_theme_is_usable(
    browser: Browser, theme: Theme, width: int, zoom: float, touch: bool
) -> None:
    """Empty, filled, pasting, taking away: no axe finding, nothing sticks out, large targets."""
    widget = OkrSetBuilder(CountingJournal())
    with stage(
        browser, widget, theme=theme, width=width, zoom=zoom, touch=touch, reduced_motion=touch
    ) as s:

        def look(name: str) -> None:
            assert s.axe() == []
            assert s.overflow() == []
            assert s.small_targets() == []
            s.shot(f"okr-set-builder-{theme}-{width}-{name}")

        look("empty")
        send(widget, "example")
        send(widget, "add", role="kpi", text=METRIC)
        send(widget, "add", role="key_result", text="Unbrokenlongword" * 20)
        send(widget, "add_objective")
        send(widget, "add", role="key_result", text="NPS to 45")
        send(widget, "show", id=widget.view["objectives"][0]["id"])
        send(widget, "remove", id=widget.view["lists"][0]["lines"][1]["id"])
        s.push()
        by_key(s, "around").click()
        for more in s.page.locator("[data-focus-key^=more-]").all():
            more.click()
        look("filled")
        send(widget, "paste", text=f"KPI\tSeats\nHealth metric\t{'Longword' * 60}")
        s.push()
        look("paste")
        by_key(s, "paste-cancel").click()
        s.settle()
        by_key(s, "export").click()
        s.settle()
        look("export")
