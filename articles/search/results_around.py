"""The results before and after one article, in the search that led to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import count

from articles.models import Article
from articles.search.engines.ask import Ask, Found
from articles.search.request import SearchRequest
from articles.search.run import Understood, backend

REACH = 3  # places looked at on either side: articles deleted since they were indexed are stepped over
MOST_LOOKED_THROUGH = 10_000  # results among which an article is looked for that stands elsewhere now


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A result beside the one that is read: its place, from 1, and its address as a result of the search."""

    number: int
    article: Article
    url: str


@dataclass(frozen=True, slots=True)
class Around:
    """Where an article stands among the results of a search.

    `number` is its place from 1, None when it is no longer among them (or stands behind the first
    MOST_LOOKED_THROUGH); the neighbours are then those of the place at which it was looked for. `moved`
    says that it stands elsewhere than it was looked for.
    """

    number: int | None
    total: int
    previous: Neighbour | None
    next: Neighbour | None
    moved: bool


def results_around(article: Article, number: int, understood: Understood, *, curator: bool = False) -> Around:
    """Return what stands before and after an article that was result `number` of a search.

    1. Look at its place. 2. When something else stands there, look for it among all results.
    3. Its neighbours are what can be seen nearest to its place.

    Raises SearchUnavailable, with the cure, when the index is no use.
    """
    ask = replace(understood.ask, facets=())
    # 1.
    places, total = _places(ask, number)
    found = _place_of(article, places)
    # 2.
    if found is None:
        everything = backend().ask(replace(ask, page=1, size=MOST_LOOKED_THROUGH))
        found = _place_of(article, _numbered(everything, MOST_LOOKED_THROUGH))
        if found is not None:
            places, total = _places(ask, found)
    # 3.
    articles = Article.objects.all() if curator else Article.objects.visible()
    rows = articles.only("permanent_id", "headline").in_bulk(
        [pk for pk in places.values() if pk != article.pk]
    )
    seen = [place for place, pk in places.items() if pk in rows]
    here = found or number
    first_after = here + 1 if found else here

    def neighbour(candidates: Sequence[int]) -> Neighbour | None:
        if not candidates:
            return None
        row = rows[places[candidates[0]]]
        return Neighbour(candidates[0], row, address_of(row, understood.request, candidates[0]))

    return Around(
        number=found,
        total=total,
        previous=neighbour([place for place in reversed(seen) if place < here]),
        next=neighbour([place for place in seen if place >= first_after]),
        moved=found is not None and found != number,
    )


def address_of(article: Article, request: SearchRequest, number: int) -> str:
    """Return an article's address as result `number` of a search, which its page leads back to."""
    return article.get_absolute_url() + request.url_of_result(number)


def _places(ask: Ask, number: int) -> tuple[dict[int, int], int]:
    """Return the articles within REACH of a place, by their places, and the number of all results.

    They are asked for as one page: one whose size lets it hold all of them.
    """
    first, last = max(0, number - 1 - REACH), number - 1 + REACH
    size = next(size for size in count(2 * REACH + 1) if first // size == last // size)
    found = backend().ask(replace(ask, page=first // size + 1, size=size))
    places = _numbered(found, size)
    return {place: pk for place, pk in places.items() if first < place <= last + 1}, found.total


def _numbered(found: Found, size: int) -> dict[int, int]:
    return dict(enumerate(found.articles, (found.page - 1) * size + 1))


def _place_of(article: Article, places: dict[int, int]) -> int | None:
    return next((place for place, pk in places.items() if pk == article.pk), None)
