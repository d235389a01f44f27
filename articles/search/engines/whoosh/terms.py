"""A segment's dictionary: from a field and a term to its posting list, in Whoosh's ordered hash file.

Keys are the field's number (two bytes) and the term. Values begin with a byte that says what follows:
the posting list itself when it is short, which most are, or its place in the file of postings.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from typing import Any
from zlib import crc32

import numpy as np
from whoosh.filedb.filetables import HashWriter, OrderedHashReader, OrderedHashWriter
from whoosh.util.numlists import GrowableArray

from articles.search.engines.postings import Postings
from articles.search.engines.whoosh.hashes import SLOT, HashTables
from articles.search.engines.whoosh.postings import HEADER, decode, encoded_length
from articles.search.engines.whoosh.storage import IndexStorage

INLINE, ELSEWHERE = b"\0", b"\1"
PLACE = struct.Struct("<Q")
FIELD = struct.Struct(">H")
LONGEST_INLINE = 96  # bytes; a longer list gains nothing from standing beside its term
LENGTHS = struct.Struct("!ii")  # the library's entry: key and value lengths, then both
READ_AT_ONCE = 4096  # bytes of a list, in which most are whole
# Terms beyond which the hash tables are read whole: 24 bytes a term of the segment, as quick as some 60 look-ups.
FEW_TERMS = 60
MOST_WAITING = 30_000  # pieces of entries gathered before they are written: about 1 MB
SLOTS_AT_ONCE = 8  # half of all slots are empty: among so many stands the key, or that there is none
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
        self._tables = HashTables(self._terms.tables)
        self._filled: dict[str, bool] = {}

    def get(self, field: str, term: str, *, positions: bool = True) -> Postings | None:
        """Return a term's postings, without positions where they are not asked for; None when it has none."""
        value = self._value(field, term)
        return (
            None
            if value is None
            else decode(self._list_of(value, positions=positions), 0, positions=positions)
        )

    def several(
        self, field: str, terms: Sequence[str], *, positions: bool = True
    ) -> Iterator[tuple[int, bytes]]:
        """Yield the encoded postings of those of some terms that there are, each with its place among the terms."""
        if len(terms) > FEW_TERMS:
            yield from self._very_many(field, [term.encode() for term in terms], positions=positions)
            return
        for number, term in enumerate(terms):
            value = self._value(field, term)
            if value is not None:
                yield number, self._list_of(value, positions=positions)

    def _very_many(
        self, field: str, terms: Sequence[bytes], *, positions: bool
    ) -> Iterator[tuple[int, bytes]]:
        """Look terms up by all hash tables at once, in the mapped files: so many would be too many calls."""
        if not self._has_terms(field):
            return
        keys = [self._numbers[field] + term for term in terms]
        hashes = np.fromiter(map(crc32, keys), dtype=np.int64, count=len(keys))
        buffer = self._file.mapped
        try:
            for number, entry in enumerate(self._tables.entries(buffer, hashes).tolist()):
                if not entry:
                    continue
                # Another key with the same hash may stand first.
                key_length, value_length = LENGTHS.unpack_from(buffer, entry)
                place = entry + LENGTHS.size + key_length
                value = buffer[place : place + value_length]
                if buffer[place - key_length : place] != keys[number]:
                    value = self._value_of(keys[number])
                if value is not None:
                    yield number, self._mapped_list(value, positions=positions)
        finally:
            self._file.release()
            self._postings.release()

    def _mapped_list(self, value: bytes, *, positions: bool) -> bytes:
        if value[:1] == INLINE:
            return value[1:]
        place, buffer = self._place(value), self._postings.mapped
        length = encoded_length(buffer[place : place + HEADER.size], positions=positions)
        return bytes(buffer[place : place + length])

    def _list_of(self, value: bytes, *, positions: bool) -> bytes:
        """Return the bytes of a posting list, up to its positions when they are not asked for."""
        if value[:1] == INLINE:
            return value[1:]
        place = self._place(value)
        read = self._postings.get(place, READ_AT_ONCE)
        length = encoded_length(read, positions=positions)
        return read if length <= len(read) else self._postings.get(place, length)

    def count(self, field: str, term: str) -> int:
        """Return how many documents hold a term, without reading which."""
        value = self._value(field, term)
        if value is None:
            return 0
        header = value[1:] if value[:1] == INLINE else self._postings.get(self._place(value), HEADER.size)
        return int(HEADER.unpack_from(header)[0])

    def _value(self, field: str, term: str) -> bytes | None:
        """Look a term up as the library's `HashReader` does, in two calls where that makes a dozen."""
        if not self._has_terms(field):
            return None
        return self._value_of(self._numbers[field] + term.encode())

    def _has_terms(self, field: str) -> bool:
        """Tell whether a field has any term here; the subtitles of an archive may have none."""
        if field not in self._filled:
            number = self._numbers.get(field)
            first = None if number is None else self._terms.closest_key(number)
            self._filled[field] = first is not None and first.startswith(number)
        return self._filled[field]

    def _value_of(self, key: bytes) -> bytes | None:
        hashed = crc32(key)
        table, slots = self._terms.tables[hashed & 255]
        # Nearly always among the first few; then those up to the table's end, then from its begin.
        first = (hashed >> 8) % slots if slots else 0
        for slot, last in ((first, min(first + SLOTS_AT_ONCE, slots)), (first, slots), (0, first)):
            read = self._file.get(table + slot * SLOT.size, (last - slot) * SLOT.size)
            for its_hash, entry in SLOT.iter_unpack(read):
                if not entry:
                    return None
                if its_hash == hashed and (value := self._value_at(entry, key)) is not None:
                    return value
        return None

    def _value_at(self, entry: int, key: bytes) -> bytes | None:
        """Return the value of an entry, None when its key is another one."""
        found = self._file.get(entry, LENGTHS.size + len(key) + 1 + LONGEST_INLINE)
        key_length, value_length = LENGTHS.unpack_from(found)
        value = LENGTHS.size + key_length
        return found[value : value + value_length] if found[LENGTHS.size : value] == key else None

    def names(self, field: str) -> Iterator[str]:
        """Yield the terms of a field, in order, without looking at their postings."""
        for term, _, _ in self._entries(field):
            yield term.decode()
        self._file.release()

    def postings(
        self, field: str, first: str = "", last: str | None = None, *, positions: bool = False
    ) -> Iterator[tuple[str, bytes]]:
        """Yield the terms of a field from one to another, or to the last, in order, each with its encoded postings.

        These are copies: views into the mapping would, when they are looked at later, bring back the pages given up.
        """
        end = None if last is None else last.encode()
        try:
            for term, buffer, place in self.lists(field, first.encode()):
                if end is not None and term > end:
                    return
                length = encoded_length(buffer[place : place + HEADER.size], positions=positions)
                yield term.decode(), buffer[place : place + length]
        finally:
            self._file.release()
            self._postings.release()

    def lists(self, field: str, first: bytes = b"") -> Iterator[tuple[bytes, Any, int]]:
        """Yield the terms of a field from one on, in order, with the buffer and offset where its list begins."""
        for term, place, end in self._entries(field, first):
            value = self._file.mapped[place:end]
            if value[:1] == INLINE:
                yield term, value, 1
            else:
                yield term, self._postings.mapped, self._place(value)

    def _entries(self, field: str, first: bytes = b"") -> Iterator[tuple[bytes, int, int]]:
        """Yield the terms of a field from one on, in order, and where the value of each stands in the mapped file."""
        if field not in self._numbers:
            return
        number = self._numbers[field]
        place = self._terms.closest_key_pos(number + first)
        buffer = self._file.mapped
        while place is not None and place < self._terms.endofdata:
            key_length, value_length = LENGTHS.unpack_from(buffer, place)
            value = place + LENGTHS.size + key_length
            key = buffer[place + LENGTHS.size : value]
            if not key.startswith(number):
                return
            place = value + value_length
            yield key[FIELD.size :], value, place

    @staticmethod
    def _place(value: bytes) -> int:
        return int(PLACE.unpack_from(value, 1)[0])
