"""KeyResultCoach: a key result read while it is written."""

from __future__ import annotations

from typing import Any

from okrlab.analyser import KIND_WORDS, Analysis, analyse
from okrlab.assessment.journal import Journal
from okrlab.errors import AnswerError
from okrlab.widgets._autosave import Autosave
from okrlab.widgets._coach_state import (
    ENOUGH_VALUES,
    LIMITS,
    MAX_OBJECTIVE,
    MAX_TYPED,
    CoachState,
    good_value,
    past_values,
    wrote_over,
)
from okrlab.widgets._reading_view import compare, reading_view
from okrlab.widgets._versions import WHY
from okrlab.widgets.base import LessonWidget, Message, choice_in, css, esm, number_in, text_in
from okrlab.widgets.words import counted, sentence

EXAMPLES = (
    "Cut first-reply time from 9 to 4 hours by 30 June",
    "Improve customer satisfaction significantly",
    "Keep payment errors under 0.5 %",
)
"""Statements to try; the empty coach offers them."""

SHOWN = 400
"""The list of versions shows so many characters of each."""

MUCH_LEFT = 0.8
"""When typing rests and less than this share is left of a text, the longer one is kept."""


class KeyResultCoach(LessonWidget):
    """A text field that reads along: parts, kind with reasons, advice, better wordings.

    What is typed is kept as it is typed. A wording that is replaced stays in the list of versions.

    Args:
        journal: where the unfinished wording is kept.
        text: what stands in the field at first. When the notebook gives another text than last
            time, that one comes into the field and the old one joins the versions.
        objective: the objective that it belongs to.
        key: coaches with different keys keep different wordings.
    """

    _esm = esm("key_result_coach")
    _css = css("key_result_coach")

    def __init__(
        self, journal: Journal, *, text: str = "", objective: str = "", key: str = "coach"
    ) -> None:
        super().__init__(journal)
        self._journal = journal
        self._key = f"coach/{key}"
        self._state = CoachState.restore(journal.draft(self._key))
        self._autosave = Autosave(journal, self._key, self._state.draft)
        self._rested = self._state.text
        self._client, self._seq, self._revision = "", 0, 0
        self._take_given(text[:MAX_TYPED], objective[:MAX_OBJECTIVE])
        analyse(EXAMPLES[0])  # the first reading loads the checks; not at the first keystroke
        self._analysis = self._state.read()
        self.refresh()

    def _take_given(self, text: str, objective: str) -> None:
        state = self._state
        if state.given == (text, objective):
            return
        if text and text != state.given[0]:
            self._keep_version("given")
            state.text = self._rested = text
        if objective:
            state.around["objective"] = objective
        state.given = (text, objective)
        self._autosave.save()

    # -- for Python ------------------------------------------------------------------------------

    @property
    def text(self) -> str:
        """The wording in the field."""
        return self._state.text

    @property
    def analysis(self) -> Analysis:
        """What the analyser says of it."""
        return self._analysis

    @property
    def versions(self) -> list[str]:
        """The wordings that were kept, the latest first."""
        return [v.text for v in reversed(self._state.versions.kept)]

    def summary(self) -> str:
        """The wording, what it was read as, and how much advice there is."""
        text = " ".join(self._state.text.split())
        if not text:
            return "Key result coach: nothing written yet."
        shown = text if len(text) <= 120 else text[:119] + "…"
        if self._analysis.kind is None:
            return f"Key result coach: “{shown}”. {self._analysis.question}"
        return f"Key result coach: “{shown}” reads as {self._reading_words()}."

    def _reading_words(self) -> str:
        kind = KIND_WORDS[self._analysis.kind or "task"]
        severities = [f.severity for f in self._analysis.findings]
        told = [
            f"{severities.count(severity)} {word}"
            for severity, word in (
                ("error", "to mend"),
                ("warning", "to think about"),
                ("info", "to ask"),
            )
            if severity in severities
        ]
        return f"{kind}; {', '.join(told) or 'nothing to mend'}"

    # -- messages --------------------------------------------------------------------------------

    def on_edit(self, message: Message) -> None:
        """The text as it stands now; `client` and `seq` tell the browser which text was read."""
        text = self._typed(message)
        self._client = text_in(message, "client", limit=32)
        self._seq = int(number_in(message, "seq", low=0, high=1e12))
        self._write(text)
        self._autosave.touch()

    def on_rest(self, _message: Message) -> None:
        """Typing has paused."""
        if len(self._state.text) < MUCH_LEFT * len(self._rested):
            self._keep_rested()
            self._rested = self._state.text
        self._autosave.rest()

    def on_context(self, message: Message) -> None:
        """Something that stands around the wording."""
        name = choice_in(message, "field", LIMITS)
        value = text_in(message, "value", limit=LIMITS[name]).strip()
        if not good_value(name, value):
            raise AnswerError("This date cannot be read. Choose one with the calendar.")
        self._state.around[name] = value
        self._analysis = self._state.read()
        self._autosave.touch()

    def on_keep(self, message: Message) -> None:
        """Keep this wording."""
        self._write(self._typed(message))
        kept = self._keep_version("kept")
        self._rest_here()
        self.say("Kept. You find it in your versions." if kept else "This wording is kept already.")

    def on_use(self, message: Message) -> None:
        """Put a finding's better wording in the place of the old one."""
        self._write(self._typed(message))
        name = text_in(message, "finding", limit=8)
        rewrite = next(
            (f.rewrite for f in self._analysis.findings if f.id == name and f.rewrite), None
        )
        if rewrite is None:
            raise AnswerError(
                "The text has changed, so this wording doesn't fit it any more. Nothing was "
                "replaced. See what the advice says now."
            )
        self._keep_version("replaced")
        first, *others = [line.strip() for line in rewrite.splitlines() if line.strip()]
        for other in others:
            self._state.versions.add(other, self._journal.now(), "later")
        self._state.versions.add(first, self._journal.now(), "suggested")
        self._put(first)
        self.say(
            "Used. Your old wording is in your versions."
            if not others
            else f"The first is in the field. {sentence(counted(len(others), 'other'))} and your "
            "old wording are in your versions."
        )

    def on_restore(self, message: Message) -> None:
        """Bring a version back into the field."""
        self._write(self._typed(message))
        number = int(number_in(message, "version", low=1, high=1e9))
        found = self._state.versions.find(number)
        if found is None:
            raise AnswerError("This version is not in the list any more. Choose another one.")
        self._keep_version("restored")
        self._put(found.text)
        self.say("The version is back in the field.")

    def on_clear(self, message: Message) -> None:
        """Empty the field for another statement; what stood in it joins the versions."""
        self._write(self._typed(message))
        self._keep_version("cleared")
        self._put("")
        self.say("The field is empty. What stood in it is in your versions.")

    def on_example(self, message: Message) -> None:
        """Put an example into the empty field."""
        number = int(number_in(message, "number", low=0, high=len(EXAMPLES) - 1))
        self._keep_version("rewritten")
        self._put(EXAMPLES[number])

    def _typed(self, message: Message) -> str:
        return text_in(message, "text", limit=MAX_TYPED)

    def _write(self, text: str) -> None:
        if wrote_over(self._rested, text):
            self._keep_rested()
            self._rested = text
        elif len(text) >= len(self._rested):
            self._rested = text
        self._state.text = text
        self._analysis = self._state.read()

    def _put(self, text: str) -> None:
        """Another text than the browser's: `revision` tells the browser to take it."""
        self._state.text = text
        self._revision += 1
        self._rest_here()

    def _rest_here(self) -> None:
        self._analysis = self._state.read()
        self._rested = self._state.text
        self._autosave.save()

    def _keep_rested(self) -> None:
        """What was written over joins the versions, unless it was only an example."""
        if self._rested.strip() not in EXAMPLES:
            self._state.versions.add(self._rested, self._journal.now(), "rewritten")

    def _keep_version(self, why: str) -> bool:
        text = self._state.text.strip()
        if text in EXAMPLES and why == "cleared":
            return False  # the learner wrote nothing yet
        return self._state.versions.add(text, self._journal.now(), why)

    # -- the view --------------------------------------------------------------------------------

    def build_view(self) -> dict[str, Any]:
        """The wording, its reading, what stands around it, and the versions."""
        state, analysis = self._state, self._analysis
        text = state.text
        return {
            "label": "Key result coach",
            "text": text,
            "revision": self._revision,
            "client": self._client,
            "seq": self._seq,
            "max": MAX_TYPED,
            "cut": len(text) > len(analysis.text),
            "empty": not text.strip(),
            "examples": list(EXAMPLES),
            "reading": reading_view(analysis),
            "rewrites": {
                f.id: _rewrite_view(text, f.rewrite) for f in analysis.findings if f.rewrite
            },
            "heard": self._reading_words() if analysis.kind else analysis.question,
            "around": dict(state.around),
            "limits": LIMITS,
            "history": self._history_note(),
            "kept": state.versions.holds(text),
            "versions": [
                {
                    "id": v.id,
                    "text": v.text if len(v.text) <= SHOWN else v.text[: SHOWN - 1] + "…",
                    "at": v.at,
                    "why": WHY[v.why],
                    "here": v.text == text.strip(),
                }
                for v in reversed(state.versions.kept)
            ],
        }

    def _history_note(self) -> str:
        typed = self._state.around["history"]
        if not typed.strip():
            return ""
        values, unread = past_values(typed)
        note = f"{sentence(counted(len(values), 'value'))} read."
        if unread:
            note += f" Left out, because it is no clear number: {', '.join(unread[:5])}."
        if len(values) < ENOUGH_VALUES:
            note += f" From {ENOUGH_VALUES} on they show how far the measure swings by itself."
        return note


def _rewrite_view(text: str, rewrite: str) -> dict[str, Any]:
    before, after = compare(text.strip(), rewrite)
    return {
        "before": before,
        "after": after,
        "lines": len([line for line in rewrite.splitlines() if line.strip()]),
    }
