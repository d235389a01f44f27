"""Pages, near and deep."""

from __future__ import annotations

from datetime import date

import pytest

from articles.search.engines.ask import Order
from tests.engines.contract.asking import Engine, ask
from tests.engines.documents import document


class Paging:
    @pytest.fixture
    def many(self, engine: Engine) -> Engine:
        engine.write([document(number, published=date(2012, 1, 1)) for number in range(1, 46)])
        return engine

    @pytest.mark.parametrize(
        ("asked", "page", "first", "count"),
        [
            (1, 1, 45, 10),
            (2, 2, 35, 10),
            (5, 5, 5, 5),
            (6, 5, 5, 5),
            (10**10, 5, 5, 5),
            (0, 1, 45, 10),
            (-7, 1, 45, 10),
        ],
    )
    def test_the_nearest_page_is_given(
        self, many: Engine, asked: int, page: int, first: int, count: int
    ) -> None:
        found = ask(many, page=asked, size=10)

        assert (found.page, found.pages, found.total) == (page, 5, 45)
        assert (found.articles[0], len(found.articles)) == (first, count)

    def test_pages_together_are_the_whole_result(self, many: Engine) -> None:
        pages = [ask(many, "envoys", page=page, size=10).articles for page in range(1, 6)]

        assert sorted(article for page in pages for article in page) == list(range(1, 46))

    def test_page_1000_is_as_near_as_the_first(self, engine: Engine) -> None:
        engine.write([document(number, "word", published=date(2012, 1, 1)) for number in range(1, 10_006)])
        for order in Order:
            found = ask(engine, "word", page=1000, size=10, order=order)
            assert (found.page, found.pages, found.total) == (1000, 1001, 10_005)
            first = 9_991 if order is Order.OLDEST else 15
            step = 1 if order is Order.OLDEST else -1
            assert found.articles == tuple(range(first, first + 10 * step, step))

    def test_an_empty_result_has_one_page(self, many: Engine) -> None:
        found = ask(many, "nosuchword", page=3)

        assert (found.page, found.pages, found.total, found.articles) == (1, 1, 0, ())

    def test_counts_alone(self, many: Engine) -> None:
        found = ask(many, size=0, facets=("year",))

        assert (found.total, found.articles) == (45, ())
        assert found.counts["year"].inside == {"year:2012": 45}
