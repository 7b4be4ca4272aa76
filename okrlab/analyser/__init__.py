"""Reads a statement that somebody wrote as a goal: its kind, its parts, what to ask the writer."""

from __future__ import annotations

from okrlab.analyser._analyse import analyse
from okrlab.analyser.analysis import KINDS, Analysis, Cue, Finding, Kind, Part, Parts, Span

__all__ = ["KINDS", "Analysis", "Cue", "Finding", "Kind", "Part", "Parts", "Span", "analyse"]
