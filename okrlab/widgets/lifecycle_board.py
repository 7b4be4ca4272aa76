"""LifecycleBoard: move work between KPI, health metric, key result and milestone, by its state."""

from __future__ import annotations

from typing import Any

from okrlab.assessment.journal import Journal
from okrlab.content.lifecycle import LifecycleFile
from okrlab.errors import ModelError
from okrlab.model.lifecycle import Kind, MoveRefusedError, State, moves_from
from okrlab.simulation.lifecycle_play import LEADS_TO, MOVES, MoveName
from okrlab.widgets._autosave import Autosave
from okrlab.widgets._lifecycle_form import BUTTONS
from okrlab.widgets._lifecycle_state import FIELDS, TEXT, CaseState
from okrlab.widgets._lifecycle_view import ids, record_words, told_case, turn_words
from okrlab.widgets.base import (
    BadMessageError,
    LessonWidget,
    Message,
    choice_in,
    css,
    esm,
    text_in,
)

DRAFT = "lifecycle"


class LifecycleBoard(LessonWidget):
    """Work in lanes, one per state; its moves, the guards that refuse some, and the history.

    A guided story follows one measure through 27 months; in free play four pieces of work have
    five quarters. A refused move says which guard failed and what would satisfy it. The rules are
    a reconstruction of ours, which the board says. Nothing is graded; everything is kept.

    Args:
        content: the cases.
        journal: where steps and typed texts are kept.
    """

    _esm = esm("lifecycle_board", "chart")
    _css = css("lifecycle_board", "chart")

    def __init__(self, content: LifecycleFile, journal: Journal) -> None:
        super().__init__(journal)
        self.content = content
        draft = journal.draft(DRAFT)
        kept = draft.get("cases") if isinstance(draft, dict) else None
        self._states = {
            c.id: CaseState.restore(c, kept.get(c.id) if isinstance(kept, dict) else None)
            for c in content.cases
        }
        shown = draft.get("shown") if isinstance(draft, dict) else None
        known = isinstance(shown, str) and shown in self._states
        self._shown = str(shown) if known else content.cases[0].id
        self._save = Autosave(journal, DRAFT, self._draft)
        self.refresh()

    @property
    def _now(self) -> CaseState:
        return self._states[self._shown]

    def _draft(self) -> dict[str, Any]:
        cases = {name: state.draft() for name, state in self._states.items()}
        return {"shown": self._shown, "cases": cases}

    # -- what the browser sees -------------------------------------------------------------------

    def build_view(self) -> dict[str, Any]:
        """The case that is shown, worked out."""
        return {
            "label": "Lifecycle board",
            "cases": [{"id": c.id, "title": c.title} for c in self.content.cases],
            "shown": self._shown,
            **told_case(self._now),
        }

    def summary(self) -> str:
        """The case, the month and where each piece of work stands."""
        now = self._now
        where = "; ".join(f"{w.name}: {w.state.label}" for w in now.play.board.works)
        return f"Lifecycle board “{now.content.title}”, {turn_words(now)}: {where}."

    # -- messages --------------------------------------------------------------------------------

    def on_show(self, message: Message) -> None:
        """Show another case."""
        self._shown = choice_in(message, "case", self._states)
        self.say(f"{self._now.content.title}. {turn_words(self._now)}.")
        self._save.save()

    def on_pick(self, message: Message) -> None:
        """Look at a piece of work."""
        work = self._work(message)
        if work != self._now.chosen:
            self._close()
            self._now.last = None
        self._now.chosen = work
        self._save.save()

    def on_open(self, message: Message) -> None:
        """Open the form of a move for the work that is looked at."""
        move = self._move(message)
        self._close()
        self._now.open = move
        if move not in self._near():
            self._try()  # from this state it is not possible: say why at once
        self._save.save()

    def on_aim(self, message: Message) -> None:
        """Take a piece of work to a lane: open, make or refuse the move that leads there."""
        work = self._work(message)
        lane = State(choice_in(message, "lane", [s.value for s in State]))
        now = self._now
        now.chosen = work
        self._close()
        if now.play.board[work].state is lane:
            self.say(f"It stands in “{lane.label}” already.")
            return
        leading = [m for m in MOVES if self._leads_to(m) is lane]
        near = [m for m in leading if m in self._near()]
        if not leading:
            raise ModelError(
                f"Nothing leads from “{now.play.board[work].state.label}” back to being a "
                "candidate. A milestone that is let go becomes one again."
            )
        now.open = (near or leading)[0]
        if not near or not FIELDS[now.open]:
            self._try()
        self._save.save()

    def on_cancel(self, _message: Message) -> None:
        """Close the form; what was typed stays in it."""
        self._close()
        self._save.save()

    def on_type(self, message: Message) -> None:
        """Keep what is typed into a field of the open form."""
        spec = self._field(message)
        typed = self._now.typed(self._now.chosen, self._open())
        if spec.kind == "yes":
            on = message.get("on")
            if not isinstance(on, bool):
                raise BadMessageError("The box sent no tick. Tick it again.")
            typed[spec.id] = on
        else:
            typed[spec.id] = text_in(message, "text", limit=TEXT)
        self._save.touch()

    def on_fill(self, _message: Message) -> None:
        """Fill the open form with what a sensible team would say."""
        now = self._now
        now.typed(now.chosen, self._open()).update(now.suggested(now.chosen, self._open()))
        self.say("Filled in. Read it, change what you like, then make the move.")
        self._save.save()

    def on_make(self, _message: Message) -> None:
        """Make the move of the open form."""
        self._open()
        self._try()
        self._save.save()

    def on_deed(self, _message: Message) -> None:
        """Do what the story does at this stop."""
        now, heard = self._now, []
        for work, deed in now.deeds:
            now.chosen = work
            record = now.make(work, deed.move, now.suggested(work, deed.move, deed.said))
            heard.append(record_words(record))
        self.say(" ".join(heard) or "At this stop the story waits.")
        self._save.save()

    def on_on(self, _message: Message) -> None:
        """Go on to the next stop."""
        before = len(self._now.play.missed)
        self._now.go_on()
        missed = self._now.play.missed[before:]
        events = self._now.content.turns[self._now.play.at].events
        self.say(" ".join([*missed, f"{turn_words(self._now)}.", events]))
        self._save.save()

    def on_back(self, _message: Message) -> None:
        """Take back the last step."""
        if not self._now.log:
            self.say("There is no step to take back.")
            return
        self._now.take_back()
        self.say(f"Taken back. {turn_words(self._now)}.")
        self._save.save()

    def on_again(self, _message: Message) -> None:
        """Start the case afresh; what was typed into forms stays."""
        forms = self._now.forms
        self._states[self._shown] = CaseState.fresh(self._now.content)
        self._now.forms = forms
        self.say(f"Started again. {turn_words(self._now)}.")
        self._save.save()

    # -- helpers ---------------------------------------------------------------------------------

    def _work(self, message: Message) -> str:
        names = {short: name for name, short in ids(self._now).items()}
        work = names[choice_in(message, "work", names)]
        if all(w.name != work for w in self._now.play.board.works):
            raise BadMessageError("That is not on the board yet. Reload the page.")
        return work

    def _move(self, message: Message) -> MoveName:
        wanted = choice_in(message, "move", list(MOVES))
        return next(name for name in MOVES if name == wanted)

    def _leads_to(self, move: MoveName) -> State:
        """The state that a move of the work that is looked at enters."""
        work = self._now.play.board[self._now.chosen]
        if move == "let-go" and work.kind is Kind.MILESTONE:
            return State.CANDIDATE
        return LEADS_TO[move]

    def _near(self) -> list[MoveName]:
        possible = moves_from(self._now.play.board[self._now.chosen])
        return [name for name, move in MOVES.items() if move in possible]

    def _open(self) -> MoveName:
        if self._now.open is None:
            raise BadMessageError("Choose a move first, then make it.")
        return self._now.open

    def _field(self, message: Message) -> Any:
        fields = {f.id: f for f in FIELDS[self._open()]}
        return fields[choice_in(message, "field", fields)]

    def _close(self) -> None:
        now = self._now
        now.open, now.tried, now.trouble = None, (), ""

    def _try(self) -> None:
        """Make the open move; when it is refused, keep the form and say why."""
        now, move = self._now, self._open()
        typed = now.typed(now.chosen, move)
        now.tried, now.trouble = (), ""
        try:
            record = now.make(now.chosen, move, typed)
        except MoveRefusedError as refusal:
            now.tried = now.play.guards(now.chosen, now.facts(now.chosen, move, typed))
            reasons = " ".join(f"{g.failed} {g.remedy}" for g in refusal.failed)
            self.say(f"Not possible now: {BUTTONS[move].lower()}. {reasons}")
        except ModelError as problem:
            now.trouble = str(problem)
            self.say(now.trouble)
        else:
            self.say(record_words(record))
