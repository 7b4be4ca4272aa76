"""A class report as one HTML page that needs nothing else. All text is escaped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from importlib.resources import files

from okrlab.assessment.class_gain import ClassGain
from okrlab.assessment.class_ideas import RoomIdea, Treatment
from okrlab.assessment.class_report import GENERATED, ClassReport
from okrlab.assessment.class_rows import Where, state_words
from okrlab.assessment.items import ItemFigures
from okrlab.content import Library
from okrlab.interop.class_heat import heat_table
from okrlab.interop.class_pictures import gain_picture, share_bar
from okrlab.interop.class_words import gaps, lesson_counts, stem_of

FIRST = 6
"""So many misconceptions are spelled out at once."""

MOST_ITEMS = 40
"""So many items to look at are shown; all of them are in the workbook."""

SIGNS = {"not_started": "○", "learning": "◐", "mastered": "●", "taken": "✓"}
"""The state of a lesson as a sign; the word stands beside it for those who cannot see it."""


def page(report: ClassReport, library: Library) -> str:
    """The report as a page of its own.

    Args:
        report: the figures.
        library: for the wording of the questions.
    """
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(report.title)}: class report</title>\n<style>{style()}</style>\n"
        f"</head>\n<body>\n<main>\n<h1>{escape(report.title)}</h1>\n{body(report, library)}"
        "</main>\n</body>\n</html>\n"
    )


def style() -> str:
    """The styles; each rule is narrowed to the report."""
    return (files("okrlab.interop") / "class_report.css").read_text("utf-8")


def body(report: ClassReport, library: Library) -> str:
    """The report without its page, for a notebook."""
    made = (
        f'<p class="cr-made"><strong>{GENERATED}.</strong> Nobody has answered this: a program '
        "made it up, to show what a report looks like.</p>"
        if report.generated
        else ""
    )
    named = (
        ""
        if report.named
        else " Learners are numbered in the order of their first answers, without names."
    )
    parts = [
        _opening(report),
        _ideas(report.ideas),
        _mastery(report),
        _where(report),
        _gain(report.gain),
        _items(report, library),
        _cautions(report),
    ]
    return (
        f'<div class="okrlab-report">{made}<p class="cr-soft">{escape(report.headline())} '
        f"{escape(f'{report.at:%-d %B %Y}.')}{named}</p>\n{''.join(parts)}</div>\n"
    )


def _section(name: str, title: str, inside: str) -> str:
    return (
        f'<section class="cr-{name}" aria-label="{escape(title)}">\n<h2>{escape(title)}</h2>\n'
        f"{inside}</section>\n"
    )


def _opening(report: ClassReport) -> str:
    start = report.opening.treatment
    what = (
        f'<p class="cr-what">{escape(start.words())}</p>\n<p><code>{escape(start.how())}</code></p>'
        if start
        else '<p class="cr-what">Nothing in particular</p>'
    )
    return _section(
        "opening",
        "To open the next session with",
        f"{what}\n<p>{escape(report.opening.why)}</p>\n<p>{escape(report.opening.then)}</p>\n",
    )


def _ideas(ideas: Sequence[RoomIdea]) -> str:
    if not ideas:
        return _section("ideas", "What the room thinks", "<p>No misconception came up.</p>\n")
    intro = (
        "<p>Misconceptions in the latest answers, those that most learners lean to first. Who "
        "leans to one gave it away twice, and in a fifth of the answers that could have.</p>\n"
    )
    first = f'<ol class="cr-list">{"".join(map(_idea, ideas[:FIRST]))}</ol>\n'
    rest = ideas[FIRST:]
    more = (
        f'<details><summary>{len(rest)} more</summary><ol class="cr-list" start="{FIRST + 1}">'
        f"{''.join(map(_idea, rest))}</ol></details>\n"
        if rest
        else ""
    )
    return _section("ideas", "What the room thinks", intro + first + more)


def _idea(idea: RoomIdea) -> str:
    treat = "".join(f"<li>{_treatment(t)}</li>" for t in idea.treatments[:3])
    return (
        f"<li><p><strong>“{escape(idea.title)}”</strong> "
        f'<span class="cr-soft">{escape(idea.misconception)}</span></p>\n'
        f'<div class="cr-bar">{share_bar(idea.share)}<span>{escape(idea.words())}</span></div>\n'
        f"<p>Instead: {escape(idea.repair)}</p>\n"
        f"{f'<p>What treats it:</p><ul>{treat}</ul>' if treat else ''}</li>\n"
    )


def _treatment(treatment: Treatment) -> str:
    return (
        f"{escape(treatment.words())}. {escape(treatment.why)} "
        f"<code>{escape(treatment.how())}</code>"
    )


def _mastery(report: ClassReport) -> str:
    if not any(row.learners for row in report.concepts):
        return _section("mastery", "Mastery by concept", "<p>No graded answers yet.</p>\n")
    words = "".join(f"<p>{escape(line)}</p>\n" for line in gaps(report.concepts))
    return _section("mastery", "Mastery by concept", f"{words}{heat_table(report)}")


def _where(report: ClassReport) -> str:
    if not report.where:
        return _section("where", "Who is where", "<p>Nobody is enrolled yet.</p>\n")
    heads = "".join(
        f'<th scope="col"><span title="{escape(title)}">L{number}</span></th>'
        for number, title in report.lessons
    )
    words = "".join(f"<li>{escape(line)}</li>\n" for line in lesson_counts(report))
    table = (
        '<div class="cr-scroll" role="region" aria-label="Table of learners" tabindex="0">'
        '<table><thead><tr><th scope="col">Learner</th><th scope="col">Where</th>'
        f'<th scope="col">Last seen</th><th scope="col">Answers</th>{heads}'
        '<th scope="col">Pretest → final</th></tr></thead>'
        f"<tbody>{''.join(map(_learner, report.where))}</tbody></table></div>\n"
    )
    signs = ", ".join(f"{SIGNS[s]} {state_words(s).lower()}" for s in SIGNS)
    return _section(
        "where", "Who is where", f'<ul>{words}</ul>\n{table}<p class="cr-soft">{signs}.</p>\n'
    )


def _learner(w: Where) -> str:
    states = "".join(
        f'<td class="cr-state"><span aria-hidden="true">{SIGNS.get(s, "○")}</span>'
        f'<span class="cr-hidden">{escape(state_words(s))}</span></td>'
        for s in w.lessons
    )
    last = f"{w.last:%-d %b %Y}" if w.last else "never"
    away = ' <span class="cr-away">away</span>' if w.away else ""
    gain = f"{w.gain[0]} → {w.gain[1]} of {w.gain[2]}" if w.gain else "–"
    return (
        f'<tr><th scope="row">{escape(w.name)}</th><td>{escape(w.at)}</td>'
        f'<td class="cr-day">{escape(last)}{away}</td><td class="cr-number">{w.answers}</td>'
        f'{states}<td class="cr-number">{gain}</td></tr>\n'
    )


def _gain(gain: ClassGain | None) -> str:
    title = "From the pretest to the final test"
    if gain is None:
        return _section("gain", title, "<p>Nobody has taken both tests yet.</p>\n")
    words = "".join(f"<p>{escape(line)}</p>\n" for line in gain.words())
    return _section("gain", title, f"{gain_picture(gain)}{words}")


def _items(report: ClassReport, library: Library) -> str:
    title = "Questions to look at"
    tests = "".join(
        f"<p>{escape(name)}: {escape(r.words())}</p>\n" for name, r in report.tests.items()
    )
    if not report.items:
        return _section("items", title, "<p>No question has been answered yet.</p>\n")
    flagged = report.flagged
    if flagged:
        shown = "".join(_item(i, library) for i in flagged[:MOST_ITEMS])
        judged = sum(not i.note for i in report.items)
        intro = (
            f"<p>{len(flagged)} of {judged} questions with 30 answers or more have something to "
            "look at: it may be the question, or what was taught.</p>\n"
        )
    else:
        shown = "".join(_item(i, library) for i in report.hardest)
        judged = sum(not i.note for i in report.items)
        intro = (
            f"<p>None of {judged} questions with 30 answers stands out. These went worst:</p>\n"
            if judged
            else "<p>No question has 30 answers yet, so none is judged. These went worst; talk "
            "about what they ask.</p>\n"
        )
    return _section("items", title, f'{intro}<ul class="cr-list">{shown}</ul>\n{tests}')


def _item(item: ItemFigures, library: Library) -> str:
    flags = "".join(f"<p>{escape(flag)}</p>" for flag in item.flags)
    r = "" if item.r_pb is None else f", r\u00a0=\u00a0{item.r_pb:.2f}".replace("-", "−")
    note = f" <strong>{escape(item.note)}.</strong>" if item.note else ""
    rows = "".join(
        f"<tr><td>{escape(d.answer)}</td><td>{escape(d.misconception or '')}</td>"
        f'<td class="cr-number">{d.chosen}</td><td class="cr-number">{d.upper}</td>'
        f'<td class="cr-number">{d.lower}</td></tr>'
        for d in item.distractors
        if d.chosen or item.flags
    )
    table = (
        "<details><summary>Wrong answers</summary>"
        f'<div class="cr-scroll" role="region" aria-label="Wrong answers to {escape(item.item)}" '
        'tabindex="0"><table><thead><tr><th scope="col">Answer</th><th scope="col">Shows</th>'
        '<th scope="col">All</th>'
        f'<th scope="col">Upper {item.group}</th><th scope="col">Lower {item.group}</th></tr>'
        f"</thead><tbody>{rows}</tbody></table></div></details>"
        if rows
        else ""
    )
    return (
        f"<li><p><strong>{escape(stem_of(item.item, library))}</strong></p>"
        f'<p class="cr-soft"><code>{escape(item.item)}</code>: {item.right} of {item.n} right '
        f"({item.p:.0%}; drawn to the middle {item.shrunk:.0%}){r}.{note}</p>{flags}{table}</li>\n"
    )


def _cautions(report: ClassReport) -> str:
    lines: Iterable[str] = (
        *report.cautions,
        "Answers show what somebody chose, not why. Ask before you conclude.",
    )
    inside = "".join(f"<li>{escape(line)}</li>\n" for line in lines)
    return _section("cautions", "What this page cannot tell", f"<ul>{inside}</ul>\n")
