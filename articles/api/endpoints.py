"""The JSON API: what readers see on the pages, from the same records. Nothing that a curator hid is in it."""

from __future__ import annotations

import logging
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import NinjaAPI, P, PathEx, Query, QueryEx
from ninja.errors import ValidationError

from articles.api.actor_data import actor_as_data
from articles.api.article_data import article_as_data
from articles.api.parameters import SearchParameters
from articles.api.records import ActorRecord, AlikeAnswer, ArticleRecord, Problem, SearchAnswer, Suggestions
from articles.api.suggestions import suggestions_for
from articles.models import Actor, Article
from articles.search.engines.ask import SearchUnavailable
from articles.search.more_like import more_like
from articles.search.request import SearchRequest
from articles.search.run import run
from articles.search.shapes import more_like_as_data, page_as_data

logger = logging.getLogger(__name__)

LONGEST_TYPED = 200  # characters at the end of a text that suggestions are made for
LARGEST_ID = 2**63 - 1  # a database's big integer

# What stands in an address, with the words that the API's page has for it.
PermanentId = PathEx[str, P(description="An article's permanent id, as its address has it: r3c2exh22uon.")]
ActorNumber = PathEx[int, P(description="An actor's number, as its address has it.")]
Typed = QueryEx[str, P(description="What is typed so far; its end is what suggestions are made for.")]

# The documents that tools read and people read are our own: the usual pages load scripts from other hosts.
api = NinjaAPI(
    title="The archive's API",
    version="1",
    description="Everything a reader can see, as JSON. Later versions add fields and take none away.",
    docs_url=None,
    openapi_url="openapi.json",
    urls_namespace="api",
)


@api.get(
    "search",
    response={200: SearchAnswer, 503: Problem},
    summary="Search the archive",
    by_alias=True,
    url_name="search",
)
def search(request: HttpRequest, parameters: Query[SearchParameters]) -> dict[str, Any]:  # noqa: ARG001  # documented here, read below
    """Return one page of results with facets, months and diagnostics, as the page of results shows them."""
    return page_as_data(run(SearchRequest.read(request.GET)))


@api.get(
    "articles/{permanent_id}",
    response={200: ArticleRecord, 404: Problem},
    summary="One article with its evidence",
    by_alias=True,
    url_name="article",
)
def article(request: HttpRequest, permanent_id: PermanentId) -> dict[str, Any]:  # noqa: ARG001  # ninja passes it
    """Return an article's text and fields, what each rests on, who is named and quoted in it."""
    return article_as_data(_visible(permanent_id, "outlet", "page"))


@api.get(
    "articles/{permanent_id}/like",
    response={200: AlikeAnswer, 404: Problem, 503: Problem},
    summary="Articles like one",
    by_alias=True,
    url_name="like",
)
def like(request: HttpRequest, permanent_id: PermanentId) -> dict[str, Any]:  # noqa: ARG001  # ninja passes it
    """Return the articles most like one, of each story one, without its own; each with what it shares."""
    return more_like_as_data(more_like(_visible(permanent_id)))


@api.get(
    "actors/{number}",
    response={200: ActorRecord, 404: Problem},
    summary="One actor",
    url_name="actor",
)
def actor(request: HttpRequest, number: ActorNumber) -> dict[str, Any]:  # noqa: ARG001  # ninja passes it
    """Return an actor with all its spellings; of one that was merged, the one it was merged into."""
    if not 0 < number <= LARGEST_ID:
        raise Http404
    found = get_object_or_404(Actor.objects.select_related("merged_into"), pk=number)
    return actor_as_data(get_object_or_404(Actor.objects.shown(), pk=found.root_id))


@api.get("suggest", response=Suggestions, summary="What the end of a query may become", url_name="suggest")
def suggest(request: HttpRequest, q: Typed = "") -> dict[str, Any]:  # noqa: ARG001  # ninja passes it
    """Return actors in any spelling, outlets, fields and operators that begin as the text ends."""
    typed = q.replace("\0", " ")[-LONGEST_TYPED:]
    return {"query": typed, "suggestions": suggestions_for(typed)}


def _visible(permanent_id: str, *related: str) -> Article:
    """Return an article that readers may see. Raises Http404, also for an id that PostgreSQL would not look for."""
    if "\0" in permanent_id:
        raise Http404
    visible = Article.objects.visible().select_related(*related) if related else Article.objects.visible()
    return get_object_or_404(visible, permanent_id=permanent_id)


@api.exception_handler(Http404)
def not_here(request: HttpRequest, fault: Exception) -> HttpResponse:  # noqa: ARG001  # ninja passes it
    """Say that there is no such thing; what a curator hid is not told from what never was."""
    words = "There is nothing here under this id. /api/search finds articles, /api/suggest finds actors."
    return api.create_response(request, {"error": words}, status=404)


@api.exception_handler(ValidationError)
def not_read(request: HttpRequest, fault: ValidationError) -> HttpResponse:
    """Name the parameter that could not be read."""
    named = "; ".join(f"{one['loc'][-1]}: {one['msg']}" for one in fault.errors)
    words = f"The address could not be read ({named}). /api/ tells what each parameter takes."
    return api.create_response(request, {"error": words}, status=400)


@api.exception_handler(SearchUnavailable)
def out_of_order(request: HttpRequest, fault: Exception) -> HttpResponse:  # the log has it
    """Say that the search is down; why is for the operator's log."""
    logger.error("The search cannot answer.", exc_info=fault)
    words = "The search cannot answer now. Articles and actors can be read; try again in a moment."
    return api.create_response(request, {"error": words}, status=503)
