"""How far a learner has played a case of the lifecycle: a log that is replayed, and open forms."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, Self

from okrlab.content.lifecycle import Deed, LifecycleCase, LifecycleSubject, Said
from okrlab.errors import ModelError
from okrlab.model.ambition import Ambition
from okrlab.model.lifecycle import Ending, Facts, Guard, Kind, Record, State
from okrlab.simulation.lifecycle_play import MOVES, Case, MoveName, Play, Subject

MOST_STEPS = 400
"""So many steps of a case are kept."""

TEXT = 240
"""Most characters of what is typed into a field."""

FieldKind = Literal["text", "number", "day", "ambition", "reason", "yes"]


@dataclass(frozen=True)
class Field:
    """Something that people say when they make a move."""

    id: str
    label: str
    kind: FieldKind = "text"


OWNER = Field("owner", "Owner: one person")
PROMISE = (
    Field("objective", "Objective that it serves"),
    OWNER,
    Field("due", "Last day", "day"),
)
WAY = (Field("baseline", "From", "number"), Field("target", "To", "number"))
BAND = (
    Field("lower", "Band: at least", "number"),
    Field("upper", "Band: at most", "number"),
)

FIELDS: Mapping[MoveName, tuple[Field, ...]] = {
    "define": (
        OWNER,
        Field("formula", "How the number is worked out"),
        Field("source", "Where the figures come from"),
    ),
    "watch": BAND,
    "limits": (Field("change", "What has changed, if the limits were locked"),),
    "alert": (),
    "close": (Field("cause", "The cause, and how it was removed"),),
    "focus": (*PROMISE, *WAY, Field("ambition", "What is promised", "ambition")),
    "promise": (*PROMISE, Field("later", "The measure that it should move later")),
    "reach": (),
    "finish": (Field("evidence", "How somebody else can see that it is done"),),
    "renew": (
        Field("still", "It is still a priority", "yes"),
        *WAY,
        Field("due", "New last day", "day"),
    ),
    "let-go": (Field("learning", "What was learnt"),),
    "settle": BAND,
    "retire": (Field("reason", "Reason", "reason"), Field("why", "In your words")),
}

REASONS: tuple[tuple[str, str], ...] = (
    (Ending.TARGET_HIT.value, "The target is hit"),
    (Ending.ALWAYS_FINE.value, "It has long been fine"),
    (Ending.NO_LONGER_MATTERS.value, "It no longer matters"),
)

Typed = dict[str, str | bool]


@dataclass(frozen=True)
class Step:
    """A move with what was said, or (with an empty `work`) going on to the next stop."""

    work: str = ""
    move: str = ""
    typed: tuple[tuple[str, str | bool], ...] = ()


def case_of(case: LifecycleCase) -> Case:
    """The case for the simulation."""
    return Case(
        case.first_day,
        case.history,
        tuple(t.month for t in case.turns),
        tuple(_subject(s) for s in case.subjects),
        before=case.before,
    )


def _subject(subject: LifecycleSubject) -> Subject:
    starts = {"candidate": State.CANDIDATE, "health": State.HEALTH, "spawned": None}
    return Subject(
        subject.name,
        Kind(subject.kind),
        subject.values,
        subject.first,
        subject.better,
        subject.critical,
        starts[subject.starts],
        subject.band,
        subject.owner or "",
        subject.done_from,
        subject.not_yet or "",
    )


def parsed(typed: Mapping[str, str | bool], move: MoveName) -> dict[str, Any]:
    """What was typed, as the move takes it; an empty field is None.

    Raises:
        ModelError: a number or a day cannot be read.
    """
    given: dict[str, Any] = {}
    for spec in FIELDS[move]:
        value = typed.get(spec.id, False if spec.kind == "yes" else "")
        if isinstance(value, bool):
            given[spec.id] = value
            continue
        text = value.strip()
        if spec.kind == "number":
            given[spec.id] = _number(spec.label, text)
        elif spec.kind == "day":
            given[spec.id] = _day(text)
        else:
            given[spec.id] = text or None
    return given


def _number(label: str, text: str) -> float | None:
    if not text:
        return None
    try:
        value = float(text.replace("−", "-").replace(" ", ""))
    except ValueError:
        value = math.nan
    if not math.isfinite(value) or abs(value) > 1e12:
        raise ModelError(f"“{label}” says “{text[:40]}”, which is no number. Write digits.")
    return value


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise ModelError(f"“{text[:40]}” is no day. Choose one from the list.") from None


@dataclass
class CaseState:
    """One case as far as it was played.

    Attributes:
        content: the case in words.
        play: where it stands.
        log: the steps so far.
        forms: what stands in the fields, by work and move.
        chosen: the name of the work that is looked at.
        open: the move whose form is open.
        tried: the guards of the last refused try of the open form.
        trouble: what else kept the last try, in words.
        last: the record of the move just made.
    """

    content: LifecycleCase
    play: Play
    log: list[Step] = field(default_factory=list)
    forms: dict[tuple[str, str], Typed] = field(default_factory=dict)
    chosen: str = ""
    open: MoveName | None = None
    tried: tuple[Guard, ...] = ()
    trouble: str = ""
    last: Record | None = None

    @classmethod
    def fresh(cls, content: LifecycleCase) -> Self:
        """The case at its first stop."""
        return cls(content, Play.begin(case_of(content)), chosen=content.subjects[0].name)

    # -- steps -----------------------------------------------------------------------------------

    def typed(self, work: str, move: str) -> Typed:
        """What stands in the fields of a move."""
        return self.forms.setdefault((work, move), {"reason": REASONS[0][0]})

    def facts(self, work: str, move: MoveName, typed: Mapping[str, str | bool]) -> Facts:
        """The facts of a move, from what was typed and what the figures show.

        Raises:
            ModelError: a field cannot be read.
        """
        return self.play.facts(work, move, parsed(typed, move))

    def make(self, work: str, move: MoveName, typed: Mapping[str, str | bool]) -> Record:
        """Make a move and log it.

        Raises:
            ModelError: a guard does not hold, or a field cannot be read.
        """
        self.play, record = self.play.move(work, self.facts(work, move, typed))
        wanted = {f.id for f in FIELDS[move]}
        self.log.append(Step(work, move, tuple((k, v) for k, v in typed.items() if k in wanted)))
        self.last, self.open, self.tried, self.trouble = record, None, (), ""
        return record

    def go_on(self) -> None:
        """Go on to the next stop and log it.

        Raises:
            ModelError: there is none.
        """
        self.play = self.play.on()
        self.log.append(Step())
        self.last, self.open, self.tried, self.trouble = None, None, (), ""

    def take_back(self) -> None:
        """Undo the last step, by playing the others again."""
        steps = self.log[:-1]
        self.play, self.log = Play.begin(self.play.case), []
        self.replay(steps)
        self.last, self.open, self.tried, self.trouble = None, None, (), ""
        if all(w.name != self.chosen for w in self.play.board.works):
            self.chosen = self.content.subjects[0].name

    def replay(self, steps: list[Step]) -> None:
        """Make the steps in order; one that is not possible any more is left out."""
        for step in steps[:MOST_STEPS]:
            try:
                if step.work:
                    self.make(step.work, _move(step.move), dict(step.typed))
                else:
                    self.go_on()
            except ModelError:
                continue

    # -- the story -------------------------------------------------------------------------------

    def subject(self, work: str) -> LifecycleSubject | None:
        """The content behind a piece of work."""
        return next((s for s in self.content.subjects if s.name == work), None)

    def suggested(self, work: str, move: str, more: Said | None = None) -> Typed:
        """What a sensible team would type into the fields of a move; empty when nothing is said."""
        subject = self.subject(work)
        said = subject.says.get(move) if subject else None  # type: ignore[call-overload]
        found: Typed = {}
        for words in (said, more):
            for name, value in words.model_dump(exclude_none=True).items() if words else ():
                if name == "due":
                    found[name] = self.play.case.end_of(value).isoformat()
                else:
                    found[name] = value if isinstance(value, bool) else _shown(value)
        return found

    @property
    def deeds(self) -> list[tuple[str, Deed]]:
        """What the story does at this stop and has not been done yet, with the work's name."""
        names = {s.id: s.name for s in self.content.subjects}
        done: set[tuple[str, str]] = set()
        for step in reversed(self.log):
            if not step.work:
                break
            done.add((step.work, step.move))
        turn = self.content.turns[self.play.at]
        return [(names[d.work], d) for d in turn.do if (names[d.work], d.move) not in done]

    # -- drafts ----------------------------------------------------------------------------------

    def draft(self) -> dict[str, Any]:
        """Plain JSON data that `restore` reads."""
        return {
            "chosen": self.chosen,
            "log": [[s.work, s.move, dict(s.typed)] for s in self.log],
            "forms": [[work, move, typed] for (work, move), typed in self.forms.items()],
        }

    @classmethod
    def restore(cls, content: LifecycleCase, draft: object) -> Self:
        """The case of a draft; what no longer fits is left out."""
        now = cls.fresh(content)
        if not isinstance(draft, dict):
            return now
        steps = []
        for work, move, typed in _triples(draft.get("log")):
            steps.append(Step(work, move, tuple(typed.items())))
        now.replay(steps)
        now.last = None
        for work, move, typed in _triples(draft.get("forms")):
            if move in MOVES:
                now.forms[work, move] = typed
        if draft.get("chosen") in [w.name for w in now.play.board.works]:
            now.chosen = draft["chosen"]
        return now


def _triples(value: object) -> list[tuple[str, str, Typed]]:
    found = []
    for entry in value[:MOST_STEPS] if isinstance(value, list) else []:
        if not isinstance(entry, list) or len(entry) != 3:
            continue
        work, move, typed = entry
        if isinstance(work, str) and isinstance(move, str) and isinstance(typed, dict):
            clean = {
                str(k): v if isinstance(v, bool) else v[:TEXT]
                for k, v in typed.items()
                if isinstance(v, str | bool)
            }
            found.append((work, move, clean))
    return found


def _move(name: str) -> MoveName:
    for known in MOVES:
        if known == name:
            return known
    raise ModelError(f"There is no move “{name[:40]}”.")


def _shown(value: object) -> str:
    if isinstance(value, Ambition):
        return value.value
    return f"{value:.12g}" if isinstance(value, float) else str(value)
