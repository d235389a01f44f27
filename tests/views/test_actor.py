"""The pages of actors."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from articles.models import Actor, Alias, Role, Status
from tests.factories import make_actor, make_article, make_mentions

See = Callable[..., str]
pytestmark = pytest.mark.django_db


@pytest.fixture
def sieda() -> Actor:
    actor = make_actor("Abdulbaset Sieda", aliases=("Abdel Baset Seda",))
    lavrov = make_actor("Sergei Lavrov")
    Alias.objects.create(actor=actor, surface="A. Saida", origin="authority")
    first = make_article(
        headline="First",
        body="Abdulbaset Sieda met Sergei Lavrov.",
        outlet="Vessa Herald",
        published=date(2012, 7, 2),
    )
    last = make_article(headline="Last", body="Abdel Baset Seda left.", published=date(2013, 1, 5))
    undated = make_article(headline="Some day", body="Abdulbaset Sieda spoke.")
    hidden = make_article(headline="Secret", body="Abdulbaset Sieda spoke.", status=Status.HIDDEN)
    for article in (first, last, undated, hidden):
        make_mentions(article, actor)
        make_mentions(article, actor, "Abdel Baset Seda")
        make_mentions(article, lavrov)
    Role.objects.create(
        actor=actor, article=first, phrase="head of the Syrian National Council", title="head"
    )
    Role.objects.create(
        actor=actor, phrase="president of the SNC", title="president", held_from=date(2012, 6, 9)
    )
    return actor


def test_it_shows_spellings_roles_articles_and_company(see: See, sieda: Actor) -> None:
    html = see(sieda.get_absolute_url())

    assert "3 articles</a>, 1 of them undated" in html
    assert "First seen" in html
    assert "2 July 2012" in html
    assert "5 January 2013" in html
    assert "2 times" in html
    assert "Vessa Herald</a>, outlet unknown" in html
    assert "not seen here" in html
    assert "head of the Syrian National Council" in html
    assert "from 9 June 2012, by a reference list" in html
    assert "Secret" not in html
    assert html.index(">Last<") < html.index(">First<", html.index('id="articles"'))
    assert re.search(r'Sergei Lavrov</a> <a class="count" href="/search/[^"]+">1 article<', html)
    assert re.search(r'<a class="count" href="/actors/\d+/with/\d+/">side by side<', html)
    assert f"/search/?actor={sieda.pk}-abdulbaset-sieda" in html


def test_one_role_in_several_wordings_is_listed_once(see: See, sieda: Actor) -> None:
    for phrase in ("The Foreign Minister", "foreign minister", "foreign minister", "envoy"):
        article = make_article(body="Abdulbaset Sieda spoke.")
        Role.objects.create(actor=sieda, article=article, phrase=phrase, title=phrase)
    html = see(sieda.get_absolute_url())

    assert re.search(r'foreign minister</span> <span class="count">3 articles<', html)
    assert 'also written <span dir="auto">“The Foreign Minister”' in html


@pytest.mark.parametrize(
    ("began", "ended", "told"),
    [
        (("2011-01-01", "year"), ("2016-12-31", "year"), "2011 to 2016,"),
        (("2011-01-01", "year"), ("2011-12-31", "year"), ">2011,"),
        (("2011-05-01", "month"), None, "from May 2011,"),
        (None, ("2016-05-31", "month"), "to May 2016,"),
        (("2011-01-01", "day"), ("2016-12-31", "year"), "1 January 2011 to 2016,"),
        (None, None, "time in office unknown,"),
    ],
)
def test_a_term_is_told_as_exactly_as_it_is_known(
    see: See, sieda: Actor, began: tuple[str, str] | None, ended: tuple[str, str] | None, told: str
) -> None:
    Role.objects.create(
        actor=sieda,
        phrase="envoy",
        title="envoy",
        held_from=began[0] if began else None,
        held_from_precision=began[1] if began else "day",
        held_to=ended[0] if ended else None,
        held_to_precision=ended[1] if ended else "day",
    )
    assert told in see(sieda.get_absolute_url())


def test_undated_articles_alone_give_no_first_and_last(see: See) -> None:
    actor = make_actor("Ada Lund")
    make_mentions(make_article(body="Ada Lund spoke."), actor)

    assert "none of these articles carries a date" in see(actor.get_absolute_url())


def test_a_wrong_name_in_the_address_leads_to_the_right_one(client: Client, sieda: Actor) -> None:
    for address in (f"/actors/{sieda.pk}-somebody/", f"/actors/{sieda.pk}/"):
        response = client.get(address)

        assert response.status_code == 301
        assert response["Location"] == sieda.get_absolute_url()


def test_a_merged_actor_leads_to_its_successor(client: Client, sieda: Actor) -> None:
    merged = make_actor("Saida", merged_into=sieda)
    response = client.get(merged.get_absolute_url())

    assert response.status_code == 302
    assert response["Location"] == sieda.get_absolute_url()


def test_what_is_no_actor_says_so_to_readers_and_is_shown_to_staff(
    client: Client, admin_client: Client
) -> None:
    ruled_out = make_actor("Skip to Content", hidden=True)
    response = client.get(ruled_out.get_absolute_url())

    assert response.status_code == 404
    assert "is not the name of an actor" in response.content.decode()
    assert admin_client.get(ruled_out.get_absolute_url()).status_code == 200


def test_an_actor_that_nobody_names_any_more_has_a_page(see: See) -> None:
    assert "No article in the archive names this actor now" in see(make_actor("Ada Lund").get_absolute_url())


def test_a_name_in_other_letters_has_an_address(see: See) -> None:
    actor = make_actor("Кофи Аннан")

    assert actor.get_absolute_url().endswith("-actor/")
    assert "Кофи Аннан" in see(actor.get_absolute_url())


@pytest.mark.usefixtures("sieda")
def test_all_actors_can_be_narrowed_by_any_spelling_and_by_kind(see: See) -> None:
    assert "2 actors" in see("/actors/")
    assert "Abdulbaset Sieda</a>" in see("/actors/", name="baset seda")
    assert "Sergei Lavrov</a>" not in see("/actors/", name="baset seda")
    assert "No actor is called “nobody at all”" in see("/actors/", name="nobody at all")
    assert "The archive names no actor of this kind yet." in see("/actors/", kind="state")


@pytest.mark.parametrize("number", ["0", "-1", "99", "x", "", "9" * 5000, "\N{FULLWIDTH DIGIT ONE}"])
def test_no_page_number_is_an_error(see: See, sieda: Actor, number: str) -> None:
    assert "2 actors" in see("/actors/", page=number)
    assert "First seen" in see(sieda.get_absolute_url(), page=number)


@pytest.mark.parametrize(
    "name", ["%", "\0", "'; DROP TABLE", "(" * 500, "\N{RIGHT-TO-LEFT OVERRIDE}", "é" * 3000]
)
@pytest.mark.usefixtures("sieda")
def test_no_name_is_an_error(see: See, name: str) -> None:
    see("/actors/", name=name, kind=name)


def test_an_actor_that_cannot_be_is_not_found(client: Client) -> None:
    assert client.get(f"/actors/{'9' * 40}-x/").status_code == 404


def test_it_asks_the_database_few_questions(
    client: Client, sieda: Actor, django_assert_max_num_queries: Callable
) -> None:
    for number in range(25):
        article = make_article(body="Abdulbaset Sieda spoke.", outlet=f"Outlet {number}")
        make_mentions(article, sieda)
        Role.objects.create(actor=sieda, article=article, phrase=f"envoy {number}", title="envoy")
    with django_assert_max_num_queries(20):
        client.get(sieda.get_absolute_url())
    with django_assert_max_num_queries(3):
        client.get("/actors/")
