"""Writing a board or a record to a file that is not there yet."""

from __future__ import annotations

from pathlib import Path

from okrlab.errors import OkrlabError

ENDINGS = {".md": "markdown", ".xlsx": "xlsx", ".json": "record", ".html": "record-html"}
"""What a file holds, by its ending."""

MOST_COPIES = 99


class BoardFileError(OkrlabError):
    """A file that can't be written."""


def form_of(path: Path) -> str:
    """What a file with this name is to hold.

    Raises:
        BoardFileError: its ending says nothing.
    """
    form = ENDINGS.get(path.suffix.lower())
    if form is None:
        raise BoardFileError(
            f"“{path.name}” should end in .md or .xlsx for the board, or in .json or .html for the "
            "completion record. Choose one of them."
        )
    return form


def write_new(path: Path, content: str | bytes) -> Path:
    """Write a file that is not there yet.

    Raises:
        BoardFileError: it is there, or it can't be written.
    """
    try:
        with path.open("xb") as stream:
            stream.write(content if isinstance(content, bytes) else content.encode())
    except FileExistsError:
        raise BoardFileError(
            f"{path} exists already and was left as it is. Choose another name."
        ) from None
    except OSError as error:
        raise BoardFileError(
            f"{path} can't be written: {error.strerror or error}. Download the file instead."
        ) from error
    return path


def write_free(path: Path, content: str | bytes) -> Path:
    """Write a file under this name, or under the first numbered one that is free.

    Raises:
        BoardFileError: there are too many such files, or it can't be written.
    """
    names = [path, *(path.with_stem(f"{path.stem}-{n}") for n in range(2, MOST_COPIES + 1))]
    free = next((name for name in names if not name.exists()), None)
    if free is None:
        raise BoardFileError(
            f"There are {MOST_COPIES} files named like {path.name} here already. Move some away."
        )
    return write_new(free, content)
