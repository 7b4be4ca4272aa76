"""All that is special about PostgreSQL: reaching a server, and its troubles in words."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlalchemy.exc import SQLAlchemyError

from okrlab.errors import StorageError
from okrlab.storage import _trouble

CONNECT_PATIENCE = 5
"""Seconds to wait for a server that does not answer."""

PATIENCE = 15.0
"""Seconds to try again while the server has too much to do."""

TRY_AGAIN = {"40001", "40P01", "53300", "57P03"}
"""Serialisation, deadlock, too many connections, server is starting."""

CROWDED = ("too many clients", "remaining connection slots", "too many connections for role")
"""The same about connections, where libpq gives words only."""

FULL = {"53100", "53200"}
DENIED = {"42501", "25006"}
WRONG_LOGIN = ("password authentication failed", "no password supplied", "no pg_hba.conf entry")

T = TypeVar("T")


def server_url(url: sa.URL) -> sa.URL:
    """The URL with the driver that okrlab uses, also of ``postgres://`` and ``postgresql://``."""
    return url.set(drivername="postgresql+psycopg")


def shown(url: sa.URL) -> str:
    """Where the server is, without login and password."""
    return sa.URL.create(
        "postgresql", host=url.host or "localhost", port=url.port, database=url.database
    ).render_as_string()


def server_engine(url: sa.URL) -> Engine:
    """An engine that holds no connection while nothing is read or written.

    A class has more open notebooks than a server takes connections, and each of them writes once
    in a while only.

    Raises:
        StorageError: psycopg is not installed.
    """
    try:
        return sa.create_engine(
            url,
            poolclass=sa.NullPool,
            hide_parameters=True,
            use_native_hstore=False,  # one question less to the server
            connect_args={
                "connect_timeout": CONNECT_PATIENCE,
                "tcp_user_timeout": int(PATIENCE * 1000),
                "client_encoding": "utf8",
                "application_name": "okrlab",
            },
        )
    except ImportError as error:
        raise _trouble.no_driver(shown(url)) from error


def patiently(work: Callable[[], T], pause: Callable[[float], None] = time.sleep) -> T:
    """Do a whole transaction, again if the server was too busy for it. Other errors come through.

    Args:
        work: the transaction; it must be harmless to begin it again.
        pause: waits for so many seconds.
    """
    end = time.monotonic() + PATIENCE
    longest = 0.1
    while True:
        try:
            return work()
        except SQLAlchemyError as error:
            if not _is_busy(error) or time.monotonic() > end:
                raise
        pause(random.uniform(0.01, longest))  # noqa: S311 (not a secret; spreads a class out)
        longest = min(longest * 2, 2.0)


def from_postgres(error: BaseException, where: str) -> StorageError:
    """The same trouble as a `StorageError`; never with a password or with what was written."""
    code = getattr(error, "sqlstate", None)
    if code in FULL:
        return _trouble.full(where)
    if code in DENIED:
        return _trouble.not_allowed(where)
    first = (str(error).strip().splitlines() or ["no reason was given"])[0][:300]
    if code == "28P01" or any(words in str(error) for words in WRONG_LOGIN):
        return _trouble.wrong_login(where)
    if _is_crowded(error):
        return _trouble.crowded(where)
    if code is None or code.startswith(("08", "57P")):
        return _trouble.out_of_reach(where, first)
    return _trouble.unclear(where, first)


def is_postgres(error: Any) -> bool:
    """Whether psycopg raised it."""
    return type(error).__module__.partition(".")[0] == "psycopg"


def _is_busy(error: SQLAlchemyError) -> bool:
    cause = getattr(error, "orig", None)
    return getattr(cause, "sqlstate", None) in TRY_AGAIN or _is_crowded(cause)


def _is_crowded(error: object) -> bool:
    return any(words in str(error) for words in CROWDED)
