"""The first page: what is in the archive."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from articles.models import Actor, Article, Outlet
from articles.search.request import SearchRequest
from articles.views.months import coverage
from articles.views.search_links import search_for_undated

NEWEST = 8
MOST_MENTIONED = 14


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show counts, coverage by month, the newest articles and the most mentioned actors."""
    visible = Article.objects.visible()
    months = coverage(visible, search=SearchRequest())
    if not months.total:
        return render(request, "home_empty.html")
    return render(
        request,
        "home.html",
        {
            "own_searchbox": True,
            "coverage": months,
            "outlets": Outlet.objects.filter(articles__in=visible).distinct().count(),
            "actors": Actor.objects.shown().filter(mentions__article__in=visible).distinct().count(),
            "newest": visible.newest_first().with_card_data()[:NEWEST],
            "most_mentioned": Actor.objects.most_mentioned()[:MOST_MENTIONED],
            "undated_url": search_for_undated(),
        },
    )
