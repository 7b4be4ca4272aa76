"""`okrlab author`: what people who write content see."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from okrlab.authoring import new as new_module
from okrlab.authoring.schema import schema_texts
from okrlab.cli.author import app
from okrlab.content.library import shipped_folder
from okrlab.errors import ContentError
from tests.content.content_examples import choice, deck, put, put_items


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty current folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str) -> Result:
    """Run `okrlab author`; errors of okrlab come through."""
    return CliRunner().invoke(app, arguments, catch_exceptions=False)


def test_help_names_every_command() -> None:
    """With a line on each."""
    said = run("--help").output
    for name in ("check", "new", "schema", "release", "coverage"):
        assert re.search(rf"^  {name} +\S", said, re.MULTILINE)
    for name in ("item", "deck", "scenario"):
        assert re.search(rf"^  {name} +\S", run("new", "--help").output, re.MULTILINE)


def test_check_of_the_shipped_content() -> None:
    """A summary, and no mistake."""
    result = run("check")
    assert result.exit_code == 0
    assert re.fullmatch(
        r"\d+ items, \d+ decks, \d+ cards, \d+ quizzes, \d+ exercises, \d+ scenarios: "
        r"no mistakes\.\n",
        result.output,
    )
    assert run("check", str(shipped_folder())).output == result.output


def test_check_tells_every_mistake_with_its_place(here: Path) -> None:
    """File, line, field and message; a summary; and an exit code for scripts."""
    put_items(here / "mine", choice("x1", hint="A KPI."), choice("x2", seed_refs=["000-none"]))
    put(here / "mine", "decks/own", deck())
    result = run("check", "mine")
    assert result.exit_code == 1
    first, second, summary = result.output.splitlines()
    assert re.match(r"mine/bank/kr-question\.yaml:\d+: items\[0\]\.hint: the hint gives", first)
    assert re.match(r"mine/bank/kr-question\.yaml:\d+: items\[1\]\.seed_refs\[0\]: there", second)
    assert summary == "2 items, 1 deck, 12 cards: 2 mistakes."


def test_check_of_a_single_file(here: Path) -> None:
    """A deck from anywhere, named as one likes."""
    put(here, "monday", deck("mine"))
    assert run("check", "monday.yaml").output == "1 deck, 12 cards: no mistakes.\n"
    put(here, "monday", deck("mine", concept="none"))
    result = run("check", "monday.yaml")
    assert result.exit_code == 1
    assert result.output.startswith("monday.yaml:6: concept: there is no concept “none”")
    assert result.output.endswith("1 mistake.\n")


def test_check_of_a_file_that_cannot_be_read(here: Path) -> None:
    """It is a mistake like others."""
    (here / "torn.yaml").write_text("id: [")
    result = run("check", "torn.yaml")
    assert result.exit_code == 1
    assert "torn.yaml:1: file: this is not valid YAML" in result.output
    assert result.output.endswith("Nothing that can be read: 1 mistake.\n")


def test_check_of_nothing(here: Path) -> None:
    """A wrong name is not "no mistakes"."""
    with pytest.raises(ContentError, match="There is no folder or file nowhere"):
        run("check", "nowhere")
    (here / "empty").mkdir()
    with pytest.raises(ContentError, match=r"holds no content.*bank, decks, quizzes, exercises"):
        run("check", "empty")


def test_new_item_then_check() -> None:
    """What was written, what to do next, and nothing wrong with it."""
    said = run("new", "item", "kpi-definition", "--type", "number", "--folder", "mine").output
    assert "Added to mine/bank/kpi-definition.yaml: kpi-definition-number-1" in said
    assert "okrlab author check mine" in said
    assert run("check", "mine").output == "2 items: no mistakes.\n"
    said = run(
        *("new", "item", "kpi-definition", "--folder", "mine"),
        *("--group", "kpi-definition-number-1"),
    ).output
    assert "kpi-definition-choice-1." in said
    assert "There are two" not in said
    assert run("check", "mine").output == "3 items: no mistakes.\n"


def test_new_deck_then_check() -> None:
    """And the call that shows it."""
    said = run("new", "deck", "our-own", "--folder", "mine").output
    assert "Wrote mine/decks/our-own.yaml." in said
    assert 'okrlab.sort("mine/decks/our-own.yaml")' in said
    assert run("check", "mine").exit_code == 0


def test_schema_out(here: Path) -> None:
    """Written once, then up to date."""
    assert run("schema", "--out", "schemas").output.count("Wrote schemas/") == len(schema_texts())
    assert run("schema", "--out", "schemas").output == "The schemas in schemas are up to date.\n"
    assert (here / "schemas" / "deck.json").is_file()


def test_coverage_check(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Out of date, written, up to date."""
    content = here / "okrlab" / "content"
    content.mkdir(parents=True)
    (here / "pyproject.toml").write_text("")
    (here / "notebooks").mkdir()
    monkeypatch.setattr(new_module, "shipped_folder", lambda: content)
    result = run("coverage", "--check")
    assert (result.exit_code, "out of date" in result.output) == (1, True)
    assert run("coverage").output == "Wrote docs/coverage.md.\n"
    assert run("coverage", "--check").output == "docs/coverage.md is up to date.\n"


def test_release_in_the_current_folder(here: Path) -> None:
    """Solutions that are not there are told, with what to do."""
    (here / "solutions").mkdir()
    with pytest.raises(ContentError, match="nothing to release"):
        run("release", "--check")


def test_release_tells_what_differs(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With --check it fails; in step, it says so."""
    (here / "solutions").mkdir()
    differs = ["exercises/01_x.ipynb is missing; run `okrlab author release`"]
    asked: list[tuple[Path, bool]] = []

    def release(root: Path, *, check: bool) -> list[str]:
        asked.append((root, check))
        return differs

    monkeypatch.setattr("okrlab.authoring.release.release", release)
    result = run("release", "--check")
    assert (result.exit_code, result.output.splitlines()) == (1, differs)
    assert run("release").exit_code == 0
    differs.clear()
    assert run("release", "--check").output == "The exercises are up to date.\n"
    assert asked == [(here, True), (here, False), (here, True)]
