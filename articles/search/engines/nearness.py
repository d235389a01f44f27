"""How close two words of a query stand in the articles that hold both."""

from __future__ import annotations

import numpy as np

from articles.search.engines.documents import Array
from articles.search.engines.spans import PLACES
from articles.search.ranking import Ranking


def close_pairs(left: Array, right: Array, ranking: Ranking) -> tuple[Array, Array]:
    """Return the documents in which two words stand close, and what their closeness comes to in each.

    Each place of the rarer word counts once, by the nearest place of the other: within the window for a part,
    side by side in full. Places ascend.
    """
    if len(left) > len(right):
        left, right = right, left
    if not len(left):
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32)
    after = np.searchsorted(right, left)
    before = np.abs(left - right[np.maximum(after - 1, 0)])
    apart = np.minimum(before, np.abs(right[np.minimum(after, len(right) - 1)] - left))
    # No text has as many positions as PLACES, so what is close is in one document.
    near = (apart > 0) & (apart <= ranking.window)
    worths = ranking.window_worth + (apart[near] == 1)
    docs, pairs = np.unique(left[near] // PLACES, return_inverse=True)
    return docs, np.bincount(pairs, weights=worths, minlength=len(docs)).astype(np.float32)
