"""The table of keys."""

from __future__ import annotations

from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from articles.resolve.copies.postings import COMMON, Postings, count_sharing


def keys(*values: int) -> np.ndarray[tuple[int, ...], np.dtype[np.uint32]]:
    return np.array(values, dtype=np.uint32)


@given(st.lists(st.sets(st.integers(0, 2**32 - 1) | st.integers(0, 5), min_size=1, max_size=4), max_size=30))
def test_it_answers_as_a_dictionary_does_packed_or_not(texts: list[set[int]]) -> None:
    fresh, packed = Postings(), Postings()
    for number, text in enumerate(texts):
        fresh.add(keys(*text), number)
        packed.add(keys(*text), number)
        packed._pack()
    for text in texts:
        wanted = Counter({number: len(text & other) for number, other in enumerate(texts) if text & other})
        assert fresh.sharing(keys(*text)).every == wanted
        assert packed.sharing(keys(*text)).every == wanted


def test_runs_are_as_few_as_the_doublings() -> None:
    postings = Postings()
    for number in range(100):
        postings.add(keys(number, 2**32 - 1 - number), number)
        postings._pack()
    assert len(postings._runs) <= 8
    assert sum(map(len, postings._runs)) == 200


def test_of_a_common_key_only_the_first_texts_count_and_none_as_rare() -> None:
    postings = Postings()
    for number in range(COMMON + 20):
        postings.add(keys(7, 100 + number), number)
        if number % 10 == 0:
            postings._pack()
    found = postings.sharing(keys(7, 100))
    assert sorted(found.every) == list(range(COMMON))
    assert found.rare == Counter({0: 1})


def test_counting_for_shelves_of_another_make() -> None:
    found = count_sharing([[1, 2], [2], []])
    assert found.every == found.rare == Counter({2: 2, 1: 1})
