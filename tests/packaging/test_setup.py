"""The setup script: clear words when the machine lacks something, no work when nothing changed."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PYTHONS = ("python", "python3", *(f"python3.{minor}" for minor in range(11, 15)))

OLD_PYTHON = """#!/bin/sh
case "$2" in "") test "$1" = -c || echo "Python 3.9.2" ;; *) exit 1 ;; esac
"""
FAKE_UV = """#!/bin/sh
case "$1" in
  --version) echo "uv 0.9.1" ;;
  *) echo "$*" >>calls.txt
     mkdir -p .venv/bin && touch .venv/bin/okrlab && chmod +x .venv/bin/okrlab
     ln -sf "$(command -v python3)" .venv/bin/python ;;
esac
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of what the script looks at, and a folder of programs that it finds first."""
    for name in ("pyproject.toml", "uv.lock", "scripts/setup.sh"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    shutil.copytree(ROOT / "okrlab/labextension", tmp_path / "okrlab/labextension")
    (tmp_path / "programs").mkdir()
    return tmp_path


def install(checkout: Path, text: str, *names: str) -> None:
    for name in names:
        program = checkout / "programs" / name
        program.write_text(text, encoding="utf-8")
        program.chmod(0o755)


def setup(checkout: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    path = f"{checkout / 'programs'}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        ["sh", "scripts/setup.sh", *arguments],
        cwd=checkout,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )


def calls(checkout: Path) -> list[str]:
    return (checkout / "calls.txt").read_text(encoding="utf-8").splitlines()


def test_an_old_python_is_told_with_what_to_do(checkout: Path) -> None:
    """The version found, the version needed, and how to name another one."""
    install(checkout, OLD_PYTHON, *PYTHONS)
    result = setup(checkout)
    assert result.returncode == 2
    assert "Python 3.11 or newer is needed, and Python 3.9.2 was found." in result.stderr
    assert "make lab PYTHON=/path/to/python3" in result.stderr


def test_the_second_setup_does_nothing(checkout: Path) -> None:
    """Work is done again only when dependencies or the shell around lessons changed."""
    install(checkout, FAKE_UV, "uv")
    assert setup(checkout).returncode == 0
    assert setup(checkout).returncode == 0
    assert len(calls(checkout)) == 1
    with (checkout / "okrlab/labextension/style/shell.css").open("a") as style:
        style.write("/* changed */")
    assert setup(checkout).returncode == 0
    assert len(calls(checkout)) == 2


def test_readers_get_no_test_tools_and_developers_do(checkout: Path) -> None:
    """The lock file is followed as it is, and everything is compiled for a quick first start."""
    install(checkout, FAKE_UV, "uv")
    setup(checkout)
    setup(checkout, "dev")
    setup(checkout)
    reader, developer = calls(checkout)
    for call in (reader, developer):
        assert "--frozen" in call
        assert "--compile-bytecode" in call
    assert "--no-dev" in reader
    assert "--group dev" in developer


def test_a_failed_installation_is_not_taken_for_done(checkout: Path) -> None:
    """The script says what to look at, and tries again the next time."""
    install(checkout, "#!/bin/sh\ntest \"$1\" = --version && echo 'uv 0.9.1'\n", "uv")
    result = setup(checkout)
    assert result.returncode == 2
    assert "Is this computer online" in result.stderr
    install(checkout, FAKE_UV, "uv")
    assert setup(checkout).returncode == 0
    assert len(calls(checkout)) == 1
