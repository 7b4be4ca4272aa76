"""What a learner gets back: one page of HTML that needs nothing else. All text is escaped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from okrlab.grading.results import FAILED, FLAGGED, NOT_ANSWERED, OK, TIMEOUT, ExerciseMark, Marked

STATUS_WORDS = {
    OK: "Marked",
    NOT_ANSWERED: "Not answered",
    FAILED: "Could not be run",
    TIMEOUT: "Took too long",
    FLAGGED: "To be looked at by your coach",
}

_STYLE = """
:root { color-scheme: light dark; --ink: #1f1f1f; --soft: #595959; --line: #c9c9c9; --page: #fff;
  --card: #f6f7f8; --good: #1b6e3c; --bad: #9b2c1f; }
@media (prefers-color-scheme: dark) { :root { --ink: #ececec; --soft: #b4b4b4; --line: #4a4a4a;
  --page: #17191b; --card: #212427; --good: #7bd49b; --bad: #ff9d8d; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink);
  font: 1rem/1.55 system-ui, "Segoe UI", Roboto, sans-serif; }
main { max-width: 46rem; margin: 0 auto; padding: 2rem 1rem 4rem; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .25rem; overflow-wrap: anywhere; }
h2 { font-size: 1.2rem; margin: 2.5rem 0 .5rem; overflow-wrap: anywhere; }
h3 { font-size: 1.05rem; margin: 0; }
p { margin: .5rem 0; overflow-wrap: anywhere; }
.soft { color: var(--soft); }
section.exercise { border: 1px solid var(--line); border-radius: 8px; padding: 1rem 1.25rem;
  margin: 1rem 0; background: var(--card); }
.points { font-weight: 600; }
.good { color: var(--good); }
.bad { color: var(--bad); }
dl { margin: .75rem 0 0; }
dt { font-weight: 600; margin-top: .75rem; overflow-wrap: anywhere; }
dd { margin: .1rem 0 0; overflow-wrap: anywhere; }
@media print { section.exercise { break-inside: avoid; background: none; } }
"""


def page(learner: str, marked: Sequence[Marked], titles: Mapping[str, str]) -> str:
    """A learner's feedback on everything that was handed in.

    Args:
        learner: whose it is.
        marked: the marks, one for each assignment.
        titles: of misconceptions, by id.
    """
    points, most = sum(m.points for m in marked), sum(m.max_points for m in marked)
    body = "".join(_submission(m, titles) for m in marked)
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>Feedback for {escape(learner)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        f"<main>\n<h1>Feedback for {escape(learner)}</h1>\n"
        f'<p class="soft">{points:g} of {most} points.</p>\n{body}</main>\n</body>\n</html>\n'
    )


def _submission(marked: Marked, titles: Mapping[str, str]) -> str:
    name = escape(_title(marked.assignment or marked.file))
    words = "".join(f"<p>{escape(word)}</p>\n" for word in marked.words)
    exercises = "".join(_exercise(mark, titles) for mark in marked.exercises)
    return (
        f'<h2>{name}</h2>\n<p class="soft">{marked.points:g} of {marked.max_points} points.</p>\n'
        f"{words}{exercises}"
    )


def _title(name: str) -> str:
    """A notebook's name as people read it, such as “1. Two jobs”."""
    number, _, rest = name.partition("_")
    words = rest.replace("_", " ")
    return f"{int(number)}. {words[:1].upper()}{words[1:]}" if number.isdigit() and words else name


def _exercise(mark: ExerciseMark, titles: Mapping[str, str]) -> str:
    full = mark.points >= mark.max_points
    icon, kind = ("✓", "good") if full else ("✕", "bad")
    if mark.status == NOT_ANSWERED:
        icon, kind = "○", "soft"
    state = "" if mark.status == OK else f" {escape(STATUS_WORDS.get(mark.status, mark.status))}."
    words = "".join(f"<p>{escape(word)}</p>\n" for word in mark.words)
    parts = "".join(_part(p.name, p.given, p.expected, p.why) for p in mark.parts)
    ideas = [f"{name}, {titles[name]}" for name in mark.misconceptions if name in titles]
    said = (
        f'<p class="soft">Ideas to look at again: {escape("; ".join(ideas))}.</p>' if ideas else ""
    )
    return (
        f'<section class="exercise" aria-label="Exercise {escape(mark.exercise)}">\n'
        f"<h3>{escape(mark.exercise)} {escape(mark.title)}</h3>\n"
        f'<p class="points {kind}"><span aria-hidden="true">{icon}</span> {mark.points:g} of '
        f"{mark.max_points} points.{state}</p>\n{words}"
        f"{f'<dl>{parts}</dl>' if parts else ''}{said}</section>\n"
    )


def _part(name: str, given: str, expected: str, why: str) -> str:
    said = [f"Your answer: {given}." if given else "", f"Expected: {expected}." if expected else ""]
    first = " ".join(escape(text) for text in said if text)
    return (
        f"<dt>{escape(name)}</dt>\n{f'<dd>{first}</dd>' if first else ''}"
        f"{f'<dd>{escape(why)}</dd>' if why else ''}\n"
    )
