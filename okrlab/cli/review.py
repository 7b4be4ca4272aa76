"""`okrlab review`: the whole company's OKRs reviewed at once."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated

import typer

from okrlab.errors import OkrlabError

LONG = 500
"""From so many statements on, a terminal is shown a progress bar."""

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)


class Format(StrEnum):
    """What the report is written as."""

    TEXT = "text"
    MARKDOWN = "markdown"
    JSON = "json"
    HTML = "html"


class Level(StrEnum):
    """What makes the exit code 1."""

    ERROR = "error"
    WARNING = "warning"


@app.command()
def review(
    file: Annotated[Path, typer.Argument(help="A .csv, .tsv, .xlsx, .md or .txt file.")],
    form: Annotated[
        Format, typer.Option("--format", help="What the report is written as.")
    ] = Format.TEXT,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", metavar="FILE", help="Write the report to this file instead of showing it."
        ),
    ] = None,
    fail_on: Annotated[
        Level | None,
        typer.Option(
            "--fail-on",
            help="Exit with 1 when there is a finding of this severity or worse (for CI).",
        ),
    ] = None,
    text: Annotated[
        str | None,
        typer.Option(
            "--text", metavar="COLUMN", help="The column with the key results, if not found."
        ),
    ] = None,
    objective: Annotated[
        str | None,
        typer.Option(
            "--objective", metavar="COLUMN", help="The column with the objectives, if not found."
        ),
    ] = None,
) -> None:
    """Review a list of objectives and key results: what each is, advice, and a summary.

    Everything is read on this computer; nothing is sent anywhere.
    """
    from okrlab.interop import review as reviewing
    from okrlab.interop.statements import read_statements

    lines = read_statements(file, text=text, objective=objective)
    if out is not None and out.exists() and out.samefile(file):
        raise OkrlabError(f"{out} is the list itself. Give the report another name with --out.")
    name = file.name.encode("utf-8", "replace").decode("utf-8")
    with _progress(len(lines)) as tick:
        result = reviewing.review(name, lines, tick=tick)
    content = reviewing.report(result, form.value)
    if out is None:
        if isinstance(sys.stdout, TextIOWrapper):  # a pipe on Windows may not know “★”
            sys.stdout.reconfigure(errors="replace")
        typer.echo(content)
    else:
        _write(out, content)
        count = reviewing.n_words(result.statements, "statement")
        typer.echo(f"{count} reviewed; the report is in {out}.")
    if fail_on is not None and result.fails(fail_on.value):
        raise typer.Exit(1)


@contextmanager
def _progress(length: int) -> Iterator[Callable[[int], None]]:
    """A progress bar for long files, on a terminal only."""
    if length < LONG or not sys.stderr.isatty():
        yield lambda _: None
        return
    with typer.progressbar(length=length, label="Reading", file=sys.stderr) as bar:
        yield bar.update


def _write(path: Path, content: str) -> None:
    try:
        path.write_text(content, encoding="utf-8")
    except OSError as error:
        raise OkrlabError(
            f"The report cannot be written to {path}: {error.strerror or error}. "
            "Choose another place with --out."
        ) from error
