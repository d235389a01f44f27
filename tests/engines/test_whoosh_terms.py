"""The embedded engine's dictionary: one term and very many are looked up alike, whatever their hashes are."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from zlib import crc32

import numpy as np
import pytest

from articles.search.engines.whoosh import terms
from articles.search.engines.whoosh.gathered import gathered
from articles.search.engines.whoosh.postings import Lists
from articles.search.engines.whoosh.segment import new_segment
from articles.search.engines.whoosh.storage import IndexStorage
from articles.search.engines.whoosh.terms import TermsReader, TermsWriter

FIELDS = ["empty", "text"]
HELD = sorted(["plumless", "last", *(f"word{number}" for number in range(3000))])
LONG = 7  # every so many-th list is too long to stand beside its term


@pytest.fixture
def reader(tmp_path: Path) -> TermsReader:
    storage = IndexStorage(tmp_path)
    segment = new_segment(storage)
    writer = TermsWriter(storage, segment, FIELDS)
    for number, term in enumerate(HELD):
        docs = np.arange(2000 if number % LONG == 0 else 2) + number
        positions = np.arange(len(docs)) + (70_000 if number % 5 == 0 else 0)
        encoded = Lists(docs, np.ones(len(docs), dtype=np.uint32), positions).encoded(0, len(docs))
        writer.add("text", term.encode(), encoded)
    writer.close()
    return TermsReader(storage, segment)


def looked_up(reader: TermsReader, words: list[str], *, positions: bool) -> Iterator[tuple[str, bytes]]:
    return ((words[place], one) for place, one in reader.several("text", words, positions=positions))


@pytest.mark.parametrize("positions", [False, True])
def test_many_terms_are_looked_up_as_one_by_one(reader: TermsReader, *, positions: bool) -> None:
    words = [word for number in range(0, 6000, 11) for word in (f"word{number}", f"none{number}")]
    words += ["plumless", "buckeroo"]
    assert crc32(b"plumless") == crc32(b"buckeroo"), "one is there and the other is not"
    assert len(words) > terms.FEW_TERMS
    one_by_one = [
        (word, one)
        for start in range(0, len(words), terms.FEW_TERMS)
        for word, one in looked_up(reader, words[start : start + terms.FEW_TERMS], positions=positions)
    ]

    assert [word for word, _ in one_by_one] == [word for word in words if word in HELD]
    assert list(looked_up(reader, words, positions=positions)) == one_by_one
    assert list(reader.several("empty", words)) == list(reader.several("nosuch", words)) == []


def test_a_stretch_of_terms_is_read_in_a_row(reader: TermsReader) -> None:
    between = [term for term in HELD if "last" <= term <= "word1"]
    assert [term for term, _ in reader.postings("text", "last", "word1")] == between
    assert [term for term, _ in reader.postings("text", "word1")] == [one for one in HELD if one >= "word1"]
    assert list(reader.postings("empty", "a")) == []


@pytest.mark.parametrize("words", [HELD[1:4], HELD[:6], HELD])
def test_lists_read_together_have_what_each_has(reader: TermsReader, words: list[str]) -> None:
    lists = [(number, 10 * number, one) for number, one in reader.several("text", words)]
    together = gathered(lists, positions=True)

    each = [reader.get("text", word) for word in words]
    expected = [
        (number, int(doc) + 10 * number, int(position))
        for number, one in enumerate(each)
        if one is not None and one.positions is not None
        for doc, position in zip(one.docs, one.positions, strict=True)
    ]
    assert together.positions is not None
    assert (
        list(zip(together.which.tolist(), together.docs.tolist(), together.positions.tolist(), strict=True))
        == expected
    )
    assert together.words.tolist() == together.which.tolist()
    assert together.counts.tolist() == [1] * len(expected)


def test_no_lists_have_no_places() -> None:
    nothing = gathered([], positions=True)
    assert nothing.places.tolist() == nothing.words.tolist() == nothing.docs.tolist() == []
