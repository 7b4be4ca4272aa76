"""Where progress is kept."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from okrlab.errors import StorageError
from okrlab.storage import (
    JsonLinesStore,
    MemoryStore,
    data_folder,
    learner_name,
    open_store,
)
from tests.storage.storage_examples import attempt


def test_progress_is_in_the_folder_that_okrlab_home_names(okrlab_home: Path) -> None:
    """In SQLite, unless something else is asked for."""
    store = open_store()
    assert not any(okrlab_home.iterdir())  # opened by the first call only
    store.add([attempt(0)])
    store.close()
    assert store.where == str(okrlab_home / "progress.sqlite3")
    assert (okrlab_home / "progress.sqlite3").is_file()


def test_without_it_progress_is_in_the_users_data_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    """The one that is usual on the system."""
    monkeypatch.delenv("OKRLAB_HOME")
    assert data_folder().name == "okrlab"
    assert data_folder().is_absolute()


def test_the_environment_chooses_the_kind(
    okrlab_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """OKRLAB_STORE=jsonl for places where SQLite can't live."""
    monkeypatch.setenv("OKRLAB_STORE", "jsonl")
    store = open_store()
    assert isinstance(store, JsonLinesStore)
    assert store.path == okrlab_home / "progress.jsonl"
    monkeypatch.setenv("OKRLAB_STORE", "memory")
    assert isinstance(open_store(), MemoryStore)


def test_in_a_browser_it_is_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite is corrupted there; and the file is replaced as a whole."""
    monkeypatch.setattr(sys, "platform", "emscripten")
    assert isinstance(open_store(), JsonLinesStore)


@pytest.mark.parametrize(
    "place", ["mine.sqlite3", "mine.db", "mine.jsonl", "sqlite:///{folder}/mine.sqlite3"]
)
def test_a_file_or_an_url_can_be_named(place: str, tmp_path: Path) -> None:
    """The store is there and nowhere else."""
    named = place.format(folder=tmp_path) if ":" in place else str(tmp_path / place)
    store = open_store(named)
    store.add([attempt(0)])
    store.close()
    assert Path(store.where).parent == tmp_path
    assert Path(store.where).is_file()


@pytest.mark.parametrize(
    "place", ["mine.docx", "oracle://host/x", "sqlite://", "sqlite:///:memory:", "://", "x://y"]
)
def test_an_unknown_kind_of_place(place: str) -> None:
    """It is refused with what would be right."""
    with pytest.raises(StorageError, match=r"sqlite"):
        open_store(place)


def test_a_server_that_is_not_there_is_told_without_the_password() -> None:
    """The journal can then keep answers in memory as with any other trouble."""
    store = open_store("postgresql+psycopg://me:secret@localhost:1/okrlab")
    with pytest.raises(StorageError) as caught:
        store.add([attempt(0)])
    assert "secret" not in str(caught.value) + store.where


def test_without_the_driver_it_is_told_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever joins a class with a plain installation."""
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(StorageError, match=r"pip install 'okrlab\[postgres\]'"):
        open_store("postgres://me:secret@localhost/okrlab").add([attempt(0)])


def test_the_learner_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else it is "me"."""
    monkeypatch.delenv("OKRLAB_LEARNER", raising=False)
    assert learner_name() == "me"
    monkeypatch.setenv("OKRLAB_LEARNER", " anna ")
    assert learner_name() == "anna"


def test_no_database_code_is_loaded_before_it_is_needed() -> None:
    """`import okrlab` and a store in lines need neither SQLAlchemy nor SQLite."""
    code = (
        "import sys, okrlab, okrlab.storage as s; s.open_store('x.jsonl');"
        "print([m for m in ('sqlalchemy', 'sqlite3', 'pandas', 'anywidget') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
