"""The trained line model: how probable it is that each line is the story's, and what spoke for and against.

Two logistic regressions one after the other, the second with the first's probabilities of the lines around,
and gradient-boosted trees over the same numbers; the log-odds of regression and trees are averaged, and moved
by how clear the page is as a whole (`page_lean`). The weights are numbers in `model/lines.json`, written by
`benchmarks/train_lines.py`; they hold no words.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from articles.clean.field_model import FieldModel, field_model_from
from articles.clean.line_features import (
    FIRST,
    SECOND,
    Array,
    Feature,
    PageLines,
    first_features,
    second_features,
    sigmoid,
)
from articles.clean.page_numbers import page_lean

FILE = Path(__file__).parent / "model" / "lines.json"
# Lines that go down the trees together: bounds the memory of a page of a million lines.
BATCH = 2000

# The groups under which a person reads of the features, in the order of the columns of `LineScores.groups`.
GROUPS = tuple(dict.fromkeys(feature.group for feature in SECOND))
_OWN, _PAGE = GROUPS.index("own"), GROUPS.index("page")


@dataclass(frozen=True, slots=True)
class Regression:
    """A logistic regression over clipped features: arrays of one number a feature, and the bias.

    Clipping to what the training pages had keeps a page of a thousand lines from being judged by its length.
    """

    low: Array
    high: Array
    mean: Array
    weights: Array
    bias: float

    def parts(self, features: Array) -> Array:
        """What each feature adds to the log-odds: (n, features)."""
        clipped = np.minimum(np.maximum(features, self.low), self.high)
        return np.asarray((clipped - self.mean) * self.weights)


@dataclass(frozen=True, slots=True)
class Trees:
    """Decision trees in flat arrays, one entry a node; a leaf's children are the leaf itself.

    A line goes left where its feature is at most the threshold. `ways` are the two ways out of each node, the
    right one at twice its place, the left one behind it; `steps` is what going there adds to the log-odds (the
    mean of the leaves below against that of the leaves below the node), so that the steps along a path say
    which features moved the line.
    """

    roots: NDArray[np.int64]
    feature: NDArray[np.int64]
    threshold: Array
    ways: NDArray[np.int64]
    steps: Array
    depth: int
    bias: float

    def parts(self, features: Array, groups: NDArray[np.int64]) -> Array:
        """What each group of features adds to the log-odds: (n, len(GROUPS)), `bias` left out."""
        moved = groups[self.feature]
        batches = [
            self._batch_parts(features[at : at + BATCH], moved) for at in range(0, len(features), BATCH)
        ]
        return np.vstack(batches)

    def _batch_parts(self, features: Array, moved: NDArray[np.int64]) -> Array:
        """What each group adds to the lines; `moved` is the group of each node's feature."""
        n, width, size = len(features), features.shape[1], len(GROUPS)
        # Thresholds are values of training pages, 32 bits wide: a wider 0.1 would fall on the other side.
        flat = features.astype(np.float32).astype(np.float64).ravel()
        lines = np.repeat(np.arange(n), len(self.roots))
        nodes = np.tile(self.roots, n)
        starts, rows = lines * width, lines * size
        sums = np.zeros(n * size)
        for _ in range(self.depth):
            goes_left = flat[starts + self.feature[nodes]] <= self.threshold[nodes]
            way = 2 * nodes + goes_left
            sums += np.bincount(rows + moved[nodes], weights=self.steps[way], minlength=n * size)
            nodes = self.ways[way]
        return sums.reshape(n, size)


@dataclass(frozen=True, slots=True)
class LineScores:
    """For n lines: `p` (n), and what each of `GROUPS` added to the log-odds (n, len(GROUPS))."""

    p: Array
    groups: Array


@dataclass(frozen=True, slots=True)
class LineModel:
    """Both passes; `second` and `trees` see the same features. Without trees the regression speaks alone."""

    first: Regression
    second: Regression
    trees: Trees | None
    fields: FieldModel | None

    def score(self, lines: PageLines) -> LineScores:
        """Probabilities for a page of at least one line."""
        # 1. First pass.
        features = first_features(lines)
        parts = self.first.parts(features)
        p = sigmoid(self.first.bias + parts.sum(axis=1))
        first_groups = parts @ _membership(len(FIRST))
        # 2. Second pass, regression and trees.
        features = second_features(lines, features, p)
        groups = self.second.parts(features) @ _membership(len(SECOND))
        bias = self.second.bias
        if self.trees:
            groups = (groups + self.trees.parts(features, _places())) / 2
            bias = (bias + self.trees.bias) / 2
        # 3. The page as a whole.
        groups[:, _PAGE] += page_lean(sigmoid(bias + groups.sum(axis=1)), lines.words)
        # 4. What the first pass thought of the line itself is told by what decided the first pass.
        return LineScores(sigmoid(bias + groups.sum(axis=1)), _spread_own(groups, first_groups))


def _spread_own(groups: Array, first: Array) -> Array:
    """The part of the line's own first probability, given to the groups that spoke for it in the first pass."""
    own = groups[:, _OWN]
    speaking = np.maximum(first * np.sign(own)[:, None], 0.0)
    speaking[:, _OWN] = 0.0
    total = np.maximum(speaking.sum(axis=1), 1e-9)
    out = groups + speaking * (own / total)[:, None]
    out[:, _OWN] = 0.0
    return np.asarray(out)


@cache
def _places() -> NDArray[np.int64]:
    """The group of each feature of the second pass; the first pass's are the first of them."""
    return np.array([GROUPS.index(feature.group) for feature in SECOND], dtype=np.int64)


@cache
def _membership(count: int) -> Array:
    """A matrix that adds up the first `count` features by group: (count, len(GROUPS))."""
    out = np.zeros((count, len(GROUPS)))
    out[np.arange(count), _places()[:count]] = 1.0
    return out


@cache
def builtin_model() -> LineModel:
    """The model that comes with Dateline, read once."""
    return read_model(FILE)


def read_model(path: Path) -> LineModel:
    """The model of a file. Raises ValueError when it was trained for other features than this code has."""
    table = json.loads(path.read_text(encoding="utf-8"))
    return model_from(table, source=path.name)


def model_from(table: dict[str, Any], *, source: str) -> LineModel:
    """The model of a table as `benchmarks/train_lines.py` writes it; `source` names it in errors."""
    return LineModel(
        _regression(table["first"], FIRST, source),
        _regression(table["second"], SECOND, source),
        _trees(table["trees"]) if "trees" in table else None,
        field_model_from(table["fields"], source=source) if "fields" in table else None,
    )


def _regression(table: dict[str, Any], features: Sequence[Feature], source: str) -> Regression:
    if table["features"] != [feature.name for feature in features]:
        raise ValueError(
            f"{source} was trained for other features than line_features.py gives. "
            "Train it again: python benchmarks/train_lines.py"
        )
    low, high, mean, weights = (
        np.array(table[key], dtype=np.float64) for key in ("low", "high", "mean", "weights")
    )
    return Regression(low, high, mean, weights, float(table["bias"]))


def _trees(table: dict[str, Any]) -> Trees:
    whole = {key: np.array(table[key], dtype=np.int64) for key in ("roots", "feature", "left", "right")}
    numbers = {key: np.array(table[key], dtype=np.float64) for key in ("threshold", "value")}
    ways = np.column_stack([whole["right"], whole["left"]]).ravel()
    return Trees(
        roots=whole["roots"],
        feature=whole["feature"],
        threshold=numbers["threshold"],
        ways=ways,
        steps=numbers["value"][ways] - np.repeat(numbers["value"], 2),
        depth=int(table["depth"]),
        bias=float(table["bias"]),
    )
