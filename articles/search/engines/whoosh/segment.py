"""One segment of the index, opened once and kept: its terms, its postings, its columns as arrays."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from whoosh.reading import TermNotFound
from whoosh.util.numeric import byte_to_length

from articles.search.engines.whoosh.codec import Postings, read_postings
from articles.search.engines.whoosh.schema import COLUMNS
from articles.search.engines.whoosh.storage import MappedStorage

# Whoosh keeps a field's length as one byte on a logarithmic scale; this is the way back.
LENGTHS = np.array([byte_to_length(byte) for byte in range(256)], dtype=np.float32)


class Segment:
    """A segment's files never change, so everything read from them can be kept; deletions are the snapshot's."""

    def __init__(self, storage: MappedStorage, segment: Any) -> None:
        self.name: str = segment.segment_id()
        self.size: int = segment.doc_count_all()
        self._storage = storage
        self._segment = segment
        self._terms = segment.codec().terms_reader(storage, segment)
        self._postings = self._terms._postfile.buffer  # noqa: SLF001  # the library has no public name for it
        self.columns = {name: self._column(name, f">{code.lower()}{width}") for name, (code, width) in KINDS.items()}
        self._lengths: dict[str, np.ndarray[Any, Any]] = {}
        self._keys: dict[str, list[tuple[str, np.ndarray[Any, Any]]]] = {}

    def postings(self, field: str, term: str) -> Postings | None:
        """Return the postings of a term, numbered within the segment; None when it does not occur."""
        try:
            info = self._terms.term_info(field, term.encode())
        except TermNotFound:
            return None
        return read_postings(self._postings, info.extent()[0])

    def terms_from(self, field: str, prefix: str) -> Iterator[str]:
        """Yield the terms of a field that begin with the prefix, in order."""
        start = prefix.encode()
        for name, term in self._terms.terms_from(field, start):
            if name != field or not term.startswith(start):
                return
            yield term.decode()

    def lengths(self, field: str) -> np.ndarray[Any, Any]:
        """Return the number of words of a field, document by document."""
        if field not in self._lengths:
            self._lengths[field] = LENGTHS[self._column(f"_{field}_len", ">u1")]
        return self._lengths[field]

    def keys(self, field: str) -> list[tuple[str, np.ndarray[Any, Any]]]:
        """Return every key of a facet's field with its documents."""
        if field not in self._keys:
            self._keys[field] = list(self._read_keys(field))
        return self._keys[field]

    def _read_keys(self, field: str) -> Iterator[tuple[str, np.ndarray[Any, Any]]]:
        for (name, term), info in self._terms.items_from(field, b""):
            if name != field:
                return
            yield term.decode(), read_postings(self._postings, info.extent()[0]).docs

    def _column(self, name: str, kind: str) -> np.ndarray[Any, Any]:
        """Read a column; documents at its end that have no value are not in the file and count as 0."""
        file = self._segment.codec().column_filename(self._segment, name)
        dtype = np.dtype(kind)
        column = np.zeros(self.size, dtype=dtype.newbyteorder("="))
        if self._storage.file_exists(file):
            written = np.frombuffer(self._storage.open_file(file).buffer, dtype=dtype)
            column[: len(written)] = written
        return column


KINDS = {name: ("i" if code == "q" else "u", 8 if code == "q" else 4) for name, code in COLUMNS.items()}
