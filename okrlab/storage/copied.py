"""Reading somebody else's database without ever writing to it."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from okrlab.errors import StorageError
from okrlab.storage.places import open_store
from okrlab.storage.protocol import ProgressStore


@contextmanager
def copied_database(path: Path) -> Iterator[ProgressStore]:
    """A store on a copy of an SQLite file, as the file is now; the copy goes when you leave.

    Raises:
        StorageError: the file cannot be read as a database.
    """
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy.sqlite3"
        try:
            source = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
            target = sqlite3.connect(copy)
            try:
                source.backup(target)
            finally:
                source.close()
                target.close()
        except sqlite3.Error as error:
            raise StorageError(f"{path} cannot be read as a database: {error}.") from error
        store = open_store(f"sqlite:///{copy}")
        try:
            yield store
        finally:
            store.close()
