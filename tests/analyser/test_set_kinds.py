"""A set in which the writer has said what each statement is."""

from __future__ import annotations

import pytest

from okrlab.analyser import analyse_set


def test_what_the_writer_says_counts_for_the_set() -> None:
    """Two lines named health metrics leave a set without key results; the reading stays."""
    lines = ["Cut waiting time from 9 to 4 hours by 30 June", "", "NPS from 32 to 45 by 30 June"]
    read = analyse_set("Patients come back", lines)
    said = analyse_set("Patients come back", lines, kinds=["health_metric", None, "health_metric"])
    assert any(f.advice.startswith("No key result") for f in said.findings)
    assert not any(f.advice.startswith("No key result") for f in read.findings)
    assert said.statements == read.statements


def test_as_many_kinds_as_statements() -> None:
    """A list of another length is a mistake of the caller."""
    with pytest.raises(ValueError, match="zip"):
        analyse_set("O", ["A", "B"], kinds=["kpi"])
