"""Every kind of store: `store` is an empty one, `reopen` opens the same place again.

A test that takes a `kind` as a parameter has a server when that kind is PostgreSQL.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from okrlab.storage import MemoryStore, ProgressStore
from tests.storage.storage_examples import FILE_OPENERS, OPENERS

NOBODY = 65534


@pytest.fixture(autouse=True)
def _server(request: pytest.FixtureRequest) -> None:
    """Start the server when one of the test's parameters asks for it."""
    parameters = getattr(getattr(request.node, "callspec", None), "params", {})
    if "postgresql" in parameters.values():
        request.getfixturevalue("postgres")


@pytest.fixture(params=[*OPENERS])
def reopen(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[], ProgressStore]]:
    """Open a store at the same place, as another kernel would."""
    yield from _reopening(request.param, _empty(request, tmp_path))


@pytest.fixture(params=[*FILE_OPENERS])
def reopen_file(
    request: pytest.FixtureRequest, tmp_path: Path
) -> Iterator[Callable[[], ProgressStore]]:
    """The same of stores in files only."""
    yield from _reopening(request.param, tmp_path)


def _empty(request: pytest.FixtureRequest, folder: Path) -> Path:
    """The folder of an empty place. One database serves all tests here, as making many is slow."""
    if request.param != "postgresql":
        return folder
    from tests.postgres_server import ask, database_at

    shared = request.getfixturevalue("tmp_path_factory").getbasetemp()
    url = database_at(shared / "data")
    if ask(url, "SELECT to_regclass('okrlab_attempts')") != [(None,)]:
        ask(url, "TRUNCATE okrlab_attempts, okrlab_drafts")
    return shared


def _reopening(kind: str, folder: Path) -> Iterator[Callable[[], ProgressStore]]:
    opened: list[ProgressStore] = []

    def opener() -> ProgressStore:
        opened.append(OPENERS[kind](folder / "data"))
        return opened[-1]

    yield opener
    for store in opened:
        store.close()


@pytest.fixture(params=["memory", *OPENERS])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[ProgressStore]:
    """An empty store of every kind."""
    folder = _empty(request, tmp_path) / "data"
    made = MemoryStore() if request.param == "memory" else OPENERS[request.param](folder)
    yield made
    made.close()


@pytest.fixture
def unprivileged() -> Callable[[], AbstractContextManager[None]]:
    """Inside this context, permissions of files bind this process, even when it is root's."""

    @contextmanager
    def context() -> Iterator[None]:
        if os.geteuid() != 0:
            yield
            return
        os.seteuid(NOBODY)
        try:
            yield
        finally:
            os.seteuid(0)

    return context
