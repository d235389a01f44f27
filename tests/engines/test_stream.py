"""What Tantivy is given to index holds what the analyser finds: every word, at its place."""

from __future__ import annotations

import random
from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.search.analysis import PARAGRAPH_GAP, TOKEN, indexed
from articles.search.engines.tantivy import stream as streams
from articles.search.engines.tantivy.stream import (
    FILLER,
    OTHER_FORM,
    PARAGRAPH,
    Remembered,
    Stream,
    number_of,
    stream_of,
    words_of,
)

BITS = (
    "cease-fire", "tit-for-tat", "U.N.", "US", "it", "who's", "O'Brien", "1,500", "10-year-old", "Köln", "AT&T",
    "a", "A.", "Mr.", "left!", "“Who”", "...", "\n\n", "\n\n***\n\n", " \n ", "x_y", "leaders'", "p.m.", "\x1e", "\x1d", "| _", "=ab",
)  # fmt: skip
texts = st.lists(st.sampled_from(BITS) | st.text(max_size=6), max_size=25).map(" ".join)


def places(words: str) -> dict[str, list[int]]:
    """Return the places of the words of a stream, as Tantivy and `texts` count them."""
    found: dict[str, list[int]] = {}
    gaps = 0
    for number, token in enumerate(words.split()):
        gaps += token == PARAGRAPH
        if token not in (FILLER, PARAGRAPH):
            position = number // 2 + gaps * (PARAGRAPH_GAP - 1)
            found.setdefault(token.removeprefix(OTHER_FORM), []).append(position)
    return found


def by_number(stream: Stream) -> dict[int, list[int]]:
    """Return the places of the words of a stream by their numbers, the gaps between paragraphs counted."""
    numbers = list(enumerate(array("Q", stream.numbers)))
    pairs = array("Q", stream.others)
    numbers += zip(pairs[::2], pairs[1::2], strict=True)
    found: dict[int, list[int]] = {}
    for position, number in sorted(numbers):
        gaps = sum(begun - PARAGRAPH_GAP * order <= position for order, begun in enumerate(stream.paragraphs))
        found.setdefault(number, []).append(position + PARAGRAPH_GAP * (gaps - 1))
    return found


@given(texts)
def test_words_stand_where_the_analyser_has_them(text: str) -> None:
    held, stream = indexed(text), stream_of(text)
    assert places(stream.words) == held.terms
    assert (list(stream.paragraphs), list(stream.sentences)) == (held.paragraphs, held.sentences)
    assert by_number(stream) == {number_of(term): places for term, places in held.terms.items()}
    assert places(words_of(text)) == held.terms


@given(texts)
def test_no_word_has_a_blank_inside(text: str) -> None:
    assert [word for stretch in text.split() for word in TOKEN.findall(stretch)] == TOKEN.findall(text)


def test_every_joiner_and_letter_is_cut_as_the_analyser_cuts_it() -> None:
    chance = random.Random(4)
    letters = "abAB1é_'’\u02bc-\u2010\u2011&.,“) \n"
    for _ in range(3000):
        text = "".join(chance.choices(letters, k=12))
        assert places(words_of(text)) == indexed(text).terms


def test_words_that_come_again_are_remembered_and_the_others_forgotten(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(streams, "REMEMBERED", 10)
    known = Remembered()
    common = known["Common,"]

    for number in range(100):
        assert known[f"rare{number}"].tokens == f"rare{number} {FILLER}"
        assert known["Common,"] is common
        assert len(known) <= streams.REMEMBERED + 2


def test_what_is_longer_than_any_word_is_not_remembered() -> None:
    known = Remembered()
    picture = "iVBORw0KGgo+/" * 1000
    assert known[picture].tokens == stream_of(picture).words
    assert not known


def test_a_forgotten_break_between_paragraphs_still_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "REMEMBERED", 3)
    text = "\n\n".join(f"Word{number} here and there." for number in range(20))
    assert places(stream_of(text).words) == indexed(text).terms
