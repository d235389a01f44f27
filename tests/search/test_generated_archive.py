"""The generated archive: the same for the same seed, of the shape it claims, alike as documents and as rows."""

from __future__ import annotations

from statistics import mean

import pytest
from haystack import connections

from articles.models import Article
from benchmarks.generated_archive import ACTORS, BLOCK, OUTLETS, GeneratedArchive
from benchmarks.generated_rows import store

SMALL = 300
LARGER = BLOCK + 500


@pytest.fixture(scope="module")
def archive() -> GeneratedArchive:
    return GeneratedArchive(SMALL)


def test_the_same_seed_gives_the_same_archive_and_another_another(archive):
    assert archive.digest == GeneratedArchive(SMALL).digest
    assert archive.digest != GeneratedArchive(SMALL, seed=6).digest


def test_a_smaller_archive_is_the_beginning_of_a_larger_one(archive):
    larger = GeneratedArchive(LARGER).articles()
    assert list(archive.articles()) == [next(larger) for _ in range(SMALL)]


def test_it_has_the_shape_of_news():
    articles = list(GeneratedArchive(LARGER).articles())
    assert [article.number for article in articles] == list(range(1, LARGER + 1))
    assert 425 < mean(len(article.body.split()) for article in articles) < 525
    named = [{name.actor.number for name in article.named} for article in articles]
    assert max(map(len, named)) <= 8
    assert 4 < mean(map(len, named)) < 6
    assert {article.outlet for article in articles} == {None, *range(1, OUTLETS + 1)}
    assert {article.precision for article in articles} == {"day", "month", "interval", "year", "unknown"}
    assert {article.first.year for article in articles if article.first} == set(range(2008, 2013))


def test_copies_share_their_story_with_the_article_they_copy():
    told = {}
    for article in GeneratedArchive(BLOCK).articles():
        if article.story is not None:
            told.setdefault(article.story, []).append(article)
    assert told
    for story, articles in told.items():
        assert articles[0].number == story
        assert len(articles) > 1
        assert {article.body for article in articles} == {articles[0].body}


def test_names_and_quotes_stand_where_they_are_said_to(archive):
    for article in archive.articles():
        for named in article.named:
            assert article.body[named.start : named.end] == named.surface == named.actor.name
        for said in article.quotes:
            assert article.body[said.start - 1 : said.end + 1] == f'"{said.text}"'
    assert {actor.kind for actor in archive.actors} == set(ACTORS)


@pytest.mark.django_db
def test_stored_as_rows_it_is_indexed_as_the_documents_say(archive):
    store(archive)
    index = connections["default"].get_unified_index().get_index(Article)
    prepared = [index.full_prepare(article) for article in index.index_queryset()]
    assert prepared == list(archive.documents())
