"""From a query's tree to the documents that match it and how well, by whole posting lists at a time.

The score is BM25F: the frequencies of a word in the whole text, the headline and the subtitle are added with
weights and brought to the length of each before they saturate. A word is scored in all its inflections and
in the form asked for, which puts the name Waters before the water; words that follow each other in the query
and stand close in the text count for more. `articles.search.ranking` has the numbers.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

import numpy as np

from articles.search.analysis import QueryTerm, query_terms, stem
from articles.search.engines.documents import Array, Mask
from articles.search.engines.expanded import Expansions
from articles.search.engines.matching import Matches, Reach, asks_where
from articles.search.engines.mentioned import occurrences
from articles.search.engines.nearness import close_pairs
from articles.search.engines.schema import FIELDS, STEMMED, stems_field
from articles.search.engines.similar import similar
from articles.search.engines.spans import (
    PLACES,
    Among,
    Finder,
    Texts,
    close,
    in_a_row,
    places_of,
    spellings,
)
from articles.search.engines.whoosh.snapshot import Snapshot
from articles.search.event_keys import EVENT, keys_asked_for
from articles.search.facets import trait_key
from articles.search.ranking import Ranking, says_little, shipped
from articles.search.tree import (
    And,
    AnyOf,
    AtLeast,
    Carrying,
    Everything,
    Field,
    First,
    Fuzzy,
    Inside,
    Leaf,
    Length,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Published,
    Similar,
    SpeakingOf,
    Trait,
    Value,
    Wildcard,
    Word,
)

# Places of words that one query brings together before it looks through the newest documents alone, one in NEWEST.
# Each takes some 50 ns; the commonest words of 20,000 articles have 400,000.
MOST_PLACES = 2_000_000
NEWEST = 20
SMALLEST = 1e-9  # keeps a query whose words are in every article from being divided by nothing


@dataclass(frozen=True, slots=True)
class Lookup:
    """One term of one field, with what its occurrences are worth and whose length they are measured by.

    `apart` is what a score of the field by itself counts for on top.
    """

    field: str
    term: str
    weight: float
    lengths: str
    apart: float = 0.0


class Matcher:
    """Evaluates trees over one snapshot. `notes` says where a bound was hit."""

    def __init__(self, snapshot: Snapshot, ranking: Ranking | None = None) -> None:
        self.snapshot = snapshot
        self.ranking = ranking or shipped()
        self.expansions = Expansions(snapshot)
        self.finder = Finder(snapshot, self.expansions)
        self._known: dict[Node, _Known] = {}
        self.live_count = max(int(snapshot.live.sum()), 1)

    @property
    def documents(self) -> Snapshot:
        """The documents of the commit."""
        return self.snapshot

    @property
    def notes(self) -> list[str]:
        """What a reader has to know about how the query was answered."""
        return self.expansions.notes

    def occurrences(self, node: Node, among: Mask) -> Array:  # noqa: ARG002  # postings have all of them
        """Return how often each document holds what a tree looks for anywhere in the text."""
        return occurrences(node, self.finder, self.snapshot.size)

    def matches(self, node: Node, reach: Reach | None = None) -> Matches:
        """Return what matches a tree; see `matching.Matcher`."""
        reach = reach or Reach(self.snapshot.live, self.snapshot.live)
        if isinstance(node, And | Or | AnyOf | Not):
            return self._joined(node, reach)
        if not _is_dear(node):
            return self._found(node, self.finder)
        # Asked for again, it is what it was, even if the query may read less by now.
        known = self._known.get(node)
        if known is None or not known.holds_for(reach):
            finder = self._affordable(reach) if asks_where(node) else self.finder
            found = self._found(node, finder)
            known = self._known[node] = _Known(found, None if finder is self.finder else reach)
        return known.matches

    def _found(self, node: Node, finder: Finder) -> Matches:
        if isinstance(node, Field):
            return self._leaf(node.leaf, node.name, finder)
        if isinstance(node, Carrying):
            return self._carrying(node)
        if isinstance(node, AtLeast | First | Inside):
            return self._placed(node, finder)
        if isinstance(node, Leaf):
            return self._leaf(node, None, finder)
        if isinstance(node, Similar):
            return similar(node, self._worth_of_words(node), self.snapshot)
        return Matches(self._valued(node), self._zeros())

    def _worth_of_words(self, node: Similar) -> Array:
        """Return what the words are worth that each document shares with an article."""
        worth = self._zeros()
        for one in node.words:
            postings = self.snapshot.postings(stems_field(one.field), stem(one.term))
            if postings is not None:
                worth[postings.docs] += one.weight
        return worth

    def _joined(self, node: And | Or | AnyOf | Not, reach: Reach) -> Matches:
        if isinstance(node, And):
            return self._all(node, reach)
        if isinstance(node, AnyOf):
            return self._any_of(node, reach)
        if isinstance(node, Or):
            return self._any([self.matches(part, reach) for part in node.nodes])
        return Matches(~self.matches(node.node, reach).mask, self._zeros())

    def _all(self, node: And, reach: Reach) -> Matches:
        """Match all parts; those that ask where words stand come last, for what the others leave."""
        found = Matches(np.ones(self.snapshot.size, dtype=np.bool_), self._zeros())
        for part in sorted(node.nodes, key=asks_where):
            matches = self.matches(part, reach.within(found.mask))
            found.mask &= matches.mask
            found.scores += matches.scores
        found.scores += self._nearness([part for part in node.nodes if isinstance(part, Leaf)], found.mask)
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

    def _valued(self, node: Value | Node) -> Mask:
        """Return the documents of these days, this kind or this length, all or none; they score alike."""
        if isinstance(node, Published):
            return self.snapshot.published(node.first, node.last)
        if isinstance(node, SpeakingOf):
            return self._speaking_of(node)
        if isinstance(node, Trait):
            return self._of_kind(node)
        if isinstance(node, Length):
            words = self.snapshot.column("word_count")
            most = words.max(initial=0) if node.most is None else node.most
            return np.asarray((words >= (node.least or 0)) & (words <= most))
        return np.full(self.snapshot.size, isinstance(node, Everything), dtype=np.bool_)

    def _speaking_of(self, node: SpeakingOf) -> Mask:
        mask = np.zeros(self.snapshot.size, dtype=np.bool_)
        for key in keys_asked_for(node.first, node.last):
            if (postings := self.snapshot.postings(EVENT, key)) is not None:
                mask[postings.docs] = True
        return mask

    def _of_kind(self, node: Trait) -> Mask:
        """Return the documents of a kind; those of a language have its regional forms among them."""
        field, key = trait_key(node.name, node.value)
        mask = self.snapshot.carrying(field, key)
        if node.name != "lang":
            return mask
        kinds = self.snapshot.facet(field).interner.keys
        for regional in [kind for kind in kinds if kind.startswith(f"{key}-")]:
            mask = mask | self.snapshot.carrying(field, regional)
        return mask

    def _placed(self, node: AtLeast | First | Inside, finder: Finder) -> Matches:
        """Match by where in the text, or how often, leaves stand; each place counts as an occurrence."""
        if isinstance(node, AtLeast):
            docs, counts = finder.so_often(node.leaf, node.count)
        elif isinstance(node, First):
            docs, counts = self._counted(finder.among_first(node.leaf, node.count))
        else:
            docs, counts = self._counted(finder.inside(node.node, node.unit))
        frequencies = self._zeros()
        self._add(frequencies, docs, counts, "text")
        return self._saturated(frequencies)

    def _affordable(self, reach: Reach) -> Finder:
        """Return what finds words in all texts; once the query has brought MOST_PLACES together, in some within reach.

        These are one in NEWEST of all at most, those first that can be listed, the newest first.
        """
        if self.finder.read <= MOST_PLACES:
            return self.finder
        within = reach.in_turn(self._live, self.snapshot.last_days)
        read = within[: self.live_count // NEWEST + 1]
        mask = np.zeros(self.snapshot.size, dtype=np.bool_)
        mask[read] = True
        if len(read) < len(within):
            self.expansions.partly(int((reach.listed & mask).sum()), int(reach.listed[self._live].sum()))
        return Finder(Among(self.snapshot, mask), self.expansions)

    @cached_property
    def _live(self) -> Array:
        return np.flatnonzero(self.snapshot.live)

    def _any_of(self, node: AnyOf, reach: Reach) -> Matches:
        """Match any of the leaves: the more of them, and the closer together, the better.

        1. Function words count for less. 2. Neighbours in the query that stand close count on top. 3. What is
        missing costs its share of the whole query's rarity, in a short query more than in a long one.
        """
        # 1.
        worths = [self.ranking.function_word if says_little(leaf) else 1.0 for leaf in node.nodes]
        found, held, whole = self._none(), self._zeros(), 0.0
        for leaf, worth in zip(node.nodes, worths, strict=True):
            part = self.matches(leaf, reach)
            weight = worth * self._rarity(part.mask)
            found.mask |= part.mask
            found.scores += worth * part.scores
            held += weight * part.mask
            whole += weight
        # 2. and 3.
        found.scores += self._nearness(node.nodes, found.mask)
        found.scores *= (held / max(whole, SMALLEST)) ** min(1.0, self.ranking.missing / len(worths))
        return found

    def _nearness(self, leaves: Sequence[Leaf], mask: Mask) -> Array:
        """Return what it is worth that neighbours in the query stand close, in the documents of a set."""
        scores = self._zeros()
        telling = [leaf for leaf in leaves if _stands_somewhere(leaf) and not says_little(leaf)]
        if len(telling) < 2 or not mask.any():  # noqa: PLR2004  # one has no neighbour
            return scores
        finder = Finder(Among(self.snapshot, mask), self.expansions)
        # One after the other: the places of all are much more than those of two.
        for (left, rarity), (right, other) in pairwise(self._stands(leaf, finder) for leaf in telling):
            docs, worth = close_pairs(left, right, self.ranking)
            frequencies = self._zeros()
            self._add(frequencies, docs, worth, "text")
            scores += min(rarity, other) * self.ranking.near * self._level(frequencies)
        return scores

    def _stands(self, leaf: Leaf, finder: Finder) -> tuple[Array, float]:
        """Return the places of a leaf, and what it is worth by how many documents have it there."""
        places = finder.spans(leaf).starts
        return places, self._rarity_of(int((np.diff(places // PLACES, prepend=-1) > 0).sum()))

    def _leaf(self, leaf: Leaf, field: str | None, finder: Finder) -> Matches:
        if isinstance(leaf, Prefix):
            return self._prefix(leaf.start, field)
        if isinstance(leaf, Wildcard | Fuzzy):
            return self._expanded(leaf, field)
        terms = query_terms(leaf.text)
        if isinstance(leaf, Phrase):
            return self._phrase(terms, field, leaf.within, finder)
        if len(terms) == 1:
            return self._word(terms[0], field, finder)
        return self._phrase(terms, field, None, finder)

    def _word(self, term: QueryTerm, field: str | None, finder: Finder) -> Matches:
        if len(term.whole) == 1:
            return self._inflected(term.whole[0], field)
        parts = self._phrase((term,), field, None, finder)
        if term.joined is None:
            return parts
        return self._any([parts, self._inflected(term.joined, field)])

    def _inflected(self, term: str, field: str | None) -> Matches:
        """Match a word in all inflections; acronyms in capitals, and names, only as they are."""
        exact = self._exact(term, field)
        if term.isupper() or exact[0].field not in STEMMED:
            return self._scored(exact)
        root = stem(term)
        found = self._scored([replace(look, field=stems_field(look.field), term=root) for look in exact])
        found.scores += self.ranking.as_written * (self._scored(exact).scores - found.scores)
        return found

    def _exact(self, term: str, field: str | None) -> list[Lookup]:
        name = FIELDS.get(field or "")
        if name is not None:
            return [Lookup(name, term, 1.0, name)]
        return [
            Lookup("text", term, 1.0, "text"),
            Lookup("headline", term, self.ranking.headline, "headline", self.ranking.headline_apart),
            Lookup("subtitle", term, self.ranking.subtitle, "subtitle"),
        ]

    def _scored(self, lookups: list[Lookup]) -> Matches:
        frequencies = self._zeros()
        apart = []
        for lookup in lookups:
            postings = self.snapshot.postings(lookup.field, lookup.term, positions=False)
            if postings is not None:
                self._add(frequencies, postings.docs, postings.weights * lookup.weight, lookup.lengths)
                if lookup.apart:
                    apart.append((lookup, postings))
        found = self._saturated(frequencies)
        for lookup, postings in apart:
            alone = self._level(self._by_length(postings.docs, postings.weights, lookup.lengths))
            found.scores[postings.docs] += lookup.apart * self._rarity(found.mask) * alone
        return found

    def _add(self, frequencies: Array, docs: Array, weights: Array, lengths: str) -> None:
        frequencies[docs] += self._by_length(docs, weights, lengths)

    def _by_length(self, docs: Array, weights: Array, lengths: str) -> Array:
        """Return what occurrences count for when they are fewer to be expected in a short text."""
        share = self.ranking.length
        return np.asarray(weights / (1 - share + share * self.snapshot.lengths(lengths)[docs]))

    def _saturated(self, frequencies: Array) -> Matches:
        mask = frequencies > 0
        return Matches(mask, self._rarity(mask) * self._level(frequencies))

    def _level(self, frequencies: Array) -> Array:
        """Return frequencies brought to what they are worth: 1 for one in a text of average length, at most k1 + 1."""
        k1 = self.ranking.saturation
        return np.asarray((k1 + 1) * frequencies / (frequencies + k1))

    def _rarity(self, mask: Mask) -> float:
        return self._rarity_of(int((mask & self.snapshot.live).sum()))

    def _rarity_of(self, count: int) -> float:
        """Return what a word that so many documents hold is worth against others."""
        return math.log(1 + (self.live_count - min(count, self.live_count) + 0.5) / (count + 0.5))

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
        """Match any of the words that begin so."""
        frequencies = self._zeros()
        for lookup in self._exact("", field):
            names = self.expansions.beginning(prefix, lookup.field, typed=f"{typed}*")
            self._add_words(frequencies, lookup, [(name, 1.0) for name in names])
        return self._saturated(frequencies)

    def _expanded(self, leaf: Wildcard | Fuzzy, field: str | None) -> Matches:
        """Match the words of a form, or nearly like one; of the latter, the less alike count for less."""
        frequencies = self._zeros()
        for lookup in self._exact("", field):
            if isinstance(leaf, Fuzzy):
                names = [(name, 1 / (1 + edits)) for name, edits in self.expansions.alike(leaf, lookup.field)]
            else:
                names = [(name, 1.0) for name in self.expansions.of_form(leaf, lookup.field)]
            self._add_words(frequencies, lookup, names)
        return self._saturated(frequencies)

    def _add_words(self, frequencies: Array, lookup: Lookup, names: Sequence[tuple[str, float]]) -> None:
        """Add the occurrences of words, each with what it is worth."""
        if names:
            found = self.snapshot.gathered(lookup.field, [name for name, _ in names])
            worths = found.counts * np.array([worth for _, worth in names])[found.which]
            docs, counts = self._counted(found.docs, worths)
            self._add(frequencies, docs, counts * lookup.weight, lookup.lengths)

    def _phrase(
        self, terms: tuple[QueryTerm, ...], field: str | None, within: int | None, finder: Finder
    ) -> Matches:
        """Match words in a row, each with or without its hyphens; or close together, in any order."""
        rows = spellings(terms)
        words = {word for row in rows for word in row}
        held = {
            lookup.field: self._places_in(lookup.field, words, finder.snapshot)
            for lookup in self._exact("", field)
        }
        found = [self._sequence(row, field, within, held) for row in rows]
        return found[0] if len(found) == 1 else self._any(found)

    def _places_in(self, field: str, words: set[str], texts: Texts) -> dict[str, Array]:
        """Return where each of these words stands in a field, without those that stand nowhere."""
        postings = {word: texts.postings(field, word) for word in words}
        held = {word: places_of(one) for word, one in postings.items() if one is not None}
        self.finder.read += sum(map(len, held.values()))
        return held

    def _sequence(
        self, words: tuple[str, ...], field: str | None, within: int | None, held: dict[str, dict[str, Array]]
    ) -> Matches:
        if len(words) == 1:
            return self._scored(self._exact(words[0], field))
        frequencies = self._zeros()
        for lookup in self._exact("", field):
            places = [held[lookup.field][word] for word in words if word in held[lookup.field]]
            if len(places) < len(words):
                continue
            starts = in_a_row(places) if within is None else close(places, len(words) - 1 + within).starts
            docs, counts = self._counted(starts // PLACES)
            self._add(frequencies, docs, counts * lookup.weight, lookup.lengths)
        return self._saturated(frequencies)

    def _counted(self, docs: Array, worths: Array | None = None) -> tuple[Array, Array]:
        """Return the documents of some occurrences, each once, and how many these are, or what they are worth."""
        counts = np.bincount(docs, worths, minlength=self.snapshot.size)
        held = np.flatnonzero(counts)
        return held, counts[held]

    def _zeros(self) -> Array:
        return np.zeros(self.snapshot.size, dtype=np.float32)

    def _none(self) -> Matches:
        return Matches(np.zeros(self.snapshot.size, dtype=np.bool_), self._zeros())


@dataclass(frozen=True, slots=True)
class _Known:
    """What a node was found to match: everywhere, or as far as was looked within a reach."""

    matches: Matches
    within: Reach | None

    def holds_for(self, reach: Reach) -> bool:
        """Tell whether looking again, within this reach, would be looking for the same."""
        return self.within is None or self.within.is_same(reach)


def _is_dear(node: Node) -> bool:
    """Tell whether a node asks for very many words, or for where words stand."""
    leaf = node.leaf if isinstance(node, Field) else node
    return isinstance(leaf, Prefix | Wildcard | Fuzzy) or asks_where(node)


def _stands_somewhere(leaf: Leaf) -> bool:
    """Tell whether a leaf has a place to be close to: not words that are near each other, nor any of many words."""
    return isinstance(leaf, Word) or (isinstance(leaf, Phrase) and leaf.within is None)
