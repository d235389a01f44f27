"""From words, phrases and forms to Tantivy's queries: the words of our analyser, looked up as they are indexed."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, product
from typing import Any

from tantivy import Query

from articles.search.analysis import QueryTerm, query_terms, stem
from articles.search.engines.expanded import Expansions
from articles.search.engines.schema import FIELDS, STEMMED
from articles.search.engines.spans import spellings
from articles.search.engines.tantivy.asked import (
    NOTHING,
    Asked,
    all_of,
    any_of,
    boosted,
    in_any,
    scored_alike,
)
from articles.search.engines.tantivy.snapshot import Snapshot
from articles.search.engines.tantivy.stream import OTHER_FORM
from articles.search.ranking import says_little, shipped
from articles.search.tree import (
    And,
    AnyOf,
    Field,
    Fuzzy,
    Leaf,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Shared,
    Wildcard,
    Word,
)

MOST_SCORED = 50  # words of a prefix or form that are ranked one by one; more of them count alike

# Tantivy scores each field by itself, where BM25F adds occurrences up before it scores them once, and a whole score
# weighs more than an occurrence. Chosen like the two below it by `benchmarks/score_ranking.py` ("on Tantivy"), which
# is to be run before and after a change: .5 scores .005 more over all sets than 1 did.
FIELD_SHARE = 0.5

# What any-word results are ranked by besides how well each word matches. Each word held adds so much of its rarity:
# .5 to 1 score alike. Two neighbours of the query that stand within each of these distances in words add as much as
# NEAR_WEIGHT: 1.5 to 2 score alike, .4 loses .003, one distance instead of two .003.
HELD_WEIGHT = 0.7
NEAR_WEIGHT = 2.0
NEAR = (5, 20)
MANY_WORDS = 1.0  # what stands for many words is taken to be as rare as a word in every third article


@dataclass(frozen=True, slots=True)
class Place:
    """A field of the index in which a word is looked for, and what a hit there is worth."""

    field: str
    weight: float


def places_of_search(name: str | None) -> list[Place]:
    """Return where a field of the query language looks; without one, in the whole text."""
    field = FIELDS.get(name or "")
    if field is not None:
        return [Place(field, 1.0)]
    ranking = shipped()
    return [
        Place("text", 1.0),
        Place("headline", ranking.headline * FIELD_SHARE),
        Place("subtitle", ranking.subtitle * FIELD_SHARE),
    ]


def in_words(node: Node) -> bool:
    """Tell whether Tantivy can find what a node asks for by itself: words, without their places or keys."""
    if isinstance(node, And | Or | AnyOf):
        return all(in_words(part) for part in node.nodes)
    if isinstance(node, Not):
        return in_words(node.node)
    leaf = node.leaf if isinstance(node, Field) else node
    return isinstance(leaf, Leaf) and not (isinstance(leaf, Phrase) and leaf.within is not None)


class Wording:
    """Makes queries over one snapshot. Words that no document has are left out at once."""

    def __init__(self, snapshot: Snapshot, expansions: Expansions) -> None:
        self.snapshot = snapshot
        self.schema = snapshot.schema
        self.expansions = expansions

    def query(self, node: Node) -> Asked:
        """Return the query of a node that is `in_words`."""
        if isinstance(node, And):
            wanted = [self.query(part) for part in node.nodes if not isinstance(part, Not)]
            return all_of(
                wanted, none_of=[self.query(part.node) for part in node.nodes if isinstance(part, Not)]
            )
        if isinstance(node, Or):
            return any_of(self.query(part) for part in node.nodes)
        if isinstance(node, AnyOf):
            return self._any_word(node)
        if isinstance(node, Not):
            return all_of((), none_of=[self.query(node.node)])
        if isinstance(node, Field):
            return self.leaf(node.leaf, places_of_search(node.name))
        if isinstance(node, Leaf):
            return self.leaf(node, places_of_search(None))
        raise TypeError(f"{type(node).__name__} is nothing that Tantivy finds by words.")

    def leaf(self, leaf: Leaf, places: Sequence[Place]) -> Asked:
        """Return the query of a leaf in these places; of words near each other, what holds them at all."""
        if isinstance(leaf, Prefix):
            return self._prefix(leaf.start, places)
        if isinstance(leaf, Wildcard):
            return any_of(
                self._terms(place, [(name, 1.0) for name in self.expansions.of_form(leaf, place.field)])
                for place in places
            )
        if isinstance(leaf, Fuzzy):
            return any_of(self._terms(place, self._alike(leaf, place.field)) for place in places)
        terms = query_terms(leaf.text)
        if isinstance(leaf, Phrase) and leaf.within is not None:
            rows = spellings(terms)
            return any_of(
                all_of([self._exact(word, [place]) for word in row]) for place in places for row in rows
            )
        if isinstance(leaf, Word) and len(terms) == 1:
            return self._word(terms[0], places)
        return self._phrase(terms, places)

    def weighted(self, words: Iterable[Shared]) -> Any:
        """Return the query for any of these words; each is worth its weight, in whatever form and however often."""
        return any_of(
            Asked(Query.const_score_query(Query.term_set_query(self.schema, one.field, forms), one.weight))
            for one in words
            if (forms := self._all_forms(one))
        ).query

    def _all_forms(self, one: Shared) -> list[str]:
        return list(self._held(self.snapshot.inflections(one.field, one.term), one.field))

    def _alike(self, leaf: Fuzzy, field: str) -> list[tuple[str, float]]:
        return [(name, 1 / (1 + edits)) for name, edits in self.expansions.alike(leaf, field)]

    def _word(self, term: QueryTerm, places: Sequence[Place]) -> Asked:
        if len(term.whole) == 1:
            return self._inflections(term.whole[0], places)
        parts = [self._phrase((term,), places)]
        if term.joined is not None:
            parts.append(self._inflections(term.joined, places))
        return any_of(parts)

    def _inflections(self, word: str, places: Sequence[Place]) -> Asked:
        """Look a word up in all its inflections; acronyms in capitals, and names, only as they are."""
        if word.isupper() or places[0].field not in STEMMED:
            return self._exact(word, places)
        # What stands in a headline or a subtitle stands in the text as well.
        names = self.snapshot.inflections(places[0].field, word)
        return any_of(self._inflected(word, names, place) for place in places)

    def _inflected(self, word: str, names: Sequence[str], place: Place) -> Asked:
        """Match the inflections of a word: as rare as they are together, and the form asked for counts for more."""
        forms = self._held(names, place.field)
        if not forms:
            return NOTHING
        written = shipped().as_written if stem(word) != word else 0.0
        together = self._rarity(sum(forms.values()))
        scored = [
            self._term(
                place.field,
                form,
                place.weight
                * ((1 - written) * together / self._rarity(frequency) + (written if form == word else 0.0)),
            )
            for form, frequency in forms.items()
        ]
        return in_any(scored, [(place.field, name) for name in names])

    def _held(self, names: Iterable[str], field: str) -> dict[str, int]:
        """Return the tokens of words that a field has, with the number of documents of each."""
        forms = (form for name in names for form in (name, OTHER_FORM + name))
        return {form: held for form in forms if (held := self.snapshot.holding(field, form))}

    def _rarity_of(self, leaf: Leaf) -> float:
        """Return how rare the rarest word of a leaf is in the text, in all inflections."""
        if isinstance(leaf, Prefix | Wildcard | Fuzzy):
            return MANY_WORDS
        words = [word for term in query_terms(leaf.text) for word in term.whole]
        inflected = ([word] if word.isupper() else self.snapshot.inflections("text", word) for word in words)
        held = [sum(self._held(names, "text").values()) for names in inflected]
        return max(map(self._rarity, held), default=0.0)

    def _rarity(self, frequency: int) -> float:
        """Return what Tantivy ranks a word of so many documents by: BM25's inverse document frequency."""
        others = max(self.snapshot.live_count - frequency, 0)
        return math.log(1 + (others + 0.5) / (frequency + 0.5))

    def _term(self, field: str, form: str, worth: float) -> Any:
        return Query.boost_query(Query.term_query(self.schema, field, form, index_option="freq"), worth)

    def _exact(self, word: str, places: Sequence[Place]) -> Asked:
        return any_of(self._terms(place, [(word, 1.0)]) for place in places)

    def _terms(self, place: Place, words: Sequence[tuple[str, float]]) -> Asked:
        """Return the query for any of these words, each with what it is worth."""
        terms = [
            (form, worth)
            for word, worth in words
            for form in (word, OTHER_FORM + word)
            if self.snapshot.holding(place.field, form)
        ]
        sought = [(place.field, word) for word, _ in words]
        if len(terms) > MOST_SCORED:
            found = Query.term_set_query(self.schema, place.field, [form for form, _ in terms])
            return scored_alike(in_any([found], sought), place.weight)
        scored = [self._term(place.field, form, place.weight * worth) for form, worth in terms]
        return in_any(scored, sought)

    def _prefix(self, start: str, places: Sequence[Place]) -> Asked:
        """Match all words that begin so; of a hyphenated one, the last part, with the others before it."""
        terms = query_terms(start)
        *before, last = [word for term in terms for word in term.whole]
        parts = [self._beginning(last.lower(), start, places)]
        parts += [self._exact(word, places) for word in before]
        found = all_of(parts)
        if before and len(terms) == 1 and terms[0].joined:
            found = any_of([found, self._beginning(terms[0].joined, start, places)])
        return found

    def _beginning(self, prefix: str, typed: str, places: Sequence[Place]) -> Asked:
        found = []
        for place in places:
            names = self.expansions.beginning(prefix, place.field, typed=f"{typed}*")
            found.append(self._terms(place, [(name, 1.0) for name in names]))
        return any_of(found)

    def _phrase(self, terms: tuple[QueryTerm, ...], places: Sequence[Place]) -> Asked:
        """Match words in a row, each with or without its hyphens."""
        return any_of(self._row(row, place) for row in spellings(terms) for place in places)

    def _row(self, words: tuple[str, ...], place: Place) -> Asked:
        if len(words) == 1:
            return self._exact(words[0], [place])
        forms = [self._forms(word, number, place.field) for number, word in enumerate(words)]
        found = (self._in_a_row(place.field, row) for row in product(*forms))
        return boosted(any_of(found), place.weight)

    def _in_a_row(self, field: str, row: Sequence[tuple[int, str]], slop: int = 0) -> Asked:
        return Asked(Query.phrase_query(self.schema, field, list(row), slop=slop))

    def _forms(self, word: str, number: int, field: str) -> list[tuple[int, str]]:
        """Return the tokens that a word of a row may be, with their places: two to a position (`stream`)."""
        tokens = ((2 * number, word), (2 * number + 1, OTHER_FORM + word))
        return [(place, token) for place, token in tokens if self.snapshot.holding(field, token)]

    def _any_word(self, node: AnyOf) -> Asked:
        """Match any of the leaves: the more of them, and the closer together, the better."""
        worths = [shipped().function_word if says_little(leaf) else 1.0 for leaf in node.nodes]
        asked = [self.query(leaf) for leaf in node.nodes]
        found = [boosted(one, worth) for one, worth in zip(asked, worths, strict=True)]
        found += [
            scored_alike(one, HELD_WEIGHT * worth * self._rarity_of(leaf))
            for one, worth, leaf in zip(asked, worths, node.nodes, strict=True)
        ]
        words = [_alone(leaf) for leaf in node.nodes if not says_little(leaf)]
        for left, right in pairwise(words):
            if left and right and all(self.snapshot.holding("text", word) for word in (left, right)):
                for slop in NEAR:
                    near = self._in_a_row("text", ((0, left), (2, right)), 2 * slop)
                    found.append(scored_alike(near, NEAR_WEIGHT))
        # What is ranked higher for its neighbours is found by its words.
        return replace(any_of(asked), query=any_of(found).query, alike=None)


def _alone(leaf: Leaf) -> str | None:
    """Return the one word that a leaf is, as it is written."""
    terms = query_terms(leaf.text) if isinstance(leaf, Word) else ()
    return terms[0].whole[0] if len(terms) == 1 and len(terms[0].whole) == 1 else None
