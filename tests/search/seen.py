"""What a reader sees of a search, for tests."""

from __future__ import annotations

from articles.search.page import SearchPage
from articles.search.request import SearchRequest
from articles.search.run import run


def see(address: str = "", *, curator: bool = False) -> SearchPage:
    return run(SearchRequest.from_query_string(address), curator=curator)


def values(page: SearchPage, facet: str) -> dict[str, int]:
    [group] = [group for group in page.facets if group.name == facet]
    return {value.value: value.count for value in group.values}
