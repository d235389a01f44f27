"""Keeping the segments few: which a commit merges, and how, without passing a single posting through Python.

Segments are sorted into tiers by size, each ten times the one below. When a tier is full, its segments
become one of the next tier, so a document is copied about once a tier. A commit merges at most so much
that it stays short; what is larger waits for a commit that is large itself.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from articles.search.engines.documents import Array
from articles.search.engines.schema import Fields
from articles.search.engines.whoosh.postings import Raw, by_term
from articles.search.engines.whoosh.segment import Segment, new_segment, write_columns
from articles.search.engines.whoosh.storage import IndexStorage
from articles.search.engines.whoosh.terms import TermsWriter

TIER = 10  # segments that fill a tier, and the step from one tier's size to the next
QUICK_MERGE = 1000  # documents that any commit may merge: half a second
MERGE_FACTOR = 20  # a larger commit may merge so many times its own documents
LARGEST = 4_000  # documents of a merged segment: some 7 CPU seconds (`make bench-search`: longest commit) and 200 MB
GONE = np.iinfo(np.uint32).max  # what a deleted document becomes


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """A segment as Whoosh lists it, opened, and which of its documents are alive."""

    listed: Any
    opened: Segment
    live: Array


def choose(parts: list[Part], *, written: int) -> list[Part]:
    """Return the segments to merge now, in their order; `written` documents are in the present commit."""
    limit = min(LARGEST, max(QUICK_MERGE, written * MERGE_FACTOR))
    tiers: dict[int, list[Part]] = {}
    for part in parts:
        tiers.setdefault(_tier(int(part.live.sum())), []).append(part)
    chosen: list[Part] = []
    for tier in sorted(tiers):
        full = (
            tiers[tier] if len(tiers[tier]) >= TIER else [part for part in tiers[tier] if _mostly_gone(part)]
        )
        for part in full:
            if sum(int(one.live.sum()) for one in [*chosen, part]) <= limit:
                chosen.append(part)
    alone = len(chosen) == 1 and not _mostly_gone(chosen[0])
    return [] if alone else [part for part in parts if part in chosen]


def _tier(documents: int) -> int:
    tier = 0
    while documents >= TIER:
        documents //= TIER
        tier += 1
    return tier


def _mostly_gone(part: Part) -> bool:
    return 2 * int(part.live.sum()) < part.opened.size


def merge(parts: list[Part], storage: IndexStorage, fields: Fields) -> Any | None:
    """Write the live documents of these segments as one, and return it; None when there is none."""
    maps, size = [], 0
    for part in parts:
        maps.append(np.where(part.live, np.cumsum(part.live) - 1 + size, GONE).astype(np.uint32))
        size += int(part.live.sum())
    if not size:
        return None
    segment = new_segment(storage)
    segment.set_doc_count(size)
    terms = TermsWriter(storage, segment, fields.terms)
    for field in fields.terms:
        gathered = _Gathered(positions=field in fields.placed)
        for part, numbers in zip(parts, maps, strict=True):
            gathered.take(part.opened.terms.lists(field), numbers)
        for term, encoded in gathered.encoded():
            terms.add(field, term, encoded)
    terms.close()
    columns = {
        name: np.concatenate([part.opened.columns[name][part.live] for part in parts])
        for name in fields.columns
    }
    write_columns(storage, segment, fields, columns)
    return segment


class _Gathered:
    """The postings of one field, segment by segment; Python sees lists, never single postings."""

    def __init__(self, *, positions: bool) -> None:
        self._positions = positions
        self._numbers: dict[bytes, int] = {}
        self._columns: list[tuple[Array, Array, Array, Array]] = []

    def take(self, lists: Iterable[tuple[bytes, Any, int]], numbers: Array) -> None:
        """Take over a segment's lists; `numbers` says what each document becomes."""
        known = self._numbers
        terms, sizes = array("I"), array("I")
        docs, counts, positions = [], [], []
        for term, buffer, offset in lists:
            terms.append(known.setdefault(term, len(known)))
            raw = Raw.read(buffer, offset)
            sizes.append(raw.size)
            docs.append(raw.docs)
            counts.append(raw.counts)
            positions.append(raw.positions)
        moved = numbers[np.frombuffer(b"".join(docs), dtype="<u4")]
        counted = np.frombuffer(b"".join(counts), dtype="<u4")
        placed = (
            np.frombuffer(b"".join(positions), dtype="<u4") if self._positions else np.zeros(0, dtype="<u4")
        )
        each = np.repeat(_view(terms), _view(sizes))
        kept = moved != GONE
        if not kept.all():
            placed = placed[np.repeat(kept, counted)] if self._positions else placed
            moved, counted, each = moved[kept], counted[kept], each[kept]
        self._columns.append((each, moved, counted, placed))

    def encoded(self) -> Iterator[tuple[bytes, bytes]]:
        """Yield each term with its merged list, in order."""
        terms, docs, counts, positions = (
            np.concatenate(column) for column in zip(*self._columns, strict=True)
        )
        yield from by_term(self._numbers, terms, docs, counts, positions if self._positions else None)


def _view(numbers: array[int]) -> Array:
    return np.frombuffer(numbers, dtype=np.uint32) if numbers else np.zeros(0, dtype=np.uint32)
