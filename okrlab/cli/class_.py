"""`okrlab class`: classes in a shared database, for owners, coaches and learners."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from okrlab.errors import OkrlabError

if TYPE_CHECKING:
    from okrlab.storage._class_records import Code, Enrolment
    from okrlab.storage.classes import Classes

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Share answers in a class: begin one, join one, see who is in it, be forgotten.",
)

Class = Annotated[str, typer.Argument(metavar="CLASS", help="The class.")]


@app.command()
def create(name: Annotated[str, typer.Argument(metavar="NAME", help="What it is called.")]) -> None:
    """Begin a class, in the database that OKRLAB_DATABASE_URL names or in your own file."""
    classes = _classes()
    classes.create(name)
    typer.echo(
        f"The class “{name}” is there. Get a code for its learners with: "
        f"okrlab class code {shlex.quote(name)}"
    )


@app.command("list")
def list_() -> None:
    """Show the classes that you are in, or all of them if the database is yours."""
    found = _classes().all()
    for info in found:
        role = "" if info.role == "owner" else f", you are a {info.role}"
        typer.echo(
            f"{info.name}: {_count(info.learners, 'learner')}, "
            f"{_count(info.coaches, 'coach', 'coaches')}, since {info.at.date()}{role}"
        )
    if not found:
        typer.echo("No class yet. Begin one with: okrlab class create NAME")


@app.command()
def code(
    name: Class,
    coach: Annotated[bool, typer.Option("--coach", help="For a coach, not a learner.")] = False,
    days: Annotated[int, typer.Option(help="How long it works, at most 366.")] = 14,
    uses: Annotated[
        int | None, typer.Option(help="How many may join with it. Default: any number.")
    ] = None,
    show: Annotated[bool, typer.Option("--show", help="Show all codes, make none.")] = False,
    revoke: Annotated[
        str | None, typer.Option(metavar="CODE", help="Take a code back; who joined stays.")
    ] = None,
) -> None:
    """Make a code with which people join a class; show the codes there are, or take one back."""
    classes = _classes()
    if revoke:
        classes.revoke(revoke)
        typer.echo(f"{revoke} opens no class any more.")
        return
    if show:
        _show_codes(classes, name)
        return
    made = classes.new_code(name, role="coach" if coach else "learner", days=days, uses=uses)
    _tell_code(classes, made)


@app.command()
def enrol(
    code_: Annotated[str, typer.Argument(metavar="CODE", help="The code from your coach.")],
    at: Annotated[
        str | None,
        typer.Option(metavar="URL", help="The database of the class, as your coach wrote it."),
    ] = None,
    learner: Annotated[
        str | None,
        typer.Option(help="The name to keep your answers under. Default: one is made up for you."),
    ] = None,
    name: Annotated[
        str | None, typer.Option(help="Your real name, if your coaches may know it.")
    ] = None,
    take_along: Annotated[
        bool, typer.Option("--take-along", help="Copy your answers so far into the class.")
    ] = False,
    show_url: Annotated[
        bool,
        typer.Option(
            "--show-url",
            help="Show the login instead of keeping it on this computer. Always so without --at.",
        ),
    ] = False,
) -> None:
    """Join a class. From then on your answers are kept in its database, for you and its coaches."""
    from okrlab.storage import data_folder
    from okrlab.storage._login import ClassLogin, save_login

    own = _own_answers() if take_along else []
    joined = _classes(at).enrol(code_, learner, name)
    typer.echo(f"You are in the class “{joined.class_name}” as {joined.person}, a {joined.role}.")
    if joined.url is None:
        return
    if show_url or at is None:  # without --at, the owner does it for somebody else
        typer.echo(f"OKRLAB_DATABASE_URL={joined.url}\nOKRLAB_LEARNER={joined.person}")
        typer.echo("The first line holds a password, for that person only, and is shown once.")
    else:
        path = save_login(data_folder(), ClassLogin(joined.url, joined.person))
        typer.echo(f"Your login is kept in {path}. Your answers go to the class from now on.")
    _take_along(own, joined)


@app.command()
def members(name: Class) -> None:
    """Show who is in a class, and how many answers each has given."""
    for member in _classes().members(name):
        shown = f" ({member.name})" if member.name else ""
        latest = f", latest {member.latest.date()}" if member.latest else ""
        role = ", coach" if member.role == "coach" else ""
        answers = _count(member.answers, "answer")
        typer.echo(f"{member.person}{shown}{role}: {answers}{latest}")


@app.command()
def remove(
    name: Class,
    learner: Annotated[
        str | None,
        typer.Argument(metavar="LEARNER", help="Whom to take out. Default: end the whole class."),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Don't ask.")] = False,
) -> None:
    """Take somebody out of a class, or end the class. No answers are erased."""
    classes = _classes()
    if learner is not None:
        classes.remove(name, learner)
        typer.echo(f"{learner} is no longer in “{name}”. Answers stay; forget erases them.")
        return
    _confirm(f"End the class “{name}”, for everybody in it?", yes=yes)
    classes.delete(name)
    typer.echo(f"The class “{name}” is over. Answers stay; forget erases them.")


@app.command()
def forget(
    learner: Annotated[str, typer.Argument(metavar="LEARNER", help="Whom to erase.")],
    yes: Annotated[bool, typer.Option("--yes", help="Don't ask.")] = False,
) -> None:
    """Erase everything of a learner: answers, drafts, memberships, name and login."""
    from okrlab.storage import damaged_files, data_folder
    from okrlab.storage._login import drop_login, saved_login

    classes = _classes()
    _confirm(f"Erase everything of “{learner}” in {classes.store.where}, for good?", yes=yes)
    erased = classes.forget(learner)
    typer.echo(
        f"Erased of {learner} in {classes.store.where}: {_count(erased.attempts, 'answer')}, "
        f"{_count(erased.drafts, 'draft')}, "
        f"{_count(erased.memberships, 'membership')}, name and login."
    )
    typer.echo(
        "Not erased, because okrlab does not know where they are: exports, results of okrlab "
        "grade and okrlab report, backups of the database, and answers on the learner's own "
        "computer. Delete those by hand."
    )
    if damaged := damaged_files(classes.store):
        typer.echo(f"Damaged files set aside earlier: {', '.join(map(str, damaged))}.")
    login = saved_login(data_folder())
    if login is not None and login.learner == learner:
        drop_login(data_folder())
        typer.echo("Answers are kept on this computer again from now on.")


@app.command()
def export(
    name: Class,
    path: Annotated[Path, typer.Argument(metavar="FILE", help="A new file, such as class.jsonl.")],
) -> None:
    """Write the answers of a class to a file that okrlab grade and okrlab progress can read."""
    attempts, drafts = _classes().export(name, path)
    typer.echo(
        f"Exported {_count(attempts, 'answer')} and {_count(drafts, 'draft')} of “{name}” to "
        f"{path}. It names people: keep it no longer than you need it."
    )


def _classes(place: str | None = None) -> Classes:
    from okrlab.storage.classes import open_classes

    return open_classes(place)


def _tell_code(classes: Classes, made: Code) -> None:
    from okrlab.storage._codes import shown_code

    uses = "" if made.uses_left is None else f", for {_count(made.uses_left, 'person', 'people')}"
    typer.echo(
        f"{shown_code(made.code)} opens “{made.class_name}” to a {made.role} "
        f"until {made.expires.date()}{uses}."
    )
    if url := classes.join_url():
        typer.echo(f"They join with:\n  okrlab class enrol {shown_code(made.code)} --at {url}")
        typer.echo("That login can do nothing but try a code.")
    else:
        typer.echo(
            "In a file on your own computer you put people in yourself:\n"
            f"  okrlab class enrol {shown_code(made.code)} --learner NAME\n"
            "and add what they export with: okrlab progress --import FILE --learner NAME"
        )


def _show_codes(classes: Classes, name: str) -> None:
    from datetime import UTC, datetime

    from okrlab.storage._codes import shown_code

    for made in classes.codes(name):
        state = "works" if made.works(datetime.now(UTC)) else "opens nothing any more"
        until = made.expires.date()
        left = "" if made.uses_left is None else f", {made.uses_left} left"
        typer.echo(f"{shown_code(made.code)} for a {made.role}, until {until}{left}: {state}")


def _own_answers() -> list[Path]:
    """An export of what is stored under the learner's present name, in a file of its own."""
    import tempfile

    from okrlab.storage import export_progress, learner_name, open_store

    store = open_store()
    path = Path(tempfile.mkdtemp(prefix="okrlab-")) / "own.jsonl"
    try:
        export_progress(store, path, [learner_name()])
    finally:
        store.close()
    return [path]


def _take_along(own: list[Path], joined: Enrolment) -> None:
    import shutil

    from okrlab.storage import import_progress, open_store

    for path in own:
        store = open_store(joined.url)
        try:
            report = import_progress(store, path, learner=joined.person)
        finally:
            store.close()
            shutil.rmtree(path.parent)
        typer.echo(
            f"{_count(report.new_attempts, 'answer')} and {_count(report.new_drafts, 'draft')} "
            "came along. The ones on this computer stay where they are, too."
        )


def _confirm(question: str, *, yes: bool) -> None:
    if not yes and not typer.confirm(question):
        raise OkrlabError("Nothing was changed.")


def _count(number: int, word: str, words: str = "") -> str:
    return f"{number} {word}" if number == 1 else f"{number} {words or word + 's'}"
