"""`okrlab lab`: copy the course and open it in JupyterLab."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from okrlab.errors import OkrlabError

FIRST_PORT = 8888
TRIES = 20
TEMPLATE = "okrlab"
"""The template for Voilà, in okrlab/present."""

EXTENSIONS = (
    "anywidget",
    "@jupyter-widgets/jupyterlab-manager",
    "@voila-dashboards/widgets-manager8",
)
"""All that a presented page needs of what is installed for JupyterLab."""

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)


@app.command()
def lab(
    folder: Annotated[
        str, typer.Argument(help="Where your copy of the course goes, or already is.")
    ] = "okrlab-course",
    jupyter: Annotated[
        list[str] | None,
        typer.Argument(help="After --: anything else for JupyterLab.", metavar="[-- JUPYTER...]"),
    ] = None,
    port: Annotated[
        int | None,
        typer.Option(
            help=f"The port to serve on. Default: the first free one from {FIRST_PORT}.",
            min=1024,
            max=65535,
        ),
    ] = None,
    no_browser: Annotated[
        bool, typer.Option("--no-browser", help="Don't open a browser window.")
    ] = False,
) -> None:
    """Open the course in your browser.

    The course is copied to FOLDER, and you work on the copy. Run it again to go on: what you
    changed is never overwritten.
    """
    from okrlab.notebook.course import copy_course

    extra = list(jupyter or [])
    if folder.startswith("-"):  # `okrlab lab -- --flag`: click takes the flag for the folder
        folder, extra = "okrlab-course", [folder, *extra]
    chosen = free_port(port)
    target = Path(folder).expanduser()
    for line in copy_course(target).lines():
        typer.echo(line)
    typer.echo(f"Opening the course. It is served at 127.0.0.1:{chosen}, on this computer only.")
    typer.echo("To stop, press Ctrl+C here, then y. Your progress is kept.")
    start(lab_command(target, chosen, open_browser=not no_browser, extra=extra), target)


def free_port(wanted: int | None, command: str = "lab") -> int:
    """Return the port to serve on.

    Args:
        wanted: by the user; None for any free one.
        command: of okrlab, for the advice.

    Raises:
        OkrlabError: the wanted port is taken, or none of the usual ones is free.
    """
    if wanted is not None:
        if _is_free(wanted):
            return wanted
        free = next((port for port in range(wanted + 1, wanted + TRIES) if _is_free(port)), None)
        advice = f"--port {free}" if free else "another --port"
        raise OkrlabError(
            f"Port {wanted} is taken by another program, perhaps by a course that is still open. "
            f"Close that one, or choose another port: okrlab {command} {advice} "
            f"(with make: make {command} PORT={free or '…'})"
        )
    for port in range(FIRST_PORT, FIRST_PORT + TRIES):
        if _is_free(port):
            return port
    raise OkrlabError(
        f"The ports {FIRST_PORT} to {FIRST_PORT + TRIES - 1} are all taken. "
        f"Close a JupyterLab that you no longer need, or name a port: okrlab {command} --port 9100"
    )


def lab_command(
    folder: Path, port: int, *, open_browser: bool, extra: list[str], page: str = ""
) -> list[str]:
    """Return the command line that serves a copy of the course.

    Args:
        folder: the copy.
        port: to serve on.
        open_browser: whether a window opens by itself.
        extra: anything else for JupyterLab.
        page: the notebook that is opened first. Default: the welcome.
    """
    from okrlab.notebook.course import WELCOME

    command = [
        sys.executable,
        "-m",
        "jupyterlab",
        "--ServerApp.ip=127.0.0.1",
        f"--ServerApp.port={port}",
        "--ServerApp.port_retries=0",
        f"--ServerApp.root_dir={folder.resolve()}",
        f"--LabApp.default_url=/doc/tree/{page or WELCOME}",
        "--LabApp.extension_manager=readonly",
        "--log-level=ERROR",  # the address is printed all the same
    ]
    command += present_options() + kernel_options()
    if not open_browser:
        command.append("--no-browser")
    if hasattr(os, "geteuid") and os.geteuid() == 0:  # usual in containers; refused otherwise
        command.append("--allow-root")
    return command + extra


def present_options() -> list[str]:
    """Options for Voilà, which shows a page to a room."""
    return [
        f"--VoilaConfiguration.template={TEMPLATE}",
        *(f"--VoilaConfiguration.extension_allowlist={name}" for name in EXTENSIONS),
    ]


def kernel_options() -> list[str]:
    """Options for the kernels' connections."""
    import zmq

    # on a shared computer nobody listens in; without curve the kernel would warn
    return ["--KernelManager.transport_encryption=auto"] if zmq.has("curve") else []


def lab_environment(folder: Path) -> dict[str, str]:
    """Return the environment for JupyterLab.

    The course keeps its own window settings, and its kernel is the Python that runs okrlab, even
    where the user has other kernels or settings of the same name.
    """
    own = folder.resolve() / ".okrlab" / "lab"
    present = Path(__file__).parent.parent / "present"
    paths = [str(present), *os.environ.get("JUPYTER_PATH", "").split(os.pathsep)]
    return {
        **os.environ,
        "JUPYTER_PATH": os.pathsep.join(path for path in paths if path),
        "JUPYTER_PREFER_ENV_PATH": "1",
        "JUPYTERLAB_SETTINGS_DIR": str(own / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(own / "workspaces"),
    }


def start(command: list[str], folder: Path) -> None:
    """Turn this process into JupyterLab."""
    sys.stdout.flush()
    environment = lab_environment(folder)
    if os.name == "nt":  # no real exec there: the prompt would come back too early
        raise typer.Exit(subprocess.call(command, env=environment))  # noqa: S603
    os.execve(command[0], command, environment)  # noqa: S606


def _is_free(port: int) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        if os.name != "nt":  # there it would let two programs share the port
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True
