"""Forty submissions of the same exercise: 24 ordinary ones and 16 that mean harm or go wrong.

`honest` is what each deserves. Hostile code stands where the first question (12 points) is
answered; the other two are answered rightly, so that it shows whether one bad cell costs the rest.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from exercise import ATTAINMENT, MEANS, POINTS, ROLES, SOLUTIONS, STUB, TOTAL, Cell, System

REST = TOTAL - POINTS["1.3"]


@dataclass(frozen=True)
class Case:
    """One submission.

    Attributes:
        name: the learner's name.
        kind: what it shows.
        honest: points that it deserves.
        answers: code by question.
        without: ids of cells that were deleted.
        copied: whether the first answer's cell was copied, metadata and all.
    """

    name: str
    kind: str
    honest: int
    answers: dict[str, str] = field(default_factory=dict)
    without: tuple[str, ...] = ()
    copied: bool = False

    def cells(self, system: System) -> list[Cell]:
        """The notebook's cells."""
        cells = system.cells({**SOLUTIONS, **self.answers})
        if self.copied:
            at = next(i for i, c in enumerate(cells) if c["id"] == "answer-1-3")
            cells.insert(at + 1, {**cells[at], "id": "answer-1-3-copy"})
        return [cell for cell in cells if cell["id"] not in self.without]


def ordinary() -> list[Case]:
    """Right, partly right, wrong, empty, with mistakes in the code."""
    cases: list[Case] = []

    def add(count: int, kind: str, honest: int, **answers: str) -> None:
        named = {f"{name[1]}.{name[2]}": source for name, source in answers.items()}
        for _ in range(count):
            number = len(cases) + 1
            own = {n: f"# learner {number}\n{s}" for n, s in {**SOLUTIONS, **named}.items()}
            cases.append(Case(f"learner{number:02}", kind, honest, own))

    nothing = 'roles = measures[["measure"]].assign(role="x")\n'
    wild = ATTAINMENT + "attainment = attainment.assign(attainment=9.9)\n"
    add(8, "right", TOTAL)
    add(3, "first wrong", REST, q13=nothing)
    add(3, "second wrong", TOTAL - POINTS["3.3"], q33=wild)
    add(3, "third missing", TOTAL - POINTS["3.4"], q34=STUB)
    add(2, "nothing done", 0, q13=STUB, q33=STUB, q34=STUB)
    add(2, "syntax error", REST, q13=ROLES + "roles = = roles\n")
    add(2, "runtime error", POINTS["1.3"], q33='quarter["nothing"]\n' + ATTAINMENT)
    add(1, "all wrong", 0, q13=nothing, q33="scored = attainment = quarter", q34="means = 3")
    return cases


def hostile(base: Path, port: int) -> list[Case]:
    """Those that go wrong or mean harm.

    Args:
        base: the folder of the system under test, which hostile code knows.
        port: of a server on this computer that notes who connects.
    """
    trap = base / "trap"
    attacks = {
        "endless loop": "while True:\n    pass",
        "loop that swallows interrupts": (
            "while True:\n    try:\n        while True:\n            pass\n"
            "    except BaseException:\n        pass"
        ),
        "loop in C": "sum(range(10**14))",
        "3 GB of memory": "block = bytearray(3 * 1024**3)\nblock[::4096] = b'x' * (3 * 2**18)",
        "300 processes": (
            "import os, time\nfor n in range(300):\n    if os.fork() == 0:\n"
            f"        open({str(trap)!r} + str(n), 'w').close()\n"
            "        time.sleep(20)\n        os._exit(0)"
        ),
        "steals the solution": (
            "import glob, json\n"
            f"for path in glob.glob({str(base)!r} + '/**/*.ipynb', recursive=True):\n"
            "    for cell in json.load(open(path))['cells']:\n"
            "        source = ''.join(cell['source'])\n"
            "        if 'milestone key result' in source and 'glob' not in source:\n"
            "            exec(source)"
        ),
        "rewrites results": (
            "import glob, os, pickle, sqlite3\n"
            "class Bomb:\n    def __reduce__(self):\n"
            f"        return (os.symlink, ('x', {str(trap)!r} + '-in-the-marker'))\n"
            "real = pickle.dumps\n"
            "pickle.dump = lambda value, stream, *a, **k: stream.write(real(Bomb()))\n"
            f"for path in glob.glob({str(base)!r} + '/**/gradebook.db', recursive=True):\n"
            "    book = sqlite3.connect(path, timeout=1)\n"
            "    book.execute('UPDATE student SET first_name = \"rewritten\"')\n"
            "    book.commit()\n"
            f"for path in glob.glob({str(base)!r} + '/**/results*', recursive=True):\n"
            "    open(path, 'w').write('rewritten')"
        ),
        "opens a socket": (
            f"import socket\nsocket.create_connection(('127.0.0.1', {port}), 2).send(b'x')"
        ),
        "kills its parent": "import os, signal\nos.kill(os.getppid(), signal.SIGKILL)",
        "ends the process": "import os\nos._exit(0)",
        "equals everything": (
            "class Any(str):\n    def __eq__(self, other): return True\n"
            "    def __hash__(self): return 0\n    def lower(self): return self\n"
            "roles = measures[['measure']].assign(role=[Any('x') for _ in measures['measure']])"
        ),
        "replaces the tests' tools": (
            "def dict(*_values, **_named): return globals()['expected']\n"
            "roles = measures[['measure']].assign(role='x')"
        ),
        "background process, writes outside": (
            "import subprocess\n"
            f"open({str(trap)!r}, 'w').write('x')\n"
            f"subprocess.Popen(['sh', '-c', 'sleep 1; echo x > {trap}-later'])"
        ),
    }
    cases = [
        Case(f"bad{number:02}", kind, REST, {"1.3": source + "\n"})
        for number, (kind, source) in enumerate(attacks.items(), start=1)
    ]
    cases.append(Case("odd01", "prints 50 MB", TOTAL, {"1.3": f"{ROLES}print('x' * 50_000_000)\n"}))
    cases.append(Case("odd02", "tests deleted", TOTAL, without=("check-1-3", "check-3-3")))
    cases.append(Case("odd03", "answer copied, same id", TOTAL, copied=True))
    return cases


__all__ = ["MEANS", "Case", "hostile", "ordinary"]
