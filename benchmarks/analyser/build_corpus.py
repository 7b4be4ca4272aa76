"""Join the authors' files to corpus.csv and say which rows are kept aside.

Usage: python benchmarks/analyser/build_corpus.py

Author C's rows are kept aside as a whole ("test"): another writer, so that a good figure there
means more than knowing one writer's habits. No rule was tuned on them.
"""

from __future__ import annotations

import csv
from pathlib import Path

HERE = Path(__file__).parent
FIELDS = ["id", "text", "label", "ambiguous", "second", "domain", "style", "hard", "baseline",
          "target", "threshold", "deadline"]  # fmt: skip


def main() -> None:
    """Read corpus_*.csv, write corpus.csv."""
    rows = []
    for path in sorted(HERE.glob("corpus_?.csv")):
        split = "test" if path.stem.endswith("_c") else "dev"
        with path.open(encoding="utf-8", newline="") as stream:
            rows += [{**{f: r[f] for f in FIELDS}, "split": split} for r in csv.DictReader(stream)]
    with (HERE / "corpus.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, [*FIELDS, "split"], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    print(f"{len(rows)} rows, {sum(r['split'] == 'test' for r in rows)} kept aside")


if __name__ == "__main__":
    main()
