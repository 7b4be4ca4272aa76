"""Marking of a line in the learner's own words.

The marking is structural. Each required part is looked for, with the value that the case gives, and
earns its share. The kind counts as wrong only when the analyser is sure that it is something else.
Checks that the item forbids count when they fire; other remarks of the analyser cost nothing. What
a line means nobody claims to know here: the words say what was *read*.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from okrlab.assessment.outcome import Feedback, Outcome, PartOutcome
from okrlab.assessment.write_parts import Line, Read, quote, read_part
from okrlab.assessment.write_words import finding_out_in, without_today, word_in
from okrlab.content import Slip, WriteItem
from okrlab.errors import AnswerError

if TYPE_CHECKING:
    from okrlab.analyser import Finding

LONGEST = 500
"""A longer text is no line."""

SURE = 0.75
"""From so sure a reading on, another kind than the one asked for counts as wrong."""

MOST_ADVICE = 3

LABELS = {
    "kind": "Kind",
    "measure": "What it is about",
    "baseline": "Start",
    "target": "Target",
    "deadline": "Date",
    "threshold": "Limit",
    "evidence": "Evidence",
    "purpose": "Purpose",
    "direction": "Direction",
    "H03": "Start",
    "H06": "A result, not an activity",
    "H07": "Not a count of one's own work",
    "H09": "A change, not a level to keep",
    "H10": "One result, not two",
    "H11": "No vague word",
    "H12": "Verb and numbers agree",
    "H13": "Percent or percentage points",
    "H14": "Of what, per what",
    "H23": "A result, not the way there",
    "H24": "Not easily faked",
}
"""What each thing that a line has to hold is called."""

ASKED = {
    "metric_kr": "a metric key result",
    "milestone_kr": "a milestone key result",
    "baseline_kr": "a baseline key result",
    "health_metric": "a health metric with its limit",
    "objective": "an objective",
}
"""What is asked for, in words."""

HOW = {
    "metric_kr": "Say which measure moves, from where to where, and by when.",
    "milestone_kr": "Say what will be there by then, and how a stranger would see it.",
    "baseline_kr": "Say what you will know by then that nobody knows now, and from what.",
    "health_metric": "Say which measure has to stay where, such as “stays below …”.",
    "objective": "Say how things will be, without a number.",
}

KIND_SLIPS = {
    ("metric_kr", "task"): "M05",
    ("milestone_kr", "task"): "M19",
    ("baseline_kr", "task"): "M05",
    ("metric_kr", "health_metric"): "M03",
    ("metric_kr", "kpi"): "M01",
    ("milestone_kr", "kpi"): "M01",
    ("health_metric", "metric_kr"): "M01",
    ("health_metric", "kpi"): "M01",
    ("objective", "metric_kr"): "M01",
}
"""The idea behind writing the second where the first is asked for."""

SLIPS = {
    "baseline": "M03",
    "purpose": "M19",
    "H03": "M03",
    "H06": "M05",
    "H07": "M05",
    "H09": "M03",
}
"""The idea behind a fault, where the item names none."""

_COVERED = {
    "H02": ("measure", "evidence"), "H03": ("baseline",), "H04": ("target",), "H05": ("deadline",),
    "H06": ("kind",), "H08": ("evidence", "purpose"), "H09": ("kind",), "H12": ("direction",),
}  # fmt: skip
"""Checks that ask for what a required part asks for as well."""

_NOT_IN_A_CASE = {"H01", "H17", "H21", "H22", "H25"}
"""Checks about what stands around a line, which a case doesn't give."""


def mark_written(item: WriteItem, text: Any) -> Outcome:
    """Mark a line.

    Args:
        item: what was asked.
        text: what the learner wrote.

    Raises:
        AnswerError: there is no text, too much of it, or none that can be read here.
    """
    if not isinstance(text, str):
        raise AnswerError("This answer is not a text. Write a line of your own.")
    text = " ".join(text.split())
    if not any(c.isalnum() for c in text):
        raise AnswerError("There is nothing to read yet. Write a line of your own.")
    if len(text) > LONGEST:
        raise AnswerError(
            f"This is {len(text)} characters long. One line is enough: at most {LONGEST}."
        )
    line = _read(item, text)
    if line.analysis.kind is None:
        raise AnswerError(line.analysis.question or "This text can't be read here. Try English.")
    kind, required = _kind(line), [read_part(line, part) for part in item.requires]
    read = [kind, *_violations(line, [kind, *required]), *required]
    if any(r.met is False and not r.missing for r in required):
        read = [replace(r, flip="") for r in read]  # it would keep a value that is wrong
    parts = [_part(line, r) for r in read if r.met is not None]
    wrong = [p.feedback for p in parts if not p.correct]
    first = next((f for f in wrong if f.misconception), wrong[0] if wrong else None)
    share = sum(p.correct for p in parts) / len(parts)
    revealed = {f.misconception for f in wrong}
    return Outcome(
        share if any(p.correct for p in parts if p.part in item.requires) or share == 1 else 0.0,
        share == 1,
        tuple(parts),
        Feedback(
            cue=item.worked,
            tempts=first.tempts if first else "",
            flip=item.minimal_edit,
            misconception=first.misconception if first else None,
        ),
        tuple(sorted(m for m in revealed if m)),
        _advice(line, read),
    )


def _read(item: WriteItem, text: str) -> Line:
    from okrlab.analyser import analyse  # its model is loaded only when something is to be read

    read = partial(analyse, objective=item.context.objective, cycle_end=item.cycle_end)
    analysis = read(text)
    if item.asks == "health_metric" and analysis.kind != item.asks:
        beside = read(without_today(text))  # a limit stays one with today's value beside it
        found = beside.parts
        if beside.kind == item.asks and found.threshold is not None and found.deadline is None:
            analysis = beside
    return Line(item, text, analysis, read)


# -- the kind ------------------------------------------------------------------------------------


def _kind(line: Line) -> Read:
    """Whether it is the kind of thing that was asked for, as far as that can be told."""
    analysis, asks = line.analysis, line.item.asks
    from okrlab.analyser import KIND_WORDS

    fits = _fits_by_its_parts(line)
    if fits or (fits is None and analysis.kind == asks):
        return Read("kind", True, ASKED[asks], ASKED[asks], f"I read this as {ASKED[asks]}.")
    assert analysis.kind is not None
    words = KIND_WORDS[analysis.kind]
    known = fits is False or analysis.confidence >= SURE
    tolerated = asks == "milestone_kr" and analysis.kind == "metric_kr" and line.start is None
    if not known or (tolerated and fits is None):
        near = asks in (analysis.kind, analysis.runner_up)
        question = analysis.question or HOW[asks]
        remark = f"I am not sure that this is {ASKED[asks]}; it could be {words}. {question}"
        met = near if asks == "objective" else None
        return Read("kind", met, words, ASKED[asks], remark, remark="" if met is False else remark)
    reason = next((c.sentence for c in analysis.cues if c.towards == analysis.kind), "")
    if fits is False:
        words, reason = "a metric key result", "It moves a measure from one value to another."
    said = f"I read this as {words}, and {ASKED[asks]} was asked for. {reason} {HOW[asks]}"
    return Read("kind", False, words, ASKED[asks], said)


def _fits_by_its_parts(line: Line) -> bool | None:
    """What its parts say about the kind, where they settle it."""
    match line.item.asks:
        case "metric_kr":
            return True if line.moves else None
        case "baseline_kr":
            if line.moves:
                return False
            return True if finding_out_in(line.text) else None
        case "health_metric" | "objective":
            return False if line.moves else None
    return None


# -- what must not be ----------------------------------------------------------------------------


def _violations(line: Line, read: list[Read]) -> list[Read]:
    """Forbidden checks that fired, and a direction against the case; each fault once."""
    unmet = {r.part for r in read if r.met is False}
    found = _direction(line)
    if found:
        unmet.add("direction")
    shown = any(r.part == "evidence" and r.met for r in read)
    for finding in line.analysis.findings:
        if finding.id == "H06" and shown:  # who names evidence is past the activity
            continue
        same_fault = unmet & set(_COVERED.get(finding.id, ()))
        if finding.id in line.item.must_not and not same_fault and not _misread(line, finding):
            words = finding.span.of(line.text) if finding.span else ""
            found.append(
                Read(
                    finding.id,
                    False,
                    words,
                    LABELS.get(finding.id, finding.name).lower(),
                    finding.advice,
                    finding.rewrite or "",
                )
            )
    return found


def _misread(line: Line, finding: Finding) -> bool:
    """Whether a word of the case, such as the lift in a house, was taken for a direction."""
    direction = line.analysis.parts.direction
    return (
        finding.id == "H12"
        and direction is not None
        and bool(word_in(direction.text, line.item.about))
    )


def _direction(line: Line) -> list[Read]:
    wanted, start, end = line.item.direction, line.start, line.end
    if wanted is None or line.item.asks != "metric_kr" or start is None or end is None:
        return []
    if start == end or (end > start) == (wanted == "up"):
        return []
    words = {"up": "rise", "down": "fall"}
    goes = "up" if end > start else "down"
    said = f"As I read it, this would {words[goes]}. In the case it should {words[wanted]}."
    return [Read("direction", False, words[goes], words[wanted], said)]


# -- feedback ------------------------------------------------------------------------------------


def _part(line: Line, read: Read) -> PartOutcome:
    if read.met:
        return PartOutcome(read.part, read.given, read.expected, True, Feedback(read.said))
    slip = _slip(line, read)
    return PartOutcome(
        read.part,
        read.given,
        read.expected,
        False,
        Feedback(
            cue=read.said,
            tempts=slip.feedback if slip else "",
            flip=read.flip,
            misconception=slip.misconception if slip else _idea(line, read),
        ),
    )


def _idea(line: Line, read: Read) -> str | None:
    """The idea behind a fault that the item says nothing about."""
    if read.part == "kind":
        found = "metric_kr" if line.moves else line.analysis.kind or ""
        return KIND_SLIPS.get((line.item.asks, found))
    return SLIPS.get(read.part) if read.missing or read.part.startswith("H") else None


def _slip(line: Line, read: Read) -> Slip | None:
    """The typical wrong answer that this is, or that has this fault.

    A value other than the case's may be a slip of the pen, so that it has none.
    """
    slips = line.item.slips
    same = next((s for s in slips if s.text.casefold() == line.text.casefold()), None)
    if same or not (
        read.missing or read.part in ("kind", "direction") or read.part.startswith("H")
    ):
        return same
    faults = [read.part]
    if read.part == "kind" and line.analysis.kind:
        faults.insert(0, "metric_kr" if line.moves else line.analysis.kind)
    return next((s for f in faults for s in slips if f in s.when), None)


def _advice(line: Line, read: list[Read]) -> tuple[Feedback, ...]:
    """What else to think about; it costs nothing."""
    asks = line.item.asks
    advice = [Feedback(r.remark) for r in read if r.remark]
    told = {r.part for r in read}
    as_asked = line.analysis.kind == ("milestone_kr" if asks == "baseline_kr" else asks)
    for finding in line.analysis.findings if as_asked else ():
        covered = set(_COVERED.get(finding.id, ())) & told
        if not (finding.id in told | _NOT_IN_A_CASE or covered):
            advice.append(_advised(finding, line.text))
    return tuple(advice[:MOST_ADVICE])


def _advised(finding: Finding, text: str) -> Feedback:
    words = finding.span.of(text) if finding.span else ""
    about = f"About {quote(words)}: " if words and words not in finding.advice else ""
    return Feedback(cue=f"{about}{finding.advice}", flip=finding.rewrite or "")
