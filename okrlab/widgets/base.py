"""What every widget shares: one synced `view`, messages in, words when something goes wrong.

A widget translates: it turns a message of the browser into a call of a layer below, and the result
into `view`, plain JSON data that the browser may know. The browser never gets a key, nor the
feedback of an answer that was not given.
"""

from __future__ import annotations

import logging
import math
import re
from collections.abc import Collection, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import anywidget
import traitlets

from okrlab.assessment.journal import Journal
from okrlab.errors import OkrlabError

log = logging.getLogger("okrlab.widgets")
log.addHandler(logging.NullHandler())  # what the learner must know stands in the view

Message = Mapping[str, Any]

MAX_SECONDS = 4 * 3600.0
_TYPE = re.compile(r"[a-z][a-z_]{0,31}")


class BadMessageError(OkrlabError):
    """A message from the browser that a widget cannot use."""


_JOINED = {"chart": ("chart_points", "chart")}
"""Shared modules that consist of several files."""


def esm(name: str, *shared: str) -> str:
    """The ES module of the widget `name`: the shared base and `static/<name>.js` in one text.

    Args:
        name: of the widget's own file.
        shared: names of further files that stand between the two, such as "chart".
    """
    parts = [part for module in shared for part in _JOINED.get(module, (module,))]
    return "\n".join(_static(f"{part}.js") for part in ("base", *parts, name))


def css(name: str, *shared: str) -> str:
    """The styles of the widget `name`: the shared ones and `static/<name>.css` in one text.

    The shared rules are narrowed to this widget. Otherwise those that come with the next widget on
    the page would stand after this widget's own rules and override them.

    Args:
        name: of the widget's own file.
        shared: names of further files that stand between the two, such as "chart".
    """
    common = "\n".join(_static(f"{part}.css") for part in ("base", *shared))
    narrowed = re.sub(r"\.okl(?![\w-])", f".okl-{name.replace('_', '-')}", common)
    return f"{narrowed}\n{_static(f'{name}.css')}"


@cache
def _static(name: str) -> str:
    return (files("okrlab.widgets") / "static" / name).read_text("utf-8")


class LessonWidget(anywidget.AnyWidget):  # type: ignore[misc]
    """Base of all widgets.

    A subclass sets `_esm = esm("its_name")` and `_css = css("its_name")`, implements `build_view`
    and `summary`, has a method `on_<type>(message)` for each message that its JavaScript sends with
    ``ui.send("<type>", {...})``, and calls `refresh` at the end of its ``__init__``. After every
    message the view is built again and sent.

    The base adds to the view: ``notice`` (trouble with storage), ``error`` (what went wrong),
    ``ack`` (the number of the message just handled) and ``say`` (what a screen reader announces).

    Args:
        journal: where attempts and drafts go; the widget doesn't know where that is.
    """

    view = traitlets.Dict().tag(sync=True)

    def __init__(self, journal: Journal | None = None) -> None:
        super().__init__()
        self.journal = journal
        self._said: dict[str, Any] | None = None
        self._says = 0
        self._ack: str | None = None
        self.on_msg(self._receive)

    # -- for subclasses --------------------------------------------------------------------------

    def build_view(self) -> dict[str, Any]:
        """Everything that the browser may know now, as plain JSON data.

        ``label`` names the widget for screen readers.
        """
        raise NotImplementedError

    def summary(self) -> str:
        """The widget in plain text: the cell's text output, also in a saved notebook."""
        raise NotImplementedError

    def say(self, text: str) -> None:
        """Let screen readers announce `text` with the next refresh."""
        self._says += 1
        self._said = {"n": self._says, "text": text}

    def refresh(self) -> None:
        """Build the view again and send it."""
        self._show(None)

    # -- machinery -------------------------------------------------------------------------------

    def _show(self, error: str | None) -> None:
        try:
            view = self.build_view()
            notice = self.journal.notice() if self.journal is not None else None
        except Exception as problem:  # a learner sees words, never a dead widget
            log.exception("the view could not be built")
            view = {k: v for k, v in self.view.items() if k not in ("ack", "say", "error")}
            notice = view.get("notice")
            error = error or _words(problem)
        self.view = {**view, "notice": notice, "error": error, "ack": self._ack, "say": self._said}

    def _receive(self, _widget: object, content: object, _buffers: object) -> None:
        error = None
        try:
            if not isinstance(content, dict):
                raise BadMessageError("The browser sent something that is not a message. Reload.")
            ack = content.get("ack")
            self._ack = ack[:64] if isinstance(ack, str) else None
            self._handler(content.get("type"))(content)
        except Exception as problem:  # a learner sees words, never a dead widget
            log.exception("a message could not be handled")
            error = _words(problem)
        self._show(error)

    def _handler(self, kind: object) -> Any:
        if isinstance(kind, str) and _TYPE.fullmatch(kind):
            name = f"on_{kind}"
            for cls in type(self).__mro__:
                if cls is LessonWidget:
                    break  # ipywidgets has methods on_… of its own
                if name in vars(cls):
                    return getattr(self, name)
        raise BadMessageError(
            f"This exercise does not understand “{str(kind)[:40]}”, perhaps because the page is "
            "older than the course. Reload the page and run the notebook again."
        )

    def __repr__(self) -> str:
        return self.summary()


def _words(problem: Exception) -> str:
    if isinstance(problem, OkrlabError):
        return str(problem)[:600]
    return (
        "Something went wrong in this exercise, so your last step may not have been kept. "
        "What you did before is safe. To go on, reload this page; in VS Code or Voilà, run the "
        "notebook again. "
        f"If it happens again, send this to whoever looks after the course: "
        f"{type(problem).__name__}: {str(problem)[:200]}"
    )


# -- reading messages ----------------------------------------------------------------------------


def text_in(message: Message, field: str, *, limit: int = 2_000) -> str:
    """The text in a field of a message.

    Raises:
        BadMessageError: it is no text, or longer than `limit`.
    """
    value = message.get(field)
    if not isinstance(value, str):
        raise BadMessageError("A text was expected here, and none came. Try again.")
    if len(value) > limit:
        raise BadMessageError(
            f"This text has {len(value)} characters; {limit} are allowed. Shorten it and try again."
        )
    return value


def choice_in(message: Message, field: str, allowed: Collection[str]) -> str:
    """The text in a field of a message, which must be one of `allowed`.

    Raises:
        BadMessageError: it is something else.
    """
    value = message.get(field)
    if not isinstance(value, str) or value not in allowed:
        raise BadMessageError(
            f"“{str(value)[:40]}” is not something that can be chosen here. "
            "Reload the page and run the notebook again."
        )
    return value


def number_in(message: Message, field: str, *, low: float, high: float) -> float:
    """The number in a field of a message, between `low` and `high`.

    Raises:
        BadMessageError: it is no number, or out of range.
    """
    value = message.get(field)
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise BadMessageError("A number was expected here, and none came. Try again.")
    if not low <= value <= high:
        raise BadMessageError(f"A number between {low:g} and {high:g} was expected here.")
    return float(value)


def seconds_in(message: Message, field: str = "seconds") -> float | None:
    """How long the browser says that something took; None when it says nothing usable."""
    value = message.get(field)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return round(float(value), 1) if 0 <= value <= MAX_SECONDS else None
