"""New items, decks and scenarios: valid skeletons, to be changed until they are interesting."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from string import Template
from typing import get_args

from okrlab.authoring._append import append_items
from okrlab.authoring.schema import FOLDER, header, write_schemas
from okrlab.content import Concept, Library
from okrlab.content.item import ItemType
from okrlab.content.library import shipped_folder, shown
from okrlab.errors import ContentError, UnknownNameError

KINDS: tuple[str, ...] = get_args(ItemType)

NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
MAX_NAME = 64
DECK_CONCEPT = "kr-question"
"""What the cards of the skeleton of a deck are about."""


@dataclass(frozen=True)
class Created:
    """What was written.

    Attributes:
        path: the file.
        ids: ids of the new items, or of the deck or scenario.
        group: the parallel group of new items; empty for the others.
    """

    path: Path
    ids: tuple[str, ...]
    group: str = ""


def checkout() -> Path:
    """The checkout that this okrlab runs from.

    Raises:
        ContentError: it was installed, so there is none.
    """
    root = Path(str(shipped_folder())).parent.parent
    if not (root / "pyproject.toml").is_file():
        raise ContentError(
            "This okrlab was installed, so its own content can't be changed. Name a folder of your "
            "own, such as: --folder my-content"
        )
    return root


def new_item(
    concept: str, kind: str = "choice", *, folder: Path | None = None, group: str | None = None
) -> Created:
    """Add a skeleton of an item to the bank.

    Args:
        concept: what it asks about, such as "kpi-definition".
        kind: its type.
        folder: a content folder of your own. Default: the shipped content of a checkout.
        group: the parallel group that it joins. Default: a new one with two items, because a retry
            deals a parallel item.

    Raises:
        UnknownNameError: no concept or type has that name.
        ContentError: the bank file can't be added to.
    """
    content = Library()
    if kind not in KINDS:
        raise UnknownNameError("type of item", kind, KINDS)
    if concept not in content.concepts:
        raise UnknownNameError("concept", concept, content.concepts)
    if group is not None:
        _check_name(group, "parallel group")
    place = _prepared(folder)
    path = place / "bank" / f"{concept}.yaml"
    text = _read(path) or f"{header('bank')}format: 1\nconcept: {concept}\nitems:\n"
    stem = f"{concept}-{kind.replace('_', '-')}"
    ids = _free(stem, text, 1 if group else 2)
    claim = _claim(content, content.concepts[concept])
    items = "".join(
        _template(kind).substitute(id=name, claim=claim, group=group or ids[0]) for name in ids
    )
    if path.is_file():
        _write(path, append_items(text, items))
    else:
        indented = "".join(f"  {line}\n" for line in items.splitlines())
        _write(path, text + indented)
    return Created(path, ids, group or ids[0])


def new_deck(name: str, *, folder: Path | None = None, concept: str = DECK_CONCEPT) -> Created:
    """Write a skeleton of a deck.

    Args:
        name: the deck's name, such as "our-own-measures".
        folder: a content folder of your own. Default: the shipped content of a checkout.
        concept: what its cards are about.

    Raises:
        UnknownNameError: no concept has that name.
        ContentError: the name can't be a deck's, or is taken.
    """
    content = Library()
    _check_name(name, "deck")
    if concept not in content.concepts:
        raise UnknownNameError("concept", concept, content.concepts)
    place = _prepared(folder)
    path = place / "decks" / f"{name}.yaml"
    if path.exists() or name in content.names("decks"):
        raise ContentError(
            f"There is a deck called “{name}” already, so nothing was written. Choose another name."
        )
    body = _template("deck").substitute(
        id=name,
        title=name.replace("-", " ").capitalize(),
        concept=concept,
        claim=_claim(content, content.concepts[concept]),
    )
    _write(path, f"{header('decks')}format: 1\n{body}")
    return Created(path, (name,))


def new_scenario(name: str, *, folder: Path | None = None) -> Created:
    """Write a skeleton of a scenario, with data of its own.

    Args:
        name: the scenario's name, such as "our-own-case".
        folder: a content folder of your own. Default: the shipped content of a checkout.

    Raises:
        ContentError: the name can't be a scenario's, or is taken.
    """
    content = Library()
    _check_name(name, "scenario")
    place = _prepared(folder)
    path = place / "scenarios" / f"{name}.yaml"
    if path.exists() or name in content.names("scenarios"):
        raise ContentError(
            f"There is a scenario called “{name}” already, so nothing was written. Choose another "
            "name."
        )
    body = _template("scenario").substitute(
        id=name,
        title=name.replace("-", " ").capitalize(),
        claim=next(iter(content.claims)),
    )
    _write(path, f"{header('scenarios')}format: 1\n{body}")
    return Created(path, (name,))


def _prepared(folder: Path | None) -> Path:
    """The content folder to write to. One of your own gets the schemas that editors ask for."""
    if folder is None:
        return checkout() / "okrlab" / "content"
    write_schemas(folder / FOLDER)
    return folder


def _check_name(name: str, what: str) -> None:
    if not NAME.fullmatch(name) or len(name) > MAX_NAME:
        raise ContentError(
            f"“{name[:MAX_NAME]}” can't be the name of a {what}, so nothing was written. Use at "
            f"most {MAX_NAME} lower-case letters and digits, with single hyphens between words."
        )


def _claim(content: Library, concept: Concept) -> str:
    """The first claim of the lesson that introduces the concept, else the first of all."""
    claims = list(content.claims.values())
    return next((c.id for c in claims if c.lesson == concept.lesson), claims[0].id)


def _free(stem: str, text: str, count: int) -> tuple[str, ...]:
    taken = {int(n) for n in re.findall(rf"\bid: *{re.escape(stem)}-(\d+)\b", text)}
    first = max(taken, default=0) + 1
    return tuple(f"{stem}-{number}" for number in range(first, first + count))


def _template(kind: str) -> Template:
    name = f"{kind.replace('_', '-')}.yaml"
    return Template((files("okrlab.authoring") / "templates" / name).read_text("utf-8"))


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8") if path.exists() else ""
    except (OSError, UnicodeDecodeError) as error:
        raise ContentError(
            f"{shown(path)} can't be read as UTF-8 text, so nothing was written: {error}"
        ) from error


def _write(path: Path, text: str) -> None:
    beside = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            beside.write_text(text, "utf-8", newline="")
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise ContentError(
            f"{shown(path)} could not be written: {error.strerror or error}. "
            "Choose another folder with --folder."
        ) from error
