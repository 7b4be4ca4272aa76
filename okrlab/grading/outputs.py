"""Writing what marking gave: tables, JSON, feedback. A file that would not change is left alone."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from okrlab.content import Library
from okrlab.errors import OkrlabError
from okrlab.grading import tables
from okrlab.grading.feedback import page
from okrlab.grading.find import file_name
from okrlab.grading.results import STATUSES, Marked, misconceptions, plain

FORMAT = 1


def write_results(marked: Sequence[Marked], out: Path, library: Library) -> list[Path]:
    """Write everything; returns the files that were written or changed.

    Raises:
        OkrlabError: the folder can't be written.
    """
    titles = {name: idea.title for name, idea in library.misconceptions.items()}
    files: dict[Path, bytes] = {
        out / "results.json": _json(marked, titles).encode(),
        out / "results.csv": _csv(tables.RESULTS, tables.result_rows(marked)),
        out / "summary.csv": _csv(tables.SUMMARY, tables.summary_rows(marked)),
        out / "gradebook.csv": _csv(tables.GRADEBOOK, tables.gradebook_rows(marked)),
    }
    for learner in dict.fromkeys(m.learner for m in marked):
        own = [m for m in marked if m.learner == learner]
        text = page(learner, own, titles)
        files[out / "feedback" / f"{file_name(learner)}.html"] = text.encode("utf-8", "replace")
    try:
        changed = [path for path, data in files.items() if _settle(path, data)]
        book = out / "results.xlsx"  # its bytes carry the time, so it follows the JSON
        if out / "results.json" in changed or not book.is_file():
            _settle(book, tables.workbook(marked, titles))
            changed.append(book)
        changed += _remove_old(out / "feedback", set(files))
    except OSError as error:
        raise OkrlabError(
            f"The results cannot be written to {out}: {error.strerror or error}. Choose another "
            "place with --out; what was marked is kept and not marked again."
        ) from error
    return changed


def _csv(header: Sequence[str], rows: Sequence[tables.Row]) -> bytes:
    return b"\xef\xbb\xbf" + tables.csv_text(header, rows).encode("utf-8", "replace")


def _json(marked: Sequence[Marked], titles: dict[str, str]) -> str:
    counts = {s: n for s in STATUSES if (n := sum(m.status == s for m in marked))}
    data: dict[str, Any] = {
        "format": FORMAT,
        "submissions": len(marked),
        "statuses": counts,
        "misconceptions": [
            {"misconception": name, "title": titles.get(name, ""), "learners": count}
            for name, count in misconceptions(marked)
        ],
        "results": [plain(replace(m)) for m in marked],
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _settle(path: Path, data: bytes) -> bool:
    """Make the file hold the data; whether it did not before."""
    if path.is_file() and path.read_bytes() == data:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        beside.write_bytes(data)
        os.replace(beside, path)
    finally:
        beside.unlink(missing_ok=True)
    return True


def _remove_old(folder: Path, kept: set[Path]) -> list[Path]:
    """Feedback of somebody who is no longer among the submissions."""
    old = [path for path in folder.glob("*.html") if path not in kept]
    for path in old:
        path.unlink()
    return old
