"""Every claim that the lessons built so far owe is taught, and the page says where."""

from __future__ import annotations

from pathlib import Path

import pytest

from okrlab.authoring.coverage import Taught, coverage_page, owed, survey, unknown_claims
from okrlab.content import Claim, library

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def taught() -> dict[str, Taught]:
    """Where each claim is taught."""
    return survey(ROOT, library())


def test_every_claim_is_taught(taught: dict[str, Taught]) -> None:
    """Nothing is owed by a lesson of the course: passage, items, widget and exercise are there."""
    built = {lesson.number for lesson in library().lessons}
    open_claims = {
        claim.id: missing
        for claim in library().claims.values()
        if claim.lesson in built
        and (missing := owed(claim, taught.get(claim.id, Taught()), library()))
    }
    assert open_claims == {}


def test_lessons_teach_no_claim_that_does_not_exist() -> None:
    """A passage cannot refer to a claim by a misspelt id."""
    assert unknown_claims(ROOT, library()) == []


def test_the_page_is_up_to_date() -> None:
    """`okrlab author coverage` was run after the last change of content."""
    page = (ROOT / "docs" / "coverage.md").read_text(encoding="utf-8")
    assert page == coverage_page(ROOT, library()), "run `okrlab author coverage`"


def test_what_is_missing_is_named() -> None:
    """An untaught claim owes its passage, its items, its widget and its exercise."""
    claim = Claim(
        id="000-false-choice",
        claim="…",
        lesson=1,
        page=True,
        widget="CardSort",
        exercise="9.9",
        items=2,
    )
    assert owed(claim, Taught(items=["a"]), library()) == [
        "no passage in a lesson teaches it",
        "1 quiz items of 2",
        "lesson 1 does not show CardSort",
        "exercise 9.9 does not exist",
    ]
