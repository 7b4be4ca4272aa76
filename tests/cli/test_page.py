"""The documentation of the command line is the command line's own."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from okrlab.cli._page import cli_page, commands

ROOT = Path(__file__).parents[2]
PAGES = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")])


def test_the_page_is_up_to_date() -> None:
    """docs/cli.md is what the commands say of themselves."""
    page = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    assert page == cli_page(), "run `python -m okrlab.cli._page > docs/cli.md`"


@pytest.mark.parametrize("name", [n for n in commands() if n != "okrlab"])
def test_every_command_and_every_parameter_has_help(name: str) -> None:
    """Nobody has to guess what an option is for."""
    command = commands()[name]
    assert command.help
    for parameter in command.params:
        assert getattr(parameter, "help", None), f"{name}: {parameter.name} has no help"


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_commands_that_the_docs_name_exist(page: Path) -> None:
    """`okrlab something --option` in a page is a command with that option."""
    known = commands()
    for mention in re.findall(r"`(okrlab(?: [^`]+)?)`", page.read_text(encoding="utf-8")):
        words = mention.split()
        name = "okrlab"
        for word in words[1:]:
            if f"{name} {word}" in known:
                name = f"{name} {word}"
        group = hasattr(known[name], "list_commands")
        rest = words[len(name.split()) :]
        assert not (group and rest and rest[0][0].isalpha() and rest[0] != "SUBCOMMAND"), mention
        options = {opt for p in known[name].params for opt in p.opts}
        for word in rest:
            if word.startswith("--") and word != "--":
                assert word.split("=")[0] in options | {"--help"}, f"{mention}: no option {word}"
