"""What happens to progress when processes die, disks fill up and files are damaged."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing
from pathlib import Path

import pytest

from okrlab.errors import StorageError
from okrlab.storage import JsonLinesStore, ProgressStore, StoreJournal
from okrlab.storage.sql import SqlStore
from tests.storage.storage_examples import FILE_OPENERS, OPENERS, START, attempt

ROOT = Path(__file__).parents[2]
KINDS = pytest.mark.parametrize("kind", [*FILE_OPENERS])
ALL_KINDS = pytest.mark.parametrize("kind", [*OPENERS])
FILES = {"sqlite": "progress.sqlite3", "jsonl": "progress.jsonl"}


def start(*arguments: object) -> subprocess.Popen[str]:
    """Start a process that writes."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.storage.writer", *map(str, arguments)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )


def lines_of(process: subprocess.Popen[str]) -> Iterator[str]:
    """What the process says, line by line."""
    assert process.stdout is not None
    for line in process.stdout:
        yield line.rstrip("\n")


def finish(process: subprocess.Popen[str]) -> list[str]:
    """Let a process come to its end, and return what it said."""
    said, _ = process.communicate(timeout=120)
    assert process.returncode == 0
    return said.splitlines()


def filled(store: ProgressStore, count: int = 200) -> None:
    """Put attempts and a draft into a store, and close it."""
    store.add([attempt(n, response={"text": f"answer {n} " * 20}) for n in range(count)])
    store.save_draft("me", "deck/x", {"typed": "a lot"}, START)
    store.close()


# -- processes ------------------------------------------------------------------------------------


@ALL_KINDS
def test_two_notebooks_write_at_once(kind: str, tmp_path: Path) -> None:
    """Nothing is lost and nothing doubled, from the creation of the file on."""
    processes = [start("write", kind, tmp_path, name, 20) for name in ("one", "two")]
    for process in processes:
        assert finish(process) == [str(n) for n in range(20)]
    store = OPENERS[kind](tmp_path)
    ids = [a.id for a in store.attempts("me")]
    assert sorted(ids) == sorted(f"{name}-{n}" for name in ("one", "two") for n in range(20))
    assert store.draft("me", "deck/one") == {"n": 19}
    assert store.draft("me", "deck/two") == {"n": 19}
    assert store.notices() == []
    store.close()


@ALL_KINDS
def test_kill_in_the_middle_of_a_write(kind: str, tmp_path: Path) -> None:
    """Every answer that was acknowledged is there, and writing goes on, again and again."""
    for turn in range(2):
        process = start("write", kind, tmp_path, f"turn{turn}", 100_000)
        acknowledged = -1
        for line in lines_of(process):
            acknowledged = int(line)
            if acknowledged >= 10 + turn:
                process.send_signal(signal.SIGKILL)  # most likely while the next one is written
                break
        for line in lines_of(process):  # said before it died
            acknowledged = int(line)
        assert process.wait() == -signal.SIGKILL
        assert process.stdout is not None
        process.stdout.close()
        store = OPENERS[kind](tmp_path)
        ids = {a.id for a in store.attempts("me")}
        assert ids >= {f"turn{turn}-{n}" for n in range(acknowledged + 1)}
        draft = store.draft("me", f"deck/turn{turn}")
        assert draft is not None
        assert draft["n"] >= acknowledged
        assert store.notices() == []
        assert store.add([attempt(turn, id=f"after-{turn}")]) == 1
        store.close()


# -- disks ----------------------------------------------------------------------------------------


@KINDS
def test_a_full_disk(kind: str, tmp_path: Path) -> None:
    """The learner is told and keeps working; when there is room again, everything is stored."""
    first, later, all_there, draft_there, afterwards, count = finish(start("fill", kind, tmp_path))
    assert "full" in first
    assert "1 answer waits" in first
    assert "3 answers wait" in later
    assert "kept until you close the notebook" in later
    assert (all_there, draft_there, afterwards) == ("True", "True", "None")
    store = OPENERS[kind](tmp_path)
    assert [a.id for a in store.attempts("me")] == [attempt(n).id for n in range(int(count))]
    assert store.draft("me", "deck/x") is not None
    assert store.notices() == []
    store.close()


def test_a_database_that_is_full_says_so(tmp_path: Path) -> None:
    """SQLite's own word for a full disk becomes a plain sentence."""
    store = SqlStore(tmp_path / "progress.sqlite3")
    store.add([attempt(0)])
    with store._ready().connect() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 12")
        connection.commit()
    with pytest.raises(StorageError, match=r"the disk is full\. Free some space") as caught:
        store.add([attempt(n, response={"text": "x" * 50_000}) for n in range(1, 5)])
    assert str(tmp_path) in str(caught.value)
    assert store.attempts("me") == [attempt(0)]
    store.close()


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every user can reach."""
    folder = Path(tempfile.mkdtemp(prefix="okrlab-test-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@KINDS
def test_a_read_only_folder(
    kind: str,
    open_folder: Path,
    unprivileged: Callable[[], AbstractContextManager[None]],
) -> None:
    """The learner is told and keeps working; what was stored stays, and may be written later."""
    filled(OPENERS[kind](open_folder), 3)
    for path in open_folder.iterdir():
        path.chmod(0o444)
    open_folder.chmod(0o555)
    before = {p.name: p.read_bytes() for p in open_folder.iterdir()}
    store = OPENERS[kind](open_folder)
    journal = StoreJournal(store, "me", lambda: START)
    with unprivileged():
        assert len(journal.attempts()) == 3
        journal.record([attempt(100)])
        journal.save_draft("deck/x", {"typed": "more"})
        notice = journal.notice()
        assert notice is not None
        assert "can't be written to. Allow writing there" in notice
        assert "1 answer waits to be saved" in notice
        assert len(journal.attempts()) == 4
        assert journal.draft("deck/x") == {"typed": "more"}
    assert {p.name: p.read_bytes() for p in open_folder.iterdir()} == before
    open_folder.chmod(0o755)
    for path in open_folder.iterdir():
        path.chmod(0o644)
    journal.record([attempt(101)])
    assert journal.notice() is None
    assert len(journal.attempts()) == 5
    store.close()


@KINDS
@pytest.mark.parametrize("obstacle", ["a file in place of the folder", "a folder in place of it"])
def test_a_place_that_cannot_hold_a_file(kind: str, obstacle: str, tmp_path: Path) -> None:
    """The learner is told and keeps working; moved out of the way, everything is stored."""
    folder = tmp_path / "data"
    blocked = folder
    if obstacle == "a file in place of the folder":
        folder.write_text("something else")
    else:
        blocked = folder / FILES[kind.partition("-")[0]]
        blocked.mkdir(parents=True)
    store = OPENERS[kind](folder)
    journal = StoreJournal(store, "me", lambda: START)
    journal.record([attempt(0)])
    notice = journal.notice()
    assert notice is not None
    assert "Progress could not be" in notice
    assert "OKRLAB_HOME" in notice
    assert journal.attempts() == [attempt(0)]
    blocked.rename(tmp_path / "out of the way")
    journal.record([attempt(1)])
    assert journal.notice() is None
    store.close()
    assert OPENERS[kind](folder).attempts("me") == [attempt(0), attempt(1)]


# -- versions and strangers -----------------------------------------------------------------------


def make_newer(path: Path) -> None:
    """Let a later okrlab have written a store."""
    if path.suffix == ".jsonl":
        path.write_bytes(path.read_bytes().replace(b'"version":1', b'"version":3'))
        return
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE okrlab_meta SET value = '3' WHERE key = 'schema'")
        connection.commit()


@pytest.mark.parametrize("kind", [*FILES])
def test_a_store_of_a_newer_okrlab_is_refused(kind: str, tmp_path: Path) -> None:
    """It is not touched, the learner is told what to do, and answers are kept in memory."""
    filled(OPENERS[kind](tmp_path))
    path = tmp_path / FILES[kind]
    make_newer(path)
    before = path.read_bytes()
    store = OPENERS[kind](tmp_path)
    with pytest.raises(StorageError, match=r"newer okrlab wrote it \(format 3.*up to date") as told:
        store.attempts("me")
    assert str(path) in str(told.value)
    with pytest.raises(StorageError, match="newer okrlab"):
        store.add([attempt(900)])
    journal = StoreJournal(store, "me", lambda: START)
    journal.record([attempt(900)])
    assert journal.attempts() == [attempt(900)]
    assert "newer okrlab" in str(journal.notice())
    store.close()
    assert path.read_bytes() == before


@pytest.mark.parametrize("kind", [*FILES])
def test_a_file_of_something_else_is_refused(kind: str, tmp_path: Path) -> None:
    """Somebody who names the wrong file does not lose it."""
    path = tmp_path / FILES[kind]
    if kind == "jsonl":
        path.write_text('{"temperature": 21}\n{"temperature": 22}\n')
    else:
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("CREATE TABLE recipes (name TEXT)")
            connection.commit()
    before = path.read_bytes()
    store = OPENERS[kind](tmp_path)
    with pytest.raises(StorageError, match="not a progress file of okrlab"):
        store.attempts("me")
    with pytest.raises(StorageError, match="not a progress file of okrlab"):
        store.add([attempt(0)])
    store.close()
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir() if p.suffix != ".lock"] == [path.name]


# -- damage ---------------------------------------------------------------------------------------


def damage(path: Path, how: str) -> None:
    """Do to a file what disks and synchronising programs do."""
    data = bytearray(path.read_bytes())
    match how:
        case "first page lost":
            data[:4096] = bytes(4096)
        case "a page in the middle lost":
            middle = len(data) // 8192 * 4096
            data[middle : middle + 4096] = os.urandom(4096)
        case "cut off":
            del data[len(data) * 2 // 3 :]
        case "all garbage":
            data[:] = os.urandom(len(data))
    path.write_bytes(data)


LEAST = {"first page lost": 195, "a page in the middle lost": 150, "cut off": 50, "all garbage": 0}


@pytest.mark.parametrize("how", [*LEAST])
@pytest.mark.parametrize("kind", [*FILES])
def test_a_damaged_file_is_set_aside(kind: str, how: str, tmp_path: Path) -> None:
    """It gets another name, which is told; what can be read is kept, and writing goes on."""
    filled(OPENERS[kind](tmp_path))
    path = tmp_path / FILES[kind]
    damage(path, how)
    if kind == "jsonl":
        path.write_bytes(path.read_bytes() + b"\n")  # else the last line counts as torn off
    before = path.read_bytes()
    store = OPENERS[kind](tmp_path)
    kept = store.attempts("me")
    least = LEAST[how] if kind == "sqlite" or how != "first page lost" else 180
    assert least <= len(kept) <= 200
    assert all(a == attempt(int(a.id, 16), response=a.response) for a in kept)
    [aside] = [p for p in tmp_path.iterdir() if "damaged" in p.name and p.suffix == path.suffix]
    assert aside.read_bytes() == before
    [notice] = store.notices()
    assert str(aside) in notice
    assert f"{len(kept)} answers could be read" in notice
    if how in ("first page lost", "a page in the middle lost") and kind == "sqlite":
        assert store.draft("me", "deck/x") == {"typed": "a lot"}
    store.add([attempt(999)])
    store.close()
    again = OPENERS[kind](tmp_path)
    assert again.attempts("me") == [*kept, attempt(999)]
    assert again.notices() == []
    again.close()


@pytest.mark.parametrize("kind", [*FILES])
def test_two_processes_that_find_damage_set_it_aside_once(kind: str, tmp_path: Path) -> None:
    """The second one does not take the mended file away again."""
    filled(OPENERS[kind](tmp_path), 600)
    path = tmp_path / FILES[kind]
    damage(path, "a page in the middle lost")
    said = [finish(p) for p in [start("look", kind, tmp_path) for _ in range(3)]]
    counts = {line.split()[0] for [line] in said}
    assert len(counts) == 1
    assert 500 < int(counts.pop()) <= 600
    assert sorted(line.split()[1] for [line] in said) == ["0", "0", "1"]
    assert len([p for p in tmp_path.iterdir() if "damaged" in p.name]) == 1


def test_damage_that_appears_while_the_file_is_open(tmp_path: Path) -> None:
    """The journal goes on, and the next write sets the file aside and stores what waits."""
    path = tmp_path / "progress.sqlite3"
    store = SqlStore(path)
    journal = StoreJournal(store, "me", lambda: START)
    journal.record([attempt(n, response={"text": "x" * 300}) for n in range(300)])
    store.close()
    assert len(journal.attempts()) == 300  # opens the file again
    data = bytearray(path.read_bytes())
    data[8192:] = os.urandom(len(data) - 8192)
    with path.open("r+b") as stream:
        stream.write(data)
    for number in range(300, 304):
        journal.record([attempt(number)])
    assert "set aside as" in str(journal.notice())
    assert {attempt(n).id for n in range(300, 304)} <= {a.id for a in journal.attempts()}
    store.close()


def test_answers_that_cannot_be_read_are_left_and_told(tmp_path: Path) -> None:
    """One bad row does not hide the others."""
    path = tmp_path / "progress.sqlite3"
    store = SqlStore(path)
    store.add([attempt(0), attempt(1)])
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE okrlab_attempts SET mark = 7 WHERE seq = 1")
        connection.commit()
    assert store.attempts("me") == [attempt(1)]
    assert "1 answer in" in store.notices()[0]
    store.close()


def test_a_line_that_was_torn_off_is_no_damage(tmp_path: Path) -> None:
    """It was never acknowledged; the next line takes its place."""
    store = JsonLinesStore(tmp_path / "progress.jsonl")
    store.add([attempt(0)])
    with store.path.open("ab") as stream:
        stream.write(b'{"attempt":{"id":"half a li')
    again = JsonLinesStore(store.path)
    assert again.attempts("me") == [attempt(0)]
    again.add([attempt(1)])
    assert JsonLinesStore(store.path).attempts("me") == [attempt(0), attempt(1)]
    assert again.notices() == []
    assert store.attempts("me") == [attempt(0), attempt(1)]


def test_a_file_of_lines_with_many_drafts_is_written_anew(tmp_path: Path) -> None:
    """Versions of drafts that nobody needs any more do not fill the disk."""
    store = JsonLinesStore(tmp_path / "progress.jsonl")
    store.add([attempt(0)])
    for number in range(300):
        store.save_draft("me", "deck/x", {"n": number}, START)
    assert store.path.read_bytes().count(b"\n") < 260
    assert JsonLinesStore(store.path).draft("me", "deck/x") == {"n": 299}
    assert JsonLinesStore(store.path).attempts("me") == [attempt(0)]
