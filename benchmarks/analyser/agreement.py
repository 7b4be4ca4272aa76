"""Agreement of a second, blind labelling of every third row with the authors' labels.

Usage: python benchmarks/analyser/agreement.py [DIRECTORY] [--list]

DIRECTORY holds the corpus_?.csv files (default: beside this file). The authors' labels were mended
after the first comparison, so today's files agree better than two independent readers do: for the
honest figure give a directory with the files as of commit d183ed6. `--list` prints disagreements.
An agreement of two language models that read the same rules is no agreement of two people.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from pathlib import Path

HERE = Path(__file__).parent
Row = dict[str, str]
Pair = tuple[str, str]


def read(path: Path) -> list[Row]:
    """The rows of a CSV file."""
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def kappa(pairs: list[Pair]) -> float:
    """Cohen's kappa of (author, second reader) labels."""
    n = len(pairs)
    observed = sum(a == b for a, b in pairs) / n
    first, second = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    chance = sum(first[k] * second[k] for k in first) / n**2
    return 1.0 if chance == 1 else (observed - chance) / (1 - chance)


def report(title: str, pairs: list[Pair]) -> None:
    """Print agreement and kappa, over all labels and for each label against the rest."""
    same = sum(a == b for a, b in pairs)
    print(f"{title}: {same}/{len(pairs)} agree ({same / len(pairs):.1%}), kappa {kappa(pairs):.3f}")
    for label in sorted({x for pair in pairs for x in pair}):
        author, second = sum(a == label for a, _ in pairs), sum(b == label for _, b in pairs)
        both = sum(a == b == label for a, b in pairs)
        one = kappa([(str(a == label), str(b == label)) for a, b in pairs])
        print(f"  {label:<13} author {author:3} second {second:3} both {both:3} kappa {one:.3f}")


def main() -> None:
    """Compare second_labels.csv with the corpus files."""
    where = [Path(a) for a in sys.argv[1:] if not a.startswith("--")]
    files = sorted((where[0] if where else HERE).glob("corpus_?.csv"))
    authors = {r["id"]: r for path in files for r in read(path)}
    rows = [(authors[r["id"]], r) for r in read(HERE / "second_labels.csv")]
    clear = [(a, b) for a, b in rows if a["ambiguous"] != "1"]
    both_clear = [(a, b) for a, b in clear if b["ambiguous"] != "1"]
    for title, part in (
        ("All rows", rows),
        ("Author unambiguous", clear),
        ("Both unambiguous", both_clear),
    ):
        report(title, [(a["label"], b["label"]) for a, b in part])
    for letter in sorted({a["id"][0] for a, _ in clear}):
        pairs = [(a["label"], b["label"]) for a, b in clear if a["id"][0] == letter]
        same = sum(a == b for a, b in pairs) / len(pairs)
        print(f"Author {letter}, unambiguous: n {len(pairs)}, {same:.1%}, kappa {kappa(pairs):.3f}")
    if "--list" not in sys.argv:
        return
    for a, b in rows:
        if a["label"] != b["label"]:
            mine = f"{a['label']}{'/' + a['second'] if a['ambiguous'] == '1' else ''}"
            theirs = f"{b['label']}{'/' + b['second'] if b['ambiguous'] == '1' else ''}"
            print(f"{a['id']} author {mine} | second {theirs} | {a['text']}")


if __name__ == "__main__":
    main()
