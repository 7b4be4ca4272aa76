"""What all widgets share, on a small widget made for this test."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from harness import stage
from playwright.sync_api import Browser

from okrlab.assessment.journal import MemoryJournal
from okrlab.widgets import base

pytestmark = pytest.mark.browser

DEMO = """
export default okl.widget({ name: "demo", setup(ui) {
  return { render(view) { return [
    okl.h("p", { class: "okl-title" }, view.text),
    okl.roleMark("kpi"), okl.h("span", null, "KPI"),
    okl.h("input", { class: "okl-field", "aria-label": "Name", value: view.value }),
    okl.h("ul", null, view.list.map((n) => okl.h("li", { key: n },
      okl.button({ label: n, focusKey: n, onclick: () => ui.send("first", { name: n }) })))),
    okl.feedback({ correct: false, cue: "A cue.", tempts: "It tempts.", flip: "A flip.",
                   misconception: { title: "An idea" } }),
    okl.actions([okl.button({ label: "Break", onclick: () => ui.send("broken") })],
      okl.button({ label: "Say", kind: "primary", onclick: () => ui.send("speak") })),
  ]; } };
} });
"""


class Demo(base.LessonWidget):
    _esm = base._static("base.js") + DEMO
    _css = base._static("base.css")

    def __init__(self, journal: MemoryJournal) -> None:
        super().__init__(journal)
        self.text, self.value, self.items = "<b>bold</b> & co", "", ["Ada", "Bob", "Cyd"]
        self.refresh()

    def build_view(self) -> dict[str, object]:
        return {"label": "Demo", "text": self.text, "value": self.value, "list": self.items}

    def summary(self) -> str:
        return "A demo."

    def on_first(self, message: base.Message) -> None:
        name = base.choice_in(message, "name", self.items)
        self.items = [name, *(n for n in self.items if n != name)]

    def on_speak(self, message: base.Message) -> None:
        self.say("Spoken.")

    def on_broken(self, message: base.Message) -> None:
        raise RuntimeError("a bug")


@pytest.fixture
def demo() -> Demo:
    return Demo(MemoryJournal("ada", lambda: datetime(2026, 11, 21, tzinfo=UTC)))


def test_text_is_never_html(browser: Browser, demo: Demo) -> None:
    """Markup in content is shown as it was written."""
    with stage(browser, demo) as s:
        assert s.root.get_by_text("<b>bold</b> & co").is_visible()
        assert s.root.locator("b", has_text="bold").count() == 0


def test_focus_selection_and_typing_survive_a_new_view(browser: Browser, demo: Demo) -> None:
    """A view that arrives while somebody types neither moves the caret nor eats a letter."""
    with stage(browser, demo) as s:
        field = s.page.get_by_label("Name")
        field.fill("half a wo")
        field.evaluate("(e) => e.setSelectionRange(2, 4)")
        demo.text = "new"
        demo.refresh()
        s.push()
        assert s.root.get_by_text("new", exact=True).is_visible()
        assert field.input_value() == "half a wo"
        assert field.evaluate("(e) => [e.selectionStart, e.selectionEnd]") == [2, 4]


def test_focus_follows_an_element_that_moves(browser: Browser, demo: Demo) -> None:
    """A list in a new order keeps the focus on the entry that had it."""
    with stage(browser, demo) as s:
        s.page.get_by_role("button", name="Cyd").focus()
        s.press("Enter")
        assert s.page.locator("li").all_inner_texts() == ["Cyd", "Ada", "Bob"]
        assert s.focused() == "Cyd"


def test_focus_stays_in_the_widget_when_its_element_goes(browser: Browser, demo: Demo) -> None:
    """When the focused entry disappears, keys still reach the widget."""
    with stage(browser, demo) as s:
        s.page.get_by_role("button", name="Cyd").focus()
        demo.items = ["Ada"]
        demo.refresh()
        s.push()
        assert s.page.evaluate("() => document.activeElement.classList.contains('okl')")


def test_a_bug_is_shown_in_words_and_the_widget_goes_on(browser: Browser, demo: Demo) -> None:
    """An exception in Python appears as an error with what to do next, and can be got over."""
    with stage(browser, demo) as s:
        s.page.get_by_role("button", name="Break").click()
        s.settle()
        assert "Something went wrong" in s.root.inner_text()
        s.page.get_by_role("button", name="Say").click()
        s.settle()
        assert "Something went wrong" not in s.root.inner_text()
        assert s.said[-1] == "Spoken."


def test_a_silent_kernel_is_named(browser: Browser, demo: Demo) -> None:
    """When Python doesn't answer, the learner is told what to do."""
    with stage(browser, demo) as s:
        s.page.clock.install()
        s.page.evaluate("() => { window.oklSend = () => new Promise(() => {}); }")
        s.page.get_by_role("button", name="Say").click()
        s.page.clock.run_for(7_000)
        assert s.root.locator("p", has_text="No answer from the notebook yet").is_visible()


def test_trouble_with_storage_is_shown(browser: Browser, demo: Demo) -> None:
    """The journal's notice stands above the exercise."""
    demo.journal.notice = lambda: "The disk is full; your answers are kept until you close."
    with stage(browser, demo) as s:
        demo.refresh()
        s.push()
        assert s.root.get_by_text("The disk is full").is_visible()


@pytest.mark.parametrize("theme", ["light", "dark", "plain-light", "plain-dark"])
def test_every_theme_is_accessible(browser: Browser, demo: Demo, theme: str) -> None:
    """Axe finds nothing, and dark is noticed also where no Jupyter variable says so."""
    demo.journal.notice = lambda: "A notice."
    demo._receive(demo, {"type": "broken"}, [])
    with stage(browser, demo, theme=theme, width=320) as s:  # type: ignore[arg-type]
        assert s.root.get_attribute("data-theme") == theme.removeprefix("plain-")
        assert s.axe() == []
        assert s.overflow() == []
        assert s.small_targets() == []
        s.shot(f"base-{theme}")
