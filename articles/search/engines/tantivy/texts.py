"""Where words stand in the texts of some documents, read from their stored streams.

Tantivy finds phrases by itself, but tells no positions to Python. What needs them (words near each other, in
one sentence, among the first, so many times) is looked for among the documents that have the words at all.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import chain
from typing import Any

import numpy as np

from articles.search.analysis import PARAGRAPH_GAP
from articles.search.engines.documents import Array
from articles.search.engines.postings import Postings
from articles.search.engines.schema import BREAKS, UNITS
from articles.search.engines.tantivy.schema import BREAKS as STORED_BREAKS
from articles.search.engines.tantivy.stream import FILLER, OTHER_FORM, PARAGRAPH, breaks_of


class Texts:
    """The texts of documents, numbered from 0 as they are given; a `spans.Texts`."""

    def __init__(self, searcher: Any, addresses: Sequence[Any]) -> None:
        self._documents = [searcher.doc(address) for address in addresses]
        self._fields: dict[str, _Lines] = {}

    def postings(self, field: str, term: str) -> Postings | None:
        """Return the postings of a term, with positions; None when no text has it."""
        if field == BREAKS:
            return self._breaks(UNITS.index(term))
        return self._lines(field).postings(term)

    def starting_names(self, field: str, prefix: str) -> list[str]:
        """Return the words of these texts that begin so, in order."""
        return self._lines(field).starting(prefix)

    def vocabulary(self, field: str) -> list[str]:
        """Return all words of these texts."""
        return self._lines(field).starting("")

    def of_form(self, field: str, pattern: re.Pattern[str]) -> list[str]:
        """Return the words of these texts that match a pattern of whole lines, in order."""
        return [name for name in self.vocabulary(field) if pattern.fullmatch(name)]

    def _lines(self, field: str) -> _Lines:
        if field not in self._fields:
            self._fields[field] = _Lines([one.get_first(field) or "" for one in self._documents])
        return self._fields[field]

    def _breaks(self, unit: int) -> Postings | None:
        begun = [breaks_of(one.get_first(STORED_BREAKS) or b"")[unit] for one in self._documents]
        counts = np.array([len(one) for one in begun], dtype=np.int64)
        docs = np.flatnonzero(counts)
        if not len(docs):
            return None
        positions = np.concatenate([np.array(begun[number], dtype=np.int64) for number in docs])
        return Postings(docs, counts[docs], positions)


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

    def starting(self, prefix: str) -> list[str]:
        """Return the words that begin so, in order."""
        words = {token.removeprefix(OTHER_FORM) for token in self._numbers} - {FILLER, PARAGRAPH}
        return sorted(word for word in words if word.startswith(prefix))
