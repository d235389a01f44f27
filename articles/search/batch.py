"""Many searches at once: for each line of a list, how much of the archive it finds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from articles.models import Article, Mention
from articles.models.article import VISIBLE
from articles.search.article_hits import hits_in_article
from articles.search.engines.ask import Count, Found, Mode
from articles.search.page import Diagnostic
from articles.search.request import SearchRequest
from articles.search.run import Understood, backend, diagnostics_of, understand

MOST_LINES = 300  # searches that a page does while a reader waits: some seconds at 100,000 articles
LONGEST_LINE = 1000  # characters, as many as the search box takes
MOST_READ = 2000  # articles read through for hits in one batch; 450 words take some 2 ms of CPU time


@dataclass(frozen=True, slots=True)
class LineCount:
    """What one line finds. `hits` is how often the texts have it, None when that was not counted.

    `names` are the actors that a line of names means; their hits are all mentions of them.
    """

    text: str
    request: SearchRequest
    articles: int
    stories: int
    undated: int
    hits: int | None
    names: tuple[str, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


def lines_of(text: str) -> list[str]:
    """Return the lines of a list: without blank ones, and each once."""
    return list(dict.fromkeys(line for one in text.splitlines() if (line := " ".join(one.split()))))


def requests_of(lines: Iterable[str], *, names: bool, mode: Mode = Mode.ALL) -> list[SearchRequest]:
    """Return the search that each line stands for: a query, the address of a search from its ? on, or a name."""
    return [_request_of(line, names=names, mode=mode) for line in lines]


def _request_of(line: str, *, names: bool, mode: Mode) -> SearchRequest:
    if names:
        bare = line.replace('"', " ")
        return SearchRequest(query=f'actor:"{" ".join(bare.split())}"')
    if line.startswith("?"):
        return SearchRequest.from_query_string(line).question
    return SearchRequest(query=line, mode=mode)


def count_each(
    lines: Sequence[str], requests: Sequence[SearchRequest], *, names: bool, curator: bool = False
) -> Iterator[LineCount]:
    """Yield what each line finds, one question to the engine for each.

    Hits of queries are counted in the texts, as long as those found by the batch are at most MOST_READ.
    Raises SearchUnavailable, with the cure, when the index is no use.
    """
    unread = MOST_READ
    for line, request in zip(lines, requests, strict=True):
        understood = understand(request, curator=curator)
        size = 0 if names else unread
        ask = replace(understood.ask, size=size, page=1, facets=("month",), count=Count.ARTICLES)
        found = backend().ask(ask)
        if names:
            hits: int | None = _mentions(understood)
        elif found.total <= unread:
            unread -= found.total
            hits = _hits(found, understood)
        else:
            hits = None
        yield LineCount(
            text=line,
            request=understood.request,
            articles=found.article_total,
            stories=found.story_total,
            undated=found.counts["month"].inside.get("month:undated", 0),
            hits=hits,
            names=tuple(one.actor.name for part in understood.actors.meant.values() for one in part)
            if names
            else (),
            diagnostics=diagnostics_of(understood),
        )


def _mentions(understood: Understood) -> int:
    """Return how often the actors that a request names are mentioned in what readers see."""
    actors = understood.actors.terms
    return Mention.objects.filter(actor__in=actors, article__status__in=VISIBLE).count() if actors else 0


def _hits(found: Found, understood: Understood) -> int:
    """Return the hits in all articles of a result."""
    named = understood.actors.terms
    mentions: dict[int, list[Mention]] = {}
    if named:
        for one in Mention.objects.filter(article__in=found.articles, actor__in=named):
            mentions.setdefault(one.article_id, []).append(one)
    articles = Article.objects.filter(pk__in=found.articles).only("headline", "subtitle", "body", "captions")
    return sum(
        hits_in_article(
            article, understood.actors.tree, named=named, mentions=mentions.get(article.pk, ())
        ).total
        for article in articles.iterator()
    )
