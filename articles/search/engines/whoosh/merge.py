"""Keeping the segments few: which a commit merges, and how, without passing a single posting through Python.

Segments are sorted into tiers by size, each ten times the one below. When a tier is full, its segments
become one of the next tier, so a document is copied about once a tier. A commit merges at most so much
that it stays short; what is larger waits for a commit that is large itself.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

import numpy as np

from articles.search.engines.whoosh.postings import Array, Postings, encode
from articles.search.engines.whoosh.schema import Fields
from articles.search.engines.whoosh.segment import Segment, new_segment, write_columns
from articles.search.engines.whoosh.storage import MappedStorage
from articles.search.engines.whoosh.terms import TermsWriter

TIER = 10  # segments that fill a tier, and the step from one tier's size to the next
QUICK_MERGE = 1000  # documents that any commit may merge: half a second
MERGE_FACTOR = 20  # a larger commit may merge so many times its own documents
LARGEST = 50_000  # documents of a merged segment: about 15 s and 500 MB while it is made


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


def merge(parts: list[Part], storage: MappedStorage, fields: Fields) -> Any | None:
    """Write the live documents of these segments as one, and return it; None when there is none."""
    maps, size = [], 0
    for part in parts:
        numbers = np.cumsum(part.live) - 1 + size
        maps.append(np.where(part.live, numbers, -1))
        size += int(part.live.sum())
    if not size:
        return None
    segment = new_segment(storage)
    segment.set_doc_count(size)
    terms = TermsWriter(storage, segment, fields.terms)
    streams = [_numbered(part.opened, place) for place, part in enumerate(parts)]
    for key, same in groupby(heapq.merge(*streams, key=itemgetter(0, 1)), key=itemgetter(0)):
        encoded = _merged([(postings, maps[place], parts[place]) for _, place, postings in same])
        if encoded is not None:
            terms.add_key(key, encoded)
    terms.close()
    columns = {
        name: np.concatenate([part.opened.columns[name][part.live] for part in parts])
        for name in fields.columns
    }
    write_columns(storage, segment, fields, columns)
    return segment


def _numbered(segment: Segment, place: int) -> Any:
    return ((key, place, postings) for key, postings in segment.terms.items())


def _merged(lists: list[tuple[Postings, Array, Part]]) -> bytes | None:
    docs, counts, positions = [], [], []
    for postings, numbers, part in lists:
        moved = numbers[postings.docs]
        weights = postings.spans
        places = postings.positions
        if not part.live.all():
            kept = moved >= 0
            if places is not None:
                places = places[np.repeat(kept, weights)]
            moved, weights = moved[kept], weights[kept]
        docs.append(moved)
        counts.append(weights)
        if places is not None:
            positions.append(places)
    if not sum(map(len, docs)):
        return None
    return encode(
        np.concatenate(docs), np.concatenate(counts), np.concatenate(positions) if positions else None
    )
