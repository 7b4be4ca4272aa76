"""`okrlab grade`: a class marked on the command line."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from okrlab.cli import grade as command
from okrlab.errors import OkrlabError
from okrlab.grading import sandbox

ROOT = Path(__file__).parents[2]
NAMES = sorted(path.name for path in (ROOT / "solutions").glob("*.ipynb"))


def run(*arguments: object) -> Result:
    """Run `okrlab grade`; errors of okrlab come through."""
    words = [str(a) for a in arguments]
    return CliRunner().invoke(command.app, words, catch_exceptions=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """One handed in every solution, one every exercise as it was released."""
    for learner, source in (("anna", "solutions"), ("ben", "exercises")):
        (tmp_path / "class" / learner).mkdir(parents=True)
        for name in NAMES:
            shutil.copy(ROOT / source / name, tmp_path / "class" / learner / name)
    return tmp_path / "class"


def test_every_solution_earns_full_marks_and_every_stub_none(folder: Path) -> None:
    """The course's own exercises, all of them, through the sandbox."""
    result = run(folder, "--exercises", ROOT / "solutions")
    assert result.exit_code == 0, result.output
    assert "Code is run in a" in result.output
    lines = [line.split() for line in result.stdout.splitlines()]
    for name in NAMES:
        stem = name.removesuffix(".ipynb")[:34]
        by_learner = {line[0]: line for line in lines if stem in line}
        earned, most = by_learner["anna"][2].split("/")
        assert earned == most
        assert by_learner["anna"][3] == "ok"
        assert by_learner["ben"][2] == f"0/{most}"
        assert by_learner["ben"][3:5] == ["not", "answered"]
    results = folder.with_name("class-results")
    assert (results / "feedback" / "anna.html").is_file()
    again = run(folder, "--exercises", ROOT / "solutions")
    assert f"{2 * len(NAMES)} of {2 * len(NAMES)} were marked before" in again.output
    assert "(unchanged)" in again.stdout


def test_a_failure_shows_in_the_exit_code(folder: Path, tmp_path: Path) -> None:
    """One broken file: 1, and the rest is marked."""
    (folder / "cem").mkdir()
    (folder / "cem" / NAMES[0]).write_text("rubbish")
    solution = tmp_path / "one"
    solution.mkdir()
    shutil.copy(ROOT / "solutions" / NAMES[0], solution)
    result = run(folder, "--exercises", solution, "--out", tmp_path / "out", "--jobs", "1")
    assert result.exit_code == 1
    assert "This is no notebook" in result.stdout
    assert (tmp_path / "out" / "results.csv").is_file()


def test_without_walls_no_code_is_run(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is refused in words, and nothing is marked as if it had failed."""
    monkeypatch.setattr(sandbox, "candidates", lambda unsafe: [])
    with pytest.raises(OkrlabError, match=r"offers no sandbox that works.*--unsafe"):
        run(folder, "--exercises", ROOT / "solutions", "--out", tmp_path / "out")
    assert not (tmp_path / "out" / "results.csv").exists()


def test_unsafe_has_to_be_asked_for_and_is_said(folder: Path, tmp_path: Path) -> None:
    """With it the code is run, and the coach is told how."""
    shutil.rmtree(folder / "ben")
    result = run(folder, "--exercises", ROOT / "solutions", "--out", tmp_path / "o", "--unsafe")
    assert result.exit_code == 0
    assert "NO sandbox" in result.output


def test_other_systems_are_told_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    """On macOS only --unsafe runs code."""
    monkeypatch.setattr(sandbox.sys, "platform", "darwin")
    assert sandbox.candidates(unsafe=False) == []
    (walls,) = sandbox.candidates(unsafe=True)
    assert "need Linux" in walls.words()


def test_interrupted_it_ends_soon_and_goes_on_later(tmp_path: Path) -> None:
    """Ctrl+C in the middle of a class: what was marked is kept."""
    solution = json.loads((ROOT / "solutions" / NAMES[0]).read_text(encoding="utf-8"))
    for cell in solution["cells"]:
        if cell["cell_type"] == "code":
            cell["source"] = f"import time; time.sleep(0.05)\n{''.join(cell['source'])}"
    for number in range(40):
        place = tmp_path / "class" / f"learner{number:02}" / NAMES[0]
        place.parent.mkdir(parents=True)
        place.write_text(json.dumps(solution), encoding="utf-8")
    words = ["grade", tmp_path / "class", "--exercises", ROOT / "solutions", "--jobs", "2"]
    program = Path(sys.executable).with_name("okrlab")
    process = subprocess.Popen(
        [program, *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    kept = tmp_path / "class-results" / ".marked"
    until = time.monotonic() + 30
    while len(list(kept.glob("*.json"))) < 2 and time.monotonic() < until:
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    process.wait(timeout=10)
    done = len(list(kept.glob("*.json")))
    assert 2 <= done < 40
    result = run(*words[1:])
    assert f"{done} of 40 were marked before" in result.output
    assert "40 submissions marked: 40 ok." in result.stdout


def test_nothing_given() -> None:
    """Neither submissions nor responses."""
    with pytest.raises(OkrlabError, match="nothing to mark"):
        run("--exercises", ROOT / "solutions")


def test_responses_alone(tmp_path: Path) -> None:
    """An export is marked without notebooks."""
    from okrlab.storage import MemoryStore, export_progress
    from tests.grading.test_responses import filled

    store = MemoryStore()
    filled(store)
    export_progress(store, tmp_path / "class.jsonl", store.learners())
    result = run(
        *("--responses", tmp_path / "class.jsonl", "--exercises", ROOT / "solutions"),
        *("--out", tmp_path / "out"),
    )
    assert result.exit_code == 0
    assert "3 submissions marked: 3 ok." in result.stdout
    assert (tmp_path / "out" / "feedback" / "cem.html").is_file()
