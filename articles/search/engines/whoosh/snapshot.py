"""The index as it stands at one commit: its segments side by side, with one numbering of documents.

A snapshot never changes, so any number of threads may search it while the next one is written. Arrays
run over all documents in the order of the segments, deleted ones included; `live` tells them apart.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from articles.search.analysis import stem
from articles.search.engines.documents import Array, Documents, Interner, Mask
from articles.search.engines.postings import Postings
from articles.search.engines.schema import length_column, stems_field
from articles.search.engines.spans import TEXT, places_of
from articles.search.engines.whoosh.lexicon import Lexicon
from articles.search.engines.whoosh.postings import joined
from articles.search.engines.whoosh.segment import Segment
from articles.search.near_words import NearWords
from articles.search.sorted_words import SortedWords


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

    def postings(self, field: str, term: str) -> Postings | None:
        """Return the postings of a term over all segments, deleted documents included."""
        found = []
        for segment, offset in zip(self.segments, self.offsets, strict=False):
            postings = segment.terms.get(field, term)
            if postings is not None:
                found.append((postings, int(offset)))
        return joined(found) if found else None

    def places(self, words: Sequence[str]) -> Array:
        """Return every place at which any of these words of the texts stands, ascending, each once."""
        found = [places_of(held) for word in words if (held := self.postings(TEXT, word)) is not None]
        if len(found) == 1:
            return found[0]
        return np.unique(np.concatenate([np.zeros(0, dtype=np.int64), *found]))

    def hyphenated(self, words: Sequence[str]) -> set[str]:
        """Return all of them: any word may be what a hyphenated one is together, which is not kept apart."""
        return set(words)

    def frequency(self, field: str, term: str) -> int:
        """Return how many documents hold a term, deleted ones included."""
        return sum(segment.terms.count(field, term) for segment in self.segments)

    def inflected_frequency(self, field: str, word: str) -> int:
        """Return how many documents hold a word in any inflection, deleted ones included."""
        return self.frequency(stems_field(field), stem(word))

    def is_in(self, field: str, term: str, documents: Mask) -> bool:
        """Tell whether any document of a set holds a term."""
        postings = self.postings(field, term)
        return postings is not None and bool(documents[postings.docs].any())

    def is_inflected_in(self, field: str, word: str, documents: Mask) -> bool:
        """Tell whether any document of a set holds a word in any inflection."""
        return self.is_in(stems_field(field), stem(word), documents)

    def of_form(self, field: str, pattern: re.Pattern[str]) -> list[str]:
        """Return the terms of a field that match a pattern of whole lines, in order."""
        return self._words(field).matching(pattern)

    def near_words(self, field: str) -> NearWords:
        """Return the terms of a field to be compared with."""
        return self._lexicon(field).near_words(self.segments)

    def _words(self, field: str) -> SortedWords:
        return self._lexicon(field).words(self.segments)

    def _lexicon(self, field: str) -> Lexicon:
        return self._lexicons.setdefault(field, Lexicon(field))

    def starting_names(self, field: str, prefix: str) -> list[str]:
        """Return the terms of a field that begin so, in order."""
        return self._words(field).beginning(prefix)

    def starting(self, field: str, prefix: str, *, limit: int) -> tuple[list[Postings], bool]:
        """Return the postings of up to `limit` terms that begin so, and whether there are more terms."""
        names = self.starting_names(field, prefix)
        found = (self.postings(field, name) for name in names[:limit])
        return [postings for postings in found if postings is not None], len(names) > limit
