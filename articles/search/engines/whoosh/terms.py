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
from articles.search.engines.whoosh.postings import HEADER, decode, encoded_length
from articles.search.engines.whoosh.storage import IndexStorage

INLINE, ELSEWHERE = b"\0", b"\1"
PLACE = struct.Struct("<Q")
FIELD = struct.Struct(">H")
LONGEST_INLINE = 96  # bytes; a longer list gains nothing from standing beside its term
LENGTHS = struct.Struct("!ii")  # the library's entry: key and value lengths, then both
# The library's slot in a hash table: a key's hash, and where its entry begins, or 0.
SLOT = struct.Struct("!Iq")
READ_AT_ONCE = 4096  # bytes of a list, in which most are whole
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

    def __init__(self, storage: IndexStorage, segment: Any, fields: list[str]) -> None:
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

    def __init__(self, storage: IndexStorage, segment: Any) -> None:
        name = segment.make_filename(TERMS_EXTENSION)
        self._file = storage.open_file(name)
        self._terms = OrderedHashReader(self._file, storage.file_length(name))
        self._postings = storage.open_file(segment.make_filename(POSTINGS_EXTENSION))
        self.fields: list[str] = self._terms.extras["fields"]
        self._numbers = {name: FIELD.pack(number) for number, name in enumerate(self.fields)}

    def get(self, field: str, term: str, *, positions: bool = True) -> Postings | None:
        """Return a term's postings, without positions where they are not asked for; None when it has none."""
        value = self._value(field, term)
        if value is None:
            return None
        if value[:1] == INLINE:
            return decode(value, 1, positions=positions)
        place = self._place(value)
        read = self._postings.get(place, READ_AT_ONCE)
        length = encoded_length(read, positions=positions)
        if length > len(read):
            read = self._postings.get(place, length)
        return decode(read, 0, positions=positions)

    def count(self, field: str, term: str) -> int:
        """Return how many documents hold a term, without reading which."""
        value = self._value(field, term)
        if value is None:
            return 0
        header = value[1:] if value[:1] == INLINE else self._postings.get(self._place(value), HEADER.size)
        return int(HEADER.unpack_from(header)[0])

    def _value(self, field: str, term: str) -> bytes | None:
        """Look a term up as the library's `HashReader` does, in two calls where that makes a dozen."""
        if field not in self._numbers:
            return None
        key = self._numbers[field] + term.encode()
        hashed = crc32(key)
        table, slots = self._terms.tables[hashed & 255]
        longest = LENGTHS.size + len(key) + 1 + LONGEST_INLINE
        for slot in range(hashed >> 8, (hashed >> 8) + slots):
            its_hash, entry = SLOT.unpack(self._file.get(table + slot % slots * SLOT.size, SLOT.size))
            if not entry:
                return None
            if its_hash == hashed:
                found = self._file.get(entry, longest)
                key_length, value_length = LENGTHS.unpack_from(found)
                value = LENGTHS.size + key_length
                if found[LENGTHS.size : value] == key:
                    return found[value : value + value_length]
        return None

    def names(self, field: str) -> Iterator[str]:
        """Yield the terms of a field, in order, without looking at their postings."""
        for term, _, _ in self._entries(field):
            yield term.decode()
        self._file.release()

    def postings(
        self, field: str, start: str = "", *, positions: bool = False
    ) -> Iterator[tuple[str, Postings]]:
        """Yield the terms of a field that begin so, in order, each with its postings.

        These are copies: views into the mapping would, when they are looked at later, bring back the pages given up.
        """
        try:
            for term, buffer, place in self.lists(field, start.encode()):
                length = encoded_length(buffer[place : place + HEADER.size], positions=positions)
                yield term.decode(), decode(buffer[place : place + length], 0, positions=positions)
        finally:
            self._file.release()
            self._postings.release()

    def lists(self, field: str, start: bytes = b"") -> Iterator[tuple[bytes, Any, int]]:
        """Yield every term of a field that begins so, in order, with the buffer and offset where its list begins."""
        for term, place, end in self._entries(field, start):
            value = self._file.mapped[place:end]
            if value[:1] == INLINE:
                yield term, value, 1
            else:
                yield term, self._postings.mapped, self._place(value)

    def _entries(self, field: str, start: bytes = b"") -> Iterator[tuple[bytes, int, int]]:
        """Yield every term of a field that begins so, in order, and where its value stands in the mapped file."""
        if field not in self._numbers:
            return
        start = self._numbers[field] + start
        place = self._terms.closest_key_pos(start)
        buffer = self._file.mapped
        while place is not None and place < self._terms.endofdata:
            key_length, value_length = LENGTHS.unpack_from(buffer, place)
            value = place + LENGTHS.size + key_length
            key = buffer[place + LENGTHS.size : value]
            if not key.startswith(start):
                return
            place = value + value_length
            yield key[FIELD.size :], value, place

    @staticmethod
    def _place(value: bytes) -> int:
        return int(PLACE.unpack_from(value, 1)[0])
