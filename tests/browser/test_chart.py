"""The shared charts, on a small widget made for this test."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from harness import Stage, Theme, every_size_and_theme, stage
from playwright.sync_api import Browser

from okrlab.assessment.journal import MemoryJournal
from okrlab.widgets import base

pytestmark = pytest.mark.browser

DEMO = """
export default okl.widget({ name: "demo", setup(ui) {
  const chart = okl.chart(ui);
  let selected = 0;
  return {
    render(view) { return [
      chart.draw({
        key: "line", title: view.title, desc: "It rises from 2 to 9.",
        x: { min: 1, max: view.values.length, name: "Week", whole: true },
        y: { name: "Leads", unit: "per day", min: 0, max: 12 },
        marks: [
          { type: "band", from: 2, to: 8, label: "Band" },
          { type: "limit", at: 11, label: "Upper limit 11" },
          { type: "limit", at: 10.8, label: "Target 10.8", tone: "metric", dash: "dot" },
          { type: "line", points: view.values.map((v, i) => [i + 1, v]), label: "Leads" },
          { type: "points", selected, step: 0.5, min: 0, max: 20,
            points: view.values.map((v, i) => ({ x: i + 1, y: v, label: `Week ${i + 1}`,
              note: i === 5 ? "6" : null, shape: i === 5 ? "diamond" : "circle" })),
            text: (p) => p.y === null ? "missing" : `${p.y} leads`,
            onselect: (n) => { selected = n; ui.redraw(); },
            onmove: (n, value, done) => {
              if (done && value !== null) ui.send("move", { n, value });
            } },
          { type: "marker", at: 4, label: "week 4" },
        ],
        table: { caption: "Leads by week", head: ["Week", "Leads"],
                 rows: view.values.map((v, i) => [i + 1, okl.number(v)]) },
      }),
      chart.draw({ key: "still", title: "Nothing moves here", desc: "A flat line at 3.",
        height: 120, x: { min: 0, max: 1 }, y: { unit: "%" },
        marks: [{ type: "line", points: [[0, 3], [1, 3]], tone: "health" }] }),
      chart.bars({ key: "bars", title: "More leads", desc: "4,000 against 2,600.",
        groups: [{ label: "Leads", bars: [{ label: "With the change", value: 4000, tone: "metric" },
          { label: "Without", value: 2600, tone: "task", hollow: true }] }] }),
    ]; },
    destroy() { chart.destroy(); },
  };
} });
"""


class Demo(base.LessonWidget):
    _esm = "\n".join(base._static(f"{n}.js") for n in ("base", *base._JOINED["chart"])) + DEMO
    _css = f"{base._static('base.css')}\n{base._static('chart.css')}"

    def __init__(self) -> None:
        super().__init__(MemoryJournal("ada", lambda: datetime(2026, 11, 21, tzinfo=UTC)))
        self.values: list[float | None] = [2, 4, None, 6, 7, 9]
        self.refresh()

    def build_view(self) -> dict[str, object]:
        return {"label": "Demo", "title": "<b>Leads rise</b>", "values": self.values}

    def summary(self) -> str:
        return "A demo."

    def on_move(self, message: base.Message) -> None:
        self.values[int(message["n"])] = base.number_in(message, "value", low=0, high=20)


def texts(s: Stage) -> list[dict[str, Any]]:
    """Every text of the pictures: its words, its box and its size on the screen."""
    found: list[dict[str, Any]] = s.page.evaluate(
        """() => [...document.querySelectorAll('.okl-svg text')].map((e) => {
            const r = e.getBoundingClientRect(), svg = e.closest('svg').getBoundingClientRect();
            const scale = svg.width / e.closest('svg').viewBox.baseVal.width;
            return { words: e.textContent, size: parseFloat(getComputedStyle(e).fontSize) * scale,
                     x: r.left, right: r.right, y: r.top, bottom: r.bottom,
                     out: r.left < svg.left - 1 || r.right > svg.right + 1
                          || r.top < svg.top - 1 || r.bottom > svg.bottom + 1 };
        })"""
    )
    return found


@every_size_and_theme
def test_every_size_and_theme_is_readable(
    browser: Browser, theme: Theme, width: int, zoom: float, touch: bool
) -> None:
    """Text of 14 px or more, inside the picture, none over another; axe finds nothing."""
    with stage(browser, Demo(), theme=theme, width=width, zoom=zoom, touch=touch) as s:
        s.page.get_by_role("button", name="Show as table").click()
        s.settle()
        s.page.wait_for_timeout(60)  # the size is measured and drawn in the next frame
        for text in texts(s):
            assert text["size"] >= 13.9, text
            assert not text["out"], text
        shown = texts(s)
        for n, a in enumerate(shown):
            for b in shown[n + 1 :]:
                apart = (
                    a["right"] <= b["x"] + 1
                    or b["right"] <= a["x"] + 1
                    or a["bottom"] <= b["y"] + 4  # boxes of lines include their leading
                    or b["bottom"] <= a["y"] + 4
                )
                assert apart, (a, b)
        assert s.axe() == []
        assert s.overflow() == []
        assert s.small_targets() == []
        s.shot(f"chart-{theme}-{width}")


def test_keys_walk_and_move_points(browser: Browser) -> None:
    """One Tab stop; left and right go to the next point, up and down change it by a step."""
    widget = Demo()
    with stage(browser, widget) as s:
        s.press("Tab")
        assert s.focused() == "Week 1"
        s.press("ArrowUp", "PageUp", "ArrowDown")
        assert widget.values[0] == 7
        slider = s.page.get_by_role("slider", name="Week 1")
        assert slider.get_attribute("aria-valuetext") == "7 leads"
        s.press("End", "ArrowLeft")
        assert s.focused() == "Week 5"
        s.press("Home", "ArrowRight", "ArrowRight", "ArrowUp")
        assert s.focused() == "Week 3"
        assert widget.values[2] is None
        assert s.page.locator(".okl-point[tabindex='0']").count() == 1


def test_a_mouse_drags_and_a_finger_taps_first(browser: Browser) -> None:
    """With a mouse at once; a finger chooses a point, then drags the handle around it."""
    widget = Demo()
    with stage(browser, widget) as s:
        box = s.page.get_by_role("slider", name="Week 4").locator("path").bounding_box()
        assert box
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        s.page.mouse.move(x, y)
        s.page.mouse.down()
        s.page.mouse.move(x, y + 40, steps=4)
        s.page.mouse.up()
        s.settle()
        assert widget.values[3] < 5  # type: ignore[operator]
        assert s.focused() == "Week 4"
    with stage(browser, Demo(), width=360, touch=True) as s:
        point = s.page.get_by_role("slider", name="Week 5")
        box = point.locator("path").bounding_box()
        assert box
        s.page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        s.settle()
        handle = point.locator(".okl-handle")
        size = handle.bounding_box()
        assert size
        assert size["height"] >= 44
        assert handle.evaluate("(e) => getComputedStyle(e).touchAction") == "none"


def test_the_picture_has_words_and_a_table(browser: Browser) -> None:
    """A name, a description, the same figures as a table, and no markup from a title."""
    with stage(browser, Demo()) as s:
        still = s.page.get_by_role("img", name="Nothing moves here")
        assert still.locator("desc").text_content() == "A flat line at 3."
        assert s.root.get_by_text("<b>Leads rise</b>", exact=True).is_visible()
        button = s.page.get_by_role("button", name="Show as table")
        button.focus()
        s.press("Enter")
        assert s.focused() == "▾\nHide the table"
        rows = s.page.get_by_role("table", name="Leads by week").get_by_role("row")
        assert rows.all_inner_texts()[3] == "3\t–"
