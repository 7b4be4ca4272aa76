"""The walls that a process puts around itself before it runs a submission. Linux, through ctypes.

Numbers are the kernel's (capability.h, prctl.h, landlock.h, mount.h); the same on every processor,
except for the system calls of the filter, which comes in ready.
"""

from __future__ import annotations

import ctypes
import os
import resource
import struct
from collections.abc import Iterable
from typing import Any

CLONE_NEWNS, CLONE_NEWUTS, CLONE_NEWIPC = 0x00020000, 0x04000000, 0x08000000
CLONE_NEWUSER, CLONE_NEWNET = 0x10000000, 0x40000000
MS_NOSUID, MS_NODEV, MS_NOEXEC, MS_REC, MS_PRIVATE = 2, 4, 8, 16384, 1 << 18
PR_CAPBSET_DROP, PR_SET_SECCOMP, PR_SET_NO_NEW_PRIVS, PR_CAP_AMBIENT = 24, 22, 38, 47
PR_CAP_AMBIENT_CLEAR_ALL, PR_SET_DUMPABLE, SECCOMP_MODE_FILTER = 4, 4, 2
CAPABILITY_VERSION = 0x20080522
LAST_CAPABILITY = 63

CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446
VERSION_FLAG, RULE_PATH = 1, 1
EXECUTE, WRITE_FILE, READ_FILE, READ_DIR = 1, 2, 4, 8
OF_FILES = EXECUTE | WRITE_FILE | READ_FILE | 1 << 14 | 1 << 15
FS_RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15}
"""By version, how many rights over files there are (from 5 on 16)."""
SCOPES = 3
"""No connection to abstract sockets outside, no signals to processes outside (from version 6)."""

_libc = ctypes.CDLL(None, use_errno=True)


class WallError(OSError):
    """A wall that could not be put up: then nothing is run."""


def _done(result: int, what: str) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise WallError(number, f"{what}: {os.strerror(number)}")
    return result


def unshare(flags: int) -> None:
    """Leave the namespaces that `flags` name."""
    _done(_libc.unshare(flags), "unshare")


def mount(kind: str, place: str, flags: int, data: str) -> None:
    """Mount a file system."""
    arguments = (kind.encode(), place.encode(), kind.encode(), ctypes.c_ulong(flags), data.encode())
    _done(_libc.mount(*arguments), f"mount {place}")


def prctl(*values: Any) -> int:
    """Call prctl."""
    padded = [ctypes.c_ulong(v) if isinstance(v, int) else v for v in (*values, 0, 0, 0, 0)[:5]]
    return _done(_libc.prctl(*padded), f"prctl {values[0]}")


# -- namespaces -----------------------------------------------------------------------------------


def leave_namespaces() -> bool:
    """Enter a network, mount and ipc namespace of one's own; whether the kernel let us."""
    flags = CLONE_NEWNS | CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS
    uid, gid = os.geteuid(), os.getegid()
    try:
        if uid == 0:
            unshare(flags)
        else:
            unshare(flags | CLONE_NEWUSER)
            for name, text in (
                ("setgroups", "deny"),
                ("uid_map", f"{uid} {uid} 1"),
                ("gid_map", f"{gid} {gid} 1"),
            ):
                with open(f"/proc/self/{name}", "w", encoding="ascii") as stream:
                    stream.write(text)
        _done(_libc.mount(b"none", b"/", None, ctypes.c_ulong(MS_REC | MS_PRIVATE), None), "mount")
    except OSError:
        return False
    return True


def private_folder(place: str, size: int, files: int, uid: int, gid: int) -> None:
    """Put an empty folder in memory in place of `place`, for this process alone."""
    unshare(CLONE_NEWNS)
    data = f"size={size},nr_inodes={files},mode=0700,uid={uid},gid={gid}"
    mount("tmpfs", place, MS_NOSUID | MS_NODEV | MS_NOEXEC, data)


# -- limits and rights ----------------------------------------------------------------------------


def limit(cpu: int, memory: int, file_size: int) -> None:
    """Limit CPU seconds, bytes of address space beyond those in use, and bytes of a file."""
    resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (file_size, file_size))
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if memory:
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def become(uid: int, gid: int) -> None:
    """Be this user from here on, for good."""
    os.setgroups([])
    os.setresgid(gid, gid, gid)
    os.setresuid(uid, uid, uid)


def drop_rights() -> None:
    """Give up every capability, and the way to ever get one."""
    prctl(PR_SET_NO_NEW_PRIVS, 1)
    prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL)
    for capability in range(LAST_CAPABILITY + 1):
        if _libc.prctl(PR_CAPBSET_DROP, ctypes.c_ulong(capability), 0, 0, 0) < 0:
            break  # not ours to drop, or the kernel has no more of them
    header = struct.pack("=II", CAPABILITY_VERSION, 0)
    _done(_libc.capset(header, struct.pack("=6I", 0, 0, 0, 0, 0, 0)), "capset")


def filter_calls(code: bytes) -> None:
    """Let the kernel refuse every system call that the filter does not name."""
    kept = ctypes.create_string_buffer(code, len(code))
    program = struct.pack("@HP", len(code) // 8, ctypes.addressof(kept))
    prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.c_char_p(program))


# -- Landlock -------------------------------------------------------------------------------------


def landlock_version() -> int:
    """The kernel's version of Landlock; 0 when it has none or has it switched off."""
    found = _libc.syscall(CREATE_RULESET, None, ctypes.c_size_t(0), ctypes.c_uint32(VERSION_FLAG))
    return max(0, int(found))


def landlock_rules(readable: Iterable[str], writable: Iterable[str]) -> int:
    """A ruleset that shows these paths and no other; returns its file descriptor."""
    version = landlock_version()
    rights = (1 << FS_RIGHTS.get(version, 16)) - 1
    sized = struct.pack("=QQQ", rights, 3, SCOPES)
    size = 8 if version < 4 else 16 if version < 6 else 24
    ruleset = _libc.syscall(CREATE_RULESET, sized[:size], ctypes.c_size_t(size), 0)
    _done(ruleset, "landlock_create_ruleset")
    for paths, allowed in ((readable, EXECUTE | READ_FILE | READ_DIR), (writable, rights)):
        for path in paths:
            here = os.open(path, os.O_PATH | os.O_CLOEXEC)
            given = allowed if os.path.isdir(path) else allowed & OF_FILES & rights
            rule = struct.pack("=Qi", given & rights, here)
            added = _libc.syscall(ADD_RULE, ruleset, RULE_PATH, rule, 0)
            os.close(here)
            _done(added, f"landlock_add_rule {path}")
    return int(ruleset)


def landlock(ruleset: int) -> None:
    """See nothing but what the ruleset shows, from here on."""
    prctl(PR_SET_NO_NEW_PRIVS, 1)
    _done(_libc.syscall(RESTRICT_SELF, ruleset, 0), "landlock_restrict_self")
