"""How much a submission may use."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Limits of one submission.

    Attributes:
        cell_seconds: wall time of one cell.
        seconds: wall time of the whole submission, runs without a stopped cell included.
        cpu_seconds: processor time of one run.
        memory: bytes beyond what the warm interpreter has in use.
        scratch: bytes of its own folder, and of any one file in it.
        scratch_files: files and folders in it.
        sent: bytes that it may send back.
        reruns: how often it is run again without a cell that was stopped.
    """

    cell_seconds: float = 10.0
    seconds: float = 60.0
    cpu_seconds: int = 60
    memory: int = 512 * 1024**2
    scratch: int = 64 * 1024**2
    scratch_files: int = 2_000
    sent: int = 4 * 1024**2
    reruns: int = 8
