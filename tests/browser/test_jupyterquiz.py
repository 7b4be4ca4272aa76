"""Our file before jupyterquiz itself: drawn, answered, and nothing asked for over the network."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from okrlab.content import Library
from okrlab.interop.exchange.jupyterquiz import jupyterquiz
from okrlab.interop.exchange.questions import Answer, Question, Value
from okrlab.interop.exchange.select import select

pytestmark = pytest.mark.browser

NASTY = "5 $ and 6 $ <b>not bold</b> [no](http://example.com/link) <http://example.com> \\(x\\)"

ASKED = [
    Question(
        "nasty",
        "choice",
        "",
        f"What is shown?\n{NASTY}",
        answers=(
            Answer(f"This {NASTY}", True, f"Right {NASTY}"),
            Answer("<img src=x onerror=alert(1)>", False, "<script>alert(2)</script>"),
        ),
    ),
    Question(
        "many",
        "choices",
        "",
        "Which two?",
        answers=(Answer("One", True, "Yes."), Answer("Two", True, "Too."), Answer("Three", False)),
    ),
    Question(
        "span",
        "number",
        "",
        "How far?",
        values=(
            Value(0.6, 0.1, True, "Three of five."),
            Value(0.98, 0.1, False, "Subtract the baseline."),
            Value(5.0, 0.0, False, "The whole way."),
        ),
        otherwise="Try again.",
    ),
]


class Quiz:
    """jupyterquiz's own page of some questions."""

    def __init__(self, page: Page, path: Path) -> None:
        self.page = page
        self.problems: list[str] = []
        page.on("pageerror", lambda error: self.problems.append(f"error: {error}"))
        page.on("request", self._asked_for)
        page.on("dialog", lambda dialog: self.problems.append("a dialog") or dialog.dismiss())
        html, script = displayed(path)
        page.set_content(f"<!doctype html><meta charset=utf-8><body>{html}</div></body>")
        page.evaluate("(code) => { (0, eval)(code); }", script)
        self.questions = page.locator(".Quiz[id^=quizWrap]")

    def _asked_for(self, request: Any) -> None:
        if not request.url.startswith(("data:", "about:", "blob:")):
            self.problems.append(f"asked for {request.url}")

    def feedback(self, number: int) -> str:
        """What is said below a question."""
        text: str = self.questions.nth(number).locator("[id^=fb]").inner_text()
        return text

    def enter(self, number: int, text: str) -> str:
        """Type a number, and what is said to it."""
        box = self.questions.nth(number).locator("input")
        box.click()
        box.press_sequentially(text)
        box.press("Enter")
        return self.feedback(number)


def displayed(path: Path) -> tuple[str, str]:
    """What `display_quiz` would show in a notebook: its HTML and its script."""
    import jupyterquiz.dynamic.display as theirs

    shown: list[Any] = []
    before = theirs.display
    theirs.display = shown.append
    try:
        theirs.display_quiz(str(path), shuffle_answers=False)
    finally:
        theirs.display = before
    return shown[0].data, shown[1].data


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page without a network."""
    context = browser.new_context(offline=True)
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


def drawn(page: Page, folder: Path, questions: list[Question]) -> Quiz:
    """A file of questions, on the page."""
    path = folder / "quiz.json"
    path.write_text(jupyterquiz(questions)[0], encoding="utf-8")
    return Quiz(page, path)


def test_texts_are_shown_as_they_are_and_answers_marked(page: Page, tmp_path: Path) -> None:
    """No markup, no formula, no link of a text works; feedback belongs to what was chosen."""
    quiz = drawn(page, tmp_path, ASKED)
    assert quiz.questions.count() == 3
    first = quiz.questions.nth(0)
    assert NASTY in first.inner_text()
    assert first.locator("a, b, img, script").count() == 0
    first.locator("label").nth(1).click()
    assert quiz.feedback(0) == "<script>alert(2)</script>"
    first.locator("label").nth(0).click()
    assert quiz.feedback(0) == f"Right {NASTY}"
    assert "correct" in (first.locator("[id^=fb]").get_attribute("class") or "").split()

    many = quiz.questions.nth(1)
    for number, said in enumerate(("Yes. [1/2]", "Too. [2/2]")):
        many.locator("label").nth(number).click()
        assert quiz.feedback(1) == said

    said = {"0.6": "Three of five.", "0.5": "Three of five.", "0.7": "Three of five."}
    said |= {"0.98": "Subtract the baseline.", "5": "The whole way.", "0.71": "Try again."}
    for typed, expected in said.items():
        assert quiz.enter(2, typed) == expected
    assert quiz.problems == []


def test_the_whole_bank_is_drawn(page: Page, tmp_path: Path) -> None:
    """Every question with all its options; nothing is asked for over the network."""
    questions = list(select(Library(), held_out=True).questions)
    quiz = drawn(page, tmp_path, questions)
    entries = json.loads((tmp_path / "quiz.json").read_text(encoding="utf-8"))
    assert quiz.questions.count() == len(entries) > 800
    options = page.evaluate(
        "() => [...document.querySelectorAll('.Quiz[id^=quizWrap]')]"
        ".map((q) => q.querySelectorAll('label.MCButton').length)"
    )
    assert options == [
        0 if entry["type"] == "numeric" else len(entry["answers"]) for entry in entries
    ]
    assert page.locator(".Quiz a, .Quiz img, .Quiz script").count() == 0
    assert quiz.problems == []
