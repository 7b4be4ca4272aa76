"""The tables of docs/study.md, from results.json."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

HEADS = {
    "exact": ("answers", "right at least", "true 50 %", "true 85 %"),
    "rule": ("learner", "mastered at 20", "without the clause on ideas", "at some time up to 60",
             "answers until then"),
    "months": ("learner", "plan", "reviews", "known, day 90", "known, day 120", "mastered",
               "of these hollow", "answers to half mastered"),
}  # fmt: skip


def tables(results: dict[str, Any]) -> dict[str, str]:
    """Each table as Markdown, by its name."""
    made = {
        "exact": table("exact", ([r["answers"], r["needed"], pct(r["half"], 1), pct(r["most"])]
                                 for r in results["exact"])),
        "rule": table("rule", map(_rule, results["rule"])),
    }  # fmt: skip
    for name in ("spacing", "no_spacing"):
        made[name] = table("months", map(_months, results[name]))
    return made


def fill(page: str, results: dict[str, Any]) -> str:
    """A page with its tables, each between two marks, made anew."""
    for name, text in tables(results).items():
        begin, end = f"<!-- table: {name} -->", f"<!-- end of {name} -->"
        before, rest = page.split(begin)
        page = f"{before}{begin}\n\n{text}\n\n{end}{rest.split(end)[1]}"
    return page


def _rule(row: dict[str, Any]) -> list[str]:
    shares = [pct(row[key], 1) for key in ("at_twenty", "without", "ever")]
    return [row["learner"], *shares, "—" if row["first"] is None else f"{row['first']:.0f}"]


def _months(row: dict[str, Any]) -> list[str]:
    knows = row["learner"] != "guesser"
    return [
        row["learner"],
        row["plan"],
        f"{row['reviews']:.0f}",
        pct(row["at_end"]) if knows else "—",
        f"{pct(row['kept'])} ± {100 * row['error']:.0f}" if knows else "—",
        f"{row['mastered']:.1f} of {row['concepts']}",
        f"{row['hollow']:.1f}",
        "—" if row["halfway"] is None else f"{row['halfway']:.0f}",
    ]


def table(name: str, rows: Iterable[list[Any]]) -> str:
    """A Markdown table."""
    head = HEADS[name]
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines)


def pct(share: float, digits: int = 0) -> str:
    """Such as "83 %"."""
    return f"{100 * share:.{digits}f} %"
