"""How fast the analyser reads, and how long its import takes.

Usage: python benchmarks/analyser/speed.py

The statements are those of the development corpus, each read with all checks by `analyse`, on one
core. The import is timed in fresh processes. Aims: 2,000 statements a second, 150 ms.
"""

from __future__ import annotations

import csv
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).parent
IMPORT = (
    "import time; start = time.perf_counter(); import okrlab.analyser; "
    "print(time.perf_counter() - start)"
)


def main() -> None:
    """Print the figures."""
    from okrlab.analyser import analyse

    with (HERE / "corpus.csv").open(encoding="utf-8", newline="") as stream:
        texts = [r["text"] for r in csv.DictReader(stream) if r["split"] == "dev"]
    analyse(texts[0])  # loads the model
    rounds, lengths = [], []
    for _ in range(5):
        start = time.perf_counter()
        for text in texts:
            analyse(text)
        rounds.append(time.perf_counter() - start)
    for text in texts:
        start = time.perf_counter()
        analyse(text)
        lengths.append(time.perf_counter() - start)
    lengths.sort()
    longest = (texts[0] + " ") * 200
    start = time.perf_counter()
    analyse(longest[:5_000])
    pasted = time.perf_counter() - start
    imports = sorted(
        float(subprocess.run([sys.executable, "-c", IMPORT], capture_output=True, text=True,
                             check=True).stdout)
        for _ in range(5)
    )  # fmt: skip
    print(f"{len(texts)} statements, best of 5 rounds: {len(texts) / min(rounds):,.0f} a second")
    print(f"one statement: median {1000 * lengths[len(lengths) // 2]:.2f} ms, "
          f"99 of 100 within {1000 * lengths[len(lengths) * 99 // 100]:.2f} ms")  # fmt: skip
    print(f"a paste of 5,000 characters: {1000 * pasted:.0f} ms")
    print(f"import okrlab.analyser: best {1000 * imports[0]:.0f} ms, median "
          f"{1000 * imports[2]:.0f} ms")  # fmt: skip


if __name__ == "__main__":
    main()
