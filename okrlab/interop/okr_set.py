"""OKR sets to take elsewhere (Markdown, CSV, JSON), and lists pasted from a spreadsheet.

What people typed is untrusted: cells that a spreadsheet would run as a formula are written as text,
marks that Markdown would act on are escaped, and what is read is bounded. A file in one of the
three formats, pasted again, gives the same lines; `okrlab review` reads the CSV file too.
"""

from __future__ import annotations

import csv
import html
import io
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from okrlab.errors import ContentError
from okrlab.interop.statements import OBJECTIVE_COLUMNS, TEXT_COLUMNS, read_list

Role = Literal["key_result", "kpi", "health_metric"]
Format = Literal["markdown", "csv", "json"]

ROLE_WORDS: dict[Role, str] = {
    "key_result": "Key result",
    "kpi": "KPI",
    "health_metric": "Health metric",
}
FILES: dict[Format, tuple[str, str]] = {
    "markdown": ("okr-set.md", "text/markdown"),
    "csv": ("okr-set.csv", "text/csv"),
    "json": ("okr-set.json", "application/json"),
}
"""Name and media type of each format's file."""

MAX_PASTED = 200_000
"""Most characters of a paste."""

MAX_LINES = 200
"""Of a longer list so many lines are read."""

MAX_TEXT = 2_000
"""A longer line is cut here."""


@dataclass(frozen=True)
class SetLine:
    """A line beneath an objective.

    Attributes:
        text: the statement.
        role: what it serves as in this set.
    """

    text: str
    role: Role


@dataclass(frozen=True)
class OkrSet:
    """An objective with what stands beneath it.

    Attributes:
        objective: "" when none was written.
        lines: key results, KPIs and health metrics.
    """

    objective: str
    lines: tuple[SetLine, ...] = ()

    def of(self, role: Role) -> tuple[SetLine, ...]:
        """The lines with that role, in order."""
        return tuple(line for line in self.lines if line.role == role)


@dataclass(frozen=True)
class PastedLine:
    """A line of a paste.

    Attributes:
        text: the statement.
        objective: what it stands beneath; "" when nothing does.
        role: the role that the paste says; None when it says none.
    """

    text: str
    objective: str = ""
    role: Role | None = None


@dataclass(frozen=True)
class Pasted:
    """What a paste holds.

    Attributes:
        lines: at most `MAX_LINES`.
        left_out: how many further lines there were.
        shortened: how many lines were cut to `MAX_TEXT` characters.
    """

    lines: tuple[PastedLine, ...]
    left_out: int = 0
    shortened: int = 0


# -- out ---------------------------------------------------------------------------------------


def export(sets: Iterable[OkrSet], form: Format) -> str:
    """The sets as the text of a file.

    Args:
        sets: objectives with their lines.
        form: "markdown", "csv" or "json".
    """
    return {"markdown": to_markdown, "csv": to_csv, "json": to_json}[form](sets)


def to_markdown(sets: Iterable[OkrSet]) -> str:
    """A heading for each objective, a bullet for each line, key results first."""
    blocks = []
    for one in sets:
        head = f"# Objective: {safe_markdown(one.objective) or '…'}"
        rows = [
            f"- **{ROLE_WORDS[line.role]}:** {safe_markdown(line.text)}" for line in _ordered(one)
        ]
        blocks.append("\n".join([head, "", *rows]).rstrip() + "\n")
    return "\n".join(blocks)


def to_csv(sets: Iterable[OkrSet]) -> str:
    """Columns objective, role, statement; no cell is a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(["objective", "role", "statement"])
    for one in sets:
        rows = [(ROLE_WORDS[line.role], line.text) for line in _ordered(one)] or [("", "")]
        writer.writerows([safe_cell(one.objective), role, safe_cell(text)] for role, text in rows)
    return out.getvalue()


def to_json(sets: Iterable[OkrSet]) -> str:
    """Objectives with three lists each."""
    payload = {
        "format": 1,
        "objectives": [
            {
                "objective": one.objective,
                "key_results": [line.text for line in one.of("key_result")],
                "kpis": [line.text for line in one.of("kpi")],
                "health_metrics": [line.text for line in one.of("health_metric")],
            }
            for one in sets
        ],
    }
    return json.dumps(payload, indent=2, ensure_ascii=False) + "\n"


def safe_cell(text: str) -> str:
    """The text on one line, and so that no spreadsheet takes it for a formula.

    A text that begins like a formula gets an apostrophe in front, which spreadsheets hide.
    """
    text = one_line(text)
    return f"'{text}" if re.match(r"'*[=+\-@＝＋－＠]", text) else text


def _ordered(one: OkrSet) -> list[SetLine]:
    return [line for role in ROLE_WORDS for line in one.of(role)]


def one_line(text: str) -> str:
    """Without line breaks and control characters, single spaces."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


_MARKS = re.compile(r"([\\`*_{}\[\]#|~!])")


def safe_markdown(text: str) -> str:
    """The text on one line, with the marks escaped that Markdown or HTML would act on."""
    return _MARKS.sub(r"\\\1", html.escape(one_line(text), quote=False))


# -- in ----------------------------------------------------------------------------------------

_ROLES: dict[str, Role] = {
    "key result": "key_result",
    "key results": "key_result",
    "key_result": "key_result",
    "metric key result": "key_result",
    "milestone key result": "key_result",
    "kr": "key_result",
    "kpi": "kpi",
    "kpis": "kpi",
    "indicator": "kpi",
    "health metric": "health_metric",
    "health metrics": "health_metric",
    "health_metric": "health_metric",
    "health": "health_metric",
    "guardrail": "health_metric",
    "guard rail": "health_metric",
}
_ROLE_COLUMNS = ("role", "type", "kind", "category")
_PREFIX = re.compile(
    r"(key results?|kr|kpi|health metric|guard ?rail)\s*\d{0,3}(?:\s*[:.)]|\s+[–-])\s+(?=\S)", re.I
)
_NUMBER = re.compile(r"[+\-−]?[$€£]?\s?\d[\d., ]{0,20}\s?(?:%|[A-Za-z$€£]{0,12})")


def read_pasted(text: str) -> Pasted:
    """The statements of cells copied from a spreadsheet, of a list, or of an exported file.

    Read are rows of cells (tabs between them, with or without a header), Markdown and plain lists
    as `read_list` reads them, and the three formats that `export` writes. A role in front, such as
    “KPI:”, is taken off the statement.

    Raises:
        ContentError: the paste is too long.
    """
    if len(text) > MAX_PASTED:
        raise ContentError(
            f"This paste has {len(text):,} characters; {MAX_PASTED:,} are read at a time. "
            "Paste it in pieces."
        )
    found = _from_json(text)
    if found is None:
        rows = _cells(text)
        found = _from_rows(rows) if rows is not None else _from_list(text)
    cleaned = [line for line in (_clean(line) for line in found) if line.text]
    kept = cleaned[:MAX_LINES]
    return Pasted(
        tuple(PastedLine(x.text[:MAX_TEXT], x.objective[:MAX_TEXT], x.role) for x in kept),
        left_out=len(cleaned) - len(kept),
        shortened=sum(len(line.text) > MAX_TEXT for line in kept),
    )


def _clean(line: PastedLine) -> PastedLine:
    return PastedLine(one_line(line.text), one_line(line.objective), line.role)


def _from_json(text: str) -> list[PastedLine] | None:
    if not text.lstrip().startswith("{"):
        return None
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return None
    listed = data.get("objectives") if isinstance(data, dict) else None
    if not isinstance(listed, list):
        return None
    found: list[PastedLine] = []
    names: tuple[tuple[str, Role], ...] = (
        ("key_results", "key_result"),
        ("kpis", "kpi"),
        ("health_metrics", "health_metric"),
    )
    for entry in listed:
        if not isinstance(entry, dict):
            continue
        title = entry.get("objective")
        for name, role in names:
            lines = entry.get(name)
            found += [
                PastedLine(line, title if isinstance(title, str) else "", role)
                for line in (lines if isinstance(lines, list) else [])
                if isinstance(line, str)
            ]
    return found


def _cells(text: str) -> list[list[str]] | None:
    """The rows of a table; None when the text is none."""
    first = next((row for row in text.splitlines() if row.strip()), "")
    if "\t" in text.strip():
        delimiter = "\t"
    else:
        delimiter = max(",;", key=first.count)
        names = {cell.strip(' "').casefold() for cell in first.split(delimiter)}
        if len(names) < 2 or not names & {*TEXT_COLUMNS}:
            return None
    try:
        rows = list(csv.reader(io.StringIO(text.lstrip("\ufeff"), newline=""), delimiter=delimiter))
    except csv.Error:
        rows = [row.split(delimiter) for row in text.splitlines()]
    return [[_unguarded(c.strip()) for c in row] for row in rows if any(c.strip() for c in row)]


def _unguarded(cell: str) -> str:
    """Without the apostrophe that keeps a cell from being a formula."""
    return cell[1:] if re.match(r"''*[=+\-@＝＋－＠]", cell) else cell


def _from_rows(rows: Sequence[Sequence[str]]) -> list[PastedLine]:
    if not rows:
        return []
    head = [cell.casefold() for cell in rows[0]]
    text_at = next((head.index(n) for n in TEXT_COLUMNS if n in head), None)
    objective_at = next((head.index(n) for n in OBJECTIVE_COLUMNS if n in head), None)
    role_at = next((head.index(n) for n in _ROLE_COLUMNS if n in head), None)
    if text_at is None:
        objective_at = role_at = None
    body = rows[1:] if text_at is not None else rows
    if text_at is None and _role_column(body):
        role_at = 0
    found: list[PastedLine] = []
    objective = ""
    for row in body:
        objective = _at(row, objective_at) or objective  # merged cells: only in the first row
        role = _ROLES.get(_at(row, role_at).casefold())
        if text_at is not None:
            statement = _at(row, text_at)
        else:
            statement = _joined([c for i, c in enumerate(row) if c and i != role_at])
        found.append(_prefixed(statement, objective, role))
    return found


def _role_column(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first column says a role in every row."""
    return all(len(row) > 1 and row[0].casefold() in _ROLES for row in rows)


def _at(row: Sequence[str], index: int | None) -> str:
    return row[index] if index is not None and index < len(row) else ""


def _joined(cells: Sequence[str]) -> str:
    """The cells of a row without a header: a measure and two numbers are a way from X to Y."""
    if len(cells) == 3 and all(_NUMBER.fullmatch(c) for c in cells[1:]):
        return f"{cells[0]} from {cells[1]} to {cells[2]}"
    return " ".join(cells)


def _from_list(text: str) -> list[PastedLine]:
    found = []
    for line in read_list(text.lstrip("\ufeff")):
        title = "" if line.objective == "…" else _unmarked(line.objective)
        one = _prefixed(line.text, title, None)
        found.append(PastedLine(_unguarded(_unmarked(one.text)), title, one.role))
    return found


def _prefixed(text: str, objective: str, role: Role | None) -> PastedLine:
    """A role in front of a statement, such as “KPI: …”, says its role."""
    match = _PREFIX.match(text) if role is None else None
    if match is None:
        return PastedLine(text, objective, role)
    return PastedLine(text[match.end() :], objective, _ROLES[match[1].casefold().rstrip("s")])


def _unmarked(text: str) -> str:
    """As it was before `safe_markdown` escaped it."""
    text = re.sub(r"\\([\\`*_{}\[\]#|~!])", r"\1", text)
    return re.sub(r"&(?:lt|gt|amp);", lambda found: html.unescape(found[0]), text)
