"""A class at a glance: who is where, what is mastered, what the room thinks, what to open with.

Pure: attempts of each learner go in, figures and sentences come out. How they are shown is the
business of the layers above. `docs/class-report.md` says what each figure means.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from okrlab.assessment.attempt import Attempt
from okrlab.assessment.class_gain import ClassGain, class_gain
from okrlab.assessment.class_ideas import Opening, RoomIdea, opening, room_ideas
from okrlab.assessment.class_rows import ConceptRow, Where, concept_rows, first_seen, where
from okrlab.assessment.deal import activity
from okrlab.assessment.items import (
    ENOUGH,
    ItemFigures,
    Reliability,
    item_figures,
    reliability,
)
from okrlab.content import Library

SMALL = 8
"""A class of fewer learners is too small for shares and ranks."""

HARDEST = 5
"""So many of the hardest questions are named while there are too few answers to judge any."""

GENERATED = "Generated class"
"""How a class that was made up is labelled, everywhere."""


@dataclass(frozen=True)
class ClassReport:
    """A class at a glance.

    Attributes:
        name: of the class.
        generated: whether the class was made up.
        named: whether learners stand under their own names.
        at: when the report was made.
        lessons: number and title of each lesson.
        where: one entry for each learner.
        concepts: the concepts in the order of the course.
        ideas: misconceptions of the room, those of most learners first.
        gain: from the pretest to the final test; None before anybody took both.
        items: figures of each item that was answered.
        tests: reliability of the two tests, by title.
        opening: what to open the next session with.
        cautions: what cannot be concluded, in sentences.
    """

    name: str
    generated: bool
    named: bool
    at: datetime
    lessons: tuple[tuple[int, str], ...]
    where: tuple[Where, ...]
    concepts: tuple[ConceptRow, ...]
    ideas: tuple[RoomIdea, ...]
    gain: ClassGain | None
    items: tuple[ItemFigures, ...]
    tests: Mapping[str, Reliability]
    opening: Opening
    cautions: tuple[str, ...]

    @property
    def flagged(self) -> tuple[ItemFigures, ...]:
        """The items to look at, those with most flags first."""
        found = [i for i in self.items if i.flags]
        return tuple(sorted(found, key=lambda i: (-len(i.flags), i.shrunk, i.item)))

    @property
    def hardest(self) -> tuple[ItemFigures, ...]:
        """The questions that went worst, by the shrunk difficulty; to talk about, not to judge."""
        return tuple(sorted(self.items, key=lambda i: (i.shrunk, i.item))[:HARDEST])

    @property
    def title(self) -> str:
        """The class as a headline."""
        return f"{GENERATED}: {self.name}" if self.generated else self.name

    def headline(self) -> str:
        """The class in one sentence."""
        n = len(self.where)
        active = sum(bool(w.answers) for w in self.where)
        away = sum(w.away for w in self.where)
        said = f"{n} {'learner' if n == 1 else 'learners'}, {active} with answers"
        return f"{said}, {away} not seen for two weeks." if away else f"{said}."

    def plain(self) -> dict[str, Any]:
        """The report as plain JSON data."""
        data = asdict(self)
        data["format"] = 1
        data["at"] = self.at.isoformat()
        for entry in data["where"]:
            entry["first"] = entry["first"].isoformat() if entry["first"] else None
            entry["last"] = entry["last"].isoformat() if entry["last"] else None
        for entry, figures in zip(data["items"], self.items, strict=True):
            entry |= {"p": figures.p, "p_shrunk": figures.shrunk, "note": figures.note}
        return data

    def words(self) -> str:
        """The report as plain text, for a terminal or a screen reader."""
        lines = [self.title, self.headline(), "", "To open the next session with:"]
        start = self.opening.treatment
        lines += [f"  {start.words()}: {start.how()}"] if start else []
        lines += [f"  {self.opening.why}", f"  {self.opening.then}", "", "What the room thinks:"]
        lines += [f"  {i.misconception} “{i.title}” {i.words()}." for i in self.ideas[:5]]
        lines += [] if self.ideas else ["  No misconception came up."]
        lines += ["", "From the pretest to the final test:"]
        lines += [
            f"  {line}" for line in (self.gain.words() if self.gain else ["Nobody took both."])
        ]
        flagged = len(self.flagged)
        if flagged:
            lines += ["", f"Questions to look at: {flagged} of {len(self.items)}."]
        lines += ["", *self.cautions] if self.cautions else []
        return "\n".join(lines)


def class_report(
    attempts: Mapping[str, Sequence[Attempt]],
    library: Library,
    now: datetime,
    *,
    name: str,
    names: Mapping[str, str] | None = None,
    generated: bool = False,
) -> ClassReport:
    """Everything about a class.

    Args:
        attempts: all attempts of each learner; a learner without any has an empty list.
        library: the content.
        now: the time.
        name: of the class.
        names: how to call each learner. Default: "Learner 1" and so on in the order of their first
            answers, so that a number stays with its learner when others come later.
        generated: whether the class was made up.
    """
    order = sorted(attempts, key=lambda who: (first_seen(attempts[who]) or now, who))
    shown = names or {who: f"Learner {i}" for i, who in enumerate(order, start=1)}
    every = [a for own in attempts.values() for a in own]
    gained, single = class_gain(attempts, library)
    versions = {item: found.version for item, found in library.items.items()}
    ideas = tuple(room_ideas(attempts, library))
    figures = tuple(item_figures(every, library))
    rows = [
        where(
            attempts[who],
            shown.get(who, "Learner"),
            library,
            now,
            (single[who].before, single[who].after, single[who].pairs) if who in single else None,
        )
        for who in order
    ]
    tests = {
        quiz.title: reliability(
            [a for a in every if a.activity == activity(quiz)], quiz.items, versions
        )
        for quiz in (library.quiz(n) for n in library.names("quizzes"))
        if quiz.kind != "practice" and any(a.activity == activity(quiz) for a in every)
    }
    return ClassReport(
        name=name,
        generated=generated,
        named=names is not None,
        at=now,
        lessons=tuple((entry.number, entry.title) for entry in library.lessons),
        where=tuple(rows),
        concepts=tuple(concept_rows([attempts[who] for who in order], library)),
        ideas=ideas,
        gain=gained,
        items=figures,
        tests=tests,
        opening=opening(ideas, attempts, library),
        cautions=tuple(_cautions(attempts, figures)),
    )


def _cautions(
    attempts: Mapping[str, Sequence[Attempt]], figures: Sequence[ItemFigures]
) -> list[str]:
    """What cannot be concluded."""
    active = [own for own in attempts.values() if own]
    said = []
    if 0 < len(active) < SMALL:
        who = "1 learner" if len(active) == 1 else f"{len(active)} learners"
        said.append(
            f"With {who} one person more or less changes every share and rank here. Read it as a "
            "list of things to ask about."
        )
    if active and not any(a.graded for own in active for a in own):
        said.append(
            "So far there are answers to the pretest only. They show what the room brings along, "
            "and count for no mastery."
        )
    if figures and all(i.n < ENOUGH for i in figures):
        most = max(i.n for i in figures)
        said.append(
            f"No question has {ENOUGH} answers yet (at most {most}), so none can be called good or "
            "bad. Those that went worst are listed to be talked about."
        )
    return said
