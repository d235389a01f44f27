"""The documents of a term, how often they hold it, and where."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from articles.search.engines.documents import Array, Mask


@dataclass(frozen=True, slots=True)
class Postings:
    """The documents of one term, ascending; `counts` is None when each is 1, `positions` when not kept."""

    docs: Array
    counts: Array | None
    positions: Array | None

    @property
    def weights(self) -> Array:
        """How often each document holds the term."""
        if self.counts is None:
            return np.ones(len(self.docs), dtype=np.float32)
        return self.counts.astype(np.float32)

    @property
    def spans(self) -> Array:
        """How many of the positions belong to each document."""
        return (
            np.ones(len(self.docs), dtype=np.int64) if self.counts is None else self.counts.astype(np.int64)
        )

    def among(self, documents: Mask) -> Postings | None:
        """Return the postings in a set of documents alone; None when none of them holds the term."""
        kept = documents[self.docs]
        if kept.all():
            return self
        if not kept.any():
            return None
        counts = None if self.counts is None else self.counts[kept]
        positions = None if self.positions is None else self.positions[np.repeat(kept, self.spans)]
        return Postings(self.docs[kept], counts, positions)
