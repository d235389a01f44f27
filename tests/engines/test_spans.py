"""Places of words: in which stretch of a text they lie, in a row, close together, in some documents alone."""

from __future__ import annotations

import random

import numpy as np
import pytest

from articles.search.engines.postings import Postings
from articles.search.engines.spans import PLACES, close, in_a_row, places_of, stretches_of


@pytest.mark.parametrize("begun", [[0], [0, 3, 9], [0, 0, 4, 4, 20], list(range(0, 40, 3))])
@pytest.mark.parametrize(
    "places", [[], [0], [2, 3, 4], [0, 1, 2, 3, 4, 5, 8, 9, 19, 20, 21], list(range(50))]
)
def test_a_place_lies_in_the_last_stretch_that_begins_at_it_or_before(
    begun: list[int], places: list[int]
) -> None:
    found = stretches_of(np.array(places, dtype=np.int64), np.array(begun))

    assert found.tolist() == [
        max(number for number, start in enumerate(begun) if start <= place) for place in places
    ]


def test_no_texts_no_places() -> None:
    none = np.zeros(0, dtype=np.int64)

    assert stretches_of(none, none).tolist() == []


def scattered(chance: random.Random, count: int) -> list[int]:
    """Places in three documents of twenty words, ascending; words may share a place."""
    return sorted({chance.randrange(3) * PLACES + chance.randrange(20) for _ in range(count)})


@pytest.mark.parametrize("seed", range(20))
def test_words_in_a_row_and_close_are_those_that_looking_at_each_place_finds(seed: int) -> None:
    chance = random.Random(seed)
    words = [scattered(chance, chance.choice((0, 2, 12, 25))) for _ in range(chance.randint(2, 4))]
    places = [np.array(word, dtype=np.int64) for word in words]
    for width in (1, 3, 8):
        expected = []
        for anchor in sorted({place for word in words for place in word}):
            nearest = [min((place for place in word if place >= anchor), default=None) for word in words]
            if all(place is not None and place - anchor <= width for place in nearest):
                expected.append((anchor, max(nearest)))
        found = close(places, width)
        assert list(zip(found.starts.tolist(), found.ends.tolist(), strict=True)) == expected

    rows = [start for start in words[0] if all(start + far in word for far, word in enumerate(words))]
    assert in_a_row(places).tolist() == rows


@pytest.mark.parametrize("counts", [None, [2, 1, 3]])
def test_postings_among_some_documents_have_their_places_alone(counts: list[int] | None) -> None:
    positions = np.arange(sum(counts or (1, 1, 1)))
    postings = Postings(np.array([1, 4, 6]), None if counts is None else np.array(counts), positions)
    documents = np.zeros(8, dtype=np.bool_)
    assert postings.among(documents) is None
    assert postings.among(~documents) is postings

    documents[[4, 5]] = True
    kept = postings.among(documents)
    assert kept is not None
    every = places_of(postings)
    assert places_of(kept).tolist() == every[every // PLACES == 4].tolist()
