"""Reading YAML: bounded, strict, with the line of everything."""

from __future__ import annotations

import string

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from okrlab.content._yaml import MAX_BYTES, YamlProblemError, parse


def test_values_and_lines() -> None:
    """Every value knows on which line it stands."""
    document = parse("format: 1\nitems:\n  - id: a\n    text: 'x'\n  - {id: b, text: y}\n")
    assert document.data == {
        "format": 1,
        "items": ({"id": "a", "text": "x"}, {"id": "b", "text": "y"}),
    }
    assert document.line(("items", 0, "text")) == 4
    assert document.line(("items", 1, "text")) == 5
    assert document.line(("items", 1, "missing")) == 5
    assert document.line(()) == 1


@pytest.mark.parametrize("text", ["2026-09-30", "yes", "No", "on", "OFF", "10:30", "1:30.5"])
def test_what_is_meant_as_text_stays_text(text: str) -> None:
    """Nobody who writes No as an option means false."""
    assert parse(f"a: {text}").data == {"a": text}


@pytest.mark.parametrize(
    ("text", "value"), [("true", True), ("False", False), ("5", 5), ("0.5", 0.5), ("~", None)]
)
def test_what_is_meant_as_a_value_is_one(text: str, value: object) -> None:
    """Without quotes; with them it is a text."""
    assert parse(f"a: {text}\nb: '{text}'").data == {"a": value, "b": text}


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("", 1, "the file is empty"),
        ("a: 1\nb: [", 2, "this is not valid YAML"),
        ("a: b: c", 1, "in quotes"),
        ("a: 1\nb: 2\na: 3\n", 3, "the key 'a' stands here twice"),
        ("a: &x 1\nb: *x\n", 1, "anchors and aliases"),
        ("a: &x [1]\nb: *x\n", 1, "anchors and aliases"),
        ("a: *x\n", 1, "anchors and aliases"),
        ("? [a]\n: b", 1, "the name of a field must be a plain word"),
        ("- " * 100_000, 1, "nested deeper than 20"),
        ("a: !python/name:os.system\n", 1, "tags are not used here"),
        ("a: !!python/object/apply:os.system [ls]\n", 1, "tags are not used here"),
        ("a: !!int ''\n", 1, "tags are not used here"),
        ("a: =\n", 1, "cannot be read"),
        ("a: " + "9" * 5000, 1, "cannot be read"),
        ("a: \x00", 1, "not valid YAML"),
        ("a: \ud800", 1, "not valid YAML"),
        ("[" * 30 + "]" * 30, 1, "nested deeper than 20"),
        ("[" * 100_000, 1, "nested deeper than 20"),
        ("a: " + "x" * MAX_BYTES, 1, "larger than 2,000,000 bytes"),
        ("a: 1\n---\nb: 2\n", 2, "a second document begins here"),
    ],
)
def test_what_is_refused(text: str, line: int, message: str) -> None:
    """Always with a line and in words; nothing is ever executed."""
    with pytest.raises(YamlProblemError) as caught:
        parse(text)
    assert message in caught.value.message
    assert caught.value.line == line


YAMLISH = st.text(
    st.sampled_from(
        string.ascii_letters + string.digits + " \n\t:-[]{}&*!|>'\"#%@`,?=<~.+_\\\x00é"
    ),
    max_size=80,
)


@settings(max_examples=400, deadline=None)
@given(st.text(max_size=200) | YAMLISH)
@example("? [a]\n: b")
@example("=")
@example("<<: 1")
@example("!!set {a, b}")
@example("!!omap [a: 1]")
@example("!!binary x")
@example("!!timestamp x")
@example("1:1:1")
@example("!!null x")
def test_no_text_breaks_the_reader(text: str) -> None:
    """It gives data or says what is wrong."""
    try:
        document = parse(text)
    except YamlProblemError:
        return
    assert () in document.lines
