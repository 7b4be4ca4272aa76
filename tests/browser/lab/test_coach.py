"""The coach's notebooks in a real JupyterLab, and presented to a room in a real Voilà."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlparse

import pytest
from playwright.sync_api import Browser, Page, expect

from .conftest import TOKEN, Reader

pytestmark = [pytest.mark.browser, pytest.mark.lab]

CHURN = "notebooks/coach/01_lumen_churn.ipynb"


def test_a_scenario_opens_as_a_page_and_is_presented(reader: Reader) -> None:
    """No code; the way back leads to the run sheet; Present shows it in large type."""
    reader.open(CHURN)
    expect(reader.code()).to_have_count(0)
    here = reader.front.locator(".okl-scenario")
    expect(here.locator(".okl-step-name")).to_have_text("The case")
    with reader.page.expect_popup(timeout=60_000) as popup:
        reader.press("Present")
    room = popup.value
    on_screen = room.locator(".okl-scenario")
    expect(on_screen.locator(".okl-step-name")).to_have_text("The case", timeout=60_000)
    assert on_screen.evaluate("(e) => getComputedStyle(e).fontSize") == "25.6px"
    expect(room.get_by_text("To bring.")).to_be_hidden()
    room.close()
    reader.press("Run sheet")
    reader.prepared("00_run_sheet.ipynb")
    expect(reader.front.locator("h1")).to_contain_text("Run sheet")


@pytest.fixture
def room(browser: Browser, tmp_path: Path) -> Iterator[Page]:
    """A page that `okrlab coach --present seven-tenths` serves; nothing may leave this computer."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    log = tmp_path / "log.txt"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [
                Path(sys.executable).with_name("okrlab"),
                *("coach", tmp_path / "my course", "--present", "seven-tenths"),
                *("--no-browser", "--port", str(port), "--", f"--Voila.token={TOKEN}"),
            ],
            env={**os.environ, "OKRLAB_HOME": str(tmp_path / "home")},
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    outside: list[str] = []
    failures: list[str] = []
    context.on(
        "request",
        lambda request: (
            None
            if urlparse(request.url).hostname in {"127.0.0.1", None, ""}
            else outside.append(request.url)
        ),
    )
    try:
        _wait_for(port, process, log)
        page = context.new_page()
        page.on("pageerror", lambda error: failures.append(str(error)))
        page.goto(f"http://127.0.0.1:{port}/?token={TOKEN}")
        yield page
    finally:
        context.close()
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=20)
    assert not outside, "a request left this computer"
    assert not failures, "the page raised an error"
    assert "Culling kernels with idle durations" in log.read_text(encoding="utf-8")


def test_a_clicker_leads_a_room_through_a_presented_scenario(room: Page) -> None:
    """Large type, no code; Next and the page keys work; votes survive a reload."""
    name = room.locator(".okl-step-name")
    expect(name).to_have_text("The case", timeout=60_000)
    assert room.locator(".okl").evaluate("(e) => getComputedStyle(e).fontSize") == "25.6px"
    expect(room.locator(".jp-InputArea-editor:visible")).to_have_count(0)
    expect(room.get_by_text("To bring.")).to_be_hidden()
    room.get_by_role("button", name="Next: Predict").click()
    expect(name).to_have_text("Predict")
    room.keyboard.press("PageDown")
    expect(name).to_have_text("Vote")
    room.get_by_role("button", name="One vote more for B").click()
    expect(room.locator("desc").last).to_contain_text("1 of 1")
    box = room.get_by_role("button", name="Next: In pairs").bounding_box()
    assert box
    assert box["y"] + box["height"] <= 800, "the way on is in sight without scrolling"
    room.reload()
    expect(name).to_have_text("Vote", timeout=60_000)
    expect(room.get_by_role("spinbutton", name="Votes for B")).to_have_value("1")


def _wait_for(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        assert process.poll() is None, log.read_text()
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"Voilà did not start:\n{log.read_text()}")
