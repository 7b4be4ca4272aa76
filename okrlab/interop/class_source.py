"""Where a class's attempts come from: exports, databases, results of `okrlab grade`, a generator.

Files come from learners: they are read with the bounds of `import_progress`, and a database file is
copied before it is opened, so that nothing is written to it. Whoever never gave a name is called
"me" by okrlab; in a folder of exports each "me" is called by the file instead.
"""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from okrlab.assessment.attempt import Attempt
from okrlab.assessment.demo_class import generated_class
from okrlab.content import Library
from okrlab.errors import OkrlabError, StorageError, UnknownNameError
from okrlab.storage import MemoryStore, ProgressStore, import_progress, open_store
from okrlab.storage.copied import copied_database

EXPORTS, DATABASES, RESULTS = (".jsonl",), (".sqlite3", ".sqlite", ".db"), "results.json"

NAMELESS = "me"
"""What okrlab calls a learner who gave no name."""

MOST_FILES = 2_000
"""So many files of a folder are read at most."""

MOST_BYTES = 50_000_000
"""A larger results.json is not read."""

SEED = 12
"""Of the made-up class."""


@dataclass
class ClassData:
    """A class as it was read.

    Attributes:
        name: of the class.
        attempts: all attempts of each learner.
        names: how each learner is called; only those who are called otherwise than by their id.
        problems: what could not be read, in words.
        generated: whether the class was made up.
    """

    name: str
    attempts: dict[str, list[Attempt]]
    names: dict[str, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    generated: bool = False
    _whose: dict[str, str] = field(default_factory=dict, repr=False)


ClassReader = Callable[[str], ClassData | None]
"""Finds a class by its name in a shared database; None when there is none of that name."""


def demo_class(library: Library, now: datetime) -> ClassData:
    """The made-up class: the same every time, up to the hour before `now`."""
    made = generated_class(library, random.Random(SEED), now)  # noqa: S311  guards no secret
    return ClassData(f"{len(made)} made-up learners", made, generated=True)


def shared_class(name: str) -> ClassData | None:
    """A class of the shared database; None where the place of progress holds no classes.

    Raises:
        UnknownNameError: there are classes, and none has that name; the message offers the nearest.
        StorageError: the database cannot be read.
    """
    from okrlab.storage.classes import open_classes  # loads SQLAlchemy

    known = class_names()
    if not known:
        return None
    if name not in known:
        raise UnknownNameError("class, file or folder", name, known)
    classes = open_classes()
    try:
        learners = [m for m in classes.members(name) if m.role == "learner"]
        attempts = {m.person: classes.store.attempts(m.person) for m in learners}
        names = {m.person: m.name for m in learners if m.name}
        return ClassData(name, attempts, names)
    finally:
        classes.store.close()


def class_names() -> list[str]:
    """The classes that can be seen where progress is kept; none where no classes can be."""
    from okrlab.storage.classes import open_classes  # loads SQLAlchemy

    try:
        classes = open_classes()
    except StorageError:
        return []  # a file of lines holds no classes
    try:
        return [info.name for info in classes.all()]
    finally:
        classes.store.close()


def read_class(
    source: str | Sequence[str], library: Library, by_name: ClassReader | None = shared_class
) -> ClassData:
    """Everything that a class answered.

    Args:
        source: a folder with exports (`okrlab progress --export`), databases or the results of
            `okrlab grade`; such a file; several of them; a database URL; or the name of a class.
        library: the exercises, for results of `okrlab grade`.
        by_name: finds a class by name.

    Raises:
        OkrlabError: there is no such class, or nothing that can be read.
    """
    places = [source] if isinstance(source, str) else list(source)
    found = ClassData(_name(places), {})
    for place in places:
        if "://" in place:
            _take(open_store(place), found)
            continue
        path = Path(place).expanduser()
        if not path.exists() and by_name is not None and (known := by_name(place)) is not None:
            _merge(found, known)
            continue
        if not path.exists():
            raise OkrlabError(
                f"“{place[:200]}” is neither a class nor a file or folder here, so there is "
                "nothing to report on. Give a folder with exports (okrlab progress --export FILE), "
                "or look at a made-up class with --demo."
            )
        for file in _files(path, found):
            _read(file, library, found)
    if not found.attempts:
        said = f" {found.problems[0]}" if found.problems else ""
        raise OkrlabError(
            f"There is nobody's progress in {', '.join(places)[:200]}, so there is nothing to "
            f"report on.{said} Learners write theirs with: okrlab progress --export FILE"
        )
    return found


def _name(places: Sequence[str]) -> str:
    """A class is called by its folder; a URL may hold a password and is not shown."""
    if len(places) > 1:
        return f"{len(places)} files"
    place = places[0] if places else ""
    return "shared database" if "://" in place else Path(place).name or place or "class"


def _files(path: Path, found: ClassData) -> list[Path]:
    if path.is_file():
        return [path]
    kinds = (*EXPORTS, *DATABASES)
    inside = sorted(
        file
        for file in path.rglob("*")
        if (file.suffix in kinds or file.name == RESULTS)
        and file.is_file()
        and not any(part.startswith(".") for part in file.relative_to(path).parts)
    )
    if len(inside) > MOST_FILES:
        found.problems.append(f"{len(inside)} files; the first {MOST_FILES} were read.")
    return inside[:MOST_FILES]


def _read(path: Path, library: Library, found: ClassData) -> None:
    """Read one file; what cannot be read is told and stops nothing."""
    try:
        if path.name == RESULTS:
            _take_results(path, library, found)
        elif path.suffix in DATABASES:
            _take_copy(path, found)
        else:
            store = MemoryStore()
            report = import_progress(store, path)
            found.problems += [f"{path}, line {n}: {said}" for n, said in report.problems[:20]]
            _take(store, found, path.stem)
    except OkrlabError as error:
        found.problems.append(str(error))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        found.problems.append(f"{path} was left out, because it cannot be read: {error}.")


def _take(store: ProgressStore, found: ClassData, file: str = "") -> None:
    try:
        for learner in store.learners():
            nameless = learner == NAMELESS and file
            _add(found, file[:200] if nameless else learner, store.attempts(learner))
    finally:
        store.close()


def _take_copy(path: Path, found: ClassData) -> None:
    """Read a database as it is now; the file itself is never written to."""
    with copied_database(path) as store:
        _take(store, found, path.stem)


def _take_results(path: Path, library: Library, found: ClassData) -> None:
    """What `okrlab grade` wrote: a mark and misconceptions for each exercise that was answered."""
    if path.stat().st_size > MOST_BYTES:
        raise OkrlabError(f"{path} was left out: it is larger than {MOST_BYTES:,} bytes.")
    data = json.loads(path.read_text("utf-8"))
    when = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    for marked in data["results"]:
        learner = str(marked["learner"])[:200]
        attempts = [
            _of_mark(learner, mark, library, _handed_in(marked.get("handed_in"), when))
            for mark in marked["exercises"]
            if mark["status"] == "ok" and mark["exercise"] in library.exercises
        ]
        _add(found, learner, attempts)


def _of_mark(learner: str, mark: Mapping[str, Any], library: Library, at: datetime) -> Attempt:
    exercise = library.exercise(mark["exercise"])
    most = float(mark["max_points"])
    share = min(1.0, max(0.0, float(mark["points"]) / most)) if most > 0 else 0.0
    activity = f"exercise/{exercise.id}"
    known = [m for m in mark["misconceptions"] if m in library.misconceptions]
    digest = hashlib.sha256(f"{learner}\0{activity}".encode("utf-8", "replace")).hexdigest()[:32]
    return Attempt(
        id=digest,
        learner=learner,
        activity=activity,
        sitting=digest,
        item=activity,
        item_version=exercise.version,
        concept=exercise.concept,
        response={},
        mark=share,
        misconceptions=tuple(sorted(set(known))),
        graded=exercise.graded,
        try_number=1,
        confidence=None,
        seconds=None,
        at=at,
    )


def _handed_in(text: object, otherwise: datetime) -> datetime:
    """The time that nbgrader noted, else when the results were written."""
    try:
        found = datetime.fromisoformat(str(text).removesuffix(" UTC"))
    except ValueError:
        return otherwise
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _add(found: ClassData, learner: str, attempts: Iterable[Attempt]) -> None:
    """Add attempts; what is there already, from another copy, is neither doubled nor renamed."""
    fresh = list(attempts)
    whose = found._whose
    same = next((whose[a.id] for a in fresh if a.id in whose), learner)
    own = found.attempts.setdefault(same, [])
    for attempt in fresh:
        if attempt.id not in whose:
            whose[attempt.id] = same
            own.append(replace(attempt, learner=same))


def _merge(found: ClassData, other: ClassData) -> None:
    for learner, attempts in other.attempts.items():
        _add(found, learner, attempts)
    found.names |= other.names
    found.problems += other.problems
    found.name = other.name
