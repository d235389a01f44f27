"""Where words stand in the texts of some documents, read from their stored streams.

Tantivy finds phrases by itself, but tells no positions to Python. What needs them (words near each other, in
one sentence, among the first, so many times) is looked for among the documents that have the words at all.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import numpy as np

from articles.search.analysis import PARAGRAPH_GAP
from articles.search.engines.documents import Array
from articles.search.engines.postings import Postings
from articles.search.engines.schema import BREAKS, UNITS
from articles.search.engines.tantivy.schema import BREAKS as STORED_BREAKS
from articles.search.engines.tantivy.stream import OTHER_FORM, PARAGRAPH, breaks_of

BLANK, LINE_END = ord(" "), ord("\n")


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


class _Lines:
    """The streams of one field, a line each, with the places of their tokens as arrays."""

    def __init__(self, streams: list[str]) -> None:
        # A blank on either side of every token, so that a word is found as it stands.
        self._text = "".join((" ", " \n ".join(streams), " "))
        self._bytes = self._text.encode()
        buffer = np.frombuffer(self._bytes, dtype=np.uint8)
        white = (buffer == BLANK) | (buffer == LINE_END)
        self._starts = np.flatnonzero(~white & np.concatenate([[True], white[:-1]]))
        ends = np.flatnonzero(buffer == LINE_END)
        self._docs = np.searchsorted(ends, self._starts)
        self._first = np.searchsorted(self._docs, np.arange(len(streams)))
        self._paragraphs = np.flatnonzero(buffer[self._starts] == ord(PARAGRAPH))

    def postings(self, term: str) -> Postings | None:
        """Return a word's postings, those as another form of what is written among them."""
        tokens = np.sort(np.concatenate([self._tokens(term), self._tokens(OTHER_FORM + term)]))
        if not len(tokens):
            return None
        docs = self._docs[tokens]
        first = self._first[docs]
        paragraphs = np.searchsorted(self._paragraphs, tokens) - np.searchsorted(self._paragraphs, first)
        # A mark between paragraphs takes one position of the PARAGRAPH_GAP that they are apart.
        positions = (tokens - first) // 2 + (PARAGRAPH_GAP - 1) * paragraphs
        holding, counts = np.unique(docs, return_counts=True)
        return Postings(holding, counts, positions)

    def _tokens(self, token: str) -> Array:
        """Return the numbers of the tokens that are this one."""
        found = re.finditer(re.escape(f" {token} ".encode()), self._bytes)
        return np.searchsorted(self._starts, np.array([match.start() + 1 for match in found], dtype=np.int64))

    def starting(self, prefix: str) -> list[str]:
        """Return the words that begin so, in order."""
        found = re.findall(rf"(?<= ){OTHER_FORM}?({re.escape(prefix)}[^\s=|_]*)(?= )", self._text)
        return sorted({*found} - {""})
