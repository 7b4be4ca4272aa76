"""AttainmentBoard: move the values of key results and see what counts, and for how much."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from okrlab.assessment.journal import Journal
from okrlab.content.attainment import (
    AttainmentBoardText,
    GuardrailMeasure,
    LearningResult,
    MaintainResult,
    MilestoneResult,
    OtherReading,
    ResultSet,
)
from okrlab.errors import ModelError
from okrlab.model.ambition import Ambition
from okrlab.widgets._attainment_state import (
    MOST,
    MOST_OWN,
    NAME,
    OWN,
    UNIT,
    WEEKS,
    BoardState,
    Entry,
    OwnForm,
    SetState,
    fits,
)
from okrlab.widgets._attainment_words import AMBITIONS, hurried, share, together, told
from okrlab.widgets._autosave import Autosave
from okrlab.widgets.base import (
    BadMessageError,
    LessonWidget,
    Message,
    choice_in,
    css,
    esm,
    number_in,
    text_in,
)

OWN_TITLE = "Your own"


class AttainmentBoard(LessonWidget):
    """Key results of a quarter with sliders, their attainment and the verdict by ambition.

    Guardrails, ranges to keep and things to find out stand apart and never enter the mean; a
    switch shows what a hurried reading would claim, with the reason why not. Learners can add key
    results of their own. Nothing is graded; everything is kept.

    Args:
        board: what the board is called.
        sets: the key results, one set per objective.
        readings: how others read attainment.
        journal: where values are kept.
    """

    _esm = esm("attainment_board")
    _css = css("attainment_board")

    def __init__(
        self,
        board: AttainmentBoardText,
        sets: Sequence[ResultSet],
        readings: Sequence[OtherReading],
        journal: Journal,
    ) -> None:
        super().__init__(journal)
        self.board = board
        self._sets = {s.id: s for s in sets}
        self._readings = tuple(readings)
        draft = f"attainment/{board.id}"
        self._state = BoardState.restore(sets, journal.draft(draft))
        self._save = Autosave(journal, draft, self._state.draft)
        self.refresh()

    @property
    def _now(self) -> SetState:
        return self._state.sets[self._state.shown]

    # -- what the browser sees -------------------------------------------------------------------

    def build_view(self) -> dict[str, Any]:
        """The set that is shown, with every number and verdict worked out."""
        now, shown = self._now, self._sets.get(self._state.shown)
        entries = list(now.entries.values())
        return {
            "label": f"Attainment: {self.board.title}",
            "title": self.board.title,
            "intro": self.board.intro,
            "sets": [
                *({"id": s.id, "title": f"{s.title} ({s.industry})"} for s in self._sets.values()),
                {"id": OWN, "title": OWN_TITLE},
            ],
            "shown": self._state.shown,
            "objective": shown.objective if shown else self._state.objective,
            "story": shown.story if shown else "",
            "look": shown.look if shown else "",
            "results": [told(e, now) for e in entries if not _apart(e)],
            "apart": [told(e, now) for e in entries if _apart(e)],
            "together": together(now) if entries else None,
            "hurried": hurried(now) if entries and self._state.hurried else None,
            "hurriedOn": self._state.hurried,
            "ambitions": [{"id": a.value, "label": label} for a, label in AMBITIONS.items()],
            "week": now.week,
            "weeks": WEEKS,
            "moved": now.moved,
            "own": self._own() if shown is None else None,
            "readings": [r.model_dump() for r in self._readings],
        }

    def _own(self) -> dict[str, Any]:
        return {
            "form": dict(vars(self._state.form)),
            "full": len(self._now.entries) >= MOST_OWN,
            "most": MOST_OWN,
            "nameLimit": NAME,
            "unitLimit": UNIT,
        }

    def summary(self) -> str:
        """The set that is shown and how it stands together."""
        name = self._sets[self._state.shown].title if self._state.shown in self._sets else OWN_TITLE
        head = f"Attainment board “{self.board.title}”, {name}"
        if not self._now.entries:
            return f"{head}: no key result yet."
        lines = [f"{e.text} {share(a.ratio)}" for e, a in self._pairs()]
        return f"{head}: {'; '.join(lines)}. {together(self._now)['words']}"

    def _pairs(self) -> list[tuple[Entry, Any]]:
        return [(self._now.entries[name], a) for name, a in self._now.averaged.items()]

    # -- messages --------------------------------------------------------------------------------

    def on_show(self, message: Message) -> None:
        """Show another set."""
        self._state.shown = choice_in(message, "set", self._state.sets)
        self.say(f"{self._title()}. {self._heard_together()}")
        self._save.save()

    def on_set(self, message: Message) -> None:
        """Put a measure on a value, or a milestone on done or not done."""
        entry = self._entry(message)
        if isinstance(entry, MilestoneResult) and entry.gates:
            raise BadMessageError("This milestone has gates. Pass them one by one.")
        if isinstance(entry, MilestoneResult | LearningResult):
            value = fits(entry, message.get("value"))
            if value is None:
                raise BadMessageError("The box sent no tick. Tick it again.")
        else:
            value = number_in(message, "value", low=-MOST, high=MOST)
        self._now.values[entry.id] = value
        self.say(self._heard(entry))
        self._save.touch()

    def on_gate(self, message: Message) -> None:
        """Pass a gate of a milestone, or take that back."""
        entry = self._entry(message)
        if not isinstance(entry, MilestoneResult):
            raise BadMessageError("Only a milestone has gates. Reload the page.")
        gate = choice_in(message, "gate", [g.id for g in entry.gates])
        on, passed = message.get("on"), self._now.values[entry.id]
        if not isinstance(on, bool) or not isinstance(passed, frozenset):
            raise BadMessageError("The box sent no tick. Tick it again.")
        self._now.values[entry.id] = passed | {gate} if on else passed - {gate}
        self.say(self._heard(entry))
        self._save.touch()

    def on_ambition(self, message: Message) -> None:
        """Say what was promised of a key result."""
        entry = self._entry(message)
        if entry.id not in self._now.ambitions:
            raise BadMessageError("Nothing of that kind is promised here. Reload the page.")
        self._now.ambitions[entry.id] = Ambition(choice_in(message, "ambition", list(Ambition)))
        self.say(self._heard(entry))
        self._save.save()

    def on_week(self, message: Message) -> None:
        """Look at the set in another week of the quarter."""
        self._now.week = int(number_in(message, "week", low=1, high=WEEKS))
        self.say(f"Week {self._now.week} of {WEEKS}.")
        self._save.touch()

    def on_hurry(self, message: Message) -> None:
        """Show or hide what a hurried reading would claim."""
        on = message.get("on")
        if not isinstance(on, bool):
            raise BadMessageError("The switch sent no position. Flip it again.")
        self._state.hurried = on
        if on:
            claims = hurried(self._now)["claims"]
            self.say(" ".join(c["head"] + "." for c in claims) or "There is nothing to claim.")
        self._save.save()

    def on_back(self, _message: Message) -> None:
        """Put this set back as it was at first; own key results stay, with their first values."""
        self._state.sets[self._state.shown] = SetState.of(list(self._now.entries.values()))
        self.say("Back to how the quarter ended.")
        self._save.save()

    def on_write(self, message: Message) -> None:
        """Keep what is typed into a field of an own key result."""
        name = choice_in(message, "field", [*vars(OwnForm()), "objective"])
        text = text_in(message, "text", limit=NAME)
        if name == "objective":
            self._state.objective = text
        elif name == "ambition":
            self._state.form.ambition = choice_in(message, "text", list(Ambition))
        else:
            setattr(self._state.form, name, text)
        self._save.touch()

    def on_add(self, _message: Message) -> None:
        """Put the own key result on the board."""
        own = self._state.sets[OWN]
        if len(own.entries) >= MOST_OWN:
            raise ModelError(
                f"There are {MOST_OWN} already, and an objective has no more. Remove one first."
            )
        number = 1 + max((int(name.removeprefix("own-")) for name in own.entries), default=0)
        entry = self._state.form.result(f"own-{number}")
        own.add(entry)
        self._state.form = replace(OwnForm(), ambition=self._state.form.ambition)
        self._state.shown = OWN
        self.say(f"Added. {self._heard(entry)}")
        self._save.save()

    def on_remove(self, message: Message) -> None:
        """Take an own key result off the board; its fields are filled with it again."""
        own = self._state.sets[OWN]
        entry = own.entries[choice_in(message, "entry", own.entries)]
        form = self._state.form
        if not isinstance(entry, MilestoneResult) and not any(
            (form.text, form.baseline, form.target, form.current)
        ):
            self._state.form = _form_of(entry, own)
        own.remove(entry.id)
        self.say(f"Removed: {entry.text}.")
        self._save.save()

    def _entry(self, message: Message) -> Entry:
        return self._now.entries[choice_in(message, "entry", self._now.entries)]

    def _title(self) -> str:
        shown = self._sets.get(self._state.shown)
        return shown.title if shown else OWN_TITLE

    def _heard(self, entry: Entry) -> str:
        seen = told(entry, self._now)
        if "verdict" in seen:
            return f"{seen['share']}. {seen['verdict']['words']} {self._heard_together()}"
        if "holds" in seen:
            return (
                f"{seen['now']}: {'holds' if seen['holds'] else 'broken'}. {self._heard_together()}"
            )
        return "Known." if seen["value"] else "Not known yet."

    def _heard_together(self) -> str:
        return str(together(self._now)["words"]) if self._now.entries else ""


def _apart(entry: Entry) -> bool:
    return isinstance(entry, MaintainResult | GuardrailMeasure | LearningResult)


def _form_of(entry: Entry, own: SetState) -> OwnForm:
    """The fields that describe an own key result as it stands."""
    value = own.values[entry.id]
    return OwnForm(
        text=entry.text,
        unit=getattr(entry, "unit", ""),
        baseline=f"{getattr(entry, 'baseline', 0):.12g}",
        target=f"{getattr(entry, 'target', 0):.12g}",
        current=f"{value:.12g}" if isinstance(value, float) else "",
        ambition=own.ambitions[entry.id].value,
    )
