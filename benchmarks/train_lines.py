#!/usr/bin/env python3
"""Train the line model from pages with a known body, score it by cross-validation, write its weights.

usage: python benchmarks/train_lines.py [--folds FOLDER] [--no-write] [--keep-fields]

Needs scikit-learn (`pip install -e .[train]`) and data of the form of ../shared/data/cleaning: JSONL with
`text`, `text_full` and `gold_body`. The weights go to articles/clean/model/lines.json: numbers and the names of
features, no word of any page. `--folds` keeps the models of the cross-validation for `score_clean_sets.py`;
`--keep-fields` leaves the written choice of headline, byline and date as it is.

1. pages: every record in both renditions becomes lines with their features;
2. labels: a line is body when at least half of its words lie in 4-word shingles of the gold body;
3. weights: by words, so that a page counts the same however long it is; for the second regression and the trees
   by how far a line moves its page's score;
4. folds: an outlet is in one fold, with both renditions of its pages;
5. fitting: a first regression; its out-of-fold probabilities; a second regression and trees over both; the
   choice of headline, byline and date (train_fields.py);
6. scores: every page cleaned by the model that did not see its outlet, as the scorer prints it;
7. the model of all pages is written.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression

sys.path.insert(0, str(Path(__file__).parents[1]))

from score_clean_sets import FOLDS, RENDITIONS, SETS, Record, fold_of, raw_page, read_set, score_sets
from train_fields import read_cases, train_fields

from articles.clean import builtin_rules
from articles.clean.line_features import (
    FIRST,
    SECOND,
    Array,
    PageLines,
    first_features,
    read_page_lines,
    second_features,
)
from articles.clean.line_model import FILE, LineModel, Regression, model_from
from articles.clean.lines import read_lines
from articles.clean.reading import PageReading
from articles.clean.wrapping import Block, join_wrapped

# How much a set counts. news pages are the purpose; the others have noisier gold and keep the model broad.
SET_WEIGHT = {"fundus": 1.0, "readability": 0.8, "newspaper3k": 0.6}
# English pages count this much more than others.
ENGLISH_WEIGHT = 3.0
# The most that a page's chrome counts in the first pass, as a multiple of its body. Without it a page with a gold
# of one line outweighs a hundred others (mean F1 of the first pass .81 instead of .91).
CHROME_CAP = {"fundus": 3.0, "readability": 1.0, "newspaper3k": 1.0}
# A line of n words counts n ** POWER in the first pass: between one vote a line and one vote a word.
POWER = 0.75
# Share of a line's words in the gold's shingles that makes it body; words up to which being equal to a line of
# the gold decides as well.
COVERED, EQUAL = 0.5, 12
# Inverse strength of the penalty on weights, and the steps of the solver; .02 to .3 differ by .002.
STRENGTH, STEPS = 0.1, 80
# Added to each line's weight in the second pass: no line of a page without a body or without words has none.
LEAST_WEIGHT = 1e-9
# Sum of the weights of all lines, as a share of their number: the scale on which STRENGTH works.
SCALE = 0.1
# Percentiles between which a feature is clipped, in training and in use.
LOW, HIGH = 0.1, 99.9
# The trees: how many, how large, how cautious. Set once by cross-validation of the first 100.
TREES, LEAVES, RATE = 80, 10, 0.1
CAUTION = {
    "l2_regularization": 20.0,
    "min_samples_leaf": 80,
    "max_features": 0.2,
    "max_bins": 63,
    "max_depth": 6,
}
# The trees do not see the signs of the lines around: what the first pass thought of these says more.
TREE_COLUMNS = [at for at, feature in enumerate(SECOND) if " at " not in feature.name or ": " in feature.name]
TREE_COLUMNS = [at for at in TREE_COLUMNS if not SECOND[at].name.startswith("between ")]

_WORD = re.compile(r"\w+")


@dataclass(slots=True)
class TrainingPage:
    """One rendition of a record: features (n, FIRST), labels, words and weights (n); how much the page counts."""

    fold: int
    lines: PageLines
    first: NDArray[np.float32]
    body: Array
    words: Array
    weight: Array
    importance: float


def read_pages() -> list[TrainingPage]:
    """Both renditions of all records of the sets."""
    return [
        page
        for name in SETS
        for record in read_set(name)
        for rendition in RENDITIONS
        if (page := _training_page(name, record, rendition))
    ]


def _training_page(name: str, record: Record, rendition: str) -> TrainingPage | None:
    blocks = join_wrapped(read_lines(raw_page(record, rendition).text))
    if not blocks:
        return None
    reading = PageReading(blocks, rules=builtin_rules(), rule=None)
    lines = read_page_lines(reading)
    words = np.array([len(_WORD.findall(block.shown)) for block in blocks], dtype=np.float64)
    body = label_lines(blocks, reading.keys, record["gold_body"])
    importance = SET_WEIGHT[name] * (ENGLISH_WEIGHT if record["english"] else 1.0)
    weight = weigh_lines(words, body, name) * importance
    return TrainingPage(
        fold_of(record), lines, first_features(lines).astype(np.float32), body, words, weight, importance
    )


def label_lines(blocks: Sequence[Block], keys: Sequence[str], gold: str) -> Array:
    """1 for lines of the gold body, else 0 (n). Of equal lines only those inside the body count, or the nearest."""
    # 1. The share of each line's words in shingles of the gold, shingles running across line ends.
    gold_words = _WORD.findall(gold)
    shingles = {tuple(gold_words[i : i + 4]) for i in range(max(1, len(gold_words) - 3))}
    tokens: list[str] = []
    rows: list[int] = []
    for row, block in enumerate(blocks):
        found = _WORD.findall(block.shown)
        tokens += found
        rows += [row] * len(found)
    hit = np.zeros(len(tokens))
    for i in range(len(tokens) - 3):
        if tuple(tokens[i : i + 4]) in shingles:
            hit[i : i + 4] = 1.0
    counts = np.bincount(np.array(rows, dtype=int), minlength=len(blocks))
    share = np.bincount(np.array(rows, dtype=int), weights=hit, minlength=len(blocks)) / np.maximum(counts, 1)
    # 2. The run of lines with most of the gold, and short lines in it that are lines of the gold.
    sums = np.concatenate([[0.0], np.cumsum(counts * (share - 0.5))])
    last = int(np.argmax(sums[1:] - np.minimum.accumulate(sums[:-1])))
    first = int(np.argmin(sums[: last + 1]))
    gold_lines = {" ".join(_WORD.findall(line)) for line in gold.splitlines()}
    body = share >= COVERED
    for i in range(first, last + 1):
        body[i] |= counts[i] <= EQUAL and " ".join(_WORD.findall(blocks[i].text)) in gold_lines
    # 3. Copies outside that run are not the body's.
    by_key: dict[str, list[int]] = {}
    for i in np.flatnonzero(body):
        by_key.setdefault(keys[i], []).append(int(i))
    for places in by_key.values():
        inside = [i for i in places if first <= i <= last]
        nearest = min(places, key=lambda i: min(abs(i - first), abs(i - last)))
        for i in places:
            body[i] = i in inside or (not inside and i == nearest)
    return body.astype(np.float64)


def weigh_lines(words: Array, body: Array, name: str) -> Array:
    """How much each line counts in the first pass (n): body lines add up to 1."""
    size = (words + 1.0) ** POWER
    inside, outside = size[body == 1].sum() or size.sum(), size[body == 0].sum()
    chrome = size * min(1.0 / inside, CHROME_CAP[name] / max(outside, 1e-9))
    return np.asarray(np.where(body == 1, size / inside, chrome))


def weigh_by_score(words: Array, body: Array, p: Array) -> Array:
    """How much each line counts in the second pass (n): by how far it moves the score of its page.

    The score is right / (gold + wrong) in words. A word of the body that is kept adds 1 / (gold + wrong) to it,
    one of the chrome takes score / (gold + wrong) away; `p` (n), the first pass's, tells how many are right and
    wrong. So a page that is lost anyway says little about chrome, and no cap is needed.
    """
    union = max(words @ body, 1.0) + (words * p) @ (1.0 - body)
    score = (words * p) @ body / union
    return np.asarray(words / union * np.where(body == 1, 1.0, score)) + LEAST_WEIGHT


def fit(features: NDArray[np.float32], body: Array, weight: Array) -> dict[str, Any]:
    """A logistic regression as the tables of lines.json."""
    low, high = np.percentile(features, [LOW, HIGH], axis=0)
    clipped = np.clip(features, low, high)
    mean = np.average(clipped, axis=0, weights=weight)
    scale = np.sqrt(np.average((clipped - mean) ** 2, axis=0, weights=weight)) + 1e-6
    ready = ((clipped - mean) / scale).astype(np.float32)
    solver = LogisticRegression(C=STRENGTH, max_iter=STEPS)
    solver.fit(ready, body, sample_weight=weight * (len(weight) / weight.sum() * SCALE))
    names = [feature.name for feature in (FIRST if features.shape[1] == len(FIRST) else SECOND)]
    numbers = {"low": low, "high": high, "mean": mean, "weights": solver.coef_[0] / scale}
    return {
        "features": names,
        **{key: [float(f"{value:.7g}") for value in values] for key, values in numbers.items()},
        "bias": float(solver.intercept_[0]),
    }


def fit_trees(features: NDArray[np.float32], body: Array, weight: Array) -> dict[str, Any]:
    """Gradient-boosted trees as the flat arrays of lines.json; the value of an inner node is the mean below it."""
    booster = HistGradientBoostingClassifier(
        max_iter=TREES,
        max_leaf_nodes=LEAVES,
        learning_rate=RATE,
        early_stopping=False,
        random_state=0,
        **CAUTION,
    )
    booster.fit(features[:, TREE_COLUMNS], body, sample_weight=weight / weight.mean())
    table: dict[str, Any] = {key: [] for key in ("roots", "feature", "threshold", "left", "right", "value")}
    table |= {"depth": 0, "bias": float(booster._baseline_prediction.item())}  # noqa: SLF001 - no public way to the trees
    for (tree,) in booster._predictors:  # noqa: SLF001 - as above
        _add_tree(table, tree.nodes)
    return table


def _add_tree(table: dict[str, Any], nodes: NDArray[Any]) -> None:
    start = len(table["value"])
    values = nodes["value"].astype(float)
    for at in range(len(nodes) - 1, -1, -1):
        if not nodes[at]["is_leaf"]:
            sides = [int(nodes[at]["left"]), int(nodes[at]["right"])]
            values[at] = np.average(values[sides], weights=nodes["count"][sides])
    table["roots"].append(start)
    table["bias"] += values[0]
    table["depth"] = max(table["depth"], int(nodes["depth"].max()))
    for at, node in enumerate(nodes):
        leaf = bool(node["is_leaf"])
        table["feature"].append(0 if leaf else TREE_COLUMNS[int(node["feature_idx"])])
        table["threshold"].append(0.0 if leaf else float(node["num_threshold"]))
        table["left"].append(start + (at if leaf else int(node["left"])))
        table["right"].append(start + (at if leaf else int(node["right"])))
        table["value"].append(float(f"{values[at]:.6g}"))


def _apply(table: dict[str, Any], features: NDArray[np.float32]) -> Array:
    arrays = {key: np.array(table[key]) for key in ("low", "high", "mean", "weights")}
    regression = Regression(**arrays, bias=table["bias"])
    z = regression.bias + regression.parts(features).sum(axis=1)
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(z, -30.0, 30.0))))


class Training:
    """The fits over the pages. First passes are kept: the second of one fold needs those of the others."""

    def __init__(self, pages: Sequence[TrainingPage]) -> None:
        self.pages = pages
        self._firsts: dict[frozenset[int], dict[str, Any]] = {}

    def first(self, without: frozenset[int]) -> dict[str, Any]:
        """The first pass, fitted to the pages outside these folds."""
        if without not in self._firsts:
            pages = [page for page in self.pages if page.fold not in without]
            features = np.vstack([page.first for page in pages])
            weight = np.concatenate([page.weight for page in pages])
            self._firsts[without] = fit(features, _labels(pages), weight)
        return self._firsts[without]

    def both(self, without: frozenset[int] = frozenset()) -> dict[str, Any]:
        """Both passes; the second on probabilities of first passes that did not see the page."""
        pages = [page for page in self.pages if page.fold not in without]
        seconds, weights = [], []
        for page in pages:
            p = _apply(self.first(without | {page.fold}), page.first)
            seconds.append(second_features(page.lines, page.first, p).astype(np.float32))
            weights.append(weigh_by_score(page.words, page.body, p) * page.importance)
        body, weight = _labels(pages), np.concatenate(weights)
        features = np.vstack(seconds)
        return {
            "first": self.first(without),
            "second": fit(features, body, weight),
            "trees": fit_trees(features, body, weight),
        }


def _labels(pages: Sequence[TrainingPage]) -> Array:
    return np.concatenate([page.body for page in pages])


def main() -> None:
    """Train, score, write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--folds", type=Path, default=None, help="where to keep the models of the folds")
    parser.add_argument("--no-write", action="store_true", help="only cross-validate")
    parser.add_argument(
        "--keep-fields", action="store_true", help="leave the choice of headline, byline and date as it is"
    )
    options = parser.parse_args()
    pages = read_pages()
    print(
        json.dumps(
            {
                "pages": len(pages),
                "lines": sum(len(page.body) for page in pages),
                "folds": dict(Counter(page.fold for page in pages)),
            }
        )
    )
    training = Training(pages)
    tables = [training.both(frozenset({fold})) for fold in range(FOLDS)]
    cases = read_cases(_models(tables))
    for fold, table in enumerate(tables):
        table["fields"] = train_fields(cases, fold)
    if options.folds:
        options.folds.mkdir(parents=True, exist_ok=True)
        for fold, table in enumerate(tables):
            (options.folds / f"fold_{fold}.json").write_text(json.dumps(table), encoding="utf-8")
    if not options.no_write:
        fields = _kept_fields() if options.keep_fields else train_fields(cases, None)
        _write(training.both() | {"fields": fields})
    score_sets(SETS, _models(tables), honest=True)


def _models(tables: Sequence[dict[str, Any]]) -> list[LineModel]:
    return [model_from(table, source=f"fold {fold}") for fold, table in enumerate(tables)]


def _kept_fields() -> dict[str, Any]:
    return dict(json.loads(FILE.read_text(encoding="utf-8"))["fields"])


def _write(table: dict[str, Any]) -> None:
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_text(json.dumps(table, separators=(",", ":")) + "\n", encoding="utf-8")
    print(json.dumps({"written": str(FILE), "bytes": FILE.stat().st_size}), flush=True)


if __name__ == "__main__":
    main()
