"""A whole list of OKRs reviewed at once."""

from __future__ import annotations

import json
import re
from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from okrlab.analyser.sets import MAX_STATEMENTS
from okrlab.interop.review import FORMATS, Review, report, review
from okrlab.interop.statements import Line

LINES = [
    Line("Churn from 3.1 to 1.9 % by 30 September", "Customers stay", "row 2"),
    Line("Launch the new help centre", "Customers stay", "row 3"),
    Line("Number of tickets", "", "row 4"),
    Line("提高客户满意度", "", "row 5"),
    Line("NPS from 30 to 40 by June", "Customers stay", "row 6"),
]
EVIL = (
    "<script>alert('x')</script> & \"q\" **b** [a](http://e.x) `c` # | ![i](j)\x1b[31m\x07\u202e\n"
)


class Tags(HTMLParser):
    """The tags and attributes of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}


@pytest.fixture(scope="module")
def read() -> Review:
    """The review of LINES."""
    return review("okrs.csv", LINES)


def test_lines_of_an_objective_stand_together(read: Review) -> None:
    """Also when they are apart in the file; what has no objective is no set."""
    first, second = read.groups
    assert [x.place for x in first.lines] == ["row 2", "row 3", "row 6"]
    assert first.reading.objective_analysis is not None
    assert [x.place for x in second.lines] == ["row 4", "row 5"]
    assert second.reading.findings == ()


def test_the_summary_adds_up(read: Review) -> None:
    """Every statement has one kind; findings are the same by severity and by check."""
    assert read.statements == 5 == sum(read.kinds.values())
    assert read.kinds["unclear"] == 1
    assert sum(read.severities.values()) == sum(read.checks.values()) > 0


def test_the_caller_hears_of_every_statement() -> None:
    """A progress bar gets as far as the end."""
    heard: list[int] = []
    review("x", LINES, tick=heard.append)
    assert sum(heard) == 5
    assert len(heard) > 1


def test_a_long_objective_is_read_to_its_end() -> None:
    """A set's reading stops at a bound; a review leaves nothing out."""
    many = [Line(f"NPS from {n} to 900", "O", f"row {n}") for n in range(MAX_STATEMENTS + 7)]
    read = review("x", many)
    assert read.statements == MAX_STATEMENTS + 7
    assert f"row {MAX_STATEMENTS + 6}:" in report(read, "text")


def test_blank_lines_shift_nothing() -> None:
    """Each reading stands with its own line."""
    lines = [Line("  ", "O", "row 1"), Line("NPS from 1 to 2", "O", "row 2")]
    group = review("x", lines).groups[0]
    assert [x.place for x in group.lines] == ["row 2"]
    assert group.reading.statements[0].text == "NPS from 1 to 2"


@pytest.mark.parametrize(("level", "fails"), [("error", False), ("warning", True)])
def test_what_fails(level: str, fails: bool) -> None:
    """An error fails at both levels, a warning only at its own."""
    warned = review("x", [Line("Cut churn from 3.1 to 1.9 % by 30 September", "O", "row 1")])
    assert warned.severities["warning"]
    assert not warned.severities["error"]
    assert warned.fails(level) is fails


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_tells_it_all(read: Review, form: str) -> None:
    """Each statement, its place, its advice."""
    content = report(read, form)
    shown = unescape(content).replace("\\", "")
    for group in read.groups:
        for line, analysis in zip(group.lines, group.reading.statements, strict=True):
            assert line.text in shown
            assert line.place in shown
            for finding in analysis.findings:
                assert finding.id in shown


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_statements_without_an_objective_share_a_heading(read: Review, form: str) -> None:
    """The words stand once, not above each line."""
    assert report(read, form).count("Without an objective") == 1


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_list_gives_the_same_report(read: Review, form: str) -> None:
    """A report can be compared with last week's."""
    assert report(read, form) == report(review("okrs.csv", LINES), form)


def evil() -> Review:
    """A review in which every text is hostile."""
    return review(EVIL, [Line(EVIL, EVIL, "row 1"), Line(EVIL + "2", EVIL, "row 2")])


def test_html_shows_markup_as_text() -> None:
    """No tag and no attribute comes from a statement, and nothing is loaded."""
    content = report(evil(), "html")
    parser = Tags()
    parser.feed(content)
    ours = set("html head meta title style body main h1 h2 p ul li span strong bdi".split())
    assert parser.tags <= ours
    assert parser.attributes <= {"lang", "charset", "name", "content", "class"}
    assert "alert('x')" not in content
    assert "<script>alert('x')</script>" in unescape(content)


def test_markdown_shows_marks_as_text() -> None:
    """Every mark of the text stands behind a backslash, HTML is escaped."""
    content = report(evil(), "markdown")
    assert "<" not in content
    assert re.search(r"(?<!\\)[`\[\]|]", content) is None
    assert re.search(r"(?<!\\)\*\*", content) is None
    assert "\\*\\*b\\*\\*" in content


@pytest.mark.parametrize("start", ["1. ", "2) ", "- ", "+ ", "* ", "# ", "> ", " - "])
def test_markdown_at_the_start_of_a_statement(start: str) -> None:
    """A list mark of the statement makes no list within the list."""
    line = Line(f"{start}Churn from 3 to 2 %", "", "row 1")
    shown = report(review("x", [line]), "markdown").split("\n- ")[-1].splitlines()[0]
    assert re.match(r"\d+\\[.)] |\\[-+*#] |&gt; ", shown), shown


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_control_characters_stay_out(form: str) -> None:
    """No escape sequence, bell or direction override gets to a terminal or a page."""
    content = report(evil(), form)
    assert [c for c in content if not c.isprintable() and c != "\n"] == []


def test_a_statement_takes_one_line_of_text() -> None:
    """A line break in a statement cannot forge a line of the report."""
    forged = Line("Churn\n  row 9: forged [objective]", "O", "row 1")
    assert "\n  row 9" not in report(review("x", [forged]), "text")


def test_family_emoji_and_persian_stay_whole() -> None:
    """Joiners are kept; they command nothing."""
    line = Line("Happy families 👨\u200d👩\u200d👧 from 3 to 5", "", "row 1")
    assert "👨\u200d👩\u200d👧" in report(review("x", [line]), "text")


def test_json_for_programs(read: Review) -> None:
    """Summary, objectives, statements, parts and findings by name."""
    data = json.loads(report(read, "json"))
    assert data["summary"]["statements"] == 5
    first = data["objectives"][0]
    assert first["objective"] == "Customers stay"
    assert first["statements"][0]["parts"]["target"]["value"] == 1.9
    assert first["statements"][0]["kind"] == "metric_kr"
    unclear = data["objectives"][1]["statements"][1]
    assert unclear["kind"] is None
    assert "can't judge" in unclear["question"]
    assert "can't judge" in report(read, "text")
    assert json.loads(report(evil(), "json"))["name"] == EVIL


@settings(max_examples=60, deadline=None)
@given(st.lists(st.builds(Line, st.text(max_size=120), st.text(max_size=20), st.just("row 1"))))
def test_any_list_can_be_reported(lines: list[Line]) -> None:
    """No text breaks a format, and JSON has no NaN or infinity."""
    read = review("x", lines)
    for form in FORMATS:
        content = report(read, form)
        if form == "json":
            json.loads(content, parse_constant=pytest.fail)
    assert read.statements == sum(1 for x in lines if x.text.strip())
