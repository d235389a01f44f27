"""The index as it stands at one commit: its segments side by side, with one numbering of documents.

A snapshot never changes, so any number of threads may search it while the next one is written. Arrays
run over all documents in the order of the segments, deleted ones included; `live` tells them apart.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from articles.search.analysis import stem
from articles.search.engines.documents import Array, Documents, Interner, Mask
from articles.search.engines.postings import Postings
from articles.search.engines.schema import length_column, stems_field
from articles.search.engines.whoosh.gathered import NOTHING, Gathered, gathered
from articles.search.engines.whoosh.lexicon import Lexicon
from articles.search.engines.whoosh.postings import joined
from articles.search.engines.whoosh.segment import Segment
from articles.search.near_words import NearWords
from articles.search.sorted_words import SortedWords

FEW_WORDS = 20  # whose postings are looked up one by one


class Snapshot(Documents):
    """One commit of the index."""

    def __init__(
        self,
        segments: list[Segment],
        deleted: list[frozenset[int]],
        *,
        interners: dict[str, Interner],
        lexicons: dict[str, Lexicon],
        identity: tuple[str, int],
    ) -> None:
        live: Mask = np.ones(sum(segment.size for segment in segments), dtype=np.bool_)
        super().__init__(segments, live, interners=interners)
        self.segments = segments
        self.identity = identity
        for offset, gone in zip(self.offsets, deleted, strict=False):
            live[[offset + document for document in gone]] = False
        self._lexicons = lexicons
        self._lengths: dict[str, Array] = {}

    def warm(self) -> None:
        """Read what searches share, and the words of the fields that are looked into without being named."""
        super().warm()
        for field in ("text", "headline", "subtitle"):
            self.lengths(field)
            self.near_words(field)
        self.near_words("actor_name")

    def lengths(self, field: str) -> Array:
        """Return each document's number of words in a field, against the average of 1 of those that have any."""
        if field not in self._lengths:
            lengths = self.column(length_column(field)).astype(np.float32)
            held = lengths[self.live & (lengths > 0)]
            average = float(held.mean()) if len(held) else 1.0
            self._lengths[field] = lengths / max(average, 1.0)
        return self._lengths[field]

    def postings(self, field: str, term: str, *, positions: bool = True) -> Postings | None:
        """Return the postings of a term over all segments, deleted documents included."""
        lexicon = self._lexicons.get(field)
        if lexicon is not None and term not in lexicon.words(self.segments):
            return None
        found = []
        for segment, offset in zip(self.segments, self.offsets, strict=False):
            postings = segment.terms.get(field, term, positions=positions)
            if postings is not None:
                found.append((postings, int(offset)))
        return joined(found) if found else None

    def gathered(self, field: str, words: Sequence[str], *, positions: bool = False) -> Gathered:
        """Return the postings of words in ascending order, deleted documents included, segment by segment."""
        known, few = self._words(field), len(words) <= FEW_WORDS
        numbers = {word: number for number, word in enumerate(words) if not few or word in known}
        if not numbers:
            return NOTHING
        return gathered(self._lists(field, numbers, positions=positions), positions=positions)

    def _lists(
        self, field: str, numbers: dict[str, int], *, positions: bool
    ) -> Iterator[tuple[int, int, bytes]]:
        """Yield the posting lists of some numbered words, segment by segment: which word, and the segment's offset.

        Nearly all that there are between the first and the last are read in a row; others are looked up.
        """
        words, which, known = list(numbers), list(numbers.values()), self._words(field)
        first, last = min(words), max(words)
        between = bisect_left(known, last) - bisect_left(known, first)
        in_a_row = len(words) > FEW_WORDS and between < 2 * len(words)
        for segment, offset in zip(self.segments, self.offsets.tolist(), strict=False):
            if in_a_row:
                found = segment.terms.postings(field, first, last, positions=positions)
                yield from ((numbers[term], offset, one) for term, one in found if term in numbers)
            else:
                several = segment.terms.several(field, words, positions=positions)
                yield from ((which[place], offset, one) for place, one in several)

    def frequency(self, field: str, term: str) -> int:
        """Return how many documents hold a term, deleted ones included."""
        return sum(segment.terms.count(field, term) for segment in self.segments)

    def inflected_frequency(self, field: str, word: str) -> int:
        """Return how many documents hold a word in any inflection, deleted ones included."""
        return self.frequency(stems_field(field), stem(word))

    def is_in(self, field: str, term: str, documents: Mask) -> bool:
        """Tell whether any document of a set holds a term."""
        postings = self.postings(field, term, positions=False)
        return postings is not None and bool(documents[postings.docs].any())

    def is_inflected_in(self, field: str, word: str, documents: Mask) -> bool:
        """Tell whether any document of a set holds a word in any inflection."""
        return self.is_in(stems_field(field), stem(word), documents)

    def of_form(self, field: str, pattern: re.Pattern[str], part: str) -> Iterable[str]:
        """Return the terms of a field that match a pattern of whole lines, in order."""
        return self._words(field).matching(pattern, part)

    def near_words(self, field: str) -> NearWords:
        """Return the terms of a field to be compared with."""
        return self._lexicon(field).near_words(self.segments)

    def _words(self, field: str) -> SortedWords:
        return self._lexicon(field).words(self.segments)

    def _lexicon(self, field: str) -> Lexicon:
        known = self._lexicons.get(field)
        return self._lexicons.setdefault(field, Lexicon(field)) if known is None else known

    def starting_names(self, field: str, prefix: str) -> list[str]:
        """Return the terms of a field that begin so, in order."""
        return self._words(field).beginning(prefix)
