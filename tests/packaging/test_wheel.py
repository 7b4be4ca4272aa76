"""The wheel, built and installed into an empty environment elsewhere, opens the course."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.request import urlopen

import nbformat
import pytest

ROOT = Path(__file__).resolve().parents[2]
WELCOME = "notebooks/00_welcome.ipynb"

pytestmark = pytest.mark.packaging


def uv() -> str:
    """The uv that set the project up: the machine's, or the project's own."""
    own = ROOT / ".uv" / "bin" / "uv"
    found = str(own) if own.exists() else shutil.which("uv")
    assert found, "make setup leaves a uv"
    return found


def run(*command: str | Path, cwd: Path) -> None:
    environment = {key: value for key, value in os.environ.items() if key != "VIRTUAL_ENV"}
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def okrlab(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `okrlab` command of an environment that has the wheel and nothing of the checkout."""
    base = tmp_path_factory.mktemp("wheel")
    run(uv(), "build", "--wheel", "--out-dir", base / "dist", ROOT, cwd=base)
    (wheel,) = (base / "dist").glob("*.whl")
    python = ROOT / ".venv" / "bin" / "python"
    exact = base / "exact.txt"
    run(
        *(uv(), "export", "--frozen", "--no-dev", "--no-emit-project", "--no-hashes", "--quiet"),
        *("--project", ROOT, "--output-file", exact),
        cwd=base,
    )
    run(uv(), "venv", "--python", python, base / "empty", cwd=base)
    here = ("--python", base / "empty")
    run(uv(), "pip", "install", *here, "--requirements", exact, wheel, cwd=base)
    return base / "empty" / "bin" / "okrlab"


@contextmanager
def course(okrlab: Path, folder: Path, sign: str) -> Iterator[str]:
    """Serve the course; yields what the command printed that matches the sign."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    log = folder.with_suffix(".log")
    with log.open("wb") as out:
        process = subprocess.Popen(
            [okrlab, "lab", folder, "--no-browser", "--port", str(port)],
            cwd=folder.parent,
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    try:
        found = None
        until = time.monotonic() + 120
        while not found and time.monotonic() < until:
            assert process.poll() is None, log.read_text()
            found = re.search(sign, log.read_text())
            time.sleep(0.1)
        assert found, log.read_text()
        yield found.group()
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=20)


def test_the_wheel_serves_the_course_and_keeps_edits(okrlab: Path, tmp_path: Path) -> None:
    """The printed address shows the welcome in our shell; a second start keeps what was edited."""
    folder = tmp_path / "my course"
    with course(okrlab, folder, r"http://127\.0\.0\.1:\d+/\S*token=\w+") as address:
        assert f"/doc/tree/{WELCOME}?token=" in address
        with urlopen(address, timeout=30) as answer:
            page = answer.read().decode()
        assert "okrlab-shell" in page, "the shell around lessons is installed"
        base, token = re.fullmatch(r"(.*?)doc/tree/.*token=(\w+)", address).groups()  # type: ignore[union-attr]
        with urlopen(f"{base}okrlab/course?token={token}", timeout=30) as answer:
            assert WELCOME in answer.read().decode(), "its part of the server answers"
        with urlopen(f"{base}lab/api/settings?token={token}", timeout=30) as answer:
            settings = {entry["id"]: entry for entry in json.load(answer)["settings"]}
        news = settings["@jupyterlab/apputils-extension:notification"]["schema"]["properties"]
        assert news["fetchNews"]["default"] == "false", "its settings hold"
        scenario = "notebooks/coach/01_lumen_churn.ipynb"
        assert (folder / scenario).is_file(), "the coach's notebooks are in the copy"
        with urlopen(f"{base}voila/render/{scenario}?token={token}", timeout=120) as answer:
            presented = answer.read().decode()
        assert "--okl-scale: 1.6" in presented, "Present has its template"
        assert "okrlab.scenario" not in presented, "no code is shown"
    lesson = folder / WELCOME
    notebook = nbformat.read(lesson, as_version=4)
    notebook.cells[0].source = "# My own notes"
    nbformat.write(notebook, lesson)
    edited = lesson.read_bytes()
    with course(okrlab, folder, "Opening the course"):  # by then the copy has been looked at
        pass
    assert lesson.read_bytes() == edited


def test_the_wheel_upgrades_a_store_of_the_first_version(okrlab: Path, tmp_path: Path) -> None:
    """The steps from version to version are in it, those for a server too."""
    old = (ROOT / "tests" / "data" / "store-v1-sqlite.sql").read_text(encoding="utf-8")
    with closing(sqlite3.connect(tmp_path / "progress.sqlite3")) as connection:
        connection.executescript(old)
    home = {**os.environ, "OKRLAB_HOME": str(tmp_path), "OKRLAB_STORE": "sqlite"}
    done = subprocess.run(
        [okrlab, "progress"], env=home, capture_output=True, text=True, check=True
    )
    assert "1 answer on 2026-11-02" in done.stdout
    with closing(sqlite3.connect(tmp_path / "progress.sqlite3")) as connection:
        assert connection.execute("SELECT version_num FROM okrlab_migrations").fetchone() == (
            "0002",
        )
    code = "import okrlab.storage.migrations.versions.v0002_classes as v; print(v.ROWS.read_text())"
    python = okrlab.with_name("python")
    done = subprocess.run([python, "-c", code], capture_output=True, text=True, check=True)
    assert "ENABLE ROW LEVEL SECURITY" in done.stdout
