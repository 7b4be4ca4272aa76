"""OwnSeries in Python: reading, what is asked, the chart beneath, drafts."""

from __future__ import annotations

from okrlab.assessment.journal import MemoryJournal
from okrlab.widgets.own_series import DRAFT, OwnSeries
from tests.widgets.sort_examples import make_journal, send

WEEKS = "week,churn,leads\n" + "\n".join(
    f"2026-W{w:02},{2 + w % 3 / 10:.1f},{20 + w % 4}" for w in range(1, 17)
)


def make(journal: MemoryJournal | None = None) -> OwnSeries:
    return OwnSeries(journal or make_journal())


def read(own: OwnSeries, text: str, file: str = "") -> None:
    send(own.reader, "read", text=text, file=file)


def test_a_table_becomes_a_chart_with_its_dates() -> None:
    """Of several columns the first is drawn, and can be changed."""
    own = make()
    assert own.chart is None
    read(own, WEEKS, "weeks.csv")
    assert own.reader.view["read"]["words"].startswith("16 values of “churn” were read.")
    assert own.chart is not None
    assert own.children == (own.reader, own.chart)
    assert own.chart.view["points"][0]["name"] == "week 1 (2025-12-29)"
    assert own.reader.view["say"]["text"].startswith("16 values of “churn”")
    send(own.reader, "set", field="value", to="leads")
    assert own.chart.view["title"] == "leads"
    assert "0x" not in repr(own)
    assert "Process behaviour chart “leads”: 16 points" in repr(own)


def test_what_the_chart_should_know() -> None:
    """Unit, period, direction, and from how many points the limits come."""
    own = make()
    read(own, WEEKS)
    for field, to in (("unit", "%"), ("period", "week"), ("better", "lower"), ("base", 12)):
        send(own.reader, "set", field=field, to=to)
        assert own.reader.view["error"] is None
    assert own.chart is not None
    assert own.chart.view["unit"] == "%"
    assert own.chart.view["period"] == "week"
    assert own.chart.view["limits"]["to"] == 12
    assert own.chart.series.better == "lower"
    for field, to in (("base", 3), ("base", 17), ("base", "x"), ("value", "gone"), ("unit", 3)):
        send(own.reader, "set", field=field, to=to)
        assert own.reader.view["error"], (field, to)
    assert own.chart.view["limits"]["to"] == 12
    send(own.reader, "set", field="date", to="")
    assert own.chart.view["points"][0]["name"].startswith("week 1")


def test_trouble_is_explained_and_what_was_pasted_stays() -> None:
    """No chart of half a table; correct it in the field and read again."""
    own = make()
    read(own, "week,churn\n1,2.4\n2,about 3\n3,2.2")
    assert "line 3: “about 3”" in own.reader.view["problem"]
    assert own.chart is None
    assert "about 3" in own.reader.view["text"]
    read(own, "week,churn\n1,2.4\n2,3\n3,2.2")
    assert own.reader.view["problem"] is None
    assert own.chart is not None
    read(own, "v\n1\n\nn/a\n3")
    assert "follow one another" in own.reader.view["problem"]
    assert own.chart is None


def test_another_column_can_be_chosen_when_the_first_does_not_work() -> None:
    """The names are there as soon as the table is."""
    own = make()
    read(own, "w,a,b\n1,2,5\n2,x,6\n3,4,7\n4,5,8")
    assert "“x”" in own.reader.view["problem"]
    send(own.reader, "set", field="value", to="b")
    assert own.reader.view["problem"] is None
    assert own.chart is not None
    assert own.chart.view["title"] == "b"


def test_everything_is_found_again() -> None:
    """Text, choices, chart; what was typed and not read is only text; broken drafts are nothing."""
    journal = make_journal()
    own = make(journal)
    read(own, WEEKS)
    send(own.reader, "set", field="value", to="leads")
    send(own.reader, "set", field="base", to=12)
    again = make(journal)
    assert again.chart is not None
    assert again.chart.view["title"] == "leads"
    assert again.chart.view["limits"]["to"] == 12
    send(again.reader, "type", text="half a ta")
    third = make(journal)
    assert third.reader.view["text"] == "half a ta"
    send(third.reader, "clear")
    fourth = make(journal)
    assert fourth.reader.view["text"] == ""
    assert fourth.chart is None
    for broken in ({"text": 3}, {"text": "a,b", "read": True, "base": True, "period": []}):
        journal.save_draft(DRAFT, broken)
        assert make(journal).chart is None


def test_a_new_table_starts_with_new_choices() -> None:
    """A column of the table before is not looked for in this one."""
    own = make()
    read(own, WEEKS)
    send(own.reader, "set", field="value", to="leads")
    read(own, "d,v\n2026-01-05,1\n2026-01-12,2")
    assert own.reader.view["table"]["value"] == "v"
    assert own.chart is not None


def test_messages_that_make_no_sense_are_explained() -> None:
    """No traceback."""
    own = make()
    send(own.reader, "set", field="value", to="x")
    assert "Nothing was read yet" in own.reader.view["error"]
    send(own.reader, "read", text=3)
    assert own.reader.view["error"]
    send(own.reader, "type", text="x" * 200_001)
    assert own.reader.view["error"]
    read(own, "x" * 300_000)
    assert "200,000 are read at most" in own.reader.view["problem"]
    assert len(own.reader.view["text"]) == 200_000
