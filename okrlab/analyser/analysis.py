"""What the analyser says of a statement."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal["objective", "metric_kr", "milestone_kr", "kpi", "health_metric", "task"]
KINDS: tuple[Kind, ...] = (
    "objective", "metric_kr", "milestone_kr", "kpi", "health_metric", "task",
)  # fmt: skip

Severity = Literal["error", "warning", "info"]

KIND_WORDS: dict[str, str] = {
    "objective": "an objective",
    "metric_kr": "a metric key result",
    "milestone_kr": "a milestone key result",
    "kpi": "a KPI",
    "health_metric": "a health metric",
    "task": "a task",
}


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the statement: from `start` up to, not including, `end` (characters)."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words themselves."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a statement.

    Attributes:
        span: where it stands.
        text: the words.
        value: normalised: a number in the unit (percent as percent: 8 % is 8.0), a date such as
            "2026-09-30" or "Q3", a direction "up" or "down"; None when there is none to give.
        unit: "%", "pp", "$", "days", …; "" when none stands there.
        how: for a change: "absolute", "percent", "points" or "factor"; for a threshold: "≥", "≤",
            ">", "<" or "between"; else "".
        high: the upper end where the amount is a range; `value` is then the lower.
    """

    span: Span
    text: str
    value: float | str | None = None
    unit: str = ""
    how: str = ""
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts that were found; None where there is none."""

    measure: Part | None = None
    baseline: Part | None = None
    target: Part | None = None
    change: Part | None = None
    unit: Part | None = None
    direction: Part | None = None
    deadline: Part | None = None
    threshold: Part | None = None
    method: Part | None = None
    owner: Part | None = None

    def found(self) -> dict[str, Part]:
        """The parts that are there, by name, in the order of the text."""
        named = {name: getattr(self, name) for name in self.__slots__}
        return dict(
            sorted(
                ((n, p) for n, p in named.items() if p is not None),
                key=lambda pair: (pair[1].span.start, pair[1].span.end),
            )
        )


@dataclass(frozen=True, slots=True)
class Cue:
    """Something in the statement that spoke for a kind, and how strongly.

    Attributes:
        span: the words; None when the absence of something decides.
        towards: the kind that it speaks for.
        sentence: why, in words.
        weight: how much it moved the verdict towards that kind (log-odds).
    """

    span: Span | None
    towards: Kind
    sentence: str
    weight: float


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check noticed.

    Attributes:
        id: of the check, such as "H03".
        name: of the check, such as "no-baseline".
        severity: error, warning or info.
        span: the words it is about; None when something is missing.
        advice: a question to the writer.
        rewrite: the whole statement in a better wording that keeps the writer's words, or None.
            Blanks to fill stand as “…”.
    """

    id: str
    name: str
    severity: Severity
    advice: str
    span: Span | None = None
    rewrite: str | None = None


@dataclass(frozen=True, slots=True)
class Analysis:
    """The reading of one statement.

    Attributes:
        text: the statement as it was read (cut at the analyser's limit).
        kind: what it is; None when it cannot be judged, see `question`.
        confidence: how sure, 0 to 1; among verdicts of 0.8 about 80 % are right.
        runner_up: the second likeliest kind.
        cues: what decided, the strongest first.
        parts: measure, baseline, target, …
        findings: what the checks noticed, errors first.
        question: what would settle the kind where the text alone doesn't; None when it does.
    """

    text: str
    kind: Kind | None
    confidence: float
    runner_up: Kind | None
    cues: tuple[Cue, ...]
    parts: Parts
    findings: tuple[Finding, ...]
    question: str | None = None
    probabilities: dict[str, float] | None = None

    @property
    def judged(self) -> bool:
        """Whether a kind could be given at all."""
        return self.kind is not None

    def __str__(self) -> str:
        if self.kind is None:
            return f"Not judged: {self.question}"
        return f"{KIND_WORDS[self.kind]} ({self.confidence:.0%})"

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        from dataclasses import asdict

        return asdict(self)
