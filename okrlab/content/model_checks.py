"""Checks of the content behind widgets over models that a field's type cannot express."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from okrlab.content._findings import Findings
from okrlab.content.attainment import AttainmentFile
from okrlab.content.library import Source
from okrlab.content.lifecycle import LifecycleFile
from okrlab.content.logic_model import LogicModelFile
from okrlab.content.poll import PollFile


def check_models(findings: Findings, sources: Mapping[str, Sequence[Source]]) -> None:
    """Every mistake in the files of the widgets over models.

    Args:
        findings: where mistakes go.
        sources: the files that could be read, by kind.
    """
    for source in sources.get("logic_models", ()):
        if isinstance(source.model, LogicModelFile):
            _logic_models(findings, source, source.model)
    for source in sources.get("attainment", ()):
        if isinstance(source.model, AttainmentFile):
            for index, entry in enumerate(source.model.sets):
                findings.seeds(source, ("sets", index), entry.seed_refs)
    for source in sources.get("lifecycle", ()):
        if isinstance(source.model, LifecycleFile):
            for index, case in enumerate(source.model.cases):
                findings.seeds(source, ("cases", index), case.seed_refs)
    for source in sources.get("polls", ()):
        if isinstance(source.model, PollFile):
            for index, poll in enumerate(source.model.polls):
                findings.seeds(source, ("polls", index), poll.seed_refs)


def _logic_models(findings: Findings, source: Source, file: LogicModelFile) -> None:
    for number, slip in enumerate(file.slips):
        findings.misconception(source, ("slips", number, "misconception"), slip.misconception)
    for index, model in enumerate(file.models):
        at = ("models", index)
        findings.seeds(source, at, model.seed_refs)
        findings.twice(source, (*at, "cards"), [c.text for c in model.cards], "card")
        for place, card in enumerate(model.cards):
            for number, wrong in enumerate(card.wrong):
                where = (*at, "cards", place, "wrong", number, "misconception")
                findings.misconception(source, where, wrong.misconception)
