"""Skeletons are valid as they are."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from okrlab.authoring import new as module
from okrlab.authoring.new import KINDS, new_deck, new_item, new_scenario
from okrlab.authoring.schema import schema_texts
from okrlab.content import Library
from okrlab.content.checks import inspect_content
from okrlab.content.library import shipped_folder
from okrlab.errors import ContentError, UnknownNameError


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A coach's own content folder, not there yet."""
    monkeypatch.chdir(tmp_path)
    return tmp_path / "mine"


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout of its own, with the shipped content in it."""
    content = tmp_path / "checkout" / "okrlab" / "content"
    shutil.copytree(str(shipped_folder()), content)
    (tmp_path / "checkout" / "pyproject.toml").write_text("")
    monkeypatch.setattr(module, "shipped_folder", lambda: content)
    return tmp_path / "checkout"


def mistakes(folder: Path) -> list[str]:
    """What is wrong with a folder, checked with the shipped content."""
    report = inspect_content([shipped_folder(), folder], only=[folder])
    return [str(p) for p in report.problems]


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_item_of_every_type_is_valid(kind: str, folder: Path) -> None:
    """Again and again, in several concepts; and two at a time, because a retry needs two."""
    for concept in ("kpi-definition", "scoring"):
        for _ in range(2):
            created = new_item(concept, kind, folder=folder)
            assert len(created.ids) == 2
    assert mistakes(folder) == []
    items = Library([shipped_folder(), folder]).bank("kpi-definition")
    assert {i.type for i in items if i.id.startswith(f"kpi-definition-{kind}-")} <= {kind}
    assert sum(i.id.startswith("kpi-definition-" + kind.replace("_", "-")) for i in items) == 4


def test_all_types_together_are_valid(folder: Path) -> None:
    """No skeleton gives another one away, and the right option is not always the longest."""
    for kind in KINDS * 2:
        new_item("metric-kr", kind, folder=folder)
    assert mistakes(folder) == []


def test_a_new_item_joins_a_group(folder: Path) -> None:
    """Then it is one."""
    first = new_item("kpi-definition", folder=folder)
    second = new_item("kpi-definition", "number", folder=folder, group=first.group)
    assert second.ids == ("kpi-definition-number-1",)
    assert second.group == first.group
    assert mistakes(folder) == []


def test_new_items_are_added_to_what_is_there(checkout: Path) -> None:
    """The shipped bank of a checkout keeps every line, its comments too."""
    path = checkout / "okrlab" / "content" / "bank" / "kpi-definition.yaml"
    before = path.read_text("utf-8")
    created = new_item("kpi-definition")
    assert created.path == path
    assert path.read_text("utf-8").startswith(before)
    content = checkout / "okrlab" / "content"
    assert [str(p) for p in inspect_content([content]).problems] == []


def test_a_new_deck_is_valid(folder: Path, checkout: Path) -> None:
    """In a folder of one's own and in a checkout."""
    assert new_deck("our-own", folder=folder, concept="kpi-quality").path.parent.name == "decks"
    assert mistakes(folder) == []
    assert Library([shipped_folder(), folder]).deck("our-own").title == "Our own"
    new_deck("another")
    content = checkout / "okrlab" / "content"
    assert [str(p) for p in inspect_content([content]).problems] == []


def test_a_new_scenario_is_valid(folder: Path, checkout: Path) -> None:
    """In a folder of one's own, even with a long name, and in a checkout; never over another."""
    for name in ("our-own-case", "n" * 64):
        created = new_scenario(name, folder=folder)
        assert created.path == folder / "scenarios" / f"{name}.yaml"
    assert mistakes(folder) == []
    shown = Library([shipped_folder(), folder]).scenario("our-own-case")
    assert shown.title == "Our own case"
    new_scenario("another-case")
    content = checkout / "okrlab" / "content"
    assert [str(p) for p in inspect_content([content]).problems] == []
    for name in ("our-own-case", "lumen-churn"):
        with pytest.raises(ContentError, match="already"):
            new_scenario(name, folder=folder)
    with pytest.raises(ContentError, match="can't be the name"):
        new_scenario("../out", folder=folder)


def test_ones_own_folder_gets_the_schemas_that_its_files_name(folder: Path) -> None:
    """Editors complete fields there too, offline."""
    path = new_deck("our-own", folder=folder).path
    named = path.read_text("utf-8").splitlines()[0].partition("$schema=")[2]
    assert (path.parent / named).resolve() == (folder / "schemas" / "deck.json").resolve()
    assert (path.parent / named).read_text("utf-8") == schema_texts()["deck.json"]
    bank = new_item("scoring", folder=folder).path
    named = bank.read_text("utf-8").splitlines()[0].partition("$schema=")[2]
    assert (bank.parent / named).is_file()


def test_nothing_is_overwritten(folder: Path) -> None:
    """A deck that exists stays; so does a file that is no bank."""
    path = new_deck("our-own", folder=folder).path
    before = path.read_bytes()
    with pytest.raises(ContentError, match="There is a deck called “our-own” already"):
        new_deck("our-own", folder=folder)
    with pytest.raises(ContentError, match="already"):
        new_deck("kpi-or-key-result", folder=folder)
    assert path.read_bytes() == before
    bank = folder / "bank" / "scoring.yaml"
    bank.parent.mkdir()
    bank.write_text("my notes, with: a colon: or two\n")
    with pytest.raises(ContentError, match="nothing was written"):
        new_item("scoring", folder=folder)
    assert bank.read_text() == "my notes, with: a colon: or two\n"


@pytest.mark.parametrize("name", ["", "Our own", "../up", "a--b", "x" * 65, "a.b", "ä"])
def test_names_that_cannot_be(name: str, folder: Path) -> None:
    """They are refused before anything is written."""
    with pytest.raises(ContentError, match="nothing was written"):
        new_deck(name, folder=folder)
    with pytest.raises(ContentError, match="nothing was written"):
        new_item("scoring", folder=folder, group=name or " ")
    assert not folder.exists()


def test_unknown_names_get_the_nearest(folder: Path) -> None:
    """Concepts and types."""
    with pytest.raises(UnknownNameError, match="Did you mean “kpi-definition”"):
        new_item("kpi-definitions", folder=folder)
    with pytest.raises(UnknownNameError, match="Did you mean “choice”"):
        new_item("kpi-definition", "choise", folder=folder)
    with pytest.raises(UnknownNameError, match="Did you mean “scoring”"):
        new_deck("own", folder=folder, concept="scorin")
    assert not folder.exists()


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    """It says so in words."""
    (tmp_path / "file").write_text("")
    with pytest.raises(ContentError, match="could not be written"):
        new_deck("own", folder=tmp_path / "file")


def test_an_installed_okrlab_asks_for_a_folder(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its own content is not to be changed."""
    (checkout / "pyproject.toml").unlink()
    with pytest.raises(ContentError, match="--folder"):
        new_item("scoring")
