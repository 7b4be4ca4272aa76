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


def out_of_reach(where: str, why: str) -> StorageError:
    """No server answers."""
    return StorageError(
        f"Progress could not be read or saved in {where}, because the database server can't be "
        f"reached ({why}). See whether you are online, then go on; if it lasts, tell your coach."
    )


def wrong_login(where: str) -> StorageError:
    """The server knows no such login, or the password is another."""
    return StorageError(
        f"{where} was not opened, because the server does not accept this login. Ask your coach "
        "for a new code and join again with: okrlab class enrol CODE --at URL"
    )


def not_allowed(where: str) -> StorageError:
    """The login may not do this."""
    return StorageError(
        f"Nothing was changed in {where}, because this login may not do that. A learner's login "
        "keeps and reads only that learner's own answers: see whether OKRLAB_LEARNER is the name "
        "under which you joined the class."
    )


def crowded(where: str) -> StorageError:
    """Too many others are connected."""
    return StorageError(
        f"Progress could not be read or saved in {where}, because too many others are connected "
        "to the server. Go on in a moment."
    )


def no_driver(where: str) -> StorageError:
    """The part that speaks to PostgreSQL is not installed."""
    return StorageError(
        f"{where} was not opened, because the driver for PostgreSQL is not installed. "
        "Install it with: pip install 'okrlab[postgres]'"
    )


def not_set_up(where: str, *, is_new: bool) -> StorageError:
    """The login may not make or change the tables."""
    what = "has no tables of okrlab yet" if is_new else "was made by an older okrlab"
    return StorageError(
        f"{where} was not opened, because it {what}, and this login may not change that. Let the "
        "owner of the database run this once, with their own login and this version of okrlab: "
        "okrlab progress"
    )
