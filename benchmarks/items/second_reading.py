"""A blind second reading of the bank: what a reader sees without keys, and how far they agree.

    python benchmarks/items/second_reading.py sheet FOLDER      # sheets to read, no keys in them
    python benchmarks/items/second_reading.py compare FILE...   # answers against the keys
    python benchmarks/items/second_reading.py keep NAME FILE... # the answers, with versions read
    python benchmarks/items/second_reading.py report            # the answers kept in this folder

A sheet shows frame, context, stem, options, cards, steps and buckets, in an order and with letters
that depend on nothing but the item's id. An answer file is CSV: item, answer. An answer is

- choice, rewrite: a letter; choices: letters, such as "AC";
- classify, role_in_context and decks: bucket numbers in the order of the cards, such as "1 2 2 1";
- order: letters from first to last, such as "CAB"; number: the number; write: the line itself.

`compare` marks them as a learner's answers are marked; an item is agreed when all of it is right.
Answers are kept as `second_reading_*.csv` beside this file, with the version of the item read.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Any

from okrlab.assessment.deck import mark_deck
from okrlab.assessment.marking import mark
from okrlab.content import library
from okrlab.errors import AnswerError

HERE = Path(__file__).parent
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
PER_SHEET = 100
CHANCE = 0.5


def shuffled(owner: str, things: Sequence[Any]) -> list[Any]:
    """The things in an order that only the owner's id decides."""
    order = list(things)
    Random(f"second reading of {owner}").shuffle(order)
    return order


# -- what the reader sees ------------------------------------------------------------------------


def lettered(owner: str, things: Sequence[Any]) -> dict[str, Any]:
    """The things by letter."""
    return dict(zip(LETTERS, shuffled(owner, things), strict=False))


def context_lines(item: Any) -> Iterator[str]:
    """Frame and context, a line each."""
    if item.frame:
        yield f"[{item.frame}]"
    for name, value in item.context.model_dump(exclude_none=True).items():
        yield f"{name}: {value}"


def cards_lines(owner: str, buckets: Sequence[Any], cards: Sequence[Any]) -> Iterator[str]:
    """Buckets by number, then cards in the reader's order."""
    yield "buckets: " + "; ".join(f"{i} = {b.label}" for i, b in enumerate(buckets, 1))
    for number, card in enumerate(shuffled(owner, cards), 1):
        yield f"card {number}: {card.text}" + (f" ({card.context})" if card.context else "")


def item_lines(item: Any) -> Iterator[str]:
    """All that a learner sees before the answer, and nothing else."""
    yield f"### {item.id} · {item.type}"
    yield from context_lines(item)
    yield f"Q: {item.stem}"
    for name in ("original", "measure"):
        if value := getattr(item, name, None):
            yield f"{name}: {value}"
    if item.type in ("choice", "choices", "rewrite"):
        for letter, option in lettered(item.id, item.options).items():
            yield f"{letter}. {option.text}"
    elif item.type == "order":
        for letter, step in lettered(item.id, item.steps).items():
            yield f"{letter}. {step.text}"
    elif item.type in ("classify", "role_in_context"):
        yield from cards_lines(item.id, item.buckets, item.cards)
    elif item.type == "number" and item.unit:
        yield f"unit: {item.unit}"


def deck_lines(deck: Any) -> Iterator[str]:
    """A deck as its learner sees it."""
    yield f"### {deck.id} · deck"
    yield f"Q: {deck.question}"
    yield f"intro: {deck.intro}"
    yield from cards_lines(deck.id, deck.buckets, deck.cards)


def readable() -> dict[str, Any]:
    """Every item and deck by id, in an order that keeps items of one concept apart."""
    content = library()
    both = {
        **{item.id: item for item in content.items.values()},
        **{name: content.deck(name) for name in content.names("decks")},
    }
    return {name: both[name] for name in shuffled("all", sorted(both))}


def write_sheets(folder: Path) -> None:
    """The sheets, numbered."""
    folder.mkdir(parents=True, exist_ok=True)
    entries = list(readable().values())
    for start in range(0, len(entries), PER_SHEET):
        sheet = folder / f"sheet_{start // PER_SHEET + 1}.md"
        parts = [
            "\n".join(item_lines(e) if hasattr(e, "stem") else deck_lines(e))
            for e in entries[start : start + PER_SHEET]
        ]
        sheet.write_text("\n\n".join(parts) + "\n", "utf-8")
        print(sheet)


# -- what the reader answered --------------------------------------------------------------------


def placed(owner: str, entry: Any, answer: str) -> dict[str, str]:
    """Bucket id by card id."""
    numbers = [int(n) for n in answer.replace(",", " ").split()]
    if len(numbers) != len(entry.cards):
        raise AnswerError(f"{len(numbers)} numbers for {len(entry.cards)} cards")
    pairs = zip(shuffled(owner, entry.cards), numbers, strict=True)
    return {card.id: entry.buckets[number - 1].id for card, number in pairs}


def response_to(item: Any, answer: str) -> dict[str, Any]:
    """The reader's answer in the form that marking takes."""
    if item.type == "number":
        return {"number": float(answer)}
    if item.type == "write":
        return {"text": answer}
    if item.type in ("classify", "role_in_context"):
        return {"placed": placed(item.id, item, answer)}
    letters = [c for c in answer.upper() if c in LETTERS]
    if item.type == "order":
        steps = lettered(item.id, item.steps)
        return {"order": [steps[c].id for c in letters]}
    options = lettered(item.id, item.options)
    chosen = [item.options.index(options[c]) for c in letters]
    return {"options": chosen} if item.type == "choices" else {"option": chosen[0]}


def agrees(entry: Any, answer: str) -> tuple[bool, int, int]:
    """Whether all of it is right, how many cards are, and how many there are."""
    if hasattr(entry, "stem"):
        outcome = mark(entry, response_to(entry, answer))
        cards = entry.type in ("classify", "role_in_context")
        right = sum(part.correct for part in outcome.parts) if cards else 0
        return outcome.correct, right, len(outcome.parts) if cards else 0
    outcomes = mark_deck(entry, placed(entry.id, entry, answer)).values()
    right = sum(outcome.correct for outcome in outcomes)
    return right == len(entry.cards), right, len(entry.cards)


def compare(files: Sequence[Path], *, every: bool) -> int:
    """Agreement by concept and in all; the disagreements by name."""
    entries, concepts = readable(), library().concept_of
    by_concept: dict[str, list[bool]] = defaultdict(list)
    cards_right = cards_all = 0
    wrong: list[str] = []
    stale: list[str] = []
    unread = set(entries)
    for row in (row for file in files for row in csv.DictReader(file.open(encoding="utf-8"))):
        name, answer = row["item"], row["answer"]
        if name not in entries:
            stale.append(name)
            continue
        entry = entries[name]
        if row.get("version") and int(row["version"]) != entry.version:
            stale.append(name)
        unread.discard(name)
        try:
            agreed, right, cards = agrees(entry, answer)
        except (AnswerError, ValueError, KeyError, IndexError) as problem:
            agreed, right, cards = False, 0, 0
            print(f"cannot be marked: {name}: {answer!r}: {problem}")
        by_concept[concepts[name] if hasattr(entry, "stem") else "decks"].append(agreed)
        cards_right, cards_all = cards_right + right, cards_all + cards
        if not agreed:
            wrong.append(f"{name}: {answer}")
    for concept, agreed_ones in sorted(by_concept.items()):
        print(f"{concept:22} {sum(agreed_ones):4} of {len(agreed_ones):4}")
    total = [agreed for ones in by_concept.values() for agreed in ones]
    share = sum(total) / len(total) if total else 0.0
    print(f"{'all':22} {sum(total):4} of {len(total):4}  {share:.1%}")
    print(f"{'cards':22} {cards_right:4} of {cards_all:4}")
    print("\ndisagreements:", *(wrong or ["none"]), sep="\n  ")
    if every:
        print("\nread in another version, or gone:", *(sorted(stale) or ["none"]), sep="\n  ")
        print("\nnot read:", *(sorted(unread) or ["none"]), sep="\n  ")
    return 0 if share > CHANCE else 1


def keep(name: str, files: Sequence[Path]) -> None:
    """Put answers beside this file, with the version of what was read."""
    entries = readable()
    rows = [row for file in files for row in csv.DictReader(file.open(encoding="utf-8"))]
    with (HERE / f"second_reading_{name}.csv").open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(["item", "version", "answer"])
        for row in sorted(rows, key=lambda row: row["item"]):
            if row["item"] in entries:
                writer.writerow([row["item"], entries[row["item"]].version, row["answer"]])


def main() -> int:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("sheet").add_argument("folder", type=Path)
    commands.add_parser("compare").add_argument("files", type=Path, nargs="+")
    kept = commands.add_parser("keep")
    kept.add_argument("name")
    kept.add_argument("files", type=Path, nargs="+")
    commands.add_parser("report")
    asked = parser.parse_args()
    if asked.command == "sheet":
        write_sheets(asked.folder)
        return 0
    if asked.command == "keep":
        keep(asked.name, asked.files)
        return 0
    files = asked.files if asked.command == "compare" else sorted(HERE.glob("second_reading_*.csv"))
    return compare(files, every=asked.command == "report")


if __name__ == "__main__":
    sys.exit(main())
