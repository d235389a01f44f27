"""Where the leaves of a query stand in the texts, by whole posting lists at a time.

A place is one number: the document's times PLACES, and the position of the word in it. What a leaf is found
at runs from a first to a last place: a word's are the same, a phrase's are not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Protocol

import numpy as np

from articles.search.analysis import PARAGRAPH_GAP, QueryTerm, query_terms
from articles.search.engines.documents import Array, Mask
from articles.search.engines.expanded import Expansions
from articles.search.engines.postings import Postings
from articles.search.engines.schema import BREAKS
from articles.search.tree import And, Leaf, Node, Not, Or, Phrase, Word

PLACES = 1 << 32  # positions a document can have: they and the document's number share 64 bits
FAR = np.iinfo(np.int64).max  # behind every place
MOST_RESPELLED = 6  # words of a phrase that are looked for with and without their hyphens
TEXT = "text"
# Words that a text has all together, of each some that stand for each other.
Row = tuple[tuple[str, ...], ...]


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


class Texts(Protocol):
    """Texts whose words can be asked for with their places."""

    def postings(self, field: str, term: str) -> Postings | None:
        """Return the postings of a term, with positions; None when no text has it."""

    def places(self, words: Sequence[str]) -> Array:
        """Return every place at which any of these words of the text stands, ascending, each once."""

    def hyphenated(self, words: Sequence[str]) -> tuple[Array, dict[str, Array]]:
        """Return where words stand as `places` does, and apart those that may be what a hyphenated one is together."""


class Finder:
    """Finds occurrences in texts, in all inflections as the rest of the search does.

    It serves one query: what a leaf comes to is kept for when the query names it again.
    """

    def __init__(self, snapshot: Texts, expansions: Expansions) -> None:
        self.snapshot = snapshot
        self.expansions = expansions
        self._begun: dict[str, Array] = {}
        self._spans: dict[Leaf, Spans] = {}

    def spans(self, leaf: Leaf) -> Spans:
        """Return every occurrence of a leaf, each once."""
        if leaf not in self._spans:
            self._spans[leaf] = self._found(leaf)
        return self._spans[leaf]

    def _found(self, leaf: Leaf) -> Spans:
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

    def _units(self, node: Node, begun: Array) -> Mask:
        """Return the set of the units of which a node holds."""
        if isinstance(node, Or):
            return np.logical_or.reduce([self._units(part, begun) for part in node.nodes])
        if isinstance(node, And):
            return np.logical_and.reduce([self._units(part, begun) for part in node.nodes])
        if isinstance(node, Not):
            return ~self._units(node.node, begun)
        if not isinstance(node, Leaf):
            raise TypeError(f"{type(node).__name__} cannot stand inside a sentence or a paragraph.")
        found = self.spans(node)
        first, last = found.stretches(begun)
        held = np.zeros(len(begun), dtype=np.bool_)
        held[first if last is first else first[first == last]] = True
        return held

    def _breaks(self, unit: str) -> Array:
        if unit not in self._begun:
            self._begun[unit] = places_of_any([self.snapshot.postings(BREAKS, unit)])
        return self._begun[unit]

    def _word(self, term: QueryTerm) -> Spans:
        if len(term.whole) == 1:
            return self._words(self.expansions.inflected(term.whole[0], TEXT))
        parted = self._phrase((QueryTerm(term.whole),), None)
        if term.joined is None:
            return parted
        together = self._words(self.expansions.inflected(term.joined, TEXT))
        return Spans.joined([parted, _outside(together, parted)])

    def _words(self, names: Sequence[str]) -> Spans:
        places, apart = self.snapshot.hyphenated(names)
        parts = [places] if len(places) or not apart else []
        parts += [self._once_a_hyphen(*each) for each in apart.items()]
        places = parts[0] if len(parts) == 1 else in_order(parts)
        return Spans(places, places)

    def _once_a_hyphen(self, name: str, places: Array) -> Array:
        """Return the places of a word without the second of those that a hyphenated form of it stands at."""
        again = places[1:][np.diff(places) == 1]
        for cut in range(1, len(name) if len(again) else 1):
            second = again
            # The longer half first: it is the rarer, and mostly no word at all.
            for half, before in sorted(((name[:cut], 1), (name[cut:], 0)), key=lambda one: -len(one[0])):
                if len(second):
                    second = second[found_in(second - before, self.snapshot.places((half,)))]
            places = places[~found_in(places, second)]
        return places

    def _phrase(self, terms: tuple[QueryTerm, ...], within: int | None) -> Spans:
        rows = spellings(terms)
        held = {word: self.snapshot.places((word,)) for word in {word for row in rows for word in row}}
        found = [self._row(row, within, held) for row in rows]
        return found[0] if len(found) == 1 else Spans.joined(found)

    def _row(self, words: tuple[str, ...], within: int | None, held: Mapping[str, Array]) -> Spans:
        if len(words) == 1:
            return self._words(words)
        places = [held[word] for word in words]
        if within is not None:
            return close(places, len(words) - 1 + within)
        starts = in_a_row(places)
        return Spans(starts, starts + len(words) - 1)


def rows_of(leaf: Leaf, expansions: Expansions) -> list[Row]:
    """Return the words that texts with a leaf have: all of any one of these rows."""
    if not isinstance(leaf, Word | Phrase):
        return [(tuple(expansions.names(leaf, TEXT)),)]
    terms = query_terms(leaf.text)
    if isinstance(leaf, Phrase) or len(terms) > 1:
        return [tuple((word,) for word in row) for row in spellings(terms)]
    whole, joined = terms[0].whole, terms[0].joined
    if len(whole) == 1:
        return [(tuple(expansions.inflected(whole[0], TEXT)),)]
    parted = tuple((word,) for word in whole)
    return [parted] if joined is None else [parted, (tuple(expansions.inflected(joined, TEXT)),)]


def spellings(terms: tuple[QueryTerm, ...]) -> list[tuple[str, ...]]:
    """Return the rows of words that a phrase may be written as: each word with or without its hyphens."""
    each = [[term.whole] + ([(term.joined,)] if term.joined else []) for term in terms]
    rows = {tuple(word for words in choice for word in words) for choice in product(*each[:MOST_RESPELLED])}
    tail = tuple(word for term in terms[MOST_RESPELLED:] for word in term.whole)
    return [(*row, *tail) for row in sorted(rows)]


def places_of(postings: Postings) -> Array:
    """Return every occurrence as one number, document before position, ascending."""
    return np.asarray(np.repeat(postings.docs, postings.spans) * PLACES + postings.positions)


def places_of_any(held: Iterable[Postings | None]) -> Array:
    """Return every occurrence of any of some words, each place once, ascending."""
    found = [places_of(postings) for postings in held if postings is not None]
    return found[0] if len(found) == 1 else in_order(found)


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


def in_order(parts: list[Array]) -> Array:
    """Return the numbers of some ascending arrays, each once, ascending."""
    return distinct(np.sort(np.concatenate([np.zeros(0, dtype=np.int64), *parts]), kind="stable"))


def found_in(some: Array, ascending: Array) -> Mask:
    """Tell which of some numbers are among ascending ones."""
    if not len(ascending):
        return np.zeros(len(some), dtype=np.bool_)
    nearest = np.minimum(np.searchsorted(ascending, some), len(ascending) - 1)
    return np.asarray(ascending[nearest] == some)


def in_a_row(places: list[Array]) -> Array:
    """Return every place from which the words follow each other; the rarest are looked at first."""
    first, *others = sorted(range(len(places)), key=lambda number: len(places[number]))
    starts = places[first] - first
    for distance in others:
        starts = starts[found_in(starts + distance, places[distance])]
    return starts


def close(places: list[Array], width: int) -> Spans:
    """Return every place from which all words stand within `width` words to the right, and the last of them."""
    every = np.concatenate(places)
    order = np.argsort(every, kind="stable")
    every = every[order]
    ends = every
    lasts = np.cumsum([len(one) for one in places])
    for one, last in zip(places, lasts, strict=True):
        its = np.flatnonzero((order >= last - len(one)) & (order < last))
        reached = np.full(len(every), FAR)  # the place of this word there or next behind
        if len(its):
            reached[: its[-1] + 1] = np.repeat(every[its], np.diff(its, prepend=-1))
        ends = np.maximum(ends, reached)
    # Where two of the words stand at one place, the first of them sees both.
    whole = (ends - every <= width) & (np.diff(every, prepend=-1) > 0)
    return Spans(every[whole], ends[whole])


def _outside(ones: Spans, others: Spans) -> Spans:
    """Return the occurrences of one place that lie in none of the others."""
    before = np.searchsorted(others.starts, ones.starts, "right") - 1
    covered = np.zeros(len(ones.starts), dtype=np.bool_)
    held = before >= 0
    covered[held] = others.ends[before[held]] >= ones.ends[held]
    return Spans(ones.starts[~covered], ones.ends[~covered])
