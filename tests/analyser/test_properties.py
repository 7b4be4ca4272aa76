"""What holds for any text at all: no exception, spans inside, the same answer, in linear time."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from okrlab.analyser import Analysis, Span, analyse, analyse_set
from okrlab.analyser._analyse import MAX_LENGTH

WORDS = (
    "raise cut maintain launch ensure keep NPS churn revenue from to by at least no more than "
    "under per day customers % pp € $ 5 1,000 1.000 3.5M 2026-09-30 30/09/2026 Q3 FY26 H1 end of "
    "June xx X Y TBD ≥ ≤ < > → – - ( ) [ ] : ; , . ! KR2: half double a third of percent points "
    "halve weeks within this quarter 24/7 B2B p95 v2.1 ISO 27001 today"
).split()
SENTENCES = st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join)
GLUED = st.lists(st.sampled_from(WORDS), max_size=20).map("".join)
ODD = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from("\u202e\u200f\u200b\u00a0\u0000\u001b\u2028\ud800\udfff🚀👨\u200d٣%€½²Ⅳ١"),
    ),
    max_size=200,
)
ANY = st.one_of(SENTENCES, GLUED, ODD, st.tuples(SENTENCES, ODD, SENTENCES).map(" ".join))


def spans(read: Analysis) -> Iterator[Span]:
    """Every span of an analysis."""
    yield from (p.span for p in read.parts.found().values())
    yield from (c.span for c in read.cues if c.span is not None)
    yield from (f.span for f in read.findings if f.span is not None)


def whole(text: str, read: Analysis) -> None:
    """What must hold of each analysis."""
    assert read.text == text[:MAX_LENGTH]
    assert 0 <= read.confidence <= 1
    assert (read.kind is None) == (read.confidence == 0)
    assert read.kind is not None or read.question
    for span in spans(read):
        assert 0 <= span.start < span.end <= len(read.text)
    for part in read.parts.found().values():
        assert part.text == part.span.of(read.text)
    for finding in read.findings:
        assert finding.advice.strip()
        assert finding.rewrite is None or finding.rewrite.strip()


@settings(max_examples=400, deadline=None)
@given(ANY)
@example("\ud800 raise NPS from \udfff 3 to 5")
@example("\u202eraise NPS from 3 to 5\u202c by June")
@example("from ½ to ² by Ⅳ, ٣ to ٤ %")
@example("from 9" + "9" * 400 + " to 1e999 by 99/99/9999")
@example("by 2026-02-30, 31/02/2026, Q9 FY99, H7, 0000-00-00")
@example("İ" * 50 + " from 3 to 5")  # longer in lower case
@example("ß from 3 to 5 ŉ by June ﬁn")
@example("👨\u200d👩\u200d👧 from 3 to 5 🚀")
def test_any_text_is_read(text: str) -> None:
    """No exception, and every span lies inside the text."""
    whole(text, analyse(text))


@settings(max_examples=100, deadline=None)
@given(ANY, ANY, st.lists(st.floats(), max_size=30), st.booleans(), st.sampled_from(["stretch"]))
def test_any_context_is_taken(
    text: str, objective: str, history: list[float], pay: bool, ambition: str
) -> None:
    """An objective and a history may be anything too."""
    read = analyse(text, objective=objective, history=history, pay_linked=pay, ambition=ambition)
    whole(text, read)


@settings(max_examples=60, deadline=None)
@given(ANY, st.lists(ANY, max_size=6))
def test_any_set_is_read(objective: str, texts: list[str]) -> None:
    """One analysis for each text that isn't blank."""
    read = analyse_set(objective, texts)
    assert [a.text for a in read.statements] == [t for t in texts if t.strip()]


@settings(max_examples=100, deadline=None)
@given(ANY)
def test_the_same_text_gives_the_same_answer(text: str) -> None:
    """Nothing of what was read before has a say."""
    first = analyse(text)
    analyse("Cut churn from 3 to 2 % by June")
    assert analyse(text) == first


def test_the_answer_does_not_depend_on_the_process() -> None:
    """Hashes of strings differ between processes; answers don't."""
    code = (
        "from okrlab.analyser import analyse\n"
        "for t in ('Raise NPS to 40', 'Deliver quality', 'Keep churn under 3 % by launching X'):\n"
        "    print(ascii(analyse(t).to_dict()))\n"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed, "PYTHONUTF8": "1"},
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(said) == 1


PASTES = [
    "Cut churn from 3 to 2 % by June. ",
    "提高客户满意度 from 3 to 5 ",
    "رفع الرضا 3 ",
    "🚀",
    "a",
    "\n- ",
    "\x00",
    "(",
    "1,",
    "from ",
    "by ",
    "to 5 ",
]


@pytest.mark.parametrize("piece", PASTES)
@pytest.mark.parametrize("length", [MAX_LENGTH, MAX_LENGTH + 1, 200_000])
def test_long_pastes(piece: str, length: int) -> None:
    """5,000 characters are read, what is more is cut, and it takes no longer."""
    text = (piece * (length // len(piece) + 1))[:length]
    started = time.process_time()
    whole(text, analyse(text))
    assert time.process_time() - started < 3


NASTY = [
    "1", " ", ",", "1,", "1.", "1 ", "1,000", "from 1 to 2 ", "(", ")", "()", "(today ",
    "by by by ",
    "by ", "to ", "from ", "-", "– ", "→", "%", "% ", "$", "$1", "1/1/", "2026-", "Q", "Q3 ", "x ",
    "a", "a-", "a, ", "and ", "and raise ", "of the ", "at least ", "no more than ", "not ",
    "half ",
    "one hundred ", "KR1: ", ": ", "by end of ", "within ", "per ", "by launching a ", "xx ", "\n",
    "\t", ".", "'", "\"", "“", "e1", "1e", "İ",
]  # fmt: skip


def least_time(text: str, runs: int = 3) -> float:
    """The least processor time of a few readings."""
    best = float("inf")
    for _ in range(runs):
        started = time.process_time()
        analyse(text)
        best = min(best, time.process_time() - started)
    return best


@pytest.mark.parametrize("piece", NASTY)
def test_the_time_grows_with_the_length_and_no_faster(piece: str) -> None:
    """Twice the text takes about twice the time; a quadratic rule would take four times."""

    def made(length: int) -> str:
        text = f"raise {piece * length}"
        return text[: length - 4] + " NPS"

    half, full = least_time(made(2_450)), least_time(made(4_900))
    assert full < 3.2 * half + 0.02, f"{half * 1000:.1f} ms, then {full * 1000:.1f} ms"


def test_import_is_quick_and_light() -> None:
    """The analyser comes without pandas and widgets, well before anybody gets impatient."""
    code = (
        "import sys, time\n"
        "started = time.perf_counter()\n"
        "from okrlab.analyser import analyse\n"
        "print(time.perf_counter() - started)\n"
        "heavy = {'pandas', 'numpy', 'anywidget', 'sqlalchemy', 'sklearn', 'openpyxl', 'yaml'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
    )
    best = float("inf")
    for _ in range(3):
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
        )
        seconds, heavy = done.stdout.splitlines()
        assert heavy == "[]"
        best = min(best, float(seconds))
    assert best < 0.6


def test_a_keystroke_is_read_at_once() -> None:
    """Hundreds of statements a second even on a busy machine; the benchmark measures it exactly."""
    texts = [
        f"Cut the churn of new customers from {n} to 2 % by 30 September" for n in range(3, 203)
    ]
    started = time.process_time()
    for text in texts:
        analyse(text)
    assert len(texts) / (time.process_time() - started) > 300
