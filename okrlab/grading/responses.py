"""Responses that are marked without running anything: what a learner's progress holds.

An export of `okrlab progress --export`, a database file, a store's URL: the latest answer to each
exercise is marked against the coach's key. Stored marks are not believed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from okrlab.assessment.attempt import Attempt
from okrlab.assessment.remark import stored_answer
from okrlab.content import Exercise
from okrlab.errors import OkrlabError, StorageError
from okrlab.grading.find import readable
from okrlab.storage import MemoryStore, ProgressStore, import_progress, open_store
from okrlab.storage.copied import copied_database

Responses = dict[str, dict[str, Any]]
"""By learner and exercise, the answer as `mark_exercise` takes it."""


@dataclass
class Progress:
    """What learners' progress holds.

    Attributes:
        answers: the latest answer to each exercise.
        attempts: by learner, every attempt, for quizzes and decks.
        problems: in words, what could not be read.
    """

    answers: Responses = field(default_factory=dict)
    attempts: dict[str, list[Attempt]] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


def read_responses(places: Iterable[str], exercises: Mapping[str, Exercise]) -> Progress:
    """The answers of everybody in these exports and databases.

    Args:
        places: files of exports, database files, or URLs of databases.
        exercises: those that are marked, by number.

    Raises:
        OkrlabError: a place cannot be read at all.
    """
    found = Progress()
    latest: dict[tuple[str, str], Attempt] = {}
    for place in places:
        store = _opened(place, found.problems)
        try:
            for learner in store.learners():
                attempts = store.attempts(learner)
                found.attempts.setdefault(readable(learner), []).extend(attempts)
                for attempt in attempts:
                    _keep(latest, learner, attempt, exercises)
                for draft in store.drafts(learner):
                    name = draft.key.removeprefix("exercise/")
                    if name in exercises and draft.key != name and _filled(draft.value):
                        answers = found.answers.setdefault(readable(learner), {})
                        answers[name] = _of_draft(draft.value)
        finally:
            store.close()
    for (learner, name), attempt in latest.items():
        answers = found.answers.setdefault(readable(learner), {})
        answers[name] = _answer(exercises[name], attempt)
    return found


def _opened(place: str, problems: list[str]) -> ProgressStore:
    path = Path(place)
    if "://" in place:
        return open_store(place)
    if not path.is_file():
        raise OkrlabError(
            f"{place} is no file, so nothing was marked. Give an export "
            "(okrlab progress --export FILE), a database file, or the URL of a database."
        )
    try:
        with path.open("rb") as stream:
            start = stream.read(16)
    except OSError as error:
        raise OkrlabError(f"{place} cannot be read: {error.strerror or error}.") from error
    store = MemoryStore()
    if start.startswith(b"SQLite format 3"):
        _copy(path, store)
        return store
    try:
        report = import_progress(store, path)
    except StorageError as error:
        raise OkrlabError(str(error)) from error
    problems += [f"{place}, line {number}: {said}" for number, said in report.problems[:20]]
    return store


def _copy(path: Path, into: ProgressStore) -> None:
    """Take over what a database holds now; the file itself is never written to."""
    with copied_database(path) as store:
        for learner in store.learners():
            into.add(store.attempts(learner))
            into.add_drafts(store.drafts(learner))


def _keep(
    latest: dict[tuple[str, str], Attempt],
    learner: str,
    attempt: Attempt,
    exercises: Mapping[str, Exercise],
) -> None:
    name = attempt.activity.removeprefix("exercise/")
    if name == attempt.activity or name not in exercises:
        return
    before = latest.get((learner, name))
    if before is None or before.at <= attempt.at:
        latest[learner, name] = attempt


def _answer(exercise: Exercise, attempt: Attempt) -> Any:
    """The answer that an attempt stored; None when it has another form."""
    try:
        return stored_answer(exercise, attempt.response)
    except OkrlabError:
        return None


def _filled(draft: Mapping[str, Any]) -> bool:
    return any(draft.get(name) for name in ("cases", "form", "rows"))


def _of_draft(draft: Mapping[str, Any]) -> dict[str, Any]:
    """A form that was filled in and never checked, as an answer."""
    rows = [row.get("values") for row in draft.get("rows") or () if isinstance(row, dict)]
    filled = [row for row in rows if isinstance(row, dict) and any(row.values())]
    return {"cases": draft.get("cases") or {}, "form": draft.get("form") or {}, "rows": filled}
