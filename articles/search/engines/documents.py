"""The documents of an index as they stand at one commit, as arrays: what counting, filters and order need.

Whatever an engine keeps on disk, it shows its documents in this form, so that all engines count alike.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Protocol

import numpy as np

from articles.search.engines.schema import STORY
from articles.search.facets import FACETS

Array = np.ndarray[Any, Any]
Mask = np.ndarray[Any, np.dtype[np.bool_]]

# A set of at most one document in so many is counted by its own keys alone, a larger one by a walk over all pairs; one
# that leaves so few out, by what these carry.
FEW = 4

MASKS_LIMIT = 32 * 1024 * 1024  # bytes of filters kept by one commit: 300 of them at 100,000 documents


class Interner:
    """Numbers the keys of a facet, the same in all segments of an index, so that they are joined quickly."""

    def __init__(self) -> None:
        self.keys: list[str] = []
        self._numbers: dict[str, int] = {}
        self._lock = threading.Lock()

    def number(self, key: str) -> int:
        """Return the number of a key, a new one at first sight."""
        found = self._numbers.get(key)
        if found is not None:
            return found
        with self._lock:
            if key not in self._numbers:
                self.keys.append(key)
                self._numbers[key] = len(self.keys) - 1
            return self._numbers[key]

    def counted(self, counts: Array) -> dict[str, int]:
        """Return the keys whose numbers have a count, each with it."""
        held = np.flatnonzero(counts)
        return dict(zip(map(self.keys.__getitem__, held.tolist()), counts[held].tolist(), strict=True))

    def known(self, key: str) -> int | None:
        """Return the number of a key that was seen before."""
        return self._numbers.get(key)


@dataclass(frozen=True, slots=True)
class FacetColumn:
    """Who carries which value of one facet: pairs of document and key number, ascending by document.

    `first` says where each document's pairs begin, and at its end how many pairs there are; `totals` how many pairs
    each key has. With `one_each` every document carries one key: its pair stands where it does.
    """

    docs: Array
    values: Array
    first: Array
    totals: Array
    interner: Interner
    one_each: bool

    @classmethod
    def of(cls, docs: Array, values: Array, size: int, interner: Interner) -> FacetColumn:
        """Return the pairs of so many documents, given in any order."""
        if (np.diff(docs) < 0).any():
            order = np.argsort(docs, kind="stable")
            docs, values = docs[order], values[order]
        first = np.searchsorted(docs, np.arange(size + 1))
        one_each = bool((first == np.arange(size + 1)).all())
        return cls(docs, values, first, np.bincount(values, minlength=0), interner, one_each)

    def count(self, mask: Mask) -> dict[str, int]:
        """Return how many documents of the set carry each key, without zeros."""
        held = np.flatnonzero(mask)
        if self.one_each:
            counts = self._counted(held)
        elif len(held) * FEW <= len(mask):
            counts = self._counted(self._pairs_of(held))
        elif (len(mask) - len(held)) * FEW <= len(mask):
            counts = self.totals - self._counted(self._pairs_of(np.flatnonzero(~mask)))
        else:
            # By their places: half the time of leaving out pair by pair what is not in the set.
            counts = self._counted(np.flatnonzero(mask[self.docs]))
        return self.interner.counted(counts)

    def _counted(self, pairs: Array) -> Array:
        return np.bincount(self.values[pairs], minlength=len(self.totals))

    def _pairs_of(self, documents: Array) -> Array:
        first, many = self.first[documents], self.first[documents + 1] - self.first[documents]
        return np.arange(int(many.sum())) + np.repeat(first - np.cumsum(many) + many, many)

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
        return self.interner.counted(counts)


class Block(Protocol):
    """Documents that were written or read together, in the order of their numbers; it never changes."""

    @property
    def size(self) -> int:
        """How many documents."""

    @property
    def columns(self) -> Mapping[str, Array]:
        """Every column by name, each as long as there are documents."""

    def pairs(self, field: str, interner: Interner) -> tuple[Array, Array]:
        """Return who carries which key of a facet: documents and numbers of keys, side by side."""


class Documents:
    """One commit's blocks side by side, with one numbering of documents, deleted ones included.

    `live` tells them apart. `interners` are shared with the commits before and after. `of_all` keeps what was counted
    over the whole archive, by how it is counted and whether hidden documents are with it, and by facet.
    """

    def __init__(self, blocks: Sequence[Block], live: Mask, *, interners: dict[str, Interner]) -> None:
        self.blocks = blocks
        self.offsets = np.cumsum([0, *(block.size for block in blocks)])
        self.size = int(self.offsets[-1])
        self.live = live
        self._interners = interners
        self._facets: dict[str, FacetColumn] = {}
        self._story_facets: dict[str, StoryColumn] = {}
        self._masks: dict[tuple[str, str], Mask] = {}
        self.of_all: dict[tuple[str, bool], dict[str, Mapping[str, int]]] = {}
        self._keeping = threading.Lock()

    def warm(self) -> None:
        """Read what every search needs, so that no reader waits for it: facets, days, stories, who may be seen."""
        for facet in FACETS:
            self.facet(facet.name)
        for read in (self.places_by_newest, self.visible, self.undated, self.alone):
            read.any()

    def column(self, name: str) -> Array:
        """Return a column over all documents: one of `Fields.columns`."""
        empty = np.zeros(0, dtype=np.int64)
        return np.concatenate([empty, *(block.columns[name] for block in self.blocks)])

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
    def places_by_newest(self) -> Array:
        """Each document's place from the newest on, undated ones last; of one day, the highest number first."""
        return _places(-self.last_days, -self.articles)

    @cached_property
    def places_by_oldest(self) -> Array:
        """Each document's place from the oldest on, undated ones last; of one day, the lowest number first."""
        begun = np.where(self.first_days == 0, np.iinfo(np.int64).max, self.first_days)
        return _places(begun, self.articles)

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
    def alone(self) -> Mask:
        """The documents that share their story with no other, deleted ones included."""
        return np.asarray(np.bincount(self.stories)[self.stories] == 1)

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

    def carriers(self, name: str, key: str) -> int:
        """Return how many documents carry a key, deleted ones included."""
        column = self.facet(name)
        number = column.interner.known(key)
        return int(column.totals[number]) if number is not None and number < len(column.totals) else 0

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
        for block, offset in zip(self.blocks, self.offsets, strict=False):
            carriers, numbers = block.pairs(name, interner)
            docs.append(carriers + offset)
            values.append(numbers)
        return FacetColumn.of(np.concatenate(docs), np.concatenate(values), self.size, interner)


def _places(first: Array, then: Array) -> Array:
    """Return the place of each document among all, sorted by one array and where that is equal, by the other."""
    places = np.empty(len(first), dtype=np.int32)
    places[np.lexsort((then, first))] = np.arange(len(first), dtype=np.int32)
    return places
