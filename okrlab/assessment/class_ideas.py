"""The misconceptions of a room, what treats each, and what to open the next session with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from okrlab.assessment.attempt import Attempt
from okrlab.assessment.mastery import POOL
from okrlab.content import Library

TWICE, OFTEN, FEW = 2, 0.2, 3
"""A learner leans to an idea that came up twice and in a fifth of the chances, or in one of three
chances or fewer."""

WORTH_A_SESSION = 2
"""An idea that fewer learners lean to is for a word with them, not for the room."""

QUARTER = 0.25
"""An idea that a smaller share of those asked lean to is not the room's."""

Kind = Literal["scenario", "lesson", "deck"]


@dataclass(frozen=True)
class Treatment:
    """Something that treats a misconception.

    Attributes:
        kind: a scenario for the room, a lesson, or a deck of cards.
        name: the scenario's or deck's name, the lesson's notebook.
        title: as learners and coaches know it.
        minutes: how long it takes; None when that is up to the room.
        why: what it has to do with the misconception.
    """

    kind: Kind
    name: str
    title: str
    minutes: int | None
    why: str

    def words(self) -> str:
        """Such as "Scenario “Kite answers faster” (25 min)"."""
        time = f" ({self.minutes} min)" if self.minutes else ""
        return f"{self.kind.capitalize()} “{self.title}”{time}"

    def how(self) -> str:
        """How to open it."""
        if self.kind == "scenario":
            return f"okrlab coach --present {self.name}"
        return f"notebooks/{self.name}" if self.kind == "lesson" else f'okrlab.sort("{self.name}")'


@dataclass(frozen=True)
class RoomIdea:
    """A misconception and how far the room holds it.

    Attributes:
        misconception: its id.
        title: the wrong idea as somebody who holds it would say it.
        repair: what to think instead.
        learners: who lean to it, see `TWICE`.
        seen: in whose latest answers it came up at least once.
        asked: who were asked something that can reveal it.
        times: answers that revealed it.
        chances: answers that could have.
        treatments: what treats it, the best first.
    """

    misconception: str
    title: str
    repair: str
    learners: int
    seen: int
    asked: int
    times: int
    chances: int
    treatments: tuple[Treatment, ...]

    @property
    def share(self) -> float:
        """Of those who were asked, who lean to it."""
        return self.learners / self.asked if self.asked else 0.0

    def words(self) -> str:
        """Such as "4 of 12 learners lean to it; 7 showed it at least once"."""
        noun, verb = ("learner", "leans") if self.asked == 1 else ("learners", "lean")
        more = f"; {self.seen} showed it at least once" if self.seen > self.learners else ""
        return f"{self.learners} of {self.asked} {noun} {verb} to it{more}"


@dataclass(frozen=True)
class Opening:
    """What to open the next session with.

    Attributes:
        treatment: what to do; None when nothing stands out.
        why: the reason, in sentences.
        then: what to do afterwards.
    """

    treatment: Treatment | None
    why: str
    then: str


def evidence(attempts: Iterable[Attempt]) -> list[Attempt]:
    """The answers that say what a learner thinks now: of each concept the latest 20 first tries.

    Graded ones only; those of the pretest stand in where a concept has no others yet.

    Args:
        attempts: all attempts of one learner, in any order.
    """
    tries = sorted((a for a in attempts if a.try_number == 1), key=lambda a: (a.at, a.id))
    pools: dict[str, list[Attempt]] = {}
    before: dict[str, list[Attempt]] = {}
    for attempt in tries:
        place = pools if attempt.graded else before
        if attempt.graded or attempt.activity.startswith("pretest/"):
            place.setdefault(attempt.concept, []).append(attempt)
    return [a for pool in {**before, **pools}.values() for a in pool[-POOL:]]


def room_ideas(attempts: Mapping[str, Sequence[Attempt]], library: Library) -> list[RoomIdea]:
    """The misconceptions that came up in a class's latest answers, those of most learners first.

    Args:
        attempts: all attempts of each learner.
        library: misconceptions, what reveals them, what treats them.
    """
    can_reveal = _revealers(library)
    times: dict[str, dict[str, int]] = {}
    chances: dict[str, dict[str, int]] = {}
    for learner, own in attempts.items():
        for attempt in evidence(own):
            shown = set(attempt.misconceptions) & set(library.misconceptions)
            for name in shown | can_reveal.get(attempt.item, frozenset()):
                asked = chances.setdefault(name, {})
                asked[learner] = asked.get(learner, 0) + 1
            for name in shown:
                held = times.setdefault(name, {})
                held[learner] = held.get(learner, 0) + 1
    found = [_idea(name, held, chances[name], library) for name, held in times.items()]
    return sorted(found, key=lambda i: (-i.learners, -i.share, -i.seen, i.misconception))


def treatments(misconception: str, library: Library) -> tuple[Treatment, ...]:
    """What treats a misconception, the best first.

    First the scenarios in whose vote it stands, then the others of the lesson that treats it, then
    that lesson, then the deck with most cards that reveal it.
    """
    lesson = library.misconception(misconception).lesson
    scenarios = [library.scenario(name) for name in library.names("scenarios")]
    voted = [s for s in scenarios if misconception in _in_vote(s.id, library)]
    near = [s for s in scenarios if s.lesson == lesson and s not in voted]
    found = [
        Treatment("scenario", s.id, s.title, s.minutes, "The idea stands in its vote.")
        for s in voted
    ]
    found += [
        Treatment("scenario", s.id, s.title, s.minutes, "It goes with the lesson that treats it.")
        for s in near
    ]
    found += [
        Treatment(
            "lesson", entry.notebook, entry.title, entry.minutes, "The lesson that treats it."
        )
        for entry in library.lessons
        if entry.number == lesson
    ]
    return (*found, *_deck(misconception, library))


def opening(
    ideas: Sequence[RoomIdea], attempts: Mapping[str, Sequence[Attempt]], library: Library
) -> Opening:
    """What to open the next session with, and why.

    The scenario whose vote holds the ideas of most learners; without one, the first treatment of
    the idea that most learners lean to. An idea is the room's when two learners and a quarter of
    those asked lean to it.

    Args:
        ideas: what `room_ideas` gave.
        attempts: all attempts of each learner.
        library: scenarios, lessons and decks.
    """
    answered = sum(bool(own) for own in attempts.values())
    if not answered:
        start = next(
            (
                Treatment("lesson", e.notebook, e.title, e.minutes, "The pretest is in it.")
                for e in library.lessons
                if e.number == 0
            ),
            None,
        )
        return Opening(
            start,
            "Nobody has answered anything yet.",
            "Let everybody take the pretest; then this page says what the room thinks.",
        )
    shared = [i for i in ideas if i.learners >= WORTH_A_SESSION and i.share >= QUARTER]
    if not shared:
        return Opening(
            None,
            "No idea has two learners and a quarter of those asked lean to it, so none needs "
            "the whole room.",
            "Go on with the course. Single slips are told to each learner in their own progress.",
        )
    best, reached = _scenario_for(shared, library)
    if best is None:
        top = shared[0]
        best, reached = top.treatments[0] if top.treatments else None, [top]
    said = "; ".join(f"“{i.title.rstrip('.')}”: {i.words()}" for i in reached)
    why = f"{said}. {best.why if best else ''}".strip()
    return Opening(best, why, _then(shared, reached, best))


def _scenario_for(
    shared: Sequence[RoomIdea], library: Library
) -> tuple[Treatment | None, list[RoomIdea]]:
    """The scenario whose vote holds the ideas of most learners, and these ideas."""
    best: tuple[int, Treatment, list[RoomIdea]] | None = None
    for name in library.names("scenarios"):
        held = [i for i in shared if i.misconception in _in_vote(name, library)]
        weight = sum(i.learners for i in held)
        if held and (best is None or weight > best[0]):
            found = library.scenario(name)
            many = "These ideas stand" if len(held) > 1 else "The idea stands"
            why = f"{many} in its vote, so the room meets it as its own."
            best = weight, Treatment("scenario", name, found.title, found.minutes, why), held
    top = shared[0]
    if best is None or 2 * best[0] < top.learners:
        return None, []
    return best[1], best[2]


def _then(shared: Sequence[RoomIdea], reached: Sequence[RoomIdea], done: Treatment | None) -> str:
    """What comes afterwards: the next idea that the opening does not reach."""
    rest = [i for i in shared if i not in reached]
    for idea in rest:
        other = next((t for t in idea.treatments if done is None or t.name != done.name), None)
        if other is not None:
            return (
                f"Then: {other.words()}, for “{idea.title.rstrip('.')}” "
                f"({idea.learners} of {idea.asked})."
            )
    return "Then go on with the lesson where most are."


def _idea(
    name: str, held: Mapping[str, int], asked: Mapping[str, int], library: Library
) -> RoomIdea:
    idea = library.misconception(name)
    return RoomIdea(
        misconception=name,
        title=idea.title,
        repair=idea.repair,
        learners=sum(_leans(n, asked[who]) for who, n in held.items()),
        seen=len(held),
        asked=len(asked),
        times=sum(held.values()),
        chances=sum(asked.values()),
        treatments=treatments(name, library),
    )


def _leans(times: int, chances: int) -> bool:
    return chances <= FEW or (times >= TWICE and times >= OFTEN * chances)


def _revealers(library: Library) -> dict[str, frozenset[str]]:
    """What each item of the bank and each card can reveal, by the name in an attempt."""
    found = {name: frozenset(item.misconceptions) for name, item in library.items.items()}
    for name in library.names("decks"):
        for card in library.deck(name).cards:
            found[f"{name}/{card.id}"] = frozenset(w.misconception for w in card.wrong)
    return found


def _in_vote(scenario: str, library: Library) -> frozenset[str]:
    options = library.scenario(scenario).steps.vote.options
    return frozenset(o.misconception for o in options if o.misconception)


def _deck(misconception: str, library: Library) -> list[Treatment]:
    counts = {
        name: sum(
            any(w.misconception == misconception for w in c.wrong) for c in library.deck(name).cards
        )
        for name in library.names("decks")
    }
    best = max(counts, key=lambda name: counts[name], default="")
    if not best or not counts[best]:
        return []
    cards = "One card reveals" if counts[best] == 1 else f"{counts[best]} cards reveal"
    return [Treatment("deck", best, library.deck(best).title, None, f"{cards} it.")]
