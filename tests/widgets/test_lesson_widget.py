"""The base of all widgets, without a browser."""

from __future__ import annotations

import random
from typing import Any

import pytest

from okrlab.errors import StorageError
from okrlab.widgets import base
from okrlab.widgets.words import counted, number_word, sentence


class Demo(base.LessonWidget):
    """A widget with one message."""

    _esm = "export default {}"

    def __init__(self) -> None:
        super().__init__()
        self.refresh()

    def build_view(self) -> dict[str, Any]:
        return {"text": "A view."}

    def summary(self) -> str:
        return "A demo."

    def on_speak(self, message: base.Message) -> None:
        self.say("Spoken.")


def test_ipywidgets_own_methods_are_no_messages() -> None:
    """Only a widget's own on_… methods answer; a stranger's name becomes an error in words."""
    widget = Demo()
    rng = random.Random(1)
    for kind in ["msg", "trait_change", "nothing", "", None, 3, "x" * 500, str(rng.random())]:
        widget._receive(widget, {"type": kind}, [])
        assert "does not understand" in widget.view["error"]
    widget._receive(widget, "text", [])
    assert widget.view["error"]


def test_a_view_that_cannot_be_built_keeps_the_last_one() -> None:
    """The last good view stays on screen with the error in words."""
    widget = Demo()

    def fails() -> dict[str, object]:
        raise StorageError("The file is damaged. Start afresh.")

    widget.build_view = fails  # type: ignore[method-assign]
    widget._receive(widget, {"type": "speak"}, [])
    assert widget.view["text"] == "A view."
    assert widget.view["error"] == "The file is damaged. Start afresh."
    assert repr(widget) == "A demo."


def test_each_message_is_acknowledged_and_said_once() -> None:
    """The browser knows which message was handled; a text to announce has a number."""
    widget = Demo()
    widget._receive(widget, {"type": "speak", "ack": "a:1"}, [])
    assert widget.view["ack"] == "a:1"
    assert widget.view["say"] == {"n": 1, "text": "Spoken."}
    widget._receive(widget, {"type": "speak", "ack": "x" * 500}, [])
    assert len(widget.view["ack"]) == 64
    assert widget.view["say"]["n"] == 2


@pytest.mark.parametrize("value", [None, 3, ["a"], "x" * 21])
def test_a_text_is_bounded(value: object) -> None:
    """Whatever is no short text is refused in words."""
    with pytest.raises(base.BadMessageError):
        base.text_in({"field": value}, "field", limit=20)
    assert base.text_in({"field": "x" * 20}, "field", limit=20) == "x" * 20


@pytest.mark.parametrize("value", [None, "3", True, float("nan"), float("inf"), 11, -1])
def test_a_number_is_bounded(value: object) -> None:
    """Whatever is no number in the range is refused in words."""
    with pytest.raises(base.BadMessageError):
        base.number_in({"field": value}, "field", low=0, high=10)
    assert base.number_in({"field": 10}, "field", low=0, high=10) == 10.0


def test_static_files_are_joined_in_front() -> None:
    """Every widget's module and styles begin with the shared ones, and fetch nothing."""
    for name in ("card_sort", "eight_dimensions"):
        module, styles = base.esm(name), base.css(name)
        assert module.startswith("// Shared by all widgets")
        assert "export default okl.widget" in module
        assert styles.startswith("/* Shared by all widgets")
        for text in (module, styles):
            assert "innerHTML" not in text
            assert "import " not in text.replace("imports", "")
            assert text.count("http") == text.count("http://www.w3.org/2000/svg")


def test_shared_styles_reach_only_their_own_widget() -> None:
    """Two widgets on a page don't override each other, whichever was loaded last."""
    for name in ("card_sort", "eight_dimensions", "exercise_form", "progress_panel", "quiz"):
        root = name.replace("_", "-")
        assert f'name: "{root}"' in base.esm(name)
        styles = base.css(name)
        assert f".okl-{root} .okl-button {{" in styles
        assert ".okl .okl-button" not in styles


def test_counts_in_words() -> None:
    """Small numbers are words, and nouns agree."""
    assert [number_word(n) for n in (0, 1, 12, 13)] == ["no", "one", "twelve", "13"]
    assert (counted(1, "card"), counted(2, "box", "boxes")) == ("one card", "two boxes")
    assert sentence("two cards") == "Two cards"
    assert sentence("") == ""
