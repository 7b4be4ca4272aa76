"""How long an answer takes to be stored when a whole class answers at once.

Run with ``make bench-storage`` (or ``python benchmarks/storage/bench.py --learners 500``).
Everything is measured in this run, on this machine, on a PostgreSQL server of its own with its
usual settings (100 connections, every commit on the disk):

- SQLite, one learner in one process: what a learner has without a class;
- plain psycopg, one open connection: the least that a commit on this server costs;
- plain psycopg, all learners at once, each connecting, inserting and committing;
- okrlab, all learners at once, each with a login of their own under row-level security: once as
  fast as they can ("burst"), once with an answer every ten seconds or so ("lesson").

The learners' programs run on the same machine as the server, so most of what is measured is they
waiting for each other. Every answer of okrlab is sent twice, which is twice the work. Afterwards
the rows are counted: lost and doubled must be 0.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

import psycopg  # noqa: E402

from okrlab.assessment.attempt import Attempt  # noqa: E402
from okrlab.storage import StoreJournal  # noqa: E402
from okrlab.storage.classes import open_classes  # noqa: E402
from okrlab.storage.sql import SqlStore  # noqa: E402
from tests.postgres_server import PostgresServer, ask  # noqa: E402

SERVER = {"listen_addresses": "127.0.0.1", "max_connections": "100"}
PROCESSES = 4
PAUSE = 10.0
INSERT = (
    "INSERT INTO plain (id, learner, activity, sitting, item, item_version, concept, response,"
    " mark, misconceptions, graded, try_number, confidence, seconds, at) VALUES"
    " (%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s) ON CONFLICT DO NOTHING"
)
PLAIN = """CREATE TABLE plain (seq bigserial PRIMARY KEY, id text UNIQUE, learner text,
 activity text, sitting text, item text, item_version int, concept text, response text, mark float8,
 misconceptions text, graded boolean, try_number int, confidence text, seconds float8, at text);
CREATE INDEX ON plain (learner, at)"""


def answer(learner: str, name: str) -> Attempt:
    """An answer to a quiz."""
    return Attempt(
        id=name,
        learner=learner,
        activity="quiz/two-jobs",
        sitting="5" * 32,
        item="kpi-definition-01",
        item_version=1,
        concept="kpi-definition",
        response={"option": 2},
        mark=0.5,
        misconceptions=("M01",),
        graded=True,
        try_number=1,
        confidence="think",
        seconds=12.5,
        at=datetime.now(UTC),
    )


def row(learner: str, name: str) -> tuple[object, ...]:
    """The same as a row."""
    a = answer(learner, name)
    return (a.id, a.learner, a.activity, a.sitting, a.item, a.item_version, a.concept,
            '{"option":2}', a.mark, '["M01"]', a.graded, a.try_number, a.confidence, a.seconds,
            a.at.isoformat())  # fmt: skip


def timed(work: Callable[[], object]) -> float:
    """Seconds that it takes."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def plain_learner(url: str, person: str, answers: int, _turn: int, _pause: float) -> list[float]:
    """A learner whose program is a few lines of psycopg, which tries again when it is crowded."""

    def one(name: str) -> None:
        while True:
            try:
                with psycopg.connect(url) as connection:
                    connection.execute(INSERT, row(person, name))
                return
            except psycopg.OperationalError:
                time.sleep(random.uniform(0.01, 0.2))

    return [timed(lambda n=n: one(f"{person}-{n}")) for n in range(answers)]


def okrlab_learner(url: str, person: str, answers: int, turn: int, pause: float) -> list[float]:
    """A learner with okrlab, measured until the answer is stored. Every answer is sent twice."""
    store, taken = SqlStore(url), []
    journal = StoreJournal(store, person, lambda: datetime.now(UTC))
    time.sleep(random.uniform(0, pause))
    journal.attempts()  # as a widget does when it opens

    def record(given: Attempt) -> None:
        journal.record([given])
        while journal.notice() is not None:  # the server gave no answer: what waits is sent again
            journal.flush()

    for number in range(answers):
        given = answer(person, f"{person}-{turn}-{number}")
        taken.append(timed(lambda given=given: record(given)))
        record(given)
        time.sleep(random.uniform(0, 2 * pause))
    return taken


def some(work: Callable[..., list[float]], people: Sequence[tuple[str, str]], answers: int,
         turn: int, pause: float) -> list[float]:  # fmt: skip
    """A process with a share of the learners, a thread each."""
    with ThreadPoolExecutor(len(people)) as threads:
        found = [threads.submit(work, url, who, answers, turn, pause) for who, url in people]
        return [seconds for future in found for seconds in future.result()]


def everybody(work: Callable[..., list[float]], people: Sequence[tuple[str, str]], answers: int,
              turn: int = 0, pause: float = 0.0) -> list[float]:  # fmt: skip
    """All learners at once."""
    with ProcessPoolExecutor(PROCESSES) as pool:
        shares = [people[n::PROCESSES] for n in range(PROCESSES)]
        found = [pool.submit(some, work, share, answers, turn, pause) for share in shares if share]
        return [seconds for future in found for seconds in future.result()]


def joined(url: str, count: int) -> list[tuple[str, str]]:
    """Everybody's name and URL, after they joined by a code all at once."""
    owner = open_classes(url)
    owner.create("Autumn")
    code, door = owner.new_code("Autumn").code, owner.join_url()

    def join(_number: int) -> tuple[str, str]:
        made = open_classes(door).enrol(code)
        return made.person, str(made.url)

    with ThreadPoolExecutor(32) as threads:
        return list(threads.map(join, range(count)))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--learners", type=int, default=500)
    parser.add_argument("--answers", type=int, default=4)
    options = parser.parse_args()
    random.seed(1)
    lines: list[tuple[str, list[float]]] = []
    with tempfile.TemporaryDirectory() as folder:
        store = SqlStore(Path(folder) / "progress.sqlite3")
        store.attempts("me")
        single = [timed(lambda n=n: store.add([answer("me", f"me-{n}")])) for n in range(500)]
        lines.append(("SQLite, one learner", single))
        store.close()
    server = PostgresServer(SERVER)
    try:
        url = server.url()
        ask(url, PLAIN)
        with psycopg.connect(url, autocommit=True) as connection:
            one = [
                timed(lambda n=n: connection.execute(INSERT, row("x", f"x-{n}")))
                for n in range(500)
            ]
        lines.append(("psycopg, one connection", one))
        seconds = time.perf_counter()
        people = joined(url, options.learners)
        print(f"{len(people)} learners joined in {time.perf_counter() - seconds:.1f} s")
        plain = [(person, url) for person, _ in people]
        everyone = f"{len(people)} at once"
        lines.append((f"psycopg, {everyone}", everybody(plain_learner, plain, options.answers)))
        burst = everybody(okrlab_learner, people, options.answers, 1)
        lines.append((f"okrlab, {everyone}, burst", burst))
        lesson = everybody(okrlab_learner, people, options.answers, 2, PAUSE)
        lines.append((f"okrlab, {everyone}, lesson", lesson))
        expected = len(people) * options.answers * 2
        [(rows, ids)] = ask(url, "SELECT count(*), count(DISTINCT id) FROM okrlab_attempts")
        print(f"answers: {expected} given, {rows} stored, {expected - ids} lost, "
              f"{rows - ids} doubled")  # fmt: skip
    finally:
        server.remove()
    report(lines)
    if (rows, ids) != (expected, expected):
        sys.exit(1)


def report(lines: Sequence[tuple[str, list[float]]]) -> None:
    """A table, with how many times as long as one learner in SQLite and one bare insert."""
    points = {name: statistics.quantiles(taken, n=20) for name, taken in lines}
    sqlite, bare = (points[name] for name, _ in lines[:2])
    print(f"\n{'':34}{'p50 ms':>9}{'p95 ms':>9}{'p95 / SQLite':>14}{'p95 / psycopg':>15}")
    for name, found in points.items():
        print(
            f"{name:34}{found[9] * 1e3:9.1f}{found[18] * 1e3:9.1f}"
            f"{found[18] / sqlite[18]:14.1f}{found[18] / bare[18]:15.1f}"
        )
    peer, own = (points[name] for name, _ in lines[2:4])
    ratios = [f"{own[n] / peer[n]:.2f}" for n in (9, 18)]
    print(
        "\nAll at once, okrlab takes {} times as long as psycopg at p50, {} at p95.".format(*ratios)
    )


if __name__ == "__main__":
    main()
