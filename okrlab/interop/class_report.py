"""A class report from a source to files: read, put together, write."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from okrlab.assessment.class_report import ClassReport, class_report
from okrlab.content import Library
from okrlab.errors import OkrlabError
from okrlab.interop.class_report_html import page
from okrlab.interop.class_report_xlsx import workbook
from okrlab.interop.class_source import ClassData, demo_class, read_class

KINDS = (".html", ".xlsx", ".json")
"""What a report can be written as."""


def report_of(
    source: str | Sequence[str] | None, library: Library, now: datetime, *, names: bool = False
) -> tuple[ClassReport, list[str]]:
    """A class's report, and in words what could not be read.

    Args:
        source: as `read_class` takes it; None for the made-up class.
        library: the content.
        now: the time.
        names: whether learners stand under their own names.

    Raises:
        OkrlabError: nothing can be read.
    """
    data = demo_class(library, now) if source is None else read_class(source, library)
    return of_data(data, library, now, names=names), data.problems


def of_data(data: ClassData, library: Library, now: datetime, *, names: bool) -> ClassReport:
    """The report on what was read."""
    shown = {who: data.names.get(who, who) for who in data.attempts} if names else None
    return class_report(
        data.attempts, library, now, name=data.name, names=shown, generated=data.generated
    )


def write_report(report: ClassReport, path: Path, library: Library) -> None:
    """Write a report as the page, workbook or JSON that the file's ending asks for.

    Raises:
        OkrlabError: an ending that is not known, or the file can't be written.
    """
    match path.suffix.lower():
        case ".html":
            data = page(report, library).encode("utf-8", "replace")
        case ".xlsx":
            data = workbook(report)
        case ".json":
            text = json.dumps(report.plain(), ensure_ascii=False, indent=1, allow_nan=False)
            data = f"{text}\n".encode("utf-8", "replace")
        case _:
            raise OkrlabError(
                f"{path} was not written: a report can be a file ending in {', '.join(KINDS)}."
            )
    beside = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(data)
        os.replace(beside, path)
    except OSError as error:
        with suppress(OSError):
            beside.unlink()
        raise OkrlabError(
            f"{path} cannot be written: {error.strerror or error}. Choose another place."
        ) from error
