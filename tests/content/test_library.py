"""Finding content by name."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from okrlab.content import Library
from okrlab.content.library import Problem, default_folders, shown
from okrlab.errors import ContentError, UnknownNameError
from tests.content.content_examples import choice, course, deck, put, put_items, quiz


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A course with two items, a deck and a quiz."""
    folder = course(tmp_path / "course")
    put_items(folder, choice("a"), choice("b"))
    put(folder, "decks/own", deck())
    put(folder, "quizzes/own", quiz())
    return folder


def test_everything_is_found_by_its_name(folder: Path) -> None:
    """Items, decks, quizzes, and what holds them together."""
    library = Library([folder])
    assert library.deck("own").title == "Own"
    assert library.quiz("own").items == ("a",)
    assert library.item("a").id == "a"
    assert [i.id for i in library.bank("kr-question")] == ["a", "b"]
    assert library.concept_of == {"a": "kr-question", "b": "kr-question"}
    assert library.misconception("M01").name == "every-number-is-kr"
    assert library.names("decks") == ["own"]
    assert library.lessons[0].number == 0
    assert "000-kr-question" in library.claims
    assert dict(library.exercises) == {}


@pytest.mark.parametrize(
    ("method", "asked", "near"),
    [
        ("deck", "owm", "own"),
        ("quiz", "onw", "own"),
        ("item", "aa", "a"),
        ("bank", "kr-questions", "kr-question"),
        ("misconception", "M1", "M01"),
    ],
)
def test_an_unknown_name_gets_the_nearest(folder: Path, method: str, asked: str, near: str) -> None:
    """A slip of the finger is answered with what was meant."""
    with pytest.raises(UnknownNameError, match="Did you mean") as caught:
        getattr(Library([folder]), method)(asked)
    assert f"Did you mean “{near}”?" in str(caught.value) or method == "misconception"


def test_an_unknown_exercise(folder: Path) -> None:
    """With none loaded, the message says that."""
    with pytest.raises(UnknownNameError, match="none has been loaded"):
        Library([folder]).exercise("1.1")


def test_a_name_cannot_leave_its_folder(folder: Path) -> None:
    """Names come from notebooks that anybody may have written."""
    with pytest.raises(UnknownNameError):
        Library([folder]).quiz("../quizzes/own")


def test_a_deck_of_ones_own_by_its_path(folder: Path, tmp_path: Path) -> None:
    """A coach shows a file from anywhere."""
    path = put(tmp_path, "mine", deck("mine", title="Mine"))
    assert Library([folder]).deck(str(path)).title == "Mine"


def test_a_deck_file_that_is_not_there(folder: Path) -> None:
    """The message names the file."""
    with pytest.raises(ContentError, match=r"nowhere\.yaml"):
        Library([folder]).deck("nowhere.yaml")


def test_folders_add_up(folder: Path, tmp_path: Path) -> None:
    """A second folder adds items to a concept and decks of its own."""
    second = tmp_path / "mine"
    put_items(second, choice("c"))
    put(second, "decks/mine", deck("mine"))
    library = Library([folder, second])
    assert [i.id for i in library.bank("kr-question")] == ["a", "b", "c"]
    assert library.names("decks") == ["mine", "own"]


def test_the_environment_names_more_folders(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """As many as wanted, separated as PATH is."""
    monkeypatch.setenv("OKRLAB_CONTENT", os.pathsep.join([str(tmp_path / "x"), str(tmp_path)]))
    assert default_folders()[1:] == [tmp_path / "x", tmp_path]


def test_all_mistakes_of_a_file_come_at_once(folder: Path) -> None:
    """With lines, fields and what would be right, and the command to run next."""
    put_items(folder, choice("a", minutes="one", bloom="think", colour="red"), choice("B"))
    with pytest.raises(ContentError) as caught:
        Library([folder]).bank("kr-question")
    text = str(caught.value)
    for part in (
        "items[0].minutes: a number belongs here",
        "items[0].bloom: write 'remember'",
        "items[0].colour: there is no such field",
        "items[1].id: “B” does not fit the pattern",
        "okrlab author check",
    ):
        assert part in text


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"\xff\xfe", "cannot be read as UTF-8 text"),
        (b"", "the file is empty"),
        (b"- a\n", "fields belong here"),
        (b"format: 2\n", "write 1"),
        (b"x" * 2_000_100, "larger than"),
    ],
)
def test_a_file_that_is_no_content(folder: Path, raw: bytes, message: str) -> None:
    """It is said in words, not as a traceback of a parser."""
    (folder / "decks" / "own.yaml").write_bytes(raw)
    with pytest.raises(ContentError, match=message):
        Library([folder]).deck("own")


def test_paths_are_shown_as_people_know_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Inside the package, inside the current folder, or in full."""
    monkeypatch.chdir(tmp_path)
    shipped = default_folders()[0]
    assert shown(shipped / "bank" / "x.yaml") == "okrlab/content/bank/x.yaml"
    assert shown(shipped) == "okrlab/content"
    assert shown(tmp_path / "mine" / "x.yaml") == "mine/x.yaml"
    assert shown(tmp_path) == "."
    elsewhere = tmp_path.parent / "x.yaml"
    assert shown(elsewhere) == str(elsewhere)


def test_a_problem_reads_as_editors_like_it() -> None:
    """File and line first, so that a click opens it."""
    assert str(Problem("a.yaml", 3, "items[0].id", "is missing")) == (
        "a.yaml:3: items[0].id: is missing"
    )
