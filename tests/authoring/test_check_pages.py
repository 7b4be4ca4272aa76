"""The pages of the analyser's checks are their docstrings."""

from __future__ import annotations

from pathlib import Path

import pytest

from okrlab.analyser.checks import check_modules
from okrlab.authoring.check_pages import check_pages, write_check_pages

ROOT = Path(__file__).parents[2]


def test_the_pages_are_up_to_date() -> None:
    """`okrlab author checks` was run after the last change of a docstring."""
    assert write_check_pages(ROOT, check=True) == [], "run `okrlab author checks`"


@pytest.mark.parametrize("name", check_modules())
def test_every_docstring_is_a_page(name: str) -> None:
    """It says what the check notices, with a line on which it fires and one where not."""
    text = check_modules()[name].__doc__ or ""
    number = name.partition("_")[0].upper()
    assert text.startswith(f"{number} ")
    assert ": " in text.splitlines()[0]
    assert "Fires on:" in text
    assert "Doesn't fire on:" in text


def test_twenty_five_checks() -> None:
    """H01 to H25, without a gap."""
    assert [n[:3] for n in check_modules()] == [f"h{k:02d}" for k in range(1, 26)]


def test_writing_removes_pages_of_checks_that_are_gone(tmp_path: Path) -> None:
    """The folder holds exactly the pages that there are."""
    write_check_pages(tmp_path)
    (tmp_path / "docs" / "checks" / "h99-gone.md").write_text("…", encoding="utf-8")
    assert write_check_pages(tmp_path) == ["docs/checks/h99-gone.md (no such check any more)"]
    assert write_check_pages(tmp_path) == []
    assert {p.name for p in (tmp_path / "docs" / "checks").iterdir()} == set(check_pages())
