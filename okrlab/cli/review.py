"""`okrlab review`: the whole company's OKRs reviewed at once."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


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


def review_command(
    file: Annotated[Path, typer.Argument(help="A .csv, .xlsx, .md or .txt file.")],
    form: Annotated[
        Format, typer.Option("--format", help="What the report is written as.")
    ] = Format.TEXT,
    out: Annotated[
        Path | None, typer.Option("--out", help="Write the report here instead of showing it.")
    ] = None,
    fail_on: Annotated[
        Level | None,
        typer.Option("--fail-on", help="Exit with 1 when there is such a finding (for CI)."),
    ] = None,
    text: Annotated[
        str | None, typer.Option("--text", help="The column with the key results.")
    ] = None,
    objective: Annotated[
        str | None, typer.Option("--objective", help="The column with the objectives.")
    ] = None,
) -> None:
    """Review a list of objectives and key results: kinds, advice, a summary. Nothing is sent."""
    from rich.console import Console
    from rich.progress import track

    from okrlab.interop.review import report, review
    from okrlab.interop.statements import read_statements

    lines = read_statements(file, text=text, objective=objective)
    quiet = not sys.stderr.isatty() or len(lines) < 500
    bar = iter(
        track(
            range(len(lines)),
            "Reading",
            console=Console(stderr=True),
            disable=quiet,
            transient=True,
        )
    )

    def tick(count: int) -> None:
        for _ in range(count):
            next(bar, None)

    result = review(file.name, lines, tick=tick)
    next(bar, None)
    content = report(result, form.value)
    if out is None:
        typer.echo(content)
    else:
        out.write_text(content, encoding="utf-8")
        typer.echo(f"{result.statements} statements reviewed; the report is in {out}.")
    if fail_on is not None and result.fails(fail_on.value):
        raise typer.Exit(1)
