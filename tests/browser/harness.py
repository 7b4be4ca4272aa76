"""A stage for one widget: a plain page with a fake model, bridged to the real Python widget.

    def test_it(browser):
        with stage(browser, widget, width=320, theme="dark", touch=True) as s:
            s.page.get_by_role("button", name="Check").click()
            s.settle()                       # every message has been answered and drawn
            assert s.said == ["…"]           # what the live region announced
            assert s.axe() == []             # ids of violations, with their targets
            assert "secret" not in s.sent()  # everything that ever reached the browser
            s.shot("quiz-dark-320")          # a picture, when OKRLAB_SHOTS names a folder

Leaving the block fails the test when the page logged an error or asked for anything by network.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page

Theme = Literal["light", "dark", "plain-light", "plain-dark"]
"""light and dark as JupyterLab paints them; the plain ones are a page without --jp variables."""

every_size_and_theme = pytest.mark.parametrize(
    ("theme", "width", "zoom", "touch"),
    [
        ("light", 900, 1, False),
        ("dark", 320, 1, True),
        ("plain-light", 640, 2, False),
        ("plain-dark", 1600, 1, False),
    ],
)
"""The stages on which every phase of a widget must be usable."""

SHOTS = os.environ.get("OKRLAB_SHOTS")
"""Folder for pictures; none are taken when it is not set."""

JUPYTER = {
    "light": """--jp-layout-color0:#fff; --jp-layout-color1:#fff; --jp-content-font-color0:#000;
        --jp-content-font-color1:rgba(0,0,0,.87); --jp-content-font-color2:rgba(0,0,0,.54);
        --jp-border-color1:#bdbdbd; --jp-border-color2:#e0e0e0; --jp-brand-color1:#1976d2;
        background:#fff;""",
    "dark": """--jp-layout-color0:#111; --jp-layout-color1:#212121; --jp-content-font-color0:#fff;
        --jp-content-font-color1:#fff; --jp-content-font-color2:rgba(255,255,255,.7);
        --jp-border-color1:#616161; --jp-border-color2:#424242; --jp-brand-color1:#2196f3;
        background:#111;""",
    "plain-light": "background:#fff;",
    "plain-dark": "background:#1e1e1e; color:#ddd;",
}

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Stage</title>
<link rel="icon" href="data:,">
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>body {{ margin: 0; padding: 0; {jupyter} }}
.jp-OutputArea-output :is(dl, dt, dd) {{ display: block; overflow: hidden; margin: 0; padding: 0; }}
.jp-OutputArea-output dt {{ font-weight: bold; float: left; width: 20%; }}
.jp-OutputArea-output dd {{ float: left; width: 80%; }}</style></head>
<body data-jp-theme-light="{is_light}">
<main id="stage" class="jp-OutputArea-output"></main></body></html>"""

MODEL = """
async ({ esm, css, state }) => {
  const style = document.createElement("style");
  style.textContent = css;
  document.head.append(style);
  const listeners = new Set();
  const copy = (value) => JSON.parse(JSON.stringify(value));
  let chain = Promise.resolve();
  window.okl = {
    open: 0, said: [], state: copy(state), unheard: 0,
    push(view) {
      // what is said in quick succession is announced in one; a test lets each be heard by itself
      if (view.say?.n !== this.state.view?.say?.n) this.unheard = performance.now();
      this.state.view = copy(view);
      for (const fn of [...listeners]) fn();
    },
  };
  const model = {
    get: (name) => window.okl.state[name],
    set: () => { throw new Error("a widget sends messages and sets no traits"); },
    save_changes: () => { throw new Error("a widget sends messages and sets no traits"); },
    on: (event, fn) => { if (event === "change:view") listeners.add(fn); },
    off: (event, fn) => listeners.delete(fn),
    send: (content) => {
      window.okl.open += 1;
      const message = copy(content);
      chain = chain.then(async () => {
        for (const view of await window.oklSend(message)) window.okl.push(view);
        window.okl.open -= 1;
      });
    },
  };
  const url = URL.createObjectURL(new Blob([esm], { type: "text/javascript" }));
  const widget = (await import(url)).default;
  const el = document.getElementById("stage");
  window.okl.remove = await widget.render({ model, el });
  const live = el.querySelector("[aria-live]");
  new MutationObserver(() => {
    if (!live.textContent) return;
    window.okl.said.push(live.textContent);
    window.okl.unheard = 0;
  }).observe(live, { childList: true, characterData: true, subtree: true });
}
"""


class Stage:
    """A widget on a page. `page` is Playwright's; the rest saves typing."""

    def __init__(self, page: Page, widget: Any) -> None:
        self.page, self.widget = page, widget
        self.problems: list[str] = []
        self.messages: list[dict[str, Any]] = []
        self._history = [json.dumps(widget.get_state()["view"])]
        widget.observe(self._remember, "view")

    def _remember(self, change: Any) -> None:
        self._history.append(json.dumps(change["new"]))

    def forget(self) -> None:
        """Stop watching the widget."""
        self.widget.unobserve(self._remember, "view")

    def _send(self, message: dict[str, Any]) -> list[Any]:
        self.messages.append(message)
        before = len(self._history)
        self.widget._handle_custom_msg(message, [])
        return [json.loads(view) for view in self._history[before:]]

    def settle(self) -> None:
        """Wait until every message has been answered, drawn and announced."""
        self.page.wait_for_function(
            "() => window.okl.open === 0 && performance.now() > window.okl.unheard"
            " + (window.okl.unheard ? 2000 : 0)"
        )
        self.page.evaluate("() => new Promise((done) => requestAnimationFrame(() => done()))")

    def still(self) -> None:
        """Wait until nothing moves: half-faded text has too little contrast."""
        self.page.evaluate(
            "() => Promise.allSettled(document.getAnimations().map((a) => a.finished))"
            ".then(() => null)"
        )

    def push(self) -> None:
        """Show a change that Python made by itself, after `widget.refresh()`."""
        self.page.evaluate("(view) => window.okl.push(view)", json.loads(self._history[-1]))

    def sent(self) -> str:
        """Every state that ever reached the browser, as one text."""
        return "\n".join(self._history)

    @property
    def view(self) -> Any:
        """What the browser knows now."""
        return json.loads(self._history[-1])

    @property
    def said(self) -> list[str]:
        """What the live region announced, oldest first."""
        self.page.evaluate("() => new Promise((done) => setTimeout(done, 90))")
        said: list[str] = self.page.evaluate("() => window.okl.said")
        return said

    @property
    def root(self) -> Locator:
        """The widget's outermost element."""
        return self.page.locator(".okl").first

    def focused(self) -> str:
        """Name or text of the focused element."""
        text: str = self.page.evaluate(
            "() => (document.activeElement.getAttribute('aria-label')"
            " || document.activeElement.innerText || document.activeElement.tagName).trim()"
        )
        return text

    def press(self, *keys: str) -> None:
        """Press keys one after the other, waiting for the answer to each."""
        for key in keys:
            self.page.keyboard.press(key)
            self.settle()

    def drag(self, what: Locator, to: Locator) -> None:
        """Drag with the mouse, centre to centre, in steps as a hand does."""
        what.scroll_into_view_if_needed()
        start, end = what.bounding_box(), to.bounding_box()
        assert start, "what is dragged must be visible"
        assert end, "where it is dragged to must be visible"
        mouse = self.page.mouse
        mouse.move(start["x"] + start["width"] / 2, start["y"] + min(start["height"] / 2, 20))
        mouse.down()
        mouse.move(end["x"] + end["width"] / 2, end["y"] + end["height"] / 2, steps=8)
        mouse.up()
        self.settle()

    def axe(self) -> list[str]:
        """Accessibility violations, each as "rule: target: why"."""
        self.still()
        results = Axe().run(self.page, context=".okl")
        return [
            f"{v['id']}: {node['target']}: {node.get('failureSummary', '')[:300]}"
            for v in results.response["violations"]
            for node in v["nodes"]
        ]

    def overflow(self) -> list[str]:
        """Elements that stick out of the page to the right (the page must not scroll sideways)."""
        found: list[str] = self.page.evaluate(
            """() => [...document.querySelectorAll('.okl *')]
                .filter((e) => e.getClientRects().length && !e.closest('.okl-live, .okl-hidden')
                    && e.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
                .map((e) => e.tagName + '.' + e.getAttribute('class'))"""
        )
        return found

    def small_targets(self, smallest: float = 44) -> list[str]:
        """Buttons and fields lower or narrower than a finger needs, as "name: w x h"."""
        found: list[str] = self.page.evaluate(
            """(smallest) => [...document.querySelectorAll(
                  '.okl :is(button, select, textarea, input:not([type=radio], [type=checkbox]))')]
                .map((e) => [e, e.getBoundingClientRect()])
                .filter(([e, r]) => e.getClientRects().length
                                    && (r.width < smallest - 0.5 || r.height < smallest - 0.5))
                .map(([e, r]) => `${e.innerText || e.type}: ${r.width} x ${r.height}`)""",
            smallest,
        )
        return found

    def shot(self, name: str) -> None:
        """Save a picture of the page into the folder that $OKRLAB_SHOTS names, if it is set."""
        if SHOTS:
            self.still()
            Path(SHOTS).mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=str(Path(SHOTS) / f"{name}.png"), full_page=True)


@contextmanager
def stage(
    browser: Browser,
    widget: Any,
    *,
    width: int = 900,
    height: int = 800,
    theme: Theme = "light",
    touch: bool = False,
    reduced_motion: bool = False,
    zoom: float = 1,
) -> Iterator[Stage]:
    """Put `widget` on a page.

    Args:
        browser: the fixture.
        widget: a `LessonWidget`.
        width: of the window, in CSS pixels at zoom 1.
        height: of the window.
        theme: see `Theme`.
        touch: a phone's kind of input (use `page.tap` or `locator.tap`).
        reduced_motion: whether the learner asked for no motion.
        zoom: 2 is what "200 %" in the browser's menu does.
    """
    context = browser.new_context(
        viewport={"width": round(width / zoom), "height": round(height / zoom)},
        device_scale_factor=zoom,
        has_touch=touch,
        color_scheme="dark" if "dark" in theme else "light",
        reduced_motion="reduce" if reduced_motion else "no-preference",
    )
    context.set_default_timeout(8_000)
    page = context.new_page()
    s = Stage(page, widget)
    try:
        page.on("pageerror", lambda error: s.problems.append(f"error: {error}"))
        page.on(
            "console",
            lambda m: s.problems.append(f"console: {m.text}") if m.type == "error" else None,
        )
        page.on(
            "request",
            lambda r: (
                None
                if r.url.startswith(("data:", "blob:", "about:"))
                else s.problems.append(f"network: {r.url}")
            ),
        )
        page.expose_function("oklSend", s._send)
        page.set_content(
            PAGE.format(jupyter=JUPYTER[theme], is_light=str("light" in theme).lower())
        )
        state = {k: v for k, v in widget.get_state().items() if k == "view"}
        page.evaluate(MODEL, {"esm": widget._esm, "css": widget._css, "state": state})
        yield s
        page.evaluate("() => window.okl.remove?.()")
        assert s.problems == []
    finally:
        s.forget()
        context.close()
