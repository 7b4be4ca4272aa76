"""A piece of work on the capstone board: what was typed of it, and what follows for the model."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any, Literal, Self

from okrlab.errors import ModelError
from okrlab.interop.board import Column
from okrlab.model.ambition import Ambition
from okrlab.model.attainment import attainment
from okrlab.model.indicator import Band
from okrlab.model.lifecycle import Kind, Promise, State, Watch, Work
from okrlab.widgets._board_numbers import MOST_VALUES, read_number, read_values

FieldKind = Literal["text", "long", "number", "day", "choice", "yes"]


@dataclass(frozen=True)
class BoardField:
    """Something that is typed or chosen about a piece of work.

    Attributes:
        label: the question.
        kind: how it is answered.
        most: characters.
        options: pairs of id and label, for a choice.
        help: a further line.
    """

    label: str
    kind: FieldKind = "text"
    most: int = 200
    options: tuple[tuple[str, str], ...] = ()
    help: str = ""


FIELDS: Mapping[str, BoardField] = {
    "name": BoardField("What is measured or done"),
    "unit": BoardField("Unit", most=30, help="Such as %, days or € thousand."),
    "better": BoardField(
        "Which way is better?",
        "choice",
        options=(
            ("", "Neither: a range"),
            ("up", "Higher"),
            ("down", "Lower"),
        ),
    ),
    "critical": BoardField("It is critical: in alert, it goes before all key results", "yes"),
    "owner": BoardField("Owner", most=80, help="One person."),
    "formula": BoardField("How the number is worked out", "long", 300),
    "source": BoardField("Where the figures come from"),
    "values": BoardField(
        "Values so far, the oldest first",
        "long",
        2_000,
        help="Type or paste them, with spaces between. Six give limits on trial, twelve to keep.",
    ),
    "lower": BoardField("Band: at least", "number", 30, help="Leave it empty to keep it open."),
    "upper": BoardField("Band: at most", "number", 30, help="What people agreed on."),
    "objective": BoardField(
        "Objective that it serves", "long", 300, help="What should be true in the end; no number."
    ),
    "baseline": BoardField("From", "number", 30),
    "target": BoardField("To", "number", 30),
    "due": BoardField("Last day", "day", 10),
    "ambition": BoardField(
        "What is promised",
        "choice",
        options=(
            ("stretch", "Stretch: 0.7 of the way counts as met"),
            ("committed", "Committed: all of it"),
            ("moonshot", "Moonshot: nobody expects all of it"),
        ),
    ),
    "reading": BoardField(
        "How the end is read",
        "choice",
        options=(("3", "Mean of the last three values"), ("1", "Last value")),
    ),
    "later": BoardField("The measure that it should move later"),
    "change": BoardField("What has changed in the process, if the limits were locked", "long", 300),
    "cause": BoardField("The cause, and how it was removed", "long", 300),
    "evidence": BoardField("How somebody else can see that it is done", "long", 300),
    "learning": BoardField("What was learnt", "long", 600),
    "still": BoardField("It is still a priority", "yes"),
    "new_baseline": BoardField("New start, from where it stands", "number", 30),
    "new_target": BoardField("New target", "number", 30),
    "new_due": BoardField("New last day", "day", 10),
    "reason": BoardField(
        "Reason",
        "choice",
        options=(
            ("the target is hit", "The target is hit"),
            ("it has long been fine", "It has long been fine"),
            ("the aspect no longer matters", "What it tells about no longer matters"),
        ),
    ),
    "why": BoardField("In your words", "long", 300),
}
DETAILS: Mapping[Kind, tuple[str, ...]] = {
    Kind.MEASURE: (
        "name", "formula", "owner", "source", "unit", "better", "values", "lower", "upper",
        "critical",
    ),
    Kind.MILESTONE: ("name", "owner", "evidence"),
}  # fmt: skip
"""What is asked of each kind, whatever its state."""

_ID = re.compile(r"w\d{1,6}")


@dataclass
class Entry:
    """A piece of work in the making.

    Attributes:
        id: tells it from the others.
        kind: a measure or a milestone.
        state: where it stands.
        fields: what was typed, by `FIELDS`.
        watch: the limits that hold; their band is in the fields.
        promise: as it was promised; typing does not change it.
        seen: how many values were in when it came to its state.
    """

    id: str
    kind: Kind = Kind.MEASURE
    state: State = State.CANDIDATE
    fields: dict[str, str] = field(default_factory=dict)
    watch: Watch | None = None
    promise: Promise | None = None
    seen: int = 0

    def text(self, name: str) -> str:
        """What was typed, without blanks around it."""
        return self.fields.get(name, "").strip()

    def number(self, name: str) -> float | None:
        """A number that was typed; None when there is none.

        Raises:
            ModelError: it is no number.
        """
        text = self.text(name)
        return read_number(text, FIELDS[name].label) if text else None

    def day(self, name: str) -> date | None:
        """A day that was typed; None when there is none or it cannot be read."""
        try:
            return date.fromisoformat(self.text(name))
        except ValueError:
            return None

    @property
    def values(self) -> tuple[float, ...]:
        """The values.

        Raises:
            ModelError: one of them is no number, or there are too many.
        """
        return read_values(self.text("values"))

    @property
    def band(self) -> Band | None:
        """The agreed range.

        Raises:
            ModelError: an edge is no number, or the edges are the wrong way round.
        """
        lower, upper = self.number("lower"), self.number("upper")
        return None if lower is None and upper is None else Band(lower, upper)

    @property
    def trouble(self) -> str:
        """What cannot be read of what was typed, as a sentence; "" when all can."""
        for read in (lambda: self.values, lambda: self.band):
            try:
                read()
            except ModelError as error:
                return str(error)
        return ""

    def work(self, label: str) -> Work:
        """The same for the model, under a name that nothing else on the board has."""
        band = None if self.trouble else self.band
        return Work(
            label,
            self.kind,
            self.state,
            {"up": "up", "down": "down"}.get(self.text("better")),  # type: ignore[arg-type]
            self.text("critical") == "yes",
            self.text("owner"),
            self.text("formula"),
            self.text("source"),
            replace(self.watch, band=band) if self.watch else None,
            self.promise,
            self.text("later"),
        )

    @property
    def column(self) -> Column:
        """Where it stands on the board."""
        if self.state in (State.CANDIDATE, State.BASELINING):
            return "ahead"
        if self.state is State.KEY_RESULT:
            return "okr"
        if self.state is State.RETIRED:
            return "done"
        return "health" if not self.trouble and self.band else "kpi"

    @property
    def mark(self) -> str:
        """The role whose shape it is shown with; "task" is the hollow one."""
        if self.kind is Kind.MILESTONE:
            return "milestone_key_result" if self.column == "okr" else "task"
        return {"kpi": "kpi", "health": "health_metric", "okr": "metric_key_result"}.get(
            self.column, "task"
        )

    @property
    def reading(self) -> float | None:
        """The value at which a key result is read; None without values."""
        if self.trouble or not self.values:
            return None
        count = 1 if self.promise and self.promise.reading == "1" else 3
        last = self.values[-count:]
        return math.fsum(last) / len(last)

    @property
    def attained(self) -> float | None:
        """How far a metric key result is, 0 to 1; None for everything else."""
        p, value = self.promise, self.reading
        if self.state is not State.KEY_RESULT or p is None or value is None:
            return None
        if p.baseline is None or p.target is None:
            return None
        return attainment(p.baseline, p.target, value).value

    @property
    def normal_points(self) -> int:
        """How many values since the alert, counted back from the last, are normal."""
        if self.watch is None or self.trouble:
            return 0
        count = 0
        for value in reversed(self.values[self.seen :]):
            inside = self.watch.lower <= value <= self.watch.upper
            if not inside or (self.band is not None and not self.band.holds(value)):
                break
            count += 1
        return count

    # -- drafts ----------------------------------------------------------------------------------

    def plain(self) -> dict[str, Any]:
        """Plain JSON data that `restore` reads."""
        watch = asdict(replace(self.watch, band=None)) if self.watch else None
        promise: dict[str, Any] | None = None
        if self.promise:
            promise = asdict(self.promise)
            promise["due"] = self.promise.due.isoformat() if self.promise.due else ""
        return {
            "id": self.id,
            "kind": self.kind.value,
            "state": self.state.value,
            "fields": dict(self.fields),
            "watch": watch,
            "promise": promise,
            "seen": self.seen,
        }

    @classmethod
    def restore(cls, data: object) -> Self | None:
        """The entry of a draft; what is damaged is left out, None when nothing is left."""
        if not isinstance(data, dict) or not _ID.fullmatch(str(data.get("id"))):
            return None
        kept = data.get("fields")
        fields = {
            name: text[: FIELDS[name].most]
            for name, text in (kept.items() if isinstance(kept, dict) else ())
            if name in FIELDS and isinstance(text, str)
        }
        seen = data.get("seen")
        made = cls(
            data["id"],
            _one_of(Kind, data.get("kind"), Kind.MEASURE),
            _one_of(State, data.get("state"), State.CANDIDATE),
            fields,
            _kept(lambda: Watch(**{**data["watch"], "band": None})),
            _kept(lambda: _promise(data["promise"])),
            seen if type(seen) is int and 0 <= seen <= MOST_VALUES else 0,
        )
        if made.state is State.KEY_RESULT and made.promise is None:
            made.state = State.HEALTH if made.kind is Kind.MEASURE else State.CANDIDATE
        return made


def _promise(data: dict[str, Any]) -> Promise:
    due = data["due"]
    texts = {name: str(data[name])[:300] for name in ("objective", "owner", "reading")}
    return Promise(
        due=date.fromisoformat(due) if due else None,
        baseline=data["baseline"],
        target=data["target"],
        ambition=Ambition(data["ambition"]),
        **texts,
    )


def _kept(read: Callable[[], Any]) -> Any:
    try:
        return read()
    except (ModelError, KeyError, TypeError, ValueError):
        return None


def _one_of(kind: Any, value: object, otherwise: Any) -> Any:
    return kind(value) if value in {k.value for k in kind} else otherwise
