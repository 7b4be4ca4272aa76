"""One list of dependencies, told three times: for pip and uv, for conda, for readers."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def targets() -> set[str]:
    """The targets of the Makefile that explain themselves."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    return set(re.findall(r"^([a-z-]+):.*##", makefile, flags=re.MULTILINE))


def test_conda_gets_the_same_dependencies() -> None:
    """Same names, same bounds, same Python; okrlab itself comes from the checkout."""
    conda = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    packages = [entry for entry in conda["dependencies"] if isinstance(entry, str)]
    (pip,) = [entry["pip"] for entry in conda["dependencies"] if isinstance(entry, dict)]
    python = f"python{PROJECT['requires-python']}"
    assert sorted(packages) == sorted([python, "pip", *PROJECT["dependencies"]])
    assert pip == ["-e ."]


def test_every_dependency_has_its_reason() -> None:
    """docs/decisions tells what each is for."""
    reasons = (ROOT / "docs/decisions/0002-dependencies.md").read_text(encoding="utf-8")
    for dependency in PROJECT["dependencies"]:
        name = re.split(r"[<>=]", dependency)[0]
        assert re.search(rf"\b{re.escape(name)}\b", reasons), f"{name} is not explained"


def test_the_readme_names_commands_and_versions_that_exist() -> None:
    """The two commands are there; every make target and file it names exists."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    named = set(re.findall(r"\bmake ([a-z]+)", readme))
    assert {"lab", "test"} <= named
    assert named <= targets()
    assert set(re.findall(r"Python\s(3\.\d+)", readme)) == {"3.11"}
    assert PROJECT["requires-python"] == ">=3.11"
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", readme):
        assert (ROOT / target).exists(), f"README links to {target}, which is not there"


def test_make_help_lists_every_target() -> None:
    """`make help` and `.PHONY` name the same targets."""
    said = subprocess.run(
        ["make", "--no-print-directory", "help"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert {line.split()[0] for line in said.splitlines()} == targets()
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    (phony,) = re.findall(r"^\.PHONY: (.*)$", makefile, flags=re.MULTILINE)
    assert set(phony.split()) == targets()


@pytest.mark.parametrize(
    ("name", "there"), [("package.json", "package.json"), ("static", "page"), ("style", "style")]
)
def test_the_installed_shell_is_the_checkouts(name: str, there: str) -> None:
    """Files of the labextension are copied at install: after an edit, run make setup."""
    source = ROOT / "okrlab" / "labextension"
    installed = Path(sys.prefix) / "share/jupyter/labextensions/okrlab-shell"
    files = [source / name] if (source / name).is_file() else sorted((source / name).iterdir())
    for file in files:
        copy = installed / there / file.relative_to(source / name)
        assert copy.read_bytes() == file.read_bytes(), f"{copy} is not up to date: make setup"
