"""Which file answers which assignment."""

from __future__ import annotations

import os
from collections.abc import Sequence

from okrlab.grading.assignment import Assignment
from okrlab.grading.find import Found
from okrlab.grading.notebook import NotebookError, read_bytes, read_notebook

UNKNOWN = (
    "It belongs to none of the exercise notebooks: neither its name nor its cells say to which. "
    "Give the file the exercise's name."
)


def sort_out(
    found: Sequence[Found], assignments: Sequence[Assignment]
) -> tuple[list[tuple[Found, Assignment]], list[Found]]:
    """Of each learner and assignment one file, and those that belong to no assignment.

    Of several files of one learner the one with the plain name counts, else the latest.
    """
    best: dict[tuple[str, str], Found] = {}
    strange: list[Found] = []
    named = {assignment.name: assignment for assignment in assignments}
    for entry in found:
        assignment = _assignment(entry, named)
        if assignment is None:
            strange.append(entry)
            continue
        key = (entry.learner, assignment.name)
        before = best.get(key)
        if before is None or _rank(entry) > _rank(before):
            best[key] = entry
    return [(entry, named[name]) for (_, name), entry in best.items()], strange


def _assignment(entry: Found, named: dict[str, Assignment]) -> Assignment | None:
    """By its name, else by the folder above, else by what stands in it."""
    for name in (entry.stem, entry.path.parent.name):
        if name in named:
            return named[name]
    try:
        notebook = read_notebook(read_bytes(entry.path))
    except NotebookError:
        return next(iter(named.values())) if len(named) == 1 else None
    lessons = [a for a in named.values() if a.lesson == notebook.lesson]
    if notebook.lesson is not None and len(lessons) == 1:
        return lessons[0]
    marks = {cell.grade_id for cell in notebook.cells if cell.grade_id}
    shared = {a.name: len(marks & _grade_ids(a)) for a in named.values()}
    most = max(shared, key=lambda name: shared[name])
    return named[most] if shared[most] else None


def _rank(entry: Found) -> tuple[bool, int, str]:
    try:
        changed = os.lstat(entry.path).st_mtime_ns
    except OSError:
        changed = 0
    return entry.exact, changed, entry.file


def _grade_ids(assignment: Assignment) -> set[str]:
    return {cell.grade_id for cell in assignment.cells if cell.grade_id}
