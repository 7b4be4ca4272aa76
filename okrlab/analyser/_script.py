"""Whether a text can be judged at all: the analyser reads English."""

from __future__ import annotations

import unicodedata

from okrlab.analyser._reading import Reading


def unreadable(text: str, reading: Reading) -> str | None:
    """Why a text cannot be judged, or None when it can."""
    if not text.strip():
        return "There is nothing to read yet. Write the goal as one sentence."
    letters = [c for c in text[:400] if c.isalpha()]
    if not letters or not reading.words:
        return "There are no words to read here. Write the goal as one sentence."
    latin = sum(1 for c in letters if c.isascii() or "LATIN" in unicodedata.name(c, ""))
    if latin < 0.6 * len(letters):
        return (
            "This is not in Latin letters. okrlab reads English only, so it can't judge this one."
        )
    return None
