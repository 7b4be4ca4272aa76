"""`okrlab class`: as an owner, a coach and a learner type it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from okrlab.cli import class_, progress
from okrlab.errors import OkrlabError, StorageError
from okrlab.storage import open_store
from tests.postgres_server import PostgresServer, database_at
from tests.storage.storage_examples import START, attempt


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty current folder, and nothing said in the environment."""
    monkeypatch.chdir(tmp_path)
    for name in ("OKRLAB_LEARNER", "OKRLAB_STORE", "OKRLAB_DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def run(*arguments: str, typed: str = "") -> str:
    """Run `okrlab class`; errors of okrlab come through."""
    done: Result = CliRunner().invoke(class_.app, arguments, input=typed, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


def test_a_class_with_a_server(
    postgres: PostgresServer, here: Path, okrlab_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From the owner's first command to the learner who is forgotten."""
    url = database_at(here)
    monkeypatch.setenv("OKRLAB_DATABASE_URL", url)
    assert "No class yet" in run("list")
    assert "okrlab class code Autumn\n" in run("create", "Autumn")
    said = run("code", "Autumn")
    command = re.search(r"okrlab class (enrol \S+ --at \S+)", said)
    assert command is not None
    assert postgres.password not in said

    monkeypatch.delenv("OKRLAB_DATABASE_URL")  # on a learner's computer
    store = open_store()
    store.add([attempt(0), attempt(1), attempt(2, learner="sister")])
    store.save_draft("me", "deck/x", {"n": 1}, START)
    store.close()
    said = run(*command[1].split(), "--learner", "anna", "--take-along")
    assert "You are in the class “Autumn” as anna, a learner." in said
    assert "2 answers and 1 draft came along" in said
    assert "postgresql" not in said
    assert (okrlab_home / "class.json").is_file()
    said = CliRunner().invoke(progress.app, [], catch_exceptions=False).output
    assert f"anna, 2 answers on 2026-11-02 in postgresql://127.0.0.1:{postgres.port}/" in said
    assert run("list").startswith("Autumn: 1 learner, 0 coaches")
    assert "you are a learner" in run("list")

    monkeypatch.setenv("OKRLAB_DATABASE_URL", url)  # the owner again
    assert run("members", "Autumn") == "anna: 2 answers, latest 2026-11-02\n"
    assert "Exported 2 answers and 1 draft of “Autumn”" in run("export", "Autumn", "c.jsonl")
    with pytest.raises(OkrlabError, match=r"Nothing was changed"):
        run("forget", "anna", typed="n\n")
    monkeypatch.delenv("OKRLAB_DATABASE_URL")
    said = run("forget", "anna", typed="y\n")  # by herself
    assert "Erased of anna" in said
    assert "2 answers, 1 draft, 1 membership, name and login" in said
    assert "exports, results of okrlab grade" in said
    assert "kept on this computer again" in said
    assert open_store().where.endswith("progress.sqlite3")
    assert len(open_store().attempts("me")) == 2


def test_an_owner_puts_somebody_in(
    postgres: PostgresServer, here: Path, okrlab_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The login is shown for handing on, and the owner's own computer keeps none."""
    monkeypatch.setenv("OKRLAB_DATABASE_URL", database_at(here))
    run("create", "Autumn")
    code = run("code", "Autumn", "--uses", "1").split()[0]
    said = run("enrol", code, "--learner", "ben", "--name", "Ben Okri")
    login = re.search(r"OKRLAB_DATABASE_URL=(\S+)\nOKRLAB_LEARNER=ben", said)
    assert login is not None
    assert not (okrlab_home / "class.json").exists()
    assert run("members", "Autumn") == "ben (Ben Okri): 0 answers\n"
    assert "0 left: opens nothing any more" in run("code", "Autumn", "--show")
    monkeypatch.setenv("OKRLAB_DATABASE_URL", login[1])
    monkeypatch.setenv("OKRLAB_LEARNER", "ben")
    open_store().add([attempt(0, learner="ben")])
    with pytest.raises(OkrlabError, match="There is no class called “Winter”"):
        run("code", "Winter")


def test_a_class_in_a_file(here: Path) -> None:
    """A coach without a server puts people in and imports what they hand in."""
    run("create", "Autumn")
    said = run("code", "Autumn", "--days", "3")
    code = said.split()[0]
    assert "okrlab progress --import FILE --learner NAME" in said
    run("enrol", code, "--learner", "anna")
    run("enrol", run("code", "Autumn", "--coach").split()[0], "--learner", "carla")
    assert "carla, coach: 0 answers" in run("members", "Autumn")
    handed_in = here / "theirs.sqlite3"
    store = open_store(handed_in)
    store.add([attempt(0)])
    store.close()
    CliRunner().invoke(
        progress.app, ["--export", "theirs.jsonl"], env={"OKRLAB_STORE": str(handed_in)}
    )
    arguments = ["--import", "theirs.jsonl", "--learner", "anna"]
    said = CliRunner().invoke(progress.app, arguments, catch_exceptions=False).output
    assert "Imported 1 answer and 0 drafts of anna" in said
    assert "anna: 1 answer, latest 2026-11-02" in run("members", "Autumn")
    assert "opens no class any more" in run("code", "Autumn", "--revoke", code)
    assert "is no longer in" in run("remove", "Autumn", "anna")
    assert "is over" in run("remove", "Autumn", "--yes")
    assert "No class yet" in run("list")
    assert "1 answer" in run("forget", "anna", "--yes")


def test_an_export_of_several_keeps_their_names(here: Path) -> None:
    """It can't be made one person's."""
    store = open_store()
    store.add([attempt(0), attempt(1, learner="ben")])
    run("create", "Autumn")
    code = run("code", "Autumn").split()[0]
    for person in ("me", "ben"):
        run("enrol", code, "--learner", person)
    run("export", "Autumn", "class.jsonl")
    with pytest.raises(StorageError, match="answers of several learners: ben, me"):
        CliRunner().invoke(
            progress.app, ["--import", "class.jsonl", "--learner", "x"], catch_exceptions=False
        )
