"""A process of its own that writes to a store. Run by test_survival.py, not a test itself."""

from __future__ import annotations

import resource
import sys
from datetime import timedelta
from pathlib import Path

from okrlab.storage import ProgressStore, StoreJournal
from tests.storage.storage_examples import OPENERS, START, attempt

LONG = "x" * 10_000


def say(word: object) -> None:
    """Tell the test."""
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


def write(store: ProgressStore, name: str, count: int) -> None:
    """Add attempts and drafts, and say the number of each as soon as it is kept."""
    for number in range(count):
        store.add([attempt(number, id=f"{name}-{number}", response={"text": LONG})])
        store.save_draft("me", f"deck/{name}", {"n": number}, START + timedelta(seconds=number))
        say(number)


def fill(store: ProgressStore) -> None:
    """Answer until no more fits, answer on, make room again."""
    journal = StoreJournal(store, "me", lambda: START)
    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    journal.record([attempt(0)])
    resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, hard))
    number = 0
    while journal.notice() is None:
        number += 1
        journal.record([attempt(number, response={"text": LONG})])
    say(journal.notice())
    for more in (number + 1, number + 2):
        journal.record([attempt(more, response={"text": LONG})])
    journal.save_draft("deck/x", {"text": LONG})
    say(journal.notice())
    say(len(journal.attempts()) == number + 3)
    say(journal.draft("deck/x") == {"text": LONG})
    resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
    journal.record([attempt(number + 3)])
    say(journal.notice())
    say(number + 4)


def look(store: ProgressStore) -> None:
    """Read, and say how many answers and notices there are."""
    say(f"{len(store.attempts('me'))} {len(store.notices())}")


if __name__ == "__main__":
    task, kind, folder, *rest = sys.argv[1:]
    opened = OPENERS[kind](Path(folder))
    match task:
        case "write":
            write(opened, rest[0], int(rest[1]))
        case "fill":
            fill(opened)
        case "look":
            look(opened)
    opened.close()
