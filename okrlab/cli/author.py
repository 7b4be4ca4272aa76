"""`okrlab author`: check and add content, for coaches and contributors."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Annotated

import typer

from okrlab.errors import ContentError

ONE = {
    "items": "item",
    "decks": "deck",
    "cards": "card",
    "quizzes": "quiz",
    "exercises": "exercise",
    "scenarios": "scenario",
}

app = typer.Typer(
    help="Check content, add to it, and generate what is made from it.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
new = typer.Typer(
    help="Write a valid skeleton of an item, a deck or a scenario.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
app.add_typer(new, name="new")

Folder = Annotated[
    Path | None,
    typer.Option(help="A content folder of your own. Default: the content of this checkout."),
]


@app.command()
def check(
    places: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[FOLDER|FILE]...",
            help="Content folders, or single files. Default: the shipped content.",
        ),
    ] = None,
) -> None:
    """Tell every mistake in content.

    Each with file, line, field and what would be right. Your own folders and files are checked
    together with the shipped content, to whose concepts, misconceptions and claims they refer; only
    their own mistakes are told.
    """
    from okrlab.content.checks import inspect_content

    if places:
        folders, own, files = _sorted_out(places)
        report = inspect_content(folders, only=own, files=files)
    else:
        report = inspect_content()
    for problem in report.problems:
        typer.echo(str(problem))
    counts = ", ".join(
        f"{number} {ONE[word] if number == 1 else word}"
        for word, number in report.counts.items()
        if number
    )
    count = len(report.problems)
    mistakes = {0: "no mistakes", 1: "1 mistake"}.get(count, f"{count} mistakes")
    typer.echo(f"{counts or 'Nothing that can be read'}: {mistakes}.")
    if report.problems:
        raise typer.Exit(1)


@new.command()
def item(
    concept: Annotated[str, typer.Argument(help="What it asks about, such as kpi-definition.")],
    kind: Annotated[
        str,
        typer.Option(
            "--type",
            help="choice, choices, classify, role_in_context, number, order or rewrite.",
        ),
    ] = "choice",
    group: Annotated[
        str | None,
        typer.Option(
            help="The parallel group that it joins. Default: a new one, with two items, because a "
            "retry deals a parallel item."
        ),
    ] = None,
    folder: Folder = None,
) -> None:
    """Add an item to the bank file of a concept."""
    from okrlab.authoring.new import new_item
    from okrlab.content.library import shown

    created = new_item(concept, kind, folder=folder, group=group)
    typer.echo(f"Added to {shown(created.path)}: {', '.join(created.ids)}.")
    if len(created.ids) > 1:
        typer.echo("There are two, because a learner who tries again gets the parallel one.")
    typer.echo("Next: change the case, the answers and the feedback to what you want to ask, and")
    typer.echo("let seed_refs name the claims of the sources that it is about.")
    typer.echo(f"Then: {_check_command(folder)}")


@new.command()
def deck(
    name: Annotated[str, typer.Argument(help="The deck's name, such as our-own-measures.")],
    concept: Annotated[str, typer.Option(help="What its cards are about.")] = "kr-question",
    folder: Folder = None,
) -> None:
    """Write a new deck of cards to sort."""
    from okrlab.authoring.new import new_deck
    from okrlab.content.library import shown

    created = new_deck(name, folder=folder, concept=concept)
    path = shown(created.path)
    typer.echo(f"Wrote {path}.")
    typer.echo("Next: change its title, its buckets and its cards. Twelve cards make a good deck.")
    typer.echo(f"Then: {_check_command(folder)}")
    shows = f'okrlab.sort("{name if folder is None else path}")'
    typer.echo(f"In a notebook, {shows} shows it.")


@new.command()
def scenario(
    name: Annotated[str, typer.Argument(help="The scenario's name, such as our-own-case.")],
    folder: Folder = None,
) -> None:
    """Write a new scenario to lead a room through, with data of its own."""
    from okrlab.authoring.new import new_scenario
    from okrlab.content.library import shown

    created = new_scenario(name, folder=folder)
    path = shown(created.path)
    typer.echo(f"Wrote {path}.")
    typer.echo("Next: put in your own figures, then the case, the options and your notes.")
    typer.echo(f"Then: {_check_command(folder)}")
    shows = f'okrlab.scenario("{name if folder is None else path}")'
    typer.echo(f"In a notebook, {shows} shows it.")


@app.command()
def schema(
    out: Annotated[
        Path | None,
        typer.Option(help="Where to write them. Default: the content of this checkout."),
    ] = None,
) -> None:
    """Write the JSON Schemas of content files.

    Editors use them to complete fields and to mark mistakes.
    """
    from okrlab.authoring.new import checkout
    from okrlab.authoring.schema import FOLDER, write_schemas
    from okrlab.content.library import shown

    folder = checkout() / "okrlab" / "content" / FOLDER if out is None else out
    written = write_schemas(folder)
    for path in written:
        typer.echo(f"Wrote {shown(path)}.")
    if not written:
        typer.echo(f"The schemas in {shown(folder)} are up to date.")


@app.command()
def release(
    check: Annotated[
        bool, typer.Option("--check", help="Only tell whether the exercises are up to date.")
    ] = False,
) -> None:
    """Write exercises/ from solutions/.

    In the current folder, when it holds solutions, else in this checkout. Solutions and hidden
    tests are cut out; the exercises are never edited by hand.
    """
    from okrlab.authoring.new import checkout
    from okrlab.authoring.release import release as release_all

    here = Path.cwd()
    said = release_all(here if (here / "solutions").is_dir() else checkout(), check=check)
    for line in said:
        typer.echo(line)
    if not said:
        typer.echo("The exercises are up to date.")
    elif check:
        raise typer.Exit(1)


@app.command()
def coverage(
    check: Annotated[
        bool, typer.Option("--check", help="Only tell whether the page is up to date.")
    ] = False,
) -> None:
    """Write docs/coverage.md.

    It tells which claim of the sources is taught where, and what is still owed.
    """
    from okrlab.authoring.coverage import coverage_page
    from okrlab.authoring.new import checkout
    from okrlab.content import library

    root = checkout()
    path = root / "docs" / "coverage.md"
    text = coverage_page(root, library())
    if path.is_file() and path.read_text("utf-8") == text:
        typer.echo("docs/coverage.md is up to date.")
    elif check:
        typer.echo("docs/coverage.md is out of date. Write it anew: okrlab author coverage")
        raise typer.Exit(1)
    else:
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8", newline="\n")
        typer.echo("Wrote docs/coverage.md.")


@app.command()
def checks(
    check: Annotated[
        bool, typer.Option("--check", help="Only tell whether the pages are up to date.")
    ] = False,
) -> None:
    """Write docs/checks/, a page for each check of the analyser."""
    from okrlab.authoring.check_pages import write_check_pages
    from okrlab.authoring.new import checkout

    said = write_check_pages(checkout(), check=check)
    if not said:
        typer.echo("docs/checks is up to date.")
    elif check:
        typer.echo(f"Out of date: {', '.join(said)}. Write them anew: okrlab author checks")
        raise typer.Exit(1)
    else:
        typer.echo(f"Wrote {', '.join(said)}.")


def _sorted_out(
    places: Sequence[Path],
) -> tuple[list[Traversable], list[Traversable], list[Path]]:
    """All folders with the shipped one first, those to report on, and single files."""
    from okrlab.content.checks import FOLDERS
    from okrlab.content.library import shipped_folder

    shipped = shipped_folder()
    folders: list[Traversable] = [shipped]
    own: list[Traversable] = []
    files: list[Path] = []
    for place in places:
        if place.is_file():
            files.append(place)
        elif not place.is_dir():
            raise ContentError(
                f"There is no folder or file {place}. See whether it is spelt right."
            )
        elif place.resolve() == Path(str(shipped)).resolve():
            own.append(shipped)
        elif not any((place / name).is_dir() for name in FOLDERS):
            raise ContentError(
                f"{place} holds no content, so there is nothing to check. A content folder has one "
                f"of these folders in it: {', '.join(FOLDERS)}."
            )
        else:
            folders.append(place)
            own.append(place)
    return folders, own, files


def _check_command(folder: Path | None) -> str:
    return "okrlab author check" + (f" {folder}" if folder else "")
