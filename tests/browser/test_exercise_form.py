"""The exercise form in a browser."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from harness import Theme, stage
from playwright.sync_api import Browser

from okrlab.assessment.journal import MemoryJournal
from okrlab.content import library
from okrlab.content.exercise import ExerciseFile
from okrlab.content.library import read_file
from okrlab.widgets.exercise_form import ExerciseForm

pytestmark = pytest.mark.browser

EXAMPLES = Path(__file__).parents[1] / "data" / "exercise-examples.yaml"
SOURCE, PROBLEMS = read_file(EXAMPLES, ExerciseFile)
assert SOURCE is not None, PROBLEMS
FORMS = {e.id: e for e in SOURCE.model.exercises}  # type: ignore[attr-defined]

OWN_ROW = {
    "name": "Complaints per 100 stays",
    "kind": "number",
    "focus": "yes",
    "objective": "Guests come back",
    "from": "9",
    "to": "5",
    "by": "2027-03-31",
    "range": "no",
    "role": "kpi",
}


@pytest.fixture
def journal() -> MemoryJournal:
    return MemoryJournal("ada", lambda: datetime(2026, 11, 21, tzinfo=UTC))


def form(name: str, journal: MemoryJournal) -> ExerciseForm:
    return ExerciseForm(FORMS[name], journal, library())


def test_cases_are_answered_checked_and_mended_with_the_mouse(
    browser: Browser, journal: MemoryJournal
) -> None:
    """Pills and numbers in, Check, the reason of the wrong one, a second try, full marks."""
    with stage(browser, form("9.1", journal)) as s:
        returns, oven = (s.page.get_by_role("group", name=n) for n in ("1. Returned", "2. Oven"))
        returns.get_by_label("KPI", exact=True).check()
        returns.get_by_label("Attainment").fill("0,64")
        oven.get_by_label("Health metric").check()
        oven.get_by_label("Attainment").fill("1")
        s.page.get_by_role("button", name="Check").click()
        s.settle()
        assert returns.get_by_text("own-kpi-feedback").is_visible()
        assert returns.get_by_text("Not this one").is_visible()
        assert s.page.locator(".okl-body").get_by_text("6 of 8 points").is_visible()
        assert s.said[-1] == "6 of 8 points. 3 of 4 answers are right."
        assert "shared-" not in s.sent()
        assert s.axe() == []
        returns.get_by_label("Metric key result").check()
        s.settle()
        assert returns.get_by_text("own-kpi-feedback").count() == 0
        s.page.get_by_role("button", name="Check again").click()
        s.settle()
        assert s.page.locator(".okl-body").get_by_text("8 of 8 points").is_visible()
    assert [a.mark for a in journal.attempts()] == [0.75, 1]
    assert journal.attempts()[0].seconds is not None


def test_cases_by_keyboard_alone(browser: Browser, journal: MemoryJournal) -> None:
    """Tab, arrows and space answer and check; then the focus is on the result."""
    with stage(browser, form("9.1", journal)) as s:
        s.page.get_by_role("button", name="Hint").focus()
        s.press("Enter")
        assert s.page.locator(".okl-body").get_by_text("Ask who is trying to move it.").is_visible()
        s.press("Tab", "Space", "ArrowRight", "ArrowRight", "Tab")
        s.page.keyboard.type("0.64")
        s.press("Tab", "Space", "ArrowRight", "Tab")
        s.page.keyboard.type("1")
        s.press("Tab")
        assert s.focused() == "Check"
        s.press("Enter")
        assert s.view["result"]["correct"]
        assert "points" in s.focused()


def test_a_half_filled_form_asks_before_it_is_marked(
    browser: Browser, journal: MemoryJournal
) -> None:
    """The first Check with open answers warns, the second marks."""
    with stage(browser, form("9.1", journal)) as s:
        s.page.get_by_label("KPI", exact=True).first.check()
        s.page.get_by_role("button", name="Check").click()
        s.settle()
        assert s.page.locator(".okl-body").get_by_text("3 answers are still open.").is_visible()
        assert "3 answers are still open" in s.said[-1]
        s.page.get_by_role("button", name="Check anyway").click()
        s.settle()
        assert s.page.locator(".okl-body").get_by_text("Not answered yet.").first.is_visible()
        s.page.get_by_role("button", name="Show the right answers").click()
        s.settle()
        assert s.page.locator(".okl-body").get_by_text("Metric key result").count() > 1


def test_typing_is_never_taken_back_and_soon_kept(browser: Browser, journal: MemoryJournal) -> None:
    """Letters typed while an answer arrives stay; a pause in typing keeps the text."""
    widget = form("9.2", journal)
    with stage(browser, widget) as s:
        field = s.page.get_by_label("Measure", exact=True).first
        field.press_sequentially("Net prom", delay=5)
        widget.refresh()
        s.push()
        field.press_sequentially("oter score", delay=5)
        assert field.input_value() == "Net promoter score"
        s.page.wait_for_timeout(650)
        s.settle()
        assert widget.answer["rows"] == [{"name": "Net promoter score"}]
        assert field.input_value() == "Net promoter score"
    with stage(browser, form("9.2", journal)) as s:
        assert (
            s.page.get_by_label("Measure", exact=True).first.input_value() == "Net promoter score"
        )


def test_what_was_typed_last_is_kept_when_the_page_goes(
    browser: Browser, journal: MemoryJournal
) -> None:
    """Leaving within the pause still sends the last word."""
    widget = form("9.2", journal)
    with stage(browser, widget) as s:
        s.page.get_by_label("Measure", exact=True).first.press_sequentially("NPS", delay=1)
        s.page.evaluate("() => { window.okl.remove(); window.okl.remove = null; }")
        s.settle()
    assert widget.answer["rows"] == [{"name": "NPS"}]


def test_own_list_asks_what_belongs_to_the_answers(
    browser: Browser, journal: MemoryJournal
) -> None:
    """Questions appear with the answers that they belong to; check tells what does not follow."""
    with stage(browser, form("9.2", journal)) as s:
        row = s.page.get_by_role("listitem").first
        assert row.get_by_label("For which objective?").count() == 0
        row.get_by_label("Measure", exact=True).fill(OWN_ROW["name"])
        row.get_by_label("A number that goes up and down").check()
        row.get_by_role("group", name="Is moving it").get_by_label("Yes").check()
        row.get_by_label("For which objective?").fill(OWN_ROW["objective"])
        row.get_by_label("From").fill("9")
        row.get_by_label("To", exact=True).fill("5")
        row.get_by_label("By when").fill("2027-03-31")
        row.get_by_role("group", name="Must it stay").get_by_label("No").check()
        row.get_by_label("So its role now is").select_option("kpi")
        s.page.get_by_role("button", name="Check").click()
        s.settle()
        assert row.get_by_text("Has open questions").is_visible()
        assert row.get_by_text("From your facts it follows:").is_visible()
        assert "Metric key result" in row.inner_text()
        assert s.axe() == []
        row.get_by_label("So its role now is").select_option("metric_key_result")
        s.page.get_by_role("button", name="Check again").click()
        s.settle()
        assert row.get_by_text("Consistent").is_visible()
        assert row.get_by_label("Measure", exact=True).count() == 0


def test_rows_come_go_and_come_back(browser: Browser, journal: MemoryJournal) -> None:
    """A new row gets the focus; a removed one can be brought back with all its text."""
    widget = form("9.2", journal)
    widget.fill([OWN_ROW])
    with stage(browser, widget) as s:
        s.page.get_by_role("button", name="Add another").click()
        s.settle()
        assert s.page.evaluate("() => document.activeElement.labels[0].innerText") == "Measure"
        s.page.keyboard.type("NPS")
        s.page.get_by_role("button", name="Remove 1. Complaints").click()
        s.settle()
        assert s.focused() == "Add another"
        assert s.page.get_by_label("Measure", exact=True).input_value() == "NPS"
        assert (
            s.page.locator(".okl-body")
            .get_by_text("“Complaints per 100 stays” is removed.")
            .is_visible()
        )
        s.page.get_by_role("button", name="Bring it back").click()
        s.settle()
        assert widget.answer["rows"] == [OWN_ROW, {"name": "NPS"}]
        assert "is back" in s.said[-1]


def test_key_results_come_with_questions(browser: Browser, journal: MemoryJournal) -> None:
    """What is given stands there; a milestone is asked for its evidence."""
    with stage(browser, form("9.3", journal)) as s:
        assert (
            s.page.locator(".okl-body")
            .get_by_text("Guests come back because nothing went wrong")
            .is_visible()
        )
        row = s.page.get_by_role("listitem").first
        row.get_by_label("Milestone: done or not done").check()
        s.settle()
        row.get_by_label("What changes").fill("Launch the app")
        row.get_by_label("By when").fill("2027-06-30")
        s.page.get_by_role("button", name="Check").click()
        s.settle()
        assert row.get_by_text("How would a stranger see on the day").is_visible()
        assert row.get_by_text("30 June 2027 lies outside the cycle").is_visible()
        assert s.page.locator(".okl-body").get_by_text("What could suffer").is_visible()


@pytest.mark.parametrize(
    ("name", "width", "theme"),
    [
        ("9.1", 320, "light"),
        ("9.1", 900, "dark"),
        ("9.1", 320, "plain-dark"),
        ("9.1", 900, "plain-light"),
        ("9.2", 320, "dark"),
        ("9.2", 900, "light"),
        ("9.3", 320, "dark"),
        ("9.3", 900, "light"),
        ("9.4", 320, "light"),
        ("9.4", 900, "dark"),
    ],
)
def test_every_state_is_accessible_and_fits(
    browser: Browser, journal: MemoryJournal, name: str, width: int, theme: Theme
) -> None:
    """Empty and explained: no violation, nothing sticks out, targets are large enough."""
    answers: dict[str, Any] = {
        "9.1": {
            "returns": {"job": "kpi", "attainment": "0.88"},
            "oven": {"job": "health", "attainment": "1"},
        },
        "9.2": [OWN_ROW, {**OWN_ROW, "name": "NPS", "role": "metric_key_result"}],
        "9.3": {
            "form": {},
            "rows": [
                {"type": "metric", "measure": "Ship integrations and adapters", "from": "0"},
                {"type": "baseline", "measure": "Share of guests who come back"},
                {"type": "milestone", "measure": "Launch the app", "by": "2027-02-01"},
            ],
        },
        "9.4": {"cases": {"nps": True}, "rows": [{"name": "Guest score", "relevant": "no"}]},
    }
    widget = form(name, journal)
    with stage(browser, widget, width=width, theme=theme) as s:
        assert s.axe() == []
        assert s.overflow() == []
        s.shot(f"exercise-{name}-{theme}-{width}-empty")
        widget.fill(answers[name])
        s.push()
        s.page.get_by_role("button", name="Check", exact=True).click()
        s.settle()
        for toggle in s.page.get_by_role("button", name="Why").all():
            toggle.click()
        assert s.axe() == []
        assert s.overflow() == []
        assert s.small_targets() == []
        s.shot(f"exercise-{name}-{theme}-{width}-checked")


def test_touch_and_zoom(browser: Browser, journal: MemoryJournal) -> None:
    """Fingers answer, and at 200 % nothing sticks out."""
    with stage(browser, form("9.1", journal), width=640, touch=True, zoom=2) as s:
        s.page.locator(".okl-body").get_by_text("Health metric").first.tap()
        s.settle()
        assert s.page.get_by_label("Health metric").first.is_checked()
        assert s.overflow() == []
