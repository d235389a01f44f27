"""Links into the search from other pages."""

from __future__ import annotations

from django.urls import reverse
from django.utils.text import slugify

from articles.models import Actor, Outlet
from articles.search.request import SearchRequest, Selection
from articles.search.results_around import Around


def search_at(request: SearchRequest) -> str:
    """Return the address of a search."""
    return f"{reverse('search')}{request.url}"


def search_for_actor(actor: Actor, *, month: str | None = None) -> str:
    """Return the search for the articles that name an actor, all or those of a month."""
    request = SearchRequest().selecting(_actor_selection(actor))
    return search_at(request.selecting(Selection("month", month)) if month else request)


def asking_for_both(left: Actor, right: Actor) -> SearchRequest:
    """Return the search for the articles that name two actors.

    Values of different facets narrow a search together, but two of one facet widen it: then the second is
    asked for by its name.
    """
    chosen = SearchRequest().selecting(_actor_selection(left))
    if left.kind != right.kind:
        return chosen.selecting(_actor_selection(right))
    quoted = right.name.replace('"', " ")
    return chosen.with_query(f'actor:"{quoted}"')


def _actor_selection(actor: Actor) -> Selection:
    return Selection("actor", str(actor.pk), tail=slugify(actor.name))


def search_for_outlet(outlet: Outlet) -> str:
    """Return the search for all articles of an outlet."""
    return search_at(SearchRequest().selecting(outlet_selection(outlet)))


def search_for_month(month: str, *, outlet: Outlet | None = None) -> str:
    """Return the search for the articles of a month, as in 2012-07, of one outlet or of all."""
    request = SearchRequest().selecting(Selection("month", month))
    return search_at(request.selecting(outlet_selection(outlet)) if outlet else request)


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
