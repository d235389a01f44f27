"""In which texts a query looks for where words stand: in all that can match, as long as that is affordable."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from articles.search.engines.documents import Array, Mask
from articles.search.engines.expanded import Expansions
from articles.search.engines.matching import Reach
from articles.search.engines.spans import Row, rows_of
from articles.search.engines.whoosh.gathered import Gathered
from articles.search.engines.whoosh.reading import Lists, Reading, Words
from articles.search.engines.whoosh.snapshot import Snapshot
from articles.search.sought import sought
from articles.search.tree import And, AtLeast, First, Inside, Leaf, Node, Not, Or

# Places of words that one query may bring together, for each article of the archive, and at least. Each takes 50 to
# 100 ns; a text of 450 words has 22 places of the two commonest. `make bench-search` shows what it comes to: the
# longest of the random queries.
PLACES_AN_ARTICLE = 25
FEWEST_PLACES = 1_000_000
SHARE_LEFT = 50  # a part that comes when all is spent still brings one in so many of them together
FEW_PLACES = 20_000  # so many are brought together sooner than it is told which documents can match


@dataclass(frozen=True, slots=True)
class Where:
    """The texts to look through, one block after the other; `whole` when none is left out that can match."""

    texts: list[Reading]
    whole: bool


class Affordable:
    """What one query may still bring together. The parts that come first have theirs first."""

    def __init__(self, snapshot: Snapshot, expansions: Expansions) -> None:
        self.snapshot = snapshot
        self.expansions = expansions
        self._most = max(FEWEST_PLACES, PLACES_AN_ARTICLE * int(snapshot.live.sum()))
        self._left = self._most

    def where(self, node: AtLeast | First | Inside | Leaf, fields: Iterable[str], reach: Reach) -> Where:
        """Return where a node is looked for: in all documents that can match, or in some within reach.

        1. Everywhere, when its words have few places. 2. In the documents that have words enough to match. 3. When
        these have more places than are left, in as many of those within reach as are affordable; `notes` says so.
        """
        # 1.
        rows = {one.leaf: rows_of(one.leaf, self.expansions) for one in sought(node, excluded=True)}
        words = {
            (field, group) for each in rows.values() for row in each for group in row for field in fields
        }
        lists = Lists(self.snapshot)
        found = {one: lists.whole(*one) for one in words}
        cost = sum(one.occurrences for one in found.values())
        if cost <= min(FEW_PLACES, self._left):
            self._left -= cost
            return Where([Reading(lists)], whole=True)
        # 2.
        held = _Held(rows, found, self.snapshot.size)
        can = np.logical_or.reduce([held.enough_for(node, field) for field in fields])
        places = held.places
        whole = int(places[can].sum()) <= self._left
        # 3.
        documents = can if whole else self._newest(can & self.snapshot.live, places, reach)
        cost = int(places[documents].sum())
        self._left = max(self._left - cost, 0)
        if cost <= FEW_PLACES:
            return Where([Reading(lists, documents=documents)], whole)
        blocks = range(len(lists.bounds) - 1)
        return Where([Reading(lists, block=number, documents=documents) for number in blocks], whole)

    def _newest(self, can: Mask, places: Array, reach: Reach) -> Mask:
        """Return as many of the documents that can match as the places left are enough for."""
        turn = reach.in_turn(np.flatnonzero(can), self.snapshot.last_days)
        most = max(self._left, self._most // SHARE_LEFT)
        read = turn[np.cumsum(places[turn]) <= most]
        documents = np.zeros(self.snapshot.size, dtype=np.bool_)
        documents[read] = True
        if len(read) < len(turn):
            listed = can & reach.listed
            self.expansions.partly(int((listed & documents).sum()), int(listed.sum()))
        return documents


class _Held:
    """Which documents have the words of some leaves, and how often."""

    def __init__(self, rows: Mapping[Leaf, list[Row]], found: Mapping[Words, Gathered], size: int) -> None:
        self._rows = rows
        self._found = found
        self._size = size

    @property
    def places(self) -> Array:
        """How many places all words have in each document."""
        docs = np.concatenate([one.docs for one in self._found.values()])
        counts = np.concatenate([one.counts for one in self._found.values()])
        return np.bincount(docs, counts, minlength=self._size).astype(np.int64)

    def enough_for(self, node: Node, field: str) -> Mask:
        """Return the documents that have words enough in a field for a node; all that it matches are among them."""
        if isinstance(node, AtLeast):
            return self._times(node.leaf, field) >= node.count
        if isinstance(node, First | Inside):
            return self.enough_for(node.leaf if isinstance(node, First) else node.node, field)
        if isinstance(node, And | Or):
            together = np.logical_and if isinstance(node, And) else np.logical_or
            return np.asarray(together.reduce([self.enough_for(part, field) for part in node.nodes]))
        if isinstance(node, Not):
            return np.ones(self._size, dtype=np.bool_)
        if not isinstance(node, Leaf):
            raise TypeError(f"{type(node).__name__} does not ask where words stand.")
        mask = np.zeros(self._size, dtype=np.bool_)
        for row in self._rows[node]:
            mask[self._having(row, field)] = True
        return mask

    def _having(self, row: Row, field: str) -> Array:
        """Return the documents that have a row of words, by the rarest of them first."""
        rarest, *others = sorted((self._found[field, words].docs for words in row), key=len)
        for docs in others:
            if not len(rarest):
                break
            mask = np.zeros(self._size, dtype=np.bool_)
            mask[docs] = True
            rarest = rarest[mask[rarest]]
        return rarest

    def _times(self, leaf: Leaf, field: str) -> Array:
        """Return how often each document can have a leaf, at most: of several words as often as it has the first."""
        firsts = [self._found[field, row[0]] for row in self._rows[leaf]]
        return np.sum([np.bincount(one.docs, one.counts, minlength=self._size) for one in firsts], axis=0)
