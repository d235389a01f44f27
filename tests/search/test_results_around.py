"""Stepping through results from inside an article."""

from __future__ import annotations

from dataclasses import replace

import pytest

from articles.models import Article, PendingIndex, Status
from articles.search import results_around as stepping
from articles.search.pending import drain
from articles.search.request import SearchRequest
from articles.search.results_around import Around, results_around
from articles.search.run import run, understand
from tests.factories import make_article
from tests.search.archive import make_archive

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("index")]


def around(article: Article, number: int, query: str) -> Around:
    return results_around(article, number, understand(SearchRequest.from_query_string(query)))


@pytest.mark.parametrize(
    "query", ["?q=annan", "?q=peace+OR+plan&sort=oldest", "?count=stories", "?sort=newest"]
)
def test_stepping_to_the_end_meets_every_result_in_order(query: str) -> None:
    make_archive(60, seed=3, stories=8)
    drain()
    listed = []
    page = run(replace(SearchRequest.from_query_string(query), size=10))
    listed += [hit.article.pk for hit in page.hits]
    while page.next_url:
        page = run(SearchRequest.from_query_string(page.next_url))
        listed += [hit.article.pk for hit in page.hits]
    met = [Article.objects.get(pk=listed[0])]
    found = around(met[0], 1, query)
    assert found.previous is None
    while found.next:
        met.append(found.next.article)
        found = around(met[-1], found.next.number, query)
        assert found.previous is not None
        assert found.previous.article == met[-2]
        assert found.number == len(met)
        assert not found.moved

    assert [article.pk for article in met] == listed
    assert found.total == len(listed)


def test_an_article_that_stands_far_from_its_place_is_found_up_to_a_bound(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = [make_article(headline="Talks") for _ in range(30)]
    drain()
    found = around(made[0], 3, "?q=talks")
    assert (found.number, found.moved) == (30, True)
    assert around(made[0], 999_999_999, "?q=talks").number == 30
    monkeypatch.setattr(stepping, "MOST_LOOKED_THROUGH", 20)

    assert around(made[0], 3, "?q=talks").number is None


def test_an_article_that_is_gone_or_hidden_is_stepped_over() -> None:
    made = [make_article(headline="Talks") for _ in range(4)][::-1]
    drain()
    Article.objects.filter(pk=made[1].pk).update(status=Status.HIDDEN)
    PendingIndex.objects.all().delete()
    found = around(made[0], 1, "?q=talks")

    assert found.next is not None
    assert (found.next.number, found.next.article) == (3, made[2])


def test_what_is_no_result_has_the_neighbours_of_its_former_place() -> None:
    made = [make_article(headline="Talks") for _ in range(3)][::-1]
    other = make_article(headline="Fishing")
    drain()
    found = around(other, 2, "?q=talks")

    assert found.number is None
    assert not found.moved
    assert found.previous is not None
    assert found.next is not None
    assert (found.previous.article, found.next.article) == (made[0], made[1])
