"""One segment of the index: written once, then opened once and kept."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any

import numpy as np
from whoosh.codec.whoosh3 import W3Codec

from articles.search import analysis
from articles.search.engines.documents import Array, Interner
from articles.search.engines.schema import (
    BREAKS,
    NUMBERS,
    STEMMED,
    STORY,
    Fields,
    article_of,
    length_column,
    stems_field,
    story_number,
)
from articles.search.engines.whoosh.postings import by_term, decode
from articles.search.engines.whoosh.storage import IndexStorage
from articles.search.engines.whoosh.terms import TermsReader, TermsWriter

NAME = "MAIN"  # Whoosh's name for the one index of a folder
COLUMNS_EXTENSION = ".col"


class Segment:
    """A segment's files never change, so what is read from them can be kept; deletions are the snapshot's."""

    def __init__(self, storage: IndexStorage, segment: Any, fields: Fields) -> None:
        self.name: str = segment.segment_id()
        self.size: int = segment.doc_count_all()
        self.terms = TermsReader(storage, segment)
        self.columns = read_columns(storage, segment, fields)
        self._pairs: dict[str, tuple[Array, Array]] = {}

    def pairs(self, field: str, interner: Interner) -> tuple[Array, Array]:
        """Return who carries which key of a facet: documents and numbers of keys, side by side."""
        if field not in self._pairs:
            held = [
                (decode(encoded, 0, positions=False).docs.astype(np.int32), interner.number(key))
                for key, encoded in self.terms.postings(field)
            ]
            docs = np.concatenate([np.zeros(0, dtype=np.int32), *(carriers for carriers, _ in held)])
            numbers = np.array([number for _, number in held], dtype=np.int32)
            self._pairs[field] = docs, np.repeat(numbers, [len(carriers) for carriers, _ in held])
        return self._pairs[field]


def new_segment(storage: IndexStorage) -> Any:
    """Return an empty segment of Whoosh's, which names the files."""
    return W3Codec().new_segment(storage, NAME)


def write_columns(storage: IndexStorage, segment: Any, fields: Fields, columns: Mapping[str, Array]) -> None:
    """Write all columns one after the other, in the order of the fields' columns."""
    file = segment.create_file(storage, COLUMNS_EXTENSION)
    for name, kind in fields.columns.items():
        file.write(np.asarray(columns[name], dtype=kind).tobytes())
    file.close()


def read_columns(storage: IndexStorage, segment: Any, fields: Fields) -> dict[str, Array]:
    """Return all columns, each as long as the segment has documents."""
    buffer = storage.open_file(segment.make_filename(COLUMNS_EXTENSION)).mapped
    columns, place = {}, 0
    for name, kind in fields.columns.items():
        columns[name] = np.frombuffer(buffer, dtype=kind, count=segment.doc_count_all(), offset=place)
        place += columns[name].nbytes
    return columns


class SegmentBuilder:
    """Gathers documents in memory and writes them as one segment; 1,000 of 450 words take about 30 MB."""

    def __init__(self, fields: Fields) -> None:
        self.fields = fields
        self.size = 0
        self._columns: dict[str, list[int]] = {name: [] for name in fields.columns}
        self._gathered = {name: _Gathered(positions=name in fields.placed) for name in fields.terms}

    def add(self, prepared: Mapping[str, Any]) -> None:
        """Add a document that Haystack prepared."""
        for name, column in self._columns.items():
            column.append(int(prepared.get(name) or 0) if name in NUMBERS else 0)
        for name in self.fields.words:
            self._columns[length_column(name)][-1] = self._add_words(name, prepared.get(name) or "")
        for name in self.fields.keys:
            self._gathered[name].add(self.size, dict.fromkeys(prepared.get(name) or (), 1))
        self._columns["article"][-1] = article_of(prepared)
        self._columns[STORY][-1] = story_number(prepared[STORY])
        self.size += 1

    def _add_words(self, name: str, text: str) -> int:
        """Add a field's words and their stems; return how many words it was."""
        held = analysis.indexed(text)
        words = held.terms
        counts = {term: len(positions) for term, positions in words.items()}
        self._gathered[name].add(self.size, counts, words.values())
        if name == "text":
            begun = {"paragraph": held.paragraphs, "sentence": held.sentences}
            breaks = {unit: places for unit, places in begun.items() if places}
            counts_of_breaks = {unit: len(places) for unit, places in breaks.items()}
            self._gathered[BREAKS].add(self.size, counts_of_breaks, breaks.values())
        if name in STEMMED:
            stems: dict[str, int] = {}
            for term, count in counts.items():
                if not term.isupper():
                    stem = analysis.stem(term)
                    stems[stem] = stems.get(stem, 0) + count
            self._gathered[stems_field(name)].add(self.size, stems)
        return sum(counts.values())

    def write(self, storage: IndexStorage) -> Any:
        """Write the segment's files and return the segment, for the table of contents."""
        segment = new_segment(storage)
        segment.set_doc_count(self.size)
        terms = TermsWriter(storage, segment, self.fields.terms)
        for field, gathered in self._gathered.items():
            for term, encoded in gathered.encoded():
                terms.add(field, term, encoded)
        terms.close()
        columns = {name: np.array(column) for name, column in self._columns.items()}
        write_columns(storage, segment, self.fields, columns)
        return segment


class _Gathered:
    """The postings of one field in the order of their arrival, sorted by term when they are written."""

    def __init__(self, *, positions: bool) -> None:
        self._numbers: dict[str, int] = {}
        self._terms = array("I")
        self._docs = array("I")
        self._counts = array("I")
        self._positions = array("I") if positions else None

    def add(self, doc: int, counts: Mapping[str, int], positions: Iterable[list[int]] = ()) -> None:
        """Add a document's terms with their counts, and in the same order their positions."""
        numbers = self._numbers
        self._terms.extend([numbers.setdefault(term, len(numbers)) for term in counts])
        self._counts.extend(counts.values())
        self._docs.extend([doc] * len(counts))
        if self._positions is not None:
            self._positions.extend(chain.from_iterable(positions))

    def encoded(self) -> Iterator[tuple[bytes, bytes]]:
        """Yield each term with its posting list, in the order of the terms' bytes."""
        numbers = {term.encode(): number for term, number in self._numbers.items()}
        terms, docs, counts = (_view(each) for each in (self._terms, self._docs, self._counts))
        positions = None if self._positions is None else _view(self._positions)
        yield from by_term(numbers, terms, docs, counts, positions)


def _view(numbers: array[int]) -> Array:
    return np.frombuffer(numbers, dtype=np.uint32) if numbers else np.zeros(0, dtype=np.uint32)
