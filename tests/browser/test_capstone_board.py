"""CapstoneBoard as hands, fingers, keys and screen readers meet it."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path

import pytest
from harness import Theme, every_size_and_theme, stage
from openpyxl import load_workbook
from playwright.sync_api import Browser

from okrlab.assessment.journal import MemoryJournal
from okrlab.content import library
from okrlab.widgets.capstone_board import CapstoneBoard
from tests.widgets.sort_examples import send

pytestmark = pytest.mark.browser

NOW = datetime(2027, 1, 4, 9, tzinfo=UTC)


def make(journal: MemoryJournal | None = None) -> CapstoneBoard:
    return CapstoneBoard(journal or MemoryJournal("me", lambda: NOW), library(), version="0.1")


def fill(widget: CapstoneBoard) -> None:
    """The example, moved into all columns, with a critical alert and a form that lacks things."""

    def edit(**fields: str) -> None:
        for name, text in fields.items():
            send(widget, "edit", id=widget.view["here"]["id"], field=name, text=text)

    def move(name: str, **fields: str) -> None:
        send(widget, "open", id=widget.view["here"]["id"], move=name)
        edit(**fields)
        send(widget, "move", id=widget.view["here"]["id"], move=name)
        assert widget.view["error"] is None

    send(widget, "example")
    move("define")
    move("watch")
    move(
        "focus",
        objective="Customers know where their order is",
        baseline="4.1",
        target="3",
        due="2027-03-31",
    )
    milestone = next(
        c["id"]
        for col in widget.view["columns"]
        for c in col["cards"]
        if c["name"].startswith("Orders")
    )
    send(widget, "show", id=milestone)
    move("promise", due="2027-02-15")
    for name, more in (("Accidents", {"upper": "2", "critical": "yes"}), ("Sales", {})):
        send(widget, "add", name=name, what="measure")
        edit(owner="Ana", formula="count", source="log", values="1 2 1 0 1 2 1", **more)
        move("define")
        move("watch")
        if more:
            edit(values="1 2 1 0 1 2 1 4")
            move("alert")
    send(widget, "add", name="Visitors who ask for a sample", what="measure")
    send(widget, "open", id=widget.view["here"]["id"], move="define")
    edit(owner="Bia")


def test_keyboard_alone_adds_a_measure_and_starts_measuring(browser: Browser) -> None:
    """Type, Enter, fill in; the conditions turn one by one, and the move is announced."""
    with stage(browser, make()) as s:
        s.page.locator("[data-focus-key=fresh]").focus()
        s.page.keyboard.type("<i>Late</i> parcels")
        s.press("Enter")
        assert s.page.locator("[data-focus-key=field-name]").input_value() == "<i>Late</i> parcels"
        s.page.locator("[data-focus-key=move-define]").focus()
        s.press("Enter")
        assert s.page.locator(".cb-missing").count() == 3
        for name in ("owner", "formula", "source"):
            s.page.locator(f"[data-focus-key=field-{name}]").focus()
            s.page.keyboard.type("somebody")
            s.page.keyboard.press("Tab")
            s.settle()
        assert s.page.locator(".cb-missing").count() == 0
        s.page.locator("[data-focus-key=move-do]").focus()
        s.press("Enter")
        assert "now baselining" in s.said[-1]
        assert s.focused().startswith("<i>Late</i> parcels")
        assert s.root.locator("i", has_text="Late").count() == 0


def test_typing_is_not_taken_back_by_a_late_answer(browser: Browser) -> None:
    """What was typed last stands there, whatever arrives meanwhile; removed, it comes back."""
    widget = make()
    send(widget, "example")
    with stage(browser, widget, width=360, touch=True) as s:
        owner = s.page.locator("[data-focus-key=field-owner]")
        owner.fill("Somebody new")
        s.push()
        assert owner.input_value() == "Somebody new"
        s.page.get_by_role("button", name="Remove it from the board").tap()
        s.settle()
        s.page.get_by_role("button", name="Undo").tap()
        s.settle()
        assert owner.input_value() == "Somebody new"


def test_offers_are_ticked_and_taken_over(browser: Browser) -> None:
    """One is left out by a tick; the other is on the board, and is not asked about again."""
    journal = MemoryJournal("me", lambda: NOW)
    names = [{"id": f"m{n}", "name": name} for n, name in enumerate(("Churn", "Sick days"))]
    journal.save_draft("kpi-audit", {"measures": names})
    with stage(browser, make(journal)) as s:
        s.page.get_by_label("Churn").uncheck()
        s.page.get_by_role("button", name="Take over 1 line").click()
        s.settle()
        cards = s.page.locator(".cb-card-name").all_inner_texts()
        assert cards == ["Sick days"]
        assert s.page.get_by_text("elsewhere in this course").count() == 0


def test_the_board_is_downloaded_from_the_browser(browser: Browser, tmp_path: Path) -> None:
    """A workbook that opens, and a record with the name that was just typed."""
    widget = make()
    send(widget, "example")
    with stage(browser, widget) as s:
        s.page.get_by_role("button", name="Take it with you").click()
        s.settle()
        s.page.get_by_role("button", name="Board: Excel").click()
        s.settle()
        with s.page.expect_download() as download:
            s.page.get_by_role("button", name="Download the file").click()
        assert download.value.suggested_filename == "my-board.xlsx"
        path = tmp_path / "b.xlsx"
        download.value.save_as(path)
        book = load_workbook(io.BytesIO(path.read_bytes()))
        assert book["Board"]["C2"].value == "Days from order to delivery"
        s.page.get_by_role("button", name="Record: JSON").click()
        s.settle()
        s.page.get_by_label("Your name in the record").fill("Zoë")
        s.page.keyboard.press("Tab")
        s.settle()
        assert '"name": "Zoë"' in s.view["export"]["text"]


@every_size_and_theme
def test_every_phase_is_usable(
    browser: Browser, theme: Theme, width: int, zoom: float, touch: bool
) -> None:
    """Empty, and full with an alert, a set, missing conditions and the record open."""
    widget = make()
    with stage(
        browser, widget, theme=theme, width=width, zoom=zoom, touch=touch, reduced_motion=True
    ) as s:
        for phase in ("empty", "filled"):
            s.push()
            if phase == "filled":
                s.page.get_by_role("button", name="Take it with you").click()
                s.settle()
                s.page.get_by_role("button", name="Record: page").click()
                s.settle()
            assert s.axe() == []
            assert [e for e in s.overflow() if e.split(".")[0] in ("DIV", "P", "UL", "LI")] == []
            assert s.small_targets() == []
            s.shot(f"board-{theme}-{width}-{phase}")
            fill(widget)
