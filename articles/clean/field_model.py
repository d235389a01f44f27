"""Choosing the line of a field among its candidates, and saying nothing when none is good enough.

Two sets of weights a field: one ranks the candidates of a page against each other, the other says of the
chosen one how probable it is by itself. A share among candidates is no confidence: on a page without a
byline the best of the wrong lines gets nearly all of it (research/cleaning.md, section 3).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from articles.clean.field_signs import SIGNS, sign_rows
from articles.clean.front import Front

FIELDS = ("headline", "byline", "date")


@dataclass(frozen=True, slots=True)
class Ranker:
    """Weights over clipped signs; `least` is the probability below which nothing is chosen."""

    low: NDArray[np.float64]
    high: NDArray[np.float64]
    ranking: NDArray[np.float64]
    pointwise: NDArray[np.float64]
    bias: float
    least: float

    def best(self, rows: NDArray[np.float64]) -> tuple[int, float]:
        """The place of the candidate that ranks first, and its probability; `rows` has at least one."""
        clipped = np.clip(rows, self.low, self.high)
        place = int(np.argmax(clipped @ self.ranking))
        return place, float(self.probabilities(rows[place : place + 1])[0])

    def probabilities(self, rows: NDArray[np.float64]) -> NDArray[np.float64]:
        """How probable each candidate is by itself (n)."""
        z = np.clip(rows, self.low, self.high) @ self.pointwise + self.bias
        return np.asarray(1.0 / (1.0 + np.exp(-np.clip(z, -30.0, 30.0))))


@dataclass(frozen=True, slots=True)
class Choice:
    """The block chosen for a field, how probable it is, and among how many."""

    index: int
    p: float
    among: int

    @property
    def reason(self) -> str:
        """Why it was chosen, for a person."""
        return f"it ranks first of {self.among} by its place, its form and the lines around it ({self.p:.0%} sure)"


@dataclass(frozen=True, slots=True)
class FieldModel:
    """A ranker for each of `FIELDS`."""

    rankers: dict[str, Ranker]

    def choose(
        self, field: str, front: Front, candidates: Sequence[int], *, agreed: int | None = None
    ) -> Choice | None:
        """The line of a field; None when there is no candidate or none is good enough.

        `agreed` is the block that hand-made rules would take: two judges who agree may each be half as sure.
        """
        if not candidates:
            return None
        ranker = self.rankers[field]
        place, p = ranker.best(sign_rows(front, candidates))
        least = ranker.least / 2 if candidates[place] == agreed else ranker.least
        return Choice(candidates[place], p, len(candidates)) if p >= least else None

    def probabilities(self, field: str, front: Front, candidates: Sequence[int]) -> dict[int, float]:
        """How probable each candidate is by itself."""
        if not candidates:
            return {}
        p = self.rankers[field].probabilities(sign_rows(front, candidates))
        return dict(zip(candidates, p.tolist(), strict=True))


def field_model_from(table: dict[str, Any], *, source: str) -> FieldModel:
    """The model of the table "fields" of lines.json. Raises ValueError when it was trained for other signs."""
    if table["signs"] != list(SIGNS):
        raise ValueError(
            f"{source} was trained for other signs than field_signs.py gives. "
            "Train it again: python benchmarks/train_lines.py"
        )
    rankers = {}
    for field in FIELDS:
        arrays = {key: np.array(table[field][key]) for key in ("low", "high", "ranking", "pointwise")}
        rankers[field] = Ranker(
            **arrays, bias=float(table[field]["bias"]), least=float(table[field]["least"])
        )
    return FieldModel(rankers)
