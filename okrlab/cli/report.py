"""`okrlab report`: a class at a glance, and what to teach next."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from okrlab.errors import OkrlabError

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)


@app.command()
def report(
    source: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="CLASS...",
            help="A class of the shared database; or a folder, files or a URL with exports of "
            "progress, databases, or the results of okrlab grade.",
        ),
    ] = None,
    demo: Annotated[
        bool, typer.Option("--demo", help="Show a made-up class instead, to see what you get.")
    ] = False,
    out: Annotated[
        list[Path] | None,
        typer.Option(
            "--out",
            metavar="FILE",
            help="Write it to a file ending in .html, .xlsx or .json. Can be given several times.",
        ),
    ] = None,
    names: Annotated[
        bool,
        typer.Option(
            "--names/--no-names",
            help="Show learners by name. By default they are numbered, so that the page can be "
            "shown to a room.",
        ),
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Show everything as JSON.")] = False,
) -> None:
    """Show where a class is, what it misunderstands, and what to open the next session with.

    Try it: okrlab report --demo --out report.html
    """
    from okrlab.content import library
    from okrlab.interop.class_report import report_of, write_report

    if demo and source:
        raise OkrlabError("--demo shows a made-up class, so no other can be named with it.")
    if not demo and not source:
        raise OkrlabError(
            "Which class? Name one of the shared database, or give a folder with exports "
            "(okrlab progress --export FILE). With --demo you see a made-up class."
        )
    content = library()
    made, problems = report_of(
        None if demo else source, content, datetime.now().astimezone(), names=names
    )
    for problem in problems:
        typer.echo(problem, err=True)
    for path in out or ():
        write_report(made, path, content)
    if as_json:
        typer.echo(json.dumps(made.plain(), ensure_ascii=False, indent=2))
    else:
        typer.echo(made.words())
    for path in out or ():
        typer.echo(f"Written: {path}", err=as_json)
