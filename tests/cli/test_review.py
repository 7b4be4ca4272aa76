"""`okrlab review`: a whole list on the command line."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from okrlab.cli import main
from okrlab.cli import review as command
from okrlab.errors import OkrlabError

LIST = """# Customers stay with us
- Churn from 3.1 to 1.9 % by 30 September
- Launch the new help centre
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A list with an error: a launch without a date."""
    path = tmp_path / "okrs.md"
    path.write_text(LIST, encoding="utf-8")
    return path


def run(*arguments: object) -> Result:
    """Run `okrlab review`; errors of okrlab come through."""
    return CliRunner().invoke(command.app, [str(a) for a in arguments], catch_exceptions=False)


def test_the_report_is_shown(file: Path) -> None:
    """As text, with the summary first."""
    result = run(file)
    assert result.exit_code == 0
    assert result.stdout.startswith("Review of okrs.md\n\n2 statements: ")
    assert "★ Customers stay with us" in result.stdout
    assert "line 3: Launch the new help centre" in result.stdout


@pytest.mark.parametrize(
    ("form", "start"),
    [("markdown", "# Review of okrs.md"), ("json", "{"), ("html", "<!doctype html>")],
)
def test_formats(file: Path, form: str, start: str) -> None:
    """Each format can be chosen."""
    assert run(file, "--format", form).stdout.startswith(start)


def test_json_is_nothing_but_json(file: Path) -> None:
    """A program can read what is shown."""
    assert json.loads(run(file, "--format", "json").stdout)["summary"]["statements"] == 2


def test_an_unknown_format(file: Path) -> None:
    """The formats that exist are named."""
    result = run(file, "--format", "pdf")
    assert result.exit_code == 2
    assert "markdown" in result.output


def test_exit_codes_for_ci(file: Path) -> None:
    """1 from the chosen severity on, and the report is there all the same."""
    alone = "# Customers stay\n- Cut churn from 3.1 to 1.9 % by 30 September\n"  # a set of one
    file.write_text(alone, encoding="utf-8")
    assert run(file).exit_code == 0
    assert run(file, "--fail-on", "error").exit_code == 0
    failed = run(file, "--fail-on", "warning")
    assert failed.exit_code == 1
    assert "0 errors, 1 warning, " in failed.stdout
    assert "Cut churn" in failed.stdout


def test_an_error_fails_at_both_levels(file: Path) -> None:
    """A placeholder for a target is an error."""
    file.write_text("# O\n- Raise NPS from X to Y by June\n", encoding="utf-8")
    assert "error" in run(file).stdout
    assert run(file, "--fail-on", "error").exit_code == 1
    assert run(file, "--fail-on", "warning").exit_code == 1


def test_into_a_file(file: Path, tmp_path: Path) -> None:
    """The report goes there, one line here; the exit code stays."""
    out = tmp_path / "report.html"
    result = run(file, "--format", "html", "--out", out, "--fail-on", "warning")
    assert result.exit_code == 1
    assert result.stdout == f"2 statements reviewed; the report is in {out}.\n"
    assert "Launch the new help centre" in out.read_text(encoding="utf-8")


def test_the_list_is_never_overwritten(file: Path) -> None:
    """The report cannot take the place of what somebody wrote."""
    with pytest.raises(OkrlabError, match=r"is the list itself"):
        run(file, "--format", "markdown", "--out", file)
    assert file.read_text(encoding="utf-8") == LIST


def test_a_place_that_cannot_be_written(file: Path, tmp_path: Path) -> None:
    """The message says why, and what to do."""
    with pytest.raises(OkrlabError, match=r"cannot be written to .*Choose another place"):
        run(file, "--out", tmp_path / "missing" / "report.txt")


def test_columns(tmp_path: Path) -> None:
    """Columns with names of the company's own."""
    path = tmp_path / "okrs.csv"
    path.write_text("Wozu;Was\nGuests return;NPS from 30 to 40\n", encoding="utf-8")
    said = run(path, "--text", "was", "--objective", "wozu").stdout
    assert "★ Guests return" in said
    assert "NPS from 30 to 40" in said


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.xlsx", b"broken", "not a readable .xlsx file"),
        ("a.csv", b"", "is empty"),
        ("a.csv", b"a,b\n1,2\n", "has no column of key results"),
        ("a.docx", b"x", "Save it as .csv"),
        ("a.md", None, "cannot be read"),
    ],
)
def test_a_file_that_cannot_be_read(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    name: str,
    content: bytes | None,
    message: str,
) -> None:
    """Exit code 2 and one plain message, on standard error."""
    if content is not None:
        (tmp_path / name).write_bytes(content)
    monkeypatch.setattr(sys, "argv", ["okrlab", "review", str(tmp_path / name)])
    with pytest.raises(SystemExit) as stopped:
        main()
    shown = capsys.readouterr()
    assert stopped.value.code == 2
    assert shown.out == ""
    assert shown.err.startswith("okrlab: ")
    assert message in shown.err
    assert "Traceback" not in shown.err


class Terminal(io.StringIO):
    """A standard error that says that somebody watches."""

    def __init__(self, watched: bool) -> None:
        super().__init__()
        self.watched = watched

    def isatty(self) -> bool:
        return self.watched


@pytest.mark.parametrize(
    ("watched", "length", "shown"), [(True, 5, True), (False, 5, False), (True, 4, False)]
)
def test_the_progress_bar(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, watched: bool, length: int, shown: bool
) -> None:
    """For long lists, on a terminal only, and never within the report."""
    monkeypatch.setattr(command, "LONG", 5)
    screen = Terminal(watched)
    monkeypatch.setattr(sys, "stderr", screen)
    path, out = tmp_path / "a.txt", tmp_path / "out.txt"
    path.write_text("".join(f"NPS from {n} to 40\n" for n in range(length)), encoding="utf-8")
    command.review(path, out=out)
    assert ("Reading" in screen.getvalue()) is shown
    assert ("100%" in screen.getvalue()) is shown
    assert "Reading" not in out.read_text(encoding="utf-8")


def piped(file: Path, encoding: str) -> str:
    """What the command writes into a pipe of that encoding, and nothing on standard error."""
    done = subprocess.run(
        [sys.executable, "-c", "from okrlab.cli import main; main()", "review", str(file)],
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONIOENCODING": encoding},
        timeout=60,
    )
    assert done.returncode == 0
    assert done.stderr == b""
    return done.stdout.decode(encoding)


def test_in_a_pipe(file: Path) -> None:
    """The report and nothing else."""
    assert "★ Customers stay with us" in piped(file, "utf-8")


def test_in_a_pipe_that_lacks_signs(file: Path) -> None:
    """A Windows pipe without the star still gets the report."""
    assert "? Customers stay with us" in piped(file, "cp1252")
