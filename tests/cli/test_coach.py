"""`okrlab coach`: which page is opened, by which program, with which care."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from okrlab.cli import app, coach, lab
from okrlab.content import library
from okrlab.errors import OkrlabError, UnknownNameError
from okrlab.notebook.course import copy_course


def started(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> list[str]:
    """Run `okrlab coach` up to the point where it would become a server."""
    seen: list[list[str]] = []
    monkeypatch.setattr(coach, "start", lambda command, folder: seen.append(command))
    result = CliRunner().invoke(app, ["coach", *arguments], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return seen[0]


def test_a_class_opens_its_report(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A folder is named from the root on, because the page looks from another folder."""
    monkeypatch.setenv("OKRLAB_CLASS", "")
    (tmp_path / "friday").mkdir()
    monkeypatch.chdir(tmp_path)
    command = started(monkeypatch, str(tmp_path / "mine"), "--no-browser", "--class", "friday")
    assert "--LabApp.default_url=/doc/tree/notebooks/coach/class_report.ipynb" in command
    assert os.environ["OKRLAB_CLASS"] == str(tmp_path / "friday")
    started(monkeypatch, str(tmp_path / "mine"), "--no-browser", "--class", "Monday team")
    assert os.environ["OKRLAB_CLASS"] == "Monday team"


def test_the_run_sheet_opens_in_lab(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The course is copied as by `okrlab lab`; idle kernels end; Present has its template."""
    folder = tmp_path / "mine"
    command = started(monkeypatch, str(folder), "--no-browser", "--", "--debug")
    assert command[:3] == [sys.executable, "-m", "jupyterlab"]
    assert "--LabApp.default_url=/doc/tree/notebooks/coach/00_run_sheet.ipynb" in command
    assert "--MappingKernelManager.cull_idle_timeout=3600" in command
    assert "--VoilaConfiguration.template=okrlab" in command
    assert command[-1] == "--debug"
    assert (folder / "notebooks" / "coach" / "01_lumen_churn.ipynb").is_file()


def test_a_scenario_is_presented(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Voilà, on loopback, with a token, no code, and kernels that end when nobody looks."""
    folder = tmp_path / "mine"
    command = started(monkeypatch, str(folder), "--present", "web-leads", "--no-browser")
    assert command[:3] == [sys.executable, "-m", "voila"]
    assert command[3] == str(folder / "notebooks" / "coach" / "05_web_leads.ipynb")
    assert "--Voila.ip=127.0.0.1" in command
    assert "--Voila.auto_token=True" in command
    assert "--VoilaConfiguration.strip_sources=True" in command
    assert "--MappingKernelManager.cull_idle_timeout=900" in command
    assert "--MappingKernelManager.cull_interval=60" in command
    assert "--no-browser" in command


def test_every_scenario_can_be_presented(tmp_path: Path) -> None:
    """Each shipped scenario has its notebook, found by the scenario's name."""
    copy_course(tmp_path)
    assert sorted(coach.scenarios(tmp_path)) == library().names("scenarios")


def test_a_notebook_of_ones_own_can_be_presented(tmp_path: Path) -> None:
    """Anywhere in the folder, never outside; an unknown name gets the nearest."""
    copy_course(tmp_path / "mine")
    own = tmp_path / "mine" / "clients" / "acme.ipynb"
    own.parent.mkdir()
    own.write_text("{}", encoding="utf-8")
    assert coach.page_of(tmp_path / "mine", "clients/acme.ipynb") == "clients/acme.ipynb"
    assert coach.page_of(tmp_path / "mine", str(own)) == "clients/acme.ipynb"
    (tmp_path / "out.ipynb").write_text("{}", encoding="utf-8")
    for name in ("../out.ipynb", "none.ipynb"):
        with pytest.raises(OkrlabError, match="There is no notebook"):
            coach.page_of(tmp_path / "mine", name)
    with pytest.raises(UnknownNameError, match="lumen-churn"):
        coach.page_of(tmp_path / "mine", "lumen-chrun")


def test_a_copy_of_a_notebook_is_no_second_scenario(tmp_path: Path) -> None:
    """Earlier and newer versions lie beside the notebook under other names."""
    copy_course(tmp_path)
    folder = tmp_path / "notebooks" / "coach"
    (folder / "01_lumen_churn (new version).ipynb").write_text("{}", encoding="utf-8")
    assert coach.scenarios(tmp_path)["lumen-churn"] == "notebooks/coach/01_lumen_churn.ipynb"
    assert len(coach.scenarios(tmp_path)) == len(library().names("scenarios"))


def test_voila_finds_the_template_of_the_package(tmp_path: Path) -> None:
    """First of all places, and what the user had set stays behind it."""
    first = lab.lab_environment(tmp_path)["JUPYTER_PATH"].split(os.pathsep)[0]
    assert (Path(first) / "voila" / "templates" / lab.TEMPLATE / "index.html.j2").is_file()


def test_nothing_in_the_template_is_fetched_from_elsewhere() -> None:
    """No address in it, and Voilà's own block with one is left out."""
    folder = Path(lab.__file__).parent.parent / "present"
    for path in folder.rglob("*.*"):
        assert "http" not in path.read_text(encoding="utf-8"), path
    text = (folder / "voila/templates/okrlab/index.html.j2").read_text(encoding="utf-8")
    assert "super.super()" in text
