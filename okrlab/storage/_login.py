"""The login to a class's database that a learner got by a code, kept in the data folder."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from pathlib import Path

from okrlab.errors import StorageError
from okrlab.storage import _trouble

NAME = "class.json"


@dataclass(frozen=True)
class ClassLogin:
    """Where a learner's answers go since they joined a class.

    Attributes:
        url: the database, with the learner's own login and password.
        learner: the name under which they joined.
    """

    url: str = field(repr=False)
    learner: str


def saved_login(folder: Path) -> ClassLogin | None:
    """The login kept in a data folder; None when there is none.

    Raises:
        StorageError: the file can't be read.
    """
    path = folder / NAME
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        login = ClassLogin(data["url"], data["learner"])
        if not (isinstance(login.url, str) and isinstance(login.learner, str)):
            raise ValueError
    except FileNotFoundError:
        return None
    except OSError as error:
        raise _trouble.from_os(error, str(path)) from error
    except (ValueError, KeyError, TypeError) as error:
        raise StorageError(
            f"Nothing was opened, because {path}, which keeps the login to your class, can't be "
            "read. Move it away to keep answers on this computer, or ask your coach for a new code."
        ) from error
    return login


def save_login(folder: Path, login: ClassLogin) -> Path:
    """Keep a login where only this user of the computer can read it; return the file.

    Raises:
        StorageError: it can't be written.
    """
    path = folder / NAME
    text = json.dumps({"url": login.url, "learner": login.learner}, ensure_ascii=False, indent=1)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        beside = folder / f"{NAME}.{os.getpid()}.new"
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            stream.write(text + "\n")
        beside.replace(path)
    except OSError as error:
        raise _trouble.from_os(error, str(path)) from error
    return path


def drop_login(folder: Path) -> None:
    """Forget the login."""
    (folder / NAME).unlink(missing_ok=True)
