"""Whatever part of the documents a set is, its keys are counted as by looking at each document."""

from __future__ import annotations

import random
from collections import Counter

import numpy as np
import pytest

from articles.search.engines.documents import FacetColumn, Interner

SIZE = 400


@pytest.mark.parametrize("share", [0, 0.02, 0.2, 0.5, 0.8, 0.98, 1])
def test_keys_are_counted_as_in_each_document(share: float) -> None:
    chance, interner = random.Random(4), Interner()
    keys = [chance.sample("abcdefgh", chance.choice([0, 0, 1, 3])) for _ in range(SIZE)]
    pairs = [(number, interner.number(key)) for number, held in enumerate(keys) for key in held]
    docs, values = (np.array(column) for column in zip(*chance.sample(pairs, len(pairs)), strict=True))
    column = FacetColumn.of(docs, values, SIZE, interner)
    interner.number("of another commit")
    chosen = np.array([chance.random() < share for _ in range(SIZE)])

    expected = Counter(key for held, one in zip(keys, chosen, strict=True) if one for key in held)
    assert column.count(chosen) == expected


def test_no_document_carries_a_key() -> None:
    none = np.zeros(0, dtype=np.int64)
    column = FacetColumn.of(none, none, 3, Interner())

    assert column.count(np.ones(3, dtype=np.bool_)) == {}
