"""One segment of the index: written once, then opened once and kept."""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from typing import Any

import numpy as np
from whoosh.codec.whoosh3 import W3Codec

from articles.search import analysis
from articles.search.engines.whoosh.postings import MOST_COUNTED, Array, Postings, encode
from articles.search.engines.whoosh.schema import STEMMED, Fields, article_of, length_column, stems_field
from articles.search.engines.whoosh.storage import MappedStorage
from articles.search.engines.whoosh.terms import TermsReader, TermsWriter

NAME = "MAIN"  # Whoosh's name for the one index of a folder
COLUMNS_EXTENSION = ".col"


class Segment:
    """A segment's files never change, so what is read from them can be kept; deletions are the snapshot's."""

    def __init__(self, storage: MappedStorage, segment: Any, fields: Fields) -> None:
        self.name: str = segment.segment_id()
        self.size: int = segment.doc_count_all()
        self.terms = TermsReader(storage, segment)
        self.columns = read_columns(storage, segment, fields)
        self._keys: dict[str, list[tuple[str, Array]]] = {}

    def keys(self, field: str) -> list[tuple[str, Array]]:
        """Return every key of a facet's field with its documents."""
        if field not in self._keys:
            self._keys[field] = [(key, postings.docs) for key, postings in self.terms.starting(field)]
        return self._keys[field]


def new_segment(storage: MappedStorage) -> Any:
    """Return an empty segment of Whoosh's, which names the files."""
    return W3Codec().new_segment(storage, NAME)


def write_columns(storage: MappedStorage, segment: Any, fields: Fields, columns: Mapping[str, Array]) -> None:
    """Write all columns one after the other, in the order of the fields' columns."""
    file = segment.create_file(storage, COLUMNS_EXTENSION)
    for name, kind in fields.columns.items():
        file.write(np.asarray(columns[name], dtype=kind).tobytes())
    file.close()


def read_columns(storage: MappedStorage, segment: Any, fields: Fields) -> dict[str, Array]:
    """Return all columns, each as long as the segment has documents."""
    buffer = storage.open_file(segment.make_filename(COLUMNS_EXTENSION)).buffer
    columns, place = {}, 0
    for name, kind in fields.columns.items():
        columns[name] = np.frombuffer(buffer, dtype=kind, count=segment.doc_count_all(), offset=place)
        place += columns[name].nbytes
    return columns


class SegmentBuilder:
    """Gathers documents in memory and writes them as one segment; a thousand of 450 words take about 30 MB."""

    def __init__(self, fields: Fields) -> None:
        self.fields = fields
        self.size = 0
        self._columns: dict[str, list[int]] = {name: [] for name in fields.columns}
        self._words: dict[str, dict[str, _Words]] = {name: {} for name in fields.words}
        self._stems: dict[str, dict[str, _Counts]] = {name: {} for name in fields.words if name in STEMMED}
        self._keys: dict[str, dict[str, array[int]]] = {name: {} for name in fields.keys}

    def add(self, prepared: Mapping[str, Any]) -> None:
        """Add a document that Haystack prepared."""
        number = self.size
        lengths = {name: self._add_words(name, prepared.get(name) or "", number) for name in self.fields.words}
        for name in self.fields.keys:
            for key in sorted(set(prepared.get(name) or ())):
                self._keys[name].setdefault(key, array("I")).append(number)
        for name, column in self._columns.items():
            column.append(int(prepared.get(name) or 0))
        for name, length in lengths.items():
            self._columns[length_column(name)][-1] = length
        self._columns["article"][-1] = article_of(prepared)
        self.size += 1

    def _add_words(self, name: str, text: str, number: int) -> int:
        words, stems = self._words[name], self._stems.get(name)
        length = 0
        counts: dict[str, int] = {}
        for term, positions in analysis.positions_by_term(text).items():
            count = len(positions)
            length += count
            entry = words.get(term)
            if entry is None:
                entry = words[term] = _Words()
            entry.docs.append(number)
            entry.counts.append(min(count, MOST_COUNTED))
            entry.positions.extend(positions[:MOST_COUNTED])
            if stems is not None and not term.isupper():
                stem = analysis.stem(term)
                counts[stem] = counts.get(stem, 0) + count
        if stems is not None:
            for stem, count in counts.items():
                held = stems.get(stem)
                if held is None:
                    held = stems[stem] = _Counts()
                held.docs.append(number)
                held.counts.append(min(count, MOST_COUNTED))
        return length

    def write(self, storage: MappedStorage) -> Any:
        """Write the segment's files and return the segment, for the table of contents."""
        segment = new_segment(storage)
        segment.set_doc_count(self.size)
        terms = TermsWriter(storage, segment, self.fields.terms)
        for field in self.fields.terms:
            for term, encoded in sorted(self._encoded(field)):
                terms.add(field, term, encoded)
        terms.close()
        columns = {name: np.array(column) for name, column in self._columns.items()}
        write_columns(storage, segment, self.fields, columns)
        return segment

    def _encoded(self, field: str) -> list[tuple[bytes, bytes]]:
        if field in self._words:
            return [
                (term.encode(), encode(_numbers(one.docs), _numbers(one.counts), _numbers(one.positions)))
                for term, one in self._words[field].items()
            ]
        if field in self._keys:
            return [(key.encode(), encode(_numbers(docs), None, None)) for key, docs in self._keys[field].items()]
        stems = next(held for name, held in self._stems.items() if stems_field(name) == field)
        return [(stem.encode(), encode(_numbers(one.docs), _numbers(one.counts), None)) for stem, one in stems.items()]


class _Counts:
    """The documents of a stem and how often each holds it."""

    __slots__ = ("counts", "docs")

    def __init__(self) -> None:
        self.docs = array("I")
        self.counts = array("H")


class _Words(_Counts):
    """The documents of a word, how often each holds it, and where."""

    __slots__ = ("positions",)

    def __init__(self) -> None:
        super().__init__()
        self.positions = array("I")


def _numbers(values: array[int]) -> Array:
    return np.frombuffer(values, dtype=f"u{values.itemsize}")


__all__ = ["NAME", "Postings", "Segment", "SegmentBuilder", "new_segment", "read_columns", "write_columns"]
