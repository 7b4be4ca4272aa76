"""Which walls this computer can put around a submission, and the command that starts inside them.

Bubblewrap where it works; else Landlock and seccomp, with namespaces where the kernel lets us; else
none, and then no code is run unless the coach insists.
"""

from __future__ import annotations

import os
import platform
import shutil
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from okrlab.grading import _seccomp
from okrlab.grading.limits import Limits
from okrlab.grading.visible import DEVICES, View

NOBODY = 65534
SCRATCH = "/scratch"
CAPABILITIES = ("CAP_SETUID", "CAP_SETGID", "CAP_SYS_ADMIN", "CAP_KILL")
"""What the warm interpreter needs to wall in a submission, which itself gets none of it."""

BUBBLEWRAP, LANDLOCK, NONE = "bubblewrap", "landlock", "none"
KINDS = (BUBBLEWRAP, LANDLOCK, NONE)

WORDS = {
    BUBBLEWRAP: "a bubblewrap sandbox: no network, no files but Python's, limits on everything",
    LANDLOCK: "a sandbox of Landlock and seccomp: no network, no files but Python's, limits",
    NONE: "NO sandbox, only limits on time and memory (--unsafe)",
}


@dataclass(frozen=True)
class Walls:
    """One kind of walls, ready to be put up.

    Attributes:
        kind: one of `KINDS`.
        why: why no better kind was chosen; empty for the best.
    """

    kind: str
    why: str = ""

    def words(self) -> str:
        """What they are, in a line."""
        return WORDS[self.kind] + (f" ({self.why})" if self.why else "")

    def command(self, seen: View, control: int) -> list[str]:
        """The command that starts the warm interpreter.

        Args:
            seen: what it can see.
            control: the file descriptor of its control socket.
        """
        folder = seen.path[0]
        start = f"import sys; sys.path.insert(0, {folder!r}); from okrlab_inside.zygote import main"
        python = [seen.python, "-I", "-S", "-B", "-X", "utf8", "-c", f"{start}; main()"]
        if self.kind == BUBBLEWRAP:
            return [*_bubblewrap(seen), *python, str(control)]
        return [*python, str(control)]

    def settings(self, seen: View, scratch: str, limits: Limits) -> dict[str, Any]:
        """What the warm interpreter is told."""
        root = hasattr(os, "geteuid") and os.geteuid() == 0
        walled = self.kind != NONE
        leave = self.kind == BUBBLEWRAP or all(_open_to_all(p) for p in (seen.python, scratch))
        return {
            "path": list(seen.path),
            "data": seen.data,
            "scratch": SCRATCH if self.kind == BUBBLEWRAP else scratch,
            "scratch_size": limits.scratch,
            "scratch_files": limits.scratch_files,
            "cpu": limits.cpu_seconds,
            "memory": limits.memory if sys.platform == "linux" else 0,
            "user": [NOBODY, NOBODY] if root and leave and walled else None,
            "walls": walled,
            "private": self.kind == BUBBLEWRAP,
            "namespaces": self.kind == LANDLOCK,
            "readable": seen.expanded() if self.kind == LANDLOCK else [],
            "filter": _seccomp.seccomp_filter(platform.machine()).hex() if walled else "",
        }


def candidates(unsafe: bool) -> list[Walls]:
    """The kinds to try on this computer, the best first; each has to prove itself by a run."""
    if sys.platform != "linux" or not _seccomp.known(platform.machine()):
        why = "the walls need Linux on x86-64 or ARM64; on Windows use WSL"
        return [Walls(NONE, why)] if unsafe and hasattr(os, "fork") else []
    if unsafe:
        return [Walls(NONE)]
    found = [Walls(BUBBLEWRAP)] if shutil.which("bwrap") else []
    why = "bubblewrap does not work here" if found else "bubblewrap is not installed"
    from okrlab.grading.inside.walls import landlock_version

    return [*found, Walls(LANDLOCK, why)] if landlock_version() else found


def without(walls: Walls, why: str) -> Walls:
    """The same walls, with another reason."""
    return replace(walls, why=why)


def environment() -> dict[str, str]:
    """All that the warm interpreter gets of the environment."""
    threads = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")
    return {
        "LANG": "C.UTF-8",
        "TZ": "UTC",
        "HOME": SCRATCH,
        "TMPDIR": SCRATCH,
        "PATH": "",
        **dict.fromkeys(threads, "1"),
    }


def _bubblewrap(seen: View) -> list[str]:
    command = [str(shutil.which("bwrap")), "--die-with-parent", "--new-session", "--clearenv"]
    command += ["--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts"]
    command += ["--unshare-cgroup-try", "--hostname", "sandbox", "--cap-drop", "ALL"]
    if os.geteuid() == 0:
        kept = list(CAPABILITIES)
    else:
        kept = ["CAP_SYS_ADMIN"]
        command += ["--unshare-user", "--uid", str(NOBODY), "--gid", str(NOBODY)]
    for name in kept:
        command += ["--cap-add", name]
    for name, value in environment().items():
        command += ["--setenv", name, value]
    shown = [path for path in seen.readable if not _in_one_of(path, seen.hidden)]
    nested = [path for path in seen.readable if _in_one_of(path, seen.hidden)]
    for parent in _parents((*shown, *nested)):  # bubblewrap itself would make them root's alone
        command += ["--perms", "0755", "--dir", parent]
    for path in shown:
        command += ["--ro-bind", path, path]
    for place, target in seen.links:
        command += ["--symlink", target, place]
    for path in seen.hidden:
        command += ["--tmpfs", path]
    for path in nested:
        command += ["--ro-bind", path, path]
    for path in DEVICES:
        command += ["--dev-bind-try", path, path]
    command += ["--dir", SCRATCH]
    for path in (*seen.hidden, "/"):
        command += ["--remount-ro", path]
    return [*command, "--chdir", "/", "--"]


def _parents(paths: tuple[str, ...]) -> list[str]:
    """Every folder above the paths, the outermost first."""
    found = {str(parent) for path in paths for parent in Path(path).parents}
    return sorted(found - {"/", *paths}, key=lambda p: (p.count("/"), p))


def _in_one_of(path: str, folders: tuple[str, ...]) -> bool:
    return any(path.startswith(f"{folder}/") for folder in folders)


def _open_to_all(path: str) -> bool:
    """Whether any user of this computer can reach a path."""
    return all(os.stat(p).st_mode & 0o001 for p in (path, *map(str, Path(path).parents)))
