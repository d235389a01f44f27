"""What the first page counts, where an import writes between two of its searches."""

from __future__ import annotations

from articles.search.facets import DOUBTFUL, UNDATED
from articles.search.holdings import Held, _rest


def test_what_is_left_of_the_whole() -> None:
    whole = Held({"2012-06": 2, "2012-07": 5}, {"2012": 8}, undated=3, total=11)
    part = Held({"2012-06": 2, "2012-07": 1}, {"2012": 4}, undated=1, total=5)

    left = _rest(whole, [part])

    assert left == Held({"2012-07": 4}, {"2012": 4}, undated=2, total=6)
    assert left.by("month") == {"2012-07": 4, DOUBTFUL: 0, UNDATED: 2}


def test_articles_that_came_in_between_leave_no_less_than_nothing() -> None:
    whole = Held({"2012-06": 2, "2012-07": 5}, {"2012": 7}, undated=1, total=8)
    later = Held({"2012-06": 4, "2012-07": 5}, {"2012": 9}, undated=2, total=11)

    left = _rest(whole, [later])

    assert left == Held({}, {}, undated=0, total=0)
    assert min(_rest(whole, [Held({}, {}, undated=0, total=8)]).by("month").values()) == 0
