"""The places that an article names are stored with where they stand, replaced on reading, and named by the archive."""

from __future__ import annotations

from pathlib import Path

import pytest

from articles.capture import RawPage, read_paths
from articles.ingest import ArchiveDirectory, ingest_page, reread
from articles.ingest.places import write_places
from articles.ingest.reclean import reclean_article
from articles.mentions.spans import PlaceSpan, Zone
from articles.models import Article, Place, PlaceMention
from articles.resolve.actors import ArticleActors
from tests.factories import make_article

PAGES = Path(__file__).resolve().parents[2] / "fixtures" / "pages"
pytestmark = pytest.mark.django_db


def name_places(article: Article, *surfaces: str, zone: Zone = "body") -> None:
    spans = (PlaceSpan(0, len(each), each, "model", zone=zone) for each in surfaces)
    write_places(article, ArticleActors((), (), tuple(spans)))


def stored(article: Article) -> list[tuple[str, str, int]]:
    return list(article.place_mentions.values_list("place", "label", "count"))


def test_what_a_page_names_stands_where_it_says() -> None:
    pages = [page for page in read_paths(sorted(PAGES.glob("0[1-6]_*"))) if isinstance(page, RawPage)]
    directory = ArchiveDirectory()
    for page in pages:
        ingest_page(page, directory)

    rows = PlaceMention.objects.select_related("article")
    assert rows.exists()
    for row in rows:
        assert row.count == len(row.spots)
        for zone, index, start, end in row.spots:
            texts = {
                "body": row.article.body,
                "headline": row.article.headline,
                "subtitle": row.article.subtitle,
            }
            text = row.article.captions[index]["text"] if zone == "caption" else texts[zone]
            assert text[start:end].strip()


def test_reading_again_replaces_them_and_tells_of_those_that_are_new() -> None:
    [page] = [page for page in read_paths(sorted(PAGES.glob("06_*"))) if isinstance(page, RawPage)]
    article = Article.objects.get(pk=ingest_page(page, ArchiveDirectory()).article_id)
    found = stored(article)
    assert found

    reread(article)
    assert stored(article) == found
    article.place_mentions.all().delete()  # as in an archive of a former version
    [change] = reclean_article(Article.objects.get(pk=article.pk)).changes
    assert (change.field, change.before) == ("places", {})
    assert stored(article) == found
    assert reclean_article(Article.objects.get(pk=article.pk)).changes == ()


def test_the_archive_calls_a_place_as_it_is_most_written() -> None:
    first, second, third = make_article(), make_article(), make_article()
    name_places(first, "PORT VESSA")
    assert Place.objects.get().label == "PORT VESSA"
    name_places(second, "Port Vessa", "Port Vessa")
    assert Place.objects.get().label == "Port Vessa"
    name_places(third, "PORT VESSA")
    assert Place.objects.get().label == "Port Vessa"  # two of each: small letters are easier to read
    name_places(first, "Karrin", zone="headline")
    assert stored(first) == [("karrin", "Karrin", 1)]
    assert first.place_mentions.get().spots == [["headline", 0, 0, 6]]
