"""From a query's tree to the documents that match it and how well.

What can be found by words alone becomes one query of Tantivy's. Days, kinds and keys are sets of the arrays that
facets are counted on, and what depends on places is looked for in the texts of the documents that have the words;
sets are joined as the tree says.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial, reduce
from typing import Any

import numpy as np

from articles.search.analysis import query_terms
from articles.search.engines.documents import Array, Mask
from articles.search.engines.expanded import Expansions
from articles.search.engines.matching import Reach, asks_where
from articles.search.engines.postings import Postings
from articles.search.engines.similar import similar
from articles.search.engines.spans import TEXT, Finder, close, places_of, spellings
from articles.search.engines.tantivy.asked import NOTHING, Asked, all_of, any_of, documents_of
from articles.search.engines.tantivy.snapshot import Hits, Snapshot
from articles.search.engines.tantivy.texts import Streams, Texts
from articles.search.engines.tantivy.wording import HELD_WEIGHT, Place, Wording, in_words, places_of_search
from articles.search.event_keys import EVENT, keys_asked_for
from articles.search.facets import trait_key
from articles.search.ranking import says_little, shipped
from articles.search.sought import sought
from articles.search.tree import (
    And,
    AnyOf,
    AtLeast,
    Carrying,
    Everything,
    Field,
    First,
    Inside,
    Leaf,
    Length,
    Node,
    Not,
    Or,
    Phrase,
    Published,
    Similar,
    SpeakingOf,
    Trait,
    Value,
)

FEWEST_RANKED = 200  # documents ranked at once: as fast as twenty, and filters seldom leave too few of them
MORE_RANKED = 8  # times as many are ranked when filters did leave too few
# Words of texts that one query may look through: some 11,000 articles, a tenth of a second. How long the longest of
# 10,000 random queries takes hangs on it (`make bench-search`).
MOST_READ = 5_000_000
MOST_COUNTED = 8_000_000  # words that sorting by how often something is mentioned looks through besides
# What fetching a document for its headline or quotes counts for, in words: it takes 4 µs, or 20 with 80 words of
# quotes, and an article of 450 words is looked through in 11.
WORDS_A_FETCH = 450
MOST_NAMED = 1000  # documents that a query may name one by one to be scored: some 10 milliseconds
A_NAME = 25  # ranked documents that take as long as naming one: 0.4 µs and 10 µs


class MatchSet:
    """The documents that match, and the query that ranks them; None when nothing does, and all are alike.

    `bonus` is added to what the query gives: a score by document, None for nothing.
    """

    def __init__(
        self, snapshot: Snapshot, mask: Mask | None, ranking: Asked | None = None, bonus: Array | None = None
    ) -> None:
        self.snapshot = snapshot
        self.ranking = ranking
        self.bonus = bonus
        self._mask = mask
        self._of_ranking = mask is None

    @property
    def mask(self) -> Mask:
        """The set; looked up when it is first asked for."""
        if self._mask is None:
            self._mask = documents_of(self.ranking or NOTHING, self.snapshot)
        return self._mask

    def scores_among(self, wanted: Mask, *, best: int) -> Array:
        """Return scores by document, right for the `best` of the wanted; see `matching.MatchSet`."""
        scores = np.zeros(self.snapshot.size, dtype=np.float32)
        if self.ranking is not None and self.ranking.alike is not None:
            scores[wanted & documents_of(self.ranking, self.snapshot)] = self.ranking.alike
        elif self.ranking is not None and best and wanted.any():
            found = self._best(self.ranking, wanted, self.snapshot.size if self.bonus is not None else best)
            scores[found.rows] = found.scores
        return scores if self.bonus is None else scores + self.bonus

    def _best(self, ranking: Asked, wanted: Mask, best: int) -> Hits:
        """Return hits with the best of the wanted among them, and all that are their equals."""
        count = int(wanted.sum())
        named, limit = count <= MOST_NAMED, max(FEWEST_RANKED, MORE_RANKED * best)
        if self._of_ranking:
            # Were those wanted spread evenly, twice as many as there have to be would be among so many.
            limit = max(FEWEST_RANKED, 2 * best * int(self.mask.sum()) // count)
            named = named and count * A_NAME < limit
        if named:
            those = all_of([ranking, Asked(self.snapshot.among(wanted))])
            return self.snapshot.ranked(those.query, count)
        while True:
            found = self.snapshot.ranked(ranking.query, min(limit, self.snapshot.live_count))
            if len(found.rows) < limit:
                return found
            inside = found.scores[wanted[found.rows]]
            if len(inside) >= best and inside[best - 1] > found.scores[-1]:
                return found
            limit *= MORE_RANKED


class Matcher:
    """Evaluates trees over one snapshot. `notes` says where a bound was hit."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.expansions = Expansions(snapshot)
        self.wording = Wording(snapshot, self.expansions)
        self._left = MOST_READ
        self._cut = False  # whether what is being looked for met the bound
        self._known: dict[Node, _Known] = {}

    @property
    def documents(self) -> Snapshot:
        """The documents of the commit."""
        return self.snapshot

    @property
    def notes(self) -> list[str]:
        """What a reader has to know about how the query was answered."""
        return self.expansions.notes

    def occurrences(self, node: Node, among: Mask) -> Array:
        """Return how often each document of a set holds, in its text, what a tree looks for anywhere.

        When they have more than MOST_COUNTED words together, the newest alone are counted, for all leaves the same;
        `notes` says so. What the query itself reads is not taken from these.
        """
        times = np.zeros(self.snapshot.size, dtype=np.int64)
        leaves = list(dict.fromkeys(one.leaf for one in sought(node) if one.field is None))
        holding = documents_of(any_of(self._having(leaf) for leaf in leaves), self.snapshot)
        every = np.flatnonzero(holding & among)
        rows = every[newest_of(self._days(every), self._words(every), MOST_COUNTED)]
        if len(rows) < len(every):
            self.expansions.note(
                f"Sorted by how often the words stand in a text; counted in the newest {len(rows):,} of"
                f" {len(every):,} articles. Rarer words, or days, make it exact."
            )
        finder = Finder(Texts(self.snapshot, rows), self.expansions)
        for leaf in leaves:
            times[rows] += np.bincount(finder.spans(leaf).docs, minlength=len(rows))
        return times

    def matches(self, node: Node, reach: Reach | None = None) -> MatchSet:
        """Return what matches a tree; see `matching.Matcher`. Only texts within reach are looked through."""
        reach = reach or Reach(self.snapshot.live, self.snapshot.live)
        if in_words(node):
            return MatchSet(self.snapshot, None, self.wording.query(node))
        if isinstance(node, And | Or | Not | AnyOf):
            return self._combined(node, reach)
        if isinstance(node, Carrying):
            return self._carrying(node)
        if isinstance(node, AtLeast | First | Inside | Field | Phrase):
            known = self._known.get(node)
            # Asked for again, it is what it was, even if the query may read less by now.
            if known is None or not known.holds_for(reach):
                known = self._known[node] = self._looked_for(node, reach)
            return known.matches
        if isinstance(node, Similar):
            found = similar(node, self._worth_of_words(node), self.snapshot)
            return MatchSet(self.snapshot, found.mask, bonus=found.scores)
        return MatchSet(self.snapshot, self._valued(node))

    def _worth_of_words(self, node: Similar) -> Array:
        """Return what the words are worth that documents share with an article, of all that share enough."""
        worth = np.zeros(self.snapshot.size, dtype=np.float32)
        query, limit = self.wording.weighted(node.words), FEWEST_RANKED
        while True:
            found = self.snapshot.ranked(query, limit)
            if len(found.rows) < limit or found.scores[-1] < node.least:
                worth[found.rows] = found.scores
                return worth
            limit *= MORE_RANKED

    def _combined(self, node: And | Or | Not | AnyOf, reach: Reach) -> MatchSet:
        if isinstance(node, Not):
            return MatchSet(self.snapshot, ~self.matches(node.node, reach).mask)
        if isinstance(node, AnyOf):
            return self._any_word(node, reach)
        if isinstance(node, And):
            return self._all(node, reach)
        parts = [self.matches(part, reach) for part in _gathered(node)]
        return self._joined(reduce(np.logical_or, (part.mask for part in parts)), parts)

    def _all(self, node: And, reach: Reach) -> MatchSet:
        """Match all parts; those that ask where words stand come last, for what the others leave."""
        mask, parts = np.ones(self.snapshot.size, dtype=np.bool_), []
        for part in sorted(_gathered(node), key=asks_where):
            parts.append(self.matches(part, reach.within(mask)))
            mask &= parts[-1].mask
        return self._joined(mask, parts)

    def _any_word(self, node: AnyOf, reach: Reach) -> MatchSet:
        """Match any of the leaves, the more of them the better; some of them need the places of words."""
        parts = [self.matches(leaf, reach) for leaf in node.nodes]
        held = np.zeros(self.snapshot.size, dtype=np.float32)
        for leaf, part in zip(node.nodes, parts, strict=True):
            held += part.mask * (shipped().function_word if says_little(leaf) else 1.0)
        return MatchSet(
            self.snapshot,
            held > 0,
            any_of(part.ranking for part in parts if part.ranking is not None),
            bonus=held * HELD_WEIGHT,
        )

    def _joined(self, mask: Mask, parts: list[MatchSet]) -> MatchSet:
        """Return a set ranked by the sum of what ranks its parts."""
        rankings = [part.ranking for part in parts if part.ranking is not None]
        bonuses = [part.bonus for part in parts if part.bonus is not None]
        return MatchSet(
            self.snapshot,
            mask,
            any_of(rankings) if rankings else None,
            reduce(np.add, bonuses) if bonuses else None,
        )

    def _carrying(self, node: Carrying) -> MatchSet:
        """Match the documents with any of the keys; more of them count for more."""
        carried = np.zeros(self.snapshot.size, dtype=np.float32)
        for field, key in sorted(node.keys):
            carried += self.snapshot.carrying(field, key)
        return MatchSet(self.snapshot, carried > 0, bonus=carried)

    def _valued(self, node: Value | Node) -> Mask:
        """Return the documents of these days, this kind or this length, all or none; they score alike."""
        if isinstance(node, Published):
            return self.snapshot.published(node.first, node.last)
        if isinstance(node, SpeakingOf):
            return self._carrying_any(EVENT, keys_asked_for(node.first, node.last))
        if isinstance(node, Trait):
            return self._of_kind(node)
        if isinstance(node, Length):
            words = self.snapshot.column("word_count")
            most = words.max(initial=0) if node.most is None else node.most
            return np.asarray((words >= (node.least or 0)) & (words <= most))
        return np.full(self.snapshot.size, isinstance(node, Everything), dtype=np.bool_)

    def _carrying_any(self, field: str, keys: Any) -> Mask:
        column = self.snapshot.facet(field)
        numbers = [number for key in keys if (number := column.interner.known(key)) is not None]
        mask = np.zeros(self.snapshot.size, dtype=np.bool_)
        mask[column.docs[np.isin(column.values, numbers)]] = True
        return mask

    def _of_kind(self, node: Trait) -> Mask:
        """Return the documents of a kind; those of a language have its regional forms among them."""
        field, key = trait_key(node.name, node.value)
        if node.name != "lang":
            return self.snapshot.carrying(field, key)
        known = self.snapshot.facet(field).interner.keys
        return self._carrying_any(field, [key, *(one for one in known if one.startswith(f"{key}-"))])

    def _looked_for(self, node: AtLeast | First | Inside | Field | Phrase, reach: Reach) -> _Known:
        """Match by where words stand, in the texts within reach."""
        self._cut = False
        if isinstance(node, Field | Phrase):
            rows, having = self._near(node, reach)
        else:
            rows, having = self._placed(node, reach)
        mask = np.zeros(self.snapshot.size, dtype=np.bool_)
        mask[rows] = True
        return _Known(MatchSet(self.snapshot, mask, having), reach, self._cut)

    def _placed(self, node: AtLeast | First | Inside, reach: Reach) -> tuple[Array, Asked]:
        """Return the rows of what has leaves somewhere in the text, or so often, and what holds them at all."""
        having = self._having(node.node if isinstance(node, Inside) else node.leaf)
        rows = self._readable(having, reach)
        finder = Finder(Texts(self.snapshot, rows), self.expansions)
        if isinstance(node, AtLeast):
            docs = finder.so_often(node.leaf, node.count)[0]
        elif isinstance(node, First):
            docs = finder.among_first(node.leaf, node.count)
        else:
            docs = finder.inside(node.node, node.unit)
        return rows[docs], having

    def _readable(self, having: Asked, reach: Reach) -> Array:
        """Return the rows of what has the words, and whose texts may be looked through."""
        rows = np.flatnonzero(documents_of(having, self.snapshot) & reach.counted)
        return self._affordable(rows, self._words(rows), reach)

    def _affordable(self, rows: Array, words: Array, reach: Reach) -> Array:
        """Return which of some rows within reach may be read, ascending; `words` is what each costs.

        All, or when that is too much, those first that can be listed, the newest first.
        """
        if int(words.sum()) <= self._left:
            self._left -= int(words.sum())
            return rows
        costs = np.zeros(self.snapshot.size, dtype=np.int64)
        costs[rows] = words
        in_turn = reach.in_turn(rows, self.snapshot.last_days)
        kept = np.sort(in_turn[np.cumsum(costs[in_turn]) <= self._left])
        self.expansions.partly(int(reach.listed[kept].sum()), int(reach.listed[rows].sum()))
        self._left -= int(costs[kept].sum())
        self._cut = True
        return kept

    def _words(self, rows: Array) -> Array:
        return np.asarray(self.snapshot.placed["words"][rows])

    def _days(self, rows: Array) -> Array:
        return np.asarray(self.snapshot.last_days[rows])

    def _having(self, node: Node) -> Asked:
        """Return the query for the texts that have the leaves of a tree at all, but for those excluded."""
        if isinstance(node, And):
            return all_of([self._having(part) for part in node.nodes if not isinstance(part, Not)])
        if isinstance(node, Or):
            return any_of(self._having(part) for part in node.nodes)
        if not isinstance(node, Leaf):
            raise TypeError(f"{type(node).__name__} cannot stand inside a sentence or a paragraph.")
        return self.wording.leaf(node, [Place("text", 1.0)])

    def _near(self, node: Field | Phrase, reach: Reach) -> tuple[Array, Asked]:
        """Return the rows of what has words near each other, in any order, and what holds them at all.

        What is near in a headline is so in the text, so that this alone is looked through where both are meant.
        """
        leaf, name = (node.leaf, node.name) if isinstance(node, Field) else (node, None)
        if not isinstance(leaf, Phrase):
            raise TypeError(f"{type(leaf).__name__} says nothing of how near words are.")
        places = places_of_search(name)
        return self._near_in(leaf, places[0], reach), self.wording.leaf(leaf, places)

    def _near_in(self, leaf: Phrase, place: Place, reach: Reach) -> Array:
        """Return the rows of the documents that have words near each other in one place."""
        having = self.wording.leaf(leaf, [place])
        if place.field == TEXT:
            rows = self._readable(having, reach)
            held: Callable[[str], Postings | None] = partial(Texts(self.snapshot, rows).postings, TEXT)
        else:
            found = self.snapshot.found(having.query)
            within = found.rows[reach.counted[found.rows]]
            rows = self._affordable(within, np.full(len(within), WORDS_A_FETCH), reach)
            addresses = [found.addresses[one] for one in np.searchsorted(found.rows, rows).tolist()]
            held = Streams(self.snapshot.searcher, addresses, place.field).postings
        docs = [_close(held, words, leaf.within or 0) for words in spellings(query_terms(leaf.text))]
        return np.asarray(rows[np.concatenate(docs)])


@dataclass(frozen=True, slots=True)
class _Known:
    """What a node was found to match within a reach: all of it, or what could be looked through."""

    matches: MatchSet
    within: Reach
    cut: bool

    def holds_for(self, reach: Reach) -> bool:
        """Tell whether looking again, within this reach, would find nothing else."""
        if self.cut:
            return self.within.is_same(reach)
        return not (reach.counted & ~self.within.counted).any()


def _gathered(node: And | Or) -> list[Node]:
    """Return the parts of a node, those found by words as one, which comes first."""
    words = tuple(part for part in node.nodes if in_words(part))
    rest = [part for part in node.nodes if not in_words(part)]
    return [type(node)(words), *rest] if len(words) > 1 else [*words, *rest]


def newest_of(days: Array, words: Array, most: int) -> Array:
    """Return which documents have so many words at most together, the newest first taken; ascending."""
    if int(words.sum()) <= most:
        return np.arange(len(words))
    newest = np.argsort(-days, kind="stable")
    return np.sort(newest[np.cumsum(words[newest]) <= most])


def _close(held: Callable[[str], Postings | None], words: tuple[str, ...], within: int) -> Array:
    """Return the numbers of the texts that have these words near each other."""
    postings = [found for word in words if (found := held(word)) is not None]
    if len(postings) < len(words):
        return np.zeros(0, dtype=np.int64)
    if len(words) == 1:
        return postings[0].docs
    return close([places_of(one) for one in postings], len(words) - 1 + within).docs
