"""Where words stand in the texts of a snapshot, in all of them or in some."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from articles.search.engines.documents import Array, Mask
from articles.search.engines.postings import Postings
from articles.search.engines.spans import TEXT, in_order
from articles.search.engines.whoosh.gathered import Gathered
from articles.search.engines.whoosh.snapshot import Snapshot

Words = tuple[str, tuple[str, ...]]  # a field, and words of it that stand for each other
# Documents looked through at a time, whole segments: what is brought together stays in the processor's cache.
BLOCK = 4000


class Lists:
    """Posting lists with positions, each read once however often it is asked for."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.bounds = [0]
        for offset, segment in zip(snapshot.offsets.tolist(), snapshot.segments, strict=False):
            if offset + segment.size - self.bounds[-1] >= BLOCK:
                self.bounds.append(offset + segment.size)
        if self.bounds[-1] < snapshot.size:
            self.bounds.append(snapshot.size)
        self._whole: dict[Words, Gathered] = {}
        self._blocks: dict[Words, list[Gathered]] = {}

    def whole(self, field: str, words: Sequence[str]) -> Gathered:
        """Return the postings of words in all documents."""
        key = field, tuple(words)
        if key not in self._whole:
            self._whole[key] = self.snapshot.gathered(field, words, positions=True)
        return self._whole[key]

    def block(self, number: int, field: str, words: Sequence[str]) -> Gathered:
        """Return the postings of words in one block of documents."""
        key = field, tuple(words)
        if key not in self._blocks:
            self._blocks[key] = self.whole(field, words).parted(self.bounds)
        return self._blocks[key][number]


class Reading:
    """The texts of a block of documents, or of all; of these, where `documents` are named, theirs: a `spans.Texts`."""

    def __init__(self, lists: Lists, *, block: int | None = None, documents: Mask | None = None) -> None:
        self._lists = lists
        self._block = block
        self._documents = documents

    def places_in(self, field: str, word: str) -> Array:
        """Return every place at which a word stands in a field, ascending."""
        return self._gathered(field, (word,)).places

    def places(self, words: Sequence[str]) -> Array:
        """Return every place at which any of these words of the text stands, ascending, each once."""
        return _ascending(self._gathered(TEXT, words).places, words)

    def hyphenated(self, words: Sequence[str]) -> tuple[Array, dict[str, Array]]:
        """Return where words stand, and apart those that stand at two places in a row, which hyphenated ones do."""
        found = self._gathered(TEXT, words)
        which, places = found.words, found.places
        if len(words) > 1:
            order = np.argsort(which, kind="stable")
            which, places = which[order], places[order]
        again = np.zeros(len(words), dtype=np.bool_)
        again[which[1:][(np.diff(places) == 1) & (np.diff(which) == 0)]] = True
        ends = np.searchsorted(which, np.arange(len(words) + 1))
        apart = {
            words[number]: places[ends[number] : ends[number + 1]]
            for number in np.flatnonzero(again).tolist()
        }
        rest = places[~again[which]] if apart else places
        return _ascending(rest, words), apart

    def postings(self, field: str, term: str) -> Postings | None:
        """Return the postings of a term, with positions; None when no text has it."""
        found = self._gathered(field, (term,))
        return Postings(found.docs, found.counts, found.positions) if len(found.docs) else None

    def _gathered(self, field: str, words: Sequence[str]) -> Gathered:
        number, lists = self._block, self._lists
        found = lists.whole(field, words) if number is None else lists.block(number, field, words)
        return found if self._documents is None else found.among(self._documents)


def _ascending(places: Array, words: Sequence[str]) -> Array:
    """Return the places of words, those of one word ascending, each once and in order."""
    return places if len(words) == 1 else in_order([np.sort(places)])
