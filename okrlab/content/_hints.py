"""Hints that give the key away."""

from __future__ import annotations

import re
from collections.abc import Iterable

from okrlab.content._findings import Findings, Loc
from okrlab.content.item import ItemBase
from okrlab.content.library import Source


def check_hint(
    findings: Findings, source: Source, where: Loc, item: ItemBase, keys: Iterable[str]
) -> None:
    """Note a problem for every right answer that the hint contains."""
    hint = plain(item.hint)
    for key in keys:
        if plain(key) and f" {plain(key)} " in f" {hint} ":
            findings.say(source, (*where, "hint"), f"the hint gives the key away: “{key}”")


def plain(text: str) -> str:
    """Words only, lower case, so that punctuation does not hide a give-away."""
    return " ".join(re.findall(r"[\w%.]*\w%?", text.casefold()))


def numbers_in(text: str, *, percent: bool) -> list[tuple[str, float]]:
    """The numbers in a text, as written and as values; "60 %" is 0.6 if `percent` counts."""
    found = []
    for match in re.finditer(r"[-−]?\d+(?:,\d{3})*(?:\.\d+)?(\s?%)?", text):
        digits = match[0].removesuffix("%").strip().replace(",", "").replace("−", "-")
        found.append((match[0], float(digits) / (100 if match[1] and percent else 1)))
    return found
