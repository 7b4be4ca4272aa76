"""Checks of an item that asks for a line in the learner's own words.

Whether the marking agrees with the examples and slips cannot be told here, beside the analyser: a
test of the bank does.
"""

from __future__ import annotations

from typing import get_args

from okrlab.content._findings import Findings, Loc
from okrlab.content._hints import check_hint, numbers_in, plain
from okrlab.content.item import Kind, WriteItem
from okrlab.content.library import Source

NEEDS: dict[str, tuple[str, ...]] = {
    "metric_kr": ("measure", "target"),
    "milestone_kr": ("evidence",),
    "baseline_kr": ("measure", "deadline"),
    "health_metric": ("measure", "threshold"),
    "objective": (),
}
"""The parts without which a line is not what was asked for."""

RUN = 6
"""So many words of an example in a row are a give-away."""

VALUES = ("baseline", "target", "threshold", "deadline")
SCALES = (1.0, 1e3, 1e6, 1e9)


def check_write(findings: Findings, source: Source, where: Loc, item: WriteItem) -> None:
    """Every mistake in one item of type `write`."""
    _parts(findings, source, where, item)
    _values(findings, source, where, item)
    _answers(findings, source, where, item)


def _parts(findings: Findings, source: Source, where: Loc, item: WriteItem) -> None:
    here = (*where, "requires")
    findings.twice(source, here, item.requires, "part")
    findings.twice(source, (*where, "must_not"), item.must_not, "check")
    findings.twice(source, (*where, "about"), item.about, "word")
    findings.twice(source, (*where, "proof"), item.proof, "word")
    if item.proof and "evidence" not in item.requires:
        findings.say(source, (*where, "proof"), "these words are not in use: require the evidence")
    missing = [part for part in NEEDS[item.asks] if part not in item.requires]
    if missing:
        kind = item.asks.replace("_", " ")
        findings.say(source, here, f"a {kind} without {' and '.join(missing)} is none; require it")
    if item.asks == "objective" and set(item.requires) - {"purpose", "measure"}:
        findings.say(source, here, "an objective holds no values and no proof; ask for less")
    if "measure" in item.requires and not item.about:
        findings.say(source, (*where, "about"), "give the words that a line about this holds")


def _values(findings: Findings, source: Source, where: Loc, item: WriteItem) -> None:
    for name in VALUES:
        if getattr(item, name) is not None and name not in item.requires:
            findings.say(source, (*where, name), f"this value is not in use: require the {name}")
    told = _told(item)
    said = [value for _, value in numbers_in(told, percent=False)]
    for name in ("baseline", "target", "threshold"):
        value = getattr(item, name)
        if value is not None and not any(
            abs(number * scale - value) < 1e-9 * max(1, abs(value))
            for number in said
            for scale in SCALES
        ):
            findings.say(source, (*where, name), f"neither stem nor context says {value:g}")
    if item.deadline and str(item.deadline.day) not in told:
        findings.say(source, (*where, "deadline"), "neither stem nor context says this date")
    if item.deadline and item.cycle_end and item.deadline > item.cycle_end:
        findings.say(source, (*where, "deadline"), "this is after the end of the cycle")
    if item.baseline is None or item.target is None or item.direction is None:
        return
    if (item.target > item.baseline) != (item.direction == "up"):
        findings.say(
            source, (*where, "direction"), "baseline and target point in the other direction"
        )


def _answers(findings: Findings, source: Source, where: Loc, item: WriteItem) -> None:
    texts = [e.text for e in item.examples]
    findings.twice(source, (*where, "examples"), texts, "example")
    findings.twice(source, (*where, "slips"), [*texts, *(s.text for s in item.slips)], "answer")
    for index, slip in enumerate(item.slips):
        at = (*where, "slips", index)
        findings.misconception(source, (*at, "misconception"), slip.misconception)
        known = {*item.requires, *item.must_not, *get_args(Kind), "kind", "direction"}
        for number, fault in enumerate(slip.when):
            if fault not in known:
                findings.say(
                    source,
                    (*at, "when", number),
                    f"this item does not look for “{fault}”, so the slip is never recognised; "
                    "require or forbid it",
                )
    check_hint(findings, source, where, item, [*texts, *_runs(texts)])


def _told(item: WriteItem) -> str:
    lines = (getattr(item.context, name) for name in type(item.context).model_fields)
    return " ".join([item.stem, *(line for line in lines if line)])


def _runs(texts: list[str]) -> list[str]:
    """Every run of `RUN` words of the examples."""
    runs = []
    for text in texts:
        words = plain(text).split()
        runs += [" ".join(words[i : i + RUN]) for i in range(len(words) - RUN + 1)]
    return runs
