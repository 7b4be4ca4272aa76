"""Moves of the lifecycle that are about focus: how work becomes a key result, and stops being one.

A class's docstring is the rule. All facts may be missing; the guards say what is missing.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import ClassVar

from okrlab.model._lifecycle_work import (
    Around,
    Guard,
    Kind,
    Promise,
    Result,
    State,
    Work,
    given,
    is_kind,
)
from okrlab.model.ambition import Verdict, verdict
from okrlab.model.attainment import attainment

MOST_KEY_RESULTS = 5
"""An objective has no more key results than these."""


@dataclass(frozen=True)
class MakeKeyResult:
    """Health or alert → key result, with objective, baseline, target, date and owner.

    No alert is needed: strategy is reason enough.
    """

    title: ClassVar[str] = "make it a key result"
    leaves: ClassVar[frozenset[State]] = frozenset({State.HEALTH, State.ALERT})
    promise: Promise = field(default_factory=Promise)

    def guards(self, work: Work, around: Around) -> tuple[Guard, ...]:
        """The promise is whole, there is room for it, and nothing critical is open."""
        return (
            is_kind(work, Kind.MEASURE, "Promise the milestone instead."),
            given("objective", self.promise.objective, "Name the objective that it serves."),
            _change(self.promise),
            _date(self.promise.due),
            given("owner", self.promise.owner, "Name one person who sees to it."),
            _room(around),
            _nothing_critical(around),
        )

    def apply(self, work: Work, around: Around) -> Result:
        """It has the focus until the date."""
        del around
        p = self.promise
        return Result(
            replace(work, state=State.KEY_RESULT, promise=p),
            f"For “{p.objective}”: from {p.baseline:g} to {p.target:g} by {p.due}; {p.owner}.",
        )


@dataclass(frozen=True)
class PromiseMilestone:
    """Candidate → key result, for a milestone, with the measure that it should move later."""

    title: ClassVar[str] = "promise the milestone"
    leaves: ClassVar[frozenset[State]] = frozenset({State.CANDIDATE})
    promise: Promise = field(default_factory=Promise)
    moves_later: str = ""

    def guards(self, work: Work, around: Around) -> tuple[Guard, ...]:
        """The promise is whole and names a measure; there is room, and nothing critical is open."""
        return (
            is_kind(
                work, Kind.MILESTONE, "A measure is baselined and watched first: start measuring."
            ),
            given("objective", self.promise.objective, "Name the objective that it serves."),
            _date(self.promise.due),
            given("owner", self.promise.owner, "Name one person who sees to it."),
            given(
                "measure to move later", self.moves_later, "Name the measure that it should move."
            ),
            Guard(
                "the measure is something else",
                self.moves_later.strip() != work.name.strip(),
                "The measure to move later has the milestone's own name.",
                "Name what will change in numbers once the milestone is done.",
            ),
            _room(around),
            _nothing_critical(around),
        )

    def apply(self, work: Work, around: Around) -> Result:
        """It has the focus until the date."""
        del around
        p = self.promise
        return Result(
            replace(
                work,
                state=State.KEY_RESULT,
                promise=p,
                owner=p.owner,
                moves_later=self.moves_later,
            ),
            f"For “{p.objective}”, by {p.due}, to move {self.moves_later}; {p.owner}.",
        )


@dataclass(frozen=True)
class Reach:
    """Key result → stabilising, when it is met by the bar of its ambition.

    Committed: the target. Stretch: its bar. Moonshot: green. `value` is read as was agreed when the
    promise was made.
    """

    title: ClassVar[str] = "close it as met"
    leaves: ClassVar[frozenset[State]] = frozenset({State.KEY_RESULT})
    value: float | None = None

    def _verdict(self, work: Work) -> Verdict | None:
        p = work.promise
        if p is None or p.baseline is None or p.target is None or self.value is None:
            return None
        return verdict(attainment(p.baseline, p.target, self.value), p.ambition)

    def guards(self, work: Work, around: Around) -> tuple[Guard, ...]:
        """It is a measure, its value is known, and its kind of ambition is met."""
        del around
        judged = self._verdict(work)
        met = judged is not None and (judged.met or (judged.met is None and _green(judged)))
        return (
            is_kind(work, Kind.MEASURE, "Finish the milestone with its evidence instead."),
            Guard(
                "met by its ambition",
                met,
                "There is no value." if judged is None else judged.in_words,
                "Give the measure's value, read as agreed."
                if judged is None
                else "Renew it with a new baseline, or let it go and write down what was learnt.",
            ),
        )

    def apply(self, work: Work, around: Around) -> Result:
        """The focus ends; the watching goes on until the new level has shown itself."""
        del around
        judged = self._verdict(work)
        return Result(replace(work, state=State.STABILISING), judged.in_words if judged else "")


def _green(judged: Verdict) -> bool:
    return judged.colour == "green"


@dataclass(frozen=True)
class Finish:
    """Key result → retired, for a milestone that is done: the measure that it moves takes over.

    This is the one piece of work that ends because it is done. What matters about it lives on as a
    measure, which is spawned unless it is watched already.
    """

    title: ClassVar[str] = "finish the milestone"
    leaves: ClassVar[frozenset[State]] = frozenset({State.KEY_RESULT})
    evidence: str = ""

    def guards(self, work: Work, around: Around) -> tuple[Guard, ...]:
        """It is a milestone, and somebody who was not there can tell that it is done."""
        del around
        return (
            is_kind(work, Kind.MILESTONE, "Close it as met with the measure's value instead."),
            given("evidence", self.evidence, "Say how somebody else can see that it is done."),
        )

    def apply(self, work: Work, around: Around) -> Result:
        """The measure that it should move is on the board from now on."""
        watched = work.moves_later in around.names
        spawned = None if watched else Work(work.moves_later, owner=work.owner)
        takes_over = "is watched already" if watched else "is to be measured now"
        return Result(
            replace(work, state=State.RETIRED),
            f"Done: {self.evidence}. {work.moves_later} {takes_over}.",
            spawned=spawned,
        )


@dataclass(frozen=True)
class Renew:
    """Key result → key result at the period's end, when still a priority, with a new baseline."""

    title: ClassVar[str] = "renew it"
    leaves: ClassVar[frozenset[State]] = frozenset({State.KEY_RESULT})
    period_over: bool = False
    still_priority: bool = False
    baseline: float | None = None
    target: float | None = None
    due: date | None = None

    def _promise(self, work: Work) -> Promise:
        return replace(
            work.promise or Promise(), baseline=self.baseline, target=self.target, due=self.due
        )

    def guards(self, work: Work, around: Around) -> tuple[Guard, ...]:
        """The period is over, it still comes first, and the promise is a new one."""
        del around
        old = work.promise.due if work.promise else None
        later = self.due is None or old is None or self.due > old
        guards = [
            Guard(
                "the period is over",
                self.period_over,
                "The period is not over.",
                "Go on until its end; moving the target on the way hides what happened.",
            ),
            Guard(
                "it is still a priority",
                self.still_priority,
                "It is no priority any more.",
                "Let it go and write down what was learnt.",
            ),
            _date(self.due),
            Guard(
                "a later date",
                later,
                f"{self.due} is not after {old}.",
                "Give a day in the next period.",
            ),
        ]
        if work.kind is Kind.MEASURE:
            guards.append(_change(self._promise(work)))
        return tuple(guards)

    def apply(self, work: Work, around: Around) -> Result:
        """It has the focus for another period, from where it stands."""
        del around
        p = self._promise(work)
        way = "" if p.baseline is None else f", from {p.baseline:g} to {p.target:g}"
        return Result(
            replace(work, promise=p), f"The period is over and it is still first{way} by {p.due}."
        )


@dataclass(frozen=True)
class LetGo:
    """Key result → health, when it is no priority any more and what was learnt is written down.

    A milestone goes back to the candidates.
    """

    title: ClassVar[str] = "let it go"
    leaves: ClassVar[frozenset[State]] = frozenset({State.KEY_RESULT})
    learning: str = ""

    def guards(self, work: Work, around: Around) -> tuple[Guard, ...]:
        """Something is written down."""
        del work, around
        return (
            given("learning", self.learning, "Write down what was learnt, in a sentence or two."),
        )

    def apply(self, work: Work, around: Around) -> Result:
        """It is watched as before."""
        del around
        back = State.HEALTH if work.kind is Kind.MEASURE else State.CANDIDATE
        return Result(
            replace(work, state=back, promise=None), f"No priority any more. {self.learning}"
        )


def _nothing_critical(around: Around) -> Guard:
    return Guard(
        "nothing critical is in alert",
        not around.open_critical,
        f"Critical and in alert: {', '.join(around.open_critical)}.",
        "See to that first; a new focus can wait.",
    )


def _room(around: Around) -> Guard:
    return Guard(
        f"at most {MOST_KEY_RESULTS} key results",
        around.same_objective < MOST_KEY_RESULTS,
        f"The objective has {around.same_objective} key results already.",
        "Finish one or let one go, then take this up.",
    )


def _change(promise: Promise) -> Guard:
    if promise.baseline is None or promise.target is None:
        missing = [n for n in ("baseline", "target") if getattr(promise, n) is None]
        failed = f"The {' and the '.join(missing)} {'are' if missing[1:] else 'is'} missing."
    else:
        failed = f"From {promise.baseline:g} to {promise.target:g} is no change."
    return Guard(
        "from a baseline to a target",
        None not in (promise.baseline, promise.target) and promise.baseline != promise.target,
        failed,
        "Say from where to where the measure should move.",
    )


def _date(due: date | None) -> Guard:
    return Guard("date", due is not None, "The date is missing.", "Say by which day.")
