"""The warm interpreter: it imports what submissions use, then forks once for each of them.

It holds no key. Over its control socket come lines of JSON: first the settings, then ``{"run": 1}``
with two file descriptors (the plan, and where to write the lines of the run), and ``{"kill": 1}``
while one is running. It answers ``{"ready": …}``, and after each run ``{"over": …}``.
"""

from __future__ import annotations

import ctypes  # noqa: F401  in memory before the walls are up
import gc
import json
import mmap
import os
import resource
import select
import signal
import socket
import sys
import time
from importlib import import_module
from pathlib import Path
from typing import Any

from . import child, walls

MESSAGE = 1 << 20


class Zygote:
    """Forks for each submission.

    Args:
        control: the socket to the marker.
        settings: see `okrlab.grading.worker`.
    """

    def __init__(self, control: socket.socket, settings: dict[str, Any]) -> None:
        self.control = control
        self.settings = settings
        self.private = bool(settings["private"])
        self.space = 0

    def prepare(self) -> dict[str, Any]:
        """Warm up and put up what can be put up once for all; returns what there is."""
        settings = self.settings
        for name in settings["warm"]:
            import_module(name)
        _prepare_stand_in(settings)
        if settings["namespaces"]:
            self.private = walls.leave_namespaces()
        self.space = _address_space() if settings["memory"] else 0
        gc.collect()
        gc.freeze()
        return {"private": self.private, "pid": os.getpid(), "uid": os.geteuid()}

    def serve(self) -> None:
        """Fork for each submission until the marker is gone."""
        while True:
            data, fds, _flags, _address = socket.recv_fds(self.control, MESSAGE, 2)
            if not data:
                return
            if len(fds) != 2:  # a kill that came too late
                continue
            pid = os.fork()
            if pid == 0:
                self._child(*fds)
            for fd in fds:
                os.close(fd)
            self._watch(pid)

    def _watch(self, pid: int) -> None:
        """Wait until the child is gone, and end it when the marker says so or is gone itself."""
        pidfd = os.pidfd_open(pid) if hasattr(os, "pidfd_open") else -1
        watched = [self.control] + ([pidfd] if pidfd >= 0 else [])
        while True:
            ready, _, _ = select.select(watched, [], [], None if pidfd >= 0 else 0.005)
            if self.control in ready:
                heard = self.control.recv(MESSAGE)
                os.kill(pid, signal.SIGKILL)
                if not heard:
                    os._exit(0)
            done, status = os.waitpid(pid, os.WNOHANG)
            if done:
                break
        if pidfd >= 0:
            os.close(pidfd)
        over = {"exit": os.waitstatus_to_exitcode(status)}
        self.control.sendall(json.dumps({"over": over}).encode() + b"\n")

    def _child(self, plan: int, out: int) -> None:
        """The forked process: walls, then the submission, then gone without a further step."""
        code = 97
        try:
            self.control.close()
            self._wall_in()
            code = 98
            child.main(plan, out)
            code = 0
        except BaseException as problem:
            if code == 97:
                os.write(out, json.dumps({"wall": str(problem)[:200]}).encode() + b"\n")
        finally:
            os._exit(code)

    def _wall_in(self) -> None:
        settings, scratch = self.settings, self.settings["scratch"]
        user = settings["user"]
        if self.private:
            owner = user or [os.geteuid(), os.getegid()]
            size, files = settings["scratch_size"], settings["scratch_files"]
            walls.private_folder(scratch, size, files, owner[0], owner[1])
        ruleset = -1
        if settings["readable"]:  # only now: a rule for the folder beneath would not hold here
            ruleset = walls.landlock_rules(settings["readable"], [scratch])
        memory = self.space + settings["memory"] if settings["memory"] else 0
        walls.limit(settings["cpu"], memory, settings["scratch_size"])
        if user:
            walls.become(*user)
        os.chdir(scratch)
        if settings["walls"]:
            walls.drop_rights()
        if ruleset >= 0:
            walls.landlock(ruleset)
            os.close(ruleset)
        if settings["filter"]:
            walls.filter_calls(bytes.fromhex(settings["filter"]))


def _address_space() -> int:
    """Bytes of address space in use: the lowest limit under which one more page can be had."""
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    low, high = 0, 1 << 40
    while high - low > 1 << 20:
        middle = (low + high) // 2
        resource.setrlimit(resource.RLIMIT_AS, (middle, hard))
        try:
            mmap.mmap(-1, mmap.PAGESIZE).close()
            high = middle
        except OSError:
            low = middle
    resource.setrlimit(resource.RLIMIT_AS, (hard, hard))
    return high


def _prepare_stand_in(settings: dict[str, Any]) -> None:
    okrlab = import_module("okrlab")
    okrlab._data = Path(settings["data"])  # type: ignore[attr-defined]
    okrlab._elsewhere = settings["elsewhere"]  # type: ignore[attr-defined]
    okrlab._names = settings["names"]  # type: ignore[attr-defined]
    okrlab.__all__ = sorted({*settings["names"], "exercise", "check", "data"})  # type: ignore[attr-defined]
    okrlab.__version__ = settings["version"]  # type: ignore[attr-defined]


def main() -> None:
    """Serve on the socket whose file descriptor is the last argument."""
    control = socket.socket(fileno=int(sys.argv[-1]))
    os.set_inheritable(control.fileno(), False)
    settings = json.loads(_line(control))
    sys.path[:0] = settings["path"]
    begun = time.monotonic()
    try:
        zygote = Zygote(control, settings)
        ready = zygote.prepare()
    except BaseException as problem:
        text = f"{type(problem).__name__}: {problem}"[:400]
        control.sendall(json.dumps({"failed": text}).encode() + b"\n")
        return
    with open(os.devnull, "wb") as nowhere:  # what a submission writes there must not fill a pipe
        os.dup2(nowhere.fileno(), 2)
    ready["seconds"] = time.monotonic() - begun
    control.sendall(json.dumps({"ready": ready}).encode() + b"\n")
    zygote.serve()


def _line(control: socket.socket) -> bytes:
    data = b""
    while not data.endswith(b"\n"):
        more = control.recv(MESSAGE)
        if not more:
            os._exit(0)
        data += more
    return data
