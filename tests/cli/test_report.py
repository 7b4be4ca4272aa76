"""`okrlab report`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from okrlab.cli import report as command
from okrlab.errors import OkrlabError
from okrlab.storage import MemoryStore, export_progress
from tests.assessment.examples import attempt


def run(*arguments: object) -> Result:
    """Run `okrlab report`; errors of okrlab come through."""
    words = [str(a) for a in arguments]
    return CliRunner().invoke(command.app, words, catch_exceptions=False)


def test_the_made_up_class(tmp_path: Path) -> None:
    """Labelled in the terminal and in every file that is asked for."""
    files = [tmp_path / f"report{kind}" for kind in (".html", ".xlsx", ".json")]
    result = run("--demo", *(word for path in files for word in ("--out", path)))
    assert result.exit_code == 0
    assert result.stdout.startswith("Generated class")
    assert "To open the next session with:" in result.stdout
    assert all(f"Written: {path}" in result.stdout for path in files)
    assert "Generated class" in files[0].read_text("utf-8")
    assert json.loads(files[2].read_text("utf-8"))["generated"] is True


def test_a_folder_of_exports(tmp_path: Path) -> None:
    """Numbered by default, named when asked; JSON is JSON; bad files are told on the side."""
    store = MemoryStore()
    store.add([attempt(1, learner="ada")])
    export_progress(store, tmp_path / "friday" / "ada.jsonl", ["ada"])
    (tmp_path / "friday" / "bad.jsonl").write_text("no export")
    plain = run(tmp_path / "friday", "--json")
    assert json.loads(plain.stdout)["where"][0]["name"] == "Learner 1"
    assert "bad.jsonl" in plain.stderr
    named = run(tmp_path / "friday", "--names", "--json")
    assert json.loads(named.stdout)["where"][0]["name"] == "ada"


def test_which_class_has_to_be_said(okrlab_home: Path) -> None:
    """One class, or the made-up one."""
    with pytest.raises(OkrlabError, match="Which class"):
        run()
    with pytest.raises(OkrlabError, match="no other can be named"):
        run("friday", "--demo")
    with pytest.raises(OkrlabError, match="neither a class nor"):
        run("friday")
