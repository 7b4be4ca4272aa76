"""The course in a real JupyterLab: a page, not a programming tool."""

from __future__ import annotations

import json
import os
import re
import signal
from pathlib import Path
from urllib.parse import quote
from urllib.request import Request, urlopen

import nbformat
import pytest
from axe_playwright_python.sync_playwright import Axe
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from playwright.sync_api import expect

from okrlab.notebook.course import shipped_files

from .conftest import TOKEN, Lab, Reader

pytestmark = [pytest.mark.browser, pytest.mark.lab]

WELCOME = "notebooks/00_welcome.ipynb"
FIRST, SECOND, EXERCISE = (
    next(name for name in shipped_files() if name.startswith(start))
    for start in ("notebooks/01", "notebooks/02", "exercises/01")
)


def test_a_lesson_opens_as_a_page(reader: Reader) -> None:
    """No popup, no menu, no code; the widgets are there without a click."""
    reader.open(WELCOME)
    expect(reader.front.locator("h1")).to_be_visible()
    expect(reader.page).to_have_title("Welcome – okrlab")
    expect(reader.code()).to_have_count(0)
    assert reader.outputs().count() > 0
    for clutter in (
        "#jp-menu-panel",
        ".jp-SideBar",
        ".jp-NotebookPanel-toolbar",
        "#jp-main-statusbar",
    ):
        expect(reader.page.locator(clutter).locator("visible=true")).to_have_count(0)
    expect(reader.page.locator(".Toastify__toast, .jp-toast, .jp-Dialog")).to_have_count(0)


def test_what_ran_by_itself_needs_no_saving(reader: Reader) -> None:
    """Opening a lesson changes nothing on the disk, and closing the window asks nothing."""
    before = (reader.lab.folder / WELCOME).read_bytes()
    reader.open(WELCOME)
    assert not reader.page.evaluate("jupyterapp.shell.currentWidget.context.model.dirty")
    assert (reader.lab.folder / WELCOME).read_bytes() == before


def test_the_bar_leads_through_the_course(reader: Reader) -> None:
    """Next, Previous, Contents by keyboard, an exercise, and back."""
    reader.open(WELCOME)
    previous = reader.bar.get_by_role("button", name="Previous")
    expect(previous).to_have_attribute("aria-disabled", "true")
    reader.press("Next")
    reader.prepared(FIRST)
    reader.press("Previous")
    reader.prepared(WELCOME)
    reader.bar.get_by_role("button", name="Contents").press("Enter")
    contents = reader.front.get_by_role("navigation", name="Contents")
    expect(contents.locator("[aria-current=page]")).to_be_focused()
    reader.page.keyboard.press("Escape")
    expect(contents).to_be_hidden()
    expect(reader.bar.get_by_role("button", name="Contents")).to_be_focused()
    reader.page.keyboard.press("Enter")
    contents.get_by_role("button", name="Exercises").first.click()
    reader.prepared(EXERCISE)
    reader.press("Back to the lesson")
    reader.prepared(FIRST)
    reader.press("Contents")
    reader.front.get_by_role("navigation").get_by_role("button", name="Your reviews").click()
    reader.prepared("notebooks/reviews.ipynb")
    expect(reader.front.get_by_text("Nothing to review yet")).to_be_visible()
    reader.press("The course")
    reader.prepared(WELCOME)


def test_reading_cannot_damage_the_page(reader: Reader) -> None:
    """Lab's one-letter commands and a double click do nothing to a lesson."""
    reader.open(FIRST)
    cells = reader.front.locator(".jp-Cell").count()
    reader.front.locator("h2").first.dblclick()
    for key in ("d", "d", "a", "b", "x", "m", "Enter", "Backspace"):
        reader.page.keyboard.press(key)
    assert reader.front.locator(".jp-Cell").count() == cells
    expect(reader.front.locator(".jp-MarkdownCell:not(.jp-mod-rendered)")).to_have_count(0)
    expect(reader.code()).to_have_count(0)


def test_the_curious_can_look_at_the_code(reader: Reader) -> None:
    """The toggle shows code, menus and toolbar, and hides them again."""
    reader.open(FIRST)
    reader.press("Show the code")
    expect(reader.code().first).to_be_visible()
    expect(reader.page.locator("#jp-menu-panel")).to_be_visible()
    expect(reader.bar.get_by_role("button", name="Hide the code")).to_have_attribute(
        "aria-pressed", "true"
    )
    reader.press("Hide the code")
    expect(reader.code()).to_have_count(0)
    expect(reader.page.locator("#jp-menu-panel")).to_be_hidden()


def test_an_exercise_is_written_run_and_started_afresh(reader: Reader) -> None:
    """The learner's code runs at a button; starting afresh keeps a copy of it."""
    exercise = reader.lab.folder / EXERCISE
    shipped = exercise.read_bytes()
    reader.open(EXERCISE)
    cell = reader.front.locator(".jp-CodeCell:not(.okrlab-quiet)").last
    cell.locator(".cm-content").click()
    reader.page.keyboard.press("ControlOrMeta+A")
    reader.page.keyboard.type("print(6 * 7)")
    cell.get_by_role("button", name="Run").click()
    expect(cell.locator(".jp-OutputArea-output")).to_have_text("42\n")
    reader.press("Start this page afresh")
    dialog = reader.page.get_by_role("dialog")
    expect(dialog).to_contain_text("Your marks and your progress are kept.")
    dialog.get_by_role("button", name="Start afresh").click()
    copy = exercise.with_name(f"{exercise.stem} (my earlier copy).ipynb")
    expect(reader.bar).to_contain_text(f"Your earlier version is kept as “{copy.name}”.")
    assert json.loads(copy.read_bytes())["cells"][-1]["source"] != ""
    assert "print(6 * 7)" in copy.read_text(encoding="utf-8")
    assert [c["source"] for c in json.loads(exercise.read_bytes())["cells"]] == [
        c["source"] for c in json.loads(shipped)["cells"]
    ]
    expect(cell).not_to_contain_text("print(6 * 7)")


def test_a_kernel_that_dies_is_started_again(reader: Reader) -> None:
    """The page recovers by itself and says that progress is kept."""
    reader.open(FIRST)
    pid = int(reader.kernel_says("import os; print(os.getpid())"))
    os.kill(pid, signal.SIGKILL)
    expect(reader.bar).to_contain_text("has been started again", timeout=60_000)
    assert int(reader.kernel_says("import os; print(os.getpid())")) != pid
    expect(reader.page.locator(".jp-Dialog")).to_have_count(0)
    # Lab rejects what was under way in the lost kernel with nothing at all.
    reader.failures[:] = [failure for failure in reader.failures if failure != "undefined"]


def test_only_the_courses_own_cells_run_by_themselves(reader: Reader, tmp_path: Path) -> None:
    """A changed cell, and a notebook that only claims to be a lesson, wait for the learner."""
    lab = reader.lab
    trap = tmp_path / "sprung"
    evil = f"open({str(trap)!r}, 'w').close()"
    lesson = {"lesson": 2, "kind": "lesson", "title": "Trap"}
    hidden = {"tags": ["hide-input"]}
    claims = new_notebook(
        cells=[new_markdown_cell("# Trap"), new_code_cell(evil, metadata=hidden)],
        metadata={"okrlab": lesson, "kernelspec": {"name": "python3", "display_name": "P"}},
    )
    nbformat.write(claims, lab.folder / "notebooks" / "99_trap.ipynb")
    changed = lab.folder / SECOND
    shipped = changed.read_bytes()
    notebook = nbformat.read(changed, as_version=4)
    next(c for c in notebook.cells if c.cell_type == "code").source = evil
    nbformat.write(notebook, changed)
    try:
        reader.page.goto(f"{lab.url}doc/tree/notebooks/99_trap.ipynb?token=only-for-tests&reset")
        expect(reader.front.locator("h1")).to_be_visible(timeout=60_000)
        expect(reader.front.locator(".okrlab-bar")).to_have_count(0)
        reader.page.goto(f"{lab.url}doc/tree/{SECOND}?token=only-for-tests&reset")
        expect(reader.bar).to_have_attribute(
            "data-state", re.compile("note|trouble"), timeout=60_000
        )
    finally:
        changed.write_bytes(shipped)
    assert not trap.exists()


@pytest.mark.parametrize("theme", ["JupyterLab Light", "JupyterLab Dark"])
def test_the_bar_is_accessible_and_fits_a_phone(reader: Reader, theme: str) -> None:
    """No finding of axe in either theme; at 320 pixels nothing is cut off."""
    reader.open(WELCOME)
    label = "Dark theme" if theme.endswith("Dark") else "Light theme"
    if reader.bar.get_by_role("button", name=label).count():
        reader.press(label)
    expect(reader.page.locator("body")).to_have_attribute("data-jp-theme-name", theme)
    reader.press("Contents")
    found = Axe().run(reader.page, context={"include": [[".okrlab-bar"], [".okrlab-list"]]})
    assert found.violations_count == 0, found.generate_report()
    reader.page.keyboard.press("Escape")
    reader.page.set_viewport_size({"width": 320, "height": 640})
    reader.press("More")
    for button in reader.bar.get_by_role("button").all():
        if button.is_visible():
            box = button.bounding_box()
            assert box is not None
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= 320
            assert box["height"] >= 44
    heading = reader.front.locator("h1").bounding_box()
    assert heading is not None
    assert heading["x"] + heading["width"] <= 320


def test_the_server_answers_only_about_the_course(lab: Lab) -> None:
    """Lessons in order with their exercises; anything else is not found."""
    lessons = json.loads(lab.ask("okrlab/course")[1])["lessons"]
    assert [lesson["path"] for lesson in lessons] == sorted(lesson["path"] for lesson in lessons)
    assert lessons[0]["path"] == WELCOME
    assert EXERCISE in lessons[1]["exercises"]
    cells = json.loads(lab.ask(f"okrlab/course/cells?path={WELCOME}")[1])
    assert cells["name"] == WELCOME
    for path in ("notebooks/../../secret.ipynb", "pyproject.toml", "", "notebooks/none.ipynb"):
        assert lab.ask(f"okrlab/course/cells?path={quote(path)}")[0] == 404
        assert lab.ask("okrlab/course/afresh", json.dumps({"path": path}).encode())[0] == 404
    for body in (b"[]", b'{"path": 3}', b"{}", b"no json"):
        assert lab.ask("okrlab/course/afresh", body)[0] == 400


def test_an_update_of_the_page_around_a_lesson_is_seen_at_once(lab: Lab) -> None:
    """The browser asks each time whether its files are the latest."""
    url = f"{lab.url}lab/extensions/okrlab-shell/page/page.js"
    with urlopen(Request(url, headers={"Authorization": f"token {TOKEN}"}), timeout=20) as answer:
        assert answer.headers["Cache-Control"] == "no-cache"
