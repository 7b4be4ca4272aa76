"""Collects what checks find."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches

from okrlab.content.library import Problem, Source

Loc = tuple[str | int, ...]

LISTED = 12
"""So many names that exist are listed; of more, the nearest is offered."""


@dataclass
class Findings:
    """Problems so far, and the names that content may refer to."""

    misconceptions: Collection[str]
    concepts: Collection[str]
    claims: Collection[str]
    problems: list[Problem] = field(default_factory=list)

    def say(self, source: Source, where: Loc, message: str) -> None:
        """Note a problem at `where` in a file."""
        self.problems.append(source.problem(where, message))

    def known(self, source: Source, where: Loc, name: str, known: Iterable[str], kind: str) -> None:
        """Note a problem unless `name` is one of those known."""
        names = sorted(known)
        if name in names:
            return
        near = get_close_matches(name, names, n=1, cutoff=0.6)
        if near:
            hint = f"did you mean “{near[0]}”?"
        elif len(names) <= LISTED:
            hint = f"these exist: {', '.join(names) or 'none yet'}"
        else:
            hint = f"{len(names)} exist, such as {', '.join(names[:3])}"
        self.say(source, where, f"there is no {kind} “{name}”; {hint}")

    def misconception(self, source: Source, where: Loc, name: str) -> None:
        """Note a problem unless this misconception exists."""
        self.known(source, where, name, self.misconceptions, "misconception")

    def concept(self, source: Source, where: Loc, name: str) -> None:
        """Note a problem unless this concept exists."""
        self.known(source, where, name, self.concepts, "concept")

    def seeds(self, source: Source, where: Loc, refs: Sequence[str]) -> None:
        """Note a problem for every claim that does not exist."""
        for index, ref in enumerate(refs):
            self.known(source, (*where, "seed_refs", index), ref, self.claims, "claim")

    def twice(self, source: Source, where: Loc, values: Sequence[str], what: str) -> None:
        """Note a problem for every value that stands there before, whatever its case and spaces."""
        seen: set[str] = set()
        for index, value in enumerate(values):
            plain = " ".join(value.casefold().split())
            if plain in seen:
                self.say(source, (*where, index), f"the {what} “{value}” stands here twice")
            seen.add(plain)
