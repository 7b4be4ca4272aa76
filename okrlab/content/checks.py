"""Checks of content that a field's type cannot express.

`inspect_content` reads every file of some content folders and returns all mistakes of all files at
once. A content file with a mistake never reaches a learner: the build fails on it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib.resources.abc import Traversable
from pathlib import Path

from pydantic import BaseModel

from okrlab.content._findings import Findings, Loc
from okrlab.content._yaml import MAX_BYTES, YamlProblemError, parse
from okrlab.content.attainment import AttainmentFile
from okrlab.content.course import ClaimFile, ConceptFile, LessonFile, MisconceptionFile, Quiz
from okrlab.content.dimensions import DimensionFile
from okrlab.content.exercise import ExerciseFile
from okrlab.content.exercise_checks import check_exercises
from okrlab.content.item import BankFile, ChoiceItem, Deck, ItemBase, RewriteItem
from okrlab.content.item_checks import BUCKET_SHARE, MIN_FOR_SHARE, check_deck, check_item
from okrlab.content.library import Problem, Source, default_folders, read_file, shown
from okrlab.content.lifecycle import LifecycleFile
from okrlab.content.logic_model import LogicModelFile
from okrlab.content.model_checks import check_models
from okrlab.content.poll import PollFile
from okrlab.content.scenario import Scenario
from okrlab.content.scenario_checks import check_scenario
from okrlab.content.series import Series, SeriesFile
from okrlab.content.vital_few import VitalFewFile

LONGEST_SHARE = 0.45
"""The right option may be the longest one in at most this share of the bank."""

SINGLES: dict[str, type[BaseModel]] = {
    "misconceptions": MisconceptionFile,
    "concepts": ConceptFile,
    "claims": ClaimFile,
    "lessons": LessonFile,
    "dimensions": DimensionFile,
    "logic_models": LogicModelFile,
    "attainment": AttainmentFile,
    "lifecycle": LifecycleFile,
    "series": SeriesFile,
    "vital_few": VitalFewFile,
    "polls": PollFile,
}
FOLDERS: dict[str, type[BaseModel]] = {
    "bank": BankFile,
    "decks": Deck,
    "quizzes": Quiz,
    "exercises": ExerciseFile,
    "scenarios": Scenario,
}


@dataclass(frozen=True)
class Report:
    """What was checked and what is wrong with it.

    Attributes:
        problems: every mistake, ordered by file and line.
        counts: how many there are of "items", "decks", "cards", "quizzes", "exercises" and
            "scenarios".
    """

    problems: tuple[Problem, ...]
    counts: Mapping[str, int]


@dataclass
class _Entry:
    """An item and where it stands."""

    source: Source
    where: Loc
    item: ItemBase
    concept: str


@dataclass
class _Content:
    """All files that could be read, by kind, and what was wrong with the others."""

    sources: dict[str, list[Source]] = field(default_factory=lambda: defaultdict(list))
    problems: list[Problem] = field(default_factory=list)

    def read(self, kind: str, path: Traversable, model: type[BaseModel], root: str) -> None:
        source, problems = read_file(path, model)
        self.problems += problems
        if source is not None:
            self.sources[kind].append(replace(source, root=root))

    def refuse(self, path: Traversable, message: str) -> None:
        self.problems.append(Problem(shown(path), 1, "file", message))


def check_content(folders: Sequence[Traversable] | None = None) -> list[Problem]:
    """Every mistake in the content folders, ordered by file and line. See `inspect_content`."""
    return list(inspect_content(folders).problems)


def inspect_content(
    folders: Sequence[Traversable] | None = None,
    *,
    only: Sequence[Traversable] | None = None,
    files: Sequence[Path] = (),
) -> Report:
    """Check everything in some content folders together.

    Args:
        folders: the folders to check, the shipped content first (it holds the names that other
            folders may refer to). Default: as `okrlab.content.library.default_folders`.
        only: report on these of the folders, and on `files`; the others lend their names. Default:
            report on all.
        files: single files to check too, such as a deck that is kept outside of any folder.
    """
    content = _Content()
    places = default_folders() if folders is None else list(folders)
    for number, folder in enumerate(places):
        _read_folder(content, folder, first=number == 0)
    for path in files:
        kind = kind_of(path)
        if kind is None:
            content.refuse(path, "this is no deck, bank, quiz, exercise or scenario file")
        else:
            content.read(kind, path, FOLDERS[kind], root=str(path))
    loose = {str(path) for path in files}
    problems = [*content.problems, *_Checker(content.sources, loose).run()]
    wanted = {str(f) for f in (places if only is None else only)} | loose
    prefixes = tuple(shown(root) for root in wanted)
    return Report(
        tuple(sorted({p for p in problems if _is_in(p.file, prefixes)})),
        _counts([s for group in content.sources.values() for s in group if s.root in wanted]),
    )


def kind_of(path: Path) -> str | None:
    """The kind of a single content file by what it holds; None when it is none."""
    try:
        with path.open("rb") as stream:
            data = parse(stream.read(MAX_BYTES + 1).decode("utf-8")).data
    except (OSError, UnicodeDecodeError, YamlProblemError):
        return path.parent.name if path.parent.name in FOLDERS else "decks"
    keys = set(data) if isinstance(data, dict) else set()
    for kind, telling in (
        ("bank", {"concept", "items"}),
        ("exercises", {"exercises"}),
        ("quizzes", {"draw"}),
        ("quizzes", {"items"}),
        ("decks", {"cards"}),
        ("scenarios", {"steps"}),
    ):
        if telling <= keys:
            return kind
    return None


def _read_folder(content: _Content, folder: Traversable, *, first: bool) -> None:
    root = str(folder)
    for name, model in SINGLES.items():
        path = folder / f"{name}.yaml"
        if path.is_file() and first:
            content.read(name, path, model, root)
        elif path.is_file():
            content.refuse(path, "only the shipped content has such a file; this one is not read")
    for name, model in FOLDERS.items():
        for path in _files(folder / name):
            if path.name.endswith(".yaml"):
                content.read(name, path, model, root)
            else:
                content.refuse(path, "this file is not read; let its name end in .yaml")


def _files(place: Traversable) -> Iterator[Traversable]:
    if place.is_dir():
        for path in sorted(place.iterdir(), key=lambda p: p.name):
            if path.name.endswith((".yaml", ".yml")):
                yield path


def _is_in(file: str, prefixes: Sequence[str]) -> bool:
    return any(file == p or file.startswith(p.rstrip("/") + "/") or p == "." for p in prefixes)


def _counts(sources: Sequence[Source]) -> dict[str, int]:
    kinds = ("items", "decks", "cards", "quizzes", "exercises", "scenarios")
    counts = Counter(dict.fromkeys(kinds, 0))
    for source in sources:
        match source.model:
            case BankFile() as bank:
                counts["items"] += len(bank.items)
            case Deck() as deck:
                counts.update({"decks": 1, "cards": len(deck.cards)})
            case Quiz():
                counts["quizzes"] += 1
            case ExerciseFile() as file:
                counts["exercises"] += len(file.exercises)
            case Scenario():
                counts["scenarios"] += 1
    return dict(counts)


class _Checker:
    def __init__(self, sources: Mapping[str, Sequence[Source]], loose: set[str]) -> None:
        self.sources = {kind: sources.get(kind, ()) for kind in (*SINGLES, *FOLDERS)}
        self.loose = loose
        self.findings = Findings(
            self._ids("misconceptions"), self._ids("concepts"), self._ids("claims")
        )

    def _ids(self, kind: str) -> set[str]:
        return {entry.id for source in self.sources[kind] for entry in getattr(source.model, kind)}

    def _series(self) -> dict[str, Series]:
        return {
            series.id: series
            for source in self.sources["series"]
            if isinstance(source.model, SeriesFile)
            for series in source.model.series
        }

    def run(self) -> list[Problem]:
        findings = self.findings
        self._names()
        self._course()
        items: dict[str, _Entry] = {}
        for source in self.sources["bank"]:
            bank = source.model
            assert isinstance(bank, BankFile)
            findings.concept(source, ("concept",), bank.concept)
            for index, item in enumerate(bank.items):
                where: Loc = ("items", index)
                if item.id in items:
                    other = shown(items[item.id].source.path)
                    findings.say(
                        source, (*where, "id"), f"the id “{item.id}” is used twice, see {other}"
                    )
                items[item.id] = _Entry(source, where, item, bank.concept)
                check_item(findings, source, where, item)
        self._partners(items)
        self._alike(items.values())
        self._longest(items.values())
        for source in self.sources["decks"]:
            assert isinstance(source.model, Deck)
            check_deck(findings, source, source.model)
        check_models(findings, self.sources)
        for source in self.sources["quizzes"]:
            assert isinstance(source.model, Quiz)
            self._quiz(source, source.model, items)
        for source in self.sources["scenarios"]:
            assert isinstance(source.model, Scenario)
            check_scenario(findings, source, source.model, self._series())
        findings.problems += check_exercises(
            self.sources["exercises"], findings.misconceptions, findings.concepts, findings.claims
        )
        return findings.problems

    def _names(self) -> None:
        """A file is named after what it holds, so that one can be found without reading all."""
        named = (("bank", "concept"), ("decks", "id"), ("quizzes", "id"), ("scenarios", "id"))
        for kind, field_name in named:
            seen: dict[str, Source] = {}
            for source in self.sources[kind]:
                value = getattr(source.model, field_name)
                if source.name != value and source.root not in self.loose:
                    self.findings.say(
                        source, (field_name,), f"a file with “{value}” is named {value}.yaml"
                    )
                if field_name == "id" and value in seen:
                    other = shown(seen[value].path)
                    self.findings.say(
                        source, ("id",), f"the id “{value}” is used twice, see {other}"
                    )
                seen[value] = source

    def _course(self) -> None:
        findings = self.findings
        for kind in ("misconceptions", "concepts", "claims", "series"):
            for source in self.sources[kind]:
                ids = [entry.id for entry in getattr(source.model, kind)]
                findings.twice(source, (kind,), ids, "id")
        for source in self.sources["lessons"]:
            lessons = source.model
            assert isinstance(lessons, LessonFile)
            numbers = [str(lesson.number) for lesson in lessons.lessons]
            findings.twice(source, ("lessons",), numbers, "number")
            for index, lesson in enumerate(lessons.lessons):
                for place, name in enumerate(lesson.key_misconceptions):
                    at = ("lessons", index, "key_misconceptions", place)
                    findings.misconception(source, at, name)

    def _partners(self, items: Mapping[str, _Entry]) -> None:
        groups = Counter((e.item.parallel_group, e.item.held_out) for e in items.values())
        for name, entry in items.items():
            item, where = entry.item, entry.where
            if item.contrast_partner:
                self.findings.known(
                    entry.source,
                    (*where, "contrast_partner"),
                    item.contrast_partner,
                    set(items) - {name},
                    "other item",
                )
            if not item.held_out and groups[item.parallel_group, False] < 2:
                self.findings.say(
                    entry.source,
                    (*where, "parallel_group"),
                    f"“{item.parallel_group}” has one item only; a retry needs a parallel one",
                )

    def _alike(self, entries: Iterable[_Entry]) -> None:
        """An item that is dealt again as its own parallel one teaches the answer, not the idea."""
        seen: dict[tuple[object, ...], str] = {}
        for entry in entries:
            item = entry.item
            told = (item.stem.casefold(), item.context, getattr(item, "original", None))
            parts = getattr(item, "options", None) or getattr(item, "cards", None) or ()
            key = (*told, tuple(sorted(part.text for part in parts)))
            if key in seen:
                self.findings.say(
                    entry.source,
                    (*entry.where, "stem"),
                    f"this asks the same as “{seen[key]}”; change the case",
                )
            seen[key] = item.id

    def _longest(self, entries: Iterable[_Entry]) -> None:
        folders: dict[str, list[tuple[_Entry, bool]]] = defaultdict(list)
        for entry in entries:
            if isinstance(entry.item, ChoiceItem | RewriteItem):
                lengths = [len(o.text) for o in entry.item.options]
                right = next((len(o.text) for o in entry.item.options if o.correct), 0)
                alone = lengths.count(right) == 1
                folders[entry.source.root].append((entry, alone and right == max(lengths)))
        for single in folders.values():
            longest = [entry for entry, is_longest in single if is_longest]
            if len(single) < MIN_FOR_SHARE or len(longest) <= LONGEST_SHARE * len(single):
                continue
            share = len(longest) / len(single)
            for entry in longest:
                self.findings.say(
                    entry.source,
                    (*entry.where, "options"),
                    f"give-away: the right option is the longest in {share:.0%} of the bank "
                    f"(at most {LONGEST_SHARE:.0%}); shorten it here or lengthen a wrong one",
                )

    def _quiz(self, source: Source, quiz: Quiz, items: Mapping[str, _Entry]) -> None:
        findings = self.findings
        for index, name in enumerate(quiz.items):
            findings.known(source, ("items", index), name, items, "item")
            if quiz.kind == "practice" and name in items and items[name].item.held_out:
                findings.say(
                    source,
                    ("items", index),
                    f"“{name}” is held out: only a pretest or a final test may ask it",
                )
        findings.twice(source, ("items",), quiz.items, "item")
        drawn = [f"{d.concept}{f' ({d.type})' if d.type else ''}" for d in quiz.draw]
        findings.twice(source, ("draw",), drawn, "concept")
        for index, draw in enumerate(quiz.draw):
            at: Loc = ("draw", index)
            findings.concept(source, (*at, "concept"), draw.concept)
            have = sum(e.concept == draw.concept and draw.takes(e.item) for e in items.values())
            if have < 2 * draw.count:
                findings.say(
                    source,
                    (*at, "count"),
                    f"{draw.count} items of “{drawn[index]}” and as many parallel ones for a "
                    f"retake are needed; the bank has {have}",
                )


__all__ = [
    "BUCKET_SHARE",
    "FOLDERS",
    "LONGEST_SHARE",
    "MIN_FOR_SHARE",
    "SINGLES",
    "Report",
    "check_content",
    "inspect_content",
    "kind_of",
]
