"""`okrlab progress`: what is stored, in words and as data."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from okrlab.assessment.gain import pairs_of
from okrlab.cli.progress import app
from okrlab.content import library
from okrlab.errors import OkrlabError, StorageError
from okrlab.storage import open_store
from tests.storage.storage_examples import START, attempt


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty current folder, and nobody named in the environment."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("OKRLAB_LEARNER", raising=False)
    return tmp_path


@pytest.fixture
def answered() -> None:
    """Four answers of "me", one of ben, and a draft."""
    store = open_store()
    store.add([attempt(n, mark=n % 2, misconceptions=("M01",) * (1 - n % 2)) for n in range(4)])
    store.add([attempt(9, learner="ben")])
    store.save_draft("me", "deck/x", {"n": 1}, START)
    store.close()


def run(*arguments: str) -> Result:
    """Run `okrlab progress`; errors of okrlab come through."""
    return CliRunner().invoke(app, arguments, catch_exceptions=False)


def test_before_the_first_answer(okrlab_home: Path) -> None:
    """Where it will be, and where to start."""
    said = run().output
    assert f"me, no answers yet in {okrlab_home / 'progress.sqlite3'}" in said
    assert "Start with lesson 0" in said


@pytest.mark.usefixtures("answered")
def test_the_summary(okrlab_home: Path) -> None:
    """How many answers since when, what is right by lesson and concept, and what to do next."""
    said = run().output
    assert "me, 4 answers on 2026-11-02 in " in said
    assert "Lesson 1, Two jobs, one metric: In progress, 50% of 4 answers" in said
    assert "What a KPI is: In progress, 50% of 4 answers" in said
    assert "(2 times); lesson 1, Two jobs, one metric, repairs it" in said
    assert "What you have gained" not in said
    assert "Go on with lesson 1" in said
    assert said.rstrip().endswith("Others in the same place: ben.")


@pytest.mark.usefixtures("answered")
def test_the_summary_of_somebody_else(monkeypatch: pytest.MonkeyPatch) -> None:
    """By option or by environment; the option wins."""
    assert run("--learner", "ben").output.startswith("ben, 1 answer on")
    monkeypatch.setenv("OKRLAB_LEARNER", "ben")
    assert run().output.startswith("ben, 1 answer on")
    assert run("--learner", "me").output.startswith("me, 4 answers on")


@pytest.mark.usefixtures("answered")
def test_the_summary_as_json(okrlab_home: Path) -> None:
    """The same for programs."""
    data = json.loads(run("--json").output)
    assert data["learner"] == "me"
    assert data["attempts"] == 4
    assert data["first"] == START.isoformat()
    assert data["where"] == str(okrlab_home / "progress.sqlite3")
    lesson = data["lessons"][1]
    assert (lesson["lesson"], lesson["answers"], lesson["right"]) == (1, 4, 0.5)
    concept = next(c for c in lesson["concepts"] if c["concept"] == "kpi-definition")
    assert (concept["answers"], concept["right"], concept["state"]) == (4, 0.5, "learning")
    (alive,) = data["misconceptions"]
    assert (alive["misconception"], alive["times"], alive["lesson"]) == ("M01", 2, 1)
    assert alive["title"] == library().misconceptions["M01"].title
    assert data["gain"] is None
    assert data["other_learners"] == ["ben"]
    assert data["notices"] == data["damaged_files"] == []


def test_the_gain_from_pretest_to_final_test() -> None:
    """In words with its interval, and as numbers: 3 right of 12, then 11."""
    store = open_store()
    for n, pair in enumerate(pairs_of(library())):
        tests = (("pretest", pair.before, n < 3), ("final", pair.after, n < 11))
        for later, (test, item, right) in enumerate(tests):
            fields = {"activity": f"{test}/{test}", "item": item, "concept": pair.concept}
            graded = {"mark": float(right), "graded": test == "final", "misconceptions": ()}
            store.add([attempt(n + 100 * later, **fields, **graded)])
        if n == 11:
            said = run().output
    store.close()
    assert "3 were right in the pretest and 11 in the final test: 67 points more." in said
    found = json.loads(run("--json").output)["gain"]
    assert (found["pairs"], found["right_before"], found["right_after"]) == (12, 3, 11)
    assert found["difference"] == pytest.approx(8 / 12)
    assert 0 < found["low"] < 8 / 12 < found["high"] <= 1
    low, high = round(100 * found["low"]), round(100 * found["high"])
    assert f"from +{low} to +{high} points" in said


@pytest.mark.usefixtures("answered")
def test_export_and_import(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """To another computer; doing it twice changes nothing."""
    said = run("--export", "mine.jsonl").output
    assert said == (
        "Exported 4 answers and 1 draft of me to mine.jsonl.\n"
        "Not exported: ben (choose one with --learner).\n"
    )
    monkeypatch.setenv("OKRLAB_HOME", str(here / "elsewhere"))
    said = run("--import", "mine.jsonl").output
    assert said == "Imported 4 answers and 1 draft of me; 0 were there already.\n"
    said = run("--import", "mine.jsonl").output
    assert said == "Imported 0 answers and 0 drafts of me; 5 were there already.\n"
    assert run().output.startswith("me, 4 answers on")
    with pytest.raises(StorageError, match="exists already"):
        run("--export", "mine.jsonl")


@pytest.mark.usefixtures("answered")
def test_import_tells_lines_that_are_wrong(here: Path) -> None:
    """With their numbers, and an exit code for scripts; the others are imported."""
    run("--export", "mine.jsonl")
    path = here / "mine.jsonl"
    path.write_bytes(path.read_bytes() + b'{"attempt": {}}\nnonsense\n')
    result = run("--import", "mine.jsonl")
    assert result.exit_code == 1
    assert "mine.jsonl:7: attempt.id: this field is missing" in result.output
    assert "mine.jsonl:8: this is not valid JSON" in result.output
    assert "2 lines could not be imported" in result.output


def test_export_and_import_at_once() -> None:
    """They are two steps."""
    with pytest.raises(OkrlabError, match="one after the other"):
        run("--export", "a.jsonl", "--import", "b.jsonl")


@pytest.mark.usefixtures("answered")
def test_a_damaged_file_is_told_now_and_later(okrlab_home: Path) -> None:
    """Its new name stays findable."""
    path = okrlab_home / "progress.sqlite3"
    path.write_bytes(b"garbage" * 2000)
    first = run().output
    assert "was damaged. It was set aside as" in first
    later = run().output
    assert "Damaged files that were set aside earlier: " in later
    assert str(okrlab_home / "progress.damaged-") in later


@pytest.mark.usefixtures("answered")
def test_only_stored_work_is_read(okrlab_home: Path) -> None:
    """Looking changes nothing."""
    before = run("--json").output
    assert run("--json").output == before
