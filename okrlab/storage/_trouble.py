"""What went wrong on a disk, in words: what happened, why, what to do next."""

from __future__ import annotations

import errno

from okrlab.errors import StorageError

FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG} if hasattr(errno, "EDQUOT") else {errno.ENOSPC}
DENIED = {errno.EACCES, errno.EPERM, errno.EROFS}
NO_FOLDER = {errno.ENOTDIR, errno.EEXIST, errno.EISDIR, errno.ENOENT, errno.ENAMETOOLONG}


def from_os(error: OSError, where: str) -> StorageError:
    """The same trouble as a `StorageError`."""
    if error.errno in FULL:
        return full(where)
    if error.errno in DENIED:
        return not_writable(where)
    if error.errno in NO_FOLDER:
        return no_place(where)
    return unclear(where, error.strerror or str(error))


def full(where: str) -> StorageError:
    """No space is left."""
    return StorageError(
        f"Progress could not be saved in {where}, because the disk is full. "
        "Free some space, then go on."
    )


def not_writable(where: str) -> StorageError:
    """The place may not be written to."""
    return StorageError(
        f"Progress could not be saved in {where}, because this file or its folder can't be written "
        "to. Allow writing there, or close the course, set OKRLAB_HOME to a folder of your own "
        "and open it again."
    )


def no_place(where: str) -> StorageError:
    """The place cannot hold a file."""
    return StorageError(
        f"Progress could not be saved in {where}, because there is no such folder and none can be "
        "made, or something else has that name. Move that out of the way, or close the course, "
        "set OKRLAB_HOME to a folder of your own and open it again."
    )


def busy(where: str) -> StorageError:
    """Another program holds the place for long."""
    return StorageError(
        f"Progress could not be saved in {where}, because another program keeps it locked. "
        "Close other programs that use this file, then go on."
    )


def newer(where: str, found: object, known: int) -> StorageError:
    """A later version of okrlab wrote it."""
    return StorageError(
        f"{where} was not opened, because a newer okrlab wrote it (format {found}; this one knows "
        f"format {known}). Nothing in it was changed. Bring okrlab up to date, or set OKRLAB_HOME "
        "to another folder to start a new record there."
    )


def foreign(where: str) -> StorageError:
    """A file of something else."""
    return StorageError(
        f"{where} was not opened, because it is not a progress file of okrlab. Nothing in it was "
        "changed. Choose another file with OKRLAB_STORE."
    )


def unclear(where: str, why: str) -> StorageError:
    """Anything else."""
    return StorageError(
        f"Progress could not be read or saved in {where}: {why}. "
        "See whether the disk is there and has space, then go on."
    )
