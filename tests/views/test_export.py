"""The results of a search as files."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from datetime import date
from html import unescape

import pytest
from django.test import Client

from articles.models import Article, PendingIndex, Status
from articles.search import export as exporting
from articles.search.pending import drain
from articles.search.request import SearchRequest
from articles.search.run import run
from tests.factories import make_actor, make_article, make_mentions
from tests.search.archive import make_archive

See = Callable[..., str]
pytestmark = pytest.mark.django_db


def sent(client: Client, address: str) -> str:
    drain()
    return b"".join(client.get(address).streaming_content).decode()  # type: ignore[attr-defined]


def test_a_row_for_each_result_in_their_order(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    make_archive(45, seed=2)
    monkeypatch.setattr(exporting, "AT_ONCE", 7)
    rows = list(
        csv.DictReader(io.StringIO(sent(client, "/search/export/?q=annan+OR+plan&sort=oldest&format=csv")))
    )
    page = run(SearchRequest.from_query_string("?q=annan+OR+plan&sort=oldest&size=100"))

    assert [row["article"] for row in rows] == [hit.article.permanent_id for hit in page.hits]
    assert [int(row["number"]) for row in rows] == list(range(1, page.total + 1))


def test_what_a_record_holds(client: Client) -> None:
    article = make_article(
        headline="=Talks",
        outlet="Vessa Herald",
        published=date(2012, 7, 2),
        authors=["Ada Lund", "Jo Ferro"],
        body="Oren Vashti spoke.",
    )
    actor = make_actor("Oren Vashti")
    make_mentions(article, actor)
    [record] = map(json.loads, sent(client, "/search/export/?q=vashti&format=jsonl").splitlines())
    [row] = csv.DictReader(io.StringIO(sent(client, "/search/export/?q=vashti")))

    assert record["url"] == row["url"] == f"http://testserver{article.get_absolute_url()}"
    assert record["published"] == row["published"] == "2012-07-02"
    assert record["actors"] == [{"id": actor.pk, "name": "Oren Vashti"}]
    assert record["headline"] == "=Talks"
    assert (row["headline"], row["authors"], row["actors"]) == (
        "'=Talks",
        "Ada Lund; Jo Ferro",
        "Oren Vashti",
    )


def test_hidden_articles_are_left_out_and_the_bound_holds(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = [make_article(headline="Talks") for _ in range(6)]
    drain()
    Article.objects.filter(pk=made[5].pk).update(status=Status.HIDDEN)
    assert len(sent(client, "/search/export/?q=talks&format=jsonl").splitlines()) == 5
    monkeypatch.setattr(exporting, "MOST_EXPORTED", 3)
    PendingIndex.objects.queue([made[5].pk])

    assert len(sent(client, "/search/export/?format=jsonl").splitlines()) == 3


def test_the_page_of_results_leads_to_the_files(see: See, client: Client) -> None:
    make_article(headline="Talks")
    html = see("/search/", q="talks", sort="newest", page="1")
    links = [unescape(link) for link in re.findall(r'href="(/search/export/[^"]*)"', html)]

    assert links == [
        f"/search/export/?q=talks&sort=newest&format={form}"
        for form in ("csv", "jsonl", "ris", "bib", "json")
    ]
    assert all("Talks" in sent(client, link) for link in links)
