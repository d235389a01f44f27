"""Files for reference managers, what a page says of itself, and the search that browsers can add."""

from __future__ import annotations

import json
import re
from datetime import date
from urllib.parse import parse_qs
from xml.etree import ElementTree as ET

import pytest
import rispy
from django.contrib.auth.models import User
from django.test import Client
from django.utils.html import escape

from articles.curate.articles import rule_fields
from articles.models import Article, FieldEvidence, Status
from articles.search.pending import drain
from tests.factories import make_article

pytestmark = pytest.mark.django_db

HEADLINE = "Talks </script><b> & “tolls” {go on}"


@pytest.fixture
def article() -> Article:
    return make_article(
        headline=HEADLINE,
        subtitle="A second day",
        authors=["Ilse van der Valk", "Sukarna"],
        published=date(2012, 7, 2),
        language="en",
    )


def cited(client: Client, article: Article, ending: str) -> tuple[str, str]:
    response = client.get(f"{article.get_absolute_url()}cite.{ending}")
    assert response.status_code == 200
    assert response["Content-Disposition"] == f'attachment; filename="{article.permanent_id}.{ending}"'
    return response["Content-Type"], response.getvalue().decode()


def test_an_article_is_cited_in_three_formats(client: Client, article: Article) -> None:
    kind, text = cited(client, article, "ris")
    assert kind.startswith("application/x-research-info-systems")
    [read] = rispy.loads(text)
    assert read["title"] == HEADLINE
    assert read["authors"] == ["van der Valk, Ilse", "Sukarna"]
    assert read["urls"] == [f"http://testserver{article.get_absolute_url()}"]
    _, text = cited(client, article, "bib")
    assert text.startswith(f"@article{{{article.permanent_id},")
    _, text = cited(client, article, "json")
    [item] = json.loads(text)
    assert (item["title"], item["issued"]) == (HEADLINE, {"date-parts": [[2012, 7, 2]]})
    assert client.get(f"{article.get_absolute_url()}cite.doc").status_code == 404


def test_a_date_that_the_archive_found_is_cited_as_such_and_a_curators_is_not(
    client: Client, article: Article
) -> None:
    FieldEvidence.objects.create(
        article=article,
        field="published",
        method="content",
        confidence=0.8,
        value=article.field_value("published"),
    )
    assert "2012-07-02?, found by what the article says" in cited(client, article, "ris")[1]
    lena = User.objects.create_user("lena")
    days = {"from": "2012-07-03", "to": "2012-07-03", "precision": "day"}
    rule_fields(article, {"published": days}, by=lena, seen_version=article.version)
    assert "found by" not in cited(client, article, "ris")[1]


def test_a_hidden_article_is_not_cited(client: Client, article: Article) -> None:
    Article.objects.update(status=Status.HIDDEN)
    assert client.get(f"{article.get_absolute_url()}cite.ris").status_code == 404


def test_a_page_tells_reference_managers_search_engines_and_other_sites_what_it_is(
    client: Client, article: Article
) -> None:
    html = client.get(article.get_absolute_url()).content.decode()
    address = f"http://testserver{article.get_absolute_url()}"
    assert f'<link rel="canonical" href="{address}">' in html
    assert f'<meta name="citation_title" content="{escape(HEADLINE)}">' in html
    assert '<meta name="citation_author" content="van der Valk, Ilse">' in html
    assert '<meta name="citation_publication_date" content="2012/07/02">' in html
    assert '<meta property="article:published_time" content="2012-07-02">' in html
    assert '<meta property="og:type" content="article">' in html
    [found] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)
    said = json.loads(found)
    assert (said["@type"], said["headline"], said["datePublished"]) == ("NewsArticle", HEADLINE, "2012-07-02")
    assert [author["name"] for author in said["author"]] == ["Ilse van der Valk", "Sukarna"]


def test_a_result_list_holds_a_citation_for_each_article(client: Client, article: Article) -> None:
    drain()
    html = client.get("/search/?q=talks").content.decode()
    [title] = re.findall(r'<span class="Z3988" title="([^"]*)"></span>', html)
    read = parse_qs(title.replace("&amp;", "&"))
    assert read["rft.atitle"] == [HEADLINE]
    assert read["rft_id"] == [f"http://testserver{article.get_absolute_url()}"]


def test_a_browser_can_add_the_archive_as_a_search_engine(client: Client) -> None:
    html = client.get("/help/").content.decode()
    assert 'type="application/opensearchdescription+xml"' in html
    response = client.get("/opensearch.xml")
    assert response["Content-Type"].startswith("application/opensearchdescription+xml")
    root = ET.fromstring(response.content)  # noqa: S314  # our own answer
    space = {"o": "http://a9.com/-/spec/opensearch/1.1/"}
    url = root.find("o:Url", space)
    assert url is not None
    assert url.attrib["template"] == "http://testserver/search/?q={searchTerms}"
