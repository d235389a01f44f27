"""The first page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from articles.models import Status
from tests.factories import make_actor, make_article, make_mentions

See = Callable[..., str]
pytestmark = pytest.mark.django_db


def test_an_empty_archive_says_how_to_fill_it(see: See) -> None:
    html = see("/")

    assert "The archive is empty" in html
    assert "make ingest FILES=" in html


def test_it_tells_what_the_archive_holds(see: See) -> None:
    annan = make_actor("Kofi Annan")
    for number, day in enumerate((date(2012, 7, 2), date(2012, 7, 9), date(2013, 1, 1)), start=1):
        article = make_article(
            headline=f"Talks {number}", body="Kofi Annan spoke.", outlet="Vessa Herald", published=day
        )
        make_mentions(article, annan)
    make_article(headline="Some day")
    make_article(headline="Not shown", status=Status.HIDDEN)
    html = see("/")

    assert "4 articles from 1 outlet" in html
    assert "1 actor</a>" in html
    assert "1 undated</a>" in html
    assert html.index("Talks 3") < html.index("Talks 1") < html.index("Some day")
    assert "3 articles</span>" in html
    assert "Not shown" not in html
    assert "July 2012: 2</title>" in html
    assert html.count('id="q"') == 1


def test_it_asks_the_database_few_questions(client: Client, django_assert_max_num_queries: Callable) -> None:
    for number in range(12):
        article = make_article(
            body="Kofi Annan spoke.", outlet=f"Outlet {number}", published=date(2012, 7, 2)
        )
        make_mentions(article, make_actor("Kofi Annan"))
    with django_assert_max_num_queries(7):
        client.get("/")
