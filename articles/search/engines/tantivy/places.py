"""Where the words of the texts stand, in a file beside those of Tantivy, which tells no positions to Python.

PLACES is one row of numbers of eight bytes. A text has there, from its `first` number on:

    words        one number a word, in order: `number_of` what stands there
    others       pairs: the place of a word, and the number of another form of it (`stream`)
    breaks       where paragraphs and then sentences begin, four bytes each, filled up to eight

How many there are of each stands in the document's row (PLACED), with its `first`. Texts are only ever added, before
the commit that has their rows; what a writer that was killed has left behind belongs to no document.
"""

from __future__ import annotations

import os
from mmap import MADV_DONTNEED, mmap
from pathlib import Path
from typing import Any, Self

import numpy as np

from articles.search.engines.documents import Array
from articles.search.engines.tantivy.stream import Stream

PLACES = "places"
PLACED = ("first", "words", "others", "paragraphs", "sentences")  # what a row says of a text
WIDTH = 8  # bytes of a number


class PlacesWriter:
    """Adds texts to the file of an index folder. Whoever writes holds the place's lock."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / PLACES
        self._file = self._path.open("ab")
        self._settled = self._file.tell()
        left_over = -self._settled % WIDTH  # of a number that a writer was killed at
        self._file.write(bytes(left_over))
        self._next = (self._settled + left_over) // WIDTH

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def add(self, stream: Stream) -> tuple[int, ...]:
        """Add a text; return what PLACED names."""
        breaks = stream.paragraphs.tobytes() + stream.sentences.tobytes()
        written = stream.numbers + stream.others + breaks + bytes(-len(breaks) % WIDTH)
        first, self._next = self._next, self._next + len(written) // WIDTH
        self._file.write(written)
        return (
            first,
            len(stream.numbers) // WIDTH,
            len(stream.others) // (2 * WIDTH),
            len(stream.paragraphs),
            len(stream.sentences),
        )

    def settle(self) -> None:
        """Have all that was added on disk: a commit may follow."""
        self._file.flush()
        os.fsync(self._file.fileno())
        self._settled = self._file.tell()

    def close(self) -> None:
        """Let go of the file, without what was added since it was last settled.

        An open file would write that later, in the midst of what another writer adds: its texts would then stand
        elsewhere than their rows say.
        """
        try:
            self._file.close()
        finally:
            if self._path.stat().st_size > self._settled:
                os.truncate(self._path, self._settled)


def places_in(folder: Path) -> Array:
    """Return the numbers of an index folder, mapped into memory. Raises ValueError when the file is gone."""
    path = folder / PLACES
    if not path.exists():
        raise ValueError(f"{path} is missing.")
    count = path.stat().st_size // WIDTH
    if not count:
        return np.zeros(0, dtype=np.uint64)
    # As a plain array: cutting stretches out of it takes a tenth of the time.
    return np.asarray(np.memmap(path, dtype="<u8", mode="r", shape=(count,)).view(np.ndarray))


def let_go(numbers: Array) -> None:
    """Have what was read of the file leave memory: it takes as much as 100,000 articles weigh, and is read again."""
    held: Any = numbers
    while isinstance(held, np.ndarray):
        held = held.base
    if isinstance(held, mmap):
        held.madvise(MADV_DONTNEED)


def side_by_side(numbers: Array, starts: Array, ends: Array) -> Array:
    """Return stretches of numbers as one array; those that follow each other are taken at once."""
    if not len(starts):
        return np.zeros(0, dtype=np.uint64)
    parted = np.flatnonzero(starts[1:] != ends[:-1])
    firsts, lasts = starts[np.concatenate([[0], parted + 1])], ends[np.concatenate([parted, [len(ends) - 1]])]
    parts = [numbers[first:last] for first, last in zip(firsts.tolist(), lasts.tolist(), strict=True)]
    return parts[0] if len(parts) == 1 else np.concatenate(parts)
