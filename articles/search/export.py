"""All results of a search, one after another, for files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from articles.models import Article, Mention
from articles.search.edtf import published_as_edtf
from articles.search.engines.ask import Count
from articles.search.page import Diagnostic
from articles.search.request import SearchRequest
from articles.search.run import backend, diagnostics_of, understand

MOST_EXPORTED = 50_000  # results of one file; who needs more narrows the search and takes several
MOST_CITED = 5_000  # results of one file for a reference manager, which takes some minutes to read in as many
AT_ONCE = 500  # articles held in memory while a file is sent


@dataclass(frozen=True, slots=True)
class Export:
    """The results of a search in its order: `total` were found, `records` yields the first MOST_EXPORTED."""

    total: int
    records: Iterator[dict[str, Any]]
    diagnostics: tuple[Diagnostic, ...]


def export(request: SearchRequest, *, curator: bool = False) -> Export:
    """Return a search's results as records. Raises SearchUnavailable, with the cure, when the index is no use."""
    understood = understand(request, curator=curator)
    found = backend().ask(replace(understood.ask, page=1, size=MOST_EXPORTED, facets=()))
    return Export(found.total, _records(found.articles, curator=curator), diagnostics_of(understood))


def found_articles(request: SearchRequest, *, most: int, curator: bool = False) -> Iterator[list[Article]]:
    """Return a search's first articles in its order, AT_ONCE at a time and without their texts.

    Asks the engine at once: raises as `export` does.
    """
    understood = understand(request, curator=curator)
    found = backend().ask(replace(understood.ask, page=1, size=most, facets=()))
    readable = Article.objects.all() if curator else Article.objects.visible()
    wanted = readable.select_related("outlet", "page").defer("body", "page__compressed")
    parts = ((some, wanted.in_bulk(some)) for _, some in _parts(found.articles))
    return ([rows[pk] for pk in some if pk in rows] for some, rows in parts)


def numbers_of(request: SearchRequest, *, most: int) -> tuple[tuple[int, ...], tuple[Diagnostic, ...]]:
    """Return the articles of a search as a curator has it, by number in its order, the first `most` of them.

    Each version of a story is among them, also when the search counts stories. Raises SearchUnavailable, with the
    cure, when the index is no use.
    """
    understood = understand(replace(request, count=Count.ARTICLES), curator=True)
    found = backend().ask(replace(understood.ask, page=1, size=most, facets=()))
    return found.articles, diagnostics_of(understood)


def _records(numbers: tuple[int, ...], *, curator: bool) -> Iterator[dict[str, Any]]:
    articles = Article.objects.all() if curator else Article.objects.visible()
    for place, some in _parts(numbers):
        wanted = articles.select_related("outlet", "page").prefetch_related("page__tags", "page__collections")
        rows = wanted.defer("body", "page__compressed").in_bulk(some)
        dates = published_as_edtf(rows.values())
        actors = _actors_of(some)
        for number, pk in enumerate(some, place):
            if pk in rows:
                yield _record(number, rows[pk], edtf=dates[pk], actors=actors.get(pk, {}))


def _parts(numbers: tuple[int, ...]) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Yield AT_ONCE numbers at a time, each part with the place of its first, from 1."""
    for start in range(0, len(numbers), AT_ONCE):
        yield start + 1, numbers[start : start + AT_ONCE]


def _actors_of(articles: tuple[int, ...]) -> dict[int, dict[int, str]]:
    """Return the actors of articles: name by number, in the order of their names."""
    rows = Mention.objects.filter(article__in=articles, actor__hidden=False).order_by("actor__name")
    named: dict[int, dict[int, str]] = {}
    for article, actor, name in rows.values_list("article", "actor", "actor__name").distinct():
        named.setdefault(article, {})[actor] = name
    return named


def _record(number: int, article: Article, *, edtf: str | None, actors: dict[int, str]) -> dict[str, Any]:
    return {
        "number": number,
        "article": article.permanent_id,
        "url": article.get_absolute_url(),
        "headline": article.headline or None,
        "outlet": article.outlet.name if article.outlet else None,
        "published": edtf,
        "published_from": article.published_from.isoformat() if article.published_from else None,
        "published_to": article.published_to.isoformat() if article.published_to else None,
        "authors": article.authors,
        "language": article.language or None,
        "actors": [{"id": pk, "name": name} for pk, name in actors.items()],
        "tags": [tag.name for tag in article.page.tags.all()],
        "collections": [collection.name for collection in article.page.collections.all()],
        "story": article.story_id,
        "page_url": article.page.url or None,
        "page_sha256": article.page.sha256,
    }
