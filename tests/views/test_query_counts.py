"""How many questions a page asks the database: the same however much it shows, and as many as are written here.

A number that grows is a page that grows slow with its archive; who adds a question on purpose changes the number.
"""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.models import Actor, Article, Story
from articles.search.pending import drain
from tests.factories import make_actor, make_article, make_mentions, make_quote

pytestmark = pytest.mark.django_db

HITS = (10, 50)
SIGNED_IN = 2  # the session, and who that is


@pytest.fixture
def archive() -> Actor:
    """Make sixty articles of several outlets that name an actor, and others, ten of them in copies."""
    envoy = make_actor("Oren Vashti", aliases=["Vashti"])
    others = [
        make_actor(f"Actor {number}", kind) for number, kind in enumerate(("person", "state", "media") * 4)
    ]
    stories = [Story.objects.create() for _ in range(5)]
    for number in range(60):
        article = make_article(
            headline=f"Truce {number}",
            body=f"Oren Vashti spoke of the truce. Actor {number % 12} said “day {number}”.",
            outlet=f"Outlet {number % 7}",
            published=date(2012, 1 + number % 12, 1 + number % 28),
            story=stories[number % 5] if number % 6 == 0 else None,
        )
        make_mentions(article, envoy)
        make_mentions(article, others[number % 12])
        make_quote(article, f"day {number}", others[number % 12])
    drain()
    return envoy


def asked(client: Client, address: str, **parameters: object) -> int:
    """Return how many questions a page asks that was asked for before, so that nothing is read for the first time."""
    for _ in range(2):
        with CaptureQueriesContext(connection) as questions:
            response = client.get(address, parameters)
    assert response.status_code == 200
    return len(questions)


def test_a_page_of_results_asks_as_much_for_ten_hits_as_for_fifty(
    client: Client, admin_client: Client, archive: Actor
) -> None:
    outlet = Article.objects.filter(outlet__isnull=False)[0].outlet
    assert outlet is not None
    searches = {
        # Articles with outlets; who is named in them; names of outlets and of actors.
        "words": ({"q": "truce"}, 4),
        "everything": ({}, 4),
        # And who is chosen, with all spellings: the actor twice (merged ones), its spellings.
        "filters": ({"q": "truce", "actor": archive.pk, "outlet": outlet.pk, "year": 2012}, 9),
        # And whom a name means.
        "a name": ({"q": "actor:vashti truce"}, 7),
        "any word, by story": ({"q": "truce harbour", "mode": "any", "count": "stories"}, 6),
        # A better spelling comes from the index; only a sound is looked up.
        "misspelled": ({"q": "trucce"}, 0),
        "unknown": ({"q": "quagmire"}, 2),
    }
    for name, (parameters, expected) in searches.items():
        for size in HITS:
            assert asked(client, "/search/", size=size, **parameters) == expected, (name, size)
            assert asked(admin_client, "/search/", size=size, **parameters) == expected + SIGNED_IN, (
                name,
                size,
            )


def test_an_article_asks_as_much_whatever_is_like_it(client: Client, archive: Actor) -> None:
    alone, told = Article.objects.filter(story=None)[0], Article.objects.exclude(story=None)[0]

    assert asked(client, alone.get_absolute_url()) <= 13
    assert asked(client, alone.get_absolute_url(), q="truce", at=3) <= 14
    # The other versions of its story, and their words.
    assert asked(client, told.get_absolute_url()) <= 15


def test_an_actor_asks_as_much_with_sixty_articles_as_with_five(client: Client, archive: Actor) -> None:
    few = Actor.objects.get(name="Actor 1")

    assert asked(client, few.get_absolute_url()) <= asked(client, archive.get_absolute_url()) <= 21
