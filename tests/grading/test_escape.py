"""What a submission tries to reach outside, behind each kind of walls."""

from __future__ import annotations

import os
import platform
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

import okrlab
from okrlab.content import library
from okrlab.grading.worker import Ran, Stage, Worker

from .conftest import QUICK

ROOT = Path(okrlab.__file__).parent


def run(worker: Worker, *cells: str, seconds: float = 6.0) -> Ran:
    """Run cells; `answer` in them is what comes out."""
    steps: list[dict[str, Any]] = [
        {"do": "run", "cell": n, "source": source} for n, source in enumerate(cells)
    ]
    steps.append({"do": "answer", "exercise": "x", "expression": "answer"})
    plan = {"steps": steps, "asked": {"x": {"kind": "mapping", "names": []}}}
    return worker.run(plan, seconds)


def said(ran: Ran) -> dict[str, Any]:
    """The mapping in `answer`."""
    (value,) = (line["value"] for _, line in ran.lines if "answer" in line)
    return dict(value["pairs"])


def errors(ran: Ran) -> dict[int, str | None]:
    """By cell, the type of the error that it raised."""
    return {
        line["done"]: line["error"] and line["error"]["type"]
        for _, line in ran.lines
        if "done" in line
    }


TRY = """
def attempt(do):
    try:
        return f"done: {do()!r}"[:300]
    except BaseException as problem:
        return f"blocked: {type(problem).__name__}"
"""


def blocked(worker: Worker, setup: str = "", **attempts: str) -> None:
    """Every attempt fails, and the run goes on to its end."""
    body = "\n".join(f"answer[{name!r}] = attempt(lambda: {do})" for name, do in attempts.items())
    ran = run(worker, f"{TRY}\n{setup}\nanswer = {{}}\n{body}")
    assert ran.ended == "end", ran
    got = said(ran)
    assert set(got) == set(attempts)
    through = {name: what for name, what in got.items() if not what.startswith("blocked")}
    assert not through


def test_an_honest_run(worker: Worker) -> None:
    """What courses need works: data, pandas, files of one's own, threads, the model."""
    ran = run(
        worker,
        "import okrlab, threading, tempfile, random, statistics, pathlib\n"
        "frame = okrlab.data('clinic-measures')\n"
        "from okrlab.model import attainment\n"
        "thread = threading.Thread(target=lambda: None); thread.start(); thread.join()\n"
        "pathlib.Path('note.txt').write_text('x')\n"
        "with tempfile.NamedTemporaryFile() as stream: stream.write(b'x')\n"
        "import importlib.util; assert importlib.util.find_spec('altair')\n"
        "answer = {'rows': len(frame), 'kind': okrlab.analyse('Ship it by June').kind}",
    )
    assert errors(ran) == {0: None}
    assert ran.ended == "end"
    assert said(ran)["rows"] == len(okrlab.data("clinic-measures"))


def test_every_call_of_the_course_is_there(worker: Worker) -> None:
    """What a notebook may call exists; what would show something shows nothing."""
    names = [name for name in okrlab.__all__ if name not in ("check", "data")]
    ran = run(
        worker,
        "import okrlab\nfrom okrlab import charts, check, data, exercise",
        *(f"okrlab.{name}" for name in names),
        "from okrlab.charts import bars\nbars({'a': 1}, title='x').show",
        "okrlab.quiz('two-jobs').anything(1).more\nform = exercise('1.1')\nform",
        "check('1.1', form)\nokrlab.nonsense",
        "answer = {'version': okrlab.__version__}",
    )
    found = errors(ran)
    assert [n for n, error in found.items() if error] == [len(names) + 3]
    assert found[len(names) + 3] == "AttributeError"
    assert said(ran) == {"version": okrlab.__version__}


def test_no_key_no_solution_no_home_can_be_read(worker: Worker, tmp_path: Path) -> None:
    """Keys, results, other submissions, the home folder and the system's secrets are not there."""
    other = tmp_path / "other.ipynb"
    other.write_text("{}")
    keys = sorted((ROOT / "content" / "exercises").glob("*.yaml"))
    solutions = sorted((ROOT.parent / "solutions").glob("*.ipynb"))
    paths = [*keys[:2], *solutions[:2], other, ROOT / "grading" / "marking.py", "/etc/passwd"]
    attempts = {f"p{n}": f"open({str(path)!r}).read()" for n, path in enumerate(paths)}
    at_home = [path for path in Path.home().iterdir() if path.is_file()][:3]
    attempts |= {f"h{n}": f"open({str(path)!r}, 'rb')" for n, path in enumerate(at_home)}
    attempts |= {
        "key": "okrlab.content.library()",
        "import": "__import__('okrlab.content.library')",
        "assessment": "__import__('okrlab.assessment.exercise')",
        "proc": "open('/proc/self/environ').read()",
        "parent": "open(f'/proc/{os.getppid()}/environ').read()",
        "write": f"open({str(tmp_path / 'x')!r}, 'w')",
        "system": "open('/usr/lib/okrlab-was-here', 'w')",
    }
    blocked(worker, "import os, okrlab", **attempts)
    assert not (tmp_path / "x").exists()
    assert not Path("/usr/lib/okrlab-was-here").exists()


def test_nothing_secret_is_in_memory(worker: Worker) -> None:
    """No key of an exercise stands anywhere in the objects of the process."""
    answer = library().exercise("1.3").answer  # type: ignore[attr-defined]
    reason = next(iter(answer.reasons.values())) if answer.reasons else answer.why
    ran = run(
        worker,
        "import gc\n"
        "texts = [o for o in gc.get_objects() if isinstance(o, (dict, list, tuple))]\n"
        f"part = {reason[11::-1]!r}[::-1]\n"
        "held = (v for t in texts for v in (t.values() if isinstance(t, dict) else t))\n"
        "found = sum(isinstance(v, str) and v is not part and part in v for v in held)\n"
        "answer = {'found': found, 'environment': len(__import__('os').environ)}",
    )
    got = said(ran)
    assert got["found"] == 0
    assert got["environment"] < 15


def test_no_network(worker: Worker) -> None:
    """Not even to a port of this very computer."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        blocked(
            worker,
            "import socket, urllib.request",
            tcp=f"socket.create_connection(('127.0.0.1', {port}), 1)",
            udp="socket.socket(socket.AF_INET, socket.SOCK_DGRAM)",
            unix="socket.socket(socket.AF_UNIX)",
            pair="socket.socketpair()",
            web=f"urllib.request.urlopen('http://127.0.0.1:{port}', timeout=1)",
        )
        server.settimeout(0.05)
        with pytest.raises(TimeoutError):
            server.accept()


def test_no_processes_and_no_signals(worker: Worker) -> None:
    """Nothing is started, nothing outside is signalled, no rights are won."""
    setup = (
        "import os, signal, subprocess, multiprocessing, resource, ctypes\n"
        "def call(n, *a):\n"
        "    r = ctypes.CDLL(None, use_errno=True).syscall(n, *a)\n"
        "    if r < 0: raise OSError(ctypes.get_errno())\n"
        "    return r\n"
    )
    me = os.getpid()
    calls = {
        "namespaces": "call(272, 0x10000000)",
        "mount": "call(165, b'none', b'/scratch', b'tmpfs', 0, 0)",
        "trace": "call(101, 16, os.getppid(), 0, 0)",
        "memory": "call(310, os.getppid(), 0, 0, 0, 0, 0)",
        "bpf": "call(321, 0, 0, 0)",
        "keys": "call(250, 0, 0, 0, 0, 0)",
        "ring": "call(425, 1, 0)",
    }
    blocked(
        worker,
        setup,
        fork="os.fork()",
        spawn="subprocess.run(['/bin/true'])",
        pool="multiprocessing.get_context('fork').Process(target=print).start()",
        execute="os.execv('/bin/sh', ['sh'])",
        parent="os.kill(os.getppid(), 9)",
        everybody="os.kill(-1, 9)",
        outside=f"os.kill({me}, 9)",
        limits="resource.prlimit(os.getppid(), resource.RLIMIT_CPU, (1, 1))",
        raised="resource.setrlimit(resource.RLIMIT_AS, (-1, -1))",
        root="os.setuid(0)" if os.geteuid() else "os.setresuid(0, 0, 1)",
        **(calls if platform.machine() == "x86_64" else {}),
    )
    assert worker.process is not None
    assert worker.process.poll() is None


def test_memory_is_limited(worker: Worker) -> None:
    """Three gigabytes are not to be had; the next cell still runs."""
    ran = run(worker, "block = bytearray(3 * 1024**3)", "answer = {'on': 1}")
    assert errors(ran) == {0: "MemoryError", 1: None}


def test_its_own_folder_is_limited_and_empty_at_each_start(worker: Worker) -> None:
    """A full folder is an error in that run and nothing in the next."""
    fill = "for n in range(200):\n    open(f'f{n}', 'wb').write(bytes(1024**2))"
    assert errors(run(worker, fill))[0] == "OSError"
    many = "for n in range(100_000):\n    open(f'g{n}', 'w')"
    assert errors(run(worker, many))[0] == "OSError"
    ran = run(worker, "import os\nanswer = {'left': len(os.listdir())}")
    assert said(ran) == {"left": 0}


def test_processor_time_is_limited(stage: Stage, worker: Worker) -> None:
    """Threads that hide from the clock of cells are ended by the kernel."""
    short = Worker(worker.walls, stage, type(QUICK)(cell_seconds=20, cpu_seconds=1))
    short.start()
    try:
        ran = run(short, "while True: pass", seconds=10)
        assert ran.exit in (-24, -9)
        assert ran.seconds < 8
    finally:
        short.close()


def test_output_is_limited(worker: Worker) -> None:
    """Printing goes nowhere; a flood of lines ends the run."""
    ran = run(worker, "print('x' * 50_000_000)", "answer = {'on': 1}")
    assert ran.ended == "end"
    flood = (
        "import os\n"
        "for fd in range(3, 64):\n"
        "    try:\n"
        '        while True: os.write(fd, b\'{"called": "x"}\\n\' * 1000)\n'
        "    except OSError: pass"
    )
    ran = run(worker, flood)
    assert ran.ended in ("too much", "garbled", "timeout")
    assert run(worker, "answer = {'on': 1}").ended == "end"


def test_a_flood_on_stderr_costs_the_next_one_nothing(worker: Worker) -> None:
    """What is written beneath Python goes nowhere, and no pipe is full afterwards."""
    flood = "import os\nfor _ in range(100): os.write(2, b'x' * 65536)"
    for _ in range(2):
        ran = run(worker, flood, "answer = {'on': 1}")
        assert errors(ran) == {0: None, 1: None}


def test_a_dead_interpreter_is_started_again(worker: Worker) -> None:
    """The next submission does not pay for it."""
    assert worker.process is not None
    worker.process.kill()
    worker.process.wait()
    assert run(worker, "answer = {'on': 1}").ended == "end"


def test_a_stuck_run_is_gone_and_the_next_one_fine(worker: Worker) -> None:
    """Interrupts are swallowed, signals ignored: it ends all the same."""
    stuck = (
        "import signal\n"
        "for n in range(1, 65):\n"
        "    try: signal.signal(n, signal.SIG_IGN)\n"
        "    except (OSError, ValueError): pass\n"
        "while True:\n"
        "    try:\n"
        "        while True: pass\n"
        "    except BaseException: pass"
    )
    begun = time.monotonic()
    ran = run(worker, stuck)
    assert (ran.ended, ran.cell) == ("timeout", 0)
    assert time.monotonic() - begun < 10
    assert run(worker, "answer = {'on': 1}").ended == "end"


def test_one_run_leaves_nothing_for_the_next(worker: Worker) -> None:
    """Patched modules and names of one submission are not those of another."""
    run(worker, "import pandas, builtins\npandas.left = builtins.left = 1\nanswer = {}")
    ran = run(worker, "import pandas\nanswer = {'left': hasattr(pandas, 'left')}")
    assert said(ran) == {"left": False}


def test_the_sandbox_ends_with_its_marker(worker: Worker, tmp_path: Path) -> None:
    """No interpreter stays behind when the marker is killed."""
    code = (
        "import sys, time\n"
        "from okrlab.grading.sandbox import Walls\n"
        "from okrlab.grading.worker import Stage, Worker\n"
        "from okrlab.grading.limits import Limits\n"
        f"worker = Worker(Walls({worker.walls.kind!r}), Stage(), Limits())\n"
        "worker.start()\n"
        "print(worker.process.pid, flush=True)\n"
        "time.sleep(60)"
    )
    marker = subprocess.Popen(
        [sys.executable, "-c", code],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "TMPDIR": str(tmp_path)},
    )
    assert marker.stdout is not None
    pid = int(marker.stdout.readline())
    marker.kill()
    marker.wait()
    marker.stdout.close()
    until = time.monotonic() + 10
    while _alive(pid) and time.monotonic() < until:
        time.sleep(0.05)
    assert not _alive(pid)


def _alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
