"""The engine is a Haystack backend: `SearchQuerySet` works, and refuses what it cannot do."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.management import call_command
from haystack.exceptions import SearchBackendError
from haystack.query import SearchQuerySet

from articles.models import Article
from articles.search.pending import drain
from tests.factories import make_actor, make_article, make_mention

pytestmark = pytest.mark.usefixtures("index")


@pytest.fixture
def articles() -> list[Article]:
    first = make_article(
        headline="Peace plan", body="Annan, spoke.", outlet="Smith, John & Co", published=date(2012, 7, 2)
    )
    second = make_article(
        headline="Waters", body="Annan's truce, the cease fire.", published=date(2011, 1, 5)
    )
    third = make_article(headline="Nothing", body="Nobody spoke.")
    make_mention(first, make_actor("Kofi Annan"))
    drain()
    return [first, second, third]


def keys(found: SearchQuerySet) -> list[int]:
    return sorted(int(result.pk) for result in found[:100])


def test_queries(articles: list[Article]) -> None:
    first, second, third = (article.pk for article in articles)
    everything = SearchQuerySet()

    assert keys(everything.all()) == [first, second, third]
    assert keys(everything.filter(content="annan")) == [first, second]
    assert keys(everything.filter(content="annan").exclude(content="truce")) == [first]
    assert keys(everything.auto_query('annan "cease fire"')) == [second]
    assert keys(everything.auto_query("spoke -annan")) == [third]
    assert keys(everything.filter(headline="plan")) == [first]
    assert keys(everything.filter(content__startswith="noth")) == [third]
    assert keys(everything.filter_or(content="truce").filter_or(content="nobody")) == [second, third]
    assert keys(everything.filter(django_id=second)) == [second]
    assert keys(everything.filter(first_day__gt=date(2012, 1, 1).toordinal())) == [first]
    assert keys(everything.models(Article)) == [first, second, third]
    assert everything.filter(content="annan")[0].object in articles[:2]


def test_facet_values_are_whole_and_narrowing_is_exact(articles: list[Article]) -> None:
    outlet = articles[0].outlet_id
    counts = SearchQuerySet().facet("outlet").facet("year").facet_counts()["fields"]

    assert dict(counts["outlet"]) == {f"outlet:{outlet}": 1, "outlet:none": 2}
    assert dict(counts["year"]) == {"year:2012": 1, "year:2011": 1, "year:undated": 1}
    assert keys(SearchQuerySet().narrow(f'outlet:"outlet:{outlet}"')) == [articles[0].pk]
    assert keys(SearchQuerySet().filter(outlet__in=[f"outlet:{outlet}", "outlet:none"])) == [
        a.pk for a in articles
    ]


def test_order_and_slices(articles: list[Article]) -> None:
    newest = SearchQuerySet().all().order_by("-last_day")

    assert [int(result.pk) for result in newest] == [article.pk for article in articles]
    assert [int(result.pk) for result in newest[1:2]] == [articles[1].pk]
    assert SearchQuerySet().order_by("last_day", "-django_id")[0].pk == str(articles[2].pk)


def test_highlights_are_marked_and_escaped(articles: list[Article]) -> None:
    [result] = SearchQuerySet().filter(content="nobody").highlight()

    assert result.highlighted == {"text": ["<mark>Nobody</mark> spoke."]}


@pytest.mark.parametrize(
    "ask",
    [
        lambda: SearchQuerySet().filter(content__endswith="an").count(),
        lambda: SearchQuerySet().filter(content__fuzzy="anan").count(),
        lambda: SearchQuerySet().facet("headline").facet_counts(),
        lambda: list(SearchQuerySet().order_by("headline")),
        lambda: SearchQuerySet().filter(headline__gt="a").count(),
        lambda: (
            SearchQuerySet().date_facet("year", date(2012, 1, 1), date(2013, 1, 1), "month").facet_counts()
        ),
    ],
)
def test_what_it_cannot_do_it_refuses(articles: list[Article], ask: object) -> None:
    with pytest.raises(SearchBackendError):
        ask()  # type: ignore[operator]


def test_more_like_this(articles: list[Article]) -> None:
    alike = make_article(headline="Peace plan again", body="Annan, spoke of it.")
    drain()

    assert keys(SearchQuerySet().more_like_this(articles[0])) == [alike.pk]
    assert SearchQuerySet().more_like_this(articles[0]).count() == 1
    with pytest.raises(SearchBackendError):
        SearchQuerySet().filter(content="annan").more_like_this(articles[0]).count()


def test_haystacks_own_commands(articles: list[Article]) -> None:
    call_command("clear_index", interactive=False, verbosity=0)
    assert SearchQuerySet().count() == 0
    call_command("update_index", verbosity=0)
    assert SearchQuerySet().count() == 3
