"""Counting by story."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from articles.search.engines.ask import Count, Found, Order, Range
from tests.engines.contract.asking import ALL_FACETS, Engine, ask, choice
from tests.engines.documents import document


class Stories:
    @pytest.fixture
    def told(self, engine: Engine) -> Engine:
        """Give two stories and an article by itself; the first story has a dated and an undated version."""
        engine.write(
            [
                document(1, "peace", outlet=1, published=date(2012, 7, 2), story="story:7"),
                document(2, "peace peace", outlet=2, published=date(2012, 8, 1), story="story:7"),
                document(3, "peace", outlet=2, story="story:7"),
                document(4, "war", outlet=2, published=date(2012, 7, 9), story="story:8"),
            ]
        )
        engine.write([document(5, "war", outlet=2, published=date(2012, 7, 8), story="story:8")])
        engine.write([document(7, "peace of mind", published=date(2012, 8, 3))])
        return engine

    def by_story(self, engine: Engine, query: str = "", **options: Any) -> Found:
        return ask(engine, query, count=Count.STORIES, facets=ALL_FACETS, **options)

    def test_both_totals_are_always_told(self, told: Engine) -> None:
        articles, stories = ask(told), self.by_story(told)

        assert (articles.total, articles.article_total, articles.story_total) == (6, 6, 3)
        assert (stories.total, stories.article_total, stories.story_total) == (3, 6, 3)
        assert (articles.archive_total, stories.archive_total) == (6, 3)
        assert articles.more_versions == (0,) * 6

    def test_counts_are_of_distinct_stories(self, told: Engine) -> None:
        found = self.by_story(told)

        assert found.counts["outlet"].inside == {"outlet:1": 1, "outlet:2": 2, "outlet:none": 1}
        assert found.months == {"month:2012-07": 2, "month:2012-08": 2, "month:undated": 1}
        assert found.archive_months == found.months

    def test_what_a_value_adds_counts_no_story_twice(self, told: Engine) -> None:
        counts = self.by_story(told, choices={"outlet": choice("outlet:1")}).counts["outlet"]

        assert counts.inside == {"outlet:1": 1}
        assert counts.outside == {"outlet:2": 1, "outlet:none": 1}

    def test_an_exclusion_says_how_many_stories_it_hides(self, told: Engine) -> None:
        counts = self.by_story(told, choices={"outlet": choice(excluded=["outlet:2"])}).counts["outlet"]

        assert counts.without_exclusion == {"outlet:2": 3}

    @pytest.mark.parametrize(
        ("query", "order", "articles", "more"),
        [
            ("peace", Order.RELEVANCE, (2, 7), (2, 0)),
            ("", Order.NEWEST, (7, 5, 1), (0, 1, 2)),
            ("", Order.OLDEST, (1, 5, 7), (2, 1, 0)),
        ],
    )
    def test_one_article_stands_for_its_story(
        self, told: Engine, query: str, order: Order, articles: tuple[int, ...], more: tuple[int, ...]
    ) -> None:
        found = self.by_story(told, query, order=order)

        assert (found.articles, found.more_versions) == (articles, more)

    def test_pages_count_stories(self, told: Engine) -> None:
        pages = [self.by_story(told, order=Order.OLDEST, page=page, size=2) for page in (1, 2, 9)]

        assert [found.articles for found in pages] == [(1, 5), (7,), (7,)]
        assert {found.pages for found in pages} == {2}

    def test_the_undated_left_out_are_stories(self, told: Engine) -> None:
        told.write([document(6, "peace", story="story:7")])

        assert self.by_story(told, published=Range(date(2012, 7, 1), None)).undated_left_out == 1

    def test_hidden_articles_tell_no_story(self, told: Engine) -> None:
        told.write([document(7, status=["status:hidden"]), document(1, status=["status:hidden"])])

        assert self.by_story(told).total == 2
        assert self.by_story(told, curator=True).total == 4

    def test_an_article_that_moves_changes_its_story(self, told: Engine) -> None:
        told.write([document(5), document(4, story="story:7")])

        assert self.by_story(told).total == 3
        assert told.stories() == {
            **dict.fromkeys((1, 2, 3, 4), "story:7"),
            5: "article:5",
            7: "article:7",
        }
