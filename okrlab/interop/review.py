"""A whole list of OKRs reviewed at once: summary and report as text, Markdown, JSON or HTML.

Statements are untrusted text: every format escapes them.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from html import escape
from typing import Any

from okrlab.analyser import KIND_WORDS, SetAnalysis, analyse, analyse_set
from okrlab.interop.statements import Line

FORMATS = ("text", "markdown", "json", "html")
_MARKS = {"error": "✕", "warning": "▲", "info": "○"}
_SHORT = {k: v.removeprefix("an ").removeprefix("a ") for k, v in KIND_WORDS.items()}


@dataclass(frozen=True)
class Group:
    """One objective with its lines and their reading."""

    lines: tuple[Line, ...]
    reading: SetAnalysis


@dataclass(frozen=True)
class Review:
    """The reading of a whole list."""

    name: str
    groups: tuple[Group, ...]

    @property
    def statements(self) -> int:
        """How many statements were read."""
        return sum(len(g.reading.statements) for g in self.groups)

    @property
    def kinds(self) -> Counter[str]:
        """How many statements of each kind, "unclear" included."""
        return Counter(a.kind or "unclear" for g in self.groups for a in g.reading.statements)

    @property
    def severities(self) -> Counter[str]:
        """How many findings of each severity."""
        return Counter(f.severity for g in self.groups for _, f in g.reading.all_findings)

    @property
    def checks(self) -> Counter[str]:
        """How often each check fired, by its id and name."""
        return Counter(f"{f.id} {f.name}" for g in self.groups for _, f in g.reading.all_findings)

    def fails(self, level: str) -> bool:
        """Whether there is a finding of that severity or worse."""
        levels = ("error",) if level == "error" else ("error", "warning")
        return any(self.severities[s] for s in levels)


def review(
    name: str, lines: Sequence[Line], *, tick: Callable[[int], None] = lambda _: None
) -> Review:
    """Read every line, grouped by objective.

    Args:
        name: of the list, for the report's title.
        lines: the statements.
        tick: told the number of statements done after each group, for a progress bar.
    """
    by_objective: dict[str, list[Line]] = {}
    for line in lines:
        if line.text.strip():
            by_objective.setdefault(line.objective.strip(), []).append(line)
    return Review(name, tuple(_group(o, members, tick) for o, members in by_objective.items()))


def _group(objective: str, lines: Sequence[Line], tick: Callable[[int], None]) -> Group:
    """An objective's set; what stands under no objective is a heap, each line by itself."""
    reading = SetAnalysis("", None, (), ())
    if objective:
        reading = analyse_set(objective, [line.text for line in lines])
        tick(len(reading.statements))
    rest = []
    for line in lines[len(reading.statements) :]:  # a set is cut, a review leaves nothing out
        rest.append(analyse(line.text, objective=objective or None))
        tick(1)
    return Group(
        tuple(lines),
        replace(reading, statements=(*reading.statements, *rest), left_out=0),
    )


def report(result: Review, form: str) -> str:
    """The report in one of `FORMATS`."""
    return {"text": _text, "markdown": _markdown, "json": _json, "html": _html}[form](result)


def n_words(number: int, word: str) -> str:
    """A number with its noun, such as "1 error" or "2 errors"."""
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def _summary(result: Review) -> list[str]:
    kinds = ", ".join(
        n_words(n, _SHORT[k]) if k in _SHORT else f"{n} {k}" for k, n in result.kinds.most_common()
    )
    counts = result.severities
    lines = [f"{n_words(result.statements, 'statement')}: {kinds or 'none'}."]
    lines.append(
        f"{n_words(counts['error'], 'error')}, {n_words(counts['warning'], 'warning')}, "
        f"{n_words(counts['info'], 'question')}."
    )
    often = result.checks.most_common(5)
    if often:
        lines.append("Most often: " + ", ".join(f"{name} ({n})" for name, n in often) + ".")
    return lines


def _entries(group: Group) -> Iterable[tuple[Line, str, str | None, list[Any]]]:
    """Each line with its kind, the question that would settle the kind, and its findings."""
    for line, analysis in zip(group.lines, group.reading.statements, strict=False):
        sure = f"{analysis.confidence:.0%}"
        kind = f"{_SHORT[analysis.kind]}, {sure}" if analysis.kind else "unclear"
        yield line, kind, analysis.question, [*analysis.findings]


def _text(result: Review) -> str:
    out = [f"Review of {_one_line(result.name)}", "", *_summary(result), ""]
    for group in result.groups:
        title = _one_line(group.reading.objective)
        out.append(f"★ {title}" if title else "Without an objective")
        for line, kind, question, findings in _entries(group):
            out.append(f"  {line.place}: {_one_line(line.text)}  [{kind}]")
            out += [f"    ? {_one_line(question)}"] if question else []
            out += [f"    {_MARKS[f.severity]} {f.id} {_one_line(f.advice)}" for f in findings]
        out += [
            f"  {_MARKS[f.severity]} {f.id} {_one_line(f.advice)}" for f in group.reading.findings
        ]
        out.append("")
    return "\n".join(out)


def _one_line(text: str) -> str:
    """Without line breaks and without what a terminal would take for a command."""
    return "".join(c if c.isprintable() or c in _JOINERS else " " for c in text)


_JOINERS = "\u200c\u200d"  # within Persian words and family emoji


def _md(text: str) -> str:
    """Text that Markdown shows as it is."""
    text = escape(_one_line(text), quote=False)
    for mark in "\\`*_{}[]#|~!":
        text = text.replace(mark, "\\" + mark)
    # at the start these would make a list within the list
    text = re.sub(r"^\s*([-+])", r"\\\1", text)
    return re.sub(r"^\s*(\d{1,9})([.)])", r"\1\\\2", text)


def _markdown(result: Review) -> str:
    out = [f"# Review of {_md(result.name)}", ""]
    out += [f"- {_md(line)}" for line in _summary(result)]
    out.append("")
    for group in result.groups:
        out += [f"## {_md(group.reading.objective) or 'Without an objective'}", ""]
        for line, kind, question, findings in _entries(group):
            out.append(f"- {_md(line.text)} — *{kind}* ({line.place})")
            out += [f"  - ? {_md(question)}"] if question else []
            out += [f"  - {_MARKS[f.severity]} {f.id}: {_md(f.advice)}" for f in findings]
        if group.reading.findings:
            out += ["", "The set as a whole:", ""]
            out += [
                f"- {_MARKS[f.severity]} {f.id}: {_md(f.advice)}" for f in group.reading.findings
            ]
        out.append("")
    return "\n".join(out)


def _json(result: Review) -> str:
    payload = {
        "name": result.name,
        "summary": {
            "statements": result.statements,
            "kinds": dict(result.kinds),
            "severities": dict(result.severities),
            "checks": dict(result.checks),
        },
        "objectives": [
            {
                "objective": g.reading.objective,
                "findings": [_finding(f) for f in g.reading.findings],
                "statements": [
                    {
                        "place": line.place,
                        "text": line.text,
                        "kind": a.kind,
                        "confidence": a.confidence,
                        "runner_up": a.runner_up,
                        "question": a.question,
                        "parts": {n: {"text": p.text, "value": p.value, "unit": p.unit}
                                  for n, p in a.parts.found().items()},
                        "findings": [_finding(f) for f in a.findings],
                    }
                    for line, a in zip(g.lines, g.reading.statements, strict=False)
                ],
            }
            for g in result.groups
        ],
    }  # fmt: skip
    return json.dumps(payload, indent=2, ensure_ascii=False)


def _finding(f: Any) -> dict[str, Any]:
    return {
        "id": f.id,
        "name": f.name,
        "severity": f.severity,
        "advice": f.advice,
        "span": [f.span.start, f.span.end] if f.span else None,
        "rewrite": f.rewrite,
    }


_STYLE = """
body{font:16px/1.5 system-ui,sans-serif;max-width:75ch;margin:2rem auto;padding:0 1rem;
color:#1f1f1f;background:#fff}
h1{font-size:1.5rem}h2{font-size:1.15rem;margin-top:2rem}li{margin:.35rem 0}
.kind{color:#555}.error{border-left:4px solid #D55E00;padding-left:.5rem}
.warning{border-left:4px solid #E69F00;padding-left:.5rem}
.info{border-left:4px solid #0072B2;padding-left:.5rem}ul{padding-left:1.25rem;list-style:none}
@media(prefers-color-scheme:dark){body{color:#eee;background:#151515}.kind{color:#bbb}}
"""
_SEVERITY_WORDS = {"error": "Mend", "warning": "Think about", "info": "Ask"}


def _safe(text: str) -> str:
    return escape(_one_line(text))


def _html(result: Review) -> str:
    out = [
        "<!doctype html><html lang='en'><head><meta charset='utf-8'>",
        "<meta name='viewport' content='width=device-width, initial-scale=1'>",
        f"<title>Review of {_safe(result.name)}</title><style>{_STYLE}</style></head><body><main>",
        f"<h1>Review of {_safe(result.name)}</h1>",
        *(f"<p>{escape(line)}</p>" for line in _summary(result)),
    ]
    for group in result.groups:
        out.append(f"<h2>{_safe(group.reading.objective) or 'Without an objective'}</h2><ul>")
        for line, kind, question, findings in _entries(group):
            out.append(
                f"<li><bdi>{_safe(line.text)}</bdi> "
                f"<span class='kind'>({escape(kind)}; {line.place})</span>"
            )
            if question:
                out.append(f"<p class='info'>{_safe(question)}</p>")
            out.append(_html_findings(findings) + "</li>")
        out.append("</ul>")
        if group.reading.findings:
            out.append("<p>The set as a whole:</p>" + _html_findings(group.reading.findings))
    out.append("</main></body></html>")
    return "".join(out) + "\n"


def _html_findings(findings: Sequence[Any]) -> str:
    if not findings:
        return ""
    rows = "".join(
        f"<li class='{f.severity}'><strong>{_SEVERITY_WORDS[f.severity]}</strong> "
        f"({f.id}): {_safe(f.advice)}</li>"
        for f in findings
    )
    return f"<ul>{rows}</ul>"
