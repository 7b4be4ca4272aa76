"""The command line: quick to start, plain when something is wrong."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from okrlab.cli import app, lab
from okrlab.cli import main as run_main
from okrlab.errors import OkrlabError

HEAVY = ("pandas", "numpy", "jupyterlab", "sqlalchemy", "anywidget", "pydantic", "IPython")


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_help_names_every_command_and_loads_nothing_heavy() -> None:
    """The first word from okrlab comes at once."""
    code = (
        "import sys\n"
        "from okrlab.cli import main\n"
        "sys.argv = ['okrlab', '--help']\n"
        "try:\n    main()\n"
        "except SystemExit as end:\n    assert not end.code\n"
        f"print('LOADED', [name for name in {HEAVY!r} if name in sys.modules])\n"
    )
    said = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout
    assert "LOADED []" in said
    for command in ("lab", "progress", "author"):
        assert f"\n  {command}" in said


def test_every_command_has_help() -> None:
    """Each command explains itself in a sentence."""
    for command in ("lab", "progress", "author"):
        result = CliRunner().invoke(app, [command, "--help"])
        assert result.exit_code == 0
        assert len(result.stdout.splitlines()) > 5


def test_the_version_is_told() -> None:
    """`okrlab --version` names the installed version."""
    result = CliRunner().invoke(app, ["--version"])
    assert result.exit_code == 0
    assert result.stdout.startswith("okrlab 0.")


def test_okrlabs_own_errors_are_one_plain_message(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], taken_port: int
) -> None:
    """No traceback, exit code 2."""
    monkeypatch.setattr(sys, "argv", ["okrlab", "lab", "--port", str(taken_port)])
    with pytest.raises(SystemExit) as end:
        run_main()
    assert end.value.code == 2
    said = capsys.readouterr().err
    assert said.startswith(f"okrlab: Port {taken_port} is taken")
    assert "Traceback" not in said


def test_a_taken_port_is_said_with_the_command_that_works(taken_port: int) -> None:
    """The message offers a port that is free."""
    with pytest.raises(OkrlabError, match=r"okrlab lab --port \d+ \(with make: make lab PORT="):
        lab.free_port(taken_port)


def test_without_a_wish_the_next_free_port_is_taken(
    monkeypatch: pytest.MonkeyPatch, taken_port: int
) -> None:
    """A second course beside a first one just opens."""
    monkeypatch.setattr(lab, "FIRST_PORT", taken_port)
    assert lab.free_port(None) > taken_port


def started(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> list[str]:
    """Run `okrlab lab` up to the point where it would become JupyterLab."""
    seen: list[list[str]] = []
    monkeypatch.setattr(lab, "start", lambda command, folder: seen.append(command))
    result = CliRunner().invoke(app, ["lab", *arguments], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return seen[0]


def test_lab_serves_the_copy_on_this_computer_only(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The folder is laid out; Lab opens the welcome notebook on loopback, with Jupyter's token."""
    command = started(monkeypatch, str(tmp_path / "mine"), "--no-browser")
    assert (tmp_path / "mine" / "notebooks" / "00_welcome.ipynb").is_file()
    assert command[:3] == [sys.executable, "-m", "jupyterlab"]
    assert "--ServerApp.ip=127.0.0.1" in command
    assert f"--ServerApp.root_dir={tmp_path / 'mine'}" in command
    assert "--LabApp.default_url=/doc/tree/notebooks/00_welcome.ipynb" in command
    assert "--no-browser" in command
    assert not any("token" in flag for flag in command)


def test_what_follows_the_dashes_goes_to_jupyter(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """With and without a folder before them, and last, so that they win."""
    command = started(monkeypatch, str(tmp_path / "mine"), "--", "--debug", "--LabApp.x=1")
    assert command[-2:] == ["--debug", "--LabApp.x=1"]
    monkeypatch.chdir(tmp_path)
    command = started(monkeypatch, "--", "--debug")
    assert command[-1] == "--debug"
    assert (tmp_path / "okrlab-course" / "notebooks").is_dir()


def test_the_kernel_is_the_python_that_runs_okrlab(tmp_path: Path) -> None:
    """A user's other kernel named python3 does not get in the way."""
    data = tmp_path / "data" / "kernels" / "python3"
    data.mkdir(parents=True)
    (data / "kernel.json").write_text(
        '{"argv": ["/nowhere/python"], "display_name": "Other", "language": "python"}',
        encoding="utf-8",
    )
    environment = lab.lab_environment(tmp_path) | {"JUPYTER_DATA_DIR": str(tmp_path / "data")}
    code = (
        "from jupyter_client.kernelspec import KernelSpecManager\n"
        "import sys\n"
        "print(KernelSpecManager().get_kernel_spec('python3').resource_dir.startswith(sys.prefix))"
    )
    said = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    assert said.stdout.strip() == "True"
