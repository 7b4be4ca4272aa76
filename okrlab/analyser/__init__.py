"""Reads a statement that somebody wrote as a goal: its kind, its parts, what to ask the writer."""

from __future__ import annotations

from okrlab.analyser._analyse import analyse
from okrlab.analyser.analysis import (
    KIND_WORDS,
    KINDS,
    Analysis,
    Cue,
    Finding,
    Kind,
    Part,
    Parts,
    Span,
)
from okrlab.analyser.sets import SetAnalysis, analyse_set

__all__ = [
    "KINDS",
    "KIND_WORDS",
    "Analysis",
    "Cue",
    "Finding",
    "Kind",
    "Part",
    "Parts",
    "SetAnalysis",
    "Span",
    "analyse",
    "analyse_set",
]
