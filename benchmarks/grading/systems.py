"""The three systems: how each is set up, called, and read."""

from __future__ import annotations

import contextlib
import csv
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import psutil
from exercise import DATA, NAME, SOLUTIONS, System, notebook, otter_master
from submissions import Case

BIN = Path(sys.executable).parent
CELL_SECONDS = 5


@dataclass
class Measured:
    """What one command took and gave.

    Attributes:
        seconds: wall time.
        memory: the most memory of the command and all it started, in bytes (resident, shared
            pages counted once where the system tells).
        marks: points by learner; None or missing when there is no mark.
        ended: its exit code, "hung" when it was ended, or a signal's name.
    """

    seconds: float = 0.0
    memory: int = 0
    marks: dict[str, float | None] = field(default_factory=dict)
    ended: str = ""


def measured(command: Sequence[str], cwd: Path, patience: float) -> Measured:
    """Run a command; whatever it leaves behind is ended."""
    result = Measured()
    log = (cwd / "log.txt").open("ab")
    begun = time.monotonic()
    path = f"{BIN}{os.pathsep}{os.environ.get('PATH', '')}"  # nbgrader calls alembic by its name
    process = psutil.Popen(
        command,
        cwd=cwd,
        stdout=log,
        stderr=log,
        env={**os.environ, "PATH": path},
        start_new_session=True,
    )
    known: dict[int, psutil.Process] = {}
    while process.poll() is None:
        result.memory = max(result.memory, _memory(process, known))
        if time.monotonic() - begun > patience:
            result.ended = "hung"
            break
        time.sleep(0.03)
    result.seconds = time.monotonic() - begun
    for started in [process, *known.values()]:
        with contextlib.suppress(psutil.Error):
            started.kill()
    code = process.wait()
    result.ended = result.ended or str(code)
    log.close()
    return result


def _memory(process: psutil.Popen, known: dict[int, psutil.Process]) -> int:
    total = 0
    for one in [process, *_children(process)]:
        known[one.pid] = one
        try:
            total += _proportional(one.pid) or one.memory_info().rss
        except (psutil.Error, OSError):
            continue
    return total


def _proportional(pid: int) -> int:
    """Resident memory with shared pages divided among those who share them."""
    try:
        with open(f"/proc/{pid}/smaps_rollup", encoding="ascii") as stream:
            for line in stream:
                if line.startswith("Pss:"):
                    return int(line.split()[1]) * 1024
    except OSError:
        pass
    return 0


def _children(process: psutil.Popen) -> list[psutil.Process]:
    try:
        return process.children(recursive=True)
    except psutil.Error:
        return []


class Okrlab:
    """`okrlab grade`."""

    name = "okrlab"

    def __init__(self, base: Path, jobs: int | None = None) -> None:
        self.base, self.jobs = base, jobs
        self.system = System(self.name, base)
        put(
            base / "solutions" / f"{NAME}.ipynb", notebook(self.system.cells(SOLUTIONS, coach=True))
        )

    def mark(self, cases: Sequence[Case], patience: float) -> Measured:
        """Mark these submissions in one command."""
        folder, out = fresh(self.base / "submissions"), fresh(self.base / "results")
        for case in cases:
            put(folder / case.name / f"{NAME}.ipynb", notebook(case.cells(self.system)))
        command = [str(BIN / "okrlab"), "grade", str(folder), "--exercises", "solutions"]
        command += ["--out", str(out), "--cell-seconds", str(CELL_SECONDS)]
        command += ["--jobs", str(self.jobs)] if self.jobs else []
        result = measured(command, self.base, patience)
        try:
            with (out / "summary.csv").open(encoding="utf-8-sig") as stream:
                result.marks = {
                    row["learner"]: float(row["points"]) for row in csv.DictReader(stream)
                }
        except OSError:
            pass
        return result


class Nbgrader:
    """`nbgrader autograde`."""

    name = "nbgrader"

    def __init__(self, base: Path) -> None:
        self.base = base
        self.system = System(self.name, base)
        copy_data(base)
        put(
            base / "source" / NAME / f"{NAME}.ipynb",
            notebook(self.system.cells(SOLUTIONS, coach=True)),
        )
        (base / "nbgrader_config.py").write_text(
            "c = get_config()\n"
            f"c.CourseDirectory.root = {str(base)!r}\n"
            f"c.ExecutePreprocessor.timeout = {CELL_SECONDS}\n"
            "c.ExecutePreprocessor.interrupt_on_timeout = True\n"
        )
        measured([str(BIN / "nbgrader"), "generate_assignment", NAME], base, 120)
        if not (base / "release" / NAME / f"{NAME}.ipynb").is_file():
            raise SystemExit(
                f"nbgrader could not be set up:\n{(base / 'log.txt').read_text()[-3000:]}"
            )

    def mark(self, cases: Sequence[Case], patience: float) -> Measured:
        """Mark these submissions in one command."""
        fresh(self.base / "submitted")
        fresh(self.base / "autograded")
        for case in cases:
            place = self.base / "submitted" / case.name / NAME / f"{NAME}.ipynb"
            put(place, notebook(case.cells(self.system)))
        command = [str(BIN / "nbgrader"), "autograde", NAME, "--create"]
        result = measured(command, self.base, patience)
        done = {p.parent.parent.name for p in (self.base / "autograded").glob("*/*/*.ipynb")}
        result.marks = {name: mark for name, mark in self._read().items() if name in done}
        return result

    def _read(self) -> dict[str, float | None]:
        code = (
            "import json\nfrom nbgrader.api import Gradebook\n"
            "with Gradebook('sqlite:///gradebook.db') as book:\n"
            f"    handed_in = book.assignment_submissions({NAME!r})\n"
            "    found = {one.student.id: one.score for one in handed_in}\n"
            "print(json.dumps(found))"
        )
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=self.base, capture_output=True, text=True, check=False
        )
        return json.loads(done.stdout.splitlines()[-1]) if done.returncode == 0 else {}


class Otter:
    """otter-grader's own function for one notebook after another, in one process."""

    name = "otter"

    def __init__(self, base: Path) -> None:
        self.base = base
        self.system = System(self.name, base)
        copy_data(base)
        put(base / f"{NAME}.ipynb", otter_master(self.system))
        command = [str(BIN / "otter"), "assign", f"{NAME}.ipynb", "dist", "--no-pdfs"]
        measured(command, base, 180)
        found = list((base / "dist" / "autograder").glob("*.zip"))
        if not found:
            raise SystemExit(
                f"otter could not be set up:\n{(base / 'log.txt').read_text()[-3000:]}"
            )
        self.autograder = found[0]

    def mark(self, cases: Sequence[Case], patience: float) -> Measured:
        """Mark these submissions in one command."""
        folder, out = fresh(self.base / "submissions"), self.base / "results.json"
        out.unlink(missing_ok=True)
        paths = [
            put(folder / f"{case.name}.ipynb", notebook(case.cells(self.system))) for case in cases
        ]
        script = str(Path(__file__).with_name("otter_batch.py"))
        command = [sys.executable, script, str(self.autograder), str(out), *map(str, paths)]
        result = measured(command, self.base, patience)
        with contextlib.suppress(OSError, ValueError):
            result.marks = json.loads(out.read_text())
        return result


def put(path: Path, what: object) -> Path:
    """Write a notebook."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(what), encoding="utf-8")
    return path


def fresh(folder: Path) -> Path:
    """The folder, empty."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def copy_data(base: Path) -> None:
    """The data sets, which nbgrader's and otter's notebooks read by themselves."""
    import okrlab

    base.mkdir(parents=True, exist_ok=True)
    for name in DATA.values():
        source = Path(okrlab.__file__).parent / "content" / "data" / f"{name}.csv"
        shutil.copy(source, base / f"{name}.csv")


def size(folder: Path) -> int:
    """Bytes of all files in a folder."""
    return sum(p.lstat().st_size for p in folder.rglob("*") if p.is_file() and os.path.exists(p))
