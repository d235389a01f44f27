"""Where the entries of very many keys begin in Whoosh's hash file, found in all of its tables at once.

The file has 256 tables, one after the other; a key's hash says in which of them, and from which slot on, it stands.
A slot has the hash of its key and where its entry begins, 0 for none.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from typing import Any

import numpy as np

from articles.search.engines.documents import Array

SLOT = struct.Struct("!Iq")
SLOTS = np.dtype([("hash", ">u4"), ("entry", ">i8")])
TABLES = 256


class HashTables:
    """The tables of one file; `tables` says of each where in the file it begins and how many slots it has."""

    def __init__(self, tables: Sequence[tuple[int, int]]) -> None:
        self._begin = tables[0][0]
        self._count = sum(slots for _, slots in tables)
        self._sizes = np.array([slots for _, slots in tables])
        self._firsts = np.cumsum(self._sizes) - self._sizes

    def entries(self, file: Any, hashes: Array) -> Array:
        """Return where the first entry with each hash begins, 0 for none; `file` are the bytes of the whole file."""
        slots = np.frombuffer(file, dtype=SLOTS, count=self._count, offset=self._begin)
        table = hashes % TABLES
        sizes, firsts, slot = self._sizes[table], self._firsts[table], hashes // TABLES
        entries = np.zeros(len(hashes), dtype=np.int64)
        looking = np.flatnonzero(sizes)
        while len(looking):
            here = slots[firsts[looking] + slot[looking] % sizes[looking]]
            found = here["hash"] == hashes[looking]
            entries[looking[found]] = here["entry"][found]
            # Half of the slots are empty, and at the first of them a key is none of the table's.
            looking = looking[~found & (here["entry"] != 0)]
            slot[looking] += 1
        return entries
