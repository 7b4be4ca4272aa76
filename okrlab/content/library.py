"""The one loader: folders of YAML files to models, each file read when it is first asked for.

A later folder adds to the earlier ones (a coach's own examples beside the shipped content); it may
not redefine a name.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from okrlab.content._yaml import MAX_BYTES, Document, YamlProblemError, parse
from okrlab.content.attainment import AttainmentBoardText, AttainmentFile, ResultSet
from okrlab.content.course import (
    Claim,
    ClaimFile,
    Concept,
    ConceptFile,
    Lesson,
    LessonFile,
    Misconception,
    MisconceptionFile,
    Quiz,
)
from okrlab.content.dimensions import DimensionFile
from okrlab.content.exercise import Exercise, ExerciseFile
from okrlab.content.item import BankFile, Deck, ItemBase
from okrlab.content.lifecycle import LifecycleFile
from okrlab.content.logic_model import LogicModel, LogicModelFile
from okrlab.content.poll import Poll, PollFile
from okrlab.content.scenario import Scenario
from okrlab.content.series import Series, SeriesFile
from okrlab.content.vital_few import VitalFewFile
from okrlab.errors import ContentError, UnknownNameError

M = TypeVar("M", bound=BaseModel)
T = TypeVar("T")

EXTRA_FOLDERS = "OKRLAB_CONTENT"
"""Environment variable: more content folders, separated as PATH is."""


@dataclass(frozen=True, order=True)
class Problem:
    """A mistake in a content file: where it is and what would be right."""

    file: str
    line: int
    field: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.field}: {self.message}"


@dataclass(frozen=True)
class Source:
    """A content file that could be read: its model, and where each part stands.

    `root` is the content folder that it belongs to.
    """

    name: str
    path: str
    document: Document
    model: BaseModel
    root: str = ""

    def problem(self, path: tuple[str | int, ...], message: str) -> Problem:
        """A problem at `path` of this file."""
        return Problem(shown(self.path), self.document.line(path), _dotted(path), message)


def shown(path: Traversable | str) -> str:
    """A path as people should see it: from the package or the current folder on, if it is there."""
    whole = Path(str(path)).absolute()
    for start, prefix in ((Path(str(shipped_folder())), "okrlab/content/"), (Path.cwd(), "")):
        if whole.is_relative_to(start.absolute()):
            inside = whole.relative_to(start.absolute()).as_posix()
            return prefix + inside if inside != "." else prefix.rstrip("/") or "."
    return str(path)


def read_file(path: Traversable, model: type[M]) -> tuple[Source | None, list[Problem]]:
    """Read one content file into `model`; all its mistakes at once instead of a model."""
    try:
        with path.open("rb") as stream:  # reads no more than it must of a huge file
            raw = stream.read(MAX_BYTES + 1)
        document = parse(raw.decode("utf-8"))
    except YamlProblemError as problem:
        return None, [Problem(shown(path), problem.line, "file", problem.message)]
    except (OSError, UnicodeDecodeError) as error:
        message = f"the file cannot be read as UTF-8 text: {error}"
        return None, [Problem(shown(path), 1, "file", message)]
    try:
        value = model.model_validate(document.data)
    except ValidationError as error:
        errors = _of_their_own([dict(e) for e in error.errors(include_url=False)])
        return None, [
            Problem(shown(path), document.line(where), _dotted(where), _plain(e))
            for e in errors
            for where in [_in_file(e["loc"], document)]
        ]
    return Source(path.name.removesuffix(".yaml"), str(path), document, value), []


class Library:
    """All content, by name.

    Args:
        folders: where to look, the shipped content first. Default: shipped content and the
            folders in ``OKRLAB_CONTENT``.

    Every accessor raises `ContentError` with all mistakes of the file when the file is not right,
    and `UnknownNameError` with the nearest match when nothing has that name.
    """

    def __init__(self, folders: Sequence[Traversable] | None = None) -> None:
        self.folders: tuple[Traversable, ...] = tuple(folders or default_folders())

    # -- one by name -----------------------------------------------------------------------------

    def deck(self, name: str) -> Deck:
        """The deck called `name`, or the deck in the file `name` when it ends in .yaml."""
        if name.endswith((".yaml", ".yml")):
            return self._load(Path(name), Deck)
        return self._named("decks", "deck", name, Deck)

    def quiz(self, name: str) -> Quiz:
        """The quiz called `name`."""
        return self._named("quizzes", "quiz", name, Quiz)

    def bank(self, concept: str) -> tuple[ItemBase, ...]:
        """The items of a concept, from all folders."""
        found = [
            item
            for folder in self.folders
            if (path := folder / "bank" / f"{concept}.yaml").is_file()
            for item in self._load(path, BankFile).items
        ]
        if not found:
            raise UnknownNameError("concept with items", concept, self.names("bank"))
        return tuple(found)

    def item(self, name: str) -> ItemBase:
        """The item with that id."""
        try:
            return self.items[name]
        except KeyError:
            raise UnknownNameError("item", name, self.items) from None

    def exercise(self, name: str) -> Exercise:
        """The exercise with that id, such as "1.2"."""
        try:
            return self.exercises[name]
        except KeyError:
            raise UnknownNameError("exercise", name, self.exercises) from None

    def misconception(self, name: str) -> Misconception:
        """The misconception with that id, such as "M01"."""
        try:
            return self.misconceptions[name]
        except KeyError:
            raise UnknownNameError("misconception", name, self.misconceptions) from None

    def scenario(self, name: str) -> Scenario:
        """The scenario called `name`, or the one in the file `name` when it ends in .yaml."""
        if name.endswith((".yaml", ".yml")):
            return self._load(Path(name), Scenario)
        return self._named("scenarios", "scenario", name, Scenario)

    def series(self, name: str) -> Series:
        """The series of measurements called `name`, such as "web-leads"."""
        try:
            return self.all_series[name]
        except KeyError:
            raise UnknownNameError("series", name, self.all_series) from None

    def logic_model(self, name: str) -> LogicModel:
        """The chain from resources to impact that is called `name`."""
        found = {m.id: m for m in self.logic_models.models}
        try:
            return found[name]
        except KeyError:
            raise UnknownNameError("logic model", name, found) from None

    def attainment_board(self, name: str) -> tuple[AttainmentBoardText, tuple[ResultSet, ...]]:
        """The board of key results that is called `name`, with its sets."""
        found = self.attainment.board(name)
        if found is None:
            boards = [board.id for board in self.attainment.boards]
            raise UnknownNameError("attainment board", name, boards)
        return found

    def poll(self, name: str) -> Poll:
        """The poll called `name`."""
        try:
            return self.polls[name]
        except KeyError:
            raise UnknownNameError("poll", name, self.polls) from None

    # -- all of a kind ---------------------------------------------------------------------------

    def names(self, folder: str) -> list[str]:
        """Names of the files in a content folder such as "decks", sorted."""
        return sorted({path.name.removesuffix(".yaml") for path in self._files(folder)})

    @cached_property
    def items(self) -> Mapping[str, ItemBase]:
        """Every item by id."""
        return {i.id: i for concept in self.names("bank") for i in self.bank(concept)}

    @cached_property
    def concept_of(self) -> Mapping[str, str]:
        """The concept of every item, by item id."""
        return {i.id: concept for concept in self.names("bank") for i in self.bank(concept)}

    @cached_property
    def exercises(self) -> Mapping[str, Exercise]:
        """Every exercise by id, in order."""
        return {
            e.id: e
            for path in self._files("exercises")
            for e in self._load(path, ExerciseFile).exercises
        }

    @cached_property
    def misconceptions(self) -> Mapping[str, Misconception]:
        """Every misconception by id."""
        return {m.id: m for m in self._single("misconceptions", MisconceptionFile).misconceptions}

    @cached_property
    def concepts(self) -> Mapping[str, Concept]:
        """Every concept by id, in the order of the course."""
        return {c.id: c for c in self._single("concepts", ConceptFile).concepts}

    @cached_property
    def claims(self) -> Mapping[str, Claim]:
        """Every teachable claim of the sources by id."""
        return {c.id: c for c in self._single("claims", ClaimFile).claims}

    @property
    def dimensions(self) -> DimensionFile:
        """The eight dimensions in words, and the measures whose switches learners flip."""
        return self._single("dimensions", DimensionFile)

    @property
    def vital_few(self) -> VitalFewFile:
        """Companies with many measures, of which a few are key."""
        return self._single("vital_few", VitalFewFile)

    @cached_property
    def all_series(self) -> Mapping[str, Series]:
        """Every named series of measurements by id."""
        return {s.id: s for s in self._single("series", SeriesFile).series}

    @cached_property
    def polls(self) -> Mapping[str, Poll]:
        """Every poll by id."""
        return {p.id: p for p in self._single("polls", PollFile).polls}

    @property
    def lifecycle(self) -> LifecycleFile:
        """Cases in which work moves between KPIs, health metrics and key results."""
        return self._single("lifecycle", LifecycleFile)

    @property
    def attainment(self) -> AttainmentFile:
        """Sets of key results to grade, the boards that show them, and other ways to read them."""
        return self._single("attainment", AttainmentFile)

    @property
    def logic_models(self) -> LogicModelFile:
        """Chains from resources to impact, and what slips between their links reveal."""
        return self._single("logic_models", LogicModelFile)

    @cached_property
    def lessons(self) -> tuple[Lesson, ...]:
        """The lessons in order."""
        return self._single("lessons", LessonFile).lessons

    # -- reading ---------------------------------------------------------------------------------

    def _files(self, folder: str) -> Iterator[Traversable]:
        for root in self.folders:
            place = root / folder
            if place.is_dir():
                yield from sorted(
                    (p for p in place.iterdir() if p.name.endswith(".yaml")), key=lambda p: p.name
                )

    def _named(self, folder: str, kind: str, name: str, model: type[M]) -> M:
        if name in self.names(folder):  # also keeps "../" out
            for root in self.folders:
                path = root / folder / f"{name}.yaml"
                if path.is_file():
                    return self._load(path, model)
        raise UnknownNameError(kind, name, self.names(folder))

    def _single(self, name: str, model: type[M]) -> M:
        return self._load(self.folders[0] / f"{name}.yaml", model)

    @cached_property
    def _loaded(self) -> dict[str, BaseModel]:
        return {}

    def _load(self, path: Traversable, model: type[M]) -> M:
        key = str(path)
        if key not in self._loaded:
            source, problems = read_file(path, model)
            if source is None:
                listing = "\n".join(f"  {p}" for p in problems)
                raise ContentError(
                    f"The content file {path.name} has mistakes, so it was not loaded:\n{listing}\n"
                    "Mend them and run `okrlab author check` to see whether all is well."
                )
            self._loaded[key] = source.model
        value = self._loaded[key]
        assert isinstance(value, model)  # one path is always read as one model
        return value


def shipped_folder() -> Traversable:
    """The content that ships with okrlab."""
    return files("okrlab.content")


def default_folders() -> list[Traversable]:
    """Shipped content, then the folders named by ``OKRLAB_CONTENT``."""
    extra = os.environ.get(EXTRA_FOLDERS, "")
    return [shipped_folder(), *(Path(p) for p in extra.split(os.pathsep) if p)]


@cache
def library() -> Library:
    """The library of this process."""
    return Library()


def _dotted(path: tuple[str | int, ...]) -> str:
    text = "".join(f"[{p}]" if isinstance(p, int) else f".{p}" for p in path)
    return text.removeprefix(".") or "file"


def _of_their_own(errors: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Without lists that only seem too short, because entries with mistakes were not counted."""
    places = [e["loc"] for e in errors]
    return [
        e
        for e in errors
        if e["type"] != "too_short"
        or not any(len(p) > len(e["loc"]) and p[: len(e["loc"])] == e["loc"] for p in places)
    ]


def _in_file(loc: tuple[str | int, ...], document: Document) -> tuple[str | int, ...]:
    """A pydantic location without the names of union members, which are not in the file."""
    path: tuple[str | int, ...] = ()
    for part in loc:
        if (*path, part) in document.lines:
            path = (*path, part)
    missing = loc[-1:] if loc and loc[-1:] != path[-1:] and isinstance(loc[-1], str) else ()
    return (*path, *missing)


_PLAIN = {
    "missing": "this field is missing; add it",
    "extra_forbidden": "there is no such field here; check the spelling or remove it",
    "string_type": "a text belongs here; put it in quotes",
    "bool_type": "write true or false",
    "int_type": "a whole number belongs here",
    "float_type": "a number belongs here",
    "tuple_type": "a list belongs here",
    "model_type": "fields belong here, each 'name: value'",
}


def _plain(error: dict[str, Any]) -> str:
    """What pydantic found, in words that help a person who edits a YAML file."""
    kind, context = error["type"], error.get("ctx") or {}
    if kind in _PLAIN:
        return _PLAIN[kind]
    if kind in ("string_too_long", "too_short"):
        return _sized(kind, error["input"], context)
    if kind == "string_pattern_mismatch":
        return f"“{str(error['input'])[:60]}” does not fit the pattern {context['pattern']}"
    if kind in ("union_tag_invalid", "union_tag_not_found"):
        expected = context.get("expected_tags", "choice, choices, classify, …")
        field = str(context.get("discriminator", "type")).strip("'")
        return f"'{field}' must be one of {expected}"
    if kind == "literal_error":
        return f"write {context['expected']}"
    return str(error["msg"]).removeprefix("Value error, ")


def _sized(kind: str, given: Any, context: dict[str, Any]) -> str:
    if kind == "string_too_long":
        length = len(str(given))
        return f"this text has {length} characters; {context['max_length']} are allowed"
    least = context["min_length"]
    return f"at least {least} {'item belongs' if least == 1 else 'items belong'} here"
