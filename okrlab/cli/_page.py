"""docs/cli.md out of the commands' own help: ``python -m okrlab.cli._page > docs/cli.md``."""

from __future__ import annotations

import sys
from typing import Any

import typer

from okrlab.cli import app


def commands() -> dict[str, Any]:
    """Every command by its full name, such as "okrlab author check"; groups included."""
    found: dict[str, Any] = {}

    def collect(command: Any, name: str) -> None:
        found[name] = command
        if hasattr(command, "list_commands"):
            context = command.make_context(name, [], resilient_parsing=True)
            for child in command.list_commands(context):
                collect(command.get_command(context, child), f"{name} {child}")

    collect(typer.main.get_command(app), "okrlab")
    return found


def cli_page() -> str:
    """The page: each command with its help and its options."""
    lines = [
        "# The okrlab command",
        "",
        "Made from the commands' own help (`python -m okrlab.cli._page > docs/cli.md`); a test",
        "compares the two.",
        "",
    ]
    for name, command in commands().items():
        lines += [f"## `{name}`", "", " ".join((command.help or "").split()), ""]
        rows = [_row(p) for p in command.params if p.name != "help"]
        if rows:
            lines += ["| option or argument | what it does |", "|-|-|", *rows, ""]
    return "\n".join(lines)


def _row(parameter: Any) -> str:
    if parameter.param_type_name == "argument":
        shown = f"`{(parameter.metavar or parameter.name or '').upper()}`"
    else:
        shown = ", ".join(f"`{opt}`" for opt in parameter.opts)
    text = " ".join((getattr(parameter, "help", "") or "").split()).replace("|", "\\|")
    return f"| {shown} | {text} |"


if __name__ == "__main__":
    sys.stdout.write(cli_page())
