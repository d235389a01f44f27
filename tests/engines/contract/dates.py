"""Ranges of days, years and months."""

from __future__ import annotations

from datetime import date

import pytest

from articles.search.engines.ask import Range
from tests.engines.contract.asking import Engine, ask, choice, numbers
from tests.engines.documents import dated


class Dates:
    @pytest.mark.parametrize(
        ("first", "last", "expected", "undated"),
        [
            (None, None, [1, 2, 3, 4, 5, 6], 0),
            (date(2012, 7, 1), date(2012, 7, 31), [2, 3, 4], 1),
            (date(2012, 7, 2), None, [3, 4, 6], 1),
            (None, date(2012, 6, 30), [1, 3, 4], 1),
            (date(2014, 1, 1), None, [], 1),
        ],
    )
    def test_a_range_takes_what_overlaps_and_counts_the_undated(
        self, engine: Engine, first: date | None, last: date | None, expected: list[int], undated: int
    ) -> None:
        dated(engine)
        published = Range(first, last)

        assert numbers(engine, published=published) == expected
        assert ask(engine, published=published).undated_left_out == undated

    def test_every_article_has_one_year_and_one_month(self, engine: Engine) -> None:
        counts = ask(dated(engine), facets=("year", "month")).counts

        assert counts["year"].inside == {
            "year:2012": 3,
            "year:2013": 1,
            "year:doubtful": 1,
            "year:undated": 1,
        }
        assert counts["month"].inside == {
            "month:2012-06": 1,
            "month:2012-07": 1,
            "month:2013-07": 1,
            "month:doubtful": 2,
            "month:undated": 1,
        }

    def test_months_of_the_result_and_of_the_archive(self, engine: Engine) -> None:
        found = ask(dated(engine), choices={"outlet": choice("outlet:2")})

        assert found.months == {"month:doubtful": 1, "month:2013-07": 1}
        assert found.archive_months["month:2012-06"] == 1

    def test_a_chosen_month_leaves_the_others_counted(self, engine: Engine) -> None:
        found = ask(dated(engine), choices={"month": choice("month:2013-07")})

        assert found.total == 1
        assert found.months["month:2012-07"] == 1
