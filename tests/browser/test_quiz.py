"""The Quiz in a browser: keyboard, touch, pointer, both themes, small and zoomed, accessible."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random
from typing import Any

import pytest
from harness import Stage, stage
from playwright.sync_api import Browser, Locator, expect

from okrlab.assessment.journal import MemoryJournal
from okrlab.content import Library
from okrlab.widgets.quiz import Quiz
from tests.assessment.examples import RIGHT, START, write_course

pytestmark = pytest.mark.browser

ALL = {
    "choice": "kpi-definition-choice-1",
    "choices": "kpi-definition-choices-1",
    "classify": "kpi-definition-classify-1",
    "role_in_context": "role-transition-role-in-context-1",
    "number": "metric-kr-number-1",
    "order": "role-transition-order-1",
    "rewrite": "metric-kr-rewrite-1",
    "write": "metric-kr-write-1",
}
"""One item of every type, in the order asked."""

BUCKETS = {"classify": (1, 0, 2), "role_in_context": (0, 1, 2)}
"""The right bucket of each card."""

Setting = dict[str, Any]

SECRETS = ("cue-", "tempts-", "flip-", "would be a key result")


@pytest.fixture
def course(tmp_path: Path) -> Library:
    """Quizzes of every type, of one type each, a pretest and a final test."""
    single = {kind: {"items": [name]} for kind, name in ALL.items()}
    pretest = {
        "items": [ALL["choice"], ALL["number"]],
        "kind": "pretest",
        "graded": False,
        "lesson": 0,
    }
    final = {"items": [ALL["choice"]], "kind": "final"}
    every = {"items": list(ALL.values())}
    return write_course(tmp_path, every=every, pretest=pretest, final=final, **single)


@pytest.fixture
def journal() -> MemoryJournal:
    """A record that forgets."""
    return MemoryJournal("ada", lambda: START)


def quiz(course: Library, journal: MemoryJournal, name: str = "every") -> Quiz:
    """The widget."""
    return Quiz(course.quiz(name), journal, course, rng=Random(4))


def begin(s: Stage) -> None:
    """Start by the keyboard."""
    s.page.get_by_role("button", name="Start").focus()
    s.press("Enter")


def places(s: Stage) -> list[int]:
    """Where each option, card or step of the current item is shown."""
    shown = s.widget.sitting.current.shown
    return [shown.index(i) for i in range(len(shown))]


def primary(s: Stage) -> Locator:
    """The primary button."""
    return s.page.locator(".okl-primary")


def answer_by_keys(s: Stage) -> None:
    """Give the right answer to the current question with the keyboard alone."""
    kind, where = s.view["question"]["type"], places(s)
    if kind in ("choice", "rewrite"):
        s.press(str(where[1] + 1))
    elif kind == "choices":
        s.press(str(where[0] + 1), str(where[2] + 1))
    elif kind == "number":
        s.press("Tab", *"0.6")
    elif kind == "write":
        s.press("Tab")
        s.page.keyboard.type(RIGHT["write"]["text"])
    elif kind == "order":
        for target in range(4):
            s.page.get_by_role("button", name=f"Move up: {STEPS[target]}").focus()
            for _ in range(order_now(s).index(STEPS[target]) - target):
                s.press("Enter")
    else:
        s.press("Tab")
        card_at = {place: BUCKETS[kind][i] for i, place in enumerate(where)}
        s.press(*(str(card_at[place] + 1) for place in range(3)))


STEPS = [
    "Agree on the objective",
    "Choose the key results",
    "Check in every week",
    "Grade and learn",
]


def order_now(s: Stage) -> list[str]:
    """The steps as they stand on the page."""
    return s.page.locator(".qz-step .qz-text").all_inner_texts()


def to_primary(s: Stage) -> None:
    """Tab on to the primary button."""
    for _ in range(30):
        if primary(s).evaluate("(e) => e === document.activeElement"):
            return
        s.press("Tab")
    raise AssertionError("the primary button cannot be reached by Tab")


def test_the_whole_quiz_works_with_the_keyboard_alone(
    browser: Browser, course: Library, journal: MemoryJournal
) -> None:
    """Every type answered right with keys; focus lands on what must be read next."""
    with stage(browser, quiz(course, journal)) as s:
        begin(s)
        for number in range(1, 9):
            assert s.view["number"] == number
            assert s.view["question"]["stem"] in s.focused()
            answer_by_keys(s)
            assert s.view["stage"] == "asked"
            to_primary(s)
            s.press("Enter")
            assert s.view["outcome"]["state"] == "right", s.view["question"]["type"]
            landing = s.page.evaluate("() => document.activeElement.dataset.focusKey")
            assert landing == "go"
            to_primary(s)
            s.press("Enter")
        assert s.focused().startswith("8 of 8 right")
        assert [a.mark for a in journal.attempts()] == [1.0] * 8
        said = s.said
        assert "Question 2 of 8." in said
        assert "Right. The reason follows." in said


def test_enter_checks_and_digits_are_typed_in_a_number_field(
    browser: Browser, course: Library, journal: MemoryJournal
) -> None:
    """Number keys choose options, but never in a field where digits are the answer."""
    with stage(browser, quiz(course, journal, "number")) as s:
        begin(s)
        s.press("Tab", "0", ",", "6", "Enter")
        assert s.view["outcome"]["state"] == "right"
        assert journal.attempts()[0].response == {"number": 0.6}
    with stage(browser, quiz(course, journal, "choice")) as s:
        begin(s)
        s.press("2", "Enter")
        assert s.view["stage"] == "told"


def test_a_radio_group_has_a_name_and_obeys_arrows(
    browser: Browser, course: Library, journal: MemoryJournal
) -> None:
    """Options, and the row of buckets of each card, are radio groups with the right names."""
    with stage(browser, quiz(course, journal, "choice")) as s:
        begin(s)
        group = s.page.get_by_role("radiogroup", name="Which job does this measure have now?")
        expect(group.get_by_role("radio")).to_have_count(3)
        group.get_by_role("radio").first.focus()
        s.press("ArrowDown")
        assert s.view["question"]["entry"] == {"option": 1}
    with stage(browser, quiz(course, journal, "classify")) as s:
        begin(s)
        card = s.page.get_by_role("group", name="Net promoter score")
        card.get_by_role("radio", name="KPI", exact=True).focus()
        s.press("ArrowRight")
        assert list(s.view["question"]["entry"]["placed"].values()) == [1]


def test_steps_are_moved_by_pointer(
    browser: Browser, course: Library, journal: MemoryJournal
) -> None:
    """Dragging down and up puts a step where it was dropped; Escape leaves it where it was."""
    with stage(browser, quiz(course, journal, "order")) as s:
        begin(s)
        before = order_now(s)
        row = s.page.locator(".qz-step")
        s.drag(row.nth(0).locator(".qz-grip"), row.nth(2))
        assert order_now(s) == [before[1], before[2], before[0], before[3]]
        s.drag(row.nth(3).locator(".qz-grip"), row.nth(0))
        assert order_now(s) == [before[3], before[1], before[2], before[0]]
        assert s.said[-1] == f"“{before[3]}” is now number 1 of 4."
        grip, to = row.nth(0).locator(".qz-grip").bounding_box(), row.nth(3).bounding_box()
        assert grip
        assert to
        s.page.mouse.move(grip["x"] + 9, grip["y"] + 9)
        s.page.mouse.down()
        s.page.mouse.move(to["x"] + 9, to["y"] + 9, steps=3)
        s.press("Escape")
        s.page.mouse.up()
        s.settle()
        assert order_now(s) == [before[3], before[1], before[2], before[0]]


def test_focus_stays_on_the_step_that_moves(
    browser: Browser, course: Library, journal: MemoryJournal
) -> None:
    """So that pressing again moves the same step on, up to the top, where the button rests."""
    with stage(browser, quiz(course, journal, "order")) as s:
        begin(s)
        last = order_now(s)[-1]
        s.page.get_by_role("button", name=f"Move up: {last}").focus()
        s.press("Enter", "Enter", "Enter", "Enter")
        assert order_now(s)[0] == last
        assert s.focused() == f"Move up: {last}"
        expect(s.page.get_by_role("button", name=f"Move up: {last}")).to_have_attribute(
            "aria-disabled", "true"
        )


SMALL: Setting = {"theme": "dark", "width": 320, "touch": True}
LARGE: Setting = {"theme": "light", "width": 900, "touch": True}
OTHERS: list[Setting] = [
    {"theme": "plain-dark", "width": 760},
    {"theme": "plain-light", "width": 1280, "zoom": 2},
]


@pytest.mark.parametrize("setting", [SMALL, LARGE], ids=["dark-320", "light-900"])
def test_every_page_is_accessible_and_fits_by_touch(
    browser: Browser, course: Library, journal: MemoryJournal, setting: Setting
) -> None:
    """Start, each type asked and told, the end; no violation, nothing sticks out."""
    shot = f"quiz-{setting['theme']}-{setting['width']}"
    with stage(browser, quiz(course, journal), **setting) as s:
        look(s, f"{shot}-start")
        s.page.get_by_role("button", name="Start").tap()
        s.settle()
        for kind in ALL:
            answer_by_touch(s, kind)
            s.page.get_by_role("radio", name="Sure", exact=True).locator("..").tap()
            s.page.get_by_role("button", name="Show a hint").tap()
            s.settle()
            look(s, f"{shot}-{kind}-asked")
            primary(s).tap()
            s.settle()
            assert s.view["stage"] == "told"
            look(s, f"{shot}-{kind}-told")
            primary(s).tap()
            s.settle()
        s.page.get_by_role("button", name="What to think instead").first.tap()
        look(s, f"{shot}-end")
        s.page.get_by_role("button", name="Take the quiz again").tap()
        s.settle()
        assert s.view["number"] == 1


@pytest.mark.parametrize("setting", OTHERS, ids=["plain-dark", "zoomed"])
def test_is_accessible_outside_jupyter_and_at_200_percent(
    browser: Browser, course: Library, journal: MemoryJournal, setting: Setting
) -> None:
    """Without Jupyter's colours, and at 200 % zoom."""
    with stage(browser, quiz(course, journal, "classify"), **setting) as s:
        begin(s)
        for card in range(3):
            s.page.locator(".qz-card").nth(card).locator(".qz-pill").nth(card).click()
        primary(s).click()
        s.settle()
        look(s, f"quiz-{setting['theme']}-told")
        primary(s).click()
        s.settle()
        look(s, f"quiz-{setting['theme']}-end")


def answer_by_touch(s: Stage, kind: str) -> None:
    """Tap an answer that is wrong, or partly so."""
    if kind in ("choice", "rewrite", "choices"):
        s.page.locator(".okl-option").nth(places(s)[0]).tap()
    elif kind == "number":
        s.page.get_by_label("Your answer").fill("0,98")
    elif kind == "write":
        s.page.get_by_label("Your line").fill("Net promoter score of 45")
    elif kind == "order":
        s.page.get_by_role("button", name="Move down").first.tap()
    else:
        for card in range(3):
            s.page.locator(".qz-card").nth(card).locator(".qz-pill").nth(card).tap()
    s.settle()


def look(s: Stage, name: str) -> None:
    """What must hold on every page."""
    assert s.view["error"] is None
    assert s.axe() == []
    assert s.overflow() == []
    assert s.small_targets() == []
    pills = s.page.locator(".qz-pill, .okl-option").all()
    boxes = [pill.bounding_box() for pill in pills]
    assert all(box and box["height"] >= 43.5 and box["width"] >= 43.5 for box in boxes)
    s.shot(name)


def test_verdicts_are_words_and_signs_not_colour_alone(
    browser: Browser, course: Library, journal: MemoryJournal
) -> None:
    """The chosen option and the right one are named; the reason has its lines and the idea."""
    with stage(browser, quiz(course, journal, "choice")) as s:
        begin(s)
        where = places(s)
        s.press(str(where[0] + 1), "Enter")
        options = s.page.locator(".okl-option").all_inner_texts()
        assert "✕ Your answer" in options[where[0]].replace("\n", " ")
        assert "✓ The right answer" in options[where[1]].replace("\n", " ")
        feedback = s.page.locator(".okl-feedback").inner_text()
        for words in (
            "✕ Not this one",
            "What settles it: cue-KPI",
            "Why it tempts: tempts-M01",
            "What would change the answer: With a target",
            "The idea behind it: “Every number is a key result”",
        ):
            assert words in feedback
        expect(s.page.get_by_role("radio").first).to_be_disabled()


def test_nothing_of_the_key_reaches_the_browser_early(
    browser: Browser, course: Library, journal: MemoryJournal
) -> None:
    """Neither in the view nor on the page, for any type."""
    with stage(browser, quiz(course, journal)) as s:
        begin(s)
        for kind in ALL:
            answer_by_keys(s)
            page = s.page.content() + json.dumps(s.view)
            assert not [secret for secret in SECRETS if secret in page], kind
            primary(s).click()
            s.settle()
            primary(s).click()
            s.settle()


def test_a_reopened_quiz_shows_the_same_question_with_what_was_entered(
    browser: Browser, course: Library, journal: MemoryJournal
) -> None:
    """A typed number, the confidence and the hint come back in a new page and a new kernel."""
    with stage(browser, quiz(course, journal, "number")) as s:
        begin(s)
        s.page.get_by_role("button", name="Show a hint").click()
        s.page.get_by_label("Your answer").fill("0,9")
        s.page.get_by_role("radio", name="A guess").locator("..").click()
        s.page.wait_for_timeout(550)
        s.settle()
        assert s.page.get_by_label("Your answer").input_value() == "0,9"
    with stage(browser, quiz(course, journal, "number")) as s:
        assert s.page.get_by_label("Your answer").input_value() == "0,9"
        expect(s.page.get_by_role("radio", name="A guess")).to_be_checked()
        expect(s.page.get_by_text("Look for an objective and a date.")).to_be_visible()


def test_a_number_that_cannot_be_read_is_asked_back_at_its_field(
    browser: Browser, course: Library, journal: MemoryJournal
) -> None:
    """Focus, description and announcement; what was typed stays."""
    with stage(browser, quiz(course, journal, "number")) as s:
        begin(s)
        s.press("Tab", *"1,500", "Enter")
        field = s.page.get_by_label("Your answer")
        expect(field).to_be_focused()
        expect(field).to_have_attribute("aria-invalid", "true")
        expect(field).to_have_accessible_description(
            "“1,500” can be read in two ways. If you mean 1500, type 1500; "
            "if you mean a decimal, type 1.5000."
        )
        assert field.input_value() == "1,500"
        assert "two ways" in s.said[-1]
        assert s.axe() == []
        field.fill("0.6")
        s.press("Enter")
        assert s.view["outcome"]["state"] == "right"


def test_a_missing_answer_is_asked_for(
    browser: Browser, course: Library, journal: MemoryJournal
) -> None:
    """The words stand beside the button and have the focus; nothing is recorded."""
    with stage(browser, quiz(course, journal, "classify")) as s:
        begin(s)
        primary(s).click()
        s.settle()
        assert s.focused() == "3 lines have no answer yet. Choose one for each."
        assert s.axe() == []
        assert journal.attempts() == []


def test_a_pretest_judges_nothing_and_ends_with_a_route(
    browser: Browser, course: Library, journal: MemoryJournal
) -> None:
    """Confidence is asked for; no verdict, no key, no hint; then where to begin."""
    with stage(browser, quiz(course, journal, "pretest"), theme="dark", width=760) as s:
        s.shot("pretest-dark-start")
        begin(s)
        s.press("1")
        primary(s).click()
        s.settle()
        assert s.focused() == "Say how sure you are first: sure, think so or guess."
        assert s.axe() == []
        s.shot("pretest-dark-asked")
        expect(s.page.get_by_role("button", name="Show a hint")).to_have_count(0)
        s.page.get_by_role("radio", name="Sure", exact=True).locator("..").click()
        primary(s).click()
        s.settle()
        assert s.view["question"]["stem"] in s.focused()
        s.press("Tab", "5")
        s.page.get_by_role("radio", name="A guess").locator("..").click()
        s.page.get_by_role("button", name="Save and finish").click()
        s.settle()
        assert s.focused().startswith("That was the pretest")
        assert not [secret for secret in SECRETS if secret in s.sent()]
        text = s.root.inner_text()
        assert "Begin with Lesson 1" in text
        assert "✓" not in text
        assert "✕" not in text
        assert s.axe() == []
        s.shot("pretest-dark-end")


def test_a_final_test_has_no_hint_explains_and_is_sat_once(
    browser: Browser, course: Library, journal: MemoryJournal
) -> None:
    """It says so before the start; no button offers a second sitting."""
    with stage(browser, quiz(course, journal, "final"), width=760) as s:
        assert "It is sat once, and there are no hints." in s.root.inner_text()
        s.shot("final-start")
        begin(s)
        expect(s.page.get_by_role("button", name="Show a hint")).to_have_count(0)
        s.press("1")
        primary(s).click()
        expect(s.page.get_by_text("cue-").or_(s.page.get_by_text("tempts-")).first).to_be_visible()
        s.page.get_by_role("button", name="See the result").click()
        s.settle()
        assert "See your progress page" in s.root.inner_text()
        expect(s.page.get_by_role("button", name="Take the quiz again")).to_have_count(0)
        assert s.axe() == []
        s.shot("final-end")


def test_a_double_click_skips_nothing(
    browser: Browser, course: Library, journal: MemoryJournal
) -> None:
    """Impatient clicks on Check and Next answer one question once."""
    with stage(browser, quiz(course, journal)) as s:
        begin(s)
        s.press("1")
        primary(s).dblclick()
        s.settle()
        assert s.view["number"] <= 2
        assert len(journal.attempts()) == 1


def test_the_facts_of_a_case_stand_beside_their_names(
    browser: Browser, course: Library, journal: MemoryJournal
) -> None:
    """Jupyter's own rules for lists of terms squeeze and float nothing."""
    with stage(browser, quiz(course, journal), width=832) as s:
        begin(s)
        name, fact = s.page.locator(".qz-case dt").first, s.page.locator(".qz-case dd").first
        left, right = name.bounding_box(), fact.bounding_box()
        assert left
        assert right
        assert left["height"] < 32
        assert left["width"] > 80
        assert right["x"] >= left["x"] + left["width"]
        assert right["y"] == pytest.approx(left["y"], abs=2)


def test_the_next_question_is_shown_from_its_beginning(
    browser: Browser, tmp_path: Path, journal: MemoryJournal
) -> None:
    """In a low window too, the bar and the facts of the case are in sight and get the focus."""
    two = {"items": ["kpi-definition-choice-1", "kpi-definition-choice-2"]}
    with stage(browser, quiz(write_course(tmp_path, every=two), journal), width=832) as s:
        s.page.set_viewport_size({"width": 832, "height": 520})
        begin(s)
        answer_by_keys(s)
        to_primary(s)
        s.press("Enter", "Tab")
        to_primary(s)
        s.press("Enter")
        assert s.view["number"] == 2
        for part in (".okl-progress", ".qz-case", ".qz-stem"):
            box = s.page.locator(part).first.bounding_box()
            assert box, part
            assert box["y"] >= 0, part
        assert s.view["question"]["context"][0]["value"] in s.focused()
