"""docs/checks/: one page for each check of the analyser, made from its docstring."""

from __future__ import annotations

import inspect
from pathlib import Path

from okrlab.analyser.checks import check_modules

INTRO = (
    "# The checks\n\n"
    "What the analyser asks of a statement. Each page is the docstring of the check's module in\n"
    "`okrlab/analyser/checks/`; `okrlab author checks` writes them anew, and a test compares.\n\n"
    "| check | what it notices |\n|-|-|\n"
)


def check_pages() -> dict[str, str]:
    """The pages by file name, the index (README.md) first."""
    pages: dict[str, str] = {}
    rows = []
    for name, module in check_modules().items():
        title, _, body = inspect.cleandoc(module.__doc__ or "").partition("\n")
        head, _, about = title.partition(": ")
        number, _, label = head.partition(" ")
        file = f"{name.replace('_', '-')}.md"
        body = body.replace("\nDoesn't fire on:", "\n\nDoesn't fire on:")
        for mark in ("Fires on:", "Doesn't fire on:"):
            body = body.replace(f"\n{mark}", f"\n**{mark}**")
        pages[file] = f"# {number} {label}\n\n{about[:1].upper()}{about[1:]}\n{body}\n"
        rows.append(f"| [{number} {label}]({file}) | {about} |")
    return {"README.md": INTRO + "\n".join(rows) + "\n", **pages}


def write_check_pages(root: Path, *, check: bool = False) -> list[str]:
    """Write docs/checks/ in `root`, or with `check` only say what differs."""
    folder = root / "docs" / "checks"
    pages = check_pages()
    said = []
    for name, text in pages.items():
        path = folder / name
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            said.append(f"docs/checks/{name}")
            if not check:
                folder.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
    stale = [p for p in folder.glob("*.md") if p.name not in pages] if folder.is_dir() else []
    for path in stale:
        said.append(f"docs/checks/{path.name} (no such check any more)")
        if not check:
            path.unlink()
    return said
