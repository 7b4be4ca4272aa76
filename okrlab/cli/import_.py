"""`okrlab import`: other systems' questions as a bank file to complete."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from okrlab.errors import ContentError, UnknownNameError

if TYPE_CHECKING:
    from okrlab.interop.exchange._read import Imported

FORMATS = ("jupyterquiz", "gift", "csv", "moodle")
NOTES = 30
"""So many of the questions that were left out are told."""

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)


@app.command(name="import")
def import_(
    form: Annotated[
        str,
        typer.Argument(metavar="FORMAT", help="jupyterquiz, gift, csv or moodle (Moodle XML)."),
    ],
    file: Annotated[Path, typer.Argument(help="The file that the other system exported.")],
    out: Annotated[
        Path, typer.Option(metavar="BANK.YAML", help="The new bank file; never an existing one.")
    ],
    concept: Annotated[
        str | None, typer.Option(help="What the questions are about, such as kpi-definition.")
    ] = None,
) -> None:
    """Make a bank file of another system's questions.

    What other systems do not know, such as the misconception that an option reveals, is left as a
    marked gap, never invented; okrlab author check names every gap with its line.
    """
    from okrlab.content import library
    from okrlab.interop.exchange.bank_file import bank_file

    if form not in FORMATS:
        raise UnknownNameError("format", form, FORMATS)
    if concept is not None and concept not in library().concepts:
        raise UnknownNameError("concept", concept, library().concepts)
    found = _reader(form)(file)
    bank = bank_file(found.questions, concept or "", file.name)
    _write_new(out, bank.text)
    typer.echo(
        f"Wrote {out}: {_count(bank.items, 'item')} with {_count(bank.gaps, 'gap')} to fill."
    )
    for note in found.notes[:NOTES]:
        typer.echo(f"Left out, {note}")
    if len(found.notes) > NOTES:
        typer.echo(f"Left out: {len(found.notes) - NOTES} more.")
    typer.echo(f"Next: fill what is marked GAP, then run: okrlab author check {out}")


def _reader(form: str) -> Callable[[Path], Imported]:
    match form:
        case "jupyterquiz":
            from okrlab.interop.exchange.jupyterquiz import read_jupyterquiz

            return read_jupyterquiz
        case "gift":
            from okrlab.interop.exchange.gift_read import read_gift

            return read_gift
        case "csv":
            from okrlab.interop.exchange.table import read_question_table

            return read_question_table
    from okrlab.interop.exchange.moodle_read import read_moodle

    return read_moodle


def _write_new(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="") as stream:
            stream.write(text)
    except FileExistsError as error:
        raise ContentError(
            f"Nothing was imported, because {path} exists already and might hold something that is "
            "nowhere else. Choose another name."
        ) from error
    except OSError as error:
        raise ContentError(
            f"Nothing was imported, because {path} can't be written: {error.strerror or error}. "
            "Choose another place."
        ) from error


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
