"""A zero byte in an address: PostgreSQL takes none in a text, so that nothing of the kind may reach it."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from articles.search.facets import PARAMETERS
from articles.search.pending import drain
from tests.factories import make_actor, make_article, make_mentions, make_quote

pytestmark = pytest.mark.django_db
ZERO = "%00x"
WORDS = (
    *PARAMETERS, "q", "mode", "from", "to", "sort", "count", "show", "bars", "page", "size", "all", "off", "find_outlet",
    "find_person", "name", "kind", "words", "year", "repeated", "quote", "one", "other", "one_is", "other_is", "lines",
    "as", "measure", "by", "in", "actors", "least", "rows", "format", "at", "next", "state", "like",
)  # fmt: skip


@pytest.mark.parametrize(
    "page",
    ["home", "search", "network", "timeline", "export", "batch", "compare_searches", "actors", "choose_pair",
     "stories", "outlets", "tags", "collections", "help", "sign_in", "api:search", "api:suggest"],
)  # fmt: skip
def test_no_page_breaks_on_one(client: Client, page: str) -> None:
    make_article(headline="Harbour talks")
    drain()
    address = reverse(page)
    assert client.get(f"{address}?{'&'.join(f'{word}={ZERO}' for word in WORDS)}").status_code < 500
    assert client.get(f"{address}?q={ZERO}").status_code < 500


@pytest.mark.parametrize("word", ["outlet", "year", "kind", "words", "quote", "page"])
def test_no_ledger_breaks_on_one(client: Client, word: str) -> None:
    actor = make_actor("Osanna Brekk")
    article = make_article(body="Osanna Brekk said “The harbour stays open to all”.")
    make_mentions(article, actor)
    make_quote(article, "The harbour stays open to all", actor)
    address = reverse("actor_quotes", args=[actor.pk, "osanna-brekk"])
    assert client.get(f"{address}?{word}={ZERO}").status_code == 200
    assert client.get(f"{article.get_absolute_url()}?q={ZERO}&at={ZERO}&actor={ZERO}").status_code == 200


@pytest.mark.parametrize(
    "address", [f"/api/articles/{ZERO}", f"/api/articles/{ZERO}/like", f"/api/suggest?q=actor:{ZERO}"]
)
def test_no_answer_of_the_api_breaks_on_one(client: Client, address: str) -> None:
    assert client.get(address).status_code < 500
