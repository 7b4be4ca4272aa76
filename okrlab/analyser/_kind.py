"""Which kind a statement is: a small linear model over named features.

The weights ship as data (`kind_model.json`, made by benchmarks/analyser/train.py). A linear model
was chosen over hand-set rules because it decides better and says how sure it is; its reasons stay
true, since every feature that it weighs is a word or a part that can be pointed at.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from okrlab.analyser._features import Features
from okrlab.analyser._sentences import is_lexical, sentence
from okrlab.analyser.analysis import KINDS, Cue, Kind, Span

MAX_CUES = 4
MIN_WEIGHT = 0.15
"""A feature that moved the verdict by less (in log-odds) is not worth a sentence."""


@dataclass(frozen=True)
class Model:
    """Weights by feature name, one per kind in the order of `KINDS`."""

    weights: dict[str, tuple[float, ...]]
    temperature: float


@cache
def model() -> Model:
    """The shipped model."""
    raw = json.loads(files("okrlab.analyser").joinpath("kind_model.json").read_text("utf-8"))
    order = [raw["kinds"].index(kind) for kind in KINDS]
    weights = {name: tuple(w[i] for i in order) for name, w in raw["weights"].items()}
    return Model(weights, raw["temperature"])


def probabilities(found: Features, using: Model | None = None) -> tuple[float, ...]:
    """The probability of each kind, in the order of `KINDS`."""
    chosen = using or model()
    sums = [0.0] * len(KINDS)
    for name in found:
        weights = chosen.weights.get(name)
        if weights is not None:
            for k, weight in enumerate(weights):
                sums[k] += weight
    top = max(sums)
    powers = [math.exp((s - top) / chosen.temperature) for s in sums]
    total = math.fsum(powers)
    return tuple(p / total for p in powers)


def decide(found: Features) -> tuple[dict[Kind, float], tuple[Cue, ...]]:
    """The probability of each kind, likeliest first, and what decided."""
    by_kind = dict(zip(KINDS, probabilities(found), strict=True))
    ranked = dict(sorted(by_kind.items(), key=lambda pair: -pair[1]))
    first, second = list(ranked)[:2]
    return ranked, _cues(found, first, second)


def _cues(found: Features, first: Kind, second: Kind) -> tuple[Cue, ...]:
    """The features that set the likeliest kind apart from the second, strongest first.

    How the statement is built comes before single words, which say little to a person; and the same
    words or the same sentence are told once.
    """
    weights = model().weights
    one, two = KINDS.index(first), KINDS.index(second)
    pulls: list[tuple[float, str, Span | None]] = []
    for name, span in found.items():
        w = weights.get(name)
        if w is not None:
            mean = sum(w) / len(w)
            pulls.append((((w[one] - w[two]) + (w[one] - mean)) / 2, name, span))
    cues: list[Cue] = []
    for pull, name, span in sorted(pulls, key=lambda p: (is_lexical(p[1]), -p[0], p[1])):
        if pull < MIN_WEIGHT or len(cues) == MAX_CUES or (is_lexical(name) and len(cues) > 1):
            continue
        words = sentence(name, span, first)
        if words is None or any(_same(span, cue.span) for cue in cues):
            continue
        if not any(words in cue.sentence or cue.sentence in words for cue in cues):
            cues.append(Cue(span, first, words, round(pull, 3)))
    return tuple(cues)


def _same(a: Span | None, b: Span | None) -> bool:
    if a is None or b is None:
        return a is b
    return a.start < b.end and b.start < a.end
