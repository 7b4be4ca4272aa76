"""Writing whole files, and setting damaged ones aside."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

MARK = "damaged"


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that, whatever happens, either the old or the new one is there whole."""
    beside = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        with beside.open("wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(beside, path)
    finally:
        beside.unlink(missing_ok=True)


def aside_name(path: Path, now: datetime) -> Path:
    """A free name beside `path` for a damaged file."""
    stem = f"{path.stem}.{MARK}-{now:%Y%m%d-%H%M%S}"
    names = (path.with_name(f"{stem}{n}{path.suffix}") for n in ("", *range(-2, -1000, -1)))
    return next(name for name in names if not name.exists())


def set_aside_before(path: Path) -> list[Path]:
    """Damaged files that were set aside from `path`, oldest first."""
    start = f"{path.stem}.{MARK}-"
    if not path.parent.is_dir():
        return []
    return sorted(
        p for p in path.parent.iterdir() if p.name.startswith(start) and p.suffix == path.suffix
    )


def aside_notice(aside: Path, saved: int) -> str:
    """What the learner must know of a damaged file."""
    kept = "1 answer" if saved == 1 else f"{saved} answers"
    return (
        f"The file with your progress was damaged. It was set aside as {aside}, and nothing in it "
        f"was deleted. {kept} could be read and are kept. You can go on."
    )
