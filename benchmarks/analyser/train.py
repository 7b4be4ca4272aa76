"""Train the analyser's model of kinds and write its weights to okrlab/analyser/kind_model.json.

Usage: python benchmarks/analyser/train.py [--cv] (with --cv only cross-validate and print).

Reads corpus.csv, uses the unambiguous rows whose `split` is "dev" (the kept-aside rows are never
read here), and fits a multinomial logistic regression on the analyser's own features. The strength
of the penalty, the fewest rows that a word must stand in, and the temperature that calibrates the
probabilities are chosen by cross-validation.
"""

from __future__ import annotations

import csv
import json
import sys
from collections import Counter
from pathlib import Path

import numpy as np
from scipy.optimize import minimize_scalar
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import classification_report, f1_score
from sklearn.model_selection import StratifiedKFold

from okrlab.analyser._features import features
from okrlab.analyser._parts import parts_of
from okrlab.analyser._reading import Reading
from okrlab.analyser.analysis import KINDS

HERE = Path(__file__).parent
SMALLEST = 0.03
"""Features whose every weight is smaller are left out of the shipped model."""

SCALES = {"w": 0.8, "v": 0.8, "t": 0.5, "b": 0.5}
"""Words and turns of phrase count less than structure while learning: many of them, each rare."""


def scale(name: str) -> float:
    """How strongly a feature counts while learning."""
    prefix, colon, _ = name.partition(":")
    return SCALES.get(prefix, 1.0) if colon else 1.0


OUT = HERE.parent.parent / "okrlab" / "analyser" / "kind_model.json"


def read_rows(split: str) -> list[dict[str, str]]:
    """The corpus rows of one split, ambiguous ones left out."""
    with (HERE / "corpus.csv").open(encoding="utf-8", newline="") as stream:
        return [r for r in csv.DictReader(stream) if r["split"] == split and r["ambiguous"] != "1"]


def vector(text: str) -> dict[str, float]:
    """The features of a text, as the model sees them."""
    reading = Reading.of(text)
    found = features(reading, parts_of(reading))
    return {name: scale(name) for name in found}


def kept(vectors: list[dict[str, float]], fewest: int) -> set[str]:
    """Features frequent enough to learn from."""
    counts = Counter(name for v in vectors for name in v)
    return {n for n, c in counts.items() if c >= fewest} - {"bias"}


def fit(vectors, labels, fewest, strength):
    """A fitted model and its vectorizer."""
    names = kept(vectors, fewest)
    vectorizer = DictVectorizer()
    x = vectorizer.fit_transform([{k: x for k, x in v.items() if k in names} for v in vectors])
    model = LogisticRegression(C=strength, max_iter=2000)
    model.fit(x, labels)
    return model, vectorizer


def predict(model, vectorizer, vectors):
    """Decision values by the order of model.classes_."""
    return model.decision_function(vectorizer.transform(vectors))


def log_loss(scores: np.ndarray, truth: np.ndarray, temperature: float) -> float:
    """Mean negative log-likelihood of the true kinds."""
    z = scores / temperature
    z = z - z.max(axis=1, keepdims=True)
    logs = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    return float(-logs[np.arange(len(truth)), truth].mean())


def cross_validate(vectors, labels, fewest, strength):
    """Out-of-fold decision values."""
    labels = np.array(labels)
    classes = sorted(set(labels))
    scores = np.zeros((len(labels), len(classes)))
    for train, test in StratifiedKFold(10, shuffle=True, random_state=7).split(vectors, labels):
        model, vectorizer = fit([vectors[i] for i in train], labels[train], fewest, strength)
        scores[test] = predict(model, vectorizer, [vectors[i] for i in test])
    return scores, classes


def main() -> None:
    """Choose by cross-validation, report, fit on everything, write."""
    rows = read_rows("dev")
    vectors, labels = [vector(r["text"]) for r in rows], [r["label"] for r in rows]
    best = None
    for fewest in (2, 3):
        for strength in (0.8, 1.6, 3.2):
            scores, classes = cross_validate(vectors, labels, fewest, strength)
            found = [classes[k] for k in scores.argmax(axis=1)]
            f1 = f1_score(labels, found, average="macro")
            truth = np.array([classes.index(label) for label in labels])
            temperature = minimize_scalar(
                lambda t, s=scores, y=truth: log_loss(s, y, t), bounds=(0.2, 3), method="bounded"
            ).x
            loss = log_loss(scores, truth, temperature)
            print(f"fewest {fewest} C {strength}: F1 {f1:.3f} loss {loss:.3f} T {temperature:.2f}")
            if best is None or loss < best[0]:
                best = (loss, fewest, strength, temperature, found)
    assert best is not None
    _, fewest, strength, temperature, found = best
    print(classification_report(labels, found, digits=3))
    if "--errors" in sys.argv:
        for row, label in zip(rows, found, strict=True):
            if row["label"] != label:
                print(f"{row['id']} {row['label']:>13} → {label:<13} {row['text']}")
    if "--cv" in sys.argv:
        return
    model, vectorizer = fit(vectors, labels, fewest, strength)
    weights = {}
    for i, name in enumerate(vectorizer.get_feature_names_out()):
        row = [round(float(w) * scale(name), 3) for w in model.coef_[:, i]]
        if max(map(abs, row)) >= SMALLEST:
            weights[name] = row
    weights["bias"] = [round(float(b), 4) for b in model.intercept_]
    assert set(model.classes_) == set(KINDS)
    payload = {
        "about": "Made by benchmarks/analyser/train.py; do not edit.",
        "kinds": list(model.classes_),
        "temperature": round(float(temperature), 4),
        "weights": dict(sorted(weights.items())),
    }
    OUT.write_text(json.dumps(payload, indent=0, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"{len(weights)} features → {OUT.name}")


if __name__ == "__main__":
    main()
