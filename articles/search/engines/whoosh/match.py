"""From a query's tree to the documents that match it and how well, by whole posting lists at a time.

What words are worth is in `scoring`. Words that follow each other in the query and stand close in the text count for
more; `articles.search.ranking` has the numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from articles.search.analysis import query_terms, stem
from articles.search.engines.documents import Array, Mask
from articles.search.engines.expanded import Expansions
from articles.search.engines.matching import Matches, Reach, asks_where
from articles.search.engines.mentioned import occurrences
from articles.search.engines.nearness import close_pairs
from articles.search.engines.schema import stems_field
from articles.search.engines.similar import similar
from articles.search.engines.spans import PLACES, TEXT, Finder, close, in_a_row, spellings
from articles.search.engines.whoosh.affordable import Affordable
from articles.search.engines.whoosh.reading import Lists, Reading
from articles.search.engines.whoosh.scoring import Lookup, Scorer
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

SMALLEST = 1e-9  # keeps a query whose words are in every article from being divided by nothing


class Matcher:
    """Evaluates trees over one snapshot. `notes` says where a bound was hit."""

    def __init__(self, snapshot: Snapshot, ranking: Ranking | None = None) -> None:
        self.snapshot = snapshot
        self.ranking = ranking or shipped()
        self.scorer = Scorer(snapshot, self.ranking)
        self.expansions = Expansions(snapshot)
        self.affordable = Affordable(snapshot, self.expansions)
        self._known: dict[Node, _Known] = {}
        self._text = Lookup(TEXT, "", 1.0, TEXT)

    @property
    def documents(self) -> Snapshot:
        """The documents of the commit."""
        return self.snapshot

    @property
    def notes(self) -> list[str]:
        """What a reader has to know about how the query was answered."""
        return self.expansions.notes

    def occurrences(self, node: Node, among: Mask) -> Array:
        """Return how often each document of a set holds what a tree looks for anywhere in the text."""
        return occurrences(
            node, Finder(Reading(Lists(self.snapshot), documents=among), self.expansions), self.snapshot.size
        )

    def matches(self, node: Node, reach: Reach | None = None) -> Matches:
        """Return what matches a tree; see `matching.Matcher`."""
        reach = reach or Reach(self.snapshot.live, self.snapshot.live)
        if isinstance(node, And | Or | AnyOf | Not):
            return self._joined(node, reach)
        # Asked for again, it is what it was, even if the query may read less by now.
        known = self._known.get(node)
        if known is None or not known.holds_for(reach):
            known = self._placed(node, reach) if _reads_places(node) else _Known(self._found(node))
            self._known[node] = known
        return known.matches

    def _found(self, node: Node) -> Matches:
        """Match words by themselves, keys, or what the documents say of themselves."""
        leaf, field = _leaf_of(node), _field_of(node)
        if isinstance(leaf, Word | Phrase):
            return self._word(leaf, field)
        if isinstance(leaf, Prefix):
            return self._prefix(leaf.start, field)
        if isinstance(leaf, Wildcard | Fuzzy):
            return self._expanded(leaf, field)
        if isinstance(node, Carrying):
            return self._carrying(node)
        if isinstance(node, Similar):
            return similar(node, self._worth_of_words(node), self.snapshot)
        return Matches(self._valued(node), self.scorer.zeros())

    def _placed(self, node: Node, reach: Reach) -> _Known:
        """Match by where words stand, and tell how far that was looked for."""
        leaf, field = _leaf_of(node), _field_of(node)
        if isinstance(leaf, AtLeast | First | Inside):
            where = self.affordable.where(leaf, [TEXT], reach)
            found = self._standing(leaf, where.texts)
        elif isinstance(leaf, Word | Phrase):
            looked_into = [lookup.field for lookup in self.scorer.lookups("", field)]
            where = self.affordable.where(leaf, looked_into, reach)
            found = self._phrase(leaf, field, where.texts)
        return _Known(found, None if where.whole else reach)

    def _worth_of_words(self, node: Similar) -> Array:
        """Return what the words are worth that each document shares with an article."""
        worth = self.scorer.zeros()
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
            return self.scorer.any_of([self.matches(part, reach) for part in node.nodes])
        return Matches(~self.matches(node.node, reach).mask, self.scorer.zeros())

    def _all(self, node: And, reach: Reach) -> Matches:
        """Match all parts; those that ask where words stand come last, for what the others leave."""
        found = Matches(np.ones(self.snapshot.size, dtype=np.bool_), self.scorer.zeros())
        for part in sorted(node.nodes, key=_reads_places):
            matches = self.matches(part, reach.within(found.mask) if _reads_places(part) else reach)
            found.mask &= matches.mask
            found.scores += matches.scores
        found.scores += self._nearness([part for part in node.nodes if isinstance(part, Leaf)], found.mask)
        return found

    def _carrying(self, node: Carrying) -> Matches:
        """Match the documents with any of the keys; more of them count for more."""
        frequencies = self.scorer.zeros()
        for field, key in sorted(node.keys):
            frequencies += self.snapshot.carrying(field, key)
        return self.scorer.saturated(frequencies)

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

    def _standing(self, node: AtLeast | First | Inside, texts: list[Reading]) -> Matches:
        """Match by where in the text, or how often, leaves stand; each place counts as an occurrence."""
        finders = [Finder(one, self.expansions) for one in texts]
        if isinstance(node, AtLeast):
            found = [finder.so_often(node.leaf, node.count) for finder in finders]
            docs, counts = (np.concatenate(one) for one in zip(*found, strict=True))
            return self._occurring(docs, counts)
        if isinstance(node, First):
            return self._occurring(
                np.concatenate([one.among_first(node.leaf, node.count) for one in finders])
            )
        return self._occurring(np.concatenate([one.inside(node.node, node.unit) for one in finders]))

    def _occurring(self, docs: Array, worths: Array | None = None) -> Matches:
        """Match the documents of some occurrences in the text, more of them in a shorter one being worth more."""
        frequencies = self.scorer.zeros()
        self.scorer.add_occurrences(frequencies, self._text, docs, worths)
        return self.scorer.saturated(frequencies)

    def _any_of(self, node: AnyOf, reach: Reach) -> Matches:
        """Match any of the leaves: the more of them, and the closer together, the better.

        1. Function words count for less. 2. Neighbours in the query that stand close count on top. 3. What is
        missing costs its share of the whole query's rarity, in a short query more than in a long one.
        """
        # 1.
        worths = [self.ranking.function_word if says_little(leaf) else 1.0 for leaf in node.nodes]
        found, held, whole = self.scorer.none(), self.scorer.zeros(), 0.0
        for leaf, worth in zip(node.nodes, worths, strict=True):
            part = self.matches(leaf, reach)
            weight = worth * self.scorer.rarity(part.mask)
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
        scores = self.scorer.zeros()
        telling = [leaf for leaf in leaves if _stands_somewhere(leaf) and not says_little(leaf)]
        if len(telling) < 2 or not mask.any():  # noqa: PLR2004  # one has no neighbour
            return scores
        finder = Finder(Reading(Lists(self.snapshot), documents=mask), self.expansions)
        # One after the other: the places of all are much more than those of two.
        for (left, rarity), (right, other) in pairwise(self._stands(leaf, finder) for leaf in telling):
            docs, worth = close_pairs(left, right, self.ranking)
            frequencies = self.scorer.zeros()
            self.scorer.add_occurrences(frequencies, self._text, docs, worth)
            scores += min(rarity, other) * self.ranking.near * self.scorer.level(frequencies)
        return scores

    def _stands(self, leaf: Leaf, finder: Finder) -> tuple[Array, float]:
        """Return the places of a leaf, and what it is worth by how many documents have it there."""
        places = finder.spans(leaf).starts
        return places, self.scorer.rarity_of(int((np.diff(places // PLACES, prepend=-1) > 0).sum()))

    def _prefix(self, start: str, field: str | None) -> Matches:
        """Match all words that begin so; of a hyphenated one, the last part, with the others before it."""
        terms = query_terms(start)
        *before, last = [word for term in terms for word in term.whole]
        found = self._beginning(last.lower(), start, field)
        for word in before:
            alone = self.scorer.scored(self.scorer.lookups(word, field))
            found = Matches(found.mask & alone.mask, found.scores + alone.scores)
        if before and len(terms) == 1 and terms[0].joined:
            found = self.scorer.any_of([found, self._beginning(terms[0].joined, start, field)])
        return found

    def _beginning(self, prefix: str, typed: str, field: str | None) -> Matches:
        """Match any of the words that begin so."""
        frequencies = self.scorer.zeros()
        for lookup in self.scorer.lookups("", field):
            names = self.expansions.beginning(prefix, lookup.field, typed=f"{typed}*")
            self.scorer.add_words(frequencies, lookup, [(name, 1.0) for name in names])
        return self.scorer.saturated(frequencies)

    def _expanded(self, leaf: Wildcard | Fuzzy, field: str | None) -> Matches:
        """Match the words of a form, or nearly like one; of the latter, the less alike count for less."""
        frequencies = self.scorer.zeros()
        for lookup in self.scorer.lookups("", field):
            if isinstance(leaf, Fuzzy):
                names = [(name, 1 / (1 + edits)) for name, edits in self.expansions.alike(leaf, lookup.field)]
            else:
                names = [(name, 1.0) for name in self.expansions.of_form(leaf, lookup.field)]
            self.scorer.add_words(frequencies, lookup, names)
        return self.scorer.saturated(frequencies)

    def _word(self, leaf: Word | Phrase, field: str | None) -> Matches:
        """Match one word without parts, in quotation marks as it is."""
        [word] = _words_of(leaf)
        if isinstance(leaf, Phrase):
            return self.scorer.scored(self.scorer.lookups(word, field))
        return self.scorer.inflected(word, field)

    def _phrase(self, leaf: Word | Phrase, field: str | None, texts: list[Reading]) -> Matches:
        """Match words in a row, each with or without its hyphens, or close together in any order.

        A word with parts may be written as one as well, in any of its inflections.
        """
        terms = query_terms(leaf.text)
        within = leaf.within if isinstance(leaf, Phrase) else None
        found = [self._sequence(row, field, within, texts) for row in spellings(terms)]
        if isinstance(leaf, Word) and len(terms) == 1 and terms[0].joined:
            found.append(self.scorer.inflected(terms[0].joined, field))
        return found[0] if len(found) == 1 else self.scorer.any_of(found)

    def _sequence(
        self, words: tuple[str, ...], field: str | None, within: int | None, texts: list[Reading]
    ) -> Matches:
        if len(words) == 1:
            return self.scorer.scored(self.scorer.lookups(words[0], field))
        frequencies = self.scorer.zeros()
        for lookup in self.scorer.lookups("", field):
            starts = [_together(words, lookup.field, within, text) for text in texts]
            self.scorer.add_occurrences(frequencies, lookup, np.concatenate(starts) // PLACES)
        return self.scorer.saturated(frequencies)


@dataclass(frozen=True, slots=True)
class _Known:
    """What a node was found to match: everywhere, or as far as was looked within a reach."""

    matches: Matches
    within: Reach | None = None

    def holds_for(self, reach: Reach) -> bool:
        """Tell whether looking again, within this reach, would be looking for the same."""
        return self.within is None or self.within.is_same(reach)


def _together(words: tuple[str, ...], field: str, within: int | None, text: Reading) -> Array:
    """Return every place from which words follow each other, or stand with at most so many others among them."""
    places = []
    for word in words:
        places.append(text.places_in(field, word))
        if not len(places[-1]):
            return places[-1]
    return in_a_row(places) if within is None else close(places, len(words) - 1 + within).starts


def _leaf_of(node: Node) -> Node:
    return node.leaf if isinstance(node, Field) else node


def _field_of(node: Node) -> str | None:
    return node.name if isinstance(node, Field) else None


def _words_of(leaf: Word | Phrase) -> list[str]:
    return [word for term in query_terms(leaf.text) for word in term.whole]


def _reads_places(node: Node) -> bool:
    """Tell whether the places of words are brought together for a node, as they are for words in a row too."""
    if isinstance(node, And | Or | AnyOf):
        return any(_reads_places(part) for part in node.nodes)
    if isinstance(node, Not):
        return _reads_places(node.node)
    leaf = _leaf_of(node)
    return asks_where(leaf) or (isinstance(leaf, Word | Phrase) and len(_words_of(leaf)) > 1)


def _stands_somewhere(leaf: Leaf) -> bool:
    """Tell whether a leaf has a place to be close to: not words that are near each other, nor any of many words."""
    return isinstance(leaf, Word) or (isinstance(leaf, Phrase) and leaf.within is None)
