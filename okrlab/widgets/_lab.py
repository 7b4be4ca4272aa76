"""What the labs share: tabs, and questions that are asked before a result is shown."""

from __future__ import annotations

from typing import ClassVar

from okrlab.assessment.journal import Journal
from okrlab.widgets._asks import Ask
from okrlab.widgets.base import LessonWidget, Message, choice_in


class LabWidget(LessonWidget):
    """A lab with tabs and questions; a subclass names both and keeps its own state."""

    tabs: ClassVar[tuple[str, ...]]
    asks: ClassVar[tuple[Ask, ...]]

    def __init__(self, journal: Journal | None = None) -> None:
        super().__init__(journal)
        self._tab = self.tabs[0]
        self._answers: dict[str, str] = {}

    def _keep(self) -> None:
        raise NotImplementedError

    def on_show(self, message: Message) -> None:
        """Show the other tab."""
        self._tab = choice_in(message, "tab", self.tabs)
        self._keep()

    def on_answer(self, message: Message) -> None:
        """Predict."""
        name = choice_in(message, "question", [a.id for a in self.asks])
        ask = next(a for a in self.asks if a.id == name)
        self._answers[name] = choice_in(message, "choice", [c.id for c in ask.choices])
        self.say(ask.verdict(self._answers[name]))
        self._keep()
