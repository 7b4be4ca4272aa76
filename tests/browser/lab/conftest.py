"""A real JupyterLab, started by `okrlab lab` on a copy of the course, and a browser in front."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlparse
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

TOKEN = "only-for-tests"
PATIENCE = 60_000
expect.set_options(timeout=20_000)  # two cores may be busy with other tests
FRONT = ".jp-NotebookPanel:not(.lm-mod-hidden)"


@dataclass
class Lab:
    """A running course."""

    url: str
    folder: Path

    def ask(self, path: str, body: bytes | None = None) -> tuple[int, bytes]:
        """Ask the server as the page does; returns the status and what it said."""
        headers = {"Authorization": f"token {TOKEN}"}
        try:
            request = Request(self.url + path, data=body, headers=headers)
            with urlopen(request, timeout=20) as answer:
                return answer.status, answer.read()
        except HTTPError as error:
            with error:
                return error.code, error.read()


@dataclass
class Reader:
    """Somebody who reads the course in a browser."""

    lab: Lab
    page: Page
    failures: list[str]

    @property
    def front(self) -> Locator:
        """The notebook in front."""
        return self.page.locator(FRONT)

    @property
    def bar(self) -> Locator:
        """The bar above it."""
        return self.front.locator(".okrlab-bar")

    def open(self, path: str) -> None:
        """Open a notebook in a new window and wait until it is prepared."""
        self.page.goto(f"{self.lab.url}doc/tree/{path}?token={TOKEN}&reset")
        self.prepared()

    def prepared(self, path: str = "") -> None:
        """Wait until the page in front (of that notebook) has run, and ran well."""
        if path:
            expect(self.page).to_have_url(re.compile(re.escape(path)), timeout=PATIENCE)
        expect(self.bar).not_to_have_attribute("data-state", "working", timeout=PATIENCE)
        expect(self.bar).not_to_have_attribute("data-state", "trouble")

    def press(self, label: str) -> None:
        """Press one of the bar's buttons."""
        self.bar.get_by_role("button", name=label, exact=True).click()

    def outputs(self) -> Locator:
        """Everything that cells have shown."""
        return self.front.locator(".jp-OutputArea-output")

    def code(self) -> Locator:
        """Every code that can be seen."""
        return self.front.locator(".jp-CodeCell .jp-InputArea-editor:visible")

    def kernel_says(self, code: str) -> str:
        """Run code in the kernel of the notebook in front."""
        return str(
            self.page.evaluate(
                """async code => {
                  const { context } = jupyterapp.shell.currentWidget;
                  const request = context.sessionContext.session.kernel.requestExecute({ code });
                  let said = '';
                  request.onIOPub = message => (said += message.content.text ?? '');
                  await request.done;
                  return said;
                }""",
                code,
            )
        )


@pytest.fixture(scope="session")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """The course, served by the command that learners use."""
    base = tmp_path_factory.mktemp("lab")
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    log = base / "log.txt"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [
                Path(sys.executable).with_name("okrlab"),
                *("lab", base / "my course", "--no-browser", "--port", str(port), "--"),
                *("--expose-app-in-browser", f"--IdentityProvider.token={TOKEN}"),
            ],
            env={**os.environ, "OKRLAB_HOME": str(base / "home")},
            stdout=out,
            stderr=subprocess.STDOUT,
        )
        running = Lab(f"http://127.0.0.1:{port}/", base / "my course")
        try:
            _wait_for(running, process, log)
            yield running
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=20)


@pytest.fixture
def reader(lab: Lab, browser: Browser) -> Iterator[Reader]:
    """A fresh browser; no page may fail, and nothing may leave this computer."""
    context = browser.new_context(viewport={"width": 1280, "height": 860})
    context.set_default_timeout(20_000)
    outside: list[str] = []
    failures: list[str] = []
    context.on(
        "request",
        lambda request: (
            outside.append(request.url)
            if urlparse(request.url).hostname not in {"127.0.0.1", None, ""}
            else None
        ),
    )
    page = context.new_page()
    page.on("pageerror", lambda error: failures.append(str(error)))
    yield Reader(lab, page, failures)
    context.close()
    assert not outside, "a request left this computer"
    assert not failures, "the page raised an error"


def _wait_for(lab: Lab, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        assert process.poll() is None, log.read_text()
        try:
            lab.ask("api")
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"JupyterLab did not start:\n{log.read_text()}")
