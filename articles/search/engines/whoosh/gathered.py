"""Very many posting lists read as one. Cut into arrays of its own, a short list takes ten times as long."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from articles.search.engines.documents import Array
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
    def places(self) -> Array:
        """Every place of the words, in the order of the postings; see `spans`."""
        return np.asarray(np.repeat(self.docs, self.counts) * PLACES + self.positions)

    @property
    def words(self) -> Array:
        """Which of the words stands at each of the places."""
        return np.repeat(self.which, self.counts)


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
