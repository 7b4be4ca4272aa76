"""The few errors that okrlab raises on purpose.

Every message says what happened, why, and what to do next, in that order.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


class OkrlabError(Exception):
    """Base of every error that okrlab raises on purpose."""


class ModelError(OkrlabError, ValueError):
    """A value that makes no sense in the domain, such as a target equal to its baseline."""


class ContentError(OkrlabError):
    """A content file that cannot be used, or content that does not exist."""


class UnknownNameError(ContentError, KeyError):
    """A name (deck, quiz, item, exercise) that nothing answers to.

    Args:
        kind: what was looked for, such as ``"deck"``.
        name: the name that was asked for.
        known: the names that exist; the nearest one is offered.
    """

    def __init__(self, kind: str, name: str, known: Iterable[str]) -> None:
        self.kind, self.name, self.known = kind, name, sorted(known)
        super().__init__(self._message())

    def _message(self) -> str:
        asked = self.name if len(self.name) <= 80 else self.name[:77] + "…"
        near = get_close_matches(self.name, self.known, n=1, cutoff=0.5)
        if near:
            return f"There is no {self.kind} called “{asked}”. Did you mean “{near[0]}”?"
        if self.known:
            return (
                f"There is no {self.kind} called “{asked}”. "
                f"These exist: {', '.join(self.known[:30])}."
            )
        return f"There is no {self.kind} called “{asked}”, and none has been loaded."

    def __str__(self) -> str:  # KeyError would show the message in quotes
        return self._message()


class StorageError(OkrlabError):
    """Progress that could not be read or written."""


class AnswerError(OkrlabError, ValueError):
    """An answer whose form cannot be marked, such as a text where a table was asked for."""
