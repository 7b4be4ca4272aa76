"""What a submission can see of this computer: an interpreter, its libraries, public data. No more.

Everything is named one by one: no home folder, no folder of packages as a whole, nothing of okrlab
but the parts without keys.
"""

from __future__ import annotations

import os
import re
import sys
import sysconfig
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

PACKAGES = ("numpy", "pandas", "altair")
"""What learners may import beside the standard library, with all that these need."""

PUBLIC = ("errors.py", "model", "analyser", "simulation")
"""Parts of okrlab that hold no key."""

SYSTEM = ("/usr/lib", "/usr/lib64", "/lib", "/lib64", "/lib32", "/libx32")
FILES = ("/etc/ld.so.cache", "/usr/share/zoneinfo")
DEVICES = ("/dev/null", "/dev/zero", "/dev/urandom", "/dev/random")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_PACKAGE_FOLDERS = ("site-packages", "dist-packages")


@dataclass(frozen=True)
class View:
    """What can be seen.

    Attributes:
        python: the interpreter, without links.
        readable: files and folders, without links and without `hidden` below them.
        hidden: what lies in `readable` and must not be seen.
        links: in the system's root, as (where, to what).
        path: folders for `sys.path`: the standard library and the packages.
        data: the folder of the data sets.
    """

    python: str
    readable: tuple[str, ...]
    hidden: tuple[str, ...]
    links: tuple[tuple[str, str], ...]
    path: tuple[str, ...]
    data: str

    def expanded(self) -> list[str]:
        """`readable` without `hidden`, for walls that can't hide a part of what they show."""
        return list(dict.fromkeys(p for root in self.readable for p in _without(root, self.hidden)))


def view(stage: Path, packages: Iterable[str] = PACKAGES) -> View:
    """What submissions are shown.

    Args:
        stage: an empty folder, in which links to the allowed packages are made.
        packages: names of distributions that may be imported.
    """
    links = [(root, os.readlink(root)) for root in SYSTEM if os.path.islink(root)]
    system = [root for root in SYSTEM if os.path.isdir(root) and not os.path.islink(root)]
    python = os.path.realpath(getattr(sys, "_base_executable", sys.executable))
    standard = [os.path.realpath(sysconfig.get_path(n)) for n in ("stdlib", "platstdlib")]
    library = os.path.realpath(sysconfig.get_config_var("LIBDIR") or standard[0])
    shared = [str(p) for p in Path(library).glob("libpython3*.so*") if not p.is_symlink()]
    if os.path.isdir(os.path.join(sys.base_prefix, "conda-meta")):  # conda has libraries of its own
        shared.append(library)
    targets = _stage(stage, packages)
    data = os.path.realpath(_own() / "content" / "data")
    found = [*system, python, *standard, *shared, *FILES, str(stage), *targets, data]
    real = [os.path.realpath(path) for path in found if os.path.exists(path)]
    readable = _outermost(real)
    return View(
        python,
        tuple(readable),
        tuple(_hidden(readable, real)),
        tuple(links),
        (str(stage), standard[0], f"{standard[0]}/lib-dynload"),
        data,
    )


def _stage(stage: Path, packages: Iterable[str]) -> list[str]:
    """Link the allowed packages into the folder; returns where the links lead."""
    own = stage / "okrlab"
    own.mkdir()
    inside = _own() / "grading" / "inside"
    links = {own / name: _own() / name for name in PUBLIC}
    links[own / "__init__.py"] = inside / "okrlab_stand_in.py"
    links[own / "charts.py"] = inside / "charts_stand_in.py"
    links[stage / "okrlab_inside"] = inside
    (stage / "IPython").mkdir()
    for name in ("__init__.py", "display.py"):
        links[stage / "IPython" / name] = inside / "ipython_stand_in.py"
    for top in sorted(set(_tops(packages))):
        links.setdefault(stage / top.name, top)
    for place, target in links.items():
        place.symlink_to(os.path.realpath(target))
    return [os.path.realpath(target) for target in links.values()]


def _tops(packages: Iterable[str]) -> Iterator[Path]:
    """The files and folders of distributions and of all that they need."""
    waiting, seen = list(packages), set[str]()
    while waiting:
        name = waiting.pop()
        if name.casefold() in seen:
            continue
        seen.add(name.casefold())
        try:
            found = distribution(name)
        except PackageNotFoundError:
            continue
        for text in found.requires or ():
            name, _, condition = text.partition(";")
            needed = _NAME.match(name)
            if needed and "extra" not in condition:  # what is not installed is passed over above
                waiting.append(needed[0])
        for file in found.files or ():
            top = file.parts[0]
            if top not in ("..", "__pycache__") and not top.endswith(".pth"):
                yield Path(str(found.locate_file(top)))


def _hidden(readable: Iterable[str], shown: Iterable[str]) -> Iterator[str]:
    """Folders of packages, and what okrlab holds, wherever they lie in what is shown."""
    shown = set(shown)
    for root in readable:
        for folder in _PACKAGE_FOLDERS:
            for depth in ("", "python*/"):
                yield from map(str, Path(root).glob(f"{depth}{folder}"))
    private = [_own() / name for name in ("content", "grading", "cli", "authoring", "course")]
    for path in map(os.path.realpath, private):
        if any(_within(path, root) for root in readable) and path not in shown:
            yield path


def _own() -> Path:
    return Path(str(import_module("okrlab").__file__)).parent


def _within(path: str, root: str) -> bool:
    return path == root or path.startswith(root.rstrip("/") + "/")


def _outermost(paths: Iterable[str]) -> list[str]:
    """The paths that lie in no other of them, except those in a folder of packages."""
    kept: list[str] = []
    for path in sorted(set(paths), key=lambda p: (p.count("/"), p)):
        inside = next((root for root in kept if _within(path, root)), None)
        rest = path[len(inside) :] if inside else ""
        if inside is None or any(f"/{name}" in rest for name in _PACKAGE_FOLDERS):
            kept.append(path)
    return kept


def _without(root: str, hidden: Iterable[str]) -> Iterator[str]:
    """What a root shows once the hidden is left out, in as few paths as possible."""
    below = [path for path in hidden if _within(path, root)]
    if root in below:
        return
    if not below or not os.path.isdir(root):
        yield root
        return
    for entry in sorted(os.scandir(root), key=lambda e: e.name):
        if entry.is_symlink() and not os.path.exists(entry.path):
            continue
        if entry.is_dir() or entry.is_file():
            yield from _without(entry.path, below)
