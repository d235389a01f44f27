"""How postings lie in a block: Whoosh's own format with arrays of machine numbers in place of pickled tuples.

A block then unpickles into three byte strings that numpy reads without a loop, which is what makes a
search over common words fast. Everything else of Whoosh's codec stays: the dictionary of terms, the
columns, the segment files. Positions are stored as 32-bit numbers, one per occurrence.
"""

from __future__ import annotations

import io
import pickle
import struct
from array import array
from dataclasses import dataclass
from typing import Any

import numpy as np
from whoosh.codec.whoosh3 import W3Codec, W3LeafMatcher, W3PostingsWriter

BLOCK_LIMIT = 1024  # postings of a block; Whoosh's 128 makes eight times as many unpickling calls (10 µs each)
HEADER = struct.Struct("!i")
MAGIC_LENGTH = 4

Floats = np.ndarray[Any, np.dtype[np.float32]]
Ints = np.ndarray[Any, np.dtype[np.int64]]


class ArchiveCodec(W3Codec):
    """Whoosh's codec with our blocks, uncompressed, and without looking up a length for every posting."""

    # Block statistics serve Whoosh's own scorer; ours reads the lengths as one array.
    length_stats = False

    def __init__(self) -> None:
        super().__init__(blocklimit=BLOCK_LIMIT, compression=0)

    def postings_writer(self, dbfile: Any, byteids: bool = False) -> W3PostingsWriter:  # noqa: FBT001, FBT002  # Whoosh's signature
        return ArrayPostingsWriter(
            dbfile,
            blocklimit=self._blocklimit,
            byteids=byteids,
            compression=self._compression,
            inlinelimit=0,
        )

    def postings_reader(self, dbfile: Any, terminfo: Any, format_: Any, term: Any = None, scorer: Any = None) -> Any:
        offset, length = terminfo.extent()
        return ArrayMatcher(dbfile, offset, length, format_, term=term, scorer=scorer)


class ArrayPostingsWriter(W3PostingsWriter):
    """Writes a block's numbers as arrays. Byte order is the machine's; an index does not travel to another kind."""

    def _mini_ids(self) -> bytes:
        return bytes(self._ids.tobytes())

    def _mini_weights(self) -> float | bytes:
        weights = self._weights
        if all(weight == weights[0] for weight in weights):
            return float(weights[0])
        return bytes(weights.tobytes())

    def _mini_values(self) -> tuple[bytes, bytes] | None:
        if not self._values:
            return None
        lengths = array("I", map(len, self._values))
        return lengths.tobytes(), b"".join(self._values)


class ArrayMatcher(W3LeafMatcher):
    """Reads our blocks where Whoosh's own code walks through postings, as it does to merge segments."""

    def _read_ids(self) -> None:
        if self._data is None:
            self._read_data()
        self._ids = array("I", self._data[0])

    def _read_weights(self) -> None:
        if self._data is None:
            self._read_data()
        weights = self._data[1]
        if isinstance(weights, float):
            self._weights = array("f", [weights]) * self._blocklength
        else:
            self._weights = array("f", weights)

    def _read_values(self) -> None:
        if self._data is None:
            self._read_data()
        if self._data[2] is None:
            self._values = (b"",) * self._blocklength
            return
        lengths, joined = self._data[2]
        values, start = [], 0
        for length in array("I", lengths):
            values.append(joined[start : start + length])
            start += length
        self._values = tuple(values)


@dataclass(frozen=True, slots=True)
class Postings:
    """The documents of one term in one segment, ascending; `weights` are frequencies.

    `positions` holds the positions of all documents one after the other, `spans` how many each has;
    both are None for terms without positions.
    """

    docs: Ints
    weights: Floats
    positions: Ints | None
    spans: Ints | None


def read_postings(buffer: Any, offset: int) -> Postings:
    """Read all postings of a term out of a segment's postings file, given as a buffer, without a shared cursor."""
    docs, weights, positions, spans = [], [], [], []
    place = offset + MAGIC_LENGTH
    last = False
    while not last:
        (length,) = HEADER.unpack(buffer[place : place + HEADER.size])
        place += HEADER.size
        last = length < 0
        length = abs(length)
        block = io.BytesIO(buffer[place : place + length])
        place += length
        count = pickle.load(block)[0]  # noqa: S301  # our own index, as trusted as the database beside it
        ids, weight, values = pickle.load(block)  # noqa: S301  # the same
        docs.append(np.frombuffer(ids, dtype=np.uint32))
        if isinstance(weight, float):
            weights.append(np.full(count, weight, dtype=np.float32))
        else:
            weights.append(np.frombuffer(weight, dtype=np.float32))
        if values is not None:
            spans.append(np.frombuffer(values[0], dtype=np.uint32))
            positions.append(np.frombuffer(values[1], dtype=np.uint32))
    return Postings(
        np.concatenate(docs).astype(np.int64),
        np.concatenate(weights),
        np.concatenate(positions).astype(np.int64) if positions else None,
        np.concatenate(spans).astype(np.int64) // 4 if spans else None,
    )
