"""A warm interpreter behind walls, as the marker sees it: a plan goes in, lines come out.

Nothing that comes out is trusted: every line is bounded, parsed as JSON, and passed on as data.
"""

from __future__ import annotations

import json
import os
import select
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

from okrlab.errors import OkrlabError
from okrlab.grading import sandbox
from okrlab.grading.limits import Limits
from okrlab.grading.sandbox import Walls
from okrlab.grading.visible import PACKAGES, View, view

START_SECONDS = 60.0
GRACE = 5.0
"""So long a killed run may take to be gone before its whole sandbox is thrown away."""

MAX_LINE = 4 * 1024**2
WATCH = 0.1


class SandboxError(OkrlabError):
    """Walls that could not be put up."""


@dataclass
class Ran:
    """What came of one run.

    Attributes:
        lines: the lines that were sent, as plain data, with the seconds since the start.
        ended: "end", "timeout", "too long", "too much", "garbled", "scratch" or "died".
        cell: the cell that was running when it ended.
        exit: the exit code, negative for a signal.
        seconds: wall time.
    """

    lines: list[tuple[float, dict[str, Any]]] = field(default_factory=list)
    ended: str = "died"
    cell: int | None = None
    exit: int = 0
    seconds: float = 0.0


class Stage:
    """What all workers show: made once, removed at the end."""

    def __init__(self, packages: Iterable[str] = PACKAGES) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="okrlab-grade-"))
        self.folder.chmod(0o755)
        packed = self.folder / "packages"
        packed.mkdir()
        self.view: View = view(packed, packages)

    def close(self) -> None:
        """Remove it."""
        shutil.rmtree(self.folder, ignore_errors=True)


class Worker:
    """One warm interpreter; it is started anew when a run leaves it in doubt.

    Bubblewrap ends with the thread that started it, so a worker stays in one thread.
    """

    def __init__(self, walls: Walls, stage: Stage, limits: Limits) -> None:
        self.walls, self.stage, self.limits = walls, stage, limits
        self.process: subprocess.Popen[bytes] | None = None
        self.control: socket.socket | None = None
        self.scratch = ""
        self.unheard = False  # the last run has ended, and its end was not yet waited for
        self.ready: dict[str, Any] = {}

    def start(self) -> None:
        """Start the interpreter and wait until it is warm.

        Raises:
            SandboxError: it did not come up.
        """
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        self.scratch = tempfile.mkdtemp(prefix="scratch-", dir=self.stage.folder)
        os.chmod(self.scratch, 0o777)  # noqa: S103  for a user without rights, in a folder of ours
        self.control = ours
        try:
            self.process = subprocess.Popen(  # noqa: S603  our own command
                self.walls.command(self.stage.view, theirs.fileno()),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                pass_fds=[theirs.fileno()],
                env=sandbox.environment(),
                start_new_session=True,
                cwd="/",
            )
            settings = self.walls.settings(self.stage.view, self.scratch, self.limits)
            ours.settimeout(START_SECONDS)
            ours.sendall(json.dumps({**settings, **_facade()}).encode() + b"\n")
            theirs.close()
            self.ready = self._answer(START_SECONDS).get("ready") or {}
        except (OSError, ValueError, TimeoutError) as error:
            said = self._stop() or str(error)
            raise SandboxError(f"the sandbox did not start: {said[:300]}") from error
        finally:
            theirs.close()
        if not self.ready:
            raise SandboxError(f"the sandbox did not start: {self._stop()[:300]}")

    def run(self, plan: dict[str, Any], seconds: float) -> Ran:
        """Run a plan in a fork of the interpreter.

        Args:
            plan: see `okrlab.grading.inside.child`.
            seconds: wall time that is left for it.
        """
        ran = self._run(plan, seconds)
        if not ran.lines and self.process is None:  # not the submission's doing: it never began
            ran = self._run(plan, seconds)
        return ran

    def _run(self, plan: dict[str, Any], seconds: float) -> Ran:
        if self.unheard:
            self._gone(Ran())
        if self.process is None or self.process.poll() is not None:
            self._stop()
            self.start()
        assert self.control is not None
        out, into = os.pipe()
        given = _in_memory(json.dumps(plan).encode())
        begun = time.monotonic()
        ran = Ran()
        try:
            socket.send_fds(self.control, [b'{"run": 1}\n'], [given, into])
            os.close(into)
            into = -1
            _Listener(self, ran, out, begun).listen(seconds)
            self._settle(ran)
        except (OSError, ValueError):
            self._stop()
        finally:
            ran.seconds = time.monotonic() - begun
            for fd in (out, given, into):
                if fd >= 0:
                    os.close(fd)
        return ran

    def close(self) -> None:
        """End the interpreter."""
        self._stop()

    # -- machinery -------------------------------------------------------------------------------

    def _settle(self, ran: Ran) -> None:
        """See to it that the run goes; one that came to its end is waited for later."""
        assert self.control is not None
        self.control.sendall(b'{"kill": 1}\n')
        self.unheard = ran.ended == "end"
        if not self.unheard:
            self._gone(ran)

    def _gone(self, ran: Ran) -> None:
        """Wait until the run is gone, and see to it that nothing of it is left."""
        self.unheard = False
        try:
            over = self._answer(GRACE).get("over") or {}
        except (OSError, ValueError):
            self._stop()
            return
        ran.exit = int(over.get("exit", 0))
        if not self.ready.get("private") and not self._swept():
            self._stop()

    def _swept(self) -> bool:
        """Empty the scratch folder where it is not one that vanishes by itself."""
        for entry in list(os.scandir(self.scratch)):
            if entry.is_dir(follow_symlinks=False):
                shutil.rmtree(entry.path, ignore_errors=True)
            else:
                Path(entry.path).unlink(missing_ok=True)
        return not any(os.scandir(self.scratch))

    def _answer(self, seconds: float) -> dict[str, Any]:
        assert self.control is not None
        self.control.settimeout(seconds)
        data = b""
        while not data.endswith(b"\n"):
            more = self.control.recv(1 << 16)
            if not more:
                raise ValueError("it ended by itself")
            data += more
        found = json.loads(data)
        if "failed" in found:
            raise ValueError(str(found["failed"]))
        return dict(found)

    def _stop(self) -> str:
        """End the interpreter at once; returns what it said on stderr."""
        said = b""
        if self.control is not None:
            self.control.close()
        if self.process is not None:
            self.process.kill()
            if self.process.stderr is not None:
                said = self.process.stderr.read(2000) or b""
                self.process.stderr.close()
            self.process.wait()
        if self.scratch:
            shutil.rmtree(self.scratch, ignore_errors=True)
        self.process, self.control, self.scratch, self.unheard = None, None, "", False
        return said.decode("utf-8", "replace").strip()


class _Listener:
    """Reads the lines of one run, with all its limits."""

    def __init__(self, worker: Worker, ran: Ran, out: int, begun: float) -> None:
        self.worker, self.ran, self.out, self.begun = worker, ran, out, begun
        self.cell_begun = begun
        self.rest = b""
        self.sent = 0

    def listen(self, seconds: float) -> None:
        """Until the run ends or breaks a limit."""
        limits, ran = self.worker.limits, self.ran
        watched = not self.worker.ready.get("private")
        while True:
            now = time.monotonic()
            cell_left = self.cell_begun + limits.cell_seconds - now
            left = self.begun + seconds - now
            if min(cell_left, left) <= 0:
                ran.ended = "timeout" if cell_left <= left else "too long"
                return
            wait = min(cell_left, left, WATCH if watched else 3600.0)
            if not select.select([self.out], [], [], wait)[0]:
                if watched and self._too_full(limits):
                    ran.ended = "scratch"
                    return
                continue
            data = os.read(self.out, 1 << 16)
            if not data:
                return
            self.sent += len(data)
            if self.sent > limits.sent:
                ran.ended = "too much"
                return
            if not self._lines(data):
                return

    def _lines(self, data: bytes) -> bool:
        """Take what came; whether to go on."""
        self.rest += data
        *whole, self.rest = self.rest.split(b"\n")
        for raw in whole:
            line = _plain(raw)
            if line is None:
                self.ran.ended = "garbled"
                return False
            now = time.monotonic()
            self.ran.lines.append((now - self.begun, line))
            if isinstance(line.get("cell"), int):
                self.ran.cell, self.cell_begun = line["cell"], now
            elif "done" in line:
                self.ran.cell, self.cell_begun = None, now
            elif "end" in line:
                self.ran.ended = "end"
                return False
        return True

    def _too_full(self, limits: Limits) -> bool:
        size = count = 0
        for folder, _, files in os.walk(self.worker.scratch):
            for name in files:
                count += 1
                try:
                    size += os.lstat(os.path.join(folder, name)).st_size
                except OSError:
                    continue
                if size > limits.scratch or count > limits.scratch_files:
                    return True
        return False


def _plain(raw: bytes) -> dict[str, Any] | None:
    """One line as plain data; None when it is no object of JSON."""
    try:
        found = json.loads(raw)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _in_memory(data: bytes) -> int:
    """A file descriptor from which the data can be read, without a file on the disk."""
    if hasattr(os, "memfd_create"):
        fd = os.memfd_create("plan")
    else:
        with tempfile.TemporaryFile() as stream:
            fd = os.dup(stream.fileno())
    os.set_inheritable(fd, False)
    view_ = memoryview(data)
    while view_:
        view_ = view_[os.write(fd, view_) :]
    return fd


def _facade() -> dict[str, Any]:
    """What `import okrlab` has to offer inside."""
    okrlab = import_module("okrlab")
    public = ("okrlab.analyser", "okrlab.model", "okrlab.simulation")
    elsewhere = {n: m for n, m in okrlab._ELSEWHERE.items() if m.startswith(public)}
    return {
        "names": [name for name in okrlab.__all__ if name not in elsewhere],
        "elsewhere": elsewhere,
        "version": okrlab.__version__,
        "warm": ["numpy", "pandas", "okrlab", "okrlab.errors"],
    }
