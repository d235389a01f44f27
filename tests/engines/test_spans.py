"""In which stretch of a text a place lies is told alike, whichever there are more of."""

from __future__ import annotations

import numpy as np
import pytest

from articles.search.engines.spans import stretches_of


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
