"""What a count counts: every document, or every story once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

import numpy as np

from articles.search.engines.ask import Count
from articles.search.engines.documents import Documents, Mask


class Counting(Protocol):
    """Counts sets of documents of a snapshot."""

    snapshot: Documents

    def size(self, mask: Mask) -> int:
        """Return how many the set holds."""

    def by_key(self, facet: str, mask: Mask) -> Mapping[str, int]:
        """Return how many of the set carry each key of a facet, without zeros."""

    def new_in(self, mask: Mask, known: Mask) -> Mask:
        """Return the part of a set that is counted anew when it joins another set."""


class ByArticle:
    """Every document counts."""

    def __init__(self, snapshot: Documents) -> None:
        self.snapshot = snapshot

    def size(self, mask: Mask) -> int:
        """Return how many documents the set holds."""
        return int(np.count_nonzero(mask))

    def by_key(self, facet: str, mask: Mask) -> dict[str, int]:
        """Return how many documents of the set carry each key of a facet."""
        return self.snapshot.facet(facet).count(mask)

    def new_in(self, mask: Mask, known: Mask) -> Mask:
        """Return the documents that the other set has not."""
        return mask & ~known


class ByStory:
    """Documents of one story count once."""

    def __init__(self, snapshot: Documents) -> None:
        self.snapshot = snapshot

    def size(self, mask: Mask) -> int:
        """Return how many stories the set tells."""
        alone = int(np.count_nonzero(mask & self.snapshot.alone))
        return alone + int(np.count_nonzero(self._told(mask & ~self.snapshot.alone)))

    def by_key(self, facet: str, mask: Mask) -> dict[str, int]:
        """Return how many stories have a document in the set that carries the key."""
        return self.snapshot.story_facet(facet).count(mask)

    def new_in(self, mask: Mask, known: Mask) -> Mask:
        """Return the documents whose stories the other set does not tell."""
        return mask & ~self._told(known)[self.snapshot.stories]

    def _told(self, mask: Mask) -> Mask:
        told = np.zeros(self.snapshot.story_count, dtype=np.bool_)
        told[self.snapshot.stories[np.flatnonzero(mask)]] = True
        return told


class OfArchive:
    """Counts as another does; what the whole `archive` comes to, which every page tells of, once a commit."""

    def __init__(self, counter: Counting, archive: Mask, kept: dict[str, Mapping[str, int]]) -> None:
        self.snapshot = counter.snapshot
        self.size, self.new_in = counter.size, counter.new_in
        self._counter, self._archive, self._kept = counter, archive, kept

    def by_key(self, facet: str, mask: Mask) -> Mapping[str, int]:
        """Return how many of the set carry each key of a facet; the archive is known by being the same array."""
        if mask is not self._archive:
            return self._counter.by_key(facet, mask)
        if facet not in self._kept:
            self._kept[facet] = self._counter.by_key(facet, mask)
        return self._kept[facet]


def counting(count: Count, snapshot: Documents, archive: Mask) -> Counting:
    """Return the counting that was asked for; `archive` is all that may be counted, an array of the snapshot's own."""
    counter = ByStory(snapshot) if count is Count.STORIES else ByArticle(snapshot)
    return OfArchive(counter, archive, snapshot.of_all.setdefault((str(count), archive is snapshot.live), {}))
