"""Checking a completion record: every answer is marked anew, and mastery worked out again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from okrlab.assessment.attempt import Attempt
from okrlab.assessment.remark import Remark, Why, remark
from okrlab.content import Library
from okrlab.interop.completion import CANNOT_SHOW, Completion, claims_of, digest_of

SHOWN = 12
"""So many findings of a kind are told one by one."""

_WHY: dict[Why, str] = {
    "unknown": "about questions that are not in this course",
    "version": "to another version of a question",
    "unreadable": "that are no answers to their question",
}


@dataclass(frozen=True)
class Verification:
    """What came of checking a record.

    Attributes:
        record: what was checked.
        remarks: each answer, marked anew.
        findings: what does not fit, as sentences; empty when the record agrees.
        not_marked: how many answers could not be marked anew, in words; that is no finding.
        claims: what follows from the answers that could be marked.
    """

    record: Completion
    remarks: tuple[Remark, ...]
    findings: tuple[str, ...]
    not_marked: tuple[str, ...]
    claims: dict[str, Any]

    @property
    def agrees(self) -> bool:
        """Whether nothing was found."""
        return not self.findings

    def words(self) -> str:
        """The result in plain text."""
        record, marked = self.record, sum(r.anew is not None for r in self.remarks)
        lines = [
            f"Record of {record.name or 'somebody without a name'}, made on {record.made.date()} "
            f"with okrlab {record.okrlab}.",
            f"{_count(len(self.remarks), 'answer')}; {marked} marked anew with this course's keys.",
            *self.not_marked,
            *self.findings,
        ]
        mastered = self.claims["mastered"]
        named = ", ".join(map(str, mastered)) or "none"
        lines.append(f"Mastered by the answers that could be marked: {named}.")
        for name, word in (("pretest", "Pretest"), ("final", "Final test")):
            test = self.claims[name]
            said = f"{test['right']} of {test['answers']} fully right" if test else "not taken"
            lines.append(f"{word}: {said}.")
        lines += self.claims["gain"]
        lines.append(
            "The record agrees with its answers."
            if self.agrees
            else "The record does NOT agree with its answers. Talk about it before you rely on it."
        )
        return "\n".join([*lines, CANNOT_SHOW])


def verify(record: Completion, library: Library, *, now: datetime) -> Verification:
    """Check a record.

    Args:
        record: as it was read.
        library: with the keys of whoever checks.
        now: with a time zone.
    """
    remarks = tuple(remark(attempt, library) for attempt in record.attempts)
    anew = [r.anew for r in remarks if r.anew is not None]
    claims = claims_of(anew, library)
    missing = Counter(r.why_not for r in remarks if r.why_not is not None)
    findings = [
        *_whole(record, now),
        *_marks(remarks),
        *_tries(record.attempts),
        *_claims(record, claims, complete=len(anew) == len(remarks)),
    ]
    unreadable = missing.pop("unreadable", 0)
    if unreadable:
        findings.append(f"{_count(unreadable, 'answer')} {_WHY['unreadable']}.")
    not_marked = tuple(
        f"{_count(number, 'answer')} {_WHY[why]} could not be marked and "
        f"{'does' if number == 1 else 'do'} not count here."
        for why, number in sorted(missing.items())
    )
    return Verification(record, remarks, tuple(findings), not_marked, claims)


def _whole(record: Completion, now: datetime) -> list[str]:
    found = []
    if digest_of(replace(record, digest="")) != record.digest:
        found.append("The digest does not fit: the file was changed since it was made, or damaged.")
    ids = Counter(a.id for a in record.attempts)
    twice = sum(number > 1 for number in ids.values())
    if twice:
        found.append(f"{_count(twice, 'answer')} stands in it more than once.")
    learners = {a.learner for a in record.attempts}
    if len(learners) > 1:
        found.append(f"The answers are of {len(learners)} different learners.")
    made = record.made if record.made.tzinfo else None
    latest = max((a.at for a in record.attempts), default=None)
    if made is None or made > now + timedelta(days=1):
        found.append("The day on which it says it was made cannot be right.")
    if latest and made and latest > made + timedelta(minutes=5):
        found.append("It holds answers from after the moment at which it was made.")
    return found


def _marks(remarks: Sequence[Remark]) -> list[str]:
    wrong = [r for r in remarks if r.differences]
    told = [
        f"The answer to {r.stored.item} of {r.stored.at:%Y-%m-%d %H:%M} "
        + "; ".join(r.differences)
        + "."
        for r in wrong[:SHOWN]
    ]
    if len(wrong) > SHOWN:
        told.append(f"{len(wrong) - SHOWN} more answers differ in the same way.")
    return told


def _tries(attempts: Sequence[Attempt]) -> list[str]:
    """A second try that says it is a first one."""
    first = Counter((a.sitting, a.item) for a in attempts if a.try_number == 1)
    again = sorted(item for (_, item), number in first.items() if number > 1)
    if not again:
        return []
    names = ", ".join(again[:SHOWN])
    return [f"More than one answer in the same sitting says that it is the first try at: {names}."]


def _claims(record: Completion, claims: dict[str, Any], *, complete: bool) -> list[str]:
    says, found = record.claims, []
    if says.get("answers") != len(record.attempts):
        found.append(
            f"It says that there are {str(says.get('answers'))[:12]} answers, and holds "
            f"{len(record.attempts)}."
        )
    listed = says.get("mastered")
    said = {n for n in listed if isinstance(n, int)} if isinstance(listed, list) else set()
    shown = set(claims["mastered"])
    for number in sorted(said - shown):
        found.append(f"It says that lesson {number} is mastered; the answers do not show that.")
    if complete:
        for number in sorted(shown - said):
            found.append(f"It does not say that lesson {number} is mastered; the answers show it.")
        for name, word in (("pretest", "pretest"), ("final", "final test"), ("gain", "gain")):
            if says.get(name) != claims[name]:
                found.append(f"What it says of the {word} is not what the answers show.")
        if not found and says.get("lessons") != claims["lessons"]:
            found.append("What it says of the lessons is not what the answers show.")
    return found


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
