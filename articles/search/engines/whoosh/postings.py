"""Posting lists as byte strings that numpy reads in place: which documents hold a term, how often, where.

    header      documents (u4), occurrences (u4), flags (u1)
    documents   u4 each, ascending
    counts      u4 each; left out when every document holds the term once
    positions   u2 or u4 each, document by document, ascending; left out for stems and keys

Numbers are little-endian. Whoosh's own blocks are pickled tuples that have to be walked through in
Python; reading 50,000 postings takes them 100 ms, and this 0.1.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np

from articles.search.engines.documents import Array
from articles.search.engines.postings import Postings

HEADER = struct.Struct("<IIB")
ONCE_EACH, WITH_POSITIONS, WIDE_POSITIONS = 1, 2, 4
ONE = struct.pack("<I", 1)
NARROW = 1 << 16  # positions below this take two bytes


class Lists:
    """Posting lists one after the other in the same arrays; each is cut out without touching numpy."""

    def __init__(self, docs: Array, counts: Array, positions: Array | None) -> None:
        self._docs = docs.astype("<u4").tobytes()
        self._counts = counts.astype("<u4").tobytes()
        self._several = np.concatenate([[0], np.cumsum(counts != 1)]).tolist()
        self._places = np.concatenate([[0], np.cumsum(counts, dtype=np.int64)]).tolist()
        self._flags, self._width, self._positions = 0, 0, b""
        if positions is not None:
            wide = len(positions) > 0 and int(positions.max()) >= NARROW
            self._flags = WITH_POSITIONS | (WIDE_POSITIONS if wide else 0)
            self._width = 4 if wide else 2
            self._positions = positions.astype(f"<u{self._width}").tobytes()

    def encoded(self, start: int, end: int) -> bytes:
        """Return the list of the documents from `start` up to `end`."""
        first, last = self._places[start], self._places[end]
        once = self._several[start] == self._several[end]
        return b"".join(
            (
                HEADER.pack(end - start, last - first, self._flags | (ONCE_EACH if once else 0)),
                self._docs[4 * start : 4 * end],
                b"" if once else self._counts[4 * start : 4 * end],
                self._positions[self._width * first : self._width * last],
            )
        )


def by_term(
    numbers: Mapping[bytes, int], terms: Array, docs: Array, counts: Array, positions: Array | None
) -> Iterator[tuple[bytes, bytes]]:
    """Sort postings into lists, and yield each term with its encoded list, in the order of the terms' bytes.

    Arrays run side by side, one posting each, documents ascending for each term: the term's number in
    `numbers`, the document, the count; and all positions one after the other. Terms without a posting
    are left out.
    """
    order = np.argsort(terms, kind="stable")
    moved = None if positions is None else _moved(positions, counts, order)
    lists = Lists(docs[order], counts[order], moved)
    starts = np.searchsorted(terms[order], np.arange(len(numbers) + 1)).tolist()
    for term in sorted(numbers):
        number = numbers[term]
        if starts[number] < starts[number + 1]:
            yield term, lists.encoded(starts[number], starts[number + 1])


def _moved(positions: Array, counts: Array, order: Array) -> Array:
    """Return the positions in the order of their postings; each posting has as many as its count."""
    starts = (np.cumsum(counts, dtype=np.int64) - counts)[order]
    lengths = counts[order].astype(np.int64)
    shift = starts - (np.cumsum(lengths) - lengths)
    moved: Array = positions[np.repeat(shift, lengths) + np.arange(int(lengths.sum()))]
    return moved


def encoded_length(start: bytes, *, positions: bool) -> int:
    """Return how many bytes a posting list has, by its first ones; with its positions or without."""
    count, occurrences, flags = HEADER.unpack_from(start)
    numbers = count if flags & ONCE_EACH else 2 * count
    width = 0 if not (positions and flags & WITH_POSITIONS) else 4 if flags & WIDE_POSITIONS else 2
    return int(HEADER.size + 4 * numbers + width * occurrences)


def decode(buffer: Any, offset: int, *, positions: bool = True) -> Postings:
    """Read the posting list that begins at an offset of a buffer; the arrays are views into it."""
    count, occurrences, flags = HEADER.unpack_from(buffer, offset)
    place = offset + HEADER.size
    docs = np.frombuffer(buffer, dtype="<u4", count=count, offset=place)
    place += 4 * count
    counts = None
    if not flags & ONCE_EACH:
        counts = np.frombuffer(buffer, dtype="<u4", count=count, offset=place)
        place += 4 * count
    if not (positions and flags & WITH_POSITIONS):
        return Postings(docs, counts, None)
    kind = "<u4" if flags & WIDE_POSITIONS else "<u2"
    return Postings(docs, counts, np.frombuffer(buffer, dtype=kind, count=occurrences, offset=place))


class Raw(NamedTuple):
    """A posting list as bytes of four-byte numbers, for copying."""

    size: int
    docs: bytes
    counts: bytes
    positions: bytes

    @classmethod
    def read(cls, buffer: Any, offset: int) -> Raw:
        """Read the list that begins at an offset of a buffer."""
        size, occurrences, flags = HEADER.unpack_from(buffer, offset)
        place = offset + HEADER.size
        docs = buffer[place : place + 4 * size]
        place += 4 * size
        counts = ONE * size
        if not flags & ONCE_EACH:
            counts = buffer[place : place + 4 * size]
            place += 4 * size
        if not flags & WITH_POSITIONS:
            return cls(size, docs, counts, b"")
        if flags & WIDE_POSITIONS:
            return cls(size, docs, counts, buffer[place : place + 4 * occurrences])
        narrow = np.frombuffer(buffer, dtype="<u2", count=occurrences, offset=place)
        return cls(size, docs, counts, narrow.astype("<u4").tobytes())


def joined(parts: list[tuple[Postings, int]]) -> Postings:
    """Return posting lists of one term one after the other, each with its documents moved up by an offset."""
    docs = np.concatenate([one.docs.astype(np.int64) + offset for one, offset in parts])
    once = all(one.counts is None for one, _ in parts)
    counts = None if once else np.concatenate([one.weights for one, _ in parts]).astype(np.int64)
    placed = [one.positions.astype(np.int64) for one, _ in parts if one.positions is not None]
    return Postings(docs, counts, np.concatenate(placed) if len(placed) == len(parts) else None)
