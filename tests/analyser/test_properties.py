"""What holds for any text at all: no exception, spans inside, the same twice, in linear time."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from okrlab.analyser import KINDS, Analysis, analyse, analyse_set
from okrlab.analyser._analyse import MAX_LENGTH
from okrlab.analyser._parts import parts_of
from okrlab.analyser._reading import Reading
from okrlab.analyser._slots import slots_of

PIECES = (
    "Raise NPS from 32 to 45", "by 30 September", "from 4 to 8 %", "4→8", "10M", "€", "US$ 18k",
    "at least", "no more than", "within six weeks", "KR2:", "- ", "(today 70 %)", "xx %", "half",
    "a third", "two out of three", "Q3 FY26", "2026-09-30", "30.09.", "12/15", "9:15", "18:1", "±",
    "2–4 °C", "one hundred and", "thousand", "double", "keep", "launch", "and", "while", "by the",
    "before the", "end of", "…", "🎯", "سلام", "目标", "\u202e", "\x00", "\ud83d", "²", "½",
    "%", "+", "1 000", "1.000,5", ":", ";", ",", ".", "(", ")", "/", "per", "our", "I", "Ana", "not",
    "never",
)  # fmt: skip
statements = st.one_of(
    st.text(max_size=200),
    st.text(alphabet="0123456789 .,:%-+/()→€kMto", max_size=200),
    st.lists(st.sampled_from(PIECES), max_size=30).map(" ".join),
    st.lists(st.sampled_from(PIECES), max_size=30).map("".join),
)
SCRIPTS = [
    "提高客户满意度,从 32 提高到 45",
    "زيادة رضا العملاء من 32 إلى 45",
    "להגדיל את שביעות הרצון מ-32 ל-45",
    "Повысить NPS клиентов с 32 до 45 до конца года",
    "ユーザーの満足度を32から45に上げる",
    "고객 만족도를 32에서 45로 높이다",
]
NASTY = {
    "digits": "1234567890",
    "spaces": " ",
    "grouped digits": "1 000 ",
    "commas": ",",
    "pairs": "from 1 to 2 ",
    "parentheses": "(",
    "closed parentheses": "(1) ",
    "hyphens": "a-",
    "dashes": "- ",
    "joints": "NPS 1 and cost ",
    "dates": "by 1.1.2026 ",
    "due": "before the ",
    "ends": "by the end of ",
    "number words": "hundred and twenty ",
    "shares": "1 in 2 of 3 ",
    "colons": "1: ",
    "blanks": "from X to ",
    "methods": "by doing ",
    "arrows": "→",
    "unbroken": "x",
    "years": "2024: 1, ",
    "limits": "under 1 ",
    "guards": "with under 1 % ",
    "changes": "+1 % ",
    "signs": "- ",
    "times": "1 times out of ",
    "ranges": "between 1 and ",
}


def every_span(read: Analysis) -> list[tuple[int, int]]:
    """Whatever points into the text."""
    spans = [part.span for part in read.parts.found().values()]
    spans += [cue.span for cue in read.cues if cue.span]
    spans += [f.span for f in read.findings if f.span]
    return [(s.start, s.end) for s in spans]


@settings(max_examples=400, deadline=None)
@given(statements)
def test_any_text(text: str) -> None:
    """It is read without an exception, and all that is said of it stands inside it."""
    read = analyse(text)
    assert read.text == text
    assert read.kind in (*KINDS, None)
    assert 0 <= read.confidence <= 1
    assert (read.kind is None) == (read.runner_up is None)
    for start, end in every_span(read):
        assert 0 <= start < end <= len(text)
    for part in read.parts.found().values():
        assert part.text == part.span.of(text)
        assert part.value is None or isinstance(part.value, float | str)
    if read.kind is None:
        assert read.question
        assert not read.findings
    else:
        assert read.probabilities is not None
        assert sum(read.probabilities.values()) == pytest.approx(1, abs=1e-3)
        assert read.kind == max(read.probabilities, key=lambda k: read.probabilities[k])


@settings(max_examples=150, deadline=None)
@given(
    statements,
    st.one_of(st.none(), statements),
    st.one_of(st.none(), st.dates(date(2020, 1, 1), date(2040, 1, 1))),
    st.one_of(st.none(), st.sampled_from(["committed", "stretch", "moonshot"])),
    st.one_of(st.none(), st.booleans()),
    st.one_of(st.none(), st.lists(st.floats(), max_size=12)),
)
def test_any_context(
    text: str,
    objective: str | None,
    cycle_end: date | None,
    ambition: str | None,
    pay_linked: bool | None,
    history: list[float] | None,
) -> None:
    """The same input gives the same output, whatever the context; the input stays as it is."""
    kept = None if history is None else list(map(repr, history))
    context = {
        "objective": objective, "cycle_end": cycle_end, "ambition": ambition,
        "pay_linked": pay_linked, "history": history,
    }  # fmt: skip
    first = analyse(text, **context)  # type: ignore[arg-type]
    assert first == analyse(text, **context)  # type: ignore[arg-type]
    assert repr(first) == repr(analyse(text, **context))  # type: ignore[arg-type]
    assert kept == (None if history is None else list(map(repr, history)))
    for f in first.findings:
        assert f.advice.strip()
        assert f.rewrite is None or f.rewrite.strip()


@settings(max_examples=60, deadline=None)
@given(st.lists(statements, max_size=8), statements)
def test_any_set(lines: list[str], objective: str) -> None:
    """A set is read whatever stands in it; each line that isn't empty has its reading."""
    read = analyse_set(objective, lines)
    assert len(read.statements) == sum(bool(line.strip()) for line in lines)
    assert read == analyse_set(objective, lines)


@settings(max_examples=100, deadline=None)
@given(statements, st.sampled_from(KINDS))
def test_any_kind_has_its_parts(text: str, kind: str) -> None:
    """Only what a kind can have: a KPI has no target, a level to keep no date."""
    parts = parts_of(Reading.of(text), kind)  # type: ignore[arg-type]
    if kind == "kpi":
        assert parts.threshold is None
        assert parts.deadline is None
    if kind == "health_metric":
        assert parts.deadline is None


@pytest.mark.parametrize("text", SCRIPTS)
def test_other_scripts_are_not_judged(text: str) -> None:
    """It says that it can't, instead of guessing."""
    read = analyse(text)
    assert read.kind is None
    assert not read.judged
    assert read.confidence == 0
    assert not read.findings
    assert "okrlab reads English only" in (read.question or "")
    assert str(read).startswith("Not judged")


@pytest.mark.parametrize("text", ["", "   ", "\n\t", "\u200b"])
def test_nothing_to_read(text: str) -> None:
    """No text, no verdict."""
    assert analyse(text).kind is None


@pytest.mark.parametrize("text", ["🎯🎯", "12345", "→ % → %", "....", "\x00\x01", "\ud800"])
def test_no_words_to_read(text: str) -> None:
    """Signs and numbers alone are no statement."""
    read = analyse(text)
    assert read.kind is None
    assert "no words" in (read.question or "")


def test_a_few_words_of_another_script_do_no_harm() -> None:
    """A name in Chinese inside an English line."""
    read = analyse("Raise NPS of 北京 shops from 32 to 45 by June")
    assert read.kind == "metric_kr"
    assert read.parts.baseline is not None
    assert read.parts.baseline.value == 32


def test_a_long_paste_is_cut() -> None:
    """5,000 characters are read, the rest is left."""
    text = "Raise NPS from 32 to 45 by June. " * 400
    read = analyse(text)
    assert len(read.text) == MAX_LENGTH == 5_000
    assert read.kind is not None
    for start, end in every_span(read):
        assert end <= MAX_LENGTH
        assert start < end


def test_something_else_than_a_text() -> None:
    """A number is a mistake of the caller, and is told as one."""
    with pytest.raises(TypeError, match="A statement is a text, not float"):
        analyse(1.5)  # type: ignore[arg-type]


# -- time ------------------------------------------------------------------------------------------


def fastest(work: Callable[[], object], times: int = 3) -> float:
    """The shortest of a few runs, in seconds of this process, so that others don't count."""
    runs = []
    for _ in range(times):
        start = time.process_time()
        work()
        runs.append(time.process_time() - start)
    return min(runs)


@pytest.mark.parametrize("piece", NASTY.values(), ids=NASTY)
def test_time_grows_with_the_length_and_no_faster(piece: str) -> None:
    """No backtracking and no loop in a loop: doubled twice, a text takes about four times as long.

    Squared time would take sixteen times as long; the bound lies between, since machines are never
    quiet. Texts are far longer here than `analyse` takes.
    """

    def read(length: int) -> None:
        reading = Reading.of((piece * length)[:length])
        slots_of(reading)
        parts_of(reading)

    short, long = fastest(lambda: read(8_000)), fastest(lambda: read(32_000))
    assert long < 8 * short + 0.01


@pytest.mark.parametrize("piece", NASTY.values(), ids=NASTY)
def test_the_longest_text_is_read_at_once(piece: str) -> None:
    """With all checks: typing leaves a tenth of a second, the bound is for slow machines."""
    text = (piece * MAX_LENGTH)[:MAX_LENGTH]
    assert fastest(lambda: analyse(text)) < 0.5


def test_a_thousand_statements_take_a_moment() -> None:
    """benchmarks/analyser/speed.py measures it; this bound is for slow machines."""
    lines = ["Cut churn from 3.1 to 1.9 % by June", "Launch the app in Spain", "Uptime ≥ 99.9 %",
             "Analyse churn", "Become the bank that small firms recommend"]  # fmt: skip
    analyse(lines[0])
    assert fastest(lambda: [analyse(line) for line in lines * 40]) < 1.0


def test_import_is_quick_and_light() -> None:
    """`okrlab.analyser` loads neither pandas nor numpy, and in a moment."""
    code = (
        "import time, sys; start = time.perf_counter(); from okrlab.analyser import analyse; "
        "print(time.perf_counter() - start); "
        "print([m for m in ('pandas', 'numpy', 'sklearn', 'pydantic') if m in sys.modules])"
    )
    runs = [
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        ).stdout.splitlines()
        for _ in range(3)
    ]
    assert runs[0][1] == "[]"
    assert min(float(run[0]) for run in runs) < 0.6
