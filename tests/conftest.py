"""Fixtures for every test: nothing that a test does may reach the user's own progress."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def okrlab_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Point OKRLAB_HOME to an empty folder of this test's own."""
    home = tmp_path_factory.mktemp("okrlab-home")
    monkeypatch.setenv("OKRLAB_HOME", str(home))
    return home
