"""From a query's tree to the documents that match it and how well, by whole posting lists at a time.

The score is BM25F: the frequencies of a word in the whole text and in the headline are added with
weights and brought to the length of each before they saturate. A word counts in all its inflections,
and again where it stands exactly as asked, which puts the name Waters before the water.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import product

import numpy as np

from articles.search.analysis import QueryTerm, query_terms, stem
from articles.search.engines.whoosh.postings import Array, Postings
from articles.search.engines.whoosh.schema import STEMMED, stems_field
from articles.search.engines.whoosh.snapshot import Mask, Snapshot
from articles.search.tree import (
    And,
    Carrying,
    Everything,
    Field,
    Leaf,
    Node,
    Not,
    Nothing,
    Or,
    Phrase,
    Prefix,
    Published,
)

# BM25's saturation and length normalisation: the values of Robertson and Zaragoza's review (2009), not
# yet tuned here. Whoever moves these runs the ranking benchmark again.
K1 = 1.2
B = 0.75
HEADLINE_WEIGHT = 2.0  # occurrences in the text that one in the headline is worth
EXACT_WEIGHT = 0.5  # what the form asked for is worth on top of any inflection of it

MOST_EXPANSIONS = 1000  # words that one prefix may stand for; each costs about 20 µs a segment

# The fields of the index that a field of the query language looks into; the others are looked up before an
# engine is asked, and mean the whole text where nothing came of that.
FIELDS = {"title": "headline", "outlet": "outlet_name", "author": "author", "actor": "actor_name"}


@dataclass(slots=True)
class Matches:
    """The set of matching documents and each one's score, 0 for the others."""

    mask: Mask
    scores: Array


@dataclass(frozen=True, slots=True)
class Lookup:
    """One term of one field, with what its occurrences are worth and whose length they are measured by."""

    field: str
    term: str
    weight: float
    lengths: str


class Matcher:
    """Evaluates trees over one snapshot. `notes` says where a bound was hit."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.notes: list[str] = []
        self.documents = max(int(snapshot.live.sum()), 1)

    def matches(self, node: Node) -> Matches:  # noqa: PLR0911  # one line for each kind of node
        """Return what matches a tree; deleted documents may be among it."""
        if isinstance(node, And):
            return self._all(node)
        if isinstance(node, Or):
            return self._any([self.matches(part) for part in node.nodes])
        if isinstance(node, Not):
            return Matches(~self.matches(node.node).mask, self._zeros())
        if isinstance(node, Field):
            return self._leaf(node.leaf, node.name)
        if isinstance(node, Carrying):
            return self._carrying(node)
        if isinstance(node, Published):
            return Matches(self.snapshot.published(node.first, node.last), self._zeros())
        if isinstance(node, Everything):
            return Matches(np.ones(self.snapshot.size, dtype=np.bool_), self._zeros())
        if isinstance(node, Nothing):
            return self._none()
        return self._leaf(node, None)

    def _all(self, node: And) -> Matches:
        found = Matches(np.ones(self.snapshot.size, dtype=np.bool_), self._zeros())
        for part in node.nodes:
            matches = self.matches(part)
            found.mask &= matches.mask
            found.scores += matches.scores
        return found

    def _any(self, parts: list[Matches]) -> Matches:
        found = self._none()
        for part in parts:
            found.mask |= part.mask
            found.scores += part.scores
        return found

    def _carrying(self, node: Carrying) -> Matches:
        """Match the documents with any of the keys; more of them count for more."""
        frequencies = self._zeros()
        for field, key in sorted(node.keys):
            frequencies += self.snapshot.carrying(field, key)
        return self._saturated(frequencies)

    def _leaf(self, leaf: Leaf, field: str | None) -> Matches:
        if isinstance(leaf, Prefix):
            return self._prefix(leaf.start, field)
        terms = query_terms(leaf.text)
        if isinstance(leaf, Phrase):
            return self._phrase(terms, field, leaf.within)
        if len(terms) == 1:
            return self._word(terms[0], field)
        return self._phrase(terms, field, None)

    def _word(self, term: QueryTerm, field: str | None) -> Matches:
        if len(term.whole) == 1:
            return self._scored(self._inflections(term.whole[0], field))
        parts = self._phrase((term,), field, None)
        if term.joined is None:
            return parts
        return self._any([parts, self._scored(self._inflections(term.joined, field))])

    def _inflections(self, term: str, field: str | None) -> list[Lookup]:
        """Return where a word is looked up; acronyms in capitals, and names, only as they are."""
        exact = self._exact(term, field)
        if term.isupper() or exact[0].field not in STEMMED:
            return exact
        root = stem(term)
        inflected = [Lookup(stems_field(look.field), root, look.weight, look.lengths) for look in exact]
        if root == term:
            return inflected
        bonus = [Lookup(look.field, term, look.weight * EXACT_WEIGHT, look.lengths) for look in exact]
        return inflected + bonus

    @staticmethod
    def _exact(term: str, field: str | None) -> list[Lookup]:
        name = FIELDS.get(field or "")
        if name is not None:
            return [Lookup(name, term, 1.0, name)]
        return [Lookup("text", term, 1.0, "text"), Lookup("headline", term, HEADLINE_WEIGHT, "headline")]

    def _scored(self, lookups: list[Lookup]) -> Matches:
        frequencies = self._zeros()
        for lookup in lookups:
            postings = self.snapshot.postings(lookup.field, lookup.term)
            if postings is not None:
                self._add(frequencies, postings.docs, postings.weights * lookup.weight, lookup.lengths)
        return self._saturated(frequencies)

    def _add(self, frequencies: Array, docs: Array, weights: Array, lengths: str) -> None:
        normal = 1 - B + B * self.snapshot.lengths(lengths)[docs]
        frequencies[docs] += weights / normal

    def _saturated(self, frequencies: Array) -> Matches:
        mask = frequencies > 0
        count = int((mask & self.snapshot.live).sum())
        rarity = math.log(1 + (self.documents - count + 0.5) / (count + 0.5))
        return Matches(mask, (rarity * (K1 + 1)) * frequencies / (frequencies + K1))

    def _prefix(self, start: str, field: str | None) -> Matches:
        """Match all words that begin so; of a hyphenated one, the last part, with the others before it."""
        terms = query_terms(start)
        *before, last = [word for term in terms for word in term.whole]
        found = self._beginning(last.lower(), start, field)
        for word in before:
            alone = self._scored(self._exact(word, field))
            found = Matches(found.mask & alone.mask, found.scores + alone.scores)
        if before and len(terms) == 1 and terms[0].joined:
            found = self._any([found, self._beginning(terms[0].joined, start, field)])
        return found

    def _beginning(self, prefix: str, typed: str, field: str | None) -> Matches:
        frequencies = self._zeros()
        more = False
        for lookup in self._exact("", field):
            lists, cut = self.snapshot.starting(lookup.field, prefix, limit=MOST_EXPANSIONS)
            more = more or cut
            for postings in lists:
                self._add(frequencies, postings.docs, postings.weights * lookup.weight, lookup.lengths)
        if more:
            self.notes.append(
                f"{typed}* stands for more than {MOST_EXPANSIONS} words; the first {MOST_EXPANSIONS} were"
                " looked for. More letters make it exact."
            )
        return self._saturated(frequencies)

    def _phrase(self, terms: tuple[QueryTerm, ...], field: str | None, within: int | None) -> Matches:
        """Match words in a row, each with or without its hyphens; or close together, in any order."""
        spellings = [[term.whole] + ([(term.joined,)] if term.joined else []) for term in terms]
        sequences = {tuple(word for words in choice for word in words) for choice in product(*spellings[:6])}
        tail = tuple(word for term in terms[6:] for word in term.whole)
        found = [self._sequence((*sequence, *tail), field, within) for sequence in sorted(sequences)]
        return found[0] if len(found) == 1 else self._any(found)

    def _sequence(self, words: tuple[str, ...], field: str | None, within: int | None) -> Matches:
        if len(words) == 1:
            return self._scored(self._exact(words[0], field))
        frequencies = self._zeros()
        for lookup in self._exact("", field):
            postings = [self.snapshot.postings(lookup.field, word) for word in words]
            held = [one for one in postings if one is not None]
            if len(held) < len(postings):
                continue
            places = [_places(one) for one in held]
            docs = _in_a_row(places) if within is None else _close(places, len(words) - 1 + within)
            if len(docs):
                docs, counts = np.unique(docs, return_counts=True)
                self._add(frequencies, docs, counts * lookup.weight, lookup.lengths)
        return self._saturated(frequencies)

    def _zeros(self) -> Array:
        return np.zeros(self.snapshot.size, dtype=np.float32)

    def _none(self) -> Matches:
        return Matches(np.zeros(self.snapshot.size, dtype=np.bool_), self._zeros())


PLACES = 1 << 32  # positions a document can have: they and the document's number share 64 bits


def _places(postings: Postings) -> Array:
    """Return every occurrence as one number, document before position, ascending."""
    return np.asarray(np.repeat(postings.docs, postings.spans) * PLACES + postings.positions)


def _in_a_row(places: list[Array]) -> Array:
    """Return the document of every place where the words follow each other, as often as they do."""
    starts = places[0]
    for distance, following in enumerate(places[1:], 1):
        starts = starts[np.isin(starts + distance, following, assume_unique=True)]
    return starts // PLACES


def _close(places: list[Array], width: int) -> Array:
    """Return the document of every place from which all words stand within `width` words to the right."""
    anchors = np.unique(np.concatenate(places))
    whole = np.ones(len(anchors), dtype=np.bool_)
    for one in places:
        nearest = np.searchsorted(one, anchors)
        inside = nearest < len(one)
        whole[~inside] = False
        whole[inside] &= one[nearest[inside]] - anchors[inside] <= width
    return anchors[whole] // PLACES
