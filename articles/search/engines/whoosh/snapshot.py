"""The index as it stands at one commit: its segments side by side, with one numbering of documents.

A snapshot never changes, so any number of threads may search it while the next one is written. Arrays
run over all documents in the order of the segments, deleted ones included; `live` tells them apart.
"""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np

from articles.search.engines.whoosh.postings import Array, Postings, joined
from articles.search.engines.whoosh.schema import STORY, length_column
from articles.search.engines.whoosh.segment import Interner, Segment

Mask = np.ndarray[Any, np.dtype[np.bool_]]

MASKS_LIMIT = 32 * 1024 * 1024  # bytes of filters kept by one snapshot: 300 of them at 100,000 documents


@dataclass(frozen=True, slots=True)
class FacetColumn:
    """Who carries which value of one facet: pairs of document and key number."""

    docs: Array
    values: Array
    interner: Interner

    def count(self, mask: Mask) -> dict[str, int]:
        """Return how many documents of the set carry each key, without zeros."""
        counts = np.bincount(self.values[mask[self.docs]], minlength=0)
        return {self.interner.keys[number]: int(counts[number]) for number in np.flatnonzero(counts)}

    def carrying(self, key: str, size: int) -> Mask:
        """Return the set of documents that carry a key."""
        mask = np.zeros(size, dtype=np.bool_)
        number = self.interner.known(key)
        if number is not None:
            mask[self.docs[self.values == number]] = True
        return mask


@dataclass(frozen=True, slots=True)
class StoryColumn:
    """A facet by story: of each pair the document and the number of its (value, story), and their values."""

    docs: Array
    pairs: Array
    values: Array
    interner: Interner

    @classmethod
    def of(cls, column: FacetColumn, stories: Array, story_count: int) -> StoryColumn:
        """Gather a facet's pairs; the stories are those of all documents."""
        coded = column.values * max(story_count, 1) + stories[column.docs]
        distinct, pairs = np.unique(coded, return_inverse=True)
        return cls(column.docs, pairs, distinct // max(story_count, 1), column.interner)

    def count(self, mask: Mask) -> dict[str, int]:
        """Return how many stories of the set carry each key, each story once, without zeros."""
        found = np.zeros(len(self.values), dtype=np.bool_)
        found[self.pairs[mask[self.docs]]] = True
        counts = np.bincount(self.values[found], minlength=0)
        return {self.interner.keys[number]: int(counts[number]) for number in np.flatnonzero(counts)}


class Snapshot:
    """One commit of the index. `interners` are shared with the snapshots before and after."""

    def __init__(
        self,
        segments: list[Segment],
        deleted: list[frozenset[int]],
        *,
        interners: dict[str, Interner],
        identity: tuple[str, int],
    ) -> None:
        self.segments = segments
        self.identity = identity
        self.offsets = np.cumsum([0, *(segment.size for segment in segments)])
        self.size = int(self.offsets[-1])
        self.live: Mask = np.ones(self.size, dtype=np.bool_)
        for offset, gone in zip(self.offsets, deleted, strict=False):
            self.live[[offset + document for document in gone]] = False
        self._interners = interners
        self._facets: dict[str, FacetColumn] = {}
        self._story_facets: dict[str, StoryColumn] = {}
        self._lengths: dict[str, Array] = {}
        self._masks: dict[tuple[str, str], Mask] = {}
        self._keeping = threading.Lock()

    def column(self, name: str) -> Array:
        """Return a column over all documents: one of `Fields.columns`."""
        empty = np.zeros(0, dtype=np.int64)
        return np.concatenate([empty, *(segment.columns[name] for segment in self.segments)])

    @cached_property
    def articles(self) -> Array:
        """The article number of each document."""
        return self.column("article")

    @cached_property
    def first_days(self) -> Array:
        """The first day of each document's publication, as a proleptic ordinal; 0 when undated."""
        return self.column("first_day")

    @cached_property
    def last_days(self) -> Array:
        """The last day of each document's publication, as a proleptic ordinal; 0 when undated."""
        return self.column("last_day")

    @cached_property
    def undated(self) -> Mask:
        """The documents whose publication is unknown."""
        return np.asarray(self.last_days == 0)

    def published(self, first: date | None, last: date | None) -> Mask:
        """Return the dated documents whose interval overlaps these days, both included."""
        begun = self.first_days <= (last or date.max).toordinal()
        not_over = self.last_days >= (first or date.min).toordinal()
        return np.asarray(~self.undated & begun & not_over)

    @cached_property
    def visible(self) -> Mask:
        """The live documents that readers may see."""
        return self.live & ~self.carrying("status", "status:hidden")

    @cached_property
    def stories(self) -> Array:
        """Each document's story, numbered from 0 without gaps."""
        return np.unique(self.column(STORY), return_inverse=True)[1]

    @cached_property
    def story_count(self) -> int:
        """How many stories there are, those of deleted documents included."""
        return int(self.stories.max(initial=-1)) + 1

    def facet(self, name: str) -> FacetColumn:
        """Return who carries which key of a facet."""
        if name not in self._facets:
            self._facets[name] = self._join(name)
        return self._facets[name]

    def story_facet(self, name: str) -> StoryColumn:
        """Return which stories carry which key of a facet."""
        if name not in self._story_facets:
            self._story_facets[name] = StoryColumn.of(self.facet(name), self.stories, self.story_count)
        return self._story_facets[name]

    def carrying(self, facet: str, key: str) -> Mask:
        """Return the set of documents that carry a key. The set is kept: do not change it."""
        kept = self._masks.get((facet, key))
        if kept is not None:
            return kept
        mask = self.facet(facet).carrying(key, self.size)
        with self._keeping:
            while self._masks and (len(self._masks) + 1) * self.size > MASKS_LIMIT:
                del self._masks[next(iter(self._masks))]
            self._masks[facet, key] = mask
        return mask

    def _join(self, name: str) -> FacetColumn:
        interner = self._interners.setdefault(name, Interner())
        docs: list[Array] = [np.zeros(0, dtype=np.int64)]
        values: list[Array] = [np.zeros(0, dtype=np.int64)]
        for segment, offset in zip(self.segments, self.offsets, strict=False):
            carriers, numbers = segment.pairs(name, interner)
            docs.append(carriers + offset)
            values.append(numbers)
        return FacetColumn(np.concatenate(docs), np.concatenate(values), interner)

    def lengths(self, field: str) -> Array:
        """Return each document's number of words in a field, against the average of 1."""
        if field not in self._lengths:
            lengths = self.column(length_column(field)).astype(np.float32)
            average = float(lengths[self.live].mean()) if self.live.any() else 1.0
            self._lengths[field] = lengths / max(average, 1.0)
        return self._lengths[field]

    def postings(self, field: str, term: str) -> Postings | None:
        """Return the postings of a term over all segments, deleted documents included."""
        found = []
        for segment, offset in zip(self.segments, self.offsets, strict=False):
            postings = segment.terms.get(field, term)
            if postings is not None:
                found.append((postings, int(offset)))
        return joined(found) if found else None

    def of_form(self, field: str, pattern: re.Pattern[str]) -> list[str]:
        """Return the terms of a field that match a pattern of whole lines, in order."""
        found = {
            match.group()
            for segment in self.segments
            for match in pattern.finditer(segment.vocabulary(field))
        }
        return sorted(found - {""})

    def vocabulary(self, field: str) -> list[str]:
        """Return all terms of a field; one that several segments have comes several times."""
        return [term for segment in self.segments for term in segment.vocabulary(field).split("\n") if term]

    def starting_names(self, field: str, prefix: str) -> list[str]:
        """Return the terms of a field that begin so, in order."""
        return self.of_form(field, re.compile(rf"^{re.escape(prefix)}[^\n]*", re.MULTILINE))

    def starting(self, field: str, prefix: str, *, limit: int) -> tuple[list[Postings], bool]:
        """Return the postings of up to `limit` terms that begin so, and whether there are more terms."""
        found: dict[str, list[tuple[Postings, int]]] = {}
        for segment, offset in zip(self.segments, self.offsets, strict=False):
            for number, (term, postings) in enumerate(segment.terms.starting(field, prefix)):
                if number > limit:
                    break
                found.setdefault(term, []).append((postings, int(offset)))
        return [joined(found[term]) for term in sorted(found)[:limit]], len(found) > limit
