"""Where fingerprints are kept: what an index asks of a shelf, and one that lives in a temporary file."""

from __future__ import annotations

import os
import tempfile
import weakref
from array import array
from pathlib import Path
from typing import Protocol

import numpy as np

from articles.resolve.copies.overlap import Id
from articles.resolve.copies.postings import Postings, Sharing
from articles.resolve.copies.shingles import Hashes
from articles.resolve.copies.sketch import Fingerprint, Keys

_BYTES = 8  # of a shingle, and of the letters' key before them


class Shelf(Protocol[Id]):
    """What an index needs of the place where fingerprints are kept. Texts are numbered from 0."""

    def put(self, identity: Id, mark: Fingerprint) -> None:
        """Keep a text's fingerprint."""

    def sharing(self, keys: Keys) -> Sharing:
        """Return the numbers of the texts that share keys."""

    def identity(self, number: int) -> Id:
        """Return the id under which a text was put."""

    def size(self, number: int) -> int:
        """Return the number of shingles of a text."""

    def letters_and_shingles(self, number: int) -> tuple[int, Hashes]:
        """Return a text's letters' key and its shingle set, as its fingerprint had them."""


class TemporaryShelf(Shelf[Id]):
    """Keys in memory, shingle sets in an unnamed temporary file that is gone with the process.

    In memory: 8 bytes a key and the id, some 800 bytes for an article of 450 words. In the file: 8 bytes a
    shingle, 3.6 kB. `folder` must lie on a disk (a /tmp in memory would hold the sets in memory after all);
    the default is Python's own, that TMPDIR names. Raises OSError when it cannot be written or is full.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._file = tempfile.TemporaryFile(dir=folder, buffering=0)  # noqa: SIM115  # lives as long as the shelf
        self._finish = weakref.finalize(self, self._file.close)
        self._ends = array("Q", [0])  # in 8-byte words of the file: text n lies from end n to end n + 1
        self._ids: list[Id] = []
        self._postings = Postings()

    def put(self, identity: Id, mark: Fingerprint) -> None:
        """Keep a text's fingerprint."""
        record = np.concatenate([np.array([mark.letters], dtype=np.uint64), mark.shingles])
        _write_all(self._file.fileno(), record.tobytes(), at=self._ends[-1] * _BYTES)
        self._postings.add(mark.keys, len(self._ids))
        self._ends.append(self._ends[-1] + len(record))
        self._ids.append(identity)

    def sharing(self, keys: Keys) -> Sharing:
        """Return the numbers of the texts that share keys."""
        return self._postings.sharing(keys)

    def identity(self, number: int) -> Id:
        """Return the id under which a text was put."""
        return self._ids[number]

    def size(self, number: int) -> int:
        """Return the number of shingles of a text."""
        return self._ends[number + 1] - self._ends[number] - 1

    def letters_and_shingles(self, number: int) -> tuple[int, Hashes]:
        """Return a text's letters' key and its shingle set. Raises OSError when the file is cut short."""
        length = (self.size(number) + 1) * _BYTES
        record = os.pread(self._file.fileno(), length, self._ends[number] * _BYTES)
        if len(record) != length:
            raise OSError("The temporary file of shingles was cut short; start again with room on its disk.")
        values = np.frombuffer(record, dtype=np.uint64)
        return int(values[0]), values[1:]

    def close(self) -> None:
        """Give the disk space back; done by itself when the shelf is no longer used."""
        self._finish()


def _write_all(descriptor: int, content: bytes, *, at: int) -> None:
    rest = memoryview(content)
    while rest:
        written = os.pwrite(descriptor, rest, at)
        rest, at = rest[written:], at + written
