"""What every store does, whatever it is kept in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from okrlab.storage import Draft, MemoryStore, ProgressStore
from okrlab.storage import _tables as tables
from okrlab.storage.protocol import DRAFTS_KEPT
from okrlab.storage.sql import SqlStore
from tests.storage.storage_examples import START, attempt
from tests.storage.storage_strategies import ATTEMPTS, DRAFTS

Reopen = Callable[[], ProgressStore]
MINUTE = timedelta(minutes=1)


def test_an_empty_store_answers_with_nothing(store: ProgressStore) -> None:
    """Reading before the first write is no trouble."""
    assert store.attempts("me") == []
    assert store.draft("me", "deck/x") is None
    assert store.drafts("me") == []
    assert store.learners() == []
    assert store.notices() == []


def test_attempts_come_back_as_they_were(store: ProgressStore) -> None:
    """Every field survives, also empty and unusual ones."""
    unusual = attempt(
        1,
        learner="Zoë O’Neill 李",
        response={"text": 'a "quoted"\nline \x00 and half an emoji \ud83d', "n": [1, 2.5, None]},
        misconceptions=(),
        confidence=None,
        seconds=None,
        graded=False,
        concept="",
        mark=1,
    )
    assert store.add([attempt(0), unusual]) == 2
    assert store.attempts("me") == [attempt(0)]
    assert store.attempts(unusual.learner) == [unusual]


def test_attempts_are_the_oldest_first(store: ProgressStore) -> None:
    """By time; those of the same time in the order in which they were added."""
    ids = ["c", "a", "b"]
    store.add([attempt(5)])
    store.add([attempt(1, id=name) for name in ids])
    assert [a.id for a in store.attempts("me")] == [*ids, attempt(5).id]


def test_the_same_attempt_is_kept_once(store: ProgressStore) -> None:
    """An id that is there already changes nothing, within one call too."""
    assert store.add([attempt(0), attempt(0)]) == 1
    assert store.add([attempt(0, mark=1.0), attempt(1)]) == 1
    assert store.attempts("me") == [attempt(0), attempt(1)]


def test_times_of_all_zones_are_the_same_moments(store: ProgressStore) -> None:
    """Somebody who travels keeps the order of the answers."""
    early = START.astimezone(timezone(timedelta(hours=9)))
    store.add([attempt(1), attempt(0, at=early)])
    assert [a.at for a in store.attempts("me")] == [START, START + timedelta(seconds=1)]


def test_learners_do_not_see_each_other(store: ProgressStore) -> None:
    """Attempts and drafts belong to one learner each, and all learners are listed."""
    store.add([attempt(0, learner="ben")])
    store.save_draft("anna", "deck/x", {"a": 1}, START)
    assert store.attempts("anna") == []
    assert store.draft("ben", "deck/x") is None
    assert store.learners() == ["anna", "ben"]


@pytest.mark.parametrize(
    "fields",
    [
        {"response": {"x": float("nan")}},
        {"response": {"x": {1, 2}}},
        {"response": {"x": "y" * 600_000}},
        {"seconds": float("inf")},
        {"learner": ""},
        {"learner": "a\nb"},
        {"id": "not an id"},
        {"item_version": 0},
    ],
)
def test_what_could_not_come_back_is_refused(
    store: ProgressStore, fields: dict[str, object]
) -> None:
    """A batch with such an attempt is refused as a whole, before anything is written."""
    with pytest.raises(ValueError, match=next(iter(fields))):
        store.add([attempt(0), attempt(1, **fields)])
    assert store.attempts("me") == []


def test_the_last_draft_wins(store: ProgressStore) -> None:
    """The latest version is given back, the earlier ones are kept."""
    for number in range(3):
        store.save_draft("me", "deck/x", {"placed": number}, START + number * MINUTE)
    store.save_draft("me", "deck/y", {"placed": "y"}, START)
    assert store.draft("me", "deck/x") == {"placed": 2}
    values = [d.value["placed"] for d in store.drafts("me") if d.key == "deck/x"]
    assert values == [0, 1, 2]


def test_a_draft_that_did_not_change_adds_no_version(store: ProgressStore) -> None:
    """Saving again and again does not push earlier versions out."""
    for _ in range(3):
        store.save_draft("me", "deck/x", {"placed": 1}, START)
    assert len(store.drafts("me")) == 1


def test_only_the_latest_versions_of_a_draft_are_kept(store: ProgressStore) -> None:
    """A draft that is saved for hours does not fill the disk."""
    for number in range(DRAFTS_KEPT + 5):
        store.save_draft("me", "deck/x", {"n": number}, START + number * MINUTE)
    kept = [d.value["n"] for d in store.drafts("me")]
    assert kept == list(range(5, DRAFTS_KEPT + 5))


def test_the_last_draft_wins_when_the_clock_goes_backwards(store: ProgressStore) -> None:
    """A computer whose clock is corrected does not bring an old version back."""
    store.save_draft("me", "deck/x", {"n": 1}, START + MINUTE)
    store.save_draft("me", "deck/x", {"n": 2}, START)
    assert store.draft("me", "deck/x") == {"n": 2}


def test_a_draft_given_back_is_a_copy(store: ProgressStore) -> None:
    """Changing it changes nothing that is stored."""
    store.save_draft("me", "deck/x", {"placed": [1]}, START)
    found = store.draft("me", "deck/x")
    assert found is not None
    found["placed"].append(2)
    assert store.draft("me", "deck/x") == {"placed": [1]}


def test_drafts_from_elsewhere_fall_into_their_place(store: ProgressStore) -> None:
    """An older version from another machine does not replace a newer one here."""
    store.save_draft("me", "deck/x", {"n": "here"}, START + MINUTE)
    older = Draft("me", "deck/x", {"n": "there"}, START)
    assert store.add_drafts([older, older]) == 1
    assert store.add_drafts([older]) == 0
    assert store.draft("me", "deck/x") == {"n": "here"}
    assert [d.value["n"] for d in store.drafts("me")] == ["there", "here"]


def test_versions_too_old_to_be_kept_are_not_counted(store: ProgressStore) -> None:
    """Adding what is pruned at once adds nothing."""
    for number in range(DRAFTS_KEPT):
        store.save_draft("me", "deck/x", {"n": number}, START + number * MINUTE)
    assert store.add_drafts([Draft("me", "deck/x", {"n": -1}, START - MINUTE)]) == 0
    assert len(store.drafts("me")) == DRAFTS_KEPT


def test_everything_is_there_after_a_restart(reopen: Reopen) -> None:
    """A new kernel finds attempts and drafts of the one before."""
    first = reopen()
    first.add([attempt(0), attempt(1)])
    first.save_draft("me", "deck/x", {"n": 1}, START)
    first.close()
    second = reopen()
    assert second.attempts("me") == [attempt(0), attempt(1)]
    assert second.draft("me", "deck/x") == {"n": 1}
    assert second.notices() == []


def test_two_open_stores_see_each_other(reopen: Reopen) -> None:
    """What one notebook writes, the other reads, without being opened again."""
    one, two = reopen(), reopen()
    one.add([attempt(0)])
    assert two.attempts("me") == [attempt(0)]
    two.add([attempt(0), attempt(1)])
    two.save_draft("me", "deck/x", {"n": 2}, START)
    assert one.attempts("me") == [attempt(0), attempt(1)]
    assert one.draft("me", "deck/x") == {"n": 2}


def test_a_store_goes_on_when_its_file_was_taken_away(reopen_file: Reopen) -> None:
    """Answers given after somebody cleaned the folder up are in a new file, not in thin air."""
    store = reopen_file()
    store.add([attempt(0)])
    for path in store_folder(store).iterdir():
        path.unlink()
    store.add([attempt(1)])
    assert reopen_file().attempts("me") == [attempt(1)]


def emptied(store: ProgressStore) -> ProgressStore:
    """A store without what an earlier example put into it."""
    if isinstance(store, SqlStore) and not store.where.endswith(".sqlite3"):
        store.write(
            lambda connection: [
                connection.execute(t.delete()) for t in (tables.ATTEMPTS, tables.DRAFTS)
            ]
        )
        return store
    for path in store_folder(store).glob("*") if store_folder(store).exists() else ():
        path.unlink()
    return store


def store_folder(store: ProgressStore) -> Path:
    """The folder of a store in a file."""
    return Path(store.where).parent


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    attempts=st.lists(ATTEMPTS, max_size=6),
    drafts=st.lists(DRAFTS, max_size=4),
)
def test_all_stores_do_what_the_one_in_memory_does(reopen: Reopen, attempts, drafts) -> None:
    """Whatever is added, all stores give back the same."""
    store, memory = emptied(reopen()), MemoryStore()
    assert store.add(attempts) == memory.add(attempts)
    assert store.add_drafts(drafts) == memory.add_drafts(drafts)
    again = reopen()
    assert again.learners() == memory.learners()
    for learner in memory.learners():
        assert again.attempts(learner) == memory.attempts(learner)
        assert again.drafts(learner) == memory.drafts(learner)
    store.close()
    again.close()
