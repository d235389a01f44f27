"""The first page: what is in the archive."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from articles.models import Actor, Article, Story
from articles.search.engines.ask import SearchUnavailable
from articles.search.holdings import NEWEST, Holdings, holdings
from articles.search.page import NamedInResult
from articles.search.partial_date import PartialDate
from articles.search.request import SearchRequest
from articles.views.coverage_chart import coverage_by_outlet
from articles.views.coverage_file import coverage_files
from articles.views.linked_data import website
from articles.views.search_links import asking_for, search_at, search_for_undated
from articles.views.story import listed_stories

logger = logging.getLogger(__name__)

STORIES = 5


@dataclass(frozen=True, slots=True)
class Tallied:
    """An actor, how many articles name it, and the search that finds just these."""

    actor: Actor
    count: int
    url: str


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show coverage by outlet and month, who is named most, the newest articles and stories of several outlets."""
    visible = Article.objects.visible()
    if not visible.exists():
        return render(request, "home_empty.html")
    running = Story.objects.in_several_outlets().latest_first()[:STORIES]
    context: dict[str, Any] = {
        "own_searchbox": True,
        "linked_data": website(request),
        "running": listed_stories(running),
        "undated_url": search_for_undated(),
    }
    try:
        context |= _at_a_glance(holdings())
    except SearchUnavailable as fault:
        logger.exception("The search cannot answer; the first page is shown without its figures.")
        newest = visible.newest_first().with_card_data()[:NEWEST]
        context |= {"fault": fault, "newest": newest}
    return render(request, "home.html", context)


def _at_a_glance(held: Holdings) -> dict[str, Any]:
    rows = Article.objects.visible().with_card_data().in_bulk(held.newest)
    context: dict[str, Any] = {
        "held": held,
        "coverage": coverage_by_outlet(held),
        "chart_files": coverage_files(),
        "newest": [rows[number] for number in held.newest if number in rows],
        "most_named": _tally(held.most_named),
    }
    if held.lately:
        first, last = held.lately.first, held.lately.last
        context["lately"] = {
            "first": first.first,
            "last": last.first,
            "named": _tally(held.lately.named, first=first, last=last),
            "url": search_at(SearchRequest().between(first, last)),
        }
    return context


def _tally(
    named: tuple[NamedInResult, ...], *, first: PartialDate | None = None, last: PartialDate | None = None
) -> list[Tallied]:
    return [
        Tallied(one.actor, one.count, search_at(asking_for(one.actor).between(first, last))) for one in named
    ]
