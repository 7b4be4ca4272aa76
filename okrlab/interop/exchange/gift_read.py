"""GIFT read: what Moodle reads, except that short answers have no counterpart in the bank."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from okrlab.interop.exchange._read import Imported, LeaveOutError, bounded, finish, text_of
from okrlab.interop.exchange._text import clean, from_either, from_html, one_line
from okrlab.interop.exchange.questions import Answer, Pair, Question, Value, explained

_ESCAPED = "\\:#={}~"
_HIDDEN = {char: chr(number) for number, char in enumerate(_ESCAPED)}  # no text holds \x00 to \x06
_SHOWN = str.maketrans({hidden: char for char, hidden in _HIDDEN.items()} | {"\x07": "\n"})
_ESCAPE = re.compile(r"\\([\\:#={}~n])")
_FORMAT = re.compile(r"\[(html|plain|markdown|moodle)\]", re.IGNORECASE)
_WEIGHT = re.compile(r"%(-?\d{1,3}(?:\.\d*)?)%")
_MARK = re.compile(r"\[(id|tag):([^\]\x00-\x1f]+)\]")
_MISCONCEPTION = re.compile(r"M\d\d")
_TRUE = {"T": True, "TRUE": True, "F": False, "FALSE": False}


def read_gift(path: Path) -> Imported:
    """The questions of a GIFT file.

    Raises:
        ContentError: the file can't be read, or holds nothing that the bank has a type for.
    """
    questions, notes = [], []
    for number, (line, block, marks) in enumerate(_blocks(clean(text_of(path))), 1):
        try:
            question = _question(block, marks, line, number)
            if question is not None:
                questions.append(bounded(question))
        except LeaveOutError as reason:
            notes.append(f"line {line}: {reason}: “{one_line(block.translate(_SHOWN))[:60]}”")
    return finish(path.name, questions, notes)


def _blocks(text: str) -> Iterator[tuple[int, str, list[tuple[str, str]]]]:
    """The blocks between empty lines: first line, text with what is escaped hidden, marks."""
    kept: list[str] = []
    marks: list[tuple[str, str]] = []
    first = 0
    for number, line in enumerate([*text.split("\n"), ""], 1):
        if line.strip().startswith("//"):
            marks += _MARK.findall(line)
        elif line.strip().startswith("$CATEGORY:"):
            marks = []
        elif line.strip():
            first = first or number
            kept.append(line)
        elif kept:
            yield first, _ESCAPE.sub(_hide, "\n".join(kept).strip()), marks
            kept, marks, first = [], [], 0


def _hide(match: re.Match[str]) -> str:
    return "\x07" if match[1] == "n" else _HIDDEN[match[1]]


def _question(block: str, marks: list[tuple[str, str]], line: int, number: int) -> Question | None:
    title, rest = "", block
    if rest.startswith("::") and "::" in rest[2:]:
        title, _, rest = rest[2:].partition("::")
    before, brace, after = rest.partition("{")
    if not brace:
        raise LeaveOutError("it asks nothing")
    body, end, tail = after.partition("}")
    if not end:
        raise LeaveOutError("its “{” has no “}”")
    stem = f"{before}_____{tail}" if tail.strip() else before
    form = _FORMAT.match(stem.strip())
    html = form is not None and form[1].lower() == "html"
    names = [value.strip() for kind, value in marks if kind == "id"]
    tags = [value.strip() for kind, value in marks if kind == "tag"]
    answers, general = _general(body.strip())
    explanation, flip = explained(_text(general, html))
    text = _text(stem, html)
    if not text:
        raise LeaveOutError("it has no text")
    base = Question(
        id=names[0] if names else one_line(title.translate(_SHOWN)) or f"gift-{number}",
        kind="choice",
        title=one_line(title.translate(_SHOWN)),
        text=text,
        concept=next((t for t in tags if not _MISCONCEPTION.fullmatch(t)), ""),
        explanation=explanation,
        flip=flip,
        misconceptions=tuple(t for t in tags if _MISCONCEPTION.fullmatch(t)),
        line=line,
    )
    return _typed(base, answers, html)


def _typed(base: Question, answers: str, html: bool) -> Question:
    if not answers:
        raise LeaveOutError("essays are marked by people; write it anew as an item of type write")
    if answers.startswith("#"):
        return _number(base, answers[1:], html)
    if "~" in answers:
        return _choice(base, answers, html)
    if "=" in answers and "->" in answers:
        return _match(base, answers, html)
    word, _, feedback = answers.partition("#")
    if word.strip() not in _TRUE:
        raise LeaveOutError("short answers have no counterpart in the bank")
    wrong, _, right = feedback.partition("#")
    said = {True: _text(right, html), False: _text(wrong, html)}
    truth = _TRUE[word.strip()]
    options = [
        Answer(name, is_true == truth, said[is_true == truth])
        for name, is_true in (("True", True), ("False", False))
    ]
    return replace(base, answers=tuple(options))


def _general(body: str) -> tuple[str, str]:
    start, mark, general = body.rpartition("####")
    return (start.strip(), general) if mark else (body, "")


def _choice(base: Question, body: str, html: bool) -> Question:
    found = []
    for part in _parts(body.replace("=", "~="), "~"):
        is_right = part.startswith("=")
        rest = part.removeprefix("=").strip()
        weight = _WEIGHT.match(rest)
        rest = rest[weight.end() :] if weight else rest
        text, _, feedback = rest.partition("#")
        share = float(weight[1]) if weight else 100.0 * is_right
        found.append((share, Answer(_text(text, html), share > 0, _text(feedback, html))))
    single = "=" in body
    if single:  # what earns less than everything is not right where one option is to be chosen
        found = [(s, replace(a, right=s >= 100)) for s, a in found]
    if len(found) < 2 or not any(a.right for _, a in found):
        raise LeaveOutError("it needs two options, of which one is right")
    return replace(base, kind="choice" if single else "choices", answers=tuple(a for _, a in found))


def _match(base: Question, body: str, html: bool) -> Question:
    pairs = []
    for part in _parts(body, "="):
        left, arrow, right = part.partition("->")
        if not arrow:
            raise LeaveOutError("a pair has no “->”")
        pairs.append((_text(left, html), one_line(right.translate(_SHOWN))))
    return matched(replace(base, kind="match"), pairs)


def matched(base: Question, pairs: list[tuple[str, str]]) -> Question:
    """A match; or an order, when the targets are the places from 1 on, each once.

    A pair without a text only adds a target that nothing belongs to.
    """
    targets = tuple(dict.fromkeys(target for _, target in pairs))
    placed = [(text, target) for text, target in pairs if text]
    if len(pairs) < 2:
        raise LeaveOutError("it needs two pairs")
    places = [str(place) for place in range(1, len(pairs) + 1)]
    if len(pairs) > 2 and sorted(t for _, t in placed) == sorted(places):
        steps = tuple(text for text, place in sorted(placed, key=lambda p: int(p[1])))
        return replace(base, kind="order", steps=steps)
    return replace(base, kind="match", pairs=tuple(Pair(*p) for p in placed), targets=targets)


def _number(base: Question, body: str, html: bool) -> Question:
    body, _, wrong = body.partition("~")
    values = []
    for part in _parts(body, "=") if "=" in body else [body.strip()]:
        weight = _WEIGHT.match(part)
        text, _, feedback = (part[weight.end() :] if weight else part).partition("#")
        value, tolerance = _span(text.translate(_SHOWN).strip())
        right = weight is None or float(weight[1]) >= 100
        values.append(Value(value, tolerance, right, _text(feedback, html)))
    values.sort(key=lambda v: not v.right)
    if not values or not values[0].right:
        raise LeaveOutError("it has no right number")
    otherwise = _text(wrong.partition("#")[2], html)
    explanation = base.explanation or values[0].feedback
    return replace(
        base, kind="number", values=tuple(values), otherwise=otherwise, explanation=explanation
    )


def _span(text: str) -> tuple[float, float]:
    """A number and its tolerance, from 3:2 or 1..5 or 3."""
    try:
        if ".." in text[1:]:
            low, high = (float(t) for t in text.split(".."))
            numbers = ((low + high) / 2, (high - low) / 2)
        elif ":" in text[1:]:
            value, _, tolerance = text.partition(":")
            numbers = (float(value), float(tolerance))
        else:
            numbers = (float(text), 0.0)
    except ValueError:
        raise LeaveOutError(f"“{text[:30]}” is no number") from None
    if not all(map(math.isfinite, numbers)) or numbers[1] < 0:
        raise LeaveOutError(f"“{text[:30]}” is no number")
    return numbers


def _parts(body: str, sign: str) -> list[str]:
    return [part.strip() for part in body.split(sign) if part.strip()]


def _text(text: str, html: bool) -> str:
    """A text with what was escaped, its format taken off."""
    text = text.strip()
    form = _FORMAT.match(text)
    if form:
        text, html = text[form.end() :], form[1].lower() == "html"
        if form[1].lower() in ("plain", "markdown"):
            return text.translate(_SHOWN).strip()
    whole = text.translate(_SHOWN)
    return from_html(whole) if html else from_either(whole)
