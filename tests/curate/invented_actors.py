"""Invented pages with hand-made actors, stored as ingest stores them, without the language model."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from articles.ingest.actors import ArchiveDirectory, write_actors
from articles.mentions.spans import Kind, NameSpan, QuoteSpan, RoleSpan
from articles.models import Actor, Alias, Article, JoinCandidate, Mention, Quote, Role
from articles.resolve.actors import ArticleActors, LocalActor
from tests.factories import make_article, make_page

Named = tuple[str, tuple[str, ...], Kind]  # the best name in the article, all spellings there, the kind


def person(name: str, *others: str) -> Named:
    return (name, (name, *others), Kind.PERSON)


def body(name: str, *others: str) -> Named:
    return (name, (name, *others), Kind.ORGANISATION)


def found_in(named: Sequence[Named]) -> tuple[str, ArticleActors]:
    """Return the text that names these actors one after the other, and what is found in it.

    The first actor of a text speaks, and has a role.
    """
    text, actors, quotes = "", [], ()
    for name, surfaces, kind in named:
        spans = []
        for surface in surfaces:
            spans.append(NameSpan(len(text), len(text) + len(surface), surface, kind, "body", "test", 1.0))
            text += f"{surface} spoke. "
        start = spans[0].start
        roles = () if actors else (RoleSpan(start, start + 1, "harbour envoy", start, "envoy", None),)
        if not actors:
            quotes = (QuoteSpan(0, 1, start, surfaces[0], "said", None),)
        actors.append(LocalActor(name, kind, tuple(spans), roles, None, "A test says so."))
    return text, ArticleActors(tuple(actors), quotes)


def take_in(named: Sequence[Named], directory: ArchiveDirectory | None = None, **fields: Any) -> Article:
    """Store an article that names these."""
    text, found = found_in(named)
    article = make_article(body=text, **fields)
    write(article, found, directory)
    return article


def take_in_page(sha_of: str, named: Sequence[Named], directory: ArchiveDirectory) -> Article:
    """Store an article on a page of that content, which may be stored already."""
    return take_in(named, directory, page=make_page(sha_of))


def write(article: Article, found: ArticleActors, directory: ArchiveDirectory | None = None) -> None:
    directory = directory or ArchiveDirectory()
    directory.refresh()
    write_actors(article, found, directory)


def effective_state() -> dict[str, Any]:
    """Return everything that rulings decide, by the numbers of rows."""
    return {
        "mentions": dict(Mention.objects.values_list("pk", "actor")),
        "actors": {
            row[0]: row[1:]
            for row in Actor.objects.values_list("pk", "name", "kind", "hidden", "merged_into")
        },
        "aliases": set(Alias.every.values_list("actor", "surface", "origin", "dropped")),
        "quotes": dict(Quote.objects.values_list("pk", "speaker")),
        "roles": dict(Role.objects.values_list("pk", "actor")),
        "candidates": {
            row[0]: row[1:] for row in JoinCandidate.objects.values_list("pk", "status", "settles")
        },
    }


def told_by_pages() -> dict[tuple[str, int], tuple[str, str, bool]]:
    """Return what readers see of each mention, by page and offset: the same in any archive."""
    rows = Mention.objects.values_list(
        "article__page__sha256", "start", "actor__name", "actor__kind", "actor__hidden"
    )
    return {(page, start): (name, kind, hidden) for page, start, name, kind, hidden in rows}


def grouped_by_pages() -> set[frozenset[tuple[str, int]]]:
    """Return which mentions mean one actor, by page and offset."""
    groups: dict[int, set[tuple[str, int]]] = {}
    for page, start, actor in Mention.objects.values_list("article__page__sha256", "start", "actor"):
        groups.setdefault(actor, set()).add((page, start))
    return {frozenset(group) for group in groups.values()}
