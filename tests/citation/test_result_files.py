"""All results of a search as one file, read back by a library made for each format."""

from __future__ import annotations

import json
from datetime import date

import bibtexparser
import pytest
import rispy
from bibtexparser.middlewares import LatexDecodingMiddleware
from citeproc.source.json import CiteProcJSON
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.models import Article, FieldEvidence, Status
from articles.search import export
from articles.search.pending import drain
from articles.search.run import backend
from articles.views import citing
from tests.factories import make_article

pytestmark = pytest.mark.django_db

HEADLINES = [
    "Žižka & {Söhne}: 50 % mehr",
    "مفاوضات الميناء",
    "Under_score \\ back #1 $5",
    "«Ça va»",
    "~ plain",
]
DATES = [
    date(2012, 7, 2),
    (date(2012, 7, 1), date(2012, 7, 31)),
    (date(2012, 3, 4), date(2012, 5, 7)),
    None,
    (date(2012, 1, 1), date(2012, 12, 31)),
]
PRECISIONS = ["day", "month", "interval", "unknown", "year"]


@pytest.fixture
def articles() -> list[Article]:
    backend().clear()
    made = [
        make_article(headline=headline, published=when, precision=precision, authors=["Ilse van der Valk"])
        for headline, when, precision in zip(HEADLINES, DATES, PRECISIONS, strict=True)
    ]
    FieldEvidence.objects.create(
        article=made[2], field="published", value=None, method="content", confidence=0.7
    )
    drain()
    return made


def sent(client: Client, form: str, search: str = "sort=oldest") -> str:
    response = client.get(f"/search/export/?{search}&format={form}")
    assert response.status_code == 200
    assert response["Content-Disposition"] == f'attachment; filename="results.{form}"'
    return response.getvalue().decode()


def in_order(client: Client) -> list[str]:
    return [json.loads(line)["headline"] for line in sent(client, "jsonl").splitlines()]


def test_ris_holds_every_result(client: Client, articles: list[Article]) -> None:
    read = rispy.loads(sent(client, "ris"))

    assert [one["title"] for one in read] == in_order(client)
    assert {one["title"]: one.get("date") for one in read} == dict(
        zip(HEADLINES, ["2012/07/02/", "2012/07//", "2012///", None, "2012///"], strict=True)
    )
    assert all(one["authors"] == ["van der Valk, Ilse"] for one in read)
    notes = {one["title"]: " ".join(one["notes"]) for one in read}
    assert "found by what the article says" in notes[HEADLINES[2]]
    assert "No date of publication is known." in notes[HEADLINES[3]]


def test_bibtex_holds_every_result(client: Client, articles: list[Article]) -> None:
    library = bibtexparser.parse_string(sent(client, "bib"), append_middleware=[LatexDecodingMiddleware()])

    assert library.failed_blocks == []
    assert [entry["title"] for entry in library.entries] == in_order(client)
    assert {entry.key for entry in library.entries} == {one.permanent_id for one in articles}


def test_csl_holds_every_result(client: Client, articles: list[Article]) -> None:
    text = sent(client, "json")
    read = CiteProcJSON(json.loads(text))

    assert [one["title"] for one in json.loads(text)] == in_order(client)
    assert [str(read[one.permanent_id].title) for one in articles] == HEADLINES


def test_no_result_is_a_file_too(client: Client, articles: list[Article]) -> None:
    nothing = "q=%22unheard+of%22"

    assert json.loads(sent(client, "json", nothing)) == []
    assert rispy.loads(sent(client, "ris", nothing)) == []
    assert bibtexparser.parse_string(sent(client, "bib", nothing)).entries == []


def test_hidden_articles_are_left_out_and_the_bound_holds(
    client: Client, articles: list[Article], monkeypatch: pytest.MonkeyPatch
) -> None:
    Article.objects.filter(pk=articles[0].pk).update(status=Status.HIDDEN)
    assert len(rispy.loads(sent(client, "ris"))) == 4
    monkeypatch.setattr(citing, "MOST_CITED", 3)
    monkeypatch.setattr("articles.views.search.MOST_CITED", 3)

    assert len(json.loads(sent(client, "json", "q=envoys"))) <= 3
    assert "(the first 3, as many as a reference manager takes in)" in client.get("/search/").content.decode()


def test_a_file_is_made_in_parts_with_a_few_questions_each(
    client: Client, articles: list[Article], monkeypatch: pytest.MonkeyPatch
) -> None:
    counts = []
    for at_once in (5, 1):
        monkeypatch.setattr(export, "AT_ONCE", at_once)
        with CaptureQueriesContext(connection) as asked:
            assert len(rispy.loads(sent(client, "ris"))) == 5
        counts.append(len(asked))

    # Articles, and which of their dates were read off the text: two.
    assert counts == [3, 15]
