"""Links into the search from other pages."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.text import slugify

from articles.models import Actor, Outlet
from articles.search.query_text import render
from articles.search.request import SearchRequest, Selection
from articles.search.results_around import Around
from articles.search.syntax import parse
from articles.search.tree import conjunction


def search_at(request: SearchRequest) -> str:
    """Return the address of a search."""
    return f"{reverse('search')}{request.url}"


@dataclass(frozen=True, slots=True)
class ChartFiles:
    """Where a chart is to be had as files, and the address that shows it again."""

    svg_url: str
    csv_url: str
    permalink: str


def months_files(request: SearchRequest) -> ChartFiles:
    """Return where the chart of a search's months, or years, is to be had."""
    svg_url, csv_url = (
        f"{reverse('months_file', args=[ending])}{charted(request).url}" for ending in ("svg", "csv")
    )
    return ChartFiles(svg_url, csv_url, search_at(charted(request)))


def charted(request: SearchRequest) -> SearchRequest:
    """Return the part of a search that its chart of months depends on."""
    return replace(request.question, show=request.show, bars=request.bars)


def asking_for(actor: Actor) -> SearchRequest:
    """Return the search for the articles that name an actor."""
    return SearchRequest().selecting(_actor_selection(actor))


def asking_for_both(left: Actor, right: Actor) -> SearchRequest:
    """Return the search for the articles that name two actors.

    Values of different facets narrow a search together, but two of one facet widen it: then the second is
    asked for by its name.
    """
    chosen = SearchRequest().selecting(_actor_selection(left))
    if left.kind != right.kind:
        return chosen.selecting(_actor_selection(right))
    return chosen.with_query(_by_name(right))


def narrowed_to(request: SearchRequest, actor: Actor) -> SearchRequest:
    """Return the request for those of its articles that name this actor as well.

    A second value of one facet would widen it; then the actor is asked for by name.
    """
    chosen = {one.parameter for one in request.selections if not one.excluded}
    if "actor" not in chosen:
        return request.selecting(_actor_selection(actor))
    both = conjunction([parse(request.query).tree, parse(_by_name(actor)).tree])
    return request.with_query(render(both))


def _by_name(actor: Actor) -> str:
    quoted = actor.name.replace('"', " ")
    return f'actor:"{quoted}"'


def _actor_selection(actor: Actor) -> Selection:
    return Selection("actor", str(actor.pk), tail=slugify(actor.name))


def asking_for_outlet(outlet: Outlet) -> SearchRequest:
    """Return the search for all articles of an outlet."""
    return SearchRequest().selecting(outlet_selection(outlet))


def search_for_undated() -> str:
    """Return the search for all articles without a date."""
    return search_at(SearchRequest().undated())


def outlet_selection(outlet: Outlet) -> Selection:
    """Return the choice of an outlet in its facet, with the readable end that addresses carry."""
    return Selection("outlet", str(outlet.pk), tail=outlet.slug)


def back_to_search(request: SearchRequest, around: Around | None) -> str:
    """Return the search that led to an article: its page with the article on it, at the article's place."""
    if around is None or around.number is None:
        return search_at(request)
    page = (around.number - 1) // request.size + 1
    return f"{search_at(request.with_page(page))}#result-{around.number}"
