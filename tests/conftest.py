"""Fixtures for every test: nothing that a test does may reach the user's own progress."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.postgres_server import PostgresServer


@pytest.fixture(autouse=True)
def okrlab_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Point OKRLAB_HOME to an empty folder of this test's own."""
    home = tmp_path_factory.mktemp("okrlab-home")
    monkeypatch.setenv("OKRLAB_HOME", str(home))
    return home


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A real PostgreSQL server, started by the first test that asks for it."""
    from tests.postgres_server import VARIABLE, PostgresServer

    server = PostgresServer()
    os.environ[VARIABLE] = server.url()
    yield server
    del os.environ[VARIABLE]
    server.remove()
