"""A completion record: what a learner has mastered, with every answer behind it.

The record is a JSON file that somebody else can check: `okrlab.interop.verification` marks all
answers anew. Its digest tells a copy that was damaged on the way; it is no seal, because whoever
can change the file can calculate it anew.
"""

from __future__ import annotations

import hashlib
import html
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from okrlab.assessment.attempt import Attempt
from okrlab.assessment.gain import gain
from okrlab.assessment.progress import lesson_words, progress, state_of
from okrlab.assessment.results import tally
from okrlab.content import Library
from okrlab.errors import OkrlabError
from okrlab.interop.okr_set import safe_markdown
from okrlab.storage import RecordError, attempt_data, read_attempt

FORMAT = "okrlab-completion"
VERSION = 1
MAX_BYTES = 60_000_000
"""Larger files are not read."""

MAX_NAME = 80
NO_NAME = "no name given"

CANNOT_SHOW = (
    "What no record can show: who sat at the keyboard, who else was in the room, and whether "
    "somebody wrote right answers into the file by hand. Ask about a few of them."
)

RecordFormat = Literal["record", "record-html", "record-markdown"]
RECORD_FILES: dict[RecordFormat, tuple[str, str]] = {
    "record": ("okrlab-record.json", "application/json"),
    "record-html": ("okrlab-record.html", "text/html"),
    "record-markdown": ("okrlab-record.md", "text/markdown"),
}
"""Name and media type of each form of a record; only the first can be verified."""


class CompletionError(OkrlabError):
    """A file that is no completion record."""


@dataclass(frozen=True)
class Completion:
    """A completion record.

    Attributes:
        name: what the learner wants to be called; "" when nothing was said.
        made: when.
        okrlab: the version of the kit that made it.
        claims: what it says of lessons and tests, as `claims_of` gives it.
        attempts: every answer.
        digest: of all the rest, as `digest_of` gives it.
    """

    name: str
    made: datetime
    okrlab: str
    claims: dict[str, Any]
    attempts: tuple[Attempt, ...]
    digest: str


def completion(
    attempts: Sequence[Attempt], library: Library, *, name: str, made: datetime, okrlab: str
) -> Completion:
    """The record of a learner.

    Args:
        attempts: all attempts of one learner, in any order.
        library: lessons and concepts.
        name: what the learner wants to be called.
        made: when; with a time zone.
        okrlab: the version of the kit.
    """
    ordered = tuple(sorted(attempts, key=lambda a: (a.at, a.id)))
    called = _plain(name, MAX_NAME)
    claims = claims_of(ordered, library)
    draft = Completion(called, made, okrlab, claims, ordered, "")
    return Completion(called, made, okrlab, claims, ordered, digest_of(draft))


def _plain(text: str, most: int) -> str:
    """On one line and without anything that a terminal would act on."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:most]


def claims_of(attempts: Sequence[Attempt], library: Library) -> dict[str, Any]:
    """What follows from these answers: lessons with their states, and the two tests.

    Args:
        attempts: all attempts of one learner.
        library: lessons and concepts.
    """
    found = progress(attempts, library)
    won = gain(attempts, library)
    lessons = [
        {
            "lesson": entry.lesson.number,
            "title": entry.lesson.title,
            "state": state_of(entry),
            "words": lesson_words(entry),
        }
        for entry in found.lessons
    ]
    return {
        "answers": len(attempts),
        "mastered": [e["lesson"] for e in lessons if e["state"] == "mastered"],
        "lessons": lessons,
        "pretest": _test(attempts, "pretest/"),
        "final": _test(attempts, "final/"),
        "gain": won.words() if won else [],
    }


def _test(attempts: Sequence[Attempt], where: str) -> dict[str, int] | None:
    first = [a for a in attempts if a.activity.startswith(where) and a.try_number == 1]
    if not first:
        return None
    counted = tally(first)
    return {"answers": counted.answers, "right": counted.right}


def digest_of(record: Completion) -> str:
    """The SHA-256 of everything else in the record, in hexadecimal."""
    text = json.dumps(_data(record), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _data(record: Completion) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "version": VERSION,
        "name": record.name,
        "made": record.made.isoformat(),
        "okrlab": record.okrlab,
        "claims": record.claims,
        "attempts": [attempt_data(a) for a in record.attempts],
    }


# -- out -----------------------------------------------------------------------------------------


def export_completion(record: Completion, form: RecordFormat) -> str:
    """The record as the text of a file: JSON to be verified, HTML or Markdown to be read."""
    if form == "record-html":
        return _html(record)
    if form == "record-markdown":
        return _markdown(record)
    data = {**_data(record), "digest": record.digest}
    return json.dumps(data, indent=1, ensure_ascii=False) + "\n"


def lines_of(record: Completion) -> list[str]:
    """What the record says, one plain sentence after the other."""
    claims = record.claims
    lessons = claims["lessons"]
    total = sum(e["state"] != "taken" for e in lessons if e["lesson"])
    said = [f"{len(claims['mastered'])} of {total} lessons mastered, {claims['answers']} answers."]
    if record.attempts:
        first, last = record.attempts[0].at.date(), record.attempts[-1].at.date()
        said.append(f"Answered from {first} to {last}.")
    said += [f"Lesson {e['lesson']}, {e['title']}: {e['words']}." for e in lessons]
    for name, word in (("pretest", "Pretest"), ("final", "Final test")):
        test = claims[name]
        said.append(
            f"{word}: {test['right']} of {test['answers']} fully right."
            if test
            else f"{word}: not taken."
        )
    return [*said, *claims["gain"]]


def _markdown(record: Completion) -> str:
    head = f"# Completion record: {safe_markdown(record.name) or NO_NAME}"
    listed = "\n".join(f"- {safe_markdown(line)}" for line in lines_of(record))
    return (
        f"{head}\n\nMade on {record.made.date()} with okrlab {safe_markdown(record.okrlab)}.\n\n"
        f"{listed}\n\nDigest of the JSON record: {record.digest}\n\n{_HOW}\n\n{CANNOT_SHOW}\n"
    )


_HOW = "A coach checks the JSON record with: okrlab verify okrlab-record.json"
_STYLE = (
    "body{font:1.05rem/1.5 system-ui,sans-serif;max-width:42rem;margin:2rem auto;padding:0 1rem;"
    "color:#1f1f1f;background:#fff}h1{font-size:1.5rem}li{margin:.3rem 0}"
    "small{color:#555;overflow-wrap:anywhere}"
)


def _html(record: Completion) -> str:
    listed = "".join(f"<li>{html.escape(line)}</li>" for line in lines_of(record))
    name = html.escape(record.name or NO_NAME)
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Completion record: {name}</title><style>{_STYLE}</style></head><body>"
        f"<h1>Completion record: {name}</h1>"
        f"<p>Made on {record.made.date()} with okrlab {html.escape(record.okrlab)}.</p>"
        f"<ul>{listed}</ul><p>{html.escape(_HOW)}</p><p>{html.escape(CANNOT_SHOW)}</p>"
        f"<p><small>Digest of the JSON record: {record.digest}</small></p></body></html>\n"
    )


# -- in ------------------------------------------------------------------------------------------


def read_completion(path: Path) -> Completion:
    """A record from a file that somebody handed in.

    Raises:
        CompletionError: the file cannot be read or is no such record; the message says why.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise _not(path, f"it has more than {MAX_BYTES:,} bytes")
        data = json.loads(path.read_text("utf-8-sig"), parse_constant=_no_number)
    except OSError as error:
        raise _not(path, f"it can't be read: {error.strerror or error}") from error
    except (ValueError, RecursionError) as error:
        raise _not(path, f"it is no JSON: {str(error)[:160]}") from error
    return _read(path, data)


def _read(path: Path, data: object) -> Completion:
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise _not(path, "it is another kind of file")
    if data.get("version") != VERSION:
        raise _not(path, f"a newer okrlab wrote it (version {str(data.get('version'))[:20]})")
    for field in ("name", "made", "okrlab", "digest"):
        if not isinstance(data.get(field), str):
            raise _not(path, f"“{field}” is missing")
    if not isinstance(data.get("claims"), dict) or not isinstance(data.get("attempts"), list):
        raise _not(path, "its claims or its answers are missing")
    try:
        attempts = tuple(read_attempt(entry) for entry in data["attempts"])
        made = datetime.fromisoformat(data["made"])
    except (RecordError, ValueError) as error:
        raise _not(path, f"an answer or a time in it makes no sense: {str(error)[:200]}") from error
    return Completion(
        _plain(data["name"], MAX_NAME),
        made,
        _plain(data["okrlab"], 40),
        data["claims"],
        attempts,
        data["digest"][:64],
    )


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is no number")


def _not(path: Path, why: str) -> CompletionError:
    return CompletionError(
        f"{path} is not a completion record that can be checked: {why}. "
        "Ask for the file okrlab-record.json, as the board of lesson 9 gives it."
    )
