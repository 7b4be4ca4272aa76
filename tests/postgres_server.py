"""A PostgreSQL server of the tests' own: on loopback, in a folder that is deleted at the end."""

from __future__ import annotations

import hashlib
import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
import time
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

VARIABLE = "OKRLAB_TEST_POSTGRES"
"""Where processes that a test starts find the server."""

SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "fsync": "off",
    "full_page_writes": "off",
    "max_connections": "40",
    "shared_buffers": "32MB",
    "autovacuum": "off",
}


def binary(name: str) -> str:
    """A program of PostgreSQL: on the path, or where Debian puts it."""
    places = [Path(p) for p in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)]
    found = shutil.which(name, path=os.pathsep.join(map(str, places))) or shutil.which(name)
    if found is None:
        raise FileNotFoundError(
            f"{name} is needed to test the store on PostgreSQL. Run: make tools"
        )
    return found


def someone() -> dict[str, Any]:
    """Who runs the server: PostgreSQL refuses to be run by root."""
    if os.geteuid() != 0:
        return {}
    names = {entry.pw_name for entry in pwd.getpwall()}
    user = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


class PostgresServer:
    """A server that runs until `stop`; the same port and data after `start` again."""

    def __init__(self, settings: dict[str, str] = SETTINGS) -> None:
        self._settings = settings
        self._who = someone()
        open_to_all = "/tmp" if self._who and Path("/tmp").is_dir() else None
        self.folder = Path(tempfile.mkdtemp(prefix="okrlab-pg-", dir=open_to_all))
        self.password = secrets.token_hex(16)
        self.port = 0
        self._process: subprocess.Popen[bytes] | None = None
        secret = self.folder / "secret"
        secret.write_text(self.password)
        if self._who:
            for path in (secret, self.folder):
                os.chown(path, self._who["user"], self._who["group"])
        self._run(
            [binary("initdb"), "-D", str(self.data), "--no-sync", "-U", "owner"],
            ["-E", "UTF8", "--locale=C", "--auth=scram-sha-256", f"--pwfile={secret}"],
        )
        secret.unlink()
        for turn in range(3):  # another program may take the port in between
            self.port = _free_port()
            try:
                self.start()
                return
            except RuntimeError:
                if turn == 2:
                    raise

    @property
    def data(self) -> Path:
        """The folder of its data."""
        return self.folder / "data"

    def url(self, database: str = "postgres", login: str = "owner", password: str = "") -> str:
        """How to reach a database of it; by default as the owner of everything."""
        secret = password or self.password
        return f"postgresql://{login}:{secret}@127.0.0.1:{self.port}/{database}"

    def start(self) -> None:
        """Start it, and wait until it answers."""
        settings = {**self._settings, "unix_socket_directories": ""}
        options = [f"-c{name}={value}" for name, value in settings.items()]
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [binary("postgres"), "-D", str(self.data), f"-p{self.port}", *options],
                stdout=log,
                stderr=log,
                cwd=self.folder,
                **self._who,
            )
        end = time.monotonic() + 60
        while True:
            try:
                psycopg.connect(self.url(), connect_timeout=5).close()
                return
            except psycopg.OperationalError:
                if self._process.poll() is not None or time.monotonic() > end:
                    raise RuntimeError((self.folder / "log").read_text()) from None
                time.sleep(0.05)

    def stop(self) -> None:
        """Stop it at once, as when the machine is switched off."""
        if self._process is not None:
            self._process.send_signal(3)  # SIGQUIT: connections are cut off
            self._process.wait(30)
            self._process = None

    def remove(self) -> None:
        """Stop it and delete all of it."""
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def execute(self, statement: sql.Composable | str, database: str = "postgres") -> list[Any]:
        """Run a statement as the owner; return the rows."""
        return ask(self.url(database), statement)

    def _run(self, command: list[str], options: list[str]) -> None:
        done = subprocess.run(
            command + options, check=False, capture_output=True, cwd=self.folder, **self._who
        )
        if done.returncode:
            raise RuntimeError(done.stderr.decode())


def ask(url: str, statement: sql.Composable | str, *values: object) -> list[Any]:
    """Run a statement in a transaction of its own; return the rows."""
    if isinstance(statement, str):
        statement = sql.SQL(statement)  # type: ignore[arg-type]
    with closing(psycopg.connect(url)) as connection:
        cursor = connection.execute(statement, values or None)
        rows = cursor.fetchall() if cursor.description else []
        connection.commit()
        return rows


def database_at(folder: Path) -> str:
    """The URL of the database that stands for a folder; made when it is not there.

    It lets tests of stores in files run on a server: what has the same folder has the same
    database, in other processes as well.
    """
    name = "t" + hashlib.sha256(str(folder).encode()).hexdigest()[:20]
    url = os.environ[VARIABLE]
    statement = sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name))
    made_already = psycopg.errors.DuplicateDatabase, psycopg.errors.UniqueViolation
    with closing(psycopg.connect(url, autocommit=True)) as connection, suppress(*made_already):
        connection.execute(statement)
    return url.rpartition("/")[0] + "/" + name


def _free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
