"""What a word is worth in each document, by whole posting lists at a time.

The score is BM25F: the frequencies of a word in the whole text, the headline and the subtitle are added with
weights and brought to the length of each before they saturate. A word is scored in all its inflections and
in the form asked for, which puts the name Waters before the water. `articles.search.ranking` has the numbers.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from articles.search.analysis import stem
from articles.search.engines.documents import Array, Mask
from articles.search.engines.matching import Matches
from articles.search.engines.schema import FIELDS, STEMMED, stems_field
from articles.search.engines.whoosh.snapshot import Snapshot
from articles.search.ranking import Ranking


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


class Scorer:
    """Scores words over one snapshot."""

    def __init__(self, snapshot: Snapshot, ranking: Ranking) -> None:
        self.snapshot = snapshot
        self.ranking = ranking
        self.live_count = max(int(snapshot.live.sum()), 1)

    def lookups(self, term: str, field: str | None) -> list[Lookup]:
        """Return where a term is looked for: in one field, or in those that are looked into without being named."""
        name = FIELDS.get(field or "")
        if name is not None:
            return [Lookup(name, term, 1.0, name)]
        return [
            Lookup("text", term, 1.0, "text"),
            Lookup("headline", term, self.ranking.headline, "headline", self.ranking.headline_apart),
            Lookup("subtitle", term, self.ranking.subtitle, "subtitle"),
        ]

    def inflected(self, term: str, field: str | None) -> Matches:
        """Match a word in all inflections; acronyms in capitals, and names, only as they are."""
        exact = self.lookups(term, field)
        if term.isupper() or exact[0].field not in STEMMED:
            return self.scored(exact)
        root = stem(term)
        found = self.scored([replace(look, field=stems_field(look.field), term=root) for look in exact])
        found.scores += self.ranking.as_written * (self.scored(exact).scores - found.scores)
        return found

    def scored(self, lookups: Iterable[Lookup]) -> Matches:
        """Match a term of several fields as it is."""
        frequencies = self.zeros()
        apart = []
        for lookup in lookups:
            postings = self.snapshot.postings(lookup.field, lookup.term, positions=False)
            if postings is not None:
                self._add(frequencies, lookup, postings.docs, postings.weights)
                if lookup.apart:
                    apart.append((lookup, postings))
        found = self.saturated(frequencies)
        for lookup, postings in apart:
            alone = self.level(self._by_length(lookup, postings.docs, postings.weights))
            found.scores[postings.docs] += lookup.apart * self.rarity(found.mask) * alone
        return found

    def add_words(self, frequencies: Array, lookup: Lookup, names: Sequence[tuple[str, float]]) -> None:
        """Add the occurrences of words in one field, each with what it is worth."""
        if names:
            found = self.snapshot.gathered(lookup.field, [name for name, _ in names])
            worths = np.array([worth for _, worth in names])
            self.add_occurrences(frequencies, lookup, found.docs, found.counts * worths[found.which])

    def add_occurrences(
        self, frequencies: Array, lookup: Lookup, docs: Array, worths: Array | None = None
    ) -> None:
        """Add occurrences, by the document of each, in any order; `worths` has what each is worth, None for 1."""
        counts = np.bincount(docs, worths, minlength=self.snapshot.size)
        held = np.flatnonzero(counts)
        self._add(frequencies, lookup, held, counts[held])

    def _add(self, frequencies: Array, lookup: Lookup, docs: Array, weights: Array) -> None:
        frequencies[docs] += lookup.weight * self._by_length(lookup, docs, weights)

    def _by_length(self, lookup: Lookup, docs: Array, weights: Array) -> Array:
        """Return what occurrences count for when they are fewer to be expected in a short text."""
        share = self.ranking.length
        return np.asarray(weights / (1 - share + share * self.snapshot.lengths(lookup.lengths)[docs]))

    def saturated(self, frequencies: Array) -> Matches:
        """Match what has any frequency, the rarer it is and the higher for the more."""
        mask = frequencies > 0
        return Matches(mask, self.rarity(mask) * self.level(frequencies))

    def level(self, frequencies: Array) -> Array:
        """Return frequencies brought to what they are worth: 1 for one in a text of average length, at most k1 + 1."""
        k1 = self.ranking.saturation
        return np.asarray((k1 + 1) * frequencies / (frequencies + k1))

    def rarity(self, mask: Mask) -> float:
        """Return what it is worth to be found in the documents of a set alone."""
        return self.rarity_of(int((mask & self.snapshot.live).sum()))

    def rarity_of(self, count: int) -> float:
        """Return what a word that so many documents hold is worth against others."""
        return math.log(1 + (self.live_count - min(count, self.live_count) + 0.5) / (count + 0.5))

    def zeros(self) -> Array:
        """Return a number for each document: 0."""
        return np.zeros(self.snapshot.size, dtype=np.float32)

    def none(self) -> Matches:
        """Match nothing."""
        return Matches(np.zeros(self.snapshot.size, dtype=np.bool_), self.zeros())

    def any_of(self, parts: Iterable[Matches]) -> Matches:
        """Match what any part matches; the scores are added."""
        found = self.none()
        for part in parts:
            found.mask |= part.mask
            found.scores += part.scores
        return found
