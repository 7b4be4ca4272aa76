"""What can be read in a line that a learner wrote, part by part, beside what its case gives."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from okrlab.assessment.numbers import show_number
from okrlab.assessment.write_dates import fits, say_day
from okrlab.assessment.write_words import (
    evidence_in,
    led_phrases,
    method_in,
    purpose_in,
    word_in,
)
from okrlab.content import WriteItem

if TYPE_CHECKING:
    from okrlab.analyser import Analysis, Part

SCALES = (1.0, 1e3, 1e6, 1e9)
"""“From 5 to 10M” leaves out the first million."""

SHOWN = 120
"""So many characters of the learner's words are quoted."""

ROUNDING = 1e-6


@dataclass(frozen=True)
class Read:
    """What was read of one thing that the line has to hold.

    Attributes:
        part: what it is, such as "baseline".
        met: whether it is there and agrees with the case; None when that cannot be told.
        given: the learner's words for it.
        expected: what the case gives, or what kind of thing is meant.
        said: what was read, as a sentence.
        flip: a wording to try.
        missing: nothing was found, as against something else than the case gives.
        remark: what to say although it is met.
    """

    part: str
    met: bool | None
    given: str = ""
    expected: str = ""
    said: str = ""
    flip: str = ""
    missing: bool = False
    remark: str = ""


@dataclass(frozen=True)
class Line:
    """A line, its case, and what the analyser says of it."""

    item: WriteItem
    text: str
    analysis: Analysis
    read: Callable[[str], Analysis] = field(repr=False)

    @cached_property
    def start(self) -> float | None:
        """The value from which the measure is to move."""
        return _value(self.analysis.parts.baseline)

    @cached_property
    def end(self) -> float | None:
        """The value to which it is to move, worked out where the line gives the change."""
        parts, start = self.analysis.parts, self.start
        end = _value(parts.target)
        if end is None and start is not None:
            end = _value(parts.threshold)
        if end is None and start is not None and parts.change:
            end = _moved(start, parts.change, parts.direction)
        if end is not None and start is not None and not _number_in(self, self.item.target):
            for other in (start + end, start - end):  # “up 13 from 32”
                if self.item.target is not None and _same(other, self.item.target, self.item):
                    return other
        return end

    @property
    def moves(self) -> bool:
        """Whether a measure is to move from one value to another."""
        return self.start is not None and self.end is not None

    def suggestion(self, check: str, value: str = "") -> str:
        """The wording that a check suggests, its one blank filled with what the case gives."""
        found = next((f.rewrite for f in self.analysis.findings if f.id == check), None) or ""
        return found.replace("…", value) if value and found.count("…") == 1 else found


def read_part(line: Line, part: str) -> Read:
    """What was read of one required part."""
    return _READERS[part](line)


def quote(text: str) -> str:
    """A learner's words in quotation marks, shortened."""
    text = " ".join(text.split())
    return f"“{text if len(text) <= SHOWN else text[: SHOWN - 1] + '…'}”"


# -- words ---------------------------------------------------------------------------------------


def _measure(line: Line) -> Read:
    found = line.analysis.parts.measure
    word = word_in(line.text, line.item.about)
    if line.item.about and not word:
        said = (
            f"I read {quote(found.text)} as the measure, and find no word for what the case is "
            "about. If you said it in other words, the example below lets you judge for yourself."
            if found
            else "I find no words for what the case is about."
        )
        return Read("measure", False, expected="what the case is about", said=said, missing=True)
    if not word and found is None:
        return Read("measure", False, expected="a measure", said="I find no measure.", missing=True)
    whole = found.text if found and (not word or word in found.text) else word
    return Read("measure", True, given=whole, said=f"I read {quote(whole)} as what it is about.")


def _evidence(line: Line) -> Read:
    baseline = line.item.asks == "baseline_kr"
    found = method_in(line.text) if baseline else evidence_in(line.text)
    word = word_in(line.text, line.item.proof)
    if word or (found and not line.item.proof):
        what = "how it will be found out" if baseline else "how one sees that it is done"
        words = found if not word or word in found else word
        return Read("evidence", True, given=words, said=f"I read {quote(words)} as {what}.")
    if found:
        said = (
            f"I read {quote(found)} as how one sees that it is done, and find no word for what "
            "counts in this case."
        )
        return Read("evidence", False, found, "what counts in this case", said)
    if baseline:
        said = "I find no word on how it will be found out: from what, asked of whom, for how long?"
        return Read("evidence", False, expected="how it will be found out", said=said, missing=True)
    return Read(
        "evidence",
        False,
        expected="evidence that a stranger could check",
        said="I find nothing by which a stranger could see on the day that it is done.",
        flip=f"{line.text.rstrip(' .')}, shown by …",
        missing=True,
    )


def _purpose(line: Line) -> Read:
    found = purpose_in(line.text)
    if found:
        return Read("purpose", True, given=found, said=f"I read {quote(found)} as what it is for.")
    return Read(
        "purpose",
        False,
        expected="what it is for",
        said="I find no words for what it is good for: “to shorten …”, “so that …”.",
        flip=f"{line.text.rstrip(' .')}, so that …",
        missing=True,
    )


# -- values --------------------------------------------------------------------------------------


def _baseline(line: Line) -> Read:
    part, wanted = line.analysis.parts.baseline, line.item.baseline
    expected = _shown(line, wanted, "the value today")
    if part is None:
        seen = _number_in(line, wanted)
        if seen:
            return Read(
                "baseline",
                True,
                given=seen,
                expected=expected,
                said=f"I see {quote(seen)}.",
                remark=f"I see {quote(seen)}, but not plainly that it starts there. “From {seen} "
                "to …” cannot be misread.",
            )
        case = f" The case says {expected}." if wanted is not None else ""
        return Read(
            "baseline",
            False,
            expected=expected,
            said=f"I find no value from which it starts.{case}",
            flip=line.suggestion("H03", expected if wanted is not None else ""),
            missing=True,
        )
    if not _same(line.start, wanted, line.item):
        return _other("baseline", part.text, "the start", expected)
    return Read(
        "baseline",
        True,
        given=part.text,
        expected=expected,
        said=f"I read {quote(part.text)} as the start.",
    )


def _target(line: Line) -> Read:
    parts, wanted = line.analysis.parts, line.item.target
    part = parts.target or parts.threshold or parts.change
    expected = _shown(line, wanted, "a value to reach")
    if part is None:
        case = f" The case says {expected}." if wanted is not None else ""
        return Read(
            "target",
            False,
            expected=expected,
            said=f"I find no value that is to be reached.{case}",
            flip=line.suggestion("H04"),
            missing=True,
        )
    if not any(_same(v, wanted, line.item) for v in (line.end, part.high)):
        seen = _number_in(line, wanted)
        if not seen or _same(line.start, wanted, line.item):
            return _other("target", part.text, "the target", expected)
        remark = f"I see {quote(seen)}, and {quote(part.text)} too. Which of them is the target?"
        return Read("target", True, seen, expected, f"I see {quote(seen)}.", remark=remark)
    return Read(
        "target",
        True,
        given=part.text,
        expected=expected,
        said=f"I read {quote(part.text)} as the target.",
    )


def _threshold(line: Line) -> Read:
    parts, item = line.analysis.parts, line.item
    part = parts.threshold or parts.target
    expected = _shown(line, item.threshold, "a limit")
    if part is None:
        case = f" The case says {expected}." if item.threshold is not None else ""
        return Read(
            "threshold", False, expected=expected, said=f"I find no limit.{case}", missing=True
        )
    if not any(_same(v, item.threshold, item) for v in (_value(part), part.high)):
        return _other("threshold", part.text, "the limit", expected)
    side = {"≥": "up", ">": "up", "≤": "down", "<": "down"}.get(part.how)
    if item.direction and side and side != item.direction:
        right = "at least" if item.direction == "up" else "at most"
        said = f"I read {quote(part.text)} as a limit on the other side: it is {right} {expected}."
        return Read("threshold", False, given=part.text, expected=expected, said=said)
    remark = ""
    if not side and part.high is None:
        remark = f"Is {part.text} the least or the most? “At least” or “at most” says so."
    return Read(
        "threshold",
        True,
        given=part.text,
        expected=expected,
        said=f"I read {quote(part.text)} as the limit.",
        remark=remark,
    )


def _other(part: str, words: str, what: str, expected: str) -> Read:
    """The line holds another value than the case gives."""
    said = f"I read {quote(words)} as {what}. The case says {expected}."
    return Read(part, False, given=words, expected=expected, said=said)


def _shown(line: Line, value: float | None, otherwise: str) -> str:
    return otherwise if value is None else show_number(value, line.item.unit)


def _value(part: Part | None) -> float | None:
    value = part.value if part else None
    return float(value) if isinstance(value, int | float) else None


def _moved(start: float, change: Part, direction: Part | None) -> float | None:
    """Where a change leads to from a start."""
    amount = _value(change)
    if amount is None:
        return None
    if change.how == "factor":
        return start * amount
    step = abs(amount) * (start / 100 if change.how == "percent" else 1)
    down = amount < 0 or (direction is not None and direction.value == "down")
    return start - step if down else start + step


def _same(value: float | None, wanted: float | None, item: WriteItem) -> bool:
    """Whether a value that was read is the one that the case gives."""
    if value is None or wanted is None:
        return wanted is None
    slack = item.tolerance + ROUNDING * max(1.0, abs(wanted))
    scales: Iterable[float] = SCALES
    if "%" in item.unit and 0 < value <= 1:
        scales = (1.0, 100.0)
    return any(abs(value * scale - wanted) <= slack for scale in scales)


def _number_in(line: Line, wanted: float | None) -> str:
    """The number that the case gives, where it stands in the line as such."""
    if wanted is None:
        return ""
    unit = r"(?=\s?(?:%|per\s?cent|pct))" if "%" in line.item.unit else ""
    date = line.analysis.parts.deadline
    for found in re.finditer(
        rf"(?<![\d.,]){re.escape(f'{wanted:g}')}(?!\d|[.,]\d){unit}", line.text
    ):
        if date is None or not date.span.start <= found.start() < date.span.end:
            return found[0]
    return ""


# -- dates ---------------------------------------------------------------------------------------


def _deadline(line: Line) -> Read:
    item = line.item
    expected = say_day(item.deadline) if item.deadline else "a date"
    read = [line.analysis.parts.deadline]
    if item.deadline and (read[0] is None or fits(read[0].value, item.deadline) is not True):
        for words in led_phrases(line.text):
            read.append(line.read(f"Sales from 1 to 2 {words}").parts.deadline)
    found = [part for part in read if part is not None]
    if not found:
        return _no_deadline(line, expected)
    if item.deadline is None:
        return _dated(found[0], expected)
    verdicts = [(fits(part.value, item.deadline), part) for part in found]
    for verdict, part in verdicts:
        if verdict:
            return _dated(part, expected)
    for verdict, part in verdicts:
        if verdict is False:
            return _other("deadline", part.text, "the date", expected)
    part = found[0]
    remark = f"I cannot tell which day {quote(part.text)} is. The case says {expected}."
    return Read(
        "deadline", True, given=part.text, expected=expected, said="I read a date.", remark=remark
    )


def _dated(part: Part, expected: str) -> Read:
    said = f"I read {quote(part.text)} as the date."
    return Read("deadline", True, given=part.text, expected=expected, said=said)


def _no_deadline(line: Line, expected: str) -> Read:
    end = line.item.cycle_end
    if end is not None:
        return Read(
            "deadline",
            True,
            expected=expected,
            said=f"No date of its own, so it takes the end of the cycle, {say_day(end)}.",
            remark=f"Without a date of its own the line is due on {say_day(end)}, when the cycle "
            "ends. Take the date along when you copy the line out of its set.",
        )
    case = f" The case says {expected}." if line.item.deadline else ""
    flip = f"{line.text.rstrip(' .')} by {expected}" if line.item.deadline else ""
    return Read(
        "deadline",
        False,
        expected=expected,
        said=f"I find no day by which it should be so.{case}",
        flip=flip,
        missing=True,
    )


_READERS: dict[str, Callable[[Line], Read]] = {
    "measure": _measure,
    "evidence": _evidence,
    "purpose": _purpose,
    "baseline": _baseline,
    "target": _target,
    "threshold": _threshold,
    "deadline": _deadline,
}
