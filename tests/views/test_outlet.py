"""The pages of outlets."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from articles.models import Outlet, Status
from tests.factories import make_article, make_outlet

See = Callable[..., str]
pytestmark = pytest.mark.django_db


def test_it_shows_coverage_and_articles(see: See) -> None:
    make_article(headline="Second of July", outlet="Vessa Herald", published=date(2012, 7, 2))
    make_article(headline="Some day", outlet="Vessa Herald")
    make_article(
        headline="That winter",
        outlet="Vessa Herald",
        published=(date(2012, 1, 4), date(2012, 2, 7)),
        precision="interval",
    )
    make_article(headline="Not shown", outlet="Vessa Herald", status=Status.HIDDEN)
    outlet = Outlet.objects.get()
    html = see(outlet.get_absolute_url())

    assert "3 articles</a> in the archive" in html
    assert "1 of 3 articles dated to a month" in html
    assert "1 dated less closely (±); 1 undated" in html
    assert f'href="/search/?outlet={outlet.pk}-vessa-herald&amp;month=2012-07"' in html
    assert "Second of July" in html
    assert "Not shown" not in html


def test_one_without_dates_has_no_chart(see: See) -> None:
    make_article(outlet="Vessa Herald")
    html = see("/outlets/vessa-herald/")

    assert "None of 1 article is dated to a month" in html
    assert html.count('<rect class="bar"') == 1


def test_one_without_articles_has_a_page(see: See) -> None:
    assert "shows no article of this outlet" in see(make_outlet("Empty Press").get_absolute_url())


def test_all_outlets_are_listed_with_what_is_held_of_each(see: See) -> None:
    make_article(outlet="Vessa Herald", published=date(2012, 7, 2))
    make_article()
    make_outlet("Empty Press")
    html = see("/outlets/")

    assert (
        '1 outlet; <a href="/search/?outlet=none">1 article</a> from pages that do not say whose they are'
        in html
    )
    assert "2 July 2012" in html
    assert "Empty Press" not in html


def test_no_outlets_yet(see: See) -> None:
    assert "No page in the archive names its outlet yet" in see("/outlets/")


def test_an_outlet_that_is_not_there_is_not_found(client: Client) -> None:
    assert client.get("/outlets/nowhere-press/").status_code == 404


def test_it_asks_the_database_few_questions(client: Client, django_assert_max_num_queries: Callable) -> None:
    for day in range(1, 28):
        make_article(outlet="Vessa Herald", published=date(2012, 7, day))
    with django_assert_max_num_queries(6):
        client.get("/outlets/vessa-herald/")
    with django_assert_max_num_queries(2):
        client.get("/outlets/")


def test_outlets_in_other_letters_have_addresses_of_their_sound() -> None:
    assert Outlet.objects.named("Перемирие").slug == "peremirie"
    assert Outlet.objects.named("!!!").slug == "outlet"
