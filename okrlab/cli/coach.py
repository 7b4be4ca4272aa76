"""`okrlab coach`: the coach's notebooks in JupyterLab, or one of them presented to a room."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from okrlab.cli.lab import (
    FIRST_PORT,
    free_port,
    kernel_options,
    lab_command,
    present_options,
    start,
)
from okrlab.errors import OkrlabError, UnknownNameError

COACH = "notebooks/coach"
RUN_SHEET = f"{COACH}/00_run_sheet.ipynb"
CLASS_REPORT = f"{COACH}/class_report.ipynb"
IDLE, LOOK_EVERY = 900, 60
"""A presented page that nobody looks at loses its kernel after so many seconds."""

LAB_IDLE = 3600

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)


@app.command()
def coach(
    folder: Annotated[
        str, typer.Argument(help="Where your copy of the course goes, or already is.")
    ] = "okrlab-course",
    jupyter: Annotated[
        list[str] | None,
        typer.Argument(
            help="After --: anything else for JupyterLab, or for Voilà with --present.",
            metavar="[-- JUPYTER...]",
        ),
    ] = None,
    present: Annotated[
        str | None,
        typer.Option(
            help="Show this scenario to a room, such as lumen-churn, in large type and without "
            "code. A notebook of your own in FOLDER works too."
        ),
    ] = None,
    port: Annotated[
        int | None,
        typer.Option(
            help=f"The port to serve on. Default: the first free one from {FIRST_PORT}.",
            min=1024,
            max=65535,
        ),
    ] = None,
    class_: Annotated[
        str | None,
        typer.Option(
            "--class",
            metavar="CLASS",
            help="Open the report on this class: its name in the shared database, or a folder with "
            "exports of progress.",
        ),
    ] = None,
    no_browser: Annotated[
        bool, typer.Option("--no-browser", help="Don't open a browser window.")
    ] = False,
) -> None:
    """Open the coach's run sheet and scenarios in your browser.

    The course is copied to FOLDER as with `okrlab lab`, and what you changed is never overwritten.
    With --present one scenario is shown to a room.
    """
    from okrlab.notebook._classes import choose_class
    from okrlab.notebook.course import copy_course

    if class_ is not None:
        choose_class(class_)
    extra = list(jupyter or [])
    if folder.startswith("-"):  # `okrlab coach -- --flag`: click takes the flag for the folder
        folder, extra = "okrlab-course", [folder, *extra]
    chosen = free_port(port, "coach")
    target = Path(folder).expanduser()
    for line in copy_course(target).lines():
        typer.echo(line)
    if present is not None:
        page = page_of(target, present)
        command = present_command(target, page, chosen, open_browser=not no_browser, extra=extra)
        what = f"Presenting {page}."
    else:
        command = lab_command(
            target,
            chosen,
            open_browser=not no_browser,
            extra=[*cull_options(LAB_IDLE), *extra],
            page=CLASS_REPORT if class_ is not None else RUN_SHEET,
        )
        what = "Opening the coach's notebooks."
    typer.echo(f"{what} They are served at 127.0.0.1:{chosen}, on this computer only.")
    typer.echo("To stop, press Ctrl+C here. Votes and notes are kept.")
    start(command, target)


def scenarios(folder: Path) -> dict[str, str]:
    """The notebook of each scenario in a copy of the course, by the scenario's name."""
    found = {}
    for path in sorted((folder / COACH).glob("[0-9][0-9]_*.ipynb")):
        name = path.stem[3:].replace("_", "-")
        if " (" not in name and path.name != Path(RUN_SHEET).name:
            found[name] = f"{COACH}/{path.name}"
    return found


def page_of(folder: Path, name: str) -> str:
    """The notebook to present, relative to the folder.

    Raises:
        UnknownNameError: no scenario has that name; the message offers the nearest.
        OkrlabError: it is a path that leads out of the folder, or to nothing.
    """
    known = scenarios(folder)
    if name in known:
        return known[name]
    if not name.endswith(".ipynb"):
        raise UnknownNameError("scenario", name, known)
    root = folder.resolve()
    for path in ((root / name).resolve(), Path(name).resolve()):
        if path.is_relative_to(root) and path.is_file():
            return path.relative_to(root).as_posix()
    raise OkrlabError(
        f"There is no notebook {name} in {folder}. Put it there, or name a scenario: "
        f"{', '.join(known)}"
    )


def cull_options(idle: int) -> list[str]:
    """End kernels that no page is connected to any more, after so many idle seconds."""
    return [
        f"--MappingKernelManager.cull_idle_timeout={idle}",
        f"--MappingKernelManager.cull_interval={LOOK_EVERY}",
    ]


def present_command(
    folder: Path, page: str, port: int, *, open_browser: bool, extra: list[str]
) -> list[str]:
    """Return the command line that shows one notebook in Voilà."""
    command = [
        sys.executable,
        "-m",
        "voila",
        str(folder.resolve() / page),
        "--Voila.ip=127.0.0.1",
        f"--port={port}",
        "--Voila.port_retries=0",
        "--Voila.auto_token=True",  # who can open the page can run code: only this user may
        f"--Voila.root_dir={folder.resolve()}",
        *present_options(),
        "--VoilaConfiguration.strip_sources=True",
        *cull_options(IDLE),
        *kernel_options(),
    ]
    if not open_browser:
        command.append("--no-browser")
    return command + extra
