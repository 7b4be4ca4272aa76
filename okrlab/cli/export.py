"""`okrlab export`: the bank, decks and quizzes for other systems; attempts too."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from okrlab.errors import OkrlabError, UnknownNameError

if TYPE_CHECKING:
    from okrlab.assessment.attempt import Attempt
    from okrlab.interop.exchange.attempts import Pseudonym
    from okrlab.interop.exchange.select import Selection

QUESTIONS = ("gift", "moodle", "qti", "jupyterquiz", "anki", "csv")
ATTEMPTS = ("xapi", "attempts")
NO_TYPE = {
    "jupyterquiz": "steps to put in order, and lines in one's own words",
    "csv": "lines in one's own words",
}
BINARY = {"qti": ".zip", "anki": ".apkg"}

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)


@app.command(name="export")
def export_(
    form: Annotated[
        str,
        typer.Argument(
            metavar="FORMAT",
            help="For questions: gift, moodle (Moodle XML), qti (QTI 2.1 package), jupyterquiz, "
            "anki or csv. For what was answered: xapi (JSON lines) or attempts (CSV).",
        ),
    ],
    out: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="The new file. Default: shown, where it is text."),
    ] = None,
    concept: Annotated[
        list[str] | None,
        typer.Option(help="The items of this concept. Can be given several times."),
    ] = None,
    deck: Annotated[
        list[str] | None, typer.Option(help="The cards of this deck. Can be given several times.")
    ] = None,
    quiz: Annotated[
        list[str] | None,
        typer.Option(help="All items that this quiz may deal. Can be given several times."),
    ] = None,
    held_out: Annotated[
        bool,
        typer.Option(
            "--held-out",
            help="Also what is kept aside for the pretest and the final test. A question that was "
            "seen elsewhere measures nothing any more.",
        ),
    ] = False,
    learner: Annotated[
        list[str] | None,
        typer.Option(help="Whose attempts. Default: everybody's. Can be given several times."),
    ] = None,
    names: Annotated[
        bool,
        typer.Option("--names", help="Attempts under learners' own names, not under pseudonyms."),
    ] = False,
    home_page: Annotated[
        str | None,
        typer.Option(
            metavar="URL", help="xapi: the address of your learning system, for its accounts."
        ),
    ] = None,
) -> None:
    """Write questions, or attempts, in another system's format.

    Without --concept, --deck or --quiz the whole bank and all decks. What each format loses stands
    in docs/interop.md.
    """
    if form not in (*QUESTIONS, *ATTEMPTS):
        raise UnknownNameError("format", form, (*QUESTIONS, *ATTEMPTS))
    about_questions = bool(concept or deck or quiz or held_out)
    about_attempts = bool(learner or names or home_page)
    if about_questions and form in ATTEMPTS:
        raise OkrlabError(
            f"--concept, --deck, --quiz and --held-out choose questions, and {form} exports "
            "attempts. Leave them out, or choose a format for questions."
        )
    if about_attempts and form in QUESTIONS:
        raise OkrlabError(
            f"--learner, --names and --home-page choose attempts, and {form} exports questions. "
            "Leave them out, or choose xapi or attempts."
        )
    if form in BINARY and out is None:
        raise OkrlabError(
            f"{form} is no text, so it can't be shown. Name a file: --out okrlab{BINARY[form]}"
        )
    if out is not None and out.exists():
        raise OkrlabError(
            f"Nothing was exported, because {out} exists already. Choose another name, or move "
            "that file away."
        )
    if form in ATTEMPTS:
        raw, told = _attempts(form, learner or [], names=names, home_page=home_page)
    else:
        raw, told = _questions(form, concept or [], deck or [], quiz or [], held_out=held_out)
    if out is None:
        typer.echo(raw.decode(), nl=False)
    else:
        _write(out, raw)
        told.insert(0, f"Wrote {out}.")
    for line in told:
        typer.echo(line, err=out is None)


def _questions(
    form: str, concepts: list[str], decks: list[str], quizzes: list[str], *, held_out: bool
) -> tuple[bytes, list[str]]:
    from okrlab.content import library
    from okrlab.interop.exchange.select import select

    chosen = select(library(), concepts=concepts, decks=decks, quizzes=quizzes, held_out=held_out)
    raw, left = _rendered(form, chosen)
    count = len(chosen.questions)
    told = [f"{count} question{'s' if count != 1 else ''}."]
    if left:
        told.append(f"Left out: {left}, for which {form} has no type ({NO_TYPE[form]}).")
    if chosen.kept_aside:
        told.append(
            f"Left out: {chosen.kept_aside} kept aside for the pretest and the final test, which "
            "measure nothing once they were seen. --held-out exports them too."
        )
    return raw, told


def _rendered(form: str, chosen: Selection) -> tuple[bytes, int]:
    """The file, and how many questions the format has no type for."""
    from okrlab.content import library

    match form:
        case "gift":
            from okrlab.interop.exchange.gift import gift

            return gift(chosen.questions).encode(), 0
        case "moodle":
            from okrlab.interop.exchange.moodle import moodle_xml

            return moodle_xml(chosen.questions).encode(), 0
        case "qti":
            from okrlab.interop.exchange.qti import qti_package

            return qti_package(chosen.questions, chosen.title), 0
        case "jupyterquiz":
            from okrlab.interop.exchange.jupyterquiz import jupyterquiz

            text, left = jupyterquiz(chosen.questions)
            return text.encode(), left
        case "anki":
            from okrlab.interop.exchange.anki import anki_package

            titles = {name: concept.title for name, concept in library().concepts.items()}
            return anki_package(chosen.questions, titles, datetime.now(UTC)), 0
    from okrlab.interop.exchange.table import question_table

    text, left = question_table(chosen.questions)
    return text.encode(), left


def _attempts(
    form: str, learners: list[str], *, names: bool, home_page: str | None
) -> tuple[bytes, list[str]]:
    from okrlab.content import library
    from okrlab.interop.exchange.attempts import attempt_table
    from okrlab.interop.exchange.xapi import HOME_PAGE, xapi_statements

    address = home_page or HOME_PAGE
    if not address.startswith(("https://", "http://")) or len(address) > 500 or " " in address:
        raise OkrlabError(
            f"“{address[:80]}” is no address of a system. Write one such as "
            "https://learning.example.com"
        )
    attempts = _stored(learners)
    named: Pseudonym = str if names else _pseudonyms()
    if form == "attempts":
        text = attempt_table(attempts, named)
    else:
        lines = xapi_statements(attempts, library(), named, home_page=address)
        text = "".join(f"{line}\n" for line in lines)
    count = len(attempts)
    return text.encode(errors="replace"), [f"{count} attempt{'s' if count != 1 else ''}."]


def _stored(learners: list[str]) -> list[Attempt]:
    from okrlab.storage import open_store

    store = open_store()
    try:
        known = store.learners()
        for name in learners:
            if name not in known:
                raise UnknownNameError("learner", name, known)
        return [a for name in learners or known for a in store.attempts(name)]
    finally:
        store.close()


def _pseudonyms() -> Pseudonym:
    """Pseudonyms by this computer's own secret, which is made when it is first needed."""
    from okrlab.interop.exchange.attempts import pseudonyms
    from okrlab.storage import data_folder

    path = data_folder() / "pseudonyms.key"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as new:
                new.write(os.urandom(32))
        except FileExistsError:
            pass
        return pseudonyms(path.read_bytes())
    except (OSError, ValueError) as error:
        raise OkrlabError(
            f"Nothing was exported, because the secret for pseudonyms, {path}, can't be used: "
            f"{error}. Move that file away to get new pseudonyms, or add --names."
        ) from error


def _write(path: Path, raw: bytes) -> None:
    beside = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            beside.write_bytes(raw)
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise OkrlabError(
            f"Nothing was exported, because {path} can't be written: {error.strerror or error}. "
            "Choose another place."
        ) from error
