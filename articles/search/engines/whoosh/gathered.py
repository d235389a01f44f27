"""Very many posting lists read as one. Cut into arrays of its own, a short list takes ten times as long."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from articles.search.engines.documents import Array, Mask
from articles.search.engines.spans import PLACES
from articles.search.engines.whoosh.postings import HEADER, ONCE_EACH, ONE, WIDE_POSITIONS


@dataclass(frozen=True, slots=True)
class Gathered:
    """Postings of some words: which word, which document and how often, side by side; and all positions if read."""

    which: Array
    docs: Array
    counts: Array
    positions: Array | None

    @property
    def occurrences(self) -> int:
        """How many places the words have."""
        return int(self.counts.sum())

    def among(self, documents: Mask) -> Gathered:
        """Return the postings of some documents alone."""
        kept = np.flatnonzero(documents[self.docs])
        if len(kept) == len(self.docs):
            return self
        counts = self.counts[kept]
        positions = self.positions
        if positions is not None:
            # From where each posting's begin among all to where they begin among those kept.
            moved = (np.cumsum(self.counts) - self.counts)[kept] - (np.cumsum(counts) - counts)
            positions = positions[np.repeat(moved, counts) + np.arange(int(counts.sum()))]
        return Gathered(self.which[kept], self.docs[kept], counts, positions)

    def parted(self, bounds: list[int]) -> list[Gathered]:
        """Return the postings between each two bounds, which are first documents of segments."""
        if not len(self.docs):
            return [self] * (len(bounds) - 1)
        # Not ascending within a segment, but none of a segment stands before any of the one before it.
        edges = np.searchsorted(self.docs, bounds).tolist()
        before = np.concatenate([[0], np.cumsum(self.counts)])[edges].tolist()
        return [
            Gathered(
                self.which[first:last],
                self.docs[first:last],
                self.counts[first:last],
                None if self.positions is None else self.positions[start:end],
            )
            for first, last, start, end in zip(edges, edges[1:], before, before[1:], strict=False)
        ]

    @property
    def places(self) -> Array:
        """Every place of the words, in the order of the postings; see `spans`."""
        return np.asarray(np.repeat(self.docs, self.counts) * PLACES + self.positions)

    @property
    def words(self) -> Array:
        """Which of the words stands at each of the places."""
        return np.repeat(self.which, self.counts)


NOTHING = Gathered(*(np.zeros(0, dtype=np.int64) for _ in range(4)))


def gathered(lists: Iterable[tuple[int, int, bytes]], *, positions: bool) -> Gathered:
    """Read lists, each with the number of its word, what its documents are moved up by, and its bytes."""
    numbers, offsets, sizes, docs, counts, placed = [], [], [], [], [], []
    for number, offset, encoded in lists:
        size, occurrences, flags = HEADER.unpack_from(encoded)
        place = HEADER.size + 4 * size
        docs.append(encoded[HEADER.size : place])
        if flags & ONCE_EACH:
            counts.append(ONE * size)
        else:
            counts.append(encoded[place : place + 4 * size])
            place += 4 * size
        if positions:
            width = 4 if flags & WIDE_POSITIONS else 2
            placed.append((width, encoded[place : place + width * occurrences]))
        numbers.append(number)
        offsets.append(offset)
        sizes.append(size)
    return Gathered(
        np.repeat(np.array(numbers, dtype=np.int16), sizes),
        np.frombuffer(b"".join(docs), dtype="<u4") + np.repeat(np.array(offsets, dtype=np.int64), sizes),
        np.frombuffer(b"".join(counts), dtype="<u4").astype(np.int64),
        _positions(placed) if positions else None,
    )


def _positions(placed: list[tuple[int, bytes]]) -> Array:
    """Return the positions of all lists one after the other; texts of more than 65,536 words have wide ones."""
    if all(width == 2 for width, _ in placed):  # noqa: PLR2004  # bytes
        return np.frombuffer(b"".join(held for _, held in placed), dtype="<u2")
    return np.concatenate([np.frombuffer(held, dtype=f"<u{width}") for width, held in placed])
