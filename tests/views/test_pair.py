"""The page of two actors."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from articles.models import Actor
from articles.views.actor_links import pair_url
from articles.views.pair import QUOTES_SHOWN, remarks
from tests.factories import make_actor, make_article, make_mentions, make_quote

See = Callable[..., str]
pytestmark = pytest.mark.django_db

BODY = (
    "Oren Vashti met Dana Reeve on Monday.\n\nOren Vashti said “Dana Reeve keeps her word, always”. He left."
)


@pytest.fixture
def pair() -> tuple[Actor, Actor]:
    vashti, reeve = make_actor("Oren Vashti"), make_actor("Dana Reeve")
    article = make_article(headline="Talks", body=BODY, published=date(2012, 7, 2))
    apart = make_article(headline="Apart", body="Oren Vashti left.\n\nDana Reeve stayed.")
    alone = make_article(headline="Alone", body="Oren Vashti was alone.")
    for one in (article, apart, alone):
        make_mentions(one, vashti)
        make_mentions(one, reeve)
    make_quote(article, "Dana Reeve keeps her word, always", vashti)
    return vashti, reeve


def test_it_shows_shared_articles_sentences_and_remarks(see: See, pair: tuple[Actor, Actor]) -> None:
    html = see(pair_url(*pair))

    assert "2 articles" in html
    assert "Talks" in html
    assert "Alone" not in html
    assert "met <a" in html
    assert "Both are named, in different sentences." in html
    assert "keeps her word, always”" in html
    assert "Nothing said by Dana Reeve that names Oren Vashti." in html
    assert "July 2012" in html


def test_reported_speech_stands_without_quotation_marks(see: See, pair: tuple[Actor, Actor]) -> None:
    vashti, reeve = pair
    article = make_article(body="Dana Reeve said that Oren Vashti would come back.")
    make_mentions(article, vashti)
    make_quote(article, "Oren Vashti would come back", reeve, kind="reported")
    html = see(pair_url(*pair))

    assert "would come back</p>" in html
    assert "would come back”" not in html
    assert "reported, not quoted" in html


def test_of_many_remarks_only_those_shown_are_fetched_the_newest_first(
    pair: tuple[Actor, Actor], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    vashti, reeve = pair
    words = "Dana Reeve keeps her word, always"
    for day in range(1, QUOTES_SHOWN + 5):
        article = make_article(body=f"“{words}”, Oren Vashti said.", published=date(2012, 8, day % 28 + 1))
        make_mentions(article, reeve)
        make_quote(article, words, vashti)
    make_quote(make_article(body=f"“{words}”", published=None), words, vashti)
    with django_assert_num_queries(2):
        found = remarks(vashti, about=reeve)
    assert len(found) == QUOTES_SHOWN
    assert "body" in found[0].quote.article.get_deferred_fields()
    days = [one.quote.article.published_to for one in found]
    assert None not in days
    assert days == sorted(days, reverse=True)  # type: ignore[type-var]  # none is None
    assert all('class="actor' in one.html or "<a" in one.html for one in found)


def test_the_address_is_one_whichever_comes_first(client: Client, pair: tuple[Actor, Actor]) -> None:
    vashti, reeve = pair
    assert pair_url(vashti, reeve) == pair_url(reeve, vashti)
    response = client.get(f"/actors/{reeve.pk}/with/{vashti.pk}/")
    assert response.status_code == 302
    assert response["Location"] == pair_url(vashti, reeve)


def test_merged_actors_lead_on(client: Client, pair: tuple[Actor, Actor]) -> None:
    vashti, reeve = pair
    merged = make_actor("O. Vashti", merged_into=vashti)
    assert client.get(f"/actors/{reeve.pk}/with/{merged.pk}/")["Location"] == pair_url(vashti, reeve)
    assert client.get(f"/actors/{vashti.pk}/with/{merged.pk}/")["Location"] == vashti.get_absolute_url()


def test_what_is_no_actor_has_no_pair(client: Client, pair: tuple[Actor, Actor]) -> None:
    hidden = make_actor("Skip to Content", hidden=True)
    assert client.get(pair_url(pair[0], hidden)).status_code == 404
    assert client.get(f"/actors/{pair[0].pk}/with/999999/").status_code == 404


def test_its_search_finds_the_same_articles(see: See, pair: tuple[Actor, Actor]) -> None:
    html = see(pair_url(*pair))
    address = html.split('Named together in <a href="')[1].split('"')[0].replace("&amp;", "&")
    assert "<b>2 articles</b>" in see(address)


def test_two_people_are_asked_for_by_name(client: Client, see: See, pair: tuple[Actor, Actor]) -> None:
    vashti, _reeve = pair
    assert client.get("/actors/pair/?one=vashti&other=dana+reeve")["Location"] == pair_url(*pair)
    assert client.get(f"/actors/pair/?one_is={vashti.pk}&other=reeve")["Location"] == pair_url(*pair)
    assert 'value="Oren Vashti"' in see(pair_url(*pair))
    assert 'value="Dana Reeve"' in see(pair_url(*pair))


def test_a_name_of_several_is_asked_about(client: Client, see: See, pair: tuple[Actor, Actor]) -> None:
    vashti, _ = pair
    other = make_actor("Mira Vashti")
    html = see("/actors/pair/", one="Vashti", other="Dana Reeve")

    assert "Who is “Vashti”?" in html
    assert f'name="one_is" value="{other.pk}"' in html
    assert f'name="other_is" value="{pair[1].pk}"' in html
    address = f"/actors/pair/?one_is={vashti.pk}&other_is={pair[1].pk}"
    assert client.get(address)["Location"] == pair_url(*pair)


def test_names_that_mean_nobody_or_the_same_say_so(see: See, pair: tuple[Actor, Actor]) -> None:
    assert "No actor is called “Xqzt”" in see("/actors/pair/", one="Xqzt", other="Dana Reeve")
    assert "Both names mean Dana Reeve." in see("/actors/pair/", one="reeve", other="Dana Reeve")
    assert "Show both" in see("/actors/pair/")
    assert see("/actors/pair/", one_is="9" * 40, other_is="1x")


def test_the_page_of_an_actor_leads_to_the_articles_that_name_both(
    see: See, pair: tuple[Actor, Actor]
) -> None:
    html = see(pair[0].get_absolute_url())
    assert pair_url(*pair) in html
    address = html.split('class="count" href="')[1].split('"')[0].replace("&amp;", "&")
    assert "<b>2 articles</b>" in see(address)


def test_it_asks_the_database_few_questions(
    client: Client, pair: tuple[Actor, Actor], django_assert_max_num_queries: Callable
) -> None:
    for number in range(15):
        article = make_article(body=BODY, outlet=f"Outlet {number}")
        for actor in pair:
            make_mentions(article, actor)
        make_quote(article, "Dana Reeve keeps her word, always", pair[0])
    with django_assert_max_num_queries(16):
        client.get(pair_url(*pair))
