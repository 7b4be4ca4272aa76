"""How well baseline, target, threshold and deadline are found, span by span.

Usage: python benchmarks/analyser/parts.py [--split dev|test] [--given-kind] [--errors [PART]]

Exact: the same words. Overlap: the span that was found shares characters with a place where the
right words stand. A part that was found where there is none counts against precision, one that was
missed against recall. “from-to” are the rows that have both a baseline and a target; there, both
must be right for a row to count. Rows marked as ambiguous are left out.

With --given-kind the labelled kind is taken for granted, which shows what the parts lose through a
wrong kind. With --errors every row that differs is printed.
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter
from pathlib import Path

from okrlab.analyser import Parts, analyse
from okrlab.analyser._parts import parts_of
from okrlab.analyser._reading import Reading

HERE = Path(__file__).parent
PARTS = ("baseline", "target", "threshold", "deadline")
_EDGES = " .,;:()[]–—-"


def read_rows(split: str) -> list[dict[str, str]]:
    """The unambiguous rows of one split."""
    with (HERE / "corpus.csv").open(encoding="utf-8", newline="") as stream:
        return [r for r in csv.DictReader(stream) if r["split"] == split and r["ambiguous"] != "1"]


def places(text: str, words: str) -> list[tuple[int, int]]:
    """Where the words stand."""
    found, at = [], text.find(words)
    while at >= 0:
        found.append((at, at + len(words)))
        at = text.find(words, at + 1)
    return found


def judge(text: str, right: str, part: object) -> tuple[bool, bool]:
    """(exact, overlap) of a part that was found and one that is there."""
    start, end = part.span.start, part.span.end  # type: ignore[attr-defined]
    exact = text[start:end].strip(_EDGES) == right.strip(_EDGES)
    return exact, any(start < b and a < end for a, b in places(text, right))


def line(name: str, counts: Counter[str], how: str) -> str:
    """Precision, recall and F1 as a row of the table."""
    hit = counts[how]
    precision = hit / counts["found"] if counts["found"] else 0.0
    recall = hit / counts["there"] if counts["there"] else 0.0
    f1 = 2 * precision * recall / (precision + recall) if hit else 0.0
    return f"{name:<10} {how:<8} {precision:9.3f} {recall:7.3f} {f1:6.3f}"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--split", default="dev", choices=("dev", "test"))
    parser.add_argument("--given-kind", action="store_true")
    parser.add_argument("--errors", nargs="?", const="all", choices=("all", *PARTS))
    asked = parser.parse_args()
    counts = {part: Counter[str]() for part in PARTS}
    pairs = Counter[str]()
    rows = read_rows(asked.split)
    for row in rows:
        parts = found_parts(row["text"], row["label"] if asked.given_kind else None)
        both = {"exact": True, "overlap": True}
        for name in PARTS:
            right, part = row[name].strip(), getattr(parts, name)
            exact = overlap = False
            if right and part is not None:
                exact, overlap = judge(row["text"], right, part)
            counts[name].update(there=bool(right), found=part is not None, exact=exact,
                                overlap=overlap)  # fmt: skip
            if name in ("baseline", "target"):
                both["exact"] &= exact
                both["overlap"] &= overlap
            wrong = not exact if right else part is not None
            if wrong and asked.errors in ("all", name):
                got = part.text if part is not None else ""
                print(f"{row['id']} {row['label']:<13} {name}: “{right}” / “{got}”  {row['text']}")
        there = bool(row["baseline"] and row["target"])
        found = parts.baseline is not None and parts.target is not None
        pairs.update(there=there, found=found, **{how: there and ok for how, ok in both.items()})
    kinds = "the labelled kind given" if asked.given_kind else "the analyser's own kind"
    print(f"{len(rows)} statements, split {asked.split}, {kinds}\n")
    print(f"{'part':<10} {'match':<8} precision  recall     F1")
    for name in PARTS:
        for how in ("exact", "overlap"):
            print(line(name, counts[name], how), f"  ({counts[name]['there']} there)")
    for how in ("exact", "overlap"):
        print(line("from-to", pairs, how), f"  ({pairs['there']} there)")


def found_parts(text: str, kind: str | None) -> Parts:
    """The parts as the analyser tells them, or as it would if it knew the kind."""
    if kind is None:
        return analyse(text).parts
    reading = Reading.of(text)
    return parts_of(reading, kind)  # type: ignore[arg-type]


if __name__ == "__main__":
    main()
