"""Hostile submissions, each marked as it deserves, and none harming another one's marks."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import okrlab
from okrlab.grading import Assignment, Grader, Marked, Settings, find
from okrlab.grading.results import ExerciseMark
from okrlab.grading.sandbox import LANDLOCK, Walls

from .conftest import QUICK
from .grading_examples import ASSIGNMENT, QUARTER, ROLES, cell, notebook, put, released

KEYS = Path(okrlab.__file__).parent / "content" / "exercises" / "1_data.yaml"

SEARCH = f"""
import glob, gc, sys, os
answer = None
for path in [{str(KEYS)!r}, *glob.glob('/**/*.yaml', recursive=True), *glob.glob('/**/*.ipynb')]:
    try:
        answer = open(path).read()
    except OSError:
        pass
"""

EQUAL = """
class Always(str):
    def __eq__(self, other): return True
    def __ne__(self, other): return False
    def __hash__(self): return 0
    def casefold(self): return self
    def replace(self, *a): return self
class Any:
    def __eq__(self, other): return True
    def __hash__(self): return 0
    def __float__(self): return 1.0
answer = measures[["measure"]].assign(role=[Always("x") for _ in range(len(measures))])
answer["role"] = [Any() if n % 2 else Always("x") for n in range(len(measures))]
"""

PATCH = """
import sys, json, builtins
okrlab.check = lambda *a, **k: True
for name, module in list(sys.modules.items()):
    for attribute in ("mark", "mark_exercise", "points", "check", "encode", "dumps", "loads"):
        if hasattr(module, attribute):
            try:
                setattr(module, attribute, lambda *a, **k: True)
            except Exception:
                pass
answer = "full marks, please"
"""

FORGE = """
import os, json
line = {"answer": "1.3", "value": {"type": "value", "value": True}, "points": 12, "mark": 1.0}
for fd in range(3, 40):
    try:
        os.write(fd, json.dumps(line).encode() + b"\\n")
        os.write(fd, b'{"marked": {"1.3": 12}}\\n')
    except OSError:
        pass
"""

PICKLE = """
import pickle, os, glob
class Bomb:
    def __reduce__(self):
        return (os.system, ("touch TRAP",))
answer = Bomb()
for name in ("gradebook.db", "results.json", "results.pkl", ".marked/x.json"):
    for folder in (".", "..", "/", "/tmp"):
        try:
            pickle.dump(Bomb(), open(os.path.join(folder, name), "wb"))
        except OSError:
            pass
"""

CASES = {
    "loop": "while True: pass",
    "swallows": "while True:\n    try:\n        while True: pass\n    except BaseException: pass",
    "loop-in-c": "sum(range(10**13))",
    "sleeps": "import time; time.sleep(100)",
    "exits": "import os; os._exit(0)",
    "leaves": "import sys; sys.exit(0)",
    "crashes": "import ctypes; ctypes.string_at(0)",
    "kills-parent": "import os; os.kill(os.getppid(), 9)",
    "kills-all": "import os; os.kill(-1, 9)",
    "socket": "import socket; socket.create_connection(('127.0.0.1', 80))",
    "memory": "block = bytearray(3 * 1024**3)",
    "bomb": "import os\nfor n in range(300): os.fork()",
    "background": "import subprocess; subprocess.Popen('sleep 60; touch TRAP', shell=True)",
    "outside": "open('TRAP', 'w'); open('/TRAP', 'w')",
    "reads-keys": SEARCH,
    "equal": EQUAL,
    "patches": PATCH,
    "forges": FORGE,
    "pickle": PICKLE,
    "closes": "import os\nos.closerange(0, 64)",
    "recursion": "def f(): return f()\nimport sys; sys.setrecursionlimit(10**8); f()",
    "raises": "class E(Exception):\n    def __str__(self): raise SystemExit\nraise E",
    "syntax": "answer = = 1",
    "nests": "answer = []\nfor n in range(10**6): answer = [answer]",
    "too-long": "import pandas as pd\nanswer = pd.DataFrame({'measure': range(10**6)})",
}
"""By learner, what stands where exercise 1.3 is answered; exercise 3.3 is answered honestly."""

SAID = {
    "loop": ("timeout", "ran longer than 2 s and was stopped"),
    "swallows": ("timeout", "ran longer than 2 s and was stopped"),
    "loop-in-c": ("timeout", "ran longer than 2 s and was stopped"),
    "exits": ("failed", "ended Python with exit code 0"),
    "leaves": ("failed", "SystemExit"),
    "crashes": ("failed", "ended Python with signal 11"),
    "kills-parent": ("failed", "PermissionError"),
    "socket": ("failed", "PermissionError"),
    "memory": ("failed", "more memory was asked for than there is"),
    "bomb": ("failed", "PermissionError"),
    "equal": ("ok", ""),
    "syntax": ("failed", "SyntaxError"),
}


@pytest.fixture(scope="module")
def marked(
    assignments: list[Assignment], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Marked]:
    """Every case marked in one run, two at a time, beside an honest submission."""
    folder = tmp_path_factory.mktemp("hostile")
    cases = {name: source.replace("TRAP", str(folder / "trap")) for name, source in CASES.items()}
    for name, source in {**cases, "honest": ROLES}.items():
        put(folder / name / f"{ASSIGNMENT}.ipynb", notebook(released(source, QUARTER)))
    grader = Grader(assignments, {}, Settings(jobs=2, limits=QUICK), folder / "kept")
    found = grader.grade(find(folder, assignments))
    assert not (folder / "trap").exists()
    return {entry.learner: entry for entry in found}


def one(marked: Marked, exercise: str) -> ExerciseMark:
    return next(mark for mark in marked.exercises if mark.exercise == exercise)


def test_the_honest_one_among_them_has_full_marks(marked: dict[str, Marked]) -> None:
    """Twenty hostile neighbours cost nothing."""
    assert one(marked["honest"], "1.3").points == 12
    assert one(marked["honest"], "3.3").points == 9
    assert marked["honest"].status == "ok"
    assert len(marked) == len(CASES) + 1


@pytest.mark.parametrize("name", CASES)
def test_a_hostile_cell_earns_nothing_and_costs_only_its_own_exercise(
    name: str, marked: dict[str, Marked]
) -> None:
    """0 for the hostile answer; the honest answer in the same notebook keeps all its points."""
    hostile, honest = one(marked[name], "1.3"), one(marked[name], "3.3")
    assert hostile.points == 0
    assert hostile.status != "not answered" or name in ("patches", "closes", "sleeps")
    if name not in ("patches", "forges"):  # these break what comes after them in their own process
        assert honest.points == 9, honest
    assert honest.points in (0, 9)


@pytest.mark.parametrize("name", SAID)
def test_what_went_wrong_is_said_in_words(name: str, marked: dict[str, Marked]) -> None:
    """The cell, by its place in the notebook, and what it did."""
    status, words = SAID[name]
    mark = one(marked[name], "1.3")
    assert mark.status == status
    assert words in " ".join(mark.words)
    if status != "ok":
        assert "Cell 6" in " ".join(mark.words)


def test_a_forged_line_is_flagged(marked: dict[str, Marked]) -> None:
    """Whoever writes into the channel is shown to the coach; what came that way is not taken."""
    assert marked["forges"].status == "flagged"
    assert "channel to the marker" in " ".join(marked["forges"].words)


def test_a_forged_claim_is_marked_like_any_value(
    assignments: list[Assignment], tmp_path: Path
) -> None:
    """A line in just the right form claims a value, and the value is marked: it is wrong."""
    claim = {"type": "frame", "length": 1, "columns": ["measure", "role"], "levels": 1}
    claim |= {"index_name": None, "index": [0], "cells": {"measure": ["x"], "role": ["KPI"]}}
    source = (
        "import os, json\n"
        f"line = json.dumps({{'answer': '1.3', 'value': {claim!r}}}).encode() + b'\\n'\n"
        "for fd in range(3, 40):\n"
        "    try: os.write(fd, line)\n"
        "    except OSError: pass"
    )
    put(tmp_path / "s" / "eve" / f"{ASSIGNMENT}.ipynb", notebook(released(source, QUARTER)))
    grader = Grader(assignments, {}, Settings(jobs=1, limits=QUICK), tmp_path / "kept")
    (entry,) = grader.grade(find(tmp_path / "s", assignments))
    assert one(entry, "1.3").points == 0
    assert one(entry, "1.3").source == "notebook"
    assert one(entry, "3.3").points == 9


def test_several_stuck_cells_cost_their_own_exercises(
    assignments: list[Assignment], tmp_path: Path
) -> None:
    """Each is left out in turn; the whole never takes longer than the whole may."""
    cells = released("while True: pass", QUARTER)
    cells.insert(6, cell("extra", "while True: pass"))
    put(tmp_path / "s" / "eve" / f"{ASSIGNMENT}.ipynb", notebook(cells))
    grader = Grader(assignments, {}, Settings(jobs=1, limits=QUICK), tmp_path / "kept")
    (entry,) = grader.grade(find(tmp_path / "s", assignments))
    assert one(entry, "1.3").status == "timeout"
    words = " ".join(one(entry, "1.3").words)
    assert "Cell 6 ran longer" in words
    assert "Cell 7 ran longer" in words
    assert one(entry, "3.3").points == 9


def test_the_second_kind_of_walls_marks_the_same(
    assignments: list[Assignment], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without bubblewrap: Landlock and seccomp, and the same marks."""
    monkeypatch.setattr("okrlab.grading.sandbox.shutil.which", lambda _name: None)
    for name in ("exits", "outside", "bomb", "reads-keys"):
        source = CASES[name].replace("TRAP", str(tmp_path / "trap"))
        put(tmp_path / "s" / name / f"{ASSIGNMENT}.ipynb", notebook(released(source, QUARTER)))
    grader = Grader(assignments, {}, Settings(jobs=2, limits=QUICK), tmp_path / "kept")
    found = grader.grade(find(tmp_path / "s", assignments))
    assert grader.walls == Walls(LANDLOCK, "bubblewrap is not installed")
    assert [(one(m, "1.3").points, one(m, "3.3").points) for m in found] == [(0, 9)] * 4
    assert not (tmp_path / "trap").exists()


def test_no_process_is_left_behind(marked: dict[str, Marked]) -> None:
    """After marking, nothing that was started is still there."""
    assert marked
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                command = (entry / "cmdline").read_bytes()
                parent = (entry / "stat").read_text().rpartition(")")[2].split()[1]
            except OSError:
                continue
            assert not (b"okrlab_inside" in command and parent == str(os.getpid()))
