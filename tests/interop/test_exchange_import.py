"""Files from elsewhere: gaps are named, nothing is invented, hostile files are refused in words."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from okrlab.content.checks import inspect_content
from okrlab.errors import ContentError
from okrlab.interop.exchange._read import MAX_BYTES, MAX_QUESTIONS, Imported
from okrlab.interop.exchange._text import from_html, to_html
from okrlab.interop.exchange.bank_file import GAP, bank_file
from okrlab.interop.exchange.gift_read import read_gift
from okrlab.interop.exchange.jupyterquiz import read_jupyterquiz
from okrlab.interop.exchange.moodle_read import read_moodle
from okrlab.interop.exchange.questions import Question
from okrlab.interop.exchange.table import read_question_table

READERS = [read_gift, read_jupyterquiz, read_moodle, read_question_table]
Read = Callable[[Path], Imported]

GIFT = r"""// made by hand, as Moodle's documentation writes it
$CATEGORY: $course$/Metrics

::Churn::What is churn, measured monthly? {
  =A KPI # It is watched.
  ~A key result # Nobody moves it.
  ~%-100%A task
}

Two are results.{~%50%Revenue up#yes ~%50%Churn down ~%-50%Launch\: done ####Look for effects.}

::Sort::[html]<p>Match &amp; <b>think</b></p>{ =NPS, watched -> KPI =NPS to 45 -> Key result }

How many percent?{#
 =70:0.5#7 of 10
 =%0%30:0.5#That is what is missing.
 ~#Divide.
 ####Seven of ten.
}

The pool opened in {#1998..2002}.

Key results are outputs.{F#They are outcomes.#Right.}

Grant is {=buried ~living} here.

Who said so?{=Grove =Doerr}

Discuss.{}
"""


def put(folder: Path, text: str | bytes) -> Path:
    """A file."""
    path = folder / "file"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_gift_by_hand(tmp_path: Path) -> None:
    """What people write is read as Moodle reads it; what the bank can't hold is told."""
    found = read_gift(put(tmp_path, GIFT))
    churn, results, sort, percent, pool, outputs, grant = found.questions
    assert (churn.id, churn.kind, churn.line) == ("Churn", "choice", 4)
    assert [(a.text, a.right, a.feedback) for a in churn.answers] == [
        ("A KPI", True, "It is watched."),
        ("A key result", False, "Nobody moves it."),
        ("A task", False, ""),
    ]
    assert (results.kind, [a.right for a in results.answers]) == ("choices", [True, True, False])
    assert results.answers[2].text == "Launch: done"
    assert results.explanation == "Look for effects."
    assert (sort.text, sort.targets) == ("Match & think", ("KPI", "Key result"))
    assert [(v.value, v.right) for v in percent.values] == [(70.0, True), (30.0, False)]
    assert (percent.otherwise, percent.explanation) == ("Divide.", "Seven of ten.")
    assert (pool.values[0].value, pool.values[0].tolerance) == (2000.0, 2.0)
    assert pool.text == "The pool opened in _____."
    assert [(a.text, a.right, a.feedback) for a in outputs.answers] == [
        ("True", False, "They are outcomes."),
        ("False", True, "Right."),
    ]
    assert grant.text == "Grant is _____ here."
    assert len(found.notes) == 2
    assert found.notes[0].startswith("line 27: short answers have no counterpart")
    assert "Discuss." in found.notes[1]


def test_every_gap_is_named_with_its_line(tmp_path: Path) -> None:
    """By the check, and by nothing else: gaps and mistakes are the same lines."""
    found = read_gift(put(tmp_path, GIFT))
    bank = bank_file(found.questions, "", "file")
    path = tmp_path / "own.yaml"
    path.write_text(bank.text, encoding="utf-8")
    problems = inspect_content(None, only=(), files=[path]).problems
    marked = [n for n, line in enumerate(bank.text.splitlines(), 1) if f"# {GAP}:" in line]
    assert sorted(problem.line for problem in problems) == marked
    assert len(marked) == bank.gaps > 50
    fields = {problem.field for problem in problems}
    assert {"concept", "items[0].options[1].misconception", "items[0].hint"} <= fields
    assert {
        "items[2].cards[0].flip",
        "items[0].author",
        "items[3].wrong_values[0].misconception",
    } <= (fields)


def test_a_filled_bank_file_is_right(tmp_path: Path) -> None:
    """With its gaps filled, an imported file passes the check."""
    bank = bank_file(read_gift(put(tmp_path, GIFT)).questions[:1] * 2, "kpi-definition", "file")
    fills = {
        "seed_refs": "[000-kpi-definition]",
        "misconception": "M01",
        "difficulty_prior": "2",
        "bloom": "apply",
        "minutes": "1",
        "parallel_group": "ours",
    }
    lines = []
    for line in bank.text.splitlines():
        name = line.strip().removeprefix("- ").partition(":")[0]
        if f"# {GAP}:" in line or name == "parallel_group":
            fill = fills.get(name, "Something that fits.")
            lines.append(f"{line.partition(':')[0]}: {fill}")
        else:
            lines.append(line)
    text = "\n".join(lines).replace("What is churn", "Which is churn", 1)
    path = tmp_path / "kpi-definition.yaml"
    path.write_text(text.replace("000-kpi-definition", claim()), encoding="utf-8")
    assert inspect_content(None, only=(), files=[path]).problems == ()


def claim() -> str:
    """A claim that exists."""
    from okrlab.content import Library

    return next(iter(Library().claims))


ENTITIES = (
    '<?xml version="1.0"?><!DOCTYPE quiz [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><quiz>&b;</quiz>'
)
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE quiz SYSTEM "file:///etc/passwd"><quiz></quiz>'
DEEP = "<quiz>" + "<question>" * 50 + "</question>" * 50 + "</quiz>"


@pytest.mark.parametrize(
    ("read", "text", "said"),
    [
        (read_moodle, ENTITIES, "attack their readers"),
        (read_moodle, OUTSIDE, "attack their readers"),
        (read_moodle, DEEP, "nested deeper than 20"),
        (read_moodle, "<quiz><question>", "no well-formed XML"),
        (read_moodle, "<html></html>", "begins with <html>"),
        (read_moodle, "<quiz></quiz>", "Nothing was imported"),
        (read_jupyterquiz, "[" * 100_000, "is no JSON"),
        (read_jupyterquiz, "{}", "holds no list"),
        (read_jupyterquiz, '[{"question": "a", "answers": NaN}]', "is no JSON"),
        (read_jupyterquiz, "[1, null, {}]", "Nothing was imported"),
        (read_question_table, "a,b\n1,2\n", "no column is called “question”"),
        (read_question_table, "", "no column is called “question”"),
        (read_question_table, 'question,correct\n"' + "x" * 200_000, "can't be read as a table"),
        (read_gift, "", "Nothing was imported"),
        (read_gift, "Only words.\n", "it asks nothing"),
        (read_gift, "A?{=b\n\nC?", "has no “}”"),
    ],
)
def test_what_is_no_such_file_is_refused_in_words(
    tmp_path: Path, read: Read, text: str, said: str
) -> None:
    """With what to do next."""
    with pytest.raises(ContentError, match=said):
        read(put(tmp_path, text))


@pytest.mark.parametrize("read", READERS)
def test_bounds(tmp_path: Path, read: Read) -> None:
    """Too large, not there, or no text: no such file is read."""
    with pytest.raises(ContentError, match="larger than"):
        read(put(tmp_path, b" " * (MAX_BYTES + 1)))
    with pytest.raises(ContentError, match="can't be read"):
        read(tmp_path / "nowhere")
    with pytest.raises(ContentError, match="no text in UTF-8"):
        read(put(tmp_path, b"\x80\x81"))


def test_so_many_questions_and_answers(tmp_path: Path) -> None:
    """Beyond the bounds a file is refused, a question left out."""
    with pytest.raises(ContentError, match="1,001 questions"):
        read_gift(put(tmp_path, "A?{=b ~c}\n\n" * (MAX_QUESTIONS + 1)))
    answers = [{"answer": str(n), "correct": n == 0} for n in range(101)]
    entries = [
        {"question": "Many", "type": "multiple_choice", "answers": answers},
        {"question": "x" * 10_001, "type": "multiple_choice", "answers": answers[:2]},
        {"question": "Few", "type": "multiple_choice", "answers": answers[:2]},
    ]
    found = read_jupyterquiz(put(tmp_path, json.dumps(entries)))
    assert [q.text for q in found.questions] == ["Few"]
    assert "101 answers" in found.notes[0]
    assert "10,001 characters" in found.notes[1]


def test_a_table_from_a_spreadsheet(tmp_path: Path) -> None:
    """Semicolons, the mark of UTF-8, decimal commas, only the columns that are needed."""
    text = (
        "\ufeffQuestion;Type;Correct;Option 1;Option 2;Answer;Tolerance\n"
        "Which?;;2;KPI;Key result;;\n"
        "How far?;number;;;;0,7;0,05\n"
        "Both?;choice;1 2;a;b;;\n"
        ";;;;;;\n"
    )
    found = read_question_table(put(tmp_path, text))
    assert [(q.kind, q.line) for q in found.questions] == [("choice", 2), ("number", 3)]
    assert [a.right for a in found.questions[0].answers] == [False, True]
    assert found.questions[1].values[0].value == 0.7
    assert found.notes[0].startswith("line 4: “correct” must hold the number")


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.sampled_from(READERS),
    st.text(st.sampled_from('~=#{}:\\n/->%"<>[],\n question{T'), max_size=80)
    | st.recursive(
        st.none() | st.booleans() | st.text(max_size=5) | st.floats() | st.integers(),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["question", "type", "answers", "range", "value", "correct"]), inner
            )
        ),
        max_leaves=12,
    ).map(lambda value: json.dumps([value])),
)
def test_any_text_gives_questions_or_an_error_in_words(
    tmp_path: Path, read: Read, text: str
) -> None:
    """No file breaks a reader; what it gives makes a bank file that can be read."""
    from okrlab.content._yaml import parse

    try:
        found = read(put(tmp_path, text))
    except ContentError:
        return
    assert parse(bank_file(found.questions, "", text).text).data["items"]


def test_ids_are_free_and_fit(tmp_path: Path) -> None:
    """Whatever names a file has, the bank gets names of its own kind, each once."""
    named = [
        Question(name, "order", "", "Order?", steps=("a", "b", "c"))
        for name in ("A b!", "a-b", "指標", "x" * 90, "007")
    ]
    text = bank_file(named, "kpi-definition", "file").text
    names = [line.split("id: ")[1].strip('"') for line in text.splitlines() if "  - id:" in line]
    assert names == ["a-b", "a-b-2", "imported", "x" * 56, "007"]


def test_html_becomes_the_text_that_it_shows() -> None:
    """Without scripts, styles and tags."""
    shown = from_html(
        "<style>p {}</style><p>One<br/>two</p>\n<ul><li>a &lt; b</li><li>c</li></ul>"
        "<script>alert(1)</script><img src=x onerror=alert(1) alt='a picture'>"
    )
    assert shown == "One\ntwo\n\na < b\nc\n\na picture"
    assert to_html("<script>\n") == "&lt;script&gt;<br>"
