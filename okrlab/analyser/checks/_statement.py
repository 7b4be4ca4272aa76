"""What a check gets to see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from okrlab.analyser._reading import Reading
from okrlab.analyser.analysis import Finding, Kind, Part, Parts, Severity, Span


@dataclass(frozen=True)
class Statement:
    """A statement, what was read in it, and what the writer told beside it.

    Attributes:
        reading: tokens, amounts, dates, main verb.
        parts: measure, baseline, target, …
        kind: what it most probably is.
        sure: how sure that is, 0 to 1.
        objective: the objective that it belongs to, as the writer gave it; None when unknown.
        cycle_end: the last day of the cycle; None when unknown.
        ambition: "committed", "stretch" or "moonshot"; None when not said.
        pay_linked: whether somebody's pay depends on it; None when not said.
        history: past values of the measure, oldest first; None when not given.
    """

    reading: Reading
    parts: Parts
    kind: Kind
    sure: float
    objective: str | None = None
    cycle_end: date | None = None
    ambition: str | None = None
    pay_linked: bool | None = None
    history: Sequence[float] | None = None

    @property
    def text(self) -> str:
        """The statement."""
        return self.reading.text

    @property
    def is_result(self) -> bool:
        """Whether it was written as a key result, metric or milestone."""
        return self.kind in ("metric_kr", "milestone_kr")

    @property
    def forbids(self) -> bool:
        """Whether it only says what must not be done: "don't sleep at the wheel"."""
        words = [t.low for t in self.reading.toks[:3]]
        negated = words[:1] in (["don't"], ["never"], ["avoid"], ["not"]) or words[:2] == [
            "do",
            "not",
        ]
        return negated and not self.reading.quantities

    @property
    def moves(self) -> bool:
        """Whether a measure is to move: a metric key result, or amounts that say so."""
        return self.kind == "metric_kr"

    def span_of(self, *words: str) -> Span | None:
        """Where the first of these words stands (lower case)."""
        for tok in self.reading.toks:
            if tok.low in words:
                return Span(tok.start, tok.end)
        return None

    def dated(self, addition: str) -> str | None:
        """The statement with a date added; None where it would read oddly, behind a method."""
        method = self.parts.method
        if method is not None and method.span.end >= len(self.text.rstrip(" .")):
            return None
        return self.extended(addition)

    def replaced(self, part: Part | Span, new: str) -> str:
        """The statement with a part put in other words."""
        span = part.span if isinstance(part, Part) else part
        return tidy(self.text[: span.start] + new + self.text[span.end :])

    def extended(self, addition: str) -> str:
        """The statement with something added at its end, before a closing full stop."""
        body = self.text.rstrip()
        stop = "." if body.endswith(".") else ""
        return tidy(body.rstrip(".") + addition + stop)


def tidy(text: str) -> str:
    """Single spaces, none before punctuation, a capital letter kept where it was."""
    text = " ".join(text.split())
    for mark in (",", ".", ";", ":"):
        text = text.replace(f" {mark}", mark)
    return text.strip()


def finding(
    check: str,
    severity: Severity,
    advice: str,
    span: Span | None = None,
    rewrite: str | None = None,
) -> Finding:
    """A finding of the check with this file-like name, such as "h03_no_baseline"."""
    number, _, name = check.rpartition(".")[2].partition("_")
    return Finding(number.upper(), name.replace("_", "-"), severity, advice, span, rewrite)
