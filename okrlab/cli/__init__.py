"""The `okrlab` command: argument parsing only."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from okrlab.errors import OkrlabError

COMMANDS = (
    "lab",
    "study",
    "coach",
    "progress",
    "verify",
    "review",
    "grade",
    "class",
    "report",
    "export",
    "import",
    "author",
)

MODULES = {"class": "class_", "import": "import_"}
"""Commands whose module can't have their name."""


class _Commands(TyperGroup):
    """Sub-commands, each loaded from its own module only when it is asked for."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        command = typer.main.get_command(
            import_module(f"okrlab.cli.{MODULES.get(cmd_name, cmd_name)}").app
        )
        command.name = cmd_name
        return command


def _show_version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        typer.echo(f"okrlab {version('okrlab')}")
        raise typer.Exit


app = typer.Typer(
    cls=_Commands,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback()
def okrlab(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_show_version, is_eager=True, help="Show the version and stop."
        ),
    ] = False,
) -> None:
    """Learn to tell KPIs from key results, and to use the two together."""


def main() -> None:
    """Run the `okrlab` command; okrlab's own errors become one plain message."""
    try:
        app(prog_name="okrlab")
    except OkrlabError as error:
        typer.echo(f"okrlab: {error}", err=True)
        sys.exit(2)
