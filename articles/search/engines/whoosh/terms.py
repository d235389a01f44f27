"""A segment's dictionary: from a field and a term to its posting list, in Whoosh's ordered hash file.

Keys are the field's number (two bytes) and the term. Values begin with a byte that says what follows:
the posting list itself when it is short, which most are, or its place in the file of postings.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Any
from zlib import crc32

from whoosh.filedb.filetables import HashWriter, OrderedHashReader, OrderedHashWriter
from whoosh.util.numlists import GrowableArray

from articles.search.engines.postings import Postings
from articles.search.engines.whoosh.postings import HEADER, decode
from articles.search.engines.whoosh.storage import MappedStorage

INLINE, ELSEWHERE = b"\0", b"\1"
PLACE = struct.Struct("<Q")
FIELD = struct.Struct(">H")
LONGEST_INLINE = 96  # bytes; a longer list gains nothing from standing beside its term
LENGTHS = struct.Struct("!ii")  # the library's entry: key and value lengths, then both
MOST_WAITING = 30_000  # pieces of entries gathered before they are written: about 1 MB
CRC32 = 1  # Whoosh's number for this hash; its default, MD5, takes five times as long

TERMS_EXTENSION = ".trm"
POSTINGS_EXTENSION = ".pst"


class _Dictionary(OrderedHashWriter):
    """Whoosh's ordered hash with a quicker hash function, which its own constructor does not offer.

    Entries are gathered and written together: the library's own `add` asks the file for its place each time.
    """

    def __init__(self, file: Any) -> None:
        HashWriter.__init__(self, file, hashtype=CRC32)
        self.index = GrowableArray("H")
        self._place = file.tell()
        self._waiting: list[bytes] = []

    def add(self, key: bytes, value: bytes) -> None:
        """Add an entry; keys come in ascending order."""
        self.index.append(self._place)
        hashed = crc32(key)
        self.buckets[hashed & 255].append((hashed, self._place))
        self._waiting += (LENGTHS.pack(len(key), len(value)), key, value)
        self._place += LENGTHS.size + len(key) + len(value)
        if len(self._waiting) > MOST_WAITING:
            self._flush()

    def _flush(self) -> None:
        self.dbfile.write(b"".join(self._waiting))
        self._waiting.clear()

    def close(self) -> int:
        """Write what waits, then the tables."""
        self._flush()
        return int(super().close())


class TermsWriter:
    """Writes a segment's dictionary and postings. Terms come in ascending order of their keys."""

    def __init__(self, storage: MappedStorage, segment: Any, fields: list[str]) -> None:
        self._terms = _Dictionary(segment.create_file(storage, TERMS_EXTENSION))
        self._terms.extras["fields"] = fields
        self._postings = segment.create_file(storage, POSTINGS_EXTENSION)
        self._numbers = {name: FIELD.pack(number) for number, name in enumerate(fields)}

    def add(self, field: str, term: bytes, encoded: bytes) -> None:
        """Add a term with its encoded posting list."""
        key = self._numbers[field] + term
        if len(encoded) <= LONGEST_INLINE:
            self._terms.add(key, INLINE + encoded)
        else:
            self._terms.add(key, ELSEWHERE + PLACE.pack(self._postings.tell()))
            self._postings.write(encoded)

    def close(self) -> None:
        """Finish both files."""
        self._terms.close()
        self._postings.close()


class TermsReader:
    """Reads a segment's dictionary. Look-ups use no cursor, so threads can share it."""

    def __init__(self, storage: MappedStorage, segment: Any) -> None:
        name = segment.make_filename(TERMS_EXTENSION)
        self._file = storage.open_file(name)
        self._terms = OrderedHashReader(self._file, storage.file_length(name))
        self._postings = storage.open_file(segment.make_filename(POSTINGS_EXTENSION)).buffer
        self.fields: list[str] = self._terms.extras["fields"]
        self._numbers = {name: FIELD.pack(number) for number, name in enumerate(self.fields)}

    def get(self, field: str, term: str) -> Postings | None:
        """Return a term's postings; None when the segment does not have it."""
        number = self._numbers.get(field)
        value = None if number is None else self._terms.get(number + term.encode())
        return None if value is None else self._decoded(value)

    def count(self, field: str, term: str) -> int:
        """Return how many documents hold a term, without reading which."""
        number = self._numbers.get(field)
        value = None if number is None else self._terms.get(number + term.encode())
        if value is None:
            return 0
        inline = value[:1] == INLINE
        count, *_ = (
            HEADER.unpack_from(value, 1) if inline else HEADER.unpack_from(self._postings, self._place(value))
        )
        return int(count)

    def starting(self, field: str, prefix: str = "") -> Iterator[tuple[str, Postings]]:
        """Yield the terms of a field that begin with the prefix, in order, each with its postings."""
        number = self._numbers.get(field)
        if number is None:
            return
        start = number + prefix.encode()
        for key, value in self._terms.items_from(start):
            if not key.startswith(start):
                return
            yield key[FIELD.size :].decode(), self._decoded(value)

    def names(self, field: str) -> Iterator[str]:
        """Yield the terms of a field, in order, without looking at their postings."""
        number = self._numbers.get(field)
        if number is None:
            return
        for key, _ in self._terms.items_from(number):
            if key[: FIELD.size] != number:
                return
            yield key[FIELD.size :].decode()

    def release(self) -> None:
        """Give up the pages of the dictionary, after all of it was read; see `MappedFile.release`."""
        self._file.release()

    def lists(self, field: str) -> Iterator[tuple[bytes, Any, int]]:
        """Yield every term of a field, in order, with the buffer and offset where its list begins."""
        number = self._numbers[field]
        for key, value in self._terms.items_from(number):
            if key[: FIELD.size] != number:
                return
            inline = value[:1] == INLINE
            place = (value, 1) if inline else (self._postings, self._place(value))
            yield key[FIELD.size :], *place

    def _decoded(self, value: bytes) -> Postings:
        if value[:1] == INLINE:
            return decode(value, 1)
        return decode(self._postings, self._place(value))

    @staticmethod
    def _place(value: bytes) -> int:
        return int(PLACE.unpack_from(value, 1)[0])
