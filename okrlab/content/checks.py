"""Checks of content that a field's type cannot express.

`check_content` reads every file of some content folders and returns all mistakes of all files at
once. A content file with a mistake never reaches a learner: the build fails on it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from importlib.resources.abc import Traversable

from pydantic import BaseModel

from okrlab.content.course import ClaimFile, ConceptFile, LessonFile, MisconceptionFile, Quiz
from okrlab.content.exercise import ExerciseFile
from okrlab.content.exercise_checks import check_exercises
from okrlab.content.item import (
    BankFile,
    Bucket,
    Card,
    ChoiceItem,
    ChoicesItem,
    ClassifyItem,
    Deck,
    ItemBase,
    NumberItem,
    Option,
    OrderItem,
    RewriteItem,
    RoleInContextItem,
)
from okrlab.content.library import Problem, Source, default_folders, read_file

LONGEST_SHARE = 0.45
"""The right option may be the longest one in at most this share of the bank."""

BUCKET_SHARE = 0.65
"""At most this share of a deck's cards may belong to one bucket."""

MIN_FOR_SHARE = 8
"""Below so many items or cards a share says nothing, so it isn't checked."""

SINGLES: dict[str, type[BaseModel]] = {
    "misconceptions": MisconceptionFile,
    "concepts": ConceptFile,
    "claims": ClaimFile,
    "lessons": LessonFile,
}
FOLDERS: dict[str, type[BaseModel]] = {
    "bank": BankFile,
    "decks": Deck,
    "quizzes": Quiz,
    "exercises": ExerciseFile,
}

Loc = tuple[str | int, ...]


def check_content(folders: Sequence[Traversable] | None = None) -> list[Problem]:
    """Every mistake in the content folders, ordered by file and line.

    Args:
        folders: the folders to check, the shipped content first (it holds the names that other
            folders may refer to). Default: as `okrlab.content.library.default_folders`.
    """
    sources: dict[str, list[Source]] = {kind: [] for kind in (*SINGLES, *FOLDERS)}
    problems: list[Problem] = []
    for folder in default_folders() if folders is None else folders:
        for kind, path, model in _files(folder):
            source, found = read_file(path, model)
            problems += found
            if source is not None:
                sources[kind].append(source)
    problems += _Checker(sources).run()
    return sorted(problems)


def _files(folder: Traversable) -> Iterator[tuple[str, Traversable, type[BaseModel]]]:
    for name, model in SINGLES.items():
        path = folder / f"{name}.yaml"
        if path.is_file():
            yield name, path, model
    for name, model in FOLDERS.items():
        place = folder / name
        if place.is_dir():
            for path in place.iterdir():
                if path.name.endswith((".yaml", ".yml")):
                    yield name, path, model


class _Checker:
    def __init__(self, sources: dict[str, list[Source]]) -> None:
        self.sources = sources
        self.problems: list[Problem] = []
        self.misconceptions = self._ids("misconceptions", "misconceptions")
        self.concepts = self._ids("concepts", "concepts")
        self.claims = self._ids("claims", "claims")

    def _ids(self, kind: str, field: str) -> set[str]:
        return {entry.id for source in self.sources[kind] for entry in getattr(source.model, field)}

    def run(self) -> list[Problem]:
        self._names()
        items: dict[str, tuple[Source, Loc, ItemBase, str]] = {}
        for source in self.sources["bank"]:
            bank = source.model
            assert isinstance(bank, BankFile)
            self._known(source, ("concept",), bank.concept, self.concepts, "concept")
            for index, item in enumerate(bank.items):
                where: Loc = ("items", index)
                if item.id in items:
                    self._say(source, (*where, "id"), f"the id “{item.id}” is used twice")
                items[item.id] = (source, where, item, bank.concept)
                self._item(source, where, item)
        self._partners(items)
        self._longest(items.values())
        for source in self.sources["decks"]:
            self._deck(source)
        for source in self.sources["quizzes"]:
            self._quiz(source, {name: entry[3] for name, entry in items.items()}, items)
        self.problems += check_exercises(
            self.sources["exercises"], self.misconceptions, self.concepts, self.claims
        )
        return self.problems

    # -- helpers ---------------------------------------------------------------------------------

    def _say(self, source: Source, where: Loc, message: str) -> None:
        self.problems.append(source.problem(where, message))

    def _known(
        self, source: Source, where: Loc, name: str, known: Iterable[str], kind: str
    ) -> None:
        known = sorted(known)
        if name not in known:
            listing = ", ".join(known[:40]) or "none yet"
            self._say(source, where, f"there is no {kind} “{name}”; these exist: {listing}")

    def _names(self) -> None:
        """A file is named after what it holds, so that one can be found without reading all."""
        for kind, field in (("bank", "concept"), ("decks", "id"), ("quizzes", "id")):
            for source in self.sources[kind]:
                value = getattr(source.model, field)
                if source.name != value:
                    self._say(source, (field,), f"a file with “{value}” is named {value}.yaml")

    def _twice(self, source: Source, where: Loc, values: Sequence[str], what: str) -> None:
        for index, value in enumerate(values):
            if value.casefold() in {v.casefold() for v in values[:index]}:
                self._say(source, (*where, index), f"the {what} “{value}” stands here twice")

    # -- items -----------------------------------------------------------------------------------

    def _item(self, source: Source, where: Loc, item: ItemBase) -> None:
        for index, ref in enumerate(item.seed_refs):
            self._known(source, (*where, "seed_refs", index), ref, self.claims, "claim")
        match item:
            case ChoiceItem() | RewriteItem():
                self._options(source, where, item.options, single=True)
                self._hint(source, where, item, [o.text for o in item.options if o.correct])
                if isinstance(item, RewriteItem) and item.original in [
                    o.text for o in item.options
                ]:
                    self._say(source, (*where, "options"), "an option repeats the original")
            case ChoicesItem():
                self._options(source, where, item.options, single=False)
                self._hint(source, where, item, [o.text for o in item.options if o.correct])
            case ClassifyItem() | RoleInContextItem():
                self._cards(source, where, item.buckets, item.cards)
                self._hint(source, where, item, [])
            case NumberItem():
                self._number(source, where, item)
            case OrderItem():
                self._order(source, where, item)

    def _options(
        self, source: Source, where: Loc, options: Sequence[Option], *, single: bool
    ) -> None:
        here = (*where, "options")
        right = [o for o in options if o.correct]
        if single and len(right) != 1:
            self._say(source, here, f"exactly one option must be correct; here {len(right)} are")
        if not single and not right:
            self._say(source, here, "at least one option must be correct")
        if len(right) == len(options):
            self._say(source, here, "at least one option must be wrong")
        self._twice(source, here, [o.text for o in options], "option")
        for index, option in enumerate(options):
            at = (*here, index)
            if not option.correct and option.misconception is None:
                self._say(source, (*at, "misconception"), "a wrong option names a misconception")
            if option.correct and option.misconception and single:
                self._say(source, (*at, "misconception"), "a right option has no misconception")
            if option.misconception:
                self._misconception(source, (*at, "misconception"), option.misconception)

    def _misconception(self, source: Source, where: Loc, name: str) -> None:
        self._known(source, where, name, self.misconceptions, "misconception")

    def _hint(self, source: Source, where: Loc, item: ItemBase, keys: Iterable[str]) -> None:
        hint = _plain(item.hint)
        for key in keys:
            if _plain(key) and f" {_plain(key)} " in f" {hint} ":
                self._say(source, (*where, "hint"), f"the hint gives the key away: “{key}”")

    def _cards(
        self, source: Source, where: Loc, buckets: Sequence[Bucket], cards: Sequence[Card]
    ) -> None:
        ids = [b.id for b in buckets]
        self._twice(source, (*where, "buckets"), ids, "bucket id")
        self._twice(source, (*where, "cards"), [c.id for c in cards], "card id")
        self._twice(
            source, (*where, "cards"), [f"{c.text} / {c.context or ''}" for c in cards], "card"
        )
        for index, card in enumerate(cards):
            at = (*where, "cards", index)
            self._known(source, (*at, "bucket"), card.bucket, ids, "bucket")
            for number, ref in enumerate(card.seed_refs):
                self._known(source, (*at, "seed_refs", number), ref, self.claims, "claim")
            if card.concept:
                self._known(source, (*at, "concept"), card.concept, self.concepts, "concept")
            named = [w.bucket for w in card.wrong]
            needed = [b for b in ids if b != card.bucket]
            if sorted(named) != sorted(needed):
                self._say(
                    source,
                    (*at, "wrong"),
                    "every other bucket needs one entry with its misconception and feedback: "
                    + ", ".join(needed),
                )
            for number, wrong in enumerate(card.wrong):
                self._misconception(
                    source, (*at, "wrong", number, "misconception"), wrong.misconception
                )

    def _number(self, source: Source, where: Loc, item: NumberItem) -> None:
        for index, wrong in enumerate(item.wrong_values):
            at = (*where, "wrong_values", index)
            if abs(wrong.value - item.answer) <= item.tolerance:
                self._say(source, at, f"{wrong.value} lies within the tolerance of the answer")
            self._misconception(source, (*at, "misconception"), wrong.misconception)
        self._hint(source, where, item, _written(item.answer))

    def _order(self, source: Source, where: Loc, item: OrderItem) -> None:
        ids = [s.id for s in item.steps]
        self._twice(source, (*where, "steps"), ids, "step id")
        self._twice(source, (*where, "steps"), [s.text for s in item.steps], "step")
        for index, pair in enumerate(item.wrong_pairs):
            at = (*where, "wrong_pairs", index)
            for field, name in (("first", pair.first), ("then", pair.then)):
                self._known(source, (*at, field), name, ids, "step")
            both = pair.first in ids and pair.then in ids
            if both and ids.index(pair.first) >= ids.index(pair.then):
                self._say(source, at, "'first' must stand before 'then' in the right order")
            self._misconception(source, (*at, "misconception"), pair.misconception)
        self._hint(source, where, item, [])

    def _partners(self, items: dict[str, tuple[Source, Loc, ItemBase, str]]) -> None:
        groups = Counter((item.parallel_group, item.held_out) for _, _, item, _ in items.values())
        for source, where, item, _ in items.values():
            if item.contrast_partner:
                self._known(
                    source, (*where, "contrast_partner"), item.contrast_partner, items, "item"
                )
            if not item.held_out and groups[item.parallel_group, False] < 2:
                self._say(
                    source,
                    (*where, "parallel_group"),
                    f"“{item.parallel_group}” has one item only; a retry needs a parallel one",
                )

    def _longest(self, entries: Iterable[tuple[Source, Loc, ItemBase, str]]) -> None:
        single: list[tuple[Source, Loc, bool]] = []
        for source, where, item, _ in entries:
            if isinstance(item, ChoiceItem | RewriteItem):
                lengths = [len(o.text) for o in item.options]
                right = next((len(o.text) for o in item.options if o.correct), 0)
                alone = lengths.count(right) == 1
                single.append((source, where, alone and right == max(lengths)))
        longest = [entry for entry in single if entry[2]]
        if len(single) >= MIN_FOR_SHARE and len(longest) > LONGEST_SHARE * len(single):
            share = len(longest) / len(single)
            for source, where, _ in longest:
                self._say(
                    source,
                    (*where, "options"),
                    f"give-away: the right option is the longest in {share:.0%} of the bank "
                    f"(at most {LONGEST_SHARE:.0%}); shorten it here or lengthen a wrong one",
                )

    # -- decks and quizzes -----------------------------------------------------------------------

    def _deck(self, source: Source) -> None:
        deck = source.model
        assert isinstance(deck, Deck)
        self._known(source, ("concept",), deck.concept, self.concepts, "concept")
        for index, ref in enumerate(deck.seed_refs):
            self._known(source, ("seed_refs", index), ref, self.claims, "claim")
        self._cards(source, (), deck.buckets, deck.cards)
        counts = Counter(card.bucket for card in deck.cards)
        for bucket in deck.buckets:
            if not counts[bucket.id]:
                self._say(source, ("cards",), f"no card belongs to the bucket “{bucket.id}”")
        if len(deck.cards) >= MIN_FOR_SHARE:
            for name, count in counts.items():
                if count > BUCKET_SHARE * len(deck.cards):
                    self._say(
                        source,
                        ("cards",),
                        f"give-away: “{name}” holds {count} of {len(deck.cards)} cards "
                        f"(at most {BUCKET_SHARE:.0%}); balance the deck",
                    )

    def _quiz(
        self,
        source: Source,
        concept_of: dict[str, str],
        items: dict[str, tuple[Source, Loc, ItemBase, str]],
    ) -> None:
        quiz = source.model
        assert isinstance(quiz, Quiz)
        for index, name in enumerate(quiz.items):
            self._known(source, ("items", index), name, concept_of, "item")
        open_items = Counter(concept for _, _, item, concept in items.values() if not item.held_out)
        for index, draw in enumerate(quiz.draw):
            at: Loc = ("draw", index)
            self._known(source, (*at, "concept"), draw.concept, self.concepts, "concept")
            have = open_items[draw.concept]
            if have < 2 * draw.count:
                self._say(
                    source,
                    (*at, "count"),
                    f"{draw.count} items of “{draw.concept}” and as many parallel ones for a "
                    f"retake are needed; the bank has {have}",
                )


def _plain(text: str) -> str:
    """Words only, lower case, so that punctuation does not hide a give-away."""
    return " ".join(re.findall(r"[\w%.]*\w%?", text.casefold()))


def _written(value: float) -> list[str]:
    """The ways in which a hint might spell a number."""
    return sorted({f"{value:g}", f"{value:.1f}", f"{value:.2f}", f"{value:,.0f}"} - {"0", "1"})
