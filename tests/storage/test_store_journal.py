"""The journal that widgets write to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from okrlab.assessment.attempt import Attempt
from okrlab.assessment.journal import Journal
from okrlab.errors import StorageError
from okrlab.storage import MemoryStore, StoreJournal
from tests.storage.storage_examples import START, attempt


class Moody(MemoryStore):
    """A store that fails while `trouble` is set."""

    trouble: str | None = None

    def add(self, attempts: Sequence[Attempt]) -> int:
        """Fail or add."""
        self._maybe_fail()
        return super().add(attempts)

    def attempts(self, learner: str) -> list[Attempt]:
        """Fail or read."""
        self._maybe_fail()
        return super().attempts(learner)

    def save_draft(self, learner: str, key: str, value: dict[str, object], at: datetime) -> None:
        """Fail or save."""
        self._maybe_fail()
        super().save_draft(learner, key, value, at)

    def draft(self, learner: str, key: str) -> dict[str, object] | None:
        """Fail or read."""
        self._maybe_fail()
        return super().draft(learner, key)

    def _maybe_fail(self) -> None:
        if self.trouble:
            raise StorageError(self.trouble)


class Clock:
    """A clock that goes on by a minute with every look."""

    def __init__(self) -> None:
        self.time = START

    def __call__(self) -> datetime:
        """The time."""
        self.time += timedelta(minutes=1)
        return self.time


@pytest.fixture
def store() -> Moody:
    """A store that is well."""
    return Moody()


@pytest.fixture
def journal(store: Moody) -> StoreJournal:
    """The journal of "me"."""
    return StoreJournal(store, "me", Clock())


def test_it_is_a_journal(journal: StoreJournal) -> None:
    """It has what widgets need, and the clock it was given."""
    as_journal: Journal = journal
    assert as_journal.learner == "me"
    assert as_journal.now() == START + timedelta(minutes=1)


def test_what_is_written_is_in_the_store(journal: StoreJournal, store: Moody) -> None:
    """Attempts and drafts reach the store at once, and nobody is bothered."""
    journal.record([attempt(1)])
    journal.save_draft("deck/x", {"n": 1})
    assert store.attempts("me") == [attempt(1)]
    assert store.draft("me", "deck/x") == {"n": 1}
    assert journal.attempts() == [attempt(1)]
    assert journal.draft("deck/x") == {"n": 1}
    assert journal.notice() is None


def test_in_trouble_answers_wait_and_count(journal: StoreJournal, store: Moody) -> None:
    """Attempts of before and of now are there, in order, and the learner is told what to do."""
    journal.record([attempt(1)])
    store.trouble = "The disk is full. Free some space, then go on."
    journal.record([attempt(3)])
    journal.record([attempt(2)])
    assert [a.id for a in journal.attempts()] == [attempt(n).id for n in (1, 2, 3)]
    assert journal.notice() == (
        "The disk is full. Free some space, then go on. 2 answers wait to be saved. Your answers "
        "of this session are kept until you close the notebook, and the next one tries to save "
        "them all."
    )


def test_the_next_write_after_trouble_stores_all(journal: StoreJournal, store: Moody) -> None:
    """An answer or a draft, whatever comes next, takes along what waits."""
    store.trouble = "full"
    journal.record([attempt(1)])
    journal.save_draft("deck/x", {"n": 1})
    journal.save_draft("deck/x", {"n": 2})
    assert journal.draft("deck/x") == {"n": 2}
    store.trouble = None
    journal.save_draft("deck/y", {"n": 3})
    assert store.attempts("me") == [attempt(1)]
    assert [(d.key, d.value) for d in store.drafts("me")] == [
        ("deck/x", {"n": 2}),
        ("deck/y", {"n": 3}),
    ]
    assert journal.notice() is None


def test_a_last_try_before_the_end(journal: StoreJournal, store: Moody) -> None:
    """`flush` stores what waits without anything new."""
    store.trouble = "full"
    journal.record([attempt(1)])
    store.trouble = None
    journal.flush()
    assert store.attempts("me") == [attempt(1)]


def test_trouble_with_a_draft_alone(journal: StoreJournal, store: Moody) -> None:
    """The learner is told, the draft is kept."""
    store.trouble = "full"
    journal.save_draft("deck/x", {"n": 1})
    assert "What you are working on is kept" in str(journal.notice())
    assert journal.draft("deck/x") == {"n": 1}


def test_trouble_with_reading(journal: StoreJournal, store: Moody) -> None:
    """What was known stays known; when reading works again, nothing is said any more."""
    journal.record([attempt(1)])
    store.trouble = "locked"
    assert journal.attempts() == [attempt(1)]
    assert journal.draft("deck/x") is None
    assert "locked" in str(journal.notice())
    store.trouble = None
    assert journal.attempts() == [attempt(1)]
    assert journal.notice() is None


def test_what_the_store_has_to_tell_is_told(journal: StoreJournal, store: Moody) -> None:
    """Such as a damaged file that was set aside."""
    store.notices = lambda: ["It was set aside."]  # type: ignore[method-assign]
    assert journal.notice() == "It was set aside."


def test_an_attempt_that_cannot_be_stored_blocks_no_other(
    journal: StoreJournal, store: Moody
) -> None:
    """It is refused at once instead of failing at every later write."""
    with pytest.raises(ValueError, match="response"):
        journal.record([attempt(1, response={"x": object()})])
    with pytest.raises(ValueError, match="value"):
        journal.save_draft("deck/x", {"x": object()})
    journal.record([attempt(2)])
    assert store.attempts("me") == [attempt(2)]
    assert journal.notice() is None


def test_a_draft_that_changes_after_saving_is_kept_as_it_was(journal: StoreJournal) -> None:
    """The journal keeps a copy."""
    value = {"placed": ["a"]}
    journal.save_draft("deck/x", value)
    value["placed"].append("b")
    assert journal.draft("deck/x") == {"placed": ["a"]}


@pytest.mark.parametrize("name", ["", "x" * 81, "a\nb", "half \ud83d"])
def test_a_name_that_cannot_be_stored(name: str, store: Moody) -> None:
    """It is said before anything is answered."""
    with pytest.raises(StorageError, match="can't be a learner's name"):
        StoreJournal(store, name, Clock())


def test_what_waits_when_the_notebook_is_closed_is_stored_by_the_next_one(
    journal: StoreJournal, store: Moody, tmp_path: Path
) -> None:
    """Such as when a server was away until the end of the day."""
    store.trouble = "away"
    journal.record([attempt(1)])
    journal.save_draft("deck/x", {"n": 1})
    journal.set_aside(tmp_path)
    [kept] = tmp_path.iterdir()
    still_away = StoreJournal(store, "me", Clock())
    still_away.take_up(tmp_path)
    assert "away" in str(still_away.notice())
    assert kept.exists()
    store.trouble = None
    for somebody in ("ben", "me"):
        StoreJournal(store, somebody, Clock()).take_up(tmp_path)
        assert kept.exists() == (somebody == "ben")
    assert store.attempts("me") == [attempt(1)]
    assert store.draft("me", "deck/x") == {"n": 1}


def test_the_last_try_may_succeed(journal: StoreJournal, store: Moody, tmp_path: Path) -> None:
    """Then no file is left behind."""
    store.trouble = "away"
    journal.record([attempt(1)])
    store.trouble = None
    journal.set_aside(tmp_path)
    assert store.attempts("me") == [attempt(1)]
    assert not list(tmp_path.iterdir())


def test_a_draft_set_aside_does_not_replace_a_newer_one(
    journal: StoreJournal, store: Moody, tmp_path: Path
) -> None:
    """What was typed since then, on another computer, stays the latest."""
    store.trouble = "away"
    journal.save_draft("deck/x", {"n": "old"})
    journal.set_aside(tmp_path)
    store.trouble = None
    store.save_draft("me", "deck/x", {"n": "new"}, START + timedelta(days=1))
    StoreJournal(store, "me", Clock()).take_up(tmp_path)
    assert store.draft("me", "deck/x") == {"n": "new"}
    assert len(store.drafts("me")) == 2
    assert not list(tmp_path.iterdir())


def test_nothing_is_set_aside_when_all_is_stored(journal: StoreJournal, tmp_path: Path) -> None:
    """And a file that is none of ours is left alone."""
    journal.record([attempt(1)])
    journal.set_aside(tmp_path)
    assert not list(tmp_path.iterdir())
    (tmp_path / "waiting-x.jsonl").write_text("something else")
    journal.take_up(tmp_path)
    assert (tmp_path / "waiting-x.jsonl").exists()
    blocked = tmp_path / "a file"
    blocked.write_text("")
    journal.set_aside(blocked)
    journal.take_up(blocked)
