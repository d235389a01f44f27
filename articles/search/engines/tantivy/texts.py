"""Where words stand in the texts of some documents.

Tantivy finds phrases by itself, but tells no positions to Python. What needs them (words near each other, in
one sentence, among the first, so many times) is looked for among the documents that have the words at all: in a text
by the numbers of its words (`places`), in a headline or a list of names by reading its stored stream.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from itertools import chain
from typing import Any

import numpy as np

from articles.search.analysis import PARAGRAPH_GAP
from articles.search.engines.documents import Array
from articles.search.engines.postings import Postings
from articles.search.engines.schema import BREAKS, UNITS
from articles.search.engines.spans import PLACES, stretches_of
from articles.search.engines.tantivy.places import side_by_side
from articles.search.engines.tantivy.snapshot import Snapshot
from articles.search.engines.tantivy.stream import OTHER_FORM, PARAGRAPH, number_of

LAST_BITS = np.uint64((1 << 16) - 1)
AT_ONCE = 1 << 17  # numbers that are looked through at once: a megabyte of them
BITS = 32  # of a place that are the position: PLACES is two to the power of it


class Texts:
    """The texts of some rows of a snapshot, numbered from 0; a `spans.Texts`.

    Their numbers are brought side by side once, and words are looked for by comparing all of them.
    """

    def __init__(self, snapshot: Snapshot, rows: Array) -> None:
        self.snapshot = snapshot
        held = {name: column[rows] for name, column in snapshot.placed.items()}
        self._words, self._other_count = held["words"], held["others"]
        self._paragraph_count, self._sentence_count = held["paragraphs"], held["sentences"]
        breaks = -(-(self._paragraph_count + self._sentence_count) // 2)
        lengths = self._words + 2 * self._other_count + breaks
        self._begun = np.cumsum(lengths) - lengths
        self._numbers = side_by_side(snapshot.places, held["first"], held["first"] + lengths)
        self._sought: dict[str, Array] = {}

    def places(self, words: Sequence[str]) -> Array:
        """Return every place at which any of these words of the text stands, ascending, each once."""
        if len(words) == 1:
            written = self._sought.get(words[0])
            numbers = np.array([number_of(words[0])], dtype=np.uint64)
            if written is None:
                written = np.flatnonzero(self._numbers == numbers[0])
        else:
            numbers = np.array(sorted(map(number_of, words)), dtype=np.uint64)
            written = self._standing(numbers)[0]
        docs = stretches_of(written, self._begun)
        positions = written - self._begun[docs]
        # What comes after the words of a text are its other forms and breaks.
        found = (docs * PLACES + positions)[positions < self._words[docs]]
        forms, at = self._others
        others = at[np.isin(forms, numbers)]
        if len(others):
            found = np.union1d(found, others)
        begun, order = self._paragraphs
        return found + PARAGRAPH_GAP * order[stretches_of(found, begun)] if len(found) else found

    def hyphenated(self, words: Sequence[str]) -> tuple[Array, dict[str, Array]]:
        """Return where words stand, and apart those that are what a hyphenated one is together."""
        apart = self._hyphenated(words)
        return self.places([word for word in words if word not in apart]), {
            word: self.places((word,)) for word in apart
        }

    def _hyphenated(self, words: Sequence[str]) -> set[str]:
        """Return those of these words that are what a hyphenated one is together; they are looked for at once."""
        numbers = {number_of(word): word for word in words}
        forms = np.array(list(numbers), dtype=np.uint64)
        held = [numbers[int(number)] for number in forms[np.isin(forms, self._others[0])]]
        if len(held) > 1:
            ascending = np.array(sorted(map(number_of, held)), dtype=np.uint64)
            places, which = self._standing(ascending)
            order = np.argsort(which, kind="stable")
            ends = np.searchsorted(which[order], np.arange(len(held) + 1))
            for place, number in enumerate(ascending):
                self._sought[numbers[int(number)]] = places[order[ends[place] : ends[place + 1]]]
        return set(held)

    def _standing(self, numbers: Array) -> tuple[Array, Array]:
        """Return where any of some ascending numbers stand among `_numbers`, and which of them each is.

        Their last bits tell most others apart, a stretch at a time that a processor holds at once.
        """
        likely = np.zeros(LAST_BITS + 1, dtype=np.bool_)
        likely[(numbers & LAST_BITS).view(np.int64)] = True
        found = [(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64))]
        for start in range(0, len(self._numbers) if len(numbers) else 0, AT_ONCE):
            part = self._numbers[start : start + AT_ONCE]
            places = np.flatnonzero(likely[(part & LAST_BITS).view(np.int64)])
            which = np.minimum(np.searchsorted(numbers, part[places]), len(numbers) - 1)
            right = numbers[which] == part[places]
            found.append((places[right] + start, which[right]))
        return np.concatenate([places for places, _ in found]), np.concatenate([which for _, which in found])

    def postings(self, field: str, term: str) -> Postings | None:
        """Return the postings of a term of the text or of its breaks, with positions; None when no text has it."""
        if field == BREAKS:
            return self._of(self._breaks[UNITS.index(term)])
        return self._of(self.places((term,)))

    @staticmethod
    def _of(places: Array) -> Postings | None:
        """Return postings for ascending places of documents."""
        if not len(places):
            return None
        docs = places >> BITS
        first = np.flatnonzero(np.diff(docs, prepend=-1))
        return Postings(docs[first], np.diff(first, append=len(docs)), places & (PLACES - 1))

    @cached_property
    def _others(self) -> tuple[Array, Array]:
        counts = self._other_count
        docs, order = _counted(counts)
        pairs = self._begun[docs] + self._words[docs] + 2 * order
        return self._numbers[pairs + 1], docs * PLACES + self._numbers[pairs].astype(np.int64)

    @cached_property
    def _breaks(self) -> tuple[Array, Array]:
        """Where paragraphs and where sentences begin, gaps counted."""
        numbers = self._numbers.view("<u4")
        first = 2 * (self._begun + self._words + 2 * self._other_count)
        both = []
        for start, counts in (
            (first, self._paragraph_count),
            (first + self._paragraph_count, self._sentence_count),
        ):
            docs, order = _counted(counts)
            both.append(docs * PLACES + numbers[start[docs] + order])
        return both[0], both[1]

    @cached_property
    def _paragraphs(self) -> tuple[Array, Array]:
        """Where paragraphs begin, gaps not counted, and the number of each in its text, from 0."""
        _, order = _counted(self._paragraph_count)
        return self._breaks[0] - PARAGRAPH_GAP * order, order


def _counted(counts: Array) -> tuple[Array, Array]:
    """Return for each of so many things of each document the document, and which of its things it is."""
    docs = np.repeat(np.arange(len(counts)), counts)
    return docs, np.arange(len(docs)) - np.repeat(np.cumsum(counts) - counts, counts)


class Streams:
    """The stored words of a field of some documents, numbered from 0 as they are given."""

    def __init__(self, searcher: Any, addresses: Sequence[Any], field: str) -> None:
        self._lines = _Lines([searcher.doc(address).get_first(field) or "" for address in addresses])

    def postings(self, term: str) -> Postings | None:
        """Return the postings of a term, with positions; None when no document has it."""
        return self._lines.postings(term)


class _Numbers(dict[str, int]):
    """Numbers tokens in the order in which they are met."""

    def __missing__(self, token: str) -> int:
        self[token] = number = len(self)
        return number


class _Lines:
    """The streams of one field, one after the other, as an array of the numbers of their tokens."""

    def __init__(self, streams: list[str]) -> None:
        lines = [stream.split() for stream in streams]
        lengths = np.array([len(line) for line in lines], dtype=np.int64)
        self._numbers = _Numbers()
        numbers = map(self._numbers.__getitem__, chain.from_iterable(lines))
        self._tokens = np.fromiter(numbers, dtype=np.int32, count=int(lengths.sum()))
        self._docs = np.repeat(np.arange(len(lines)), lengths)
        self._first = np.cumsum(lengths) - lengths
        self._paragraphs = self._places_of(PARAGRAPH)

    def postings(self, term: str) -> Postings | None:
        """Return a word's postings, those as another form of what is written among them."""
        tokens = np.sort(np.concatenate([self._places_of(term), self._places_of(OTHER_FORM + term)]))
        if not len(tokens):
            return None
        docs = self._docs[tokens]
        first = self._first[docs]
        paragraphs = np.searchsorted(self._paragraphs, tokens) - np.searchsorted(self._paragraphs, first)
        # A mark between paragraphs takes one position of the PARAGRAPH_GAP that they are apart.
        positions = (tokens - first) // 2 + (PARAGRAPH_GAP - 1) * paragraphs
        holding, counts = np.unique(docs, return_counts=True)
        return Postings(holding, counts, positions)

    def _places_of(self, token: str) -> Array:
        number = self._numbers.get(token)
        return np.zeros(0, dtype=np.int64) if number is None else np.flatnonzero(self._tokens == number)
