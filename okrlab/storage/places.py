"""Where progress is kept on this machine, and whose it is."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from okrlab.errors import StorageError
from okrlab.storage._files import set_aside_before
from okrlab.storage._login import saved_login
from okrlab.storage.jsonlines import JsonLinesStore
from okrlab.storage.memory import MemoryStore
from okrlab.storage.protocol import ProgressStore

HOME = "OKRLAB_HOME"
"""Environment variable: the data folder, in place of the one usual on this system."""

STORE = "OKRLAB_STORE"
"""Environment variable: "sqlite", "jsonl", "memory", a file or a database URL."""

DATABASE_URL = "OKRLAB_DATABASE_URL"
"""Environment variable: the URL of a class's database, used unless OKRLAB_STORE says otherwise."""

LEARNER = "OKRLAB_LEARNER"
"""Environment variable: whose progress this is."""

LINES = (".jsonl",)
DATABASES = (".sqlite3", ".sqlite", ".db")


def data_folder() -> Path:
    """The folder for what okrlab keeps: ``OKRLAB_HOME``, else the usual one of this system."""
    if home := os.environ.get(HOME, "").strip():
        return Path(home).expanduser()
    from platformdirs import user_data_path

    return user_data_path("okrlab", appauthor=False)


def learner_name() -> str:
    """Whose progress this is: ``OKRLAB_LEARNER``, else the name in the class, else "me".

    Raises:
        StorageError: the login to the class can't be read.
    """
    if name := os.environ.get(LEARNER, "").strip():
        return name
    login = None if _chosen() else saved_login(data_folder())
    return login.learner if login else "me"


def _chosen() -> str:
    """The place that the environment asks for."""
    return os.environ.get(STORE, "").strip() or os.environ.get(DATABASE_URL, "").strip()


def open_store(place: str | Path | None = None) -> ProgressStore:
    """The store at a place. The place itself is opened by the first call to the store.

    Args:
        place: "sqlite", "jsonl" or "memory" (the first two in the data folder), a file ending in
            .sqlite3 or .jsonl, or a URL such as ``sqlite:///progress.sqlite3`` or
            ``postgresql://host/okrlab``. Default: what ``OKRLAB_STORE`` says, else the database
            that ``OKRLAB_DATABASE_URL`` names, else the class that was joined, else SQLite (JSON
            lines in a browser, where SQLite can't live).

    Raises:
        StorageError: no such kind of place.
    """
    chosen = str(place or "").strip() or _chosen()
    if not chosen and (login := saved_login(data_folder())):
        chosen = login.url
    if not chosen:
        chosen = "jsonl" if sys.platform == "emscripten" else "sqlite"
    match chosen:
        case "memory":
            return MemoryStore()
        case "jsonl":
            return JsonLinesStore(data_folder() / "progress.jsonl")
        case "sqlite":
            return _sql(data_folder() / "progress.sqlite3")
    if "://" in chosen:
        return _sql(chosen)
    path = Path(chosen).expanduser()
    if path.suffix in LINES:
        return JsonLinesStore(path)
    if path.suffix in DATABASES:
        return _sql(path)
    raise StorageError(
        f"“{chosen[:200]}” is no place for progress that okrlab knows, so nothing was opened. Set "
        f"{STORE} to sqlite, jsonl, a file ending in {' or '.join((*DATABASES, *LINES))}, or a "
        "database URL."
    )


def damaged_files(store: ProgressStore) -> list[Path]:
    """Damaged files that were set aside from a store in a file, oldest first."""
    return set_aside_before(Path(store.where))


def _sql(place: Path | str) -> ProgressStore:
    from okrlab.storage.sql import SqlStore  # loads SQLAlchemy

    return SqlStore(place)
