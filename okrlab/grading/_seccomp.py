"""The system calls that a submission may make, as a seccomp filter.

Only what a process needs that computes and keeps files of its own: it starts no process, opens no
socket, signals nobody, mounts nothing. Anything else fails with "Operation not permitted", which
Python shows as an ordinary error, so that one forbidden call costs one cell.

Numbers: Linux's own tables (`asm/unistd_64.h`, `asm-generic/unistd.h`). Form of the filter: classic
BPF over `struct seccomp_data` (seccomp(2)).
"""

from __future__ import annotations

import errno
import struct
from dataclasses import dataclass

_X86_64 = """
    read=0 write=1 readv=19 writev=20 pread64=17 pwrite64=18 preadv=295 pwritev=296 lseek=8
    close=3 close_range=436 fstat=5 stat=4 lstat=6 newfstatat=262 statx=332 access=21
    faccessat=269 faccessat2=439 open=2 openat=257 getdents=78 getdents64=217 getcwd=79 chdir=80
    fchdir=81 mkdir=83 mkdirat=258 rmdir=84 unlink=87 unlinkat=263 rename=82 renameat=264
    renameat2=316 link=86 linkat=265 symlink=88 symlinkat=266 readlink=89 readlinkat=267 chmod=90
    fchmod=91 fchmodat=268 umask=95 utime=132 utimes=235 utimensat=280 ftruncate=77 truncate=76
    fallocate=285 fsync=74 fdatasync=75 fadvise64=221 statfs=137 fstatfs=138 dup=32 dup2=33
    dup3=292 fcntl=72 flock=73 pipe=22 pipe2=293 sendfile=40 copy_file_range=326 poll=7 ppoll=271
    select=23 pselect6=270 epoll_create=213 epoll_create1=291 epoll_ctl=233 epoll_wait=232
    epoll_pwait=281 eventfd=284 eventfd2=290 timerfd_create=283 timerfd_settime=286
    timerfd_gettime=287 nanosleep=35 clock_nanosleep=230 clock_gettime=228 clock_getres=229
    gettimeofday=96 time=201 times=100 getrusage=98 getpid=39 gettid=186 getppid=110 getuid=102
    geteuid=107 getgid=104 getegid=108 getresuid=118 getresgid=120 getgroups=115 getpgrp=111
    getpgid=121 getsid=124 uname=63 sysinfo=99 getrandom=318 getrlimit=97 getpriority=140 alarm=37
    setitimer=38 getitimer=36 pause=34 rt_sigaction=13 rt_sigprocmask=14 rt_sigreturn=15
    rt_sigpending=127 rt_sigtimedwait=128 rt_sigsuspend=130 sigaltstack=131 restart_syscall=219
    brk=12 mmap=9 munmap=11 mremap=25 mprotect=10 madvise=28 mincore=27 msync=26 futex=202
    set_robust_list=273 get_robust_list=274 set_tid_address=218 rseq=334 membarrier=324
    sched_yield=24 sched_getaffinity=204 sched_getparam=143 sched_getscheduler=145 getcpu=309
    exit=60 exit_group=231 wait4=61 waitid=247
"""

_AARCH64 = """
    read=63 write=64 readv=65 writev=66 pread64=67 pwrite64=68 preadv=69 pwritev=70 lseek=62
    close=57 close_range=436 fstat=80 newfstatat=79 statx=291 faccessat=48 faccessat2=439
    openat=56 getdents64=61 getcwd=17 chdir=49 fchdir=50 mkdirat=34 unlinkat=35 renameat=38
    renameat2=276 linkat=37 symlinkat=36 readlinkat=78 fchmod=52 fchmodat=53 umask=166
    utimensat=88 ftruncate=46 truncate=45 fallocate=47 fsync=82 fdatasync=83 fadvise64=223
    statfs=43 fstatfs=44 dup=23 dup3=24 fcntl=25 flock=32 pipe2=59 sendfile=71 copy_file_range=285
    ppoll=73 pselect6=72 epoll_create1=20 epoll_ctl=21 epoll_pwait=22 eventfd2=19
    timerfd_create=85 timerfd_settime=86 timerfd_gettime=87 nanosleep=101 clock_nanosleep=115
    clock_gettime=113 clock_getres=114 gettimeofday=169 times=153 getrusage=165 getpid=172
    gettid=178 getppid=173 getuid=174 geteuid=175 getgid=176 getegid=177 getresuid=148
    getresgid=150 getgroups=158 getpgid=155 getsid=156 uname=160 sysinfo=179 getrandom=278
    getrlimit=163 getpriority=141 setitimer=103 getitimer=102 rt_sigaction=134 rt_sigprocmask=135
    rt_sigreturn=139 rt_sigpending=136 rt_sigtimedwait=137 rt_sigsuspend=133 sigaltstack=132
    restart_syscall=128 brk=214 mmap=222 munmap=215 mremap=216 mprotect=226 madvise=233
    mincore=232 msync=227 futex=98 set_robust_list=99 get_robust_list=100 set_tid_address=96
    rseq=293 membarrier=283 sched_yield=124 sched_getaffinity=123 sched_getparam=121
    sched_getscheduler=120 getcpu=168 exit=93 exit_group=94 wait4=260 waitid=95
"""


@dataclass(frozen=True)
class _Machine:
    """A processor family: its audit number, its calls, and those looked at more closely."""

    audit: int
    plain: str
    clone: int
    clone3: int
    prlimit64: int
    ioctl: int
    prctl: int


_MACHINES = {
    "x86_64": _Machine(0xC000003E, _X86_64, 56, 435, 302, 16, 157),
    "aarch64": _Machine(0xC00000B7, _AARCH64, 220, 435, 261, 29, 167),
}

_LOAD, _JUMP_EQUAL, _JUMP_GREATER, _JUMP_SET, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_ALLOW, _KILL, _ERROR = 0x7FFF0000, 0x80000000, 0x00050000
_NUMBER, _ARCHITECTURE, _FIRST, _SECOND = 0, 4, 16, 24  # offsets in struct seccomp_data
_X32 = 0x40000000
_THREAD = 0x00010000  # CLONE_THREAD
_IOCTLS = (0x5401, 0x541B, 0x5421, 0x5450, 0x5451)  # TCGETS, FIONREAD, FIONBIO, FIONCLEX, FIOCLEX
_PRCTLS = (15, 16, 0x53564D41)  # PR_SET_NAME, PR_GET_NAME, PR_SET_VMA

Step = tuple[int, int, int, int]


def known(machine: str) -> bool:
    """Whether there is a filter for this kind of processor (`platform.machine()`)."""
    return machine in _MACHINES


def seccomp_filter(machine: str) -> bytes:
    """The filter for this kind of processor: an array of `struct sock_filter`.

    Raises:
        KeyError: there is none for it.
    """
    m = _MACHINES[machine]
    refused = _ERROR | errno.EPERM
    steps: list[Step] = [
        (_LOAD, 0, 0, _ARCHITECTURE),
        (_JUMP_EQUAL, 1, 0, m.audit),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, _NUMBER),
    ]
    if machine == "x86_64":
        steps += [(_JUMP_GREATER, 0, 1, _X32), (_RETURN, 0, 0, _KILL)]
    for entry in m.plain.split():
        steps += [(_JUMP_EQUAL, 0, 1, int(entry.partition("=")[2])), (_RETURN, 0, 0, _ALLOW)]
    thread: list[Step] = [
        (_LOAD, 0, 0, _FIRST),
        (_JUMP_SET, 0, 1, _THREAD),
        (_RETURN, 0, 0, _ALLOW),
    ]
    steps += _when(m.clone, [*thread, (_RETURN, 0, 0, refused)])
    # The flags of clone3 stand in memory that no filter can read; glibc then takes clone.
    steps += _when(m.clone3, [(_RETURN, 0, 0, _ERROR | errno.ENOSYS)])
    steps += _when(m.prlimit64, _one_of(_FIRST, (0,), refused))
    steps += _when(m.ioctl, _one_of(_SECOND, _IOCTLS, _ERROR | errno.ENOTTY))
    steps += _when(m.prctl, _one_of(_FIRST, _PRCTLS, refused))
    steps.append((_RETURN, 0, 0, refused))
    return b"".join(struct.pack("=HBBI", *step) for step in steps)


def _when(number: int, then: list[Step]) -> list[Step]:
    return [(_JUMP_EQUAL, 0, len(then), number), *then]


def _one_of(argument: int, allowed: tuple[int, ...], otherwise: int) -> list[Step]:
    steps: list[Step] = [(_LOAD, 0, 0, argument)]
    for value in allowed:
        steps += [(_JUMP_EQUAL, 0, 1, value), (_RETURN, 0, 0, _ALLOW)]
    return [*steps, (_RETURN, 0, 0, otherwise)]
