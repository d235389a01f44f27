"""Outlets: one, and all of them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from articles.models import Article, Outlet
from articles.views.months import coverage
from articles.views.paging import page_of
from articles.views.search_links import asking_for_outlet, search_at


@require_safe
def outlet(request: HttpRequest, slug: str) -> HttpResponse:
    """Show an outlet: its coverage by month, and its articles, the newest first."""
    found = get_object_or_404(Outlet, slug=slug)
    asked = asking_for_outlet(found)
    published = Article.objects.visible().filter(outlet=found)
    return render(
        request,
        "outlets/outlet.html",
        {
            "outlet": found,
            "coverage": coverage(published, search=asked),
            "articles": page_of(request, published.newest_first().with_card_data()),
            "search_url": search_at(asked),
        },
    )


@require_safe
def outlets(request: HttpRequest) -> HttpResponse:
    """Show all outlets with what the archive holds of each."""
    visible = Article.objects.visible()
    return render(
        request,
        "outlets/outlets.html",
        {
            "outlets": Outlet.objects.with_coverage()
            .filter(pk__in=visible.values("outlet"))
            .order_by("name"),
            "without_outlet": visible.filter(outlet=None).count(),
        },
    )
