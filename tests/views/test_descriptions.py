"""What every kind of page says of itself: a title and a description of its own, an icon, the archive's search."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from articles.search.run import backend
from tests.browser.archive import make_archive

pytestmark = pytest.mark.django_db


def test_every_kind_of_page_says_what_it_is(client: Client) -> None:
    backend().clear()
    archive = make_archive()
    kinds = [
        "home",
        "results",
        "article",
        "raw",
        "actor",
        "actors",
        "outlet",
        "outlets",
        "help",
        "compared",
        "batch",
    ]
    titles, descriptions = {}, {}
    for kind in kinds:
        html = client.get(archive.addresses[kind].partition("#")[0]).content.decode()
        title = re.search(r"<title>(.*?)</title>", html, re.DOTALL)
        description = re.search(r'<meta name="description" content="([^"]*)">', html)
        assert title, kind
        assert description, kind
        titles[title.group(1)] = kind
        descriptions[description.group(1)] = kind
        assert html.count('property="og:type"') == html.count('property="og:site_name"') == 1, kind
        shared = dict(re.findall(r'<meta property="og:(title|description)" content="([^"]*)">', html))
        if kind != "article":  # which has its own, after its headline
            assert shared == {"title": title.group(1), "description": description.group(1)}, kind
        assert 'rel="icon"' in html, kind
        assert 'rel="search" type="application/opensearchdescription+xml"' in html, kind

    assert len(titles) == len(descriptions) == len(kinds), (titles, descriptions)
    assert "" not in descriptions
