"""Who may see and change what in a class's database: real logins that try, in plain SQL."""

from __future__ import annotations

import re
from collections.abc import Iterator

import psycopg
import pytest
from psycopg import errors

from okrlab.errors import StorageError, UnknownNameError
from okrlab.storage import StoreJournal
from okrlab.storage.classes import open_classes
from tests.postgres_server import PostgresServer, ask
from tests.storage.class_examples import Room
from tests.storage.storage_examples import START, attempt

COLUMNS = (
    "(id, learner, activity, sitting, item, item_version, concept, response, mark, misconceptions,"
    " graded, try_number, at)"
)


@pytest.fixture(scope="module")
def room(postgres: PostgresServer, tmp_path_factory: pytest.TempPathFactory) -> Room:
    """A room in which everybody has answered something. No test here changes what is in it."""
    made = Room(tmp_path_factory.mktemp("room"))
    for number, person in enumerate(("anna", "ben", "dora", "carla")):
        store = made.store(person)
        store.add([attempt(number, learner=person)])
        store.save_draft(person, "deck/x", {"typed": person}, START)
    return made


@pytest.fixture(autouse=True)
def unchanged(room: Room) -> Iterator[None]:
    """Whatever a test tries: afterwards everything is as it was."""
    tables = ("attempts", "drafts", "people", "members", "classes", "codes", "door", "meta")

    def content() -> list[object]:
        return [ask(room.url, f"SELECT t::text FROM okrlab_{t} t ORDER BY 1") for t in tables]

    before = content()
    yield
    assert content() == before


def test_learners_see_only_their_own(room: Room) -> None:
    """Through the store as well as in SQL; of the class list only themselves."""
    store = room.store("anna")
    assert store.attempts("anna") == [attempt(0, learner="anna")]
    assert store.attempts("ben") == []
    assert store.draft("ben", "deck/x") is None
    assert store.learners() == ["anna"]
    assert room.ask("anna", "SELECT DISTINCT learner FROM okrlab_attempts") == [("anna",)]
    assert room.ask("anna", "SELECT DISTINCT learner FROM okrlab_drafts") == [("anna",)]
    assert room.ask("anna", "SELECT person FROM okrlab_people") == [("anna",)]
    assert room.ask("anna", "SELECT person, class FROM okrlab_members") == [("anna", "Autumn")]
    assert room.ask("anna", "SELECT class FROM okrlab_classes") == [("Autumn",)]
    assert room.ask("anna", "SELECT * FROM okrlab_codes") == []
    assert room.ask("anna", "SELECT * FROM okrlab_door") == []
    assert [(c.name, c.role, c.learners) for c in room.classes("anna").all()] == [
        ("Autumn", "learner", 1)
    ]


def test_coaches_see_the_answers_of_their_classes(room: Room) -> None:
    """Of learners; no drafts, nobody of another class, no other coach's answers."""
    assert room.store("carla").learners() == ["anna", "ben", "carla"]
    assert room.store("carla").attempts("ben") == [attempt(1, learner="ben")]
    assert room.store("carla").attempts("dora") == []
    assert room.store("carla").drafts("anna") == []
    assert room.store("carol").learners() == ["dora"]
    members = room.classes("carla").members("Autumn")
    assert [(m.person, m.role, m.answers) for m in members] == [
        ("carla", "coach", 1),
        ("anna", "learner", 1),
        ("ben", "learner", 1),
    ]
    with pytest.raises(UnknownNameError):
        room.classes("carla").members("Spring")


@pytest.mark.parametrize("who", ["anna", "carla"])
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE okrlab_attempts SET mark = 1",
        "UPDATE okrlab_attempts SET mark = 1 WHERE learner = 'ben'",
        "DELETE FROM okrlab_attempts",
        "DELETE FROM okrlab_attempts WHERE learner = 'anna'",
        "TRUNCATE okrlab_attempts",
        "UPDATE okrlab_drafts SET value = '{}'",
        f"INSERT INTO okrlab_attempts {COLUMNS} VALUES"
        " ('x1', 'ben', 'a', 's', 'i', 1, 'c', '{}', 0, '[]', true, 1, 'now')",
        "INSERT INTO okrlab_drafts VALUES ('x1', 'ben', 'deck/x', '{}', '2030')",
        "INSERT INTO okrlab_attempts (seq, id, learner) VALUES (2147483647, 'x', 'anna')",
        "SELECT setval('okrlab_attempts_seq_seq', 2147483647)",
        "SELECT setval('okrlab_tries', 1)",
        "INSERT INTO okrlab_members VALUES ('Spring', 'anna', 'learner', 'now')",
        "INSERT INTO okrlab_members VALUES ('Spring', 'carla', 'coach', 'now')",
        "UPDATE okrlab_members SET role = 'coach'",
        "INSERT INTO okrlab_people VALUES ('mallory', NULL, 'x', 'now')",
        "UPDATE okrlab_people SET person = 'ben'",
        "UPDATE okrlab_people SET login = session_user WHERE person = 'ben'",
        "INSERT INTO okrlab_classes VALUES ('Mine', 'now')",
        "UPDATE okrlab_meta SET value = '99'",
        "INSERT INTO okrlab_codes VALUES ('EVIL2222', 'Spring', 'coach', '2099-01-01', false)",
        "INSERT INTO okrlab_codes VALUES ('A', 'Autumn', 'learner',"
        " '2099-01-01T00:00:00.000000+00:00', false)",
        "INSERT INTO okrlab_codes VALUES ('EVEN2222', 'Autumn', 'learner', 'whenever', false)",
        f"INSERT INTO okrlab_attempts {COLUMNS} SELECT"
        " 'x2', person, 'a', 's', 'i', 1, 'c', repeat('x', 700000), 0, '[]', true, 1, 'now'"
        " FROM okrlab_people WHERE login = session_user",
        "UPDATE okrlab_codes SET class = 'Spring'",
        "SELECT okrlab_make_roles()",
        "SELECT okrlab_forget('dora')",
        "SELECT okrlab_forget('carol')",
        "ALTER TABLE okrlab_attempts DISABLE ROW LEVEL SECURITY",
        "ALTER TABLE okrlab_attempts OWNER TO CURRENT_USER",
        "DROP POLICY read ON okrlab_attempts",
        "CREATE TABLE public.okrlab_attempts2 ()",
        "CREATE FUNCTION public.okrlab_me2() RETURNS text LANGUAGE sql AS $$ SELECT 'ben' $$",
        "CREATE OR REPLACE FUNCTION okrlab_me() RETURNS text LANGUAGE sql AS $$ SELECT 'ben' $$",
        "SET ROLE owner",
        "SET SESSION AUTHORIZATION owner",
        "CREATE ROLE mallory SUPERUSER",
        "ALTER ROLE CURRENT_USER SUPERUSER",
        "ALTER ROLE CURRENT_USER BYPASSRLS",
        "COPY okrlab_attempts TO PROGRAM 'cat'",
        "SELECT pg_read_file('postgresql.conf')",
        "SELECT * FROM pg_authid",
    ],
)
def test_what_is_refused(room: Room, who: str, statement: str) -> None:
    """Changing answers, even one's own; others' rows; roles; the rules themselves."""
    with pytest.raises(psycopg.Error) as caught:
        room.ask(who, statement)
    assert isinstance(caught.value, errors.InsufficientPrivilege | errors.InvalidGrantOperation), (
        caught.value
    )


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM okrlab_drafts WHERE learner <> 'anna' RETURNING 1",
        "DELETE FROM okrlab_members WHERE person <> 'anna' RETURNING 1",
        "UPDATE okrlab_codes SET revoked = true RETURNING 1",
        "UPDATE okrlab_codes SET revoked = false RETURNING 1",
        "SELECT 1 FROM okrlab_attempts WHERE learner = 'ben'",
        "SELECT 1 FROM okrlab_people WHERE person = 'carla'",
    ],
)
def test_what_finds_nothing(room: Room, statement: str) -> None:
    """Rows that a learner does not see can't be removed or counted either."""
    assert room.ask("anna", statement) == []


@pytest.mark.parametrize("person", ["ben", "carla"])
def test_nobody_becomes_another(room: Room, person: str) -> None:
    """The login is what counts: no setting, no role to switch to, no trick with names."""
    login = re.match(r"postgresql://([^:]+):", room.urls[person])
    assert login is not None
    for statement in (f'SET ROLE "{login[1]}"', f'SET SESSION AUTHORIZATION "{login[1]}"'):
        with pytest.raises(errors.InsufficientPrivilege):
            room.ask("anna", statement)
    member = ask(room.url, "SELECT value || '_member' FROM okrlab_meta WHERE key = 'roles'")[0][0]
    for preparation in (
        f'SET ROLE "{member}"',
        f"SET okrlab.person = '{person}'",
        "SET row_security = off",
        f"CREATE TEMP TABLE okrlab_people AS SELECT '{person}' AS person, session_user AS login;"
        " SET search_path = pg_temp, public",
        f"CREATE FUNCTION pg_temp.okrlab_me() RETURNS text LANGUAGE sql AS $$ SELECT '{person}' $$;"
        " SET search_path = pg_temp, public",
    ):
        with psycopg.connect(room.urls["anna"]) as connection:
            connection.execute(preparation)  # type: ignore[arg-type]
            if preparation == "SET row_security = off":
                with pytest.raises(errors.InsufficientPrivilege):
                    connection.execute("SELECT learner FROM public.okrlab_attempts")
            else:
                found = connection.execute("SELECT DISTINCT learner FROM public.okrlab_attempts")
                assert found.fetchall() == [("anna",)]
            connection.rollback()


def test_a_function_that_spies_on_rows_sees_none(room: Room) -> None:
    """The rule is applied before what a learner puts into the condition."""
    with psycopg.connect(room.urls["anna"]) as connection:
        heard: list[str] = []
        connection.add_notice_handler(lambda notice: heard.append(str(notice.message_primary)))
        connection.execute(
            "CREATE FUNCTION pg_temp.spy(t text) RETURNS boolean LANGUAGE plpgsql COST 0.0001 AS"
            " $$ BEGIN RAISE NOTICE '%', t; RETURN true; END $$"
        )
        connection.execute("SELECT 1 FROM okrlab_attempts WHERE pg_temp.spy(learner)")
        assert heard == ["anna"]
        connection.rollback()


def test_the_door_opens_nothing_but_enrolment(room: Room) -> None:
    """Its login is known to a whole class, so it must be worth nothing without a code."""
    for statement in (
        "SELECT * FROM okrlab_attempts",
        "SELECT * FROM okrlab_drafts",
        "SELECT * FROM okrlab_people",
        "SELECT * FROM okrlab_codes",
        "SELECT * FROM okrlab_members",
        "SELECT * FROM okrlab_door",
        "SELECT okrlab_forget('anna')",
        "SELECT okrlab_begin_class('x')",
        "SELECT okrlab_read_by_me()",
        "INSERT INTO okrlab_drafts VALUES ('x1', 'ben', 'deck/x', '{}', '2030')",
    ):
        with pytest.raises(errors.InsufficientPrivilege):
            ask(room.door, statement)
    [row] = ask(room.door, "SELECT * FROM okrlab_enrol('WRONG234', 'x', NULL, NULL)")
    assert row == ("unknown", None, None, None, None)


@pytest.mark.parametrize("name", ["anna", "carla"])
def test_nobody_joins_under_a_name_that_is_taken(room: Room, name: str) -> None:
    """Whoever has a name reads its answers, so the name is given once."""
    code = room.owner.new_code("Autumn")
    try:
        with pytest.raises(StorageError, match=f"“{name}” is taken"):
            open_classes(room.door).enrol(code.code, name)
    finally:
        ask(room.url, f"DELETE FROM okrlab_codes WHERE code = '{code.code}'")


def test_a_stranger_needs_a_verifier_and_no_sql(room: Room) -> None:
    """A password in clear, or a piece of SQL in place of one, makes no role."""
    code = room.owner.new_code("Autumn")
    try:
        for verifier in ("", "secret", "x' SUPERUSER --", None):
            with pytest.raises(errors.CheckViolation):
                ask(
                    room.door,
                    "SELECT * FROM okrlab_enrol(%s, 'eve', NULL, %s)",
                    code.code,
                    verifier,
                )
        for name in ("", "a\nb", "x" * 81, None):
            with pytest.raises(errors.CheckViolation):
                ask(room.door, "SELECT * FROM okrlab_enrol(%s, %s, NULL, 'x')", code.code, name)
    finally:
        ask(room.url, f"DELETE FROM okrlab_codes WHERE code = '{code.code}'")


def test_a_wrong_name_is_told_with_what_to_do(room: Room) -> None:
    """A learner whose OKRLAB_LEARNER is another name keeps the answers, and is told."""
    journal = StoreJournal(room.store("anna"), "ben", lambda: START)
    journal.record([attempt(77, learner="ben")])
    notice = str(journal.notice())
    assert "see whether OKRLAB_LEARNER is the name under which you joined" in notice
    assert "1 answer waits" in notice
    assert room.urls["anna"].split(":")[2].split("@")[0] not in notice


def test_an_id_of_somebody_else_changes_nothing_of_theirs(room: Room) -> None:
    """Attempts are kept once by id; whoever repeats another's id learns and changes nothing."""
    store = room.store("anna")
    assert store.add([attempt(1, learner="anna", mark=1.0)]) == 0
    assert room.store("ben").attempts("ben") == [attempt(1, learner="ben")]


def test_people_are_no_more_than_logins(room: Room) -> None:
    """No login of a person has any power over the server."""
    rows = ask(
        room.url,
        "SELECT bool_or(rolsuper OR rolcreaterole OR rolcreatedb OR rolbypassrls OR rolreplication)"
        " FROM pg_roles WHERE rolname LIKE 'okrlab\\_%'",
    )
    assert rows == [(False,)]


def test_the_server_never_sees_a_password(room: Room, postgres: PostgresServer) -> None:
    """Neither its log nor its tables hold that of a learner."""
    secret = room.urls["anna"].split(":")[2].split("@")[0]
    assert len(secret) > 20
    assert secret not in (postgres.folder / "log").read_text()
    stored = ask(room.url, "SELECT rolpassword FROM pg_authid WHERE rolpassword IS NOT NULL")
    assert all(verifier.startswith("SCRAM-SHA-256$") for (verifier,) in stored)
