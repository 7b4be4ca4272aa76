"""A class on a server: many who write at once, and a server that goes away."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from okrlab.content import library
from okrlab.errors import StorageError
from okrlab.grading.responses import read_responses
from okrlab.storage import StoreJournal, export_progress
from okrlab.storage._postgres import patiently
from okrlab.storage.classes import open_classes
from okrlab.storage.sql import SqlStore
from tests.grading.test_responses import filled
from tests.postgres_server import SETTINGS, PostgresServer, ask, database_at
from tests.storage.storage_examples import START, attempt

LEARNERS = 60
ANSWERS = 4
EXERCISES = {name: library().exercise(name) for name in ("1.2", "1.3")}


@pytest.fixture
def up_again(postgres: PostgresServer) -> Iterator[PostgresServer]:
    """The server; it runs again afterwards, whatever a test did to it."""
    yield postgres
    postgres.stop()
    postgres.start()


def test_a_whole_class_joins_and_answers_at_once(
    postgres: PostgresServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """More at a time than the server takes connections: nothing is lost, nothing is doubled."""
    monkeypatch.setattr("okrlab.storage._postgres.PATIENCE", 120.0)  # tests share their machine
    monkeypatch.setattr("okrlab.storage._postgres.CONNECT_PATIENCE", 60)
    assert int(SETTINGS["max_connections"]) < LEARNERS
    url = database_at(tmp_path)
    owner = open_classes(url)
    owner.create("Autumn")
    code = owner.new_code("Autumn").code
    door = owner.join_url()

    def learn(number: int) -> str:
        joined = open_classes(door).enrol(code)
        assert joined.url is not None
        journal = StoreJournal(SqlStore(joined.url), joined.person, lambda: START)
        for answer in range(ANSWERS):
            given = attempt(answer, id=f"{number}-{answer}", learner=joined.person)
            journal.record([given])
            journal.record([given])  # as after an answer of the server that got lost
        journal.save_draft("deck/x", {"typed": number})
        assert journal.notice() is None
        assert len(journal.attempts()) == ANSWERS
        return joined.person

    with ThreadPoolExecutor(LEARNERS) as threads:
        people = list(threads.map(learn, range(LEARNERS)))
    assert len(set(people)) == LEARNERS
    assert owner.learners("Autumn") == sorted(people)
    counts = ask(url, "SELECT count(*), count(DISTINCT id) FROM okrlab_attempts")
    assert counts == [(LEARNERS * ANSWERS, LEARNERS * ANSWERS)]
    per_learner = ask(url, "SELECT DISTINCT count(*) FROM okrlab_attempts GROUP BY learner")
    assert per_learner == [(ANSWERS,)]
    assert ask(url, "SELECT count(DISTINCT learner) FROM okrlab_drafts") == [(LEARNERS,)]


def test_the_same_answers_from_many_sides(postgres: PostgresServer, tmp_path: Path) -> None:
    """Two imports of the same answers in opposite orders wait for each other, and neither fails."""
    url = database_at(tmp_path)
    SqlStore(url).attempts("me")
    answers = [attempt(n) for n in range(400)]

    def add(turn: int) -> int:
        return SqlStore(url).add(answers if turn % 2 else answers[::-1])

    with ThreadPoolExecutor(8) as threads:
        new = sum(threads.map(add, range(8)))
    assert new == 400
    assert SqlStore(url).attempts("me") == answers


def test_the_server_goes_away_and_comes_back(up_again: PostgresServer, tmp_path: Path) -> None:
    """The learner is told and goes on; what waits is written by the first answer afterwards."""
    url = database_at(tmp_path)
    journal = StoreJournal(SqlStore(url), "me", lambda: START)
    journal.record([attempt(0)])
    up_again.stop()
    for number in (1, 2):
        journal.record([attempt(number)])
    journal.save_draft("deck/x", {"typed": "a lot"})
    notice = str(journal.notice())
    assert "the database server can't be reached" in notice
    assert "2 answers wait to be saved" in notice
    assert up_again.password not in notice
    assert [a.id for a in journal.attempts()] == [attempt(n).id for n in range(3)]
    assert journal.draft("deck/x") == {"typed": "a lot"}
    up_again.start()
    journal.record([attempt(3)])
    assert journal.notice() is None
    again = SqlStore(url)
    assert [a.id for a in again.attempts("me")] == [attempt(n).id for n in range(4)]
    assert again.draft("me", "deck/x") == {"typed": "a lot"}


def test_a_server_that_does_not_answer(
    up_again: PostgresServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody waits for it for long."""
    monkeypatch.setattr("okrlab.storage._postgres.CONNECT_PATIENCE", 2)
    store = SqlStore(database_at(tmp_path))
    store.add([attempt(0)])
    assert up_again._process is not None
    up_again._process.send_signal(signal.SIGSTOP)
    try:
        begun = time.monotonic()
        with pytest.raises(StorageError, match="can't be reached"):
            store.add([attempt(1)])
        assert time.monotonic() - begun < 8
    finally:
        up_again._process.send_signal(signal.SIGCONT)
    assert store.add([attempt(1)]) == 1


def test_a_wrong_password_is_told_and_not_shown(postgres: PostgresServer) -> None:
    """Nor in what Python says of where the error came from."""
    url = postgres.url("postgres", password="a-wrong-secret")
    store = SqlStore(url + "?password=another-secret&application_name=x")
    with pytest.raises(StorageError, match="does not accept this login") as caught:
        store.attempts("me")
    told = f"{caught.value} {store.where} {caught.value.__cause__}"
    assert "secret" not in told
    assert "owner" not in told


def test_a_database_that_does_not_exist(postgres: PostgresServer) -> None:
    """It is told with its name."""
    with pytest.raises(StorageError, match='database "nowhere" does not exist'):
        SqlStore(postgres.url("nowhere")).attempts("me")


def test_a_busy_server_is_asked_again_and_not_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    """Too many connections: again after a pause. Anything else, or too long: the error comes."""
    pauses: list[float] = []
    tries = iter([1, 1, 1, 0])

    def work() -> str:
        if next(tries):
            raise OperationalError("", {}, Exception("FATAL: sorry, too many clients already"))
        return "done"

    assert patiently(work, pauses.append) == "done"
    assert len(pauses) == 3
    with pytest.raises(OperationalError):
        patiently(lambda: _raise("the disk is on fire"), pauses.append)
    assert len(pauses) == 3
    monkeypatch.setattr("okrlab.storage._postgres.PATIENCE", -1.0)
    with pytest.raises(OperationalError, match="too many clients"):
        patiently(lambda: _raise("too many clients"), pauses.append)


def _raise(words: str) -> None:
    raise OperationalError("", {}, Exception(words))


def test_answers_in_the_database_are_marked_without_running_code(
    postgres: PostgresServer, tmp_path: Path
) -> None:
    """`okrlab grade --responses URL` reads of a class's database what its export holds too."""
    store = SqlStore(database_at(tmp_path))
    filled(store)
    export_progress(store, tmp_path / "class.jsonl", store.learners())
    from_url = read_responses([store.url.render_as_string(hide_password=False)], EXERCISES)
    from_file = read_responses([str(tmp_path / "class.jsonl")], EXERCISES)
    assert set(from_url.answers) == {"anna", "ben", "cem"}
    assert repr(from_url.answers) == repr(from_file.answers)
    assert from_url.problems == []
