"""`okrlab author checks`: the pages of the analyser's checks."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from okrlab.authoring import new
from okrlab.cli.author import app


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout without pages."""
    content = tmp_path / "okrlab" / "content"
    content.mkdir(parents=True)
    (tmp_path / "pyproject.toml").write_text("")
    monkeypatch.setattr(new, "shipped_folder", lambda: content)
    return tmp_path


def run(*arguments: str) -> Result:
    """Run `okrlab author checks`."""
    return CliRunner().invoke(app, ["checks", *arguments], catch_exceptions=False)


def test_out_of_date_then_written_then_in_step(checkout: Path) -> None:
    """With --check it only tells, and fails; then it writes; then there is nothing to do."""
    told = run("--check")
    assert told.exit_code == 1
    assert "docs/checks/README.md" in told.output
    assert "okrlab author checks" in told.output
    assert not (checkout / "docs").exists()
    assert run().output.startswith("Wrote docs/checks/README.md")
    assert len(list((checkout / "docs" / "checks").glob("h*.md"))) == 25
    assert run("--check").output == "docs/checks is up to date.\n"


def test_a_page_says_when_its_check_fires(checkout: Path) -> None:
    """On two paragraphs of their own."""
    run()
    page = (checkout / "docs" / "checks" / "h03-no-baseline.md").read_text("utf-8")
    assert page.startswith("# H03 no-baseline\n\nThe target is there")
    assert "\n\n**Fires on:** “NPS to 45" in page
    assert "\n\n**Doesn't fire on:** “NPS from 32" in page
