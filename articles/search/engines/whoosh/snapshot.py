"""The index as it stands at one commit: its segments side by side, with one numbering of documents.

A snapshot never changes, so any number of threads may search it while the next one is written. Arrays
run over all documents in the order of the segments, deleted ones included; `live` tells them apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

import numpy as np

from articles.search.analysis import stem
from articles.search.engines.documents import Array, Documents, Interner, Mask
from articles.search.engines.postings import Postings
from articles.search.engines.schema import length_column, stems_field
from articles.search.engines.spans import TEXT, in_order, places_of
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
        found = []
        for segment, offset in zip(self.segments, self.offsets, strict=False):
            postings = segment.terms.get(field, term, positions=positions)
            if postings is not None:
                found.append((postings, int(offset)))
        return joined(found) if found else None

    def beginning(self, field: str, start: str, last: str) -> Postings | None:
        """Return the postings, without positions, of all terms that begin so, up to a last one, in no order."""
        found = []
        for segment, offset in zip(self.segments, self.offsets.tolist(), strict=False):
            terms = segment.terms.postings(field, start)
            found += [(postings, offset) for _, postings in takewhile(lambda pair: pair[0] <= last, terms)]
        return joined(found) if found else None

    def places(self, words: Sequence[str]) -> Array:
        """Return every place at which any of these words of the texts stands, ascending, each once."""
        return _ascending(self._places(words)[1], words)

    def hyphenated(self, words: Sequence[str]) -> tuple[Array, dict[str, Array]]:
        """Return where words stand, and apart those that stand at two places in a row, which hyphenated ones do."""
        which, places = self._places(words)
        again = np.zeros(len(words), dtype=np.bool_)
        again[which[1:][(np.diff(places) == 1) & (np.diff(which) == 0)]] = True
        ends = np.searchsorted(which, np.arange(len(words) + 1))
        apart = {
            words[number]: places[ends[number] : ends[number + 1]]
            for number in np.flatnonzero(again).tolist()
        }
        rest = places[~again[which]] if apart else places
        return _ascending(rest, words), apart

    def _places(self, words: Sequence[str]) -> tuple[Array, Array]:
        """Return every place of each of these words of the texts, and which of them it is; word by word, ascending."""
        parts = list(self._parts(words))
        if not parts:
            return np.zeros(0, dtype=np.int16), np.zeros(0, dtype=np.int64)
        places = places_of(joined([(postings, offset) for _, postings, offset in parts]))
        counts = [int(postings.spans.sum()) for _, postings, _ in parts]
        which = np.repeat(np.array([number for number, _, _ in parts], dtype=np.int16), counts)
        if len(words) == 1:
            return which, places
        order = np.argsort(which, kind="stable")
        return which[order], places[order]

    def _parts(self, words: Sequence[str]) -> Iterator[tuple[int, Postings, int]]:
        """Yield the postings of some words of the texts, segment by segment: which word, and the segment's offset.

        Nearly all that begin alike are read in a row; others are looked up one by one.
        """
        known, start = self._words(TEXT), _start(words)
        in_a_row = len(words) > FEW_WORDS and known.count(start) < 2 * len(words)
        numbers = {word: number for number, word in enumerate(words) if word in known}
        for segment, offset in zip(self.segments, self.offsets.tolist(), strict=False):
            if in_a_row:
                found = segment.terms.postings(TEXT, start, positions=True)
                yield from ((numbers[term], one, offset) for term, one in found if term in numbers)
            else:
                looked_up = ((number, segment.terms.get(TEXT, word)) for word, number in numbers.items())
                yield from ((number, one, offset) for number, one in looked_up if one is not None)

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


def _ascending(places: Array, words: Sequence[str]) -> Array:
    """Return the places of words, those of one word ascending, each once and in order."""
    return places if len(words) == 1 else in_order([np.sort(places)])


def _start(words: Sequence[str]) -> str:
    """Return the letters that all of some words begin with."""
    first, last = min(words, default=""), max(words, default="")
    return "".join(
        letter for letter, _ in takewhile(lambda both: both[0] == both[1], zip(first, last, strict=False))
    )
