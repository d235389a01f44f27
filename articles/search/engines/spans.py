"""Where the leaves of a query stand in the texts, by whole posting lists at a time.

A place is one number: the document's times PLACES, and the position of the word in it. What a leaf is found
at runs from a first to a last place: a word's are the same, a phrase's are not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import Protocol

import numpy as np

from articles.search.analysis import PARAGRAPH_GAP, QueryTerm, query_terms
from articles.search.engines.documents import Array
from articles.search.engines.expanded import Expansions, Vocabulary, inflections
from articles.search.engines.postings import Postings
from articles.search.engines.schema import BREAKS
from articles.search.tree import And, Leaf, Node, Not, Or, Phrase, Word

PLACES = 1 << 32  # positions a document can have: they and the document's number share 64 bits
MOST_RESPELLED = 6  # words of a phrase that are looked for with and without their hyphens
TEXT = "text"


@dataclass(frozen=True, slots=True)
class Spans:
    """First and last place of every occurrence, side by side, ascending by the first."""

    starts: Array
    ends: Array

    @property
    def docs(self) -> Array:
        """The document of each occurrence."""
        return self.starts // PLACES

    def stretches(self, begun: Array) -> tuple[Array, Array]:
        """Return in which stretch each begins and in which it ends; see `stretches_of`."""
        first = stretches_of(self.starts, begun)
        alike = self.ends is self.starts
        return first, first if alike else np.searchsorted(begun, self.ends, "right") - 1

    @classmethod
    def joined(cls, parts: list[Spans]) -> Spans:
        """Return all of them, those of one first place once, as the shortest."""
        if len(parts) == 1:
            return parts[0]
        starts = np.concatenate([np.zeros(0, dtype=np.int64), *(part.starts for part in parts)])
        ends = np.concatenate([np.zeros(0, dtype=np.int64), *(part.ends for part in parts)])
        order = np.lexsort((ends, starts))
        distinct, first = np.unique(starts[order], return_index=True)
        return cls(distinct, ends[order][first])


class Texts(Vocabulary, Protocol):
    """Texts whose words can be asked for with their places."""

    def postings(self, field: str, term: str) -> Postings | None:
        """Return the postings of a term, with positions; None when no text has it."""

    def places(self, words: Sequence[str]) -> Array:
        """Return every place at which any of these words of the text stands, ascending, each once."""

    def hyphenated(self, words: Sequence[str]) -> set[str]:
        """Return those of these words that may be what a hyphenated one is together."""


class Finder:
    """Finds occurrences in texts, in all inflections as the rest of the search does."""

    def __init__(self, snapshot: Texts, expansions: Expansions) -> None:
        self.snapshot = snapshot
        self.expansions = expansions

    def spans(self, leaf: Leaf) -> Spans:
        """Return every occurrence of a leaf, each once."""
        if not isinstance(leaf, Word | Phrase):
            return self._words(self.expansions.names(leaf, TEXT))
        terms = query_terms(leaf.text)
        if isinstance(leaf, Word) and len(terms) == 1:
            return self._word(terms[0])
        return self._phrase(terms, leaf.within if isinstance(leaf, Phrase) else None)

    def so_often(self, leaf: Leaf, count: int) -> tuple[Array, Array]:
        """Return the documents that have a leaf at least so many times, and how often each has it."""
        docs = self.spans(leaf).docs
        first = np.flatnonzero(np.diff(docs, prepend=-1))
        docs, counts = docs[first], np.diff(first, append=len(docs))
        return docs[counts >= count], counts[counts >= count]

    def among_first(self, leaf: Leaf, count: int) -> Array:
        """Return the document of each occurrence that ends among the first so many words of its text.

        Words are counted as they stand, a hyphenated one as its parts; the positions left free between
        paragraphs are no words.
        """
        found = self.spans(leaf)
        begun = self._breaks("paragraph")
        gaps = found.stretches(begun)[1] - stretches_of(found.docs * PLACES, begun)
        words_before = found.ends % PLACES - PARAGRAPH_GAP * gaps
        return np.asarray(found.docs[words_before < count])

    def inside(self, node: Node, unit: str) -> Array:
        """Return the document of each sentence or paragraph of which a tree of leaves holds."""
        begun = self._breaks(unit)
        return np.asarray(begun[self._units(node, begun)] // PLACES)

    def _units(self, node: Node, begun: Array) -> Array:
        """Return the numbers of the units of which a node holds, each once, ascending."""
        if isinstance(node, Or):
            return np.unique(np.concatenate([self._units(part, begun) for part in node.nodes]))
        if isinstance(node, And):
            wanted = [self._units(part, begun) for part in node.nodes if not isinstance(part, Not)]
            held = wanted[0]
            for one in wanted[1:]:
                held = np.intersect1d(held, one, assume_unique=True)
            for part in node.nodes:
                if isinstance(part, Not):
                    held = np.setdiff1d(held, self._units(part.node, begun), assume_unique=True)
            return held
        if not isinstance(node, Leaf):
            raise TypeError(f"{type(node).__name__} cannot stand inside a sentence or a paragraph.")
        found = self.spans(node)
        first, last = found.stretches(begun)
        return distinct(first[first == last])

    def _breaks(self, unit: str) -> Array:
        postings = self.snapshot.postings(BREAKS, unit)
        return np.zeros(0, dtype=np.int64) if postings is None else places_of(postings)

    def _word(self, term: QueryTerm) -> Spans:
        if len(term.whole) == 1:
            return self._words(inflections(self.snapshot, TEXT, term.whole[0]))
        parted = self._phrase((QueryTerm(term.whole),), None)
        if term.joined is None:
            return parted
        together = self._words(inflections(self.snapshot, TEXT, term.joined))
        return Spans.joined([parted, _outside(together, parted)])

    def _words(self, names: Sequence[str]) -> Spans:
        hyphenated = self.snapshot.hyphenated(names)
        parts = [self._once_a_hyphen(name, self._places(name)) for name in names if name in hyphenated]
        rest = [name for name in names if name not in hyphenated]
        if rest or not parts:
            parts.append(self.snapshot.places(rest))
        places = parts[0] if len(parts) == 1 else np.unique(np.concatenate(parts))
        return Spans(places, places)

    def _once_a_hyphen(self, name: str, places: Array) -> Array:
        """Return the places of a word without the second of those that a hyphenated form of it stands at."""
        again = places[1:][np.diff(places) == 1]
        if not len(again):
            return places
        for cut in range(1, len(name)):
            second = np.intersect1d(again, self._places(name[cut:]))
            second = np.intersect1d(second - 1, self._places(name[:cut])) + 1
            places = np.setdiff1d(places, second, assume_unique=True)
        return places

    def _phrase(self, terms: tuple[QueryTerm, ...], within: int | None) -> Spans:
        rows = [self._row(words, within) for words in spellings(terms)]
        return rows[0] if len(rows) == 1 else Spans.joined(rows)

    def _row(self, words: tuple[str, ...], within: int | None) -> Spans:
        if len(words) == 1:
            return self._words(words)
        places = [self._places(word) for word in words]
        if within is not None:
            return close(places, len(words) - 1 + within)
        starts = in_a_row(places)
        return Spans(starts, starts + len(words) - 1)

    def _places(self, word: str) -> Array:
        return self.snapshot.places((word,))


def spellings(terms: tuple[QueryTerm, ...]) -> list[tuple[str, ...]]:
    """Return the rows of words that a phrase may be written as: each word with or without its hyphens."""
    each = [[term.whole] + ([(term.joined,)] if term.joined else []) for term in terms]
    rows = {tuple(word for words in choice for word in words) for choice in product(*each[:MOST_RESPELLED])}
    tail = tuple(word for term in terms[MOST_RESPELLED:] for word in term.whole)
    return [(*row, *tail) for row in sorted(rows)]


def places_of(postings: Postings) -> Array:
    """Return every occurrence as one number, document before position, ascending."""
    return np.asarray(np.repeat(postings.docs, postings.spans) * PLACES + postings.positions)


def distinct(ascending: Array) -> Array:
    """Return the numbers of an ascending array, each once."""
    return np.asarray(ascending[np.flatnonzero(np.diff(ascending, prepend=-1))])


def stretches_of(places: Array, begun: Array) -> Array:
    """Return in which stretch each place lies, by where stretches begin; both ascend, and no place lies before all.

    The fewer of both are looked for among the others.
    """
    if len(places) <= len(begun):
        return np.searchsorted(begun, places, "right") - 1
    ends = np.searchsorted(places, begun[1:])
    return np.repeat(np.arange(len(begun)), np.diff(ends, prepend=0, append=len(places)))


def in_a_row(places: list[Array]) -> Array:
    """Return every place from which the words follow each other."""
    starts = places[0]
    for distance, following in enumerate(places[1:], 1):
        starts = starts[np.isin(starts + distance, following, assume_unique=True)]
    return starts


def close(places: list[Array], width: int) -> Spans:
    """Return every place from which all words stand within `width` words to the right, and the last of them."""
    anchors = distinct(np.sort(np.concatenate(places), kind="stable"))
    whole = np.ones(len(anchors), dtype=np.bool_)
    ends = anchors.copy()
    for one in places:
        nearest = np.searchsorted(one, anchors)
        inside = nearest < len(one)
        whole[~inside] = False
        reached = one[nearest[inside]]
        whole[inside] &= reached - anchors[inside] <= width
        ends[inside] = np.maximum(ends[inside], reached)
    return Spans(anchors[whole], ends[whole])


def _outside(ones: Spans, others: Spans) -> Spans:
    """Return the occurrences of one place that lie in none of the others."""
    before = np.searchsorted(others.starts, ones.starts, "right") - 1
    covered = np.zeros(len(ones.starts), dtype=np.bool_)
    held = before >= 0
    covered[held] = others.ends[before[held]] >= ones.ends[held]
    return Spans(ones.starts[~covered], ones.ends[~covered])
