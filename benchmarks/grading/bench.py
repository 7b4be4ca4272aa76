"""okrlab, nbgrader and otter-grader mark the same submissions: ``make bench-grading``.

Prints seconds per submission, peak memory, what each did with each hostile submission, and how
okrlab scales to 1,000 submissions and to all cores. Figures are written to results.json.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import socket
import sys
import tempfile
import threading
import time
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

from exercise import TOTAL
from submissions import Case, hostile, ordinary
from systems import Measured, Nbgrader, Okrlab, Otter, size

PATIENCE = 40.0
"""So long a system may take over one hostile submission before it counts as hung."""

ROUNDS = 2
"""So often all systems take their turn at the ordinary submissions; the faster turn counts."""

PACKAGES = {"okrlab": "okrlab", "nbgrader": "nbgrader", "otter": "otter-grader"}


class Doorbell:
    """A server on this computer that counts who connects."""

    def __init__(self) -> None:
        self.server = socket.create_server(("127.0.0.1", 0))
        self.port = self.server.getsockname()[1]
        self.rung = 0
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        while True:
            connection, _ = self.server.accept()
            self.rung += 1
            connection.close()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=("okrlab", "nbgrader", "otter"), action="append")
    parser.add_argument("--many", type=int, default=1000)
    parser.add_argument("--scaling", action="store_true", help="only the last part")
    asked = parser.parse_args()
    sys.stdout.reconfigure(line_buffering=True)
    names = asked.only or ["okrlab", "nbgrader", "otter"]
    root = Path(tempfile.mkdtemp(prefix="bench-grading-"))
    bell = Doorbell()
    found: dict[str, Any] = {"computer": computer()}
    if asked.scaling:
        scaling(root / "many", asked.many)
        shutil.rmtree(root, ignore_errors=True)
        return
    try:
        systems: dict[str, Any] = {}
        for name in names:
            made = {"okrlab": Okrlab, "nbgrader": Nbgrader, "otter": Otter}[name]
            (root / name).mkdir()
            systems[name] = made(root / name)
        rounds = [{n: ordinary_run(s) for n, s in systems.items()} for _ in range(ROUNDS)]
        found["ordinary"] = {
            name: min((one[name] for one in rounds), key=lambda row: row["seconds"])
            for name in systems
        }
        print_ordinary(found["ordinary"])
        found["hostile"] = {name: hostile_runs(system, bell) for name, system in systems.items()}
        print_hostile(found["hostile"])
        if "okrlab" in names:
            found["scaling"] = scaling(root / "many", asked.many)
    finally:
        shutil.rmtree(root, ignore_errors=True)
    Path(__file__).with_name("results.json").write_text(json.dumps(found, indent=1) + "\n")


def computer() -> dict[str, Any]:
    """What it was measured on."""
    packages = {name: version(package) for name, package in PACKAGES.items()}
    about = {"cores": os.cpu_count(), "python": platform.python_version(), **packages}
    print("Measured on", ", ".join(f"{name} {value}" for name, value in about.items()))
    return about


# -- ordinary submissions --------------------------------------------------------------------------


def ordinary_run(system: Any) -> dict[str, Any]:
    """All ordinary submissions in one command."""
    cases = ordinary()
    result: Measured = system.mark(cases, 900)
    wrong = [c.name for c in cases if not right(result, c)]
    return {
        "submissions": len(cases),
        "seconds": round(result.seconds, 2),
        "each": round(result.seconds / len(cases), 4),
        "memory_mb": round(result.memory / 1024**2),
        "wrong_marks": len(wrong),
    }


def right(result: Measured, case: Case) -> bool:
    """Whether the mark is the one deserved."""
    mark = result.marks.get(case.name)
    return mark is not None and abs(mark - case.honest) < 0.05


def print_ordinary(found: dict[str, Any]) -> None:
    """The table of ordinary submissions, and how far apart the systems are."""
    print(f"\n24 ordinary submissions, one command, the faster of {ROUNDS} turns\n")
    print(f"{'':10} {'seconds':>8} {'each':>8} {'memory':>9} {'wrong':>6}")
    for name, row in found.items():
        memory = f"{row['memory_mb']} MB"
        print(
            f"{name:10} {row['seconds']:8.1f} {row['each']:8.3f} {memory:>9} {row['wrong_marks']:6}"
        )
    peers = {name: row["each"] for name, row in found.items() if name != "okrlab"}
    if "okrlab" in found and peers:
        fastest = min(peers, key=lambda name: peers[name])
        ratio = peers[fastest] / found["okrlab"]["each"]
        print(f"\nokrlab is {ratio:.1f} times as fast as {fastest}, the faster peer.")


# -- hostile submissions ---------------------------------------------------------------------------


def hostile_runs(system: Any, bell: Doorbell) -> list[dict[str, Any]]:
    """Each hostile submission in a command of its own, between two honest ones."""
    rows = []
    honest = ordinary()[0]
    for case in hostile(system.base, bell.port):
        for trap in system.base.glob("trap*"):
            trap.unlink()
        rung = bell.rung
        neighbours = [replace(honest, name="aaa"), case, replace(honest, name="zzz")]
        result: Measured = system.mark(neighbours, PATIENCE)
        time.sleep(1.2 if "background" in case.kind else 0.1)
        mark = result.marks.get(case.name)
        rows.append(
            {
                "kind": case.kind,
                "deserved": case.honest,
                "mark": mark,
                "neighbours": all(result.marks.get(n) == TOTAL for n in ("aaa", "zzz")),
                "seconds": round(result.seconds, 1),
                "memory_mb": round(result.memory / 1024**2),
                "ended": result.ended,
                "escaped": escapes(system, case, bell.rung - rung),
                "kept_mb": round(size(system.base) / 1024**2),
            }
        )
    return rows


def escapes(system: Any, case: Case, rung: int) -> list[str]:
    """What the submission reached outside."""
    traps = sorted(path.name for path in system.base.glob("trap*"))
    found = ["connected"] if rung else []
    if any("in-the-marker" in name for name in traps):
        found.append("ran code in the marker")
    if any("later" in name for name in traps):
        found.append("background process")
    if any(name.removeprefix("trap").isdigit() for name in traps):
        found.append(f"{len(traps)} processes")
    if "trap" in traps:
        found.append("wrote outside")
    book = system.base / "gradebook.db"
    if case.kind == "rewrites results" and book.is_file() and b"rewritten" in book.read_bytes():
        found.append("rewrote the gradebook")
    return found


def print_hostile(found: dict[str, Any]) -> None:
    """One line for each hostile submission, one column for each system."""
    print("\nHostile submissions: the mark (deserved in brackets), what was reached, seconds, MB\n")
    names = list(found)
    print(f"{'':38}" + "".join(f"{name:44}" for name in names))
    for rows in zip(*found.values(), strict=True):
        kind = f"{rows[0]['kind']} ({rows[0]['deserved']})"
        print(f"{kind:38}" + "".join(f"{said(row):44}" for row in rows))
    for name, rows in found.items():
        escaped = sum(bool(row["escaped"]) for row in rows)
        wrong = sum(
            row["mark"] is None or abs(row["mark"] - row["deserved"]) > 0.05 for row in rows
        )
        most = max(row["memory_mb"] for row in rows)
        lost = sum(not row["neighbours"] for row in rows)
        print(
            f"\n{name}: {escaped} escapes, {wrong} wrong or missing marks of {len(rows)}, "
            f"{lost} times a neighbour's mark lost, at most {most} MB",
            end="",
        )
    print()


def said(row: dict[str, Any]) -> str:
    """What a system did with one submission."""
    mark = "no mark" if row["mark"] is None else f"{row['mark']:g}"
    parts = [mark, *row["escaped"]]
    if row["ended"] == "hung":
        parts.append("hung")
    if not row["neighbours"]:
        parts.append("neighbours lost")
    return f"{', '.join(parts)}; {row['seconds']:g} s, {row['memory_mb']} MB"


# -- scaling ---------------------------------------------------------------------------------------


def scaling(base: Path, many: int) -> list[dict[str, Any]]:
    """Of okrlab alone: more submissions, more cores."""
    print("\nokrlab, scaling\n")
    cases = ordinary()
    rows = []
    cores = os.cpu_count() or 1
    for count in (100, many):
        for jobs in sorted({1, cores}):
            shutil.rmtree(base, ignore_errors=True)
            base.mkdir()
            chosen = [replace(cases[n % len(cases)], name=f"l{n:05}") for n in range(count)]
            result = Okrlab(base, jobs).mark(chosen, 1800)
            wrong = sum(not right(result, case) for case in chosen)
            row = {
                "submissions": count,
                "jobs": jobs,
                "seconds": round(result.seconds, 2),
                "each": round(result.seconds / count, 4),
                "memory_mb": round(result.memory / 1024**2),
                "wrong_marks": wrong,
            }
            rows.append(row)
            print(
                f"{count:6} submissions, {jobs} at once: {row['seconds']:7.1f} s, "
                f"{row['each'] * 1000:6.1f} ms each, {row['memory_mb']} MB, {wrong} wrong"
            )
    return rows


if __name__ == "__main__":
    main()
