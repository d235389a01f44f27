"""The articles most like one, each with what it shares with it: for an article's page and the API."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass

from articles.models import Actor, Article, Mention
from articles.search.analysis import query_terms, stem
from articles.search.engines.ask import Ask, Count
from articles.search.likeness import similar_to, stems_of, telling_text
from articles.search.request import SearchRequest
from articles.search.run import backend
from articles.search.tree import Similar

MOST_LISTED = 5  # articles: a margin that can be read at a glance
MOST_NAMED, MOST_SHARED = 3, 6  # actors, and actors and words together, that are told of an article


@dataclass(frozen=True, slots=True)
class Alike:
    """An article like another; `shares` names the actors and words that both have, the most telling first."""

    article: Article
    shares: tuple[str, ...]
    score: float


@dataclass(frozen=True, slots=True)
class MoreLike:
    """The articles most like one, of each story one. `stories` counts all there are, `url` is the search for them."""

    hits: tuple[Alike, ...]
    stories: int
    url: str


def more_like(
    article: Article, *, actors: Mapping[Actor, int] | None = None, curator: bool = False
) -> MoreLike:
    """Return the articles most like one, without its own story; hidden ones with `curator` only.

    `actors` says how often it names each, looked up where it is not known already. Raises SearchUnavailable, with
    the cure, when the index is no use.
    """
    similar = similar_to(article, backend(), actors=actors)
    found = backend().ask(Ask(similar, count=Count.STORIES, size=MOST_LISTED, curator=curator))
    articles = Article.objects.all() if curator else Article.objects.visible()
    rows = articles.select_related("outlet").in_bulk(found.articles)
    named = _named_in(rows, similar) if rows else {}
    return MoreLike(
        hits=tuple(
            Alike(rows[number], tuple(_shared(similar, rows[number], named[number])), score)
            for number, score in zip(found.articles, found.scores, strict=True)
            if number in rows
        ),
        stories=found.total,
        url=SearchRequest(query=f"like:{article.permanent_id}").url,
    )


def _named_in(numbers: Iterable[int], similar: Similar) -> Mapping[int, set[str]]:
    """Return which of the actors that tell an article each of some articles names, by their keys."""
    keys = {int(one.term.partition(":")[2]): one.term for one in similar.actors}
    mentions = Mention.objects.filter(article__in=list(numbers), actor__in=list(keys)).order_by()
    named: defaultdict[int, set[str]] = defaultdict(set)
    for article, actor in mentions.values_list("article", "actor").distinct():
        named[article].add(keys[actor])
    return named


def _shared(similar: Similar, other: Article, named: Container[str]) -> Iterator[str]:
    """Yield what another article shares: actors by name, then words that are no part of these names."""
    names = [one.name for one in similar.actors if one.term in named][:MOST_NAMED]
    yield from names
    said = {word.casefold() for name in names for term in query_terms(name) for word in term.whole}
    stems = {one.stem for one in stems_of(telling_text(other))}
    words = [one.name for one in similar.words if stem(one.term) in stems and one.name.casefold() not in said]
    yield from words[: MOST_SHARED - len(names)]
