"""Poll: a question on which good people differ; choose, then see what each answer brings."""

from __future__ import annotations

from typing import Any

from okrlab.assessment.journal import Journal
from okrlab.content.poll import Poll as PollContent
from okrlab.widgets.base import BadMessageError, LessonWidget, Message, choice_in, css, esm

UNMARKED = "No answer is right, and nothing is recorded but your choice, on this computer."


class Poll(LessonWidget):
    """A question without a right answer.

    What the answers imply and who holds them reaches the browser once one is chosen, so that it
    cannot choose for the learner. The choice is kept as a draft; no attempt is recorded.

    Args:
        poll: the question.
        journal: where the choice is kept.
    """

    _esm = esm("poll")
    _css = css("poll")

    def __init__(self, poll: PollContent, journal: Journal) -> None:
        super().__init__(journal)
        self.poll = poll
        self._journal = journal
        self._options = {option.id: option for option in poll.options}
        self._chosen: str | None = None
        self._seen = False
        self._restore(journal.draft(self._key))
        self.refresh()

    @property
    def _key(self) -> str:
        return f"poll/{self.poll.id}"

    # -- what the browser sees -------------------------------------------------------------------

    def build_view(self) -> dict[str, Any]:
        """The question and the choice; what follows from it once it was looked at."""
        poll = self.poll
        return {
            "label": f"Poll: {poll.title}",
            "title": poll.title,
            "case": poll.case,
            "question": poll.question,
            "unmarked": UNMARKED,
            "options": [{"id": o.id, "text": o.text} for o in poll.options],
            "chosen": self._chosen,
            "seen": self._told() if self._seen else None,
        }

    def _told(self) -> dict[str, Any]:
        return {
            "answers": [
                {
                    "id": o.id,
                    "text": o.text,
                    "implies": o.implies,
                    "heldBy": o.held_by,
                    "yours": o.id == self._chosen,
                }
                for o in sorted(self.poll.options, key=lambda o: o.id != self._chosen)
            ],
            "ask": self._options[self._chosen or ""].ask,
            "open": self.poll.open,
            "here": self.poll.here,
        }

    def summary(self) -> str:
        """The question and the choice."""
        said = f"Poll, not marked: {self.poll.question}"
        if self._chosen is None:
            return f"{said} {len(self._options)} answers; none chosen yet."
        return f"{said} Your answer: {self._options[self._chosen].text}."

    # -- messages --------------------------------------------------------------------------------

    def on_choose(self, message: Message) -> None:
        """Choose an answer."""
        self._chosen = choice_in(message, "option", self._options)
        self._keep()

    def on_see(self, _message: Message) -> None:
        """See what each answer brings."""
        if self._chosen is None:
            raise BadMessageError("Nothing is chosen yet. Choose the answer nearest to yours.")
        self._seen = True
        self.say(f"What follows from your answer. {self._options[self._chosen].implies}")
        self._keep()

    def on_again(self, _message: Message) -> None:
        """Change one's mind."""
        self._seen = False
        self.say("Choose again.")
        self._keep()

    # -- drafts ----------------------------------------------------------------------------------

    def _keep(self) -> None:
        self._journal.save_draft(self._key, {"chosen": self._chosen, "seen": self._seen})

    def _restore(self, draft: dict[str, Any] | None) -> None:
        """Take over what a draft says, as far as it fits the content of today."""
        chosen = draft.get("chosen") if isinstance(draft, dict) else None
        if draft is None or not isinstance(chosen, str) or chosen not in self._options:
            return
        self._chosen = chosen
        self._seen = draft.get("seen") is True
