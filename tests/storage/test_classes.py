"""Classes: beginning one, joining by a code, who is in it, leaving, being forgotten."""

from __future__ import annotations

import os
import sqlite3
import stat
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from okrlab.errors import OkrlabError, StorageError, UnknownNameError
from okrlab.storage import MemoryStore, import_progress, learner_name, open_store
from okrlab.storage._codes import SIGNS, new_code, new_pseudonym, shown_code, typed_code
from okrlab.storage._login import ClassLogin, drop_login, save_login, saved_login
from okrlab.storage.classes import Classes, open_classes
from okrlab.storage.sql import SqlStore
from tests.postgres_server import PostgresServer, ask, database_at
from tests.storage.class_examples import Room
from tests.storage.storage_examples import START, attempt
from tests.storage.test_survival import damage


@pytest.fixture(params=["sqlite", "postgresql"])
def classes(request: pytest.FixtureRequest, tmp_path: Path) -> Classes:
    """The classes of an empty store, as its owner sees them."""
    if request.param == "sqlite":
        return open_classes(tmp_path / "data" / "progress.sqlite3")
    request.getfixturevalue("postgres")
    return open_classes(database_at(tmp_path))


@pytest.fixture
def room(postgres: PostgresServer, tmp_path: Path) -> Room:
    """A room of this test's own."""
    return Room(tmp_path)


def test_a_class_from_its_beginning_to_its_end(classes: Classes, tmp_path: Path) -> None:
    """The owner begins it, people join by code, answer, are listed, exported and taken out."""
    assert classes.all() == []
    classes.create("Autumn")
    learners, coaches = classes.new_code("Autumn"), classes.new_code("Autumn", role="coach")
    anna = classes.enrol(shown_code(learners.code).lower(), "anna", "Anna Ruiz")
    carla = classes.enrol(coaches.code, "carla")
    nobody = classes.enrol(learners.code)
    assert (anna.person, anna.class_name, anna.role) == ("anna", "Autumn", "learner")
    assert carla.role == "coach"
    assert nobody.person.count("-") == 2
    classes.store.add([attempt(n, learner="anna") for n in range(3)])
    classes.store.add([attempt(9, learner="stranger")])
    [found] = classes.all()
    assert (found.name, found.role, found.learners, found.coaches) == ("Autumn", "owner", 2, 1)
    shown = {m.person: (m.role, m.name, m.answers, m.latest) for m in classes.members("Autumn")}
    assert shown == {
        "carla": ("coach", None, 0, None),
        "anna": ("learner", "Anna Ruiz", 3, START + timedelta(seconds=2)),
        nobody.person: ("learner", None, 0, None),
    }
    assert classes.learners("Autumn") == sorted(["anna", nobody.person])
    assert classes.export("Autumn", tmp_path / "class.jsonl") == (3, 0)
    copy = MemoryStore()
    assert import_progress(copy, tmp_path / "class.jsonl").learners == ["anna"]
    classes.remove("Autumn", "anna")
    assert classes.learners("Autumn") == [nobody.person]
    assert len(classes.store.attempts("anna")) == 3
    classes.delete("Autumn")
    assert classes.all() == []
    with pytest.raises(StorageError, match="opens no class"):
        classes.enrol(learners.code, "late")


def test_joining_twice_and_another_class(classes: Classes) -> None:
    """The owner puts the same person into two classes; once more changes nothing."""
    for name in ("Autumn", "Spring"):
        classes.create(name)
        code = classes.new_code(name).code
        classes.enrol(code, "anna")
        classes.enrol(code, "anna")
    assert classes.learners("Autumn") == classes.learners("Spring") == ["anna"]
    classes.enrol(classes.new_code("Spring", role="coach").code, "anna")
    assert [m.role for m in classes.members("Spring")] == ["coach"]
    classes.enrol(classes.new_code("Spring").code, "anna")
    assert [m.role for m in classes.members("Spring")] == ["coach"]


def test_codes_that_open_nothing(classes: Classes) -> None:
    """Wrong, revoked, used up: the same words for all, so that nobody learns which."""
    classes.create("Autumn")
    once, revoked = classes.new_code("Autumn", uses=1), classes.new_code("Autumn")
    classes.enrol(once.code, "anna")
    classes.revoke(shown_code(revoked.code))
    for code in (once.code, revoked.code, "AAAA-2222", "", "' OR '1'='1", "é" * 500):
        with pytest.raises(StorageError, match="This code opens no class"):
            classes.enrol(code, "ben")
    with pytest.raises(StorageError, match="This code opens no class"):
        classes.revoke("AAAA-2222")
    states = {c.code: (c.works(classes._now()), c.revoked) for c in classes.codes("Autumn")}
    assert states == {once.code: (False, False), revoked.code: (False, True)}
    assert classes.learners("Autumn") == ["anna"]


def test_a_code_expires(classes: Classes) -> None:
    """The clock of the file's owner, or of the server, decides."""
    classes.create("Autumn")
    real = classes._now
    classes._now = lambda: real() - timedelta(days=8)
    old, young = classes.new_code("Autumn", days=7), classes.new_code("Autumn", days=9)
    classes._now = real
    with pytest.raises(StorageError, match="opens no class"):
        classes.enrol(old.code, "anna")
    assert classes.enrol(young.code, "anna").class_name == "Autumn"


@pytest.mark.parametrize("days", [0, -1, 367])
def test_a_code_for_no_sensible_time(days: int, tmp_path: Path) -> None:
    """It is refused."""
    classes = open_classes(tmp_path / "x.sqlite3")
    classes.create("Autumn")
    with pytest.raises(StorageError, match="1 to 366 days"):
        classes.new_code("Autumn", days=days)
    with pytest.raises(StorageError, match="at least one"):
        classes.new_code("Autumn", uses=0)


def test_names_that_are_none(classes: Classes) -> None:
    """Classes and people are named in one line of printable signs; SQL in it is only a name."""
    with pytest.raises(StorageError, match="can't be a learner's name"):
        classes.create("")
    evil = "x'; DROP TABLE okrlab_attempts; --"
    classes.create(evil)
    with pytest.raises(StorageError, match="is one called"):
        classes.create(evil)
    code = classes.new_code(evil).code
    classes.enrol(code, '"; DROP ROLE owner; --')
    assert classes.learners(evil) == ['"; DROP ROLE owner; --']
    for person, name in (("a\nb", None), ("x" * 81, None), ("ok", ""), ("ok", "a\nb")):
        with pytest.raises(StorageError):
            classes.enrol(code, person, name)
    for unknown in (classes.members, classes.codes, classes.new_code, classes.delete):
        with pytest.raises(UnknownNameError, match="There is no class called “Winter”"):
            unknown("Winter")
    with pytest.raises(UnknownNameError, match="There is no learner called “zoe”"):
        classes.remove(evil, "zoe")


def test_being_forgotten(classes: Classes) -> None:
    """Answers, drafts, membership and name are gone and counted; others' stay."""
    classes.create("Autumn")
    code = classes.new_code("Autumn").code
    for number, person in enumerate(("anna", "ben")):
        classes.enrol(code, person, f"{person} of the unmistakable name")
        classes.store.add([attempt(number, learner=person), attempt(number + 5, learner=person)])
        classes.store.save_draft(person, "deck/x", {"typed": f"{person} typed this"}, START)
    erased = classes.forget("anna")
    assert (erased.attempts, erased.drafts, erased.memberships) == (2, 1, 1)
    assert classes.store.learners() == ["ben"]
    assert classes.learners("Autumn") == ["ben"]
    assert len(classes.store.attempts("ben")) == 2
    assert classes.store.draft("ben", "deck/x") == {"typed": "ben typed this"}
    with pytest.raises(UnknownNameError, match="There is no learner called “anna”"):
        classes.forget("anna")


def test_what_is_forgotten_is_not_in_the_file_any_more(tmp_path: Path) -> None:
    """Not in its free pages or its log either."""
    classes = open_classes(tmp_path / "p.sqlite3")
    classes.store.add(
        [attempt(n, learner="anna", response={"t": "unmistakable"}) for n in range(50)]
    )
    classes.store.add([attempt(99, learner="ben")])
    classes.store.close()
    assert b"unmistakable" in (tmp_path / "p.sqlite3").read_bytes()
    classes.forget("anna")
    left = b"".join(p.read_bytes() for p in tmp_path.iterdir())
    assert b"unmistakable" not in left
    assert b"anna" not in left


def test_classes_survive_a_damaged_file(tmp_path: Path) -> None:
    """Who is in which class is saved along with the answers."""
    path = tmp_path / "progress.sqlite3"
    classes = open_classes(path)
    classes.create("Autumn")
    classes.enrol(classes.new_code("Autumn").code, "anna", "Anna")
    classes.store.add([attempt(n, learner="anna", response={"t": "x" * 400}) for n in range(200)])
    classes.store.close()
    damage(path, "a page in the middle lost")
    again = open_classes(path)
    assert [(m.person, m.name) for m in again.members("Autumn")] == [("anna", "Anna")]
    assert len(again.codes("Autumn")) == 1
    assert "set aside" in str(again.store.notices())
    again.store.close()


# -- on a server -----------------------------------------------------------------------------------


def test_a_coach_runs_classes_without_the_owner(room: Room) -> None:
    """Codes, members, a second class, taking out; not those of others, not the end of a class."""
    carla = room.classes("carla")
    code = carla.new_code("Autumn")
    assert [c.code for c in carla.codes("Autumn")].count(code.code) == 1
    open_classes(carla.join_url()).enrol(code.code, "eve")
    carla.remove("Autumn", "eve")
    carla.revoke(code.code)
    carla.create("Winter")
    assert [(c.name, c.role) for c in carla.all()] == [("Autumn", "coach"), ("Winter", "coach")]
    with pytest.raises(UnknownNameError, match="There is no class called “Spring”"):
        carla.new_code("Spring")
    with pytest.raises(StorageError, match="only the owner of the database can end a class"):
        carla.delete("Winter")
    with pytest.raises(UnknownNameError):
        carla.remove("Spring", "dora")
    with pytest.raises(StorageError):
        room.classes("anna").create("Mine")
    with pytest.raises(UnknownNameError):
        room.classes("anna").remove("Autumn", "ben")
    assert room.owner.learners("Autumn") == ["anna", "ben"]


def test_nonsense_from_a_learner_stops_no_coach(room: Room) -> None:
    """With plain SQL a learner can store anything in their own rows; the others are still read."""
    room.ask(
        "anna",
        "INSERT INTO okrlab_attempts (id, learner, activity, sitting, item, item_version, concept,"
        " response, mark, misconceptions, graded, try_number, at) VALUES"
        " ('x', 'anna', '', '', '', -1, '', 'no JSON', 7e300, '', true, 0, 'whenever')",
    )
    room.store("anna").add([attempt(0, learner="anna")])
    carla = room.classes("carla")
    assert carla.store.attempts("anna") == [attempt(0, learner="anna")]
    assert "1 answer in" in carla.store.notices()[0]
    shown = {m.person: (m.answers, m.latest) for m in carla.members("Autumn")}
    assert shown["anna"] == (2, None)


def test_one_login_in_two_classes(room: Room) -> None:
    """Who has a login joins with it: no second name, no new password."""
    code = room.owner.new_code("Spring").code
    joined = room.classes("anna").enrol(code, "somebody-else")
    assert (joined.person, joined.class_name, joined.url) == ("anna", "Spring", None)
    assert [c.name for c in room.classes("anna").all()] == ["Autumn", "Spring"]
    store = room.store("anna")
    store.add([attempt(0, learner="anna")])
    assert len(room.store("carol").attempts("anna")) == 1


def test_leaving_a_class_ends_what_its_coach_sees(room: Room) -> None:
    """Learners can leave by themselves; their answers stay theirs."""
    room.store("anna").add([attempt(0, learner="anna")])
    room.classes("anna").remove("Autumn", "anna")
    assert room.store("carla").attempts("anna") == []
    assert len(room.store("anna").attempts("anna")) == 1


def test_who_may_erase_whom(room: Room) -> None:
    """Themselves; a coach their own learners, unless shared with others; the owner everybody."""
    for number, person in enumerate(("anna", "ben", "dora")):
        room.store(person).add([attempt(number, learner=person)])
    room.classes("dora").enrol(room.owner.new_code("Autumn").code)
    for person in ("dora", "carol"):
        with pytest.raises(StorageError, match=f"Nothing of “{person}” was erased"):
            room.classes("carla").forget(person)
    with pytest.raises(StorageError, match="Nothing of “ben” was erased"):
        room.classes("anna").forget("ben")
    assert room.classes("carla").forget("ben").attempts == 1
    assert room.classes("anna").forget("anna").attempts == 1
    assert room.owner.forget("dora").memberships == 2
    assert room.owner.store.learners() == []
    for person in ("anna", "ben", "dora"):
        with pytest.raises(StorageError, match="does not accept this login"):
            room.store(person).attempts(person)
    logins = ask(room.url, "SELECT count(*) FROM okrlab_people WHERE login IS NOT NULL")
    prefix = ask(room.url, "SELECT value FROM okrlab_meta WHERE key = 'roles'")[0][0]
    roles = f"SELECT count(*) FROM pg_roles WHERE rolname ~ '^{prefix}_[0-9a-f]{{16}}$'"
    assert ask(room.url, roles) == logins == [(2,)]


def test_a_name_with_answers_is_not_given_to_a_stranger(room: Room) -> None:
    """Answers that the owner imported are not for whoever takes their name first."""
    room.owner.store.add([attempt(0, learner="zoe")])
    code = room.owner.new_code("Autumn").code
    with pytest.raises(StorageError, match="“zoe” is taken"):
        open_classes(room.door).enrol(code, "zoe")
    assert room.owner.enrol(code, "zoe").person == "zoe"


def test_guessing_is_bounded(room: Room) -> None:
    """After 1,000 tries in a quarter of an hour the server stops listening, rollback or not."""
    code = room.owner.new_code("Autumn").code
    ask(
        room.door,
        "SELECT count(*) FROM generate_series(1, 1001) n,"
        " LATERAL okrlab_enrol('GUESS' || n, 'mallory', NULL, NULL); ROLLBACK",
    )
    with pytest.raises(StorageError, match="too many codes were tried"):
        open_classes(room.door).enrol(code, "late")
    ask(room.url, "SELECT setval('okrlab_tries', last_value - 1000000) FROM okrlab_tries")
    assert open_classes(room.door).enrol(code, "late").person == "late"  # a quarter later


def test_an_owner_who_may_make_no_logins_is_told(postgres: PostgresServer, tmp_path: Path) -> None:
    """The store works; a class needs the right to make logins, and the message says how."""
    name = database_at(tmp_path).rpartition("/")[2]
    postgres.execute("CREATE ROLE plain LOGIN PASSWORD 'plain'")
    postgres.execute("GRANT CREATE ON SCHEMA public TO plain", name)
    url = postgres.url(name, "plain", "plain")
    classes = open_classes(url)
    assert classes.store.add([attempt(0)]) == 1
    with pytest.raises(StorageError, match="ALTER ROLE owner CREATEROLE"):
        classes.create("Autumn")
    postgres.execute("ALTER ROLE plain CREATEROLE")
    classes.create("Autumn")
    joined = open_classes(str(classes.join_url())).enrol(classes.new_code("Autumn").code, "anna")
    assert SqlStore(str(joined.url)).add([attempt(1, learner="anna")]) == 1


def test_a_schema_that_everybody_may_write_to_is_refused(
    postgres: PostgresServer, tmp_path: Path
) -> None:
    """As before PostgreSQL 15; the message says how to close it."""
    classes = open_classes(database_at(tmp_path))
    ask(database_at(tmp_path), "GRANT CREATE ON SCHEMA public TO PUBLIC")
    with pytest.raises(StorageError, match="REVOKE CREATE ON SCHEMA public FROM PUBLIC"):
        classes.create("Autumn")
    ask(database_at(tmp_path), "REVOKE CREATE ON SCHEMA public FROM PUBLIC")
    classes.create("Autumn")


# -- the login on a learner's computer -------------------------------------------------------------


def test_the_login_is_kept_for_its_user_only(okrlab_home: Path) -> None:
    """Once saved, progress goes to the class under the name in it; the environment still wins."""
    path = save_login(okrlab_home, ClassLogin("postgresql://a:secret@host/okrlab", "calm-fox-123"))
    assert stat.S_IMODE(os.stat(path).st_mode) == 0o600
    assert open_store().where == "postgresql://host/okrlab"
    assert learner_name() == "calm-fox-123"
    assert "secret" not in repr(saved_login(okrlab_home))
    os.environ["OKRLAB_STORE"] = "sqlite"
    try:
        assert open_store().where.endswith("progress.sqlite3")
        assert learner_name() == "me"
    finally:
        del os.environ["OKRLAB_STORE"]
    drop_login(okrlab_home)
    assert saved_login(okrlab_home) is None


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"url": 1, "learner": "x"}', "\xff"])
def test_a_login_that_cannot_be_read(text: str, okrlab_home: Path) -> None:
    """It is told, and nothing is silently kept elsewhere."""
    (okrlab_home / "class.json").write_text(text, encoding="latin-1")
    with pytest.raises(StorageError, match="keeps the login to your class, can't be read"):
        open_store()


def test_a_url_in_the_environment(
    postgres: PostgresServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """OKRLAB_DATABASE_URL names the database; OKRLAB_STORE goes before it."""
    monkeypatch.setenv("OKRLAB_DATABASE_URL", database_at(tmp_path))
    assert open_store().add([attempt(0)]) == 1
    assert open_store().attempts("me") == [attempt(0)]
    assert postgres.password not in open_store().where
    monkeypatch.setenv("OKRLAB_STORE", "memory")
    assert isinstance(open_store(), MemoryStore)


def test_places_that_hold_no_classes(tmp_path: Path) -> None:
    """Lines and memory do not."""
    for place in ("memory", str(tmp_path / "x.jsonl")):
        with pytest.raises(OkrlabError, match="can't hold classes"):
            open_classes(place)


def test_codes_are_easy_to_read_and_pseudonyms_say_nothing() -> None:
    """No sign that looks like another one; typed as one likes."""
    assert not set(SIGNS) & set("01ILOU")
    code = new_code()
    assert len(code) == 8
    assert set(code) <= set(SIGNS)
    assert typed_code(f" {shown_code(code).lower()} ") == code
    assert len({new_pseudonym() for _ in range(50)}) > 40


def test_a_time_of_joining_is_stored(room: Room) -> None:
    """In the same form by the server's clock as by ours."""
    for (at,) in ask(room.url, "SELECT at FROM okrlab_members UNION SELECT at FROM okrlab_people"):
        assert datetime.fromisoformat(at).tzinfo is not None
        assert len(at) == 32


def test_sqlite_keeps_no_door(tmp_path: Path) -> None:
    """A file has no login for strangers."""
    classes = open_classes(tmp_path / "x.sqlite3")
    assert classes.join_url() is None
    classes.create("Autumn")
    classes.store.close()
    with closing(sqlite3.connect(tmp_path / "x.sqlite3")) as connection:
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master")]
    assert "okrlab_door" not in names
